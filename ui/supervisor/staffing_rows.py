"""The tables of the staffing page: heads and rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reception.domain.forecasting import ArrivalsForecast
from reception.domain.office import Office
from reception.domain.planning import counters_in
from reception.domain.staffing import (
    SLOT_MINUTES,
    Plan,
    PolicyComparison,
    RecordedWaits,
    SlotOutcome,
    Spread,
    StaffingAnswer,
    WhatIfResult,
)
from ui.moments import time_words
from ui.supervisor.figure_words import NONE, evened, mean_words, minutes_words, share_words
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.rule_words import guards_words, overtaken_words, rule_words
from ui.supervisor.staffing_words import (
    SELDOM,
    between,
    breaks_words,
    busiest_of,
    hours_words,
    misled_words,
    shares_between,
    skills_words,
    smooth_of,
    span_words,
)

Table = tuple[list[Head], list[Row]]
Expected = Mapping[int, tuple[float, str]]
"""Arrivals by the minute at which a half hour begins, and between what they lie, in words."""


# -- the plan ------------------------------------------------------------------------------------------------------


def expected_of(arrivals: ArrivalsForecast | None, played: WhatIfResult | None) -> Expected:
    """Who is foretold; of a day too far from the last that is known, who came on the days that were played."""
    if arrivals is not None and arrivals.half_hours:
        return {
            each.minute: (each.expected, f", {mean_words(each.low)} to {mean_words(each.high)}")
            for each in arrivals.half_hours
        }
    slots = played.slots if played is not None else ()
    return {slot.minute: (slot.arrivals, "") for slot in slots if slot.arrivals >= SELDOM}


def half_hours_of(plan: Plan, expected: Expected, office: Office, weekday: int) -> list[int]:
    """Where each half hour begins: of opening, of every desk's work, of whoever is booked; and where one
    is expected every other day at least."""
    spans = [
        (each.opens.hour * 60 + each.opens.minute, each.closes.hour * 60 + each.closes.minute)
        for each in office.hours
        if each.weekday == weekday
    ]
    spans += [(desk.opens, desk.closes) for desk in plan.desks]
    spans += [(minute, minute + 1) for minute, _ in plan.appointments]
    spans += [(minute, minute + SLOT_MINUTES) for minute, (come, _) in expected.items() if come >= SELDOM]
    if not spans:
        return []
    first = min(begin for begin, _ in spans) // SLOT_MINUTES
    last = -(-max(end for _, end in spans) // SLOT_MINUTES)
    return [slot * SLOT_MINUTES for slot in range(first, last)]


PLAN_HEADS = (
    Head("From", is_figure=False),
    Head("Expected", aloud="Arrivals expected"),
    Head("Booked", aloud="Appointments booked"),
    Head("Counters", is_strong=True),
)


def plan_rows(plan: Plan, minutes: Sequence[int], expected: Expected) -> list[Row]:
    """One row a half hour; its name said aloud holds all that is to know of it."""
    rows = []
    for minute in minutes:
        come, spread = expected.get(minute, (None, ""))
        booked = sum(minute <= at < minute + SLOT_MINUTES for at, _ in plan.appointments)
        known = f", {mean_words(come)} expected{spread}" if come is not None else ""
        rows.append(
            Row(
                (
                    time_words(minute),
                    mean_words(come),
                    str(booked or NONE),
                    str(counters_in(plan, minute)),
                ),
                aloud=f"{time_words(minute)}{known}{f', {booked} booked' if booked else ''}",
            )
        )
    return rows


def desk_rows(plan: Plan, office: Office) -> Table:
    """One row a desk."""
    heads = [
        Head("Desk", is_figure=False),
        Head("At work", is_figure=False, is_wrapped=True, least=88),
        Head("Breaks", is_figure=False, is_wrapped=True, least=88),
        Head("Serves", is_figure=False, is_wrapped=True, least=64),
    ]
    return heads, [
        Row(
            (
                f"Desk {at}",
                span_words(desk.opens, desk.closes),
                breaks_words(desk) or NONE,
                f"{len(desk.skills)} services" if len(desk.skills) > 1 else skills_words(desk, office),
            )
        )
        for at, desk in enumerate(plan.desks, start=1)
    ]


# -- what it comes to ----------------------------------------------------------------------------------------------


def outcome_table(result: WhatIfResult, usual: WhatIfResult | None, *, is_of_now: bool) -> Table:
    """The day's figures, with those of the usual plan beside where that is another one, and the days' own record."""
    results = [result] if usual is None or usual is result else [result, usual]
    name = "This plan" if is_of_now else "Plan before"
    names = (name, "As usual") if len(results) == 2 else (name,)
    heads = [Head("Measure", is_figure=False)]
    for name in names:
        heads += [Head(name, is_strong=name != "As usual"), Head("8 days in 10", aloud=f"{name}, eight days in ten")]
    record = result.recorded_waits
    if record is not None:
        heads.append(Head("On record", aloud="In fact, of the walk-ins of these days who were seen"))
    rows: list[Row] = []

    def add(
        name: str,
        of: Callable[[WhatIfResult], tuple[str, str]],
        aloud: str = "",
        of_record: Callable[[RecordedWaits], float] | None = None,
        recorded: str = "",
    ) -> None:
        cells = [cell for each in results for cell in of(each)]
        if record is not None:
            cells.append(recorded if of_record is None else minutes_words(of_record(record)))
        rows.append(Row((name, *cells), aloud=aloud))

    add("Seen in time", lambda each: _shares(each.all_kept, each.share_kept))
    add(
        "Walk-ins",
        lambda each: _shares(each.all_walk_ins_kept, each.walk_ins_kept),
        "Walk-ins seen in time",
        recorded="" if result.recorded_kept is None else share_words(result.recorded_kept, 0),
    )
    if any(each.appointments_kept is not None for each in results):
        add(
            "Appointments",
            lambda each: _shares(each.all_appointments_kept, each.appointments_kept),
            "Appointments seen in time",
        )
    add(
        "Median wait, min",
        lambda each: _minutes(each.all_median_wait_min, each.median_wait_min),
        of_record=lambda record: record.median,
    )
    add(
        "9 in 10, min",
        lambda each: _minutes(each.all_p90_wait_min, each.p90_wait_min),
        "Nine in ten wait no longer, in minutes",
        lambda record: record.p90,
    )
    add(
        "Day's longest, min",
        lambda each: _minutes(each.longest_wait_min.middle, each.longest_wait_min),
        "Longest wait of a middle day, in minutes",
        lambda record: record.longest,
    )
    add(
        "99 in 100, all days",
        lambda each: (minutes_words(each.p99_wait_min), ""),
        "Of the visits of all days together, the worst days too, 99 in 100 wait no longer, in minutes",
        lambda record: record.p99,
    )
    add("Fewest in time", _busiest, "The half hour in which the fewest are seen in time")
    add(
        "Unseen at closing",
        lambda each: (mean_words(each.unseen), ""),
        "Still unseen at closing: served within the hour after it, or sent home; that wait counts",
    )
    add("After closing, min", lambda each: (mean_words(each.after_hours_min), ""), "Work after closing, in minutes")
    add("Staff hours", lambda each: (hours_words(each.plan.staff_hours), ""))
    return heads, rows


def _shares(of_all: float | None, spread: Spread | None) -> tuple[str, str]:
    """Of all days together, and how far single days lie apart."""
    return share_words(of_all, 0), "" if spread is None else shares_between(spread)


def _minutes(of_all: float, spread: Spread) -> tuple[str, str]:
    return minutes_words(of_all), between(spread)


def _busiest(result: WhatIfResult) -> tuple[str, str]:
    slot = busiest_of(result)
    return (time_words(result.busiest), share_words(slot.share_kept, 0) if slot is not None else "")


ARRIVALS = Head("Arrivals played", aloud="Arrivals, the mean of the days played")
"""Not those expected of the day, which are foretold by weeks and season."""


def slot_table(result: WhatIfResult, usual: WhatIfResult | None) -> Table:
    """Half hour by half hour."""
    heads = [
        Head("From", is_figure=False),
        ARRIVALS,
        Head("Counters"),
        Head("In time", is_strong=True, aloud="Seen in time"),
        Head("Median", aloud="Median wait in minutes"),
        Head("9 in 10", aloud="Nine in ten wait no longer, in minutes"),
    ]
    before: Mapping[int, SlotOutcome] = {}
    if usual is not None and usual is not result:
        before = {slot.minute: slot for slot in usual.slots}
        heads += [Head("Usual counters"), Head("Usual in time")]
    rows = []
    for slot in result.slots:
        cells = [
            time_words(slot.minute),
            mean_words(slot.arrivals),
            str(slot.counters),
            share_words(slot.share_kept, 0),
            minutes_words(slot.median_wait_min),
            minutes_words(slot.p90_wait_min),
        ]
        if before:
            was = before.get(slot.minute)
            cells += [str(was.counters), share_words(was.share_kept, 0)] if was is not None else [NONE, NONE]
        rows.append(cells)
    return heads, [Row(each) for each in evened(rows)]


# -- what it takes, and which rule -----------------------------------------------------------------------------------


def least_table(answer: StaffingAnswer, plan: Plan) -> Table:
    """Half hour by half hour: what was found, Erlang's beside it, and the plan as it is now."""
    smooth = smooth_of(answer)
    heads = [
        Head("From", is_figure=False),
        ARRIVALS,
        Head("Found", is_strong=True, aloud="Counters found"),
        *([Head("Smooth", is_strong=True, aloud="Counters of the smooth plan")] if smooth is not None else []),
        Head("Plan now", aloud="Counters of the plan now"),
        Head("Erlang", aloud="Counters by Erlang's formula"),
        Head("In time", aloud="Seen in time with those found"),
        Head("What the formula leaves out", is_figure=False, is_wrapped=True, least=88),
    ]
    rows = [
        Row(
            (
                time_words(slot.minute),
                mean_words(slot.arrivals),
                str(slot.counters),
                *([str(smooth.counters[at])] if smooth is not None else []),
                str(counters_in(plan, slot.minute)),
                NONE if slot.erlang is None else str(slot.erlang),
                share_words(slot.share_kept, 0),
                misled_words(slot.misled),
            )
        )
        for at, slot in enumerate(answer.slots)
    ]
    erlang = NONE if answer.erlang_staff_hours is None else hours_words(answer.erlang_staff_hours)
    smoothly = () if smooth is None else (hours_words(smooth.staff_hours),)
    found = hours_words(answer.staff_hours)
    total = ("Staff hours", "", found, *smoothly, hours_words(plan.staff_hours), erlang, "", "")
    return heads, [*rows, Row(total, "total")]


