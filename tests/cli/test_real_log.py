"""A real walk-in desk's log, imported and reckoned up; compared with a calculation that shares nothing with ours."""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reception.domain.grouping import Period
from reception.domain.past_view import PastView
from reception.services.supervisor_queries import Past
from tests.cli.conftest import Run
from tests.support import door_on

LOG = Path(__file__).parents[2].parent / "shared" / "data" / "walk_ins_2015_2018.csv"
NAMES = ("--arrived", "arrived", "--started", "served", "--finished", "finished", "--timezone", "Europe/Dublin")
DUBLIN = ZoneInfo("Europe/Dublin")

pytestmark = [
    pytest.mark.skipif(not LOG.exists(), reason="the log of a real walk-in desk is not on this computer"),
    pytest.mark.timeout(600),  # 24,000 rows, on whatever computer
]


def believable() -> dict[int, list[int]]:
    """Waits in seconds by local hour of arrival, straight from the file."""
    waits = defaultdict(list)
    for arrived, wait in believable_visits():
        waits[arrived.hour].append(wait)
    return waits


def believable_visits() -> Iterator[tuple[datetime, int]]:
    """Local arrival and wait in seconds."""
    with LOG.open(newline="") as file:
        for row in csv.DictReader(file):
            arrived, served = (
                datetime.strptime(row[name], "%Y-%m-%d %H:%M:%S").replace(tzinfo=DUBLIN)
                for name in ("arrived", "served")
            )
            wait = round(served.timestamp() - arrived.timestamp())
            if 0 <= wait <= 90 * 60:
                yield arrived, wait


def quantile(waits: list[int], share: Fraction) -> Fraction:
    """By linear interpolation, in seconds."""
    waits = sorted(waits)
    place = share * (len(waits) - 1)
    below = int(place)
    above = min(below + 1, len(waits) - 1)
    return waits[below] + (waits[above] - waits[below]) * (place - below)


def minutes(seconds: Fraction | int) -> float:
    return float(Fraction(seconds) / 60)


def test_the_real_log_imports_once_and_the_figures_agree_to_the_second(run: Run, sqlite_url: str) -> None:
    answer = run("--database", sqlite_url, "import", "visits", LOG, *NAMES)
    assert answer.code == 0
    expected = believable()
    total = sum(map(len, expected.values()))
    assert f"Read            {23_865:,}\n" in answer.out
    assert f"Imported        {total:,}\n" in answer.out
    assert answer.out.count(f"wait_too_long              {23_865 - total:,}\n") == 1

    by_hour = json.loads(run("--database", sqlite_url, "stats", "waits", "--by", "hour", "--format", "json").out)
    assert [each["group"] for each in by_hour] == [f"{hour:02}" for hour in sorted(expected)]
    for each in by_hour:
        waits = expected[int(each["group"])]
        assert (each["visits"], each["seen"], each["open"]) == (len(waits), len(waits), 0)
        assert each["mean_wait_min"] == pytest.approx(minutes(Fraction(sum(waits), len(waits))), abs=1e-9)
        assert each["median_wait_min"] == pytest.approx(minutes(quantile(waits, Fraction(1, 2))), abs=1e-9)
        assert each["p90_wait_min"] == pytest.approx(minutes(quantile(waits, Fraction(9, 10))), abs=1e-9)
        assert each["longest_wait_min"] == pytest.approx(minutes(max(waits)), abs=1e-9)
        assert each["target_min"] == 15
        assert each["within_target"] == sum(wait <= 15 * 60 for wait in waits)
        assert each["share_within_target"] == pytest.approx(each["within_target"] / len(waits), abs=1e-12)

    (whole,) = json.loads(run("--database", sqlite_url, "stats", "waits", "--format", "json").out)
    every = [wait for waits in expected.values() for wait in waits]
    assert whole["mean_wait_min"] == pytest.approx(minutes(Fraction(sum(every), len(every))), abs=1e-9)
    assert whole["p90_wait_min"] == pytest.approx(minutes(quantile(every, Fraction(9, 10))), abs=1e-9)

    _march_is_right(sqlite_url)

    again = run("--database", sqlite_url, "import", "visits", LOG, *NAMES)
    assert "Imported             0\n" in again.out
    assert "Already there   21,411\n" in again.out
    assert "Long services    1,011\n  to_another_day                78\n" in again.out


def _march_is_right(url: str) -> None:
    """The month in which the clocks go forward, as any period past: weekday by hour, and how many within how long."""
    door = door_on(url)
    month = Period(date(2017, 3, 1), date(2017, 3, 31))
    view: PastView = door.ask(Past((), month))
    door.close()
    cells = defaultdict(list)
    for arrived, wait in believable_visits():
        if month.first <= arrived.date() <= month.last:
            cells[arrived.weekday(), arrived.hour].append(wait)
    assert [(cell.weekday, cell.hour) for cell in view.heat] == sorted(cells)
    for cell in view.heat:
        waits = cells[cell.weekday, cell.hour]
        assert (cell.visits, cell.seen) == (len(waits), len(waits))
        assert cell.median_wait_min == minutes(quantile(waits, Fraction(1, 2)))
        assert cell.share_within_target == sum(wait <= 15 * 60 for wait in waits) / len(waits)
    every = [wait for waits in cells.values() for wait in waits]
    assert view.curve.judged == len(every) > 100
    assert list(view.curve.within) == [sum(wait <= minute * 60 for wait in every) for minute in range(61)]
    assert view.total.waits is not None
    assert view.total.waits.p90_wait_min == minutes(quantile(every, Fraction(9, 10)))
    assert view.total.outcomes is not None
    assert view.total.outcomes.visits == 0  # a log does not say what came of a visit


def test_recorded_days_replay_and_yield_the_recorded_waits(run: Run) -> None:
    waits: dict[str, list[int]] = defaultdict(list)
    with LOG.open(newline="") as file:
        for row in csv.DictReader(file):
            arrived, served = (
                datetime.fromisoformat(row[name]).replace(tzinfo=DUBLIN) for name in ("arrived", "served")
            )
            wait = round(served.timestamp() - arrived.timestamp())
            if 0 <= wait <= 90 * 60:
                waits[row["arrived"][:10]].append(wait)
    days = random.Random(7).sample(sorted(day for day in waits if 10 < len(waits[day]) < 60), 3)
    for day in days:
        answer = run("replay", LOG, *NAMES, "--date", day)
        assert (answer.code, answer.err) == (0, "")
        assert "The real commands yielded every recorded wait." in answer.out
        recorded = {line[:22].strip(): line[22:35].strip() for line in answer.out.splitlines()}
        assert recorded["seen"] == str(len(waits[day]))
        assert recorded["mean wait, min"] == f"{minutes(Fraction(sum(waits[day]), len(waits[day]))):.2f}"
        assert recorded["longest wait, min"] == f"{minutes(max(waits[day])):.2f}"
