"""What a simulation needs to know of an office: its recorded days, how long services last, who comes to appointments.

Times of a day are milliseconds on the clock on the wall since midnight. Nothing here is of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from reception.clock import Millis
from reception.domain.queueing import Kind, RuleSettings

ENOUGH = 10
"""So many services of a kind say how long they last."""


class PastVisit(Struct, frozen=True):
    """One leg of a recorded day. `joined`: from when on it could be called, the later of booked time and arrival for an
    appointment. `started`, `ended`: None where it never was, or where that is not known."""

    kind: Kind
    service_id: str
    arrived: Millis
    joined: Millis
    started: Millis | None = None
    ended: Millis | None = None
    served_by: str = ""
    """The officer's id; empty where a log does not say."""
    is_promised: bool = True
    """False for whoever came to an appointment beyond its grace period, and for later legs: nothing is judged."""


class PastDay(Struct, frozen=True):
    """One day on which somebody came, in the order of `joined`."""

    day: date
    visits: tuple[PastVisit, ...]


class Attendance(Struct, frozen=True):
    """Of appointments: the share that nobody comes to, and by how much the others come before their time (after it:
    below 0). `is_assumed`: the office has too few of its own to say."""

    absent: float
    early: tuple[Millis, ...]
    is_assumed: bool


class Targets(Struct, frozen=True):
    """What walk-ins and appointments are judged by. `is_assumed`: the office promises walk-ins no time."""

    walk_in: Millis
    appointment: Millis
    is_assumed: bool


class PastService(Struct, frozen=True):
    """`is_anybodys`: it is offered no longer, so that no desk's skills name it: every desk serves it."""

    name: str
    priority: int = 0
    is_anybodys: bool = False


class RecordedOffice(Struct, frozen=True):
    """One office as its record has it. `lasted`: how long services for each lasted of late, by service, those of
    appointments apart under `appointment <id>`; none longer than 90 minutes."""

    name: str
    services: Mapping[str, PastService]
    """The council's own, by id; partners' are left out of it all."""
    days: tuple[PastDay, ...]
    lasted: Mapping[str, tuple[Millis, ...]]
    usual: Millis
    """How long a service of which nothing is known is taken to last."""
    attendance: Attendance
    grace: Millis
    targets: Targets
    rule: str
    settings: RuleSettings
    counters: int | None
    """None: the office has none of its own, as one that was made for a log."""
    skills: Mapping[str, frozenset[str]] = {}
    """By officer, as set now; empty: every service."""


def pool_of(lasted: Mapping[str, tuple[Millis, ...]], service_id: str, kind: Kind, usual: Millis) -> tuple[Millis, ...]:
    """The services from which the length of one is drawn: those of its kind, else of its service, else of all."""
    if kind is Kind.APPOINTMENT:
        own = lasted.get(f"appointment {service_id}", ())
        if len(own) >= ENOUGH:
            return own
    own = lasted.get(service_id, ())
    if len(own) >= ENOUGH:
        return own
    return lasted.get("", ()) or (usual,)
