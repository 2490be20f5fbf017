"""The appointment that an officer has next."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.booked import Standing
from reception.domain.columns import Column
from reception.domain.office import Office
from reception.domain.queueing import NextWith
from reception.storage import schema as t

_NEXT = (
    sa.select(t.appointment.c.starts, t.appointment.c.service_id)
    .outerjoin(t.visit, t.visit.c.id == t.appointment.c.visit_id)
    .where(
        t.appointment.c.office_id == sa.bindparam("office_id"),
        t.appointment.c.local_day == sa.bindparam("day"),
        t.appointment.c.officer_id == sa.bindparam("officer_id"),
        t.appointment.c.starts >= sa.bindparam("now"),
        t.appointment.c.standing.in_([Standing.BOOKED.value, Standing.CHECKED_IN.value]),
        ~t.appointment.c.voided,
        sa.or_(t.visit.c.id.is_(None), t.visit.c.outcome == Column.OPEN.value),
    )
    .order_by(t.appointment.c.starts)
    .limit(1)
)


def next_with(connection: Connection, office: Office, officer_id: str, now: Instant) -> NextWith | None:
    """The first of today's that begins now or later and has not been seen; None when there is none."""
    day = local_date(now, office.zone).isoformat()
    asked = {"office_id": office.id, "day": day, "officer_id": officer_id, "now": now}
    row = connection.execute(_NEXT, asked).one_or_none()
    return NextWith(row.starts, row.service_id) if row else None
