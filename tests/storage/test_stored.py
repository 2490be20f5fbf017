"""What is stored comes back as it was, and what was not committed was never there; on both engines."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from reception.clock import MINUTE, SetClock
from reception.domain.person import Need
from reception.domain.queueing import RuleSettings
from reception.domain.storable import storable
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.engine import transaction
from reception.storage.known_offices import ENOUGH_STARTS
from tests.storage.checks import assert_sound, dump
from tests.storage.processes import door_to, engine_of
from tests.support import COUNTER_2, EWAN, HOUSING, OFFICE, PLANNING, At, Person, settings

NAMES = [
    "Zoë Ŵŷn-Ó Briain",
    "محمد بن عبد الله",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "陳大文 𠮷野家",
    "👩🏽‍🦽 Ann",
    "'; DROP TABLE visitor; --",
    "=HYPERLINK(1)",
    "%s %(name)s ? :name",
    "a\nb\tc",
    "x" * 300,
    " ",
]


def test_names_come_back_as_given(database_url: str) -> None:
    with door_to(database_url) as door:
        at = At(door).set_up()
        for name in NAMES:
            person = Person(name, spoken="pa", written="zh-Hant", needs=frozenset(Need), note=name[::-1])
            visit = at.take(person=person)
            assert at.card(visit).person == person
            at.correct(visit, Person(name + name))
            assert at.card(visit).person == Person(name + name)


@pytest.mark.parametrize(("given", "kept"), [("a\0b", "ab"), ("half \ud83d a pair", "half ? a pair")])
def test_what_no_database_keeps_is_no_reason_to_fail(given: str, kept: str, database_url: str) -> None:
    assert storable(given) == kept
    with door_to(database_url) as door:
        at = At(door).set_up()
        visit = at.take(person=Person(given, note=given), see_first_reason=given)
        assert at.card(visit).person == Person(kept, note=kept)


# -- settings --------------------------------------------------------------------------------------------------


def test_settings_that_were_not_committed_are_never_seen(database_url: str) -> None:
    """A transaction that has changed the settings and reads them again, and then fails, leaves nothing behind."""
    with door_to(database_url) as door:
        at = At(door).set_up()
        command = c.SetUpOffice(office_id=OFFICE, settings=settings(place="Upstairs"))

        def change_and_fail() -> None:
            with door._database.write(command) as work:
                work.offices.save_settings(command.settings, {}, date(2026, 6, 1))
                assert work.offices.office().place == "Upstairs"
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change_and_fail()
        assert at.view().office.place == "Ground floor, by the screen"
        assert door.ask(q.Offices())[0].place == "Ground floor, by the screen"


def test_every_station_reads_new_settings(database_url: str) -> None:
    with door_to(database_url) as here, door_to(database_url) as there:
        At(here).set_up()
        assert At(there).view().office.place == "Ground floor, by the screen"
        command = c.SetUpOffice(office_id=OFFICE, settings=settings(place="Upstairs"))
        with here._database.write(command) as work:
            work.offices.save_settings(command.settings, {}, date(2026, 6, 1))
        assert At(there).view().office.place == At(here).view().office.place == "Upstairs"


def test_two_stations_that_set_up_the_same_office(database_url: str) -> None:
    """Both showed the welcome, both were filled in: the second is told so."""
    with door_to(database_url) as door:
        At(door).set_up()
        before = dump(database_url)
        with pytest.raises(Refusal) as refused:
            door.do(c.SetUpOffice(office_id="another" + "0" * 25, settings=settings()))
        assert refused.value.code is Code.BAD_SETTINGS
    assert dump(database_url) == before


def test_letters_may_change_places(database_url: str) -> None:
    with door_to(database_url) as door:
        At(door).set_up()
        first, second, *others = settings().services
        swapped = (
            type(first)(first.id, first.name, second.letter),
            type(second)(second.id, second.name, first.letter),
            *others,
        )
        command = c.SetUpOffice(office_id=OFFICE, settings=settings(services=swapped))
        with door._database.write(command) as work:
            work.offices.save_settings(command.settings, {}, date(2026, 6, 1))
        assert At(door).take(HOUSING).number == "C001"


# -- the queue -------------------------------------------------------------------------------------------------


def _rule(at: At) -> RuleSettings:
    with at.door._database.read() as (connection, head, _now):
        record = at.door._database.all_offices(connection, head.settings_version)[OFFICE]
        return at.door._database.rule_settings(connection, record)


def test_the_usual_time_from_call_to_start_is_of_legs_that_were_called(database_url: str) -> None:
    """Imported visits were started without a call that anybody knows of: they say nothing of it."""
    clock = SetClock(1_780_300_800_000)
    with door_to(database_url) as door:
        door._database._clock = clock
        at = At(door).set_up().sign_in()
        assert _rule(at).call_to_start == MINUTE
        for turn in range(ENOUGH_STARTS):
            at.take()
            called = at.next()
            clock.advance(1_000 * (turn + 1))
            at.on(c.StartService, called)
            at.on(c.Finish, called)
        assert _rule(at).call_to_start == 6_000
        with transaction(engine_of(door), writes=True) as connection:
            later = sa.update(t.leg).where(t.leg.c.visit_id == called.visit_id)
            connection.execute(later.values(called_at=None, started_at=t.leg.c.started_at + 1))
        assert _rule(at).call_to_start == MINUTE, "nine are not enough"


def test_overtaking_is_counted_leg_by_leg(database_url: str) -> None:
    """Somebody passed over twice, then served and sent on, waits for the specialist like all others."""
    with door_to(database_url) as door:
        at = At(door).set_up().sign_in()
        ewan = At(door, COUNTER_2, EWAN, "Desk 2").sign_in()
        passed, *others = (at.take() for _ in range(3))
        for other in others:
            at.on(c.CallVisit, other, reason="asked for")
            at.on(c.Leave, other)
        (row,) = _waiting(at)
        assert row == ("H001", 2)
        at.on(c.StartService, ewan_calls := at.next())
        assert ewan_calls.number == passed.number
        at.on(c.Transfer, passed, service_id=PLANNING)
        assert _waiting(ewan) == [("H001", 0)]
    assert_sound(database_url)


def _waiting(at: At) -> list[tuple[str, int]]:
    with transaction(engine_of(at.door)) as connection:
        rows = connection.execute(sa.select(t.visit.c.number, t.visit.c.overtaken).where(t.IS_WAITING))
        return sorted((number, overtaken) for number, overtaken in rows)


def test_a_call_that_is_taken_back_overtook_nobody(database_url: str) -> None:
    with door_to(database_url) as door:
        at = At(door).set_up().sign_in()
        at.take()
        second = at.take()
        called = at.on(c.CallVisit, second, reason="asked for")
        assert _waiting(at) == [("H001", 1)]
        at.undo(called)
        assert _waiting(at) == [("H001", 0), ("H002", 0)]
    assert_sound(database_url)


# -- the clock -------------------------------------------------------------------------------------------------


def test_a_clock_that_is_put_back_breaks_nothing(database_url: str) -> None:
    """Facts of one visit keep their order, an evacuation may begin at the same moment twice, and the desk says so."""
    clock = SetClock(1_780_300_800_000)
    with door_to(database_url) as door:
        door._database._clock = clock
        at = At(door).set_up().sign_in()
        visit = at.take()
        clock.advance(-60 * MINUTE)
        at.on(c.StartService, at.next())
        at.on(c.Finish, visit)
        assert at.card(visit).first_wait == 0
        assert at.view().clock_went_back == 60 * MINUTE
        for _ in range(3):
            at.door.do(c.Evacuate(**at.who))
            at.door.do(c.EndEvacuation(**at.who, resume=True))
        assert at.view().evacuated_at is None
    assert_sound(database_url)


# -- threads ---------------------------------------------------------------------------------------------------


def test_one_door_serves_several_threads(database_url: str) -> None:
    """A window has a thread for commands and one for questions, and printing is a third."""
    crowd, rounds = 4, 8
    together = threading.Barrier(crowd)
    with door_to(database_url) as door:
        at = At(door).set_up()

        def work(number: int) -> list[str]:
            together.wait(60)
            mine = At(door, station=f"Desk {number}")
            taken = []
            for _ in range(rounds):
                taken.append(mine.take().number)
                mine.view()
                door.changes(0)
            return taken

        with ThreadPoolExecutor(crowd) as pool:
            numbers = [number for taken in pool.map(work, range(crowd)) for number in taken]
        assert sorted(numbers) == [f"H{number:03d}" for number in range(1, crowd * rounds + 1)]
        assert len(at.view().queue) == crowd * rounds
    assert_sound(database_url)


# -- paper -----------------------------------------------------------------------------------------------------


def test_a_paper_is_claimed_once(database_url: str) -> None:
    """Two threads that print the same job: one gets it."""
    with door_to(database_url) as door:
        at = At(door).set_up()
        (job,) = at.take(print_ticket=True).prints
        database = door._database
        with ThreadPoolExecutor(4) as pool:
            claimed = [each for each in pool.map(lambda _: database.claim_print(job, 1), range(4)) if each]
        assert len(claimed) == 1
        database.printed(job, 2, succeeded=False)
        assert database.claim_print(job, 3) is not None, "a failed one may be tried again"
        database.printed(job, 4, succeeded=True)
        assert database.claim_print(job, 5) is None
