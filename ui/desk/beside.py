"""What stands beside the queue, asked when the journal has moved and each minute: never before the queue itself."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from reception.clock import MINUTE, Instant
from reception.domain.about_now import AboutNow
from reception.domain.desk_view import DeskView
from reception.domain.duties import Duty
from reception.services.appointment_queries import AboutNowOf, Duties
from ui.link import Link
from ui.refused import Refused

FIRST_MS = 50
SOONEST_MS = 1_000
"""However busy the office is, it is not asked again sooner."""


def numbers_in(view: DeskView) -> frozenset[str]:
    """Of all who are here as far as a view tells."""
    rows = {each.number for each in view.queue} | {each.number for each in view.asides if each.end is None}
    present = {view.present.number} if view.present is not None else set()
    return frozenset(rows | present | {each.number for each in view.counters}) - {""}


def without(about: AboutNow, gone: frozenset[str]) -> AboutNow:
    """Nobody of `gone` is in a room any more."""
    free = {"visit_id": "", "number": "", "since": None}
    return replace(about, rooms=tuple(replace(room, **free) if room.number in gone else room for room in about.rooms))


class Beside(QObject):
    """Asks on a thread of its own, one question at a time; a refusal leaves what was shown and is asked again."""

    about_came = Signal(object)
    """An :class:`AboutNow`."""
    duties_came = Signal(object)
    """A tuple of :class:`Duty`, the most urgent first."""

    def __init__(self, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._office_id = ""
        self._sequence = -1
        self._asked_at: Instant = 0
        self._under_way = 0
        self._wanted = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask_if_wanted)
        self._has_begun = False
        self._view: DeskView | None = None
        self.about: AboutNow | None = None
        self.duties: tuple[Duty, ...] = ()

    def begin(self) -> None:
        """The queue is on the screen: what stands beside it may be read, and what reads it be loaded."""
        self._has_begun = True
        self._again.start(FIRST_MS)

    def show_view(self, view: DeskView) -> None:
        """The journal may have moved."""
        before, self._view = self._view, view
        if before is not None and self.about is not None and view.kept is not None:
            self._free_rooms(self.about, before, view)
        if (view.office.id, view.sequence) == (self._office_id, self._sequence):
            return
        self._office_id, self._sequence = view.office.id, view.sequence
        self._ask(view.now)

    def _free_rooms(self, about: AboutNow, before: DeskView, view: DeskView) -> None:
        """Cut off nothing is asked beside the queue; but whoever has left since the view before is in no room.

        What the database told last may be ahead of the own file: of that only the visit at this counter is compared.
        """
        were = (
            numbers_in(before)
            if before.kept is not None
            else numbers_in(replace(before, queue=(), counters=(), asides=()))
        )
        self.about = without(about, were - numbers_in(view))
        if self.about != about:
            self.about_came.emit(self.about)

    def tick(self, now: Instant) -> None:
        """A minute after it was last asked it is asked again: much of it changes by time alone."""
        if self._office_id and now - self._asked_at >= MINUTE:
            self._ask(now)

    def _ask(self, now: Instant) -> None:
        self._asked_at = now
        if not self._has_begun or self._under_way or self._again.isActive():
            self._wanted = True
            return
        self._under_way = 2
        self._link.ask_beside(AboutNowOf(self._office_id), self._about_came, self._refused)
        self._link.ask_beside(Duties(self._office_id), self._duties_came, self._refused)

    def _ask_if_wanted(self) -> None:
        if self._wanted:
            self._wanted = False
            self._ask(self._asked_at)

    def _settled(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._again.start(SOONEST_MS)

    def _about_came(self, about: AboutNow) -> None:
        self._settled()
        self.about = about
        self.about_came.emit(about)

    def _duties_came(self, duties: tuple[Duty, ...]) -> None:
        self._settled()
        self.duties = duties
        self.duties_came.emit(duties)

    def _refused(self, _no: Refused) -> None:
        self._settled()
        self._sequence = -1
