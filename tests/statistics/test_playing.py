"""A day played: desks, breaks, skills and closing; each call is the rule's own; long days agree with closed forms."""

from __future__ import annotations

import random
from math import exp, factorial

import numpy as np
import pytest

from reception.clock import MINUTE
from reception.domain.office import Counter, Officer, Role
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings, overtaken_by, served_by
from reception.domain.staffing import Desk
from reception.statistics.playing import NEVER, Shift, Staff, closing, play, staff_of

HOUR = 60 * MINUTE
TARGET = 15 * MINUTE


def walk_in(number: int, at: int, service: str = "a", priority: int = 0, kind: Kind = Kind.WALK_IN) -> Entry:
    return Entry(f"{number:06d}", kind, service, at, at, TARGET, number, priority=priority)


def played(entries: list[Entry], lasts: list[int], staff: Staff, rule: str = "first_come", call: int = 0) -> list[int]:
    queue = OrderedQueue(rule, RuleSettings(call_to_start=call))
    return play([queue.ready(each, number) for number, each in enumerate(entries)], lasts, staff, queue, call)


# -- one day -----------------------------------------------------------------------------------------------------


def test_who_comes_to_a_free_desk_waits_from_the_call_to_the_start() -> None:
    staff = staff_of([Desk(9 * 60, 17 * 60)], ["a"])
    at = 10 * HOUR
    assert played([walk_in(0, at), walk_in(1, at + MINUTE)], [5 * MINUTE] * 2, staff, call=MINUTE) == [
        at + MINUTE,
        at + 7 * MINUTE,
    ]


def test_who_comes_before_any_desk_opens_waits_for_it() -> None:
    staff = staff_of([Desk(11 * 60, 17 * 60)], ["a"])
    assert played([walk_in(0, 9 * HOUR)], [MINUTE], staff) == [11 * HOUR]


def test_nobody_is_called_in_a_break_and_a_service_runs_into_it() -> None:
    staff = staff_of([Desk(9 * 60, 17 * 60, breaks=((12 * 60, 13 * 60),))], ["a"])
    entries = [walk_in(0, 11 * HOUR + 55 * MINUTE), walk_in(1, 11 * HOUR + 56 * MINUTE)]
    assert played(entries, [10 * MINUTE] * 2, staff) == [11 * HOUR + 55 * MINUTE, 13 * HOUR]


def test_whoever_is_unseen_at_closing_is_served_by_who_closes_last() -> None:
    desks = [Desk(9 * 60, 16 * 60), Desk(9 * 60, 17 * 60)]
    entries = [walk_in(each, 15 * HOUR + 50 * MINUTE) for each in range(4)]
    assert played(entries, [HOUR] * 4, staff_of(desks, ["a"])) == [
        15 * HOUR + 50 * MINUTE,
        15 * HOUR + 50 * MINUTE,
        16 * HOUR + 50 * MINUTE,
        17 * HOUR + 50 * MINUTE,
    ]
    assert closing(desks) == 17 * HOUR


def test_a_desk_stays_only_for_what_nobody_later_may_serve() -> None:
    desks = [Desk(9 * 60, 16 * 60, skills=frozenset("ab")), Desk(9 * 60, 17 * 60, skills=frozenset("a"))]
    staff = staff_of(desks, ["a", "b"])
    assert staff[0][-1] == Shift(16 * HOUR, NEVER, frozenset("b"))
    assert staff[1][-1] == Shift(17 * HOUR, NEVER, frozenset("a"))
    late = [walk_in(0, 18 * HOUR, "a"), walk_in(1, 18 * HOUR, "b")]
    assert played(late, [MINUTE] * 2, staff) == [18 * HOUR, 18 * HOUR]


