"""A database that is prepared once and then copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.house.postgres import Server


@dataclass(frozen=True)
class Copies:
    """A database to prepare; `make` copies it, once nobody is connected, and returns the copy's URL."""

    url: str
    make: Callable[[], str]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def copies(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copies]:
    made: list[str] = []
    if request.param == "sqlite":
        source = tmp_path / "source.db"

        def copy_file() -> str:
            made.append(f"sqlite:///{tmp_path / f'copy-{len(made)}.db'}")
            shutil.copy(source, made[-1].removeprefix("sqlite:///"))
            return made[-1]

        yield Copies(f"sqlite:///{source}", copy_file)
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create_database()

    def copy_database() -> str:
        made.append(server.create_database(make_url(url).database or ""))
        return made[-1]

    yield Copies(url, copy_database)
    for each in (*made, url):
        server.drop_database(each)
