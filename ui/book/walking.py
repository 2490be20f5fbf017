"""Walking through the book by keyboard: from appointment to free piece to appointment."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from reception.domain.book import AppointmentRow
from reception.domain.booking import Place
from ui.book.columns import By, Range
from ui.book.plan import Plan
from ui.book.times import DAY, STEP


class Spot(Struct, frozen=True):
    """Where the book's cursor may stand: an appointment, by its id, or a free piece, without a key."""

    column: int
    starts: int
    ends: int
    key: str = ""


class Walk:
    """All spots of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._spots: dict[int, tuple[Spot, ...]] = {}

    def spots(self, column: int) -> tuple[Spot, ...]:
        """Those of one column, from morning to evening."""
        if column not in self._spots:
            booked = [
                Spot(column, block.starts, block.ends, block.key)
                for block in self._plan.blocks[column]
                if block.row is not None
            ]
            free = [Spot(column, starts, ends) for starts, ends in self._plan.free(column)]
            self._spots[column] = tuple(sorted([*booked, *free], key=lambda each: (each.starts, each.key)))
        return self._spots[column]

    def of_key(self, key: str) -> Spot | None:
        block = self._plan.by_key.get(key)
        return None if block is None else Spot(block.column, block.starts, block.ends, key)

    def at(self, column: int, minute: float) -> Spot | None:
        """The spot that holds a minute."""
        return next((each for each in self.spots(column) if each.starts <= minute < each.ends), None)

    def nearest(self, column: int, minute: float) -> Spot | None:
        """The spot that holds a minute, or the one next to it."""
        spots = self.spots(column)
        return min(spots, key=lambda each: _away(each, minute), default=None)

    def first(self, minute: float) -> Spot | None:
        """Where the cursor begins: the first appointment that is not over, else the first free piece."""
        every = [spot for column in range(len(self._plan.columns)) for spot in self.spots(column)]
        later = [spot for spot in every if spot.ends > minute] or every
        return min(later, key=lambda each: (not each.key, each.starts, each.column), default=None)

    def along(self, spot: Spot, step: int) -> Spot:
        """So many spots further down or up its column; the spot itself at the end."""
        spots = self.spots(spot.column)
        if spot not in spots:
            return self.nearest(spot.column, spot.starts) or spot
        return spots[min(len(spots) - 1, max(0, spots.index(spot) + step))]

    def across(self, spot: Spot, step: int, minute: float) -> Spot:
        """At the same time in the next column that has a spot."""
        column = spot.column + step
        while 0 <= column < len(self._plan.columns):
            if (found := self.nearest(column, minute)) is not None:
                return found
            column += step
        return spot

    def still(self, spot: Spot) -> Spot | None:
        """The same spot in this plan, which may be a later reading: an appointment goes where it has moved to."""
        if spot.key:
            return self.of_key(spot.key)
        return self.nearest(spot.column, spot.starts) if spot.column < len(self._plan.columns) else None


def _away(spot: Spot, minute: float) -> float:
    if spot.starts <= minute < spot.ends:
        return -1
    return min(abs(spot.starts - minute), abs(spot.ends - minute))


class Ghost(Struct, frozen=True):
    """An appointment on its way to another place: nothing is changed before it is dropped and confirmed."""

    row: AppointmentRow
    column: int
    starts: int
    ends: int

    def moved(self, minutes: int) -> Ghost:
        """Earlier or later, as long as the day lasts."""
        minutes = max(-self.starts, min(DAY - self.ends, minutes))
        return replace(self, starts=self.starts + minutes, ends=self.ends + minutes)

    def put(self, column: int, starts: int) -> Ghost:
        """Into a column at a minute."""
        return replace(self, column=column).moved(starts - self.starts)

    def stretched(self, ends: int) -> Ghost:
        """To another end, no shorter than a step."""
        return replace(self, ends=min(DAY, max(self.starts + STEP, ends)))


def place_of(plan: Plan, ghost: Ghost) -> Place:
    """What a ghost holds, were it dropped: the officer or room of its column, all else as it was."""
    column = plan.columns[ghost.column]
    local = plan.day(ghost.column)
    officer_id, room_id = ghost.row.officer_id, ghost.row.room_id
    if plan.shown.range is Range.DAY:
        if plan.shown.by is By.ROOMS:
            room_id = column.room_id
        else:
            officer_id = column.officer_id
    return Place(local.instant(ghost.starts), local.instant(ghost.ends), officer_id, room_id, ghost.row.interpreter_id)
