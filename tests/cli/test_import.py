"""`reception import visits`: what goes in, what is set aside, and what the database then says."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.cli.terminal import Progress
from reception.clock import MINUTE, from_datetime
from reception.domain.figures import WaitSummary
from reception.domain.visit_states import End
from reception.services import import_survey
from reception.services import queries as q
from reception.statistics.visit_log import Reason
from tests.cli.conftest import COLUMNS, Answer, Log, Run
from tests.support import COUNTER_1, OFFICE, At, door_on

PROJECT = Path(__file__).parents[2]
DUBLIN = ZoneInfo("Europe/Dublin")


def at(text: str) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=DUBLIN))


def imported(url: str, by: str = "total", name: str = "Imported visits") -> list[WaitSummary]:
    """The wait figures of an office, through the door."""
    door = door_on(url)
    try:
        office = next(each for each in door.ask(q.Offices()) if each.name == name)
        report: list[WaitSummary] = door.ask(q.WaitReport(office.id, date.min, date.max, by))
        return report
    finally:
        door.close()


def counts(answer: Answer) -> dict[str, int]:
    """The numbers of the summary, by their words."""
    found = {}
    for line in answer.out.splitlines():
        words, _, last = line.rpartition(" ")
        if last.replace(",", "").isdigit():
            found[words.strip()] = int(last.replace(",", ""))
    return found


FOUR = (
    "2024-07-01 10:00:00,2024-07-01 10:04:21,2024-07-01 10:25:01",
    "2024-07-01 10:02:00,2024-07-01 10:02:00,2024-07-01 10:02:00",
    "2024-07-01 10:05:00,2024-07-01 10:20:00,",
    "2024-07-02 16:58:00,2024-07-02 17:13:01,2024-07-02 17:20:00",
)


def test_a_fresh_database_gets_an_office_and_the_visits(run: Run, log: Log, database_url: str) -> None:
    answer = run("--database", database_url, "import", "visits", log(*FOUR), *COLUMNS, "--timezone", "Europe/Dublin")
    assert (answer.code, answer.err) == (0, "")
    assert counts(answer) == {"Read": 4, "Imported": 4, "Already there": 0, "Set aside": 0}
    assert "Imported visits (it holds imported visits only)" in answer.out
    assert "seen within 15 minutes (hertfordshire)" in answer.out
    assert "Europe/Dublin" in answer.out
    (total,) = imported(database_url)
    assert (total.visits, total.seen) == (4, 4)
    waits = [4 * 60 + 21, 0, 15 * 60, 15 * 60 + 1]
    assert total.mean_wait_min == pytest.approx(sum(waits) / 4 / 60, abs=1e-9)
    assert total.longest_wait_min == pytest.approx(waits[-1] / 60, abs=1e-9)
    assert total.within_target == 3
    assert [(hour.group, hour.visits) for hour in imported(database_url, "hour")] == [("10", 3), ("16", 1)]


def test_services_that_nobody_closed_are_counted_and_their_waits_kept(run: Run, log: Log, sqlite_url: str) -> None:
    long = (
        "2024-07-01 10:00,2024-07-01 10:10,2024-07-01 11:40:00.001",
        "2024-07-01 10:00,2024-07-01 10:20,2024-07-02 09:00",
    )
    just_not = "2024-07-01 10:00,2024-07-01 10:10,2024-07-01 11:40"
    path, others = log(*FOUR, *long, just_not), log(*FOUR, just_not, name="others.csv")
    answer = run("--database", sqlite_url, "import", "visits", path, *COLUMNS)
    said = answer.out.splitlines()
    at = said.index("Long services        2")
    assert said[at + 1] == "  to_another_day                 1"
    assert "over 90 minutes: their end is not believed" in said[at + 2]
    assert imported(sqlite_url)[0].seen == 7
    assert "Long services" not in run("--database", sqlite_url, "import", "visits", others, *COLUMNS).out


def test_what_is_written_is_what_the_log_tells(run: Run, log: Log, database_url: str) -> None:
    header = "arrived,started,finished,left"
    path = log(
        "2024-07-01 10:00:00,2024-07-01 10:04:21,2024-07-01 10:25:01,",
        "2024-07-01 10:05:00,2024-07-01 10:20:00,,",
        "2024-07-01 10:06:00,,,2024-07-01 10:21:00",
        "2024-07-01 10:06:00,,,2024-07-01 10:21:00.001",
        header=header,
    )
    columns = (*COLUMNS, "--left", "left", "--timezone", "Europe/Dublin")
    assert run("--database", database_url, "import", "visits", path, *columns).code == 0
    (total,) = imported(database_url)
    assert (total.seen, total.left_before, total.left_after, total.open) == (2, 1, 1, 0)
    door = door_on(database_url)
    try:
        (office,) = door.ask(q.Offices())
        assert (office.staff, office.counters, office.timezone) == ((), (), "Europe/Dublin")
        _, changed = door.changes(0)
        cards = sorted(
            (door.ask(q.OneVisit(each)) for each in changed if each), key=lambda card: (card.arrived_at, card.number)
        )
    finally:
        door.close()
    resolved, unfinished, left, left_late = cards
    assert [card.number for card in cards] == ["W001", "W002", "W003", "W004"]
    assert {card.service for card in cards} == {"Walk-in"}
    assert (resolved.end, resolved.started_at, resolved.ended_at) == (
        End.RESOLVED,
        at("2024-07-01 10:04:21"),
        at("2024-07-01 10:25:01"),
    )
    # A log says nothing of calls, nor of what the second clock is about.
    assert (resolved.called_at, resolved.calls, resolved.counter, resolved.resolved_target) == (None, 0, "", None)
    assert (unfinished.end, unfinished.ended_at) == (End.UNRESOLVED, at("2024-07-02 00:00"))
    assert (left.end, left.started_at, left.ended_at) == (End.LEFT, None, at("2024-07-01 10:21"))
    assert left_late.end is End.LEFT


def test_the_same_file_twice_adds_nothing_and_true_duplicates_stay(run: Run, log: Log, database_url: str) -> None:
    path = log(*FOUR, FOUR[0], FOUR[0])
    argv = ("--database", database_url, "import", "visits", path, *COLUMNS, "--timezone", "Europe/Dublin")
    assert counts(run(*argv))["Imported"] == 6
    before = run("--database", database_url, "stats", "waits", "--by", "day").out
    again = counts(run(*argv))
    assert (again["Read"], again["Imported"], again["Already there"]) == (6, 0, 6)
    # One more of the same, and one that is new, are the only new ones.
    path.write_text(path.read_text() + f"{FOUR[0]}\n2024-07-03 09:00,2024-07-03 09:01,2024-07-03 09:02\n")
    third = counts(run(*argv))
    assert (third["Imported"], third["Already there"]) == (2, 6)
    assert run("--database", database_url, "stats", "waits", "--by", "day").out != before
    assert [day.visits for day in imported(database_url, "day")] == [6, 1, 1]
    assert run("database", "check", database_url).code == 0


def test_rows_are_set_aside_with_their_reasons(run: Run, log: Log, database_url: str, tmp_path: Path) -> None:
    lines = [
        *FOUR,
        ",2024-07-01 10:04,2024-07-01 10:05",
        "01/07/2024 10:00,01/07/2024 10:04,01/07/2024 10:05",
        "2024-07-01 10:00,2024-07-01 09:59,2024-07-01 10:05",
        "2024-07-01 10:00,2024-07-01 11:30:01,2024-07-01 12:00",
        "2024-07-01 10:00,2024-07-01 10:10,2024-07-01 10:05",
        "2024-07-01 10:00,,",
        "2024-07-01 10:00,2024-07-01 10:10",
        "2999-07-01 10:00,2999-07-01 10:10,2999-07-01 10:15",
        "2024-03-31 01:30,2024-03-31 02:31,2024-03-31 02:32",
    ]
    aside = tmp_path / "aside.csv"
    argv = ("--database", database_url, "import", "visits", log(*lines), *COLUMNS, "--timezone", "Europe/Dublin")
    answer = run(*argv, "--set-aside", aside)
    assert answer.code == 0
    assert str(aside) in answer.out
    assert answer.out.count("wait_too_long") == 1, "each reason is told once"
    found = counts(answer)
    reasons = {
        "missing_arrival": 1,
        "unreadable_time": 1,
        "negative_wait": 1,
        "wait_too_long": 1,
        "negative_service": 1,
        "missing_start": 1,
        "wrong_number_of_cells": 1,
        "in_the_future": 1,
        "nonexistent_time": 1,
    }
    assert found == {"Read": 13, "Imported": 4, "Already there": 0, "Set aside": 9, **reasons}
    with aside.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["set_aside_row", "set_aside_reason", "arrived", "started", "finished"]
    assert {row[1] for row in rows[1:]} == set(reasons)
    assert [int(row[0]) for row in rows[1:]] == list(range(6, 15))
    assert rows[8] == ["13", "in_the_future", "2999-07-01 10:00", "2999-07-01 10:10", "2999-07-01 10:15"]
    assert imported(database_url)[0].visits == 4


def test_a_started_visit_of_a_day_that_still_goes_on_is_left_for_tomorrow() -> None:
    zone = ZoneInfo("Europe/London")
    now = from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=zone))
    row = import_survey.LoggedVisit("k", 2, None, now - 20 * MINUTE, now - 5 * MINUTE, None, None)
    assert import_survey._not_yet(row, now, zone) is Reason.NOT_OVER_YET
    midnight = from_datetime(datetime(2026, 11, 25, tzinfo=zone))
    assert import_survey._not_yet(row, midnight - 1, zone) is Reason.NOT_OVER_YET
    assert import_survey._not_yet(row, midnight, zone) is None
    seen = import_survey.LoggedVisit("k", 2, None, now - 20 * MINUTE, now - 5 * MINUTE, now, None)
    assert import_survey._not_yet(seen, now, zone) is None
    assert import_survey._not_yet(seen, now - 1, zone) is Reason.IN_THE_FUTURE


def test_the_longest_wait_is_believed_and_what_is_over_it_is_not(run: Run, log: Log, sqlite_url: str) -> None:
    path = log(
        "2024-07-01 10:00,2024-07-01 10:20:00,2024-07-01 18:00",
        "2024-07-01 10:00,2024-07-01 10:20:01,2024-07-01 10:30",
    )
    argv = ("--database", sqlite_url, "import", "visits", path, *COLUMNS)
    found = counts(run(*argv, "--longest-wait", "20"))
    assert (found["Imported"], found["wait_too_long"]) == (1, 1)
    assert counts(run(*argv))["Imported"] == 1, "with a longer limit the other one comes in"


def test_a_date_format_is_the_only_one_that_is_read(run: Run, log: Log, sqlite_url: str) -> None:
    path = log("01/07/2024 10:00,01/07/2024 10:04,01/07/2024 10:05", FOUR[0])
    argv = ("--database", sqlite_url, "import", "visits", path, *COLUMNS, "--date-format", "%d/%m/%Y %H:%M")
    found = counts(run(*argv))
    assert (found["Imported"], found["unreadable_time"]) == (1, 1)
    assert "the whole date" in run(*argv[:-1], "%d/%m").said


# -- services and offices ------------------------------------------------------------------------------------------


SERVICES = (
    "2024-07-01 10:00,2024-07-01 10:04,2024-07-01 10:25,Housing",
    "2024-07-01 10:01,2024-07-01 10:05,2024-07-01 10:25,housing",
    "2024-07-01 10:02,2024-07-01 10:06,2024-07-01 10:25,Highways",
    "2024-07-01 10:03,2024-07-01 10:07,2024-07-01 10:25,",
    "2024-07-01 10:04,2024-07-01 10:08,2024-07-01 10:25,Élections ✓",
)
WITH_SERVICE = "arrived,started,finished,service"


def test_services_are_known_by_name_and_get_letters(run: Run, log: Log, database_url: str) -> None:
    path = log(*SERVICES, header=WITH_SERVICE)
    argv = ("--database", database_url, "import", "visits", path, *COLUMNS, "--service", "service")
    assert run(*argv).code == 0
    assert run(*argv).code == 0
    assert [(each.group, each.visits) for each in imported(database_url, "service")] == [
        ("Highways", 1),
        ("Housing", 2),
        ("Walk-in", 1),
        ("Élections ✓", 1),
    ]
    door = door_on(database_url)
    (office,) = door.ask(q.Offices())
    door.close()
    assert {(each.name, each.letter) for each in office.services} == {
        ("Housing", "H"),
        ("Highways", "A"),
        ("Walk-in", "W"),
        ("Élections ✓", "E"),
    }


def test_more_services_than_letters_are_refused_whole(run: Run, log: Log, sqlite_url: str) -> None:
    path = log(*(f"2024-07-01 10:00,2024-07-01 10:04,,Service {n}" for n in range(27)), header=WITH_SERVICE)
    answer = run("--database", sqlite_url, "import", "visits", path, *COLUMNS, "--service", "service")
    assert answer.code == 1
    assert "more services than there are letters for their tickets (26)" in answer.said
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("SELECT count(*) FROM office").fetchone() == (0,)
    connection.close()


def test_a_real_office_keeps_what_it_offers_and_its_promise(run: Run, log: Log, database_url: str) -> None:
    door = door_on(database_url)
    here = At(door).set_up(walk_in_seen=5).sign_in()
    here.take()
    offered = {service.name for service in door.ask(q.Offices())[0].services}
    path = log(*SERVICES, header=WITH_SERVICE)
    argv = ("--database", database_url, "import", "visits", path, *COLUMNS, "--service", "service")
    answer = run(*argv, "--office", "civic offices", "--preset", "hart")
    assert answer.code == 0
    assert "Not offered by the office, and kept for its figures only: Highways, Walk-in, Élections ✓." in answer.out
    assert "Civic Offices was there already and keeps its own promise; --preset hart was not used." in answer.out
    assert "seen within 5 minutes" in answer.out
    (office,) = door.ask(q.Offices())
    assert {service.name for service in office.services} == offered
    by_service = imported(database_url, "service", "Civic Offices")
    assert {(each.group, each.visits) for each in by_service} == {
        ("Housing", 3),
        ("Highways", 1),
        ("Walk-in", 1),
        ("Élections ✓", 1),
    }
    # The desk goes on: nothing of the past is waiting, and the next ticket is the next.
    view = door.ask(q.Desk(OFFICE, COUNTER_1, "Desk 1"))
    assert [row.number for row in view.queue] == ["H001"]
    assert here.take().number == "H002"
    door.close()
    assert run("database", "check", database_url).code == 0


@pytest.mark.parametrize(
    ("preset", "said", "target"),
    [("hart", "none (hart)", None), ("none", "none (none)", None), ("hertsmere", "15 minutes (hertsmere)", 15.0)],
)
def test_the_preset_is_the_promise(
    run: Run, log: Log, sqlite_url: str, preset: str, said: str, target: float | None
) -> None:
    answer = run("--database", sqlite_url, "import", "visits", log(*FOUR), *COLUMNS, "--preset", preset)
    assert said in answer.out
    assert imported(sqlite_url)[0].target_min == target
    again = run("--database", sqlite_url, "import", "visits", log(*FOUR), *COLUMNS, "--preset", preset)
    assert "was not used" not in again.out


def test_two_offices_side_by_side(run: Run, log: Log, sqlite_url: str) -> None:
    path = log(*FOUR)
    for name in ("Dublin", "Cork"):
        argv = ("--database", sqlite_url, "import", "visits", path, *COLUMNS, "--office", name)
        assert counts(run(*argv))["Imported"] == 4
    answer = run("--database", sqlite_url, "stats", "waits")
    assert answer.code == 1
    assert "There are several offices. Name one of: Cork, Dublin." in answer.said
    assert run("--database", sqlite_url, "stats", "waits", "--office", "cork").code == 0


def test_the_zone_of_the_office_is_used_again(run: Run, log: Log, sqlite_url: str) -> None:
    argv = ("--database", sqlite_url, "import", "visits", log(*FOUR), *COLUMNS)
    assert "America/New_York" in run(*argv, "--timezone", "America/New_York").out
    again = run(*argv)
    assert "America/New_York" in again.out
    assert counts(again)["Already there"] == 4


# -- logs that cannot be read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"came,started,finished\n2024-07-01 10:00,2024-07-01 10:04,\n", "no column arrived"),
        (b"arrived,started,started,finished\n", "more than one column started"),
        (b"2024-07-01 10:00,2024-07-01 10:04,\n", "not the names of the columns"),
        (b"arrived,started,finished\n\xff\xfe\x00", "is not text in UTF-8"),
        (b"SQLite format 3\x00", "is not text in UTF-8"),
        (b'arrived,started,finished\n"2024-07-01 10:00,x,y\n', "a quotation mark is out of place"),
        (b"\x1b[31mred,started,finished\n", "no column arrived"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused_and_leaves_nothing(
    run: Run, tmp_path: Path, empty_sqlite_url: str, content: bytes, words: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    answer = run("--database", empty_sqlite_url, "import", "visits", path, *COLUMNS)
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.said
    assert "\x1b" not in answer.said
    assert not (tmp_path / "reception.db").exists()


def test_a_log_that_is_not_there(run: Run, tmp_path: Path, sqlite_url: str) -> None:
    answer = run("--database", sqlite_url, "import", "visits", tmp_path / "no.csv", *COLUMNS)
    assert (answer.code, answer.said) == (
        1,
        "no.csv can't be read: it is not there. Check its name and folder, and that you may read it.",
    )
    assert "it is a folder" in run("--database", sqlite_url, "import", "visits", tmp_path, *COLUMNS).said


def test_a_log_with_mixed_date_formats_takes_one_and_sets_the_others_aside(run: Run, log: Log, sqlite_url: str) -> None:
    path = log(
        FOUR[0],
        "01/07/2024 10:00,01/07/2024 10:04,01/07/2024 10:05",
        "2024-07-01T10:00+02:00,2024-07-01T10:04+02:00,2024-07-01T10:05+02:00",
        "1 July 2024 10:00,1 July 2024 10:04,",
        "45474.4166666667,45474.42,45474.43",
    )
    found = counts(run("--database", sqlite_url, "import", "visits", path, *COLUMNS))
    assert (found["Imported"], found["unreadable_time"]) == (2, 3)


def test_a_log_of_which_nothing_can_be_believed_is_refused(run: Run, log: Log, sqlite_url: str, tmp_path: Path) -> None:
    aside = tmp_path / "aside.csv"
    path = log("01/07/2024 10:00,01/07/2024 10:04,", "01/07/2024 10:00,01/07/2024 10:04,")
    answer = run("--database", sqlite_url, "import", "visits", path, *COLUMNS, "--set-aside", aside)
    assert (answer.code, answer.out) == (1, "")
    assert "None of the 2 rows can be believed; most often the reason is unreadable_time." in answer.said
    assert len(aside.read_text().splitlines()) == 3


def test_a_log_without_rows_imports_nothing(run: Run, log: Log, sqlite_url: str) -> None:
    answer = run("--database", sqlite_url, "import", "visits", log(), *COLUMNS)
    assert (answer.code, answer.err) == (0, "")
    assert counts(answer) == {"Read": 0, "Imported": 0, "Already there": 0, "Set aside": 0}


@pytest.mark.parametrize("which", ["log", "database", "settings"])
def test_the_rows_set_aside_never_replace_what_is_in_use(run: Run, log: Log, tmp_path: Path, which: str) -> None:
    path = log(*FOUR)
    settings, database = tmp_path / "reception.toml", tmp_path / "reception.db"
    settings.write_text(f'database = "sqlite:///{database}"\n')
    target = {"log": tmp_path / "x" / ".." / path.name, "database": database, "settings": settings}[which]
    answer = run("--config", settings, "import", "visits", path, *COLUMNS, "--set-aside", target)
    assert answer.code == 1
    assert "is in use itself" in answer.said
    assert path.read_text().count("\n") == 5


def test_a_place_for_the_rows_set_aside_that_cannot_be_written_is_refused_first(
    run: Run, log: Log, tmp_path: Path, sqlite_url: str
) -> None:
    argv = ("--database", sqlite_url, "import", "visits", log(*FOUR), *COLUMNS)
    answer = run(*argv, "--set-aside", tmp_path / "no" / "aside.csv")
    assert (answer.code, answer.out) == (1, "")
    assert counts(run(*argv))["Imported"] == 4, "nothing had been imported before"


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be taken for one" * 20, b"\x00" * 4096]
)
def test_a_database_that_is_none_is_refused(run: Run, log: Log, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(content)
    answer = run("--database", f"sqlite:///{file}", "import", "visits", log(*FOUR), *COLUMNS)
    assert answer.code == 1
    assert "not a database of Reception" in answer.said
    assert file.read_bytes() == content


def test_another_programs_database_is_refused(run: Run, log: Log, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE visit (id INTEGER)")
    connection.close()
    answer = run("--database", f"sqlite:///{file}", "import", "visits", log(*FOUR), *COLUMNS)
    assert answer.code == 1
    assert "holds something else than Reception's data" in answer.said


# -- progress and cancelling -------------------------------------------------------------------------------------------


def many(log: Log, rows: int) -> Path:
    start = datetime(2024, 7, 1, 9, tzinfo=UTC)
    lines = []
    for n in range(rows):
        came = start + timedelta(days=n // 100, minutes=n % 100)
        lines.append(f"{came},{came + timedelta(minutes=n % 20)},{came + timedelta(minutes=30)}")
    return log(*lines)


def test_progress_is_told_when_wanted(run: Run, log: Log, sqlite_url: str) -> None:
    argv = ("--database", sqlite_url, "import", "visits", many(log, 1200), *COLUMNS)
    answer = run(*argv, "--progress")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "Importing: 500 of 1,200 rows",
        "Importing: 1,000 of 1,200 rows",
        "Importing: 1,200 of 1,200 rows",
    ]
    assert run(*argv).err == ""


def test_a_cancelled_import_keeps_whole_batches_and_goes_on_when_repeated(
    run: Run, log: Log, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = ("--database", database_url, "import", "visits", many(log, 1300), *COLUMNS)
    before = signal.getsignal(signal.SIGINT)

    def interrupt(*_: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as during:
        during.setattr(Progress, "__call__", interrupt)
        answer = run(*argv)
    assert answer.code == 130
    assert answer.said == "That was cancelled. What was imported is kept; the same command goes on from there."
    assert counts(answer)["Imported"] == 500
    assert imported(database_url)[0].visits == 500
    assert run("database", "check", database_url).code == 0
    again = run(*argv)
    assert again.code == 0
    assert (counts(again)["Imported"], counts(again)["Already there"]) == (800, 500)
    assert imported(database_url)[0].visits == 1300
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_in_a_process_of_its_own(run: Run, log: Log, sqlite_url: str) -> None:
    argv = ["--database", sqlite_url, "import", "visits", str(many(log, 12_000)), *COLUMNS, "--progress"]
    code = "import sys; from reception.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code, *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Importing: ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.endswith("the same command goes on from there.\n")
    kept = counts(Answer(130, out, err))["Imported"]
    assert 0 < kept < 12_000
    assert kept % 500 == 0
    assert counts(run(*argv))["Already there"] == kept


def test_a_killed_import_leaves_whole_batches(run: Run, log: Log, sqlite_url: str) -> None:
    argv = ["--database", sqlite_url, "import", "visits", str(many(log, 6_000)), *COLUMNS, "--progress"]
    code = "import sys; from reception.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code, *argv],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.kill()
        process.communicate(timeout=60)
    answer = run(*argv)
    assert answer.code == 0
    assert counts(answer)["Already there"] % 500 == 0
    assert json.loads(run("--database", sqlite_url, "stats", "waits", "--format", "json").out)[0]["visits"] == 6_000
    assert run("database", "check", sqlite_url).code == 0


def test_desks_go_on_working_while_a_log_is_imported(log: Log, database_url: str) -> None:
    """Between two batches others get their turn, and numbers stay unique."""
    door = door_on(database_url)
    here = At(door).set_up().sign_in()
    # The log is of today, as the desk's tickets are, so that both draw numbers of one series.
    times = [datetime.fromtimestamp(door.now() / 1000 - 120 - n % 60, UTC).isoformat() for n in range(3_000)]
    lines = [f"{time},{time},{time}" for time in times]
    argv = ["--database", database_url, "import", "visits", str(log(*lines)), *COLUMNS, "--office", "Civic Offices"]
    code = "import sys; from reception.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code, *argv], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    ) as process:
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            here.take()
        process.communicate(timeout=60)
    assert process.returncode == 0
    (total,) = imported(database_url, name="Civic Offices")
    assert total.visits == 3_000 + len(here.taken)
    assert len({each.number for each in here.taken}) == len(here.taken)
    door.close()
