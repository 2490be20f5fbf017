"""The tables of the book: rooms, interpreters, working patterns, appointments and what they hold."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from reception.storage.schema.base import (
    DAY,
    ID,
    NO,
    metadata,
    office_id,
)

resource = Table(
    "resource",
    metadata,
    # PostgreSQL's exclusion constraint compares ranges, so each officer, room and interpreter has a number.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", ID, nullable=False, unique=True),
)

room = Table(
    "room",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("name", Text, nullable=False),
    Column("features", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
    Index(None, "office_id"),
)

interpreter = Table(
    "interpreter",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("name", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("modes", Text, nullable=False),
    Column("is_line", Boolean, nullable=False),
    Column("notice_hours", Integer, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
    Index(None, "office_id"),
)

pattern = Table(
    "pattern",
    metadata,
    # Working hours of officers and interpreters, and officers' breaks, local time.
    Column("owner_id", ID, nullable=False),
    office_id(),
    Column("is_break", Boolean, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("opens", String(5), nullable=False),
    Column("closes", String(5), nullable=False),
    Index(None, "office_id"),
)

absence = Table(
    "absence",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("officer_id", ID, ForeignKey("staff.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("starts", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    CheckConstraint("ends > starts", name="span"),
    Index(None, "office_id", "ends"),
)

appointment = Table(
    "appointment",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("reference", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("service_id", ID, ForeignKey("service.id"), nullable=False),
    Column("starts", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("local_day", DAY, nullable=False),
    Column("local_hour", Integer, nullable=False),
    Column("set_up", BigInteger, nullable=False),
    Column("officer_id", ID, ForeignKey("staff.id")),
    Column("room_id", ID, ForeignKey("room.id")),
    Column("interpreter_id", ID, ForeignKey("interpreter.id")),
    Column("interpreter_status", Text),
    Column("language", Text, nullable=False),
    Column("features", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("named_officer", Boolean, nullable=False),
    Column("by_council", Boolean, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("wants_earlier_since", BigInteger),
    Column("visit_id", ID, ForeignKey("visit.id")),
    Column("from_visit_id", ID, ForeignKey("visit.id")),
    Column("checked_in_at", BigInteger),
    Column("moved", Integer, nullable=False),
    Column("came_late", Boolean, nullable=False),
    Column("told_at", BigInteger),
    Column("told_until", BigInteger),
    Column("tried_at", BigInteger),
    Column("told_in_time", Boolean, nullable=False),
    Column("was_offered", Boolean, nullable=False),
    Column("took_another_time", Boolean, nullable=False, server_default=NO),
    Column("series_id", Text, nullable=False),
    Column("booked_at", BigInteger, nullable=False),
    Column("voided", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("ends > starts", name="span"),
    CheckConstraint("party_size >= 1", name="party"),
    # Holds what the figures of any period need, so that they do not visit the table.
    Index(
        "ix_appointment_report",
        "office_id",
        "local_day",
        "local_hour",
        "service_id",
        "kind",
        "standing",
        "starts",
        "checked_in_at",
        "told_at",
        "told_in_time",
        "was_offered",
        "took_another_time",
        "visit_id",
        "officer_id",
        "voided",
        "id",
    ),
    Index(None, "visit_id"),
    Index(None, "from_visit_id"),
)

occupation = Table(
    "occupation",
    metadata,
    # What an appointment or a hold takes of one officer, room or interpreter, set-up included.
    Column("resource", Integer, ForeignKey("resource.number"), primary_key=True),
    Column("starts", BigInteger, primary_key=True),
    Column("ends", BigInteger, nullable=False),
    office_id(),
    Column("appointment_id", ID, ForeignKey("appointment.id")),
    Column("hold_id", ID),
    CheckConstraint("ends > starts", name="span"),
    # Covers what a diary is made from, so that it never visits the table.
    Index("ix_occupation_diary", "office_id", "ends", "starts", "resource"),
    Index(None, "appointment_id"),
    Index(None, "hold_id"),
)

hold = Table(
    "hold",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("starts", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("officer_id", ID),
    Column("room_id", ID),
    Column("interpreter_id", ID),
    Column("runs_out_at", BigInteger, nullable=False),
    Column("station", Text, nullable=False),
    Index(None, "office_id", "runs_out_at"),
)

appointment_person = Table(
    "appointment_person",
    metadata,
    Column("appointment_id", ID, ForeignKey("appointment.id"), primary_key=True),
    Column("name", Text, nullable=False),
    # As people are looked for: without case, accents and spaces.
    Column("sought_name", Text, nullable=False),
    Column("spoken", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("needs", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("born", DAY),
    Column("telephone", Text, nullable=False),
    Column("sought_telephone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("safe", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("have_ready", Text, nullable=False),
    Column("what_next", Text, nullable=False),
    Index(None, "born"),
    Index(None, "sought_telephone"),
)

appointment_reason = Table(
    "appointment_reason",
    metadata,
    Column("appointment_id", ID, ForeignKey("appointment.id"), primary_key=True),
    Column("command_id", ID, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)

imported_appointment = Table(
    "imported_appointment",
    metadata,
    Column("office_id", ID, ForeignKey("office.id"), primary_key=True),
    Column("row_key", String(32), primary_key=True),
    Column("appointment_id", ID, ForeignKey("appointment.id"), nullable=False),
)
