"""The legs of a visit: what begins one, and what only sends it on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reception.clock import MINUTE
from reception.domain import lifecycle as life
from reception.domain.clocks import resolved_time
from reception.domain.columns import Column
from reception.domain.visit_states import End, State
from reception.errors import Code
from tests.domain.one_visit import FIFTEEN, HART, TODAY, Life, at, refused


def test_a_transfer_while_waiting_keeps_the_leg_and_its_clock() -> None:
    visit = Life().at(4).transfer("planning", "grace").visit
    assert len(visit.legs) == 1
    assert (visit.leg.service_id, visit.leg.named_officer_id, visit.leg.since) == ("planning", "grace", at(0))


@pytest.mark.parametrize("before", [Life.call, Life.hold], ids=["called", "held"])
def test_a_transfer_before_service_keeps_the_leg_from_wherever(before: Callable[[Life], Life]) -> None:
    story = before(Life().at(2)).at(4).transfer("planning")
    assert (len(story.visit.legs), story.visit.state, story.visit.leg.since) == (1, State.WAITING, at(0))
    assert story.at(10).serve().wait == 10


def test_a_transfer_from_service_starts_a_leg() -> None:
    story = Life().at(6).serve().at(9).transfer("planning").at(21).serve().at(30).finish()
    first, second = story.visit.legs
    assert (first.service_id, first.waited(story.now), first.service_time) == ("housing", 6 * MINUTE, 3 * MINUTE)
    assert (second.service_id, second.since, second.waited(story.now)) == ("planning", at(9), 12 * MINUTE)
    assert second.service_time == 9 * MINUTE
    assert story.wait == 6  # the promise counts the first leg
    assert story.visit.total_waited(story.now) == 18 * MINUTE  # and this stands beside it


def test_a_transfer_of_a_waiting_later_leg_keeps_that_leg() -> None:
    story = Life().at(6).serve().at(9).transfer("planning").at(12).transfer("council-tax")
    assert [leg.service_id for leg in story.visit.legs] == ["housing", "council-tax"]
    assert story.visit.leg.since == at(9)


def test_a_transfer_to_where_it_is_already() -> None:
    assert refused(lambda: Life().transfer("housing")).code is Code.BAD_INPUT
    assert Life().transfer("housing", "grace").visit.leg.named_officer_id == "grace"


def test_a_return_from_service_is_a_leg_of_the_same_service() -> None:
    story = Life(named="grace").at(3).serve().at(5).send_back()
    assert [(leg.service_id, leg.since, leg.named_officer_id) for leg in story.visit.legs] == [
        ("housing", at(0), "grace"),
        ("housing", at(5), "grace"),
    ]
    assert story.visit.leg.order_target == FIFTEEN


def test_a_return_from_a_call_or_a_hold_before_service_is_no_leg() -> None:
    for story in (Life().call(), Life().hold(), Life().step_out()):
        assert len(story.at(3).send_back().visit.legs) == 1
        assert story.visit.state is State.WAITING
        assert story.visit.leg.since == at(0)


def test_handing_over_is_for_anyone() -> None:
    asked_for = Life(named="priya").at(3).serve().at(5)
    asked_for.do(*life.hand_over(asked_for.visit))
    assert (len(asked_for.visit.legs), asked_for.visit.leg.named_officer_id) == (2, "")
    anyones = Life().at(3).serve().at(5)
    anyones.do(*life.hand_over(anyones.visit))
    assert (len(anyones.visit.legs), anyones.visit.leg.since) == (2, at(5))


def test_several_services_are_legs_one_after_another() -> None:
    story = Life(then=("council-tax", "planning")).at(2).serve().at(5).finish()
    assert (story.visit.state, story.visit.leg.service_id) == (State.WAITING, "council-tax")
    assert story.visit.then_services == ("planning",)
    story.at(10).serve().at(12).finish()
    assert story.visit.leg.service_id == "planning"
    story.at(20).serve().at(21).finish()
    assert (story.visit.end, len(story.visit.legs), story.visit.then_services) == (End.RESOLVED, 3, ())
    assert story.visit.total_waited(story.now) == (2 + 5 + 8) * MINUTE
    assert resolved_time(story.visit) == 21 * MINUTE


@pytest.mark.parametrize("end", [End.SIGNPOSTED, End.BOOKED])
def test_one_matter_sent_elsewhere_and_the_visit_goes_on_with_the_next(end: End) -> None:
    seen = Life(HART, then=("council-tax",)).at(2).serve().at(5).finish(end)
    assert (seen.visit.state, seen.visit.leg.service_id, seen.visit.then_services) == (State.WAITING, "council-tax", ())
    assert (len(seen.visit.legs), resolved_time(seen.visit)) == (2, None)
    assert resolved_time(seen.at(6).serve().at(9).finish().visit) == 9 * MINUTE
    unseen = Life(then=("council-tax",)).at(5).finish(end)
    assert (unseen.visit.leg.service_id, unseen.visit.leg.since, unseen.column) == ("council-tax", at(0), Column.OPEN)
    assert unseen.at(16).leave().column is Column.LEFT_AFTER


def test_the_slip_of_a_matter_sent_elsewhere_stays_when_the_visit_goes_on() -> None:
    story = Life(then=("council-tax",)).serve().finish(End.SIGNPOSTED)
    for visit in (story.visit, story.serve().finish().visit):
        assert (visit.slip, visit.signpost_to) == (End.SIGNPOSTED, "Citizens Advice")
        assert visit.signposted_service_id == "housing"
    assert Life().serve().finish(End.TO_FOLLOW).visit.slip is End.TO_FOLLOW
    assert Life().serve().finish().visit.slip is None


def test_an_answer_to_follow_waits_for_the_last_service() -> None:
    story = Life(then=("council-tax",)).serve()
    refusal = refused(lambda: story.finish(End.TO_FOLLOW))
    assert refusal.code is Code.SERVICES_LEFT
    assert refusal.remedy.startswith("Transfer the visit to that service")
    story.transfer("council-tax").serve().finish(End.TO_FOLLOW)  # what the refusal advises
    assert (story.visit.end, story.visit.due, story.visit.then_services) == (End.TO_FOLLOW, TODAY, ())


@pytest.mark.parametrize("end", [End.RESOLVED, End.TO_FOLLOW, End.SIGNPOSTED, End.BOOKED])
def test_further_services_may_be_declined(end: End) -> None:
    assert Life(then=("council-tax",)).serve().finish(end, without_further=True).visit.end is end


def test_a_transfer_to_a_planned_service_takes_it_off_the_plan() -> None:
    story = Life(then=("council-tax", "planning")).serve().transfer("planning")
    assert story.visit.then_services == ("council-tax",)
    story.serve().finish().serve().finish()
    assert [leg.service_id for leg in story.visit.legs] == ["housing", "planning", "council-tax"]
    assert story.visit.end is End.RESOLVED


def test_a_visitor_who_is_out_stays_out_when_transferred() -> None:
    story = Life().at(5).step_out().at(8).transfer("planning", "priya", told=True)
    visit = story.visit
    assert (visit.state, visit.leg.service_id, visit.leg.named_officer_id) == (State.ON_HOLD, "planning", "priya")
    assert visit.waited(at(50)) == 5 * MINUTE
    assert story.at(20).back().at(30).serve().wait == 15


def test_a_transfer_leaves_the_planned_services_as_they_are() -> None:
    story = Life(then=("council-tax",)).at(2).serve().transfer("planning").serve().finish()
    assert [leg.service_id for leg in story.visit.legs] == ["housing", "planning", "council-tax"]
