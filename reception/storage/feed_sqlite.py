"""News and heartbeat of a SQLite file, which several programs on one computer may share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from reception.clock import Millis
from reception.storage.feed import BEAT_EVERY, Feed, Gone, elapsed
from reception.storage.journal import HEARTBEAT_SQLITE
from reception.storage.namesakes import OFFICES, FileName, StationName, lock_path

LOOK_EVERY: Millis = 50
"""How often it is looked whether another connection has committed: a glance at the file's shared memory."""


class SqliteLine:
    """Looks at the file's data version, and reads the journal's head when that has changed and with each heartbeat."""

    def __init__(self, file: Path, name: StationName) -> None:
        self._file = file
        self._name = name
        self._named_by: FileName | None = None
        self._address = f"{file.absolute().as_uri()}?mode=rw"

    def wake(self) -> None:
        """The feed's own pause ends by itself."""

    def close(self) -> None:
        if self._named_by is not None:
            self._named_by.close()

    def _named(self, connection: sqlite3.Connection) -> FileName:
        """The name is kept from the first answer on, also while the file does not answer."""
        if self._named_by is None:
            key = self._name.key(connection.execute(OFFICES).fetchall(), is_shared=False)
            self._named_by = FileName(lock_path(self._file, key))
        return self._named_by

    def talk(self, feed: Feed) -> None:
        try:
            opened = self._file.stat().st_ino
            with closing(sqlite3.connect(self._address, uri=True, timeout=0.0, isolation_level=None)) as connection:
                self._look(feed, connection, opened)
        except (sqlite3.Error, OSError) as error:
            raise Gone(type(error).__name__) from error

    def _look(self, feed: Feed, connection: sqlite3.Connection, opened: int) -> None:
        seen, beat_at, name_at = None, 0, 0
        while True:
            now = elapsed()
            try:
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                if version != seen or now >= beat_at:
                    feed.judge.asked(now)
                    row = connection.execute(HEARTBEAT_SQLITE).fetchone()
                    if row is None:
                        raise Gone("no journal")
                    seen, beat_at = version, now + BEAT_EVERY
                    feed.answered(row[0], row[1], None)
                if now >= name_at:
                    # One that was moved away goes on answering whoever has it open; what is written there is lost.
                    if self._file.stat().st_ino != opened:
                        raise Gone("another file")
                    name_at = now + BEAT_EVERY
                    feed.judge.saw_another(self._named(connection).is_shared())
            except sqlite3.OperationalError as error:
                if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY:
                    raise
                # Somebody keeps the file to himself: that is no answer, and it is looked again.
                feed.judge.asked(now)
                feed.judge.look(now)
            feed.pause(LOOK_EVERY)
