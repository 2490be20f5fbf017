"""Appointments, rooms and interpreters in words, as the desk says them. Never a visitor's name: the screen is seen."""

from __future__ import annotations

from enum import Enum
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis, local_date
from reception.domain.about_now import InterpreterRow, OfficerRow, OfficerState, RoomRow
from reception.domain.book import AppointmentRow
from reception.domain.booked import DelayReason, InterpreterStatus, Kind, RoomFeature, RoomState, Standing
from reception.domain.booking import Slot
from reception.domain.languages import name_of
from reception.domain.visit_states import State
from ui import moments
from ui.isolated import isolated

BSL = "bfi"


class Arrival(Enum):
    """How far an appointment of today has come, for a mark and for the order of a list."""

    MISSING = "not-arrived"
    """Its time has come and nobody is here. The value is the icon's name; empty for none."""
    HERE = "arrived"
    DUE = ""
    OVER = "check"

    @property
    def is_open(self) -> bool:
        return self is not Arrival.OVER


class ArrivalWords(Struct, frozen=True):
    arrival: Arrival
    words: str


def arrival_of(row: AppointmentRow, zone: ZoneInfo, now: Instant) -> ArrivalWords:
    """ "Not here, 12 min", "Here 10.34, H009", "Due", "Seen 10.41", "Did not attend"."""
    match row.standing:
        case Standing.DID_NOT_ATTEND:
            return ArrivalWords(Arrival.OVER, "Did not attend")
        case Standing.CANCELLED:
            return ArrivalWords(Arrival.OVER, "Cancelled")
        case Standing.ATTENDED:
            return ArrivalWords(Arrival.OVER, "Took place")
        case Standing.CHECKED_IN:
            return _here(row, zone)
    late = now - row.starts
    if late < 0:
        return ArrivalWords(Arrival.DUE, "Due")
    if row.kind is Kind.TELEPHONE:
        return ArrivalWords(Arrival.DUE, "To ring" if late < MINUTE else f"To ring, {moments.whole_minutes(late)} min")
    if row.kind is Kind.HOME_VISIT:
        return ArrivalWords(Arrival.DUE, "Away on it")
    return ArrivalWords(Arrival.MISSING, f"Not here, {moments.span_words(late)}")


def _here(row: AppointmentRow, zone: ZoneInfo) -> ArrivalWords:
    if row.seen_at is not None:
        return ArrivalWords(Arrival.OVER, f"Seen {moments.short_time(row.seen_at, zone)}")
    if row.visit_state is State.ENDED:
        return ArrivalWords(Arrival.OVER, "Gone unseen")
    came = f"Here {moments.short_time(row.checked_in_at, zone)}" if row.checked_in_at is not None else "Here"
    return ArrivalWords(Arrival.HERE, f"{came}, {row.number}" if row.number else came)


def place_words(row: AppointmentRow) -> str:
    """Where it takes place: a room by name, "Telephone", "Home visit"."""
    if row.kind is Kind.TELEPHONE:
        return "Telephone"
    return "Home visit" if row.kind is Kind.HOME_VISIT else row.room


def short_language(code: str) -> str:
    """ "BSL", "Urdu"."""
    return "BSL" if code == BSL else name_of(code)


def language_icon(code: str) -> str:
    return "hand" if code == BSL else "speech"


def interpreting_words(row: AppointmentRow, interpreters: dict[str, InterpreterRow]) -> str:
    """ "BSL, confirmed", "Urdu by phone", "Polish, nobody found yet"; empty where none is needed."""
    if not row.language:
        return ""
    language = short_language(row.language)
    known = interpreters.get(row.interpreter_id)
    if known is not None and known.is_line:
        return f"{language} by phone"
    if not row.interpreter_id or row.interpreter_status is InterpreterStatus.CANCELLED:
        return f"{language}, nobody yet"
    confirmed = row.interpreter_status is InterpreterStatus.CONFIRMED
    return f"{language}, confirmed" if confirmed else f"{language}, not confirmed"


def day_summary(rows: tuple[AppointmentRow, ...]) -> str:
    """ "19 booked, 4 seen, 1 here"."""
    seen = sum(row.seen_at is not None or row.standing is Standing.ATTENDED for row in rows)
    here = sum(
        row.standing is Standing.CHECKED_IN and row.seen_at is None and row.visit_state is not State.ENDED
        for row in rows
    )
    return f"{len(rows)} booked, {seen} seen, {here} here"


# -- rooms, interpreters, officers -----------------------------------------------------------------------------

FEATURES: dict[RoomFeature, str] = {
    RoomFeature.PRIVATE: "private",
    RoomFeature.STEP_FREE: "step-free",
    RoomFeature.HEARING_LOOP: "hearing loop",
}


