"""A station's own file: a copy of its office to go on with while the database is out of reach, and what is done then.

It is a database of Reception of its own, so that the same services, rules and views work on it. Two tables are added:
how far the copy goes and how this computer's clock stands to the database's, and what was done, in its order.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from reception.clock import Instant, KeptClock, Millis
from reception.config import OrderingConfig
from reception.domain.events import TicketTaken, VisitHeld
from reception.domain.visit_states import State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.station_ports import CutOff
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.engine import open_engine, transaction
from reception.storage.unit_of_work import Database, Work
from reception.storage.upgrade import prepare
from reception.storage.visit_rows import person_from

_own = sa.MetaData()
copied = sa.Table(
    "own_copy",
    _own,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("office_id", sa.String(32), nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("settings_version", sa.BigInteger, nullable=False),
    sa.Column("clock_offset", sa.BigInteger, nullable=False),
    sa.Column("last_live", sa.BigInteger, nullable=False),
    sa.Column("series", sa.String(4), nullable=False),
)
done = sa.Table(
    "own_done",
    _own,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("command_id", sa.String(32), nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("command", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("aloud", sa.String(32), nullable=False),
    sa.Column("joined", sa.Boolean, nullable=False),
    # it was refused when it was to join, and is kept in a file of its own
    sa.Column("set_aside", sa.Boolean, nullable=False),
)

_SECRET = "pin"


class Copy(Struct, frozen=True):
    """How far the copy goes. `last_live`: the database's time when it last answered."""

    office_id: str
    day: str
    sequence: int
    settings_version: int
    clock_offset: Millis
    last_live: Instant
    series: str


class Done(Struct, frozen=True):
    """A command that was done, or tried, while cut off."""

    command: c.Command
    result: c.Result
    aloud: str


def own_path(folder: Path, station: str, office: str, database: str) -> Path:
    """The file of a station, named after it and its office, and told from that of another database by five letters."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{office} {station}".casefold()).strip("-")
    told_apart = hashlib.sha256(f"{database}\n{office}\n{station}".encode()).hexdigest()[:5]
    return folder / f"{words[:60] or 'station'}-{told_apart}.db"


def open_own_file(path: Path, ordering: OrderingConfig, station: str, clock: KeptClock | None = None) -> OwnFile:
    """Open it, or make it, for its owner's eyes alone. A damaged one is set aside, never written over.

    Refuses what a SQLite file is refused for: no room, no right to write.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return _open(path, ordering, station, clock)
    except Refusal as refusal:
        if refusal.code is not Code.NOT_A_DATABASE:
            raise
    path.replace(path.with_name(f"{path.name}.damaged"))
    return _open(path, ordering, station, clock)


def _open(path: Path, ordering: OrderingConfig, station: str, clock: KeptClock | None) -> OwnFile:
    with suppress(FileExistsError), os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"):
        pass
    engine = open_engine(f"sqlite:///{path.as_posix()}")
    try:
        prepare(engine)
        with transaction(engine, writes=True) as connection:
            # What is old is wiped here: the database keeps the journal.
            for verb in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_no_{verb}")
            _own.create_all(connection)
        return OwnFile(engine, ordering, station, clock or KeptClock())
    except BaseException:
        engine.dispose()
        raise


