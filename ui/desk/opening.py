"""Panels opened over the counter, each connected to what it may ask for, and kept up with the view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.domain.desk_view import DeskView
from ui.desk.asking import IS_OVER, is_over
from ui.desk.panel_stack import PanelStack
from ui.desk.sending import Sending
from ui.panels.leaving import LeavingPanel
from ui.panels.panel import Panel, sentences


class Opening(QObject):
    """See the module."""

    wanted = Signal()
    """A panel is about to be shown: a new one, or one that is open already."""
    prepared = Signal(Panel)
    """A new panel, not shown yet, for who has something to tell it."""

    def __init__(self, stack: PanelStack, sending: Sending) -> None:
        super().__init__(stack)
        self._stack, self._sending = stack, sending

    def open(self, panel: Panel, over: bool = False) -> None:
        """Show a panel; `over`: over the one that led to it."""
        self.wanted.emit()
        if self._stack.holds(panel):
            self._stack.bring_up(panel)
            return
        panel.backed_out.connect(lambda: self._back_out(panel))
        panel.sent.connect(lambda command: self._sending.send(command, panel))
        panel.led_to.connect(lambda further: self.open(further, over=True))
        self.prepared.emit(panel)
        self._stack.open(panel, over=over)

    def _back_out(self, panel: Panel) -> None:
        """Escape in a panel: it goes, or asks first whether what was typed is to go with it."""
        if panel.is_sent or not panel.asks_before_leaving():
            self._stack.close_panel(panel)
            return
        asking = LeavingPanel()
        asking.thrown_away.connect(lambda: self._throw_away(panel, asking))
        self.open(asking, over=True)

    def _throw_away(self, *panels: Panel) -> None:
        for panel in panels:
            self._stack.close_panel(panel)

    def show_view(self, view: DeskView) -> None:
        """A view has come, for every panel that is open."""
        for panel in self._stack.panels():
            panel.show_view(view)
        for panel in self._stack.panels():
            self._show_whether_over(panel, view)

    def _show_whether_over(self, panel: Panel, view: DeskView) -> None:
        """A question about a visit that has gone is closed; but never what was typed in it."""
        if not is_over(panel, view):
            if panel.problem() == sentences(IS_OVER):
                panel.clear_problem()
        elif panel.is_worth_keeping():
            panel.refuse(IS_OVER)
        else:
            self._stack.close_panel(panel)
