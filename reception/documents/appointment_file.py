"""What appointments of another program are read into: values, the reasons against them, and what both readers share.

An entry becomes a :class:`ForeignAppointment`, or a :class:`SetAside` with the reason why it can't be taken over.
Nothing is guessed, looked up or stored here: services and officers are names, as the file has them.
`reading_calendar` reads iCalendar, `reading_csv` reads CSV.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, from_datetime, local_datetime
from reception.domain.discreet import Discreet

OWN = "@reception.invalid"
"""What the identifiers end with that this program writes into calendars."""


class Reason(StrEnum):
    """Why an entry was set aside. One with several faults has the first of them."""

    MALFORMED = "malformed"
    """No event, or a row with too few or too many cells."""
    CANCELLED = "cancelled"
    RECURRING = "recurring"
    """A rule and not an appointment, or the exception to one."""
    ALL_DAY = "all_day"
    NO_START = "no_start"
    UNREADABLE_TIME = "unreadable_time"
    UNKNOWN_ZONE = "unknown_zone"
    NO_END = "no_end"
    NONEXISTENT_TIME = "nonexistent_time"
    """A local time that the clocks jump over in spring."""
    AMBIGUOUS_TIME = "ambiguous_time"
    """A local time that comes twice in autumn, without a word which."""
    NO_LENGTH = "no_length"
    """Ends when it starts, or before; or is no whole number of minutes."""
    NO_SERVICE = "no_service"
    REPEATED = "repeated"
    """The identifier of an entry before it in the same file."""


class ForeignAppointment(Discreet, frozen=True):
    """One appointment of another program, its names as they stand there; empty where it does not say.

    `row` counts events from 1, or lines of a CSV file as a spreadsheet does: the column names are row 1. `uid` tells it
    from all others: its own identifier, else a digest of its content, so that the same file read again gives the same.
    `cells` is its text as it is in the file, for when it is set aside later on.
    """

    personal = frozenset({"name", "telephone", "cells"})

    row: int
    uid: str
    day: date
    """Local to the office, as `start`."""
    start: time
    starts: Instant
    minutes: int
    service: str
    officer: str = ""
    name: str = ""
    telephone: str = ""
    cells: tuple[str, ...] = ()


class SetAside(Discreet, frozen=True):
    """An entry that can't be taken over, with its text as it is in the file: cells, or the one text of an event."""

    personal = frozenset({"cells"})

    row: int
    reason: Reason
    cells: tuple[str, ...]


class Unusable(Exception):  # noqa: N818  no reader lets it out
    """An entry is to be set aside."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Names(Discreet, frozen=True):
    """Who and what an entry names."""

    personal = frozenset({"name", "telephone"})

    service: str
    officer: str = ""
    name: str = ""
    telephone: str = ""


class Entries:
    """The entries of one file, as they are read one after another."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.taken: list[ForeignAppointment] = []
        self.aside: list[SetAside] = []
        self._seen: set[str] = set()
        self._copies: Counter[str] = Counter()

    def take(self, row: int, uid: str, starts: Instant, ends: Instant, names: Names, cells: Sequence[str] = ()) -> None:
        """Add an entry. Raises Unusable for one that ends too soon, names no service, or was there before.

        Without an identifier the same content a second time is another appointment; its digest counts along.
        """
        minutes, odd = divmod(ends - starts, MINUTE)
        if minutes <= 0 or odd:
            raise Unusable(Reason.NO_LENGTH)
        if not names.service:
            raise Unusable(Reason.NO_SERVICE)
        if not uid:
            content = "\x1f".join((str(starts), str(ends), names.service, names.officer, names.name, names.telephone))
            self._copies[content] += 1
            uid = hashlib.sha256(f"{content}\x1f{self._copies[content]}".encode("utf-8", "replace")).hexdigest()[:32]
        if uid in self._seen:
            raise Unusable(Reason.REPEATED)
        self._seen.add(uid)
        local = local_datetime(starts, self.zone)
        self.taken.append(
            ForeignAppointment(
                row,
                uid,
                local.date(),
                local.time().replace(fold=0),
                starts,
                minutes,
                names.service,
                names.officer,
                names.name,
                names.telephone,
                tuple(cells),
            )
        )

    def set_aside(self, row: int, reason: Reason, cells: Sequence[str]) -> None:
        self.aside.append(SetAside(row, reason, tuple(cells)))


def instant_of(local: datetime, zone: ZoneInfo) -> Instant:
    """The instant of a local time. Raises Unusable where the clocks jump over it, or where it comes twice."""
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        is_there = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(fold=0)
        raise Unusable(Reason.AMBIGUOUS_TIME if is_there else Reason.NONEXISTENT_TIME)
    return from_datetime(first)
