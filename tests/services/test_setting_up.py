"""What is taken out of the settings while visitors are here, and settings that are not possible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from msgspec.structs import replace

from reception.app import Door
from reception.clock import SetClock
from reception.domain.booked import Mode
from reception.domain.office import Counter, Hours, Interpreter, Officer, Role, Room, Service
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.checking_settings import check_settings
from reception.services.office_settings import StaffEntry
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.support import (
    COUNCIL_TAX,
    COUNTER_1,
    COUNTER_2,
    EWAN,
    GRACE,
    HOUSING,
    OFFICE,
    PIN,
    PLANNING,
    PRIYA,
    At,
    door_on,
    settings,
)

MONDAY = date(2026, 3, 2)


def change(at: At, pin: str = PIN, **changes: Any) -> None:
    at.change_settings(settings(**changes), pin)


def test_a_wrong_pin_for_the_settings_sent_twice_counts_once(priya: At) -> None:
    sent = c.SetUpOffice(office_id=OFFICE, administrator_id=PRIYA, pin="0000", settings=settings())
    for _ in range(3):
        with pytest.raises(Refusal) as caught:
            priya.door.do(sent)
        assert (caught.value.code, caught.value.remedy) == (Code.WRONG_PIN, "Try again; 4 tries are left.")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A database without any office."""
    door = door_on(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'reception.db'}", SetClock(TEN_O_CLOCK))
    yield door
    door.close()


def services_but(*gone: str) -> tuple[Service, ...]:
    return tuple(service for service in settings().services if service.id not in gone)


def staff_but(*gone: str) -> tuple[StaffEntry, ...]:
    """Without some; nobody is left with a skill that is not offered."""
    return tuple(
        replace(entry, officer=replace(entry.officer, skills=frozenset()))
        for entry in settings().staff
        if entry.officer.id not in gone
    )


def test_a_service_that_somebody_is_here_for_stays(priya: At) -> None:
    visit = priya.take(PLANNING)
    with pytest.raises(Refusal, match="still here for Planning"):
        change(priya, services=services_but(PLANNING), staff=staff_but())
    priya.on(c.Leave, visit)
    change(priya, services=services_but(PLANNING), staff=staff_but())
    with pytest.raises(Refusal, match="not offered here any more"):
        priya.take(PLANNING)
    with pytest.raises(Refusal, match="not offered here any more"):
        priya.on(c.Transfer, priya.take(), service_id=PLANNING)
    assert priya.card(visit).service == "Planning"
    by_service = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY, by="service"))
    assert [each.group for each in by_service] == ["Housing", "Planning"]
    books(priya.door)


def test_who_left_the_staff_neither_signs_in_nor_answers(priya: At, ewan: At) -> None:
    visit = priya.take()
    priya.next()
    priya.on(c.StartService, visit)
    with pytest.raises(Refusal, match="signed in at Counter 2"):
        change(priya, staff=staff_but(EWAN))
    priya.door.do(c.SignOff(**ewan.who))
    change(priya, staff=staff_but(EWAN))
    with pytest.raises(Refusal, match="not known here"):
        ewan.sign_in()
    with pytest.raises(Refusal, match="does not work here any more"):
        priya.on(c.Finish, visit, end=End.TO_FOLLOW, due=MONDAY, owner_id=EWAN)
    with pytest.raises(Refusal, match="does not work here any more"):
        priya.take(named_officer_id=EWAN)


def test_a_counter_in_use_stays(priya: At, ewan: At) -> None:
    with pytest.raises(Refusal, match="signed in at Counter 2"):
        change(priya, counters=(Counter(COUNTER_1, "Counter 1"),))
    priya.door.do(c.SignOff(**ewan.who))
    change(priya, counters=(Counter(COUNTER_1, "Counter 1"),))
    with pytest.raises(Refusal, match="not in use any more"):
        ewan.sign_in()


ONE_COUNTER = (Counter(COUNTER_1, "Counter 1"),)


