"""One screen as it stands on the glass: header, question, what is chosen from, the row to go on with, the aids.

It is made anew for every screen. What finds no room goes to further pages, with large buttons to turn them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Dress
from ui.kiosk.keypad import Field, Keypad, field_height
from ui.kiosk.parts import AidButton, Countdown, SheetCard, StepRow, Words
from ui.kiosk.screens import Choice, Screen
from ui.visitor_words import VisitorWords

BACK, HELP = "back", "help"
LANGUAGE, LARGER, CONTRAST, ALOUD = "language", "larger_text", "high_contrast", "read_aloud"
_AIDS = ((LANGUAGE, "globe"), (LARGER, "large-print"), (CONTRAST, "contrast"), (ALOUD, "sound"))
_LEFT_WIDE, _LEFT_SHEET = 376, 520
"""The width of the question's column in a wide screen, and of a number's."""
_TITLE_SHARE = 0.4
"""Of the height between header and foot, the most that a question may take before it is set smaller."""
_TITLE_FLOOR = 0.55


class Surround(Struct, frozen=True):
    """What stands round every screen: the office, the time, what always holds, and which aids are on."""

    office: str
    clock: str
    standing: tuple[tuple[str, str], ...]
    """(icon, words)"""
    on: frozenset[str]


class Page(QWidget):
    """The whole of one screen."""

    chosen = Signal(str)
    typed = Signal(str)
    erased = Signal()
    turned = Signal()
    """Another page of the same screen is shown."""

    def __init__(
        self,
        screen: Screen,
        surround: Surround,
        dress: Dress,
        words: VisitorWords,
        parent: QWidget,
        may_press: Callable[[], bool],
        page: int = 0,
    ) -> None:
        super().__init__(parent)
        self.screen_shown = screen
        self.page = page
        self.pages = 1
        self._dress = dress
        self._words = words
        self._may_press = may_press
        self._surround = surround
        self._body: list[QWidget] = []
        self.field: Field | None = None
        self.countdown: Countdown | None = None
        self.choices: list[KioskButton] = []
        self.clock: Words | None = None
        self.setGeometry(0, 0, dress.width, dress.height)
        foot = dress.height if screen.staff else self._put_aids()
        foot = self._put_actions(foot)
        if dress.is_wide:
            self._lay_out_wide(foot)
        else:
            self._lay_out_tall(foot)

    # -- the two shapes --------------------------------------------------------------------------------------------

    def _lay_out_tall(self, foot: int) -> None:
        dress = self._dress
        width = dress.width - 2 * dress.margin
        top = self._put_header(dress.fixed(44)) + dress.fixed(48)
        foot = self._put_standing(dress.margin, width, foot)
        foot = self._put_countdown(dress.margin, width, foot)
        if self.screen_shown.title:
            top = max(top, dress.fixed(168))
            top = self._put_question(dress.margin, top, width, round((foot - top) * _TITLE_SHARE)) + dress.fixed(48)
        if self.screen_shown.entry:
            self._put_entry(dress.margin, top, width, foot)
        else:
            self._put_body(dress.margin, top, width, foot - top)

    def _lay_out_wide(self, foot: int) -> None:
        dress, screen = self._dress, self.screen_shown
        whole = dress.width - 2 * dress.margin
        if screen.entry:
            self._put_wide_entry(whole, foot)
            return
        top = max(self._put_header(dress.fixed(28)) + dress.fixed(16), dress.fixed(88))
        left = dress.fixed(_LEFT_SHEET if screen.sheet else _LEFT_WIDE)
        right = dress.margin + left + dress.fixed(32)
        end = self._put_standing(dress.margin, left, foot)
        if screen.sheet:
            card = SheetCard(screen.sheet, dress, self, left, end - top)
            self._put(card, dress.margin, top)
        elif screen.title:
            self._put_question(dress.margin, top, left, end - top)
        width = whole - left - dress.fixed(32)
        foot = self._put_countdown(right, width, foot)
        self._put_body(right, top, width, foot - top)

    def _put_wide_entry(self, whole: int, foot: int) -> None:
        """The keyboard needs the room: question and field share one row, where the header would be."""
        dress, screen = self._dress, self.screen_shown
        assert screen.entry is not None
        high = field_height(dress, screen.entry) if screen.entry.parts else dress.fixed(96)
        left = dress.fixed(_LEFT_WIDE)
        top = dress.fixed(16)
        self._put_question(dress.margin, top, left, high, with_line=False)
        self._put_field(dress.margin + left + dress.fixed(32), top, whole - left - dress.fixed(32), high)
        self._put_keys(dress.margin, top + high + dress.gap, whole, foot)

    # -- what stands in them ---------------------------------------------------------------------------------------

    def _put_header(self, top: int) -> int:
        dress, width = self._dress, self._dress.width - 2 * self._dress.margin
        clock = Words(self._surround.clock, dress, self, width // 3, token="text-muted", at_end=True)
        office = Words(self._surround.office, dress, self, width - width // 3 - dress.gap, token="text-muted")
        self._put(office, dress.margin, top)
        self._put(clock, dress.margin + width - clock.width(), top)
        self.clock = clock
        return top + office.height()

    def _put_question(self, x: int, top: int, width: int, most: int, *, with_line: bool = True) -> int:
        """The title, smaller where it would leave no room, and the lines under it; where they end."""
        screen, dress = self.screen_shown, self._dress
        pixels = dress.pixels("welcome" if screen.grand else "question")
        least = round(pixels * _TITLE_FLOOR)
        lines = [text for text in (screen.line, *screen.lines) if text] if with_line else []
        while True:
            title = Words(screen.title, dress, self, width, weight=600, pixels=pixels)
            parts = [
                Words(text, dress, self, width, token="text-muted", size="choice" if screen.grand else "text")
                for text in lines
            ]
            high = title.height() + sum(part.height() + dress.fixed(12) for part in parts)
            if high <= most or pixels <= least:
                break
            pixels = max(least, round(pixels * 0.9))
            for part in (title, *parts):
                part.hide()
                part.deleteLater()
        self._put(title, x, top)
        top += title.height()
        for part in parts:
            top += dress.fixed(12)
            self._put(part, x, top)
            top += part.height()
        return top

    def _put_standing(self, x: int, width: int, foot: int) -> int:
        dress = self._dress
        if self.screen_shown.staff:
            return foot
        for icon, words in reversed(self._surround.standing):
            part = Words(words, dress, self, width, token="text-muted", icon=icon)
            foot -= part.height()
            self._put(part, x, foot)
            foot -= dress.fixed(8)
        return foot - dress.gap

    def _put_countdown(self, x: int, width: int, foot: int) -> int:
        if not self.screen_shown.counts_down:
            return foot
        self.countdown = Countdown(self._dress, self, width)
        foot -= self.countdown.height()
        self._put(self.countdown, x, foot)
        return foot - self._dress.fixed(24)

    def _put_entry(self, x: int, top: int, width: int, foot: int) -> None:
        assert self.screen_shown.entry is not None
        high = field_height(self._dress, self.screen_shown.entry)
        self._put_field(x, top, width, high)
        self._put_keys(x, top + high + self._dress.fixed(32), width, foot)

    def _put_field(self, x: int, top: int, width: int, high: int) -> None:
        entry = self.screen_shown.entry
        assert entry is not None
        self.field = Field(entry, self._dress, self, entry.label)
        self.field.setGeometry(self._dress.placed(QRect(x, top, width, high)))

    def _put_keys(self, x: int, top: int, width: int, foot: int) -> None:
        entry = self.screen_shown.entry
        assert entry is not None
        keys = Keypad(entry, self._dress, self._words, self, self._may_press)
        if keys.is_of_digits and self._dress.is_wide:
            x, width = x + width - self._dress.fixed(776), self._dress.fixed(776)
        keys.lay_out(width, max(self._dress.button, foot - top))
        keys.pressed.connect(self.typed)
        keys.erased.connect(self.erased)
        keys.move(self._dress.placed(QRect(x, top, width, keys.height())).topLeft())

    def _put_body(self, x: int, top: int, width: int, height: int) -> None:
        """What is chosen from and what is to be known, in pages."""
        dress = self._dress
        rows = self._rows(width, height)
        gap = dress.fixed(24) if self.screen_shown.choices and self.screen_shown.choices[0].tall else dress.gap
        pages = _paged(
            [(max(high for _, high in row) + (gap if space else 0)) for row, space in rows],
            height,
            dress.button + dress.gap,
        )
        self.pages = len(pages)
        self.page = min(self.page, self.pages - 1)
        shown = set(pages[self.page])
        for number, (row, _) in enumerate(rows):
            if number not in shown:
                for widget, _high in row:
                    widget.hide()
        y = top
        for number in pages[self.page]:
            row, space = rows[number]
            high = max(each for _, each in row)
            between = dress.fixed(24) if dress.is_wide or gap > dress.gap else dress.gap
            columns = 2 if isinstance(row[0][0], KioskButton) and row[0][0].choice.half and self._two(width) else 1
            each_width = (width - between * (columns - 1)) // columns
            for column, (widget, _) in enumerate(row):
                place = QRect(x + column * (each_width + between), y, each_width, high)
                if isinstance(widget, KioskButton):
                    widget.put(dress.placed(place))
                    self.choices.append(widget)
                else:
                    widget.move(dress.placed(QRect(x, y, widget.width(), widget.height())).topLeft())
                self._body.append(widget)
            y += high + (gap if space else 0)
        if self.pages > 1:
            self._put_pager(x, top + height - dress.button, width)

    def _two(self, width: int) -> bool:
        """Whether two choices find room beside one another at this text size."""
        return width >= self._dress.look.px(self._dress.fixed(600 if self._dress.is_wide else 800))

    def _rows(self, width: int, height: int) -> list[tuple[list[tuple[QWidget, int]], bool]]:
        """Rows of (widget, height), and whether room is kept below."""
        dress, screen = self._dress, self.screen_shown
        rows: list[tuple[list[tuple[QWidget, int]], bool]] = []
        if screen.sheet and not dress.is_wide:
            card = SheetCard(screen.sheet, dress, self, width, min(height, dress.fixed(664)))
            rows.append(([(card, card.height())], True))
        for number, step in enumerate(screen.steps):
            row = StepRow(step, dress, self, width, first=number == 0)
            rows.append(([(row, row.height())], False))
        if screen.closing:
            thanks = Words(screen.closing, dress, self, width, size="choice", weight=600)
            rows.append(([(thanks, thanks.height() + dress.gap)], False))
        between = dress.fixed(24) if dress.is_wide else dress.gap
        waiting: list[tuple[QWidget, int]] = []
        for choice in screen.choices:
            paired = choice.half and self._two(width)
            each_width = (width - between) // 2 if paired else width
            least = dress.fixed(192) if choice.tall and not dress.is_wide else dress.choice
            arabic = None if not choice.language else choice.language in ("ar", "ur")
            button = KioskButton(choice, dress, self, self._may_press, arabic=arabic)
            button.clicked.connect(lambda _=False, key=choice.key: self.chosen.emit(key))
            made = (button, button.height_in(each_width, least))
            if not paired:
                rows.append(([made], True))
                continue
            waiting.append(made)
            if len(waiting) == 2:
                rows.append((waiting, True))
                waiting = []
        if waiting:
            rows.append((waiting, True))
        return rows

    def _put_pager(self, x: int, y: int, width: int) -> None:
        dress, words = self._dress, self._words
        third = (width - 2 * dress.gap) // 3
        for key, place, enabled in ((-1, x, self.page > 0), (1, x + width - third, self.page < self.pages - 1)):
            label = words("kiosk.next_page" if key > 0 else "kiosk.page_before")
            icon = "" if dress.look.text_percent > 150 else "down"
            choice = Choice(f"page{key}", label, icon=icon if key > 0 else "", enabled=enabled)
            button = KioskButton(choice, dress, self, self._may_press, size="text", centred=True)
            button.put(dress.placed(QRect(place, y, third, dress.button)))
            button.clicked.connect(lambda _=False, by=key: self._turn(by))
            button.show()
        said = words("kiosk.page", page=self.page + 1, pages=self.pages)
        middle = Words(said, dress, self, third, token="text-muted", centred=True)
        self._put(middle, x + third + dress.gap, y + (dress.button - middle.height()) // 2)

    def _turn(self, by: int) -> None:
        self.page += by
        self.turned.emit()

    def _put_actions(self, foot: int) -> int:
        """Back and help, which never move, and the main action; the top of them."""
        dress, screen, words = self._dress, self.screen_shown, self._words
        foot -= dress.fixed(16 if dress.is_wide else 72)
        short = dress.is_wide
        lower = []
        # On the first screen there is no way back, but its place is kept.
        lower.append(Choice(BACK, words("kiosk.back"), icon="arrow-left", enabled=screen.back))
        if screen.help:
            lower.append(Choice(HELP, words("kiosk.help_short" if short else "kiosk.ask_for_help"), icon="bell"))
        upper = [each for each in (screen.also, screen.main) if each is not None]
        if not dress.is_wide:
            width = dress.width - 2 * dress.margin
            foot = self._put_row(lower, (360, 568), dress.margin, width, foot)
            return self._put_row(upper, (360, 568), dress.margin, width, foot - dress.gap) if upper else foot
        left = dress.fixed(_LEFT_SHEET if screen.sheet else _LEFT_WIDE)
        right = dress.margin + left + dress.fixed(32)
        top = self._put_row(lower, (184, 176), dress.margin, left, foot)
        if upper:
            top = min(top, self._put_row(upper, (280, 480), right, dress.width - dress.margin - right, foot))
        return top - dress.gap

    def _put_row(self, choices: list[Choice], shares: tuple[int, int], x: int, width: int, foot: int) -> int:
        dress = self._dress
        buttons = []
        for choice in choices:
            size = "choice" if choice.main or dress.is_wide else "text"
            button = KioskButton(
                choice, dress, self, self._may_press, size="choice" if size == "choice" else "text", centred=True
            )
            button.clicked.connect(lambda _=False, key=choice.key: self.chosen.emit(key))
            buttons.append(button)
        room = width - dress.gap * (len(buttons) - 1)
        widths = [room] if len(buttons) == 1 else [room * share // sum(shares) for share in shares]
        if len(buttons) == 2:
            needed = [button.least_width() for button in buttons]
            for each, other in ((0, 1), (1, 0)):
                spare = widths[other] - needed[other]
                if needed[each] > widths[each] and spare > 0:
                    moved = min(spare, needed[each] - widths[each])
                    widths[each] += moved
                    widths[other] -= moved
        high = max(button.height_in(each, dress.button) for button, each in zip(buttons, widths, strict=True))
        for button, each in zip(buttons, widths, strict=True):
            button.put(dress.placed(QRect(x, foot - high, each, high)))
            x += each + dress.gap
        return foot - high

    def _put_aids(self) -> int:
        dress = self._dress
        buttons = []
        for aid, icon in _AIDS:
            label = self._words(f"kiosk.aids.{aid}")
            button = AidButton(icon, label, dress, self, self._may_press, on=aid in self._surround.on)
            if aid != LANGUAGE:
                state = "on" if aid in self._surround.on else "off"
                button.setAccessibleDescription(self._words(f"kiosk.aids.{state}"))
            button.clicked.connect(lambda _=False, key=aid: self.chosen.emit(key))
            buttons.append(button)
        width = dress.width // len(buttons)
        high = max(button.height_in(width) for button in buttons)
        for number, button in enumerate(buttons):
            last = number == len(buttons) - 1
            each = dress.width - width * number if last else width - max(1, dress.stroke("hairline"))
            button.setGeometry(dress.placed(QRect(width * number, dress.height - high, each, high)))
        return dress.height - high

    def _put(self, widget: QWidget, x: int, y: int) -> None:
        widget.move(self._dress.placed(QRect(x, y, widget.width(), widget.height())).topLeft())
        widget.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._dress.colour("surface"))


def _paged(heights: list[int], room: int, pager: int) -> list[list[int]]:
    """The rows' numbers by page: one page if all fit, else with room for the buttons that turn them."""
    if sum(heights) <= room + 24 or len(heights) < 2:
        return [list(range(len(heights)))]
    pages: list[list[int]] = [[]]
    used = 0
    for number, high in enumerate(heights):
        if pages[-1] and used + high > room - pager:
            pages.append([])
            used = 0
        pages[-1].append(number)
        used += high
    return pages
