"""What a question to the desk says, and what its answers are called. No name: the line is seen across the counter."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from zoneinfo import ZoneInfo

from reception.domain.questions import HelpCall, Question, QuestionAnswer, QuestionKind
from ui import moments

_DONE = {
    "VisitCalled": "called",
    "VisitCalledAgain": "called again",
    "CallWithdrawn": "put back",
    "ServiceStarted": "served",
    "VisitHeld": "put on hold",
    "HoldEnded": "back from hold",
    "VisitReturned": "back in the queue",
    "VisitTransferred": "transferred",
    "VisitEnded": "ended",
    "VisitReinstated": "back after a no-show",
    "SeenFirstMarked": "marked to be seen first",
    "CommandUndone": "taken back",
    "DetailsChanged": "details corrected",
}


def asked(question: Question, station: str) -> str:
    """The question in one sentence, as it is asked at `station`."""
    own = question.station == station
    match question.kind:
        case QuestionKind.CLAIM:
            return f"{question.number} says there is an appointment."
        case QuestionKind.CALLED_ALOUD:
            return f"{'This desk' if own else question.station} called {question.number} aloud while cut off."
        case QuestionKind.CALLED_UNHEARD:
            where = "this desk" if own else question.station
            return f"{question.number} was called to {where}, which never heard of it."
        case _:
            where = "this desk" if own else question.station
            return f"{question.number} was changed at the database and at {where}, which was cut off."


def about(question: Question, zone: ZoneInfo, station: str) -> str:
    """What it rests on: what was done at the desk that was cut off, and what at the database."""
    if question.kind is QuestionKind.CLAIM:
        found = "One appointment fits" if question.appointment_id else "No single appointment fits"
        return f"{question.station}, {moments.said_time(question.at, zone)}. {found}."
    where = "At this desk" if question.station == station else f"At {question.station}"
    there = f"{where}: {done(question.done_there)}." if question.done_there else ""
    nothing = "nothing since, so it waits" if question.kind is QuestionKind.CALLED_ALOUD else "nothing since"
    return f"{there} At the database: {done(question.done_here) or nothing}.".strip()


def done(kinds: Iterable[str]) -> str:
    """Kinds of facts in words: "called, served, ended"."""
    words = [_DONE[kind] for kind in kinds if kind in _DONE]
    return ", ".join(word for word, _ in groupby(words))


def answer_words(question: Question, answer: QuestionAnswer, station: str) -> str:
    """What an answer is called on its button, at `station`."""
    there = answer is QuestionAnswer.AS_THERE
    match question.kind:
        case QuestionKind.CLAIM:
            return "Check in" if there else "Walk-in"
        case QuestionKind.CALLED_UNHEARD:
            return "Put it back" if there else "Leave it"
        case _:
            if not there:
                return "As at the database"
            return "As at this desk" if question.station == station else "As at that desk"


def left_out_words(kinds: Iterable[str]) -> str:
    """What of the other station's work no longer fitted; empty when all of it did."""
    words = done(kinds)
    return f"No longer possible, and left out: {words}." if words else ""


def help_words(call: HelpCall) -> str:
    """Who wants somebody; of a discreet call nothing that says so."""
    return f"{call.station}, please come." if call.discreet else f"{call.station}: someone asks for help."
