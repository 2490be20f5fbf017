"""What asks for attention now, in words; and counters, rooms and delays at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import Instant
from reception.domain.languages import name_of
from reception.domain.today_view import Attention, AttentionKind, TodayView
from ui import moments
from ui.appointment_words import is_free

NO_OFFICER = "no officer at a counter"


class Line(Struct, frozen=True):
    """One line of *now*."""

    key: str
    """The same as long as it is about the same."""
    icon: str
    token: str
    title: str
    words: str
    service: str
    could_serve: tuple[str, ...]
    asks_who: bool
    """Somebody else at work might help."""


def attention_line(about: Attention, view: TodayView, now: Instant, office: str = "") -> Line:
    """One line; `office`: its name, where several are shown."""
    zone = view.office.zone
    icon, token = _ICONS[about.kind]
    place = f"{office}: " if office else ""
    title = about.number if about.kind is AttentionKind.OVER else about.service
    if about.kind is AttentionKind.INTERPRETER:
        title = "Interpreter"
    return Line(
        key="|".join((view.office.id, about.kind.value, about.service, about.number, str(about.at))),
        icon=icon,
        token=token,
        title=f"{place}{title}",
        words=_attention_words(about, zone, now),
        service=about.service,
        could_serve=about.could_serve,
        asks_who=about.kind is not AttentionKind.INTERPRETER,
    )


_ICONS = {
    AttentionKind.WILL_MISS: ("due-soon", "due-soon"),
    AttentionKind.OVER: ("late", "late"),
    AttentionKind.NOBODY_SERVES: ("due-soon", "due-soon"),
    AttentionKind.INTERPRETER: ("speech", "text"),
}


def _attention_words(about: Attention, zone: ZoneInfo, now: Instant) -> str:
    at = "" if about.at is None else moments.said_time(about.at, zone)
    match about.kind:
        case AttentionKind.WILL_MISS:
            expected = "" if about.expected_at is None else f", expected {moments.said_time(about.expected_at, zone)}"
            return f"{_queue(about)}. {about.number} due by {at}{expected}."
        case AttentionKind.OVER:
            over = "" if about.at is None else f", {moments.time_left(about.at, now)}"
            nobody = "" if about.officers else f", {NO_OFFICER}"
            told = "Not told yet." if about.told_at is None else f"Told at {moments.said_time(about.told_at, zone)}."
            if not about.told_holds:
                told = f"{told.removesuffix('.')}, to be told again."
            return f"{about.service}{over}{nobody}. {told}"
        case AttentionKind.NOBODY_SERVES:
            return f"{about.waiting} waiting. Nobody at work may serve it."
        case AttentionKind.INTERPRETER:
            language = name_of(about.language)
            return f"No {language} interpreter is booked for the {at} {about.service}."


def _queue(about: Attention) -> str:
    officers = moments.plural(about.officers, "officer") if about.officers else NO_OFFICER
    return f"{about.waiting} waiting, {officers}"


def all_is_well(view: TodayView, now: Instant) -> str:
    """What is said where nothing asks for attention."""
    if view.opens_at is None or view.closes_at is None:
        return "Closed today."
    zone = view.office.zone
    if now < view.opens_at:
        return f"Opens at {moments.said_time(view.opens_at, zone)}."
    if now >= view.closes_at and not view.waiting:
        return f"Closed since {moments.said_time(view.closes_at, zone)}."
    return "Nothing asks for attention."


def facts(views: Sequence[TodayView]) -> str:
    """Counters, rooms and delays at a glance; nothing of what there is none of."""
    told, untold = sum(view.told for view in views), sum(view.untold for view in views)
    counters = [counter for view in views for counter in view.counters]
    rooms = [room for view in views for room in view.rooms]
    open_ = [counter for counter in counters if counter.officer]
    free = sum(not counter.number for counter in open_)
    parts = []
    if counters:
        parts.append(f"{len(open_)} of {moments.plural(len(counters), 'counter')} open, {free} free.")
    if rooms:
        parts.append(f"{sum(map(is_free, rooms))} of {moments.plural(len(rooms), 'room')} free.")
    if told + untold:
        parts.append(f"Delays: {told} told, {untold} to be told.")
    return " ".join(parts)
