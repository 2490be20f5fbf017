"""The appointment book: rooms, interpreters, working patterns, appointments, what they hold, and who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resource",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_resource")),
        sa.UniqueConstraint("id", name=op.f("uq_resource_id")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=True),
        sa.Column("room_id", sa.String(length=32), nullable=True),
        sa.Column("interpreter_id", sa.String(length=32), nullable=True),
        sa.Column("runs_out_at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_hold_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_office_id_runs_out_at"), "hold", ["office_id", "runs_out_at"], unique=False)
    op.create_table(
        "interpreter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("modes", sa.Text(), nullable=False),
        sa.Column("is_line", sa.Boolean(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_interpreter_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter")),
    )
    op.create_index(op.f("ix_interpreter_office_id"), "interpreter", ["office_id"], unique=False)
    op.create_table(
        "pattern",
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("is_break", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_pattern_office_id")),
    )
    op.create_index(op.f("ix_pattern_office_id"), "pattern", ["office_id"], unique=False)
    op.create_table(
        "room",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_room_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    op.create_index(op.f("ix_room_office_id"), "room", ["office_id"], unique=False)
    op.create_table(
        "absence",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_absence_span")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_absence_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_absence_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_office_id_ends"), "absence", ["office_id", "ends"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("service_id", sa.String(length=32), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("local_day", sa.String(length=10), nullable=False),
        sa.Column("local_hour", sa.Integer(), nullable=False),
        sa.Column("set_up", sa.BigInteger(), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=True),
        sa.Column("room_id", sa.String(length=32), nullable=True),
        sa.Column("interpreter_id", sa.String(length=32), nullable=True),
        sa.Column("interpreter_status", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("named_officer", sa.Boolean(), nullable=False),
        sa.Column("by_council", sa.Boolean(), nullable=False),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("wants_earlier_since", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(length=32), nullable=True),
        sa.Column("from_visit_id", sa.String(length=32), nullable=True),
        sa.Column("checked_in_at", sa.BigInteger(), nullable=True),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("came_late", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("told_until", sa.BigInteger(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("told_in_time", sa.Boolean(), nullable=False),
        sa.Column("was_offered", sa.Boolean(), nullable=False),
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_appointment_span")),
        sa.CheckConstraint("party_size >= 1", name=op.f("ck_appointment_party")),
        sa.ForeignKeyConstraint(["from_visit_id"], ["visit.id"], name=op.f("fk_appointment_from_visit_id")),
        sa.ForeignKeyConstraint(["interpreter_id"], ["interpreter.id"], name=op.f("fk_appointment_interpreter_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_appointment_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_appointment_officer_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_appointment_room_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_appointment_service_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_appointment_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("reference", name=op.f("uq_appointment_reference")),
    )
    op.create_index(op.f("ix_appointment_from_visit_id"), "appointment", ["from_visit_id"], unique=False)
    op.create_index(op.f("ix_appointment_office_id_local_day"), "appointment", ["office_id", "local_day"], unique=False)
    op.create_index(op.f("ix_appointment_visit_id"), "appointment", ["visit_id"], unique=False)
    op.create_index(
        "ix_appointment_wants_earlier",
        "appointment",
        ["office_id", "wants_earlier_since"],
        unique=False,
        sqlite_where=sa.text("wants_earlier_since IS NOT NULL"),
        postgresql_where=sa.text("wants_earlier_since IS NOT NULL"),
    )
    op.create_index(
        "ix_appointment_series",
        "appointment",
        ["series_id"],
        unique=False,
        sqlite_where=sa.text("series_id <> ''"),
        postgresql_where=sa.text("series_id <> ''"),
    )
    op.create_index(
        "ix_appointment_unmarked",
        "appointment",
        ["office_id", "local_day"],
        unique=False,
        sqlite_where=sa.text("standing = 'booked' AND kind = 'office' AND NOT voided"),
        postgresql_where=sa.text("standing = 'booked' AND kind = 'office' AND NOT voided"),
    )
    op.create_table(
        "appointment_person",
        sa.Column("appointment_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sought_name", sa.Text(), nullable=False),
        sa.Column("spoken", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("born", sa.String(length=10), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("sought_telephone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("safe", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("have_ready", sa.Text(), nullable=False),
        sa.Column("what_next", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_person_appointment_id")
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_appointment_person")),
    )
    op.create_index(op.f("ix_appointment_person_born"), "appointment_person", ["born"], unique=False)
    op.create_index(
        op.f("ix_appointment_person_sought_telephone"), "appointment_person", ["sought_telephone"], unique=False
    )
    op.create_table(
        "appointment_reason",
        sa.Column("appointment_id", sa.String(length=32), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_reason_appointment_id")
        ),
        sa.PrimaryKeyConstraint("appointment_id", "command_id", "kind", name=op.f("pk_appointment_reason")),
    )
    op.create_table(
        "imported_appointment",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("row_key", sa.String(length=32), nullable=False),
        sa.Column("appointment_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_imported_appointment_appointment_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_imported_appointment_office_id")),
        sa.PrimaryKeyConstraint("office_id", "row_key", name=op.f("pk_imported_appointment")),
    )
    op.create_table(
        "occupation",
        sa.Column("resource", sa.Integer(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("appointment_id", sa.String(length=32), nullable=True),
        sa.Column("hold_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("ends > starts", name=op.f("ck_occupation_span")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_occupation_appointment_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_occupation_office_id")),
        sa.ForeignKeyConstraint(["resource"], ["resource.number"], name=op.f("fk_occupation_resource")),
        sa.PrimaryKeyConstraint("resource", "starts", name=op.f("pk_occupation")),
    )
    op.create_index(op.f("ix_occupation_appointment_id"), "occupation", ["appointment_id"], unique=False)
    op.create_index("ix_occupation_diary", "occupation", ["office_id", "ends", "starts", "resource"], unique=False)
    op.create_index(op.f("ix_occupation_hold_id"), "occupation", ["hold_id"], unique=False)
    op.add_column("journal", sa.Column("appointment_id", sa.String(length=32), nullable=True))
    op.create_index(
        "ix_journal_appointment",
        "journal",
        ["appointment_id", "sequence"],
        unique=False,
        sqlite_where=sa.text("appointment_id IS NOT NULL"),
        postgresql_where=sa.text("appointment_id IS NOT NULL"),
    )
    op.add_column("office", sa.Column("grace_minutes", sa.Integer(), server_default=sa.text("15"), nullable=False))
    op.add_column("office", sa.Column("hold_minutes", sa.Integer(), server_default=sa.text("5"), nullable=False))
    op.add_column("office", sa.Column("notice_days", sa.Integer(), server_default=sa.text("5"), nullable=False))
    op.add_column("office", sa.Column("address", sa.Text(), server_default=sa.text("''"), nullable=False))
    # an office that was there promises what the document states that it works by
    op.execute(
        "UPDATE office SET notice_days = 0 WHERE coalesce((SELECT name FROM standard WHERE office_id = office.id"
        " ORDER BY valid_from DESC LIMIT 1), '') <> 'hertfordshire'"
    )
    op.add_column("service", sa.Column("minutes", sa.Integer(), server_default=sa.text("20"), nullable=False))
    op.add_column("service", sa.Column("set_up_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("service", sa.Column("sensitive", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("staff", sa.Column("title", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "staff", sa.Column("takes_appointments", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column("visit", sa.Column("appointment_id", sa.String(length=32), nullable=True))
    op.add_column("visit", sa.Column("room_id", sa.String(length=32), nullable=True))
    op.add_column("visit", sa.Column("ready", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("visit", sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("visit", sa.Column("interpreter_mode", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("visit", sa.Column("interpreter_id", sa.String(length=32), nullable=True))
    op.add_column("visit", sa.Column("interpreter_here", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("visit", sa.Column("told_at", sa.BigInteger(), nullable=True))
    op.add_column("visit", sa.Column("told_until", sa.BigInteger(), nullable=True))
    op.add_column("visit", sa.Column("tried_at", sa.BigInteger(), nullable=True))
    op.add_column("visit", sa.Column("told_in_time", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("visit", sa.Column("was_offered", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_index("ix_visit_report", "visit")
    op.create_index(
        "ix_visit_report",
        "visit",
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
        unique=False,
    )
    op.create_index(
        "uq_visit_in_room",
        "visit",
        ["room_id"],
        unique=True,
        sqlite_where=sa.text("room_id IS NOT NULL AND state <> 'ended'"),
        postgresql_where=sa.text("room_id IS NOT NULL AND state <> 'ended'"),
    )
    # Rooms and interpreters come with the settings; whoever works here already may be booked from now on.
    op.execute("INSERT INTO resource (id) SELECT id FROM staff ORDER BY id")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE occupation ADD CONSTRAINT occupation_never_twice EXCLUDE USING gist "
            "(int8range(resource, resource, '[]') WITH &&, int8range(starts, ends) WITH &&)"
        )
