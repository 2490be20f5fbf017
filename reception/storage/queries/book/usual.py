"""How long services last, as they did of late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import median

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Millis
from reception.storage import schema as t

OF_LATE = 50
"""How many services of each kind are looked at."""
ENOUGH = 5
"""Of fewer nothing is said."""
_LOOKED_AT = 1_000
_TAKEN = (
    sa.select(t.leg.c.service_id, (t.leg.c.ended_at - t.leg.c.started_at).label("taken"))
    .where(
        t.leg.c.office_id == sa.bindparam("office_id"),
        t.leg.c.started_at.is_not(None),
        t.leg.c.ended_at.is_not(None),
    )
    .order_by(t.leg.c.started_at.desc())
    .limit(_LOOKED_AT)
)


def usual_service_times(connection: Connection, office_id: str) -> Mapping[str, Millis]:
    """By service the median of its last ones; nothing of a service that was rare of late."""
    taken: dict[str, list[Millis]] = defaultdict(list)
    for service_id, lasted in connection.execute(_TAKEN, {"office_id": office_id}).all():
        if len(taken[service_id]) < OF_LATE:
            taken[service_id].append(lasted)
    return {service_id: round(median(found)) for service_id, found in taken.items() if len(found) >= ENOUGH}
