"""Erlang's formula of waiting (M/M/c): visitors come at random at one rate, services last as chance has it, first come
first served, nobody leaves. It knows no beginning and no end of a day.

Worked out by the recursion of Erlang's loss formula, whose every step lies between 0 and 1: neither factorials nor
powers, so that no load overflows. Source: A. K. Erlang, "Solution of some Problems in the Theory of Probabilities of
Significance in Automatic Telephone Exchanges" (1917).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from math import exp, floor, isfinite

from reception.domain.staffing import Queueing
from reception.errors import Code, Refusal

MOST_COUNTERS = 1_000_000


def queueing(arrivals_per_hour: float, service_min: float, counters: int, within_min: float) -> Queueing:
    """What waiting comes to with so many counters; `share_within` is of those seen within `within_min` minutes.

    Refuses BAD_INPUT: what is no number of that kind, and counters that are no more than the load.
    """
    _check(arrivals_per_hour, service_min, within_min)
    if not 1 <= counters <= MOST_COUNTERS:
        raise Refusal(Code.BAD_INPUT, f"{counters} counters cannot be reckoned with.", f"Give 1 to {MOST_COUNTERS:,}.")
    load = arrivals_per_hour * service_min / 60
    if load >= counters:
        raise Refusal(
            Code.BAD_INPUT,
            f"With {_counters(counters)} it never settles: visitors bring the work of {load:,.6g} counters, "
            "so that the queue grows for as long as they come.",
            f"Give at least {floor(load) + 1:,} counters." if load < MOST_COUNTERS else "Give fewer arrivals.",
        )
    lost = next(each for number, each in _losses(load) if number == counters)
    waits = _waits(load, counters, lost)
    return Queueing(
        offered_load=load,
        probability_of_wait=waits,
        mean_wait_min=waits * service_min / (counters - load),
        share_within=_within(load, counters, waits, service_min, within_min),
    )


def least_counters(load: float, service_min: float, within_min: float, share: float) -> int:
    """The fewest counters with which at least that share is seen within so many minutes. Refuses BAD_INPUT.

    `load` in erlangs: arrivals in the time of one service.
    """
    _check(load, service_min, within_min)
    if not 0 <= share < 1:
        raise Refusal(Code.BAD_INPUT, f"{share:g} is no share that can be reached.", "Give one from 0 to below 1.")
    if load >= MOST_COUNTERS:
        raise Refusal(Code.BAD_INPUT, f"A load of {load:,.6g} cannot be reckoned with.", "Give fewer arrivals.")
    return next(
        counters
        for counters, lost in _losses(load)
        if counters > load and _within(load, counters, _waits(load, counters, lost), service_min, within_min) >= share
    )


def _losses(load: float) -> Iterator[tuple[int, float]]:
    """For 1, 2, 3 ... counters the share that would be lost if nobody could wait (Erlang's loss formula)."""
    lost = 1.0
    for counters in count(1):
        lost = load * lost / (counters + load * lost)
        yield counters, lost


def _waits(load: float, counters: int, lost: float) -> float:
    return counters * lost / (counters - load * (1 - lost))


def _within(load: float, counters: int, waits: float, service_min: float, within_min: float) -> float:
    return 1 - waits * exp(-(counters - load) * within_min / service_min)


def _check(arrivals: float, service_min: float, within_min: float) -> None:
    if not (isfinite(arrivals) and arrivals >= 0):
        raise Refusal(Code.BAD_INPUT, "Fewer than no arrivals cannot be.", "Give a number of 0 or more.")
    if not (isfinite(service_min) and service_min > 0):
        raise Refusal(Code.BAD_INPUT, "A service lasts longer than 0 minutes.", "Give the usual minutes of one.")
    if not (isfinite(within_min) and within_min >= 0):
        raise Refusal(Code.BAD_INPUT, "A wait is no shorter than 0 minutes.", "Give the minutes that are promised.")


def _counters(counters: int) -> str:
    return "1 counter" if counters == 1 else f"{counters:,} counters"
