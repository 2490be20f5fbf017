"""Local minutes of a day, as the grid counts them, and instants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reception.clock import HOUR, MINUTE, Instant, from_datetime, local_datetime, midnight_after, midnight_before

STEP = 10
"""Minutes by which an appointment is moved and stretched."""
DAY = 24 * 60


class LocalDay:
    """One day at the office: minutes after midnight, as the clock on the wall shows them, to instants and back."""

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        self.day = day
        self.zone = zone
        self.starts: Instant = midnight_before(day, zone)
        self.ends: Instant = midnight_after(day, zone)
        self._is_plain = self.ends - self.starts == 24 * HOUR

    def minute(self, instant: Instant) -> int:
        """The minute of an instant; what lies on other days is cut at midnight."""
        if instant <= self.starts:
            return 0
        if instant >= self.ends:
            return DAY
        if self._is_plain:
            return (instant - self.starts) // MINUTE
        local = local_datetime(instant, self.zone)
        return local.hour * 60 + local.minute

    def instant(self, minute: int) -> Instant:
        """The instant of a minute; of one that the clock shows twice, the first."""
        if self._is_plain:
            return self.starts + minute * MINUTE
        wall = datetime.combine(self.day, time.min, tzinfo=self.zone) + timedelta(minutes=minute)
        return from_datetime(wall)

    def holds(self, instant: Instant) -> bool:
        return self.starts <= instant < self.ends


def minutes_of(at: time) -> int:
    """Minutes after midnight."""
    return at.hour * 60 + at.minute


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
