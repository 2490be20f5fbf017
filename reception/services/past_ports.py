"""What the figures of a past period are made of, as storage reads it in one transaction."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant
from reception.statistics.past_rows import Booked, LaterLegs, WalkIns


class PastService(Struct, frozen=True):
    """One service of an office, retired ones too."""

    name: str
    office: int
    """The place of its office in :attr:`PastRead.offices`."""
    partner: str


class PastPeriod(Struct, frozen=True):
    """What one period holds: local days, both included."""

    walk_ins: WalkIns
    later_legs: LaterLegs
    booked: Booked


class PastRead(Struct, frozen=True):
    """One period, and another beside it, of some offices."""

    now: Instant
    offices: tuple[str, ...]
    """Names."""
    services: tuple[PastService, ...]
    who: tuple[tuple[str, ...], ...]
    """By which a visit is grouped, beside its time, office and service: names of officers, languages, needs. A visit
    counts in each of them. Empty where nothing of the kind was asked."""
    first_visit: date | None
    last_visit: date | None
    period: PastPeriod
    compared: PastPeriod | None
