"""Who and what may meet a wish, in the order in which they are taken, and at which starts of a day they are free.

Hours give the same starts on the same weekday, but on a day on which clocks change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum, auto
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import HOUR, Instant, Millis
from reception.domain.booked import Kind, RoomFeature, RoomState
from reception.domain.booking import Diary, Span, Wish
from reception.domain.obstacles import may_interpret
from reception.domain.office import Hours, Interpreter, Officer, Room
from reception.domain.starts import Bits, Starts
from reception.domain.working_hours import hours_of_interpreter, hours_of_officer, spans_of

_Pattern = tuple[tuple[Hours, ...] | None, tuple[Hours, ...]]
"""Hours, where any bind, and breaks."""
_ENDS = attrgetter("ends")


class Role(Enum):
    """As what somebody or something is held."""

    OFFICER = auto()
    ROOM = auto()
    INTERPRETER = auto()


class Candidate(Struct, frozen=True):
    """Somebody or something that may be held, and when it may not."""

    id: str
    name: str
    pattern: int
    """Of its hours and breaks, among those of its group."""
    busy: tuple[Span, ...]
    not_before: Instant = 0


class Group:
    """Officers, rooms or interpreters that meet the wish, in the order in which they are taken."""

    def __init__(self, role: Role, set_up: Millis, zone: ZoneInfo) -> None:
        self.role = role
        self.candidates: list[Candidate] = []
        self._set_up = set_up
        self._zone = zone
        self._patterns: dict[_Pattern, int] = {}
        self._hours: dict[tuple[int, int], Bits] = {}
        self._today: list[Bits] = []

    def add(
        self, who: Officer | Room | Interpreter, pattern: _Pattern, busy: tuple[Span, ...], since: Instant = 0
    ) -> None:
        number = self._patterns.setdefault(pattern, len(self._patterns))
        self.candidates.append(Candidate(who.id, who.name, number, busy, since))

    def free(self, day: Starts, wanted: Bits) -> Bits:
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

    def chosen(self, start: int) -> Candidate:
        """The first that is free at that start of the day last asked about."""
        return next(self.candidates[at] for at, bits in enumerate(self._today) if bits >> start & 1)

    def _at_work(self, day: Starts, number: int, patterns: Sequence[_Pattern]) -> Bits:
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

    def _between_spans(self, day: Starts, busy: tuple[Span, ...]) -> Bits:
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


def officers_for(wish: Wish, diary: Diary, set_up: Millis) -> Group:
    """Those whom the wish allows, by the office's order."""
    office = diary.office
    group = Group(Role.OFFICER, set_up, office.zone)
    for officer in office.staff:
        if officer.may_take(wish.service_id) and wish.officer_id in ("", officer.id):
            # The starts are the office's already, but for a home visit.
            hours = hours_of_officer(office, officer) if wish.kind is Kind.HOME_VISIT else officer.hours or None
            group.add(officer, (hours, officer.breaks), diary.busy.get(officer.id, ()))
    return group


def rooms_for(wish: Wish, diary: Diary, set_up: Millis) -> Group:
    """Those that have all that is wished, the best fit first."""
    office = diary.office
    group = Group(Role.ROOM, set_up, office.zone)
    for room in sorted(office.rooms, key=lambda each: _fitness(each, wish)):
        fits = wish.features <= room.features and room.seats >= wish.seats
        if fits and room.state is not RoomState.OUT_OF_USE and wish.room_id in ("", room.id):
            group.add(room, (None, ()), diary.busy.get(room.id, ()))
    return group


def _fitness(room: Room, wish: Wish) -> tuple[bool, int, int]:
    """The first is taken first: nothing private that was not asked for, no seats too many, no feature to spare."""
    spare = room.features - wish.features
    return RoomFeature.PRIVATE in spare, room.seats, len(spare)


def interpreters_for(wish: Wish, diary: Diary, now: Instant) -> Group:
    """Those of the language, each from its notice on; a telephone line, which is never busy, last."""
    office = diary.office
    group = Group(Role.INTERPRETER, 0, office.zone)
    for each in sorted(office.interpreters, key=lambda one: one.is_line):
        if may_interpret(each, wish) and wish.interpreter_id in ("", each.id):
            busy = () if each.is_line else diary.busy.get(each.id, ())
            group.add(each, (hours_of_interpreter(office, each), ()), busy, now + each.notice_hours * HOUR)
    return group
