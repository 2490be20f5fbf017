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
from ui.refused import BUG, Refused

log = logging.getLogger(__name__)

SHORTEST_PERSONAL = 2
"""Personal words shorter than this are left in a bug's report: they say nothing about anyone."""


class Relay(QObject):
    """Carries replies to the GUI thread. The workers hold it, so that it outlives an abandoned thread's work."""

    came = Signal(object)


class Job(Struct, frozen=True):
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


class Worker:
    """One thread that does its jobs in order. A daemon: it never keeps the program from ending."""

    def __init__(self, name: str, relay: Relay) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._relay = relay
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
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
