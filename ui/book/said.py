"""What the book says when something was done, for whoever shows it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, local_date
from reception.domain.book import AppointmentRow
from reception.domain.booked import InterpreterStatus
from reception.services import appointment_commands as ac
from reception.services.commands import Command, Result
from ui.book.move_panel import is_stretch
from ui.moments import day_words, plural, said_time

_DONE: dict[type[Command], str] = {
    ac.CancelAppointment: "Cancelled. The time is free.",
    ac.DidNotAttend: "Marked as did not attend.",
    ac.Attended: "Marked as took place.",
    ac.CorrectAppointment: "Saved.",
    ac.EnterAbsence: "The absence is entered.",
    ac.RemoveAbsence: "The absence is taken out.",
    ac.KeepLetter: "The letter is kept with the booking.",
}


def done_words(
    command: Command, result: Result, now: Instant, zone: ZoneInfo, before: AppointmentRow | None = None
) -> str:
    """One sentence on what was done; empty where it speaks for itself. `before`: the appointment as it was."""
    match command:
        case ac.MoveAppointment() if before is not None and is_stretch(before, command.place):
            minutes = (command.place.ends - command.place.starts) // MINUTE
            return f"Now {plural(minutes, 'minute')}, until {said_time(command.place.ends, zone)}."
        case ac.BookAppointment():
            if len(result.appointments) > 1:
                return f"Booked, {plural(len(result.appointments), 'time')}. The first is {result.reference}."
            return f"Booked, {result.reference}."
        case ac.MoveAppointment():
            day = day_words(local_date(command.place.starts, zone), local_date(now, zone))
            return f"Moved to {day}, {said_time(command.place.starts, zone)}."
        case ac.WantEarlier():
            return "On the list for an earlier slot." if command.on else "Off the list for an earlier slot."
        case ac.ProgressInterpreter():
            cancelled = command.status is InterpreterStatus.CANCELLED
            return "The interpreter is free again." if cancelled else "Saved."
    return _DONE.get(type(command), "")
