"""Which letters an appointment may have, as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from reception.clock import Instant
from reception.domain.appointment import Appointment
from reception.domain.booked import Kind, LetterKind, Standing
from reception.domain.events import AppointmentBooked, AppointmentMoved, CommandUndone, LetterMade, Recorded
from reception.errors import Code, Refusal

OF_TIME = frozenset({LetterKind.CONFIRMATION, LetterKind.NEW_TIME, LetterKind.HOME_VISIT})
"""Those that tell the visitor when it is."""
_ANOTHER = "Choose another letter."
_STANDS_NO_MORE = {
    Standing.CANCELLED: ("This appointment is cancelled.", "Write the cancellation instead."),
    Standing.DID_NOT_ATTEND: (
        "This appointment is marked as not attended.",
        "Write the letter about a missed appointment instead.",
    ),
    Standing.CHECKED_IN: ("The visitor has checked in for this appointment already.", _ANOTHER),
    Standing.ATTENDED: ("This appointment has taken place.", _ANOTHER),
}


def check_letter(appointment: Appointment, kind: LetterKind) -> None:
    """Refuses (NOT_POSSIBLE_NOW) a letter that would say what is not so, and says which would do."""
    no = _reason_against(appointment, kind)
    if no is not None:
        raise Refusal(Code.NOT_POSSIBLE_NOW, *no)


def _reason_against(appointment: Appointment, kind: LetterKind) -> tuple[str, str] | None:
    """What is wrong and what to do; None where the letter fits."""
    standing = appointment.standing
    if kind in OF_TIME and standing in _STANDS_NO_MORE:
        return _STANDS_NO_MORE[standing]
    match kind:
        case LetterKind.MISSED if standing is not Standing.DID_NOT_ATTEND:
            is_ahead = standing is Standing.BOOKED
            return (
                "This appointment is not marked as not attended.",
                "If nobody came, mark it so first." if is_ahead else _ANOTHER,
            )
        case LetterKind.CANCELLATION if standing is not Standing.CANCELLED:
            is_ahead = standing is Standing.BOOKED
            return "This appointment is not cancelled.", "Cancel it first." if is_ahead else _ANOTHER
        case LetterKind.HOME_VISIT if appointment.kind is not Kind.HOME_VISIT:
            return "This appointment is no home visit.", "Write a confirmation instead."
        case LetterKind.NEW_TIME if not appointment.moved:
            own = "the notice of a home visit" if appointment.kind is Kind.HOME_VISIT else "a confirmation"
            return "This appointment was never moved.", f"Write {own} instead."
        case LetterKind.INTERPRETER_ORDER if standing in (Standing.CANCELLED, Standing.DID_NOT_ATTEND):
            return _STANDS_NO_MORE[standing][0], "Tell the interpreter that nobody is needed."
        case LetterKind.INTERPRETER_ORDER if not (appointment.place.interpreter_id or appointment.language):
            return "No interpreter is booked for this appointment.", "Choose an interpreter or a language first."
    return None


def told_time(facts: Sequence[Recorded]) -> tuple[Instant | None, bool]:
    """When the last letter that says a time was made, None for none, and whether that time still holds."""
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, CommandUndone)}
    told_at: Instant | None = None
    tells_truth = False
    for item in facts:
        if item.command_id in undone:
            continue
        if isinstance(item.fact, AppointmentBooked | AppointmentMoved):
            tells_truth = False
        elif isinstance(item.fact, LetterMade) and item.fact.kind in OF_TIME:
            told_at, tells_truth = item.at, True
    return told_at, tells_truth
