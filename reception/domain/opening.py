"""Whether an office is open, when it opens next, and whether those who wait fill what is left of its day."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from reception.clock import MINUTE, Instant, local_date
from reception.domain.booking import Span
from reception.domain.office import Office
from reception.domain.said_wait import ExpectedWait
from reception.domain.working_hours import is_closed_day, spans_of
from reception.errors import Refusal

LOOKED_AHEAD_DAYS = 60


class Doors(Struct, frozen=True):
    """How an office stands. `closes_at`: of an open one that has hours; `opens_at`: when it opens next, if known."""

    is_open: bool
    closes_at: Instant | None = None
    opens_at: Instant | None = None


def doors_of(office: Office, now: Instant) -> Doors:
    """How the office stands at `now`. One that has told no hours is always open."""
    if not office.hours:
        return Doors(is_open=True)
    today = local_date(now, office.zone)
    current: Span | None = None
    for ahead in range(LOOKED_AHEAD_DAYS):
        for span in openings_of(office, today + timedelta(days=ahead)):
            if span.starts <= now < span.ends:
                current = span
            elif span.starts > now:
                return Doors(current is not None, current.ends if current else None, span.starts)
    return Doors(current is not None, current.ends if current else None)


def openings_of(office: Office, day: date) -> tuple[Span, ...]:
    """When it is open on a day, in order; nothing of a day that is closed, or of a year whose bank holidays are not
    known."""
    try:
        return () if is_closed_day(office, day) else spans_of(office.hours, day, office.zone)
    except Refusal:
        return ()


def full_from(wait: ExpectedWait | None, closes_at: Instant | None) -> Instant | None:
    """From when on nobody who comes for a service would still be seen today, in the middle of what is expected.

    None where nothing is known of the wait, or the office doesn't close.
    """
    if wait is None or closes_at is None:
        return None
    return closes_at - (wait.low + wait.high) * MINUTE // 2
