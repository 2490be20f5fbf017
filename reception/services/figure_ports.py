"""What figures need of each visit and each appointment, as storage reads it. Nothing of a visitor's person."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Millis
from reception.domain.booked import Kind, Standing
from reception.domain.columns import Column
from reception.domain.visit_states import End


class VisitFigures(Struct, frozen=True):
    """What the wait figures need of one visit; `wait` and `target` in milliseconds."""

    day: date
    hour: int
    service: str
    column: Column
    wait: Millis | None
    target: Millis | None
    reinstated: bool
    partner: str = ""
    """Whose the service is; empty for the council's own."""


class ResolvedFigures(Struct, frozen=True):
    """What the resolved figures need of one visit.

    `clock` is arrival to the end, for a no-show to the call that was not answered; None while open. `clock` and
    `target` in milliseconds.
    """

    day: date
    hour: int
    service: str
    end: End | None
    clock: Millis | None
    target: Millis | None
    exempt: bool
    partner: str = ""


class AppointmentFigures(Struct, frozen=True):
    """What the appointment figures need of one appointment; durations and targets in milliseconds.

    `lateness`: start of service minus the later of booked time and arrival, not below zero; None when it was not seen,
    and beyond the grace period, where nothing is promised. `told`: told of a delay before the promise was lost.
    """

    day: str
    hour: int
    weekday: int
    service: str
    officer: str
    kind: Kind
    standing: Standing
    lateness: Millis | None
    target: Millis | None
    visitor_late_by: Millis
    is_lost: bool
    """Delayed: seen after the promise, or gone unseen after it."""
    told: bool
    told_in_time: bool
    offered: bool
    came_late: bool
    partner: str = ""
    """Whose the service is; empty for the council's own."""
    service_id: str = ""
    officer_id: str = ""
    took: bool = False
    """Told, and chose another day or time."""


class DelayFigures(Struct, frozen=True):
    """What the figures of delays need of one visit or appointment whose promise was lost.

    Day and hour are local: of a walk-in's arrival, of an appointment's booked time.
    """

    day: date
    hour: int
    service: str
    told: bool
    told_in_time: bool
    offered: bool
    """Another day or time."""
    partner: str = ""
    took: bool = False
    """Another day or time."""
