"""What a station may do and ask while it is cut off, and how the rest is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q

OUT_OF_REACH = frozenset({Code.DATABASE_UNREACHABLE})

POSSIBLE: Final = frozenset(
    {
        c.TakeTicket,
        c.ClaimCheckIn,
        c.CallNext,
        c.CallVisit,
        c.CallAgain,
        c.StartService,
        c.WithdrawCall,
        c.NoShow,
        c.Leave,
        c.Hold,
        c.EndHold,
        c.Finish,
        c.FinishAndCallNext,
        c.Transfer,
        c.SeeFirst,
        c.ChangeDetails,
        c.Reprint,
        c.Undo,
        c.SignIn,
        c.SignOff,
        c.Evacuate,
    }
)
"""What may be done while cut off: all that concerns who is here, and nothing of the book or the settings."""
ANSWERED: Final = frozenset(
    {q.Desk, q.Kiosk, q.Offices, q.OneVisit, q.SeeFirstReason, q.VisitByCode, q.Search, q.WorkingDays, q.TicketOf}
)
"""What may be asked: of all else the station's own file knows nothing, and nothing false is said."""


_LATER = "Go on with arrivals and your own visits; try this again when the database is back."
_TIMES = (
    "Free times can't be looked up",
    "Write down whom it is for and how to reach them, and offer a time when it is back; or let them wait.",
)
_BOOKING = ("Nothing can be booked or moved", _TIMES[1])
_APPOINTMENTS = (
    "Appointments can't be looked up",
    "Give whoever has come a ticket, and write the appointment into its note.",
)
_CHECK_IN = ("Nobody can be checked in", _APPOINTMENTS[1])
_BOOK = ("The book can't be read", "Write down what is wanted, and enter it when it is back.")
_ROOMS = ("Rooms can't be looked up or given", "Look whether the room is free, and enter it when the database is back.")
_INTERPRETERS = ("Interpreters can't be entered", "Ring them all the same, and enter it when the database is back.")
_TELLING = ("What visitors are told can't be kept", "Tell them all the same, and enter it when the database is back.")
_LETTERS = ("Letters can't be made", "Write down whom to write to, and make them when it is back.")
_SETTINGS = ("Settings can't be read or changed", _LATER)
_INSTEAD: Final[Mapping[type, tuple[str, str]]] = {
    aq.FreeSlots: _TIMES,
    aq.SlotsLike: _TIMES,
    a.HoldSlot: _BOOKING,
    a.BookAppointment: _BOOKING,
    a.MoveAppointment: _BOOKING,
    aq.FindAppointments: _APPOINTMENTS,
    aq.OneAppointment: _APPOINTMENTS,
    aq.AppointmentByCode: _APPOINTMENTS,
    a.CheckIn: _CHECK_IN,
    aq.Book: _BOOK,
    aq.WantingEarlier: _BOOK,
    aq.RoomsFor: _ROOMS,
    aq.AboutNowOf: _ROOMS,
    a.AssignRoom: _ROOMS,
    a.FreeRoom: _ROOMS,
    a.SetRoomState: _ROOMS,
    a.RequestInterpreter: _INTERPRETERS,
    a.InterpreterHere: _INTERPRETERS,
    a.CallWithoutInterpreter: _INTERPRETERS,
    a.TellOfDelay: _TELLING,
    a.AnnounceDelay: _TELLING,
    aq.LetterOf: _LETTERS,
    aq.LettersDue: _LETTERS,
    q.SettingsOf: _SETTINGS,
    c.SetUpOffice: _SETTINGS,
    c.CloseDay: ("The day can't be closed", _LATER),
}
"""What is said of them, and what to do meanwhile."""


def cut_off(asked: type) -> Refusal:
    """Of a command or query that has to wait for the database."""
    what, instead = _INSTEAD.get(asked, ("That is not possible", _LATER))
    return Refusal(Code.CUT_OFF, f"{what} while the database is out of reach.", instead)


def nothing_kept() -> Refusal:
    return Refusal(
        Code.DATABASE_UNREACHABLE,
        "The database cannot be reached, and this station has never been connected to it.",
        "Check the network and the settings, then try again.",
    )
