"""Everyone who is inside, as the list of an evacuation tells it."""

from __future__ import annotations

from msgspec import Struct

from reception.clock import Instant


class EvacuationRow(Struct, frozen=True):
    """One party that is in the building."""

    number: str
    party_size: int
    place: str
    """Counter or room; empty in the waiting room."""
    step_free: bool


class EvacuationList(Struct, frozen=True):
    """Everyone inside, for the person with the clipboard. Numbers, no names."""

    office: str
    at: Instant
    timezone: str
    rows: tuple[EvacuationRow, ...]

    @property
    def people(self) -> int:
        return sum(row.party_size for row in self.rows)
