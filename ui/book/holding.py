"""The slot that is talked about is held meanwhile, so that nobody else takes it."""

from __future__ import annotations

from collections.abc import Callable

from reception.clock import MINUTE, Instant
from reception.domain.booking import Slot
from reception.services.appointment_commands import HoldSlot, ReleaseHold
from reception.services.commands import Command, Result, new_id
from ui.book.hands import BookPanel
from ui.moments import said_time


class Holding:
    """One slot at a time, for one panel, which says until when."""

    def __init__(self, panel: BookPanel, send: Callable[[Command], None]) -> None:
        self._panel, self._send = panel, send
        self._slot: Slot | None = None
        self.id = ""
        """Of what is held; empty for nothing."""
        self._until: Instant | None = None

    def hold(self, slot: Slot, service_id: str) -> bool:
        """Hold this one, in place of the one before. False where it is the one that is held."""
        if slot == self._slot:
            return False
        before, self.id = self.id, new_id()
        self._slot = slot
        hands = self._panel.hands
        self._send(HoldSlot(id=self.id, **hands.by(), place=slot.place, service_id=service_id, instead_of=before))
        return True

    def held(self, result: Result) -> None:
        """It was done."""
        hands = self._panel.hands
        self._until = (result.at or hands.now()) + hands.view().office.hold_minutes * MINUTE
        self.tick(hands.now())

    def tick(self, now: Instant) -> None:
        """A second has passed."""
        if self._until is None:
            return
        if now >= self._until:
            self._until, self._slot = None, None
            self._panel.set_note("no longer held")
        else:
            self._panel.set_note(f"held until {said_time(self._until, self._panel.hands.view().office.zone)}")

    def forget(self) -> None:
        """It is taken by somebody else, or booked."""
        self.id, self._slot, self._until = "", None, None
        self._panel.set_note("")

    def release(self) -> None:
        if self.id:
            self._send(ReleaseHold(**self._panel.hands.by(), hold_id=self.id))
            self.id = ""
