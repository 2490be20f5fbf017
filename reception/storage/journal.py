"""The journal of facts: append only, one sequence for the whole database, given under a lock held to the commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.events import (
    AbsenceRemoved,
    CallWithdrawn,
    CommandUndone,
    Fact,
    Recorded,
    TicketTaken,
    VisitCalled,
)
from reception.storage.codec import fact_from_json, fact_to_json
from reception.storage.schema import journal, journal_head

_HEAD = "sequence, last_at, settings_version"
_CLOCK_PG = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)"


def heartbeat_pg(more: str) -> str:
    """The heartbeat of a PostgreSQL server, with an expression more."""
    return f"SELECT sequence, settings_version, {_CLOCK_PG}, {more} FROM journal_head WHERE id = 1"  # noqa: S608


HEARTBEAT_SQLITE = "SELECT sequence, settings_version FROM journal_head WHERE id = 1"
_READ_PG = sa.text(f"SELECT {_HEAD}, {_CLOCK_PG} FROM journal_head WHERE id = 1")  # noqa: S608
_READ = sa.select(journal_head.c.sequence, journal_head.c.last_at, journal_head.c.settings_version).where(
    journal_head.c.id == 1
)
_MOVE = (
    sa.update(journal_head)
    .where(journal_head.c.id == 1)
    .values(sequence=sa.bindparam("new_sequence"), last_at=sa.bindparam("new_last_at"))
)
NEWS = "reception"
"""The channel on which PostgreSQL tells the journal's new sequence, as a number in words, when it is committed."""
_MOVE_PG = sa.text(
    "WITH moved AS (UPDATE journal_head SET sequence = :new_sequence, last_at = :new_last_at WHERE id = 1"
    " RETURNING sequence) SELECT pg_notify(:news, CAST(sequence AS text)) FROM moved"
).bindparams(news=NEWS)
_BUMP_SETTINGS = (
    sa.update(journal_head).where(journal_head.c.id == 1).values(settings_version=journal_head.c.settings_version + 1)
)
_APPEND = sa.insert(journal)
_RECORDED = (
    journal.c.at,
    journal.c.command_id,
    journal.c.kind,
    journal.c.data,
    journal.c.counter_id,
    journal.c.officer_id,
    journal.c.estimated,
)
_OF_VISIT = sa.select(*_RECORDED).where(journal.c.visit_id == sa.bindparam("visit_id")).order_by(journal.c.sequence)
_OF_VISITS = (
    sa.select(journal.c.visit_id, *_RECORDED)
    .where(journal.c.visit_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(journal.c.sequence)
)
_OF_APPOINTMENTS = (
    sa.select(journal.c.appointment_id, *_RECORDED)
    .where(
        journal.c.appointment_id.in_(sa.bindparam("ids", expanding=True)),
        journal.c.appointment_id.is_not(None),
    )
    .order_by(journal.c.sequence)
)
# Fields at their default are left out of a fact's JSON: only a visit for several services names any.
_PLANNING = sa.select(journal.c.visit_id).where(
    journal.c.visit_id.in_(sa.bindparam("visit_ids", expanding=True)),
    journal.c.kind == TicketTaken.__name__,
    journal.c.data.contains('"then_services"'),
)
_MOST_AT_ONCE = 500
"""How many ids one statement may name on every engine."""
_VISITS_OF_COMMAND = (
    sa.select(journal.c.visit_id)
    .where(journal.c.command_id == sa.bindparam("command_id"), journal.c.visit_id.is_not(None))
    .group_by(journal.c.visit_id)
    .order_by(sa.func.min(journal.c.sequence))
)
_APPOINTMENTS_OF_COMMAND = (
    sa.select(journal.c.appointment_id)
    .where(journal.c.command_id == sa.bindparam("command_id"), journal.c.appointment_id.is_not(None))
    .group_by(journal.c.appointment_id)
    .order_by(sa.func.min(journal.c.sequence))
)
# Without DISTINCT, which would have SQLite read all visits that ever were in order to tell them apart.
_CHANGED = sa.select(sa.func.coalesce(journal.c.visit_id, journal.c.appointment_id)).where(
    journal.c.sequence > sa.bindparam("since")
)


class Head(Struct, frozen=True):
    """Where the journal stands. `database_now` is None on SQLite, whose clock is this computer's."""

    sequence: int
    last_at: Instant
    settings_version: int
    database_now: Instant | None = None


def read_head(connection: Connection) -> Head:
    """Where the journal stands; on PostgreSQL with its clock. In a transaction that writes, both are read under the
    lock."""
    is_postgresql = connection.dialect.name == "postgresql"
    return Head(*connection.execute(_READ_PG if is_postgresql else _READ).one())


def facts_of(connection: Connection, visit_id: str) -> tuple[Recorded, ...]:
    """All facts of a visit in the order of the journal."""
    rows = connection.execute(_OF_VISIT, {"visit_id": visit_id})
    return tuple(_recorded(*row) for row in rows)


def office_facts_of(connection: Connection, command_id: str) -> tuple[Recorded, ...]:
    """The facts of the office that a command has written."""
    found = sa.select(*_RECORDED).where(
        journal.c.command_id == command_id, journal.c.visit_id.is_(None), journal.c.appointment_id.is_(None)
    )
    return tuple(_recorded(*row) for row in connection.execute(found.order_by(journal.c.sequence)))


def facts_of_visits(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Recorded, ...]]:
    """All facts of each visit in the order of the journal; nothing of one that is not known."""
    return _facts_of_many(connection, _OF_VISITS, ids)


