"""`reception slots`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from reception.cli.opening import at_office
from reception.cli.terminal import complain, one_line
from reception.cli.wishes import iso, wish_of
from reception.clock import local_datetime
from reception.domain.booking import Slot
from reception.domain.office import Office
from reception.services.appointment_queries import FreeSlots
from reception.statistics.aligning import aligned

_HEADINGS = ("day", "from", "to", "officer", "room", "interpreter")


def slots(args: argparse.Namespace) -> int:
    """Print the nearest free slots, soonest first."""
    with at_office(args) as (door, office):
        wish = replace(wish_of(args, office), first_day=args.first or date.min, days=args.days)
        found = door.ask(FreeSlots(office.id, wish, args.count))
    sys.stdout.write(_as_json(found, args.service, office) if args.format == "json" else _as_table(found, office))
    if not found:
        complain(f"{office.name} has no free slot that meets all of it within {args.days} days.")
    return 0


def _as_json(found: Sequence[Slot], service: str, office: Office) -> str:
    rows = [
        {
            "starts": iso(slot.place.starts, office),
            "ends": iso(slot.place.ends, office),
            "service": service,
            "officer": slot.officer,
            "room": slot.room,
            "interpreter": slot.interpreter,
        }
        for slot in found
    ]
    return json.dumps(rows, indent=2) + "\n"


def _as_table(found: Sequence[Slot], office: Office) -> str:
    """Without columns that are empty throughout; nothing at all when nothing is free."""
    if not found:
        return ""
    rows = [_HEADINGS, *(_row(slot, office) for slot in found)]
    kept = [place for place, column in enumerate(zip(*rows, strict=True)) if any(column[1:])]
    return aligned([[row[place] for place in kept] for row in rows], left=len(kept))


def _row(slot: Slot, office: Office) -> tuple[str, ...]:
    starts, ends = (local_datetime(at, office.zone) for at in (slot.place.starts, slot.place.ends))
    names = (one_line(name) for name in (slot.officer, slot.room, slot.interpreter))
    return (f"{starts:%A} {starts.day} {starts:%B %Y}", f"{starts:%H:%M}", f"{ends:%H:%M}", *names)
