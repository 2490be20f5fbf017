"""Codes into words: where a visit stands, how it ended, why it is next, and what somebody is at the office."""

from __future__ import annotations

from reception.domain.office import Role
from reception.domain.visit_states import End, State, Why

_STATES = {
    State.WAITING: "Waiting",
    State.CALLED: "Called",
    State.SERVING: "Being served",
    State.ON_HOLD: "On hold",
    State.ENDED: "Ended",
}
_ENDS = {
    End.RESOLVED: "Resolved",
    End.TO_FOLLOW: "To follow",
    End.BOOKED: "Booked",
    End.SIGNPOSTED: "Signposted",
    End.LEFT: "Left",
    End.NO_SHOW: "No-show",
    End.UNRESOLVED: "Unresolved",
}
_WHYS = {
    Why.SEE_FIRST: "to be seen first",
    Why.GUARD_PASSED: "has waited longest past the promise",
    Why.OVERTAKEN_TWICE: "has been overtaken twice",
    Why.CAN_BE_KEPT: "can still be kept",
    Why.PAST_PROMISE: "can no longer be kept",
    Why.EARLIEST_DEADLINE: "earliest deadline",
    Why.FIRST_COME: "came first",
    Why.APPOINTMENT_FIRST: "has an appointment",
    Why.STAFF_PRIORITY: "this service goes first",
    Why.DUE_WITH_YOU: "due with you",
    Why.NAMED: "waits for you",
}
_ROLES = {
    Role.OFFICER: "Officer",
    Role.RECEPTIONIST: "Receptionist",
    Role.SUPERVISOR: "Supervisor",
    Role.ADMINISTRATOR: "Administrator",
}


def state_words(state: State) -> str:
    return _STATES[state]


def end_words(end: End) -> str:
    return _ENDS[end]


def why_words(why: Why) -> str:
    """Why this one is next, to follow a comma: "can still be kept"."""
    return _WHYS[why]


def role_words(role: Role) -> str:
    return _ROLES[role]
