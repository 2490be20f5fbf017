"""The life of a visit: which facts may follow which, its calls, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from reception.clock import MINUTE
from reception.domain import events as e
from reception.domain import lifecycle as life
from reception.domain.clocks import resolved_time
from reception.domain.columns import Column
from reception.domain.folding import evolve, visit_from
from reception.domain.visit_states import End, State
from reception.errors import Code
from tests.domain.one_visit import TODAY, Life, at, refused

# -- what may follow what -------------------------------------------------------------------------------------------

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


# -- calls and no-shows ---------------------------------------------------------------------------------------------


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


# -- to follow, signposting, see first, links -----------------------------------------------------------------------


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
