"""Visits, legs and appointments out of the database, many in one text: a year of twenty offices is not to be so many
Python objects.

Visits come as the database keeps their figures (`schema/figures.py`), all of a cell in one text: of a day, with the
same targets and service. Legs and appointments, which are fewer, come as whole numbers put together by adding, what
comes first multiplied past what comes after it; all of a service in one text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reception.domain.booked import Kind
from reception.domain.columns import AFTER, Column
from reception.domain.visit_states import End
from reception.statistics.past_rows import (
    ENDS,
    KINDS,
    NONE,
    STANDINGS,
    Booked,
    LaterLegs,
    Numbers,
    WalkIns,
)
from reception.storage import schema as t
from reception.storage.schema.figures import DIGITS, FLAGS, LONGEST, NUMBERS

_A, _V = t.appointment.c, t.visit.c
Flags = NDArray[np.bool_]
Codes = NDArray[np.integer[Any]]
Place = Callable[[str], int]
"""The place of what a row names."""
Services = Mapping[str, int]
"""The places of services by their ids."""
PIECE, PART = "\t", "\n"
"""What is between the pieces of a text, and between the parts of a key; no id, language or need has them."""
_NO_SHOW = ENDS.index(End.NO_SHOW)
_HOURS = 1 << 5
_ODD_CODES = (1 << 4 * DIGITS) - 1
_BOOKED_FLAGS = ("visitor_late", "lost", "told", "told_in_time", "offered", "took", "by_standard")
# Beyond the grace period a visit has no booked time to be judged by.
_IS_JUDGED = sa.and_(_V.outcome.is_not(None), _V.booked_for.is_not(None))
_SEEN_LATE = sa.and_(_V.outcome == Column.SEEN.value, _V.promise_wait > _V.seen_target)
_IS_LOST = sa.and_(_IS_JUDGED, sa.or_(_SEEN_LATE, _V.outcome.in_(sorted(column.value for column in AFTER))))


def together(packed: sa.ColumnElement[str], separator: str) -> sa.ColumnElement[str]:
    """All of a group in one text."""
    return sa.func.aggregate_strings(packed, separator)


def packed_cell(*key: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Of visits that have a day and a key in common: the day, the key and their figures."""
    first, *others = (sa.func.coalesce(sa.cast(part, sa.Text), str(NONE)) for part in key)
    whole: sa.ColumnElement[str] = _V.local_day + PIECE + first
    for part in others:
        whole = whole + PART + part
    return whole + PIECE + together(_V.figures, "")


def packed_legs() -> sa.ColumnElement[str]:
    """The later legs of one visit: of each, when the visit began and what the leg waited."""
    when = sa.cast(_day(_V.local_day) * _HOURS + _V.local_hour, sa.Text) + ","
    return when + sa.func.replace(_V.later_waits, ",", "," + when)


def packed_appointment() -> sa.ColumnElement[str]:
    """The numbers of one appointment, read beside the visit that it became, if any."""
    lateness = sa.case((sa.and_(_IS_JUDGED, _V.outcome == Column.SEEN.value), _V.promise_wait), else_=NONE)
    codes = _with_codes(_whole(lateness + 1), ((_A.kind, KINDS), (_A.standing, STANDINGS)))
    codes = _with_flags(
        codes,
        (
            sa.and_(_A.checked_in_at.is_not(None), _A.checked_in_at > _A.starts),
            _IS_LOST,
            sa.or_(_A.told_at.is_not(None), _V.told_at.is_not(None)),
            sa.or_(_A.told_in_time, _V.told_in_time),
            sa.or_(_A.was_offered, _V.was_offered),
            sa.or_(_A.took_another_time, _V.took_another_time),
            sa.and_(_V.outcome.is_(None), _A.kind == Kind.OFFICE.value),
        ),
    )
    target = sa.case((_IS_JUDGED, sa.func.coalesce(_V.seen_target, NONE)), else_=NONE)
    return _with_commas(_day(_A.local_day) * _HOURS + _A.local_hour, codes, target + 1)


def _day(day: sa.ColumnElement[str]) -> sa.ColumnElement[int]:
    """2026-03-29 as the number 20260329."""
    return sa.cast(sa.func.replace(day, "-", ""), sa.BigInteger)


