"""What is answered beside a desk's own view: to settings, book, kiosks, displays and supervisors, and in figures.

Loaded with the first of them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reception.clock import local_date
from reception.domain.book import AppointmentCard, AppointmentRow, BookView
from reception.domain.local_time import instant_of
from reception.domain.office import Office
from reception.domain.today_view import TodayView
from reception.domain.workdays import Division, working_day_after
from reception.services import appointment_queries as aq
from reception.services import queries as q
from reception.services import supervisor_queries as sq
from reception.storage import day_to_day, offices
from reception.storage.database import Database
from reception.storage.look_ups import kiosk_by_code, kiosk_by_name
from reception.storage.queries import book, record_of, resolved_figures, visit_figures
from reception.storage.queries.board import board_view
from reception.storage.queries.kiosk import kiosk_view
from reception.storage.sayings import feedback_report
from reception.storage.stations import stations_of


def answer(database: Database, query: q.Query, *, is_for_supervisor: bool = False) -> Any:
    """The answer to a query that a desk's start has no need of: each query's docstring says what. Raises `Refusal`.

    Only one that is for a supervisor tells by whom a visitor was told of a delay.
    """
    match query:
        case q.WorkingDays():
            return _working_days(database, query)
        case q.SettingsOf():
            with database.read() as (connection, head, now):
                record = record_of(database, connection, head, query.office_id)
                return offices.settings_of(record, local_date(now, record.office.zone))
        case q.LettersInUse():
            with database.read() as (connection, head, now):
                zone = record_of(database, connection, head, query.office_id).office.zone
                return day_to_day.letters_in_use(connection, query.office_id, local_date(now, zone))
        case q.WaitReport():
            return _wait_report(database, query)
        case q.ResolvedReport():
            return _resolved_report(database, query)
        case q.Board():
            return board_view(database, query)
        case q.KioskByCode():
            return kiosk_by_code(database, query)
        case q.KioskByName():
            return kiosk_by_name(database, query)
        case q.Stations():
            return stations_of(database, query)
        case aq.Book():
            return book.book_view(database, query)
        case aq.AboutNowOf():
            return book.about_now(database, query)
        case aq.Duties():
            return book.duties(database, query)
        case aq.FreeSlots():
            return book.free_slots(database, query)
        case aq.SlotsLike():
            return book.slots_like(database, query)
        case aq.ObstaclesTo():
            return book.obstacles_to(database, query)
        case aq.OneAppointment():
            return book.one_appointment(database, query)
        case aq.AppointmentByCode():
            return book.appointment_by_code(database, query)
        case aq.FindAppointments():
            return book.find_appointments(database, query)
        case aq.WantingEarlier():
            return book.wanting_earlier(database, query)
        case aq.RoomsFor():
            return book.rooms_for(database, query)
        case aq.LetterOf():
            return book.letter_snapshot(database, query)
        case aq.LettersDue():
            return book.letters_due(database, query)
        case aq.AppointmentReport():
            return _report(database, query)
        case aq.DelayReport():
            return _delays(database, query)
        case aq.CalendarOf():
            return _calendar(database, query)
        case sq.Past():
            return _past(database, query)
        case sq.MonthlyReport():
            return _month(database, query)
        case q.Kiosk():
            return kiosk_view(database, query)
        case q.FeedbackReport():
            return feedback_report(database, query)
        case sq.Today():
            return _today(database, query, is_for_supervisor)
        case sq.Forecast():
            return _forecast(database, query)
        case aq.WhenIs(office_id, day, minutes, later):
            return instant_of(day, minutes, _office(database, office_id).zone, later)
        case sq.UsualPlan():
            return _usual_plan(database, query)


def _office(database: Database, office_id: str) -> Office:
    with database.read() as (connection, head, _now):
        return record_of(database, connection, head, office_id).office


def _working_days(database: Database, query: q.WorkingDays) -> tuple[date, ...]:
    office = _office(database, query.office_id)
    division = Division(office.division)
    return tuple(
        working_day_after(query.start, number, division, office.closures) for number in range(1, query.count + 1)
    )


def _wait_report(database: Database, query: q.WaitReport) -> Any:
    from reception.domain.grouping import Grouping
    from reception.services.reports import wait_report

    visits = visit_figures(database, query.office_id, query.first, query.last, query.without_evacuations)
    return wait_report(visits, Grouping(query.by))


def _resolved_report(database: Database, query: q.ResolvedReport) -> Any:
    from reception.domain.grouping import Grouping
    from reception.services.reports import resolved_report

    visits = resolved_figures(database, query.office_id, query.first, query.last, query.without_evacuations)
    return resolved_report(visits, Grouping(query.by))


def _report(database: Database, query: aq.AppointmentReport) -> Any:
    from reception.domain.grouping import AppointmentGrouping
    from reception.services.reports import appointment_report

    return appointment_report(book.appointment_figures(database, query), AppointmentGrouping(query.by))


def _delays(database: Database, query: aq.DelayReport) -> Any:
    from reception.domain.grouping import Grouping
    from reception.services.reports import delay_report

    return delay_report(book.delay_figures(database, query), Grouping(query.by))


def _today(database: Database, query: sq.Today, is_for_supervisor: bool) -> TodayView:
    from reception.services.today import today_view
    from reception.storage.queries.today import read_today

    return today_view(read_today(database, query), names_who_told=is_for_supervisor)


def _forecast(database: Database, query: sq.Forecast) -> Any:
    from reception.statistics.forecast import arrivals_forecast
    from reception.storage.queries.arrivals import past_arrivals

    return arrivals_forecast(past_arrivals(database, query), query.day)


def _past(database: Database, query: sq.Past) -> Any:
    from reception.services.past import check_periods, past_view
    from reception.storage.queries.past import read_past

    check_periods(query)
    return past_view(read_past(database, query), query)


def _month(database: Database, query: sq.MonthlyReport) -> Any:
    from reception.services.past import of_month

    return _past(database, of_month(query))


def _calendar(database: Database, query: aq.CalendarOf) -> bytes:
    from reception.documents.calendar import calendar_of

    return calendar_of(_rows(database, query), _office(database, query.office_id), database.now())


def _usual_plan(database: Database, query: sq.UsualPlan) -> Any:
    from reception.statistics.usual_plan import usual_plan
    from reception.storage.queries.recorded_days import office_on

    shown = office_on(database, query.office_id, query.day)
    return usual_plan(shown.office, shown.appointments)


def _rows(database: Database, query: aq.CalendarOf) -> tuple[AppointmentRow, ...]:
    if query.appointment_id:
        card: AppointmentCard = book.one_appointment(database, aq.OneAppointment(query.appointment_id))
        return (card.row,)
    first = query.first or local_date(database.now(), _office(database, query.office_id).zone)
    view: BookView = book.book_view(database, aq.Book(query.office_id, first, query.days))
    return tuple(row for row in view.rows if row.officer_id == query.calendar_officer_id)
