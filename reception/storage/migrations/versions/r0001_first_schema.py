"""The first schema: offices, visits, the journal of facts, personal data in tables of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("settings_version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("walk_in_guard", sa.Float(), nullable=False),
        sa.Column("appointment_guard", sa.Float(), nullable=False),
        sa.Column("overtakes", sa.Integer(), nullable=False),
        sa.Column("no_show_after_calls", sa.Integer(), nullable=False),
        sa.Column("undo_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("name", name=op.f("uq_office_name")),
    )
    op.create_table(
        "closure",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_closure_office_id")),
        sa.PrimaryKeyConstraint("office_id", "day", name=op.f("pk_closure")),
    )
    op.create_table(
        "command",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("can_undo", sa.Boolean(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_command_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command")),
    )
    op.create_index(
        "ix_command_undoable",
        "command",
        ["office_id", "station", "at"],
        unique=False,
        sqlite_where=sa.text("can_undo AND NOT undone"),
        postgresql_where=sa.text("can_undo AND NOT undone"),
    )
    op.create_table(
        "evacuation",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("local_day", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("resumed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_evacuation_office_id")),
        sa.PrimaryKeyConstraint("office_id", "started_at", name=op.f("pk_evacuation")),
    )
    op.create_table(
        "journal",
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=True),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("counter_id", sa.String(length=32), nullable=True),
        sa.Column("officer_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_journal_office_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_command_id"), "journal", ["command_id"], unique=False)
    op.create_index(op.f("ix_journal_visit_id_sequence"), "journal", ["visit_id", "sequence"], unique=False)
    op.create_table(
        "opening",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_opening_office_id")),
    )
    op.create_index(op.f("ix_opening_office_id"), "opening", ["office_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("local_day", sa.String(length=10), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_series_office_id")),
        sa.PrimaryKeyConstraint("office_id", "local_day", "letter", name=op.f("pk_series")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("specialist", sa.Boolean(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_service_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(
        "uq_service_letter_in_use",
        "service",
        ["office_id", "letter"],
        unique=True,
        sqlite_where=sa.text("NOT retired"),
        postgresql_where=sa.text("NOT retired"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_staff_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_office_id"), "staff", ["office_id"], unique=False)
    op.create_table(
        "standard",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("walk_in_seen", sa.BigInteger(), nullable=True),
        sa.Column("walk_in_resolved", sa.BigInteger(), nullable=True),
        sa.Column("appointment_seen", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_standard_office_id")),
        sa.PrimaryKeyConstraint("office_id", "valid_from", name=op.f("pk_standard")),
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=True),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_counter_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_counter_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
    )
    op.create_index(op.f("ix_counter_office_id"), "counter", ["office_id"], unique=False)
    op.create_table(
        "staff_skill",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_staff_skill_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_skill_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "service_id", name=op.f("pk_staff_skill")),
    )
    op.create_table(
        "counter_service",
        sa.Column("counter_id", sa.String(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_counter_service_counter_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_counter_service_service_id")),
        sa.PrimaryKeyConstraint("counter_id", "service_id", name=op.f("pk_counter_service")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("local_day", sa.String(length=10), nullable=False),
        sa.Column("local_hour", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("booked_for", sa.BigInteger(), nullable=True),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("seen_target", sa.BigInteger(), nullable=True),
        sa.Column("resolved_target", sa.BigInteger(), nullable=True),
        sa.Column("first_service_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("service_id", sa.String(length=32), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("order_target", sa.BigInteger(), nullable=False),
        sa.Column("stepped_out", sa.BigInteger(), nullable=False),
        sa.Column("named_officer_id", sa.String(length=32), nullable=True),
        sa.Column("see_first", sa.Boolean(), nullable=False),
        sa.Column("overtaken", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.String(length=32), nullable=True),
        sa.Column("officer_id", sa.String(length=32), nullable=True),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("own_request", sa.Boolean(), nullable=False),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("reinstated", sa.Boolean(), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("promise_wait", sa.BigInteger(), nullable=True),
        sa.Column("total_wait", sa.BigInteger(), nullable=False),
        sa.Column("resolved_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("party_size >= 1", name=op.f("ck_visit_party")),
        sa.CheckConstraint("promise_wait >= 0", name=op.f("ck_visit_wait")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_visit_counter_id")),
        sa.ForeignKeyConstraint(["first_service_id"], ["service.id"], name=op.f("fk_visit_first_service_id")),
        sa.ForeignKeyConstraint(["named_officer_id"], ["staff.id"], name=op.f("fk_visit_named_officer_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_visit_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_visit_officer_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_visit_owner_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_visit_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("code", name=op.f("uq_visit_code")),
        sa.UniqueConstraint("office_id", "local_day", "number", name=op.f("uq_visit_office_id_local_day_number")),
    )
    op.create_index(
        "ix_visit_open",
        "visit",
        ["office_id", "local_day"],
        unique=False,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
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
        ],
        unique=False,
    )
    op.create_index(
        "ix_visit_to_follow",
        "visit",
        ["office_id", "due"],
        unique=False,
        sqlite_where=sa.text("\"end\" = 'to_follow' AND done_at IS NULL"),
        postgresql_where=sa.text("\"end\" = 'to_follow' AND done_at IS NULL"),
    )
    op.create_index(
        "uq_visit_at_counter",
        "visit",
        ["counter_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('called', 'serving')"),
        postgresql_where=sa.text("state IN ('called', 'serving')"),
    )
    op.create_table(
        "imported_row",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("row_key", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_imported_row_office_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_imported_row_visit_id")),
        sa.PrimaryKeyConstraint("office_id", "row_key", name=op.f("pk_imported_row")),
    )
    op.create_table(
        "leg",
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("waited", sa.BigInteger(), nullable=True),
        sa.Column("stepped_out", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("counter_id", sa.String(length=32), nullable=True),
        sa.Column("officer_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_leg_counter_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_leg_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_leg_officer_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_leg_service_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_leg_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "number", name=op.f("pk_leg")),
    )
    op.create_index(op.f("ix_leg_office_id_started_at"), "leg", ["office_id", "started_at"], unique=False)
    op.create_index(
        "ix_leg_called",
        "leg",
        ["office_id", "started_at"],
        unique=False,
        sqlite_where=sa.text("called_at IS NOT NULL AND started_at IS NOT NULL"),
        postgresql_where=sa.text("called_at IS NOT NULL AND started_at IS NOT NULL"),
    )
    op.create_table(
        "print_job",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("reprint", sa.Boolean(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_print_job_office_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_print_job_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index(
        "ix_print_job_waiting",
        "print_job",
        ["station"],
        unique=False,
        sqlite_where=sa.text("state <> 'printed'"),
        postgresql_where=sa.text("state <> 'printed'"),
    )
    op.create_table(
        "visit_link",
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["visit.id"], name=op.f("fk_visit_link_other_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_link_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "other_id", name=op.f("pk_visit_link")),
    )
    op.create_table(
        "visit_reason",
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_reason_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "command_id", name=op.f("pk_visit_reason")),
    )
    op.create_table(
        "visitor",
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spoken", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visitor_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visitor")),
    )
    # ### end Alembic commands ###
    _make_journal_append_only()


def _make_journal_append_only() -> None:
    """Facts are never changed or removed, not even by a program with a bug."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
        )
