"""`reception stats delays`: a day at the desk and in the book as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from typing import Any

import pytest

from reception.domain.booked import DelayAnswer, DelayReason
from reception.domain.figures import DelaySummary
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.cli.conftest import COLUMNS, Log, Run
from tests.cli.test_stats_appointments import Day
from tests.services.the_book import MONDAY, TUESDAY, place, when
from tests.support import COUNCIL_TAX, EWAN, HOUSING, OFFICE

FIELDS = [field.name for field in fields(DelaySummary)]


class Counter(Day):
    """A day on which walk-ins come as well, each known by the name that it is given here."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.here: dict[str, c.Result] = {}

    def walks_in(self, name: str, hour: int, minute: int, service: str = HOUSING) -> None:
        self.at(hour, minute, lambda: self.here.update({name: self.desk.take(service)}))

    def is_told(self, name: str, hour: int, minute: int, **more: Any) -> None:
        self.at(hour, minute, lambda: self.say(visit_id=self.here[name].visit_id, **more))

    def say(self, **more: Any) -> c.Result:
        return self.desk.door.do(a.TellOfDelay(**{**self.desk.who, "expected_minutes": 10, **more}))

    def is_seen(self, name: str, hour: int, minute: int) -> None:
        self.at(hour, minute, lambda: self._serve(self.here[name]))

    def _serve(self, visit: c.Result) -> None:
        self.desk.on(c.CallVisit, visit, reason="It is time")
        self.desk.on(c.StartService, visit)
        self.desk.on(c.Finish, visit)

    def leaves(self, name: str, hour: int, minute: int) -> None:
        self.at(hour, minute, lambda: self.desk.on(c.Leave, self.here[name]))

    def announce(self, hour: int, minute: int) -> None:
        announcement = a.AnnounceDelay(**self.desk.who, reason=DelayReason.MORE_VISITORS, minutes=20)
        self.at(hour, minute, lambda: self.desk.door.do(announcement))

    def over(self) -> None:
        self.play()
        self.desk.door.close()


@pytest.fixture
def day(database_url: str) -> Counter:
    return Counter(database_url)


@pytest.fixture
def played(day: Counter, database_url: str) -> str:
    """The example of the definitions: told at the limit and seen late; told after it and left; an announcement only;
    told, and seen in time after all; an appointment told and offered another time. Another appointment came in time and
    was seen in time; one of the next day, a walk-in of whom nobody took notice, is late and was told nothing."""
    booked, kept = day.desk.book(place(when(10))), day.desk.book(place(when(14)))
    day.walks_in("at the limit", 9, 0)
    day.is_told("at the limit", 9, 15)
    day.is_seen("at the limit", 9, 20)
    day.walks_in("after it", 9, 0, COUNCIL_TAX)
    day.is_told("after it", 9, 16)
    day.leaves("after it", 9, 20)
    day.walks_in("heard it", 11, 0)
    day.announce(11, 10)
    day.is_seen("heard it", 11, 20)
    day.walks_in("in time after all", 11, 0)
    day.is_told("in time after all", 11, 10)
    day.is_seen("in time after all", 11, 15)
    day.comes(booked, (9, 55), (10, 6))
    day.at(10, 4, lambda: day.tell(booked, when(9, 0, TUESDAY)))
    day.comes(kept, (14, 0), (14, 5))
    day.play()
    day.clock.at = when(12, 0, TUESDAY)
    day.desk.sign_in()
    late = day.desk.take()
    day.clock.at = when(12, 16, TUESDAY)
    day.desk.on(c.Leave, late)
    day.desk.door.close()
    return database_url


def ask(run: Run, url: str, *options: object) -> list[dict[str, Any]]:
    answer = run("--database", url, "stats", "delays", "--format", "json", *options)
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = json.loads(answer.out)
    assert all(each["delayed"] == each["told_in_time"] + each["told_late"] + each["never_told"] for each in found)
    return found


def told(run: Run, url: str, *options: object) -> tuple[int, int, int, int]:
    """In time, late, never; offered another time."""
    (total,) = ask(run, url, *options)
    return total["told_in_time"], total["told_late"], total["never_told"], total["offered_another_time"]


def test_json_is_as_promised(run: Run, played: str) -> None:
    (total,) = ask(run, played, "--from", MONDAY, "--to", MONDAY)
    assert list(total) == FIELDS
    assert total == {
        "group": "total",
        "delayed": 4,
        "told_in_time": 2,
        "told_late": 1,
        "never_told": 1,
        "offered_another_time": 1,
        "took_another_time": 0,
        "share_told_in_time": 0.5,
    }


