"""Which keys can be used now, and why one that was pressed can't, said for as long as that is so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.desk.actions import DeskActions
from ui.desk.in_hand import InHand
from ui.desk.key_table import ENTRIES, PROVIDED_ROW, Act, Stage
from ui.desk.panel_stack import PanelStack
from ui.desk.said import Said
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.walk_in_panel import WalkInPanel

COVERED = Said("A panel is open.", "Finish it with Enter, or go back with Esc.")


class Usable(QObject):
    """See the module."""

    def __init__(
        self, state: DeskState, stack: PanelStack, actions: DeskActions, speaker: Speaker, in_hand: InHand
    ) -> None:
        super().__init__(stack)
        self._state, self._stack, self._actions, self._speaker = state, stack, actions, speaker
        self._in_hand = in_hand
        self._shown: tuple[object, ...] = ()
        self._refused: tuple[Said, Callable[[], bool]] | None = None
        """What was last said against a key, and whether it still holds."""

    def refresh(self) -> None:
        """The situation, the panels or what is chosen may have changed."""
        self._take_refusal_back()
        situation, view = self._state.situation, self._state.view
        can_undo = view is not None and view.undoable is not None and view.undoable.until > self._state.now()
        about_a_visit = view is not None and bool(view.officer_id) and bool(self._in_hand.visit_id(view))
        asides = len(view.asides) if view is not None else 0
        top = self._stack.top()
        shown = (situation, can_undo, top, about_a_visit, asides, self._state.in_book)
        if shown == self._shown:
            return
        self._shown = shown
        possible = situation.possible if can_undo else situation.possible - {Act.UNDO}
        possible = possible | set(PROVIDED_ROW) if about_a_visit else possible - set(PROVIDED_ROW)
        if situation.stage is not Stage.SIGNED_OUT:
            possible |= {Act.ROOM}
        if isinstance(top, WalkInPanel):
            possible |= {Act.ANOTHER_TIME}
        self._actions[Act.ASIDES].setText(f"{ENTRIES[Act.ASIDES].words} {asides}" if asides else "On hold")
        self._actions[Act.MAIN].setText(situation.main.words)
        self._actions[Act.EVACUATE].setText("Who is inside" if situation.evacuated else ENTRIES[Act.EVACUATE].words)
        stage = Stage.IN_BOOK if self._state.in_book else situation.stage
        self._actions.set_stage(stage, possible, panel_open=top is not None, reasons=situation.reasons)

    def refuse(self, said: Said, holds: Callable[[], bool]) -> None:
        """Say why a key does nothing, for as long as that is so."""
        self._refused = said, holds
        self._speaker.say(said)

    def refuse_covered(self) -> None:
        """A panel is in the way."""
        self.refuse(COVERED, lambda: self._stack.top() is not None)

    def _take_refusal_back(self) -> None:
        if self._refused is not None and not self._refused[1]():
            said, self._refused = self._refused[0], None
            self._speaker.unsay(said)
