"""A fact of any kind, and the envelope that the journal keeps it in."""

from __future__ import annotations

from msgspec import Struct

from reception.clock import Instant
from reception.domain.events.appointments import AppointmentFact
from reception.domain.events.office import OfficeFact
from reception.domain.events.visits import VisitFact

Fact = VisitFact | AppointmentFact | OfficeFact


class Recorded(Struct, frozen=True):
    """A fact with its envelope: when (ms UTC), by which command, where and by whom."""

    at: Instant
    command_id: str
    fact: Fact
    counter_id: str = ""
    officer_id: str = ""
    estimated: bool = False
    """The time was told by a clock that could not be compared with the database's."""
