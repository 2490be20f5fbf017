"""What every test can ask for: a database of its own, an ordinary user, and a home that is not yours."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.util import LRUCache

from tests.house.ordinary_user import OrdinaryUser
from tests.house.postgres import Server

# Nothing that is loaded is garbage. Looking for some while the tests are collected took a third of that time.
gc.disable()
_SOME_GARBAGE = 20_000
"""Objects that were made since garbage was last looked for, and are still there."""

# Before anything imports Qt: no window on anybody's screen, and nothing read from or left in anybody's home.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_HOME = Path(tempfile.mkdtemp(prefix="reception-home-"))
for _name, _folder in {
    "HOME": "",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_RUNTIME_DIR": "runtime",
    "XDG_STATE_HOME": "state",
}.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)
# Nor are passwords looked for in anybody's keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
# Settings of the person who runs the tests are not settings of the tests.
for _name in [name for name in os.environ if name.startswith("RECEPTION_")]:
    del os.environ[_name]

# The same examples on every run, so that a change is judged by itself; `thorough` looks further, and anew each time.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True, max_examples=50)
settings.register_profile("quick", parent=settings.get_profile("ci"), max_examples=10)
settings.register_profile(
    "thorough",
    parent=settings.get_profile("ci"),
    max_examples=2_000,
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: it is not looked at again, whenever garbage is looked for."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Beside Qt, garbage is looked for on no other thread than this one (see :mod:`ui.garbage`)."""
    if "qapp" in getattr(item, "fixturenames", ()):
        gc.disable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Windows that were closed are gone, not only on their way.

    Qt deletes later only within a loop of events, and pytest-qt runs none between tests: without this, windows of
    earlier tests live on, and every change of the look is one of hundreds of controls that nobody sees.
    """
    answer = yield
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None and qt.QCoreApplication.instance() is not None:
        qt.QCoreApplication.sendPostedEvents(None, qt.QEvent.Type.DeferredDelete.value)
    if not gc.isenabled():
        if gc.get_count()[0] > _SOME_GARBAGE:
            gc.collect()
        gc.enable()
    return answer


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server for this run (for each worker of a parallel one), started when first asked for."""
    with Server() as server:
        yield server


# Making the tables takes longer than most tests: it is done once for all, and copied.


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_server: Server) -> str:
    """The name of a database with the tables and nothing in them, for others to be made like it."""
    url = postgres_server.create_database()
    _make_tables(url)
    return make_url(url).database or ""


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("tables") / "reception.db"
    _make_tables(f"sqlite:///{path}")
    return path


def _make_tables(url: str) -> None:
    from reception.storage.engine import open_engine
    from reception.storage.upgrade import prepare

    engine = open_engine(url)
    prepare(engine)
    engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """The data die with the tests: a file of theirs need not survive a power cut, only whoever is killed."""
    from reception.storage import sqlite

    configure = sqlite._configure

    @wraps(configure)
    def without_waiting(connection: sqlite3.Connection) -> None:
        configure(connection)
        connection.execute("PRAGMA synchronous = OFF")

    sqlite._configure = without_waiting
    yield
    sqlite._configure = configure


class _Compiled(LRUCache[Any, Any]):
    """SQL by statement and kind of database, not by engine: all the engines of the tests are set up alike."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(self._for_any_engine(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(self._for_any_engine(key), value)

    @staticmethod
    def _for_any_engine(key: Any) -> Any:
        dialect, *statement = key
        return (dialect.name, *statement)


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """A program has one engine all its life, and its statements are compiled once. Nearly every test opens another."""
    compiled, make = _Compiled(capacity=5_000), sqlalchemy.create_engine

    @wraps(make)
    def with_compiled(*args: Any, **options: Any) -> Engine:
        engine = make(*args, **options)
        engine._compiled_cache = compiled
        return engine

    sqlalchemy.create_engine = with_compiled
    yield
    sqlalchemy.create_engine = make


@pytest.fixture
def empty_postgres_url(postgres_server: Server) -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL database without a table, dropped after the test."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_with_tables: str) -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL database with its tables and nothing in them, dropped after the test."""
    url = postgres_server.create_database(postgres_with_tables)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The SQLAlchemy URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'reception.db'}"


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_with_tables: Path) -> str:
    """The SQLAlchemy URL of a SQLite file with its tables and nothing in them."""
    path = tmp_path / "reception.db"
    shutil.copyfile(sqlite_with_tables, path)
    return f"sqlite:///{path}"


_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=_BOTH)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database that is still to be made: the test runs once on SQLite and once on PostgreSQL."""
    return str(
        request.getfixturevalue({"sqlite": "empty_sqlite_url", "postgresql": "empty_postgres_url"}[request.param])
    )


@pytest.fixture(params=_BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database with nothing in its tables: the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]))


@dataclass(frozen=True)
class RoleUrls:
    """One database with its roles; `owner` may do everything, and sets up what the others find."""

    owner: str
    kiosk: str
    display: str
    desk: str
    supervisor: str


@pytest.fixture
def role_urls(postgres_url: str) -> Iterator[RoleUrls]:
    """The URLs of a fresh PostgreSQL database with the schema and nothing else, one for each role."""
    from tests.storage.roles import drop_roles, with_roles

    urls = with_roles(postgres_url)
    yield RoleUrls(postgres_url, **urls)
    drop_roles(postgres_url)


@pytest.fixture
def kiosk_url(role_urls: RoleUrls) -> str:
    """The database as a kiosk's role; `role_urls` are the same database's others."""
    return role_urls.kiosk


@pytest.fixture
def display_url(role_urls: RoleUrls) -> str:
    """The database as a display's role."""
    return role_urls.display


@pytest.fixture
def desk_url(role_urls: RoleUrls) -> str:
    """The database as a desk's role."""
    return role_urls.desk


@pytest.fixture
def as_ordinary_user() -> Iterator[OrdinaryUser]:
    """Runs things as somebody whom file permissions bind, also when the tests are run by root.

    See :class:`tests.house.ordinary_user.OrdinaryUser`.
    """
    user = OrdinaryUser()
    yield user
    user.close()
