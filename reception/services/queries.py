"""What a person may ask the program to show. Each query's docstring says what its answer is."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.domain.discreet import Discreet
from reception.services.appointment_queries import AppointmentQuery
from reception.services.supervisor_queries import SupervisorQuery


class Offices(Struct, frozen=True):
    """Every office, by name: a tuple of :class:`Office`."""


class Desk(Struct, frozen=True):
    """A :class:`DeskView` for one counter; an empty `counter_id` for a desk where nobody has signed in."""

    office_id: str
    counter_id: str = ""
    station: str = ""


class OneVisit(Struct, frozen=True):
    """A :class:`VisitCard` by id."""

    visit_id: str


class SeeFirstReason(Struct, frozen=True):
    """Why a visit is seen first, for whoever is signed in at this counter and station: words, or an empty string.

    It is empty as well when that person may not read it; :mod:`reception.domain.restricted` says who may.
    """

    visit_id: str
    counter_id: str
    station: str


class VisitByCode(Struct, frozen=True):
    """A :class:`VisitCard` by the code of its ticket, or None."""

    office_id: str
    code: str


class Search(Discreet, frozen=True):
    """Visits of a day by number or part of a name: a tuple of :class:`VisitCard`, newest first, at most 50."""

    personal = frozenset({"text"})

    office_id: str
    text: str


class WorkingDays(Struct, frozen=True):
    """The next `count` working days after `start` at an office: a tuple of dates, day 1 first."""

    office_id: str
    start: date
    count: int


class SettingsOf(Struct, frozen=True):
    """The :class:`OfficeSettings` of an office."""

    office_id: str


class LettersInUse(Struct, frozen=True):
    """The letters that tickets of the present day began with at an office: a frozenset of them."""

    office_id: str


class TicketOf(Struct, frozen=True):
    """The :class:`TicketSnapshot` of a visit."""

    visit_id: str


class WaitReport(Struct, frozen=True):
    """Wait figures by `by` (total, day, weekday, hour, service): a list of WaitSummary."""

    office_id: str
    first: date
    last: date
    by: str = "total"
    without_evacuations: bool = False
    """Leave out days on which the building was evacuated."""


class ResolvedReport(Struct, frozen=True):
    """Figures of the resolved clock, asked for as those of :class:`WaitReport`: a list of ResolvedSummary."""

    office_id: str
    first: date
    last: date
    by: str = "total"
    without_evacuations: bool = False


class Kiosk(Struct, frozen=True):
    """A :class:`~reception.domain.kiosk.KioskView`."""

    office_id: str
    station: str = ""


class KioskByCode(Discreet, frozen=True):
    """A :class:`~reception.domain.kiosk.KioskAppointment` by the exact code of a letter, or its reference."""

    personal = frozenset({"code"})

    office_id: str
    station: str
    code: str


class KioskByName(Discreet, frozen=True):
    """A :class:`~reception.domain.kiosk.KioskAppointment` by exact name and date of birth."""

    personal = frozenset({"name", "born"})

    office_id: str
    station: str
    name: str
    born: date


class Board(Struct, frozen=True):
    """A :class:`~reception.domain.board.BoardView`."""

    office_id: str
    station: str = ""


class Stations(Struct, frozen=True):
    """The stations of an office, by name: a tuple of :class:`~reception.domain.stations.Station`."""

    office_id: str


class FeedbackReport(Struct, frozen=True):
    """How people said that we did by `by` (total, day, service): a dict of counts by :class:`Face`. Days are local
    dates, services names; "" is what was said of none."""

    office_id: str
    first: date
    last: date
    by: str = "service"


Query = (
    Kiosk
    | KioskByCode
    | KioskByName
    | Board
    | Stations
    | FeedbackReport
    | Offices
    | Desk
    | OneVisit
    | SeeFirstReason
    | VisitByCode
    | Search
    | WorkingDays
    | SettingsOf
    | LettersInUse
    | TicketOf
    | WaitReport
    | ResolvedReport
    | AppointmentQuery
    | SupervisorQuery
)