class OwnFile(Database):
    """The open file. Its clock is the database's, kept (see `KeptClock`)."""

    def __init__(self, engine: sa.Engine, ordering: OrderingConfig, station: str, clock: KeptClock) -> None:
        super().__init__(engine, ordering, clock)
        self.clock = clock
        self.station = station
        self._unmarked: set[str] = set()
        """Joined, and the file could not be told so."""
        self.copy = self._read_copy()
        if self.copy is not None:
            clock.offset = self.copy.clock_offset

    def _read_copy(self) -> Copy | None:
        with transaction(self.engine) as connection:
            row = connection.execute(sa.select(*(copied.c[name] for name in Copy.__struct_fields__))).first()
        return None if row is None else Copy(*row)

    @contextmanager
    def write(self, command: c.Command) -> Iterator[Work]:
        with transaction(self.engine, writes=True) as connection:
            head = journal.read_head(connection)
            work = OwnWork(self, connection, command, head, self.now())
            yield work
            work.flush()

    @property
    def unjoined(self) -> int:
        """How many commands are kept here that are still to join."""
        with transaction(self.engine) as connection:
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
        with transaction(self.engine) as connection:
            return int(connection.execute(found).scalar_one())

    def tried(self, command: c.Command) -> None:
        """A command was under way when the database was lost, and nothing was done with it here."""
        with transaction(self.engine, writes=True) as connection:
            if connection.execute(sa.select(done.c.position).where(done.c.command_id == command.id)).first() is None:
                _keep(connection, command, c.Result(command.id), "")

    def ours(self, counter_id: str, station: str) -> frozenset[str]:
        """The visits that this counter may go on with."""
        with transaction(self.engine) as connection:
            return _ours(connection, counter_id, station)

    def has_print(self, job_id: str) -> bool:
        with transaction(self.engine) as connection:
            return connection.execute(sa.select(t.print_job.c.id).where(t.print_job.c.id == job_id)).first() is not None

    def has_joined(self, command_id: str) -> None:
        """Said after the database has committed it, and not before. Where the disk takes no more it is known until the
        program ends; after that it joins once more, which changes nothing."""
        self._unmarked.add(command_id)
        with suppress(Refusal), transaction(self.engine, writes=True) as connection:
            connection.execute(sa.update(done).where(done.c.command_id == command_id).values(joined=True))
            self._unmarked.discard(command_id)

    def set_aside(self, command_id: str) -> Path:
        """A command that the database refuses for good: the whole file as it is now is kept beside it, for a person to
        look into, and the rest may join. Returns that copy."""
        path = Path(str(self.engine.url.database))
        copy = path.with_name(f"{path.stem}-not-joined-{command_id[:8]}.db")
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as kept:
            copy.chmod(0o600)
            live.backup(kept)
        with transaction(self.engine, writes=True) as connection:
            connection.execute(sa.update(done).where(done.c.command_id == command_id).values(set_aside=True))
        return copy

    def next_to_join(self) -> str | None:
        """The first command that has not joined yet, by its id."""
        with transaction(self.engine) as connection:
            first = sa.select(done.c.command_id).where(self.is_to_join()).order_by(done.c.position).limit(1)
            return connection.execute(first).scalar()

    def work_of(self, command_id: str) -> c.JoinWork:
        """A command that was done here, with all that it wrote."""
        with transaction(self.engine) as connection:
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


class OwnWork(Work):
    """One command while cut off: what it was is kept with what it did."""

    database: OwnFile

    @property
    def cut_off(self) -> CutOff:
        if self._cut_off is None:
            self._cut_off = CutOff(
                self._series(), _ours(self.connection, self.command.counter_id, self.command.station)
            )
        return self._cut_off

    _cut_off: CutOff | None = None

    def _series(self) -> str:
        return "" if self.database.copy is None else self.database.copy.series

    def keep_result(self, command: c.Command, result: c.Result, can_undo: bool) -> None:
        aloud = ""
        called = isinstance(command, c.CallNext | c.CallVisit)
        if called and result.visit_id not in self.cut_off.ours:
            aloud = result.visit_id
        super().keep_result(command, result, can_undo)
        _keep(self.connection, command, result, aloud)

    def flush(self) -> None:
        if self.database.clock.is_estimated:
            self._outbox[:] = [(visit_id, replace(item, estimated=True)) for visit_id, item in self._outbox]
        super().flush()


def _keep(connection: sa.Connection, command: c.Command, result: c.Result, aloud: str) -> None:
    told = msgspec.to_builtins(command)
    if _SECRET in told:
        told[_SECRET] = ""
    connection.execute(
        done.insert().values(
            command_id=command.id,
            kind=type(command).__name__,
            command=msgspec.json.encode(told).decode(),
            result=msgspec.json.encode(result).decode(),
            aloud=aloud,
            joined=False,
            set_aside=False,
        )
    )


def _command_from(kind: str, told: str) -> c.Command:
    found: type[c.Command] = getattr(c, kind)
    return msgspec.json.decode(told, type=found)


def _ours(connection: sa.Connection, counter_id: str, station: str) -> frozenset[str]:
    """Visits that were taken in here, or that were last at this counter."""
    mine = sa.or_(
        sa.and_(t.journal.c.kind == TicketTaken.__name__, t.journal.c.station == station),
        sa.and_(
            t.journal.c.kind == VisitHeld.__name__,
            t.visit.c.state == State.ON_HOLD.value,
            t.journal.c.counter_id == counter_id,
        ),
        t.visit.c.counter_id == counter_id,
    )
    found = sa.select(t.visit.c.id).join(t.journal, t.journal.c.visit_id == t.visit.c.id).where(mine)
    return frozenset(connection.execute(found).scalars())


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
