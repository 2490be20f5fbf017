"""The services of late: how long they usually last, and when each counter last had one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.clock import Instant, Millis
from reception.domain.foresight import usual_time
from reception.storage import schema as t

OF_LATE = 50
"""How many services of each kind are looked at."""
ENOUGH = 5
"""Of fewer nothing is said."""
_LOOKED_AT = 1_000
_SERVED = (
    sa.select(t.leg.c.service_id, t.leg.c.counter_id, t.leg.c.started_at, t.leg.c.ended_at)
    .where(
        t.leg.c.office_id == sa.bindparam("office_id"),
        t.leg.c.started_at.is_not(None),
        t.leg.c.ended_at.is_not(None),
    )
    .order_by(t.leg.c.started_at.desc())
    .limit(_LOOKED_AT)
)


class Served(Struct, frozen=True):
    """A service that is over."""

    service_id: str
    counter_id: str | None
    started_at: Instant
    ended_at: Instant


def served_of_late(connection: Connection, office_id: str) -> tuple[Served, ...]:
    """The last ones, the latest first."""
    return tuple(Served(*row) for row in connection.execute(_SERVED, {"office_id": office_id}))


def usual_times(served: Sequence[Served]) -> Mapping[str, Millis]:
    """By service how long its last ones took; nothing of a service that was rare of late."""
    taken: dict[str, list[Millis]] = defaultdict(list)
    for each in served:
        if len(taken[each.service_id]) < OF_LATE:
            taken[each.service_id].append(each.ended_at - each.started_at)
    return {service_id: usual_time(found) for service_id, found in taken.items() if len(found) >= ENOUGH}


def last_ends(served: Sequence[Served]) -> Mapping[str, Instant]:
    """By counter when the last of them ended there."""
    ends: dict[str, Instant] = {}
    for each in served:
        if each.counter_id is not None:
            ends[each.counter_id] = max(each.ended_at, ends.get(each.counter_id, each.ended_at))
    return ends
