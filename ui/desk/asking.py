"""Which question a key leads to."""

from __future__ import annotations

from reception.domain.desk_view import DeskView, VisitCard
from reception.errors import Code
from ui.desk.due import DueDays
from ui.desk.end_panels import FinishPanel, SignpostPanel, ToFollowPanel
from ui.desk.key_table import Act
from ui.desk.move_panels import HoldPanel, TransferPanel
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused

ABOUT = "about"
"""The property of a panel that holds the visit at this counter which it is about."""


def to_follow_panel(present: VisitCard, view: DeskView, by: SentBy, days: DueDays, *, prints: bool) -> Panel:
    """By which day, and from whom, the visit at this counter gets its answer."""
    panel = ToFollowPanel(present, view, by, days, prints=prints)
    panel.setProperty(ABOUT, present.visit_id)
    return panel


def panel_about(act: Act, present: VisitCard, view: DeskView, by: SentBy, *, prints: bool) -> Panel | None:
    """The panel that asks what a key needs to know of the visit at this counter."""
    visit_id, number = present.visit_id, present.number
    panel: Panel
    match act:
        case Act.FINISH:
            panel = FinishPanel(present, by)
        case Act.SIGNPOST:
            panel = SignpostPanel(present, by, prints=prints)
        case Act.TRANSFER:
            panel = TransferPanel(visit_id, number, present.service_id, view, by)
        case Act.HOLD:
            panel = HoldPanel(visit_id, number, by)
        case _:
            return None
    panel.setProperty(ABOUT, visit_id)
    return panel


def is_over(panel: Panel, view: DeskView) -> bool:
    """What the panel is about is no more: its visit is not at this counter, its evacuation has ended."""
    about = panel.property(ABOUT)
    return panel.is_over(view) or (bool(about) and (view.present is None or view.present.visit_id != about))


IS_OVER = Refused(Code.NOT_POSSIBLE_NOW, "This visit is not at this counter any more.", "What you entered is kept.")