def refused_field(at: At, **changes: Any) -> str:
    """What a change that is refused is about; nothing of it was saved."""
    before = at.door.ask(q.SettingsOf(OFFICE))
    with pytest.raises(Refusal) as refused:
        change(at, **changes)
    assert refused.value.code is Code.BAD_SETTINGS
    assert refused.value.reason.endswith(".") and refused.value.remedy.endswith(".")
    assert at.door.ask(q.SettingsOf(OFFICE)) == before
    return refused.value.field


def test_a_service_that_is_still_to_come_stays(priya: At) -> None:
    visit = priya.take(HOUSING, then_services=(COUNCIL_TAX, PLANNING))
    without = {"services": services_but(PLANNING), "staff": staff_but()}
    assert refused_field(priya, **without) == f"services/{PLANNING}"
    priya.next()
    priya.on(c.StartService, visit)
    priya.on(c.Finish, visit, end=End.RESOLVED)
    assert refused_field(priya, **without) == f"services/{PLANNING}", "one of them is done, not the last"
    priya.on(c.Leave, visit)
    change(priya, **without)


def test_a_counter_and_an_officer_with_a_visit_on_hold_stay(priya: At, ewan: At) -> None:
    visit = ewan.take()
    ewan.next()
    ewan.on(c.StartService, visit)
    ewan.door.do(c.SignOff(**ewan.who, at_hand=c.AtHand.HOLD))
    assert refused_field(priya, counters=ONE_COUNTER) == f"counters/{COUNTER_2}"
    assert refused_field(priya, staff=staff_but(EWAN)) == f"staff/{EWAN}"
    priya.on(c.ReturnToQueue, visit)
    change(priya, counters=ONE_COUNTER, staff=staff_but(EWAN))
    assert priya.next().visit_id == visit.visit_id
    books(priya.door)


def test_an_officer_whom_somebody_waits_for_stays(priya: At) -> None:
    visit = priya.take(named_officer_id=EWAN)
    assert refused_field(priya, staff=staff_but(EWAN)) == f"staff/{EWAN}"
    priya.on(c.Transfer, visit, service_id=HOUSING)
    change(priya, staff=staff_but(EWAN))


def test_an_officer_who_owes_an_answer_stays(priya: At) -> None:
    visit = priya.take()
    priya.next()
    priya.on(c.StartService, visit)
    priya.on(c.Finish, visit, end=End.TO_FOLLOW, due=MONDAY, owner_id=EWAN)
    assert refused_field(priya, staff=staff_but(EWAN)) == f"staff/{EWAN}"
    change(priya, staff=staff_but(GRACE))
    priya.on(c.CompleteFollowUp, visit)
    change(priya, staff=staff_but(EWAN, GRACE))
    books(priya.door)


def test_a_ticket_taken_back_and_an_answer_taken_back_keep_nobody(priya: At) -> None:
    priya.undo(priya.take(PLANNING, named_officer_id=GRACE))
    visit = priya.take()
    priya.next()
    priya.on(c.StartService, visit)
    priya.undo(priya.on(c.Finish, visit, end=End.TO_FOLLOW, due=MONDAY, owner_id=EWAN))
    change(priya, services=services_but(PLANNING), staff=staff_but(EWAN, GRACE))


def test_the_letters_of_today_are_known(priya: At) -> None:
    assert priya.door.ask(q.LettersInUse(OFFICE)) == frozenset()
    priya.take(HOUSING)
    priya.on(c.Leave, priya.take(PLANNING))
    assert priya.door.ask(q.LettersInUse(OFFICE)) == {"H", "P"}
    with pytest.raises(Refusal):
        priya.door.ask(q.LettersInUse("elsewhere"))


def test_letters_change_places_in_the_middle_of_the_day(priya: At) -> None:
    """The series belongs to the letter: no number is given twice."""
    assert [priya.take(HOUSING).number, priya.take(COUNCIL_TAX).number] == ["H001", "C001"]
    swapped = tuple(
        replace(service, letter={"H": "C", "C": "H"}.get(service.letter, service.letter))
        for service in settings().services
    )
    change(priya, services=swapped)
    assert [priya.take(HOUSING).number, priya.take(COUNCIL_TAX).number] == ["C002", "H002"]
    books(priya.door)