def policy_table(answer: PolicyComparison) -> Table:
    """One row a rule, as they were sorted: most kept first; without columns of which nothing is known."""
    heads = [
        Head("Calling rule, most kept first", is_figure=False),
        Head("First after", aloud="Walk-ins and appointments go first after so many times the target"),
        Head("Overtaken", aloud="Overtaken at most"),
        Head("Kept", is_strong=True, aloud="Share seen in time"),
        Head("Give or take", aloud="Give or take, in points of a hundred"),
        Head("Walk-ins", aloud="Walk-ins seen in time"),
        Head("Appointments", aloud="Appointments seen in time"),
        Head("95 in 100", aloud="Of the visits of all days together, 95 in 100 wait no longer, in minutes"),
        Head("99 in 100", aloud="Of the visits of all days together, 99 in 100 wait no longer, in minutes"),
        Head("Longest of a day", aloud="Longest wait of a day, on average, in minutes"),
    ]
    cells = [
        (
            rule_words(each.rule, is_ours=each.is_ours),
            guards_words(each) or NONE,
            overtaken_words(each) or NONE,
            share_words(each.kept),
            f"{100 * each.kept_error:.1f}",
            share_words(each.walk_ins_kept),
            share_words(each.appointments_kept),
            minutes_words(each.p95_wait_min),
            minutes_words(each.p99_wait_min),
            minutes_words(each.longest_wait_min),
        )
        for each in answer.outcomes
    ]
    known = [at for at in range(len(heads)) if any(row[at] != NONE for row in cells)]
    rows = [
        Row(tuple(row[at] for at in known), "total" if each.is_ours else "plain")
        for each, row in zip(answer.outcomes, evened(cells), strict=True)
    ]
    return [heads[at] for at in known], rows
