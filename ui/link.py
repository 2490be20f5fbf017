"""The link between the windows and the one door.

Database work is done in order on one thread and printing on another; what comes of it (results, refusals and
bugs) is handed back on the GUI thread. The GUI thread never waits: every call here returns at once.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from queue import SimpleQueue
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reception.clock import Instant, SystemClock
from reception.domain.snapshots import DeskView, EvacuationList
from reception.errors import Code, Refusal
from reception.services.commands import Command, Desk, Query, Result

log = logging.getLogger(__name__)

HEARTBEAT_MS = 1_000
SLOW_AFTER_MS = 1_500
PRINT_SLOW_AFTER_MS = 5_000
UNANSWERED_AFTER_S = 5.0
"""A heartbeat without an answer for so long counts as: the database can't be reached."""
SOONEST_REORDER_MS = 250
CLOSE_WITHIN_S = 0.9
REMEMBERED_IDS = 500
SHORTEST_PERSONAL = 2
"""Personal words shorter than this are left in a bug's report: they say nothing about anyone."""

CONNECTION_CODES = frozenset({Code.DATABASE_UNREACHABLE, Code.DATABASE_BUSY})
"""Over as soon as anything is answered."""
WRITING_CODES = frozenset({Code.DATABASE_FULL, Code.DATABASE_READ_ONLY})
"""Over only when something has been saved: reading goes on meanwhile."""


