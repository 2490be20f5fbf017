"""Visits: loaded from their facts, written as facts and as the rows that they come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.columns import Column
from reception.domain.events import Recorded
from reception.domain.office import Office
from reception.domain.queueing import Entry, Kind
from reception.domain.snapshots import Need, Person
from reception.domain.visit import Leg, Visit, column_of, promise_wait, resolved_time, visit_from
from reception.errors import Code, Refusal
from reception.services.ports import StoredVisit, Waiting
from reception.storage import schema as t
from reception.storage.codec import plain_row, storable
from reception.storage.journal import facts_of, visits_of_command

_WAITING = (
    sa.select(
        t.visit.c.id,
        t.visit.c.number,
        t.visit.c.service_id,
        t.visit.c.leg,
        t.visit.c.booked_for,
        t.visit.c.arrived_at,
        t.visit.c.since,
        t.visit.c.order_target,
        t.visit.c.running,
        t.visit.c.stepped_out,
        t.visit.c.overtaken,
        t.visit.c.see_first,
        t.visit.c.named_officer_id,
    )
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_WAITING)
    .order_by(t.visit.c.arrived_at, t.visit.c.running)
)
_WaitingRow = plain_row(_WAITING)
_AT_COUNTER = sa.select(t.visit.c.id).where(t.visit.c.counter_id == sa.bindparam("counter_id"), t.IS_AT_COUNTER)
_OPEN = (
    sa.select(t.visit.c.id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_OPEN)
    .order_by(t.visit.c.arrived_at, t.visit.c.running)
)
_OPEN_BEFORE = _OPEN.where(t.visit.c.local_day < sa.bindparam("day"))
_NEXT_NUMBER = (
    sa.update(t.series)
    .where(
        t.series.c.office_id == sa.bindparam("office"),
        t.series.c.local_day == sa.bindparam("day"),
        t.series.c.letter == sa.bindparam("first_letter"),
    )
    .values(last=t.series.c.last + 1)
    .returning(t.series.c.last)
)
_PERSON = sa.select(
    t.visitor.c.name, t.visitor.c.spoken, t.visitor.c.written, t.visitor.c.needs, t.visitor.c.note
).where(t.visitor.c.visit_id == sa.bindparam("visit_id"))
_INSERT_VISIT = sa.insert(t.visit)
_INSERT_LEG = sa.insert(t.leg)
_INSERT_PERSON = sa.insert(t.visitor)
_CHANGED_COLUMNS = (
    "party_size",
    "first_service_id",
    "state",
    "service_id",
    "leg",
    "since",
    "order_target",
    "stepped_out",
    "named_officer_id",
    "see_first",
    "counter_id",
    "officer_id",
    "held_at",
    "own_request",
    "end",
    "ended_at",
    "due",
    "owner_id",
    "done_at",
    "voided",
    "reinstated",
    "exempt",
    "outcome",
    "promise_wait",
    "total_wait",
    "resolved_time",
    "version",
)
_OWING = (
    sa.select(t.visit.c.owner_id)
    .distinct()
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_TO_FOLLOW, ~t.visit.c.voided)
)
_UPDATE_VISIT = (
    sa.update(t.visit)
    .where(t.visit.c.id == sa.bindparam("the_id"), t.visit.c.version == sa.bindparam("the_version"))
    .values({name: sa.bindparam(f"new_{name}") for name in _CHANGED_COLUMNS})
)
_UPDATE_LEG = (
    sa.update(t.leg)
    .where(t.leg.c.visit_id == sa.bindparam("the_visit"), t.leg.c.number == sa.bindparam("the_number"))
    .values(
        {
            name: sa.bindparam(f"new_{name}")
            for name in (
                "service_id",
                "since",
                "called_at",
                "calls",
                "started_at",
                "ended_at",
                "waited",
                "stepped_out",
                "held",
                "counter_id",
                "officer_id",
            )
        }
    )
)


def entry_from(row: Any, priorities: dict[str, int]) -> Entry:
    """A waiting visit's row as the calling rule sees it."""
    if row.leg > 1:
        kind = Kind.LATER_LEG
    else:
        kind = Kind.WALK_IN if row.booked_for is None else Kind.APPOINTMENT
    return Entry(
        visit_id=row.id,
        kind=kind,
        service_id=row.service_id,
        arrived_at=row.arrived_at,
        since=row.since,
        target=row.order_target,
        order=row.running,
        stepped_out=row.stepped_out,
        overtaken=row.overtaken,
        see_first=row.see_first,
        named_officer_id=row.named_officer_id or "",
        priority=priorities.get(row.service_id, 0),
    )


def visit_row(visit: Visit, version: int) -> dict[str, Any]:
    """What the facts come to, by column of `visit`."""
    outcome = column_of(visit, visit.last_at)
    settled = outcome is not Column.OPEN
    return {
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
        "total_wait": visit.total_waited,
        "resolved_time": resolved_time(visit),
        "version": version,
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
        "name": storable(person.name),
        "spoken": person.spoken,
        "written": person.written,
        "needs": ",".join(sorted(need.value for need in person.needs)),
        "note": storable(person.note),
    }


def person_from(row: Any) -> Person:
    needs = frozenset(Need(each) for each in row.needs.split(",") if each)
    return Person(row.name, row.spoken, row.written, needs, row.note)


