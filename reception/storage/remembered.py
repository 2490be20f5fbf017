"""What was made of the rows of a queue when it was last read, and what was learnt of an office's waits.

Most visits in a queue are the same from one view to the next. What is remembered of a visit holds only while its row
says the very same, so nothing has to tell when it is out of date. A visit that has left the queue is forgotten with
the next view.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from reception.domain.desk_view import QueueRow
from reception.domain.queueing import Entry
from reception.storage.offices import OfficeRecord

T = TypeVar("T")


class Made(NamedTuple):
    """What was made of one visit's row."""

    read: tuple[Any, ...]
    entry: Entry
    row: QueueRow


class RememberedQueues:
    """The queue of each office as it was last read, under the settings that held. Safe to use from several threads."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[OfficeRecord, Mapping[str, Made]]] = {}

    def of(self, record: OfficeRecord) -> Mapping[str, Made]:
        """By visit; nothing after a change of the settings, which give names, guards and priorities."""
        under, made = self._made.get(record.office.id, (None, {}))
        return made if under is record else {}

    def keep(self, record: OfficeRecord, made: Mapping[str, Made]) -> None:
        self._made[record.office.id] = (record, made)


class RememberedWaits(Generic[T]):
    """What was learnt of each office's waits, for the hour that it was learnt in and the settings that held."""

    def __init__(self) -> None:
        self._learnt: dict[str, tuple[OfficeRecord, int, T]] = {}

    def of(self, record: OfficeRecord, hour: int) -> T | None:
        under, learnt_in, learnt = self._learnt.get(record.office.id, (None, 0, None))
        return learnt if under is record and learnt_in == hour else None

    def keep(self, record: OfficeRecord, hour: int, learnt: T) -> None:
        self._learnt[record.office.id] = (record, hour, learnt)
