"""Keys that are typed while a window is being opened: kept for it, and given to it in their order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

AT_MOST_MS = 5_000
"""A window that is not ready by then gets what was kept all the same."""
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_HEARD = frozenset({Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut})


class KeysKept(QObject):
    """From now on the window `behind` gets no keys, until the one that is being opened has got them."""

    def __init__(self, behind: QWindow) -> None:
        super().__init__(behind)
        self._kept: list[QKeyEvent] = []
        self._windows = [behind]
        self._opened: QWidget | None = None
        self._is_ready = False
        behind.installEventFilter(self)

    def hand_on(self, opened: QWidget, ready: SignalInstance) -> None:
        """Give the keys to this window, which is shown, as soon as it says `ready` and has the keyboard."""
        self._opened = opened
        self._windows.append(opened.windowHandle())
        opened.windowHandle().installEventFilter(self)
        ready.connect(self._ready)
        QApplication.instance().focusWindowChanged.connect(self._look)  # type: ignore[union-attr]
        QTimer.singleShot(AT_MOST_MS, self, self._give)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.KeyPress:
            self._kept.append(event.clone())
        event.accept()
        return True

    def _ready(self) -> None:
        self._is_ready = True
        self._look()

    def _look(self) -> None:
        if self._is_ready and self._opened is not None and isValid(self._opened) and self._opened.isActiveWindow():
            self._give()

    def _give(self) -> None:
        windows, self._windows = self._windows, []
        for window in windows:
            if isValid(window):
                window.removeEventFilter(self)
        kept, self._kept = self._kept, []
        if windows and self._opened is not None and isValid(self._opened):
            for event in kept:
                _deliver(event, self._opened)
        self.deleteLater()


def _deliver(event: QKeyEvent, window: QWidget) -> None:
    """As if it were pressed now: a field may claim it first, then the shortcuts of the window."""
    focused = QApplication.focusWidget() or window
    override = _again(QEvent.Type.ShortcutOverride, event)
    override.ignore()
    QCoreApplication.sendEvent(focused, override)
    action = None if override.isAccepted() else _action_of(QKeySequence(event.keyCombination()), window)
    if action is not None:
        action.trigger()
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(focused, _again(kind, event))


def _again(kind: QEvent.Type, event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(kind, event.key(), event.modifiers(), event.text())


def _action_of(keys: QKeySequence, window: QWidget) -> QAction | None:
    for action in window.findChildren(QAction):
        is_seen = any(isinstance(each, QWidget) and each.isVisible() for each in action.associatedObjects())
        if action.isEnabled() and is_seen and action.shortcutContext() in _HEARD and keys in action.shortcuts():
            return action
    return None
