"""A page of the supervisor's window by itself, under its head in a plain window, and the keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.link import Link
from ui.supervisor.page import Page

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class PageHands:
    """One window at one door; which page is in it each kind of hands says."""

    def __init__(self, door: Any, size: tuple[int, int] = (1366, 768)) -> None:
        self.link = Link(door)
        self.window = QWidget()
        self._column = QVBoxLayout(self.window)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.window.resize(*size)

    def put(self, page: Page) -> None:
        """Show the page, with its head at the right above it."""
        assert page.head is not None
        self._column.addWidget(page.head, 0, Qt.AlignmentFlag.AlignRight)
        self._column.addWidget(page, 1)
        page.head.show()
        self.window.show()
        self.window.activateWindow()

    def take_out(self, page: Page) -> None:
        """The page is done with."""
        for part in (page.head, page):
            assert part is not None
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()

    def key(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Where the focus is, as the window hears it."""
        handle = self.window.windowHandle()
        for key in keys:
            QTest.keyClick(handle, key, modifier)

    def type(self, field: QWidget, words: str) -> None:
        """In place of what is there."""
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
        QTest.keyClicks(field, words)

    def end(self) -> None:
        self.link.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
