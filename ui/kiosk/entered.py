"""What one visitor has entered at the kiosk. It lives from the first touch to the last screen, and then it is gone."""

from __future__ import annotations

from enum import StrEnum

from reception.domain.kiosk import Face, KioskAppointment
from reception.domain.person import Need
from reception.domain.said_wait import ExpectedWait
from reception.services.commands import new_id


class At(StrEnum):
    """Which screen a visitor is at."""

    LANGUAGE = "language"
    PURPOSE = "purpose"
    SERVICE = "service"
    NEEDS = "needs"
    INTERPRETER = "interpreter"
    CHECK_IN = "check_in"
    SCAN = "scan"
    FOREIGN = "foreign"
    TICKET = "ticket"
    REFERENCE = "reference"
    NAME = "name"
    BORN = "born"
    FOUND = "found"
    LAST = "last"
    HELP = "help"
    COMING = "coming"
    FEEDBACK = "feedback"
    ABOUT = "about"
    THANKED = "thanked"
    TROUBLE = "trouble"
    NOT_NOW = "not_now"
    MOMENT = "moment"
    IDLE = "idle"
    PIN = "pin"


class Paper(StrEnum):
    """What became of a ticket's paper."""

    NONE = "none"
    PRINTING = "printing"
    FAILED = "failed"


class Entered:
    """Plain values, made anew for every visitor: nothing of one is ever seen by the next."""

    def __init__(self) -> None:
        self.tag = "en"
        self.service_id = ""
        self.needs: set[Need] = set()
        self.spoken = ""
        self.ticket_id = new_id()
        """Of the command that takes the ticket: minted with the question, so that it is taken once however it is
        touched."""
        self.check_in_id = new_id()
        self.feedback_id = new_id()
        self.typed = ""
        self.fault = ""
        self.name = ""
        self.reference = ""
        self.born = ""
        self.is_claim = False
        """The appointment can't be looked up now: the desk will."""
        self.found: KioskAppointment | None = None
        self.number = ""
        self.wait: ExpectedWait | None = None
        self.paper = Paper.NONE
        self.is_check_in = False
        self.face: Face | None = None

    @property
    def has_ticket(self) -> bool:
        return bool(self.number)
