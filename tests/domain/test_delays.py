"""Who is to be told of a delay, and when again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.delays import BEFORE_LEAVING_HOME, SOON, Delay, to_tell
from reception.domain.duties import DutyKind
from reception.domain.foresight import USUAL, AtWork, Scene, Telling, foresee
from tests.domain.test_foresight import ONE, comes, scene, scenes, waits
from tests.domain.test_queueing import at

BUSY: AtWork = replace(ONE, service_id="planning", since=at(0))
"""Until half past ten."""


def told(of: Scene) -> list[tuple[DutyKind, str]]:
    return [(each.kind, each.visit_id or each.appointment_id) for each in to_tell(of)]


def test_nobody_is_told_whose_promise_will_be_kept() -> None:
    assert to_tell(scene((waits("a", -9), waits("b", 0)))) == ()


def test_a_promise_that_will_be_lost_is_told_five_minutes_before_it_is() -> None:
    assert to_tell(scene((waits("a", -9),), counters=(BUSY,))) == ()
    assert to_tell(scene((waits("a", -10),), counters=(BUSY,))) == (
        Delay(DutyKind.WAITING, "a", "", at(5), at(31), is_lost=False, last_told_at=None, since=at(0)),
    )


def test_a_lost_promise_is_told_from_when_it_was_lost() -> None:
    assert to_tell(scene((waits("a", -20),))) == (
        Delay(DutyKind.WAITING, "a", "", at(-5), at(1), is_lost=True, last_told_at=None, since=at(-5)),
    )


def test_at_the_very_end_of_the_promise_nothing_is_lost_yet() -> None:
    assert to_tell(scene((waits("a", -15),), counters=(BUSY,)))[0].is_lost is False
    in_time = scene((waits("a", -14),))
    assert foresee(in_time)[0].expected_at == at(1)
    assert to_tell(in_time) == ()


def test_the_most_urgent_come_first() -> None:
    queue = (waits("b", -12), waits("c", -11), waits("a", -20))
    assert [name for _, name in told(scene(queue, counters=(BUSY,)))] == ["a", "b", "c"]


def test_where_nothing_is_promised_nobody_is_told() -> None:
    assert to_tell(scene((replace(waits("a", -20), promised_at=None),))) == ()
    assert to_tell(scene((), (comes("ap", 10, promised_at=None),), (BUSY,))) == ()


def test_nobody_at_work_who_could_serve_it() -> None:
    found = to_tell(scene((waits("a", -12),), counters=()))
    assert [(each.expected_at, each.is_guess) for each in found] == [(at(3) + USUAL, True)]


def test_appointments_to_come_are_rung_up_before_they_leave_home() -> None:
    full_day = replace(ONE, service_id="planning", since=at(0), away=())
    queue = tuple(waits(f"w{number}", 0) for number in range(3))
    of = scene(queue, (comes("soon", 10), comes("far", 300)), (full_day,))
    assert (DutyKind.TELEPHONE, "soon") in told(of)
    assert "far" not in [name for _, name in told(of)]
    assert to_tell(scene((), (comes("soon", 10, may_ring=False),), (full_day,))) == ()


@pytest.mark.parametrize(("starts", "is_rung"), [(55, True), (55.01, False)])
def test_an_hour_before_the_promise_ends_and_not_earlier(starts: float, is_rung: bool) -> None:
    of = scene((), (comes("ap", starts),), (replace(ONE, service_id="long", since=at(0)),))
    of = replace(of, usual={"long": 120 * MINUTE})
    assert BEFORE_LEAVING_HOME == 60 * MINUTE
    assert bool(to_tell(of)) == is_rung


def test_who_is_late_is_promised_as_much_from_the_arrival_on() -> None:
    late = comes("late", -10)
    assert to_tell(scene((), (late,))) == ()
    found = to_tell(scene((), (late,), (BUSY,)))
    assert [(each.promised_at, each.expected_at, each.is_lost) for each in found] == [(at(5), at(31), False)]


@pytest.mark.parametrize(
    ("telling", "kind", "since"),
    [
        (Telling(at(-10), at(1)), None, None),
        (Telling(at(-10), at(0)), DutyKind.AGAIN, at(0)),
        (Telling(at(-10), at(-2)), DutyKind.AGAIN, at(-2)),
        (Telling(at(-10), None), None, None),
        (Telling(tried_at=at(-9)), None, None),
        (Telling(tried_at=at(-10)), DutyKind.WAITING, at(-5)),
        (Telling(at(-15), at(-11), at(-3)), None, None),
    ],
)
def test_told_again_once_the_told_time_has_passed(telling: Telling, kind: DutyKind | None, since: int | None) -> None:
    found = to_tell(scene((replace(waits("a", -20), telling=telling),), counters=(BUSY,)))
    assert [(each.kind, each.since, each.last_told_at) for each in found] == (
        [] if kind is None else [(kind, since, telling.told_at)]
    )


@settings(max_examples=100, deadline=None)
@given(scenes())
def test_told_are_those_and_only_those_whose_promise_is_lost_by_what_is_foreseen(of: Scene) -> None:
    foreseen = foresee(of)
    when = {each.visit_id or each.appointment_id: each.expected_at for each in foreseen}
    found = to_tell(of, foreseen)
    assert [each.promised_at for each in found] == sorted(each.promised_at for each in found)
    names = {each.visit_id or each.appointment_id for each in found}
    for waiting in of.waiting:
        expected_at, promised_at = when[waiting.entry.visit_id], waiting.promised_at
        assert promised_at is not None
        will_be_lost = expected_at is None or expected_at > promised_at
        assert (waiting.entry.visit_id in names) == (will_be_lost and promised_at <= of.now + SOON)
    for each in found:
        assert each.expected_at > each.promised_at
        assert each.expected_at >= of.now
