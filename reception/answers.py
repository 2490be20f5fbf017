"""What the book answers: which reader answers which query. Loaded with the first of them."""

from __future__ import annotations

from typing import Any

from reception.clock import local_date
from reception.domain.book import AppointmentCard, AppointmentRow, BookView
from reception.domain.local_time import instant_of
from reception.domain.office import Office
from reception.services import appointment_queries as aq
from reception.storage import queries
from reception.storage.unit_of_work import Database

_READERS: dict[type, Any] = {
    aq.Book: queries.book_view,
    aq.AboutNowOf: queries.about_now,
    aq.Duties: queries.duties,
    aq.FreeSlots: queries.free_slots,
    aq.SlotsLike: queries.slots_like,
    aq.ObstaclesTo: queries.obstacles_to,
    aq.OneAppointment: queries.one_appointment,
    aq.AppointmentByCode: queries.appointment_by_code,
    aq.FindAppointments: queries.find_appointments,
    aq.WantingEarlier: queries.wanting_earlier,
    aq.RoomsFor: queries.rooms_for,
    aq.LetterOf: queries.letter_snapshot,
    aq.LettersDue: queries.letters_due,
}


def answer(database: Database, query: aq.AppointmentQuery) -> Any:
    """The answer to a query of the book: each query's docstring says what. Raises `Refusal`."""
    match query:
        case aq.AppointmentReport():
            return _report(database, query)
        case aq.CalendarOf():
            return _calendar(database, query)
        case aq.WhenIs(office_id, day, minutes, later):
            return instant_of(day, minutes, _office(database, office_id).zone, later)
        case _:
            return _READERS[type(query)](database, query)


def _office(database: Database, office_id: str) -> Office:
    with database.read() as (connection, head, _now):
        return queries.record_of(database, connection, head, office_id).office


def _report(database: Database, query: aq.AppointmentReport) -> Any:
    from reception.services.reports import appointment_report
    from reception.statistics.appointments import AppointmentGrouping

    return appointment_report(queries.appointment_figures(database, query), AppointmentGrouping(query.by))


def _calendar(database: Database, query: aq.CalendarOf) -> bytes:
    from reception.documents.calendar import calendar_of

    return calendar_of(_rows(database, query), _office(database, query.office_id), database.now())


def _rows(database: Database, query: aq.CalendarOf) -> tuple[AppointmentRow, ...]:
    if query.appointment_id:
        card: AppointmentCard = queries.one_appointment(database, aq.OneAppointment(query.appointment_id))
        return (card.row,)
    first = query.first or local_date(database.now(), _office(database, query.office_id).zone)
    view: BookView = queries.book_view(database, aq.Book(query.office_id, first, query.days))
    return tuple(row for row in view.rows if row.officer_id == query.calendar_officer_id)
