"""The supervisor's window asks for a supervisor's PIN; on both engines, and as a supervisor's database user."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.grouping import AppointmentGrouping, Grouping, Period
from reception.domain.office import Officer, Role
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_queries import AppointmentReport
from reception.services.office_settings import StaffEntry
from reception.services.queries import Query
from reception.services.supervisor_queries import Past
from reception.storage import schema as t
from tests.conftest import RoleUrls
from tests.support import EWAN, GRACE, OFFICE, PIN, PRIYA, At, door_on, settings

LI = "li"
STAFF = (*settings().staff, StaffEntry(Officer(LI, "Li Wei", Role.SUPERVISOR), PIN))


@pytest.fixture
def staffed(priya: At) -> Door:
    priya.change_settings(settings(staff=STAFF))
    return priya.door


def sign_in(door: Door, officer: str = LI, pin: str = PIN) -> Code | None:
    try:
        door.do(c.SignInSupervisor(office_id=OFFICE, officer_id=officer, pin=pin))
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("officer", "expected"),
    [(LI, None), (PRIYA, None), (EWAN, Code.NOT_ALLOWED), (GRACE, Code.NOT_ALLOWED)],
    ids=["supervisor", "administrator", "receptionist", "officer"],
)
def test_for_supervisors_alone(staffed: Door, officer: str, expected: Code | None) -> None:
    assert sign_in(staffed, officer) is expected
    assert sign_in(staffed, officer, "0000") is Code.WRONG_PIN


def test_the_door_tells_figures_by_officer_to_a_supervisor_who_is_there_alone(staffed: Door) -> None:
    day = date(2026, 11, 24)
    asked = (
        Past((), Period(day, day), by=Grouping.OFFICER),
        AppointmentReport(OFFICE, day, day, AppointmentGrouping.OFFICER.value),
    )

    def refused(query: Query) -> Code | None:
        try:
            staffed.ask(query)
        except Refusal as no:
            return no.code
        return None

    assert sign_in(staffed, GRACE) is Code.NOT_ALLOWED
    assert [refused(query) for query in asked] == [Code.NOT_ALLOWED] * 2
    assert staffed.ask(Past((), Period(day, day))), "all other figures are anybody's"
    assert sign_in(staffed) is None
    assert [refused(query) for query in asked] == [None] * 2
    staffed.sign_out_supervisor()
    assert [refused(query) for query in asked] == [Code.NOT_ALLOWED] * 2


def test_five_wrong_ones_lock_at_the_window_and_at_the_counter(staffed: Door, priya: At, clock: SetClock) -> None:
    assert [sign_in(staffed, pin="0000") for _ in range(4)] == [Code.WRONG_PIN] * 4
    assert sign_in(staffed) is None, "a right one forgives"
    assert [sign_in(staffed, pin="0000") for _ in range(5)] == [Code.WRONG_PIN] * 4 + [Code.PIN_LOCKED]
    assert sign_in(staffed) is Code.PIN_LOCKED
    with pytest.raises(Refusal) as locked:
        At(staffed, "counter-3", LI).sign_in()
    assert locked.value.code is Code.PIN_LOCKED
    clock.at += 5 * MINUTE
    assert sign_in(staffed) is None


def test_a_wrong_one_sent_twice_counts_once_and_its_id_is_spent(staffed: Door) -> None:
    sent = c.SignInSupervisor(office_id=OFFICE, officer_id=LI, pin="0000")
    for command in (sent, sent, replace(sent, pin=PIN)):
        with pytest.raises(Refusal) as refused:
            staffed.do(command)
        assert (refused.value.code, refused.value.remedy) == (Code.WRONG_PIN, "Try again; 4 tries are left.")
    assert PIN not in repr(replace(sent, pin=PIN))


def test_a_right_one_sent_twice_is_looked_at_twice(staffed: Door) -> None:
    sent = c.SignInSupervisor(office_id=OFFICE, officer_id=LI, pin=PIN)
    done = staffed.do(sent)
    assert staffed.do(sent) == replace(done, already_done=True)
    staffed.sign_out_supervisor()
    with pytest.raises(Refusal) as refused:
        staffed.do(replace(sent, pin="0000"))
    assert (refused.value.code, refused.value.remedy) == (Code.WRONG_PIN, "Try again; 4 tries are left.")
    day = date(2026, 11, 24)
    with pytest.raises(Refusal) as no:
        staffed.ask(Past((), Period(day, day), by=Grouping.OFFICER))
    assert no.value.code is Code.NOT_ALLOWED


@pytest.mark.parametrize("office_url", ["sqlite"], indirect=True)
def test_no_counter_is_taken(staffed: Door, priya: At) -> None:
    before = priya.view().counters
    assert sign_in(staffed) is None
    assert priya.view().counters == before


@pytest.mark.parametrize("office_url", ["sqlite"], indirect=True)
def test_whoever_is_not_known(staffed: Door) -> None:
    assert sign_in(staffed, "nobody") is Code.UNKNOWN_THING


def test_as_a_supervisors_database_user(role_urls: RoleUrls, clock: SetClock) -> None:
    owner = door_on(role_urls.owner, clock)
    At(owner).set_up(staff=STAFF)
    door = door_on(role_urls.supervisor, clock, kind=StationKind.SUPERVISOR)
    try:
        assert [sign_in(door, pin="0000") for _ in range(2)] == [Code.WRONG_PIN] * 2
        with owner.database.read() as (connection, _head, _now):
            assert connection.execute(sa.select(t.staff.c.wrong_pins).where(t.staff.c.id == LI)).scalar() == 2
        assert sign_in(door) is None
        assert sign_in(door, EWAN) is Code.NOT_ALLOWED
    finally:
        door.close()
        owner.close()
