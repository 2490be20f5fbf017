"""The tables of what an office decides."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
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

office = Table(
    "office",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("council", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("division", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("walk_in_guard", Float, nullable=False),
    Column("appointment_guard", Float, nullable=False),
    Column("overtakes", Integer, nullable=False),
    Column("no_show_after_calls", Integer, nullable=False),
    Column("undo_minutes", Integer, nullable=False),
    Column("grace_minutes", Integer, nullable=False, server_default=text("15")),
    Column("hold_minutes", Integer, nullable=False, server_default=text("5")),
    Column("notice_days", Integer, nullable=False, server_default=text("5")),
    Column("address", Text, nullable=False, server_default=NOTHING),
    Column("unstaffed", Boolean, nullable=False, server_default=NO),
    Column("who_comes", Text, nullable=False, server_default=NOTHING),
    Column("help_telephone", Text, nullable=False, server_default=NOTHING),
    Column("kiosk_pin_hash", Text, nullable=False, server_default=NOTHING),
    Column("checked_languages", Text, nullable=False, server_default=NOTHING),
    Column("place_said", Text, nullable=False, server_default=text("'{}'")),
    Column("who_comes_said", Text, nullable=False, server_default=text("'{}'")),
)

opening = Table(
    "opening",
    metadata,
    office_id(),
    Column("weekday", Integer, nullable=False),
    Column("opens", String(5), nullable=False),
    Column("closes", String(5), nullable=False),
    Index(None, "office_id"),
)

closure = Table(
    "closure",
    metadata,
    Column("office_id", ID, ForeignKey("office.id"), primary_key=True),
    Column("day", DAY, primary_key=True),
)

standard = Table(
    "standard",
    metadata,
    Column("office_id", ID, ForeignKey("office.id"), primary_key=True),
    Column("valid_from", DAY, primary_key=True),
    Column("name", Text, nullable=False),
    Column("walk_in_seen", BigInteger),
    Column("walk_in_resolved", BigInteger),
    Column("appointment_seen", BigInteger),
)

service = Table(
    "service",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("name", Text, nullable=False),
    Column("letter", String(1), nullable=False),
    Column("specialist", Boolean, nullable=False),
    Column("partner", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
    Column("minutes", Integer, nullable=False, server_default=text("20")),
    Column("set_up_minutes", Integer, nullable=False, server_default=text("0")),
    Column("sensitive", Boolean, nullable=False, server_default=NO),
    Column("about", Text, nullable=False, server_default=NOTHING),
)

staff = Table(
    "staff",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("wrong_pins", Integer, nullable=False, default=0),
    Column("locked_until", BigInteger, nullable=False, default=0),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
    Column("title", Text, nullable=False, server_default=NOTHING),
    Column("takes_appointments", Boolean, nullable=False, server_default=YES),
    Index(None, "office_id"),
)

staff_skill = Table(
    "staff_skill",
    metadata,
    Column("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    Column("service_id", ID, ForeignKey("service.id"), primary_key=True),
)

counter = Table(
    "counter",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
    Column("officer_id", ID, ForeignKey("staff.id")),
    Column("station", Text, nullable=False, default=""),
    Column("opened_at", BigInteger),
    Index(None, "office_id"),
)

counter_service = Table(
    "counter_service",
    metadata,
    Column("counter_id", ID, ForeignKey("counter.id"), primary_key=True),
    Column("service_id", ID, ForeignKey("service.id"), primary_key=True),
)
