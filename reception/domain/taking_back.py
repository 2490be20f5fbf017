"""When a command may still be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from reception.clock import MINUTE, Instant, Millis
from reception.domain import events as e
from reception.errors import Code, Refusal


def undo(visit_number: str, facts: Sequence[e.Recorded], command_id: str, now: Instant, window: Millis) -> None:
    """Refuse unless the command's facts are the last that stand on this visit or appointment, and young enough.

    `facts` are all of it; `visit_number` is what to call it. Paper, details, links and what was said of a delay since
    do not stand in the way; only a ticket that another visit was linked with, or whose visitor was told, stays.
    """
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, e.CommandUndone)}
    if command_id in undone:
        raise Refusal(Code.NOTHING_TO_UNDO, "That has already been taken back.", "")
    standing = [f for f in facts if f.command_id not in undone and not isinstance(f.fact, e.CommandUndone)]
    mine = [item for item in standing if item.command_id == command_id]
    if not mine:
        raise Refusal(Code.NOTHING_TO_UNDO, "There is nothing to take back.", "")
    not_too_late(mine[-1].at, now, window)
    after = standing[standing.index(mine[-1]) + 1 :]
    blocking = next((item for item in after if _rests_on(item.fact, mine)), None)
    if blocking is not None:
        raise Refusal(
            Code.UNDO_OVERTAKEN,
            f"{visit_number} {_SINCE.get(type(blocking.fact), 'has moved on')} since, which rests on it.",
            "Take that back first, or put it right with the next step.",
        )


def not_too_late(at: Instant, now: Instant, window: Millis) -> None:
    """Refuse what is older than can be taken back."""
    if now - at > window:
        raise Refusal(
            Code.UNDO_TOO_LATE,
            f"That was more than {_minutes(window)} ago and can no longer be taken back.",
            "Put it right with the next step instead.",
        )


def _rests_on(later: e.Fact, earlier: Sequence[e.Recorded]) -> bool:
    """Whether a later fact would hang in the air without the earlier ones."""
    match later:
        case e.PaperOrdered() | e.DetailsChanged() | e.LetterMade() | e.AppointmentCorrected():
            return False
        case e.VisitLinked() | e.DelayTold():
            return any(isinstance(item.fact, e.TicketTaken | e.AppointmentBooked) for item in earlier)
        case e.PlaceReleased() | e.PlaceTakenAgain():
            return any(isinstance(item.fact, e.AppointmentCheckedIn) for item in earlier)
        case _:
            return not all(isinstance(item.fact, _NOTHING_RESTS_ON) for item in earlier)


_NOTHING_RESTS_ON = e.VisitLinked | e.PlaceReleased | e.PlaceTakenAgain


def _minutes(length: Millis) -> str:
    count = length // MINUTE
    return f"{count} minute" if count == 1 else f"{count} minutes"


_SINCE: dict[type, str] = {
    e.VisitCalled: "has been called",
    e.VisitCalledAgain: "has been called again",
    e.CallWithdrawn: "has gone back to its place",
    e.ServiceStarted: "has been started",
    e.VisitHeld: "has been put on hold",
    e.HoldEnded: "has come back from hold",
    e.VisitReturned: "has gone back to the queue",
    e.VisitTransferred: "has been transferred",
    e.VisitEnded: "has ended",
    e.VisitReinstated: "has been taken back into the queue",
    e.SeenFirstMarked: "has been marked",
    e.VisitLinked: "has been linked",
    e.FollowUpDone: "has been answered",
    e.RoomAssigned: "has been given a room",
    e.RoomFreed: "has left its room",
    e.InterpreterRequested: "has been asked an interpreter for",
    e.InterpreterArrived: "has its interpreter",
    e.InterpreterWaived: "may be called without its interpreter",
    e.DelayTold: "has been told of a delay",
    e.AppointmentMoved: "has been moved",
    e.AppointmentCancelled: "has been cancelled",
    e.AppointmentCheckedIn: "has been checked in",
    e.AppointmentMissed: "has been marked as not attended",
    e.PlaceReleased: "has given up its time",
    e.PlaceTakenAgain: "has its time again",
    e.AppointmentAttended: "has taken place",
    e.EarlierWanted: "has been put on the list for an earlier time, or taken off it,",
    e.InterpreterProgressed: "has had its interpreter seen to",
}
