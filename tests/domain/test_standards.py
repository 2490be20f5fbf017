"""The published targets, as the documents state them, and the limits they set."""

from __future__ import annotations

from datetime import time

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.office import Hours
from reception.domain.standards import (
    BUSHEY_HOURS,
    POTTERS_BAR_HOURS,
    PRESETS,
    Promise,
    Shortfall,
    Standard,
    is_within,
    minutes,
    shortfalls,
)


@pytest.mark.parametrize(
    ("key", "seen", "resolved", "appointment", "monday", "friday"),
    [
        ("hertfordshire", 15, None, 5, (time(9), time(17)), (time(9), time(16))),
        ("hart", None, 10, None, (time(8, 30), time(17)), (time(8, 30), time(16, 30))),
        ("hertsmere", 15, None, None, (time(9), time(17, 15)), (time(9), time(17))),
        ("north-herts", None, None, None, (time(9), time(17)), (time(9), time(17))),
    ],
)
def test_presets_hold_what_the_documents_state(
    key: str,
    seen: int | None,
    resolved: int | None,
    appointment: int | None,
    monday: tuple[time, time],
    friday: tuple[time, time],
) -> None:
    preset = PRESETS[key]
    assert (preset.walk_in_seen, preset.walk_in_resolved, preset.appointment_seen) == (seen, resolved, appointment)
    assert [each.weekday for each in preset.hours] == [0, 1, 2, 3, 4]
    assert {(each.opens, each.closes) for each in preset.hours[:4]} == {monday}
    assert (preset.hours[4].opens, preset.hours[4].closes) == friday


def test_there_are_four_presets_under_their_own_keys() -> None:
    assert list(PRESETS) == ["hertfordshire", "hart", "hertsmere", "north-herts"]
    assert all(preset.key == key for key, preset in PRESETS.items())


def test_a_free_telephone_where_the_document_promises_one() -> None:
    assert [preset.key for preset in PRESETS.values() if preset.free_telephone] == ["hertsmere"]


def test_area_offices_open_on_one_day() -> None:
    assert [(each.weekday, each.opens, each.closes) for each in POTTERS_BAR_HOURS] == [(1, time(9, 30), time(14))]
    assert [(each.weekday, each.opens, each.closes) for each in BUSHEY_HOURS] == [(3, time(9, 30), time(14))]


@pytest.mark.parametrize("target", [5, 15, 30])
def test_limits_are_inclusive(target: int) -> None:
    limit = target * MINUTE
    assert is_within(0, limit)
    assert is_within(limit, limit)
    assert not is_within(limit + 1, limit)


def test_no_promise_is_not_a_target_of_nothing() -> None:
    assert minutes(None) is None
    assert minutes(0) == 0
    assert minutes(15) == 15 * MINUTE


def test_what_is_not_promised_is_ordered_by_what_is_assumed() -> None:
    nothing = Standard("north-herts", None, None, None, assumed_walk_in=15 * MINUTE, assumed_appointment=5 * MINUTE)
    assert nothing.for_walk_in() == Promise(None, None, 15 * MINUTE)
    assert nothing.for_appointment() == Promise(None, None, 5 * MINUTE)


def test_what_is_promised_orders_too() -> None:
    standard = Standard("own", 20 * MINUTE, 10 * MINUTE, 3 * MINUTE, 15 * MINUTE, 5 * MINUTE)
    assert standard.for_walk_in() == Promise(20 * MINUTE, 10 * MINUTE, 20 * MINUTE)
    assert standard.for_appointment() == Promise(3 * MINUTE, None, 3 * MINUTE)


def test_hours_below_what_the_document_states() -> None:
    stated = PRESETS["hertfordshire"].hours
    assert shortfalls(stated, "hertfordshire") == ()
    assert shortfalls((), "hertfordshire") == tuple(Shortfall(each, is_closed=True) for each in stated)
    short = tuple(replace(each, closes=time(15)) if each.weekday == 4 else each for each in stated if each.weekday)
    assert shortfalls(short, "hertfordshire") == (
        Shortfall(stated[0], is_closed=True),
        Shortfall(stated[4], is_closed=False),
    )
    assert shortfalls(short, "own") == (), "nothing is promised"


def test_two_openings_cover_a_day_together_and_a_gap_does_not() -> None:
    stated = PRESETS["hertfordshire"].hours
    morning, afternoon = Hours(0, time(8), time(12)), Hours(0, time(12), time(18))
    assert shortfalls((*stated[1:], afternoon, morning), "hertfordshire") == ()
    late = replace(afternoon, opens=time(12, 1))
    assert shortfalls((*stated[1:], morning, late), "hertfordshire") == (Shortfall(stated[0], is_closed=False),)


def test_an_area_office_keeps_hours_of_its_own() -> None:
    assert shortfalls(POTTERS_BAR_HOURS, "hertsmere") == ()
    assert shortfalls(BUSHEY_HOURS, "hertsmere") == ()
    assert len(shortfalls(BUSHEY_HOURS, "north-herts")) == 5
