"""What each database role may do, table by table and column by column. Whatever is not named here is refused.

Roles are made and brought up to date with it by `roles`; a kiosk or display asks for no column that its role may not
read.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reception.domain.stations import StationKind
from reception.storage.schema import metadata

EVERY = ("*",)
"""Every column."""

SCHEMA_VERSION = "alembic_version"


class Grant(Struct, frozen=True):
    """The columns that may be read and changed, and whether rows may be added and taken out."""

    select: tuple[str, ...] = ()
    insert: bool = False
    update: tuple[str, ...] = ()
    delete: bool = False


Grants = Mapping[str, Grant]

_READ = Grant(EVERY)
_ADDED = Grant(insert=True)
_ALL = Grant(EVERY, True, EVERY, True)
_KEPT = Grant(EVERY, True, EVERY)
"""Nothing is taken out: what is given up is marked so."""
_KEPT_AS_WRITTEN = Grant(EVERY, True)
_ONLY_READ = frozenset({SCHEMA_VERSION, "journal_head", "look_up", "imported_row"})
_APPEND_ONLY = frozenset(
    {"journal", "feedback", "visit_reason", "appointment_reason", "imported_appointment", "resource"}
)
_ROWS_COME_AND_GO = frozenset(
    {
        "absence",
        "closure",
        "counter_service",
        "hold",
        "leg",
        "notice",
        "occupation",
        "opening",
        "pattern",
        "question_person",
        "service_words",
        "staff_skill",
        "standard",
    }
)


def _of_a_desk() -> dict[str, Grant]:
    found = {}
    for name in (SCHEMA_VERSION, *metadata.tables):
        if name in _ONLY_READ:
            found[name] = _READ
        elif name in _APPEND_ONLY:
            found[name] = _KEPT_AS_WRITTEN
        else:
            found[name] = _ALL if name in _ROWS_COME_AND_GO else _KEPT
    found["journal_head"] = Grant(EVERY, update=("sequence", "last_at", "settings_version"))
    found["command"] = Grant(EVERY, True, ("undone",))
    return found


_STAFF_WITHOUT_NAMES = Grant(("id", "office_id", "role", "position", "retired", "takes_appointments"))
_INTERPRETERS_WITHOUT_NAMES = Grant(
    ("id", "office_id", "languages", "modes", "is_line", "notice_hours", "position", "retired")
)
# When each was called, started and ended, and not by whom: figures by officer are for supervisors alone.
_OF_LEGS = (
    "visit_id",
    "number",
    "office_id",
    "service_id",
    "since",
    "called_at",
    "calls",
    "started_at",
    "ended_at",
    "waited",
    "stepped_out",
    "held",
    "counter_id",
)
# How long each waits, and nothing that says who it is, or who served them: a visit that has ended keeps its officer.
_WAITS = (
    "id",
    "office_id",
    "local_day",
    "local_hour",
    "arrived_at",
    "booked_for",
    "seen_target",
    "first_service_id",
    "state",
    "service_id",
    "leg",
    "since",
    "order_target",
    "stepped_out",
    "named_officer_id",
    "see_first",
    "overtaken",
    "counter_id",
    "held_at",
    "own_request",
    "voided",
    "outcome",
    "promise_wait",
    "room_id",
    "ready",
)
_OF_THE_OFFICE: dict[str, Grant] = {
    SCHEMA_VERSION: _READ,
    "journal_head": _READ,
    "opening": _READ,
    "closure": _READ,
    "standard": _READ,
    "service": _READ,
    "service_words": _READ,
    "counter": _READ,
    "counter_service": _READ,
    "room": _READ,
    "notice": _READ,
    "evacuation": _READ,
    "staff": _STAFF_WITHOUT_NAMES,
    "staff_skill": _READ,
    "interpreter": _INTERPRETERS_WITHOUT_NAMES,
    "leg": Grant(_OF_LEGS),
}
_KIOSK: dict[str, Grant] = {
    **_OF_THE_OFFICE,
    "office": _READ,
    "station": _READ,
    "journal_head": Grant(EVERY, update=("sequence", "last_at")),
    "journal": _ADDED,
    "command": _ADDED,
    "series": Grant(EVERY, True, ("last",)),
    "visit": Grant((*_WAITS, "number", "running"), True),
    "leg": Grant(_OF_LEGS, True),
    "visitor": _ADDED,
    "print_job": Grant(EVERY, True, ("state", "changed_at")),
    "help_call": Grant(EVERY, True, ("discreet",)),
    "feedback": _ADDED,
    "question": _ADDED,
    "question_person": _ADDED,
}
_DISPLAY: dict[str, Grant] = {
    **_OF_THE_OFFICE,
    "office": Grant(tuple(c.name for c in metadata.tables["office"].c if c.name not in ("kiosk_pin_hash", "address"))),
    "visit": Grant(_WAITS),
    "call": _READ,
    "announcement": _READ,
}
_PERSONAL = ("visitor", "visit_reason", "appointment_person", "appointment_reason", "question_person")
_SET_UP = (
    "office",
    "opening",
    "closure",
    "standard",
    "service",
    "service_words",
    "staff",
    "staff_skill",
    "counter",
    "counter_service",
    "room",
    "interpreter",
    "pattern",
    "notice",
    "resource",
    "station",
    "journal",
    "journal_head",
    "command",
)
"""What a supervisor, who sets up the office, writes."""


def _of_a_supervisor() -> dict[str, Grant]:
    desk = _of_a_desk()
    may = {
        name: grant if name in _SET_UP else Grant(grant.select) for name, grant in desk.items() if name not in _PERSONAL
    }
    # For figures by language and need, which hide small groups; nothing there that says who it was.
    may["visitor"] = Grant(("visit_id", "spoken", "needs"))
    return may


GRANTS: Mapping[StationKind, Grants] = {
    StationKind.DESK: _of_a_desk(),
    StationKind.SUPERVISOR: _of_a_supervisor(),
    StationKind.KIOSK: _KIOSK,
    StationKind.DISPLAY: _DISPLAY,
}


def readable(kind: StationKind, table: str) -> tuple[str, ...]:
    """The columns of a table that a role may read, in no order; EVERY for all of them."""
    return GRANTS[kind].get(table, Grant()).select
