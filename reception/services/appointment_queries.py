"""What a person may ask of the book. Each query's docstring says what its answer is."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.domain.booked import LetterKind
from reception.domain.booking import Place, Wish
from reception.domain.discreet import Discreet


class Book(Struct, frozen=True):
    """A :class:`BookView` of `days` local days from `first`."""

    office_id: str
    first: date
    days: int = 1


class AboutNowOf(Struct, frozen=True):
    """An :class:`AboutNow`: today's appointments, rooms, interpreters and officers as they are now."""

    office_id: str


class Duties(Struct, frozen=True):
    """The delays that visitors are to be told of, most urgent first: a tuple of :class:`Duty`."""

    office_id: str


class FreeSlots(Struct, frozen=True):
    """The nearest slots that meet a wish, soonest first: a tuple of :class:`Slot`.

    `without`: an appointment whose own place counts as free, for it is the one to be moved.
    """

    office_id: str
    wish: Wish
    count: int = 3
    without: str = ""


class SlotsLike(Struct, frozen=True):
    """The nearest slots that meet every need of an appointment (`appointment_id`) or of a waiting visit (`visit_id`): a
    tuple of :class:`Slot`.

    `first_day`: the local day from which on they are wanted; None for the soonest.
    """

    office_id: str
    appointment_id: str = ""
    visit_id: str = ""
    count: int = 3
    first_day: date | None = None


class ObstaclesTo(Struct, frozen=True):
    """What stands against a place: a tuple of :class:`Obstacle`, empty when nothing does.

    `without`: the appointment to be moved.
    """

    office_id: str
    place: Place
    wish: Wish
    without: str = ""


class OneAppointment(Struct, frozen=True):
    """An :class:`AppointmentCard` by id."""

    appointment_id: str


class AppointmentByCode(Struct, frozen=True):
    """An :class:`AppointmentCard` by its reference, of any office, or None. `here` says whether it is of this one."""

    office_id: str
    code: str


class FindAppointments(Discreet, frozen=True):
    """Appointments by part of a name, reference, date of birth or telephone number: a tuple of AppointmentRow.

    Those to come first, soonest first, then those past, latest first; at most 50.
    """

    personal = frozenset({"text"})

    office_id: str
    text: str


class WantingEarlier(Struct, frozen=True):
    """Who wants an earlier slot and would fit into a place that fell free: a tuple of AppointmentRow, first come first.

    `place` None: everyone on the list.
    """

    office_id: str
    place: Place | None = None


class RoomsFor(Struct, frozen=True):
    """The rooms as they are now, with what fits a visit: a tuple of :class:`RoomRow`."""

    visit_id: str


class LetterOf(Struct, frozen=True):
    """The :class:`LetterSnapshot` of an appointment.

    Refuses DO_NOT_WRITE, but for an interpreter order, and NOT_POSSIBLE_NOW for a letter that does not fit where the
    appointment stands.
    """

    appointment_id: str
    kind: LetterKind
    large_print: bool | None = None
    """None: as the visitor needs it."""


class LettersDue(Struct, frozen=True):
    """The letters of a local day's appointments: a tuple of (appointment id, LetterKind), those not yet made.

    Without those whose visitors are not to be written to.
    """

    office_id: str
    day: date


class AppointmentReport(Struct, frozen=True):
    """Appointment figures by `by` (total, day, weekday, hour, service, officer): a list of AppointmentSummary."""

    office_id: str
    first: date
    last: date
    by: str = "total"
    without_evacuations: bool = False
    """Leave out days on which the building was evacuated."""


class DelayReport(Struct, frozen=True):
    """Who was told of delays, by `by` (total, day, weekday, hour, service), walk-ins too: a list of DelaySummary."""

    office_id: str
    first: date
    last: date
    by: str = "total"
    without_evacuations: bool = False


class CalendarOf(Struct, frozen=True):
    """An iCalendar file as bytes: of one appointment, or of an officer's week from `first`."""

    office_id: str
    appointment_id: str = ""
    calendar_officer_id: str = ""
    first: date | None = None
    days: int = 7


class WhenIs(Struct, frozen=True):
    """The instant of a local day and time at the office. Refuses BAD_INPUT in the missing hour of a clock change.

    In the repeated hour it is the first of the two, or the second with `later`.
    """

    office_id: str
    day: date
    minutes: int
    """After local midnight, as the clock on the wall shows it."""
    later: bool = False


AppointmentQuery = (
    Book
    | AboutNowOf
    | Duties
    | FreeSlots
    | SlotsLike
    | ObstaclesTo
    | OneAppointment
    | AppointmentByCode
    | FindAppointments
    | WantingEarlier
    | RoomsFor
    | LetterOf
    | LettersDue
    | AppointmentReport
    | DelayReport
    | CalendarOf
    | WhenIs
)
