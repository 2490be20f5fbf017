"""`reception stats waits`, `resolved`, `appointments` and `delays`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from reception.cli.opening import at_office
from reception.cli.terminal import complain
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.errors import Code, Refusal
from reception.services import appointment_queries as aq
from reception.services import queries as q
from reception.statistics.rendering import Kind, as_csv, as_json, as_table

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
    """Print the appointment figures of one office."""
    return _figures(args, aq.AppointmentReport, AppointmentSummary, "had no appointment in that time")


def delays(args: argparse.Namespace) -> int:
    """Print who was told of a delay at one office."""
    return _figures(
        args, aq.DelayReport, DelaySummary, "lost no promise in that time; an imported log says nothing of who was told"
    )


def _figures(args: argparse.Namespace, report_of: Callable[..., Any], kind: Kind, nothing: str) -> int:
    """Ask for a report and print it; `nothing` says of an office that there was nothing to report."""
    check_period(args)
    with at_office(args) as (door, office):
        report = door.ask(report_of(office.id, args.first, args.last, args.by, args.without_evacuations))
    sys.stdout.write(RENDERERS[args.format](report, kind))
    if not any(getattr(group, _counted(kind)) for group in report):
        complain(f"{office.name} {nothing}.")
    return 0


def check_period(args: argparse.Namespace) -> None:
    """Refuses days that end before they begin."""
    if args.first > args.last:
        raise Refusal(
            Code.BAD_INPUT,
            f"The first day, {args.first.isoformat()}, is after the last, {args.last.isoformat()}.",
            "Put the earlier date after --from.",
        )


def _counted(kind: Kind) -> str:
    """What a group is of: visits, appointments, or those delayed."""
    if kind is DelaySummary:
        return "delayed"
    return "appointments" if kind is AppointmentSummary else "visits"
