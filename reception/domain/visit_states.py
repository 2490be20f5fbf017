"""Where a visit stands, how it ended, and why it is next: the words that a visit is spoken of in."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a visit stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    ENDED = "ended"


class End(StrEnum):
    """How a visit ended."""

    RESOLVED = "resolved"
    TO_FOLLOW = "to_follow"
    BOOKED = "booked"
    SIGNPOSTED = "signposted"
    LEFT = "left"
    NO_SHOW = "no_show"
    UNRESOLVED = "unresolved"


class Why(StrEnum):
    """Why this one is next, in a word."""

    SEE_FIRST = "see_first"
    GUARD_PASSED = "guard_passed"
    OVERTAKEN_TWICE = "overtaken_twice"
    CAN_BE_KEPT = "can_be_kept"
    PAST_PROMISE = "past_promise"
    EARLIEST_DEADLINE = "earliest_deadline"
    FIRST_COME = "first_come"
    APPOINTMENT_FIRST = "appointment_first"
    STAFF_PRIORITY = "staff_priority"
    DUE_WITH_YOU = "due_with_you"
    NAMED = "named"
