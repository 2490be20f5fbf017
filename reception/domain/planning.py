"""A plan of desks as it is changed by hand: one more or one fewer in a half hour, a desk with other times.

Times of a day are minutes from local midnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec.structs import replace

from reception.domain.staffing import SLOT_MINUTES, Desk, Plan

Span = tuple[int, int]


def counters_in(plan: Plan, minute: int) -> int:
    """How many desks are at work in the middle of the half hour that begins at `minute`."""
    return plan.counters_at(minute + SLOT_MINUTES // 2)


def one_more(plan: Plan, minute: int) -> Plan:
    """With one desk more in a half hour.

    Whoever works right before or after it works on; else whoever has a break then, or comes back for it; else there
    is one desk more, which serves everything.
    """
    wanted = (minute, minute + SLOT_MINUTES)
    away = [at for at, desk in enumerate(plan.desks) if not _is_at_work(desk, minute)]
    if not away:
        return replace(plan, desks=(*plan.desks, Desk(*wanted)))
    beside = [
        at for at in away if any(end == wanted[0] or begin == wanted[1] for begin, end in spans_of(plan.desks[at]))
    ]
    at = (beside or away)[0]
    changed = _with_spans(plan.desks[at], [*spans_of(plan.desks[at]), wanted])
    return _with_desk(plan, at, changed)


def one_fewer(plan: Plan, minute: int) -> Plan:
    """With one desk fewer in a half hour; as it is where there is none.

    Of those who are there it is the last whose work begins or ends with it, else the last of all, who has a break then.
    A desk that is left without work is gone.
    """
    there = [at for at, desk in enumerate(plan.desks) if _is_at_work(desk, minute)]
    if not there:
        return plan
    ends = minute + SLOT_MINUTES
    at_an_edge = [
        at
        for at in there
        if any(begin >= minute or end <= ends for begin, end in _of_half_hour(plan.desks[at], minute))
    ]
    at = (at_an_edge or there)[-1]
    left = [
        piece
        for begin, end in spans_of(plan.desks[at])
        for piece in ((begin, min(end, minute)), (max(begin, ends), end))
        if piece[0] < piece[1]
    ]
    return _with_desk(plan, at, _with_spans(plan.desks[at], left))


def with_counters(plan: Plan, minute: int, count: int) -> Plan:
    """With so many desks in a half hour."""
    while counters_in(plan, minute) < count:
        plan = one_more(plan, minute)
    while counters_in(plan, minute) > count:
        plan = one_fewer(plan, minute)
    return plan


def spans_of(desk: Desk) -> tuple[Span, ...]:
    """When it is at work, in order."""
    begins, spans = desk.opens, []
    for start, end in sorted(desk.breaks):
        if begins < start:
            spans.append((begins, min(start, desk.closes)))
        begins = max(begins, end)
    if begins < desk.closes:
        spans.append((begins, desk.closes))
    return tuple(spans)


def _is_at_work(desk: Desk, minute: int) -> bool:
    return Plan((desk,)).counters_at(minute + SLOT_MINUTES // 2) > 0


def _of_half_hour(desk: Desk, minute: int) -> Iterable[Span]:
    middle = minute + SLOT_MINUTES // 2
    return [(begin, end) for begin, end in spans_of(desk) if begin <= middle < end]


def _with_spans(desk: Desk, spans: Iterable[Span]) -> Desk | None:
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    if not joined:
        return None
    breaks = tuple((before[1], after[0]) for before, after in pairwise(joined))
    return replace(desk, opens=joined[0][0], closes=joined[-1][1], breaks=breaks)


def _with_desk(plan: Plan, at: int, desk: Desk | None) -> Plan:
    changed = () if desk is None else (desk,)
    return replace(plan, desks=(*plan.desks[:at], *changed, *plan.desks[at + 1 :]))
