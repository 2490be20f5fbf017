"""`reception letter` and `reception calendar`: files for others to read. A file that is there is never replaced."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reception.app import Door
from reception.cli import naming
from reception.cli.opening import at_any_office, at_office
from reception.cli.terminal import complain, one_line, say
from reception.clock import local_date
from reception.domain.book import AppointmentCard
from reception.domain.booked import LetterKind
from reception.domain.letter_snapshot import LetterSnapshot
from reception.domain.office import Office
from reception.errors import Code, Refusal
from reception.services.appointment_commands import KeepLetter
from reception.services.appointment_queries import AppointmentByCode, CalendarOf, LetterOf
from reception.services.queries import Offices
from reception.statistics.set_aside_file import why_not

STDOUT = "-"
STATION = "Command line"


def letter(args: argparse.Namespace) -> int:
    """Write a letter, and keep with the appointment that it was made."""
    _refuse_to_replace(args.out)
    with at_any_office(args) as (door, office):
        card = _by_reference(door, office, args.reference)
        office = _office_of(card, door, office)
        snapshot: LetterSnapshot = door.ask(
            LetterOf(card.row.id, LetterKind(args.kind), large_print=True if args.large_print else None)
        )
        made = door.press.letter(snapshot, card.row.id)
        copy = _beside(args.out) if made.file_copy and args.out != STDOUT else ""
        if copy:
            _refuse_to_replace(copy)
            _write(copy, made.file_copy)
        _write(args.out, made.pdf)
        keep = KeepLetter(
            office_id=office.id,
            station=door.config.station or STATION,
            appointment_id=card.row.id,
            kind=snapshot.kind,
            large_print=snapshot.large_print,
            language=made.language,
        )
        try:
            door.do(keep)
        except Refusal:
            if args.out != STDOUT:
                for written in filter(None, (args.out, copy)):
                    Path(written).unlink(missing_ok=True)
            raise
    if made.note:
        complain(made.note)
    if args.out != STDOUT:
        if copy:
            say(f"The same in English, for the file, is in {one_line(copy)}.")
        say(f"The letter is in {one_line(args.out)}: {made.pages} {'page' if made.pages == 1 else 'pages'}.")
    return 0


def _beside(out: str) -> str:
    """The file for the English copy of a letter."""
    file = Path(out)
    return str(file.with_name(f"{file.stem}-english{file.suffix}"))


def calendar(args: argparse.Namespace) -> int:
    """Write an iCalendar file of one appointment, or of some of an officer's days."""
    _refuse_to_replace(args.out)
    if args.reference:
        with at_any_office(args) as (door, office):
            card = _by_reference(door, office, args.reference)
            data: bytes = door.ask(CalendarOf(_office_of(card, door, office).id, appointment_id=card.row.id))
    else:
        with at_office(args) as (door, office):
            first = args.first or local_date(door.now(), office.zone)
            officer_id = naming.officer_id(office, args.officer)
            data = door.ask(CalendarOf(office.id, calendar_officer_id=officer_id, first=first, days=args.days))
    _write(args.out, data)
    if args.out != STDOUT:
        say(f"The calendar is in {one_line(args.out)}.")
    return 0


def _by_reference(door: Door, office: Office, reference: str) -> AppointmentCard:
    card: AppointmentCard | None = door.ask(AppointmentByCode(office.id, reference.upper()))
    if card is None:
        raise Refusal(
            Code.UNKNOWN_APPOINTMENT,
            f"There is no appointment “{one_line(reference)}”.",
            "Check the reference: AP- and eight characters, as on its letter.",
        )
    return card


def _office_of(card: AppointmentCard, door: Door, asked: Office) -> Office:
    """The office of an appointment that was found at another one."""
    if card.here:
        return asked
    offices: tuple[Office, ...] = door.ask(Offices())
    return next(each for each in offices if each.name == card.office_name)


# -- files -----------------------------------------------------------------------------------------------------


def _refuse_to_replace(out: str) -> None:
    """Before anything is asked or kept."""
    if out != STDOUT and os.path.lexists(out):
        raise _is_there(out)


def _is_there(out: str) -> Refusal:
    return Refusal(
        Code.BAD_INPUT, f"{one_line(out)} is there already.", "Name another file after --out, or remove that one."
    )


def _write(out: str, data: bytes) -> None:
    """Write a file that only its owner may read: it is about a person. Refuses BAD_INPUT; leaves no half file."""
    if out == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    path = Path(out)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise _is_there(out) from error
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _cannot_write(out, error) from error


def _cannot_write(out: str, error: OSError) -> Refusal:
    return Refusal(
        Code.BAD_INPUT,
        f"{one_line(out)} can't be written: {why_not(error)}.",
        "Name a file in a folder that you may write to, with room on the disk.",
    )
