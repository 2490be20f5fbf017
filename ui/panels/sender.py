"""Who sends a command: the fields that every command from this desk has in common."""

from __future__ import annotations

from typing import TypedDict

from reception.domain.desk_view import DeskView


class SentBy(TypedDict):
    """Unpacked into each command: `Leave(**by, visit_id=…)`."""

    office_id: str
    station: str
    counter_id: str
    officer_id: str


def sent_by(view: DeskView, station: str) -> SentBy:
    """The sender that a view speaks of."""
    return SentBy(office_id=view.office.id, station=station, counter_id=view.counter_id, officer_id=view.officer_id)
