"""Puts each screen on the glass: a page is made anew when anything of it has changed, and the one before goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.kiosk.aid_button import AidButton
from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import FAMILIES, Dress
from ui.kiosk.key_presses import first_focus, key_of
from ui.kiosk.page import Page
from ui.kiosk.screens import Screen, Surround
from ui.theme import Look
from ui.visitor_words import VisitorWords

_PRESSED_MS = 100


class Stage(QObject):
    """The page that stands in the window."""

    chosen = Signal(str)
    typed = Signal(str)
    erased = Signal()
    part_touched = Signal(int)
    """Of a date."""
    turned = Signal()
    """Another page of the same screen is wanted."""
    put = Signal(bool)
    """A page stands there; whether it is of another screen."""
    held_up = Signal()
    """What was to be shown could not be, and may be now."""

    def __init__(self, window: QWidget, may_press: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._may_press = may_press
        self.page: Page | None = None
        self._name = ""
        self._number = 0
        """Of the page, of a screen that has several."""
        self._percent = 0
        """The size of its text: at another size a screen has other pages."""
        self._shown: tuple[object, ...] = ()
        self._pressed = QTimer(self)
        self._pressed.setSingleShot(True)
        self._pressed.setInterval(_PRESSED_MS)
        self._pressed.timeout.connect(self.held_up)
        self.by_keys = False
        """The visitor uses keys: the focus is to be seen."""

    def show(self, screen: Screen, surround: Surround, words: VisitorWords, look: Look, typed: str) -> None:
        """If anything of it has changed. A finger that is down keeps what it is on. `typed`: what its field holds."""
        size = (self._window.width(), self._window.height())
        if screen.name != self._name or look.text_percent != self._percent:
            self._number = 0
        wanted = (screen, surround, words.tag, look, self._number, size)
        if wanted == self._shown:
            return
        if screen.name == self._name and self._is_pressed():
            self._pressed.start()
            return
        self._shown, self._percent = wanted, look.text_percent
        is_new = screen.name != self._name
        key = "" if is_new else key_of(self._window.focusWidget())
        self._put(screen, surround, words, look)
        self.show_typed(typed)
        self._focus(key)
        self.put.emit(is_new)

    def show_typed(self, text: str) -> None:
        if self.page is not None and self.page.field is not None:
            self.page.field.set_text(text)

    def _put(self, screen: Screen, surround: Surround, words: VisitorWords, look: Look) -> None:
        before, window = self.page, self._window
        dress = Dress(
            look,
            window.width(),
            window.height(),
            is_right_to_left=words.is_right_to_left,
            family=FAMILIES.get(words.tag, ""),
        )
        window.setLayoutDirection(dress.direction)
        page = Page(screen, surround, dress, words, window, self._may_press, self._number)
        page.chosen.connect(self.chosen)
        page.typed.connect(self.typed)
        page.erased.connect(self.erased)
        page.part_touched.connect(self.part_touched)
        page.turned.connect(self._turn)
        self.page, self._name, self._number = page, screen.name, page.page
        page.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _focus(self, key: str) -> None:
        """Where it was, for whoever uses keys; nowhere for whoever touches."""
        assert self.page is not None
        found = first_focus(self.page, key) if self.by_keys else None
        reason = Qt.FocusReason.TabFocusReason if self.by_keys else Qt.FocusReason.OtherFocusReason
        (found or self._window).setFocus(reason)

    def _turn(self) -> None:
        if self.page is not None:
            self._number = self.page.page
            self.turned.emit()

    def _is_pressed(self) -> bool:
        return self.page is not None and any(
            button.isDown() for kind in (KioskButton, AidButton) for button in self.page.findChildren(kind)
        )
