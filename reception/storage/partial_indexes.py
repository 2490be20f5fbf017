"""The indexes that hold a part of their table, as they are declared.

They stand apart from the tables because declaring one for PostgreSQL loads SQLAlchemy's dialect for it, which a desk
on SQLite has no use for. Migrations make the indexes; this is what they are compared with.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Index, event, text

from reception.storage import schema as t

__all__ = ["metadata"]

metadata = t.metadata
"""The whole schema: the tables and all their indexes."""


def _partial_index(name: str, condition: str, *columns: Column[object], unique: bool = False) -> None:
    where = text(condition)
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


# A query is served by such an index only when it says the very same, without parameters: hence the conditions in
# schema/conditions.py, which queries use.
_partial_index("uq_service_letter_in_use", "NOT retired", t.service.c.office_id, t.service.c.letter, unique=True)
_partial_index("ix_visit_open", "state <> 'ended'", t.visit.c.office_id, t.visit.c.local_day)
# These hold what the figures of a period need, so that they do not visit the table; what walk-ins are added up by comes
# first.
_partial_index(
    "ix_visit_past",
    "NOT voided AND booked_for IS NULL AND appointment_id IS NULL",
    t.visit.c.office_id,
    t.visit.c.local_day,
    t.visit.c.seen_target,
    t.visit.c.resolved_target,
    t.visit.c.first_service_id,
    t.visit.c.figures,
    # SQLite looks at these once more.
    t.visit.c.voided,
    t.visit.c.booked_for,
    t.visit.c.appointment_id,
)
_partial_index(
    "ix_visit_later_legs",
    "later_waits <> ''",
    t.visit.c.office_id,
    t.visit.c.local_day,
    t.visit.c.first_service_id,
    t.visit.c.local_hour,
    t.visit.c.voided,
    t.visit.c.booked_for,
    t.visit.c.appointment_id,
    t.visit.c.later_waits,
    t.visit.c.id,
)
_partial_index(
    "ix_visit_booked",
    "appointment_id IS NOT NULL",
    t.visit.c.office_id,
    t.visit.c.local_day,
    t.visit.c.appointment_id,
    t.visit.c.id,
    t.visit.c.voided,
    t.visit.c.outcome,
    t.visit.c.booked_for,
    t.visit.c.promise_wait,
    t.visit.c.seen_target,
    t.visit.c.told_at,
    t.visit.c.told_in_time,
    t.visit.c.was_offered,
    t.visit.c.took_another_time,
)
_partial_index("ix_visit_to_follow", "\"end\" = 'to_follow' AND done_at IS NULL", t.visit.c.office_id, t.visit.c.due)
_partial_index("uq_visit_at_counter", "state IN ('called', 'serving')", t.visit.c.counter_id, unique=True)
# Imported legs were never called here, and there may be many of them.
_partial_index(
    "ix_leg_called", "called_at IS NOT NULL AND started_at IS NOT NULL", t.leg.c.office_id, t.leg.c.started_at
)
_partial_index(
    "ix_command_undoable", "can_undo AND NOT undone", t.command.c.office_id, t.command.c.station, t.command.c.at
)
_partial_index("ix_print_job_waiting", "state <> 'printed'", t.print_job.c.station)
_partial_index("ix_journal_appointment", "appointment_id IS NOT NULL", t.journal.c.appointment_id, t.journal.c.sequence)
_partial_index("uq_visit_in_room", "room_id IS NOT NULL AND state <> 'ended'", t.visit.c.room_id, unique=True)
_partial_index("uq_station_name", "NOT retired", t.station.c.office_id, t.station.c.name, unique=True)
_partial_index(
    "ix_appointment_wants_earlier",
    "wants_earlier_since IS NOT NULL",
    t.appointment.c.office_id,
    t.appointment.c.wants_earlier_since,
)
_partial_index(
    "ix_appointment_unmarked",
    "standing = 'booked' AND kind = 'office' AND NOT voided",
    t.appointment.c.office_id,
    t.appointment.c.local_day,
)
_partial_index("ix_appointment_series", "series_id <> ''", t.appointment.c.series_id)

# Nobody and nothing is in two places at once, whatever a program does. SQLite has no such constraint: there all that
# write are one after another.
NEVER_TWICE = (
    "ALTER TABLE occupation ADD CONSTRAINT occupation_never_twice EXCLUDE USING gist "
    "(int8range(resource, resource, '[]') WITH &&, int8range(starts, ends) WITH &&)"
)
event.listen(
    t.occupation,
    "after_create",
    DDL(NEVER_TWICE).execute_if(dialect="postgresql"),  # type: ignore[no-untyped-call]
)
