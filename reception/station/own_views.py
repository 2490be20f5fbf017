"""What the own file shows, less what it does not know: how others have gone on since the station was cut off."""

from __future__ import annotations

from msgspec.structs import replace

from reception.domain.desk_view import DeskView
from reception.domain.kiosk import KioskView
from reception.services.queries import Desk
from reception.storage.own_file import OwnFile


def count_here(sequence: int) -> int:
    """The own file's count as windows see it, and back: -2, -3 and so on."""
    return -2 - sequence


def desk_as_known(view: DeskView, query: Desk, own: OwnFile, held_back: str) -> DeskView:
    """Its own are called first; and how the day went for those who have left is not known here."""
    ours = own.ours(query.counter_id, query.station)
    mine = [row.visit_id for row in view.queue if row.mine]
    first = next((visit_id for visit_id in mine if visit_id in ours), None)
    return replace(
        view,
        sequence=count_here(view.sequence),
        kept=own.kept.visits_to_join(),
        held_back=held_back,
        next_for_me=first or view.next_for_me,
        next_why=view.next_why if first is None else None,
        next_is_aloud=first is None and view.next_for_me is not None,
        seen_today=0,
        judged_today=0,
        within_today=0,
    )


def kiosk_as_known(view: KioskView) -> KioskView:
    """Without expected waits."""
    services = tuple(replace(each, wait=None) for each in view.services)
    return replace(view, sequence=count_here(view.sequence), services=services)
