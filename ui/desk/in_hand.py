"""The visit that a key is meant for."""

from __future__ import annotations

from collections.abc import Callable

from reception.domain.desk_view import DeskView
from ui.desk.panel_stack import PanelStack
from ui.desk.visit_panel import VisitPanel


class InHand:
    """See the module."""

    def __init__(self, stack: PanelStack) -> None:
        self._stack = stack
        self.chosen: Callable[[], str] = str
        """The visit that is chosen in a list that has the focus; empty for none."""

    def visit_id(self, view: DeskView) -> str:
        """The visit that is looked at, else the one chosen in a list, else the one at this counter."""
        top = self._stack.top()
        if isinstance(top, VisitPanel):
            return top.visit_id
        if top is not None:
            return ""
        return self.chosen() or (view.present.visit_id if view.present is not None else "")
