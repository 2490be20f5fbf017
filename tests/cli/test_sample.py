"""The sample office: `reception sample`, and the function behind it, at any time of day."""

from __future__ import annotations

import json
import shutil
import signal
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import make_url

from reception.app import Door
from reception.cli.terminal import Progress
from reception.clock import MINUTE, SetClock, from_datetime, local_date
from reception.config import Config
from reception.domain.about_now import AboutNow
from reception.domain.book import BookView
from reception.domain.booked import AbsenceKind, InterpreterStatus, Kind, Standing
from reception.domain.desk_view import DeskView, QueueRow
from reception.domain.kiosk import Finding
from reception.domain.office import Role
from reception.domain.person import Need
from reception.domain.standards import BUSHEY_HOURS, POTTERS_BAR_HOURS, PRESETS
from reception.domain.visit_states import End, State
from reception.domain.workdays import working_day_after
from reception.opening import open_door
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.services import supervisor_queries as sq
from reception.services.sample import Sample, make_sample
from tests.cli.conftest import Run
from tests.house.postgres import Server
from tests.support import PlainPins

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=LONDON))


TUESDAY = at("2026-11-24 10:42")


def made_at(now: int, url: str) -> tuple[Sample, Door]:
    """A sample, and the door on it at the moment for which it was made."""

    def door_on(clock: SetClock) -> Door:
        return open_door(Config(database=url), clock=clock, pins=PlainPins())

    sample = make_sample(door_on, now)
    return sample, door_on(SetClock(now))


@dataclass(frozen=True)
class Tuesday:
    """A sample made at :data:`TUESDAY`, for tests that only look; `copy` is one to work with."""

    sample: Sample
    url: str
    copy: Callable[[], str]

    def door(self, url: str = "") -> Door:
        return open_door(Config(database=url or self.url), clock=SetClock(TUESDAY), pins=PlainPins())


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def tuesday(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tuesday]:
    made: list[str] = []
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("tuesday")
        file = folder / "reception.db"
        url = f"sqlite:///{file}"

        def copy() -> str:
            return f"sqlite:///{shutil.copy(file, folder / 'copy.db')}"

    else:
        server: Server = request.getfixturevalue("postgres_server")
        url = server.create_database(request.getfixturevalue("postgres_with_tables"))
        made.append(url)

        def copy() -> str:
            made.append(server.create_database(make_url(url).database or ""))
            return made[-1]

    sample, door = made_at(TUESDAY, url)
    door.close()
    yield Tuesday(sample, url, copy)
    for each in made:
        server.drop_database(each)


def view_of(sample: Sample, door: Door) -> DeskView:
    view: DeskView = door.ask(q.Desk(sample.office_id, sample.free_counter, "Desk 3"))
    return view


def walk_ins(view: DeskView) -> list[QueueRow]:
    return [row for row in view.queue if row.booked_for is None]


def test_the_day_is_alive(tuesday: Tuesday) -> None:
    sample, door = tuesday.sample, tuesday.door()
    view = view_of(sample, door)
    now = view.now
    assert (view.office.name, view.office.council) == ("Civic Offices", "Hertsmere Borough Council")
    left = {row.number: (row.deadline - now) / MINUTE for row in walk_ins(view)}
    assert len(left) == 7
    assert sum(minutes < 0 for minutes in left.values()) == 1, "one promise is lost"
    assert sum(0 < minutes < 3 for minutes in left.values()) == 1, "one is nearly lost"
    assert 0 < view.queue[0].deadline - now < 3 * MINUTE, "and it is the one to call next"
    one, two, three, desk = view.counters
    assert (one.state, two.state, three.officer) == (State.SERVING, State.SERVING, "")
    assert (desk.state, desk.officer) == (State.SERVING, "Martin Cole")
    asides = {(aside.state, aside.end, aside.own_request) for aside in view.asides}
    assert asides == {(State.ON_HOLD, None, False), (State.ON_HOLD, None, True), (State.ENDED, End.TO_FOLLOW, False)}
    assert 30 <= view.seen_today <= 45
    assert 0 < view.judged_today - view.within_today < 5, "most promises were kept, not all"
    needs = {need for row in view.queue for need in row.person.needs}
    assert {Need.PRIVATE, Need.LARGE_PRINT, Need.BSL, Need.CHILDREN} <= needs
    assert {row.person.spoken for row in view.queue} >= {"en", "pl", "bn", "ar", "bfi"}
    assert view.unprinted == ()
    assert view.clock_went_back == 0
    door.close()


