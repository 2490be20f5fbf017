"""A visit's room and interpreter, and what it was told of delays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain import events as e
from reception.domain import lifecycle as life
from reception.domain.appointment import Told
from reception.domain.booked import DelayAnswer, DelayReason, Mode
from reception.domain.folding import visit_from
from reception.domain.telling import (
    last_told,
    told_at,
    told_until,
    took_another_time,
    tried_at,
    was_offered,
    was_told,
    was_told_in_time,
)
from reception.domain.visit import Interpreting
from reception.domain.visit_states import State, Why
from reception.errors import Code, Refusal
from tests.domain.one_visit import Life, at


def room(story: Life, room_id: str) -> Life:
    return story.do(*life.assign_room(story.visit, room_id))


def ask(story: Life, interpreter_id: str = "", language: str = "bfi") -> Life:
    return story.do(*life.request_interpreter(story.visit, language, Mode.IN_PERSON, interpreter_id))


def arrive(story: Life) -> Life:
    return story.do(*life.interpreter_here(story.visit))


def waive(story: Life) -> Life:
    return story.do(*life.call_without_interpreter(story.visit))


# -- rooms -----------------------------------------------------------------------------------------------------------


def test_a_room_is_kept_through_everything_until_the_visit_ends() -> None:
    story = room(Life(), "quiet")
    for step in (story.call, story.start, story.hold, story.back, story.send_back, story.serve):
        step()
        assert story.visit.room_id == "quiet"
    story.do(*life.leave(story.visit))
    assert story.visit.room_id == ""


def test_another_room_takes_the_place_of_the_first_and_a_room_can_be_freed() -> None:
    story = room(room(Life(), "quiet"), "large")
    assert story.visit.room_id == "large"
    story.do(*life.free_room(story.visit))
    assert story.visit.room_id == ""


def test_who_comes_back_after_a_no_show_has_no_room_any_more() -> None:
    story = room(Life(), "quiet").call().again()
    story.do(*life.no_show(story.visit, 2)).do(*life.reinstate(story.visit, story.visit.local_day))
    assert (story.visit.state, story.visit.room_id) == (State.WAITING, "")


def test_a_room_that_is_given_twice_or_freed_twice_is_refused() -> None:
    story = room(Life(), "quiet")
    with pytest.raises(Refusal) as given_twice:
        room(story, "quiet")
    story.do(*life.free_room(story.visit))
    with pytest.raises(Refusal) as freed_twice:
        life.free_room(story.visit)
    assert given_twice.value.code is freed_twice.value.code is Code.NOT_POSSIBLE_NOW


# -- interpreters ----------------------------------------------------------------------------------------------------


def test_a_visit_is_not_called_until_its_interpreter_is_there() -> None:
    story = ask(Life(), "sam")
    assert story.visit.interpreting == Interpreting("bfi", Mode.IN_PERSON, "sam")
    assert not story.visit.is_ready
    with pytest.raises(Refusal) as refused:
        story.call()
    assert refused.value.code is Code.NOT_POSSIBLE_NOW
    assert refused.value.reason == "The interpreter for H001 is not there yet."
    assert refused.value.remedy == "Say that you go on without, or wait."
    assert arrive(story).call().visit.state is State.CALLED


def test_staff_may_go_on_without() -> None:
    story = waive(ask(Life()))
    assert story.visit.is_ready
    assert story.call().visit.state is State.CALLED


def test_a_visit_that_needs_no_interpreter_is_ready() -> None:
    assert Life().visit.is_ready


def test_an_interpreter_who_is_asked_for_anew_is_waited_for_anew() -> None:
    story = ask(waive(ask(Life(), "sam")), "ada")
    assert story.visit.interpreting == Interpreting("bfi", Mode.IN_PERSON, "ada")
    assert not story.visit.is_ready


def test_a_call_that_was_made_already_stands() -> None:
    story = ask(Life().call())
    assert story.start().visit.state is State.SERVING


def test_the_same_again_changes_nothing() -> None:
    story = ask(Life(), "sam")
    assert life.request_interpreter(story.visit, "bfi", Mode.IN_PERSON, "sam") == []
    assert life.interpreter_here(arrive(story).visit) == []
    assert life.call_without_interpreter(waive(ask(Life())).visit) == []


@pytest.mark.parametrize("step", [arrive, waive])
def test_an_interpreter_whom_nobody_asked_for(step: Callable[[Life], Life]) -> None:
    with pytest.raises(Refusal) as refused:
        step(Life())
    assert refused.value.code is Code.NOT_POSSIBLE_NOW


def test_going_on_without_an_interpreter_who_is_there_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        waive(arrive(ask(Life())))
    assert refused.value.remedy == "Call the visit."


def test_a_language_has_to_be_said() -> None:
    with pytest.raises(Refusal) as refused:
        ask(Life(), language="")
    assert (refused.value.code, refused.value.field) == (Code.BAD_INPUT, "language")


def test_an_ended_visit_takes_neither_room_nor_interpreter() -> None:
    story = Life()
    story.do(*life.leave(story.visit))
    told = e.DelayTold(DelayReason.STAFF_AWAY, DelayAnswer.WILL_WAIT)
    for step in (
        lambda: room(story, "quiet"),
        lambda: ask(story),
        lambda: life.free_room(story.visit),
        lambda: life.tell(story.visit, told),
    ):
        with pytest.raises(Refusal) as refused:
            step()
        assert refused.value.code is Code.NOT_POSSIBLE_NOW


def test_a_ticket_says_which_appointment_it_came_from() -> None:
    story = Life()
    ticket = story.facts[0].fact
    assert isinstance(ticket, e.TicketTaken)
    facts = [e.Recorded(at(0), "command 1", replace(ticket, appointment_id="appointment 7"))]
    assert (story.visit.appointment_id, visit_from("visit", facts).appointment_id) == ("", "appointment 7")


# -- told of a delay -------------------------------------------------------------------------------------------------


def telling(answer: DelayAnswer, expected: float | None = None, *offered: float, promised: float = 15) -> e.DelayTold:
    return e.DelayTold(
        DelayReason.RUNNING_OVER,
        answer,
        None if expected is None else at(expected),
        tuple(at(each) for each in offered),
        at(promised),
    )


def test_what_was_said_is_kept() -> None:
    story = Life()
    story.at(10).do(*life.tell(story.visit, telling(DelayAnswer.WILL_WAIT, 30, 600)))
    assert story.visit.told == (Told(at(10), DelayAnswer.WILL_WAIT, at(30), (at(600),), at(15)),)
    assert story.visit.state is State.WAITING
    assert story.visit.waited(at(20)) == 20 * MINUTE


def test_nobody_is_told_who_is_being_served() -> None:
    with pytest.raises(Refusal):
        life.tell(Life().serve().visit, telling(DelayAnswer.WILL_WAIT, 30))


def test_told_in_time_or_late() -> None:
    for minute, in_time in ((14.9, True), (15, True), (15.1, False)):
        story = Life().at(minute)
        story.do(*life.tell(story.visit, telling(DelayAnswer.WILL_WAIT, 30)))
        told = story.visit.told
        assert (was_told(told), was_told_in_time(told), was_offered(told)) == (True, in_time, False)


def test_rung_up_in_vain_counts_for_nothing() -> None:
    story = Life().at(5)
    story.do(*life.tell(story.visit, telling(DelayAnswer.NOT_REACHED, 30, 600)))
    told = story.visit.told
    assert (was_told(told), was_told_in_time(told), was_offered(told)) == (False, False, False)
    assert (last_told(told), told_at(told), told_until(told)) == (None, None, None)
    assert tried_at(told) == at(5)


def test_another_time_is_taken_by_whoever_chose_it_once() -> None:
    for answers, took in (
        ([DelayAnswer.WILL_WAIT, DelayAnswer.LEAVES], False),
        ([DelayAnswer.NOT_REACHED], False),
        ([DelayAnswer.ANOTHER_TIME, DelayAnswer.WILL_WAIT], True),
    ):
        told = [Told(at(minute), answer, None, (at(600),)) for minute, answer in enumerate(answers)]
        assert took_another_time(told) == took


def test_the_last_time_that_anything_was_said_counts() -> None:
    story = Life()
    for minute, answer, expected in (
        (5, DelayAnswer.WILL_WAIT, 30),
        (29, DelayAnswer.WILL_WAIT, 40),
        (41, DelayAnswer.NOT_REACHED, 60),
    ):
        story.at(minute).do(*life.tell(story.visit, telling(answer, expected)))
    told = story.visit.told
    assert (told_at(told), told_until(told), tried_at(told)) == (at(29), at(40), at(41))


def test_a_talk_after_a_try_ends_the_trying() -> None:
    story = Life()
    story.at(5).do(*life.tell(story.visit, telling(DelayAnswer.NOT_REACHED)))
    story.at(6).do(*life.tell(story.visit, telling(DelayAnswer.WILL_WAIT, 30)))
    assert tried_at(story.visit.told) is None
    assert tried_at(()) is None


def test_why_a_call_is_refused_is_the_same_for_a_named_call() -> None:
    with pytest.raises(Refusal):
        life.call(ask(Life()).visit, "counter 1", "priya", Why.NAMED)
