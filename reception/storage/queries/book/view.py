"""The pages of the book."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date, midnight_after, midnight_before
from reception.domain.book import BookView
from reception.domain.booked import Standing
from reception.domain.workdays import Division, is_bank_holiday
from reception.errors import Code, Refusal
from reception.services.appointment_queries import Book
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.book.rows import absences_of, holds_of, rows_of_days
from reception.storage.queries.names import Names, record_of

MOST_DAYS = 62
_WANTING = sa.select(sa.func.count()).where(
    t.appointment.c.office_id == sa.bindparam("office_id"),
    t.IS_WANTING_EARLIER,
    t.appointment.c.starts > sa.bindparam("now"),
    t.appointment.c.standing == Standing.BOOKED.value,
    ~t.appointment.c.voided,
)

DAYS_AHEAD = 60
"""How far ahead the book knows the bank holidays, whatever days it shows."""


def book_view(database: Database, query: Book) -> BookView:
    """The book from a day on. Refuses BAD_INPUT for no days, and for more than two months."""
    if not 1 <= query.days <= MOST_DAYS:
        raise Refusal(Code.BAD_INPUT, f"The book shows 1 to {MOST_DAYS} days at a time.", "Ask for fewer days.", "days")
    last = query.first + timedelta(days=query.days - 1)
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        begins, ends = midnight_before(query.first, office.zone), midnight_after(last, office.zone)
        return BookView(
            now=now,
            sequence=head.sequence,
            office=office,
            first=query.first,
            days=query.days,
            rows=rows_of_days(connection, Names(connection, office), office.id, query.first, last),
            absences=absences_of(connection, office.id, begins, ends),
            holds=tuple(
                each for each in holds_of(connection, office.id, now) if each.starts < ends and each.ends > begins
            ),
            bank_holidays=_bank_holidays(query.first, last, local_date(now, office.zone), Division(office.division)),
            wanting_earlier=_wanting(connection, office.id, now),
        )


def _bank_holidays(first: date, last: date, today: date, division: Division) -> frozenset[date]:
    """Of the days that are shown, and of those ahead that a booking is looked for on."""
    shown = (first + timedelta(days=later) for later in range((last - first).days + 1))
    ahead = (today + timedelta(days=later) for later in range(DAYS_AHEAD + 1))
    return frozenset(day for day in (*shown, *ahead) if is_bank_holiday(day, division))


def _wanting(connection: Connection, office_id: str, now: Instant) -> int:
    return int(connection.execute(_WANTING, {"office_id": office_id, "now": now}).scalar_one())
