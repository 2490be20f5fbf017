"""The life of a visit: which facts may follow which, its legs, its clocks, its column, and what may be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, Instant, Millis
from reception.domain import events as e
from reception.domain import lifecycle as life
from reception.domain import taking_back
from reception.domain.clocks import column_of, own_lateness, promise_wait, resolved_clock, resolved_time
from reception.domain.columns import Column
from reception.domain.folding import evolve, visit_from
from reception.domain.standards import Promise
from reception.domain.visit import Visit
from reception.domain.visit_states import End, State, Why
from reception.errors import Code, Refusal

TODAY = date(2026, 3, 2)
TEN_O_CLOCK = 1_772_445_600_000
FIFTEEN = 15 * MINUTE
HERTSMERE = Promise(FIFTEEN, None, FIFTEEN)
HART = Promise(None, 10 * MINUTE, FIFTEEN)
NOTHING = Promise(None, None, FIFTEEN)


def at(minutes: float) -> Instant:
    """An instant, in minutes after ten o'clock."""
    return TEN_O_CLOCK + round(minutes * MINUTE)


class Life:
    """One visit, told minute by minute. Arrives at ten; every step is decided by the domain, and may be refused."""

    def __init__(
        self,
        promise: Promise = HERTSMERE,
        *,
        booked: float | None = None,
        arrived: float = 0,
        then: tuple[str, ...] = (),
        named: str = "",
    ) -> None:
        ticket = e.TicketTaken(
            office_id="office",
            service_id="housing",
            number="H001",
            code="RC-0000000000",
            local_day=TODAY,
            local_hour=10,
            party_size=1,
            seen_target=promise.seen,
            resolved_target=promise.resolved,
            order_target=promise.order_by,
            then_services=then,
            named_officer_id=named,
            booked_for=None if booked is None else at(booked),
        )
        self.facts: list[e.Recorded] = []
        self.now = at(arrived)
        self.commands = 0
        self.do(ticket)

    def at(self, minutes: float, milliseconds: Millis = 0) -> Life:
        self.now = at(minutes) + milliseconds
        return self

    def do(self, *facts: e.VisitFact) -> Life:
        """All these facts by one command."""
        self.commands += 1
        self.facts += [e.Recorded(self.now, f"command {self.commands}", fact) for fact in facts]
        return self

    @property
    def visit(self) -> Visit:
        return visit_from("visit", self.facts)

    def call(self, counter: str = "counter 1") -> Life:
        return self.do(*life.call(self.visit, counter, "priya", Why.CAN_BE_KEPT))

    def again(self) -> Life:
        return self.do(*life.call_again(self.visit))

    def withdraw(self) -> Life:
        return self.do(*life.withdraw_call(self.visit))

    def start(self) -> Life:
        return self.do(*life.start(self.visit, "priya"))

    def serve(self) -> Life:
        """Called and started at the same moment."""
        return self.call().start()

    def hold(self) -> Life:
        return self.do(*life.hold(self.visit, own_request=False))

    def step_out(self) -> Life:
        return self.do(*life.hold(self.visit, own_request=True))

    def back(self) -> Life:
        return self.do(*life.end_hold(self.visit))

    def send_back(self) -> Life:
        return self.do(*life.return_to_queue(self.visit))

    def transfer(self, service: str, officer: str = "", *, told: bool = False) -> Life:
        return self.do(*life.transfer(self.visit, service, officer, FIFTEEN, told))

    def finish(self, end: End = End.RESOLVED, **more: object) -> Life:
        details: dict[str, object] = {}
        if end is End.TO_FOLLOW:
            details = {"due": TODAY, "owner_id": "priya"}
        if end is End.SIGNPOSTED:
            details = {"signpost_to": "Citizens Advice"}
        return self.do(
            *life.finish(self.visit, end, today=TODAY, order_target=FIFTEEN, **{**details, **more})  # type: ignore[arg-type]
        )

    def leave(self) -> Life:
        return self.do(*life.leave(self.visit))

    def no_show(self) -> Life:
        return self.do(*life.no_show(self.visit, after_calls=1))

    def reinstate(self) -> Life:
        return self.do(*life.reinstate(self.visit, TODAY))

    def close(self) -> Life:
        return self.do(*life.close_day(self.visit))

    def undo(self, command: int | None = None) -> Life:
        undone = f"command {command or self.commands}"
        taking_back.undo("H001", self.facts, undone, self.now, 5 * MINUTE)
        return self.do(e.CommandUndone(undone))

    @property
    def wait(self) -> float:
        """The wait that the promise counts, in minutes."""
        return promise_wait(self.visit, self.now) / MINUTE

    @property
    def column(self) -> Column:
        return column_of(self.visit, self.now)


