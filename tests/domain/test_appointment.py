"""The life of an appointment: which facts may follow which, what they come to, and what may be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant, Millis
from reception.domain import arranging, taking_back
from reception.domain import events as e
from reception.domain.appointment import Appointment, Told
from reception.domain.appointment_folding import appointment_from, evolve_appointment
from reception.domain.booked import DelayAnswer, DelayReason, InterpreterStatus, Kind, LetterKind, Standing
from reception.domain.booking import Place
from reception.errors import Code, Refusal
from tests.domain.offices import MONDAY, at, office

TEN = at(MONDAY, 10)
PLACE = Place(TEN, TEN + 30 * MINUTE, "priya", "quiet", "sam")
LATER = replace(PLACE, starts=TEN + HOUR, ends=TEN + 90 * MINUTE)
SOONER = replace(PLACE, starts=TEN - HOUR, ends=TEN - 30 * MINUTE)
GRACE = 15 * MINUTE
DAY: Millis = 24 * HOUR


class Booking:
    """One appointment, told step by step; each step is decided by the domain, and may be refused."""

    def __init__(self, place: Place = PLACE, kind: Kind = Kind.OFFICE, language: str = "bfi") -> None:
        self.facts: list[e.Recorded] = []
        self.now = TEN - 7 * DAY
        booked = e.AppointmentBooked("office", "AP-00000000", kind, "housing", place, MONDAY, language=language)
        self.do([booked])

    def at(self, now: Instant) -> Booking:
        self.now = now
        return self

    def do(self, facts: Iterable[e.AppointmentFact]) -> Booking:
        """All these facts by one command."""
        command = f"command {len({item.command_id for item in self.facts})}"
        self.facts += [e.Recorded(self.now, command, fact) for fact in facts]
        return self

    @property
    def is_now(self) -> Appointment:
        return appointment_from("appointment", self.facts)

    def move(self, place: Place = LATER, *, by_visitor: bool = True, visit_waits: bool = False) -> Booking:
        return self.do(arranging.move(self.is_now, place, MONDAY, by_visitor=by_visitor, visit_waits=visit_waits))

    def cancel(self) -> Booking:
        return self.do(arranging.cancel(self.is_now, by_visitor=True))

    def check_in(self, late: Millis = 0, visit_id: str = "visit 1") -> Booking:
        self.now = self.is_now.starts_at + late
        return self.do(arranging.check_in(self.is_now, office(), self.now, visit_id))

    def miss(self) -> Booking:
        self.now = self.is_now.starts_at + GRACE + 1
        return self.do(arranging.miss(self.is_now, self.now, GRACE))

    def attend(self) -> Booking:
        self.now = self.is_now.starts_at
        return self.do(arranging.attended(self.is_now, self.now))

    def want_earlier(self, *, on: bool = True) -> Booking:
        return self.do(arranging.want_earlier(self.is_now, on))

    def interpreter(self, status: InterpreterStatus, notice: Millis = 0) -> Booking:
        return self.do(arranging.progress_interpreter(self.is_now, status, self.now, notice))

    def undo(self) -> Booking:
        """The last command that stands."""
        undone = {item.fact.command_id for item in self.facts if isinstance(item.fact, e.CommandUndone)}
        last = next(
            item.command_id
            for item in reversed(self.facts)
            if item.command_id not in undone and not isinstance(item.fact, e.CommandUndone)
        )
        taking_back.undo("This appointment", self.facts, last, self.now, 5 * MINUTE)
        return self.do([e.CommandUndone(last)])


def refused(step: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        step()
    refusal = caught.value
    assert refusal.reason.endswith(".")
    assert refusal.remedy.endswith(".")
    assert "AP-" not in refusal.reason + refusal.remedy
    return refusal


def telephone() -> Booking:
    return Booking(replace(PLACE, room_id="", interpreter_id=""), Kind.TELEPHONE, "")


# -- booked ----------------------------------------------------------------------------------------------------------


def test_a_booking_is_what_was_booked() -> None:
    booked = Booking().is_now
    assert (booked.standing, booked.place, booked.reference) == (Standing.BOOKED, PLACE, "AP-00000000")
    assert (booked.booked_at, booked.last_at, booked.local_day) == (TEN - 7 * DAY, TEN - 7 * DAY, MONDAY)
    assert booked.is_ahead


@pytest.mark.parametrize(
    ("place", "language", "status"),
    [
        (PLACE, "bfi", InterpreterStatus.REQUESTED),
        (replace(PLACE, interpreter_id=""), "bfi", InterpreterStatus.REQUESTED),
        (replace(PLACE, interpreter_id=""), "", None),
    ],
)
def test_an_interpreter_is_requested_with_the_booking(
    place: Place, language: str, status: InterpreterStatus | None
) -> None:
    assert Booking(place, language=language).is_now.interpreter_status is status


def test_facts_that_do_not_begin_with_a_booking_are_a_bug() -> None:
    with pytest.raises(ValueError, match="do not begin"):
        appointment_from("appointment", [e.Recorded(TEN, "command", e.AppointmentMissed())])
    with pytest.raises(ValueError, match="no fact of an appointment"):
        evolve_appointment(Booking().is_now, e.Recorded(TEN, "command", e.VisitReturned()))


# -- moved and cancelled ---------------------------------------------------------------------------------------------


def test_moved_it_stands_elsewhere() -> None:
    moved = Booking().move().is_now
    assert (moved.place, moved.moved, moved.standing) == (LATER, 1, Standing.BOOKED)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"starts": TEN + MINUTE}, InterpreterStatus.REQUESTED),
        ({"ends": TEN + 31 * MINUTE}, InterpreterStatus.REQUESTED),
        ({"interpreter_id": "ada"}, InterpreterStatus.REQUESTED),
        ({"interpreter_id": ""}, InterpreterStatus.REQUESTED),
        ({"room_id": "large"}, InterpreterStatus.CONFIRMED),
        ({"officer_id": "ewan"}, InterpreterStatus.CONFIRMED),
    ],
)
def test_an_order_is_for_one_time_and_one_interpreter(change: dict[str, object], status: InterpreterStatus) -> None:
    story = Booking().interpreter(InterpreterStatus.CONFIRMED)
    assert story.move(replace(PLACE, **change)).is_now.interpreter_status is status


def test_moved_to_where_no_interpreter_is_needed() -> None:
    story = Booking(language="").move(replace(LATER, interpreter_id=""))
    assert story.is_now.interpreter_status is None


def test_moved_onto_itself_is_refused() -> None:
    assert refused(lambda: Booking().move(PLACE)).code is Code.BAD_INPUT


def test_moved_after_check_in_is_refused_but_for_the_visit_that_waits_with_it() -> None:
    story = Booking().check_in()
    assert refused(story.move).code is Code.ALREADY_CHECKED_IN
    moved = story.move(visit_waits=True).is_now
    assert (moved.standing, moved.visit_id, moved.from_visit_id) == (Standing.BOOKED, "", "visit 1")
    assert moved.checked_in_at is None
    again = story.check_in(visit_id="visit 2").is_now
    assert (again.visit_id, again.from_visit_id, again.checked_in_at) == ("visit 2", "visit 1", LATER.starts)


def test_cancelled_twice_is_refused_with_what_it_is() -> None:
    story = Booking().cancel()
    assert story.is_now.standing is Standing.CANCELLED
    assert story.is_now.cancelled_by_visitor
    refusal = refused(story.cancel)
    assert (refusal.code, refusal.reason) == (
        Code.CANCELLED_APPOINTMENT,
        "This appointment has been cancelled already.",
    )
    assert refused(story.move).code is Code.CANCELLED_APPOINTMENT


# -- arrival ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "late_by"), [(-HOUR, 0), (0, 0), (1, 1), (20 * MINUTE, 20 * MINUTE)])
def test_checked_in_with_the_visitors_own_lateness(late: Millis, late_by: Millis) -> None:
    story = Booking().check_in(late)
    assert story.facts[-1].fact == e.AppointmentCheckedIn("visit 1", late_by)
    assert (story.is_now.standing, story.is_now.visit_id) == (Standing.CHECKED_IN, "visit 1")
    assert story.is_now.checked_in_at == TEN + late
    assert not story.is_now.came_late


def test_a_did_not_attend_who_comes_came_late() -> None:
    story = Booking().miss()
    assert story.is_now.standing is Standing.DID_NOT_ATTEND
    assert not story.is_now.is_ahead
    assert story.check_in(HOUR).is_now.came_late


def test_came_late_and_given_another_time_is_late_no_more() -> None:
    assert not Booking().miss().check_in(HOUR).move(visit_waits=True).is_now.came_late


@pytest.mark.parametrize(
    ("story", "late", "code", "reason"),
    [
        (Booking().check_in(), MINUTE, Code.ALREADY_CHECKED_IN, "The visitor has been checked in already."),
        (Booking().cancel(), 0, Code.CANCELLED_APPOINTMENT, "This appointment has been cancelled."),
        (Booking(), DAY, Code.OTHER_DAY, "This appointment was on Monday 2 March."),
        (Booking(), -DAY, Code.OTHER_DAY, "This appointment is on Monday 2 March."),
        (Booking(), -11 * HOUR, Code.OTHER_DAY, "This appointment is on Monday 2 March."),
        (telephone(), 0, Code.NOT_POSSIBLE_NOW, "This appointment is by telephone, so nobody checks in for it."),
        (
            Booking(kind=Kind.HOME_VISIT),
            0,
            Code.NOT_POSSIBLE_NOW,
            "This appointment is at the visitor's home, so nobody checks in for it.",
        ),
    ],
)
def test_who_cannot_be_checked_in(story: Booking, late: Millis, code: Code, reason: str) -> None:
    refusal = refused(lambda: story.check_in(late))
    assert (refusal.code, refusal.reason) == (code, reason)


def test_at_the_wrong_office() -> None:
    booked = Booking().is_now
    refusal = refused(lambda: arranging.check_in(booked, office(id="bushey"), TEN, "visit"))
    assert refusal.code is Code.OTHER_OFFICE


def test_a_booking_that_was_taken_back_is_void() -> None:
    story = Booking().undo()
    assert story.is_now.voided
    assert not story.is_now.is_ahead
    for step in (story.move, story.cancel, story.check_in, story.want_earlier):
        assert refused(step).code is Code.VOIDED


def test_the_day_is_the_offices_own() -> None:
    summer = date(2026, 7, 1)
    late = at(summer, 23, 30)  # half past midnight in London, on the 2nd
    fact = e.AppointmentBooked(
        "office", "AP-1", Kind.OFFICE, "housing", Place(late, late + HOUR), summer + timedelta(days=1)
    )
    booked = appointment_from("appointment", [e.Recorded(TEN, "command", fact)])
    assert arranging.check_in(booked, office(), late, "visit")
    assert refused(lambda: arranging.check_in(booked, office(), late - HOUR, "visit")).code is Code.OTHER_DAY


# -- missed and attended ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "remedy"),
    [
        (GRACE, "Mark it as not attended in 1 minute."),
        (0, "Mark it as not attended in 16 minutes."),
        (-HOUR, "Cancel it if the visitor will not come."),
    ],
)
def test_marked_missed_before_the_grace_period_is_over(after: Millis, remedy: str) -> None:
    refusal = refused(lambda: arranging.miss(Booking().is_now, TEN + after, GRACE))
    assert (refusal.code, refusal.remedy) == (Code.TOO_SOON, remedy)


def test_missed_as_soon_as_the_grace_period_is_over() -> None:
    booked = Booking().is_now
    assert arranging.is_in_grace(booked, TEN + GRACE, GRACE)
    assert not arranging.is_in_grace(booked, TEN + GRACE + 1, GRACE)
    assert arranging.miss(booked, TEN + GRACE + 1, GRACE) == [e.AppointmentMissed()]


def test_missed_twice_or_after_check_in_is_refused() -> None:
    assert refused(Booking().miss().miss).code is Code.NOT_POSSIBLE_NOW
    assert refused(Booking().check_in().miss).code is Code.ALREADY_CHECKED_IN


def test_what_has_no_check_in_is_attended() -> None:
    assert telephone().attend().is_now.standing is Standing.ATTENDED
    assert telephone().miss().attend().is_now.standing is Standing.ATTENDED
    assert refused(Booking().attend).code is Code.NOT_POSSIBLE_NOW
    assert refused(telephone().attend().attend).code is Code.NOT_POSSIBLE_NOW
    booked = telephone().is_now
    assert refused(lambda: arranging.attended(booked, TEN - 1)).code is Code.TOO_SOON


# -- the rest --------------------------------------------------------------------------------------------------------


def test_the_list_for_an_earlier_time_is_first_come() -> None:
    story = Booking().at(TEN - DAY).want_earlier()
    assert story.is_now.wants_earlier_since == TEN - DAY
    assert arranging.want_earlier(story.is_now, on=True) == []
    assert story.at(TEN - HOUR).move(LATER).is_now.wants_earlier_since == TEN - DAY
    assert story.move(SOONER).is_now.wants_earlier_since is None


@pytest.mark.parametrize("step", [Booking.cancel, Booking.check_in, Booking.miss])
def test_nobody_is_on_the_list_for_whom_it_is_over(step: Callable[[Booking], Booking]) -> None:
    assert step(Booking().want_earlier()).is_now.wants_earlier_since is None


def test_off_the_list_again() -> None:
    assert Booking().want_earlier().want_earlier(on=False).is_now.wants_earlier_since is None
    assert arranging.want_earlier(Booking().is_now, on=False) == []


def test_an_interpreter_is_ordered_and_confirmed() -> None:
    story = Booking().interpreter(InterpreterStatus.ORDERED).interpreter(InterpreterStatus.CONFIRMED)
    assert story.is_now.interpreter_status is InterpreterStatus.CONFIRMED
    assert arranging.progress_interpreter(story.is_now, InterpreterStatus.CONFIRMED, TEN, 0) == []


@pytest.mark.parametrize(("before", "in_time"), [(48 * HOUR, True), (48 * HOUR - 1, False)])
def test_an_interpreter_is_cancelled_in_time_or_not_and_free_again(before: Millis, in_time: bool) -> None:
    story = Booking().at(TEN - before).interpreter(InterpreterStatus.CANCELLED, 48 * HOUR)
    assert story.facts[-1].fact == e.InterpreterProgressed(InterpreterStatus.CANCELLED, in_time)
    assert story.is_now.place == replace(PLACE, interpreter_id="")
    refusal = refused(lambda: story.interpreter(InterpreterStatus.ORDERED))
    assert refusal.remedy == "Choose another interpreter first."
    assert story.move().is_now.interpreter_status is InterpreterStatus.REQUESTED


def test_the_interpreter_of_a_cancelled_appointment_is_still_to_be_cancelled() -> None:
    story = Booking().cancel()
    assert refused(lambda: story.interpreter(InterpreterStatus.ORDERED)).code is Code.CANCELLED_APPOINTMENT
    assert story.interpreter(InterpreterStatus.CANCELLED).is_now.interpreter_status is InterpreterStatus.CANCELLED


def test_no_interpreter_to_see_to() -> None:
    assert refused(lambda: telephone().interpreter(InterpreterStatus.ORDERED)).code is Code.NOT_POSSIBLE_NOW


def test_corrections_letters_and_what_was_said_are_kept() -> None:
    told = e.DelayTold(
        DelayReason.STAFF_AWAY, DelayAnswer.NOT_REACHED, LATER.starts, (TEN + DAY,), TEN, by_telephone=True
    )
    story = Booking().do(arranging.tell(Booking().is_now, told)).do(arranging.correct(Booking().is_now, 3))
    story.do([e.LetterMade(LetterKind.CONFIRMATION, large_print=False), e.LetterMade(LetterKind.NEW_TIME, True)])
    held = story.is_now
    assert held.told == (Told(story.now, DelayAnswer.NOT_REACHED, LATER.starts, (TEN + DAY,), TEN),)
    assert (held.party_size, held.letters) == (3, ("confirmation", "new_time"))
    assert refused(lambda: arranging.correct(held, 0)).code is Code.BAD_INPUT


def test_who_has_come_is_told_as_a_visit() -> None:
    told = e.DelayTold(DelayReason.STAFF_AWAY, DelayAnswer.WILL_WAIT)
    assert refused(lambda: arranging.tell(Booking().check_in().is_now, told)).code is Code.ALREADY_CHECKED_IN


# -- undo ------------------------------------------------------------------------------------------------------------

STEPS: dict[str, Callable[[Booking], Booking]] = {
    "moved": Booking.move,
    "moved sooner": lambda story: story.move(SOONER),
    "cancelled": Booking.cancel,
    "checked in": Booking.check_in,
    "missed": Booking.miss,
    "attended": Booking.attend,
    "wants earlier": Booking.want_earlier,
    "confirmed": lambda story: story.interpreter(InterpreterStatus.CONFIRMED),
    "interpreter cancelled": lambda story: story.interpreter(InterpreterStatus.CANCELLED),
    "rebooked": lambda story: story.move(LATER, visit_waits=True),
    "corrected": lambda story: story.do(arranging.correct(story.is_now, 2)),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8), st.sampled_from(Kind))
def test_step_by_step_and_all_at_once_are_the_same_and_undo_leads_back(names: list[str], kind: Kind) -> None:
    story = Booking(kind=kind)
    for name in names:
        before, facts = story.is_now, list(story.facts)
        try:
            STEPS[name](story)
        except Refusal:
            assert story.facts == facts
            continue
        by_steps = before
        for item in story.facts[len(facts) :]:
            by_steps = evolve_appointment(by_steps, item)
        after = story.is_now
        assert by_steps == replace(after, last_at=by_steps.last_at)
        assert (after.checked_in_at is not None) == (after.standing is Standing.CHECKED_IN) == bool(after.visit_id)
        assert after.wants_earlier_since is None or after.standing is Standing.BOOKED
        assert after.standing is not Standing.ATTENDED or kind is not Kind.OFFICE
        if len(story.facts) > len(facts):
            story.undo()
            assert replace(story.is_now, last_at=0) == replace(before, last_at=0)
            story.facts.pop()


def test_undo_is_refused_once_another_fact_rests_on_it() -> None:
    story = Booking().move().check_in()
    moved = story.facts[1].command_id
    refusal = refused(lambda: taking_back.undo("This appointment", story.facts, moved, story.now, DAY * 30))
    assert refusal.reason == "This appointment has been checked in since, which rests on it."


def test_letters_and_corrections_do_not_stand_in_the_way_of_undo() -> None:
    story = Booking().move()
    moved = story.facts[1].command_id
    story.do([e.LetterMade(LetterKind.NEW_TIME, large_print=False)]).do(arranging.correct(story.is_now, 2))
    taking_back.undo("This appointment", story.facts, moved, story.now, MINUTE)
