"""The lines of the queue: what stands in each column of a visit's row, and what is heard of it."""

from __future__ import annotations

from enum import IntEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import Instant
from reception.domain.desk_view import QueueRow
from ui import moments, needed, queue_words
from ui.models.promise import Face, Standing
from ui.needed import NeedItem


class Column(IntEnum):
    """The columns of the queue."""

    TICKET = 0
    SERVICE = 1
    CAME = 2
    NEEDS = 3
    PROMISE = 4
    TIME_LEFT = 5


_MEANING = {Standing.IN_TIME: "in time", Standing.DUE_SOON: "due soon", Standing.LATE: "lost", Standing.NO_PROMISE: ""}
"""What the bar's colour and shape say."""
HEADS = ("Ticket", "Service", "Came", "Needs", "Promise", "Time left")


class Line(Struct):
    """One line of the table. Its words are made when they are first asked for: of a long queue few rows are seen."""

    key: str
    row: QueueRow | None
    face: Face | None
    caption: str = ""
    zone: ZoneInfo | None = None
    _came: str | None = None
    _needs: tuple[NeedItem, ...] | None = None

    @property
    def needs(self) -> tuple[NeedItem, ...]:
        if self._needs is None:
            self._needs = () if self.row is None else needed.row_needs(self.row)
        return self._needs

    @property
    def came(self) -> str:
        if self._came is None:
            self._came = "" if self.row is None or self.zone is None else queue_words.came_words(self.row, self.zone)
        return self._came

    def words(self, column: Column) -> str:
        """What stands in a column; the promise is a bar, without words."""
        if self.row is None or self.face is None:
            return self.caption if column is Column.TICKET else ""
        match column:
            case Column.TICKET:
                return self.row.number
            case Column.SERVICE:
                return service_in_row(self.row)
            case Column.CAME:
                return self.came
            case Column.NEEDS:
                return ", ".join(item.words for item in self.needs)
            case Column.PROMISE:
                return ""
            case Column.TIME_LEFT:
                return self.face.words

    def aloud(self, column: Column, now: Instant) -> str:
        """What a screen reader says of a column, at `now`."""
        if self.row is None or self.face is None or self.zone is None:
            return self.words(column)
        match column:
            case Column.TICKET:
                return queue_words.row_aloud(self.row, self.zone, now)
            case Column.SERVICE:
                return queue_words.services_in_full(self.row)
            case Column.NEEDS:
                return ", ".join(item.full for item in self.needs) or "No needs"
            case Column.PROMISE:
                return self._promise_aloud(self.row, self.face)
            case Column.TIME_LEFT if self.row.judged is None and self.face.standing is not Standing.NO_PROMISE:
                return moments.time_left_aloud(self.row.deadline, now)
            case _:
                return self.words(column)

    @staticmethod
    def _promise_aloud(row: QueueRow, face: Face) -> str:
        if row.target is None:
            return "No promise"
        promise = f"Promise of {moments.plural(moments.whole_minutes(row.target), 'minute')}"
        return f"{promise}, {'about to be lost' if face.attention else _MEANING[face.standing]}"

    def tip(self, column: Column) -> str | None:
        """What a column has no room for."""
        if self.row is None:
            return self.caption
        if column is Column.SERVICE:
            return queue_words.services_in_full(self.row)
        if column is Column.NEEDS and self.needs:
            return "\n".join(item.full for item in self.needs)
        return None

    def same_words(self, other: Line) -> bool:
        """Whether all but the face is the same; rows that are equal are one object (see `QueueModel`)."""
        return self.row is other.row and (self.zone, self.caption) == (other.zone, other.caption)


def service_in_row(row: QueueRow) -> str:
    """The service, and what comes after it, as there is room for."""
    return " ".join(filter(None, queue_words.service_words(row)))
