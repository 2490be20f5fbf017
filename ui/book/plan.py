"""Where everything stands in the book's columns, in local minutes; nothing of pixels or paint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from reception.clock import MINUTE
from reception.domain.book import AbsenceRow, AppointmentRow, BookView, HoldRow
from reception.domain.booked import AbsenceKind, RoomState
from reception.domain.office import Hours
from ui.book.columns import Arrangement, By, Column, belongs, columns_of
from ui.book.times import DAY, STEP, LocalDay, minutes_of
from ui.book.words import absence_words

USUAL_HOURS = (9 * 60, 17 * 60)
_HALF_HOUR = 30
_LUNCH = (11 * 60 + 30, 14 * 60)
_LOWEST_LINE = 15
"""Minutes that have room for a line of words where an hour is as high as it usually is."""

Piece = tuple[int, int]
"""From one minute of the day up to, not with, another."""


class GroundKind(StrEnum):
    OFF = "off"
    """Outside working hours."""
    AWAY = "away"
    """Leave, travel, a closed office: nobody is there."""
    BUSY = "busy"
    """A break, a meeting: there, but not to be booked."""


class Ground(Struct, frozen=True):
    """A time in a column that is not free, whatever is booked."""

    column: int
    starts: int
    ends: int
    kind: GroundKind
    words: str = ""


class Block(Struct, frozen=True):
    """An appointment or a held slot in a column. `lane` of `lanes` that stand side by side at one time."""

    key: str
    column: int
    starts: int
    ends: int
    set_up: int = 0
    """Minutes before it that officer and room are held as well."""
    row: AppointmentRow | None = None
    hold: HoldRow | None = None
    lane: int = 0
    lanes: int = 1

    @property
    def from_minute(self) -> int:
        return self.starts - self.set_up


class Plan:
    """The book as it was read, laid out in columns."""

    def __init__(self, view: BookView, shown: Arrangement) -> None:
        self.view = view
        self.shown = shown
        self.columns = columns_of(view, shown)
        self._days = {column.day: LocalDay(column.day, view.office.zone) for column in self.columns}
        self.blocks: tuple[tuple[Block, ...], ...] = tuple(_in_lanes(found) for found in self._blocks())
        self.grounds: tuple[tuple[Ground, ...], ...] = tuple(
            tuple(self._grounds_of(at, column)) for at, column in enumerate(self.columns)
        )

    def day(self, column: int) -> LocalDay:
        return self._days[self.columns[column].day]

    def today(self) -> tuple[int, ...]:
        """The columns of the day that it is."""
        return tuple(at for at, column in enumerate(self.columns) if self._days[column.day].holds(self.view.now))

    @cached_property
    def hours(self) -> Piece:
        """The first and last minute that is shown: whole hours round opening times and all that is booked."""
        days = set(self._days)
        opened = [piece for day in days for piece in self._open(day)] or [USUAL_HOURS]
        booked = [(block.from_minute, block.ends) for column in self.blocks for block in column]
        first = min(starts for starts, _ in [*opened, *booked])
        last = max(ends for _, ends in [*opened, *booked])
        return max(0, first) // 60 * 60, min(DAY, -(-last // 60) * 60)

    @cached_property
    def shortest(self) -> int:
        """Minutes of the shortest block, but no fewer than a step: an hour is so high that it can be read."""
        lengths = (block.ends - block.starts for column in self.blocks for block in column)
        return max(STEP, min(lengths, default=_LOWEST_LINE))

    @cached_property
    def by_key(self) -> dict[str, Block]:
        return {block.key: block for column in self.blocks for block in column}

    def working(self, column: int) -> tuple[Piece, ...]:
        """When a column's officer or room can be booked, breaks and absences left out of account."""
        shown = self.columns[column]
        opened = self._open(shown.day)
        officer = self.view.office.officer(shown.officer_id)
        if officer is None or not officer.hours:
            return opened
        return meeting(opened, _of_weekday(officer.hours, shown.day))

    def free(self, column: int) -> tuple[Piece, ...]:
        """The free pieces of a column, broken at half hours, none shorter than a step."""
        taken = [(ground.starts, ground.ends) for ground in self.grounds[column]]
        taken += [(block.from_minute, block.ends) for block in self.blocks[column]]
        return tuple(
            piece
            for gap in without(self.working(column), taken)
            for piece in _halved(gap)
            if piece[1] - piece[0] >= STEP
        )

    # -- making it -------------------------------------------------------------------------------------------

    def _open(self, day: date) -> tuple[Piece, ...]:
        office = self.view.office
        if day in office.closures or day in self.view.bank_holidays:
            return ()
        return _of_weekday(office.hours, day)

    def _blocks(self) -> list[list[Block]]:
        found: list[list[Block]] = [[] for _ in self.columns]
        places = {column.key: at for at, column in enumerate(self.columns)}
        by_rooms = self.shown.by is By.ROOMS
        zone_days = list(self._days.values())
        for row in self.view.rows:
            if len(zone_days) > 1 and not belongs(row, self.shown):
                continue
            for local in zone_days:
                if not local.holds(row.starts):
                    continue
                at = places.get((local.day, "", row.room_id) if by_rooms else (local.day, row.officer_id, ""))
                if at is not None:
                    starts, ends = local.minute(row.starts), local.minute(row.ends)
                    found[at].append(Block(row.id, at, starts, ends, row.set_up // MINUTE, row))
        for hold in self.view.holds:
            for local in zone_days:
                key = (local.day, "", hold.room_id) if by_rooms else (local.day, hold.officer_id, "")
                at = places.get(key)
                if at is not None and local.holds(hold.starts):
                    found[at].append(Block(hold.id, at, local.minute(hold.starts), local.minute(hold.ends), hold=hold))
        return found

    def _grounds_of(self, at: int, column: Column) -> Iterable[Ground]:
        office, day = self.view.office, column.day
        if not self._open(day):
            words = "Bank holiday" if day in self.view.bank_holidays else "Closed"
            yield Ground(at, 0, DAY, GroundKind.AWAY, words)
            return
        room = office.room(column.room_id)
        if room is not None and room.state is RoomState.OUT_OF_USE:
            yield Ground(at, 0, DAY, GroundKind.AWAY, "Out of use")
            return
        officer = office.officer(column.officer_id)
        away = [each for each in self.view.absences if officer is not None and each.officer_id == officer.id]
        yield from self._absent(at, column, away)
        working = self.working(at)
        if officer is not None and not working:
            yield Ground(at, 0, DAY, GroundKind.AWAY, "Not in")
            return
        for starts, ends in without([(0, DAY)], working):
            yield Ground(at, starts, ends, GroundKind.OFF)
        if officer is not None:
            for starts, ends in _of_weekday(officer.breaks, day):
                words = "Lunch" if _LUNCH[0] <= starts <= _LUNCH[1] else "Break"
                yield Ground(at, starts, ends, GroundKind.BUSY, words)

    def _absent(self, at: int, column: Column, absences: Sequence[AbsenceRow]) -> Iterable[Ground]:
        local = self._days[column.day]
        for absence in absences:
            starts, ends = local.minute(absence.starts), local.minute(absence.ends)
            if starts < ends:
                gone = absence.kind in (AbsenceKind.LEAVE, AbsenceKind.TRAVEL)
                kind = GroundKind.AWAY if gone else GroundKind.BUSY
                yield Ground(at, starts, ends, kind, absence_words(absence.kind))


def _of_weekday(hours: Iterable[Hours], day: date) -> tuple[Piece, ...]:
    return tuple(
        sorted((minutes_of(each.opens), minutes_of(each.closes)) for each in hours if each.weekday == day.weekday())
    )


def meeting(ones: Iterable[Piece], others: Sequence[Piece]) -> tuple[Piece, ...]:
    """What lies in a piece of both."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in ones for b in others)
    return tuple(sorted(piece for piece in both if piece[0] < piece[1]))


def without(pieces: Iterable[Piece], taken: Iterable[Piece]) -> tuple[Piece, ...]:
    """What is left of the pieces, in order."""
    left = sorted(pieces)
    for starts, ends in taken:
        if starts < ends:
            left = [part for piece in left for part in _less(piece, starts, ends)]
    return tuple(left)


def _less(piece: Piece, starts: int, ends: int) -> Iterable[Piece]:
    if ends <= piece[0] or piece[1] <= starts:
        return (piece,)
    return (part for part in ((piece[0], starts), (ends, piece[1])) if part[0] < part[1])


def _halved(gap: Piece) -> Iterable[Piece]:
    starts, ends = gap
    while starts < ends:
        stop = min(ends, (starts // _HALF_HOUR + 1) * _HALF_HOUR)
        yield starts, stop
        starts = stop


def _in_lanes(blocks: list[Block]) -> tuple[Block, ...]:
    """By start; those that stand at one time side by side."""
    if len(blocks) < 2:
        return tuple(blocks)
    ordered = sorted(blocks, key=lambda block: (block.starts, block.ends, block.key))
    placed: list[Block] = []
    group: list[tuple[Block, int]] = []
    ends_of_lanes: list[int] = []

    def settle() -> None:
        placed.extend(
            Block(b.key, b.column, b.starts, b.ends, b.set_up, b.row, b.hold, lane, len(ends_of_lanes))
            for b, lane in group
        )
        group.clear()
        ends_of_lanes.clear()

    for block in ordered:
        if group and block.starts >= max(ends_of_lanes):
            settle()
        lane = next((at for at, ends in enumerate(ends_of_lanes) if ends <= block.starts), len(ends_of_lanes))
        if lane == len(ends_of_lanes):
            ends_of_lanes.append(block.ends)
        else:
            ends_of_lanes[lane] = block.ends
        group.append((block, lane))
    settle()
    return tuple(placed)
