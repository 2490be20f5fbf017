"""What the desk shows beside the queue: today's appointments, rooms, interpreters and officers as they are now."""

from __future__ import annotations

from reception.clock import local_date
from reception.domain.about_now import AboutNow
from reception.services.appointment_queries import AboutNowOf
from reception.storage.database import Database
from reception.storage.queries.book.people import interpreter_rows, officer_rows
from reception.storage.queries.book.rooms import room_rows, taken_today
from reception.storage.queries.book.rows import absences_of, holds_of, rows_of_days
from reception.storage.queries.names import Names, record_of


def about_now(database: Database, query: AboutNowOf) -> AboutNow:
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        names = Names(connection, office)
        today = local_date(now, office.zone)
        rows = rows_of_days(connection, names, office.id, today, today)
        taken = taken_today(connection, office, now)
        absences = absences_of(connection, office.id, now, now + 1)
        return AboutNow(
            now=now,
            sequence=head.sequence,
            appointments=rows,
            rooms=room_rows(connection, office, taken),
            interpreters=interpreter_rows(connection, office, rows, taken, now),
            officers=officer_rows(connection, office, rows, absences, now),
            holds=holds_of(connection, office.id, now),
        )
