"""What the line at the bottom says after each thing that was done, and after each refusal. Never a visitor's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from reception.domain.desk_view import DeskView, Undoable
from reception.domain.office import Office
from reception.domain.visit_states import End
from reception.services import commands as c
from reception.services.commands import Result
from ui import moments
from ui.desk.key_table import Act, key_of
from ui.desk.question_words import left_out_words
from ui.desk.said_booked import UNDONE
from ui.isolated import isolated
from ui.refused import Refused
from ui.widgets.message_line import Mood

NOT_PRINTED = "Not printed: this station has no printer."
CALL_IT_ALOUD = "Call it aloud: the display shows nothing while cut off."
_WITH_SLIP = (End.TO_FOLLOW, End.SIGNPOSTED)


class Offer(Struct, frozen=True):
    """An action beside a sentence: its words, and what it does."""

    words: str
    run: Callable[[], None]


class Said(Struct, frozen=True):
    """One sentence, what it rests on, its mood and what it offers."""

    text: str
    detail: str = ""
    mood: Mood = "plain"
    offers: tuple[Offer, ...] = ()


UNSEEN = Said("Nothing can be shown yet.", "The office is still being read.")
SIGN_IN_FIRST = Said("Sign in first.", "Choose your name, enter your PIN, then press Enter.")


def said_no(no: Refused) -> Said:
    """A refusal: what is wrong, and what to do."""
    return Said(no.reason, no.remedy, "late" if no.code is None else "due-soon")


def said_done(command: c.Command, result: Result, view: DeskView, *, prints: bool = True) -> Said:
    """What a command came to. `prints`: this station has a printer."""
    words, detail = _words_of(command, result, view)
    if result.cut_off and result.number and _calls(command, result):
        detail = f"{CALL_IT_ALOUD} {detail}".strip()
    if not prints and isinstance(command, c.Finish) and command.print_slip and command.end in _WITH_SLIP:
        detail = f"{detail} {NOT_PRINTED}".strip()
    return Said(words, detail, mood="done")


def _calls(command: c.Command, result: Result) -> bool:
    if isinstance(command, c.FinishAndCallNext):
        return result.number != result.finished_number
    return isinstance(command, c.CallNext | c.CallVisit | c.CallAgain)


def said_before(first: c.Command, result: Result, view: DeskView) -> Said:
    """A command that had been done although no answer came, and was sent again with something else in it."""
    words, _ = _words_of(first, result, view)
    return Said(words, "The first try had gone through; what you changed since then is not in it.", "due-soon")


_TO_ASIDES = f"{key_of(Act.ASIDES)}, then Enter twice."
_SAME_WORDS: Mapping[type[c.Command], tuple[str, str]] = {
    c.CallNext: ("{number} called to {place}.", ""),
    c.CallVisit: ("{number} called to {place}.", ""),
    c.CallAgain: ("{number} called again.", ""),
    c.StartService: ("{number} is being served.", ""),
    c.WithdrawCall: ("{number} is back in its place.", "The wait never stopped."),
    c.NoShow: ("{number} marked as a no-show.", f"Whoever comes back today is found with {key_of(Act.FIND)}."),
    c.Reinstate: ("{number} waits again, in its old place.", ""),
    c.Leave: ("{number} has left.", ""),
    c.ReturnToQueue: ("{number} waits again for the same service.", ""),
    c.ChangeDetails: ("Details of {number} saved.", ""),
    c.LinkVisits: ("{number} is linked.", "Two visits of one family."),
    c.CompleteFollowUp: ("The answer to {number} has been given.", ""),
    c.Reprint: ("{number} goes to the printer again.", ""),
    c.GiveHelp: ("You are on your way.", "The call is off every desk."),
    c.GiveFeedback: ("Thank you: the answer is kept.", "By service and day, without a name."),
    c.Evacuate: ("Calls are frozen.", ""),
}
"""What is said of a command whatever it came to."""


def _words_of(command: c.Command, result: Result, view: DeskView) -> tuple[str, str]:
    number = result.number or result.finished_number
    match command:
        case c.TakeTicket():
            return _ticket_words(command, result, view.office)
        case c.FinishAndCallNext():
            return _finished_and_called(command, result, view)
        case c.Finish():
            return _finish_words(command, number, view)
        case c.Hold(own_request=True):
            return f"{number} stepped out.", f"The wait is paused. When the visitor is back: {_TO_ASIDES}"
        case c.Hold():
            return f"{number} is on hold.", f"Its promise's clock goes on. To go on with it: {_TO_ASIDES}"
        case c.EndHold():
            out = any(aside.visit_id == command.visit_id and aside.own_request for aside in view.asides)
            return f"{number} is back." if out else f"{number} is back from hold.", ""
        case c.Transfer():
            return _transfer_words(command, number, view.office)
        case c.SeeFirst():
            return f"{number} will be seen first." if command.on else f"{number} keeps its usual place.", ""
        case c.AnswerQuestion():
            return f"{number} is settled.", left_out_words(kind for kind, _ in result.left_out)
        case c.SignIn():
            left = next((row.name for row in view.counters if row.officer_id == command.officer_id), "")
            here = any(row.counter_id == command.counter_id and row.name == left for row in view.counters)
            return "You are signed in.", f"No longer at {left}." if left and not here else ""
        case c.SignOff():
            return "Signed off.", "The day is closed." if command.close_day else ""
        case c.EndEvacuation():
            return "Calls go on." if command.resume else "The day is closed.", ""
    words, detail = _SAME_WORDS.get(type(command), ("Done.", ""))
    return words.format(number=number, place=result.room or view.counter_name or "this counter"), detail


def _ticket_words(command: c.TakeTicket, result: Result, office: Office) -> tuple[str, str]:
    service = office.service(command.service_id)
    of_service = f" for {service.name}" if service else ""
    return f"Ticket {result.number}{of_service}.", f"Tell the visitor: {result.number}."


def _finished_and_called(command: c.FinishAndCallNext, result: Result, view: DeskView) -> tuple[str, str]:
    finished = result.finished_number or _number_of(command.visit_id, view)
    if result.number and result.number != finished:
        return f"{finished} finished, {result.number} called to {result.room or view.counter_name}.", ""
    if view.evacuated_at:
        return f"{finished} finished.", "Calls are frozen."
    if result.awaited:
        return f"{finished} finished.", result.awaited
    if result.aloud:
        why = f"{result.aloud} was not taken in here, and another desk may call it too."
        return f"{finished} finished.", f"{why} Call it aloud in the waiting room, or wait."
    return f"{finished} finished.", "Nobody is waiting for you."


def _finish_words(command: c.Finish, number: str, view: DeskView) -> tuple[str, str]:
    match command.end:
        case End.TO_FOLLOW:
            owner = view.office.officer(command.owner_id)
            by = f" by {moments.day_words(command.due)}" if command.due else ""
            return f"{number}: an answer is to follow{by}.", f"From {isolated(owner.name)}." if owner else ""
        case End.SIGNPOSTED:
            return f"{number} was signposted to {_short(command.signpost_to)}.", _goes_on(command, number, view)
        case _:
            return f"{number} finished.", _goes_on(command, number, view)


def _short(place: str, most: int = 40) -> str:
    """Enough of a place to see that it is the right one."""
    return place if len(place) <= most else f"{place[: most - 1].rstrip()}…"


def _goes_on(command: c.Finish, number: str, view: DeskView) -> str:
    present = view.present
    planned = present is not None and present.visit_id == command.visit_id and present.then_services
    return f"{number} now waits for {planned[0]}." if planned and not command.without_further else ""


def _transfer_words(command: c.Transfer, number: str, office: Office) -> tuple[str, str]:
    service = office.service(command.service_id)
    officer = office.officer(command.named_officer_id)
    words = f"{number} transferred to {service.name if service else 'another service'}."
    return words, f"With {isolated(officer.name)}." if officer else ""


def _number_of(visit_id: str, view: DeskView) -> str:
    return view.present.number if view.present and view.present.visit_id == visit_id else "The visit"


_UNDONE = {
    "TakeTicket": "the ticket {number}; it is void",
    "CallNext": "the call of {number}",
    "CallVisit": "the call of {number}",
    "CallAgain": "the last call of {number}",
    "StartService": "the start of {number}",
    "WithdrawCall": "sending {number} back to its place",
    "NoShow": "the no-show of {number}",
    "Reinstate": "reinstating {number}",
    "Leave": "the leaving of {number}",
    "Hold": "the hold of {number}",
    "EndHold": "the end of the hold of {number}",
    "ReturnToQueue": "sending {number} back to the queue",
    "Transfer": "the transfer of {number}",
    "Finish": "the end of {number}",
    "FinishAndCallNext": "the end of {number} and the call after it",
    "SeeFirst": "the mark on {number}",
    "CompleteFollowUp": "the answer to {number}",
    "SignOff": "what signing off did to {number}",
}


_UNDONE_OF_OFFICE = {
    "SignOff": "the day's closing",
    "EndEvacuation": "the day's closing",
    "CloseDay": "the day's closing",
    "EnterAbsence": "the absence that was entered",
    "RemoveAbsence": "the absence that was taken out stands again",
}


def said_undone(undone: Undoable) -> Said:
    """What was taken back."""
    if not undone.number:
        what = _UNDONE_OF_OFFICE.get(undone.kind)
        return Said(f"Taken back: {what}." if what is not None else "Taken back.", mood="done")
    words = {**_UNDONE, **UNDONE}.get(undone.kind, "the last thing done with {number}").format(number=undone.number)
    return Said(f"Taken back: {words}.", mood="done")
