"""What an appointment holds together, and whether each of it is free for it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from reception.clock import MINUTE, Instant, local_date
from reception.domain.book import AbsenceRow, AppointmentRow, BookView
from reception.domain.booked import InterpreterStatus, RoomFeature
from ui.book.times import LocalDay, minutes_of
from ui.book.words import absence_words, feature_words, status_words
from ui.languages import interpreted_name
from ui.moments import short_time


class Taken(Struct, frozen=True):
    """From when up to, not with, when, and by what, in words that name no visitor."""

    starts: Instant
    ends: Instant
    words: str
    binds_set_up: bool = True
    """False: only the appointment itself is kept out of it, as from a break; not what is set up before it."""


class Held(Struct, frozen=True):
    """One thing that is held: who or what, as what, and why it is free, or what it clashes with."""

    name: str
    role: str
    detail: str
    is_free: bool = True


def held_together(view: BookView, row: AppointmentRow) -> tuple[Held, ...]:
    """Officer, room and interpreter of an appointment, of what is known of its day."""
    local = LocalDay(local_date(row.starts, view.office.zone), view.office.zone)
    others = [each for each in view.rows if each.id != row.id and local.holds(each.starts)]
    found = []
    if row.officer_id:
        found.append(_officer(view, row, others, local))
    if row.room_id:
        found.append(_room(view, row, others, local))
    if row.interpreter_id or row.language:
        found.append(_interpreter(view, row, others))
    return tuple(found)


def _officer(view: BookView, row: AppointmentRow, others: list[AppointmentRow], local: LocalDay) -> Held:
    taken = [_booked(each, view) for each in others if each.officer_id == row.officer_id]
    taken += [
        Taken(each.starts, each.ends, _away_words(each, local))
        for each in view.absences
        if each.officer_id == row.officer_id
    ]
    officer = view.office.officer(row.officer_id)
    weekday = local.day.weekday()
    if officer is not None:
        for each in officer.breaks:
            if each.weekday == weekday:
                starts = local.instant(minutes_of(each.opens))
                words = f"on a break from {short_time(starts, local.zone)}"
                taken.append(Taken(starts, local.instant(minutes_of(each.closes)), words, binds_set_up=False))
    hours = officer.hours if officer is not None and officer.hours else view.office.hours
    today = [each for each in hours if each.weekday == weekday]
    opens = local.instant(min((minutes_of(each.opens) for each in today), default=0))
    closes = local.instant(max((minutes_of(each.closes) for each in today), default=24 * 60))
    return _among(row, "officer", row.officer, taken, view, (opens, closes))


def _room(view: BookView, row: AppointmentRow, others: list[AppointmentRow], local: LocalDay) -> Held:
    taken = [_booked(each, view) for each in others if each.room_id == row.room_id]
    room = view.office.room(row.room_id)
    role = "private" if room is not None and RoomFeature.PRIVATE in room.features else "room"
    if room is not None and role == "room" and room.features:
        role = feature_words(min(room.features)).lower()
    held = _among(row, role, row.room, taken, view, (local.starts, local.ends))
    if not held.is_free:
        return held
    zone = view.office.zone
    set_up = f"Set-up from {short_time(row.starts - row.set_up, zone)}" if row.set_up >= MINUTE else ""
    again = f"free again {short_time(row.ends, zone)}"
    return Held(held.name, held.role, f"{set_up}, {again}" if set_up else again.capitalize())


def _interpreter(view: BookView, row: AppointmentRow, others: list[AppointmentRow]) -> Held:
    language = "BSL" if row.language == "bfi" else interpreted_name(row.language)
    role = f"{language} interpreter" if row.language else "interpreter"
    if not row.interpreter_id:
        return Held(role[:1].upper() + role[1:], "", "Still to be found", is_free=False)
    who = view.office.interpreter(row.interpreter_id)
    if who is not None and who.is_line:
        return Held(row.interpreter, role, "By telephone, always free")
    status = row.interpreter_status
    if status is InterpreterStatus.CANCELLED:
        return Held(row.interpreter, role, "Cancelled: another is needed", is_free=False)
    clashing = [
        each for each in others if each.interpreter_id == row.interpreter_id and _meet(each.starts, each.ends, row)
    ]
    if clashing:
        starts = short_time(min(each.starts for each in clashing), view.office.zone)
        return Held(row.interpreter, role, f"Clash: booked from {starts}", is_free=False)
    due = f"Due {short_time(row.starts - row.set_up, view.office.zone)}"
    return Held(row.interpreter, role, f"{due}, {status_words(status).lower()}" if status is not None else due)


def _booked(other: AppointmentRow, view: BookView) -> Taken:
    starts = other.starts - other.set_up
    return Taken(starts, other.ends, f"booked from {short_time(starts, view.office.zone)}")


def _away_words(absence: AbsenceRow, local: LocalDay) -> str:
    """ "Leave all day", "leave until 12.00", "meeting from 2.00"."""
    words = absence_words(absence.kind).lower()
    if absence.starts <= local.starts:
        if absence.ends >= local.ends - MINUTE:
            return f"{words} all day"
        return f"{words} until {short_time(absence.ends, local.zone)}"
    return f"{words} from {short_time(absence.starts, local.zone)}"


def _meet(starts: Instant, ends: Instant, row: AppointmentRow) -> bool:
    return starts < row.ends and row.starts < ends


def _among(
    row: AppointmentRow,
    role: str,
    name: str,
    taken: Iterable[Taken],
    view: BookView,
    bounds: tuple[Instant, Instant],
) -> Held:
    """What is free round an appointment among what is taken."""
    zone = view.office.zone
    from_, until = row.starts - row.set_up, row.ends
    earliest, latest = bounds
    for each in taken:
        first = from_ if each.binds_set_up else row.starts
        if each.starts < until and first < each.ends:
            return Held(name, role, f"Clash: {each.words}", is_free=False)
        if each.ends <= first:
            earliest = max(earliest, each.ends)
        if each.starts >= until:
            latest = min(latest, each.starts)
    if earliest > row.starts or latest < until:
        return Held(name, role, "Outside usual hours")
    return Held(name, role, f"Free {short_time(earliest, zone)} to {short_time(latest, zone)}")