def facts_of_appointments(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Recorded, ...]]:
    """All facts of each appointment in the order of the journal; nothing of one that is not known."""
    return _facts_of_many(connection, _OF_APPOINTMENTS, ids)


def _facts_of_many(
    connection: Connection, statement: sa.Select[Any], ids: Sequence[str]
) -> dict[str, tuple[Recorded, ...]]:
    found: dict[str, list[Recorded]] = defaultdict(list)
    for first in range(0, len(ids), _MOST_AT_ONCE):
        some = list(ids[first : first + _MOST_AT_ONCE])
        for whose, *row in connection.execute(statement, {"ids": some}):
            found[whose].append(_recorded(*row))
    return {whose: tuple(facts) for whose, facts in found.items()}


def _recorded(
    at: Instant,
    command_id: str,
    kind: str,
    data: str,
    counter_id: str | None,
    officer_id: str | None,
    estimated: bool,
) -> Recorded:
    return Recorded(at, command_id, fact_from_json(kind, data), counter_id or "", officer_id or "", bool(estimated))


def planning(connection: Connection, visit_ids: Sequence[str]) -> list[str]:
    """Those among the visits that were for more than one service when they arrived."""
    found: list[str] = []
    for first in range(0, len(visit_ids), _MOST_AT_ONCE):
        some = list(visit_ids[first : first + _MOST_AT_ONCE])
        found.extend(connection.execute(_PLANNING, {"visit_ids": some}).scalars())
    return found


def holds(connection: Connection, command_id: str, kind: type[Fact]) -> bool:
    """Whether a command has written a fact of this kind."""
    found = sa.select(journal.c.sequence).where(journal.c.command_id == command_id, journal.c.kind == kind.__name__)
    return connection.execute(found).first() is not None


def absence_removed_by(connection: Connection, command_id: str) -> AbsenceRemoved | None:
    """The fact that a command has written, if it took an absence out of the book."""
    kind = AbsenceRemoved
    found = sa.select(journal.c.data).where(journal.c.command_id == command_id, journal.c.kind == kind.__name__)
    data = connection.execute(found).scalar()
    fact = None if data is None else fact_from_json(kind.__name__, str(data))
    return fact if isinstance(fact, kind) else None


