"""What the services need of storage to load and save visits. Storage implements it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from reception.domain.events import Recorded
from reception.domain.person import Person
from reception.domain.queueing import Entry
from reception.domain.visit import Visit


class StoredVisit(Struct, frozen=True):
    """A visit as loaded: its facts, what they come to, and the version that a write is conditional on."""

    visit: Visit
    facts: tuple[Recorded, ...]

    @property
    def version(self) -> int:
        return len(self.facts)


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


class Numbers(Protocol):
    """The numbers of the tickets of the office at hand, a series for each letter and local day."""

    def next(self, day: date, letter: str) -> int:
        """The next of the series; a rolled-back transaction gives it back."""
        ...

    def is_taken(self, day: date, number: str) -> bool:
        """Whether a visit of that day has it."""
        ...
