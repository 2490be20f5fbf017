"""What was done at a station that was cut off from the database, and what is asked about it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from reception.domain.discreet import Discreet
from reception.domain.events import Recorded
from reception.domain.person import Person
from reception.domain.questions import QuestionAnswer
from reception.services.commands.command import Command, Result
from reception.services.commands.visits import TakeTicket


class ClaimCheckIn(TakeTicket, frozen=True, kw_only=True):
    """A kiosk that is cut off takes down that a visitor has an appointment: they wait with a ticket, and a desk
    settles it afterwards. `reference`, or `name` and `born`, as the visitor entered them."""

    personal = frozenset({"person", "see_first_reason", "reference", "name", "born"})

    reference: str = ""
    name: str = ""
    born: date | None = None


class AnswerQuestion(Command, frozen=True, kw_only=True):
    """Settle what could not be merged after a station was cut off. Answered twice is refused with ALREADY_TAKEN.

    `appointment_id`: for a claim that is accepted, the appointment that it is of.
    """

    question_id: str
    answer: QuestionAnswer
    appointment_id: str = ""


class KeptVisit(Discreet, frozen=True):
    """What a command that was done while cut off did with one visit.

    `known` are the commands that the station knew to have written of this visit, its own among them. `person`,
    `running` and `reasons` (kind, words) are what is kept of it beside its facts.
    """

    personal = frozenset({"person", "reasons"})

    visit_id: str
    facts: tuple[Recorded, ...]
    known: frozenset[str]
    person: Person
    running: int
    reasons: tuple[tuple[str, str], ...] = ()


class JoinWork(Command, frozen=True, kw_only=True):
    """A command that a station did while it was cut off joins what the others did, with its true times.

    `aloud`: the visit that it called although it was not its own. `unprinted`: (visit, paper) still to come out.
    `went_on`: its counter had another visit afterwards. Its id is `joined_id` of the command's.
    """

    personal = frozenset({"done"})

    done: Command
    result: Result
    visits: tuple[KeptVisit, ...] = ()
    office_facts: tuple[Recorded, ...] = ()
    aloud: str = ""
    unprinted: tuple[tuple[str, str], ...] = ()
    went_on: bool = True
    can_undo: bool = False


def joined_id(command_id: str) -> str:
    """The id under which a command joins: always the same, so that it joins once however often that is tried."""
    return sha256(f"joined {command_id}".encode()).hexdigest()[:32]


class ClaimSeries(Command, frozen=True, kw_only=True):
    """A station's own file asks for a series of letters to mark its numbers with while it is cut off.

    Its id is `series_id`, the same whoever asks, so that the first alone has it: the result's `reference` is the file
    that does.
    """

    series: str
    file_id: str


def series_id(office_id: str, series: str) -> str:
    """The id under which a series of an office is claimed."""
    return sha256(f"series {office_id} {series}".encode()).hexdigest()[:32]
