"""Tells a wedge scanner's typing from a person's.

A scanner types a code, then Enter or Tab, far faster than a hand: a ticket's (`RC-` and ten characters) or a letter's
(`AP-` and eight). Keys that may
still become a code are held back for a moment. If they become one, nobody else ever sees them; if not, they are
given to whom they were meant for, in order and unchanged.
"""

from __future__ import annotations

import re
import time
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

TICKET_CODE = "RC-"
APPOINTMENT_CODE = "AP-"
_LENGTHS = {TICKET_CODE: 13, APPOINTMENT_CODE: 11}
"""How long the codes are that begin so."""
_PREFIX = 3
GAP_MS = 50
"""A longer pause between two keys is a person's."""
LATE_TIMER_MS = 25
"""When the timer itself comes so late, the program was busy: waiting keys get one more turn."""

_CODE_CHARACTER = re.compile(r"[A-Z0-9]")
_FIRSTS = frozenset(prefix[0] for prefix in _LENGTHS)
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SILENT = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock})
"""Keys that a scanner presses between characters; they are held in their place and decide nothing."""
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_INTERRUPTS = frozenset(
    {
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.FocusIn,
        QEvent.Type.FocusOut,
        QEvent.Type.WindowDeactivate,
        QEvent.Type.TouchBegin,
    }
)
"""Events before which held keys must reach their place, or the order would be wrong."""


class _Held(NamedTuple):
    receiver: QObject
    focus: QWidget | None
    """Who had the focus: a key meant for it still goes there when the focus has moved on meanwhile."""
    event: QKeyEvent

    def deliver(self) -> None:
        moved_on = self.focus is not None and isValid(self.focus) and self.focus is not QApplication.focusWidget()
        receiver = self.focus if moved_on and isinstance(self.receiver, QWindow) else self.receiver
        if receiver is not None and isValid(receiver):
            QCoreApplication.sendEvent(receiver, self.event)


class _Interruptions(QObject):
    """Sees all that happens while keys are held, and nothing else: a filter for the whole application is asked of every
    event of every widget, and asks Python each time."""

    came = Signal()

    def eventFilter(self, _receiver: QObject, event: QEvent) -> bool:
        if event.type() in _INTERRUPTS:
            self.came.emit()
        return False


class Scanner(QObject):
    """Looks at the keys of whichever window has the keyboard, once it is told to :meth:`watch`."""

    scanned = Signal(str)
    """The code, in capitals."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application: QApplication | None = None
        self._window: QWindow | None = None
        self._interruptions = _Interruptions(self)
        self._interruptions.came.connect(self._interrupted)
        self._held: list[_Held] = []
        self._code = ""
        self._swallowed_down: set[int] = set()
        """Keys of a finished code that are still down: their release is swallowed too."""
        self._giving_back = False
        self._due_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._gap)

    def watch(self, application: QApplication) -> None:
        """From now on; again, and it changes nothing."""
        if self._application is None:
            self._application = application
            application.focusWindowChanged.connect(self._look_at)
            self._look_at(application.focusWindow())

    def rest(self) -> None:
        """Look no more. What is held reaches its place."""
        if self._application is not None:
            self._give_back()
            self._application.focusWindowChanged.disconnect(self._look_at)
            self._look_at(None)
            self._application = None

    def _look_at(self, window: QWindow | None) -> None:
        """Another window has the keyboard: its keys are sent to it before any widget in it."""
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    @property
    def is_holding(self) -> bool:
        """Keys are held back that may still become a code."""
        return bool(self._held)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not self._giving_back and kind in _KEYS and isinstance(event, QKeyEvent):
            return self._key(receiver, event, kind)
        return False

    def _interrupted(self) -> None:
        if not self._giving_back:
            self._give_back()

    # -- keys ------------------------------------------------------------------------------------------------

    def _key(self, receiver: QObject, event: QKeyEvent, kind: QEvent.Type) -> bool:
        if kind == QEvent.Type.KeyRelease:
            return self._release(receiver, event)
        if event.key() in _SILENT:
            if self._held and kind == QEvent.Type.KeyPress:
                self._hold(receiver, event)
                return True
            return False
        if kind == QEvent.Type.ShortcutOverride:
            # Said before the key itself: "mine, let it come as a key and not as a shortcut".
            if self._may_continue(event) or self._may_begin(event):
                event.accept()
                return True
            self._give_back()
            return False
        if self._ends_a_code(event):
            self._finish(event)
            return True
        if not self._may_continue(event):
            self._give_back()
            if not self._may_begin(event):
                return False
        self._code += event.text().upper()
        self._hold(receiver, event)
        return True

    def _release(self, receiver: QObject, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed_down:
            self._swallowed_down.discard(event.key())
            return True
        if self._held:
            self._hold(receiver, event, rearm=False)
            return True
        return False

    def _may_begin(self, event: QKeyEvent) -> bool:
        return self._is_typed(event) and event.text().upper() in _FIRSTS

    def _may_continue(self, event: QKeyEvent) -> bool:
        """Whether the key may be the next one of the code that is being held, its end included."""
        if not self._code:
            return False
        if self._ends_a_code(event):
            return True
        if not self._is_typed(event) or len(self._code) >= self._length():
            return False
        character = event.text().upper()
        if len(self._code) < _PREFIX:
            return any(prefix.startswith(self._code + character) for prefix in _LENGTHS)
        return _CODE_CHARACTER.fullmatch(character) is not None

    def _length(self) -> int:
        """How long the code will be that is being held."""
        return _LENGTHS.get(self._code[:_PREFIX], _PREFIX)

    def _ends_a_code(self, event: QKeyEvent) -> bool:
        return len(self._code) == _LENGTHS.get(self._code[:_PREFIX]) and event.key() in _ENDS and self._is_plain(event)

    def _is_typed(self, event: QKeyEvent) -> bool:
        return self._is_plain(event) and len(event.text()) == 1 and event.text().isascii()

    @staticmethod
    def _is_plain(event: QKeyEvent) -> bool:
        return not event.isAutoRepeat() and not event.modifiers() & ~_HARMLESS

    # -- holding and giving back -----------------------------------------------------------------------------

    def _hold(self, receiver: QObject, event: QKeyEvent, *, rearm: bool = True) -> None:
        if not self._held and self._application is not None:
            self._application.installEventFilter(self._interruptions)
        self._held.append(_Held(receiver, QApplication.focusWidget(), event.clone()))
        if rearm:
            self._wait()

    def _wait(self) -> None:
        self._due_at = time.monotonic() + GAP_MS / 1000
        self._timer.start(GAP_MS)

    def _gap(self) -> None:
        if self._held and (time.monotonic() - self._due_at) * 1000 > LATE_TIMER_MS:
            self._wait()
            return
        self._give_back()

    def _finish(self, last: QKeyEvent) -> None:
        code = self._code
        down: set[int] = {last.key()}
        for held in self._held:
            if held.event.type() == QEvent.Type.KeyPress:
                down.add(held.event.key())
            else:
                down.discard(held.event.key())
        self._swallowed_down |= down
        self._forget()
        self.scanned.emit(code)

    def _give_back(self) -> None:
        held = self._held
        self._forget()
        self._giving_back = True
        try:
            for key in held:
                key.deliver()
        finally:
            self._giving_back = False

    def _forget(self) -> None:
        if self._application is not None:
            self._application.removeEventFilter(self._interruptions)
        self._held = []
        self._code = ""
        self._timer.stop()