class DoorLike(Protocol):
    """What the link needs of the door (`reception.app.Door`)."""

    def do(self, command: Command) -> Result: ...

    def ask(self, query: Query) -> Any: ...

    def changes(self, since: int) -> tuple[int, frozenset[str]]: ...

    def print_job(self, job_id: str) -> None: ...

    def print_evacuation(self, evacuation: EvacuationList) -> None: ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A "no" as it reaches a window. `code` is None for a bug, which is in the log; `field` is what a form shows."""

    code: Code | None
    reason: str
    remedy: str = ""
    field: str = ""

    @classmethod
    def of(cls, error: Refusal) -> Refused:
        return cls(error.code, error.reason, error.remedy, error.field)


BUG = Refused(
    None, "Something went wrong inside the program.", "Nothing was changed. Try once more; the log has the details."
)
UNANSWERED = Refused(Code.DATABASE_UNREACHABLE, "The database does not answer.", "Check the network.")


class Link(QObject):
    """A window's way to the door. One per window; `close` it before the door.

    `now` tells the office's time, if it is known yet (a `Pulse` does); else this computer's clock is used.
    """

    view_came = Signal(DeskView)
    offline = Signal(object, object)
    """(since: Instant, Refused): the database refuses. `since` is the first failure in a row."""
    online = Signal()
    slow = Signal(bool)
    """A command has been under way for a while; False when all are answered."""
    printed = Signal(str)
    """The number whose ticket or slip came out."""
    print_failed = Signal(str, object)
    """(number, Refused)"""
    print_slow = Signal(str)

    def __init__(
        self, door: DoorLike, now: Callable[[], Instant | None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._now = now
        self._relay = _Relay()
        self._relay.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._database = _Worker("reception-database", self._relay)
        self._printing = _Worker("reception-printing", self._relay)
        self._closed = False

        self._in_flight: set[str] = set()
        self._done: OrderedDict[str, None] = OrderedDict()
        self._slow = False
        self._slow_timer = self._timer(SLOW_AFTER_MS, self._still_under_way, single=True)

        self._watched: Desk | None = None
        self._view_asked = False
        self._view_wanted_again = False
        self._sequence = -1
        self._beating_since: float | None = None
        self._beat_timer = self._timer(HEARTBEAT_MS, self._beat)
        self._order_timer = self._timer(0, self.refresh, single=True)

        self._offline_since: Instant | None = None
        self._offline_ends_on_saving = False

        self._last_prints: dict[str, str] = {}
        self._prints_under_way: dict[str, str] = {}
        self._print_timer = self._timer(PRINT_SLOW_AFTER_MS, self._still_printing, single=True)

    # -- commands and queries --------------------------------------------------------------------------------

    def do(
        self,
        command: Command,
        done: Callable[[Result], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> bool:
        """Send a command. False when its id is under way or done already: then nothing is sent."""
        if self._closed or command.id in self._in_flight or command.id in self._done:
            return False
        self._in_flight.add(command.id)
        if not self._slow_timer.isActive() and not self._slow:
            self._slow_timer.start()

        def came(result: Result) -> None:
            self._settled(command.id, was_done=True)
            self._answered(saved=True)
            self._order_prints(result)
            if done is not None:
                done(result)
            self.refresh()

        def came_not(no: Refused) -> None:
            self._settled(command.id, was_done=False)
            self._refused_by_database(no)
            if refused is not None:
                refused(no)
            self.refresh()

        self._database.add(_Job(lambda: self._door.do(command), came, came_not, personal_words(command)))
        return True

    def ask(
        self,
        query: Query,
        answered: Callable[[Any], None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Ask a question; the answer comes to `answered`."""
        if self._closed:
            return

        def came(value: Any) -> None:
            self._answered(saved=False)
            answered(value)

        def came_not(no: Refused) -> None:
            self._refused_by_database(no)
            if refused is not None:
                refused(no)

        self._database.add(_Job(lambda: self._door.ask(query), came, came_not, personal_words(query)))

    def is_under_way(self, command_id: str) -> bool:
        return command_id in self._in_flight

    # -- the desk's view -------------------------------------------------------------------------------------

    def watch(self, desk: Desk) -> None:
        """From now on show this desk: ask its view, and again whenever something changes."""
        self._watched = desk
        self._sequence = -1
        if not self._beat_timer.isActive():
            self._beat_timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask the view again. While one request is under way, at most one more is remembered."""
        if self._closed or self._watched is None:
            return
        if self._view_asked:
            self._view_wanted_again = True
            return
        self._view_asked = True
        watched = self._watched

        def came(view: DeskView) -> None:
            self._answered(saved=False)
            if watched == self._watched:
                self._take_view(view)
            self._view_settled()

        def came_not(no: Refused) -> None:
            self._refused_by_database(no)
            self._view_settled()

        self._database.add(_Job(lambda: self._door.ask(watched), came, came_not))

    def _take_view(self, view: DeskView) -> None:
        self._sequence = view.sequence
        self._order_timer.stop()
        if view.order_valid_until is not None:
            self._order_timer.start(max(SOONEST_REORDER_MS, view.order_valid_until - view.now + 1))
        self.view_came.emit(view)

    def _view_settled(self) -> None:
        self._view_asked = False
        if self._view_wanted_again:
            self._view_wanted_again = False
            self.refresh()

    def _beat(self) -> None:
        if self._beating_since is not None:
            if time.monotonic() - self._beating_since > UNANSWERED_AFTER_S:
                self._refused_by_database(UNANSWERED)
            return
        self._beating_since = time.monotonic()
        since = self._sequence

        def came(changes: tuple[int, frozenset[str]]) -> None:
            self._beating_since = None
            was_offline = self._offline_since is not None
            self._answered(saved=False)
            if changes[0] != self._sequence or was_offline:
                self.refresh()

        def came_not(no: Refused) -> None:
            self._beating_since = None
            self._refused_by_database(no)

        self._database.add(_Job(lambda: self._door.changes(since), came, came_not))

    # -- is the database there? ------------------------------------------------------------------------------

    def _refused_by_database(self, no: Refused) -> None:
        if no.code not in CONNECTION_CODES | WRITING_CODES:
            return
        self._offline_ends_on_saving = self._offline_ends_on_saving or no.code in WRITING_CODES
        if self._offline_since is None:
            self._offline_since = self._office_time()
            self.offline.emit(self._offline_since, no)

    def _office_time(self) -> Instant:
        known = self._now() if self._now is not None else None
        return SystemClock().now() if known is None else known

    def _answered(self, *, saved: bool) -> None:
        if self._offline_since is None or (self._offline_ends_on_saving and not saved):
            return
        self._offline_since = None
        self._offline_ends_on_saving = False
        self.online.emit()

    # -- a command that takes its time -----------------------------------------------------------------------

    def _settled(self, command_id: str, *, was_done: bool) -> None:
        self._in_flight.discard(command_id)
        if was_done:
            self._done[command_id] = None
            while len(self._done) > REMEMBERED_IDS:
                self._done.popitem(last=False)
        if not self._in_flight:
            self._slow_timer.stop()
            if self._slow:
                self._slow = False
                self.slow.emit(False)

    def _still_under_way(self) -> None:
        if self._in_flight:
            self._slow = True
            self.slow.emit(True)

    # -- printing --------------------------------------------------------------------------------------------

    def print_again(self, number: str) -> bool:
        """Print the last ticket or slip of a number that was ordered at this window once more."""
        job_id = self._last_prints.get(number)
        if job_id is None or job_id in self._prints_under_way:
            return False
        self._print(job_id, number)
        return True

    def is_printing(self, number: str) -> bool:
        return number in self._prints_under_way.values()

    def print_evacuation(
        self,
        evacuation: EvacuationList,
        done: Callable[[], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Print who is inside, at once: on a thread of its own, so that it waits for no jammed ticket."""
        worker = _Worker("reception-evacuation", self._relay)
        worker.add(
            _Job(
                lambda: self._door.print_evacuation(evacuation),
                lambda _: done() if done is not None else None,
                lambda no: refused(no) if refused is not None else None,
            )
        )
        worker.end()

    def _order_prints(self, result: Result) -> None:
        for job_id in result.prints:
            self._print(job_id, result.number or result.finished_number)

    def _print(self, job_id: str, number: str) -> None:
        self._last_prints[number] = job_id
        self._prints_under_way[job_id] = number
        if not self._print_timer.isActive():
            self._print_timer.start()

        def came(_: None) -> None:
            self._prints_under_way.pop(job_id, None)
            self.printed.emit(number)
            self.refresh()

        def came_not(no: Refused) -> None:
            self._prints_under_way.pop(job_id, None)
            self.print_failed.emit(number, no)
            self.refresh()

        self._printing.add(_Job(lambda: self._door.print_job(job_id), came, came_not))

    def _still_printing(self) -> None:
        for number in self._prints_under_way.values():
            self.print_slow.emit(number)
            return

    # -- the end ---------------------------------------------------------------------------------------------

    def close(self) -> bool:
        """End within a second. True when the database thread has ended and the door may be closed too.

        What hangs (a printer, a dead network) is left behind: its thread ends with the process.
        """
        if self._closed:
            return not self._database.is_alive()
        self._closed = True
        for timer in (self._beat_timer, self._order_timer, self._slow_timer, self._print_timer):
            timer.stop()
        self._database.end()
        self._printing.end()
        until = time.monotonic() + CLOSE_WITHIN_S
        self._database.wait(until)
        self._printing.wait(until)
        self._relay.came.disconnect(self._deliver)
        return not self._database.is_alive()

    def _deliver(self, reply: Callable[[], None]) -> None:
        if not self._closed:
            reply()

    def _timer(self, milliseconds: int, run: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(single)
        timer.timeout.connect(run)
        return timer


# -- threads -------------------------------------------------------------------------------------------------


class _Relay(QObject):
    """Carries replies to the GUI thread. The workers hold it, so that it outlives an abandoned thread's work."""

    came = Signal(object)


@dataclass(frozen=True)
class _Job:
    work: Callable[[], Any]
    came: Callable[[Any], None]
    came_not: Callable[[Refused], None]
    personal: tuple[str, ...] = ()
    """Words that a bug's report must not hold."""

    def run(self) -> Callable[[], None]:
        """Do the work; what is returned is to be called on the GUI thread."""
        try:
            value = self.work()
        except Refusal as error:
            no = Refused.of(error)
            return lambda: self.came_not(no)
        except Exception as error:  # noqa: BLE001  logged whole, less what is personal
            log.error("A bug, reported as one sentence:\n%s", without_personal_words(error, self.personal))
            return lambda: self.came_not(BUG)
        return lambda: self.came(value)


class _Worker:
    """One thread that does its jobs in order. A daemon: it never keeps the program from ending."""

    def __init__(self, name: str, relay: _Relay) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._relay = relay
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, job: _Job) -> None:
        self._jobs.put(job)

    def end(self) -> None:
        self._jobs.put(None)

    def wait(self, until: float) -> None:
        self._thread.join(max(0.0, until - time.monotonic()))

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._relay.came.emit(job.run())


# -- what a log may not hold ---------------------------------------------------------------------------------


def personal_words(value: object) -> tuple[str, ...]:
    """Every text in a command or query that its repr leaves out: names, notes, reasons, what was searched."""
    if not is_dataclass(value) or isinstance(value, type):
        return ()
    return tuple(
        word
        for field in fields(value)
        if not field.repr
        for word in _texts_in(getattr(value, field.name))
        if len(word) >= SHORTEST_PERSONAL
    )


def _texts_in(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(
            text
            for field in fields(value)
            if field.name in ("name", "note")
            for text in _texts_in(getattr(value, field.name))
        )
    return ()


def without_personal_words(error: BaseException, personal: tuple[str, ...]) -> str:
    """The whole traceback as text, each personal word (and its repr) replaced by an ellipsis."""
    report = "".join(traceback.format_exception(error))
    for word in sorted(personal, key=len, reverse=True):
        for form in (word, repr(word)[1:-1], ascii(word)[1:-1]):
            report = report.replace(form, "…")
    return report
