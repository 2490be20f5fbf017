"""`reception stats week`, `month`, `office`, `officer`, `language`, `need`, and `--compare`, on a database."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.clock import MINUTE, Instant, SetClock, from_datetime
from reception.config import Config
from reception.domain.office import Counter, Officer, Role, Service
from reception.domain.person import Need, Person
from reception.opening import open_door
from reception.services import commands as c
from reception.services.office_settings import StaffEntry
from reception.services.pins import Argon2Pins
from tests.cli.conftest import Answer, Run
from tests.support import COUNTER_2, EWAN, HOUSING, PIN, At, settings

AREA_OFFICE = "area" + "0" * 28
LANGUAGES = ["en"] * 9 + ["pl"] * 6 + ["cy"] * 3
SECRET_FIGURES = {"3", "6"}


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> Instant:
    return from_datetime(datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/London")))


class SetUpPins(Argon2Pins):
    """Kept as the command line will read them; signing in over and over costs nothing."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        return bool(pin_hash and pin)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """18 visits of October 2026 in three languages, one in September; an area office that nobody came to.

    In October one a day from the 5th on at weekdays, seen by Priya after 10 minutes, the last three by Ewan after 20.
    Three need large print.
    """
    path = tmp_path_factory.mktemp("by") / "reception.db"
    clock = SetClock(at(28, 9, month=9))
    door = open_door(Config(database=f"sqlite:///{path}"), clock=clock, pins=SetUpPins())
    priya = At(door).set_up()
    door.do(c.SetUpOffice(office_id=AREA_OFFICE, settings=area_office()))
    serve(priya, clock, "en")
    days = [day for day in range(5, 31) if datetime(2026, 10, day).weekday() < 5][:18]  # noqa: DTZ001  a local day
    for number, (day, language) in enumerate(zip(days, LANGUAGES, strict=True)):
        clock.at = at(day, 9)
        if number < 15:
            serve(priya, clock, language)
        else:
            serve(At(door, COUNTER_2, EWAN), clock, language, minutes=20, needs=frozenset({Need.LARGE_PRINT}))
    door.close()
    return path


def area_office() -> Any:
    return settings(
        name="Area Office",
        services=(Service("area-housing", "Housing", "H"),),
        counters=(Counter("area-counter", "Counter 1"),),
        staff=(StaffEntry(Officer("amina", "Amina Yusuf", Role.ADMINISTRATOR), PIN),),
    )


def serve(desk: At, clock: SetClock, language: str, minutes: int = 10, needs: frozenset[Need] = frozenset()) -> None:
    desk.sign_in()
    visit = desk.take(HOUSING, person=Person(spoken=language, needs=needs))
    clock.advance(minutes * MINUTE)
    desk.next()
    desk.on(c.StartService, visit)
    desk.on(c.Finish, visit)
    desk.door.do(c.SignOff(**desk.who))


@pytest.fixture
def url(played: Path) -> str:
    return f"sqlite:///{played}"


OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")
HERE = ("--office", "Civic Offices")


def ask(run: Run, url: str, what: str, *options: object) -> list[dict[str, Any]]:
    answer = run("--database", url, "stats", what, "--format", "json", *options)
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = json.loads(answer.out)
    return found


def visits(found: list[dict[str, Any]]) -> dict[str, int | None]:
    return {each["group"]: each["visits"] for each in found}


# -- groupings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("week", {"2026-W41": 5, "2026-W42": 5, "2026-W43": 5, "2026-W44": 3}),
        ("month", {"2026-10": 18}),
        ("office", {"Civic Offices": 18}),
    ],
)
def test_visits_are_grouped_by_week_month_and_office(run: Run, url: str, what: str, expected: dict[str, int]) -> None:
    found = ask(run, url, what, *OCTOBER)
    assert visits(found) == expected
    assert {each["hidden"] for each in found} == {False}


def test_a_period_without_an_end_is_all_there_is(run: Run, url: str) -> None:
    assert visits(ask(run, url, "month")) == {"2026-09": 1, "2026-10": 18}


def test_signals_are_said_below_the_table_and_in_json(run: Run, url: str) -> None:
    answer = run("--database", url, "stats", "week", *OCTOBER)
    sentence = "15 days in a row below the mean, 5 to 23 October"
    assert f"  {sentence}.\n" in answer.out
    assert "Median wait, day by day, about 11.7 minutes, the mean of the daily medians:" in answer.out
    weeks = {each["group"]: each["signals"] for each in ask(run, url, "week", *OCTOBER)}
    assert sentence in [each["words"] for each in weeks["2026-W41"]]
    assert weeks["2026-W42"] == []


# -- small numbers ---------------------------------------------------------------------------------------------


def test_small_languages_are_hidden_and_so_is_what_tells_of_them(run: Run, url: str) -> None:
    found = ask(run, url, "language", *OCTOBER)
    assert visits(found) == {"cy": None, "en": 9, "pl": None}
    for each in found:
        assert each.pop("hidden") is (each["group"] != "en")
        assert each["group"] == "en" or set(each.values()) == {each["group"], None}


def test_small_needs_are_hidden_with_those_who_have_none(run: Run, url: str) -> None:
    assert visits(ask(run, url, "need", *OCTOBER)) == {"": None, "large_print": None}


@pytest.mark.parametrize(("what", "form"), [("language", "table"), ("language", "csv"), ("need", "table")])
def test_no_format_has_a_figure_of_a_hidden_group(run: Run, url: str, what: str, form: str) -> None:
    answer = run("--database", url, "stats", what, *OCTOBER, "--format", form)
    assert answer.said.startswith("Hidden are groups of fewer than 5 visits")
    assert not SECRET_FIGURES & set(answer.out.replace(",", " ").replace(":", " ").split())
    assert "18" not in answer.out.split()


def test_where_all_groups_are_small_none_is_named(run: Run, url: str) -> None:
    (one,) = ask(run, url, "language", "--from", "2026-10-26", "--to", "2026-10-28")
    assert (one["group"], one["hidden"], one["visits"]) == ("(hidden)", True, None)


def test_csv_says_what_is_hidden(run: Run, url: str) -> None:
    answer = run("--database", url, "stats", "language", *OCTOBER, "--format", "csv")
    rows = {row["group"]: row for row in csv.DictReader(io.StringIO(answer.out))}
    assert (rows["cy"]["hidden"], rows["cy"]["visits"]) == ("True", "")
    assert (rows["en"]["hidden"], rows["en"]["visits"], rows["en"]["share_within_target"]) == ("False", "9", "1.0")


# -- by officer ------------------------------------------------------------------------------------------------


def officers(
    run: Run, played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, *options: object
) -> Answer:
    """On a copy: wrong PINs are counted."""
    copy = shutil.copy(played, tmp_path / "reception.db")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return run("--database", f"sqlite:///{copy}", "stats", "officer", *OCTOBER, "--format", "json", *options)


def test_a_supervisor_with_the_pin_sees_the_officers(
    run: Run, played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = officers(run, played, tmp_path, monkeypatch, f"{PIN}\n", *HERE, "--as", "priya nair")
    assert (answer.code, answer.err) == (0, "")
    assert visits(json.loads(answer.out)) == {"Ewan Pritchard": 3, "Priya Nair": 15}


@pytest.mark.parametrize(
    ("typed", "name", "says"),
    [
        ("1111\n", "Priya Nair", "PIN"),
        ("", "Priya Nair", "PIN"),
        (f"{PIN}\n", "Ewan Pritchard", "for supervisors alone"),
        (f"{PIN}\n", "Nobody", "no member of staff “Nobody”"),
        (f"{PIN}\n", "Amina Yusuf", "no member of staff “Amina Yusuf”"),
    ],
)
def test_nobody_else_sees_the_officers(
    run: Run, played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, name: str, says: str
) -> None:
    answer = officers(run, played, tmp_path, monkeypatch, typed, *HERE, "--as", name)
    assert (answer.code, answer.out) == (1, "")
    assert says in answer.said
    assert PIN not in answer.err


def test_who_asks_has_to_be_said(run: Run, url: str) -> None:
    assert run("--database", url, "stats", "officer").code == 2
    answer = run("--database", url, "stats", "officer", "--as", "Priya Nair")
    assert answer.said == "There are several offices. Name one of: Area Office, Civic Offices."


# -- two periods -----------------------------------------------------------------------------------------------


def test_a_month_beside_the_one_before(run: Run, url: str) -> None:
    (month,) = ask(run, url, "month", *OCTOBER, "--compare", "previous")
    assert (month["visits"], month["compared"]["group"], month["compared"]["visits"]) == (18, "2026-09", 1)
    compared = (*HERE, *OCTOBER, "--compare", "previous")
    table, waits = (run("--database", url, "stats", what, *compared).out.splitlines() for what in ("month", "waits"))
    assert [line.split()[:3] for line in table if " now " in line or " before " in line] == [
        ["2026-10", "now", "18"],
        ["2026-09", "before", "1"],
        ["total", "now", "18"],
        ["total", "before", "1"],
    ]
    assert waits[-1].startswith("Share within target: 16.7 points lower now") and waits[-1] in table, (
        "and whether by chance"
    )


def test_hidden_groups_are_hidden_in_both_periods(run: Run, url: str) -> None:
    found = ask(run, url, "language", *OCTOBER, "--compare", "2026-09-01..2026-09-30")
    assert {each["group"]: each["compared"] and each["compared"]["hidden"] for each in found} == {
        "cy": None,
        "en": None,
        "pl": None,
        "(hidden)": True,
    }


@pytest.mark.parametrize("by", ["total", "day", "weekday", "hour", "service"])
def test_the_other_figures_stand_side_by_side_too(run: Run, url: str, by: str) -> None:
    found = ask(run, url, "waits", *HERE, *OCTOBER, "--compare", "previous", "--by", by)
    assert sum(each["visits"] for each in found) == 18
    assert sum(each["compared"]["visits"] for each in found if each["compared"]) == 1
    assert "hidden" not in found[0]


@pytest.mark.parametrize("what", ["resolved", "appointments", "delays"])
def test_every_report_may_be_compared(run: Run, url: str, what: str) -> None:
    (total,) = ask(run, url, what, *HERE, *OCTOBER, "--compare", "previous")
    assert total["compared"].keys() == total.keys() - {"compared"}


# -- bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["week", "need"])
def test_days_the_wrong_way_round_are_refused(run: Run, url: str, what: str) -> None:
    answer = run("--database", url, "stats", what, "--from", "2026-10-31", "--to", "2026-10-01")
    assert (answer.code, answer.out) == (1, "")
    assert "is after the last" in answer.said
    answer = run("--database", url, "stats", what, *OCTOBER, "--compare", "2026-09-30..2026-09-01")
    assert (answer.code, answer.out) == (1, "")
    assert "to compare with" in answer.said


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--from", "2026-10-03", "--to", "2026-10-04", *HERE), "Civic Offices had no walk-in visit in that time."),
        (("--from", "2126-01-01", "--to", "2126-01-31"), "That time is still to come."),
        (
            ("--from", "2020-01-01", "--to", "2020-12-31"),
            "The offices had no visit in that time: the first was on 28 September 2026.",
        ),
        (("--office", "Area Office"), "Area Office had no visit yet at all."),
    ],
)
def test_a_period_without_a_visit_is_an_empty_list_and_is_said(
    run: Run, url: str, options: tuple[str, ...], says: str
) -> None:
    answer = run("--database", url, "stats", "language", "--format", "json", *options)
    assert (answer.code, json.loads(answer.out), answer.said) == (0, [], says)
    assert run("--database", url, "stats", "week", *options).code == 0


def test_thirty_years_are_a_period(run: Run, url: str) -> None:
    thirty = ("--from", "2000-01-01", "--to", "2029-12-31")
    (one,) = ask(run, url, "office", *thirty, "--compare", "previous")
    assert (one["visits"], one["compared"]) == (19, None)


def test_an_office_that_is_not_there_is_refused(run: Run, url: str) -> None:
    answer = run("--database", url, "stats", "week", "--office", "Nowhere")
    assert (answer.code, answer.out) == (1, "")
    assert answer.said == "There is no office “Nowhere”. Name one of: Area Office, Civic Offices."


@pytest.mark.parametrize("compare", ["last", "2026-10-01", "2026-10-01..2026-13-01"])
def test_a_comparison_that_is_no_period_is_wrong_usage(run: Run, url: str, compare: str) -> None:
    answer = run("--database", url, "stats", "week", "--compare", compare)
    assert (answer.code, answer.out) == (2, "")


def test_previous_needs_a_first_and_a_last_day(run: Run, url: str) -> None:
    answer = run("--database", url, "stats", "week", "--from", "2026-10-01", "--compare", "previous")
    assert (answer.code, answer.out) == (1, "")
    assert "Only a period with a first and a last day" in answer.said


def test_faces_are_not_compared(run: Run, url: str) -> None:
    assert run("--database", url, "stats", "feedback", "--compare", "previous").code == 2
