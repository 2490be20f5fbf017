"""Clocks: the night they change, midnight, a clock put back while visitors wait, targets that change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant, SetClock, from_datetime
from reception.domain.visit_states import End
from reception.services import commands as c
from reception.services import queries as q
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.support import COUNCIL_TAX, HOUSING, OFFICE, At, settings

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
"""Sundays on which London's clocks go from 01:00 to 02:00, and from 02:00 to 01:00."""


def london(day: date, hour: int, minute: int = 0, second: int = 0, *, fold: int = 0) -> Instant:
    """The instant of a local time; `fold` 1 is its second coming on the night the clocks go back."""
    return from_datetime(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=LONDON, fold=fold))


def sign_in(at: At, clock: SetClock, when: Instant) -> None:
    """At work from then on; days before are closed."""
    clock.at = when
    at.door.do(c.CloseDay(office_id=OFFICE))
    at.sign_in()


def seen_after(at: At, clock: SetClock, arrived: Instant, seen: Instant) -> c.Result:
    clock.at = arrived
    visit = at.take()
    clock.at = seen
    at.on(c.CallVisit, visit, reason="test")
    at.on(c.StartService, visit)
    return visit


def report(at: At, first: date, last: date, by: str = "total") -> dict[str, Any]:
    return {each.group: each for each in at.door.ask(q.WaitReport(OFFICE, first, last, by=by))}


def test_a_wait_across_the_hour_that_is_left_out(priya: At, clock: SetClock) -> None:
    """From 00:50 to 02:10 on the night the clocks go forward is 20 minutes."""
    sign_in(priya, clock, london(FORWARD, 0, 30))
    visit = seen_after(priya, clock, london(FORWARD, 0, 50), london(FORWARD, 2, 10))
    assert priya.card(visit).first_wait == 20 * MINUTE
    assert list(report(priya, FORWARD, FORWARD, "hour")) == ["00"]


def test_a_wait_across_the_hour_that_comes_twice(priya: At, clock: SetClock) -> None:
    """From 00:50 to 02:10 on the night they go back is 140 minutes; both of the hours are hour 1."""
    sign_in(priya, clock, london(BACK, 0, 30))
    visit = seen_after(priya, clock, london(BACK, 0, 50), london(BACK, 2, 10))
    assert priya.card(visit).first_wait == 140 * MINUTE
    priya.on(c.Finish, visit)
    for fold in (0, 1):
        again = seen_after(priya, clock, london(BACK, 1, 10, fold=fold), london(BACK, 1, 15, fold=fold))
        priya.on(c.Finish, again)
        assert priya.card(again).first_wait == 5 * MINUTE
    hours = report(priya, BACK, BACK, "hour")
    assert {hour: each.visits for hour, each in hours.items()} == {"00": 1, "01": 2}
    books(priya.door)


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (date(2026, 6, 1), 24)])
def test_the_day_ends_at_its_own_midnight(priya: At, clock: SetClock, day: date, hours: int) -> None:
    midnight = london(day, 0)
    sign_in(priya, clock, midnight)
    first = priya.take()
    clock.at = midnight + hours * HOUR - 1
    last = priya.take()
    assert (first.number, last.number) == ("H001", "H002")
    clock.advance(1)
    assert priya.take().number == "H001"
    priya.door.do(c.CloseDay(office_id=OFFICE))
    assert {priya.card(visit).ended_at for visit in (first, last)} == {midnight + hours * HOUR}
    books(priya.door)


def test_the_local_day_counts_not_the_one_in_utc(priya: At, clock: SetClock) -> None:
    """Half past midnight in a London summer is still yesterday in UTC."""
    sign_in(priya, clock, london(date(2026, 7, 2), 0, 30))
    priya.take()
    days = report(priya, date(2026, 7, 1), date(2026, 7, 2), "day")
    assert {day: each.visits for day, each in days.items()} == {"2026-07-02": 1}


def test_a_visit_counts_in_the_hour_of_its_arrival(priya: At, clock: SetClock) -> None:
    seen_after(priya, clock, TEN_O_CLOCK + 6 * HOUR + 58 * MINUTE, TEN_O_CLOCK + 7 * HOUR + 4 * MINUTE)
    assert list(report(priya, date(2026, 3, 2), date(2026, 3, 2), "hour")) == ["16"]


def test_numbers_start_anew_each_day_for_each_letter(priya: At, clock: SetClock) -> None:
    assert [priya.take(service).number for service in (HOUSING, HOUSING, COUNCIL_TAX)] == ["H001", "H002", "C001"]
    clock.advance(24 * HOUR)
    assert [priya.take(service).number for service in (COUNCIL_TAX, HOUSING)] == ["C001", "H001"]
    books(priya.door)


# -- a clock that is put back -----------------------------------------------------------------------------------


