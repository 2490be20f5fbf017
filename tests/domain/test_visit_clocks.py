"""What a visit is judged by: its wait, the one column that it is counted in, and the resolved clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reception.clock import MINUTE
from reception.domain import events as e
from reception.domain.clocks import own_lateness, resolved_clock, resolved_time
from reception.domain.columns import Column
from reception.domain.visit_states import End
from reception.errors import Code
from tests.domain.one_visit import HART, NOTHING, Life, at, refused

# -- the wait -------------------------------------------------------------------------------------------------------

WAITS: dict[str, tuple[Life, float]] = {
    "to the start, not to the call": (Life().at(4).call().at(7).start(), 7),
    "zero counts": (Life().serve(), 0),
    "a call withdrawn stops nothing": (Life().at(4).call().at(5).withdraw().at(9).serve(), 9),
    "a hold by staff stops nothing": (Life().at(2).hold().at(8).back().at(9).serve(), 9),
    "a hold by staff from a call stops nothing": (Life().at(2).call().hold().at(8).back().at(9).serve(), 9),
    "stepping out pauses": (Life().at(5).step_out().at(20).back().at(30).serve(), 15),
    "stepping out twice pauses twice": (
        Life().at(1).step_out().at(3).back().at(5).step_out().at(9).back().at(20).serve(),
        14,
    ),
    "stepping out after the first call pauses": (Life().at(5).call().step_out().at(20).back().at(30).serve(), 15),
    "transferred while waiting": (Life().at(5).transfer("planning").at(12).serve(), 12),
    "transferred while stepped out": (
        Life().at(5).step_out().at(8).transfer("planning").at(12).back().at(14).serve(),
        7,
    ),
    "returned from service": (Life().at(3).serve().send_back().at(20).serve(), 3),
    "open: so far": (Life().at(11), 11),
    "open and stepped out: so far, without the time out": (Life().at(5).step_out().at(11), 5),
    "left while stepped out": (Life().at(5).step_out().at(40).leave(), 5),
    "no-show: to the first call": (Life().at(14).call().at(17).again().at(20).no_show(), 14),
    "no-show: to the first call, less the time out before it": (
        Life().at(2).step_out().at(6).back().at(14).call().at(20).no_show(),
        10,
    ),
    "no-show: who stepped out when called had answered": (
        Life().at(4).call().step_out().at(60).back().at(70).call().at(72).again().no_show(),
        14,
    ),
    "no-show: who was set aside when called had answered": (
        Life().at(4).call().hold().at(6).back().at(30).call().no_show(),
        30,
    ),
    "no-show: who was transferred when called had answered": (
        Life().at(4).call().at(6).again().transfer("planning").at(36).call().at(38).again().no_show(),
        36,
    ),
    "no-show: who was signposted to the next service when called had answered": (
        Life(then=("planning",)).at(4).call().finish(End.SIGNPOSTED).at(36).call().no_show(),
        36,
    ),
    "no-show: a hold while waiting answers nothing": (
        Life().at(4).call().withdraw().at(5).call().no_show().at(6).reinstate().hold().at(9).back().at(30).leave(),
        5,
    ),
    "reinstated, answered and a no-show again: to the very first call": (
        Life().at(12).call().no_show().at(40).reinstate().at(41).call().step_out().back().at(50).call().no_show(),
        12,
    ),
    "no-show who was put back after a first call": (Life().at(4).call().withdraw().at(30).call().no_show(), 30),
    "reinstated and seen: to the first call": (
        Life().at(12).call().at(14).no_show().at(40).reinstate().at(45).serve(),
        12,
    ),
    "reinstated, stepped out and seen: to the first call": (
        Life().at(12).call().no_show().at(40).reinstate().step_out().at(60).back().serve(),
        12,
    ),
    "reinstated and left: to the first call": (Life().at(12).call().no_show().at(40).reinstate().at(50).leave(), 12),
    "reinstated and a no-show again: to the very first call": (
        Life().at(12).call().no_show().at(40).reinstate().at(50).call().no_show(),
        12,
    ),
    "a no-show on a later leg was seen long before": (
        Life().at(3).serve().at(5).transfer("planning").at(40).call().no_show(),
        3,
    ),
    "reinstated on a later leg: the first service counts": (
        Life().at(3).serve().transfer("planning").at(40).call().no_show().at(45).reinstate().at(50).serve(),
        3,
    ),
    "appointment: from the booked time when early": (Life(booked=10).at(14).serve(), 4),
    "appointment: an early start earns nothing": (Life(booked=10).at(5).serve(), 0),
    "appointment: from arrival when late": (Life(booked=0, arrived=8).at(12).serve(), 4),
    "appointment: stepping out before the booked time pauses nothing": (
        Life(booked=10).at(2).step_out().at(8).back().at(14).serve(),
        4,
    ),
    "appointment: stepping out across the booked time pauses from then": (
        Life(booked=10).at(2).step_out().at(13).back().at(18).serve(),
        5,
    ),
    "the clock was put back": (Life().at(-60), 0),
    "the clock was put back while stepped out": (Life().at(5).step_out().at(-60), 0),
}


@pytest.mark.parametrize("case", WAITS)
def test_the_wait_that_the_promise_counts(case: str) -> None:
    story, expected = WAITS[case]
    assert story.wait == pytest.approx(expected)


def test_time_out_is_kept_apart_from_the_wait() -> None:
    visit = Life().at(5).step_out().at(20).back().at(30).serve().visit
    assert visit.legs[0].stepped_out == 15 * MINUTE
    assert visit.legs[0].waited(at(90)) == 15 * MINUTE


def test_the_wait_on_the_screen_stands_still_while_the_visitor_is_out() -> None:
    story = Life().at(5).step_out()
    assert story.visit.waited(at(5)) == story.visit.waited(at(50)) == 5 * MINUTE
    story.at(30).do(e.DetailsChanged(2))
    assert story.visit.total_waited(story.now) == 5 * MINUTE
    held = Life().at(5).hold()
    assert held.visit.waited(at(50)) == 50 * MINUTE


def test_a_hold_in_service_is_part_of_the_service() -> None:
    story = Life().at(2).serve().at(5).hold().at(11).back().at(14).finish()
    assert story.visit.leg.held == 6 * MINUTE
    assert story.visit.leg.service_time == 12 * MINUTE
    assert story.wait == 2


def test_in_service_only_staff_can_hold() -> None:
    assert refused(lambda: Life().serve().step_out()).code is Code.NOT_POSSIBLE_NOW


def test_a_hold_in_service_keeps_its_counter_and_any_other_frees_it() -> None:
    assert Life().call().hold().visit.counter_id == ""
    assert Life().serve().hold().visit.counter_id == "counter 1"
    assert Life().serve().hold().back().visit.counter_id == "counter 1"


def test_own_lateness_is_the_visitors() -> None:
    assert own_lateness(Life(booked=0, arrived=8).visit) == 8 * MINUTE
    assert own_lateness(Life(booked=10).visit) == 0
    assert own_lateness(Life().visit) == 0


# -- the column -----------------------------------------------------------------------------------------------------

UNSEEN: dict[str, tuple[Callable[[Life], Life], Column, Column]] = {
    "left": (Life.leave, Column.LEFT_BEFORE, Column.LEFT_AFTER),
    "no-show": (lambda story: story.call().no_show(), Column.NO_SHOW_BEFORE, Column.NO_SHOW_AFTER),
    "booked": (lambda story: story.finish(End.BOOKED), Column.BOOKED_UNSEEN_BEFORE, Column.BOOKED_UNSEEN_AFTER),
    "signposted": (
        lambda story: story.finish(End.SIGNPOSTED),
        Column.SIGNPOSTED_UNSEEN_BEFORE,
        Column.SIGNPOSTED_UNSEEN_AFTER,
    ),
    "unresolved": (Life.close, Column.UNRESOLVED_UNSEEN_BEFORE, Column.UNRESOLVED_UNSEEN_AFTER),
}


@pytest.mark.parametrize("end", UNSEEN)
def test_an_unseen_end_before_the_limit_at_it_and_after_it(end: str) -> None:
    finish, before, after = UNSEEN[end]
    assert finish(Life().at(3)).column is before
    assert finish(Life().at(15)).column is before  # limits are inclusive
    assert finish(Life().at(15, milliseconds=1)).column is after


@pytest.mark.parametrize("end", UNSEEN)
def test_without_a_promise_nothing_is_lost(end: str) -> None:
    finish, before, _after = UNSEEN[end]
    assert finish(Life(NOTHING).at(500)).column is before


@pytest.mark.parametrize("end", UNSEEN)
def test_time_out_is_no_wait_for_an_unseen_end_either(end: str) -> None:
    finish, before, after = UNSEEN[end]
    assert finish(Life().at(1).step_out().at(11).back().at(25)).column is before
    assert finish(Life().at(1).step_out().at(11).back().at(25, milliseconds=1)).column is after


def test_a_no_show_is_judged_at_the_first_call_not_the_last() -> None:
    assert Life().at(14).call().at(17).again().at(20).again().no_show().column is Column.NO_SHOW_BEFORE
    assert Life().at(15, milliseconds=1).call().no_show().column is Column.NO_SHOW_AFTER


@pytest.mark.parametrize(
    "story",
    [
        Life().at(3).serve(),
        Life().at(3).serve().hold(),
        Life().at(3).serve().transfer("planning"),
        Life().at(3).serve().finish(),
        Life().at(3).serve().finish(End.TO_FOLLOW),
        Life().at(3).serve().finish(End.BOOKED),
        Life().at(3).serve().finish(End.SIGNPOSTED),
        Life().at(3).serve().leave(),
        Life().at(3).serve().at(400).close(),
        Life().at(3).serve().transfer("planning").call().no_show(),
        Life().at(3).serve().transfer("planning").leave(),
        Life().at(3).serve().transfer("planning").at(400).close(),
    ],
)
def test_a_visit_seen_stays_seen_whatever_becomes_of_it(story: Life) -> None:
    assert story.column is Column.SEEN
    assert story.wait == 3


@pytest.mark.parametrize("story", [Life(), Life().call(), Life().hold(), Life().call().no_show().reinstate()])
def test_unseen_and_not_ended_is_open(story: Life) -> None:
    assert story.column is Column.OPEN


def test_a_reinstated_no_show_is_in_the_column_of_its_new_end() -> None:
    back = Life().at(12).call().no_show().at(40)
    assert back.reinstate().at(50).leave().column is Column.LEFT_BEFORE  # judged by the call at 10:12
    late = Life().at(16).call().no_show().at(40)
    assert late.reinstate().at(50).leave().column is Column.LEFT_AFTER


def test_a_service_that_nobody_finished_has_no_length() -> None:
    """Seen, and open when the day closed: its service time is unknown, not absurd."""
    story = Life().at(3).serve().at(400).close()
    assert story.visit.end is End.UNRESOLVED
    assert story.visit.leg.service_time is None
    assert story.visit.leg.waited(at(999)) == 3 * MINUTE
    held = Life().at(3).serve().hold().at(400).close()
    assert held.visit.leg.service_time is None
    unseen = Life().at(3).serve().at(5).transfer("planning").at(400).close()
    assert [leg.service_time for leg in unseen.visit.legs] == [2 * MINUTE, None]
    assert unseen.visit.total_waited(unseen.now) == (3 + 395) * MINUTE


# -- the resolved clock ---------------------------------------------------------------------------------------------

RESOLVED: dict[str, tuple[Life, float | None, float | None]] = {
    "resolved": (Life(HART).at(2).serve().at(9).finish(), 9, 9),
    "booked, seen": (Life(HART).at(2).serve().at(9).finish(End.BOOKED), 9, 9),
    "booked, unseen": (Life(HART).at(9).finish(End.BOOKED), 9, 9),
    "signposted, unseen": (Life(HART).at(9).finish(End.SIGNPOSTED), 9, 9),
    "stepping out does not pause it": (Life(HART).at(1).step_out().at(8).back().serve().at(9).finish(), 9, 9),
    "over all legs": (Life(HART).serve().at(5).transfer("planning").at(30).serve().at(40).finish(), 40, 40),
    "to follow never counts": (Life(HART).serve().at(3).finish(End.TO_FOLLOW), None, 3),
    "left": (Life(HART).at(4).leave(), None, 4),
    "no-show, at the first call": (Life(HART).at(4).call().at(30).again().no_show(), None, 4),
    "no-show on a later leg, at that leg's first call": (
        Life(HART).at(1).serve().at(3).transfer("planning").at(12).call().at(15).again().no_show(),
        None,
        12,
    ),
    "unresolved": (Life(HART).at(400).close(), None, 400),
    "open": (Life(HART).at(5), None, None),
    "reinstated and resolved": (
        Life(HART).at(4).call().no_show().at(8).reinstate().serve().at(12).finish(),
        12,
        12,
    ),
}


@pytest.mark.parametrize("case", RESOLVED)
def test_the_resolved_clock(case: str) -> None:
    story, resolved, judged = RESOLVED[case]
    for found, expected in (
        (resolved_time(story.visit), resolved),
        (resolved_clock(story.visit), judged),
    ):
        assert found == (None if expected is None else round(expected * MINUTE))


def test_exempt_from_the_moment_the_visitor_is_told_of_a_specialist() -> None:
    assert Life(HART).serve().at(3).transfer("planning", told=True).visit.exempt
    assert Life(HART).at(3).transfer("planning", told=True).visit.exempt
    assert not Life(HART).serve().at(3).transfer("planning").visit.exempt


def test_passed_on_after_the_limit_has_lost_already() -> None:
    """A visit is not exempt from a promise that was broken before; the limit itself is still in time."""
    assert Life(HART).serve().at(10).transfer("planning", told=True).visit.exempt
    assert not Life(HART).serve().at(10, milliseconds=1).transfer("planning", told=True).visit.exempt


def test_once_exempt_always_exempt() -> None:
    story = Life(HART).serve().at(3).transfer("planning", told=True).at(30).serve().transfer("housing", told=True)
    assert story.visit.exempt
    assert sum(isinstance(item.fact, e.SpecialistTold) for item in story.facts) == 1


def test_a_transfer_taken_back_is_no_exemption() -> None:
    assert not Life(HART).serve().at(3).transfer("planning", told=True).undo().visit.exempt