def refused(do: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do()
    assert caught.value.reason.endswith(".")
    return caught.value


# -- what may follow what ----------------------------------------------------------------------------------------

IN_STATE: dict[str, Callable[[], Life]] = {
    "waiting": Life,
    "called": lambda: Life().call(),
    "serving": lambda: Life().serve(),
    "held while waiting": lambda: Life().hold(),
    "stepped out": lambda: Life().step_out(),
    "held in service": lambda: Life().serve().hold(),
    "resolved": lambda: Life().serve().finish(),
    "to follow": lambda: Life().serve().finish(End.TO_FOLLOW),
    "no-show": lambda: Life().call().no_show(),
    "voided": lambda: Life().undo(),
}
STEPS: dict[str, Callable[[Life], Life]] = {
    "call": Life.call,
    "call again": Life.again,
    "withdraw": Life.withdraw,
    "start": Life.start,
    "no-show": Life.no_show,
    "reinstate": Life.reinstate,
    "leave": Life.leave,
    "hold": Life.hold,
    "step out": Life.step_out,
    "back": Life.back,
    "return": Life.send_back,
    "transfer": lambda story: story.transfer("planning"),
    "resolve": Life.finish,
    "to follow": lambda story: story.finish(End.TO_FOLLOW),
    "signpost": lambda story: story.finish(End.SIGNPOSTED),
    "book": lambda story: story.finish(End.BOOKED),
    "see first": lambda story: story.do(*life.see_first(story.visit, True, has_reason=True)),
    "follow up": lambda story: story.do(*life.complete_follow_up(story.visit)),
}
W, C, S, H, E = State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD, State.ENDED
NEXT: dict[str, dict[str, State]] = {
    "waiting": {
        "call": C,
        "leave": E,
        "hold": H,
        "step out": H,
        "transfer": W,
        "signpost": E,
        "book": E,
        "see first": W,
    },
    "called": {
        "call again": C,
        "withdraw": W,
        "start": S,
        "no-show": E,
        "leave": E,
        "hold": H,
        "step out": H,
        "return": W,
        "transfer": W,
        "signpost": E,
        "book": E,
        "see first": C,
    },
    "serving": {
        "leave": E,
        "hold": H,
        "return": W,
        "transfer": W,
        "resolve": E,
        "to follow": E,
        "signpost": E,
        "book": E,
    },
    "held while waiting": {
        "leave": E,
        "back": W,
        "return": W,
        "transfer": W,
        "signpost": E,
        "book": E,
        "see first": H,
    },
    "stepped out": {
        "leave": E,
        "back": W,
        "return": W,
        "transfer": H,
        "signpost": E,
        "book": E,
        "see first": H,
    },
    "held in service": {
        "leave": E,
        "back": S,
        "return": W,
        "transfer": W,
        "signpost": E,
        "book": E,
        "see first": H,
    },
    "resolved": {},
    "to follow": {"follow up": E},
    "no-show": {"reinstate": W},
    "voided": {},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", IN_STATE)
def test_every_step_from_every_state(state: str, step: str) -> None:
    """A step leads where the table says, and is refused with a reason everywhere else."""
    story = IN_STATE[state]()
    expected = NEXT[state].get(step)
    if expected is not None:
        assert STEPS[step](story).visit.state is expected
        return
    before = list(story.facts)
    refusal = refused(lambda: STEPS[step](story))
    allowed = {Code.NOT_POSSIBLE_NOW, Code.ALREADY_TAKEN, Code.VOIDED}
    assert refusal.code in allowed
    assert (refusal.code is Code.ALREADY_TAKEN) == (step == "call" and state in ("called", "serving"))
    assert (refusal.code is Code.VOIDED) == (state == "voided")
    assert story.facts == before


@pytest.mark.parametrize("state", IN_STATE)
def test_the_close_of_the_day_ends_what_is_open_and_nothing_else(state: str) -> None:
    story = IN_STATE[state]()
    was = story.visit
    story.close()
    if was.is_open:
        assert story.visit.end is End.UNRESOLVED
    else:
        assert story.visit == was


def test_a_fact_of_the_office_is_no_fact_of_a_visit() -> None:
    with pytest.raises(ValueError, match="no fact of a visit"):
        evolve(Life().visit, e.Recorded(at(1), "x", e.OfficeEvacuated()))
    with pytest.raises(ValueError, match="begin with its ticket"):
        visit_from("visit", [e.Recorded(at(1), "x", e.CallWithdrawn())])


def test_only_an_end_that_finishing_leads_to() -> None:
    with pytest.raises(ValueError, match="is not an end"):
        Life().serve().finish(End.LEFT)


# -- calls and no-shows ------------------------------------------------------------------------------------------


def test_a_no_show_takes_the_set_number_of_calls() -> None:
    story = Life().at(1).call()
    refusal = refused(lambda: life.no_show(story.visit, after_calls=3))
    assert refusal.code is Code.TOO_SOON
    assert refusal.reason == "H001 has been called once; a no-show takes 3 times."
    assert refusal.remedy == "Call 2 times more first."
    assert refused(lambda: life.no_show(story.again().visit, after_calls=3)).remedy == "Call once more first."
    assert life.no_show(story.again().visit, after_calls=3) == [e.VisitEnded(End.NO_SHOW)]


def test_a_withdrawn_call_leaves_the_visit_in_its_place() -> None:
    story = Life().at(5).call().at(6).withdraw()
    visit = story.visit
    assert visit.state is State.WAITING
    assert visit.leg.since == at(0)
    assert (visit.counter_id, visit.officer_id) == ("", "")
    assert visit.leg.waited(at(9)) == 9 * MINUTE
    assert visit.leg.calls == 0
    assert visit.leg.called_at is None


def test_a_withdrawn_call_is_no_first_call() -> None:
    """It was taken back, so nobody could answer it: neither the no-show rule nor the promise counts it."""
    story = Life().at(4).call().again().at(5).withdraw().at(16).call()
    assert (story.visit.first_called_at, story.visit.leg.calls) == (at(16), 1)
    assert refused(lambda: life.no_show(story.visit, after_calls=2)).code is Code.TOO_SOON
    assert story.no_show().column is Column.NO_SHOW_AFTER


def test_a_withdrawal_taken_back_has_the_call_count_again() -> None:
    story = Life().at(4).call().at(5).withdraw().at(6).undo()
    assert (story.visit.first_called_at, story.visit.leg.calls) == (at(4), 1)
    assert story.at(30).no_show().column is Column.NO_SHOW_BEFORE


def test_a_withdrawn_call_leaves_an_earlier_unanswered_one_as_it_was() -> None:
    story = Life().at(12).call().no_show().at(40).reinstate().at(41).call().withdraw()
    assert story.visit.first_called_at == at(12)
    assert story.at(50).serve().wait == 12


@pytest.mark.parametrize(
    "answer", [Life.step_out, Life.hold, lambda life: life.transfer("planning")], ids=["out", "held", "transferred"]
)
def test_answered_calls_do_not_count_towards_a_no_show(answer: Callable[[Life], Life]) -> None:
    story = answer(Life().at(4).call().at(6).again())
    if story.visit.state is State.ON_HOLD:
        story.at(20).back()
    assert (story.visit.leg.calls, story.visit.leg.called_at) == (0, None)
    assert refused(lambda: life.no_show(story.at(36).call().visit, after_calls=2)).code is Code.TOO_SOON
    assert life.no_show(story.at(38).again().visit, after_calls=2) == [e.VisitEnded(End.NO_SHOW)]
    assert story.visit.leg.called_at == at(36)


def test_a_call_withdrawn_after_an_answered_one_leaves_none() -> None:
    story = Life().at(4).call().hold().at(5).back().at(9).call().again().withdraw()
    assert (story.visit.leg.calls, story.visit.first_called_at) == (0, None)


def test_an_answer_taken_back_has_the_calls_count_again() -> None:
    story = Life().at(4).call().again().hold().undo()
    assert (story.visit.leg.calls, story.visit.first_called_at) == (2, at(4))


def test_a_reinstated_no_show_is_called_afresh() -> None:
    story = Life().at(5).call().again().no_show().at(20).reinstate()
    visit = story.visit
    assert (visit.state, visit.end, visit.ended_at, visit.reinstated) == (State.WAITING, None, None, 1)
    assert visit.leg.since == visit.arrived_at == at(0)
    assert visit.leg.calls == 0
    assert refused(lambda: life.no_show(story.call().visit, after_calls=2)).code is Code.TOO_SOON


def test_a_no_show_comes_back_on_the_same_day_only() -> None:
    gone = Life().call().no_show().visit
    assert refused(lambda: life.reinstate(gone, TODAY + timedelta(days=1))).code is Code.OTHER_DAY
    assert refused(lambda: life.reinstate(Life().leave().visit, TODAY)).code is Code.NOT_POSSIBLE_NOW


# -- legs --------------------------------------------------------------------------------------------------------


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


# -- the wait ----------------------------------------------------------------------------------------------------

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


# -- the column --------------------------------------------------------------------------------------------------

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


# -- the resolved clock ------------------------------------------------------------------------------------------

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


# -- to follow, signposting, see first, links --------------------------------------------------------------------


def test_to_follow_needs_a_day_and_a_named_person() -> None:
    story = Life().serve()
    for missing in ({"due": None}, {"owner_id": ""}):
        assert refused(lambda: story.finish(End.TO_FOLLOW, **missing)).code is Code.BAD_INPUT  # noqa: B023
    yesterday = TODAY - timedelta(days=1)
    assert refused(lambda: story.finish(End.TO_FOLLOW, due=yesterday)).code is Code.BAD_INPUT
    story.finish(End.TO_FOLLOW, due=TODAY + timedelta(days=3), owner_id="ewan")
    assert (story.visit.due, story.visit.owner_id) == (TODAY + timedelta(days=3), "ewan")


def test_an_answer_is_given_once() -> None:
    story = Life().serve().finish(End.TO_FOLLOW).at(30)
    story.do(*life.complete_follow_up(story.visit))
    assert story.visit.done_at == at(30)
    assert life.complete_follow_up(story.visit) == []
    assert resolved_time(story.visit) is None


def test_signposting_needs_a_place() -> None:
    assert refused(lambda: Life().finish(End.SIGNPOSTED, signpost_to=" ")).code is Code.BAD_INPUT
    assert Life().finish(End.SIGNPOSTED, signpost_to=" Food bank ").visit.signpost_to == "Food bank"


def test_seeing_first_needs_a_reason_and_taking_the_mark_off_does_not() -> None:
    story = Life()
    assert refused(lambda: life.see_first(story.visit, True, has_reason=False)).code is Code.REASON_NEEDED
    story.do(*life.see_first(story.visit, True, has_reason=True))
    assert story.visit.see_first
    assert life.see_first(story.visit, True, has_reason=True) == [e.SeenFirstMarked(True)], "for another reason"
    story.do(*life.see_first(story.visit, False, has_reason=False))
    assert not story.visit.see_first
    assert life.see_first(story.visit, False, has_reason=False) == []


def test_linked_visits_know_each_other() -> None:
    assert Life().do(e.VisitLinked("x")).do(e.VisitLinked("y")).do(e.VisitLinked("x")).visit.linked == {"x", "y"}


# -- undo --------------------------------------------------------------------------------------------------------

UNDONE: dict[str, Callable[[Life], Life]] = {
    "call": lambda story: story.at(1).call(),
    "start": lambda story: story.at(1).call().at(2).start(),
    "again": lambda story: story.at(1).call().at(2).again(),
    "withdraw": lambda story: story.at(1).call().at(2).withdraw(),
    "no-show": lambda story: story.at(1).call().at(2).no_show(),
    "reinstate": lambda story: story.at(1).call().no_show().at(2).reinstate(),
    "leave": lambda story: story.at(2).leave(),
    "hold": lambda story: story.at(2).hold(),
    "step out": lambda story: story.at(2).step_out(),
    "back": lambda story: story.at(1).step_out().at(2).back(),
    "back to service": lambda story: story.at(1).serve().hold().at(2).back(),
    "return": lambda story: story.at(1).serve().at(2).send_back(),
    "return from a hold": lambda story: story.at(1).serve().hold().at(2).send_back(),
    "transfer": lambda story: story.at(2).transfer("planning"),
    "transfer from service": lambda story: story.at(1).serve().at(2).transfer("planning", told=True),
    "finish": lambda story: story.at(1).serve().at(2).finish(),
    "to follow": lambda story: story.at(1).serve().at(2).finish(End.TO_FOLLOW, without_further=True),
    "transfer while out": lambda story: story.at(1).step_out().at(2).transfer("council-tax"),
    "signposted": lambda story: story.at(2).finish(End.SIGNPOSTED),
    "closed": lambda story: story.at(1).serve().at(2).close(),
    "see first": lambda story: story.at(2).do(e.SeenFirstMarked(True)),
    "answered": lambda story: story.serve().finish(End.TO_FOLLOW, without_further=True).at(2).do(e.FollowUpDone()),
}


@pytest.mark.parametrize("case", UNDONE)
def test_undo_leaves_the_visit_as_it_was_before(case: str) -> None:
    story = UNDONE[case](Life(then=("council-tax",)))
    last = story.facts[-1].command_id
    before = visit_from("visit", [item for item in story.facts if item.command_id != last])
    after = story.at(6).undo().visit
    assert replace(after, last_at=before.last_at) == before
    assert after.last_at == at(6)


def test_a_visit_goes_on_after_an_undo_as_if_nothing_had_been() -> None:
    story = Life().at(1).call().at(2).undo().at(12).call().at(13).start()
    assert story.visit.first_called_at == at(12)
    assert story.visit.leg.calls == 1
    assert story.wait == 13


def test_undo_takes_back_all_facts_of_one_command() -> None:
    story = Life(HART).serve().at(2).transfer("planning", told=True)
    assert len(story.facts) == 5
    assert story.undo().visit.state is State.SERVING
    assert not story.visit.exempt


def test_a_ticket_taken_back_is_void_and_says_so() -> None:
    story = Life().at(2).undo()
    visit = story.visit
    assert (visit.voided, visit.state, visit.end, visit.ended_at) == (True, State.ENDED, None, at(2))
    refusal = refused(story.call)
    assert (refusal.code, refusal.reason) == (Code.VOIDED, "H001 was taken back: its ticket is void.")


def test_undo_is_refused_once_another_fact_rests_on_it() -> None:
    story = Life().at(1).call().at(2).start()
    refusal = refused(lambda: story.undo(command=2))
    assert refusal.code is Code.UNDO_OVERTAKEN
    assert refusal.reason == "H001 has been started since, which rests on it."
    story.undo()  # the start first
    assert story.undo(command=2).visit.state is State.WAITING


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (e.VisitCalled("c", "o", Why.NAMED), "has been called"),
        (e.VisitHeld(own_request=False), "has been put on hold"),
        (e.VisitTransferred("planning"), "has been transferred"),
        (e.VisitEnded(End.LEFT), "has ended"),
        (e.SeenFirstMarked(True), "has been marked"),
        (e.VisitLinked("other"), "has been linked"),
        (e.SpecialistTold(), "has moved on"),
    ],
)
def test_a_ticket_stays_once_something_rests_on_it(fact: e.VisitFact, words: str) -> None:
    story = Life().at(1).do(fact)
    assert refused(lambda: story.undo(command=1)).reason == f"H001 {words} since, which rests on it."


