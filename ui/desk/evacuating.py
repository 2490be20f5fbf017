"""Evacuation: one key freezes calls, lists everyone inside and prints the list, all from this station's memory."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reception.domain.desk_view import DeskView
from ui.desk.evacuation import evacuation_list
from ui.desk.evacuation_panel import EvacuationPanel
from ui.desk.panel_stack import PanelStack
from ui.desk.state import DeskState
from ui.desk.visits import OpenPanel
from ui.link import Link
from ui.refused import Refused


class Evacuating(QObject):
    """See the module."""

    def __init__(self, link: Link, state: DeskState, stack: PanelStack, open_panel: OpenPanel) -> None:
        super().__init__(stack)
        self._link, self._state, self._stack = link, state, stack
        self._open_panel = open_panel

    def begin(self, view: DeskView) -> None:
        """The key was pressed; pressed again it only shows the list."""
        panel = self._shown(view)
        if view.evacuated_at is None:
            self._print(panel)
            panel.evacuate()

    def _shown(self, view: DeskView) -> EvacuationPanel:
        known = self._stack.open_of(EvacuationPanel)
        if isinstance(known, EvacuationPanel):
            self._stack.bring_up(known)
            return known
        panel = EvacuationPanel(evacuation_list(view, self._state.now()), view, self._state.by())
        panel.printing.connect(lambda: self._print(panel))
        self._open_panel(panel, False)
        return panel

    def _print(self, panel: EvacuationPanel) -> None:
        def came(no: Refused | None) -> None:
            if self._stack.holds(panel):
                panel.show_printed(no)

        panel.show_printing()
        self._link.papers.print_evacuation(panel.everyone, lambda: came(None), came)