def test_changing_settings_needs_an_administrator_and_the_pin(priya: At) -> None:
    with pytest.raises(Refusal) as wrong:
        change(priya, "0000")
    assert wrong.value.code is Code.WRONG_PIN
    with pytest.raises(Refusal) as receptionist:
        priya.door.do(c.SetUpOffice(office_id=OFFICE, administrator_id=EWAN, pin=PIN, settings=settings()))
    assert receptionist.value.code is Code.NOT_ALLOWED


ADMINISTRATOR = StaffEntry(Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR), PIN)
TWO_WITH_ONE_LETTER = (Service(HOUSING, "Housing", "H"), Service(PLANNING, "Planning", "H"))
OVERLAP = (Hours(0, time(9), time(12)), Hours(0, time(11), time(17)))
BACKWARDS = (Hours(2, time(17), time(9)),)
LUNCH = Hours(0, time(12), time(13))


def at_work(**pattern: Any) -> dict[str, Any]:
    """Settings in which the administrator has this working pattern."""
    return {"staff": (replace(ADMINISTRATOR, officer=replace(ADMINISTRATOR.officer, **pattern)),)}


def served(**changes: Any) -> dict[str, Any]:
    return {"services": (Service(HOUSING, "Housing", "H", **changes), *settings().services[1:])}


def interpreted(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"id": "bsl", "name": "Maria Szabó", "languages": frozenset({"bfi"}), **changes}
    return {"interpreters": (Interpreter(**values),)}


LINE = {"is_line": True, "modes": frozenset({Mode.TELEPHONE}), "telephone": "020 7946 0999"}
BOOK_SETTINGS_THAT_ARE_NOT_POSSIBLE: list[tuple[dict[str, Any], str]] = [
    (served(minutes=4), f"services/{HOUSING}/minutes"),
    (served(minutes=481), f"services/{HOUSING}/minutes"),
    (served(set_up_minutes=-1), f"services/{HOUSING}/set_up_minutes"),
    (served(set_up_minutes=121), f"services/{HOUSING}/set_up_minutes"),
    (at_work(hours=BACKWARDS), f"staff/{PRIYA}/hours/2"),
    (at_work(hours=OVERLAP), f"staff/{PRIYA}/hours/0"),
    (at_work(breaks=BACKWARDS), f"staff/{PRIYA}/breaks/2"),
    (at_work(hours=(Hours(0, time(9), time(12, 59)),), breaks=(LUNCH,)), f"staff/{PRIYA}/breaks/0"),
    (at_work(hours=(Hours(1, time(9), time(17)),), breaks=(LUNCH,)), f"staff/{PRIYA}/breaks/0"),
    ({"rooms": (Room("1", " "),)}, "rooms/1/name"),
    ({"rooms": (Room("1", "Room"), Room("2", "Room "))}, "rooms/2/name"),
    ({"rooms": (Room("1", "Room one"), Room("2", "ROOM  One"))}, "rooms/2/name"),
    (
        {"interpreters": (*interpreted()["interpreters"], *interpreted(id="2", name="maria szabó")["interpreters"])},
        "interpreters/2/name",
    ),
    ({"staff": (*settings().staff, StaffEntry(Officer("2", "PRIYA nair", Role.OFFICER), PIN))}, "staff/2/name"),
    ({"rooms": (Room("1", "Room 1", seats=0),)}, "rooms/1/seats"),
    (interpreted(name=""), "interpreters/bsl/name"),
    (interpreted(languages=frozenset()), "interpreters/bsl/languages"),
    (interpreted(languages=frozenset({"BFI"})), "interpreters/bsl/languages"),
    (interpreted(languages=frozenset({"pl"})), "interpreters/bsl/languages"),
    (interpreted(modes=frozenset()), "interpreters/bsl/modes"),
    (interpreted(notice_hours=1441), "interpreters/bsl/notice_hours"),
    (interpreted(hours=BACKWARDS), "interpreters/bsl/hours/2"),
    (interpreted(**{**LINE, "telephone": " "}), "interpreters/bsl/telephone"),
    (interpreted(**{**LINE, "modes": frozenset({Mode.IN_PERSON})}), "interpreters/bsl/modes"),
    ({"grace_minutes": 121}, "grace_minutes"),
    ({"hold_minutes": 0}, "hold_minutes"),
    ({"notice_days": -1}, "notice_days"),
]


