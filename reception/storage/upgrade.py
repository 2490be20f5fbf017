"""Brings a database to the schema of this program, or says why not.

A newer schema is refused. An older SQLite file is migrated after a backup copy; an older PostgreSQL database only
when asked (`reception database migrate`), because other stations may be at work on it. Looking, copying and
migrating happen under one lock and in one transaction: of two programs one does it, and of one that is killed
half-way nothing stays.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection, Engine

from reception.errors import Code, Refusal
from reception.storage.engine import transaction
from reception.storage.journal import bump_settings
from reception.storage.refusals import refusing
from reception.storage.schema import journal, journal_head, office
from reception.storage.sqlite import write_ahead

_VERSION = "alembic_version"
_OURS = {_VERSION, office.name, journal.name, journal_head.name}

Progress = Callable[[int, int], None]


class Revisions(Struct, frozen=True):
    """Every revision of the schema, the oldest first, and the folder with its migrations.

    They are named here too, so that a database that is up to date is opened without loading the migrations.
    """

    names: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005")
    folder: Path = Path(__file__).parent / "migrations"


class SchemaState(Struct, frozen=True):
    """The revision found (None: an empty database) and the one this program works with."""

    found: str | None
    wanted: str
    is_empty: bool
    is_older: bool

    @property
    def is_current(self) -> bool:
        return self.found == self.wanted


def read_state(engine: Engine, revisions: Revisions = Revisions()) -> SchemaState:
    """Look at the schema without changing anything; refuses a file that holds other tables than ours."""
    with transaction(engine) as connection:
        return _state(connection, revisions)


def _state(connection: Connection, revisions: Revisions) -> SchemaState:
    tables = set(sa.inspect(connection).get_table_names())
    found = found_revision(connection) if _VERSION in tables else None
    if tables - {_VERSION} and (found is None or not tables >= _OURS):
        raise Refusal(
            Code.NOT_A_DATABASE,
            f"The database {_name(connection)} holds something else than Reception's data.",
            "Name another database.",
        )
    return SchemaState(found, revisions.names[-1], found is None, found in revisions.names[:-1])


def found_revision(connection: Connection) -> str | None:
    """The revision that the database is of; None when it has none yet."""
    found: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {_VERSION}").scalar()  # noqa: S608
    return found


def _name(connection: Connection) -> str:
    return str(connection.engine.url.database)


def newer_schema(connection: Connection) -> Refusal:
    return Refusal(
        Code.SCHEMA_NEWER,
        f"The database {_name(connection)} was made by a newer version of Reception.",
        "Install that version here too, then start again.",
    )


def prepare(
    engine: Engine,
    *,
    may_migrate: bool | None = None,
    progress: Progress | None = None,
    revisions: Revisions = Revisions(),
) -> Path | None:
    """Create an empty database or migrate an older one; returns the backup copy that was made, if any.

    `may_migrate` None: SQLite yes, PostgreSQL no. `progress` is told of the backup copy; what it raises stops all,
    and nothing was changed. Refuses SCHEMA_NEWER and SCHEMA_OLDER.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    may_migrate = is_sqlite if may_migrate is None else may_migrate
    with transaction(engine) as connection:
        is_current = _may_be_brought_up(connection, revisions, may_migrate).is_current
    if is_sqlite:
        write_ahead(engine)
    return None if is_current else _bring_up(engine, revisions, may_migrate, progress)


def _may_be_brought_up(connection: Connection, revisions: Revisions, may_migrate: bool) -> SchemaState:
    """The state of a database that is current, or may be made so; refuses any other."""
    state = _state(connection, revisions)
    if state.is_current or state.is_empty:
        return state
    if not state.is_older:
        raise newer_schema(connection)
    if not may_migrate:
        raise Refusal(
            Code.SCHEMA_OLDER,
            f"The database {_name(connection)} is of an older version of Reception.",
            "Stop the other stations and run: reception database migrate URL.",
        )
    return state


def _bring_up(engine: Engine, revisions: Revisions, may_migrate: bool, progress: Progress | None) -> Path | None:
    backup = None
    with _schema_change(engine) as connection:
        # Looked at once more: another program may have been faster.
        state = _may_be_brought_up(connection, revisions, may_migrate)
        if state.is_current:
            return None
        if state.is_older and engine.dialect.name == "sqlite":
            backup = _backup(Path(_name(connection)), str(state.found), progress)
        _run_migrations(connection, revisions)
        if connection.execute(sa.select(journal_head.c.id)).first() is None:
            connection.execute(journal_head.insert().values(id=1, sequence=0, last_at=0, settings_version=1))
        else:
            # Whoever is at work looks at the schema again when the settings have changed.
            bump_settings(connection)
    return backup


@contextmanager
def _schema_change(engine: Engine) -> Iterator[Connection]:
    """A transaction for changes of the schema, under the lock of all who write."""
    if engine.dialect.name != "sqlite":
        with transaction(engine, writes=True) as connection:
            yield connection
        return
    with refusing(engine.url), engine.connect() as connection:
        # SQLite changes a table by making it anew, which references to it would forbid. They are checked at the end;
        # the connection goes to nobody else.
        connection.detach()
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError(f"a migration leaves rows of {broken[0]} without what they refer to")
        connection.commit()


def _run_migrations(connection: Connection, revisions: Revisions) -> None:
    # Alembic takes as long to load as all the rest of storage, and is needed once in a version's life.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(revisions.folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _backup(source: Path, revision: str, progress: Progress | None) -> Path:
    """A whole copy beside the file, named after the revision it holds; never written over another copy. Names of
    visitors stand in it: only its owner may read it."""
    target = source.with_name(f"{source.name}.{revision}.backup")
    number = 1
    while target.exists():
        number += 1
        target = source.with_name(f"{source.name}.{revision}.{number}.backup")
    part = target.with_name(target.name + ".part")

    def tell(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy, pages=1024, progress=tell)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise Refusal(
            Code.DATABASE_FULL,
            f"The database {source} needs a backup copy before it is brought up to date, and none could be made.",
            "Free some space beside it, then start again; nothing was changed.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target
