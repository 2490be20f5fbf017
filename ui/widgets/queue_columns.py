"""Where the columns of the queue stand, at any width and any size of text."""

from __future__ import annotations

from msgspec import Struct

from ui.models.queue_lines import Column
from ui.theme import Look

PADDING = 16
GAP = 8
ICON_GAP = 8
_BAR = 144
_NUMBER = 26
"""How much the services' column grows for " +2" at the most; a long name is cut as ever."""


class _Room(Struct, frozen=True):
    """Widths at 100 % text; what is None is left out. `needs` is the least that the needs are given."""

    service: int
    came: int | None
    bar: int | None
    needs: int | None


_ROOMS = (
    _Room(108, 112, _BAR, 120),
    _Room(108, 76, _BAR, 120),
    _Room(96, 76, 96, 112),
    _Room(84, 76, 96, 64),
    _Room(96, None, 96, 64),
    _Room(84, None, 72, 42),
    _Room(84, None, None, 42),
    _Room(64, None, None, None),
)
"""From roomy to narrow: the time of coming gives way first, then the bar's length, the needs' words, the bar."""


class Place(Struct, frozen=True):
    """The words of one column: where they begin and how wide they may be."""

    left: int
    width: int


class Columns(Struct, frozen=True):
    """The columns that are shown, by number, and the width of the promise bar (0: none)."""

    places: dict[Column, Place]
    bar: int
    width: int

    def sections(self) -> dict[Column, int]:
        """The same as adjoining header sections: each begins where its words do, the gap behind the words is its
        own; the time left has the gap before it, so that a long one has room."""
        shown = list(self.places)
        starts = [self.places[column].left - (GAP if column is Column.TIME_LEFT else 0) for column in shown]
        starts[0] = 0
        ends = [*starts[1:], self.width]
        return {column: end - start for column, start, end in zip(shown, starts, ends, strict=True)}


def time_width(look: Look) -> int:
    """Time left and its icon."""
    return look.px(86) + ICON_GAP + look.px(look.measure("size", "icon"))


def queue_columns(width: int, look: Look, planned: int = 0, named: int = 0) -> Columns:
    """The columns for a list of `width` pixels. `planned`: what a service takes with the number of those after it;
    `named`: what the longest name of a service takes, which is given what the needs can spare.
    """
    for room in _ROOMS:
        columns = _try(room, width, look, planned, named)
        if columns is not None:
            return columns
    return _squeezed(width, look)


def _try(room: _Room, width: int, look: Look, planned: int, named: int) -> Columns | None:
    ticket, time = look.px(64), time_width(look)
    service = max(look.px(room.service), min(planned, look.px(room.service + _NUMBER)))
    wanted: list[tuple[Column, int]] = [(Column.TICKET, ticket), (Column.SERVICE, service)]
    if room.came is not None:
        wanted.append((Column.CAME, look.px(room.came)))
    if room.needs is not None:
        wanted.append((Column.NEEDS, look.px(room.needs)))
    if room.bar is not None:
        wanted.append((Column.PROMISE, room.bar))
    wanted.append((Column.TIME_LEFT, time))
    spare = width - 2 * PADDING - GAP * (len(wanted) - 1) - sum(size for _, size in wanted)
    if spare < 0:
        return None
    to_service = spare if room.needs is None else min(max(0, named - service), spare // 2)
    grown = {Column.SERVICE: to_service, Column.NEEDS: spare - to_service}
    return _placed([(column, size + grown.get(column, 0)) for column, size in wanted], width)


def _squeezed(width: int, look: Look) -> Columns:
    """Ticket and time left alone, however narrow."""
    time = min(time_width(look), max(1, (width - 2 * PADDING - GAP) * 3 // 5))
    ticket = max(1, width - 2 * PADDING - GAP - time)
    return _placed([(Column.TICKET, ticket), (Column.TIME_LEFT, time)], width)


def _placed(sizes: list[tuple[Column, int]], width: int) -> Columns:
    places = {}
    x = PADDING
    for column, size in sizes:
        places[column] = Place(x, size)
        x += size + GAP
    return Columns(places, places[Column.PROMISE].width if Column.PROMISE in places else 0, width)
