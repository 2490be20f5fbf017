"""What was done in a station's own file and is still to join the database, in its order."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import sqlalchemy as sa

from reception.errors import Refusal
from reception.services import commands as c
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.engine import transaction
from reception.storage.own_tables import done
from reception.storage.own_work import keep
from reception.storage.visit_rows import person_from


class KeptWork:
    """Of one file, by its engine."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._unmarked: set[str] = set()
        """Joined, and the file could not be told so."""

    @property
    def unjoined(self) -> int:
        """How many commands are kept here that are still to join."""
        with transaction(self._engine) as connection:
            return int(connection.execute(sa.select(sa.func.count()).where(self.is_to_join())).scalar_one())

    def is_to_join(self) -> sa.ColumnElement[bool]:
        """The condition on what was done: it has neither joined nor been set aside."""
        return sa.and_(~done.c.joined, ~done.c.set_aside, done.c.command_id.not_in(self._unmarked))

    def visits_to_join(self) -> int:
        """How many visits they are of."""
        found = (
            sa.select(sa.func.count(sa.distinct(t.journal.c.visit_id)))
            .join(done, done.c.command_id == t.journal.c.command_id)
            .where(self.is_to_join())
        )
        with transaction(self._engine) as connection:
            return int(connection.execute(found).scalar_one())

    def tried(self, command: c.Command) -> None:
        """A command was under way when the database was lost, and nothing was done with it here."""
        with transaction(self._engine, writes=True) as connection:
            if connection.execute(sa.select(done.c.position).where(done.c.command_id == command.id)).first() is None:
                keep(connection, command, c.Result(command.id), "")

    def has_joined(self, command_id: str) -> None:
        """Said after the database has committed it, and not before. Where the disk takes no more it is known until the
        program ends; after that it joins once more, which changes nothing."""
        self._unmarked.add(command_id)
        with suppress(Refusal), transaction(self._engine, writes=True) as connection:
            connection.execute(sa.update(done).where(done.c.command_id == command_id).values(joined=True))
            self._unmarked.discard(command_id)

    def set_aside(self, command_id: str) -> Path:
        """A command that the database refuses for good: the whole file as it is now is kept beside it, for a person to
        look into, and the rest may join. Returns that copy."""
        path = Path(str(self._engine.url.database))
        copy = path.with_name(f"{path.stem}-not-joined-{command_id[:8]}.db")
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as kept:
            copy.chmod(0o600)
            live.backup(kept)
        with transaction(self._engine, writes=True) as connection:
            connection.execute(sa.update(done).where(done.c.command_id == command_id).values(set_aside=True))
        return copy

    def next_to_join(self) -> str | None:
        """The first command that has not joined yet, by its id."""
        with transaction(self._engine) as connection:
            first = sa.select(done.c.command_id).where(self.is_to_join()).order_by(done.c.position).limit(1)
            return connection.execute(first).scalar()

    def work_of(self, command_id: str) -> c.JoinWork:
        """A command that was done here, with all that it wrote."""
        with transaction(self._engine) as connection:
            row = connection.execute(sa.select(done).where(done.c.command_id == command_id)).one()
            command = _command_from(row.kind, row.command)
            result = msgspec.json.decode(row.result, type=c.Result)
            visits = _kept_visits(connection, command.id)
            return c.JoinWork(
                id=c.joined_id(command.id),
                office_id=command.office_id,
                station=command.station,
                counter_id=command.counter_id,
                officer_id=command.officer_id,
                done=command,
                result=result,
                visits=visits,
                office_facts=journal.office_facts_of(connection, command.id),
                aloud=row.aloud,
                unprinted=_unprinted(connection, result),
                went_on=bool(visits) or _went_on(connection, row.position, command.counter_id),
            )


def _command_from(kind: str, told: str) -> c.Command:
    found: type[c.Command] = getattr(c, kind)
    return msgspec.json.decode(told, type=found)


def _kept_visits(connection: sa.Connection, command_id: str) -> tuple[c.KeptVisit, ...]:
    kept = []
    for visit_id in journal.visits_of_command(connection, command_id):
        facts = journal.facts_of(connection, visit_id)
        row = connection.execute(
            sa.select(t.visit.c.running, t.visitor)
            .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
            .where(t.visit.c.id == visit_id)
        ).one()
        reasons = connection.execute(
            sa.select(t.visit_reason.c.kind, t.visit_reason.c.reason).where(
                t.visit_reason.c.visit_id == visit_id, t.visit_reason.c.command_id == command_id
            )
        )
        ids = {item.command_id for item in facts}
        kept.append(
            c.KeptVisit(
                visit_id,
                tuple(item for item in facts if item.command_id == command_id),
                frozenset(ids | {c.joined_id(each) for each in ids}),
                person_from(row),
                row.running,
                tuple((kind, reason) for kind, reason in reasons),
            )
        )
    return tuple(kept)


def _unprinted(connection: sa.Connection, result: c.Result) -> tuple[tuple[str, str], ...]:
    job = t.print_job
    found = sa.select(job.c.visit_id, job.c.paper).where(job.c.id.in_(result.prints), job.c.state != "printed")
    return tuple((visit_id, paper) for visit_id, paper in connection.execute(found))


def _went_on(connection: sa.Connection, position: int, counter_id: str) -> bool:
    later = (
        sa.select(done.c.position)
        .join(t.journal, t.journal.c.command_id == done.c.command_id)
        .where(done.c.position > position, t.journal.c.kind == "VisitCalled", t.journal.c.counter_id == counter_id)
    )
    return connection.execute(later).first() is not None