def test_csv_and_table_say_the_same(run: Run, played: str) -> None:
    options = ("--database", played, "stats", "delays")
    (row,) = csv.DictReader(io.StringIO(run(*options, "--to", MONDAY, "--format", "csv").out))
    assert [*row.items()] == [*zip(FIELDS, ("total", *"421110", "0.5"), strict=True)]
    assert run(*options, "--to", MONDAY).out.splitlines()[-1].split() == ["total", *"421110", "50.0", "%"]
    assert run(*options, "--from", MONDAY).out.splitlines()[-1].split() == ["total", *"521210", "40.0", "%"]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("total", {"total": 5}),
        ("day", {"2026-03-02": 4, "2026-03-03": 1}),
        ("weekday", {"Monday": 4, "Tuesday": 1}),
        ("hour", {"09": 2, "10": 1, "11": 1, "12": 1}),
        ("service", {"Council Tax": 1, "Housing": 4}),
    ],
)
def test_groups_are_of_the_arrival_and_of_the_booked_time(
    run: Run, played: str, by: str, groups: dict[str, int]
) -> None:
    assert {each["group"]: each["delayed"] for each in ask(run, played, "--by", by)} == groups


def test_officers_are_no_group_of_walk_ins(run: Run, played: str) -> None:
    assert run("--database", played, "stats", "delays", "--by", "officer").code == 2


def test_the_delayed_are_those_of_the_waits_and_of_the_appointments(run: Run, played: str) -> None:
    (waits,) = json.loads(run("--database", played, "stats", "waits", "--format", "json").out)
    (booked,) = json.loads(run("--database", played, "stats", "appointments", "--format", "json").out)
    lost = waits["seen"] - waits["within_target"] + sum(waits[name] for name in waits if name.endswith("_after"))
    (total,) = ask(run, played)
    assert total["delayed"] == lost + booked["delayed"] == 5
    assert booked["told_of_delay"] == 1


@pytest.mark.parametrize(("over", "expected"), [(0, (1, 0, 0, 0)), (1, (0, 1, 0, 0))])
def test_the_limit_is_inclusive_to_the_millisecond(
    run: Run, day: Counter, database_url: str, over: int, expected: tuple[int, ...]
) -> None:
    day.walks_in("one", 9, 0)
    day.play()
    day.clock.at = when(9, 15) + over
    day.say(visit_id=day.here["one"].visit_id)
    day.is_seen("one", 9, 20)
    day.over()
    assert told(run, database_url) == expected


def test_told_once_in_time_is_in_time_whatever_is_said_later(run: Run, day: Counter, database_url: str) -> None:
    day.walks_in("one", 9, 0)
    day.is_told("one", 9, 14)
    day.is_told("one", 9, 25, offered=(when(11),))
    day.is_seen("one", 9, 40)
    day.over()
    assert told(run, database_url) == (1, 0, 0, 1)


def test_what_was_said_and_taken_back_was_not_said(run: Run, day: Counter, database_url: str) -> None:
    day.walks_in("one", 9, 0)
    day.at(9, 10, lambda: day.desk.undo(day.say(visit_id=day.here["one"].visit_id, offered=(when(11),))))
    day.is_seen("one", 9, 40)
    day.over()
    assert told(run, database_url) == (0, 0, 1, 0)


def test_rung_up_in_vain_is_never_told(run: Run, day: Counter, database_url: str) -> None:
    booked = day.desk.book(place(when(9)))
    rung = {"appointment_id": booked.appointment_id, "by_telephone": True, "offered": (when(11),)}
    day.at(8, 30, lambda: day.say(**rung, answer=DelayAnswer.NOT_REACHED))
    day.comes(booked, (9, 0), (9, 10))
    day.over()
    assert told(run, database_url) == (0, 0, 1, 0)


def test_a_visit_that_came_by_appointment_is_counted_once(run: Run, day: Counter, database_url: str) -> None:
    """Told by telephone before it came and again at the desk: one party, one delay."""
    booked = day.desk.book(place(when(9)))
    day.at(8, 30, lambda: day.say(appointment_id=booked.appointment_id, by_telephone=True))
    day.comes(booked, (9, 0), (9, 40))
    day.at(9, 30, lambda: day.tell(booked, when(11)))
    day.over()
    assert told(run, database_url) == (1, 0, 0, 1)


