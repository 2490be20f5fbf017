"""`reception stats waits`: figures as a table, as JSON and as CSV, of the period and the office asked for."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reception.clock import MINUTE, SetClock, from_datetime
from reception.domain.columns import Column
from reception.services import commands as c
from tests.cli.conftest import COLUMNS, Log, Run
from tests.support import OFFICE, At, door_on

FIELDS = [
    "group",
    "visits",
    *(column.value for column in Column),
    "mean_wait_min",
    "median_wait_min",
    "p90_wait_min",
    "longest_wait_min",
    "target_min",
    "within_target",
    "share_within_target",
]


@pytest.fixture
def imported(run: Run, log: Log, sqlite_url: str) -> str:
    path = log(
        "2024-07-01 10:00,2024-07-01 10:04,2024-07-01 10:25,Housing",
        "2024-07-01 10:30,2024-07-01 10:50,2024-07-01 11:25,Housing",
        "2024-07-02 16:58,2024-07-02 17:04,2024-07-02 17:05,Parking",
        header="arrived,started,finished,service",
    )
    assert run("--database", sqlite_url, "import", "visits", path, *COLUMNS, "--service", "service").code == 0
    return sqlite_url


def test_json_is_as_promised(run: Run, imported: str) -> None:
    (total,) = json.loads(run("--database", imported, "stats", "waits", "--format", "json").out)
    assert list(total) == FIELDS
    assert total["visits"] == sum(total[column.value] for column in Column) == 3
    assert total["mean_wait_min"] == pytest.approx(10)
    assert (total["target_min"], total["within_target"]) == (15, 2)
    assert total["share_within_target"] == pytest.approx(2 / 3, abs=1e-15)


def test_csv_has_the_same(run: Run, imported: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("--database", imported, "stats", "waits", "--format", "csv").out)))
    assert list(rows[0]) == FIELDS
    assert (rows[0]["visits"], rows[0]["mean_wait_min"]) == ("3", "10.0")


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("total", ["total"]),
        ("day", ["2024-07-01", "2024-07-02"]),
        ("weekday", ["Monday", "Tuesday"]),
        ("hour", ["10", "16"]),
        ("service", ["Housing", "Parking"]),
    ],
)
def test_groups(run: Run, imported: str, by: str, groups: list[str]) -> None:
    answer = run("--database", imported, "stats", "waits", "--by", by, "--format", "json")
    assert [each["group"] for each in json.loads(answer.out)] == groups
    table = run("--database", imported, "stats", "waits", "--by", by).out.splitlines()
    assert [line.split()[0] for line in table[-len(groups) :]] == groups


@pytest.mark.parametrize(
    ("period", "visits"),
    [
        (["--from", "2024-07-01", "--to", "2024-07-01"], 2),
        (["--from", "2024-07-02"], 1),
        (["--to", "2024-07-02"], 3),
        (["--to", "2024-06-30"], 0),
    ],
)
def test_the_period_includes_both_its_days(run: Run, imported: str, period: list[str], visits: int) -> None:
    answer = run("--database", imported, "stats", "waits", *period, "--format", "json")
    assert answer.code == 0
    (total,) = json.loads(answer.out)
    assert total["visits"] == visits
    if visits:
        assert answer.err == ""
    else:
        assert answer.said == "Imported visits had no walk-in visit in that time."
        assert total["mean_wait_min"] is None


def test_an_empty_period_by_day_is_an_empty_list(run: Run, imported: str) -> None:
    answer = run("--database", imported, "stats", "waits", "--from", "2030-01-01", "--by", "day", "--format", "json")
    assert json.loads(answer.out) == []
    assert run("--database", imported, "stats", "waits", "--from", "2030-01-01", "--by", "day").code == 0


def test_dates_the_wrong_way_round_are_refused(run: Run, imported: str) -> None:
    answer = run("--database", imported, "stats", "waits", "--from", "2024-07-02", "--to", "2024-07-01")
    assert (answer.code, answer.out) == (1, "")
    assert answer.said == (
        "The first day, 2024-07-02, is after the last, 2024-07-01. Put the earlier date after --from."
    )


def test_an_office_that_is_not_there_is_refused(run: Run, imported: str) -> None:
    answer = run("--database", imported, "stats", "waits", "--office", "Nowhere")
    assert (answer.code, answer.said) == (1, "There is no office “Nowhere”. Name one of: Imported visits.")


def test_the_office_of_the_settings_is_taken(run: Run, log: Log, imported: str, tmp_path: Path) -> None:
    path = log("2024-07-01 10:00,2024-07-01 10:04,2024-07-01 10:25", name="other.csv")
    run("--database", imported, "import", "visits", path, *COLUMNS, "--office", "Cork")
    settings = tmp_path / "reception.toml"
    settings.write_text(f'database = "{imported}"\noffice = "Cork"\n')
    assert json.loads(run("--config", settings, "stats", "waits", "--format", "json").out)[0]["visits"] == 1
    answer = run("--config", settings, "stats", "waits", "--office", "Imported visits", "--format", "json")
    assert json.loads(answer.out)[0]["visits"] == 3


def test_a_database_that_is_not_there_is_not_made(run: Run, tmp_path: Path, empty_sqlite_url: str) -> None:
    answer = run("--database", empty_sqlite_url, "stats", "waits")
    assert answer.code == 1
    assert "There is no database file" in answer.said
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_an_office(run: Run, sqlite_url: str) -> None:
    assert run("database", "init", sqlite_url).code == 0
    answer = run("--database", sqlite_url, "stats", "waits")
    assert (answer.code, answer.said) == (1, "No office is set up here yet. Start the desk to set one up.")


def test_a_day_with_an_evacuation_can_be_left_out(run: Run, database_url: str) -> None:
    clock = SetClock(from_datetime(datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/London"))))
    door = door_on(database_url, clock)
    here = At(door).set_up().sign_in()
    here.take()
    door.do(c.Evacuate(office_id=OFFICE))
    door.do(c.EndEvacuation(office_id=OFFICE, resume=True))
    clock.advance(24 * 60 * MINUTE)
    here.take()
    door.close()
    argv = ("--database", database_url, "stats", "waits", "--format", "json")
    assert json.loads(run(*argv).out)[0]["visits"] == 2
    assert json.loads(run(*argv, "--without-evacuations").out)[0]["visits"] == 1
