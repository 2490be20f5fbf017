"""Runs a command and turns whatever comes of it into an exit code, and into one plain sentence when it went wrong."""

# ruff: noqa: PLC0415  only what a command needs is loaded

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from reception.cli.parser import DEFAULT_COMMAND, USAGE_ERROR, ExtraCommand, build_parser
from reception.cli.terminal import complain, say, stop_writing, use_utf8
from reception.errors import Code, Refusal

DONE, REFUSED, CANCELLED, NOBODY_READS = 0, 1, 130, 141


def main(argv: Sequence[str] | None = None, extra: Sequence[ExtraCommand] = ()) -> int:
    """Run one command and return its exit code.

    0: done; 1: refused, or a fault; 2: wrong usage; 130: cancelled; 141: nobody reads the answer any more.
    """
    use_utf8()
    try:
        code = _answer(list(sys.argv[1:] if argv is None else argv), extra)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        stop_writing()
        return NOBODY_READS


def _answer(argv: list[str], extra: Sequence[ExtraCommand]) -> int:
    args = argparse.Namespace()
    try:
        args = _parse(argv, extra)
        return _run(args)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except Refusal as refusal:
        complain(str(refusal))
        return CANCELLED if refusal.code is Code.CANCELLED else REFUSED
    except KeyboardInterrupt:
        complain("That was cancelled.")
        return CANCELLED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  report_fault logs it whole
        from reception.cli.faults import report_fault

        complain(report_fault(error, args))
        return REFUSED


def _parse(argv: list[str], extra: Sequence[ExtraCommand]) -> argparse.Namespace:
    parser = build_parser(extra)
    args = parser.parse_args(argv)
    if args.command is None and not args.version:
        if all(each.name != DEFAULT_COMMAND for each in extra):
            parser.print_help()
            raise SystemExit(USAGE_ERROR)
        args = parser.parse_args([*argv, DEFAULT_COMMAND])
    return args


def _run(args: argparse.Namespace) -> int:
    """Load what the command needs, and no more, and run it."""
    if args.version:
        from reception.cli.faults import version

        say(f"reception {version()}")
        return DONE
    if isinstance(args.handler, ExtraCommand):
        from reception.cli.settings import settings_of

        return args.handler.run(args, settings_of(args))
    match args.handler:
        case "sample":
            from reception.cli.sample import sample

            return sample(args)
        case "doctor":
            from reception.cli.doctor import doctor

            return doctor(args)
        case "database_init":
            from reception.cli.database import init

            return init(args)
        case "database_migrate":
            from reception.cli.database import migrate

            return migrate(args)
        case "database_check":
            from reception.cli.database import check

            return check(args)
        case "database_roles":
            from reception.cli.roles import roles

            return roles(args)
        case "database_password":
            from reception.cli.roles import password

            return password(args)
        case "backup":
            from reception.cli.backups import backup

            return backup(args)
        case "verify":
            from reception.cli.backups import verify

            return verify(args)
        case "restore":
            from reception.cli.backups import restore

            return restore(args)
        case "upkeep":
            from reception.cli.upkeep import upkeep

            return upkeep(args)
        case "station_add":
            from reception.cli.stations import add

            return add(args)
        case "station_list":
            from reception.cli.stations import show

            return show(args)
        case "station_remove":
            from reception.cli.stations import remove

            return remove(args)
        case "working_days":
            from reception.cli.workdays import working_days

            return working_days(args)
        case "import_visits":
            from reception.cli.importing import import_visits

            return import_visits(args)
        case "stats_waits":
            from reception.cli.stats import waits

            return waits(args)
        case "stats_resolved":
            from reception.cli.stats import resolved

            return resolved(args)
        case "stats_appointments":
            from reception.cli.stats import appointments

            return appointments(args)
        case "stats_delays":
            from reception.cli.stats import delays

            return delays(args)
        case "stats_feedback":
            from reception.cli.feedback import feedback

            return feedback(args)
        case "stats_week" | "stats_month" | "stats_office" | "stats_language" | "stats_need":
            from reception.cli.past import figures_by

            return figures_by(args)
        case "stats_officer":
            from reception.cli.past import figures_by_officer

            return figures_by_officer(args)
        case "import_appointments":
            from reception.cli.bringing_in import import_appointments

            return import_appointments(args)
        case "slots":
            from reception.cli.slots import slots

            return slots(args)
        case "book":
            from reception.cli.booking import book

            return book(args)
        case "letter":
            from reception.cli.out import letter

            return letter(args)
        case "calendar":
            from reception.cli.out import calendar

            return calendar(args)
        case "report":
            from reception.cli.reporting import report

            return report(args)
        case "forecast_arrivals":
            from reception.cli.forecast import forecast_arrivals

            return forecast_arrivals(args)
        case "erlang":
            from reception.cli.forecast import erlang

            return erlang(args)
        case "replay":
            from reception.cli.replaying import replay

            return replay(args)
        case "staffing":
            from reception.cli.staffing import staffing

            return staffing(args)
        case "compare_policies":
            from reception.cli.staffing import compare_policies

            return compare_policies(args)
        case unknown:
            raise ValueError(f"nothing carries out {unknown}")
