"""The main journey through the bus that screen readers use, on a real window: by role and name, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from reception.config import Config
from reception.domain.desk_view import DeskView
from reception.domain.office import Hours
from reception.opening import open_door
from reception.services import commands as c
from reception.services import queries as q
from tests.support import COUNTER_1, OFFICE, settings

CLIENT = Path(__file__).with_name("at_spi_client.py")
PROJECT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"


def _missing() -> str:
    """What this machine lacks, in words; nothing where a screen reader could run."""
    if sys.platform != "linux":
        return "AT-SPI is how Linux speaks to screen readers"
    commands = {"Xvfb": "xvfb", "dbus-run-session": "dbus"}
    packages = [package for command, package in commands.items() if shutil.which(command) is None]
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        packages.append("python3-pyatspi")
    if not any(Path(each, "at-spi-bus-launcher").exists() for each in ("/usr/libexec", "/usr/lib/at-spi2-core")):
        packages.append("at-spi2-core")
    return f"no screen reader can be tried here: install {', '.join(packages)}" if packages else ""


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of a virtual screen of its own."""
    if missing := _missing():
        pytest.skip(missing)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    assert number, "the virtual screen did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_a_walk_in_is_served_by_what_a_screen_reader_finds(screen: str, sqlite_url: str, tmp_path: Path) -> None:
    door = open_door(Config(database=sqlite_url))
    hours = tuple(Hours(day, time(0), time(23, 59)) for day in range(7))
    door.do(c.SetUpOffice(office_id=OFFICE, settings=settings(hours=hours)))
    config = tmp_path / "station.toml"
    config.write_text('station = "Desk 1"\n[printer]\nkind = "none"\n', encoding="utf-8")
    program = [sys.executable, "-m", "ui", "--database", sqlite_url, "--config", str(config)]
    heard, muttered = tmp_path / "heard", tmp_path / "muttered"
    with muttered.open("wb") as noise:
        done = subprocess.run(
            ["dbus-run-session", "--", SYSTEM_PYTHON, str(CLIENT), str(heard), *program],
            cwd=PROJECT,
            env={**os.environ, "DISPLAY": screen},
            stdout=noise,
            stderr=noise,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, muttered.read_text(errors="replace")[-2_000:]

    steps = [tuple(json.loads(line)) for line in heard.read_text(encoding="utf-8").splitlines()]
    assert [step for step, _ in steps] == ["waits", "called", "waits", "started", "finished", "announced"]
    (row,), called, nobody, started, finished, announced = (words for _, words in steps)
    assert row.startswith("H001, Housing, came ")
    assert row.endswith(" minutes left of 15")
    assert called == "H001 called to Counter 1."
    assert nobody == []
    assert started == "H001 is being served."
    assert finished.startswith("H001 finished.")
    assert {called, started, finished} <= set(announced)
    view: DeskView = door.ask(q.Desk(OFFICE, COUNTER_1))
    assert view.queue == ()
    assert view.present is None
    door.close()
