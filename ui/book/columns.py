"""What stands beside what in the book: officers or rooms on one day, or one of them through a week."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from reception.clock import local_date
from reception.domain.book import AppointmentRow, BookView
from reception.domain.office import Officer
from ui.book.times import monday_of
from ui.book.words import room_words
from ui.moments import day_words

NOBODY = ""
"""The id of the column of what is held for no officer, or for no room."""


class By(StrEnum):
    """Whose time the columns show."""

    OFFICERS = "officers"
    ROOMS = "rooms"


class Range(StrEnum):
    DAY = "day"
    WEEK = "week"


class Arrangement(Struct, frozen=True):
    """What the book is opened at. `who` is the officer or room of a week."""

    day: date
    range: Range = Range.DAY
    by: By = By.OFFICERS
    who: str = ""

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return monday_of(self.day) if self.range is Range.WEEK else self.day

    @property
    def days(self) -> int:
        return 7 if self.range is Range.WEEK else 1


class Column(Struct, frozen=True):
    """One column: an officer's or a room's day."""

    title: str
    note: str
    day: date
    officer_id: str = ""
    room_id: str = ""

    @property
    def key(self) -> tuple[date, str, str]:
        """The same column of another reading of the book."""
        return self.day, self.officer_id, self.room_id


def columns_of(view: BookView, shown: Arrangement) -> tuple[Column, ...]:
    """The columns, in the order of the settings; what is held for nobody stands last, where there is any."""
    if shown.range is Range.WEEK:
        return _week(view, shown)
    day = shown.day
    if shown.by is By.ROOMS:
        rooms = [Column(room.name, _room_note(view, room.id), day, room_id=room.id) for room in view.office.rooms]
        if not rooms or any(not row.room_id for row in view.rows):
            rooms.append(Column("No room", "Telephone, home visits", day))
        return tuple(rooms)
    with_rows = {row.officer_id for row in view.rows}
    shown_officers = [each for each in view.office.staff if each.takes_appointments or each.id in with_rows]
    officers = [Column(each.name, officer_note(view, each), day, officer_id=each.id) for each in shown_officers]
    if not officers or NOBODY in with_rows:
        officers.append(Column("No officer yet", "", day))
    return tuple(officers)


def whose(view: BookView, shown: Arrangement) -> tuple[tuple[str, str], ...]:
    """Whom a week can be shown of: (id, name)."""
    if shown.by is By.ROOMS:
        return tuple((room.id, room.name) for room in view.office.rooms)
    return tuple((each.id, each.name) for each in view.office.staff if each.takes_appointments)


def _week(view: BookView, shown: Arrangement) -> tuple[Column, ...]:
    days = [shown.first + timedelta(days=later) for later in range(7)]
    open_on = {hours.weekday for hours in view.office.hours}
    busy = {local_date(row.starts, view.office.zone) for row in view.rows if belongs(row, shown)}
    kept = [day for day in days if day.weekday() < 5 or day.weekday() in open_on or day in busy]
    if shown.by is By.ROOMS:
        return tuple(Column(*_day_head(view, shown, day), day, room_id=shown.who) for day in kept)
    return tuple(Column(*_day_head(view, shown, day), day, officer_id=shown.who) for day in kept)


def _day_head(view: BookView, shown: Arrangement, day: date) -> tuple[str, str]:
    weekday, _, rest = day_words(day).partition(" ")
    zone = view.office.zone
    count = sum(belongs(row, shown) and local_date(row.starts, zone) == day for row in view.rows)
    return weekday, f"{rest}, {count} booked" if count else rest


def belongs(row: AppointmentRow, shown: Arrangement) -> bool:
    """Whether an appointment is of the officer or room whose week is shown."""
    return (row.room_id if shown.by is By.ROOMS else row.officer_id) == shown.who


def officer_note(view: BookView, officer: Officer) -> str:
    """What stands under an officer's name: the title, or the first service."""
    if officer.title:
        return officer.title
    known = [service.name for service in view.office.services if service.id in officer.skills]
    return known[0] if known else ""


def _room_note(view: BookView, room_id: str) -> str:
    room = view.office.room(room_id)
    return ", ".join(room_words(room)) if room is not None else ""