@pytest.mark.parametrize(
    ("impossible", "field"),
    BOOK_SETTINGS_THAT_ARE_NOT_POSSIBLE,
    ids=[field for _, field in BOOK_SETTINGS_THAT_ARE_NOT_POSSIBLE],
)
def test_what_the_book_cannot_work_with_is_named(impossible: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_settings(settings(**impossible))
    assert (refused.value.code, refused.value.field) == (Code.BAD_SETTINGS, field)
    assert refused.value.reason.endswith(".") and refused.value.remedy.endswith(".")


@pytest.mark.parametrize(
    "possible",
    [
        {},
        served(minutes=5, set_up_minutes=0),
        served(minutes=480, set_up_minutes=120),
        at_work(breaks=(LUNCH,)),
        at_work(hours=(Hours(0, time(12), time(13)), Hours(0, time(13), time(17))), breaks=(LUNCH,)),
        {"rooms": (Room("1", "Room 1", seats=1), Room("2", "غرفة", seats=99))},
        interpreted(languages=frozenset({"bfi", "ckb", "kmr"}), notice_hours=1440),
        interpreted(**LINE),
        {"grace_minutes": 0, "hold_minutes": 1, "notice_days": 0},
    ],
    ids=["nothing", "shortest", "longest", "lunch", "two spans", "rooms", "languages", "line", "limits"],
)
def test_what_the_book_can_work_with(possible: dict[str, Any]) -> None:
    check_settings(settings(**possible))


@pytest.mark.parametrize(
    "impossible",
    [
        {"name": " "},
        {"council": ""},
        {"timezone": "Europe/Atlantis"},
        {"timezone": ""},
        {"timezone": "../etc"},
        {"division": "wales"},
        {"walk_in_seen": 0},
        {"walk_in_seen": -5},
        {"walk_in_resolved": 601},
        {"appointment_seen": 0},
        {"rule": "whoever shouts loudest"},
        {"walk_in_guard": 0.9},
        {"appointment_guard": 11.0},
        {"appointment_guard": float("nan")},
        {"overtakes": 0},
        {"no_show_after_calls": 0},
        {"undo_minutes": 61},
        {"hours": (Hours(0, time(9), time(9)),)},
        {"hours": (Hours(7, time(9), time(10)),)},
        {"hours": OVERLAP},
        {"services": ()},
        {"services": (Service(HOUSING, " ", "H"),)},
        {"services": (Service(HOUSING, "Housing", ""),)},
        {"services": (Service(HOUSING, "Housing", "h"),)},
        {"services": (Service(HOUSING, "Housing", "Ж"),)},
        {"services": (Service(HOUSING, "Housing", "HO"),)},
        {"services": (Service(HOUSING, "Housing", "H", priority=-1),)},
        {"services": (Service(HOUSING, "Housing", "H", priority=100),)},
        {"services": TWO_WITH_ONE_LETTER},
        {"counters": ()},
        {"counters": (Counter(COUNTER_1, ""),)},
        {"counters": (Counter(COUNTER_1, "Counter"), Counter(COUNTER_2, "Counter "))},
        {"counters": (Counter(COUNTER_1, "Counter 1", frozenset({"no-such"})),)},
        {"staff": ()},
        {"staff": (StaffEntry(Officer(PRIYA, " ", Role.ADMINISTRATOR), PIN),)},
        {"staff": (StaffEntry(Officer(PRIYA, "Priya", Role.ADMINISTRATOR), "12ab"),)},
        {"staff": (StaffEntry(Officer(GRACE, "Grace", Role.OFFICER), PIN),)},
        {"staff": (ADMINISTRATOR, StaffEntry(Officer(EWAN, "Ewan", Role.OFFICER, frozenset({"no-such"})), PIN))},
        {"staff": (ADMINISTRATOR, StaffEntry(Officer("new", "Noor", Role.OFFICER), ""))},
    ],
    ids=repr,
)
def test_settings_that_are_not_possible(impossible: dict[str, Any], empty: Door) -> None:
    """Refused in a sentence, before anything is written."""
    with pytest.raises(Refusal) as refused:
        At(empty).set_up(**impossible)
    assert refused.value.code in (Code.BAD_SETTINGS, Code.BAD_INPUT)
    assert refused.value.field.partition("/")[0] == next(iter(impossible))
    assert refused.value.reason.endswith(".")
    assert refused.value.remedy.endswith(".")
    assert empty.ask(q.Offices()) == ()


def test_settings_that_are() -> None:
    check_settings(settings())


def test_two_offices_cannot_have_one_name(database_url: str) -> None:
    door = door_on(database_url)
    At(door).set_up()
    with pytest.raises(Refusal, match="already an office called CIVIC offices"):
        door.do(c.SetUpOffice(office_id="another" + "0" * 25, settings=settings(name="CIVIC offices")))
    door.close()


# -- two administrators --------------------------------------------------------------------------------------------


def test_settings_that_somebody_else_has_changed_are_not_put_back(priya: At) -> None:
    """A colleague who was entered meanwhile would be gone again."""
    read = priya.door.ask(q.SettingsOf(OFFICE))
    colleague = StaffEntry(Officer("noor", "Noor Haddad", Role.RECEPTIONIST), PIN)
    priya.change_settings(replace(read, staff=(*read.staff, colleague)))
    kept = priya.door.ask(q.SettingsOf(OFFICE))
    for before in (read, None):
        command = c.SetUpOffice(
            office_id=OFFICE, settings=replace(read, place="Hall"), before=before, administrator_id=PRIYA, pin=PIN
        )
        with pytest.raises(Refusal, match="somebody else has changed the settings") as refused:
            priya.door.do(command)
        assert refused.value.code is Code.ALREADY_TAKEN
        assert priya.door.ask(q.SettingsOf(OFFICE)) == kept
    At(priya.door, COUNTER_2, "noor", "Desk 2").sign_in()
    priya.door.do(replace(command, settings=replace(kept, place="Hall"), before=kept))
    assert priya.door.ask(q.SettingsOf(OFFICE)).place == "Hall"


def test_another_office_s_settings_may_change_meanwhile(priya: At) -> None:
    read = priya.door.ask(q.SettingsOf(OFFICE))
    values = settings()
    other = replace(
        values,
        name="Bushey",
        services=(Service("b-housing", "Housing", "H"),),
        counters=(Counter("b-1", "Counter 1"),),
        staff=(StaffEntry(Officer("b-priya", "Priya Nair", Role.ADMINISTRATOR), PIN),),
    )
    priya.door.do(c.SetUpOffice(office_id="bushey" + "0" * 26, settings=other))
    command = c.SetUpOffice(
        office_id=OFFICE, settings=replace(read, place="Hall"), before=read, administrator_id=PRIYA, pin=PIN
    )
    priya.door.do(command)
    assert priya.door.ask(q.SettingsOf(OFFICE)).place == "Hall"


def skilled(officer_id: str, *skills: str) -> tuple[StaffEntry, ...]:
    """The staff, of whom one serves just this."""
    return tuple(
        replace(entry, officer=replace(entry.officer, skills=frozenset(skills)))
        if entry.officer.id == officer_id
        else entry
        for entry in settings().staff
    )


def test_whoever_is_waited_for_goes_on_serving_it(priya: At) -> None:
    """Else that visit would wait for ever: for one who lost a skill, and for one who had them all."""
    visit = priya.take(PLANNING, named_officer_id=GRACE)
    other = priya.take(HOUSING, named_officer_id=EWAN)
    assert refused_field(priya, staff=skilled(GRACE, HOUSING)) == f"staff/{GRACE}/services"
    assert refused_field(priya, staff=skilled(EWAN, PLANNING)) == f"staff/{EWAN}/services"
    change(priya, staff=skilled(GRACE, PLANNING))
    change(priya, staff=skilled(GRACE))
    for each in (visit, other):
        priya.on(c.Leave, each)
    change(priya, staff=skilled(GRACE, HOUSING))
