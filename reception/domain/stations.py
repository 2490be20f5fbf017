"""Stations: the running windows of an office, and how well each can reach the database."""

from __future__ import annotations

from collections.abc import Container, Iterator
from enum import StrEnum
from itertools import count, product

from msgspec import Struct

from reception.clock import Instant, Millis

SLOW_AFTER: Millis = 1_000
"""A heartbeat without an answer for so long: the database is slow."""
LOST_AFTER: Millis = 3_000
"""Nothing answered for so long since the last answer: it is out of reach."""


class StationKind(StrEnum):
    """What a station is; each kind has a database role of its own."""

    DESK = "desk"
    KIOSK = "kiosk"
    DISPLAY = "display"
    SUPERVISOR = "supervisor"


class Station(Struct, frozen=True):
    """A station as the office knows it. `series`: the letters that mark numbers it gives while it is cut off."""

    id: str
    office_id: str
    name: str
    kind: StationKind
    series: str


class Reach(StrEnum):
    """Whether the database answers."""

    LIVE = "live"
    SLOW = "slow"
    LOST = "lost"


class Contact(Struct, frozen=True):
    """How a station stands with its database. `last_live`: the database's time when it last answered; None: never.
    `shares_name`: another running window is called the same; while the database is out of reach, as last known."""

    reach: Reach
    last_live: Instant | None = None
    shares_name: bool = False


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


SPARE = "Z"
"""What spare series begin with."""
_CLEAR_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like figures."""


def next_series(given: Container[str]) -> str:
    """The first series of the list that was never given: A to Z, then AA, AB, …, and none that is spare."""
    for series in _series_of(LETTERS):
        if series not in given and (len(series) == 1 or not series.startswith(SPARE)):
            return series
    raise AssertionError("letters never run out")


def spare_series() -> Iterator[str]:
    """For computers whose name is not in the list, or is another's as well: ZA, ZB, …; no station has one."""
    return (f"{SPARE}{letters}" for letters in _series_of(_CLEAR_LETTERS))


def _series_of(alphabet: str) -> Iterator[str]:
    return ("".join(letters) for length in count(1) for letters in product(alphabet, repeat=length))


class Beat(Struct, frozen=True):
    """What the database says of itself: where its journal and its settings stand, and what its clock says."""

    sequence: int
    settings_version: int
    database_now: Instant
