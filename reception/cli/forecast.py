"""`reception forecast arrivals` and `reception erlang`."""

from __future__ import annotations

import argparse
import json
import sys

import msgspec

from reception.cli.opening import at_office
from reception.cli.terminal import complain, one_line
from reception.domain.forecasting import ArrivalsForecast, ForecastNote, hardly_open_words, years_before_words
from reception.domain.local_time import said_day
from reception.services.supervisor_queries import Forecast
from reception.statistics.aligning import aligned
from reception.statistics.erlang import queueing

_NOTES = {
    ForecastNote.CLOSED: "The office is closed that day.",
    ForecastNote.BANK_HOLIDAY_BEFORE: "The office is closed on the working day before.",
    ForecastNote.BANK_HOLIDAY_AFTER: "The office is closed on the working day after.",
    ForecastNote.LITTLE_KNOWN: "It rests on fewer than four days of that weekday.",
    ForecastNote.NOTHING_KNOWN: "There is no day to go by.",
    ForecastNote.FAR_AHEAD: "It is more than eight weeks away: this is the usual day.",
    ForecastNote.NOBODY_THEN: "On that weekday of that week nobody came in either of the two years before.",
}


def forecast_arrivals(args: argparse.Namespace) -> int:
    """Print what a day is expected to bring at one office."""
    with at_office(args) as (door, office):
        found: ArrivalsForecast = door.ask(Forecast(office.id, args.date))
    sys.stdout.write(_as_json(found) if args.format == "json" else _as_table(found))
    for note in found.notes:
        complain(_NOTES[note] if found.hardly_open is None else f"{hardly_open_words(found.hardly_open, found.day)}.")
    return 0


def _as_json(found: ArrivalsForecast) -> str:
    has_figure = not {ForecastNote.NOTHING_KNOWN, ForecastNote.HARDLY_OPEN} & set(found.notes)
    values = {
        "office": found.office,
        "date": found.day.isoformat(),
        "expected": found.expected if has_figure else None,
        "low": found.low if has_figure else None,
        "high": found.high if has_figure else None,
        "weekdays": found.weekdays,
        "days": found.days,
        "notes": [note.value for note in found.notes],
        "hardly_open": None if found.hardly_open is None else msgspec.structs.asdict(found.hardly_open),
        "years_before": [{"date": each.day.isoformat(), "visitors": each.visitors} for each in found.years_before],
        "half_hours": [
            {"from": _clock(each.minute), "expected": each.expected, "low": each.low, "high": each.high}
            for each in found.half_hours
        ],
    }
    return json.dumps(values, indent=2) + "\n"


def _as_table(found: ArrivalsForecast) -> str:
    """Nothing at all where no figure is given."""
    if not found.half_hours:
        return ""
    rows = [
        ("from", "expected", "low", "high"),
        *(
            (_clock(each.minute), f"{each.expected:.1f}", f"{each.low:.0f}", f"{each.high:.0f}")
            for each in found.half_hours
        ),
        ("all day", f"{found.expected:.1f}", f"{found.low:.0f}", f"{found.high:.0f}"),
    ]
    weekdays = "1 such weekday" if found.weekdays == 1 else f"{found.weekdays} such weekdays"
    head = f"{one_line(found.office)}, {said_day(found.day)} {found.day.year}"
    days = "1 day" if found.days == 1 else f"{found.days} days"
    before = years_before_words(found)
    last = f"\n{before}\n" if before else ""
    return f"{head}, by {weekdays} and {days} in all\n\n{aligned(rows, left=1)}{last}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def erlang(args: argparse.Namespace) -> int:
    """Print what waiting comes to by the formula."""
    found = queueing(args.arrivals_per_hour, args.service_minutes, args.counters, args.within)
    values = msgspec.structs.asdict(found)
    if args.format == "json":
        sys.stdout.write(json.dumps(values, indent=2) + "\n")
    else:
        rows = [(name.replace("_", " ").replace(" min", ", min"), f"{value:,.4f}") for name, value in values.items()]
        sys.stdout.write(aligned(rows, left=1))
    return 0
