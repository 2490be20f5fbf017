"""Which call is shown and said now: one after another, each once, and none that is old. Nothing of Qt is in here."""

from __future__ import annotations

from collections import deque

from msgspec.structs import replace

from reception.clock import MINUTE, SECOND, Instant
from reception.domain.board import BoardCall, BoardView

NEW_FOR = 2 * MINUTE
"""A call that is heard of later than so is not made any more: it is only shown among the earlier ones."""
SHOWN_FOR = 3 * MINUTE
"""A call stands large for so long, unless another takes its place."""
SHOWN_AT_LEAST = 8 * SECOND
"""And never for less than so, however many are called at once."""
EARLIER = 5
REMEMBERED = 1_000
"""Ids of calls that were heard of. One that was taken back and holds again is not made twice."""


class Calls:
    """The calls of one display. `present` stands large; those after it wait until it has been said whole."""

    def __init__(self) -> None:
        self.present: BoardCall | None = None
        self._known: dict[str, None] | None = None
        self._waiting: deque[BoardCall] = deque()
        self._all: tuple[BoardCall, ...] = ()
        self._is_said = True

    def take(self, view: BoardView) -> None:
        """What is called now. A display that has only just started has missed what was said before it."""
        first = self._known is None
        self._all = view.calls
        known = self._known or {}
        new = [
            call
            for call in reversed(view.calls)
            if call.id not in known and not call.is_over and view.now - call.at <= NEW_FOR
        ]
        self._known = known | dict.fromkeys(call.id for call in view.calls)
        while len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
        standing = {call.id: call for call in view.calls}
        if view.evacuated:
            self._waiting.clear()
            self.present, self._is_said = None, True
            return
        # As it is by now: it may have become private, or been taken back.
        still = (standing[call.id] for call in self._waiting if call.id in standing)
        self._waiting = deque(call for call in still if not call.is_over)
        if self.present is not None:
            self.present = standing.get(self.present.id) or self._called_again(view)
            self._is_said = self._is_said or self.present is None
        if first:
            self.present = new[-1] if new else None
        else:
            self._waiting.extend(new)

    def _called_again(self, view: BoardView) -> BoardCall | None:
        """The present call, where its visit has been called once more meanwhile: it is said to its end first."""
        present = self.present
        assert present is not None
        for call in view.calls:
            if call.visit_id == present.visit_id and call.at >= present.at:
                return replace(present, private=call.private, language=call.language)
        return None

    def next(self) -> BoardCall | None:
        """The call that is to be said now; None while one is being said, and when there is none."""
        if not self._is_said or not self._waiting:
            return None
        self.present = self._waiting.popleft()
        self._is_said = False
        return self.present

    def said(self, call_id: str) -> None:
        """It has been shown long enough and said whole, or could not be said."""
        if self.present is None or self.present.id == call_id:
            self._is_said = True

    def end_old(self, now: Instant) -> None:
        """A call that has stood long enough, or that has been answered, joins the earlier ones."""
        if self.present is not None and self._is_said and (self.present.is_over or now - self.present.at > SHOWN_FOR):
            self.present = None

    def earlier(self) -> tuple[BoardCall, ...]:
        """The calls before: those that are still to be made are not among them, nor a private one that was answered:
        its number alone would tell nobody anything."""
        shown = {call.visit_id for call in (*self._waiting, *([self.present] if self.present else []))}
        told = (call for call in self._all if not (call.private and call.is_over))
        return tuple(call for call in told if call.visit_id not in shown)[:EARLIER]
