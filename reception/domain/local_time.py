"""From the clock on the wall to instants, also on the days on which clocks change, and back into words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from reception.clock import (
    HOUR,
    MINUTE,
    SECOND,
    Instant,
    Millis,
    from_datetime,
    local_datetime,
    midnight_after,
    midnight_before,
)
from reception.errors import Code, Refusal

MINUTES_A_DAY = 24 * 60
A_DAY: Millis = 24 * HOUR


def instant_of(day: date, minutes: int, zone: ZoneInfo, later: bool = False) -> Instant:
    """The instant at which the clock on the wall shows so many minutes after midnight of `day`.

    In the repeated hour it is the first of the two, or the second with `later`. Refuses BAD_INPUT: the missing hour,
    and minutes that no clock shows.
    """
    if not 0 <= minutes < MINUTES_A_DAY:
        raise Refusal(Code.BAD_INPUT, "That is no time of day.", "Give a time from midnight to 11.59pm.", "time")
    shown = time(*divmod(minutes, 60))
    wall = datetime.combine(day, shown, tzinfo=zone)
    if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise Refusal(
            Code.BAD_INPUT,
            f"There is no {said_clock(shown)} on {said_day(day)}: the clocks go forward over it.",
            "Choose another time.",
            "time",
        )
    return from_datetime(wall.replace(fold=1) if later else wall)


def is_repeated(day: date, minutes: int, zone: ZoneInfo) -> bool:
    """Whether the clock on the wall shows it twice on that day. Refuses what :func:`instant_of` refuses."""
    return instant_of(day, minutes, zone) != instant_of(day, minutes, zone, later=True)


@lru_cache(maxsize=1024)
def plain_midnight(day: date, zone: ZoneInfo) -> Instant | None:
    """The instant at which a day begins whose clock on the wall is as long after it; None where clocks change on it.

    None for the last day of the calendar as well: it has no end here.
    """
    if day == date.max:
        return None
    begins = midnight_before(day, zone)
    return begins if midnight_after(day, zone) - begins == A_DAY else None


def after_midnight(shown: time) -> Millis:
    """What a clock shows, as a time after midnight."""
    return (shown.hour * 60 + shown.minute) * MINUTE + shown.second * SECOND + shown.microsecond // 1000


def opens_at(day: date, shown: time, zone: ZoneInfo) -> Instant:
    """When hours begin: at the first of two instants that show it; where the clocks skip it, as long after the skip."""
    midnight = plain_midnight(day, zone)
    if midnight is not None:
        return midnight + after_midnight(shown)
    return from_datetime(datetime.combine(day, shown, tzinfo=zone))


def closes_at(day: date, shown: time, zone: ZoneInfo) -> Instant:
    """When hours end: at the second of two instants that show it; where the clocks skip it, as long before the skip."""
    midnight = plain_midnight(day, zone)
    if midnight is not None:
        return midnight + after_midnight(shown)
    first, second = (from_datetime(datetime.combine(day, shown, tzinfo=zone).replace(fold=fold)) for fold in (0, 1))
    return max(first, second) if _is_later_shown(first, shown, zone) else min(first, second)


def _is_later_shown(instant: Instant, shown: time, zone: ZoneInfo) -> bool:
    return local_datetime(instant, zone).time().replace(microsecond=0) == shown.replace(microsecond=0)


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def said_day(day: date) -> str:
    """As GOV.UK writes days: "Thursday 3 December"; in English whatever this computer's language is."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def said_date(day: date, has_year: bool = True) -> str:
    """ "3 December 2026", or "3 December"."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if has_year else "")


def said_month(day: date) -> str:
    """ "October 2026"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def said_clock(shown: time) -> str:
    """ "10.42am", "5pm", "midday", "midnight"; windows say it the same (`ui/moments.py`)."""
    if (shown.hour % 12, shown.minute) == (0, 0):
        return "midday" if shown.hour else "midnight"
    minutes = f".{shown.minute:02}" if shown.minute else ""
    return f"{(shown.hour - 1) % 12 + 1}{minutes}{'am' if shown.hour < 12 else 'pm'}"


def said_time(instant: Instant, zone: ZoneInfo) -> str:
    """The time of day as people say it, for sentences."""
    return said_clock(local_datetime(instant, zone).time())


def said_moment(instant: Instant, zone: ZoneInfo) -> str:
    """ "Thursday 3 December, 10.30am"."""
    return f"{said_day(local_datetime(instant, zone).date())}, {said_time(instant, zone)}"


def days_from(first: date, count: int) -> tuple[date, ...]:
    """So many days from `first`, as far as the calendar goes."""
    left = (date.max - first).days
    return tuple(first + timedelta(days=later) for later in range(min(count, left)))
