"""Any period past: the index covers all figures of walk-ins, and later legs are found by one of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_visit_report", "visit")
    op.create_index(
        "ix_visit_report",
        "visit",
        [
            "office_id",
            "local_day",
            "first_service_id",
            "seen_target",
            "resolved_target",
            "local_hour",
            "outcome",
            "promise_wait",
            "total_wait",
            "end",
            "arrived_at",
            "ended_at",
            "party_size",
            "leg",
            "stepped_out",
            "voided",
            "booked_for",
            "appointment_id",
            "reinstated",
            "exempt",
            "told_at",
            "told_in_time",
            "was_offered",
        ],
        unique=False,
    )
    op.create_index(
        "ix_visit_later_legs",
        "visit",
        ["office_id", "local_day"],
        unique=False,
        sqlite_where=sa.text("leg > 1"),
        postgresql_where=sa.text("leg > 1"),
    )
