"""All that the settings form edits, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from reception.domain.office import Counter, Hours, Officer, Service


@dataclass(frozen=True)
class StaffEntry:
    """A member of staff in the settings form. `pin` is empty to leave the PIN as it is."""

    officer: Officer
    pin: str = field(default="", repr=False)


@dataclass(frozen=True)
class OfficeSettings:
    """All that the settings form edits, whole. Times in minutes; None means *no promise*."""

    name: str
    council: str
    timezone: str
    preset: str
    walk_in_seen: int | None
    walk_in_resolved: int | None
    appointment_seen: int | None
    hours: tuple[Hours, ...]
    services: tuple[Service, ...]
    counters: tuple[Counter, ...]
    staff: tuple[StaffEntry, ...]
    place: str = ""
    telephone: str = ""
    division: str = "england-and-wales"
    rule: str = "keep_promises"
    walk_in_guard: float = 1.5
    appointment_guard: float = 2.0
    overtakes: int = 2
    no_show_after_calls: int = 2
    undo_minutes: int = 5
    closures: frozenset[date] = frozenset()
