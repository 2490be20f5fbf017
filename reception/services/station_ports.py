"""What the services need of storage for stations: which there are, what is said at them, and what one that was cut off
left to be settled. Storage implements it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from reception.clock import Instant
from reception.domain.discreet import Discreet
from reception.domain.events import Recorded
from reception.domain.kiosk import Face
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.domain.stations import Station


class CutOff(Struct, frozen=True):
    """A station that cannot reach the database, and goes on with a file of its own.

    `series` marks its numbers. `ours` are the visits that it may go on with: those taken in here, and those of the
    counter at hand. The file holds nothing of the book.
    """

    series: str
    ours: frozenset[str]


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
