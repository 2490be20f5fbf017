"""What keys mean at a kiosk, from a keyboard or a switch: what they choose, and where the focus is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.kiosk.aid_button import AidButton
from ui.kiosk.button import KioskButton
from ui.kiosk.page import Page
from ui.kiosk.typing import ENTER, Burst

_FORWARD, _BACK = (Qt.Key.Key_Down, Qt.Key.Key_Right), (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
_SHORTCUTS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyPresses(QObject):
    """Arrows move, Space and Enter choose, letters are typed where something is. No other key does anything."""

    moved = Signal(bool)
    """The focus goes on (True) or back."""
    erased = Signal()

    def __init__(self, burst: Burst, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst = burst

    def press(self, event: QKeyEvent) -> None:
        """A key that nothing else has taken. Signs wait until it is known whether a scanner has typed them."""
        event.accept()
        if event.isAutoRepeat() or event.modifiers() & _SHORTCUTS:
            return
        key = event.key()
        if key in _FORWARD or key in _BACK:
            self.moved.emit(key in _FORWARD)
        elif key == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif key in _ENTERS:
            self._burst.put(ENTER)
        elif event.text() and event.text().isprintable():
            self._burst.put(event.text())


def chooses(sign: str, page: Page | None, focus: QWidget | None) -> bool:
    """Whether a sign presses something rather than being typed: a space does where nothing is typed."""
    has_field = page is not None and page.field is not None
    return sign == ENTER or (sign == " " and (not has_field or isinstance(focus, (KioskButton, AidButton))))


def chosen_by_key(page: Page | None, focus: QWidget | None) -> KioskButton | AidButton | None:
    """What has the focus; where something is typed, the main action."""
    if isinstance(focus, (KioskButton, AidButton)):
        return focus
    if page is None or page.field is None:
        return None
    buttons = page.findChildren(KioskButton)
    return next((each for each in buttons if each.choice.main and each.isEnabled()), None)


def key_of(focus: QWidget | None) -> str:
    """Of the choice that has the focus."""
    return focus.choice.key if isinstance(focus, KioskButton) else ""


def first_focus(page: Page, key: str) -> QWidget | None:
    """Whoever uses keys finds the focus where it was; on a new screen in the field, on the first choice or on the main
    action, and never on the way back. `key`: where it was."""
    buttons = [button for button in page.findChildren(KioskButton) if button.isEnabled() and not button.isHidden()]
    found = next((button for button in buttons if key and button.choice.key == key), None)
    if found is not None or page.field is not None:
        return found or page.field
    choices = [button for button in page.choices if button in buttons]
    return next(iter([*choices, *(button for button in buttons if button.choice.main)]), None)
