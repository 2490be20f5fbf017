"""`reception stats waits`, `resolved`, `appointments` and `delays`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from reception.cli.opening import at_office, sign_in_supervisor
from reception.cli.past import said_comparison
from reception.cli.periods import check_period, compared
from reception.cli.terminal import complain, say
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.grouping import AppointmentGrouping, Grouping, Period, places_in_time
from reception.domain.past_view import PastView
from reception.errors import Code, Refusal
from reception.services import appointment_queries as aq
from reception.services import queries as q
from reception.services.supervisor_queries import Past
from reception.statistics import side_by_side
from reception.statistics.rendering import Kind, Summary, as_csv, as_json, as_table
from reception.statistics.side_by_side import Layout, Side, paired

RENDERERS = {"table": as_table, "json": as_json, "csv": as_csv}


def waits(args: argparse.Namespace) -> int:
    """Print the wait figures of one office."""
    return _figures(args, q.WaitReport, WaitSummary, "had no walk-in visit in that time")


def resolved(args: argparse.Namespace) -> int:
    """Print the figures of the resolved clock of one office."""
    return _figures(
        args,
        q.ResolvedReport,
        ResolvedSummary,
        "had no walk-in visit in that time whose end is known; an imported log says nothing of it",
    )


def appointments(args: argparse.Namespace) -> int:
    """Print the appointment figures of one office; by officer for a supervisor who gives the PIN."""
    return _figures(args, aq.AppointmentReport, AppointmentSummary, "had no appointment in that time")


def delays(args: argparse.Namespace) -> int:
    """Print who was told of a delay at one office."""
    return _figures(
        args,
        aq.DelayReport,
        DelaySummary,
        "had no lost promise in that time of which it is known who was told; an imported log says nothing of that",
    )


def _figures(args: argparse.Namespace, report_of: Callable[..., Any], kind: Kind, nothing: str) -> int:
    """Ask for a report and print it; `nothing` says of an office that there was nothing to report."""
    check_period(args)
    other = compared(args)
    before: Sequence[Summary] = ()
    difference: PastView | None = None
    by_officer = args.by == AppointmentGrouping.OFFICER.value
    if by_officer and not args.supervisor:
        raise Refusal(
            Code.BAD_INPUT,
            "Appointments by officer are for supervisors alone.",
            "Name one after --as, and give the PIN.",
        )
    with at_office(args) as (door, office):
        if by_officer:
            sign_in_supervisor(door, office, args.supervisor)
        report = door.ask(report_of(office.id, args.first, args.last, args.by, args.without_evacuations))
        if other is not None:
            before = door.ask(report_of(office.id, other.first, other.last, args.by, args.without_evacuations))
            if kind is WaitSummary:
                period, without = Period(args.first, args.last), args.without_evacuations
                difference = door.ask(Past((office.id,), period, other, without_evacuations=without))
    if other is None:
        sys.stdout.write(RENDERERS[args.format](report, kind))
    else:
        by_day = args.by == Grouping.DAY.value
        lines = paired(
            _sides(report),
            _sides(before),
            (_places(report, args.first), _places(before, other.first)) if by_day else None,
        )
        sys.stdout.write(side_by_side.RENDERERS[args.format](lines, Layout(kind, is_compared=True)))
        if difference is not None and args.format == "table":
            say("")
            say(said_comparison(difference))
    if not any(getattr(group, _counted(kind)) for group in report):
        complain(f"{office.name} {nothing}.")
    return 0


def _places(report: Sequence[Summary], first: date) -> list[int]:
    return places_in_time([summary.group for summary in report], Grouping.DAY, first)


def _sides(report: Sequence[Summary]) -> list[Side]:
    return [Side(summary.group, summary) for summary in report]


def _counted(kind: Kind) -> str:
    """What a group is of: visits, appointments, or those delayed."""
    if kind is DelaySummary:
        return "delayed"
    return "appointments" if kind is AppointmentSummary else "visits"
