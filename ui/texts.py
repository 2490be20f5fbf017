"""Codes into words: every sentence of the screens that is made from a value.

Times and waits are worded in :mod:`ui.moments`, languages in :mod:`ui.languages`; all are asked for here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.desk_view import Aside, CounterRow, DeskView, QueueRow, VisitCard
from reception.domain.office import Role
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State, Why
from ui.languages import language_name, spoken_languages, written_languages
from ui.moments import (
    clock_time,
    day_of,
    day_words,
    joined,
    plural,
    said_time,
    short_day,
    short_time,
    span_words,
    time_left,
    time_left_aloud,
    waited_of,
    waited_without_promise,
    whole_minutes,
)

__all__ = [
    "NeedItem",
    "aside_words",
    "came_words",
    "clock_time",
    "counter_detail",
    "counter_words",
    "day_of",
    "day_words",
    "end_words",
    "joined",
    "language_name",
    "need_icon",
    "need_short",
    "need_words",
    "needs_in_order",
    "next_words",
    "on_time_words",
    "person_needs",
    "plural",
    "queue_caption",
    "role_words",
    "row_aloud",
    "row_needs",
    "said_time",
    "service_words",
    "services_in_full",
    "short_day",
    "short_time",
    "span_words",
    "spoken_languages",
    "started_words",
    "state_words",
    "time_left",
    "time_left_aloud",
    "waited_of",
    "waited_without_promise",
    "whole_minutes",
    "why_words",
    "written_languages",
]

# -- codes ----------------------------------------------------------------------------------------------------

_NEEDS: dict[Need, tuple[str, str, str]] = {
    # how it is called in a row, in full, and its icon
    Need.PRIVATE: ("Private", "Private", "lock"),
    Need.BSL: ("BSL", "British Sign Language", "hand"),
    Need.INTERPRETER: ("Interpreter", "Interpreter", "speech"),
    Need.HEARING_LOOP: ("Hearing loop", "Hearing loop", "hearing"),
    Need.LARGE_PRINT: ("Large print", "Large print", "large-print"),
    Need.STEP_FREE: ("Step-free", "Step-free access", "step-free"),
    Need.CHILDREN: ("Children", "With children", "child"),
    Need.HELP: ("Help", "Help from staff", "chair"),
}
"""In the order in which they are shown: what changes where or how someone is received comes first."""


def need_words(need: Need) -> str:
    """A need in full, for forms."""
    return _NEEDS[need][1]


def need_short(need: Need) -> str:
    """A need as a row calls it: "BSL"."""
    return _NEEDS[need][0]


def need_icon(need: Need) -> str:
    """The name of a need's icon."""
    return _NEEDS[need][2]


def needs_in_order() -> tuple[Need, ...]:
    """All needs, in the order in which they are shown."""
    return tuple(_NEEDS)


class NeedItem(Struct, frozen=True):
    """One thing to know before a visitor is received: an icon and a word. `boxed`: on a ground of its own."""

    icon: str
    words: str
    full: str
    boxed: bool = False
    strong: bool = False


def person_needs(person: Person) -> tuple[NeedItem, ...]:
    """What a person needs, as the desk shows it; an interpreter or British Sign Language by its language."""
    items = []
    for need, (short, full, icon) in _NEEDS.items():
        if need not in person.needs and not (need is Need.BSL and person.spoken == "bfi"):
            continue
        if need is Need.INTERPRETER:
            if person.spoken == "bfi":
                continue
            if person.spoken:
                language = language_name(person.spoken)
                short, full = language, f"{language} interpreter"
        items.append(NeedItem(icon, short, full, boxed=need is Need.PRIVATE))
    if person.spoken not in ("", "en", "bfi") and Need.INTERPRETER not in person.needs:
        language = language_name(person.spoken)
        items.append(NeedItem("speech", language, f"Speaks {language}"))
    return tuple(items)


_SEE_FIRST = NeedItem("bell", "See first", "To be seen first", strong=True)


def _awaited(person: Person) -> NeedItem:
    icon = "hand" if person.spoken == "bfi" else "speech"
    full = "Waits for an interpreter, and is not called before"
    return NeedItem(icon, "Waits for interpreter", full, strong=True)


def _without_languages(items: Iterable[NeedItem]) -> tuple[NeedItem, ...]:
    """What else there is to know of somebody who waits for an interpreter."""
    return tuple(item for item in items if item.icon not in ("hand", "speech"))


def _has_room(room: str) -> NeedItem:
    return NeedItem("door", room, f"Has {room}")


