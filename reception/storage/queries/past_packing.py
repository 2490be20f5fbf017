"""Visits, legs and appointments out of the database in a whole number or two each, all of a day's in one text: a year
of twenty offices is not to be so many Python objects.

Every number is put together by adding: what comes first is multiplied past what comes after it. Whatever does not fit
is odd, as is what only facts tell of; it is marked, and read by itself. A row is day, who, targets of visits, how many,
and the text of them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from reception.domain.booked import Kind
from reception.domain.columns import AFTER, Column
from reception.domain.snapshots import End
from reception.statistics.past_rows import (
    COLUMNS,
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

_A, _V = t.appointment.c, t.visit.c
Flags = NDArray[np.bool_]
Place = Callable[[str], int]
"""The place of what a row names."""
_NO_SHOW = ENDS.index(End.NO_SHOW)
_HOURS, _SIZES, _DURATIONS = 1 << 5, 1 << 7, 1 << 27
"""More than a duration has that ends on the day it began on."""
IS_UNSURE = sa.and_(
    _V.end == End.NO_SHOW.value,
    _V.resolved_target.is_not(None),
    sa.or_(_V.leg > 1, _V.stepped_out > 0, _V.outcome == Column.SEEN.value),
)
"""A no-show whose first call, to which the resolved clock runs, its facts alone remember; of the others it is the
promised wait that runs to it."""
IS_ODD = sa.or_(
    sa.func.coalesce(_V.ended_at - _V.arrived_at, _DURATIONS) >= _DURATIONS, _V.party_size >= _SIZES, IS_UNSURE
)
"""Whether a visit does not fit: nothing of it lasted longer than the whole of it."""
_ODD = "-1,0"
_LASTED = sa.case((_V.ended_at > _V.arrived_at, _V.ended_at - _V.arrived_at), else_=0)
VISIT_FLAGS: dict[str, sa.ColumnElement[bool]] = {
    "reinstated": _V.reinstated,
    "exempt": _V.exempt,
    "told": _V.told_at.is_not(None),
    "told_in_time": _V.told_in_time,
    "offered": _V.was_offered,
}
FLAGS = (*VISIT_FLAGS, "imported")
_BOOKED_FLAGS = ("visitor_late", "lost", "told", "told_in_time", "offered", "by_standard")
# Beyond the grace period a visit has no booked time to be judged by.
_IS_JUDGED = sa.and_(_V.outcome.is_not(None), _V.booked_for.is_not(None))
_SEEN_LATE = sa.and_(_V.outcome == Column.SEEN.value, _V.promise_wait > _V.seen_target)
_IS_LOST = sa.and_(_IS_JUDGED, sa.or_(_SEEN_LATE, _V.outcome.in_(sorted(column.value for column in AFTER))))


def service_place(column: sa.ColumnElement[str], services: int) -> sa.ColumnElement[int]:
    """The place of a service among the parameters of :func:`service_parameters`: up to a thousand of an office."""
    if services < 2:
        return sa.literal_column("0", sa.Integer)
    return sa.case(*((column == sa.bindparam(f"service_{nth}"), nth) for nth in range(1, services)), else_=0)


def service_parameters(service_ids: Sequence[str], services: int) -> dict[str, str]:
    return {f"service_{nth}": service_ids[nth] if nth < len(service_ids) else "" for nth in range(1, services)}


def packed_visit(imported: sa.ColumnElement[bool], services: int) -> sa.ColumnElement[str]:
    """The numbers of one visit."""
    wait = _whole(sa.func.coalesce(_V.promise_wait, NONE) + 1)
    place = service_place(_V.first_service_id, services)
    first = _with_codes(
        ((wait * services + place) * _HOURS + _V.local_hour) * _SIZES + _V.party_size,
        ((_V.outcome, COLUMNS), (_V.end, ENDS)),
    )
    flags = _with_flags(sa.literal_column("0"), (*VISIT_FLAGS.values(), imported))
    any_flag = sa.or_(_V.told_at.is_not(None), _V.reinstated, _V.exempt, imported)
    first = first * (1 << len(FLAGS)) + sa.case((any_flag, flags), else_=0)
    return sa.case((IS_ODD, _ODD), else_=_with_commas(first, _whole(_V.total_wait) * _DURATIONS + _LASTED))


def packed_leg(services: int) -> sa.ColumnElement[str]:
    place = service_place(_V.first_service_id, services)
    return _with_commas((_whole(t.leg.c.waited) * _HOURS + _V.local_hour) * services + place)


def packed_appointment(services: int) -> sa.ColumnElement[str]:
    """The numbers of one appointment, read beside the visit that it became, if any."""
    lateness = sa.case((sa.and_(_IS_JUDGED, _V.outcome == Column.SEEN.value), _V.promise_wait), else_=NONE)
    first = _with_codes(_whole(lateness + 1) * _HOURS + _A.local_hour, ((_A.kind, KINDS), (_A.standing, STANDINGS)))
    first = _with_flags(
        first,
        (
            sa.and_(_A.checked_in_at.is_not(None), _A.checked_in_at > _A.starts),
            _IS_LOST,
            sa.or_(_A.told_at.is_not(None), _V.told_at.is_not(None)),
            sa.or_(_A.told_in_time, _V.told_in_time),
            sa.or_(_A.was_offered, _V.was_offered),
            sa.and_(_V.outcome.is_(None), _A.kind == Kind.OFFICE.value),
        ),
    )
    target = sa.case((_IS_JUDGED, sa.func.coalesce(_V.seen_target, NONE)), else_=NONE)
    place = service_place(_A.service_id, services)
    return _with_commas(first, (_whole(target) + 1) * services + place)


def together(packed: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """All of a group in one text."""
    return sa.func.aggregate_strings(packed, ",")


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


def unpacked_visits(rows: Sequence[Any], places: NDArray[np.int16], who: Place) -> tuple[WalkIns, Flags]:
    """The visits, and which of them are odd: nothing else of those is true. `places`: of the parameters' services."""
    first, second = _numbers(rows, 2)
    is_odd = first < 0
    first, flags = _flags(first, FLAGS)
    first, end = np.divmod(first, len(ENDS))
    first, column = np.divmod(first, len(COLUMNS))
    first, people = first >> 7, first & (_SIZES - 1)
    first, hour = first >> 5, first & (_HOURS - 1)
    wait, service = np.divmod(first, places.size)
    total_wait, lasted = second >> 27, second & (_DURATIONS - 1)
    days, times = _days(rows), _times(rows)
    visits = WalkIns(
        day=np.repeat(days, times),
        hour=hour.astype(np.int8),
        service=places[service],
        who=np.repeat(_who(rows, who), times),
        column=column.astype(np.int8),
        wait=wait - 1,
        target=np.repeat(_targets(rows, 2), times),
        total_wait=total_wait,
        end=end.astype(np.int8),
        clock=np.where(end == _NO_SHOW, wait - 1, lasted),
        resolved_target=np.repeat(_targets(rows, 3), times),
        people=people.astype(np.int32),
        **flags,
    )
    return visits, is_odd


