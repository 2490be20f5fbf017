"""What the forecast says: in a sentence, in notes, and in the cells of its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reception.domain.forecasting import ArrivalsForecast, ForecastNote, hardly_open_words, years_before_words
from reception.domain.staffing import SlotOutcome, WhatIfResult
from ui.moments import day_words, joined, plural, time_words
from ui.supervisor.figure_words import count_words, evened, minutes_aloud, minutes_words, share_words
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.record_words import days_words, hardly_open_detail, nobody_then_words, truth_words
from ui.supervisor.staffing_words import SELDOM

NONE = "–"
_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_NOTES = {
    ForecastNote.BANK_HOLIDAY_BEFORE: "The office is closed on the working day before, which is reckoned with.",
    ForecastNote.BANK_HOLIDAY_AFTER: "The office is closed on the working day after, which is reckoned with.",
    ForecastNote.LITTLE_KNOWN: "That is little to go by.",
    ForecastNote.FAR_AHEAD: "It is more than eight weeks away: what is shown is the usual day.",
}


def sentence(found: ArrivalsForecast, today: date) -> str:
    """ "Tuesday 1 December: about 118 visitors, 96 to 141 likely"."""
    day = day_words(found.day, today)
    if ForecastNote.CLOSED in found.notes:
        return f"{day}: the office is closed"
    if ForecastNote.NOTHING_KNOWN in found.notes:
        return f"{day}: nothing is known to go by"
    if found.hardly_open is not None:
        return hardly_open_words(found.hardly_open, found.day)
    about = round(found.expected)
    visitors = f"about {plural(about, 'visitor')}" if about else "hardly a visitor"
    then = nobody_then_words(found)
    return f"{day}: {visitors}, {range_words(found.low, found.high, ' to ')} likely{f', but {then}' if then else ''}"


def detail(found: ArrivalsForecast) -> str:
    """What it rests on, and what it is to be read with."""
    if ForecastNote.CLOSED in found.notes:
        return "Nobody is expected."
    if ForecastNote.NOTHING_KNOWN in found.notes:
        return (
            "A forecast rests on days of the last three years on which visitors came without an appointment. "
            "Staffing plays the last recorded days, however long ago they were."
        )
    if found.hardly_open is not None:
        return hardly_open_detail(found.day, "forecast")
    weekdays = _WEEKDAYS[found.day.weekday()]
    of_weekday = count_words(found.weekdays) if found.weekdays else "no"
    rests = (
        f"It rests on {of_weekday} {weekdays if found.weekdays != 1 else weekdays[:-1]}, "
        f"{plural(found.days, 'day')} in all. Eight days in ten lie in such a range."
    )
    before = years_before_words(found)
    return " ".join(
        [rests, *(_NOTES[note] for note in found.notes if note in _NOTES), *([f"{before}."] if before else [])]
    )


def range_words(low: float, high: float, between: str = "–") -> str:
    """ "96–141"; one figure where both are the same."""
    return count_words(round(low)) if low == high else f"{count_words(round(low))}{between}{count_words(round(high))}"


def hours_of_a_day() -> tuple[str, ...]:
    """What the hours from midnight to midnight are called: "9am", "midday"."""
    return tuple(time_words(60 * hour) for hour in range(25))


def waits_sentence(result: WhatIfResult) -> str:
    """What the usual counters come to, and what the record says where that is another thing."""
    most = max((slot.counters for slot in result.slots), default=0)
    promised = f"{minutes_words(result.target_min)} minutes"
    assumed = " (which is not promised here)" if result.is_assumed else ""
    truth = truth_words(result, names_days=True)
    in_fact = ""
    if truth and result.recorded_kept is not None:
        in_fact = f" (of the walk-ins on record {share_words(result.recorded_kept, 0)} were)"
    unmanned = joined(
        time_words(slot.minute)
        for slot in result.slots
        if not slot.counters and slot.share_kept is not None and slot.arrivals >= SELDOM
    )
    waiting = f" At {unmanned} no counter is open: whoever comes then waits for one." if unmanned else ""
    return (
        f"With the counters usually there, {count_words(most)} at most, about {share_words(result.all_kept, 0)} of all "
        f"visitors are seen within {promised}{assumed}{in_fact}; {days_words(result.share_kept)}. "
        f"Half wait {minutes_aloud(round(result.all_median_wait_min, 1))} or less."
        f"{waiting}{f' {truth}' if truth else ''}"
    )


def heads(with_waits: bool) -> Sequence[Head]:
    """The heads of the table; the waits where they are known."""
    found = [
        Head("From", is_figure=False),
        Head("Visitors", is_strong=True, aloud="Visitors expected"),
        Head("Likely", aloud="Eight days in ten lie between"),
    ]
    if with_waits:
        found += [
            Head("Counters", aloud="Counters usually there"),
            Head("In time", aloud="Share seen in time"),
            Head("Median, min", aloud="Median wait in minutes"),
        ]
    return found


def rows(found: ArrivalsForecast, result: WhatIfResult | None) -> Sequence[Row]:
    """One a half hour, and the whole day, whose range is not the sum of the others."""
    slots = {slot.minute: slot for slot in result.slots} if result is not None else {}
    shown = []
    for half in found.half_hours:
        cells = (time_words(half.minute), f"{half.expected:.1f}", range_words(half.low, half.high))
        shown.append(cells + _waits(slots.get(half.minute)) if result is not None else cells)
    total: tuple[str, ...] = ("All day", f"{found.expected:.1f}", range_words(found.low, found.high))
    if result is not None:
        total += ("", share_words(result.all_kept, 0), minutes_words(round(result.all_median_wait_min, 1)))
    *halves, whole = evened([*shown, total])
    return [*map(Row, halves), Row(whole, "total")]


def _waits(slot: SlotOutcome | None) -> tuple[str, ...]:
    if slot is None:
        return (NONE, NONE, NONE)
    median = slot.median_wait_min
    return (
        count_words(slot.counters),
        share_words(slot.share_kept, 0),
        NONE if median is None else minutes_words(round(median, 1)),
    )
