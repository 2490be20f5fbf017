"""What the line says of appointments, rooms, interpreters and delays. Never a visitor's name."""

from __future__ import annotations

from collections.abc import Mapping

from reception.clock import MINUTE
from reception.domain.book import AppointmentRow, RoomRow
from reception.domain.booked import DelayAnswer, RoomState, Standing
from reception.domain.languages import name_of
from reception.domain.snapshots import DeskView
from reception.services import appointment_commands as a
from reception.services.commands import Command, Result
from ui import appointment_words as words
from ui import texts

_SAME_WORDS: Mapping[type[Command], tuple[str, str]] = {
    a.CancelAppointment: ("{name} is cancelled.", "Its time is free again."),
    a.DidNotAttend: ("{name} did not attend.", "Whoever comes after all is checked in as ever."),
    a.Attended: ("{name} took place.", ""),
    a.FreeRoom: ("The room of {name} is free.", ""),
    a.InterpreterHere: ("{name}: the interpreter is there.", "It may be called now."),
    a.CallWithoutInterpreter: ("{name} goes on without an interpreter.", "It may be called now."),
    a.AnnounceDelay: ("The delay is kept as announced.", "Each visitor concerned is still to be told."),
}
_ROOM_STATES = {
    RoomState.CLEANING: "is being cleaned",
    RoomState.OUT_OF_USE: "is out of use",
    RoomState.IN_USE: "can be used",
}
_ANSWERS = {
    DelayAnswer.WILL_WAIT: ("{name} was told and will wait.", ""),
    DelayAnswer.ANOTHER_TIME: ("{name} was told and takes another time.", "It is chosen next."),
    DelayAnswer.LEAVES: ("{name} was told and leaves.", ""),
    DelayAnswer.NOT_REACHED: ("{name} was not reached.", "It counts as not told, and is asked again."),
}

UNDONE = {
    "BookAppointment": "the booking of {number}",
    "MoveAppointment": "moving {number}",
    "CancelAppointment": "the cancelling of {number}",
    "CheckIn": "the check-in of {number}; its ticket is void",
    "DidNotAttend": "marking {number} as not attended",
    "Attended": "marking {number} as having taken place",
    "AssignRoom": "the room of {number}",
    "FreeRoom": "freeing the room of {number}",
    "RequestInterpreter": "asking for an interpreter for {number}",
    "InterpreterHere": "that the interpreter of {number} is there",
    "CallWithoutInterpreter": "going on without an interpreter for {number}",
    "TellOfDelay": "what {number} was told and answered",
    "WantEarlier": "the wish of {number} for an earlier time",
    "ProgressInterpreter": "the news of the interpreter of {number}",
}
"""What was taken back, to follow "Taken back:"."""


def words_booked(
    command: Command,
    result: Result,
    view: DeskView,
    row: AppointmentRow | None,
    rooms: tuple[RoomRow, ...],
    number: str,
) -> tuple[str, str] | None:
    """(sentence, detail) of a command on an appointment, a room, an interpreter or a delay; None for any other.

    `row` is the appointment as it was shown, if it was; `number` the ticket or reference that is meant.
    """
    name = result.number or number or result.reference or "It"
    match command:
        case a.CheckIn():
            return _checked_in(result, view, row)
        case a.BookAppointment() | a.MoveAppointment():
            when = words.when_words(command.place.starts, view.office.zone, view.now)
            done = "moved to" if isinstance(command, a.MoveAppointment) else "booked for"
            return f"{result.reference or name}: {done} {when}.", "Tell the visitor day, time and reference."
        case a.AssignRoom():
            room = next((room.name for room in rooms if room.id == command.room_id), "its room")
            return f"{name} has {room}.", f"Send the visitor to {room}, or call to it."
        case a.SetRoomState():
            room = next((room.name for room in rooms if room.id == command.room_id), "The room")
            return f"{room} {_ROOM_STATES[command.state]}.", ""
        case a.RequestInterpreter():
            return (
                f"{name}: {name_of(command.language)} interpreter asked for.",
                "Not called until the interpreter is there.",
            )
        case a.TellOfDelay():
            sentence, detail = _ANSWERS[command.answer]
            return sentence.format(name=name), detail
    known = _SAME_WORDS.get(type(command))
    return None if known is None else (known[0].format(name=name), known[1])


def _checked_in(result: Result, view: DeskView, row: AppointmentRow | None) -> tuple[str, str]:
    """The number, and how the visitor stands with the clock."""
    said = f"{result.number} is here." if result.number else "Checked in."
    if row is None:
        return said, f"Tell the visitor: {result.number}."
    zone, office = view.office.zone, view.office
    booked = texts.said_time(row.starts, zone)
    whom = f" with {row.officer}" if row.officer else ""
    said = f"{result.number}: {booked}{whom}."
    late = (result.at or view.now) - row.starts
    grace = office.grace_minutes
    if row.standing is Standing.DID_NOT_ATTEND:
        return said, "Marked as not attended, and came after all. Nothing is promised; whoever is free sees it."
    if late > grace * MINUTE:
        over = f"{texts.whole_minutes(late)} min late, past the {grace} min of grace."
        return said, f"{over} It waits as a walk-in; or offer another time."
    if late >= MINUTE:
        return said, f"{texts.whole_minutes(late)} min late, within the grace of {grace} min. Seen as promised."
    if late <= -MINUTE:
        return said, f"{texts.whole_minutes(-late)} min early. The promise counts from {booked}."
    return said, "On time."
