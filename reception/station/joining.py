"""What was done in the own file joins the shared database: each command once, in its order."""

from __future__ import annotations

import logging

from msgspec.structs import replace

from reception.app import Door
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.station.possible import OUT_OF_REACH
from reception.storage.kept_work import KeptWork

log = logging.getLogger(__name__)

PASSES = OUT_OF_REACH | {Code.DATABASE_BUSY, Code.DATABASE_FULL, Code.DATABASE_READ_ONLY, Code.SCHEMA_NEWER}
"""Refusals that say nothing of what is to join: it is tried again."""


class Joining:
    """Of one own file. One thread at a time."""

    def __init__(self, kept: KeptWork) -> None:
        self._kept = kept
        self._moved_prints: dict[str, str] = {}
        self.not_joined = ""
        """The file, beside the own one, with what could not join; empty: all has joined."""

    def join(self, shared: Door) -> None:
        """Until nothing is left. Refuses what says nothing of what is to join: it is tried again."""
        from reception.wiring import CAN_UNDO

        while (command_id := self._kept.next_to_join()) is not None:
            try:
                work = self._kept.work_of(command_id)
                result = shared.do(replace(work, can_undo=type(work.done) in CAN_UNDO))
            except Exception as error:
                if isinstance(error, Refusal) and error.code in PASSES:
                    raise
                # Neither this nor what comes after it is lost, or waits for it for ever.
                log.exception("something that was done while cut off could not join")
                self.not_joined = self._kept.set_aside(command_id).name
                continue
            self._moved_prints.update(zip(_unprinted(work), result.prints, strict=False))
            self._kept.has_joined(command_id)

    def moved_print(self, job_id: str) -> str | None:
        """The print job that took this one's place when its command joined; told once."""
        return self._moved_prints.pop(job_id, None)


def _unprinted(work: c.JoinWork) -> tuple[str, ...]:
    return work.result.prints if len(work.unprinted) == len(work.result.prints) else ()