def card_needs(card: VisitCard) -> tuple[NeedItem, ...]:
    """The needs row of one visit: that it is to be seen first, though not why, what the person needs, and its room."""
    items = ((_SEE_FIRST,) if card.see_first else ()) + person_needs(card.person)
    if card.waits_for_interpreter:
        items = (_awaited(card.person), *_without_languages(items))
    return (*items, _has_room(card.room)) if card.room else items


def row_needs(row: QueueRow) -> tuple[NeedItem, ...]:
    """All that a queue row tells between the time of coming and the promise, most telling first."""
    items: list[NeedItem] = []
    if row.see_first:
        items.append(_SEE_FIRST)
    items.extend(person_needs(row.person))
    if row.waits_for_interpreter:
        items = [_awaited(row.person), *_without_languages(items)]
    if row.room:
        items.append(_has_room(row.room))
    if row.named_officer:
        items.append(NeedItem("person", row.named_officer, f"Waits for {row.named_officer}"))
    if row.party_size > 1:
        items.append(NeedItem("people", str(row.party_size), f"Party of {row.party_size}"))
    if row.linked:
        items.append(NeedItem("ticket", "Linked", "Linked to another visit"))
    if row.told_at is not None:
        items.append(NeedItem("speech", "Told", "Told of the delay"))
    return tuple(items)


def service_words(row: QueueRow) -> tuple[str, str]:
    """What a visit waits for, and how many services are planned after it: ("Housing", "+1"), ("Parking", "")."""
    return row.service, f"+{len(row.then_services)}" if row.then_services else ""


def services_in_full(row: QueueRow) -> str:
    """ "Housing, then Council Tax and Parking"."""
    return f"{row.service}, then {joined(row.then_services)}" if row.then_services else row.service


def came_words(row: QueueRow, zone: ZoneInfo) -> str:
    """ "10.28", "10.40 appt", "10.35 back"."""
    if row.leg > 1:
        return f"{short_time(row.since, zone)} back"
    if row.booked_for is not None:
        return f"{short_time(row.booked_for, zone)} appt"
    return short_time(row.arrived_at, zone)


_STATES = {
    State.WAITING: "Waiting",
    State.CALLED: "Called",
    State.SERVING: "Being served",
    State.ON_HOLD: "On hold",
    State.ENDED: "Ended",
}

_ENDS = {
    End.RESOLVED: "Resolved",
    End.TO_FOLLOW: "To follow",
    End.BOOKED: "Booked",
    End.SIGNPOSTED: "Signposted",
    End.LEFT: "Left",
    End.NO_SHOW: "No-show",
    End.UNRESOLVED: "Unresolved",
}

_WHYS = {
    Why.SEE_FIRST: "to be seen first",
    Why.GUARD_PASSED: "has waited longest past the promise",
    Why.OVERTAKEN_TWICE: "has been overtaken twice",
    Why.CAN_BE_KEPT: "can still be kept",
    Why.PAST_PROMISE: "can no longer be kept",
    Why.EARLIEST_DEADLINE: "earliest deadline",
    Why.FIRST_COME: "came first",
    Why.APPOINTMENT_FIRST: "has an appointment",
    Why.STAFF_PRIORITY: "this service goes first",
    Why.NAMED: "waits for you",
}

_ROLES = {
    Role.OFFICER: "Officer",
    Role.RECEPTIONIST: "Receptionist",
    Role.SUPERVISOR: "Supervisor",
    Role.ADMINISTRATOR: "Administrator",
}


def state_words(state: State) -> str:
    return _STATES[state]


def end_words(end: End) -> str:
    return _ENDS[end]


def why_words(why: Why) -> str:
    """Why this one is next, to follow a comma: "can still be kept"."""
    return _WHYS[why]


def role_words(role: Role) -> str:
    return _ROLES[role]


# -- sentences of the desk ---------------------------------------------------------------------------------------


def queue_caption(view: DeskView) -> str:
    """What parts those who can still be seen in time from those who can't. Some of these have a moment left, but less
    than it takes from call to start.

    It names the minutes only where every row below it has the same promise and the same guard.
    """
    past = view.queue[view.first_past_promise :] if view.first_past_promise is not None else ()
    targets = {row.target for row in past}
    guards = {row.guard_at - row.deadline + row.ordering_target for row in past}
    target, guard = (next(iter(values)) if len(values) == 1 else None for values in (targets, guards))
    if targets == {None}:
        order = "Waiting longest, and nothing is promised: called after the others"
    else:
        when = "in time" if target is None else f"within {plural(whole_minutes(target), 'minute')}"
        order = f"Can no longer be called and seated {when}: after those who still can"
    return order if guard is None else f"{order}, or on reaching {whole_minutes(guard)} min"


