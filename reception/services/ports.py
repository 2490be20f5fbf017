"""What the services need of storage, printing and PINs, and no more. Storage implements it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.columns import Column
from reception.domain.discreet import Discreet
from reception.domain.events import OfficeFact, Recorded
from reception.domain.kiosk import Face
from reception.domain.office import Office
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.domain.queueing import Entry, RuleSettings
from reception.domain.snapshots import End, ExpectedWait, Person
from reception.domain.standards import Standard
from reception.domain.stations import Station
from reception.domain.visit import Visit
from reception.services.appointment_ports import Appointments
from reception.services.commands import Command, Result
from reception.services.office_settings import OfficeSettings


class StoredVisit(Struct, frozen=True):
    """A visit as loaded: its facts, what they come to, and the version that a write is conditional on."""

    visit: Visit
    facts: tuple[Recorded, ...]

    @property
    def version(self) -> int:
        return len(self.facts)


class Pin(Struct, frozen=True):
    """What a sign-in is checked against."""

    officer_id: str
    pin_hash: str
    wrong: int
    locked_until: Instant


class AtCounter(Struct, frozen=True):
    """Who has signed in at a counter, from which station."""

    counter_id: str
    officer_id: str
    station: str
    since: Instant


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


class CutOff(Struct, frozen=True):
    """A station that cannot reach the database, and goes on with a file of its own.

    `series` marks its numbers. `ours` are the visits that it may go on with: those taken in here, and those of the
    counter at hand. The file holds nothing of the book.
    """

    series: str
    ours: frozenset[str]


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


class Visits(Protocol):
    """Visits of the office at hand."""

    def load(self, visit_id: str) -> StoredVisit:
        """Refuses UNKNOWN_VISIT."""
        ...

    def add(self, visit: Visit, facts: Sequence[Recorded], running: int, person: Person | None) -> None:
        """A new visit with its first facts. `person` None: copied afterwards from its appointment."""
        ...

    def save(self, stored: StoredVisit, visit: Visit, facts: Sequence[Recorded]) -> None:
        """Write a visit and its new facts if it is still the one loaded; refuses ALREADY_TAKEN."""
        ...

    def waiting(self) -> list[Entry]:
        """All waiting visits of the present day and before, as the calling rule sees them."""
        ...

    def overtaken(self, visit_ids: Sequence[str]) -> None:
        """Count once more that the present legs of these visits were overtaken."""
        ...

    def recount_overtaken(self, visit_id: str, began: int) -> None:
        """Count anew how often the present leg was overtaken, by the calls that stand and were not withdrawn.

        `began` is the place among the visit's facts, from 0, of the one that the leg began with.
        """
        ...

    def at_counter(self, counter_id: str) -> str | None:
        """The visit called to or served at a counter."""
        ...

    def open_before(self, day: date) -> list[str]: ...

    def open_ids(self) -> list[str]: ...

    def owing_answers(self) -> frozenset[str]:
        """The ids of the staff from whom an answer is still to follow."""
        ...

    def next_number(self, day: date, letter: str) -> int: ...

    def is_number_taken(self, day: date, number: str) -> bool:
        """Whether a visit of that day has it."""
        ...

    def add_number(self, visit_id: str, item: Recorded) -> None:
        """Give a visit another number (`NumberAdded`), unless it has that already."""
        ...

    def person(self, visit_id: str) -> Person: ...

    def save_person(self, visit_id: str, person: Person) -> None: ...

    def keep_reason(self, visit_id: str, command_id: str, kind: str, reason: str) -> None: ...

    def link(self, visit_id: str, other_id: str) -> None: ...

    def of_command(self, command_id: str) -> list[str]:
        """The visits that a command wrote facts of."""
        ...


class Offices(Protocol):
    """The office at hand and its staff at their counters."""

    def office(self) -> Office: ...

    def standard(self, day: date) -> Standard: ...

    def rule(self) -> tuple[str, RuleSettings]: ...

    def pin(self, officer_id: str) -> Pin: ...

    def pin_tried(self, officer_id: str, wrong: int, locked_until: Instant) -> None: ...

    def counters(self) -> list[AtCounter]: ...

    def take_counter(self, counter_id: str, officer_id: str, station: str) -> None: ...

    def leave_counter(self, counter_id: str) -> None: ...

    def evacuated_at(self) -> Instant | None: ...

    def evacuate(self, day: date) -> None: ...

    def end_evacuation(self, resumed: bool) -> None: ...

    def evacuation_ended_at(self) -> Instant | None:
        """When the last evacuation that is over ended; None where there was none."""
        ...

    def last_evacuation_resumed(self) -> bool | None:
        """Whether calls went on after the last evacuation that is over; None where there was none."""
        ...

    def exists(self) -> bool:
        """Whether the office at hand is set up."""
        ...

    def name_is_taken(self, name: str) -> bool:
        """Whether another office is called so."""
        ...

    def settings(self) -> OfficeSettings:
        """The settings as they are kept, without PINs, and with the targets of today."""
        ...

    def save_settings(self, settings: OfficeSettings, pin_hashes: dict[str, str], day: date) -> None: ...


class Claim(Discreet, frozen=True):
    """What a visitor entered at a kiosk that was cut off, to say that they have an appointment."""

    personal = frozenset({"reference", "name", "born"})

    reference: str = ""
    name: str = ""
    born: date | None = None


class StoredQuestion(Struct, frozen=True):
    """A question to the desk, with the facts that a station kept and that are not written yet."""

    id: str
    kind: QuestionKind
    visit_id: str
    there: tuple[Recorded, ...]
    is_answered: bool


class Questions(Protocol):
    """What could not be merged, and is asked at the desks of the office at hand."""

    def open_about(self, visit_id: str, station: str) -> str | None:
        """The question about a visit, and not about a claim, that this station left and nobody has answered yet."""
        ...

    def ask(
        self,
        question_id: str,
        kind: QuestionKind,
        visit_id: str,
        station: str,
        at: Instant,
        there: Sequence[Recorded] = (),
        here: Sequence[Recorded] = (),
        claim: Claim | None = None,
    ) -> None: ...

    def add(self, question_id: str, there: Sequence[Recorded]) -> None:
        """The station did more with that visit."""
        ...

    def load(self, question_id: str) -> StoredQuestion:
        """Refuses UNKNOWN_THING."""
        ...

    def answered(self, question_id: str, answer: QuestionAnswer, at: Instant) -> None: ...


class KnownStations(Protocol):
    """The stations of the office at hand."""

    def in_use(self) -> tuple[Station, ...]: ...

    def series_given(self) -> frozenset[str]:
        """Those of stations that were removed, too."""
        ...

    def add(self, station: Station) -> None: ...

    def remove(self, station_id: str) -> bool:
        """Whether it was in use."""
        ...


class Sayings(Protocol):
    """What visitors say at this station without a ticket."""

    def keep_feedback(self, day: date, face: Face, service_id: str) -> None: ...

    def call_for_help(self, discreet: bool) -> bool:
        """Whether that is news: a call that stands already is not made again."""
        ...

    def give_help(self, help_id: str) -> bool:
        """Whether it was still to be given."""
        ...


class UnitOfWork(Protocol):
    """One transaction. `now` was read from the database's clock after its lock was held."""

    @property
    def now(self) -> Instant: ...

    @property
    def visits(self) -> Visits: ...

    @property
    def offices(self) -> Offices: ...

    @property
    def cut_off(self) -> CutOff | None:
        """None where the database itself is at hand."""
        ...

    @property
    def appointments(self) -> Appointments: ...

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


class PinHasher(Protocol):
    """Hashes PINs (argon2id)."""

    def hash(self, pin: str) -> str: ...

    def verify(self, pin_hash: str, pin: str) -> bool: ...
