"""Numbers, times, days and waits in words.

Times are shown in the office's zone, as people say them. Minutes are whole and never flatter: time left and time
waited are rounded down, a limit that is reached to the millisecond is still kept, and nobody is ever "0 min over".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, Millis, local_date, local_datetime
from reception.domain.stations import Contact, Reach


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 visit", "3 visits", "2 people"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def joined(words: Iterable[str]) -> str:
    """ "Housing", "Housing and Parking", "Housing, Parking and Benefits"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def clock_time(instant: Instant, zone: ZoneInfo) -> str:
    """ "10.42am", "12.00pm", "9.05am": for clocks, where minutes are always shown."""
    return f"{short_time(instant, zone)}{'am' if local_datetime(instant, zone).hour < 12 else 'pm'}"


def short_time(instant: Instant, zone: ZoneInfo) -> str:
    """ "10.42": for columns of one day."""
    local = local_datetime(instant, zone)
    return f"{(local.hour - 1) % 12 + 1}.{local.minute:02}"


def said_time(instant: Instant, zone: ZoneInfo) -> str:
    """ "10.42am", "5pm", "midday", "midnight": for sentences."""
    local = local_datetime(instant, zone)
    return time_words(60 * local.hour + local.minute)


def time_words(minute: int) -> str:
    """The same of a time of day, in minutes after midnight; midnight at the end of a day is one too."""
    hour, past = divmod(minute % (24 * 60), 60)
    if hour % 12 == 0 and not past:
        return "midday" if hour else "midnight"
    return f"{(hour - 1) % 12 + 1}{f'.{past:02}' if past else ''}{'am' if hour < 12 else 'pm'}"


def hour_words(hour: int) -> str:
    """The same of a whole hour: "9am", "midday"."""
    return time_words(60 * hour)


def short_hour(words: str) -> str:
    """What :func:`hour_words` says, where there is little room and its neighbours are read with it: "9", "12"."""
    return "12" if words.startswith("mid") else words.removesuffix("am").removesuffix("pm")


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date, today: date | None = None) -> str:
    """ "Tuesday 24 November"; with the year when `today` is in another one."""
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return words if today is None or today.year == day.year else f"{words} {day.year}"


def month_words(day: date) -> str:
    """The month that a day is in: "October 2026"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, today: date | None = None) -> str:
    """ "24 November"; with the year when `today` is in another one: for columns."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if today is None or today.year == day.year else f"{words} {day.year}"


def short_month(day: date) -> str:
    """ "Nov": under the axis of a chart."""
    return _MONTHS[day.month - 1][:3]


def day_of(instant: Instant, zone: ZoneInfo, today: date | None = None) -> str:
    """The day of an instant, in words."""
    return day_words(local_date(instant, zone), today)


def whole_minutes(span: Millis) -> int:
    """Whole minutes in a span, rounded down; a span below zero counts as none."""
    return max(0, span) // MINUTE


def span_words(span: Millis) -> str:
    """ "12 min", "under 1 min"."""
    return "under 1 min" if span < MINUTE else f"{whole_minutes(span)} min"


def time_left(deadline: Instant, now: Instant) -> str:
    """Time left to a promise, short enough for its column: "8 min left", "under 1 min", "just over", "2 min over".

    The limit is inclusive: at the deadline itself there is still "under 1 min".
    """
    left = deadline - now
    if left >= MINUTE:
        return f"{left // MINUTE} min left"
    if left >= 0:
        return "under 1 min"
    if -left < MINUTE:
        return "just over"
    return f"{-left // MINUTE} min over"


def time_left_aloud(deadline: Instant, now: Instant) -> str:
    """The same for a screen reader: "under 1 minute left", "2 minutes over"."""
    left = deadline - now
    if left >= 0:
        return f"{plural(left // MINUTE, 'minute')} left" if left >= MINUTE else "under 1 minute left"
    return f"{plural(-left // MINUTE, 'minute')} over" if -left >= MINUTE else "less than a minute over"


def waited_without_promise(waited: Millis) -> str:
    """Where no promise is made the column says how long the visit has waited: "12 min so far"."""
    return f"{whole_minutes(waited)} min so far"


def judged_words(judged: Millis, target: Millis) -> str:
    """How the promise of one who came back after a call was judged: "called in time"."""
    return "called in time" if judged <= target else "called late"


def waited_of(waited: Millis, target: Millis | None) -> str:
    """A first wait against its promise: "14 min of 15, promise kept", "17 min of 15, promise missed", "7 min"."""
    if target is None:
        return span_words(waited)
    kept = "kept" if waited <= target else "missed"
    minutes = whole_minutes(waited)
    if kept == "missed" and minutes <= target // MINUTE:
        return f"just over {whole_minutes(target)} min, promise missed"
    return f"{minutes} min of {whole_minutes(target)}, promise {kept}"


def contact_words(contact: Contact, zone: ZoneInfo) -> str:
    """What a window says of a database that does not answer as it should; nothing of one that does."""
    match contact.reach:
        case Reach.LIVE:
            return ""
        case Reach.SLOW:
            return "slow"
        case Reach.LOST if contact.last_live is None:
            return "out of reach"
        case Reach.LOST:
            return f"out of reach since {said_time(contact.last_live, zone)}"
