"""What the line says of appointments, rooms, interpreters and delays. Never a visitor's name."""

from __future__ import annotations

from collections.abc import Mapping

from reception.domain.about_now import RoomRow
from reception.domain.book import AppointmentRow
from reception.domain.booked import DelayAnswer, RoomState
from reception.domain.desk_view import DeskView
from reception.domain.languages import name_of
from reception.services import appointment_commands as a
from reception.services.commands import Command, Result
from ui import appointment_words as words
from ui.checking_in import checked_in

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
            return checked_in(result, view.office, view.now, row)
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
