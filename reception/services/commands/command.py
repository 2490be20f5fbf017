"""What every command has, and what it came to."""

from __future__ import annotations

import secrets

from msgspec import Struct, field

from reception.clock import Instant
from reception.domain.discreet import Discreet


def new_id() -> str:
    """A fresh id: 32 hexadecimal digits, random."""
    return secrets.token_hex(16)


class Command(Discreet, frozen=True, kw_only=True):
    """Base of all commands. `counter_id` and `officer_id` say who does it; empty where nobody need sign in."""

    id: str = field(default_factory=new_id)
    office_id: str
    station: str = ""
    counter_id: str = ""
    officer_id: str = ""


class Result(Struct, frozen=True):
    """What a command came to. `visit_id` and `number` are of the visit that it ends on (called, taken, …).

    `already_done`: the id was known; this is the stored result. `prints` are the ids of print jobs ordered.
    """

    command_id: str
    visit_id: str = ""
    number: str = ""
    why: str = ""
    finished_number: str = ""
    at: Instant = 0
    prints: tuple[str, ...] = ()
    already_done: bool = False
    appointment_id: str = ""
    reference: str = ""
    appointments: tuple[str, ...] = ()
    """Of a repeat booking and of what was brought in: the ids of all."""
    room: str = ""
    """The name of the room that a visit was called to; empty where it is called to the counter."""
    cut_off: bool = False
    """Done while the database was out of reach: kept at this station, and joined when it is back."""
    aloud: str = ""
    """The number of whom to call next, while cut off, only aloud: nobody was called."""
    awaited: str = ""
    """Which appointment is due with the officer and what to do, in two sentences: nobody was called."""
    left_out: tuple[tuple[str, str], ...] = ()
    """What was not brought in: row key and code of the reason."""
    unpromised: bool = False
    """Of a check-in: nothing is promised about when the visitor is seen."""
