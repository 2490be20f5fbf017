"""What goes wrong in a way that a person can be told.

A :class:`Refusal` is said to the person; anything else that is raised is a bug and is logged.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why something was refused. Screens and tests branch on the code, never on the words."""

    # the visit and its lifecycle
    NOT_POSSIBLE_NOW = "not_possible_now"
    UNKNOWN_VISIT = "unknown_visit"
    ALREADY_TAKEN = "already_taken"
    NOBODY_WAITING = "nobody_waiting"
    VOIDED = "voided"
    TOO_SOON = "too_soon"
    EVACUATED = "evacuated"
    REASON_NEEDED = "reason_needed"
    OTHER_DAY = "other_day"
    SERVICES_LEFT = "services_left"
    # appointments, rooms, interpreters
    UNKNOWN_APPOINTMENT = "unknown_appointment"
    SLOT_TAKEN = "slot_taken"
    NEEDS_REASON = "needs_reason"
    """It may stand there when a reason is given, which is kept."""
    OTHER_OFFICE = "other_office"
    ALREADY_CHECKED_IN = "already_checked_in"
    CANCELLED_APPOINTMENT = "cancelled_appointment"
    DUE_WITH_YOU = "due_with_you"
    ROOM_TAKEN = "room_taken"
    DO_NOT_WRITE = "do_not_write"
    BAD_LETTER = "bad_letter"
    # undo
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNDO_TOO_LATE = "undo_too_late"
    UNDO_OVERTAKEN = "undo_overtaken"
    # staff and counters
    WRONG_PIN = "wrong_pin"
    PIN_LOCKED = "pin_locked"
    NOT_ALLOWED = "not_allowed"
    COUNTER_TAKEN = "counter_taken"
    COUNTER_BUSY = "counter_busy"
    NOT_SIGNED_IN = "not_signed_in"
    LAST_COUNTER = "last_counter"
    # stations
    CUT_OFF = "cut_off"
    """Not possible while the database is out of reach."""
    CALL_ALOUD = "call_aloud"
    """Cut off, and the visit is not this desk's own: it is called only when that is confirmed."""
    ROLE_TOO_WIDE = "role_too_wide"
    """A kiosk's or display's database role may read what it must not."""
    TOO_MANY_TRIES = "too_many_tries"
    STATION_TAKEN = "station_taken"
    # input
    BAD_INPUT = "bad_input"
    BAD_SETTINGS = "bad_settings"
    UNKNOWN_THING = "unknown_thing"
    # storage
    DATABASE_UNREACHABLE = "database_unreachable"
    DATABASE_BUSY = "database_busy"
    DATABASE_FULL = "database_full"
    DATABASE_READ_ONLY = "database_read_only"
    NOT_A_DATABASE = "not_a_database"
    NETWORK_SHARE = "network_share"
    SCHEMA_NEWER = "schema_newer"
    SCHEMA_OLDER = "schema_older"
    NO_OFFICE = "no_office"
    # files and paper
    UNREADABLE_FILE = "unreadable_file"
    PRINTER = "printer"
    FONT = "font"
    CANCELLED = "cancelled"


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error
    """A known "no": what is wrong, and what to do about it, as two plain sentences for staff.

    `field` says what a form should show: the name of what was refused, as a path ("services/<id>/letter"), or
    empty. Nothing in it ever holds personal data: refusals may be logged.
    """

    def __init__(self, code: Code, reason: str, remedy: str = "", field: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.code = code
        self.reason = reason
        self.remedy = remedy
        self.field = field
