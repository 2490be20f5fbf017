"""What a supervisor's views are made from, as storage reads it. Nothing here is of a visitor's person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.about_now import OfficerRow, RoomRow
from reception.domain.appointment import Told
from reception.domain.desk_view import CounterRow
from reception.domain.foresight import Scene
from reception.domain.office import Office, Service
from reception.services.figure_ports import AppointmentFigures, DelayFigures, ResolvedFigures, VisitFigures


class WalkInToday(Struct, frozen=True):
    """One walk-in of today. `service_id` is that of its first leg."""

    visit_id: str
    number: str
    """Of the ticket."""
    service_id: str
    arrived_at: Instant
    wait: Millis
    """What the promise is judged by; of one who is still open, so far."""
    figures: VisitFigures
    resolved: ResolvedFigures | None
    """None of an imported one, as in the report."""
    delay: DelayFigures | None
    """None while its promise is not lost, and of an imported one."""
    promised_at: Instant | None = None
    """The end of the promise that is lost; None while it is not, and of an imported one."""
    stands_still: bool = False
    """Open, and its wait does not grow: stepped out, or judged by a call before it came back."""


class NoInterpreter(Struct, frozen=True):
    """An appointment of today that needs an interpreter, and has none. `language` is ISO 639-3."""

    number: str
    """Of the ticket, or the appointment's reference while nobody has come."""
    service_id: str
    starts: Instant
    language: str


class ToldToday(Struct, frozen=True):
    """A visitor of today who was told of a delay, or rung up in vain: the last time that it was."""

    visit_id: str
    """Empty for an appointment whose visitor has not come."""
    appointment_id: str
    number: str
    """Of the ticket, or the appointment's reference while nobody has come."""
    service_id: str
    told: Told
    officer: str
    """The name of the member of staff who did."""


class TodayRead(Struct, frozen=True):
    """All that :class:`~reception.domain.today_view.TodayView` is made from, of one moment."""

    now: Instant
    sequence: int
    office: Office
    day: date
    services: tuple[Service, ...]
    """As the settings have them; then those no longer offered that somebody came for today."""
    walk_ins: tuple[WalkInToday, ...]
    """By arrival."""
    appointments: tuple[AppointmentFigures, ...]
    scene: Scene
    waited: Mapping[str, Millis]
    """By visit, of those of the scene who wait: the wait of the present leg so far."""
    numbers: Mapping[str, str]
    """By visit and appointment, of those of the scene: the number of the ticket, or the reference."""
    counters: tuple[CounterRow, ...]
    rooms: tuple[RoomRow, ...]
    officers: tuple[OfficerRow, ...]
    no_interpreter: tuple[NoInterpreter, ...]
    """By start."""
    told: tuple[ToldToday, ...]
    """In time."""
