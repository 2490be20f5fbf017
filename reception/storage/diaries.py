"""An office's diary: what is taken of its officers, rooms and interpreters between two instants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.booking import Diary, Span
from reception.domain.office import Office
from reception.storage import schema as t

# In the order of the index. Rows of one resource never meet, so by their ends they are by their starts, too.
_TAKEN = (
    sa.select(t.occupation.c.resource, t.occupation.c.starts, t.occupation.c.ends)
    .where(
        t.occupation.c.office_id == sa.bindparam("office_id"),
        t.occupation.c.ends > sa.bindparam("from"),
        t.occupation.c.starts < sa.bindparam("until"),
    )
    .order_by(t.occupation.c.ends)
)
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
    left_out = {tuple(row) for row in connection.execute(_OF_HOLDS_RUN_OUT, {"office_id": office.id, "now": now})}
    if without:
        left_out |= {tuple(row) for row in connection.execute(_LEFT_OUT, {"ids": list(without)})}
    spans: dict[int, list[Span]] = defaultdict(list)
    for number, began, ended in connection.execute(_TAKEN, asked):
        if not left_out or (number, began) not in left_out:
            spans[number].append(Span(began, ended))
    ids = {row.number: row.id for row in connection.execute(_NAMES)} if spans else {}
    busy = {ids[number]: found for number, found in spans.items()}
    absent: dict[str, list[Span]] = {}
    for officer_id, began, ended in connection.execute(_ABSENCES, asked):
        away = Span(began, ended)
        absent[officer_id] = _merged(absent.get(officer_id, []), away)
        busy[officer_id] = _merged(busy.get(officer_id, []), away)
    return Diary(office, _frozen(busy), _frozen(absent))


def _frozen(spans: Mapping[str, list[Span]]) -> dict[str, tuple[Span, ...]]:
    return {some_id: tuple(found) for some_id, found in spans.items()}


def _merged(spans: list[Span], more: Span) -> list[Span]:
    """The spans in order and without overlap, with one more."""
    apart = [span for span in spans if not span.meets(more)]
    meeting = [span for span in spans if span.meets(more)]
    whole = Span(
        min(span.starts for span in (more, *meeting)),
        max(span.ends for span in (more, *meeting)),
    )
    return sorted([*apart, whole])
