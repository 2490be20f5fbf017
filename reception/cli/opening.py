"""The door that a command works through, on a database that is there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from reception.app import Door
from reception.cli.naming import staff_id
from reception.cli.settings import settings_of
from reception.cli.terminal import ask_secretly
from reception.config import Config
from reception.domain.office import Office
from reception.opening import choose_office, open_door
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.engine import open_engine


def existing_door(settings: Config) -> Door:
    """The door on a database that is there: asking makes none. Refuses DATABASE_UNREACHABLE."""
    open_engine(settings.database_url(), must_exist=True, password_file=settings.password_file).dispose()
    return open_door(settings)


@contextmanager
def at_office(args: argparse.Namespace) -> Iterator[tuple[Door, Office]]:
    """The door, and the office that was named after --office or in the settings, or the only one."""
    settings = settings_of(args)
    door = existing_door(settings)
    try:
        yield door, choose_office(door.ask(q.Offices()), getattr(args, "office", None) or settings.office)
    finally:
        door.close()


@contextmanager
def at_any_office(args: argparse.Namespace) -> Iterator[tuple[Door, Office]]:
    """The door, and whichever office: what is asked for is found by a reference. Refuses NO_OFFICE."""
    door = existing_door(settings_of(args))
    try:
        offices = door.ask(q.Offices())
        yield door, offices[0] if offices else choose_office(offices, "")
    finally:
        door.close()


def sign_in_supervisor(door: Door, office: Office, name: str) -> None:
    """Ask for the PIN of the supervisor of that name. Refuses whoever is none, and a PIN that is not theirs."""
    officer_id = staff_id(office, name)
    pin = ask_secretly(f"PIN of {name}: ")
    door.do(c.SignInSupervisor(office_id=office.id, officer_id=officer_id, pin=pin, station=door.config.station))