class StoredVisits:
    """The visits of one office within one transaction. Facts go to `outbox`, which the commit writes."""

    def __init__(self, connection: Connection, office: Office, outbox: list[tuple[str | None, Recorded]]) -> None:
        self._connection = connection
        self._office = office
        self._outbox = outbox

    def load(self, visit_id: str) -> StoredVisit:
        facts = facts_of(self._connection, visit_id)
        if not facts:
            raise Refusal(Code.UNKNOWN_VISIT, "That visit is not known here.", "Find it by its number.")
        visit = visit_from(visit_id, facts)
        if visit.office_id != self._office.id:
            raise Refusal(Code.UNKNOWN_VISIT, "That visit belongs to another office.", "Look for it there.")
        return StoredVisit(visit, facts)

    def add(self, visit: Visit, facts: Sequence[Recorded], running: int, person: Person) -> None:
        self._connection.execute(_INSERT_VISIT, {**visit_row(visit, len(facts)), "running": running, "overtaken": 0})
        self._connection.execute(_INSERT_LEG, leg_row(visit, 1, visit.leg))
        self._connection.execute(_INSERT_PERSON, person_row(visit.id, person))
        self._outbox.extend((visit.id, fact) for fact in facts)

    def save(self, stored: StoredVisit, visit: Visit, facts: Sequence[Recorded]) -> None:
        if not facts:
            return
        row = visit_row(visit, stored.version + len(facts))
        changes = {f"new_{name}": row[name] for name in _CHANGED_COLUMNS}
        written = self._connection.execute(
            _UPDATE_VISIT, {**changes, "the_id": visit.id, "the_version": stored.version}
        )
        if written.rowcount != 1:
            raise Refusal(
                Code.ALREADY_TAKEN, f"{visit.number} was changed at another desk.", "Look again, then choose."
            )
        self._save_legs(stored.visit, visit)
        self._outbox.extend((visit.id, fact) for fact in facts)

    def _save_legs(self, before: Visit, after: Visit) -> None:
        for number, leg in enumerate(after.legs, start=1):
            old = before.legs[number - 1] if number <= len(before.legs) else None
            if leg == old:
                continue
            row = leg_row(after, number, leg)
            if old is None:
                self._connection.execute(_INSERT_LEG, row)
            else:
                changes = {
                    f"new_{name}": value
                    for name, value in row.items()
                    if name not in ("visit_id", "number", "office_id")
                }
                self._connection.execute(_UPDATE_LEG, {**changes, "the_visit": after.id, "the_number": number})
        if len(after.legs) < len(before.legs):
            self._connection.execute(
                sa.delete(t.leg).where(t.leg.c.visit_id == after.id, t.leg.c.number > len(after.legs))
            )
        elif len(after.legs) > len(before.legs):
            # Overtaking is counted leg by leg.
            self._connection.execute(sa.update(t.visit).where(t.visit.c.id == after.id).values(overtaken=0))

    def waiting(self) -> list[Waiting]:
        priorities = {service.id: service.priority for service in self._office.services}
        rows = self._connection.execute(_WAITING, {"office_id": self._office.id}).all()
        return [Waiting(entry_from(row, priorities), row.number) for row in map(_WaitingRow._make, rows)]

    def overtaken(self, visit_ids: Sequence[str], by: int) -> None:
        if visit_ids:
            counted = t.visit.c.overtaken + by
            self._connection.execute(
                sa.update(t.visit)
                .where(t.visit.c.id.in_(visit_ids))
                .values(overtaken=sa.case((counted < 0, 0), else_=counted))
            )

    def at_counter(self, counter_id: str) -> str | None:
        return self._connection.execute(_AT_COUNTER, {"counter_id": counter_id}).scalar()

    def open_before(self, day: date) -> list[str]:
        found = self._connection.execute(_OPEN_BEFORE, {"office_id": self._office.id, "day": day.isoformat()})
        return list(found.scalars())

    def open_ids(self) -> list[str]:
        return list(self._connection.execute(_OPEN, {"office_id": self._office.id}).scalars())

    def owing_answers(self) -> frozenset[str]:
        return frozenset(self._connection.execute(_OWING, {"office_id": self._office.id}).scalars())

    def next_number(self, day: date, letter: str) -> int:
        """The next of the series; a rolled-back transaction gives its number back."""
        key = {"office": self._office.id, "day": day.isoformat(), "first_letter": letter}
        last = self._connection.execute(_NEXT_NUMBER, key).scalar()
        if last is None:
            self._connection.execute(
                t.series.insert().values(office_id=self._office.id, local_day=day.isoformat(), letter=letter, last=1)
            )
            return 1
        return int(last)

    def person(self, visit_id: str) -> Person:
        return person_from(self._connection.execute(_PERSON, {"visit_id": visit_id}).one())

    def save_person(self, visit_id: str, person: Person) -> None:
        row = person_row(visit_id, person)
        self._connection.execute(sa.update(t.visitor).where(t.visitor.c.visit_id == visit_id).values(**row))

    def keep_reason(self, visit_id: str, command_id: str, kind: str, reason: str) -> None:
        self._connection.execute(
            t.visit_reason.insert().values(visit_id=visit_id, command_id=command_id, kind=kind, reason=storable(reason))
        )

    def link(self, visit_id: str, other_id: str) -> None:
        known = self._connection.execute(
            sa.select(t.visit_link.c.visit_id).where(
                t.visit_link.c.visit_id == visit_id, t.visit_link.c.other_id == other_id
            )
        ).first()
        if known is None:
            self._connection.execute(
                t.visit_link.insert(),
                [
                    {"visit_id": visit_id, "other_id": other_id},
                    {"visit_id": other_id, "other_id": visit_id},
                ],
            )

    def of_command(self, command_id: str) -> list[str]:
        return visits_of_command(self._connection, command_id)
