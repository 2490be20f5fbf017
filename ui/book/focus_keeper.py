"""Keys that go nowhere would be lost: whatever was hidden or disabled, the book has the focus still."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.book.stack import BookStack


class FocusKeeper(QObject):
    """Gives the focus that nothing has to the panel on top, else to the grid, while the page is what is looked at."""

    def __init__(self, page: QWidget, stack: BookStack, grid: QWidget) -> None:
        super().__init__(page)
        self._page, self._stack, self._grid = page, stack, grid
        QApplication.instance().focusChanged.connect(self._changed)  # type: ignore[union-attr]

    def _changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None and self._page.isVisible() and self._page.window().isActiveWindow():
            QTimer.singleShot(0, self, self._take)

    def _take(self) -> None:
        if QApplication.focusWidget() is not None or not self._page.isVisible():
            return
        top = self._stack.top()
        if top is not None:
            top.take_first_focus()
        if QApplication.focusWidget() is None:
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
