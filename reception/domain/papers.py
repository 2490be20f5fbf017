"""What the papers say that a visitor takes away. They are printed from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from reception.clock import Instant
from reception.domain.said_wait import ExpectedWait
from reception.domain.visit_states import End


class TicketSnapshot(Struct, frozen=True):
    """What a ticket says. It holds no personal data."""

    council: str
    office: str
    number: str
    service: str
    taken_at: Instant
    timezone: str
    wait: ExpectedWait | None
    place: str
    code: str
    voided: bool = False
    reprint: bool = False
    room: str = ""
    """The room that the visit will be called to; empty where that is not known yet."""
    language: str = "en"
    """The visitor's, of the nine that tickets are printed in."""
    large_print: bool = False
    private: bool = False
    services: Mapping[str, str] = {}
    """The service's name by language, where the office has given it."""
    places: Mapping[str, str] = {}
    """Where to wait, by language, where the office has given it."""
    booked_for: Instant | None = None
    """Of an appointment: the time that it is for."""


class SlipSnapshot(Struct, frozen=True):
    """What a slip says: *to follow* (who answers, by when, how to reach them) or signposting (where to go).

    Holds the officer's contact details and no data of the visitor.
    """

    council: str
    office: str
    number: str
    service: str
    visited_at: Instant
    """When the visitor came."""
    printed_at: Instant
    timezone: str
    end: End
    due: date | None = None
    owner: str = ""
    telephone: str = ""
    email: str = ""
    signpost_to: str = ""
    code: str = ""
    free_telephone: bool = False
    """Reception has a free telephone to reach other offices."""
    language: str = "en"
    """The visitor's, of the nine that slips are printed in."""
    large_print: bool = False
