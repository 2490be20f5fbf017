"""Reads another system's log of visits, a CSV file with one visit a row, and never guesses.

A row becomes a :class:`LoggedVisit`, or a :class:`SetAside` with the reason why it can't be believed. Nothing
is stored here. `docs/definitions.md`, "Importing a log", is the law for all of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, Millis, from_datetime
from reception.errors import Code, Refusal
from reception.statistics.log_file import check_columns, check_format, log_encoding, log_records
from reception.statistics.set_aside_file import write_rows_aside

LONGEST_WAIT: Millis = 90 * MINUTE
"""A longer wait is taken for a ticket that nobody closed. The limit itself is still believed."""


class Reason(StrEnum):
    """Why a row was set aside. A row with several faults has the first; its times are read from left to right
    as in :class:`LogColumns`, then compared in the order given here."""

    WRONG_NUMBER_OF_CELLS = "wrong_number_of_cells"
    MISSING_ARRIVAL = "missing_arrival"
    UNREADABLE_TIME = "unreadable_time"
    NONEXISTENT_TIME = "nonexistent_time"
    """A local time that the clocks jump over in spring."""
    AMBIGUOUS_TIME = "ambiguous_time"
    """A local time that comes twice in autumn, without an offset to tell which."""
    FINISHED_WITHOUT_START = "finished_without_start"
    MISSING_START = "missing_start"
    STARTED_AND_LEFT = "started_and_left"
    """Both seen and gone unseen."""
    NEGATIVE_WAIT = "negative_wait"
    WAIT_TOO_LONG = "wait_too_long"
    NEGATIVE_SERVICE = "negative_service"
    IN_THE_FUTURE = "in_the_future"
    """A time that had not come yet at the import. (Reading alone does not know the present.)"""
    NOT_OVER_YET = "not_over_yet"
    """Started and not finished on a day that still goes on; when it is over, the row will read otherwise."""


@dataclass(frozen=True)
class LogColumns:
    """The names of the log's columns, as its first row has them."""

    arrived: str
    started: str
    finished: str
    left: str | None = None
    """When a visitor went away unseen."""
    service: str | None = None

    def names(self) -> tuple[str | None, ...]:
        return (self.arrived, self.started, self.finished, self.left, self.service)


@dataclass(frozen=True)
class LoggedVisit:
    """A row that can be believed. Times are instants: milliseconds since the epoch, UTC.

    Exactly one of `started` and `left` is given. A visit seen but never finished has no `finished`: it was
    seen, and how long it took is unknown. `key`, 32 hexadecimal digits, stands for the row's content (the
    named cells) and its occurrence number in the file: the same row of the same log always has the same
    key, and true duplicates have different ones.
    """

    key: str
    row_number: int
    service: str | None
    arrived: Instant
    started: Instant | None
    finished: Instant | None
    left: Instant | None


@dataclass(frozen=True)
class SetAside:
    """A row that can't be believed, with its cells as they are in the file.

    `row_number` counts as a spreadsheet does: the column names are row 1, so the first visit is row 2.
    """

    row_number: int
    reason: Reason
    cells: tuple[str, ...]