def test_the_book_is_alive(tuesday: Tuesday) -> None:
    """Everything that a book can hold is there at 10.42am, and the walk-ins as before."""
    sample, door = tuesday.sample, tuesday.door()
    today = local_date(TUESDAY, LONDON)
    book: BookView = door.ask(aq.Book(sample.office_id, today))
    stands = {row.name: (row.standing, row.visit_state) for row in book.rows}
    assert stands["Małgorzata Wrona"] == (Standing.CHECKED_IN, State.ENDED)
    assert stands["Peter Agyeman"] == (Standing.CHECKED_IN, State.SERVING), "and running over"
    assert stands["陈美玲"] == (Standing.CHECKED_IN, State.WAITING)
    assert stands["Luca Ferri"] == (Standing.DID_NOT_ATTEND, None)
    assert stands["Ffion Rhys"] == (Standing.ATTENDED, None)
    assert stands["Gareth Pugh"] == (Standing.BOOKED, None), "and late"
    rows = {row.name: row for row in book.rows}
    assert rows["陈美玲"].told_at == TUESDAY - MINUTE
    assert rows["Samuel Adebayo"].interpreter_status is InterpreterStatus.CONFIRMED
    assert {row.kind for row in book.rows} == set(Kind)
    assert all(row.starts % (5 * MINUTE) == 0 for row in book.rows)
    assert {absence.kind for absence in book.absences} == {
        AbsenceKind.LEAVE,
        AbsenceKind.MEETING,
        AbsenceKind.TRAVEL,
    }
    assert book.wanting_earlier > 0
    ids = [row.id for row in book.rows]
    cards = [door.ask(aq.OneAppointment(each)) for each in ids]
    assert not any(card.reason for card in cards), "at this hour nothing stands where it usually may not"
    week: BookView = door.ask(aq.Book(sample.office_id, today, 7))
    assert len(week.rows) > len(book.rows) + 20
    about: AboutNow = door.ask(aq.AboutNowOf(sample.office_id))
    in_rooms = {room.name for room in about.rooms if room.visit_id}
    assert in_rooms == {"Room 1", "Room 2"}
    for born, minutes, finding in ((date(1985, 3, 14), -12, Finding.READY), (date(1958, 9, 2), 63, Finding.EARLY)):
        by_name = q.KioskByName(sample.office_id, "Kiosk", "gareth pugh", born)
        told = door.ask(by_name)
        assert told.finding is finding
        assert told.starts_at is not None and abs(told.starts_at - TUESDAY - minutes * MINUTE) <= 5 * MINUTE
    door.close()


def test_whoever_opens_it_signs_in_and_serves(tuesday: Tuesday) -> None:
    sample, door = tuesday.sample, tuesday.door(tuesday.copy())
    priya = next(officer for officer in view_of(sample, door).office.staff if officer.name == "Priya Nair")
    who = {
        "office_id": sample.office_id,
        "counter_id": sample.free_counter,
        "officer_id": priya.id,
        "station": "Desk 3",
    }
    door.do(c.SignIn(**who, pin=sample.pin))
    called = door.do(c.CallNext(**who))
    assert called.number == "C016"
    door.do(c.StartService(**who, visit_id=called.visit_id))
    door.do(c.FinishAndCallNext(**who, visit_id=called.visit_id))
    door.close()


def test_the_three_offices_are_as_the_strategy_says(tuesday: Tuesday) -> None:
    sample, door = tuesday.sample, tuesday.door()
    offices = {office.name: office for office in door.ask(q.Offices())}
    assert set(offices) == set(sample.offices)
    civic = offices["Civic Offices"]
    assert civic.hours == PRESETS["hertsmere"].hours
    assert offices["Potters Bar area office"].hours == POTTERS_BAR_HOURS
    assert offices["Potters Bar area office"].place == "Wyllyotts Centre"
    assert offices["Bushey area office"].hours == BUSHEY_HOURS
    assert offices["Bushey area office"].place == "Citizens Advice Bureau"
    assert {(each.name, each.letter) for each in civic.services} == {
        ("Council Tax", "C"),
        ("Housing", "H"),
        ("Benefits", "B"),
        ("Planning", "P"),
        ("Parking", "K"),
        ("Citizens Advice", "A"),
    }
    assert [each.partner for each in civic.services if each.partner] == ["Citizens Advice"]
    for office in offices.values():
        roles = {officer.role for officer in office.staff}
        assert {Role.RECEPTIONIST, Role.ADMINISTRATOR} <= roles
        for officer in office.staff:
            assert officer.telephone.startswith("020 7946 0")
            assert officer.email.endswith("@hertsmere.example")
            assert officer.email.isascii()
    door.close()