def test_the_clock_is_put_back_an_hour_while_visitors_wait(priya: At, clock: SetClock) -> None:
    """Nobody waits less than nothing, and no fact stands before the last of its visit."""
    early = priya.take()
    clock.advance(20 * MINUTE)
    late, out, gone = priya.take(), priya.take(), priya.take()
    priya.on(c.Hold, out, own_request=True)
    clock.advance(-HOUR)
    view = priya.view()
    assert view.clock_went_back == HOUR
    assert len(view.queue) == 3
    assert all(priya.card(visit).waited >= 0 for visit in (early, late, out, gone))
    new = priya.take()  # arrived by a clock that is an hour behind
    priya.on(c.Leave, gone)
    assert priya.card(gone).ended_at == TEN_O_CLOCK + 20 * MINUTE
    priya.on(c.CallVisit, late, reason="test")
    clock.advance(5 * MINUTE)
    priya.on(c.StartService, late)
    assert priya.card(late).first_wait == 0
    priya.on(c.Finish, late)
    priya.on(c.EndHold, out)
    assert priya.card(out).waited == 0
    clock.advance(55 * MINUTE)  # the old time is reached again
    assert priya.view().clock_went_back == 0
    priya.next()
    assert priya.view().present is not None
    priya.on(c.StartService, new)
    assert priya.card(new).first_wait == HOUR
    stored = books(priya.door)
    assert stored[late.visit_id].visit.leg.service_time == 0
    (total,) = report(priya, date(2026, 3, 2), date(2026, 3, 2)).values()
    assert (total.visits, total.seen, total.left_before, total.open) == (5, 2, 1, 2)


def test_the_clock_is_put_back_over_midnight(priya: At, clock: SetClock) -> None:
    """The number of the new day stays given; the old day goes on with its own."""
    clock.at = TEN_O_CLOCK + 14 * HOUR + MINUTE
    tomorrow = priya.take()
    clock.advance(-2 * MINUTE)
    today = priya.take()
    assert (tomorrow.number, today.number) == ("H001", "H001")
    priya.on(c.CallVisit, tomorrow, reason="test")
    priya.on(c.StartService, tomorrow)
    clock.advance(2 * MINUTE)
    priya.door.do(c.CloseDay(office_id=OFFICE))
    assert priya.card(today).end is End.UNRESOLVED
    priya.on(c.Finish, tomorrow)
    assert priya.card(tomorrow).end is End.RESOLVED
    books(priya.door)


# -- targets -----------------------------------------------------------------------------------------------------


def change(at: At, **changes: Any) -> None:
    at.change_settings(settings(**changes))


def test_a_period_is_judged_by_the_targets_of_its_own_days(priya: At, clock: SetClock) -> None:
    """Seen after 12 minutes: kept while 15 are promised, lost when 10 are, neither when nothing is."""
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
    for day, target in zip(days, (15, 10, None), strict=True):
        sign_in(priya, clock, london(day, 9))
        change(priya, walk_in_seen=target)
        visit = seen_after(priya, clock, london(day, 10), london(day, 10, 12))
        priya.on(c.Finish, visit)
    by_day = report(priya, days[0], days[-1], "day")
    figures = [(each.target_min, each.within_target, each.share_within_target) for each in by_day.values()]
    assert figures == [(15.0, 1, 1.0), (10.0, 0, 0.0), (None, None, None)]
    (total,) = report(priya, days[0], days[-1]).values()
    assert (total.visits, total.within_target, total.share_within_target, total.target_min) == (3, 1, 0.5, None)


def test_a_target_changed_at_noon_binds_who_comes_after(priya: At, clock: SetClock) -> None:
    """A visit keeps the promise that it was given with its ticket."""
    before = priya.take()
    change(priya, walk_in_seen=5)
    after = priya.take()
    assert (priya.card(before).target, priya.card(after).target) == (15 * MINUTE, 5 * MINUTE)
    clock.advance(5 * MINUTE + 1)
    for visit in (before, after):
        priya.on(c.Leave, visit)
    (total,) = report(priya, date(2026, 3, 2), date(2026, 3, 2)).values()
    assert (total.left_before, total.left_after) == (1, 1)


@pytest.mark.parametrize("wrong", [-24 * HOUR, 30 * 24 * HOUR], ids=["behind", "ahead"])
def test_a_target_saved_by_a_wrong_clock_is_the_one_saved_last(priya: At, clock: SetClock, wrong: int) -> None:
    """A day behind: it holds once the clock is right. A month ahead: one saved later holds today, and then too."""
    clock.advance(wrong)
    change(priya, walk_in_seen=5)
    clock.advance(-wrong)
    if wrong > 0:
        assert priya.door.ask(q.SettingsOf(OFFICE)).walk_in_seen == 15
        change(priya, walk_in_seen=20)
        clock.advance(wrong)
    assert priya.door.ask(q.SettingsOf(OFFICE)).walk_in_seen == (5 if wrong < 0 else 20)


def test_another_change_leaves_the_target_of_a_later_day(priya: At, clock: SetClock) -> None:
    clock.advance(24 * HOUR)
    change(priya, walk_in_seen=5)
    clock.advance(-24 * HOUR)
    kept = priya.door.ask(q.SettingsOf(OFFICE))
    priya.change_settings(replace(kept, place="Hall"))
    clock.advance(24 * HOUR)
    assert priya.door.ask(q.SettingsOf(OFFICE)).walk_in_seen == 5


def test_without_a_promise_the_queue_is_still_in_order(priya: At, clock: SetClock) -> None:
    change(priya, walk_in_seen=None, walk_in_resolved=None)
    visit = priya.take()
    row = priya.view().queue[0]
    assert (row.target, row.ordering_target, row.deadline) == (None, 15 * MINUTE, TEN_O_CLOCK + 15 * MINUTE)
    clock.advance(500 * MINUTE)
    priya.on(c.Leave, visit)
    (total,) = report(priya, date(2026, 3, 2), date(2026, 3, 2)).values()
    assert (total.left_before, total.within_target, total.share_within_target) == (1, None, None)
