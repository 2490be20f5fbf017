"""The nearest places that are free for a wish.

A day is a row of starts, every ten minutes from each opening. Who and what is free at which of them is a whole number
with a bit for each start, so that a day without a start for officer, room and interpreter together is passed over
with two *and*s. Hours give the same bits on the same weekday, but on a day on which clocks change.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from enum import Enum, auto
from itertools import islice
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import HOUR, MINUTE, Instant, Millis, local_date, midnight_after, midnight_before
from reception.domain.booked import Kind, RoomFeature, RoomState
from reception.domain.booking import LONGEST, Diary, Place, Slot, Span, Wish
from reception.domain.local_time import closes_at, days_from, opens_at, plain_midnight
from reception.domain.obstacles import known_service, may_interpret
from reception.domain.office import Hours, Interpreter, Office, Officer, Room, Service
from reception.domain.working_hours import (
    first_day_with_notice,
    hours_of_interpreter,
    hours_of_officer,
    is_closed_day,
    spans_of,
)

STEP: Millis = 10 * MINUTE
"""From one possible start to the next."""

Bits = int
"""The starts of a day, the first in the lowest bit."""
_Pattern = tuple[tuple[Hours, ...] | None, tuple[Hours, ...]]
"""Hours, where any bind, and breaks."""
_ENDS = attrgetter("ends")


class _Role(Enum):
    OFFICER = auto()
    ROOM = auto()
    INTERPRETER = auto()


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


def nearest_of(starts: Iterable[Slot], count: int) -> tuple[Slot, ...]:
    """Of starts, soonest first, the nearest `count` to choose from.

    The first is the nearest that there is; those after it are the nearest of `choice`. Where these are too few, the
    nearest of the others stand among them.
    """
    wanted = max(0, count)
    alike: list[Slot] = []
    found = list(islice(choice(starts, alike), wanted))
    found += alike[: wanted - len(found)]
    return tuple(sorted(found, key=lambda slot: slot.place.starts))


def choice(starts: Iterable[Slot], alike: list[Slot] | None = None) -> Iterator[Slot]:
    """Of starts, soonest first, those that share no time with one before them of the same officer.

    Three starts ten minutes apart with one officer would hardly be a choice. The others are added to `alike`.
    """
    offered_until: dict[str, Instant] = {}
    for slot in starts:
        place = slot.place
        if place.starts >= offered_until.get(place.officer_id, place.starts):
            offered_until[place.officer_id] = place.ends
            yield slot
        elif alike is not None:
            alike.append(slot)


def free_starts(wish: Wish, diary: Diary, now: Instant, set_up: Millis | None = None) -> Iterator[Slot]:
    """Every start that meets a wish, soonest first, each with whom and what it holds.

    `set_up`: time before the start for which officer and room must be free as well; None takes the service's. Of those
    free, the officer comes by the office's order, the smallest room that fits (a private one last, unless it is asked
    for), and an interpreter before a telephone line. Refuses UNKNOWN_THING for a service that is not offered.
    """
    return _free(wish, diary, now, set_up, known_service(diary.office, wish.service_id))


class _Day(Struct, frozen=True):
    """One local day and its starts. `is_plain`: no clock changes on it."""

    day: date
    starts: tuple[Instant, ...]
    length: Millis
    is_plain: bool

    @property
    def all(self) -> Bits:
        return (1 << len(self.starts)) - 1

    def from_on(self, first: Instant) -> Bits:
        """The starts from `first` on."""
        low = bisect_left(self.starts, first)
        return self.all >> low << low

    def between(self, first: Instant, end: Instant) -> Bits:
        """The starts from `first` on that end by `end`."""
        low = bisect_left(self.starts, first)
        high = bisect_right(self.starts, end - self.length)
        return ((1 << (high - low)) - 1) << low if high > low else 0

    def meeting(self, span: Span) -> Bits:
        """The starts from which an appointment would share an instant with a span."""
        low = bisect_right(self.starts, span.starts - self.length)
        high = bisect_left(self.starts, span.ends)
        return ((1 << (high - low)) - 1) << low if high > low else 0


def _free(wish: Wish, diary: Diary, now: Instant, set_up: Millis | None, service: Service) -> Iterator[Slot]:
    office = diary.office
    length = (wish.minutes or service.minutes) * MINUTE
    if not 0 < length <= LONGEST:
        return
    before = service.set_up_minutes * MINUTE if set_up is None else set_up
    groups = [_officers(wish, diary, before)]
    if wish.wants_room:
        groups.append(_rooms(wish, diary, before))
    if wish.language or wish.interpreter_id:
        groups.append(_interpreters(wish, diary, now))
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


def _day_of(when: date, wish: Wish, office: Office, length: Millis) -> _Day:
    """The starts of a day: from each opening; a home visit, which no opening binds, by the whole hour."""
    zone = office.zone
    if wish.kind is Kind.HOME_VISIT:
        spans: tuple[Span, ...] = (Span(midnight_before(when, zone), midnight_after(when, zone)),)
    else:
        spans = spans_of(office.hours, when, zone)
    starts = tuple(start for span in spans for start in range(span.starts, span.ends - length + 1, STEP))
    return _Day(when, starts, length, plain_midnight(when, zone) is not None)


def _asked(day: _Day, wish: Wish, office: Office, now: Instant) -> Bits:
    """The starts to come, within the time of day that was asked for."""
    bits = day.from_on(now)
    if wish.earliest != time.min:
        bits &= day.from_on(opens_at(day.day, wish.earliest, office.zone))
    if wish.latest != time.max:
        bits &= day.between(0, closes_at(day.day, wish.latest, office.zone))
    return bits


class _Candidate(Struct, frozen=True):
    """Somebody or something that may be held, and when it may not."""

    id: str
    name: str
    pattern: int
    """Of its hours and breaks, among those of its group."""
    busy: tuple[Span, ...]
    not_before: Instant = 0


class _Group:
    """Officers, rooms or interpreters that meet the wish, in the order in which they are taken."""

    def __init__(self, role: _Role, set_up: Millis, zone: ZoneInfo) -> None:
        self.role = role
        self.candidates: list[_Candidate] = []
        self._set_up = set_up
        self._zone = zone
        self._patterns: dict[_Pattern, int] = {}
        self._hours: dict[tuple[int, int], Bits] = {}
        self._today: list[Bits] = []

    def add(
        self, who: Officer | Room | Interpreter, pattern: _Pattern, busy: tuple[Span, ...], since: Instant = 0
    ) -> None:
        number = self._patterns.setdefault(pattern, len(self._patterns))
        self.candidates.append(_Candidate(who.id, who.name, number, busy, since))

    def free(self, day: _Day, wanted: Bits) -> Bits:
        """The wanted starts at which one of the group is free."""
        patterns = list(self._patterns)
        union = 0
        self._today = today = []
        for each in self.candidates:
            bits = self._at_work(day, each.pattern, patterns) & wanted
            if bits and each.not_before > day.starts[0]:
                bits &= day.from_on(each.not_before)
            if bits and each.busy:
                bits &= self._between_spans(day, each.busy)
            today.append(bits)
            union |= bits
            if union == wanted:
                break
        return union

    def chosen(self, start: int) -> _Candidate:
        """The first that is free at that start of the day last asked about."""
        return next(self.candidates[at] for at, bits in enumerate(self._today) if bits >> start & 1)

    def _at_work(self, day: _Day, number: int, patterns: Sequence[_Pattern]) -> Bits:
        key = (number, day.day.weekday())
        known = self._hours.get(key) if day.is_plain else None
        if known is not None:
            return known
        hours, breaks = patterns[number]
        bits = day.all if hours is None else 0
        for span in spans_of(hours or (), day.day, self._zone):
            bits |= day.between(span.starts, span.ends)
        for span in spans_of(breaks, day.day, self._zone):
            bits &= ~day.meeting(span)
        if day.is_plain:
            self._hours[key] = bits
        return bits

    def _between_spans(self, day: _Day, busy: tuple[Span, ...]) -> Bits:
        """The starts that lie, with set-up and all, between what is taken."""
        bits = 0
        reached = day.starts[0] - self._set_up
        needed = self._set_up + day.length
        end = day.starts[-1] + day.length
        for place in range(bisect_right(busy, reached, key=_ENDS), len(busy)):
            span = busy[place]
            starts = span.starts
            if starts - reached >= needed:
                bits |= day.between(reached + self._set_up, starts)
            reached = span.ends
            if reached >= end:
                return bits
        return bits | day.between(reached + self._set_up, end)


def _officers(wish: Wish, diary: Diary, set_up: Millis) -> _Group:
    office = diary.office
    group = _Group(_Role.OFFICER, set_up, office.zone)
    for officer in office.staff:
        if officer.may_take(wish.service_id) and wish.officer_id in ("", officer.id):
            # The starts are the office's already, but for a home visit.
            hours = hours_of_officer(office, officer) if wish.kind is Kind.HOME_VISIT else officer.hours or None
            group.add(officer, (hours, officer.breaks), diary.busy.get(officer.id, ()))
    return group


def _rooms(wish: Wish, diary: Diary, set_up: Millis) -> _Group:
    office = diary.office
    group = _Group(_Role.ROOM, set_up, office.zone)
    for room in sorted(office.rooms, key=lambda each: _fitness(each, wish)):
        fits = wish.features <= room.features and room.seats >= wish.seats
        if fits and room.state is not RoomState.OUT_OF_USE and wish.room_id in ("", room.id):
            group.add(room, (None, ()), diary.busy.get(room.id, ()))
    return group


def _fitness(room: Room, wish: Wish) -> tuple[bool, int, int]:
    """The first is taken first: nothing private that was not asked for, no seats too many, no feature to spare."""
    spare = room.features - wish.features
    return RoomFeature.PRIVATE in spare, room.seats, len(spare)


def _interpreters(wish: Wish, diary: Diary, now: Instant) -> _Group:
    office = diary.office
    group = _Group(_Role.INTERPRETER, 0, office.zone)
    for each in sorted(office.interpreters, key=lambda one: one.is_line):
        if may_interpret(each, wish) and wish.interpreter_id in ("", each.id):
            busy = () if each.is_line else diary.busy.get(each.id, ())
            group.add(each, (hours_of_interpreter(office, each), ()), busy, now + each.notice_hours * HOUR)
    return group


def _slot(day: _Day, start: int, groups: Sequence[_Group]) -> Slot:
    held = {group.role: group.chosen(start) for group in groups}
    ids = {role: "" if (each := held.get(role)) is None else each.id for role in _Role}
    names = {role: "" if (each := held.get(role)) is None else each.name for role in _Role}
    starts = day.starts[start]
    return Slot(
        Place(starts, starts + day.length, ids[_Role.OFFICER], ids[_Role.ROOM], ids[_Role.INTERPRETER]),
        names[_Role.OFFICER],
        names[_Role.ROOM],
        names[_Role.INTERPRETER],
    )
