"""Whom a desk is to tell of a delay."""

from __future__ import annotations

from enum import StrEnum

from reception.clock import Instant
from reception.domain.discreet import Discreet


class DutyKind(StrEnum):
    """Who is to be told of a delay, and how."""

    WAITING = "waiting"
    """A visitor who is here."""
    TELEPHONE = "telephone"
    """An appointment that has not arrived; it is rung up."""
    AGAIN = "again"
    """Told before, and the told time has passed."""


class Duty(Discreet, frozen=True):
    """One delay that a visitor is to be told of. The most urgent come first."""

    personal = frozenset({"name", "telephone"})

    kind: DutyKind
    visit_id: str
    appointment_id: str
    number: str
    """Of the ticket, or the reference of an appointment that has not arrived."""
    name: str
    service: str
    is_lost: bool
    """The promise is lost already, or only about to be."""
    promised_at: Instant
    """Until when service was promised to begin."""
    expected_at: Instant
    """When it is expected to begin, as the queue stands."""
    telephone: str
    leave_no_message: bool
    last_told_at: Instant | None
    since: Instant
    """From when on the duty stood."""
