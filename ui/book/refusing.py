"""Why a key of the book does nothing just now, in words."""

from __future__ import annotations

from reception.clock import MINUTE, Instant
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, Standing
from reception.domain.office import Office
from reception.errors import Code
from ui.book.faces import At, standing_at
from ui.book.keys import OF_ONE, Act
from ui.moments import said_time
from ui.refused import Refused


def _no(reason: str, remedy: str) -> Refused:
    return Refused(Code.NOT_POSSIBLE_NOW, reason, remedy)


FINISH_FIRST = _no("Something typed is not saved yet.", "Finish it first, or press Esc to throw it away.")
BACK_FIRST = _no("That key is for the booking in the grid.", "Press Esc to go back to it first.")
_CHOOSE_ONE = _no("No booking is chosen.", "Go to one with the arrow keys or click it.")
_OVER = _no("This booking is not to come any more.", "Choose one that is.")
_NOT_TODAY = _no("Only bookings of today are checked in.", "Press S to find another time for it.")
_NOT_BEGUN = _no("It has not begun yet.", "Press F3 from its time on.")
_NOT_RUNG = _no("It has not begun yet.", "Press X once it was rung and nobody answered.")
_NO_INTERPRETER = _no("No interpreter is booked with it.", "")
_NOBODY = _no("Nobody wants an earlier slot.", "")
_NO_WEEK = _no("A day is shown.", "Press W for a week first.")


def why_stuck(row: AppointmentRow, now: Instant) -> Refused:
    """Why an appointment can't be moved in the book any more."""
    who = row.number or row.reference
    match standing_at(row, now):
        case At.HERE:
            return _no(f"{who} is here, so its time stays.", "Offer another time at the desk, with the visit.")
        case At.SEEN:
            return _no(f"{who} has been seen, so its time stays.", "For another time, make a new booking.")
        case At.MISSED:
            return _no(f"{who} is marked as not attended.", "Check in whoever has come after all, or book anew.")
    return _no(f"{who} is over, so its time stays.", "For another time, make a new booking.")


def why_not(act: Act, row: AppointmentRow | None, now: Instant, office: Office) -> Refused | None:
    """Why `act`, which is not to be had now, is not; None where there is nothing to say."""
    if act in OF_ONE and row is None:
        return _CHOOSE_ONE
    match act:
        case Act.EARLIER_LIST:
            return _NOBODY
        case Act.EARLIER_WHO | Act.LATER_WHO:
            return _NO_WEEK
        case Act.INTERPRETER:
            return _NO_INTERPRETER
    if row is None:
        return None
    if row.standing is not Standing.BOOKED and act is Act.MOVE:
        return why_stuck(row, now)
    if row.standing is not Standing.BOOKED:
        return _OVER
    match act:
        case Act.CHECK_IN:
            return _NOT_TODAY if row.kind is Kind.OFFICE else _NOT_BEGUN if now < row.starts else _OVER
        case Act.MISSED:
            return _NOT_RUNG if row.kind is Kind.TELEPHONE else _not_late(row, office)
    return None


def _not_late(row: AppointmentRow, office: Office) -> Refused:
    """The last moment of grace is still the visitor's."""
    over = said_time(row.starts + (office.grace_minutes + 1) * MINUTE, office.zone)
    return _no("Its time has not come yet.", f"If nobody comes, press X from {over} on.")
