"""What a visit, its legs and its person come to in rows, and what rows come to."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reception.domain import telling
from reception.domain.appointment import Told
from reception.domain.clocks import column_of, promise_wait, resolved_time
from reception.domain.columns import Column
from reception.domain.person import Need, Person
from reception.domain.queueing import Entry, Kind
from reception.domain.visit import Leg, Visit
from reception.domain.visit_states import State
from reception.storage.schema.figures import figures_of


def entry_from(row: Any, priority: int) -> Entry:
    """A waiting visit's row as the calling rule sees it, with the priority of its service."""
    if row.leg > 1:
        kind = Kind.LATER_LEG
    else:
        kind = Kind.WALK_IN if row.booked_for is None else Kind.APPOINTMENT
    return Entry(
        row.id,
        kind,
        row.service_id,
        row.arrived_at,
        row.since,
        row.order_target,
        row.running,
        row.stepped_out,
        row.overtaken,
        row.see_first,
        row.named_officer_id or "",
        priority,
        row.ready,
    )


def will_wait(row: Any) -> bool:
    """It waits, or is set aside and will go on waiting."""
    return row.state == State.WAITING or (row.state == State.ON_HOLD and row.started_at is None)


def visit_row(visit: Visit, version: int) -> dict[str, Any]:
    """What the facts come to, by column of `visit`."""
    outcome = column_of(visit, visit.last_at)
    settled = outcome is not Column.OPEN
    interpreting = visit.interpreting
    row = {
        "id": visit.id,
        "office_id": visit.office_id,
        "number": visit.number,
        "code": visit.code,
        "local_day": visit.local_day.isoformat(),
        "local_hour": visit.local_hour,
        "arrived_at": visit.arrived_at,
        "booked_for": visit.booked_for,
        "party_size": visit.party_size,
        "seen_target": visit.promise.seen,
        "resolved_target": visit.promise.resolved,
        "first_service_id": visit.legs[0].service_id,
        "state": visit.state.value,
        "service_id": visit.leg.service_id,
        "leg": len(visit.legs),
        "since": visit.leg.since,
        "order_target": visit.leg.order_target,
        "stepped_out": visit.leg.stepped_out,
        "named_officer_id": visit.leg.named_officer_id or None,
        "see_first": visit.see_first,
        "counter_id": visit.counter_id or None,
        "officer_id": visit.officer_id or None,
        "held_at": visit.hold.since if visit.hold else None,
        "own_request": bool(visit.hold and visit.hold.own_request),
        "end": visit.end.value if visit.end else None,
        "ended_at": visit.ended_at,
        "due": visit.due.isoformat() if visit.due else None,
        "owner_id": visit.owner_id or None,
        "done_at": visit.done_at,
        "voided": visit.voided,
        "reinstated": visit.reinstated > 0,
        "exempt": visit.exempt,
        "outcome": outcome.value,
        "promise_wait": promise_wait(visit, visit.last_at) if settled else None,
        "total_wait": visit.total_waited(visit.last_at),
        "later_waits": _later_waits(visit),
        "resolved_time": resolved_time(visit),
        "version": version,
        "appointment_id": visit.appointment_id or None,
        "also": visit.also,
        "room_id": visit.room_id or None,
        "ready": visit.is_ready,
        "language": interpreting.language if interpreting else "",
        "interpreter_mode": interpreting.mode.value if interpreting else "",
        "interpreter_id": interpreting.interpreter_id or None if interpreting else None,
        "interpreter_here": bool(interpreting and interpreting.is_here),
        **told_columns(visit.told),
    }
    return {**row, "figures": figures_of(row)}


def _later_waits(visit: Visit) -> str:
    """What its second and later legs waited, in milliseconds with commas between; of those that a service began of."""
    return ",".join(str(leg.waited(visit.last_at)) for leg in visit.legs[1:] if leg.started_at is not None)


def told_columns(told: tuple[Told, ...]) -> dict[str, Any]:
    """What was said of a delay, alike for visits and appointments."""
    return {
        "told_at": telling.told_at(told),
        "told_until": telling.told_until(told),
        "tried_at": telling.tried_at(told),
        "told_in_time": telling.was_told_in_time(told),
        "was_offered": telling.was_offered(told),
        "took_another_time": telling.took_another_time(told),
    }


def leg_row(visit: Visit, number: int, leg: Leg) -> dict[str, Any]:
    """One leg by column of `leg`; `waited` is null until the wait is over."""
    over = leg.started_at is not None or leg.ended_at is not None
    return {
        "visit_id": visit.id,
        "number": number,
        "office_id": visit.office_id,
        "service_id": leg.service_id,
        "since": leg.since,
        "called_at": leg.called_at,
        "calls": leg.calls,
        "started_at": leg.started_at,
        "ended_at": leg.ended_at,
        "waited": leg.waited(visit.last_at) if over else None,
        "stepped_out": leg.stepped_out,
        "held": leg.held,
        "counter_id": leg.counter_id or None,
        "officer_id": leg.officer_id or None,
    }


def person_row(visit_id: str, person: Person) -> dict[str, str]:
    return {
        "visit_id": visit_id,
        "name": person.name,
        "spoken": person.spoken,
        "written": person.written,
        "needs": ",".join(sorted(need.value for need in person.needs)),
        "note": person.note,
    }


@lru_cache(maxsize=256)
def needs_from(stored: str) -> frozenset[Need]:
    """The needs as the column `visitor.needs` keeps them."""
    return frozenset(Need(each) for each in stored.split(",") if each)


def person_from(row: Any) -> Person:
    return Person(row.name, row.spoken, row.written, needs_from(row.needs), row.note)