def _whole(number: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(number, sa.BigInteger)


def _with_codes(
    number: sa.ColumnElement[Any], codes: Sequence[tuple[sa.ColumnElement[Any], Sequence[str | None]]]
) -> sa.ColumnElement[Any]:
    for column, values in codes:
        code = sa.case(*((column == str(value), place) for place, value in enumerate(values) if value), else_=0)
        number = number * len(values) + code
    return number


def _with_flags(number: sa.ColumnElement[Any], flags: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[Any]:
    for flag in flags:
        number = number * 2 + sa.case((flag, 1), else_=0)
    return number


def _with_commas(*numbers: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    first, *others = (sa.cast(number, sa.Text) for number in numbers)
    whole: sa.ColumnElement[str] = first
    for text in others:
        whole = whole + "," + text
    return whole


# -- and back --------------------------------------------------------------------------------------------------


def unpacked_visits(cells: Iterable[Sequence[str]], services: Services, who: Place) -> tuple[WalkIns, Flags]:
    """The visits of cells, which come some at a time, and which of them are odd: nothing else of those is true.

    A cell is a day, a key and figures. A key is both targets, service, who, whether imported.
    """
    days: list[str] = []
    keys: list[str] = []
    lengths: list[int] = []
    figures = bytearray()
    for some in cells:
        pieces = PIECE.join(some).split(PIECE)
        of_cells = pieces[2::3]
        days += pieces[::3]
        keys += pieces[1::3]
        lengths += map(len, of_cells)
        figures += bytes.fromhex("".join(of_cells))
    times = np.array(lengths, np.int64) // (DIGITS * NUMBERS)
    read = np.frombuffer(figures, ">u4").reshape(-1, NUMBERS).T.astype(np.int32, order="C")
    del figures
    coded, wait, total_wait, lasted = read[0].view(np.uint32), read[1] - 1, read[2], read[3]
    is_odd = coded == _ODD_CODES
    codes, flags = _flags(coded, tuple(FLAGS))
    end = np.where(is_odd, 0, codes & 15)

    def of_key(key: str) -> tuple[int, ...]:
        seen_target, resolved_target, service_id, whose, imported = key.split(PART)
        return int(seen_target), int(resolved_target), services[service_id], who(whose), int(imported)

    (day,) = _of_each(days, lambda day: (date.fromisoformat(day).toordinal(),), times, np.int32)
    target, resolved_target, service, whose, imported = _of_each(
        keys, of_key, times, None, None, np.int16, np.int32, np.bool_
    )
    visits = WalkIns(
        day=day,
        hour=(codes >> 15).astype(np.int8),
        service=service,
        who=whose,
        column=np.where(is_odd, 0, codes >> 4 & 15).astype(np.int8),
        wait=wait,
        target=target,
        total_wait=total_wait,
        end=end.astype(np.int8),
        clock=np.where(end == _NO_SHOW, wait, lasted),
        resolved_target=resolved_target,
        people=(codes >> 8 & 127).astype(np.int32),
        imported=imported,
        **flags,
    )
    return visits, is_odd


def _of_each(
    texts: Sequence[str], told: Callable[[str], tuple[int, ...]], times: Numbers, *kinds: type[np.generic] | None
) -> list[Any]:
    """A column for each number that a text tells, `times` as long. Each text is read once, however often it comes.

    `kinds` of numbers: None for durations, in four bytes each where they fit.
    """
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    of_visits = np.repeat(np.fromiter(map(places.__getitem__, texts), np.int64, len(texts)), times)
    table = np.array([told(text) for text in places], np.int64).reshape(-1, len(kinds))
    durations = np.int32 if table.max(initial=0) < LONGEST else np.int64
    return [column.astype(kind or durations)[of_visits] for column, kind in zip(table.T, kinds, strict=True)]


def unpacked_legs(rows: Sequence[Any], services: Services, who: Place) -> LaterLegs:
    """A row is service, who, and the text."""
    (when, wait), times = _numbers(rows, 2)
    day, hour = _day_and_hour(when)
    return LaterLegs(
        day=day,
        hour=hour,
        service=np.repeat(np.array([services[row[0]] for row in rows], np.int16), times),
        who=np.repeat(np.array([who(row[1]) for row in rows], np.int32), times),
        wait=wait,
    )


def unpacked_appointments(rows: Sequence[Any], services: Services, who: Place) -> tuple[Booked, Flags]:
    """The appointments, and which of them have the target that was in force on their day. A row is service, who, and
    the text."""
    (when, coded, target), times = _numbers(rows, 3)
    day, hour = _day_and_hour(when)
    codes, flags = _flags(coded, _BOOKED_FLAGS)
    by_standard = flags.pop("by_standard")
    codes, standing = np.divmod(codes, len(STANDINGS))
    lateness, kind = np.divmod(codes, len(KINDS))
    booked = Booked(
        day=day,
        hour=hour,
        service=np.repeat(np.array([services[row[0]] for row in rows], np.int16), times),
        who=np.repeat(np.array([who(row[1]) for row in rows], np.int32), times),
        kind=kind.astype(np.int8),
        standing=standing.astype(np.int8),
        lateness=lateness - 1,
        target=target - 1,
        **flags,
    )
    return booked, by_standard


def _numbers(rows: Sequence[Any], of_each: int) -> tuple[list[Numbers], Numbers]:
    """The numbers, the first of all of them and so on, and of how many each row tells."""
    if not rows:
        return [np.empty(0, np.int64)] * of_each, np.empty(0, np.int64)
    texts = [row[-1] for row in rows]
    read = np.fromstring(",".join(texts), dtype=np.int64, sep=",").reshape(-1, of_each)
    times = np.array([(text.count(",") + 1) // of_each for text in texts], np.int64)
    return [np.ascontiguousarray(read[:, place]) for place in range(of_each)], times


def _day_and_hour(when: Numbers) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    written, of_day = np.unique(when >> 5, return_inverse=True)
    days = [date(day // 10_000, day // 100 % 100, day % 100).toordinal() for day in map(int, written)]
    return np.array(days, np.int32)[of_day], (when & (_HOURS - 1)).astype(np.int8)


def _flags(number: Codes, names: Sequence[str]) -> tuple[Codes, dict[str, Any]]:
    """What is above the flags, and each of them."""
    last = len(names) - 1
    return number >> len(names), {name: number & 1 << last - place != 0 for place, name in enumerate(names)}
