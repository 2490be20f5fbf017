"""One transaction: what the services need of storage, and no more. Storage implements it.

What it holds of visits, offices, stations and appointments is said in ports of their own.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from reception.clock import Instant
from reception.domain.events import OfficeFact, Recorded
from reception.domain.said_wait import ExpectedWait
from reception.services.appointment_ports import Absences, Appointments
from reception.services.commands import Command, Result
from reception.services.office_ports import Offices
from reception.services.station_ports import CutOff, KnownStations, Questions, Sayings
from reception.services.visit_ports import Numbers, Visits

STANDS = frozenset({"CorrectAppointment"})
"""Kinds of commands that are not taken back, and after which nothing older is offered to be: undo means the last thing
that was done here. What was held of a person before is not kept."""


class StoredCommand(Struct, frozen=True):
    """A command that was done and can be undone."""

    command_id: str
    kind: str
    number: str
    at: Instant
    undone: bool


class PrintJob(Struct, frozen=True):
    """One paper ordered at a station."""

    id: str
    visit_id: str
    paper: str
    reprint: bool
    told: ExpectedWait | None = None
    """What the visitor has been told of the wait; None where no screen has told them."""


class UnitOfWork(Protocol):
    """One transaction. `now` was read from the database's clock after its lock was held."""

    @property
    def now(self) -> Instant: ...

    @property
    def visits(self) -> Visits: ...

    @property
    def numbers(self) -> Numbers: ...

    @property
    def offices(self) -> Offices: ...

    @property
    def cut_off(self) -> CutOff | None:
        """None where the database itself is at hand."""
        ...

    @property
    def appointments(self) -> Appointments: ...

    @property
    def absences(self) -> Absences: ...

    @property
    def questions(self) -> Questions: ...

    @property
    def stations(self) -> KnownStations: ...

    @property
    def sayings(self) -> Sayings: ...

    def record(self, fact: OfficeFact) -> None:
        """A fact of the office."""
        ...

    def record_kept(self, item: Recorded) -> None:
        """A fact of the office as a station kept it that was cut off, with its own time."""
        ...

    def result_of(self, command_id: str) -> Result | None: ...

    def keep_result(self, command: Command, result: Result, can_undo: bool) -> None: ...

    def pin_was_refused(self) -> bool:
        """Whether this very command has been refused before, for a wrong PIN."""
        ...

    def stored_command(self, command_id: str) -> StoredCommand | None: ...

    def mark_undone(self, command_id: str) -> None: ...

    def order_print(self, visit_id: str, paper: str, reprint: bool, told: ExpectedWait | None = None) -> str:
        """Returns the print job's id. `told`: what a ticket is to say of the wait."""
        ...

    def cancel_prints(self, visit_id: str, paper: str = "") -> None:
        """Wait no more for papers of a visit that have not come out; `paper` empty: of either kind."""
        ...
