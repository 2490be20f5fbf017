"""A question that takes seconds, while it is worked out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from reception.errors import Code, Refusal
from reception.services.supervisor_queries import LongQuery
from ui.door_like import DoorLike
from ui.refused import Refused
from ui.worker import Job, Relay


class LongQuestion:
    """`progressed` hears what is done, and of how much, on the GUI thread. `is_over`: nobody listens any more."""

    def __init__(
        self,
        door: DoorLike,
        query: LongQuery,
        relay: Relay,
        progressed: Callable[[int, int], None],
        is_over: Callable[[], bool],
    ) -> None:
        self._door = door
        self._query = query
        self._relay = relay
        self._progressed = progressed
        self._is_over = is_over
        self._stopped = threading.Event()

    def stop(self) -> None:
        """It is then refused as CANCELLED, whatever was found by then, and nothing more is said of what is done."""
        self._stopped.set()

    def job(self, answered: Callable[[Any], None], refused: Callable[[Refused], None]) -> Job:
        def came(found: Any) -> None:
            if self._stopped.is_set():
                refused(Refused.of(_cancelled()))
            else:
                answered(found)

        return Job(self._work, came, refused)

    def _work(self) -> Any:
        if self._stopped.is_set():
            raise _cancelled()
        return self._door.work_out(self._query, self._progress)

    def _progress(self, done: int, total: int) -> None:
        if self._stopped.is_set() or self._is_over():
            raise _cancelled()
        self._relay.tell(lambda: None if self._stopped.is_set() else self._progressed(done, total))


def _cancelled() -> Refusal:
    return Refusal(Code.CANCELLED, "Stopped.")
