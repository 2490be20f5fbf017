"""What is on the right of the book: the card, or the panels that have been opened over it, the last one on top."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.book.hands import BookPanel
from ui.panels.leaving import LeavingPanel
from ui.panels.panel import Panel
from ui.theme import look_of

_WIDE = 344
_WIDER = 440
_ROOMY = 1200
"""From this width of the page on a panel that asks for much is given more."""


class BookStack(QStackedWidget):
    """Panels over the card. One in which something was typed asks before it is thrown away."""

    changed = Signal()
    emptied = Signal()
    """The card is shown again."""
    closed = Signal(object)
    """A panel was taken away."""

    def __init__(self, base: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._panels: list[Panel] = []
        self.addWidget(base)

    def top(self) -> Panel | None:
        return self._panels[-1] if self._panels else None

    def take_of(self, width: int) -> None:
        """As much of the page's width as what is on top is given."""
        top = self.top()
        is_wider = isinstance(top, BookPanel) and top.wants_room and width >= _ROOMY
        self.setFixedWidth(min(look_of(self).px(_WIDER if is_wider else _WIDE), width * 45 // 100))

    def holds(self, panel: Panel) -> bool:
        return panel in self._panels

    def has(self, kind: type[Panel]) -> bool:
        return any(isinstance(panel, kind) for panel in self._panels)

    def of(self, kind: type[Panel]) -> Panel | None:
        """The one of a kind that is open, the last where there are more."""
        return next((panel for panel in reversed(self._panels) if isinstance(panel, kind)), None)

    def close_others(self, panel: Panel) -> None:
        """Take away whatever else of its kind is open."""
        others = [each for each in self._panels if type(each) is type(panel) and each is not panel]
        if others:
            self._take_away(others)

    def open(self, panel: Panel) -> None:
        """Show a panel over what is shown."""
        panel.backed_out.connect(lambda: self.back_out(panel))
        self._panels.append(panel)
        self.addWidget(panel)
        self._show_top()

    def back_out(self, panel: Panel) -> None:
        """Escape in a panel: it goes, or asks first whether what was typed is to go with it."""
        if panel is not self.top():
            return
        if not panel.asks_before_leaving():
            self.close_panel(panel)
            return
        asking = LeavingPanel()
        asking.thrown_away.connect(lambda: self._throw_away(asking, panel))
        self.open(asking)

    def _throw_away(self, *panels: Panel) -> None:
        for panel in panels:
            self.close_panel(panel)

    def close_panel(self, panel: Panel) -> None:
        """Take a panel away; what is below comes back."""
        if panel in self._panels:
            self._take_away([panel])

    def close_idle(self, *, down_to: type[Panel] | None = None) -> None:
        """Take away what is on top, down to where something was typed, or to a panel of that kind."""
        idle: list[Panel] = []
        for panel in reversed(self._panels):
            if panel.is_worth_keeping() or (down_to is not None and isinstance(panel, down_to)):
                break
            idle.append(panel)
        if idle:
            self._take_away(idle)

    def _take_away(self, gone: list[Panel]) -> None:
        self._panels = [panel for panel in self._panels if panel not in gone]
        self._show_top()
        for panel in gone:
            self.removeWidget(panel)
            panel.hide()
            self.closed.emit(panel)
            panel.deleteLater()
        self.changed.emit()
        if not self._panels:
            self.emptied.emit()

    def _show_top(self) -> None:
        panel = self.top()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentWidget(panel or self._base)
        if panel is not None:
            self.changed.emit()
            panel.take_focus()
