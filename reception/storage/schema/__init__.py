"""The tables. Times are milliseconds UTC (BIGINT), days are ISO dates of the office's zone (TEXT).

`journal` is the truth; `visit` and `leg` are what its facts come to, written in the same transaction for reading.
`appointment` is the same of appointments, and `occupation` is what they take of officers, rooms and interpreters.
Personal data stands only in `visitor`, `visit_reason`, `appointment_person`, `appointment_reason` and
`question_person`.
"""

from __future__ import annotations

from reception.storage.schema.base import metadata
from reception.storage.schema.book import (
    absence,
    appointment,
    appointment_person,
    appointment_reason,
    hold,
    imported_appointment,
    interpreter,
    occupation,
    pattern,
    resource,
    room,
)
from reception.storage.schema.conditions import (
    HAS_LATER_WAITS,
    IS_AT_COUNTER,
    IS_CALLED_AND_STARTED,
    IS_IN_ROOM,
    IS_OF_SERIES,
    IS_OPEN,
    IS_PLAIN_WALK_IN,
    IS_TO_FOLLOW,
    IS_UNDOABLE,
    IS_UNMARKED,
    IS_UNPRINTED,
    IS_WAITING,
    IS_WANTING_EARLIER,
)
from reception.storage.schema.offices import (
    closure,
    counter,
    counter_service,
    office,
    opening,
    service,
    staff,
    staff_skill,
    standard,
)
from reception.storage.schema.records import command, evacuation, imported_row, journal, journal_head, print_job
from reception.storage.schema.stations import (
    announcement,
    call,
    feedback,
    help_call,
    look_up,
    notice,
    question,
    question_person,
    service_words,
    station,
)
from reception.storage.schema.visits import leg, series, visit, visit_link, visit_reason, visitor

__all__ = [
    "HAS_LATER_WAITS",
    "IS_AT_COUNTER",
    "IS_CALLED_AND_STARTED",
    "IS_IN_ROOM",
    "IS_OF_SERIES",
    "IS_OPEN",
    "IS_PLAIN_WALK_IN",
    "IS_TO_FOLLOW",
    "IS_UNDOABLE",
    "IS_UNMARKED",
    "IS_UNPRINTED",
    "IS_WAITING",
    "IS_WANTING_EARLIER",
    "absence",
    "announcement",
    "appointment",
    "appointment_person",
    "appointment_reason",
    "call",
    "closure",
    "command",
    "counter",
    "counter_service",
    "evacuation",
    "feedback",
    "help_call",
    "hold",
    "imported_appointment",
    "imported_row",
    "interpreter",
    "journal",
    "journal_head",
    "leg",
    "look_up",
    "metadata",
    "notice",
    "occupation",
    "office",
    "opening",
    "pattern",
    "print_job",
    "question",
    "question_person",
    "resource",
    "room",
    "series",
    "service",
    "service_words",
    "staff",
    "staff_skill",
    "standard",
    "station",
    "visit",
    "visit_link",
    "visit_reason",
    "visitor",
]
