"""A period's visits and appointments as columns of numbers: a year of twenty offices is too much for an object each.

Durations are milliseconds, in four bytes each where they fit; -1 stands for none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from reception.domain.booked import Kind, Standing
from reception.domain.columns import AFTER, Column
from reception.domain.visit_states import End

Numbers = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]
NONE = -1
COLUMNS = tuple(Column)
"""What :attr:`WalkIns.column` counts in."""
ENDS = (None, *End)
"""What :attr:`WalkIns.end` counts in; None: still open."""
KINDS, STANDINGS = tuple(Kind), tuple(Standing)
"""What appointments are counted in."""
_SEEN = COLUMNS.index(Column.SEEN)
_AFTER = np.array([column in AFTER for column in COLUMNS])


@dataclass(frozen=True, eq=False)
class Facts:
    """Columns of the same length; one place in all of them is one visit, leg or appointment."""

    day: NDArray[np.int32]
    """`date.toordinal` of the visit's arrival; of an appointment, of its booked time, and the hour with it."""
    hour: NDArray[np.int8]
    service: NDArray[np.int16]
    """The place of the visit's first service in :attr:`~reception.services.past_ports.PastRead.services`."""
    who: NDArray[np.int32]
    """The place of its officer, language or needs in :attr:`~reception.services.past_ports.PastRead.who`; 0 where
    they were not asked for."""

    def __len__(self) -> int:
        return self.day.size

    def where(self, chosen: Flags | Numbers) -> Self:
        """Those of them that are chosen, or that stand in the places named: one that is named twice, twice."""
        places = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        return type(self)(*(getattr(self, each.name).take(places) for each in fields(self)))


@dataclass(frozen=True, eq=False)
class WalkIns(Facts):
    """Visits without an appointment."""

    column: NDArray[np.int8]
    wait: Numbers
    """The promised wait; none while it goes on."""
    target: Numbers
    total_wait: Numbers
    """Over all legs."""
    end: NDArray[np.int8]
    clock: Numbers
    """The resolved clock; none while open."""
    resolved_target: Numbers
    people: NDArray[np.int32]
    reinstated: Flags
    exempt: Flags
    imported: Flags
    told: Flags
    told_in_time: Flags
    offered: Flags
    took: Flags

    @cached_property
    def seen(self) -> Flags:
        return np.asarray(self.column == _SEEN)

    @cached_property
    def kept(self) -> Flags:
        """Seen within their own target."""
        return np.asarray(self.seen & (self.target != NONE) & (self.wait <= self.target))

    @cached_property
    def judged(self) -> Flags:
        """Seen, or ended unseen after it, with a promise."""
        return np.asarray((self.seen | _AFTER[self.column]) & (self.target != NONE))

    @cached_property
    def delayed(self) -> Flags:
        """Whose promise was lost; a log does not say who was told, so the imported are none."""
        return self.judged & ~self.kept & ~self.imported


@dataclass(frozen=True, eq=False)
class LaterLegs(Facts):
    """Second and later legs of such visits, of which a service began; day, hour and service are their visit's."""

    wait: Numbers


@dataclass(frozen=True, eq=False)
class Booked(Facts):
    """Appointments, by their booked time; `who` is the officer that they are with."""

    kind: NDArray[np.int8]
    standing: NDArray[np.int8]
    lateness: Numbers
    target: Numbers
    visitor_late: Flags
    """Came after the booked time."""
    lost: Flags
    """Whose promise was lost."""
    told: Flags
    told_in_time: Flags
    offered: Flags
    took: Flags


SomeFacts = TypeVar("SomeFacts", bound=Facts)


def joined(kind: type[SomeFacts], parts: Iterable[SomeFacts]) -> SomeFacts:
    """All of the parts, one after another."""
    several = list(parts)
    if len(several) == 1:
        return several[0]
    columns: list[Any] = [
        np.concatenate([getattr(each, field.name) for each in several]) if several else np.empty(0, np.int64)
        for field in fields(kind)
    ]
    return kind(*columns)
