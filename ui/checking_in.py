"""What is said of a check-in wherever it is done, and which ways are left. Never a visitor's name."""

from __future__ import annotations

from enum import Enum, auto

from reception.clock import MINUTE, Instant
from reception.domain.book import AppointmentRow
from reception.domain.booked import Standing
from reception.domain.office import Office
from reception.errors import Code
from reception.services.commands import Result
from ui import moments
from ui.refused import Refused


class WayOut(Enum):
    """What can be done instead."""

    ANOTHER_TIME = auto()
    TICKET = auto()
    OPEN_VISIT = auto()
    ALL_ABOUT = auto()


def checked_in(result: Result, office: Office, now: Instant, row: AppointmentRow | None) -> tuple[str, str]:
    """(sentence, detail): the number, and how the visitor stands with the clock. `row`: as it was shown, if it was."""
    said = f"{result.number} is here." if result.number else "Checked in."
    if row is None:
        return said, f"Tell the visitor: {result.number}."
    booked = moments.said_time(row.starts, office.zone)
    whom = f" with {row.officer}" if row.officer else ""
    said = f"{result.number}: {booked}{whom}."
    late = (result.at or now) - row.starts
    grace = office.grace_minutes
    if row.standing is Standing.DID_NOT_ATTEND:
        return said, "Marked as not attended, and came after all. Nothing is promised; whoever is free sees it."
    if is_past_grace(result, office, now, row):
        over = f"{moments.whole_minutes(late)} min late, past the {grace} min of grace."
        return said, f"{over} It waits as a walk-in; or offer another time."
    kept, counts = ("", "") if result.unpromised else (" Seen as promised.", f" The promise counts from {booked}.")
    if late >= MINUTE:
        return said, f"{moments.whole_minutes(late)} min late, within the grace of {grace} min.{kept}"
    if late <= -MINUTE:
        return said, f"{moments.whole_minutes(-late)} min early.{counts}"
    return said, "On time."


def is_past_grace(result: Result, office: Office, now: Instant, row: AppointmentRow) -> bool:
    """Whether the visitor came too late to be promised anything: another time is offered."""
    return (result.at or now) - row.starts > office.grace_minutes * MINUTE


def ways_out(no: Refused, row: AppointmentRow) -> tuple[WayOut, ...]:
    """What can be done after a check-in was refused, the likeliest first."""
    match no.code:
        case Code.ALREADY_CHECKED_IN if row.visit_id:
            return (WayOut.OPEN_VISIT,)
        case Code.OTHER_DAY:
            return WayOut.ANOTHER_TIME, WayOut.TICKET
        case Code.OTHER_OFFICE | Code.CANCELLED_APPOINTMENT:
            return (WayOut.TICKET,)
    return (WayOut.ALL_ABOUT,)