def is_free(room: RoomRow) -> bool:
    return room.state is RoomState.IN_USE and not room.visit_id


def room_words(room: RoomRow) -> str:
    """ "Free", "H012", "Being cleaned", "Out of use"."""
    if room.visit_id:
        return room.number or "Occupied"
    return {RoomState.CLEANING: "Being cleaned", RoomState.OUT_OF_USE: "Out of use"}.get(room.state, "Free")


def room_detail(room: RoomRow, zone: ZoneInfo, now: Instant) -> str:
    """ "11 min, next booking 11.20", "until 11.20", "no booking today", "booked from 11.20, not begun"."""
    waits = room.next_at is not None and room.next_at <= now
    booked = "" if room.next_at is None else moments.short_time(room.next_at, zone)
    if waits:
        booked = f"booked from {booked}, not begun"
    if is_free(room):
        return booked if waits else f"until {booked}" if booked else "no booking today"
    parts = []
    if room.visit_id and room.since is not None:
        parts.append(moments.span_words(now - room.since))
    if booked:
        parts.append(booked if waits else f"next booking {booked}")
    return ", ".join(parts)


def features_words(room: RoomRow) -> str:
    """ "private, step-free, 4 seats"."""
    kept = [words for feature, words in FEATURES.items() if feature in room.features]
    return ", ".join([*kept, moments.plural(room.seats, "seat")])


def interpreter_state(row: InterpreterRow, zone: ZoneInfo) -> str:
    """ "With H009", "Free until 11.20", "Free", "Not in now", "Any time"."""
    if row.is_line:
        return "Any time"
    if row.with_number:
        return f"With {row.with_number}"
    if not row.works_now:
        due = f", due {moments.short_time(row.free_until, zone)}" if row.free_until is not None else ""
        return f"Not in now{due}"
    return f"Free until {moments.short_time(row.free_until, zone)}" if row.free_until is not None else "Free"


def languages_words(row: InterpreterRow) -> str:
    """ "BSL and Urdu"; "12 languages" for a line that has many."""
    names = sorted(short_language(code) for code in row.languages)
    return moments.joined(names) if len(names) <= 3 else f"{len(names)} languages"


def officer_state(row: OfficerRow, zone: ZoneInfo, now: Instant) -> str:
    """ "in", "in, at no counter", "with someone until 10.55am", "away today",
    "away up to Friday 27 November"."""
    words = {OfficerState.IN: "in", OfficerState.WITH_SOMEONE: "with someone", OfficerState.AWAY: "away"}[row.state]
    if row.state is OfficerState.IN:
        return words if row.counter else f"{words}, at no counter"
    if row.until is None:
        return words
    today, last = local_date(now, zone), local_date(row.until - 1, zone)
    at_midnight = local_date(row.until, zone) != last
    if last == today:
        return f"{words} today" if at_midnight else f"{words} until {moments.said_time(row.until, zone)}"
    if at_midnight:
        return f"{words} up to {moments.day_words(last, today)}"
    return f"{words} until {when_words(row.until, zone, now)}"


# -- times that are offered ---------------------------------------------------------------------------------------


def when_words(starts: Instant, zone: ZoneInfo, now: Instant) -> str:
    """ "today 2.30pm", "Wednesday 25 November, 10.30am"."""
    day, today = local_date(starts, zone), local_date(now, zone)
    at = moments.said_time(starts, zone)
    return f"today, {at}" if day == today else f"{moments.day_words(day, today)}, {at}"


def capital(words: str) -> str:
    """With a great letter first."""
    return words[:1].upper() + words[1:]


def slot_words(slot: Slot, zone: ZoneInfo, now: Instant) -> str:
    """ "Wednesday 25 November, 10.30am: Li Wei, Room 3"."""
    when = when_words(slot.place.starts, zone, now)
    held = ", ".join(part for part in (isolated(slot.officer), slot.room, slot.interpreter) if part)
    words = f"{when}: {held}" if held else when
    return capital(words)


# -- delays --------------------------------------------------------------------------------------------------------

REASONS: dict[DelayReason, str] = {
    DelayReason.RUNNING_OVER: "Running over",
    DelayReason.MORE_VISITORS: "Many visitors",
    DelayReason.STAFF_AWAY: "Staff away",
    DelayReason.ROOM_NOT_FREE: "Room not free",
    DelayReason.INTERPRETER_LATE: "Interpreter late",
    DelayReason.SYSTEM_DOWN: "Computers down",
}
"""The short list; `OTHER` is what is typed."""


def late_minutes(span: Millis) -> int:
    """Whole minutes of a wait that is told, rounded up: nobody is told less than it will be."""
    return max(1, -(-span // MINUTE))
