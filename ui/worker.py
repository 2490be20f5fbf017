"""Threads that do what the GUI thread must not wait for, and hand back what came of it: results, refusals and bugs."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from reception.domain.discreet import Discreet
from reception.errors import Refusal
from ui.refused import BUG, UNANSWERED, Refused

log = logging.getLogger(__name__)

SHORTEST_PERSONAL = 2
"""Personal words shorter than this are left in a bug's report: they say nothing about anyone."""


class Relay(QObject):
    """Carries replies to the GUI thread. The workers hold it, so that it outlives an abandoned thread's work."""

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rests = False

    def tell(self, reply: Callable[[], None]) -> None:
        """On any thread."""
        if not self._rests:
            self.came.emit(reply)

    def rest(self) -> None:
        """Carry nothing more. A thread that was left behind may be done when Qt's side of this has ended already."""
        self._rests = True


class Job(Struct, frozen=True):
    work: Callable[[], Any]
    came: Callable[[Any], None]
    came_not: Callable[[Refused], None]
    personal: tuple[str, ...] = ()
    """Words that a bug's report must not hold."""
    unanswered: Refused = UNANSWERED
    """What is said when the database is out of reach and there is no answer yet."""

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


class Worker:
    """One thread that does its jobs in order. A daemon: it never keeps the program from ending."""

    def __init__(self, name: str, relay: Relay) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._relay = relay
        self._is_left = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
        self._jobs.put(job)

    def leave(self) -> None:
        """End after the job at hand; what was to follow is not done."""
        self._is_left = True
        self.end()

    def end(self) -> None:
        self._jobs.put(None)

    def wait(self, until: float) -> None:
        self._thread.join(max(0.0, until - time.monotonic()))

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None and not self._is_left:
            self._relay.tell(job.run())


class Hands:
    """A worker that may be left behind with what it can't finish: that is then refused, and another takes its place.

    Used on the GUI thread, where the replies come too.
    """

    def __init__(self, name: str, relay: Relay) -> None:
        self._name = name
        self._relay = relay
        self._worker = Worker(name, relay)
        self._left: list[Worker] = []
        self._under_way: dict[int, Job] = {}
        self._number = 0

    def add(self, job: Job) -> None:
        self._number += 1
        number = self._number
        self._under_way[number] = job

        # Whoever was refused meanwhile hears of it no more.
        def came(value: Any) -> None:
            if self._under_way.pop(number, None) is not None:
                job.came(value)

        def came_not(no: Refused) -> None:
            if self._under_way.pop(number, None) is not None:
                job.came_not(no)

        self._worker.add(Job(job.work, came, came_not, job.personal))

    def give_up(self) -> None:
        """Refuse all that has no answer yet, whatever may still come of it."""
        if not self._under_way:
            return
        under_way, self._under_way = self._under_way, {}
        self._worker.leave()
        self._left = [each for each in (*self._left, self._worker) if each.is_alive()]
        self._worker = Worker(self._name, self._relay)
        for job in under_way.values():
            job.came_not(job.unanswered)

    def end(self) -> None:
        self._worker.end()

    def wait(self, until: float) -> None:
        for each in (self._worker, *self._left):
            each.wait(until)

    def is_alive(self) -> bool:
        return any(each.is_alive() for each in (self._worker, *self._left))


class Crew:
    """The threads of one window by name, each begun when it is first needed."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._hands: dict[str, Hands] = {}

    def hands(self, name: str) -> Hands:
        if name not in self._hands:
            self._hands[name] = Hands(name, self._relay)
        return self._hands[name]

    def give_up(self) -> None:
        """Refuse all that has no answer yet. Whoever hears of it may ask for hands of another name."""
        for each in [*self._hands.values()]:
            each.give_up()

    def end(self) -> None:
        for each in self._hands.values():
            each.end()

    def wait(self, until: float) -> None:
        """Wait for all of them, until an instant of the monotonic clock (seconds)."""
        for each in self._hands.values():
            each.wait(until)

    def is_alive(self) -> bool:
        """One of them still works."""
        return any(each.is_alive() for each in self._hands.values())


def personal_words(value: object) -> tuple[str, ...]:
    """Every text in a command or query that its repr leaves out: names, notes, reasons, what was searched."""
    if not isinstance(value, Discreet):
        return ()
    return tuple(
        word
        for name in value.__struct_fields__
        if name in value.personal
        for word in _texts_in(getattr(value, name))
        if len(word) >= SHORTEST_PERSONAL
    )


def _texts_in(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Struct):
        told = (name for name in value.__struct_fields__ if name in ("name", "note"))
        return tuple(text for name in told for text in _texts_in(getattr(value, name)))
    return ()


def without_personal_words(error: BaseException, personal: tuple[str, ...]) -> str:
    """The whole traceback as text, each personal word (and its repr) replaced by an ellipsis."""
    report = "".join(traceback.format_exception(error))
    for word in sorted(personal, key=len, reverse=True):
        for form in (word, repr(word)[1:-1], ascii(word)[1:-1]):
            report = report.replace(form, "…")
    return report
