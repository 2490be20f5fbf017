"""All about one visit, as rows of label and value."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from reception.clock import Instant, local_date
from reception.domain.desk_view import VisitCard
from reception.domain.languages import name_of
from reception.domain.person import Person
from reception.domain.visit_states import End, State
from ui import codes, moments
from ui.desk.situation import times
from ui.isolated import isolated
from ui.languages import language_name


def standing_words(card: VisitCard, zone: ZoneInfo, now: Instant) -> str:
    """Where a visit stands, in one line."""
    if card.voided:
        return "Taken back: this ticket is void"
    today = local_date(now, zone)
    at = f" at {card.counter}" if card.counter else ""
    match card.state:
        case State.WAITING:
            if card.since > now:
                return f"Here, and due at {moments.said_time(card.since, zone)}"
            return f"Waiting since {moments.said_time(card.since, zone)}"
        case State.CALLED:
            return f"Called {times(card.calls)}{at}"
        case State.SERVING:
            who = f" by {isolated(card.officer)}" if card.officer else ""
            return f"Being served{at}{who}"
        case State.ON_HOLD:
            since = f" since {moments.said_time(card.held_at, zone)}" if card.held_at is not None else ""
            return f"Stepped out{since}" if card.own_request else f"On hold{since}{at}"
        case State.ENDED if card.end is End.TO_FOLLOW and card.due is not None:
            by = f"by {moments.day_words(card.due, today)}, {isolated(card.owner)}"
            return f"Answer given, promised {by}" if card.done_at is not None else f"Answer to follow {by}"
        case _:
            words = codes.end_words(card.end) if card.end is not None else codes.state_words(card.state)
            ended = f" {_when(card.ended_at, zone, now)}" if card.ended_at is not None else ""
            return f"{words}{ended}"


def _when(instant: Instant, zone: ZoneInfo, now: Instant) -> str:
    """ "10.42am", or with its day when that is not today."""
    day, today = local_date(instant, zone), local_date(now, zone)
    time = moments.said_time(instant, zone)
    return time if day == today else f"{time}, {moments.day_words(day, today)}"


def waited_words(card: VisitCard, now: Instant, as_of: Instant) -> str:
    """The wait against its promise; it goes on counting while the visit waits. `as_of`: when the card was read.

    Only the first wait is promised; a later one is told beside the time since arrival.
    """
    waiting = card.state in (State.WAITING, State.CALLED) or (card.state is State.ON_HOLD and not card.own_request)
    if card.leg > 1:
        waiting = waiting and not card.held_from_service
        waited = card.waited + (now - as_of if waiting else 0)
        if waiting:
            arrived = moments.span_words(now - card.arrived_at)
            return f"Waiting {moments.span_words(waited)} here, {arrived} since arrival"
        return f"{moments.span_words(waited)} this time, {moments.span_words(card.total_wait)} in all"
    if card.first_wait is not None:
        return moments.waited_of(card.first_wait, card.target)
    if card.state is State.ENDED:
        return moments.span_words(card.waited)
    if card.judged is not None and card.target is not None:
        return f"{moments.waited_of(card.judged, card.target)}, at the first call"
    waited = card.waited + (now - as_of if waiting else 0)
    if card.target is None:
        return f"{moments.span_words(waited)} so far, no promise"
    return f"{moments.whole_minutes(waited)} min of {moments.whole_minutes(card.target)} so far"


def resolved_words(card: VisitCard, now: Instant) -> str:
    """How long there is to resolve the enquiry (Hart: "within 10 minutes of your arrival"); empty where nothing is
    promised or nothing more can be done about it."""
    if card.resolved_target is None or card.state is State.ENDED or card.specialist:
        return ""
    left = card.arrived_at + card.resolved_target - now
    minutes = moments.whole_minutes(card.resolved_target)
    if left < 0:
        return f"{moments.span_words(-left)} past the {minutes} min to resolve it"
    return f"{moments.span_words(left)} left of {minutes} to resolve it"


def language_words(person: Person) -> str:
    """What the visitor speaks and reads: "speaks Punjabi, reads Urdu"."""
    said = []
    if person.spoken:
        verb = "signs" if person.spoken == "bfi" else "speaks"
        said.append(f"{verb} {language_name(person.spoken)}")
    if person.written:
        said.append(f"reads {language_name(person.written)}")
    return ", ".join(said)


def interpreting_words(card: VisitCard) -> str:
    """ "Polish: waits for Maria Szabó", "Polish, Maria Szabó"."""
    language = name_of(card.interpreting)
    if card.waits_for_interpreter:
        return f"{language}: waits for {card.interpreter or 'one to be found'}"
    return f"{language}, {card.interpreter}" if card.interpreter else language


def visitor_words(card: VisitCard) -> str:
    """Party, name and languages, in one line: "Party of 3: Harpreet Kaur, speaks Punjabi".

    What must not be cut where the line is short stands first.
    """
    words = ", ".join(part for part in (isolated(card.person.name), language_words(card.person)) if part)
    if card.party_size > 1:
        party = f"Party of {card.party_size}"
        return f"{party}: {words}" if words else party
    return words if card.person.name else _capital(words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def visit_rows(
    card: VisitCard, zone: ZoneInfo, now: Instant, as_of: Instant, see_first_reason: str = ""
) -> Iterator[tuple[str, str]]:
    """(label, value) of what there is to tell; what is not known is left out. Needs are shown apart.

    `see_first_reason` is empty for whoever may not read it.
    """
    yield "Now", standing_words(card, zone, now)
    yield "Visitor", card.person.name
    if languages := language_words(card.person):
        yield "Language", _capital(languages)
    if card.party_size > 1:
        yield "Party", moments.plural(card.party_size, "person", "people")
    if card.see_first and see_first_reason:
        yield "See first", see_first_reason
    yield "Waited", waited_words(card, now, as_of)
    if resolved := resolved_words(card, now):
        yield "To resolve", _capital(resolved)
    if card.first_wait is not None and card.leg > 1:
        yield "First wait", moments.waited_of(card.first_wait, card.target)
    if card.state is not State.WAITING or card.leg > 1 or card.since != card.arrived_at or card.estimated:
        about = ", by the clock of a station that was cut off" if card.estimated else ""
        yield "Came", f"{_when(card.arrived_at, zone, now)}{about}"
    if card.room:
        yield "Room", card.room
    if card.interpreting:
        yield "Interpreter", interpreting_words(card)
    if card.told_at is not None:
        yield "Told", f"Of the delay, {moments.said_time(card.told_at, zone)}"
    if card.then_services:
        yield "Then", moments.joined(card.then_services)
    if card.linked_numbers:
        yield "Came with", moments.joined(card.linked_numbers)
    if card.specialist:
        yield "Specialist", "Told that it takes longer"
    if card.reinstated:
        yield "No-show", "Came back, reinstated"
    if card.person.note:
        yield "Note", card.person.note
    if card.remark:
        yield "For colleagues", card.remark
