"""What a station may do and ask while it is cut off, and how the rest is refused."""

from __future__ import annotations

from typing import Final

from reception.errors import Code, Refusal
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


def cut_off(what: str) -> Refusal:
    return Refusal(
        Code.CUT_OFF,
        f"{what} is not possible while the database is out of reach.",
        "Go on with arrivals and your own visits; try this again when the database is back.",
    )


def nothing_kept() -> Refusal:
    return Refusal(
        Code.DATABASE_UNREACHABLE,
        "The database cannot be reached, and this station has never been connected to it.",
        "Check the network and the settings, then try again.",
    )
