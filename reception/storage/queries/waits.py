"""The wait that somebody who comes now would be told, by service, and that of a visit that waits.

What is read here, kiosk and display may read: visits without anything personal, their legs, who is at which counter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.clock import HOUR, MINUTE, SECOND, Instant, local_date
from reception.domain.draining import Hall, standing
from reception.domain.expecting import Lines, expected, learnt
from reception.domain.foresight import AtWork
from reception.domain.office import Counter, Office, Officer, Role
from reception.domain.queueing import Entry, Kind, RuleSettings, may_serve_at
from reception.domain.retracing import PastLeg, recent_wait, retraced, usual_minutes
from reception.domain.said_wait import ExpectedWait
from reception.domain.stations import StationKind
from reception.domain.visit_states import State
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.offices import OfficeRecord
from reception.storage.visit_rows import entry_from, will_wait

LOOKED_BACK = 600
"""So many of an office's last waits are learnt from: a week or two of a small office."""
SERVICES_OF_LATE = 50
"""How many services of each kind say how long it usually takes."""
AS_IF = 5.0
"""As many more are taken to have lasted as long as is usual elsewhere."""
MOST_OF_TODAY = 60
NOBODY = "nobody"
"""Whoever comes now; no visit has that id."""
_V, _L = t.visit.c, t.leg.c


