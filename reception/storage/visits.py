"""Visits: loaded from their facts, written as facts and as the rows that they come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.domain.events import NumberAdded, Recorded
from reception.domain.folding import evolve, visit_from
from reception.domain.office import Office
from reception.domain.person import Person
from reception.domain.queueing import Entry
from reception.domain.visit import Visit
from reception.errors import Code, Refusal
from reception.services.visit_ports import StoredVisit
from reception.storage import schema as t
from reception.storage.calls import follow_person, write_calls
from reception.storage.codec import plain_row
from reception.storage.journal import calls_since, facts_of, visits_of_command
from reception.storage.room_waiting import waiting_for_room
from reception.storage.visit_rows import entry_from, leg_row, person_from, person_row, visit_row

_WAITING = (
    sa.select(
        t.visit.c.id,
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
        t.visit.c.ready,
    )
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_WAITING)
    .order_by(t.visit.c.arrived_at, t.visit.c.running)
)
_WaitingRow = plain_row(_WAITING)
_SERVICE = _WaitingRow._fields.index("service_id")
_AT_COUNTER = sa.select(t.visit.c.id).where(t.visit.c.counter_id == sa.bindparam("counter_id"), t.IS_AT_COUNTER)
_IN_ROOM = sa.select(t.visit.c.id).where(t.visit.c.room_id == sa.bindparam("room_id"), t.IS_IN_ROOM)
_OPEN = (
    sa.select(t.visit.c.id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_OPEN)
    .order_by(t.visit.c.arrived_at, t.visit.c.running)
)
_OPEN_BEFORE = _OPEN.where(t.visit.c.local_day < sa.bindparam("day"))
_PERSON = sa.select(
    t.visitor.c.name, t.visitor.c.spoken, t.visitor.c.written, t.visitor.c.needs, t.visitor.c.note
).where(t.visitor.c.visit_id == sa.bindparam("visit_id"))
_INSERT_VISIT = sa.insert(t.visit)
_INSERT_LEG = sa.insert(t.leg)
_INSERT_PERSON = sa.insert(t.visitor)
_CHANGED_COLUMNS = (
    "number",
    "also",
    "booked_for",
    "seen_target",
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
    "later_waits",
    "resolved_time",
    "version",
    "appointment_id",
    "room_id",
    "ready",
    "language",
    "interpreter_mode",
    "interpreter_id",
    "interpreter_here",
    "told_at",
    "told_until",
    "tried_at",
    "told_in_time",
    "was_offered",
    "took_another_time",
    "figures",
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


@lru_cache(maxsize=4_000)
def _entry_of(read: tuple[Any, ...], priority: int) -> Entry:
    """Remembered: the queue is read at every call, and most of it stays as it was."""
    return entry_from(_WaitingRow._make(read), priority)


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

    def add(self, visit: Visit, facts: Sequence[Recorded], running: int, person: Person | None) -> None:
        self._connection.execute(_INSERT_VISIT, {**visit_row(visit, len(facts)), "running": running, "overtaken": 0})
        self._connection.execute(_INSERT_LEG, leg_row(visit, 1, visit.leg))
        if person is not None:
            self._connection.execute(_INSERT_PERSON, person_row(visit.id, person))
        self._outbox.extend((visit.id, fact) for fact in facts)

    def save(self, stored: StoredVisit, visit: Visit, facts: Sequence[Recorded]) -> None:
        if not facts:
            return
        if visit.room_id and visit.room_id != stored.visit.room_id:
            self._room_is_free(visit)
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
        write_calls(self._connection, stored.visit, visit, stored.facts, facts)
        self._outbox.extend((visit.id, fact) for fact in facts)

    def _room_is_free(self, visit: Visit) -> None:
        """A room that is given back, by undo too, may be another's by now."""
        if self.in_room(visit.room_id) not in (None, visit.id):
            raise Refusal(Code.ROOM_TAKEN, "Somebody else is in that room.", "Choose another room.")

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

    def waiting(self) -> list[Entry]:
        priorities = {service.id: service.priority for service in self._office.services}
        rows = self._connection.execute(_WAITING, {"office_id": self._office.id}).all()
        entries = [_entry_of(row, priorities.get(row[_SERVICE], 0)) for row in map(tuple, rows)]
        roomless = waiting_for_room(self._connection, self._office)
        return [replace(each, ready=False) if each.visit_id in roomless else each for each in entries]

    def overtaken(self, visit_ids: Sequence[str]) -> None:
        if visit_ids:
            self._connection.execute(
                sa.update(t.visit).where(t.visit.c.id.in_(visit_ids)).values(overtaken=t.visit.c.overtaken + 1)
            )

    def recount_overtaken(self, visit_id: str, began: int) -> None:
        calls = calls_since(self._connection, visit_id, began, self._outbox)
        count = sum(visit_id in call.overtook for call in calls)
        self._connection.execute(sa.update(t.visit).where(t.visit.c.id == visit_id).values(overtaken=count))

    def at_counter(self, counter_id: str) -> str | None:
        return self._connection.execute(_AT_COUNTER, {"counter_id": counter_id}).scalar()

    def in_room(self, room_id: str) -> str | None:
        """The open visit that is in a room or called to it."""
        return self._connection.execute(_IN_ROOM, {"room_id": room_id}).scalar()

    def open_before(self, day: date) -> list[str]:
        found = self._connection.execute(_OPEN_BEFORE, {"office_id": self._office.id, "day": day.isoformat()})
        return list(found.scalars())

    def open_ids(self) -> list[str]:
        return list(self._connection.execute(_OPEN, {"office_id": self._office.id}).scalars())

    def owing_answers(self) -> frozenset[str]:
        return frozenset(self._connection.execute(_OWING, {"office_id": self._office.id}).scalars())

    def add_number(self, visit_id: str, item: Recorded) -> None:
        stored = self.load(visit_id)
        assert isinstance(item.fact, NumberAdded)
        if item.fact.number in (stored.visit.number, stored.visit.also):
            return
        item = replace(item, at=max(item.at, stored.visit.last_at))
        self.save(stored, evolve(stored.visit, item), [item])

    def person(self, visit_id: str) -> Person:
        return person_from(self._connection.execute(_PERSON, {"visit_id": visit_id}).one())

    def save_person(self, visit_id: str, person: Person) -> None:
        row = person_row(visit_id, person)
        self._connection.execute(sa.update(t.visitor).where(t.visitor.c.visit_id == visit_id).values(**row))
        follow_person(self._connection, visit_id, person)

    def keep_reason(self, visit_id: str, command_id: str, kind: str, reason: str) -> None:
        self._connection.execute(
            t.visit_reason.insert().values(visit_id=visit_id, command_id=command_id, kind=kind, reason=reason)
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
