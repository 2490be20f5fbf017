"""Whether a day that is over was left open."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date, midnight_before
from reception.domain.office import Office
from reception.storage import schema as t

_LEFT_OPEN = sa.select(
    sa.or_(
        sa.exists().where(
            t.visit.c.office_id == sa.bindparam("office_id"), t.visit.c.local_day < sa.bindparam("day"), t.IS_OPEN
        ),
        sa.exists().where(
            t.appointment.c.office_id == sa.bindparam("office_id"),
            t.appointment.c.local_day < sa.bindparam("day"),
            t.IS_UNMARKED,
        ),
        sa.exists().where(
            t.counter.c.office_id == sa.bindparam("office_id"),
            t.counter.c.officer_id.is_not(None),
            t.counter.c.opened_at < sa.bindparam("midnight"),
        ),
    )
)


def left_open(connection: Connection, office: Office, now: Instant) -> bool:
    """Whether a visit of an earlier day is open, an appointment of one is not marked although nobody came, or a counter
    has been somebody's since before midnight.
    """
    day = local_date(now, office.zone)
    found = connection.execute(
        _LEFT_OPEN,
        {"office_id": office.id, "day": day.isoformat(), "midnight": midnight_before(day, office.zone)},
    )
    return bool(found.scalar_one())
