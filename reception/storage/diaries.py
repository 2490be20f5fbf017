"""An office's diary: what is taken of its officers, rooms and interpreters between two instants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.booking import Diary, Span
from reception.domain.office import Office
from reception.storage import schema as t

_INSTANTS = msgspec.json.Decoder(list[Instant])


def _taken(listed: Callable[[sa.Column[int]], sa.ColumnElement[str]]) -> sa.Select[Any]:
    """By resource all starts and all ends, each as one text: one by one a year's rows take four times as long."""
    return (
        sa.select(t.occupation.c.resource, listed(t.occupation.c.starts), listed(t.occupation.c.ends))
        .where(
            t.occupation.c.office_id == sa.bindparam("office_id"),
            t.occupation.c.ends > sa.bindparam("from"),
            t.occupation.c.starts < sa.bindparam("until"),
        )
        .group_by(t.occupation.c.resource)
    )


_TAKEN = {
    "sqlite": _taken(lambda column: sa.func.json_group_array(column, type_=sa.Text)),
    "postgresql": _taken(lambda column: sa.cast(sa.func.json_agg(column), sa.Text)),
}
_KEY = sa.select(t.occupation.c.resource, t.occupation.c.starts)
_OF_HOLDS_RUN_OUT = _KEY.join(t.hold, t.hold.c.id == t.occupation.c.hold_id).where(
    t.hold.c.office_id == sa.bindparam("office_id"), t.hold.c.runs_out_at <= sa.bindparam("now")
)
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_LEFT_OUT = sa.union_all(
    _KEY.where(t.occupation.c.appointment_id.in_(_IDS)),
    _KEY.where(t.occupation.c.hold_id.in_(_IDS)),
    _KEY.join(t.appointment, t.appointment.c.id == t.occupation.c.appointment_id).where(
        t.appointment.c.visit_id.in_(_IDS)
    ),
)
_ABSENCES = (
    sa.select(t.absence.c.officer_id, t.absence.c.starts, t.absence.c.ends)
    .where(
        t.absence.c.office_id == sa.bindparam("office_id"),
        t.absence.c.ends > sa.bindparam("from"),
        t.absence.c.starts < sa.bindparam("until"),
    )
    .order_by(t.absence.c.starts)
)
_NAMES = sa.select(t.resource.c.number, t.resource.c.id)


def read_diary(
    connection: Connection,
    office: Office,
    starts: Instant,
    ends: Instant,
    now: Instant,
    without: Collection[str] = (),
) -> Diary:
    """What is taken from `starts` to `ends`.

    `without`: ids of appointments, holds and visits that count as not there. Holds that ran out by `now` are not.
    """
    asked = {"office_id": office.id, "from": starts, "until": ends}
    left_out: dict[int, set[Instant]] = defaultdict(set)
    for number, began in connection.execute(_OF_HOLDS_RUN_OUT, {"office_id": office.id, "now": now}):
        left_out[number].add(began)
    if without:
        for number, began in connection.execute(_LEFT_OUT, {"ids": list(without)}):
            left_out[number].add(began)
    taken = connection.execute(_TAKEN[connection.dialect.name], asked).all()
    ids = {row.number: row.id for row in connection.execute(_NAMES)} if taken else {}
    busy = {
        ids[number]: _spans(_INSTANTS.decode(began), _INSTANTS.decode(ended), left_out.get(number, frozenset()))
        for number, began, ended in taken
    }
    absent: dict[str, list[Span]] = {}
    for officer_id, began, ended in connection.execute(_ABSENCES, asked):
        away = Span(began, ended)
        absent[officer_id] = _merged(absent.get(officer_id, []), away)
        busy[officer_id] = _merged(busy.get(officer_id, []), away)
    return Diary(office, _frozen(busy), _frozen(absent))


def _spans(starts: list[Instant], ends: list[Instant], left_out: Collection[Instant]) -> list[Span]:
    """In order: rows of one resource never meet, so that the first start goes with the first end, and so on."""
    starts.sort()
    ends.sort()
    spans = map(Span, starts, ends)
    return [span for span in spans if span.starts not in left_out] if left_out else list(spans)


def _frozen(spans: Mapping[str, list[Span]]) -> dict[str, tuple[Span, ...]]:
    return {some_id: tuple(found) for some_id, found in spans.items() if found}


def _merged(spans: list[Span], more: Span) -> list[Span]:
    """The spans in order and without overlap, with one more."""
    apart = [span for span in spans if not span.meets(more)]
    meeting = [span for span in spans if span.meets(more)]
    whole = Span(
        min(span.starts for span in (more, *meeting)),
        max(span.ends for span in (more, *meeting)),
    )
    return sorted([*apart, whole])
