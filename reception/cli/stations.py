"""`reception station add`, `list` and `remove`."""

from __future__ import annotations

import argparse

from reception.cli.opening import at_office
from reception.cli.terminal import one_line, say
from reception.domain.stations import Station, StationKind
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q

STATION = "Command line"
_GIVES_NUMBERS = (StationKind.DESK, StationKind.KIOSK)


def add(args: argparse.Namespace) -> int:
    """Name a station."""
    with at_office(args) as (door, office):
        command = c.AddStation(office_id=office.id, station=STATION, name=args.name, kind=StationKind(args.kind))
        door.do(command)
        (added,) = (each for each in door.ask(q.Stations(office.id)) if each.id == command.id)
    numbers = f" Cut off, it gives numbers of the series {added.series}." if added.kind in _GIVES_NUMBERS else ""
    say(f"{added.name} is a {added.kind} of {office.name}.{numbers}")
    return 0


def show(args: argparse.Namespace) -> int:
    """A line for each station of the office."""
    with at_office(args) as (door, office):
        found: tuple[Station, ...] = door.ask(q.Stations(office.id))
    if not found:
        say(f"{office.name} has no stations yet.")
        return 0
    width = max(len(each.name) for each in found)
    say(f"{'Station':<{max(width, 7)}}  {'Kind':<10}  Series")
    for each in found:
        series = each.series if each.kind in _GIVES_NUMBERS else ""
        say(f"{one_line(each.name):<{max(width, 7)}}  {each.kind.value:<10}  {series}".rstrip())
    return 0


def remove(args: argparse.Namespace) -> int:
    """The office has it no more; its series is never given again."""
    with at_office(args) as (door, office):
        named = " ".join(args.name.split()).casefold()
        known: tuple[Station, ...] = door.ask(q.Stations(office.id))
        station = next((each for each in known if each.name.casefold() == named), None)
        if station is None:
            names = ", ".join(each.name for each in known) or "none yet"
            raise Refusal(
                Code.UNKNOWN_THING,
                f"{office.name} has no station of that name.",
                f"Its stations: {names}.",
            )
        door.do(c.RemoveStation(office_id=office.id, station=STATION, station_id=station.id))
    say(f"{station.name} is removed. Its series {station.series} is not given to another.")
    return 0
