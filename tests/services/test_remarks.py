"""What is noted for colleagues when a visit ends can be read by them."""

from __future__ import annotations

from reception.domain.visit_states import End
from reception.services import commands as c
from tests.support import At


def _served(at: At) -> c.Result:
    visit = at.take()
    at.next()
    at.on(c.StartService, visit)
    return visit


def test_a_note_for_colleagues_is_on_the_visit(priya: At) -> None:
    visit = _served(priya)
    priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to="Police", note="  asked twice ")
    assert priya.card(visit).remark == "asked twice"


def test_a_note_goes_with_the_end_that_was_taken_back(priya: At) -> None:
    visit = _served(priya)
    ended = priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to="Police", note="wrong visitor")
    priya.undo(ended)
    assert priya.card(visit).remark == ""
    priya.on(c.Finish, visit)
    assert priya.card(visit).remark == ""
