"""Any period past: what its figures need of a visit is kept beside it, and indexes hold all that they are made of.

Whether somebody who was told of a delay took another time is kept from now on, and read once from the journal.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = (
    "seen",
    "left_before",
    "left_after",
    "no_show_before",
    "no_show_after",
    "booked_unseen_before",
    "booked_unseen_after",
    "signposted_unseen_before",
    "signposted_unseen_after",
    "unresolved_unseen_before",
    "unresolved_unseen_after",
    "open",
)
ENDS = (None, "resolved", "to_follow", "booked", "signposted", "left", "no_show", "unresolved")
FLAGS = ("reinstated", "exempt", "told_at IS NOT NULL", "told_in_time", "was_offered", "took_another_time")
IS_ODD = (
    "ended_at IS NULL OR ended_at - arrived_at >= 2147483648 OR coalesce(promise_wait, 0) >= 2147483648 "
    "OR total_wait < 0 OR total_wait >= 2147483648 OR party_size >= 128 OR "
    "(\"end\" = 'no_show' AND resolved_target IS NOT NULL AND (leg > 1 OR stepped_out > 0 OR outcome = 'seen'))"
)
ODD = "f" * 32
POSTGRESQL = " || ".join(f"lpad(to_hex({{{place}}}), 8, '0')" for place in range(4))
SQLITE = "printf('%08x%08x%08x%08x', {0}, {1}, {2}, {3})"


def _code(column: str, values: tuple[str | None, ...]) -> str:
    each = " ".join(f"WHEN {column} = '{value}' THEN {place}" for place, value in enumerate(values) if value)
    return f"CASE {each} ELSE 0 END"


def _figures(text: str) -> str:
    """See `schema/figures.py`."""
    column, end = _code("outcome", COLUMNS), _code('"end"', ENDS)
    codes = f"(((local_hour * 128 + party_size) * 16 + {column}) * 16 + {end})"
    for flag in FLAGS:
        codes = f"({codes} * 2 + CASE WHEN {flag} THEN 1 ELSE 0 END)"
    lasted = "CASE WHEN ended_at > arrived_at THEN ended_at - arrived_at ELSE 0 END"
    numbers = text.format(codes, "coalesce(promise_wait + 1, 0)", "total_wait", lasted)
    return f"CASE WHEN {IS_ODD} THEN '{ODD}' ELSE {numbers} END"


def _fill_took(table: str) -> None:
    """Of what was not undone; and of an appointment that was moved, what was said of its present time."""
    column = f"{table}_id"
    asked = sa.text(
        f"SELECT DISTINCT {column} FROM journal WHERE {column} IS NOT NULL AND kind = 'DelayTold' "  # noqa: S608
        "AND data LIKE '%another_time%'"
    )
    facts = sa.text(f"SELECT kind, at, command_id, data FROM journal WHERE {column} = :id AND {column} IS NOT NULL")  # noqa: S608
    mark = sa.text(f"UPDATE {table} SET took_another_time = true WHERE id = :id")  # noqa: S608
    connection = op.get_bind()
    for one in connection.execute(asked).scalars().all():
        found = connection.execute(facts, {"id": one}).all()
        undone = {json.loads(fact.data)["command_id"] for fact in found if fact.kind == "CommandUndone"}
        stands = [fact for fact in found if fact.command_id not in undone]
        moved_at = max((fact.at for fact in stands if fact.kind == "AppointmentMoved"), default=None)
        told = [fact for fact in stands if fact.kind == "DelayTold" and (moved_at is None or fact.at > moved_at)]
        if any(json.loads(fact.data)["answer"] == "another_time" for fact in told):
            connection.execute(mark, {"id": one})


def upgrade() -> None:
    for table in ("visit", "appointment"):
        op.add_column(
            table, sa.Column("took_another_time", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
        _fill_took(table)
    op.add_column("visit", sa.Column("figures", sa.Text(), server_default=sa.text(f"'{ODD}'"), nullable=False))
    text = POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE
    op.execute(f"UPDATE visit SET figures = {_figures(text)}")  # noqa: S608
    op.drop_index("ix_visit_report", "visit")
    op.create_index(
        "ix_visit_report",
        "visit",
        [
            "office_id",
            "local_day",
            "seen_target",
            "resolved_target",
            "first_service_id",
            "local_hour",
            "outcome",
            "promise_wait",
            "voided",
            "booked_for",
            "appointment_id",
            "reinstated",
            "figures",
        ],
        unique=False,
    )
    op.drop_index("ix_appointment_office_id_local_day", "appointment")
    op.create_index(
        "ix_appointment_report",
        "appointment",
        [
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
        ],
        unique=False,
    )
    op.create_index(
        "ix_visit_later_legs",
        "visit",
        [
            "office_id",
            "local_day",
            "first_service_id",
            "local_hour",
            "voided",
            "booked_for",
            "appointment_id",
            "leg",
            "id",
        ],
        unique=False,
        sqlite_where=sa.text("leg > 1"),
        postgresql_where=sa.text("leg > 1"),
    )
    op.create_index(
        "ix_visit_appointment",
        "visit",
        ["office_id", "local_day", "appointment_id", "voided", "id"],
        unique=False,
        sqlite_where=sa.text("appointment_id IS NOT NULL"),
        postgresql_where=sa.text("appointment_id IS NOT NULL"),
    )
    op.create_index(
        "ix_visit_booked",
        "visit",
        [
            "appointment_id",
            "id",
            "outcome",
            "booked_for",
            "promise_wait",
            "seen_target",
            "told_at",
            "told_in_time",
            "was_offered",
            "took_another_time",
        ],
        unique=False,
        sqlite_where=sa.text("appointment_id IS NOT NULL"),
        postgresql_where=sa.text("appointment_id IS NOT NULL"),
    )
    op.create_index(
        "ix_leg_later",
        "leg",
        ["visit_id", "number", "started_at", "waited"],
        unique=False,
        sqlite_where=sa.text("number > 1"),
        postgresql_where=sa.text("number > 1"),
    )
