"""What a window looks like while the building is evacuated: nobody can take it for a usual day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reception.domain.desk_view import DeskView
from ui import moments
from ui.theme import look_of
from ui.widgets import RING, ElidingLabel, KeyButton
from ui.widgets.announcing import announce
from ui.widgets.painting import draw_icon
from ui.widgets.sheet import PADDING

_EDGE = 8
_SYMBOL = 40
FROZEN = "Calls are frozen at every desk."


class EvacuationBanner(QWidget):
    """A bar in the colour of what is lost, with a symbol, since when, and the way to the list of those inside."""

    def __init__(self, list_button: KeyButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidingLabel("", "title", 600, "on-late")
        self.detail = ElidingLabel(FROZEN, token="on-late")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, _EDGE, PADDING - RING, _EDGE)
        row.setSpacing(0)
        row.addSpacing(_SYMBOL + PADDING)
        row.addLayout(words, 1)
        row.addWidget(list_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = row
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_view(self, view: DeskView) -> None:
        """Stand there from the moment of the evacuation until it ends."""
        if view.evacuated_at is not None:
            words = f"Evacuation since {moments.said_time(view.evacuated_at, view.office.zone)}"
            if words != self.title.text() or self.isHidden():
                self.title.set_text(words)
                self.setAccessibleName(f"{words}. {FROZEN}")
                announce(self, f"{words}. {FROZEN}", urgent=True)
        self.setVisible(view.evacuated_at is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("late"))
        size = _SYMBOL * 100 // look.text_percent
        draw_icon(painter, PADDING, self.rect(), "due-soon", look, "on-late", size)


class EvacuationEdge(QWidget):
    """Holds all of a window; while there is an evacuation it draws an edge all round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = False

    def is_on(self) -> bool:
        return self._on

    def set_on(self, on: bool) -> None:
        """Draw the edge, or take it away."""
        if on == self._on:
            return
        self._on = on
        layout = self.layout()
        if layout is not None:
            edge = _EDGE if on else 0
            layout.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._on:
            return
        painter, colour = QPainter(self), look_of(self).colour("late")
        inner = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        for edge in (
            self.rect().adjusted(0, 0, 0, -inner.height() - _EDGE),
            self.rect().adjusted(0, inner.height() + _EDGE, 0, 0),
            self.rect().adjusted(0, 0, -inner.width() - _EDGE, 0),
            self.rect().adjusted(inner.width() + _EDGE, 0, 0, 0),
        ):
            painter.fillRect(edge, colour)
