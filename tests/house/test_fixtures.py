"""The fixtures of tests/conftest.py themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.house.ordinary_user import FailedAsOrdinaryUserError, OrdinaryUser
from tests.house.postgres import Server


def _who_and_write(path: str) -> tuple[int, str]:
    try:
        Path(path).write_text("written")
    except PermissionError:
        return os.geteuid(), "refused"
    return os.geteuid(), "written"


def _fails() -> None:
    raise ValueError("as it should")


def test_an_ordinary_user_is_bound_by_permissions(as_ordinary_user: OrdinaryUser) -> None:
    closed = as_ordinary_user.folder / "closed"
    closed.write_text("as it was")
    closed.chmod(0o400)
    as_ordinary_user.give(closed)

    user, outcome = as_ordinary_user(_who_and_write, str(closed))

    assert user != 0
    assert outcome == "refused"
    assert closed.read_text() == "as it was"
    assert as_ordinary_user("tests.house.test_fixtures:_who_and_write", str(as_ordinary_user.folder / "new")) == (
        user,
        "written",
    )


def test_a_failure_there_is_a_failure_here(as_ordinary_user: OrdinaryUser) -> None:
    if not as_ordinary_user.by_root:
        pytest.skip("not run by root: the function is simply called")
    with pytest.raises(FailedAsOrdinaryUserError, match="as it should"):
        as_ordinary_user(_fails)
    with pytest.raises(FailedAsOrdinaryUserError, match="took too long"):
        as_ordinary_user(signal.pause, timeout=0.2)
    assert os.geteuid() == 0


def test_a_script_is_run_by_an_ordinary_user(as_ordinary_user: OrdinaryUser) -> None:
    done = as_ordinary_user.script("import os, sys, reception.errors; print(os.geteuid(), sys.argv[1])", "word")

    assert done.returncode == 0, done.stderr
    user, word = done.stdout.split()
    assert (int(user) != 0, word) == (True, "word")


def test_a_database_is_empty_and_ready(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE proof (word TEXT)"))
        connection.execute(text("INSERT INTO proof VALUES ('ŵŷ 中文 ਪੰਜਾਬੀ')"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT word FROM proof")).scalar_one() == "ŵŷ 中文 ਪੰਜਾਬੀ"
    engine.dispose()


@pytest.mark.postgresql
def test_databases_are_apart(postgres_server: Server, postgres_url: str) -> None:
    other = postgres_server.create_database()
    engine, another = create_engine(postgres_url), create_engine(other)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (word TEXT)"))
    with another.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('only_here')")).scalar_one() is None
    engine.dispose()
    another.dispose()
    postgres_server.drop_database(other)


@pytest.mark.postgresql
def test_a_server_does_not_outlive_a_killed_run() -> None:
    code = """
from tests.house.postgres import Server
server = Server().__enter__()
print(server._process.pid, server.folder, flush=True)
input()
"""
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdin and run.stdout
    server, folder = run.stdout.readline().split()
    run.kill()
    run.wait(10)
    run.stdin.close()
    run.stdout.close()

    end = time.monotonic() + 20
    while _is_running(int(server)) and time.monotonic() < end:
        os.sched_yield()
    still_there = _is_running(int(server))
    subprocess.run(["rm", "-rf", folder], check=True)
    assert not still_there


def _is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_nobodys_home_is_touched() -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        assert "reception-home-" in os.environ[name]