def unpacked_legs(rows: Sequence[Any], places: NDArray[np.int16], who: Place) -> LaterLegs:
    (number,) = _numbers(rows, 1)
    number, service = np.divmod(number, places.size)
    times = _times(rows)
    return LaterLegs(
        day=np.repeat(_days(rows), times),
        hour=(number & (_HOURS - 1)).astype(np.int8),
        service=places[service],
        who=np.repeat(_who(rows, who), times),
        wait=number >> 5,
    )


def unpacked_appointments(rows: Sequence[Any], places: NDArray[np.int16], who: Place) -> tuple[Booked, Flags]:
    """The appointments, and which of them have the target that was in force on their day."""
    first, second = _numbers(rows, 2)
    first, flags = _flags(first, _BOOKED_FLAGS)
    by_standard = flags.pop("by_standard")
    first, standing = np.divmod(first, len(STANDINGS))
    first, kind = np.divmod(first, len(KINDS))
    target, service = np.divmod(second, places.size)
    times = _times(rows)
    booked = Booked(
        day=np.repeat(_days(rows), times),
        hour=(first & (_HOURS - 1)).astype(np.int8),
        service=places[service],
        who=np.repeat(_who(rows, who), times),
        kind=kind.astype(np.int8),
        standing=standing.astype(np.int8),
        lateness=(first >> 5) - 1,
        target=target - 1,
        **flags,
    )
    return booked, by_standard


def _numbers(rows: Sequence[Any], of_each: int) -> list[Numbers]:
    """The numbers of each, the first of all of them and so on."""
    if not rows:
        return [np.empty(0, np.int64)] * of_each
    read = np.fromstring(",".join([row[-1] for row in rows]), dtype=np.int64, sep=",").reshape(-1, of_each)
    return [np.ascontiguousarray(read[:, place]) for place in range(of_each)]


def _flags(number: Numbers, names: Sequence[str]) -> tuple[Numbers, dict[str, Any]]:
    """What is above the flags, and each of them."""
    last = len(names) - 1
    return number >> len(names), {name: (number >> (last - place) & 1) == 1 for place, name in enumerate(names)}


def _times(rows: Sequence[Any]) -> Numbers:
    return np.array([row[-2] for row in rows], np.int64)


def _days(rows: Sequence[Any]) -> NDArray[np.int32]:
    return np.array([date.fromisoformat(row[0]).toordinal() for row in rows], np.int32)


def _who(rows: Sequence[Any], who: Place) -> NDArray[np.int32]:
    return np.array([who(row[1]) for row in rows], np.int32)


def _targets(rows: Sequence[Any], place: int) -> Numbers:
    return np.array([NONE if row[place] is None else row[place] for row in rows], np.int64)