def test_the_same_moment_gives_the_same_day(tuesday: Tuesday, sqlite_url: str) -> None:
    """On whichever database."""
    codes = []
    for sample, door in ((tuesday.sample, tuesday.door()), made_at(TUESDAY, sqlite_url)):
        codes.append([(row.number, row.visit_id, row.person) for row in view_of(sample, door).queue])
        door.close()
    assert codes[0] == codes[1] != []


@pytest.mark.parametrize(
    "now", ["2026-11-24 01:45", "2026-11-24 04:00", "2026-11-22 23:59:59", "2026-03-29 03:30", "2026-12-25 12:00"]
)
def test_it_is_the_same_at_any_time_of_day(sqlite_url: str, now: str) -> None:
    sample, door = made_at(at(now), sqlite_url)
    view = view_of(sample, door)
    assert len(walk_ins(view)) == 7
    assert view.seen_today > 30
    assert [row.state for row in view.counters] == [State.SERVING, State.SERVING, None, State.SERVING]
    door.close()


@pytest.mark.parametrize(
    ("now", "waiting"), [("2026-11-24 00:00", 0), ("2026-11-24 00:08", 1), ("2026-11-24 00:40", 7)]
)
def test_after_midnight_the_day_is_shorter_and_nobody_came_yesterday(sqlite_url: str, now: str, waiting: int) -> None:
    sample, door = made_at(at(now), sqlite_url)
    view = view_of(sample, door)
    assert len(walk_ins(view)) >= waiting
    assert all(row.arrived_at >= at("2026-11-24 00:00") for row in view.queue)
    door.close()


def test_a_sample_is_sound(run: Run, tuesday: Tuesday) -> None:
    assert run("database", "check", tuesday.url).code == 0


# -- the command ---------------------------------------------------------------------------------------------------


def test_the_command_makes_a_database_and_its_settings(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "sample office"
    answer = run("sample", folder)
    assert (answer.code, answer.err) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["reception.db", "reception.toml"]
    settings = tomllib.loads((folder / "reception.toml").read_text())
    assert settings["office"] == "Civic Offices"
    assert settings["counter"] == "Counter 3"
    for words in ("Priya Nair", "Tomasz Zieliński", "administrator", "PIN is 1234", "Counter 3 is free"):
        assert words in answer.out
    assert f"reception --config '{folder / 'reception.toml'}'" in answer.out
    config = folder / "reception.toml"
    # Eight weeks of days are behind it, all of them the office's own, and a supervisor's pages have something to show.
    checked = run("database", "check", settings["database"])
    assert (checked.code, "(0 imported, " in checked.out, "Visits     all are what" in checked.out) == (0, True, True)
    weeks = json.loads(run("--config", config, "stats", "week", "--from", "2020-01-01", "--format", "json").out)
    whole = [each for each in weeks if each["visits"] >= 100]
    assert len(whole) >= 6
    assert all(0.5 <= each["share_within_target"] < 1 for each in whole)
    of_appointments = run("--config", config, "stats", "appointments", "--from", "2020-01-01", "--format", "json")
    assert max(each["attended"] for each in json.loads(of_appointments.out)) >= 15
    door = open_door(Config(database=settings["database"]))
    plan = door.ask(sq.UsualPlan("sample-civic", working_day_after(local_date(door.now(), LONDON), 1)))
    # Three counters, and on Wednesdays the adviser's.
    assert len(plan.desks) in (3, 4) and min(desk.opens for desk in plan.desks) == 9 * 60
    staff = next(office for office in door.ask(q.Offices()) if office.name == "Civic Offices").staff
    who = {"office_id": "sample-civic", "counter_id": "civic-counter-3", "station": "Desk 3"}
    door.do(c.SignIn(**who, officer_id=staff[0].id, pin="1234"))
    door.close()


def test_a_sample_replaces_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reception.db").write_text("mine")
    answer = run("sample", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "is there already" in answer.said
    assert [path.name for path in tmp_path.iterdir()] == ["reception.db"]


def test_a_folder_that_cannot_be_made_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("sample", tmp_path / "file" / "folder")
    assert (answer.code, answer.out) == (1, "")
    assert "cannot be made" in answer.said


def test_a_cancelled_sample_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Progress, "__call__", interrupt)
    answer = run("sample", tmp_path)
    assert (answer.code, answer.said) == (130, "That was cancelled. No sample was made.")
    assert list(tmp_path.iterdir()) == []
