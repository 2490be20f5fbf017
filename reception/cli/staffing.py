"""`reception staffing` and `reception compare-policies`."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import ROUND_DOWN, Decimal
from typing import Any

import msgspec

from reception.cli.opening import at_office
from reception.cli.periods import check_period
from reception.cli.terminal import cancellable, complain, giving_up, one_line, progress, say
from reception.domain.grouping import Period
from reception.domain.staffing import (
    NO_LIMIT,
    Desk,
    Misled,
    PolicyComparison,
    PolicyOutcome,
    StaffedSlot,
    StaffingAnswer,
)
from reception.services import supervisor_queries as sq
from reception.statistics.aligning import aligned

NOTHING_KEPT = "Nothing was to be kept."
_MISLED = {
    Misled.CLUMPED: "clumped arrivals",
    Misled.CHANGING: "changing rate",
    Misled.SKEWED: "skewed services",
    Misled.OVERLOADED: "overloaded",
}


def staffing(args: argparse.Namespace) -> int:
    """Print the least staff hours found, half hour by half hour."""
    with at_office(args) as (door, office), progress("Staffing", "plans", args.progress) as shown:
        query = sq.Staffing(office.id, args.date, args.target, args.share)
        with cancellable() as cancelled:
            answer: StaffingAnswer = door.work_out(query, giving_up(cancelled, NOTHING_KEPT, shown))
    if args.format == "json":
        sys.stdout.write(_json(_staffing_values(answer)))
    else:
        _tell_staffing(answer)
    if not answer.is_met:
        complain(f"Not even the most counters of {answer.office} reach that share; this is what comes near to it.")
    return 0


def compare_policies(args: argparse.Namespace) -> int:
    """Print each calling rule on the same recorded days, best kept first."""
    check_period(args)
    with at_office(args) as (door, office), progress("Comparing", "days played", args.progress) as shown:
        query = sq.ComparePolicies(office.id, Period(args.first, args.last))
        with cancellable() as cancelled:
            answer: PolicyComparison = door.work_out(query, giving_up(cancelled, NOTHING_KEPT, shown))
    if args.format == "json":
        sys.stdout.write(_json(_plain(answer)))
    else:
        _tell_comparison(answer)
    return 0


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, order="sorted")


def _json(values: Any) -> str:
    return json.dumps(values, indent=2, allow_nan=False) + "\n"


def _staffing_values(answer: StaffingAnswer) -> dict[str, Any]:
    values: dict[str, Any] = _plain(answer)
    for slot in values["slots"]:
        slot["time"] = _time(slot["minute"])
    values["desks"] = _desks(answer.plan.desks)
    if answer.smooth is not None:
        values["smooth"]["desks"] = _desks(answer.smooth.desks)
    del values["plan"]
    return values


def _desks(desks: tuple[Desk, ...]) -> list[dict[str, Any]]:
    return [
        {
            "opens": _time(desk.opens),
            "closes": _time(desk.closes),
            "breaks": [[_time(start), _time(end)] for start, end in desk.breaks],
        }
        for desk in desks
    ]


def _tell_staffing(answer: StaffingAnswer) -> None:
    wanted = f"{_percent(answer.share)} within {answer.target_min:g} minutes"
    say(f"{one_line(answer.office)}, {answer.day.isoformat()}: {wanted}")
    say()
    smooth = answer.smooth.counters if answer.smooth is not None else ("-",) * len(answer.slots)
    table = [
        ("from", "arrivals", "counters", "kept", "smooth", "Erlang-C"),
        *(_cells(each, str(number)) for each, number in zip(answer.slots, smooth, strict=True)),
    ]
    words = ["misled by", *(", ".join(_MISLED[each] for each in slot.misled) for slot in answer.slots)]
    for line, more in zip(aligned(table, left=1).splitlines(), words, strict=True):
        say(f"{line}  {more}".rstrip())
    say()
    kept = answer.share_kept
    erlang = "never settles" if answer.erlang_staff_hours is None else f"{answer.erlang_staff_hours:g}"
    say(f"Staff hours  {answer.staff_hours:g}; by Erlang-C {erlang}")
    say(
        f"Kept         {_percent(answer.mean_kept)} of all walk-ins of all days played; "
        f"of a day's, on one day in ten {_percent(kept.low)} or less, on one in ten {_percent(kept.high)}"
        f"{'' if kept.high >= 1 else ' or more'}"
    )
    if (smooth_plan := answer.smooth) is not None:
        say(
            f"Smooth       {smooth_plan.staff_hours:g} staff hours, {_percent(smooth_plan.mean_kept)} kept: no more "
            "than one counter opens or closes at a time; each that opens stays for two hours at least."
        )
    beyond = [_time(slot.minute) for slot in answer.slots if slot.is_out_of_reach]
    counters = f"{answer.reasonable} counter{'' if answer.reasonable == 1 else 's'}"
    if beyond:
        say(f"Out of reach {', '.join(beyond)}: not kept even with {counters} all day, not asked for.")
    say("Counters are the least by half hour, and no rota.")
    little = " That is little to go by." if answer.is_little_known else ""
    drawn = f"drawn from {answer.days} recorded one{'' if answer.days == 1 else 's'}"
    say(f"Found by {answer.runs} simulated days {drawn}, not by proof; fewer may do.{little}")


def _cells(slot: StaffedSlot, smooth: str) -> tuple[str, ...]:
    return (
        _time(slot.minute),
        f"{slot.arrivals:.1f}",
        str(slot.counters),
        _percent(slot.share_kept),
        smooth,
        "-" if slot.erlang is None else str(slot.erlang),
    )


def _tell_comparison(answer: PolicyComparison) -> None:
    days = "1 day" if answer.days == 1 else f"{answer.days} days"
    say(f"{one_line(answer.office)}, {answer.first.isoformat()} to {answer.last.isoformat()}: {days}")
    say()
    heading = (
        "rule",
        "first after",
        "overtakes",
        "kept",
        "error",
        "walk-ins",
        "appointments",
        "p95",
        "p99",
        "longest",
    )
    sys.stdout.write(aligned([heading, *(_policy(each) for each in answer.outcomes)], left=1))
    say()
    say("* as the office has it now. First after: walk-ins, appointments go first after so many times the target.")
    say("Waits are in minutes: p95 and p99 of all days' visits together; the longest is the mean of the days' longest.")
    say("The error is twice the standard error over the days, in points of a hundred.")
    _tell_truth(answer)


def _tell_truth(answer: PolicyComparison) -> None:
    """Which rule is clearly better, and what the record says of these days."""
    best, ours = answer.outcomes[0], next((each for each in answer.outcomes if each.is_ours), None)
    if ours is None:
        return
    if best is not ours and best.difference_error is not None:
        more, error = best.kept - ours.kept, best.difference_error
        say(f"On the same days the best kept {more * 100:.1f} points more than ours, give or take {error * 100:.1f}.")
        if more <= error:
            say("No rule did clearly better than ours on these days.")
    if answer.recorded_kept is not None:
        say(
            f"Of all walk-ins on these days {_percent(answer.recorded_kept)} were in fact seen in time; "
            f"simulated by our rule, {_percent(ours.walk_ins_kept)}."
        )
    if answer.recorded_kept is not None and abs(answer.recorded_kept - ours.walk_ins_kept) > ours.kept_error:
        say("Use the difference between rules more than the figures themselves.")
    if not answer.counters_known:
        say("How many counters were open on these days is not on record, only told from how many were served.")


def _policy(outcome: PolicyOutcome) -> tuple[str, ...]:
    settings = outcome.settings
    has_guards = outcome.rule == "keep_promises"
    return (
        outcome.rule + (" *" if outcome.is_ours else ""),
        f"{settings.walk_in_guard:g}, {settings.appointment_guard:g}" if has_guards else "-",
        ("any" if settings.overtakes >= NO_LIMIT else str(settings.overtakes)) if has_guards else "-",
        _percent(outcome.kept),
        f"{outcome.kept_error * 100:.1f}",
        _percent(outcome.walk_ins_kept),
        _percent(outcome.appointments_kept),
        f"{outcome.p95_wait_min:.1f}",
        f"{outcome.p99_wait_min:.1f}",
        f"{outcome.longest_wait_min:.1f}",
    )


def _time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _percent(share: float | None) -> str:
    """Rounded down, as everywhere: 100 % is said only where every promise was kept."""
    return "-" if share is None else f"{(Decimal(str(share)) * 100).quantize(Decimal('0.1'), ROUND_DOWN)} %"
