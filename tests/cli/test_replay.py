"""`reception replay`: one recorded day through the real commands."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.cli.terminal import Progress
from reception.clock import MINUTE, SetClock
from reception.services import replaying
from reception.services.playing import Door
from reception.services.recorded_day import RecordedDay, counters_needed, infer_counters, read_day, recorded_waits
from reception.services.replaying import PlainPins
from reception.statistics.visit_log import LogColumns, open_visit_log
from tests.cli.conftest import COLUMNS, Answer, Log, Run

LONDON = ZoneInfo("Europe/London")
DAY = (
    # Two counters, each service ten minutes; everyone within a quarter of an hour but the last two.
    "2024-07-01 09:00,2024-07-01 09:00,2024-07-01 09:10,",
    "2024-07-01 09:01,2024-07-01 09:01,2024-07-01 09:11,",
    "2024-07-01 09:02,2024-07-01 09:10,2024-07-01 09:20,",
    "2024-07-01 09:03,2024-07-01 09:11,2024-07-01 09:21,",
    "2024-07-01 09:04,2024-07-01 09:20,2024-07-01 09:30,",
    "2024-07-01 09:05,2024-07-01 09:21,2024-07-01 09:31,",
    "2024-07-02 09:05,2024-07-02 09:21,2024-07-02 09:31,",
)
HEADER = "arrived,started,finished,left"


def figures(answer: Answer) -> dict[str, tuple[str, str]]:
    """The two columns, by their words."""
    return {
        line[:22].strip(): (line[22:35].strip(), line[35:].strip())
        for line in answer.out.split("\n\n")[1].splitlines()[1:]
    }


def replay(run: Run, path: Path, *more: str) -> Answer:
    return run("replay", path, *COLUMNS, "--left", "left", *(more or ("--date", "2024-07-01")))


def day_of(path: Path, day: date = date(2024, 7, 1)) -> RecordedDay:
    return read_day(open_visit_log(path, LogColumns("arrived", "started", "finished", "left"), LONDON), day)


def test_both_days_stand_side_by_side(run: Run, log: Log) -> None:
    answer = replay(run, log(*DAY, header=HEADER))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("2024-07-01, Europe/London: 6 visits.\n")
    found = figures(answer)
    assert found["counters"] == ("up to 2", "2")
    assert found["seen"] == ("6", "6")
    # At 9.20 the fifth cannot be seen in time any more and the sixth just can: the rule takes the sixth.
    assert found["mean wait, min"] == ("8.00", "8.00")
    assert found["longest wait, min"] == ("16.00", "17.00")
    assert found["within 15 min"] == ("4", "5")
    assert found["share within promise"] == ("66.6 %", "83.3 %")
    assert "The real commands yielded every recorded wait." in answer.out
    assert "2 counters under the rule, inferred" in answer.out
    assert "What the record does not say" in answer.out


@pytest.mark.parametrize(("number", "mean"), [("1", "22.50"), ("3", "3.50"), ("6", "0.00")])
def test_another_number_of_counters(run: Run, log: Log, number: str, mean: str) -> None:
    answer = replay(run, log(*DAY, header=HEADER), "--date", "2024-07-01", "--counters", number)
    assert figures(answer)["mean wait, min"] == ("8.00", mean)
    assert figures(answer)["counters"][1] == number
    assert "inferred" not in answer.out


def test_who_left_leaves_at_the_same_time_unless_called_before(run: Run, log: Log) -> None:
    path = log(
        "2024-07-01 09:00,2024-07-01 09:00,2024-07-01 09:30,",
        "2024-07-01 09:05,,,2024-07-01 09:12",
        "2024-07-01 09:06,,,2024-07-01 09:29",
        "2024-07-01 09:07,2024-07-01 09:31,,",
        header=HEADER,
    )
    answer = replay(run, path, "--date", "2024-07-01", "--counters", "1")
    found = figures(answer)
    assert found["seen"] == ("2", "2")
    assert found["left within promise"] == ("1", "1")
    assert found["left after promise"] == ("1", "1")
    assert found["longest wait, min"] == ("24.00", "23.00")
    two = figures(replay(run, path, "--date", "2024-07-01", "--counters", "2"))
    assert two["seen"] == ("2", "3"), "the first of them is called before leaving, for the usual half hour"
    assert two["left within promise"] == ("1", "0")
    assert "1 service without an end that day" in answer.out
    assert "2 visitors left unseen" in answer.out


def test_what_happens_at_one_instant_and_services_of_no_length(run: Run, log: Log) -> None:
    path = log(
        *["2024-07-01 09:00,2024-07-01 09:00,2024-07-01 09:00,"] * 3,
        "2024-07-01 09:00,2024-07-01 09:00,2024-07-01 09:10,",
        "2024-07-01 09:10,2024-07-01 09:10,2024-07-01 09:10,",
        "2024-07-01 09:10,,,2024-07-01 09:10",
        header=HEADER,
    )
    answer = replay(run, path)
    assert answer.code == 0
    assert figures(answer)["counters"][0] == "up to 1"
    assert figures(answer)["longest wait, min"][0] == "0.00"


def test_what_went_on_past_midnight(run: Run, log: Log) -> None:
    path = log(
        "2024-07-01 23:30,2024-07-01 23:40,2024-07-02 00:10,",
        "2024-07-01 23:31,2024-07-01 23:41,2024-07-03 00:10,",
        "2024-07-01 23:50,2024-07-02 00:10,2024-07-02 00:20,",
        "2024-07-01 23:51,2024-07-01 23:52,2024-07-01 23:58,",
        header=HEADER,
    )
    answer = replay(run, path, "--date", "2024-07-01", "--counters", "1")
    assert answer.code == 0
    assert "1 visit left out: the wait went on past midnight." in answer.out
    assert "2 services without an end that day" in answer.out
    assert figures(answer)["seen"] == ("3", "3")


def test_whoever_is_unseen_at_midnight_is_so_under_the_rule(run: Run, log: Log) -> None:
    path = log(
        "2024-07-01 23:00,2024-07-01 23:00,2024-07-01 23:50,",
        "2024-07-01 23:01,2024-07-01 23:01,2024-07-01 23:51,",
        "2024-07-01 23:02,2024-07-01 23:02,2024-07-01 23:52,",
        header=HEADER,
    )
    found = figures(replay(run, path, "--date", "2024-07-01", "--counters", "1"))
    assert found["seen"] == ("3", "2")
    assert found["unseen at midnight"] == ("0", "1")


def test_services_have_letters_of_their_own(run: Run, log: Log) -> None:
    path = log(
        "2024-07-01 09:00,2024-07-01 09:00,2024-07-01 09:10,,Housing",
        "2024-07-01 09:00,2024-07-01 09:10,2024-07-01 09:20,,Highways",
        "2024-07-01 09:00,2024-07-01 09:20,2024-07-01 09:30,,",
        header=f"{HEADER},service",
    )
    assert replay(run, path, "--date", "2024-07-01", "--service", "service").code == 0


@pytest.mark.parametrize(("preset", "row"), [("hertsmere", True), ("hart", False), ("none", False)])
def test_the_promise_is_that_of_the_preset(run: Run, log: Log, preset: str, row: bool) -> None:
    answer = replay(run, log(*DAY, header=HEADER), "--date", "2024-07-01", "--preset", preset)
    assert answer.code == 0
    assert ("within 15 min" in figures(answer)) is row


def test_a_day_without_visits_is_refused_with_the_nearest(run: Run, log: Log) -> None:
    answer = replay(run, log(*DAY, header=HEADER), "--date", "2024-06-30")
    assert (answer.code, answer.out) == (1, "")
    assert answer.said == (
        "log.csv has no believable visit on 2024-06-30. The nearest days with visits are: 2024-07-01."
    )


def test_the_replay_touches_neither_the_database_of_the_settings_nor_that_of_the_environment(
    run: Run, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECEPTION_DATABASE", f"sqlite:///{tmp_path / 'environment.db'}")
    database = f"sqlite:///{tmp_path / 'named.db'}"
    answer = run("--database", database, "replay", log(*DAY, header=HEADER), *COLUMNS, "--date", "2024-07-01")
    assert answer.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv"]


def test_a_cancelled_replay_keeps_nothing(run: Run, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = log(*DAY, header=HEADER)

    def interrupt(*_: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Progress, "__call__", interrupt)
    answer = replay(run, path)
    assert (answer.code, answer.out) == (130, "")
    assert answer.said == "The replay was cancelled. Nothing of it is kept."
    assert list(tmp_path.iterdir()) == [path]


def test_progress_counts_both_plays(run: Run, log: Log) -> None:
    lines = replay(run, log(*DAY, header=HEADER), "--date", "2024-07-01", "--progress").err.splitlines()
    assert lines[-1] == "Replaying: 12 of 12 visits"


def test_commands_that_did_not_yield_the_recorded_waits_would_be_a_fault(
    run: Run, log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = recorded_waits(day_of(log(*DAY[:3], header=HEADER, name="three.csv")), "hertsmere")
    monkeypatch.setattr(replaying, "recorded_waits", lambda day, preset: wrong)
    settings = tmp_path / "reception.toml"
    settings.write_text(f"log_folder = '{tmp_path}'\n")
    answer = run("--config", settings, "replay", log(*DAY, header=HEADER), *COLUMNS, "--date", "2024-07-01")
    assert (answer.code, answer.out) == (1, "")
    assert "Something went wrong in the program" in answer.said


def test_what_can_be_inferred_from_the_record(log: Log) -> None:
    day = day_of(log(*DAY, header=HEADER))
    assert counters_needed(day.visits) == 2
    assert infer_counters(day) == 2
    assert day.usual_service == 10 * MINUTE
    alone = day_of(log("2024-07-01 09:00,,,2024-07-01 09:10", header=HEADER))
    assert (counters_needed(alone.visits), infer_counters(alone), alone.usual_service) == (1, 1, 0)


def test_the_door_is_closed_also_when_the_play_fails(log: Log) -> None:
    class Broken:
        closed = 0

        def do(self, command: object) -> Any:
            raise ZeroDivisionError

        ask = do

        def close(self) -> None:
            Broken.closed += 1

    def door_on(clock: SetClock) -> Door:
        return Broken()

    with pytest.raises(ZeroDivisionError):
        replaying.replay(
            day_of(log(*DAY, header=HEADER)), "none", None, door_on, lambda done, total: None, lambda: False
        )
    assert Broken.closed == 1
    assert PlainPins().verify("x", "x")
