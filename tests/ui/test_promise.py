"""Where a visit stands: whole minutes, whole pixels, never lost too early."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.clock import MINUTE, SECOND
from reception.domain.visit_states import Why
from tests.ui.sample_day import NOW, at, mixed_queue, queue, row
from ui.models.promise import BarScale, Standing, due_soon_span, face_of, nearest_to_lost, standing_of

SCALE = BarScale()


def test_the_bar_has_the_measures_of_the_picture() -> None:
    assert (SCALE.before, SCALE.after) == (93, 99)
    faces = {visit.number: face_of(visit, NOW, SCALE, attention=False) for visit in queue()}
    assert {number: face.fill for number, face in faces.items()} == {
        "C020": 87,
        "H009": 37,
        "K004": 56,
        "B006": 43,
        "P003": 31,
        "C021": 12,
        "H008": 93,
    }
    assert {number: face.over for number, face in faces.items() if face.over} == {"H008": 109}


@pytest.mark.parametrize(
    ("target", "span"), [(15, 3), (5, 2), (10, 2), (20, 4), (30, 6), (1, 2)]
)  # a fifth, at least two minutes
def test_when_a_promise_is_due_soon(target: int, span: int) -> None:
    assert due_soon_span(target * MINUTE) == span * MINUTE


@pytest.mark.parametrize(
    ("waited", "standing"),
    [
        (12 * MINUTE - 1, Standing.IN_TIME),
        (12 * MINUTE, Standing.DUE_SOON),
        (15 * MINUTE - 1, Standing.DUE_SOON),
        (15 * MINUTE, Standing.DUE_SOON),  # inclusive: 15 min 0 s is kept
        (15 * MINUTE + 1, Standing.LATE),
    ],
)
def test_standing(waited: int, standing: Standing) -> None:
    assert standing_of(row("C001", NOW - waited), NOW) is standing


def test_at_the_limit_the_bar_is_at_its_line_and_not_past_it() -> None:
    at_limit = face_of(row("C001", NOW - 15 * MINUTE), NOW, SCALE, attention=False)
    assert (at_limit.fill, at_limit.over) == (SCALE.before, 0)
    past = face_of(row("C001", NOW - 15 * MINUTE - 1), NOW, SCALE, attention=False)
    assert past.over > SCALE.after


def test_a_full_bar_is_one_that_now_goes_first() -> None:
    for target, guard in ((15, 1.5), (5, 2.0)):
        kept = row("C001", NOW, target=target * MINUTE, ordering=target * MINUTE, guard=guard)
        assert face_of(kept, kept.guard_at, SCALE, attention=False).over == SCALE.width
        assert face_of(kept, kept.guard_at - MINUTE, SCALE, attention=False).over < SCALE.width
        assert face_of(kept, kept.guard_at + 60 * MINUTE, SCALE, attention=False).over == SCALE.width


def test_no_promise_has_no_line_and_says_what_was_waited() -> None:
    face = face_of(row("E001", at(10, 33), target=None), NOW, SCALE, attention=True)
    assert (face.standing, face.words, face.over, face.attention) == (Standing.NO_PROMISE, "9 min so far", 0, False)
    assert face.fill == 144 * 9 * 2 // 45


def test_time_stepped_out_is_taken_off() -> None:
    out = row("C021", at(10, 26), stepped_out=4 * MINUTE)
    assert face_of(out, NOW, SCALE, attention=False).words == "3 min left"
    unpromised = row("E001", at(10, 26), target=None, stepped_out=4 * MINUTE)
    assert face_of(unpromised, NOW, SCALE, attention=False).words == "12 min so far"


def test_whoever_came_back_after_a_call_stays_as_that_call_judged_them() -> None:
    in_time, late = (row("C001", NOW - 14 * MINUTE, judged=minutes * MINUTE) for minutes in (15, 16))
    for now in (NOW, NOW + 30 * MINUTE):
        faces = [face_of(each, now, SCALE, attention=False) for each in (in_time, late)]
        assert [face.standing for face in faces] == [Standing.IN_TIME, Standing.LATE]
        assert [face.words for face in faces] == ["called in time", "called late"]
    assert nearest_to_lost((in_time,), None, NOW) == ""


def test_the_one_row_that_asks_is_the_nearest_that_can_still_be_kept() -> None:
    rows = mixed_queue()
    past = next(place for place, visit in enumerate(rows) if visit.why is Why.PAST_PROMISE)
    assert nearest_to_lost(rows, past, NOW) == "c020"
    # thirty seconds later C020 has half a minute, and still asks; a minute later it is at its limit; then it is lost
    assert nearest_to_lost(rows, past, NOW + 60 * SECOND) == "c020"
    assert nearest_to_lost(rows, past, NOW + 60 * SECOND + 1) == "c022"


def test_those_that_stand_behind_do_not_ask() -> None:
    behind = row("C001", NOW - 15 * MINUTE + 20 * SECOND, why=Why.PAST_PROMISE)
    assert nearest_to_lost((behind,), 0, NOW) == ""
    assert nearest_to_lost((behind,), None, NOW) == "c001"
    assert nearest_to_lost((row("E001", at(10, 20), target=None),), None, NOW) == ""
    assert nearest_to_lost((), None, NOW) == ""


@given(
    waited=st.integers(0, 90 * MINUTE),
    target=st.integers(1, 60),
    guard=st.sampled_from([1.0, 1.5, 2.0]),
    width=st.integers(48, 300),
)
def test_pixels_stay_in_the_bar(waited: int, target: int, guard: float, width: int) -> None:
    scale = SCALE.of_width(width)
    visit = row("C001", NOW - waited, target=target * MINUTE, ordering=target * MINUTE, guard=guard)
    face = face_of(visit, NOW, scale, attention=False)
    assert 0 <= face.fill <= scale.before
    assert face.over == 0 or scale.after < face.over <= scale.width
    assert (face.over > 0) == (waited > target * MINUTE)


@given(waited=st.integers(0, 40 * MINUTE))
def test_a_bar_never_runs_back(waited: int) -> None:
    visit = row("C001", NOW)
    before, after = (face_of(visit, NOW + waited + step, SCALE, attention=False) for step in (0, SECOND))
    assert (after.fill, after.over) >= (before.fill, before.over)
