"""The life of a visit: which facts may follow which.

Each function takes the visit as it stands and returns the facts that follow, or refuses. Rules are of product.md
section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reception.clock import Millis
from reception.domain import events as e
from reception.domain.booked import Mode
from reception.domain.visit import Interpreting, Visit
from reception.domain.visit_states import End, State, Why
from reception.errors import Code, Refusal

_STATE_WORDS = {
    State.WAITING: "is waiting",
    State.CALLED: "has been called",
    State.SERVING: "is being served",
    State.ON_HOLD: "is on hold",
    State.ENDED: "has ended",
}


def _require(visit: Visit, *allowed: State) -> None:
    if visit.voided:
        raise Refusal(Code.VOIDED, f"{visit.number} was taken back: its ticket is void.", "Give a new ticket.")
    if visit.state not in allowed:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{visit.number} {_STATE_WORDS[visit.state]}, so this is not possible now.",
            "Look at where the visit stands, and choose again.",
        )


def call(visit: Visit, counter_id: str, officer_id: str, why: Why, overtook: Iterable[str] = ()) -> list[e.VisitFact]:
    """Call a waiting visit. One that somebody else took meanwhile is refused as ALREADY_TAKEN."""
    if visit.state in (State.CALLED, State.SERVING):
        raise Refusal(
            Code.ALREADY_TAKEN,
            f"{visit.number} has just been called at another counter.",
            "Call the next one.",
        )
    _require(visit, State.WAITING)
    if not visit.is_ready:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"The interpreter for {visit.number} is not there yet.",
            "Say that you go on without, or wait.",
        )
    return [e.VisitCalled(counter_id, officer_id, why, tuple(overtook))]


def call_again(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.CALLED)
    return [e.VisitCalledAgain(visit.counter_id)]


def withdraw_call(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.CALLED)
    return [e.CallWithdrawn()]


def start(visit: Visit, officer_id: str) -> list[e.VisitFact]:
    _require(visit, State.CALLED)
    return [e.ServiceStarted(visit.counter_id, officer_id)]


def no_show(visit: Visit, after_calls: int) -> list[e.VisitFact]:
    """After the set number of calls only; earlier is refused as TOO_SOON."""
    _require(visit, State.CALLED)
    if visit.leg.calls < after_calls:
        left = after_calls - visit.leg.calls
        raise Refusal(
            Code.TOO_SOON,
            f"{visit.number} has been called {_times(visit.leg.calls)}; a no-show takes {_times(after_calls)}.",
            "Call once more first." if left == 1 else f"Call {left} times more first.",
        )
    return [e.VisitEnded(End.NO_SHOW)]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def reinstate(visit: Visit, today: date) -> list[e.VisitFact]:
    """A no-show who comes back on the same day takes up the old place; on another day it is a new visit."""
    _require(visit, State.ENDED)
    if visit.end is not End.NO_SHOW:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"{visit.number} was not a no-show.", "Take a new ticket for the visitor.")
    if visit.local_day != today:
        raise Refusal(
            Code.OTHER_DAY, f"{visit.number} was called on another day.", "Take a new ticket for the visitor."
        )
    return [e.VisitReinstated()]


def leave(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
    return [e.VisitEnded(End.LEFT)]


def hold(visit: Visit, own_request: bool) -> list[e.VisitFact]:
    """By staff from anywhere; at the visitor's own request only while waiting or called."""
    if own_request:
        _require(visit, State.WAITING, State.CALLED)
    else:
        _require(visit, State.WAITING, State.CALLED, State.SERVING)
    return [e.VisitHeld(own_request)]


def end_hold(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.ON_HOLD)
    return [e.HoldEnded()]


def return_to_queue(visit: Visit) -> list[e.VisitFact]:
    """From service (or a hold in it): a new leg. Called or held before service: back to its place."""
    _require(visit, State.CALLED, State.SERVING, State.ON_HOLD)
    if visit.state is State.CALLED:
        return [e.CallWithdrawn()]
    if visit.hold is not None and not visit.hold.from_service:
        return [e.HoldEnded()]
    return [e.VisitReturned()]


def hand_over(visit: Visit) -> list[e.VisitFact]:
    """Back to the queue when its officer signs off: for anyone, also when that officer had been asked for."""
    if not visit.leg.named_officer_id:
        return return_to_queue(visit)
    _require(visit, State.SERVING)
    return [e.VisitTransferred(visit.leg.service_id, "", visit.leg.order_target)]


