"""What a simulation needs to know of an office, read in one transaction: its recorded days, services, appointments.

Imported visits count like all others. Voided tickets, days of an evacuation and partners' services are left out.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, Millis, from_datetime, local_date
from reception.domain.foresight import BELIEVABLE
from reception.domain.local_time import said_day
from reception.domain.queueing import Kind, RuleSettings
from reception.domain.recorded_days import (
    PastDay,
    PastService,
    PastVisit,
    RecordedOffice,
    Targets,
)
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.offices import OfficeRecord
from reception.storage.queries.names import record_of
from reception.storage.queries.recorded_appointments import attendance, booked_for

MOST_DAYS = 26
"""So many recorded days of the same weekday at most, the last ones: half a year of them."""
OLDEST = timedelta(weeks=104)
"""None of them is longer before the last day on which somebody came."""
WEEKS_OF_SERVICES = 8
ENOUGH_DAYS = 4
"""With fewer of the same weekday, all weekdays are taken."""
_V, _L = t.visit.c, t.leg.c


class Shown(Struct, frozen=True):
    """A recorded office with what is needed to propose a plan for a day."""

    office: RecordedOffice
    record: OfficeRecord
    appointments: tuple[tuple[int, str], ...]
    """Booked for the day, at the office: (minute, service id)."""


LONGEST_PERIOD = timedelta(days=366)


def office_on(database: Database, office_id: str, day: date) -> Shown:
    """What is known of such a day: recorded days of its weekday before it, and the appointments booked for it.

    Refuses NO_OFFICE, and NOT_POSSIBLE_NOW where no day was recorded before it.
    """
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, office_id)
        last = _last_day(connection, office_id, min(day, local_date(now, record.office.zone)))
        if last is None:
            raise _nothing_before(record, day)
        wanted = sa.or_(
            _V.local_day.in_(_days_like(connection, office_id, day, last)),
            _V.local_day.between((last - timedelta(weeks=WEEKS_OF_SERVICES)).isoformat(), last.isoformat()),
        )
        office = _office(database, connection, record, wanted, day)
        if not office.days:
            raise _nothing_before(record, day)
        same = tuple(each for each in office.days if each.day.weekday() == day.weekday())
        if len(same) >= ENOUGH_DAYS:
            office = replace(office, days=same)
        return Shown(
            office,
            record,
            booked_for(connection, office_id, day, office, midnight_on_the_wall(day, record.office.zone)),
        )


def office_in(database: Database, office_id: str, first: date, last: date, weeks: int = 8) -> RecordedOffice:
    """The recorded days of a period that are over. `date.min`: from so many weeks before the last of them on;
    `date.max`: to the last one.

    Refuses NO_OFFICE; BAD_INPUT a period that ends before it begins, or is longer than a year; and NOT_POSSIBLE_NOW
    where no day of it was recorded.
    """
    if last < first:
        raise Refusal(Code.BAD_INPUT, "The period ends before it begins.", "Put the earlier date first.")
    is_open = first == date.min
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, office_id)
        over = min(last, local_date(now, record.office.zone) - timedelta(days=1))
        over = _last_day(connection, office_id, over + timedelta(days=1)) or over
        if is_open:
            first = over - timedelta(weeks=weeks) + timedelta(days=1)
        if over - first > LONGEST_PERIOD:
            raise Refusal(Code.BAD_INPUT, "Days of more than a year are not played.", "Choose a year or less.")
        wanted = _V.local_day.between(first.isoformat(), over.isoformat())
        office = _office(database, connection, record, wanted, over)
    if not office.days:
        since = "" if is_open else f" from {_day_words(first)}"
        until = "" if last == date.max else f" to {_day_words(last)}"
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{record.office.name} has no recorded day with walk-ins{since}{until} that is over, "
            "so there is nothing to go by.",
            "Choose other days, or import a log of visits.",
        )
    return office


def _nothing_before(record: OfficeRecord, day: date) -> Refusal:
    return Refusal(
        Code.NOT_POSSIBLE_NOW,
        f"{record.office.name} has no recorded day with walk-ins before {_day_words(day)} that is over, "
        "so there is nothing to go by.",
        "One such day will do to begin with: try again once it is over, or import a log of visits.",
    )


def _day_words(day: date) -> str:
    return f"{said_day(day)} {day.year}"


def _last_day(connection: Connection, office_id: str, before: date) -> date | None:
    # By the index from its end: the greatest of all would be looked for among all days.
    found = connection.execute(
        sa.select(_V.local_day)
        .where(_V.office_id == office_id, _V.local_day < before.isoformat(), ~_V.voided, _V.appointment_id.is_(None))
        .order_by(_V.local_day.desc())
        .limit(1)
    ).scalar()
    return None if found is None else date.fromisoformat(found)


def _days_like(connection: Connection, office_id: str, day: date, last: date) -> list[str]:
    """The last recorded days of the same weekday, up to `last`."""
    rows = connection.execute(
        sa.select(_V.local_day)
        .where(
            _V.office_id == office_id,
            _V.local_day.in_(
                [
                    each.isoformat()
                    for each in (last - timedelta(days=back) for back in range(OLDEST.days))
                    if each.weekday() == day.weekday()
                ]
            ),
            ~_V.voided,
            _V.appointment_id.is_(None),
        )
        .group_by(_V.local_day)
        .order_by(_V.local_day.desc())
        .limit(MOST_DAYS)
    )
    return list(rows.scalars())


def _office(
    database: Database, connection: Connection, record: OfficeRecord, wanted: sa.ColumnElement[bool], day: date
) -> RecordedOffice:
    """The office with all recorded days that are wanted, judged by the targets of `day`."""
    zone = record.office.zone
    services = _services(connection, record.office.id)
    rows = connection.execute(_legs(record.office.id, wanted)).all()
    lasted: dict[str, list[Millis]] = defaultdict(list)
    visits: dict[str, list[PastVisit]] = defaultdict(list)
    midnights: dict[str, Instant] = {}
    for row in rows:
        if row.service_id not in services:
            continue
        if row.local_day not in midnights:
            midnights[row.local_day] = midnight_on_the_wall(date.fromisoformat(row.local_day), zone)
        visit = _past_visit(row, midnights[row.local_day])
        visits[row.local_day].append(visit)
        if visit.started is not None and visit.ended is not None:
            length = min(visit.ended - visit.started, BELIEVABLE)
            lasted[""].append(length)
            lasted[visit.service_id].append(length)
            if visit.kind is Kind.APPOINTMENT:
                lasted[f"appointment {visit.service_id}"].append(length)
    standard = record.standard_of(day)
    walk_in, appointment = standard.for_walk_in(), standard.for_appointment()
    return RecordedOffice(
        name=record.office.name,
        services=services,
        days=tuple(
            PastDay(date.fromisoformat(local_day), tuple(sorted(of_day, key=lambda each: each.joined)))
            for local_day, of_day in sorted(visits.items())
            if any(each.kind is Kind.WALK_IN and each.is_promised for each in of_day)
        ),
        lasted={key: tuple(lengths) for key, lengths in lasted.items()},
        usual=database.ordering.usual_service_minutes * MINUTE,
        attendance=attendance(connection, record.office.id, day),
        grace=record.office.grace_minutes * MINUTE,
        targets=Targets(walk_in.order_by, appointment.order_by, walk_in.seen is None),
        rule=record.rule,
        settings=_settings(database, connection, record),
        counters=len(record.office.counters) or None,
        skills={officer.id: officer.skills for officer in record.office.staff},
    )


def _settings(database: Database, connection: Connection, record: OfficeRecord) -> RuleSettings:
    """A log says nothing of calls: where there is nothing else, none of the time goes by between call and start."""
    settings = database.rule_settings(connection, record)
    return settings if record.office.counters else replace(settings, call_to_start=0)


def _services(connection: Connection, office_id: str) -> dict[str, PastService]:
    service = t.service.c
    rows = connection.execute(
        sa.select(service.id, service.name, service.priority, service.retired)
        .where(service.office_id == office_id, service.partner == "")
        .order_by(service.position, service.id)
    )
    return {row.id: PastService(row.name, row.priority, row.retired) for row in rows}


def _legs(office_id: str, wanted: sa.ColumnElement[bool]) -> sa.Select[Any]:
    evacuated = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == office_id)
    return (
        sa.select(
            _V.local_day,
            _V.arrived_at,
            _V.booked_for,
            _V.appointment_id,
            # Of a visit that was never finished it is not known when its service ended.
            sa.and_(_V.end == End.UNRESOLVED.value, _L.number == _V.leg).label("is_unfinished"),
            _L.number,
            _L.service_id,
            _L.since,
            _L.started_at,
            _L.ended_at,
            _L.officer_id,
        )
        .select_from(t.visit)
        .join(t.leg, _L.visit_id == _V.id)
        .where(_V.office_id == office_id, wanted, ~_V.voided, _V.local_day.not_in(evacuated))
        .order_by(_V.local_day, _L.since, _V.running, _V.id, _L.number)
    )


def midnight_on_the_wall(day: date, zone: ZoneInfo) -> Instant:
    """What is taken off an instant of a day for its time on the clock on the wall, from the clock change on, if any."""
    return from_datetime(datetime.combine(day, time_of_day(12), tzinfo=zone)) - 12 * 60 * MINUTE


def _past_visit(row: Any, midnight: Instant) -> PastVisit:
    if row.number > 1:
        kind = Kind.LATER_LEG
    else:
        kind = Kind.WALK_IN if row.booked_for is None else Kind.APPOINTMENT
    ended = None if row.is_unfinished or row.ended_at is None else row.ended_at - midnight
    return PastVisit(
        kind,
        row.service_id,
        max(0, row.arrived_at - midnight),
        max(0, row.since - midnight),
        None if row.started_at is None else row.started_at - midnight,
        ended,
        row.officer_id or "",
        # Whoever came to an appointment beyond its grace period waits as a walk-in that is promised nothing.
        kind is Kind.APPOINTMENT or (kind is Kind.WALK_IN and row.appointment_id is None),
    )
