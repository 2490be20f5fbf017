"""Buttons that stay under the pointer although what they do moves everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QVBoxLayout

from ui.widgets import KeyGrid

_PASSES = 8
"""A layout that follows from another is asked for after it; so many follow one another at most."""


class HeldInPlace(QObject):
    """Scrolls a panel so that a clicked button is where it was clicked, for the next click.

    At its top a panel can't be scrolled on: there the content stands lower until the pointer leaves the buttons.
    """

    def __init__(self, area: QScrollArea, content: QVBoxLayout, grid: KeyGrid) -> None:
        super().__init__(grid)
        self._area, self._content = area, content
        self._clicked_at: tuple[float, float] | None = None
        """How far down the button the pointer was, from 0 to 1, and how far down the screen."""
        grid.installEventFilter(self)
        for button in grid.buttons():
            button.installEventFilter(self)
            # After the button's own connection: when this is called, the click has had its effect.
            button.clicked.connect(lambda _on=False, button=button: self._hold(button))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QAbstractButton):
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
                self._clicked_at = (event.position().y() / max(1, watched.height()), event.globalPosition().y())
        elif event.type() == QEvent.Type.Leave:
            self._lower(0)
        return False

    def _hold(self, button: QAbstractButton) -> None:
        clicked_at, self._clicked_at = self._clicked_at, None
        if clicked_at is None:
            return  # by the keyboard: no pointer waits for it
        part, wanted = clicked_at
        self._settle()
        now = button.mapToGlobal(QPoint(0, 0)).y() + part * button.height()
        bar = self._area.verticalScrollBar()
        scrolled = bar.value() + round(now - wanted)
        top = self._content.contentsMargins().top()
        taken = min(top, max(0, scrolled))
        self._lower(top - taken - min(0, scrolled))
        self._settle()
        bar.setValue(scrolled - taken)

    def _lower(self, by: int) -> None:
        margins = self._content.contentsMargins()
        if margins.top() != by:
            margins.setTop(by)
            self._content.setContentsMargins(margins)

    def _settle(self) -> None:
        for _ in range(_PASSES):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