def row_aloud(row: QueueRow, zone: ZoneInfo, now: Instant) -> str:
    """One queue row as a screen reader says it. No name: the screen may be heard."""
    parts = [row.number, services_in_full(row)]
    if row.leg > 1:
        parts.append(f"back in the queue at {said_time(row.since, zone)}, came {said_time(row.arrived_at, zone)}")
    elif row.booked_for is not None:
        parts.append(f"appointment {said_time(row.booked_for, zone)}, came {said_time(row.arrived_at, zone)}")
    else:
        parts.append(f"came {said_time(row.arrived_at, zone)}")
    parts.extend(item.full for item in row_needs(row))
    if row.target is None:
        waited = plural(whole_minutes(now - row.since - row.stepped_out), "minute")
        parts.append(f"no promise, {waited} so far")
    else:
        promise = "of" if now <= row.deadline else "the promise of"
        parts.append(f"{time_left_aloud(row.deadline, now)} {promise} {whole_minutes(row.target)}")
    if not row.mine:
        parts.append("not for you to serve")
    return ", ".join(parts)


def next_words(row: QueueRow, now: Instant) -> str:
    """The second line of the main button: "C020 next: 1 min left, can still be kept"."""
    if row.target is None:
        left = waited_without_promise(now - row.since - row.stepped_out)
        # Ordered by a target all the same, but nothing was promised that could be kept.
        if row.why in (Why.CAN_BE_KEPT, Why.PAST_PROMISE):
            return f"{row.number} next: {left}, no promise"
        if row.why is Why.GUARD_PASSED:
            return f"{row.number} next: {left}, has waited longest"
    else:
        left = time_left(row.deadline, now)
    return f"{row.number} next: {left}, {why_words(row.why)}"


def started_words(card: VisitCard, zone: ZoneInfo, now: Instant) -> str:
    """How long the present visit has been at the counter: "Started 10.38am, 4 min so far"."""
    if card.started_at is not None:
        return f"Started {said_time(card.started_at, zone)}, {_so_far(now - card.started_at)}"
    if card.called_at is not None:
        often = "" if card.calls < 2 else f" {plural(card.calls, 'time')}, last"
        return f"Called{often} {said_time(card.called_at, zone)}, {_ago(now - card.called_at)}"
    return state_words(card.state)


def _so_far(span: Millis) -> str:
    return "just now" if span < MINUTE else f"{span_words(span)} so far"


def _ago(span: Millis) -> str:
    return "just now" if span < MINUTE else f"{span_words(span)} ago"


def counter_words(row: CounterRow) -> str:
    """What goes on at a counter: "C018 Council Tax", "Free", "Closed"."""
    if row.number:
        return f"{row.number} {row.service}"
    return "Free" if row.officer else "Closed"


def counter_detail(row: CounterRow, now: Instant) -> str:
    """Since when and with whom: "6 min, Ewan Pritchard", "called 1 min ago, Ewan Pritchard"."""
    if not row.number or row.since is None:
        return row.officer
    span = span_words(now - row.since)
    when = f"called {_ago(now - row.since)}" if row.state is State.CALLED else span
    return f"{when}, {row.officer}" if row.officer else when


def aside_words(aside: Aside, today: date) -> str:
    """What is to become of a visit that is set aside."""
    if aside.end is End.TO_FOLLOW and aside.due is not None:
        by = f"{'To follow by' if aside.due >= today else 'Overdue since'} {day_words(aside.due, today)}"
        return f"{by}, {aside.owner}" if aside.owner else by
    if aside.end is not None:
        return end_words(aside.end)
    if aside.own_request:
        return "Stepped out"
    at = f" at {aside.counter}" if aside.counter else ""
    match aside.state:
        case State.CALLED:
            return f"Called to {aside.counter}" if aside.counter else "Called"
        case State.SERVING:
            return f"Being served{at}"
        case _:
            return f"On hold{at}"


def on_time_words(within: int, judged: int) -> tuple[str, str]:
    """The day's figure and what it rests on: ("94%", "on time today, 34 of 36").

    Rounded to the nearest whole, but never to 100 while one is missed nor to 0 while one is kept.
    """
    share = round(100 * within / judged)
    if within < judged:
        share = min(share, 99)
    if within:
        share = max(share, 1)
    return f"{share}%", f"on time today, {within} of {judged}"