@pytest.mark.parametrize("fact", [e.PaperOrdered("ticket", False), e.DetailsChanged(3)])
def test_paper_and_details_do_not_stand_in_the_way(fact: e.VisitFact) -> None:
    assert Life().at(1).do(fact).undo(command=1).visit.voided


def test_a_link_rests_on_nothing_but_the_ticket() -> None:
    assert Life().call().at(1).do(e.VisitLinked("x")).undo(command=2).visit.state is State.WAITING
    linked = Life().do(e.VisitLinked("x")).at(1).serve()
    assert linked.undo(command=2).visit.linked == frozenset()
    assert linked.visit.state is State.SERVING


def test_undo_within_the_minutes_and_not_a_millisecond_later() -> None:
    assert Life().at(5).undo().visit.voided
    refusal = refused(lambda: Life().at(5, milliseconds=1).undo())
    assert refusal.code is Code.UNDO_TOO_LATE
    assert "5 minutes ago" in refusal.reason
    story = Life().at(2)
    short = refused(lambda: taking_back.undo("H001", story.facts, "command 1", story.now, MINUTE))
    assert "1 minute ago" in short.reason


def test_undo_after_the_clock_was_put_back() -> None:
    assert Life().at(-60).undo().visit.voided


def test_nothing_is_undone_twice_or_out_of_the_blue() -> None:
    story = Life().call().undo()
    assert refused(lambda: story.undo(command=2)).code is Code.NOTHING_TO_UNDO
    assert refused(lambda: story.undo(command=99)).code is Code.NOTHING_TO_UNDO
