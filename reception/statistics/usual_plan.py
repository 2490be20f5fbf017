"""Who is usually at work on such a day, as far as the record of who served whom tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Millis
from reception.domain.foresight import BELIEVABLE
from reception.domain.recorded_days import PastDay, PastVisit, RecordedOffice
from reception.domain.staffing import SLOT_MINUTES, Desk, Plan
from reception.statistics.in_truth import counters_known

SLOT: Millis = SLOT_MINUTES * MINUTE
WAITED_FOR: Millis = 5 * MINUTE
"""While somebody waited for less of a half hour, it does not say how many counters there were."""
_LAST: Millis = 24 * HOUR - 1
_LAST_START: Millis = 24 * HOUR - MINUTE
BETWEEN_SERVICES: Millis = 60 * MINUTE
"""Whoever serves nobody for longer is taken to have been away."""


def usual_plan(office: RecordedOffice, appointments: tuple[tuple[int, str], ...]) -> Plan:
    """Who is usually at work, by the office's own rule, and what is booked: (minute, service id)."""
    return Plan(usual_desks(office), office.rule, office.settings, appointments)


def usual_desks(office: RecordedOffice) -> tuple[Desk, ...]:
    """As many desks in each half hour as on half of the days at least; where most services are from a log, as on a
    quarter of them: of a quiet day a log tells only how many were needed.

    The skills of a desk are those of an officer: of whoever was at work most often for the first, and so on. What
    visitors come for and nobody of these may serve is added to the first desk's.
    """
    counts, officers = _at_work(office.days)
    days = len(office.days)
    on_days = ceil(days / 2) if counters_known(office.days) else ceil(days / 4)
    usual = {
        slot: sorted(of_days, reverse=True)[on_days - 1] for slot, of_days in counts.items() if len(of_days) >= on_days
    }
    most = max(usual.values(), default=0)
    if office.counters is not None:
        most = min(most, office.counters)
    of_desks = [office.skills.get(each, frozenset()) for each, _ in officers.most_common(most)]
    of_desks += [frozenset()] * (most - len(of_desks))
    desks = desks_of({slot: min(number, most) for slot, number in usual.items()}, of_desks)
    return _serving_all(desks, office)


def desks_on(day: PastDay, office: RecordedOffice) -> tuple[Desk, ...]:
    """The desks of one recorded day, half hour by half hour; one throughout where it does not say."""
    counts, officers = _at_work([day])
    numbers = {slot: of_days[0] for slot, of_days in counts.items()}
    if not numbers:
        joined = [min(each.joined, _LAST_START) // SLOT for each in day.visits]
        numbers = dict.fromkeys(range(min(joined), max(joined) + 1), 1)
    needed = max(numbers.values())
    skills = [office.skills.get(each, frozenset()) for each, _ in officers.most_common(needed)]
    desks = desks_of(numbers, skills + [frozenset()] * (needed - len(skills)))
    return _serving_all(desks, replace(office, days=(day,)))


def desks_of(numbers: Mapping[int, int], skills: Sequence[frozenset[str]]) -> tuple[Desk, ...]:
    """So many desks in each half hour, by its place in the day: the first for as long as there is one, and so on."""
    desks = []
    for level, able in enumerate(skills, start=1):
        mine = sorted(slot for slot, number in numbers.items() if number >= level)
        if not mine:
            continue
        breaks = tuple(
            ((before + 1) * SLOT_MINUTES, after * SLOT_MINUTES)
            for before, after in pairwise(mine)
            if after > before + 1
        )
        desks.append(Desk(mine[0] * SLOT_MINUTES, (mine[-1] + 1) * SLOT_MINUTES, breaks, able))
    return tuple(desks)


def _at_work(days: Sequence[PastDay]) -> tuple[dict[int, list[int]], Counter[str]]:
    """By half hour how many were at work, on the days on which anybody was; and in how many half hours each officer."""
    counts: dict[int, list[int]] = defaultdict(list)
    officers: Counter[str] = Counter()
    for day in days:
        served = [each for each in day.visits if each.started is not None]
        known: dict[str, set[int]] = defaultdict(set)
        for officer in {each.served_by for each in served} - {""}:
            known[officer] = _slots_of([each for each in served if each.served_by == officer])
            officers[officer] += len(known[officer])
        number: Counter[int] = Counter(slot for slots in known.values() for slot in slots)
        # A log says nothing of officers: then it is told from how many were served.
        number.update(_while_waited([each for each in served if not each.served_by]))
        for slot, count in number.items():
            counts[slot].append(count)
    return counts, officers


def _slots_of(served: Iterable[PastVisit]) -> set[int]:
    """The half hours in which an officer was at work: from a service to the next one within the hour."""
    slots: set[int] = set()
    reached: Millis | None = None
    for start, end in sorted(_span(each) for each in served):
        begins = reached if reached is not None and start - reached <= BETWEEN_SERVICES else start
        slots.update(range(begins // SLOT, max(begins, end - 1) // SLOT + 1))
        reached = end if reached is None else max(reached, end)
    return slots


def _while_waited(served: Sequence[PastVisit]) -> Counter[int]:
    """By half hour how many were served while somebody waited: then no counter stood free. Where nobody waited for
    long, the most who were served at one time."""
    changes = []
    for each in served:
        start, end = _span(each)
        changes += [(min(each.joined, start), 1, 0), (start, -1, 1), (end, 0, -1)]
    changes.sort()
    waited: dict[int, Millis] = defaultdict(int)
    busy_while: dict[int, Millis] = defaultdict(int)
    most: Counter[int] = Counter()
    waiting = busy = since = 0
    for at, more_waiting, more_busy in changes:
        while since < at and (waiting or busy):
            slot = since // SLOT
            until = min(at, (slot + 1) * SLOT)
            most[slot] = max(most[slot], busy)
            if waiting:
                waited[slot] += until - since
                busy_while[slot] += busy * (until - since)
            since = until
        waiting, busy, since = waiting + more_waiting, busy + more_busy, at
    for slot, time in waited.items():
        if time >= WAITED_FOR:
            most[slot] = max(1, round(busy_while[slot] / time))
    return most


def _span(visit: PastVisit) -> tuple[Millis, Millis]:
    """Within the day: a plan has no half hour beyond midnight."""
    start = min(max(0, visit.started or 0), _LAST_START)
    if visit.ended is None:
        return start, min(start + MINUTE, _LAST)
    return start, max(start, min(visit.ended, start + BELIEVABLE, _LAST))


def _serving_all(desks: tuple[Desk, ...], office: RecordedOffice) -> tuple[Desk, ...]:
    wanted = {
        each.service_id
        for day in office.days
        for each in day.visits
        if not office.services[each.service_id].is_anybodys
    }
    if not desks or any(not desk.skills for desk in desks):
        return desks
    missing = wanted - frozenset().union(*(desk.skills for desk in desks))
    first = desks[0]
    return (Desk(first.opens, first.closes, first.breaks, first.skills | missing), *desks[1:])
