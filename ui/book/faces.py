"""What a block of the book says: its words, symbols and colours, by where the appointment stands now."""

from __future__ import annotations

from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import MINUTE, Instant
from reception.domain.book import AppointmentRow, HoldRow
from reception.domain.booked import Kind, Standing
from reception.domain.person import Need
from reception.domain.visit_states import State
from ui.book.words import kind_words, need_list, people_words, span_said
from ui.isolated import isolated
from ui.languages import interpreted_name
from ui.moments import said_time, short_time
from ui.needed import need_icon, need_words

SYMBOLS = (Need.PRIVATE, Need.BSL, Need.INTERPRETER, Need.HEARING_LOOP, Need.STEP_FREE, Need.CHILDREN, Need.HELP)
"""Needs that change where or how somebody is received; large print is said in a word, where there is room."""


class At(StrEnum):
    """Where an appointment stands, as the book shows it."""

    DUE = "due"
    NOT_HERE = "not_here"
    HERE = "here"
    SEEN = "seen"
    LEFT = "left"
    MISSED = "missed"
    TOOK_PLACE = "took_place"


class Face(Struct, frozen=True):
    """How a block looks. Colours are tokens; `edge` empty: a dashed border and no ground."""

    times: tuple[str, ...]
    """When and in what state, whole; then shorter, for where there is little room."""
    name: str
    place: str
    more: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    sign: str = ""
    """The icon of its state, after the symbols."""
    ground: str = "accent-soft"
    edge: str = "accent-text"
    token: str = "text"
    weight: int = 400
    alone: str = ""
    """What stands in a block of one line, if there is room; else the shortest time and the name."""


def standing_at(row: AppointmentRow, now: Instant) -> At:
    """Where an appointment stands now."""
    match row.standing:
        case Standing.DID_NOT_ATTEND:
            return At.MISSED
        case Standing.ATTENDED:
            return At.TOOK_PLACE
        case Standing.CHECKED_IN:
            if row.seen_at is not None:
                return At.SEEN
            return At.LEFT if row.visit_state is State.ENDED else At.HERE
    if row.kind is Kind.OFFICE and now >= row.starts + MINUTE:
        return At.NOT_HERE
    return At.DUE


def face_of(row: AppointmentRow, now: Instant, zone: ZoneInfo, *, by_rooms: bool = False) -> Face:
    """What the block of an appointment says now; in a room's column it names the officer instead of the room."""
    at = standing_at(row, now)
    starts = short_time(row.starts, zone)
    symbols = _symbols(row)
    face = Face((starts,), row.name or row.service, row.officer if by_rooms else _place(row), _more(row), symbols)
    match at:
        case At.HERE:
            came = f"here {short_time(row.checked_in_at, zone)}" if row.checked_in_at is not None else "here"
            return _with(
                face,
                times=(f"{starts} {came}", f"{starts} here", starts),
                place=row.number,
                sign="arrived",
                edge="text",
                weight=600,
            )
        case At.NOT_HERE:
            late = _late_words(now - row.starts)
            times = (f"{starts} not here, {late}", f"{starts} {late} late", starts)
            alone = f"{starts} {isolated(face.name)}, {late} late"
            return _with(face, times=times, place="", sign="not-arrived", ground="surface-raised", edge="", alone=alone)
        case At.SEEN:
            seen = f"seen {short_time(row.seen_at, zone)}" if row.seen_at is not None else "seen"
            return _past(face, (f"{starts} {seen}", f"{starts} seen", starts), "check")
        case At.TOOK_PLACE:
            return _past(face, (f"{starts} took place", starts), "check")
        case At.LEFT:
            return _past(face, (f"{starts} left", starts), "left")
        case At.MISSED:
            return _past(face, (f"{starts} missed", starts), "cross")
    return face


def face_of_hold(hold: HoldRow, now: Instant, zone: ZoneInfo) -> Face:
    """What the block of a held slot says."""
    left = max(1, -(-(hold.runs_out_at - now) // MINUTE))
    starts = short_time(hold.starts, zone)
    by = f"by {hold.station} for" if hold.station else "for"
    return Face(
        (f"{starts} held", starts),
        f"{hold.station}, {left} min" if hold.station else f"{left} min",
        "",
        sign="clock",
        ground="surface-raised",
        edge="",
        token="text-muted",
        alone=f"{starts} held {by} {left} min",
    )


def _with(face: Face, **changes: object) -> Face:
    fields = {name: getattr(face, name) for name in Face.__struct_fields__}
    return Face(**{**fields, **changes})


def _past(face: Face, times: tuple[str, ...], sign: str) -> Face:
    return _with(
        face,
        times=times,
        place="",
        symbols=(),
        more=(),
        sign=sign,
        ground="surface-sunken",
        edge="line-strong",
        token="text-muted",
    )


def _late_words(span: int) -> str:
    minutes = span // MINUTE
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} hours"


def _place(row: AppointmentRow) -> str:
    return row.room if row.kind is Kind.OFFICE else ""


def _symbols(row: AppointmentRow) -> tuple[str, ...]:
    signs = row.language == "bfi"
    icons = [need_icon(need) for need in SYMBOLS if need in row.needs or (need is Need.BSL and signs)]
    if row.language and row.language != "bfi" and need_icon(Need.INTERPRETER) not in icons:
        icons.append(need_icon(Need.INTERPRETER))
    if row.kind is Kind.TELEPHONE:
        icons.append("phone")
    elif row.kind is Kind.HOME_VISIT:
        icons.append("home")
    return tuple(icons)


def _more(row: AppointmentRow) -> tuple[str, ...]:
    lines = []
    if row.kind is Kind.HOME_VISIT:
        lines.append(kind_words(row.kind))
    if Need.LARGE_PRINT in row.needs:
        lines.append(need_words(Need.LARGE_PRINT))
    if row.language and row.language != "bfi":
        lines.append(interpreted_name(row.language))
    if row.party_size > 1:
        lines.append(people_words(row.party_size))
    return tuple(lines)


_ALOUD = {
    At.DUE: "not here yet",
    At.HERE: "here",
    At.LEFT: "left without being seen",
    At.MISSED: "did not attend",
    At.TOOK_PLACE: "took place",
}


def row_aloud(row: AppointmentRow, now: Instant, zone: ZoneInfo) -> str:
    """One appointment as a screen reader says it:
    "11am to 11.40am, Samuel Adebayo, Planning, Room 3, British Sign Language, not here yet"."""
    parts = [span_said(row.starts, row.ends, zone), isolated(row.name) or "no name", row.service]
    parts.append(row.room if row.kind is Kind.OFFICE else kind_words(row.kind))
    parts.extend(need_list(row))
    if row.party_size > 1:
        parts.append(people_words(row.party_size))
    match at := standing_at(row, now):
        case At.NOT_HERE:
            parts.append(f"not here, {_late_words(now - row.starts)} late")
        case At.SEEN:
            parts.append(f"seen at {said_time(row.seen_at, zone)}" if row.seen_at is not None else "seen")
        case At.DUE if row.kind is not Kind.OFFICE:
            parts.append("still to come")
        case At.HERE:
            parts.append(f"here, ticket {row.number}" if row.number else "here")
        case _:
            parts.append(_ALOUD[at])
    return ", ".join(part for part in parts if part)