def calls_since(
    connection: Connection, visit_id: str, place: int, unwritten: Iterable[tuple[str | None, Recorded]]
) -> list[VisitCalled]:
    """The calls at the visit's office that stand since the fact at `place` of the visit, without those withdrawn.

    `unwritten`: facts, with their visits, that this transaction is still to write, in their order. What was done since
    is read whole: it is asked for where a call is withdrawn or taken back, of visits of today.
    """
    began = sa.select(journal.c.sequence, journal.c.office_id).where(journal.c.visit_id == visit_id)
    since = connection.execute(began.order_by(journal.c.sequence).offset(place).limit(1)).first()
    pending = list(unwritten)
    found: list[tuple[str | None, str, Fact]] = []
    if since is None:  # nobody else has written anything since a fact of this very transaction
        written = connection.execute(sa.select(sa.func.count()).select_from(began.subquery())).scalar_one()
        own = [number for number, (whose, _) in enumerate(pending) if whose == visit_id]
        pending = pending[own[place - written] + 1 :]
    else:
        rows = connection.execute(
            sa.select(journal.c.visit_id, journal.c.command_id, journal.c.kind, journal.c.data)
            .where(
                journal.c.sequence > since.sequence,
                journal.c.office_id == since.office_id,
                journal.c.kind.in_((VisitCalled.__name__, CallWithdrawn.__name__, CommandUndone.__name__)),
            )
            .order_by(journal.c.sequence)
        )
        found = [(row.visit_id, row.command_id, fact_from_json(row.kind, row.data)) for row in rows]
    found += [(called, item.command_id, item.fact) for called, item in pending]
    undone = {fact.command_id for _, _, fact in found if isinstance(fact, CommandUndone)}
    calls: dict[str | None, list[VisitCalled]] = defaultdict(list)
    for called, by, fact in found:
        if by in undone:
            continue
        if isinstance(fact, VisitCalled):
            calls[called].append(fact)
        elif isinstance(fact, CallWithdrawn):
            del calls[called][-1:]  # none where the call itself is older than `place`
    return [call for of_visit in calls.values() for call in of_visit]


def visits_of_command(connection: Connection, command_id: str) -> list[str]:
    return list(connection.execute(_VISITS_OF_COMMAND, {"command_id": command_id}).scalars())


def appointments_of_command(connection: Connection, command_id: str) -> list[str]:
    return list(connection.execute(_APPOINTMENTS_OF_COMMAND, {"command_id": command_id}).scalars())


def changed_since(connection: Connection, since: int) -> frozenset[str]:
    """The visits and appointments with a fact after sequence `since`; "" stands for a fact of the office."""
    return frozenset(value or "" for value in connection.execute(_CHANGED, {"since": since}).scalars())


def journal_row(
    item: Recorded, office_id: str, visit_id: str | None, station: str, appointment_id: str | None = None
) -> dict[str, Any]:
    return {
        "at": item.at,
        "office_id": office_id,
        "visit_id": visit_id,
        "command_id": item.command_id,
        "kind": type(item.fact).__name__,
        "data": fact_to_json(item.fact),
        "station": station,
        "counter_id": item.counter_id or None,
        "officer_id": item.officer_id or None,
        "appointment_id": appointment_id,
        "estimated": item.estimated,
    }


def append(connection: Connection, head: Head, rows: Iterable[dict[str, Any]]) -> None:
    """Give the rows their sequence numbers and write them with the head that follows; on PostgreSQL whoever listens
    hears of it with the commit."""
    numbered = [{**row, "sequence": head.sequence + place} for place, row in enumerate(rows, start=1)]
    if not numbered:
        return
    connection.execute(_APPEND, numbered)
    last_at = max(head.last_at, *(row["at"] for row in numbered))
    move = _MOVE_PG if connection.dialect.name == "postgresql" else _MOVE
    connection.execute(move, {"new_sequence": numbered[-1]["sequence"], "new_last_at": last_at})


def bump_settings(connection: Connection) -> None:
    connection.execute(_BUMP_SETTINGS)
