"""A past visit's later waits are kept beside it, so that no other table is read for them; and the wait that a kiosk's
screen has told is kept with the ticket that is to be printed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IS_PLAIN_WALK_IN = "NOT voided AND booked_for IS NULL AND appointment_id IS NULL"
HAS_LATER_WAITS = "later_waits <> ''"
IS_BOOKED = "appointment_id IS NOT NULL"
LATER_WAITS = """coalesce((SELECT {}(CAST(waited AS text), ',') FROM (SELECT waited FROM leg
    WHERE visit_id = visit.id AND number > 1 AND started_at IS NOT NULL ORDER BY number) AS later), '')"""


def _index(name: str, columns: list[str], only: str | None = None) -> None:
    rows = None if only is None else sa.text(only)
    op.create_index(name, "visit", columns, unique=False, sqlite_where=rows, postgresql_where=rows)


def upgrade() -> None:
    for column in ("told_low", "told_high"):
        op.add_column("print_job", sa.Column(column, sa.Integer(), nullable=True))
    op.add_column("visit", sa.Column("later_waits", sa.Text(), server_default=sa.text("''"), nullable=False))
    together = "string_agg" if op.get_bind().dialect.name == "postgresql" else "group_concat"
    op.execute(f"UPDATE visit SET later_waits = {LATER_WAITS.format(together)} WHERE leg > 1")  # noqa: S608
    for table, name in (
        ("visit", "ix_visit_report"),
        ("visit", "ix_visit_later_legs"),
        ("visit", "ix_visit_appointment"),
        ("visit", "ix_visit_booked"),
        ("leg", "ix_leg_later"),
    ):
        op.drop_index(name, table)
    _index(
        "ix_visit_report",
        [
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
        ],
    )
    _index(
        "ix_visit_past",
        [
            "office_id",
            "local_day",
            "seen_target",
            "resolved_target",
            "first_service_id",
            "figures",
            "voided",
            "booked_for",
            "appointment_id",
        ],
        IS_PLAIN_WALK_IN,
    )
    _index(
        "ix_visit_later_legs",
        [
            "office_id",
            "local_day",
            "first_service_id",
            "local_hour",
            "voided",
            "booked_for",
            "appointment_id",
            "later_waits",
            "id",
        ],
        HAS_LATER_WAITS,
    )
    _index(
        "ix_visit_booked",
        [
            "office_id",
            "local_day",
            "appointment_id",
            "id",
            "voided",
            "outcome",
            "booked_for",
            "promise_wait",
            "seen_target",
            "told_at",
            "told_in_time",
            "was_offered",
            "took_another_time",
        ],
        IS_BOOKED,
    )