def test_whom_nobody_may_serve_is_never_seen() -> None:
    staff = staff_of([Desk(9 * 60, 17 * 60, skills=frozenset("a"))], ["a", "b"])
    assert played([walk_in(0, 10 * HOUR, "b"), walk_in(1, 10 * HOUR, "a")], [MINUTE] * 2, staff) == [NEVER, 10 * HOUR]


def test_what_is_offered_no_longer_is_served_at_every_desk() -> None:
    staff = staff_of([Desk(9 * 60, 17 * 60, skills=frozenset("a"))], ["a", "b"], anybodys=["b"])
    assert played([walk_in(0, 10 * HOUR, "b")], [MINUTE], staff) == [10 * HOUR]


def test_without_desks_or_visitors() -> None:
    assert played([walk_in(0, 10 * HOUR)], [MINUTE], ()) == [NEVER]
    assert played([], [], staff_of([Desk(540, 600)], ["a"])) == []
    # A desk that is on a break all day is none.
    assert staff_of([Desk(540, 600, breaks=((500, 700),))], ["a"]) == ()


# -- each call is the rule's own ---------------------------------------------------------------------------------


def slowly(entries: list[Entry], lasts: list[int], staff: Staff, rule: str, settings: RuleSettings) -> list[int]:
    """The same day by the functions of the desk alone: all are ranked at each call, overtakes are counted by name."""
    officer = Officer("o", "", Role.OFFICER)
    starts = {each.visit_id: NEVER for each in entries}
    lasting = {each.visit_id: last for each, last in zip(entries, lasts, strict=True)}
    overtaken = dict.fromkeys(starts, 0)
    waiting: list[Entry] = []
    idle: list[int] = []
    free_at = {desk: shifts[0].opens for desk, shifts in enumerate(staff)}
    to_come = sorted(entries, key=lambda each: each.since)

    def look(desk: int, now: int) -> None:
        shift = next(each for each in staff[desk] if now < each.closes)
        if shift.opens > now:
            free_at[desk] = shift.opens
            return
        services = frozenset("abc") if shift.services is None else shift.services or frozenset({"nothing"})
        counted = [
            Entry(e.visit_id, e.kind, e.service_id, e.arrived_at, e.since, e.target, e.order, 0, overtaken[e.visit_id])
            for e in waiting
        ]
        mine = served_by(counted, officer, Counter("c", "", services))
        ranked = RULES[rule](mine, now, settings)
        if not ranked:
            idle.append(desk)
            return
        called = ranked[0].entry
        for each in overtaken_by(called, mine, now):
            overtaken[each] += 1
        waiting[:] = [each for each in waiting if each.visit_id != called.visit_id]
        starts[called.visit_id] = now + settings.call_to_start
        free_at[desk] = now + settings.call_to_start + lasting[called.visit_id]

    while to_come or (free_at and waiting):
        now = min([each.since for each in to_come[:1]] + list(free_at.values()))
        if to_come and to_come[0].since == now:
            waiting += [each for each in to_come if each.since == now]
            to_come = [each for each in to_come if each.since > now]
            looking, idle = idle, []
            for desk in looking:
                look(desk, now)
            continue
        desk = min(each for each, at in free_at.items() if at == now)
        del free_at[desk]
        look(desk, now)
    return [starts[each.visit_id] for each in entries]


