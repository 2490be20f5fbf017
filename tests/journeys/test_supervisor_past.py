"""Last month, as a supervisor looks at it: by keys from the PIN to a file that says the same as `reception stats`.

One question goes down for the page, and one value comes up.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from math import floor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.cli import main
from reception.clock import SetClock, from_datetime
from reception.config import Config
from reception.domain.grouping import Grouping, Period
from reception.domain.stations import StationKind
from reception.services.supervisor_queries import Past
from tests.journeys.made_up_log import OPTIONS, Made, write_log
from tests.support import PIN, At, door_on
from ui.file_dialog import FileDialog
from ui.program import Program
from ui.supervisor.past_page import PastPage
from ui.supervisor.window import SupervisorWindow

NOW = from_datetime(datetime(2026, 11, 24, 14, 15, tzinfo=UTC))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
LIKE = Made(
    {"Housing": 5, "Council Tax": 4, "Planning": 1},
    a_day=35,
    counters=3,
    minutes=17,
    few=(date(2026, 10, 1), date(2026, 10, 14)),
)
"""For ten days of October a counter is closed."""
PATIENCE_MS = 10_000

Stats = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def settings_file(sqlite_url: str, tmp_path: Path) -> Path:
    """An office with two months of visits."""
    door = door_on(sqlite_url, SetClock(NOW))
    At(door).set_up()
    door.close()
    path = tmp_path / "reception.toml"
    path.write_text(f'database = "{sqlite_url}"\nstation = "Supervisor"\n', encoding="utf-8")
    log = tmp_path / "log.csv"
    write_log(log, SEPTEMBER.first, OCTOBER.last, LIKE)
    assert main(["--config", str(path), "import", "visits", str(log), "--office", "Civic Offices", *OPTIONS]) == 0
    return path


@pytest.fixture
def stats(settings_file: Path, capsys: pytest.CaptureFixture[str]) -> Stats:
    """What `reception stats waits` says of a month."""

    def ask(period: Period, by: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        days = ("--from", period.first.isoformat(), "--to", period.last.isoformat())
        code = main(["--config", str(settings_file), "stats", "waits", *days, "--by", by, "--format", "json"])
        assert code == 0
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return found

    return ask


def test_last_month_beside_the_one_before_from_the_pin_to_a_file(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    sqlite_url: str,
    settings_file: Path,
    stats: Stats,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    asked: list[Past] = []

    def door(config: Config, **more: Any) -> Door:
        opened = door_on(config.database, SetClock(NOW), kind=StationKind.SUPERVISOR, station=config.station)
        ask = opened.ask

        def heard(query: Any) -> Any:
            if isinstance(query, Past):
                asked.append(query)
            return ask(query)

        monkeypatch.setattr(opened, "ask", heard)
        return opened

    def no_sample(*_: object) -> Path:
        raise AssertionError("no sample was asked for")

    config = Config(database=sqlite_url, station="Supervisor")
    program = Program(qapp, config, settings_file, no_sample, door, kind=StationKind.SUPERVISOR)
    try:
        program.start()
        qtbot.waitUntil(lambda: isinstance(program.window, SupervisorWindow), timeout=PATIENCE_MS)
        window = program.window
        assert isinstance(window, SupervisorWindow)
        qtbot.waitUntil(lambda: window.sign_in.officer.count() > 1, timeout=PATIENCE_MS)

        def key(key: Any, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
            QTest.keyClick(window.windowHandle(), key, modifier)

        def tab_to(widget: QWidget) -> None:
            for _ in range(40):
                if widget.hasFocus():
                    return
                key(Qt.Key.Key_Tab)
            raise AssertionError(f"the Tab key does not come to {widget.accessibleName()}")

        for each in ("P", "r", Qt.Key.Key_Tab, *PIN, Qt.Key.Key_Return):
            key(each)
        qtbot.waitUntil(lambda: not window.is_locked, timeout=PATIENCE_MS)
        assert asked == []

        key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
        page = window.stack.currentWidget()
        assert isinstance(page, PastPage)
        qtbot.waitUntil(page.sheets.isVisible, timeout=PATIENCE_MS)
        assert page.period_head.pick_action.text() == "October 2026"
        assert asked == [Past((), OCTOBER, SEPTEMBER, Grouping.SERVICE)], "one question for all that is on the page"

        (now,), (before,) = stats(OCTOBER, "total"), stats(SEPTEMBER, "total")
        counted = round(now["within_target"] / now["share_within_target"])
        share, then = (floor(1000 * month["share_within_target"]) / 10 for month in (now, before))
        assert page.finding.sentence.text() == f"{share}% of {counted} walk-ins were seen within 15 minutes"
        assert page.finding.beside.text().startswith(f"September 2026: {then}% of ")
        assert page.finding.beside.text().count(" points lower now: ") == 1 and share < then, "a counter fewer is felt"

        services = {row["group"]: row for row in stats(OCTOBER, "service")}
        rows = {row.cells[0]: row.cells for row in page.figures.table.figures.rows}
        assert {name: cells[2] for name, cells in rows.items() if name in services} == {
            name: str(row["within_target"]) for name, row in services.items()
        }
        assert rows["All walk-ins"][2] == str(now["within_target"])

        tab_to(page.heat.heat)
        key(Qt.Key.Key_Right)
        key(Qt.Key.Key_Right)
        said = page.heat.heat.said()
        assert said.startswith("Monday from 11am: median ") and said.endswith(" visits")
        note = page.days.note()
        assert note.startswith("9 days stand out. Nine days in a row above the mean, 20 to 30 October."), note
        assert re.search(r"Days differ [\d.]+ times as much as chance alone", note)

        tab_to(page.figures.by)
        while page.figures.by.value() != Grouping.WEEKDAY:
            key(Qt.Key.Key_Down)
        weekdays = {row["group"]: row for row in stats(OCTOBER, "weekday")}
        qtbot.waitUntil(lambda: page.figures.table.figures.rows[0].cells[0] == "Monday", timeout=PATIENCE_MS)
        rows = {row.cells[0]: row.cells for row in page.figures.table.figures.rows}
        assert {day: rows[day][2] for day in weekdays} == {
            day: str(row["within_target"]) for day, row in weekdays.items()
        }
        assert asked[-1] == Past((), OCTOBER, SEPTEMBER, Grouping.WEEKDAY)

        file = tmp_path / "october.csv"
        monkeypatch.setattr(FileDialog, "ask_file", lambda *_: (str(file), ""))
        questions = len(asked)
        key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: page.finding.status.text() == "Saved as october.csv.", timeout=PATIENCE_MS)
        assert len(asked) == questions, "what is shown is saved"
        assert_agrees(file, "period", {"2026-10": now, "2026-09": before})
        assert_agrees(file, "by_weekday", weekdays)
        assert "Priya" not in file.read_text(encoding="utf-8")
    finally:
        for each in QApplication.topLevelWidgets():
            each.close()
        program.end()
    assert program.bugs == 0
    program.deleteLater()


def assert_agrees(file: Path, section: str, said: dict[str, dict[str, Any]]) -> None:
    """Every figure that `reception stats` says stands in the file, to the last digit."""
    with file.open(encoding="utf-8", newline="") as lines:
        written = {
            (row["group"], row["figure"]): row["value"] for row in csv.DictReader(lines) if row["section"] == section
        }
    assert {group for group, _ in written} == set(said)
    for group, figures in said.items():
        for name, value in figures.items():
            if name != "group":
                assert written[group, name] == ("" if value is None else str(value)), (group, name)
