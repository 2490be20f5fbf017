"""What the groups of a past period are called, and which of them each visit, leg and appointment is of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reception.domain.grouping import TOTAL, Grouping, key_of_day
from reception.services.past_ports import PastPeriod, PastRead
from reception.services.reports import NOBODY
from reception.statistics.past_rows import Facts, Numbers, SomeFacts

OF_WHO = frozenset({Grouping.OFFICER, Grouping.LANGUAGE, Grouping.NEED})
"""By whom visits are grouped, not by when and where."""
_BOOK_IS_NOT_GROUPED_BY = frozenset({Grouping.LANGUAGE, Grouping.NEED})


class Labels(NamedTuple):
    """The groups of one period, by name. A visit that is in several is there once for each in `period`."""

    names: list[str]
    period: PastPeriod
    of_visits: Numbers
    of_legs: Numbers
    of_booked: Numbers


def labelled(period: PastPeriod, read: PastRead, by: Grouping) -> Labels:
    """The groups of a period, in no order. Appointments are by their booked time, service and officer; where they are
    not grouped so the labels leave them out."""
    walk_ins, later_legs, booked = period.walk_ins, period.later_legs, period.booked
    if by in _BOOK_IS_NOT_GROUPED_BY:
        booked = booked.where(np.empty(0, np.int64))
    if by in OF_WHO:
        walk_ins, of_visits = _of_who(walk_ins, read, by)
        later_legs, of_legs = _of_who(later_legs, read, by)
        booked, of_booked = _of_who(booked, read, by)
    else:
        of_visits, of_legs, of_booked = (_of_facts(facts, read, by) for facts in (walk_ins, later_legs, booked))
    return _merged(PastPeriod(walk_ins, later_legs, booked), (of_visits, of_legs, of_booked))


def by_partner(period: PastPeriod, read: PastRead) -> Labels:
    """The groups of what was at partners' services, by the partner's name."""
    of_service = [service.partner for service in read.services]
    facts = (period.walk_ins, period.later_legs, period.booked)
    return _merged(period, [(of_service, each.service.astype(np.int64)) for each in facts])


_Table = tuple[Sequence[str], Numbers]
"""Names, and the place of each fact's name among them."""


def _merged(period: PastPeriod, tables: Sequence[_Table]) -> Labels:
    used: dict[str, int] = {}
    places = []
    for names, codes in tables:
        there = np.zeros(len(names), np.int64)
        for code in map(int, np.flatnonzero(np.bincount(codes, minlength=len(names)))):
            there[code] = used.setdefault(names[code], len(used))
        places.append(there[codes])
    return Labels(list(used), period, *places)


def _of_facts(facts: Facts, read: PastRead, by: Grouping) -> _Table:
    if by is Grouping.TOTAL:
        return [TOTAL], np.zeros(len(facts), np.int64)
    if by is Grouping.HOUR:
        return [f"{hour:02d}" for hour in range(24)], facts.hour.astype(np.int64)
    if by is Grouping.SERVICE:
        return [service.name for service in read.services], facts.service.astype(np.int64)
    if by is Grouping.OFFICE:
        office = np.array([service.office for service in read.services], np.int64)
        return read.offices, office[facts.service]
    days, codes = days_of(facts.day)
    return [key_of_day(day, by) for day in days], codes


def days_of(days: NDArray[np.int32]) -> tuple[list[date], Numbers]:
    """The days that there are, in time, and which of them each is."""
    if not days.size:
        return [], np.empty(0, np.int64)
    first = int(days.min())
    is_there = np.bincount(days - first) > 0
    places = np.cumsum(is_there) - 1
    return [date.fromordinal(first + int(each)) for each in np.flatnonzero(is_there)], places[days - first]


def _of_who(facts: SomeFacts, read: PastRead, by: Grouping) -> tuple[SomeFacts, _Table]:
    """Each visit or leg once for each of its names, and those names."""
    nobody = NOBODY if by is Grouping.OFFICER else ""
    sets = [names or (nobody,) for names in read.who]
    table: dict[str, int] = {}
    flat = np.array([table.setdefault(name, len(table)) for names in sets for name in names], np.int64)
    lengths = np.array([len(names) for names in sets], np.int64)
    starts = np.cumsum(lengths) - lengths
    times = lengths[facts.who]
    places = np.repeat(np.arange(len(facts)), times)
    nth = np.arange(places.size) - np.repeat(np.cumsum(times) - times, times)
    return facts.where(places), (list(table), flat[starts[facts.who][places] + nth])
