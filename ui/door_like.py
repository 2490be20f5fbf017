"""What a window's link needs of the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from reception.domain.stations import Beat, Contact
from reception.services.commands import Command, Result
from reception.services.queries import Query
from reception.services.supervisor_queries import LongQuery
from ui.papers import PrintingDoor


class FeedLike(Protocol):
    """What tells of news, until it is closed."""

    def close(self) -> None: ...

    def wait(self, seconds: float) -> bool: ...


class DoorLike(PrintingDoor, Protocol):
    """What the link needs of the door (`reception.app.Door`)."""

    def do(self, command: Command) -> Result: ...

    def ask(self, query: Query) -> Any: ...

    def work_out(self, query: LongQuery, progress: Callable[[int, int], None]) -> Any: ...

    def feed(self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]) -> FeedLike: ...

    def hang_up(self) -> None: ...

    def sign_out_supervisor(self) -> None: ...
