"""One visit whole, found by its id, its code or what is known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.clocks import judged_wait, promise_wait
from reception.domain.desk_view import VisitCard
from reception.domain.events import CommandUndone, Recorded, VisitCalled, VisitCalledAgain, VisitEnded
from reception.domain.folding import visit_from
from reception.domain.telling import told_at
from reception.domain.visit import Visit
from reception.domain.visit_states import State
from reception.errors import Code, Refusal
from reception.services.queries import Search
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.journal import facts_of
from reception.storage.offices import OfficeRecord
from reception.storage.queries.names import Names, record_of
from reception.storage.visit_rows import person_from

SEARCH_LIMIT = 50
_REMARK = sa.select(t.visit_reason.c.reason).where(
    t.visit_reason.c.visit_id == sa.bindparam("visit_id"),
    t.visit_reason.c.command_id == sa.bindparam("command_id"),
    t.visit_reason.c.kind == "note",
)
_FOUND_BY = (
    sa.select(t.visit.c.id, t.visit.c.number, t.visit.c.also, t.visit.c.code, t.visit.c.arrived_at, t.visitor.c.name)
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"))
)
_OF_THE_DAY = t.visit.c.local_day == sa.bindparam("day")
# Two halves, since each has an index of its own, and the two together have none.
_SEARCHED = sa.union_all(_FOUND_BY.where(_OF_THE_DAY), _FOUND_BY.where(t.IS_TO_FOLLOW, ~_OF_THE_DAY)).order_by(
    sa.desc("arrived_at")
)

_PERSON = sa.select(t.visitor).where(t.visitor.c.visit_id == sa.bindparam("visit_id"))
_LINKED_NUMBERS = (
    sa.select(t.visit.c.number)
    .join(t.visit_link, t.visit_link.c.other_id == t.visit.c.id)
    .where(t.visit_link.c.visit_id == sa.bindparam("visit_id"), ~t.visit.c.voided)
    .order_by(t.visit.c.arrived_at)
)


def one_visit(database: Database, visit_id: str) -> VisitCard:
    with database.read() as (connection, head, now):
        office_id = connection.execute(sa.select(t.visit.c.office_id).where(t.visit.c.id == visit_id)).scalar()
        if office_id is None:
            raise Refusal(Code.UNKNOWN_VISIT, "That visit is not known here.", "Find it by its number.")
        record = record_of(database, connection, head, office_id)
        return card_of(connection, record, Names(connection, record.office), visit_id, now)


def visit_by_code(database: Database, office_id: str, code: str) -> VisitCard | None:
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, office_id)
        visit_id = connection.execute(
            sa.select(t.visit.c.id).where(t.visit.c.code == code.strip().upper(), t.visit.c.office_id == office_id)
        ).scalar()
        if visit_id is None:
            return None
        return card_of(connection, record, Names(connection, record.office), visit_id, now)


def search(database: Database, query: Search) -> tuple[VisitCard, ...]:
    """Visits by number or part of a name: today's, and those of any day for which an answer is to follow.

    Names are compared folded (any case, any script), which the engines do differently, so here.
    """
    wanted = query.text.strip().casefold()
    if not wanted:
        return ()
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        day = local_date(now, record.office.zone).isoformat()
        rows = connection.execute(_SEARCHED, {"office_id": query.office_id, "day": day})
        found = [
            row.id
            for row in rows
            if wanted == row.code.casefold()
            or any(_is_number(wanted, number.casefold()) for number in (row.number, row.also) if number)
            or (wanted in row.name.casefold() if len(wanted) > 1 else _begins_a_name(wanted, row.name.casefold()))
        ]
        names = Names(connection, record.office)
        return tuple(card_of(connection, record, names, visit_id, now) for visit_id in found[:SEARCH_LIMIT])


_SAID = re.compile(r"([a-z]*)0*([0-9]+)")


def _is_number(wanted: str, number: str) -> bool:
    """H009 as it is written or begun, and as people say it: "h9", "9"; likewise HA09 of a station that was cut off."""
    said, written = _SAID.fullmatch(wanted), _SAID.fullmatch(number)
    if said is not None and written is not None and said[1] in ("", written[1]) and said[2] == written[2]:
        return True
    return number.startswith(wanted)


def _begins_a_name(letter: str, name: str) -> bool:
    """One letter stands in nearly every name: only where it begins one is it meant."""
    return any(part.startswith(letter) for part in name.split())


def card_of(connection: Connection, record: OfficeRecord, names: Names, visit_id: str, now: Instant) -> VisitCard:
    facts = facts_of(connection, visit_id)
    visit = visit_from(visit_id, facts)
    key = {"visit_id": visit_id}
    person = person_from(connection.execute(_PERSON, key).one())
    linked = connection.execute(_LINKED_NUMBERS, key).scalars()
    leg, interpreting = visit.leg, visit.interpreting
    return VisitCard(
        visit_id=visit.id,
        number=visit.number,
        code=visit.code,
        estimated=facts[0].estimated,
        state=visit.state,
        end=visit.end,
        service_id=leg.service_id,
        service=names(leg.service_id),
        person=person,
        party_size=visit.party_size,
        arrived_at=visit.arrived_at,
        since=leg.since,
        leg=len(visit.legs),
        target=visit.promise.seen,
        resolved_target=visit.promise.resolved,
        first_wait=promise_wait(visit, now) if visit.is_seen else None,
        waited=visit.waited(now),
        called_at=_last_called(visit, facts),
        calls=leg.calls,
        started_at=leg.started_at,
        held_at=visit.hold.since if visit.hold else None,
        own_request=bool(visit.hold and visit.hold.own_request),
        held_from_service=bool(visit.hold and visit.hold.from_service),
        ended_at=visit.ended_at,
        counter=names(visit.counter_id or leg.counter_id),
        officer=names(visit.officer_id or leg.officer_id or leg.named_officer_id),
        specialist=visit.exempt,
        see_first=visit.see_first,
        then_services=tuple(names(each) for each in visit.then_services),
        due=visit.due,
        owner=names(visit.owner_id),
        done_at=visit.done_at,
        voided=visit.voided,
        reinstated=visit.reinstated > 0,
        judged=None if visit.is_seen else judged_wait(visit),
        linked_numbers=tuple(linked),
        total_wait=visit.total_waited(now if visit.is_open else visit.last_at),
        remark=_remark(connection, visit_id, facts) if visit.end is not None else "",
        appointment_id=visit.appointment_id,
        named_officer_id=leg.named_officer_id,
        room_id=visit.room_id,
        room=names(visit.room_id),
        interpreting=interpreting.language if interpreting else "",
        interpreter=names(interpreting.interpreter_id) if interpreting else "",
        waits_for_interpreter=not visit.is_ready,
        told_at=told_at(visit.told),
    )


def _last_called(visit: Visit, facts: Sequence[Recorded]) -> Instant | None:
    """While it is called, the last call of several; else the first of the present leg."""
    if visit.state is not State.CALLED:
        return visit.leg.called_at
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, CommandUndone)}
    calls = (
        item.at
        for item in reversed(facts)
        if isinstance(item.fact, VisitCalled | VisitCalledAgain) and item.command_id not in undone
    )
    return next(calls, visit.leg.called_at)


def _remark(connection: Connection, visit_id: str, facts: Sequence[Recorded]) -> str:
    """What was noted for colleagues by the command that ended the visit."""
    ending = next(item for item in reversed(facts) if isinstance(item.fact, VisitEnded))
    return connection.execute(_REMARK, {"visit_id": visit_id, "command_id": ending.command_id}).scalar() or ""