@dataclass(frozen=True)
class VisitLog:
    """A log that was checked by :func:`open_visit_log`. Iterating yields exactly `rows` values, for progress.

    Each iteration opens the file anew and reads it row by row; giving up half-way closes it.
    """

    path: Path
    columns: LogColumns
    zone: ZoneInfo
    longest_wait: Millis
    date_format: str | None
    header: tuple[str, ...]
    encoding: str
    """`utf-8-sig` when the file begins with a byte order mark, else `utf-8`."""
    rows: int = 0

    def __iter__(self) -> Iterator[LoggedVisit | SetAside]:
        places = [None if name is None else self.header.index(name) for name in self.columns.names()]
        occurrences: dict[bytes, int] = {}
        for row_number, cells in self.records():
            try:
                if len(cells) != len(self.header):
                    raise _Unbelievable(Reason.WRONG_NUMBER_OF_CELLS)
                content = ["" if place is None else cells[place].strip() for place in places]
                value: LoggedVisit | SetAside = self._visit(row_number, content, occurrences)
            except _Unbelievable as fault:
                value = SetAside(row_number, fault.reason, tuple(cells))
            yield value

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the column names that are not blank, with their numbers."""
        records = log_records(self.path)
        next(records)
        return records

    def _visit(self, row_number: int, content: list[str], occurrences: dict[bytes, int]) -> LoggedVisit:
        if not content[0]:
            raise _Unbelievable(Reason.MISSING_ARRIVAL)
        arrived = self._instant(content[0])
        started, finished, left = (self._instant(text) if text else None for text in content[1:4])
        fault = _contradiction(arrived, started, finished, left, self.longest_wait)
        if fault is not None:
            raise _Unbelievable(fault)
        key = _key(content, occurrences)
        return LoggedVisit(key, row_number, content[4] or None, arrived, started, finished, left)

    def _instant(self, text: str) -> Instant:
        try:
            moment = _parse(text, self.date_format)
        except ValueError as error:
            raise _Unbelievable(Reason.UNREADABLE_TIME) from error
        if moment.tzinfo is not None:
            return from_datetime(moment)
        first, second = (moment.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        # The two readings differ only where the clocks change (PEP 495): the second is earlier in the hole of
        # spring and later in the repeated hour of autumn.
        apart = from_datetime(second) - from_datetime(first)
        if apart:
            raise _Unbelievable(Reason.NONEXISTENT_TIME if apart < 0 else Reason.AMBIGUOUS_TIME)
        return from_datetime(first)


def open_visit_log(
    path: Path,
    columns: LogColumns,
    zone: ZoneInfo,
    longest_wait: Millis = LONGEST_WAIT,
    date_format: str | None = None,
) -> VisitLog:
    """Read a log through once, so that a bad file is refused before a single visit is taken from it.

    `zone` is that of times without an offset. Without `date_format` (written as for `strptime`) only ISO
    8601 is read, with it only that format. Refuses a file that is missing, empty, not UTF-8 or not CSV,
    columns that are not there, and a format that doesn't give a whole date and time.
    """
    if longest_wait <= 0:
        raise Refusal(Code.BAD_INPUT, "The longest wait must be more than 0.", "Give it in minutes, such as 90.")
    if date_format is not None:
        check_format(date_format)
    encoding = log_encoding(path)
    _, cells = next(log_records(path), (0, []))
    header = tuple(name.strip() for name in cells)
    log = VisitLog(path, columns, zone, longest_wait, date_format, header, encoding)
    check_columns(path, header, [name for name in columns.names() if name is not None])
    return replace(log, rows=sum(1 for _ in log.records()))


def write_set_aside(path: Path, log: VisitLog, rows: Iterable[SetAside]) -> int:
    """Write the rows that were set aside as CSV, each with its number and its reason, and say how many."""
    told = ((row.row_number, row.reason.value, row.cells) for row in rows)
    return write_rows_aside(path, log.header, told, log.encoding)


class _Unbelievable(Exception):  # noqa: N818  it never leaves this file
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


# The date, the time to the minute, perhaps seconds with a fraction, perhaps an offset. Only ASCII digits.
_ISO_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r" ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


def _parse(text: str, date_format: str | None) -> datetime:
    """A datetime, aware when the text has an offset. Raises ValueError."""
    if date_format is not None:
        return datetime.strptime(text, date_format)  # noqa: DTZ007  the caller gives it a zone
    # `fromisoformat` alone would also take a date without a time, week dates and more.
    match = _ISO_TIME.fullmatch(text)
    if match is None:
        raise ValueError("not a time")
    return datetime.fromisoformat(match[1] + (match[2] or ""))


def _contradiction(
    arrived: Instant,
    started: Instant | None,
    finished: Instant | None,
    left: Instant | None,
    longest_wait: Millis,
) -> Reason | None:
    if started is None and finished is not None:
        return Reason.FINISHED_WITHOUT_START
    if started is not None and left is not None:
        return Reason.STARTED_AND_LEFT
    wait_end = left if started is None else started
    if wait_end is None:
        return Reason.MISSING_START
    if wait_end < arrived:
        return Reason.NEGATIVE_WAIT
    if wait_end - arrived > longest_wait:
        return Reason.WAIT_TOO_LONG
    if finished is not None and finished < wait_end:
        return Reason.NEGATIVE_SERVICE
    return None


def _key(content: list[str], occurrences: dict[bytes, int]) -> str:
    """32 hexadecimal digits. `occurrences` counts the rows of each content so far, this one then included."""
    # As JSON, so that no character in a cell can make two different rows look alike.
    digest = hashlib.sha256(json.dumps(content).encode()).digest()
    occurrence = occurrences[digest] = occurrences.get(digest, 0) + 1
    return hashlib.sha256(digest + occurrence.to_bytes(8, "big")).hexdigest()[:32]
