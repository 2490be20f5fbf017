"""What may be undone of a visit, and what it is then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain import events as e
from reception.domain import taking_back
from reception.domain.folding import visit_from
from reception.domain.visit_states import End, State, Why
from reception.errors import Code
from tests.domain.one_visit import HART, Life, at, refused

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
