"""How many walk-ins came in each half hour of the days past, compactly."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import sqlalchemy as sa

from reception.clock import MINUTE, local_date, local_datetime
from reception.domain.forecasting import HALF_HOUR, PastArrivals
from reception.services.supervisor_queries import Forecast
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.names import record_of

LOOKED_BACK = 3 * 366 + 14
"""Days: as far back as the same time of three earlier years."""
QUARTER = 15 * MINUTE
"""What is counted in: clocks of all zones differ from UTC by whole quarters of an hour."""

_V = t.visit.c
_QUARTER = (_V.arrived_at // QUARTER).label("quarter")
_WALK_IN = (~_V.voided, _V.booked_for.is_(None), _V.appointment_id.is_(None), t.service.c.partner == "")
_ARRIVALS = (
    sa.select(_V.local_day, _QUARTER, sa.func.count().label("count"))
    .join(t.service, t.service.c.id == _V.first_service_id)
    .where(
        _V.office_id == sa.bindparam("office_id"),
        _V.local_day.between(sa.bindparam("first"), sa.bindparam("last")),
        *_WALK_IN,
    )
    .group_by(_V.local_day, _QUARTER)
)
_NEWEST = (
    sa.select(_V.local_day)
    .join(t.service, t.service.c.id == _V.first_service_id)
    .where(
        _V.office_id == sa.bindparam("office_id"),
        _V.local_day < sa.bindparam("first"),
        *_WALK_IN,
    )
    .order_by(_V.local_day.desc())
    .limit(1)
)
_EVACUATED = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == sa.bindparam("office_id")).distinct()


def past_arrivals(database: Database, query: Forecast) -> PastArrivals:
    """Walk-ins for the council's own services before the day in question, of days that are over. Refuses NO_OFFICE."""
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        last = date.fromordinal(max(1, min(local_date(now, office.zone), query.day).toordinal() - 1))
        first = date.fromordinal(max(1, last.toordinal() - LOOKED_BACK))
        asked = {"office_id": office.id, "first": first.isoformat(), "last": last.isoformat()}
        counts: dict[date, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for day, quarter, count in connection.execute(_ARRIVALS, asked):
            shown = local_datetime(quarter * QUARTER, office.zone)
            counts[date.fromisoformat(day)][(shown.hour * 60 + shown.minute) // HALF_HOUR * HALF_HOUR] += count
        evacuated = connection.execute(_EVACUATED, {"office_id": office.id}).scalars()
        newest = None if counts else connection.execute(_NEWEST, asked).scalar()
        return PastArrivals(
            office,
            last,
            counts,
            frozenset(map(date.fromisoformat, evacuated)),
            None if newest is None else date.fromisoformat(newest),
        )
