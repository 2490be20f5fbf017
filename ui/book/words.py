"""The book's values in words."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from reception.clock import HOUR, MINUTE, Instant, local_date
from reception.domain.book import AppointmentRow
from reception.domain.booked import AbsenceKind, InterpreterStatus, Kind, LetterKind, RoomFeature, SafeContact
from reception.domain.office import Room
from reception.domain.person import Need
from ui.languages import interpreted_name
from ui.moments import day_words, plural, said_time, short_day
from ui.needed import need_words, needs_in_order

_FEATURES = {
    RoomFeature.PRIVATE: ("Private", "lock"),
    RoomFeature.STEP_FREE: ("Step-free", "step-free"),
    RoomFeature.HEARING_LOOP: ("Hearing loop", "hearing"),
}

_KINDS = {
    Kind.OFFICE: ("At the office", "door"),
    Kind.TELEPHONE: ("By telephone", "phone"),
    Kind.HOME_VISIT: ("Home visit", "home"),
}

_ABSENCES = {
    AbsenceKind.LEAVE: "Leave",
    AbsenceKind.MEETING: "Meeting",
    AbsenceKind.TRAVEL: "Travel",
    AbsenceKind.TRAINING: "Training",
    AbsenceKind.OTHER: "Not to be booked",
}

_SAFE = {
    SafeContact.DO_NOT_WRITE: "Do not write",
    SafeContact.DO_NOT_RING: "Do not ring",
    SafeContact.LEAVE_NO_MESSAGE: "Leave no message",
}

_STATUSES = {
    InterpreterStatus.REQUESTED: "Requested, not ordered yet",
    InterpreterStatus.ORDERED: "Ordered, not confirmed yet",
    InterpreterStatus.CONFIRMED: "Confirmed",
    InterpreterStatus.CANCELLED: "Cancelled",
}

_LETTERS = {
    LetterKind.CONFIRMATION: "Confirmation",
    LetterKind.NEW_TIME: "New time",
    LetterKind.CANCELLATION: "Cancellation",
    LetterKind.DELAY_APOLOGY: "Apology for a delay",
    LetterKind.MISSED: "Missed appointment",
    LetterKind.HOME_VISIT: "Notice of a home visit",
    LetterKind.INTERPRETER_ORDER: "Interpreter order",
}


def feature_words(feature: RoomFeature) -> str:
    return _FEATURES[feature][0]


def feature_icon(feature: RoomFeature) -> str:
    return _FEATURES[feature][1]


def kind_words(kind: Kind) -> str:
    return _KINDS[kind][0]


def kind_icon(kind: Kind) -> str:
    return _KINDS[kind][1]


def absence_words(kind: AbsenceKind) -> str:
    return _ABSENCES[kind]


def safe_words(safe: SafeContact) -> str:
    return _SAFE[safe]


def status_words(status: InterpreterStatus) -> str:
    return _STATUSES[status]


def letter_words(kind: LetterKind) -> str:
    return _LETTERS[kind]


def room_words(room: Room) -> list[str]:
    """What a room has, and for how many: ["Private", "4 seats"]."""
    return [feature_words(each) for each in RoomFeature if each in room.features] + [plural(room.seats, "seat")]


def span_said(starts: Instant, ends: Instant, zone: ZoneInfo) -> str:
    """ "11am to 11.40am"."""
    return f"{said_time(starts, zone)} to {said_time(ends, zone)}"


def in_words(starts: Instant, now: Instant) -> str:
    """How far off a time of today is: "in 18 min", "in 2 hours", "now", "12 min ago"."""
    away = starts - now
    if abs(away) < MINUTE:
        return "now"
    span = f"{abs(away) // MINUTE} min" if abs(away) < HOUR else plural(abs(away) // HOUR, "hour")
    return f"in {span}" if away > 0 else f"{span} ago"


def when_words(instant: Instant, now: Instant, zone: ZoneInfo) -> str:
    """The day of an instant as it is said today: "today", "tomorrow", "Tuesday 1 December"."""
    day, today = local_date(instant, zone), local_date(now, zone)
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return day_words(day, today)


def days_words(first: date, last: date, today: date) -> str:
    """ "23 to 29 November", "30 November to 6 December"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {short_day(last, today)}"
    return f"{short_day(first, today)} to {short_day(last, today)}"


def need_list(row: AppointmentRow) -> tuple[str, ...]:
    """The needs of an appointment in full, an interpreter by the language."""
    words = []
    for need in needs_in_order():
        if need not in row.needs and not (need is Need.BSL and row.language == "bfi"):
            continue
        if need is Need.INTERPRETER and row.language:
            continue
        words.append(need_words(need))
    if row.language and row.language != "bfi":
        words.append(f"{interpreted_name(row.language)} interpreter")
    return tuple(words)


def people_words(count: int) -> str:
    return plural(count, "person", "people")
