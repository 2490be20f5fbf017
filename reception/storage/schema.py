"""The tables. Times are milliseconds UTC (BIGINT), days are ISO dates of the office's zone (TEXT).

`journal` is the truth; `visit` and `leg` are what its facts come to, written in the same transaction for reading.
Personal data stands only in `visitor` and `visit_reason`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
DAY = String(10)


def _office() -> Column[str]:
    return Column("office_id", ID, ForeignKey("office.id"), nullable=False)


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
)

opening = Table(
    "opening",
    metadata,
    _office(),
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
    _office(),
    Column("name", Text, nullable=False),
    Column("letter", String(1), nullable=False),
    Column("specialist", Boolean, nullable=False),
    Column("partner", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", ID, primary_key=True),
    _office(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("wrong_pins", Integer, nullable=False, default=0),
    Column("locked_until", BigInteger, nullable=False, default=0),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
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
    _office(),
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
    _office(),
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
    UniqueConstraint("office_id", "local_day", "number"),
    CheckConstraint("party_size >= 1", name="party"),
    CheckConstraint("promise_wait >= 0", name="wait"),
    # Covers the wait figures, so that a report never visits the table.
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
    ),
)

leg = Table(
    "leg",
    metadata,
    Column("visit_id", ID, ForeignKey("visit.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _office(),
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
    _office(),
    Column("visit_id", ID),
    Column("command_id", ID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("counter_id", ID),
    Column("officer_id", ID),
    Index(None, "visit_id", "sequence"),
    Index(None, "command_id"),
)

command = Table(
    "command",
    metadata,
    Column("id", ID, primary_key=True),
    _office(),
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
    _office(),
    Column("visit_id", ID, ForeignKey("visit.id"), nullable=False),
    Column("paper", Text, nullable=False),
    Column("reprint", Boolean, nullable=False),
    Column("station", Text, nullable=False),
    Column("ordered_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
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

# The conditions of the partial indexes (partial_indexes.py), in the very same words, so that they serve.
IS_OPEN = visit.c.state != literal_column("'ended'")
IS_AT_COUNTER = visit.c.state.in_([literal_column("'called'"), literal_column("'serving'")])
IS_TO_FOLLOW = and_(visit.c.end == literal_column("'to_follow'"), visit.c.done_at.is_(None))
IS_CALLED_AND_STARTED = and_(leg.c.called_at.is_not(None), leg.c.started_at.is_not(None))
IS_UNDOABLE = text("command.can_undo AND NOT command.undone")
IS_UNPRINTED = print_job.c.state != literal_column("'printed'")
# The index of open visits serves those who wait, too, if it is told that they are open.
IS_WAITING = and_(visit.c.state == literal_column("'waiting'"), IS_OPEN)
