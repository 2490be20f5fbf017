"""Appointments as lists show them, and what is held and absent beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.book import AbsenceRow, AppointmentRow, HoldRow
from reception.domain.booked import AbsenceKind, InterpreterStatus, Kind, Standing
from reception.domain.visit_states import State
from reception.storage import schema as t
from reception.storage.codec import plain_row
from reception.storage.queries.names import Names
from reception.storage.visit_rows import needs_from

A, P = t.appointment.c, t.appointment_person.c
_FIRST = t.leg.alias("first_leg")
_UNNAMED = (
    sa.select(
        A.id,
        A.version,
        A.reference,
        A.kind,
        A.standing,
        A.service_id,
        A.starts,
        A.ends,
        A.set_up,
        A.officer_id,
        A.room_id,
        A.interpreter_id,
        A.interpreter_status,
        A.language,
        A.party_size,
        A.by_council,
        A.named_officer,
        A.wants_earlier_since,
        A.came_late,
        A.visit_id,
        A.checked_in_at,
        A.moved,
        A.told_at,
        t.visit.c.number,
        t.visit.c.state,
        t.visit.c.told_at.label("visit_told_at"),
        _FIRST.c.started_at,
    )
    .select_from(t.appointment)
    .outerjoin(t.visit, t.visit.c.id == A.visit_id)
    .outerjoin(_FIRST, sa.and_(_FIRST.c.visit_id == A.visit_id, _FIRST.c.number == 1))
    .where(~A.voided)
)
ROWS = _UNNAMED.add_columns(P.name, P.needs).join(t.appointment_person, P.appointment_id == A.id)
"""Of whichever appointments a condition that is added names; of none that was taken back."""
_Row = plain_row(ROWS)
IS_NOT_CANCELLED = A.standing != Standing.CANCELLED.value
_NOTHING: sa.ColumnElement[str] = sa.literal_column("''")
_OF_DAYS, _OF_DAYS_UNNAMED = (
    rows.where(
        A.office_id == sa.bindparam("office_id"),
        A.local_day >= sa.bindparam("first"),
        A.local_day <= sa.bindparam("last"),
        IS_NOT_CANCELLED,
    ).order_by(A.starts, A.booked_at)
    for rows in (ROWS, _UNNAMED.add_columns(_NOTHING.label("name"), _NOTHING.label("needs")))
)
_HOLDS = (
    sa.select(
        t.hold.c.id,
        t.hold.c.starts,
        t.hold.c.ends,
        t.hold.c.officer_id,
        t.hold.c.room_id,
        t.hold.c.runs_out_at,
        t.hold.c.station,
    )
    .where(t.hold.c.office_id == sa.bindparam("office_id"), t.hold.c.runs_out_at > sa.bindparam("now"))
    .order_by(t.hold.c.starts)
)
_ABSENCES = (
    sa.select(t.absence.c.id, t.absence.c.officer_id, t.absence.c.kind, t.absence.c.starts, t.absence.c.ends)
    .where(
        t.absence.c.office_id == sa.bindparam("office_id"),
        t.absence.c.ends > sa.bindparam("from"),
        t.absence.c.starts < sa.bindparam("until"),
    )
    .order_by(t.absence.c.starts)
)


def rows_of_days(
    connection: Connection, names: Names, office_id: str, first: date, last: date, *, unnamed: bool = False
) -> tuple[AppointmentRow, ...]:
    """Of the local days, by start; without those that were cancelled. `unnamed`: without anything of a person."""
    asked = {"office_id": office_id, "first": first.isoformat(), "last": last.isoformat()}
    of_days = _OF_DAYS_UNNAMED if unnamed else _OF_DAYS
    return tuple(row_of(row, names) for row in connection.execute(of_days, asked).all())


def row_of(read: Any, names: Names) -> AppointmentRow:
    """A row of :data:`ROWS` as it is shown."""
    row = _Row._make(read)
    told = [at for at in (row.told_at, row.visit_told_at) if at is not None]
    return AppointmentRow(
        id=row.id,
        version=row.version,
        reference=row.reference,
        kind=Kind(row.kind),
        standing=Standing(row.standing),
        service_id=row.service_id,
        service=names(row.service_id),
        starts=row.starts,
        ends=row.ends,
        set_up=row.set_up,
        officer_id=row.officer_id or "",
        officer=names(row.officer_id),
        room_id=row.room_id or "",
        room=names(row.room_id),
        interpreter_id=row.interpreter_id or "",
        interpreter=names(row.interpreter_id),
        interpreter_status=InterpreterStatus(row.interpreter_status) if row.interpreter_status else None,
        language=row.language,
        name=row.name,
        needs=needs_from(row.needs),
        party_size=row.party_size,
        by_council=row.by_council,
        named_officer=row.named_officer,
        wants_earlier=row.wants_earlier_since is not None,
        came_late=row.came_late,
        visit_id=row.visit_id or "",
        number=row.number or "",
        checked_in_at=row.checked_in_at,
        visit_state=State(row.state) if row.state else None,
        seen_at=row.started_at,
        told_at=max(told, default=None),
        moved=row.moved,
    )


def holds_of(connection: Connection, office_id: str, now: Instant) -> tuple[HoldRow, ...]:
    """Those that have not run out."""
    return tuple(
        HoldRow(row.id, row.starts, row.ends, row.officer_id or "", row.room_id or "", row.runs_out_at, row.station)
        for row in connection.execute(_HOLDS, {"office_id": office_id, "now": now})
    )


def absences_of(connection: Connection, office_id: str, first: Instant, until: Instant) -> tuple[AbsenceRow, ...]:
    """Those that reach into a time."""
    asked = {"office_id": office_id, "from": first, "until": until}
    return tuple(
        AbsenceRow(row.id, row.officer_id, AbsenceKind(row.kind), row.starts, row.ends)
        for row in connection.execute(_ABSENCES, asked)
    )
