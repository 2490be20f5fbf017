"""The nearest places that are free for a wish.

A day is a row of starts, every ten minutes from each opening. Who and what is free at which of them is a whole number
with a bit for each start, so that a day without a start for officer, room and interpreter together is passed over
with two *and*s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time

from reception.clock import MINUTE, Instant, Millis, local_date, midnight_after, midnight_before
from reception.domain.booked import Kind
from reception.domain.booking import LONGEST, Diary, Place, Slot, Span, Wish
from reception.domain.candidates import Group, Role, interpreters_for, officers_for, rooms_for
from reception.domain.local_time import closes_at, days_from, opens_at, plain_midnight
from reception.domain.nearest import nearest_of
from reception.domain.obstacles import known_service
from reception.domain.office import Office, Service
from reception.domain.starts import Bits, Starts
from reception.domain.working_hours import first_day_with_notice, is_closed_day, spans_of

STEP: Millis = 10 * MINUTE
"""From one possible start to the next."""


def search_span(wish: Wish, office: Office, now: Instant) -> Span:
    """What a diary must cover for the search: whole local days, and the set-up time before them."""
    days = _days(wish, office, now)
    if not days:
        return Span(now, now)
    set_up = known_service(office, wish.service_id).set_up_minutes * MINUTE
    return Span(midnight_before(days[0], office.zone) - set_up, midnight_after(days[-1], office.zone))


def nearest_slots(
    wish: Wish, diary: Diary, now: Instant, count: int = 3, set_up: Millis | None = None
) -> tuple[Slot, ...]:
    """The nearest `count` to choose from, soonest first, each with whom and what it holds.

    As `nearest_of` all free starts; arguments and refusals as for `free_starts`.
    """
    return nearest_of(free_starts(wish, diary, now, set_up), count)


def free_starts(wish: Wish, diary: Diary, now: Instant, set_up: Millis | None = None) -> Iterator[Slot]:
    """Every start that meets a wish, soonest first, each with whom and what it holds.

    `set_up`: time before the start for which officer and room must be free as well; None takes the service's. Of those
    free, the officer comes by the office's order, the smallest room that fits (a private one last, unless it is asked
    for), and an interpreter before a telephone line. Refuses UNKNOWN_THING for a service that is not offered.
    """
    return _free(wish, diary, now, set_up, known_service(diary.office, wish.service_id))


def _free(wish: Wish, diary: Diary, now: Instant, set_up: Millis | None, service: Service) -> Iterator[Slot]:
    office = diary.office
    length = (wish.minutes or service.minutes) * MINUTE
    if not 0 < length <= LONGEST:
        return
    before = service.set_up_minutes * MINUTE if set_up is None else set_up
    groups = [officers_for(wish, diary, before)]
    if wish.wants_room:
        groups.append(rooms_for(wish, diary, before))
    if wish.language or wish.interpreter_id:
        groups.append(interpreters_for(wish, diary, now))
    if not all(group.candidates for group in groups):
        return
    first_day = first_day_with_notice(office, local_date(now, office.zone)) if wish.by_council else date.min
    for when in _days(wish, office, now):
        if when < first_day or is_closed_day(office, when):
            continue
        day = _day_of(when, wish, office, length)
        open_at = _asked(day, wish, office, now)
        for group in groups:
            open_at &= group.free(day, open_at) if open_at else 0
        while open_at:
            place = (open_at & -open_at).bit_length() - 1
            open_at &= open_at - 1
            yield _slot(day, place, groups)


def _days(wish: Wish, office: Office, now: Instant) -> tuple[date, ...]:
    return days_from(max(wish.first_day, local_date(now, office.zone)), wish.days)


def _day_of(when: date, wish: Wish, office: Office, length: Millis) -> Starts:
    """The starts of a day: from each opening; a home visit, which no opening binds, by the whole hour."""
    zone = office.zone
    if wish.kind is Kind.HOME_VISIT:
        spans: tuple[Span, ...] = (Span(midnight_before(when, zone), midnight_after(when, zone)),)
    else:
        spans = spans_of(office.hours, when, zone)
    starts = tuple(start for span in spans for start in range(span.starts, span.ends - length + 1, STEP))
    return Starts(when, starts, length, plain_midnight(when, zone) is not None)


def _asked(day: Starts, wish: Wish, office: Office, now: Instant) -> Bits:
    """The starts to come, within the time of day that was asked for."""
    bits = day.from_on(now)
    if wish.earliest != time.min:
        bits &= day.from_on(opens_at(day.day, wish.earliest, office.zone))
    if wish.latest != time.max:
        bits &= day.between(0, closes_at(day.day, wish.latest, office.zone))
    return bits


def _slot(day: Starts, start: int, groups: Sequence[Group]) -> Slot:
    held = {group.role: group.chosen(start) for group in groups}
    taken = [held.get(role) for role in (Role.OFFICER, Role.ROOM, Role.INTERPRETER)]
    starts = day.starts[start]
    return Slot(
        Place(starts, starts + day.length, *("" if each is None else each.id for each in taken)),
        *("" if each is None else each.name for each in taken),
    )
