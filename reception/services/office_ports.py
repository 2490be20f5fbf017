"""What the services need to know of an office, its counters and its staff's PINs. Storage implements it, and
`services/pins.py` the hashing.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from msgspec import Struct

from reception.clock import Instant
from reception.domain.office import Office
from reception.domain.queueing import RuleSettings
from reception.domain.standards import Standard
from reception.services.office_settings import OfficeSettings


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


class PinHasher(Protocol):
    """Hashes PINs (argon2id)."""

    def hash(self, pin: str) -> str: ...

    def verify(self, pin_hash: str, pin: str) -> bool: ...
