"""One long question at a time: begun, heard of, stopped, and never answered once another was begun in its place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.errors import Code
from reception.services.supervisor_queries import LongQuery
from ui.link import Link
from ui.refused import Refused


class LongWork(QObject):
    """See the module. Nothing of a question that was stopped is heard again."""

    progressed = Signal(int, int)
    """(done, total)"""
    answered = Signal(object, object)
    """(query, answer)"""
    refused = Signal(object, object)
    """(query, :class:`Refused`)"""
    changed = Signal()
    """It has begun, or ended in whatever way."""

    def __init__(self, link: Link, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._query: LongQuery | None = None
        self._stop = _nothing

    @property
    def query(self) -> LongQuery | None:
        """What is under way."""
        return self._query

    def begin(self, query: LongQuery) -> None:
        """Ask; what was under way is stopped."""
        self._stop()
        self._query = query

        def answered(answer: object) -> None:
            if self._query is query:
                self._end()
                self.answered.emit(query, answer)

        def refused(no: Refused) -> None:
            if self._query is query:
                self._end()
                if no.code is not Code.CANCELLED:
                    self.refused.emit(query, no)

        def progressed(done: int, total: int) -> None:
            if self._query is query:
                self.progressed.emit(done, total)

        self._stop = self._link.work_out(query, answered, refused, progressed)
        self.changed.emit()

    def stop(self) -> bool:
        """Whether there was anything to stop."""
        if self._query is None:
            return False
        self._stop()
        self._end()
        return True

    def _end(self) -> None:
        self._query, self._stop = None, _nothing
        self.changed.emit()


def _nothing() -> None:
    """Nothing is under way."""
