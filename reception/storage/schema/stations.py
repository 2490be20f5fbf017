"""The tables of many stations: who they are, what is called, what visitors are told, what is left to be settled."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from reception.storage.schema.base import DAY, ID, NO, NOTHING, metadata, office_id

station = Table(
    "station",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("series", String(4), nullable=False),
    Column("retired", Boolean, nullable=False, server_default=NO),
    Index("uq_station_series", "office_id", "series", unique=True),
)

call = Table(
    "call",
    metadata,
    # The id of the command that called. What a display reads: no name, and no service.
    Column("id", ID, primary_key=True),
    office_id(),
    Column("local_day", DAY, nullable=False),
    Column("visit_id", ID, ForeignKey("visit.id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("called_at", BigInteger, nullable=False),
    Column("times", Integer, nullable=False),
    Column("counter_id", ID, nullable=False),
    Column("room_id", ID),
    Column("language", Text, nullable=False, server_default=NOTHING),
    Column("private", Boolean, nullable=False, server_default=NO),
    Column("withdrawn", Boolean, nullable=False, server_default=NO),
    Index(None, "office_id", "local_day", "called_at"),
    Index(None, "visit_id"),
)

announcement = Table(
    "announcement",
    metadata,
    # The id of the command that announced a delay to the whole room. What a display says of it.
    Column("id", ID, primary_key=True),
    office_id(),
    Column("local_day", DAY, nullable=False),
    Column("announced_at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("service_id", ID, ForeignKey("service.id")),
    Column("minutes", Integer, nullable=False),
    Index(None, "office_id", "local_day"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("position", Integer, nullable=False),
    # by language tag, as JSON
    Column("words", Text, nullable=False),
    Column("first", DAY),
    Column("last", DAY),
    Column("opens", String(5)),
    Column("closes", String(5)),
    Column("weekdays", Text, nullable=False),
    Index(None, "office_id"),
)

service_words = Table(
    "service_words",
    metadata,
    Column("service_id", ID, ForeignKey("service.id"), primary_key=True),
    Column("language", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
)

help_call = Table(
    "help_call",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("station", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("discreet", Boolean, nullable=False),
    Column("given_at", BigInteger),
    Index(None, "office_id", "asked_at"),
)

feedback = Table(
    "feedback",
    metadata,
    # The id of the command. Of nobody: no visit, and no time but the day.
    Column("id", ID, primary_key=True),
    office_id(),
    Column("local_day", DAY, nullable=False),
    Column("service_id", ID, ForeignKey("service.id")),
    Column("face", Text, nullable=False),
    Index(None, "office_id", "local_day"),
)

question = Table(
    "question",
    metadata,
    Column("id", ID, primary_key=True),
    office_id(),
    Column("kind", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("station", Text, nullable=False),
    Column("visit_id", ID, nullable=False),
    # what was done there, as facts in JSON; nothing personal
    Column("there", Text, nullable=False),
    Column("here", Text, nullable=False),
    Column("appointment_id", ID),
    Column("answered_at", BigInteger),
    Column("answer", Text),
    Index(None, "office_id", "answered_at"),
)

question_person = Table(
    "question_person",
    metadata,
    Column("question_id", ID, ForeignKey("question.id"), primary_key=True),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("born", DAY),
)

look_up = Table(
    "look_up",
    metadata,
    # Tries at a kiosk that found nothing, for slowing them.
    Column("id", Integer, primary_key=True, autoincrement=True),
    office_id(),
    Column("station", Text, nullable=False),
    Column("tried_at", BigInteger, nullable=False),
    Index(None, "station", "tried_at"),
)
