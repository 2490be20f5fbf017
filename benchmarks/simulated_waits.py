"""Waits told in simulated offices, without a record of their own and with that of the days before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from benchmarks.queue_offices import TARGET, Plan, Played, officers, play
from reception.clock import MINUTE
from reception.domain.draining import Hall, Standing, standing
from reception.domain.expecting import Lines, Waited, expected, learnt
from reception.domain.foresight import AtWork
from reception.domain.queueing import Entry, Kind
from reception.domain.retracing import PastLeg, recent_wait, retraced
from reception.storage.queries.waits import LOOKED_BACK

ANYTHING: frozenset[str] = frozenset()
PLANS = (
    Plan("1 counter, load 0.7", 0.7, (ANYTHING,)),
    Plan("2 counters, 0.8", 0.8, (ANYTHING,) * 2),
    Plan("3 counters, 0.8", 0.8, (ANYTHING,) * 3),
    Plan("3 counters, 0.9", 0.9, (ANYTHING,) * 3),
    Plan("3 counters, 0.95, first come", 0.95, (ANYTHING,) * 3, rule="first_come"),
    Plan("6 counters, 0.85", 0.85, (ANYTHING,) * 6),
    Plan(
        "3 counters, one for all three services, 0.75",
        0.75,
        (frozenset("a"), frozenset("ab"), frozenset("abc")),
        {"a": 6.0, "b": 8.0, "c": 14.0},
    ),
    Plan(
        "4 counters, one for specialists, 0.75",
        0.75,
        (frozenset("ab"), frozenset("ab"), frozenset("abc"), frozenset("c")),
        {"a": 6.0, "b": 8.0, "c": 16.0},
    ),
)
OVERTAKES = 2
CALL_TO_START = MINUTE // 2
Told = list[tuple[tuple[float, float, float], float]]


def simulated(days: int) -> Iterator[tuple[str, str, Told]]:
    """Of each office its name, whether it had a record, and what was told and then waited."""
    for plan in PLANS:
        visits = play(plan, days, seed=1)
        found = _found(plan, visits)
        over_all = sum(plan.minutes.values()) / len(plan.minutes)
        past = [_leg(each) for each in sorted(visits, key=lambda each: each.started)]
        alone, with_record = Lines(over_all), dict[int, Lines]()
        for day in range(1, days):
            of_late = [each for each in past if int(each.local_day) < day][-LOOKED_BACK:]
            with_record[day] = learnt(over_all, _retraced(plan, of_late, over_all))
        yield plan.name, "no record", [_told(alone, each) for _, each in found]
        yield plan.name, "own record", [_told(with_record[day], each) for day, each in found if day]


def _told(lines: Lines, waited: Waited) -> tuple[tuple[float, float, float], float]:
    foretold = expected(lines, waited.standing)
    told = foretold.told()
    return (told.low, foretold.middle, told.high), waited.minutes


def _leg(visit: Played) -> PastLeg:
    waited = visit.started - visit.arrived
    return PastLeg(
        str(visit.day), visit.service_id, str(visit.counter), visit.arrived, visit.started, visit.ended, waited
    )


def _shares(plan: Plan) -> dict[str, frozenset[str]]:
    able = [skills or frozenset(plan.minutes) for skills in plan.skills]
    return {each: frozenset().union(*(skills for skills in able if each in skills)) for each in plan.minutes}


def _retraced(plan: Plan, past: list[PastLeg], over_all: float) -> list[Waited]:
    return retraced(past, _shares(plan), plan.minutes, over_all, OVERTAKES)


def _found(plan: Plan, visits: list[Played]) -> list[tuple[int, Waited]]:
    """How each found the queue, and how long it waited, with the day."""
    days: dict[int, list[Played]] = defaultdict(list)
    for each in visits:
        days[each.day].append(each)
    return [
        (day, Waited(_standing(plan, visit, of_day), (visit.started - visit.arrived) / MINUTE))
        for day, of_day in days.items()
        for visit in of_day
    ]


def _standing(plan: Plan, visit: Played, day: list[Played]) -> Standing:
    now = visit.arrived
    before = [each for each in day if each.arrived < now]
    at_work = officers(plan)
    for each in before:
        if each.started - CALL_TO_START <= now < each.ended:
            free = at_work[each.counter]
            at_work[each.counter] = AtWork(free.counter, free.officer, each.service_id, each.started)
    hall = Hall(
        now,
        tuple(at_work),
        tuple(each.entry(now) for each in before if each.started - CALL_TO_START > now),
        plan.minutes,
        sum(plan.minutes.values()) / len(plan.minutes),
        plan.rule,
    )
    shared = _shares(plan)[visit.service_id]
    over = sorted((each for each in before if each.started <= now), key=lambda each: each.started, reverse=True)
    recent = recent_wait((_leg(each) for each in over), shared)
    found = standing(Entry("me", Kind.WALK_IN, visit.service_id, now, now, TARGET, 10**9), hall, shared, recent)
    assert found is not None
    return found
