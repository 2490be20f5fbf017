"""One appointment whole, by its id or its reference."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.appointment import Appointment, Told
from reception.domain.appointment_folding import appointment_from
from reception.domain.book import AppointmentCard, Cancellation
from reception.domain.booked import LetterKind, Standing
from reception.domain.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, CommandUndone, Recorded
from reception.domain.folding import visit_from
from reception.domain.letters import told_time
from reception.errors import Code, Refusal
from reception.services.appointment_ports import Particulars
from reception.services.appointment_queries import AppointmentByCode, OneAppointment
from reception.storage import schema as t
from reception.storage.appointment_rows import particulars_from
from reception.storage.database import Database
from reception.storage.journal import Head, facts_of, facts_of_appointments
from reception.storage.queries.book.rows import ROWS, row_of
from reception.storage.queries.names import Names, record_of

_ROW = ROWS.where(t.appointment.c.id == sa.bindparam("appointment_id"))
_PERSON = sa.select(t.appointment_person).where(t.appointment_person.c.appointment_id == sa.bindparam("appointment_id"))
_REASONS = sa.select(t.appointment_reason.c.command_id, t.appointment_reason.c.reason).where(
    t.appointment_reason.c.appointment_id == sa.bindparam("appointment_id"),
    t.appointment_reason.c.kind == sa.bindparam("kind"),
)
_SERIES = (
    sa.select(t.appointment.c.id, t.appointment.c.starts)
    .where(
        t.appointment.c.series_id == sa.bindparam("series"),
        t.IS_OF_SERIES,
        ~t.appointment.c.voided,
        t.appointment.c.standing != "cancelled",
    )
    .order_by(t.appointment.c.starts)
)
_BY_REFERENCE = sa.select(t.appointment.c.id).where(
    t.appointment.c.reference == sa.bindparam("reference"), ~t.appointment.c.voided
)


def one_appointment(database: Database, query: OneAppointment) -> AppointmentCard:
    """Refuses UNKNOWN_APPOINTMENT."""
    with database.read() as (connection, head, _now):
        return _card(database, connection, head, query.appointment_id, "")


def appointment_by_code(database: Database, query: AppointmentByCode) -> AppointmentCard | None:
    """By its reference, in any case, of any office; None when there is none."""
    with database.read() as (connection, head, _now):
        record_of(database, connection, head, query.office_id)
        asked = {"reference": query.code.strip().upper()}
        appointment_id = connection.execute(_BY_REFERENCE, asked).scalar()
        if appointment_id is None:
            return None
        return _card(database, connection, head, appointment_id, query.office_id)


def facts_and_appointment(connection: Connection, appointment_id: str) -> tuple[tuple[Recorded, ...], Appointment]:
    """Refuses UNKNOWN_APPOINTMENT, of one whose booking was taken back too."""
    facts = facts_of_appointments(connection, [appointment_id]).get(appointment_id, ())
    appointment = appointment_from(appointment_id, facts) if facts else None
    if appointment is None or appointment.voided:
        raise Refusal(Code.UNKNOWN_APPOINTMENT, "That appointment is not known here.", "Find it by its name.")
    return facts, appointment


def particulars_of(connection: Connection, appointment_id: str) -> Particulars:
    return particulars_from(connection.execute(_PERSON, {"appointment_id": appointment_id}).one())


def told_of(connection: Connection, appointment: Appointment) -> tuple[Told, ...]:
    """What the visitor was told of delays, before and after coming."""
    if not appointment.visit_id:
        return appointment.told
    visit = visit_from(appointment.visit_id, facts_of(connection, appointment.visit_id))
    return tuple(sorted((*appointment.told, *visit.told), key=lambda each: each.at))


def _card(
    database: Database, connection: Connection, head: Head, appointment_id: str, asked_at: str
) -> AppointmentCard:
    facts, appointment = facts_and_appointment(connection, appointment_id)
    office = record_of(database, connection, head, appointment.office_id).office
    names = Names(connection, office)
    particulars = particulars_of(connection, appointment_id)
    key = {"appointment_id": appointment_id}
    written_at, holds = told_time(facts)
    return AppointmentCard(
        row=row_of(connection.execute(_ROW, key).one(), names),
        visitor=particulars.visitor,
        about=particulars.about,
        home=particulars.home,
        features=appointment.features,
        seats=appointment.seats,
        booked_at=appointment.booked_at,
        booked_by=names(facts[0].officer_id),
        reason=_reason(connection, appointment_id, facts),
        told=told_of(connection, appointment),
        letters=tuple(LetterKind(each) for each in appointment.letters),
        series=_series(connection, appointment),
        here=asked_at in ("", office.id),
        office_name=office.name,
        untrue_letter_at=None if holds else written_at,
        cancelled=_cancellation(connection, appointment, facts, names),
    )


def _reason(connection: Connection, appointment_id: str, facts: tuple[Recorded, ...]) -> str:
    """Why it stands where it stands: that of the command which put it there, if any had to be given."""
    placed = _standing_facts(facts, AppointmentBooked, AppointmentMoved)
    return _reason_of(connection, appointment_id, "passed", placed[-1].command_id) if placed else ""


def _cancellation(
    connection: Connection, appointment: Appointment, facts: tuple[Recorded, ...], names: Names
) -> Cancellation | None:
    if appointment.standing is not Standing.CANCELLED:
        return None
    last = _standing_facts(facts, AppointmentCancelled)[-1]
    reason = _reason_of(connection, appointment.id, "cancelled", last.command_id)
    return Cancellation(last.at, names(last.officer_id), appointment.cancelled_by_visitor, reason)


def _standing_facts(facts: tuple[Recorded, ...], *kinds: type) -> list[Recorded]:
    """Those of the kinds that were not undone."""
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, CommandUndone)}
    return [item for item in facts if isinstance(item.fact, kinds) and item.command_id not in undone]


def _reason_of(connection: Connection, appointment_id: str, kind: str, command_id: str) -> str:
    rows = connection.execute(_REASONS, {"appointment_id": appointment_id, "kind": kind})
    return next((row.reason for row in rows if row.command_id == command_id), "")


def _series(connection: Connection, appointment: Appointment) -> tuple[int, ...]:
    """Starts of the others."""
    if not appointment.series_id:
        return ()
    rows = connection.execute(_SERIES, {"series": appointment.series_id})
    return tuple(row.starts for row in rows if row.id != appointment.id)
