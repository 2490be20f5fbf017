"""Walk-ins out of the database in a few whole numbers each, all of a day's in one text: a year of twenty offices is
not to be so many Python objects.

Every number is put together by adding: what comes first is multiplied past what comes after it. Forty bits are left
for a duration, thirty-four years of milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reception.domain.columns import Column
from reception.statistics.past_rows import COLUMNS, ENDS, NONE, LaterLegs, Numbers, WalkIns
from reception.storage import schema as t

_V = t.visit.c
Flags = NDArray[np.bool_]
HOURS, SIZES = 1 << 5, 1 << 20
NUMBERS = 3
"""So many of each visit."""
UNSURE_NO_SHOW = sa.and_(
    _V.end == "no_show",
    _V.resolved_target.is_not(None),
    sa.or_(_V.leg > 1, _V.stepped_out > 0, _V.outcome == Column.SEEN.value),
)
"""Whose first call, to which the resolved clock runs, its facts alone remember; of the others it is the promised wait
that runs to it."""


def _code(column: sa.ColumnElement[Any], values: Sequence[str | None]) -> sa.ColumnElement[int]:
    return sa.case(*((column == value, place) for place, value in enumerate(values) if value), else_=0)


def _flag(column: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((column, 1), else_=0)


_CLOCK = sa.case(
    (_V.ended_at.is_(None), NONE),
    (_V.end == "no_show", _V.promise_wait),
    (_V.ended_at > _V.arrived_at, _V.ended_at - _V.arrived_at),
    else_=0,
)
_FLAGS = ("reinstated", "exempt", "imported", "told", "told_in_time", "offered", "unsure")


def packed_visit(imported: sa.ColumnElement[bool]) -> sa.ColumnElement[str]:
    """The numbers of one visit, with commas between them."""
    flags = (
        _V.reinstated,
        _V.exempt,
        imported,
        _V.told_at.is_not(None),
        _V.told_in_time,
        _V.was_offered,
        UNSURE_NO_SHOW,
    )
    first: sa.ColumnElement[Any] = sa.func.coalesce(_V.promise_wait, NONE) + 1
    first = sa.cast(first, sa.BigInteger) * HOURS + _V.local_hour
    first = first * len(COLUMNS) + _code(_V.outcome, COLUMNS)
    first = first * len(ENDS) + _code(_V.end, ENDS)
    for flag in flags:
        first = first * 2 + _flag(flag)
    second = sa.cast(_V.total_wait, sa.BigInteger) * SIZES + _V.party_size
    third = sa.cast(_CLOCK, sa.BigInteger) + 1
    return _with_commas(first, second, third)


def packed_leg() -> sa.ColumnElement[str]:
    return _with_commas(sa.cast(t.leg.c.waited, sa.BigInteger) * HOURS + _V.local_hour)


def _with_commas(*numbers: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    texts = [sa.cast(number, sa.Text) for number in numbers]
    whole: sa.ColumnElement[str] = texts[0]
    for text in texts[1:]:
        whole = whole + "," + text
    return whole


def together(packed: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """All of a group in one text."""
    return sa.func.aggregate_strings(packed, ",")


def unpacked_visits(rows: Sequence[Any], services: Mapping[str, int], who: dict[str, int]) -> tuple[WalkIns, Flags]:
    """The visits of rows of day, service, seen target, resolved target, who, how many, and the text of them; and of
    which of them the clock is unsure. `who` is added to."""
    numbers = _numbers(rows).reshape(-1, NUMBERS)
    first, second, third = (np.ascontiguousarray(numbers[:, place]) for place in range(NUMBERS))
    flags = {}
    for name in reversed(_FLAGS):
        first, flag = np.divmod(first, 2)
        flags[name] = flag.astype(bool)
    unsure = flags.pop("unsure")
    first, end = np.divmod(first, len(ENDS))
    first, column = np.divmod(first, len(COLUMNS))
    wait, hour = np.divmod(first, HOURS)
    total_wait, people = np.divmod(second, SIZES)
    visits = WalkIns(
        **_of_groups(rows, services, who),
        hour=hour.astype(np.int8),
        column=column.astype(np.int8),
        wait=wait - 1,
        target=_spread(rows, [NONE if row[2] is None else row[2] for row in rows], np.int64),
        total_wait=total_wait,
        end=end.astype(np.int8),
        clock=third - 1,
        resolved_target=_spread(rows, [NONE if row[3] is None else row[3] for row in rows], np.int64),
        people=people.astype(np.int32),
        **flags,
    )
    return visits, unsure


def unpacked_legs(rows: Sequence[Any], services: Mapping[str, int], who: dict[str, int]) -> LaterLegs:
    """The legs of rows of the same kind."""
    wait, hour = np.divmod(_numbers(rows), HOURS)
    return LaterLegs(**_of_groups(rows, services, who), hour=hour.astype(np.int8), wait=wait)


def _numbers(rows: Sequence[Any]) -> Numbers:
    if not rows:
        return np.empty(0, np.int64)
    return np.fromstring(",".join(row[-1] for row in rows), dtype=np.int64, sep=",")


def _spread(rows: Sequence[Any], values: Sequence[int], kind: type[np.signedinteger[Any]]) -> NDArray[Any]:
    """The value of each row, as often as there are visits in it."""
    return np.repeat(np.array(values, kind), np.array([row[-2] for row in rows], np.int64))


def _of_groups(rows: Sequence[Any], services: Mapping[str, int], who: dict[str, int]) -> dict[str, NDArray[Any]]:
    ordinals: dict[str, int] = {row[0]: 0 for row in rows}
    for day in ordinals:
        ordinals[day] = date.fromisoformat(day).toordinal()
    return {
        "day": _spread(rows, [ordinals[row[0]] for row in rows], np.int32),
        "service": _spread(rows, [services[row[1]] for row in rows], np.int16),
        "who": _spread(rows, [who.setdefault(row[4], len(who)) for row in rows], np.int32),
    }
