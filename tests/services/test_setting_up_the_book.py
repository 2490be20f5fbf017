"""Settings of the book through the door, on both engines: they come back, and what is booked stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import SetClock
from reception.domain.booked import Mode
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import queries as q
from reception.services.office_settings import OfficeSettings
from reception.services.sample_office import civic_offices
from tests.services.the_book import ALEX, LINE, MARIA, ROOM_1, ROOM_2, AtBook, place, when, with_a_book
from tests.support import EWAN, GRACE, HOUSING, OFFICE, PIN, PLANNING, PRIYA, door_on, without_pins


@pytest.fixture
def desk(database_url: str) -> Iterator[AtBook]:
    door = door_on(database_url, SetClock(when(9)))
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    yield AtBook(door)
    door.close()


def kept(desk: AtBook) -> OfficeSettings:
    settings: OfficeSettings = desk.door.ask(q.SettingsOf(OFFICE))
    return settings


def without(desk: AtBook, kind: str, gone: str) -> OfficeSettings:
    """The settings as they are kept, with one record removed."""
    now = kept(desk)
    if kind == "staff":
        return replace(now, staff=tuple(each for each in now.staff if each.officer.id != gone))
    left = tuple(each for each in getattr(now, kind) if each.id != gone)
    changed: OfficeSettings = replace(now, **{kind: left})
    if kind == "services":
        staff = tuple(
            replace(each, officer=replace(each.officer, skills=each.officer.skills - {gone})) for each in changed.staff
        )
        changed = replace(changed, staff=staff)
    return changed


def refusal(desk: AtBook, kind: str, gone: str) -> Refusal:
    before = kept(desk)
    with pytest.raises(Refusal) as refused:
        desk.change_settings(without(desk, kind, gone))
    assert refused.value.code is Code.BAD_SETTINGS
    assert kept(desk) == before
    return refused.value


def test_all_that_the_form_edits_comes_back(database_url: str) -> None:
    """Rooms, interpreters with their languages and hours, patterns with breaks, minutes, notice."""
    door = door_on(database_url)
    whole = civic_offices()
    door.do(c.SetUpOffice(office_id=OFFICE, settings=whole))
    assert door.ask(q.SettingsOf(OFFICE)) == without_pins(whole)
    office = next(each for each in door.ask(q.Offices()) if each.id == OFFICE)
    assert (office.rooms, office.interpreters) == (whole.rooms, whole.interpreters)
    assert (office.grace_minutes, office.hold_minutes, office.notice_days) == (15, 5, 5)
    door.close()


@pytest.mark.parametrize(
    ("kind", "record", "words"),
    [
        ("services", HOUSING, "2 appointments stand for Housing."),
        ("staff", GRACE, "2 appointments stand with Grace Okafor."),
        ("rooms", ROOM_1, "1 appointment stands in Interview room 1."),
        ("interpreters", ALEX, "1 appointment stands with Alex Moore."),
    ],
)
def test_what_appointments_stand_with_stays(desk: AtBook, kind: str, record: str, words: str) -> None:
    first = desk.book(place(when(10), room=ROOM_1, interpreter=ALEX), language="bfi")
    second = desk.book(place(when(14)))
    said = refusal(desk, kind, record)
    assert (said.reason, said.field) == (words, f"{kind}/{record}")
    desk.cancel(first)
    if kind in ("rooms", "interpreters"):
        desk.change_settings(without(desk, kind, record))
    else:
        assert refusal(desk, kind, record).reason.startswith("1 appointment stands")
        desk.cancel(second)
        desk.change_settings(without(desk, kind, record))


def with_officer(desk: AtBook, officer_id: str, **changes: Any) -> OfficeSettings:
    """The settings as they are kept, with one officer changed."""
    now = kept(desk)
    staff = tuple(
        replace(each, officer=replace(each.officer, **changes)) if each.officer.id == officer_id else each
        for each in now.staff
    )
    return replace(now, staff=staff)


@pytest.mark.parametrize(
    ("officer", "change", "field"),
    [
        (GRACE, {"skills": frozenset({PLANNING})}, "services"),
        (GRACE, {"takes_appointments": False}, "takes_appointments"),
        (GRACE, {"takes_appointments": False, "skills": frozenset({PLANNING})}, "takes_appointments"),
        (PRIYA, {"skills": frozenset({PLANNING})}, "services"),
    ],
)
def test_who_is_booked_for_a_service_goes_on_taking_it(
    desk: AtBook, officer: str, change: dict[str, Any], field: str
) -> None:
    """Priya served everything before."""
    booked = desk.book(place(when(10), officer=officer))
    again = desk.book(place(when(14), officer=officer))
    desk.book(place(when(11), officer=EWAN))
    before = kept(desk)
    new = with_officer(desk, officer, **change)
    with pytest.raises(Refusal) as met:
        desk.change_settings(new)
    name = next(each.officer.name for each in before.staff if each.officer.id == officer)
    said = met.value
    assert (said.code, said.reason) == (Code.BAD_SETTINGS, f"2 appointments stand with {name} for Housing.")
    assert (said.field, said.remedy) == (f"staff/{officer}/{field}", "Move or cancel them first.")
    assert kept(desk) == before
    desk.cancel(booked)
    desk.cancel(again)
    desk.change_settings(new)
    assert kept(desk) == new


def test_an_officer_may_lose_what_nobody_is_booked_for_and_gain_more(desk: AtBook) -> None:
    desk.book(place(when(10)))
    desk.change_settings(with_officer(desk, GRACE, skills=frozenset({HOUSING})))
    desk.change_settings(with_officer(desk, GRACE, skills=frozenset()))
    desk.change_settings(with_officer(desk, GRACE, skills=frozenset({HOUSING})))
    desk.change_settings(with_officer(desk, EWAN, takes_appointments=False))
    assert {each.officer.id: each.officer.skills for each in kept(desk).staff}[GRACE] == {HOUSING}


def test_what_nothing_stands_with_goes(desk: AtBook) -> None:
    desk.book(place(when(10), room=ROOM_1, interpreter=ALEX), language="bfi")
    desk.change_settings(without(desk, "rooms", ROOM_2))
    desk.change_settings(without(desk, "interpreters", MARIA))
    assert [room.id for room in kept(desk).rooms] == [ROOM_1]
    assert {each.id for each in kept(desk).interpreters} == {ALEX, LINE}


def test_an_appointment_that_is_over_keeps_nothing(database_url: str) -> None:
    clock = SetClock(when(9))
    door = door_on(database_url, clock)
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    desk = AtBook(door)
    desk.book(place(when(10), room=ROOM_1))
    clock.at = when(10, 29)
    assert refusal(desk, "rooms", ROOM_1).reason == "1 appointment stands in Interview room 1."
    clock.at = when(10, 30)
    desk.change_settings(without(desk, "rooms", ROOM_1))
    door.close()


def test_a_room_with_somebody_and_an_interpreter_who_is_wanted_stay(desk: AtBook) -> None:
    visit = desk.take()
    desk.on(a.AssignRoom, visit, room_id=ROOM_2)
    desk.on(a.RequestInterpreter, visit, language="pol", mode=Mode.TELEPHONE, interpreter_id=LINE)
    assert refusal(desk, "rooms", ROOM_2).reason == "Somebody is still in Interview room 2."
    assert refusal(desk, "interpreters", LINE).reason == "Somebody who is here has Language line to interpret."
    desk.on(c.Leave, visit)
    desk.change_settings(without(desk, "rooms", ROOM_2))
    desk.change_settings(without(desk, "interpreters", LINE))


def test_another_office_s_appointments_keep_nothing(desk: AtBook) -> None:
    other = replace(
        with_a_book(),
        name="Bushey",
        services=tuple(replace(each, id=f"b-{each.id}") for each in with_a_book().services),
        counters=tuple(replace(each, id=f"b-{each.id}") for each in with_a_book().counters),
        staff=tuple(
            replace(each, officer=replace(each.officer, id=f"b-{each.officer.id}", skills=frozenset()))
            for each in with_a_book().staff
        ),
        rooms=tuple(replace(each, id=f"b-{each.id}") for each in with_a_book().rooms),
        interpreters=(),
    )
    desk.door.do(c.SetUpOffice(office_id="bushey" + "0" * 26, settings=other))
    desk.book(place(when(10), room=ROOM_1))
    change: dict[str, Any] = {"administrator_id": f"b-{PRIYA}", "pin": PIN, "office_id": "bushey" + "0" * 26}
    before: OfficeSettings = desk.door.ask(q.SettingsOf("bushey" + "0" * 26))
    desk.door.do(c.SetUpOffice(settings=replace(before, rooms=()), before=before, **change))
