"""A station's own file: a copy of its office to go on with while the database is out of reach, and what is done then.

It is a database of Reception of its own, so that the same services, rules and views work on it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from reception.clock import KeptClock
from reception.config import OrderingConfig
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.engine import open_engine, transaction
from reception.storage.kept_work import KeptWork
from reception.storage.own_tables import Copy, copied, identity, own_metadata
from reception.storage.own_work import OwnWork, ours_of
from reception.storage.unit_of_work import Work
from reception.storage.upgrade import prepare


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
            own_metadata.create_all(connection)
            if connection.execute(sa.select(identity)).first() is None:
                connection.execute(identity.insert().values(file_id=c.new_id()))
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
        self.kept = KeptWork(engine)
        self.copy = self._read_copy()
        with transaction(engine) as connection:
            self.file_id: str = connection.execute(sa.select(identity.c.file_id)).scalar_one()
            """Of this file alone, for as long as there is it."""
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
            series = "" if self.copy is None else self.copy.series
            estimated = self.clock.is_estimated
            work = OwnWork(connection, command, head, self.now(), self.offices, series, estimated)
            yield work
            work.flush()

    def ours(self, counter_id: str, station: str) -> frozenset[str]:
        """The visits that this counter may go on with."""
        with transaction(self.engine) as connection:
            return ours_of(connection, counter_id, station)

    def has_print(self, job_id: str) -> bool:
        with transaction(self.engine) as connection:
            return connection.execute(sa.select(t.print_job.c.id).where(t.print_job.c.id == job_id)).first() is not None
