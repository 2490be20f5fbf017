"""`reception report`: a month written as it is asked for, or refused in plain words."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reception.clock import SetClock, from_datetime
from reception.domain.office import Officer, Role, Service
from reception.services.office_settings import StaffEntry
from tests.cli.conftest import Run
from tests.support import HOUSING, PIN, PRIYA, At, door_on


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An office of one service, with one visit in October 2020; nothing here changes it."""
    sqlite_url = f"sqlite:///{(tmp_path_factory.mktemp('reports') / 'reception.db').as_posix()}"
    clock = SetClock(from_datetime(datetime(2020, 10, 14, 8, 0, tzinfo=UTC)))
    staff = (StaffEntry(Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR), PIN),)
    at = At(door_on(sqlite_url, clock)).set_up(services=(Service(HOUSING, "Housing", "H"),), staff=staff).sign_in()
    at.take()
    at.door.close()
    return sqlite_url


def test_a_month_as_csv_and_json(run: Run, url: str, tmp_path: Path) -> None:
    out = tmp_path / "october.csv"
    answer = run("--database", url, "report", "--month", "2020-10", "--out", out)
    assert (answer.code, answer.out) == (0, f"The report is in {out}.\n")
    rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines()))
    assert ["month", "2020-10", "visits", "1", ""] in rows
    answer = run("--database", url, "report", "--month", "2020-10", "--public", "--format", "json", "--out", tmp_path)
    assert answer.code == 0, answer.err
    report = json.loads((tmp_path / "reception-2020-10-civic-offices-public.json").read_text())
    assert report["is_public"]
    assert report["sections"]["month"][0] == {"group": "2020-10", "hidden": True}
    assert not {"service", "hour", "day", "curve"} & set(report["sections"])


def test_a_folder_takes_every_format_and_what_is_there_is_replaced(run: Run, url: str, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "reception-2020-10-civic-offices.csv").write_text("old")
    answer = run("--database", url, "report", "--month", "2020-10", "--office", "civic offices", "--out", folder)
    assert answer.code == 0, answer.err
    assert sorted(each.suffix for each in folder.iterdir()) == [".csv", ".json", ".pdf", ".xlsx"]
    assert answer.out.count("The report is in") == 4
    assert (folder / "reception-2020-10-civic-offices.csv").read_text().startswith("section")


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--month", "2999-01"], 1, "January 2999 has not begun. Choose this month or one that is past."),
        (["--month", "2020-09"], 1, "there was no visit before 14 October 2020. Choose a later month."),
        (["--month", "2020-10", "--office", "Nowhere"], 1, "There is no office “Nowhere”."),
        (["--month", "2020-13"], 2, "there is no month 2020-13"),
        (["--month", "October"], 2, "“October” is not a month written as 2026-10"),
    ],
)
def test_what_cannot_be_reported(run: Run, url: str, tmp_path: Path, more: list[Any], code: int, said: str) -> None:
    answer = run("--database", url, "report", *more, "--out", tmp_path / "a.pdf")
    assert answer.code == code
    assert said in answer.said
    assert not (tmp_path / "a.pdf").exists()


def test_a_folder_that_is_not_there(run: Run, url: str, tmp_path: Path) -> None:
    answer = run("--database", url, "report", "--month", "2020-10", "--out", tmp_path / "none" / "a.pdf")
    assert answer.code == 1
    assert "There is no folder" in answer.said


def test_last_month_unless_another_is_named(run: Run, url: str, tmp_path: Path) -> None:
    answer = run("--database", url, "report", "--out", tmp_path / "a.json")
    assert answer.code == 0, answer.err
    report = json.loads((tmp_path / "a.json").read_text())
    assert report["is_complete"]
    assert report["sections"]["month"][0]["figures"]["visits"] == {"value": 0}
