"""Any period past: an index covers all figures of walk-ins; visits with later legs or an appointment have their own."""

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
            "seen_target",
            "resolved_target",
            "first_service_id",
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
            "id",
            "appointment_id",
            "outcome",
            "booked_for",
            "promise_wait",
            "seen_target",
            "told_at",
            "told_in_time",
            "was_offered",
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