def transfer(
    visit: Visit, service_id: str, named_officer_id: str, order_target: Millis, specialist_told: bool
) -> list[e.VisitFact]:
    _require(visit, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
    if service_id == visit.leg.service_id and named_officer_id == visit.leg.named_officer_id:
        raise Refusal(
            Code.BAD_INPUT,
            f"{visit.number} is already there.",
            "Choose another service or a named officer, or return the visit to the queue.",
        )
    planned = service_id in visit.then_services
    facts: list[e.VisitFact] = [e.VisitTransferred(service_id, named_officer_id, order_target, planned)]
    if specialist_told and not visit.exempt:
        facts.append(e.SpecialistTold())
    return facts


def finish(
    visit: Visit,
    end: End,
    *,
    due: date | None = None,
    owner_id: str = "",
    signpost_to: str = "",
    today: date,
    order_target: Millis,
    without_further: bool = False,
) -> list[e.VisitFact]:
    """End a visit, or only its present service when further ones are planned: the visit goes on with the next.

    RESOLVED and TO_FOLLOW need a service that has begun; SIGNPOSTED and BOOKED may also end a wait. An answer that
    is to follow ends the whole visit, so it waits for the last service. `without_further`: the visitor no longer
    wants what was planned.
    """
    if end in (End.RESOLVED, End.TO_FOLLOW):
        _require(visit, State.SERVING)
    elif end in (End.SIGNPOSTED, End.BOOKED):
        _require(visit, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
    else:
        raise ValueError(f"{end} is not an end that finishing leads to")
    if end is End.TO_FOLLOW:
        if due is None or not owner_id:
            raise Refusal(
                Code.BAD_INPUT,
                "An answer that is to follow needs a day and a named person.",
                "Choose by when, and who will answer.",
            )
        if due < today:
            raise Refusal(Code.BAD_INPUT, "The answer cannot be due in the past.", "Choose today or a later day.")
    if end is End.SIGNPOSTED and not signpost_to.strip():
        raise Refusal(Code.BAD_INPUT, "Signposting needs a place to go to.", "Say where the visitor is to go.")
    signpost_to = signpost_to.strip()
    if visit.then_services and not without_further:
        if end is End.TO_FOLLOW:
            raise Refusal(
                Code.SERVICES_LEFT,
                f"{visit.number} is still to be seen for another service, and an answer to follow ends the visit.",
                "Transfer the visit to that service: whoever is last there says what is to follow.",
            )
        ended = None if end is End.RESOLVED else end
        return [e.VisitTransferred(visit.then_services[0], "", order_target, True, ended, signpost_to)]
    return [e.VisitEnded(end, due, owner_id, signpost_to)]


def see_first(visit: Visit, on: bool, has_reason: bool) -> list[e.VisitFact]:
    """Marked again is a mark of its own, for the reason that it brings."""
    _require(visit, State.WAITING, State.CALLED, State.ON_HOLD)
    if on and not has_reason:
        raise Refusal(
            Code.REASON_NEEDED,
            "Seeing someone first needs a reason.",
            "Say why in a few words; few may read it.",
        )
    return [e.SeenFirstMarked(on)] if on or visit.see_first else []


def close_day(visit: Visit) -> list[e.VisitFact]:
    """The day closed while the visit was open."""
    return [e.VisitEnded(End.UNRESOLVED)] if visit.is_open else []


def complete_follow_up(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.ENDED)
    if visit.end is not End.TO_FOLLOW:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"Nothing is to follow for {visit.number}.", "")
    return [] if visit.done_at is not None else [e.FollowUpDone()]


# -- rooms, interpreters, delays ---------------------------------------------------------------------------------

_OPEN = (State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)


def assign_room(visit: Visit, room_id: str) -> list[e.VisitFact]:
    """Call the visit to a room, or move it there. Whether the room is free is not known here."""
    _require(visit, *_OPEN)
    if visit.room_id == room_id:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW, f"{visit.number} has that room already.", "Choose another room, or leave it there."
        )
    return [e.RoomAssigned(room_id)]


def free_room(visit: Visit) -> list[e.VisitFact]:
    _require(visit, *_OPEN)
    if not visit.room_id:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"{visit.number} has no room.", "Choose a visit that is in a room.")
    return [e.RoomFreed()]


def request_interpreter(visit: Visit, language: str, mode: Mode, interpreter_id: str = "") -> list[e.VisitFact]:
    """From now on the visit is not called without. What is asked anew takes the place of what was asked before."""
    _require(visit, *_OPEN)
    if not language:
        raise Refusal(
            Code.BAD_INPUT, "An interpreter is asked for without a language.", "Choose the language first.", "language"
        )
    before = visit.interpreting
    if before is not None and (before.language, before.mode, before.interpreter_id) == (language, mode, interpreter_id):
        return []
    return [e.InterpreterRequested(language, mode, interpreter_id)]


def interpreter_here(visit: Visit) -> list[e.VisitFact]:
    return [] if _interpreting(visit).is_here else [e.InterpreterArrived()]


def call_without_interpreter(visit: Visit) -> list[e.VisitFact]:
    interpreting = _interpreting(visit)
    if interpreting.is_here:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"The interpreter for {visit.number} is there.", "Call the visit.")
    return [] if interpreting.waived else [e.InterpreterWaived()]


def _interpreting(visit: Visit) -> Interpreting:
    _require(visit, *_OPEN)
    if visit.interpreting is None:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW, f"No interpreter was asked for {visit.number}.", "Ask for an interpreter first."
        )
    return visit.interpreting


def tell(visit: Visit, told: e.DelayTold) -> list[e.VisitFact]:
    """Keep that a visitor who waits was told of a delay, or was tried to be."""
    _require(visit, State.WAITING, State.CALLED, State.ON_HOLD)
    return [told]
