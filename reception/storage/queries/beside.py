"""What stands beside the queue: the counters, and visits that are set aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.desk_view import Aside, CounterRow
from reception.domain.office import Office
from reception.domain.person import Need
from reception.domain.visit_states import End, State
from reception.services.office_ports import AtCounter
from reception.storage import schema as t
from reception.storage.queries.names import Names
from reception.storage.visit_rows import needs_from

_TO_FOLLOW = (
    sa.select(
        t.visit.c.id,
        t.visit.c.number,
        t.visit.c.service_id,
        t.visit.c.ended_at,
        t.visit.c.due,
        t.visit.c.owner_id,
        t.visitor.c.name,
    )
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.IS_TO_FOLLOW,
        ~t.visit.c.voided,
    )
    .order_by(t.visit.c.due, t.visit.c.ended_at)
)


def counter_rows(
    office: Office, rows: Iterable[Any], times: dict[str, Any], at_work: dict[str, AtCounter], names: Names
) -> tuple[CounterRow, ...]:
    present = {row.counter_id: row for row in rows if row.state in (State.CALLED, State.SERVING) and row.counter_id}
    result = []
    for counter in office.counters:
        at, row = at_work.get(counter.id), present.get(counter.id)
        called, started = times.get(row.id, (None, None)) if row is not None else (None, None)
        result.append(
            CounterRow(
                counter_id=counter.id,
                name=counter.name,
                officer_id=at.officer_id if at else "",
                officer=names(at.officer_id) if at else "",
                number=row.number if row is not None else "",
                service=names(row.service_id) if row is not None else "",
                state=State(row.state) if row is not None else None,
                since=started or called,
                party_size=row.party_size if row is not None else 1,
                step_free=row is not None and Need.STEP_FREE in needs_from(row.needs),
            )
        )
    return tuple(result)


def asides_of(
    connection: Connection,
    key: dict[str, str],
    rows: Iterable[Any],
    times: dict[str, Any],
    names: Names,
    counter_id: str,
) -> tuple[Aside, ...]:
    result = []
    for row in rows:
        elsewhere = row.state == State.CALLED and row.counter_id != counter_id
        if row.state != State.ON_HOLD and not elsewhere:
            continue
        result.append(
            Aside(
                visit_id=row.id,
                number=row.number,
                service=names(row.service_id),
                name=row.name,
                state=State(row.state),
                end=None,
                own_request=row.own_request,
                since=row.held_at or times.get(row.id, (None, None))[0] or row.since,
                counter=names(row.counter_id),
                due=None,
                owner="",
                party_size=row.party_size,
                step_free=Need.STEP_FREE in needs_from(row.needs),
            )
        )
    result.extend(
        Aside(
            visit_id=row.id,
            number=row.number,
            service=names(row.service_id),
            name=row.name,
            state=State.ENDED,
            end=End.TO_FOLLOW,
            own_request=False,
            since=row.ended_at,
            counter="",
            due=date.fromisoformat(row.due),
            owner=names(row.owner_id),
        )
        for row in connection.execute(_TO_FOLLOW, key)
    )
    return tuple(result)
