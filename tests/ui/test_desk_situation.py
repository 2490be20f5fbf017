"""The counter's situation and the table of keys: worked out without a window."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.desk_view import DeskView, Undoable
from reception.domain.office import Office
from reception.domain.visit_states import State
from reception.services.queries import Desk
from tests.ui.fake_door import OFFICE, FakeDoor, Visit
from ui.desk.due import due_days
from ui.desk.evacuation import evacuation_list
from ui.desk.key_table import CALLED_ROW, ENTRIES, SERVING_ROW, TABLE, Act, Stage
from ui.desk.said import said_undone
from ui.desk.situation import MainDeed, situation_of
from ui.desk.standing import clock_went_back, office_named, opening_words, promise_in_danger
from ui.panels.minted import MintedIds


@pytest.fixture
def door() -> FakeDoor:
    door = FakeDoor()
    door.sign_in()
    return door


def view_of(door: FakeDoor) -> DeskView:
    view = door.ask(Desk("civic", "c3", "Desk 3"))
    assert isinstance(view, DeskView)
    return view


def at_counter(door: FakeDoor, visit: Visit, state: State, calls: int = 1) -> Visit:
    now = door.clock.now()
    visit.state, visit.counter_id, visit.officer_id = state, "c3", "priya"
    visit.called_at, visit.calls = now, calls
    if state is State.SERVING:
        visit.started_at, visit.first_wait = now, now - visit.arrived_at
    return visit


# -- the table -------------------------------------------------------------------------------------------------


def test_every_action_is_in_the_table_once() -> None:
    assert Counter(entry.act for entry in TABLE) == Counter(Act)


@pytest.mark.parametrize("stage", Stage)
def test_no_key_means_two_things_at_once(stage: Stage) -> None:
    keys = Counter(key for entry in TABLE for key in entry.keys.get(stage, ()))
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_says_what_it_does() -> None:
    assert [entry.act for entry in TABLE if not entry.about or not entry.keys] == []


def test_the_six_under_a_visit_have_keys_in_their_stage() -> None:
    assert all(Stage.CALLED in ENTRIES[act].keys for act in CALLED_ROW)
    assert all(Stage.SERVING in ENTRIES[act].keys and Stage.FREE in ENTRIES[act].keys for act in SERVING_ROW)


# -- the situation ---------------------------------------------------------------------------------------------


def test_with_nobody_signed_in_only_the_window_can_be_worked(door: FakeDoor) -> None:
    door.signed_in.clear()
    situation = situation_of(view_of(door), door.clock.now())
    assert situation.stage is Stage.SIGNED_OUT
    assert Act.NEW_WALK_IN not in situation.possible
    assert Act.MENU in situation.possible


def test_an_empty_queue_makes_the_next_walk_in_stand_out(door: FakeDoor) -> None:
    situation = situation_of(view_of(door), door.clock.now())
    assert (situation.main.deed, situation.main.detail) == (MainDeed.CALL_NEXT, "Nobody to call yet")
    assert Act.MAIN not in situation.possible
    assert situation.walk_in_stands_out
    assert "No visitor is at this counter" in situation.reasons[Act.FINISH]


def test_call_next_says_who_and_why(door: FakeDoor) -> None:
    door.arrive("ctax", 14)
    situation = situation_of(view_of(door), door.clock.now())
    assert situation.main.detail == "C001 next: 1 min left, can still be kept"
    assert Act.MAIN in situation.possible
    assert not situation.walk_in_stands_out


def test_whoever_came_early_for_an_appointment_is_said_with_its_time(door: FakeDoor) -> None:
    door.arrive("ctax", 3)
    view, now = view_of(door), door.clock.now()
    early = replace(view.queue[0], since=now + 6 * MINUTE, booked_for=now + 6 * MINUTE)
    situation = situation_of(replace(view, queue=(early,), next_for_me=None), now)
    assert situation.main.detail.startswith("C001 is here, and due at ")
    assert Act.MAIN not in situation.possible
    assert situation.reasons[Act.MAIN] == f"{situation.main.detail}."


def test_nobody_for_this_officer_is_said(door: FakeDoor) -> None:
    door.arrive("ctax", 3).named_officer_id = "ewan"
    situation = situation_of(view_of(door), door.clock.now())
    assert situation.main.detail == "Nobody is waiting for you"
    assert Act.MAIN not in situation.possible


def test_a_no_show_needs_its_calls_and_says_so(door: FakeDoor) -> None:
    visit = at_counter(door, door.arrive(), State.CALLED)
    situation = situation_of(view_of(door), door.clock.now())
    assert situation.main.deed is MainDeed.START
    assert Act.NO_SHOW not in situation.possible
    assert situation.reasons[Act.NO_SHOW] == ("C001 has been called once. A no-show can be marked after 2 calls.")
    visit.calls = 2
    assert Act.NO_SHOW in situation_of(view_of(door), door.clock.now()).possible


@pytest.mark.parametrize(
    ("others", "then", "deed", "detail"),
    [
        (1, (), MainDeed.FINISH_AND_CALL_NEXT, "C002 next: 10 min left, can still be kept"),
        (0, (), MainDeed.FINISH, "Nobody to call after this"),
        (0, ("housing",), MainDeed.FINISH, "C001 then waits for Housing"),
        (1, ("housing",), MainDeed.FINISH_AND_CALL_NEXT, "C001 then waits for Housing"),
    ],
)
def test_the_main_key_of_a_service(
    door: FakeDoor, others: int, then: tuple[str, ...], deed: MainDeed, detail: str
) -> None:
    at_counter(door, door.arrive(), State.SERVING).then_services = then
    for _ in range(others):
        door.arrive("ctax", 5)
    situation = situation_of(view_of(door), door.clock.now())
    assert (situation.main.deed, situation.main.detail) == (deed, detail)


def test_in_an_evacuation_nobody_is_called_but_a_service_can_end(door: FakeDoor) -> None:
    door.arrive()
    door.evacuated_at = door.clock.now()
    assert Act.MAIN not in situation_of(view_of(door), door.clock.now()).possible
    at_counter(door, door.arrive(), State.SERVING)
    situation = situation_of(view_of(door), door.clock.now())
    assert situation.main.deed is MainDeed.FINISH
    assert Act.MAIN in situation.possible


# -- ids -------------------------------------------------------------------------------------------------------


def test_a_question_keeps_its_id_until_its_answer_is_shown() -> None:
    ids = MintedIds()
    ids.shown("C020 is called")
    first = ids.id_for(Act.CALL_AGAIN)
    assert ids.id_for(Act.CALL_AGAIN) == first
    ids.answered(first)
    assert ids.id_for(Act.CALL_AGAIN) == first, "done, but not yet seen: the second press is the first"
    ids.shown("C020 is called")
    assert ids.id_for(Act.CALL_AGAIN) != first


def test_another_visit_is_another_question_even_when_the_reply_was_lost() -> None:
    ids = MintedIds()
    ids.shown("nobody here")
    first = ids.id_for(Act.MAIN)
    ids.shown("C020 is called")
    ids.shown("nobody here")
    assert ids.id_for(Act.MAIN) != first


# -- what stands -----------------------------------------------------------------------------------------------


def test_a_promise_about_to_be_lost_is_said_while_nobody_is_here(door: FakeDoor) -> None:
    door.arrive("ctax", 13)
    view = view_of(door)
    said = promise_in_danger(view, view.now)
    assert said is not None
    assert said.text == "C001: 2 min left."
    assert said.mood == "due-soon"
    at_counter(door, door.arrive("ctax", 3), State.SERVING)
    assert promise_in_danger(view_of(door), view.now) is None


def test_a_promise_that_another_officer_must_keep_is_not_said_here(door: FakeDoor) -> None:
    door.arrive("ctax", 13).named_officer_id = "ewan"
    view = view_of(door)
    assert promise_in_danger(view, view.now) is None


def test_the_clock_set_back_is_said_in_minutes(door: FakeDoor) -> None:
    assert clock_went_back(view_of(door)) is None
    door.clock_went_back = 60 * MINUTE
    said = clock_went_back(view_of(door))
    assert said is not None
    assert "60 minutes" in said.text


@pytest.mark.parametrize(
    ("hours_on", "words"),
    [(0, "Open until 5.15pm."), (-2, "Opens at 9am."), (8, "Closed for today."), (4 * 24, "No opening hours today.")],
)
def test_the_quiet_line_tells_the_opening_hours(door: FakeDoor, hours_on: int, words: str) -> None:
    view = view_of(door)
    assert opening_words(view, view.now + hours_on * 60 * MINUTE).text == words


def test_the_office_is_found_by_name_or_alone() -> None:
    other = Office("bushey", "Bushey Centre", "Hertsmere", "Europe/London")
    assert office_named((OFFICE,), "") is OFFICE
    assert office_named((OFFICE, other), "") is None
    assert office_named((OFFICE, other), "bushey centre") is other
    assert office_named((OFFICE, other), "Elstree") is None


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("SignOff", "", "Taken back: the day's closing."),
        ("EndEvacuation", "", "Taken back: the day's closing."),
        ("ChangeDetails", "", "Taken back."),
        ("EnterAbsence", "", "Taken back: the absence that was entered."),
        ("FinishAndCallNext", "C016", "Taken back: the end of C016 and the call after it."),
    ],
)
def test_what_was_taken_back_is_said_whole(kind: str, number: str, words: str) -> None:
    assert said_undone(Undoable("x", kind, number, 0, 1)).text == words


# -- days and lists --------------------------------------------------------------------------------------------


def test_due_days_are_today_and_the_working_days_after_it() -> None:
    days = due_days(date(2026, 12, 24), (date(2026, 12, 29), date(2026, 12, 30)))
    assert [day.day for day in days] == [date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30)]
    assert days[1].words(date(2026, 12, 24)) == "Tuesday 29 December, 1 working day"


def test_the_evacuation_list_holds_everyone_inside_once(door: FakeDoor) -> None:
    door.arrive("ctax", 4).party_size = 3
    at_counter(door, door.arrive("housing", 9), State.SERVING)
    held = door.arrive("benefits", 9)
    held.state, held.held_at = State.ON_HOLD, door.clock.now()
    outside = door.arrive("planning", 9)
    outside.state, outside.held_at, outside.own_request = State.ON_HOLD, door.clock.now(), True
    view = view_of(door)
    everyone = evacuation_list(view, view.now)
    assert [(row.number, row.party_size, row.place) for row in everyone.rows] == [
        ("C001", 3, ""),
        ("H001", 1, "Counter 3"),
        ("B001", 1, ""),
    ]
    assert everyone.people == 5
