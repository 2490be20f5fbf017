"""The tables of what happened: facts, commands, papers, evacuations, what was brought in."""

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

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("settings_version", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="single"),
)

journal = Table(
    "journal",
    metadata,
    # On SQLite an INTEGER key is the table's own order and needs no index beside it.
    Column("sequence", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    office_id(),
    Column("visit_id", ID),
    Column("command_id", ID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("counter_id", ID),
    Column("officer_id", ID),
    Column("appointment_id", ID),
    Column("estimated", Boolean, nullable=False, server_default=NO),
    Index(None, "visit_id", "sequence"),
    Index(None, "command_id"),
)

command = Table(
    "command",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("station", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("can_undo", Boolean, nullable=False),
    Column("undone", Boolean, nullable=False, default=False),
    Column("result", Text, nullable=False),
)

print_job = Table(
    "print_job",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("visit_id", ID, ForeignKey("visit.id"), nullable=False),
    Column("paper", Text, nullable=False),
    Column("reprint", Boolean, nullable=False),
    Column("station", Text, nullable=False),
    Column("ordered_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    # What a screen has told the visitor of the wait, in minutes.
    Column("told_low", Integer),
    Column("told_high", Integer),
)

evacuation = Table(
    "evacuation",
    metadata,
    Column("office_id", ID, ForeignKey("office.id"), primary_key=True),
    Column("started_at", BigInteger, primary_key=True),
    Column("local_day", DAY, nullable=False),
    Column("ended_at", BigInteger),
    Column("resumed", Boolean),
)

imported_row = Table(
    "imported_row",
    metadata,
    Column("office_id", ID, ForeignKey("office.id"), primary_key=True),
    Column("row_key", String(32), primary_key=True),
    Column("visit_id", ID, ForeignKey("visit.id"), nullable=False),
)
