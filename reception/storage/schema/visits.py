"""The tables of visits: what the facts come to, and personal data in two tables of its own."""

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
    UniqueConstraint,
    text,
)

from reception.storage.schema.base import (
    DAY,
    ID,
    NO,
    NOTHING,
    YES,
    metadata,
    office_id,
)
from reception.storage.schema.figures import ODD

series = Table(
    "series",
    metadata,
    Column("office_id", ID, ForeignKey("office.id"), primary_key=True),
    Column("local_day", DAY, primary_key=True),
    Column("letter", String(1), primary_key=True),
    Column("last", Integer, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("number", Text, nullable=False),
    Column("code", Text, nullable=False, unique=True),
    Column("local_day", DAY, nullable=False),
    Column("local_hour", Integer, nullable=False),
    Column("arrived_at", BigInteger, nullable=False),
    Column("booked_for", BigInteger),
    Column("running", Integer, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("seen_target", BigInteger),
    Column("resolved_target", BigInteger),
    Column("first_service_id", ID, ForeignKey("service.id"), nullable=False),
    # the present leg
    Column("state", Text, nullable=False),
    Column("service_id", ID, ForeignKey("service.id"), nullable=False),
    Column("leg", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("order_target", BigInteger, nullable=False),
    Column("stepped_out", BigInteger, nullable=False),
    Column("named_officer_id", ID, ForeignKey("staff.id")),
    Column("see_first", Boolean, nullable=False),
    Column("overtaken", Integer, nullable=False, default=0),
    Column("counter_id", ID, ForeignKey("counter.id")),
    Column("officer_id", ID, ForeignKey("staff.id")),
    Column("held_at", BigInteger),
    Column("own_request", Boolean, nullable=False),
    # what it came to
    Column("end", Text),
    Column("ended_at", BigInteger),
    Column("due", DAY),
    Column("owner_id", ID, ForeignKey("staff.id")),
    Column("done_at", BigInteger),
    Column("voided", Boolean, nullable=False),
    Column("reinstated", Boolean, nullable=False),
    Column("exempt", Boolean, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("promise_wait", BigInteger),
    Column("total_wait", BigInteger, nullable=False),
    Column("resolved_time", BigInteger),
    Column("version", Integer, nullable=False),
    # the appointment that it was, its room and interpreter, what it was told of a delay
    Column("appointment_id", ID),
    Column("room_id", ID),
    Column("ready", Boolean, nullable=False, server_default=YES),
    Column("language", Text, nullable=False, server_default=NOTHING),
    Column("interpreter_mode", Text, nullable=False, server_default=NOTHING),
    Column("interpreter_id", ID),
    Column("interpreter_here", Boolean, nullable=False, server_default=NO),
    Column("told_at", BigInteger),
    Column("told_until", BigInteger),
    Column("tried_at", BigInteger),
    Column("told_in_time", Boolean, nullable=False, server_default=NO),
    Column("was_offered", Boolean, nullable=False, server_default=NO),
    Column("took_another_time", Boolean, nullable=False, server_default=NO),
    # another number that it was given while a station was cut off
    Column("also", Text, nullable=False, server_default=NOTHING),
    # for the figures of any period
    Column("later_waits", Text, nullable=False, server_default=NOTHING),
    Column("figures", Text, nullable=False, server_default=text(f"'{ODD}'")),
    UniqueConstraint("office_id", "local_day", "number"),
    CheckConstraint("party_size >= 1", name="party"),
    CheckConstraint("promise_wait >= 0", name="wait"),
    # Covers what reports read of walk-ins, so that they never visit the table.
    Index(
        "ix_visit_report",
        "office_id",
        "local_day",
        "local_hour",
        "first_service_id",
        "outcome",
        "promise_wait",
        "seen_target",
        "voided",
        "booked_for",
        "reinstated",
        "appointment_id",
    ),
)

leg = Table(
    "leg",
    metadata,
    Column("visit_id", ID, ForeignKey("visit.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    office_id(),
    Column("service_id", ID, ForeignKey("service.id"), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("called_at", BigInteger),
    Column("calls", Integer, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("waited", BigInteger),
    Column("stepped_out", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("counter_id", ID, ForeignKey("counter.id")),
    Column("officer_id", ID, ForeignKey("staff.id")),
    Index(None, "office_id", "started_at"),
)

visit_link = Table(
    "visit_link",
    metadata,
    Column("visit_id", ID, ForeignKey("visit.id"), primary_key=True),
    Column("other_id", ID, ForeignKey("visit.id"), primary_key=True),
)

visitor = Table(
    "visitor",
    metadata,
    Column("visit_id", ID, ForeignKey("visit.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("spoken", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("needs", Text, nullable=False),
    Column("note", Text, nullable=False),
)

visit_reason = Table(
    "visit_reason",
    metadata,
    Column("visit_id", ID, ForeignKey("visit.id"), primary_key=True),
    Column("command_id", ID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
