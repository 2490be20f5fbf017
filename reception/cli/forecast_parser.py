"""What may be asked about days to come on the command line. Loads nothing heavy, as `parser`."""

from __future__ import annotations

import argparse
import re

from reception.cli.values import Commands, a_date, a_name, a_whole_number, add_command

FORMATS = ("table", "json")


def add_forecast_commands(commands: Commands) -> None:
    """`forecast arrivals` and `erlang`."""
    group = commands.add_parser("forecast", help="foretell a day to come", description="Foretell a day to come.")
    under = group.add_subparsers(dest="subcommand", metavar="WHAT", title="what", required=True)
    arrivals = add_command(
        under,
        "arrivals",
        "print how many visitors a day is expected to bring, half hour by half hour",
        "forecast_arrivals",
        "Each figure has a range that holds eight days in ten.",
    )
    arrivals.add_argument("--date", metavar="DATE", type=a_date, required=True, help="the day, written as 2026-12-01")
    arrivals.add_argument("--office", metavar="NAME", type=a_name, help="needed when there are several")
    _format(arrivals)
    erlang = add_command(
        commands,
        "erlang",
        "print what waiting comes to by Erlang's formula",
        "erlang",
        "For arrivals at random at one rate that never ends; docs/definitions.md says when it misleads.",
    )
    erlang.add_argument("--arrivals-per-hour", metavar="L", type=a_number, required=True, help="visitors an hour")
    erlang.add_argument("--service-minutes", metavar="S", type=a_number, required=True, help="minutes of a service")
    erlang.add_argument("--counters", metavar="C", type=a_whole_number, required=True, help="how many are open")
    erlang.add_argument("--within", metavar="T", type=a_number, required=True, help="minutes to be seen within")
    _format(erlang)


def a_number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number written as 12 or 12.5")
    return float(text)


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="(default: %(default)s)")
