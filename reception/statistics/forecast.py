"""How many walk-ins a day to come is expected to bring. `docs/definitions.md`, "Arrivals foretold", is the law.

Pure: the same is foretold of the same. Only days before the one that is foretold are used, and no later ones than
`PastArrivals.last`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from reception.domain.forecasting import (
    HALF_HOUR,
    HALF_HOURS,
    ArrivalsForecast,
    ForecastNote,
    HalfHour,
    PastArrivals,
)
from reception.domain.office import Office
from reception.statistics.count_ranges import Floats, Whole, ranges, variation
from reception.statistics.expected_days import FEWEST, USUAL_WAY, WAYS, Closures, course, expected
from reception.statistics.known_days import KnownDays, known_days
from reception.statistics.open_days import beside_a_closure, is_open, is_shut
from reception.statistics.years_before import hardly_open, is_nobody_then, years_before

MOST_TRIALS = 160
ENOUGH_TRIALS = 20
TRIALS_OF_HALF_HOURS = 60
FAR = 56
"""Days: what is farther is foretold, and tried, as that is."""
FEW = 4
SELDOM = 0.1
"""Half hours that bring fewer are not shown where the office is closed, and tell nothing of ranges."""
USUAL_VARIATION, AS_IF_DAYS, AS_IF_HALF_HOURS = 0.08, 10.0, 100.0


class _Trials(NamedTuple):
    """Known days, each foretold as long before as the day in question is now. One row a day."""

    counts: Floats
    half_hours: Floats
    expected: Floats
    """By each way, as the next."""
    uncertain: Floats
    """By how much more a day varies about what is expected of it, the fewer days that rests on."""
    courses: Floats


def arrivals_forecast(past: PastArrivals, day: date) -> ArrivalsForecast:
    """What is foretold of `day`. Refuses BAD_INPUT for a year whose bank holidays are not known."""
    office = past.office
    if is_shut(office, day):
        return _no_figure(office, day, ForecastNote.CLOSED)
    seldom = hardly_open(past, day)
    if seldom is not None:
        return replace(_no_figure(office, day, ForecastNote.HARDLY_OPEN), hardly_open=seldom)
    last = min(past.last, day - timedelta(days=1))
    known = known_days(past, last)
    of_weekday = known.of_weekday(day.weekday())
    if not len(known.days) or not (of_weekday or office.hours):
        return _no_figure(office, day, ForecastNote.NOTHING_KNOWN, past.newest)
    closures = Closures(known)
    totals = known.totals / closures.on(known.after_closure, known.before_closure)
    trials = _tried(known, totals, closures, min((day - last).days, FAR))
    way = _best(trials)
    after, before = beside_a_closure(office, day)
    ways, rests = expected(known, totals, len(known.days), day.toordinal(), day.weekday())
    mean = float(ways[way] * closures.on(np.array([after]), np.array([before]))[0])
    low, high = _range(mean, float(_uncertain(rests, len(known.days))[way]), trials, way)
    earlier = years_before(past, day)
    notes = {
        ForecastNote.BANK_HOLIDAY_BEFORE: after,
        ForecastNote.BANK_HOLIDAY_AFTER: before,
        ForecastNote.LITTLE_KNOWN: of_weekday < FEW,
        ForecastNote.FAR_AHEAD: (day - last).days > FAR,
        ForecastNote.NOBODY_THEN: is_nobody_then(day, earlier, mean),
    }
    return ArrivalsForecast(
        office_id=office.id,
        office=office.name,
        day=day,
        half_hours=_half_hours(office, day, course(known, len(known.days), day.weekday()), trials, way, mean),
        expected=mean,
        low=float(low),
        high=float(high),
        weekdays=of_weekday,
        days=len(known.days),
        notes=tuple(note for note, holds in notes.items() if holds),
        years_before=earlier,
    )


def _no_figure(office: Office, day: date, note: ForecastNote, newest: date | None = None) -> ArrivalsForecast:
    return ArrivalsForecast(office.id, office.name, day, (), 0.0, 0.0, 0.0, 0, 0, (note,), newest)


def _tried(known: KnownDays, totals: Floats, closures: Closures, lead: int) -> _Trials:
    """The latest days, foretold by what was known `lead` days before."""
    places, told, uncertain, courses = [], [], [], []
    effects = closures.on(known.after_closure, known.before_closure)
    for place in range(max(0, len(known.days) - MOST_TRIALS), len(known.days)):
        day, weekday = int(known.days[place]), int(known.weekdays[place])
        first = int(np.searchsorted(known.days, day - lead, "right"))
        if first >= FEWEST:
            places.append(place)
            ways, rests = expected(known, totals, first, day, weekday)
            told.append(ways * effects[place])
            uncertain.append(_uncertain(rests, first))
            courses.append(course(known, first, weekday))
    return _Trials(
        known.totals[places],
        known.half_hours[places],
        np.array(told).reshape(-1, WAYS),
        np.array(uncertain).reshape(-1, WAYS),
        np.array(courses).reshape(-1, HALF_HOURS),
    )


def _best(trials: _Trials) -> int:
    """The way that was off by the least."""
    if len(trials.counts) < ENOUGH_TRIALS:
        return USUAL_WAY
    return int(np.argmin(np.abs(trials.expected - trials.counts[:, None]).sum(axis=0)))


def _uncertain(rests: Floats, known: int) -> Floats:
    """A mean of n days is uncertain by an n-th of their variance; it rests on no more days than are known."""
    return 1 + 1 / np.minimum(rests, known)


def _range(mean: float, uncertain: float, trials: _Trials, way: int) -> tuple[int, int]:
    told, off = trials.expected[:, way], trials.uncertain[:, way]
    v = uncertain * variation(told, trials.counts, off, USUAL_VARIATION, AS_IF_DAYS)
    (low,), (high,) = ranges(np.array([mean]), np.array([v]))
    return int(low), int(high)


def _half_hours(
    office: Office, day: date, shares: Floats, trials: _Trials, way: int, mean: float
) -> tuple[HalfHour, ...]:
    latest = slice(-TRIALS_OF_HALF_HOURS, None)
    told = (trials.courses * trials.expected[:, way, None])[latest]
    telling = told >= SELDOM
    uncertain = np.ones(int(telling.sum()))
    v = variation(told[telling], trials.half_hours[latest][telling], uncertain, USUAL_VARIATION, AS_IF_HALF_HOURS)
    shown = np.array([is_open(office, day, place * HALF_HOUR, HALF_HOUR) for place in range(HALF_HOURS)])
    places: Whole = np.flatnonzero(shown | (mean * shares >= SELDOM))
    means = mean * shares[places] / max(float(shares[places].sum()), 1e-9)
    low, high = ranges(means, np.full(len(means), v))
    return tuple(
        HalfHour(int(place) * HALF_HOUR, float(each), float(least), float(most))
        for place, each, least, most in zip(places, means, low, high, strict=True)
    )
