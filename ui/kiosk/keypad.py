"""The on-screen keyboard. What is typed is kept by whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Dress
from ui.kiosk.keyboards import CODES, DIGITS, DIGITS_WIDE, RIGHT_TO_LEFT, Layout, for_names, rows_of
from ui.kiosk.screens import Choice, Entry, Keys
from ui.kiosk.sign_key import SignKey, lettering
from ui.visitor_words import VisitorWords

_COLUMNS = {False: 10, True: 12}
"""Of letters, in an upright and in a wide screen: each at least 80 pixels wide and 16 from the next."""
_CODE_COLUMNS = {False: 8, True: 11}
_SPACE = " "


class Keypad(QWidget):
    """The keys, in pages where there are many."""

    pressed = Signal(str)
    erased = Signal()

    def __init__(
        self, entry: Entry, dress: Dress, words: VisitorWords, parent: QWidget, may_press: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._dress = dress
        self._words = words
        self._may_press = may_press
        self._entry = entry
        self._layouts = _layouts(entry.keys, words.tag, is_wide=dress.is_wide)
        self._page = 0
        self._pages: list[tuple[Layout, tuple[tuple[str, ...], ...]]] = []
        self._buttons: list[KioskButton] = []

    @property
    def _is_square(self) -> bool:
        """Digits as on a telephone, with *delete* among them."""
        return self._layouts == (DIGITS,)

    def lay_out(self, width: int, height: int) -> None:
        """Make the keys for so much room."""
        rows = max(1, (height + self._dress.gap) // (self._dress.button + self._dress.gap))
        columns = self._columns()
        most = rows if self._is_square else rows - 1
        self._pages = [(layout, page) for layout in self._layouts for page in rows_of(layout, columns, max(1, most))]
        self.setFixedSize(width, height)
        self._show_page()

    def _columns(self) -> int:
        if self._entry.keys is Keys.REFERENCE:
            return _CODE_COLUMNS[self._dress.is_wide]
        if self._entry.keys is Keys.NAME:
            return _COLUMNS[self._dress.is_wide]
        return max(len(row) for row in self._layouts[0].rows)

    def _show_page(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        layout, rows = self._pages[self._page]
        from_right = layout in RIGHT_TO_LEFT or (
            self._dress.is_right_to_left and layout not in (DIGITS, CODES) and layout.flow != ()
        )
        gap = self._dress.gap
        columns = max(self._columns(), *(len(row) for row in rows))
        all_rows = len(rows) + (0 if self._is_square else 1)
        tall = (self.height() + gap) // all_rows - gap
        high = min(tall, round(self._dress.button * (1.5 if self._is_square else 1)))
        high = max(self._dress.button, high)
        wide = (self.width() + gap) / columns - gap
        font = self._dress.font(self._dress.pixels("choice"), 600, arabic=from_right)
        written = lettering(layout.signs, font, high, self._dress)
        for number, row in enumerate(rows):
            indent = (columns - len(row)) * (wide + gap) / 2 if layout.rows and not self._is_square else 0.0
            y = number * (high + gap)
            for column, sign in enumerate(row):
                at = 1 if self._is_square and sign == "0" else column
                key = SignKey(sign, written, self._dress, self, self._may_press)
                key.clicked.connect(lambda _=False, sign=sign: self.pressed.emit(sign))
                self._place(key, indent + at * (wide + gap), y, wide, high, from_right=from_right)
        y = (len(rows) - (1 if self._is_square else 0)) * (high + gap)
        if self._is_square:
            right = self._dress.is_right_to_left
            self._place(self._control("erase"), 2 * (wide + gap), y, wide, high, from_right=right)
            return
        self._controls(y, high)

    def _controls(self, y: int, high: int) -> None:
        """The keys under the signs: of one width, unless the words of one ask for more."""
        shares = {"erase": 1}
        if self._entry.keys is Keys.NAME:
            shares = {"space": 1 if len(self._pages) > 1 else 2, **shares}
        if len(self._pages) > 1:
            shares = {"page": 1, **shares}
        buttons = [self._control(key) for key in shares]
        room = self.width() - self._dress.gap * (len(buttons) - 1)
        widths = [room * share / sum(shares.values()) for share in shares.values()]
        needed = [button.least_width() for button in buttons]
        if any(need > width for need, width in zip(needed, widths, strict=True)):
            widths = [room * need / sum(needed) for need in needed]
        x = 0.0
        for button, width in zip(buttons, widths, strict=True):
            self._place(button, x, y, width, high, from_right=self._dress.is_right_to_left)
            x += width + self._dress.gap

    def _next_page_words(self) -> str:
        layout, _ = self._pages[(self._page + 1) % len(self._pages)]
        is_latin = layout.rows and self._pages[self._page][0] is not layout
        return self._words("kiosk.keyboard.latin" if is_latin else "kiosk.keyboard.other_letters")

    def _control(self, key: str) -> KioskButton:
        label = {
            "erase": self._words("kiosk.keyboard.delete"),
            "space": self._words("kiosk.keyboard.space"),
            "page": self._next_page_words(),
        }[key]
        icon = {"erase": "erase", "page": "repeat"}.get(key, "")
        button = KioskButton(
            Choice(key, label, icon=icon), self._dress, self, self._may_press, size="text", centred=True, is_key=True
        )
        button.clicked.connect(lambda: self._do(key))
        return button

    def _do(self, key: str) -> None:
        if key == "erase":
            self.erased.emit()
        elif key == "space":
            self.pressed.emit(_SPACE)
        else:
            self._page = (self._page + 1) % len(self._pages)
            self._show_page()

    def _place(self, button: KioskButton, x: float, y: int, width: float, height: int, *, from_right: bool) -> None:
        left = self.width() - x - width if from_right else x
        button.put(QRect(round(left), y, round(width), height))
        button.show()
        self._buttons.append(button)


def _layouts(keys: Keys, tag: str, *, is_wide: bool) -> tuple[Layout, ...]:
    if keys is Keys.NAME:
        return for_names(tag)
    if keys is Keys.REFERENCE:
        return (CODES,)
    return (DIGITS_WIDE,) if is_wide else (DIGITS,)
