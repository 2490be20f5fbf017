"""What an appointment may be: its kind, where it stands, and the short lists that people choose from."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Where an appointment takes place."""

    OFFICE = "office"
    TELEPHONE = "telephone"
    HOME_VISIT = "home_visit"


class Standing(StrEnum):
    """Where an appointment stands. What became of the visit after a check-in is the visit's own."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"
    DID_NOT_ATTEND = "did_not_attend"
    ATTENDED = "attended"
    """A telephone appointment or a home visit that took place: it has no check-in."""


class SafeContact(StrEnum):
    """How the visitor must not be reached. It binds every letter and prompt (product.md section 4)."""

    DO_NOT_WRITE = "do_not_write"
    DO_NOT_RING = "do_not_ring"
    LEAVE_NO_MESSAGE = "leave_no_message"


class RoomFeature(StrEnum):
    """What a room has."""

    PRIVATE = "private"
    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"


class RoomState(StrEnum):
    """Whether a room may be used. Whether it is occupied follows from who is in it."""

    IN_USE = "in_use"
    CLEANING = "cleaning"
    OUT_OF_USE = "out_of_use"


class Mode(StrEnum):
    """How an interpreter works."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    TELEPHONE = "telephone"


class InterpreterStatus(StrEnum):
    """How far the booking of an interpreter has come."""

    REQUESTED = "requested"
    ORDERED = "ordered"
    """The order has been sent."""
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class AbsenceKind(StrEnum):
    """Why an officer is not to be booked, in a word that anyone may read."""

    LEAVE = "leave"
    MEETING = "meeting"
    TRAVEL = "travel"
    TRAINING = "training"
    OTHER = "other"


class DelayReason(StrEnum):
    """Why a visitor waits longer, from a short list."""

    RUNNING_OVER = "running_over"
    """An earlier visit takes longer than it was given."""
    MORE_VISITORS = "more_visitors"
    STAFF_AWAY = "staff_away"
    ROOM_NOT_FREE = "room_not_free"
    INTERPRETER_LATE = "interpreter_late"
    SYSTEM_DOWN = "system_down"
    OTHER = "other"
    """Typed by hand."""


class DelayAnswer(StrEnum):
    """What the visitor chose, told of a delay."""

    WILL_WAIT = "will_wait"
    ANOTHER_TIME = "another_time"
    LEAVES = "leaves"
    NOT_REACHED = "not_reached"
    """Rung up without an answer: nobody was told."""


class LetterKind(StrEnum):
    """The letters that there are (product.md section 5)."""

    CONFIRMATION = "confirmation"
    NEW_TIME = "new_time"
    CANCELLATION = "cancellation"
    DELAY_APOLOGY = "delay_apology"
    MISSED = "missed"
    HOME_VISIT = "home_visit"
    INTERPRETER_ORDER = "interpreter_order"