def random_day(chance: random.Random) -> tuple[list[Desk], list[Entry], list[int]]:
    desks = []
    for _ in range(chance.randrange(4)):
        opens, pause = chance.randrange(20), chance.randrange(1, 40)
        skills = chance.choice((frozenset[str](), frozenset("ab"), frozenset("bc")))
        desks.append(Desk(opens, opens + chance.randrange(10, 60), ((opens + pause, opens + pause + 9),), skills))
    entries = []
    for number in range(chance.randrange(16)):
        kind, at = chance.choice(list(Kind)), chance.randrange(40)
        due = at + chance.randrange(6) * (kind is Kind.APPOINTMENT)
        target = chance.choice((3, 8)) * MINUTE
        entries.append(
            Entry(f"{number:03d}", kind, chance.choice("abc"), at * MINUTE, due * MINUTE, target, chance.randrange(99))
        )
    return desks, entries, [chance.randrange(12) * MINUTE for _ in entries]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_day_is_as_the_desks_own_functions_play_it(rule: str) -> None:
    for seed in range(150):
        chance = random.Random(f"{rule} {seed}")
        desks, entries, lasts = random_day(chance)
        settings = RuleSettings(1.2, 1.5, 2, chance.randrange(3) * MINUTE)
        staff = staff_of(desks, "abc")
        queue = OrderedQueue(rule, settings)
        ready = sorted((queue.ready(each, n) for n, each in enumerate(entries)), key=lambda each: each.since)
        assert play(ready, lasts, staff, queue, settings.call_to_start) == slowly(entries, lasts, staff, rule, settings)


# -- closed forms ------------------------------------------------------------------------------------------------

MEAN = 6 * MINUTE
BATCHES = 40
ALWAYS = Shift(0, NEVER)


def long_run(
    load: float, counters: int, lasts: np.ndarray, rule: str = "first_come", priorities: np.ndarray | None = None
) -> np.ndarray:
    """The waits in mean services of so many visits as there are services, the first tenth left out."""
    chance = np.random.default_rng(5)
    number = len(lasts)
    mean = lasts.mean()
    arrivals = np.cumsum(chance.exponential(mean / load / counters, number)).astype(int).tolist()
    priority = [0] * number if priorities is None else priorities.tolist()
    entries = [walk_in(each, arrivals[each], priority=priority[each]) for each in range(number)]
    starts = played(entries, lasts.astype(int).tolist(), ((ALWAYS,),) * counters, rule)
    waits = (np.array(starts) - np.array(arrivals)) / mean
    assert waits.min() >= 0
    return waits[number // 10 :]


def agrees(values: np.ndarray, expected: float, within: float) -> None:
    """Within twice its own standard error, by the means of batches; which is itself no more than `within`."""
    means = [batch.mean() for batch in np.array_split(values, BATCHES)]
    error = 2 * np.std(means, ddof=1) / np.sqrt(BATCHES)
    assert error < within * expected
    assert abs(np.mean(means) - expected) <= error


def exponential(number: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).exponential(MEAN, number)


@pytest.mark.parametrize(("counters", "load"), [(1, 0.6), (3, 0.8)])
def test_random_arrivals_and_services_wait_as_erlang_says(counters: int, load: float) -> None:
    waits = long_run(load, counters, exponential(40_000))
    offered = counters * load
    tail = offered**counters / factorial(counters) / (1 - load)
    some_wait = tail / (sum(offered**each / factorial(each) for each in range(counters)) + tail)
    agrees(waits, some_wait / (counters - offered), 0.15)
    agrees((waits <= 1.0).astype(float), 1 - some_wait * exp(-(counters - offered)), 0.05)


def test_one_counter_with_services_of_any_kind_waits_as_pollaczek_and_khinchine_say() -> None:
    load = 0.6
    lasts = np.random.default_rng(2).choice([2 * MINUTE, 20 * MINUTE], 40_000, p=[0.8, 0.2])
    mean, square = lasts.mean(), (lasts.astype(float) ** 2).mean()
    agrees(long_run(load, 1, lasts), load * square / (2 * mean**2) / (1 - load), 0.15)


def test_two_priorities_wait_as_cobham_says() -> None:
    load, urgent = 0.7, 0.4
    number = 60_000
    priorities = (np.random.default_rng(3).random(number) < urgent).astype(int)
    waits = long_run(load, 1, exponential(number, seed=4), "staff_priority", priorities)
    first = priorities[number // 10 :] == 1
    agrees(waits[first], load / (1 - load * urgent), 0.1)
    agrees(waits[~first], load / ((1 - load * urgent) * (1 - load)), 0.2)
