"""What stands against a place, in plain words for staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from reception.domain.booked import RoomFeature
from reception.domain.booking import Obstacle, ObstacleKind, Slot
from reception.domain.local_time import said_moment, said_time
from reception.domain.office import Office
from reception.errors import Code, Refusal

MOST_SAID = 3
"""More than so many things at once are no help."""

_TAKEN = frozenset(
    {
        ObstacleKind.ABSENT,
        ObstacleKind.OFFICER_TAKEN,
        ObstacleKind.ROOM_TAKEN,
        ObstacleKind.ROOM_OUT_OF_USE,
        ObstacleKind.INTERPRETER_TAKEN,
    }
)
_FEATURES = {
    RoomFeature.PRIVATE.value: "The room is not private.",
    RoomFeature.STEP_FREE.value: "The room cannot be reached without steps.",
    RoomFeature.HEARING_LOOP.value: "The room has no hearing loop.",
}


def refusal_of(obstacles: Sequence[Obstacle], office: Office, nearest: Sequence[Slot] = ()) -> Refusal:
    """The refusal of a place that something stands against; `nearest` are the free slots to name instead.

    NEEDS_REASON where a reason gets past all of it, SLOT_TAKEN where somebody or something is not free, BAD_INPUT where
    it could never stand there.
    """
    hard = [each for each in obstacles if not each.is_excusable]
    said = list(dict.fromkeys(said_obstacle(each, office) for each in hard or obstacles))
    reason = " ".join(said[:MOST_SAID])
    if not hard:
        return Refusal(Code.NEEDS_REASON, reason, "Choose another time, or give a reason, which is kept.")
    if any(each.kind not in _TAKEN for each in hard):
        return Refusal(Code.BAD_INPUT, reason, _other_choice(hard))
    return Refusal(Code.SLOT_TAKEN, reason, said_nearest(nearest, office))


def _other_choice(hard: Sequence[Obstacle]) -> str:
    first = next(each.kind for each in hard if each.kind not in _TAKEN)
    return _CHOICES.get(first, "Choose another time.")


def said_nearest(nearest: Sequence[Slot], office: Office) -> str:
    """The free slots to offer instead, by time and officer."""
    if not nearest:
        return "Choose another time."
    slots = [
        said_moment(slot.place.starts, office.zone) + (f" with {slot.officer}" if slot.officer else "")
        for slot in nearest
    ]
    return f"Next free: {'; '.join(slots)}."


def said_obstacle(obstacle: Obstacle, office: Office) -> str:
    """One thing that stands against a place, as a sentence."""
    return _SENTENCES[obstacle.kind](obstacle, office.zone)


def _until(obstacle: Obstacle, zone: ZoneInfo) -> str:
    return "" if obstacle.until is None else f" until {said_time(obstacle.until, zone)}"


def _until_day(obstacle: Obstacle, zone: ZoneInfo) -> str:
    return "" if obstacle.until is None else f" until {said_moment(obstacle.until, zone)}"


def _lacking(obstacle: Obstacle, _zone: ZoneInfo) -> str:
    if not obstacle.what:
        return "A room is needed, and none is chosen."
    return _FEATURES.get(obstacle.what, f"{obstacle.what} has too few seats.")


_SENTENCES: dict[ObstacleKind, Callable[[Obstacle, ZoneInfo], str]] = {
    ObstacleKind.BAD_LENGTH: lambda _o, _z: "An appointment takes at least a minute and at most 8 hours.",
    ObstacleKind.IN_THE_PAST: lambda _o, _z: "That time is past.",
    ObstacleKind.CLOSED: lambda _o, _z: "The office is closed on that day.",
    ObstacleKind.BANK_HOLIDAY: lambda _o, _z: "That day is a bank holiday.",
    ObstacleKind.OUTSIDE_HOURS: lambda _o, _z: "The office is not open for all of that time.",
    ObstacleKind.OFFICER_OFF: lambda o, _z: f"{o.what} does not work at that time.",
    ObstacleKind.BREAK: lambda o, z: f"{o.what} has a break then{_until(o, z)}.",
    ObstacleKind.ABSENT: lambda o, z: f"{o.what} is away then{_until_day(o, z)}.",
    ObstacleKind.OFFICER_TAKEN: lambda o, z: f"{o.what} is taken then{_until(o, z)}.",
    ObstacleKind.NOT_SKILLED: lambda o, _z: f"{o.what} takes no appointments for this service.",
    ObstacleKind.ROOM_TAKEN: lambda o, z: f"{o.what} is taken then{_until(o, z)}.",
    ObstacleKind.ROOM_OUT_OF_USE: lambda o, _z: f"{o.what} is out of use.",
    ObstacleKind.ROOM_LACKS: _lacking,
    ObstacleKind.INTERPRETER_TAKEN: lambda o, z: f"{o.what} is taken then{_until(o, z)}.",
    ObstacleKind.INTERPRETER_OFF: lambda o, _z: f"{o.what} does not work at that time.",
    ObstacleKind.LANGUAGE_NOT_OFFERED: lambda o, _z: f"{o.what} does not interpret this language in that way.",
    ObstacleKind.INTERPRETER_NOTICE: lambda o, z: f"{o.what} cannot be had before {_when(o, z)}.",
    ObstacleKind.SHORT_NOTICE: lambda _o, _z: "The visitor would get less notice than is promised.",
}


def _when(obstacle: Obstacle, zone: ZoneInfo) -> str:
    return "then" if obstacle.until is None else said_moment(obstacle.until, zone)


_CHOICES = {
    ObstacleKind.BAD_LENGTH: "Choose another length.",
    ObstacleKind.IN_THE_PAST: "Choose a time to come.",
    ObstacleKind.NOT_SKILLED: "Choose another officer.",
    ObstacleKind.ROOM_LACKS: "Choose another room.",
    ObstacleKind.LANGUAGE_NOT_OFFERED: "Choose another interpreter.",
}
