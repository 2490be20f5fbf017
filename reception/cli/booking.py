"""`reception book`."""

from __future__ import annotations

import argparse
import json
import sys

from msgspec.structs import replace

from reception.app import Door
from reception.cli import naming
from reception.cli.opening import at_office
from reception.cli.terminal import one_line, say
from reception.cli.wishes import around, iso, length_of, only_at, wish_of
from reception.clock import MINUTE, Instant, local_date
from reception.domain.book import AppointmentCard, AppointmentRow
from reception.domain.booked import Kind
from reception.domain.booking import Obstacle, ObstacleKind, Place, Slot, Wish
from reception.domain.clash_words import refusal_of, said_nearest
from reception.domain.local_time import said_day, said_moment, said_time
from reception.domain.office import Office
from reception.domain.person import Need, Person
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services.appointment_commands import BookAppointment
from reception.services.appointment_queries import FreeSlots, ObstaclesTo, OneAppointment, WhenIs
from reception.services.commands import new_id

STATION = "Command line"
_OFFERED = 3
_A_DAY = 24 * 6 + _OFFERED
"""Slots begin every ten minutes: so many reach beyond any time of a day."""


def book(args: argparse.Namespace) -> int:
    """Book one appointment and print it; the same --id again prints what was booked with it."""
    with at_office(args) as (door, office):
        card = _known(door, args.id) if args.id else None
        is_new = card is None
        if card is None:
            result = door.do(_command(args, door, office))
            card = door.ask(OneAppointment(result.appointment_id))
            is_new = not result.already_done
    if args.format == "json":
        sys.stdout.write(json.dumps(_as_object(card.row, is_new, office), indent=2) + "\n")
    else:
        _tell(card.row, is_new, office)
    return 0


def _known(door: Door, appointment_id: str) -> AppointmentCard | None:
    """What was booked with an id; an appointment has that of its command."""
    try:
        card: AppointmentCard = door.ask(OneAppointment(appointment_id))
    except Refusal as refusal:
        if refusal.code is Code.UNKNOWN_APPOINTMENT:
            return None
        raise
    return card


def _command(args: argparse.Namespace, door: Door, office: Office) -> BookAppointment:
    wish = replace(
        wish_of(args, office),
        room_id=naming.room_id(office, args.room),
        interpreter_id=naming.interpreter_id(office, args.interpreter),
        by_council=args.council,
    )
    if wish.wants_room:
        wish = replace(wish, seats=args.party)
    return BookAppointment(
        id=args.id or new_id(),
        office_id=office.id,
        station=door.config.station or STATION,
        service_id=wish.service_id,
        place=_place(args, wish, door, office),
        kind=wish.kind,
        visitor=Visitor(
            person=Person(name=args.name, needs=frozenset(map(Need, args.need))),
            born=args.born,
            telephone=args.telephone,
            email=args.email,
            address="\n".join(args.address),
        ),
        party_size=args.party,
        about=args.about,
        named_officer=bool(wish.officer_id),
        features=wish.features,
        seats=wish.seats,
        language=wish.language,
        by_council=args.council,
        home=HomeVisit(purpose=args.about) if wish.kind is Kind.HOME_VISIT else HomeVisit(),
        reason=args.reason,
    )


def _place(args: argparse.Namespace, wish: Wish, door: Door, office: Office) -> Place:
    """What is free at that time; where nothing is, what was named, if that is all that is needed.

    The booking then says what stands against it, and a reason may get it past that. Refuses the missing hour, and a
    time at which nobody is free, with the next slots.
    """
    day, minutes = args.at.date(), args.at.hour * 60 + args.at.minute
    starts: Instant = door.ask(WhenIs(office.id, day, minutes, args.later))
    named = Place(
        starts,
        starts + length_of(wish, office) * MINUTE,
        officer_id=wish.officer_id,
        room_id=wish.room_id,
        interpreter_id=wish.interpreter_id,
    )
    for narrowed in (only_at(wish, args.at, office), around(wish, args.at, office)):
        slots: tuple[Slot, ...] = door.ask(FreeSlots(office.id, narrowed, count=12))
        for slot in slots:
            if slot.place.starts <= named.starts and named.ends <= slot.place.ends:
                return replace(slot.place, starts=named.starts, ends=named.ends)
    is_whole = named.officer_id and (named.room_id or not wish.wants_room)
    if is_whole and (named.interpreter_id or not wish.language):
        return named
    raise _nobody_free(named, wish, args, door, office)


def _nobody_free(named: Place, wish: Wish, args: argparse.Namespace, door: Door, office: Office) -> Refusal:
    found: list[Obstacle] = [
        each
        for each in door.ask(ObstaclesTo(office.id, named, wish))
        if each.kind is not ObstacleKind.ROOM_LACKS or each.what
    ]
    free: tuple[Slot, ...] = door.ask(FreeSlots(office.id, replace(wish, first_day=args.at.date()), count=_A_DAY))
    nearest = [slot for slot in free if slot.place.starts > named.starts][:_OFFERED] or free[:_OFFERED]
    if found and not (args.reason and all(each.is_excusable for each in found)):
        return refusal_of(found, office, nearest)
    needed = [
        option
        for option, name, is_needed in (
            ("--officer", named.officer_id, True),
            ("--room", named.room_id, wish.wants_room),
            ("--interpreter", named.interpreter_id, bool(wish.language)),
        )
        if is_needed and not name
    ]
    if args.reason:
        remedy = f"Name {' and '.join(needed)} as well: out of hours nobody can be picked for you."
    else:
        remedy = said_nearest(nearest, office)
    return Refusal(
        Code.SLOT_TAKEN,
        f"Nothing that meets all of it is free on {said_moment(named.starts, office.zone)}.",
        remedy,
    )


def _as_object(row: AppointmentRow, is_new: bool, office: Office) -> dict[str, object]:
    return {
        "reference": row.reference,
        "already_booked": not is_new,
        "kind": row.kind.value,
        "service": row.service,
        "starts": iso(row.starts, office),
        "ends": iso(row.ends, office),
        "officer": row.officer,
        "room": row.room,
        "interpreter": row.interpreter,
    }


def _tell(row: AppointmentRow, is_new: bool, office: Office) -> None:
    starts, ends = (said_time(at, office.zone) for at in (row.starts, row.ends))
    day = local_date(row.starts, office.zone)
    say(f"Reference    {row.reference}{'' if is_new else ' (booked before)'}")
    say(f"Service      {one_line(row.service)}")
    say(f"When         {said_day(day)} {day.year}, {starts} to {ends}")
    for what, name in (("Officer", row.officer), ("Room", row.room), ("Interpreter", row.interpreter)):
        if name:
            say(f"{what:<13}{one_line(name)}")
