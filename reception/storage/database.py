"""An open database: its transactions, what is remembered of it, its news, and the papers that wait to be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from reception.clock import Clock, Instant, SystemClock
from reception.config import OrderingConfig
from reception.domain.queueing import RuleSettings
from reception.domain.said_wait import ExpectedWait
from reception.domain.stations import Beat, Contact, StationKind
from reception.services.commands import Command
from reception.services.ports import PrintJob
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.engine import transaction
from reception.storage.feed import Feed, Line
from reception.storage.feed_sqlite import SqliteLine
from reception.storage.known_offices import KnownOffices
from reception.storage.namesakes import StationName
from reception.storage.narrow import NARROW
from reception.storage.offices import OfficeRecord
from reception.storage.postgresql import hang_up, own_parameters
from reception.storage.remembered import RememberedQueues, RememberedWaits
from reception.storage.unit_of_work import Work

if TYPE_CHECKING:
    from reception.storage.queries.waits import Learnt


class Database:
    """An open database with what is cached of it: the offices, until the settings change, the queues as last
    read, what was learnt of waits in this hour.

    `clock` None: the clock of the database (PostgreSQL) or of this computer (SQLite). A clock of its own is for a
    replay, the sample day and tests. `kind`: of the station; a kiosk or display asks for nothing of a person.
    """

    def __init__(
        self,
        engine: Engine,
        ordering: OrderingConfig,
        clock: Clock | None = None,
        kind: StationKind = StationKind.DESK,
    ) -> None:
        self.engine = engine
        self.kind = kind
        self.ordering = ordering
        self._clock = clock
        self._system = SystemClock()
        self.offices = KnownOffices(ordering, kind)
        self.queues = RememberedQueues()
        self.waits: RememberedWaits[Learnt] = RememberedWaits()

    @property
    def has_kiosk_role(self) -> bool:
        """Whether what a kiosk's role may not read is reached through functions of the database."""
        return self.kind is StationKind.KIOSK and self.engine.dialect.name == "postgresql"

    @contextmanager
    def write(self, command: Command) -> Iterator[Work]:
        """The transaction of one command; nothing of it stays when an exception leaves it."""
        with transaction(self.engine, writes=True) as connection:
            head = journal.read_head(connection)
            work = Work(connection, command, head, self._now(head.database_now), self.offices, self.has_kiosk_role)
            yield work
            work.flush()

    @contextmanager
    def read(self) -> Iterator[tuple[Connection, journal.Head, Instant]]:
        """A read of one state of the database, and the instant it was read at."""
        with transaction(self.engine, one_state=True) as connection:
            head = journal.read_head(connection)
            yield connection, head, self._now(head.database_now)

    def _now(self, database_now: Instant | None) -> Instant:
        if self._clock is not None:
            return self._clock.now()
        return self._system.now() if database_now is None else database_now

    def all_offices(self, connection: Connection, settings_version: int) -> dict[str, OfficeRecord]:
        """Every office, as :meth:`KnownOffices.all`."""
        return self.offices.all(connection, settings_version)

    def rule_settings(self, connection: Connection, record: OfficeRecord) -> RuleSettings:
        """The calling rule's settings, as :meth:`KnownOffices.rule_settings`."""
        return self.offices.rule_settings(connection, record)

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        """The journal's last sequence, and the visits that changed after `since`."""
        with transaction(self.engine) as connection:
            head = journal.read_head(connection)
            if head.sequence <= since:
                return head.sequence, frozenset()
            if self.kind in NARROW:
                return head.sequence, frozenset({""})  # which visits they are stands in the journal
            return head.sequence, journal.changed_since(connection, since)

    def feed(
        self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None], office: str, station: str
    ) -> Feed:
        """News and heartbeat on a connection of their own, told on a thread of their own until the feed is closed.
        `office` and `station` are named as in the settings."""
        name = StationName(office, station, self.kind)
        if self.engine.dialect.name == "postgresql":
            from reception.storage.feed_postgresql import PostgresqlLine

            line: Line = PostgresqlLine(own_parameters(self.engine), name)
        else:
            line = SqliteLine(Path(str(self.engine.url.database)), name)
        return Feed(line, on_beat, on_contact, self._now)

    def hang_up(self) -> None:
        """End what waits for the answer of a server that is out of reach: it is refused at once."""
        if self.engine.dialect.name == "postgresql":
            hang_up(self.engine)

    def claim_print(self, job_id: str, now: Instant) -> PrintJob | None:
        """Take a print job for printing, once: None when it is printed, taken back or being printed."""
        return self._change_print(job_id, ("ordered", "failed"), "printing", now)

    def printed(self, job_id: str, now: Instant, succeeded: bool) -> None:
        self._change_print(job_id, ("printing",), "printed" if succeeded else "failed", now)

    def _change_print(self, job_id: str, expected: tuple[str, ...], state: str, now: Instant) -> PrintJob | None:
        job = t.print_job
        with transaction(self.engine, writes=True) as connection:
            row = connection.execute(
                sa.update(job)
                .where(job.c.id == job_id, job.c.state.in_(expected))
                .values(state=state, changed_at=now)
                .returning(job.c.id, job.c.visit_id, job.c.paper, job.c.reprint, job.c.told_low, job.c.told_high)
            ).first()
        if row is None:
            return None
        told = None if row.told_high is None else ExpectedWait(row.told_low, row.told_high)
        return PrintJob(row.id, row.visit_id, row.paper, row.reprint, told)

    def now(self) -> Instant:
        """The instant by this computer's clock (or the clock set): for what need not be exact."""
        return self._now(None)

    def close(self) -> None:
        """What a thread that was left behind gives back later is closed then."""
        sa.event.listen(self.engine.pool, "checkin", _close_at_once)
        self.engine.dispose()


def _close_at_once(_driver: DBAPIConnection, connection: ConnectionPoolEntry) -> None:
    connection.close()
