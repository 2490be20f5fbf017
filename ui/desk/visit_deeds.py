"""What can be done with a visit that is not the one at this counter, according to where it stands."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.visit_states import End, State


class Deed(StrEnum):
    """Something to do with a visit; its value is a name for the id of its command."""

    CALL = "call"
    END_HOLD = "end_hold"
    TO_QUEUE = "to_queue"
    REINSTATE = "reinstate"
    ANSWERED = "answered"
    LEFT = "left"
    STEP_OUT = "step_out"
    HOLD = "hold"
    TRANSFER = "transfer"
    SEE_FIRST = "see_first"
    NOT_FIRST = "not_first"
    SIGNPOST = "signpost"
    DETAILS = "details"
    LINK = "link"
    REPRINT = "reprint"
    ROOM = "room"
    INTERPRETER = "interpreter"
    ANOTHER_TIME = "another_time"


class Faced(Struct, frozen=True):
    """A deed as a button shows it."""

    deed: Deed
    words: str
    letter: str


_FACES: dict[Deed, tuple[str, str]] = {
    Deed.CALL: ("Call", "C"),
    Deed.END_HOLD: ("Back to queue", "B"),
    Deed.TO_QUEUE: ("Back to queue", "Q"),
    Deed.REINSTATE: ("Reinstate", "R"),
    Deed.ANSWERED: ("Answer given", "A"),
    Deed.LEFT: ("Left", "L"),
    Deed.STEP_OUT: ("Stepped out", "O"),
    Deed.HOLD: ("Hold", "H"),
    Deed.TRANSFER: ("Transfer", "T"),
    Deed.SEE_FIRST: ("See first", "F"),
    Deed.NOT_FIRST: ("Not first", "F"),
    Deed.SIGNPOST: ("Signpost", "G"),
    Deed.DETAILS: ("Details", "D"),
    Deed.LINK: ("Came with", "K"),
    Deed.REPRINT: ("Print again", "P"),
    Deed.ROOM: ("Room", "R"),
    Deed.INTERPRETER: ("Interpreter", "I"),
    Deed.ANOTHER_TIME: ("Book a time", "A"),
}


PROVIDED = (Deed.ROOM, Deed.INTERPRETER, Deed.ANOTHER_TIME)
"""What a visit may be given beside a counter."""


def deeds_for(card: VisitCard, view: DeskView) -> tuple[Faced, ...]:
    """The deeds that make sense for a visit now; the door has the last word on each."""
    return tuple(Faced(deed, *_face(deed, card, view)) for deed in _deeds(card, view))


def main_deed(card: VisitCard, view: DeskView) -> Deed | None:
    """What Enter does in the visit's panel. An answer is marked as given by its letter alone."""
    for deed in (Deed.CALL, Deed.END_HOLD, Deed.REINSTATE):
        if deed in _deeds(card, view):
            return deed
    return None


def may_call(view: DeskView) -> bool:
    """This counter is free to call somebody."""
    return bool(view.officer_id) and view.present is None and view.evacuated_at is None


def _face(deed: Deed, card: VisitCard, view: DeskView) -> tuple[str, str]:
    words, letter = _FACES[deed]
    if deed is Deed.END_HOLD and card.held_from_service:
        words = "Go on"
    elif deed is Deed.END_HOLD and card.own_request:
        words = "Has come back"
    elif deed is Deed.ANOTHER_TIME and card.appointment_id:
        words = "Another time"
    elif deed is Deed.REPRINT and card.end in (End.TO_FOLLOW, End.SIGNPOSTED):
        words = "Print slip again"
    return words, letter


def _deeds(card: VisitCard, view: DeskView) -> tuple[Deed, ...]:
    held = (Deed.DETAILS, Deed.LINK, Deed.REPRINT)
    if card.voided:
        return ()
    first = Deed.NOT_FIRST if card.see_first else Deed.SEE_FIRST
    match card.state:
        case State.WAITING:
            call = (Deed.CALL,) if may_call(view) else ()
            waits = (Deed.LEFT, Deed.STEP_OUT, Deed.HOLD, Deed.TRANSFER, first, Deed.SIGNPOST)
            return (*call, *waits, *PROVIDED, *held)
        case State.ON_HOLD:
            if not card.held_from_service:
                return (Deed.END_HOLD, Deed.LEFT, Deed.TRANSFER, Deed.SIGNPOST, Deed.ANOTHER_TIME, *held)
            go_on = (Deed.END_HOLD,) if view.present is None else ()
            return (*go_on, Deed.TO_QUEUE, Deed.LEFT, Deed.TRANSFER, Deed.SIGNPOST, *held)
        case State.CALLED | State.SERVING:
            return (*PROVIDED, *held)
        case State.ENDED if card.end is End.NO_SHOW:
            return (Deed.REINSTATE, Deed.DETAILS)
        case State.ENDED if card.end is End.TO_FOLLOW and card.done_at is None:
            return (Deed.ANSWERED, Deed.DETAILS, Deed.REPRINT)
        case State.ENDED if card.end in (End.TO_FOLLOW, End.SIGNPOSTED):
            return (Deed.DETAILS, Deed.REPRINT)
        case _:
            return (Deed.DETAILS,)