def _open(place: sa.ColumnElement[Any], order: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Open visits by arrival; of one moment by `order`. `place`: the running part of the number."""
    return (
        sa.select(
            _V.id,
            _V.state,
            _V.service_id,
            _V.leg,
            _V.booked_for,
            _V.arrived_at,
            _V.since,
            _V.order_target,
            place.label("running"),
            _V.stepped_out,
            _V.overtaken,
            _V.see_first,
            _V.named_officer_id,
            _V.ready,
            _V.counter_id,
            _L.called_at,
            _L.started_at,
        )
        .select_from(t.visit)
        .join(t.leg, sa.and_(_L.visit_id == _V.id, _L.number == _V.leg))
        .where(_V.office_id == sa.bindparam("office_id"), t.IS_OPEN)
        .order_by(_V.arrived_at, order)
    )


_OPEN = _open(_V.running, _V.running)
# A display may read nobody's number, and needs it only where two arrived in one millisecond.
_OPEN_TO_DISPLAYS = _open(sa.literal_column("0"), _V.id)
_PAST = (
    sa.select(
        _V.local_day,
        _L.service_id,
        _L.counter_id,
        _L.since,
        _L.started_at,
        _L.ended_at,
        _L.waited,
        _L.number,
        _V.booked_for,
    )
    .select_from(t.leg)
    .join(t.visit, _V.id == _L.visit_id)
    .where(
        _L.office_id == sa.bindparam("office_id"),
        _L.started_at >= sa.bindparam("first"),
        _L.started_at < sa.bindparam("before"),
        ~_V.voided,
    )
    .order_by(_L.started_at.desc(), _L.visit_id)
    .limit(sa.bindparam("most"))
)


class Learnt(Struct, frozen=True):
    """What an office's record says of its waits. `shares`: by service which are served at the same counters."""

    lines: Lines
    usual: Mapping[str, float]
    usual_of_others: float
    shares: Mapping[str, Collection[str]]


def expected_waits(
    database: Database, connection: Connection, record: OfficeRecord, now: Instant
) -> dict[str, ExpectedWait | None]:
    """By service what somebody who came for it now would be told; None where nobody at work may serve it."""
    known = _learnt(database, connection, record, now)
    hall, today = _hall(database, connection, record, known, now)
    target = record.standard_of(local_date(now, record.office.zone)).for_walk_in().order_by
    found: dict[str, ExpectedWait | None] = {}
    alike: dict[tuple[object, ...], ExpectedWait | None] = {}
    for service in record.office.services:
        able = tuple(may_serve_at(each.officer, each.counter, service.id, "") for each in hall.at_work)
        shared = known.shares[service.id]
        # Where all else is the same, so is the wait: most offices have one queue for most of their services.
        key = (able, shared, service.priority)
        if key not in alike:
            order = 1 + max((each.order for each in hall.waiting), default=0)
            me = Entry(NOBODY, Kind.WALK_IN, service.id, now, now, target, order, priority=service.priority)
            alike[key] = _told(me, hall, known, today)
        found[service.id] = alike[key]
    return found


def expected_wait_of(
    database: Database, connection: Connection, record: OfficeRecord, visit_id: str, now: Instant
) -> ExpectedWait | None:
    """How much longer a visit is told to wait that waits for its first service; None for any other.

    None, too, where nobody at work may serve it.
    """
    known = _learnt(database, connection, record, now)
    hall, today = _hall(database, connection, record, known, now)
    me = next((each for each in hall.waiting if each.visit_id == visit_id and each.kind is not Kind.LATER_LEG), None)
    return None if me is None else _told(me, hall, known, today)


def _told(me: Entry, hall: Hall, known: Learnt, today: Sequence[PastLeg]) -> ExpectedWait | None:
    shared = known.shares.get(me.service_id, (me.service_id,))
    found = standing(me, hall, shared, recent_wait(today, shared))
    if found is None:
        return None
    return expected(known.lines, found, (me.since - hall.now) / MINUTE).told()


def _hall(
    database: Database, connection: Connection, record: OfficeRecord, known: Learnt, now: Instant
) -> tuple[Hall, list[PastLeg]]:
    """The queue and its counters as they stand, and the waits of today that are over, the latest first."""
    office = record.office
    those = _OPEN_TO_DISPLAYS if database.kind is StationKind.DISPLAY else _OPEN
    rows = connection.execute(those, {"office_id": office.id}).all()
    priorities = {service.id: service.priority for service in office.services}
    at_counters = {row.counter_id: row for row in rows if row.counter_id and row.state in (State.CALLED, State.SERVING)}
    at_work = []
    for at in day_to_day.counters_at_work(connection, office.id):
        officer, counter = office.officer(at.officer_id), office.counter(at.counter_id)
        if officer is None or counter is None:
            continue
        row = at_counters.get(counter.id)
        since = None if row is None else row.started_at or row.called_at or now
        at_work.append(AtWork(counter, officer, "" if row is None else row.service_id, since))
    hall = Hall(
        now=now,
        at_work=tuple(at_work),
        waiting=tuple(entry_from(row, priorities.get(row.service_id, 0)) for row in rows if will_wait(row)),
        usual=known.usual,
        usual_of_others=known.usual_of_others,
        rule=record.rule,
        settings=RuleSettings(
            record.walk_in_guard,
            record.appointment_guard,
            record.overtakes,
            database.ordering.usual_call_to_start_seconds * SECOND,
        ),
    )
    today = local_date(now, office.zone).isoformat()
    past = _past(connection, office.id, now - 24 * HOUR, now + 1, MOST_OF_TODAY)
    return hall, [each for each in past if each.local_day == today]


def _past(connection: Connection, office_id: str, first: Instant, before: Instant, most: int) -> list[PastLeg]:
    """The waits that ended between two instants, the latest first. A service that is not over then is not over."""
    asked = {"office_id": office_id, "first": first, "before": before, "most": most}
    return [
        PastLeg(
            row.local_day,
            row.service_id,
            row.counter_id or "",
            row.since,
            row.started_at,
            row.ended_at if row.ended_at is not None and row.ended_at < before else None,
            row.waited or 0,
            row.number == 1 and row.booked_for is None,
        )
        for row in connection.execute(_PAST, asked)
    ]


def _learnt(database: Database, connection: Connection, record: OfficeRecord, now: Instant) -> Learnt:
    """From what was over when the present hour began, so that it is learnt once an hour and alike at every station."""
    hour = now // HOUR
    known = database.waits.of(record, hour)
    if known is None:
        past = _past(connection, record.office.id, 0, hour * HOUR, LOOKED_BACK)
        prior = float(database.ordering.usual_service_minutes)
        usual, over_all = usual_minutes(past, prior, SERVICES_OF_LATE, AS_IF)
        shares = _shares(record.office)
        waits = retraced(past, shares, usual, over_all, record.overtakes)
        known = Learnt(learnt(over_all, waits), usual, over_all, shares)
        database.waits.keep(record, hour, known)
    return known


def _shares(office: Office) -> Mapping[str, Collection[str]]:
    """By service those that one of the staff may serve at the same counter, itself among them."""
    services = [service.id for service in office.services]
    anybody = [Officer("", "", Role.OFFICER, skills) for skills in {each.skills for each in office.staff}]
    anywhere = [Counter("", "", serves) for serves in {each.services for each in office.counters}]
    shares: dict[str, set[str]] = defaultdict(set)
    for officer in anybody:
        for counter in anywhere:
            able = [each for each in services if may_serve_at(officer, counter, each, "")]
            for each in able:
                shares[each].update(able)
    return {each: frozenset({each, *shares[each]}) for each in services}
