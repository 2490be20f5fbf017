"""A station is killed at every step: of taking a ticket while it is cut off, and of joining afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def run(what: str, every: int, url: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.killed_while_cut_off", what, str(every), url, str(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_killed_while_a_ticket_is_taken_it_is_there_once(sqlite_office: Path, tmp_path: Path) -> None:
    (tmp_path / "reception.db").write_bytes(sqlite_office.read_bytes())
    run("taking", 1, f"sqlite:///{tmp_path / 'reception.db'}", tmp_path / "own")


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_while_it_joins_everything_joins_once(office_url: str, tmp_path: Path) -> None:
    every = 3 if office_url.startswith("sqlite") else 8
    run("joining", every, office_url, tmp_path / "own")
