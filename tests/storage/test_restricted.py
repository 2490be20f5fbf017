"""Who is told why a visit is seen first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reception.domain.office import Officer, Role
from reception.services import commands as c
from reception.services import queries as q
from reception.services.office_settings import StaffEntry
from tests.storage.processes import door_to
from tests.support import COUNTER_1, COUNTER_2, COUNTER_3, EWAN, GRACE, PIN, PRIYA, At, settings

WHY = "Chest pains"
LI = "li"


@pytest.fixture
def at(database_url: str) -> Iterator[dict[str, At]]:
    """Four people at four counters: an administrator, a supervisor, a receptionist, an officer."""
    own = settings()
    staff = (*own.staff, StaffEntry(Officer(LI, "Li Wei", Role.SUPERVISOR), PIN))
    counters = (*own.counters, type(own.counters[0])("c4", "Counter 4"))
    with door_to(database_url) as door:
        at = {
            who: At(door, counter, who, f"Desk {place}")
            for place, (who, counter) in enumerate(
                ((PRIYA, COUNTER_1), (EWAN, COUNTER_2), (GRACE, COUNTER_3), (LI, "c4")), start=1
            )
        }
        at[PRIYA].set_up(staff=staff, counters=counters)
        for each in at.values():
            each.sign_in()
        yield at


def _readers(at: dict[str, At], visit: c.Result) -> set[str]:
    told = {who: _told(each, visit) for who, each in at.items()}
    assert set(told.values()) <= {WHY, ""}
    return {who for who, words in told.items() if words}


def _told(at: At, visit: c.Result, *, station: str = "") -> str:
    words: str = at.door.ask(q.SeeFirstReason(visit.visit_id, at.counter, station or at.station))
    return words


def test_the_reason_is_for_those_whom_it_concerns(at: dict[str, At]) -> None:
    visit = at[EWAN].take(see_first_reason=WHY)
    always = {PRIYA, LI, EWAN}
    assert _readers(at, visit) == always, "in the queue: who marked it, and who supervises"
    at[GRACE].next()
    assert _readers(at, visit) == {*always, GRACE}, "called: whoever is about to serve"
    at[GRACE].on(c.StartService, visit)
    assert _readers(at, visit) == {*always, GRACE}
    at[GRACE].on(c.ReturnToQueue, visit)
    assert _readers(at, visit) == always, "and not any more when it waits for anybody"
    at[GRACE].next()
    at[GRACE].on(c.StartService, visit)
    at[GRACE].on(c.Finish, visit)
    assert _readers(at, visit) == always


def test_whom_a_visit_waits_for_may_read_it(at: dict[str, At]) -> None:
    visit = at[EWAN].take(see_first_reason=WHY, named_officer_id=GRACE)
    assert GRACE in _readers(at, visit)


def test_another_station_and_an_empty_counter_are_told_nothing(at: dict[str, At]) -> None:
    visit = at[EWAN].take(see_first_reason=WHY)
    assert _told(at[EWAN], visit, station="Desk 9") == ""
    at[EWAN].door.do(c.SignOff(**at[EWAN].who))
    assert _told(at[EWAN], visit) == ""


def test_a_mark_that_was_taken_back_has_no_reason(at: dict[str, At]) -> None:
    visit = at[EWAN].take()
    assert _readers(at, visit) == set()
    mark = at[EWAN].on(c.SeeFirst, visit, reason="by mistake")
    at[EWAN].undo(mark)
    assert _readers(at, visit) == set()
    at[EWAN].on(c.SeeFirst, visit, reason=WHY)
    assert _readers(at, visit) == {PRIYA, LI, EWAN}
    at[EWAN].on(c.SeeFirst, visit, on=False)
    assert _readers(at, visit) == set()


def test_an_unknown_visit_has_no_reason(at: dict[str, At]) -> None:
    assert at[PRIYA].door.ask(q.SeeFirstReason("nobody", COUNTER_1, "Desk 1")) == ""


def test_no_view_holds_the_reason(at: dict[str, At]) -> None:
    """Not even for those who may read it: what a desk is sent unasked says nothing."""
    visit = at[EWAN].take(see_first_reason=WHY)
    at[GRACE].next()
    for each in at.values():
        assert WHY not in repr(each.view())
        assert WHY not in repr(each.card(visit))


def test_of_several_reasons_the_latest_that_stands_is_told(at: dict[str, At]) -> None:
    visit = at[EWAN].take(see_first_reason="In a hurry")
    marked = at[GRACE].on(c.SeeFirst, visit, reason=WHY)
    assert _readers(at, visit) == {PRIYA, LI, GRACE}, "who marked it for this reason"
    at[GRACE].undo(marked)
    assert _told(at[PRIYA], visit) == "In a hurry"
    at[GRACE].on(c.SeeFirst, visit, on=False)
    assert _told(at[PRIYA], visit) == ""
    at[GRACE].on(c.SeeFirst, visit, reason=WHY)
    assert _told(at[PRIYA], visit) == WHY