def test_beyond_the_grace_period_nothing_was_promised(run: Run, day: Counter, database_url: str) -> None:
    day.comes(day.desk.book(place(when(9))), (9, 16), (10, 30))
    day.over()
    assert told(run, database_url) == (0, 0, 0, 0)


def test_a_walk_in_that_took_an_appointment_lost_its_own_promise_and_no_other(
    run: Run, day: Counter, database_url: str
) -> None:
    day.walks_in("one", 9, 0)
    day.is_told("one", 9, 16, offered=(when(11),), answer=DelayAnswer.ANOTHER_TIME)
    day.play()
    rebooked = day.desk.book(place(when(11), officer=EWAN), visit_id=day.here["one"].visit_id)
    assert ask(run, database_url, "--by", "hour")[0]["group"] == "09"
    day.comes(rebooked, (11, 0), (11, 6))
    day.over()
    found = {each["group"]: each for each in ask(run, database_url, "--by", "hour")}
    counted = {
        group: (each["told_late"], each["never_told"], each["took_another_time"]) for group, each in found.items()
    }
    assert counted == {"09": (1, 0, 1), "11": (0, 1, 0)}


def test_another_time_taken_after_the_promise_was_lost_hides_nothing(run: Run, day: Counter, database_url: str) -> None:
    booked = day.desk.book(place(when(9)))
    day.comes(booked, (9, 0))
    day.at(9, 6, lambda: day.tell(booked, when(9, 0, TUESDAY), answer=DelayAnswer.ANOTHER_TIME))
    day.at(9, 7, lambda: day.desk.move(booked, place(when(9, 0, TUESDAY))))
    day.over()
    (found,) = ask(run, database_url, "--by", "day")
    assert (found["group"], found["told_late"]) == ("2026-03-02", 1)
    assert (found["offered_another_time"], found["took_another_time"]) == (1, 1)


def test_another_time_that_was_chosen_and_taken_back_was_not_taken(run: Run, day: Counter, database_url: str) -> None:
    day.walks_in("one", 9, 0)
    chosen = {"offered": (when(11),), "answer": DelayAnswer.ANOTHER_TIME}
    day.at(9, 10, lambda: day.desk.undo(day.say(visit_id=day.here["one"].visit_id, **chosen)))
    day.is_told("one", 9, 11)
    day.is_seen("one", 9, 40)
    day.over()
    (total,) = ask(run, database_url)
    assert (total["told_in_time"], total["took_another_time"]) == (1, 0)


def test_who_still_waits_is_not_counted_yet_and_is_when_the_day_closes(
    run: Run, day: Counter, database_url: str
) -> None:
    day.walks_in("one", 9, 0)
    day.play()
    day.clock.at = when(10)
    assert told(run, database_url) == (0, 0, 0, 0)
    day.clock.at = when(8, 0, TUESDAY)
    day.desk.door.close_days(OFFICE)
    day.desk.door.close()
    assert told(run, database_url) == (0, 0, 1, 0)


def test_a_day_with_an_evacuation_can_be_left_out(run: Run, day: Counter, database_url: str) -> None:
    booked = day.desk.book(place(when(10)))
    day.walks_in("one", 9, 0)
    day.at(9, 5, lambda: day.desk.door.do(c.Evacuate(office_id=OFFICE)))
    day.at(9, 10, lambda: day.desk.door.do(c.EndEvacuation(office_id=OFFICE, resume=True)))
    day.leaves("one", 9, 40)
    day.comes(booked, (10, 0), (10, 20))
    day.over()
    assert told(run, database_url) == (0, 0, 2, 0)
    assert told(run, database_url, "--without-evacuations") == (0, 0, 0, 0)


def test_an_imported_log_says_nothing_of_who_was_told(run: Run, log: Log, sqlite_url: str) -> None:
    path = log("2024-07-01 10:00,2024-07-01 10:40,2024-07-01 10:50")
    run("--database", sqlite_url, "import", "visits", path, *COLUMNS)
    answer = run("--database", sqlite_url, "stats", "delays", "--format", "json")
    assert json.loads(answer.out)[0]["delayed"] == 0
    assert answer.said == (
        "Imported visits had no lost promise in that time of which it is known who was told; "
        "an imported log says nothing of that."
    )


def test_dates_the_wrong_way_round_are_refused(run: Run, played: str) -> None:
    answer = run("--database", played, "stats", "delays", "--from", TUESDAY, "--to", MONDAY)
    assert (answer.code, answer.out) == (1, "")
    assert "Put the earlier date after --from." in answer.said
