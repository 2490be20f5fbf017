"""The published standards: what each council promises, and the targets that a visit is judged by.

Presets hold only what the published document states; None is *no promise*. The source of each figure stands
beside it. An office may change its targets from any day on: a visit keeps those of the day it arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from msgspec import Struct

from reception.clock import MINUTE, Millis
from reception.domain.office import Hours


class Promise(Struct, frozen=True):
    """The targets one visit is judged by, fixed on arrival. None: no promise is made.

    `order_by` is what the queue is ordered by: the promise, or the assumed target where there is none.
    """

    seen: Millis | None
    resolved: Millis | None
    order_by: Millis


class Standard(Struct, frozen=True):
    """The targets of an office, in milliseconds; None is no promise. `name` is the preset it began as."""

    name: str
    walk_in_seen: Millis | None
    walk_in_resolved: Millis | None
    appointment_seen: Millis | None
    assumed_walk_in: Millis
    """For ordering only, where walk-ins are not promised a time."""
    assumed_appointment: Millis

    def for_walk_in(self) -> Promise:
        order_by = self.assumed_walk_in if self.walk_in_seen is None else self.walk_in_seen
        return Promise(self.walk_in_seen, self.walk_in_resolved, order_by)

    def for_appointment(self) -> Promise:
        order_by = self.assumed_appointment if self.appointment_seen is None else self.appointment_seen
        return Promise(self.appointment_seen, None, order_by)


class Preset(Struct, frozen=True):
    """What a council's document states, in minutes and local times."""

    key: str
    council: str
    walk_in_seen: int | None
    walk_in_resolved: int | None
    appointment_seen: int | None
    hours: tuple[Hours, ...]
    free_telephone: bool = False
    """A free telephone in reception to reach other offices."""
    notice_days: int = 0
    """Working days of notice of visits and meetings; 0: no number is stated."""


def _week(opens: time, closes: time, friday_closes: time) -> tuple[Hours, ...]:
    return (*(Hours(day, opens, closes) for day in range(4)), Hours(4, opens, friday_closes))


PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        # "we will aim to see you within 15 minutes", "within five minutes of your appointment time",
        # "at least 9am to 5pm Monday to Thursday, and 9am to 4pm on Fridays",
        # "at least 1 week (5 working days) notice of visits and meetings"
        Preset("hertfordshire", "Hertfordshire", 15, None, 5, _week(time(9), time(17), time(16)), notice_days=5),
        # "try to resolve your enquiry within 10 minutes of your arrival"; lines open 8.30 to 5, Friday 4.30
        Preset("hart", "Hart", None, 10, None, _week(time(8, 30), time(17), time(16, 30))),
        # "We aim not to let you wait any longer than 15 minutes"
        # and "have a free phone in main reception areas to allow you to contact other Council Offices"
        Preset(
            "hertsmere",
            "Hertsmere",
            15,
            None,
            None,
            _week(time(9), time(17, 15), time(17)),
            free_telephone=True,
        ),
        Preset("north-herts", "North Herts", None, None, None, _week(time(9), time(17), time(17))),
    )
}

# Hertsmere's area offices: Potters Bar on Tuesday, Bushey on Thursday, 9.30 to 2.
POTTERS_BAR_HOURS = (Hours(1, time(9, 30), time(14)),)
BUSHEY_HOURS = (Hours(3, time(9, 30), time(14)),)


class Shortfall(Struct, frozen=True):
    """A weekday on which an office is open for less than its document states. `is_closed`: not open at all."""

    stated: Hours
    is_closed: bool


def shortfalls(hours: Sequence[Hours], preset: str) -> tuple[Shortfall, ...]:
    """Where an office's hours fall below those that the document of its preset states; nowhere without a preset.

    Openings that follow one another without a gap count as one. Hertsmere's document states hours of their own for
    its area offices: an office that keeps exactly those falls below nothing.
    """
    stated = PRESETS[preset].hours if preset in PRESETS else ()
    if preset == "hertsmere" and tuple(hours) in (POTTERS_BAR_HOURS, BUSHEY_HOURS):
        return ()
    found = []
    for promised in stated:
        openings = sorted((each.opens, each.closes) for each in hours if each.weekday == promised.weekday)
        if not _cover(openings, promised.opens, promised.closes):
            found.append(Shortfall(promised, not openings))
    return tuple(found)


def _cover(openings: Sequence[tuple[time, time]], opens: time, closes: time) -> bool:
    reached = opens
    for start, end in openings:
        if start <= reached < end:
            reached = end
    return reached >= closes


def minutes(value: int | None) -> Millis | None:
    """Minutes to milliseconds; None stays *no promise*."""
    return None if value is None else value * MINUTE


def is_within(wait: Millis, target: Millis) -> bool:
    """Limits are inclusive: 15 min 0 s keeps a promise of 15 minutes."""
    return wait <= target
