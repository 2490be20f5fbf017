"""Who comes to an office's appointments, and which are booked for a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant
from reception.domain.booked import Kind as AppointmentKind
from reception.domain.booked import Standing
from reception.domain.recorded_days import ENOUGH, Attendance, PastService, RecordedOffice
from reception.storage import schema as t

HALF_A_YEAR = timedelta(weeks=26)
ABSENT = 0.13
EARLY = tuple(minutes * MINUTE for minutes in (-4, 0, 2, 5, 7, 9, 11, 14, 16, 20))
"""Until an office has appointments of its own to go by: 13 in 100 do not come, the others 8 minutes early, give or take
9 (the shared notes on calling rules)."""
_A = t.appointment.c


def _of_office(office_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (_A.office_id == office_id, _A.kind == AppointmentKind.OFFICE.value, ~_A.voided)


def attendance(connection: Connection, office_id: str, day: date) -> Attendance:
    """Of the half year before a day."""
    of_late = _A.local_day.between((day - HALF_A_YEAR).isoformat(), (day - timedelta(days=1)).isoformat())
    missed = Standing.DID_NOT_ATTEND.value
    rows = connection.execute(
        sa.select(_A.standing, _A.starts, _A.checked_in_at).where(
            *_of_office(office_id), of_late, sa.or_(_A.standing == missed, _A.checked_in_at.is_not(None))
        )
    ).all()
    early = sorted(row.starts - row.checked_in_at for row in rows if row.checked_in_at is not None)
    if len(early) < ENOUGH:
        return Attendance(ABSENT, EARLY, is_assumed=True)
    return Attendance(sum(row.standing == missed for row in rows) / len(rows), tuple(early), is_assumed=False)


def booked_for(
    connection: Connection, office_id: str, day: date, office: RecordedOffice, midnight: Instant
) -> tuple[tuple[int, str], ...]:
    """(Minute, service id) of those at the office that were not cancelled; `midnight` is the clock's on the wall."""
    rows: Iterable[Any] = connection.execute(
        sa.select(_A.starts, _A.service_id)
        .where(*_of_office(office_id), _A.local_day == day.isoformat(), _A.standing != Standing.CANCELLED.value)
        .order_by(_A.starts, _A.id)
    )
    known: Mapping[str, PastService] = office.services
    return tuple(((row.starts - midnight) // MINUTE, row.service_id) for row in rows if row.service_id in known)
