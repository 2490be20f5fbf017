"""Commands out through the link, and what comes of them said at the line and in the panel that asked."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from reception.domain.desk_view import DeskView
from reception.errors import Code
from reception.services import commands as c
from ui.desk.panel_stack import PanelStack
from ui.desk.presence import Presence
from ui.desk.said import Offer, Said, said_before, said_done, said_no, said_undone
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.link import Link
from ui.panels.panel import Panel
from ui.reach import CONNECTION_CODES
from ui.refused import Refused

KEEPS_VISIT_OPEN = (c.SeeFirst, c.ChangeDetails, c.LinkVisits, c.Reprint)
"""After these a person goes on looking at the visit."""


Words = Callable[[c.Command, c.Result, DeskView], Said | None]


class Sending(QObject):
    """See the module."""

    panel_sent = Signal()
    """A panel's answer is on its way."""
    panel_refused = Signal(Panel)
    """The answer of a panel that is still open was refused."""
    done = Signal(c.Command, c.Result, object)
    """What was done, and the panel that asked for it or None; its panel has made way by then."""

    def __init__(self, link: Link, state: DeskState, stack: PanelStack, speaker: Speaker, presence: Presence) -> None:
        super().__init__(stack)
        self._link, self._state, self._stack, self._speaker = link, state, stack, speaker
        self._presence = presence
        self.words: Words = _no_words
        """What is said of commands that this module has no words for; None leaves it to the usual words."""
        self._unanswered: dict[str, c.Command] = {}
        """Commands that may have been done without an answer, as they were sent first."""

    def is_signing_in(self) -> bool:
        """Whether somebody has said who they are: the answer, or the counter's own view, is still to come."""
        return self._presence.is_signed_in or any(isinstance(each, c.SignIn) for each in self._unanswered.values())

    def send(
        self,
        command: c.Command,
        panel: Panel | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Send a command; `panel` is the one that asked for it and gets the answer. `refused` says a refusal itself.

        A panel may be older than the signing in: it is whoever sits here now who answers.
        """
        asked_of = self._state.view
        if asked_of is None:
            return
        if not isinstance(command, c.SignIn):
            command = replace(command, **self._state.by())
        if panel is not None:
            panel.clear_problem()
        is_sent = self._link.do(
            command,
            lambda result: self._done(command, result, panel, asked_of),
            lambda no: self._refused(command, no, panel, refused),
        )
        if not is_sent:  # it is under way, or done and not shown yet
            return
        self._unanswered.setdefault(command.id, command)
        if panel is not None:
            panel.is_sent = True
            self.panel_sent.emit()

    def _done(self, command: c.Command, result: c.Result, panel: Panel | None, asked_of: DeskView) -> None:
        """A command was done that was sent while `asked_of` was on show."""
        self._state.ids.answered(command.id)
        self._state.undo_is_known = False
        first = self._unanswered.pop(command.id, command)
        if isinstance(command, c.Undo) and asked_of.undoable is not None:
            self._speaker.say(said_undone(asked_of.undoable))
        elif result.already_done and first != command:
            self._speaker.say(said_before(first, result, asked_of))
        else:
            usual = said_done(command, result, asked_of, prints=self._state.station.prints)
            said = self.words(command, result, asked_of) or usual
            if isinstance(command, c.FinishAndCallNext) and (result.aloud or result.awaited):
                call = c.CallNext(**self._state.by())
                offer = self._aloud(call) if result.aloud else self._anyway(call)
                said = replace(said, mood="due-soon", offers=(offer,))
            self._speaker.say(said)
        if isinstance(command, c.SignIn):
            self._presence.sign_in(command.counter_id, command.officer_id)
        elif isinstance(command, c.SignOff):
            self._presence.sign_off()
        if panel is not None and self._stack.holds(panel):
            self._answer(panel, command, result)
        self.done.emit(command, result, panel)

    def _answer(self, panel: Panel, command: c.Command, result: c.Result) -> None:
        """Close a panel that has served its turn and what is idle beneath it, but not what was opened over it since."""
        panel.is_sent = False
        if panel.command_done(command, result):
            was_on_top = panel is self._stack.top()
            self._stack.close_panel(panel)
            if was_on_top and not isinstance(command, KEEPS_VISIT_OPEN):
                self._stack.close_idle()

    def _refused(
        self, command: c.Command, no: Refused, panel: Panel | None, refused: Callable[[Refused], None] | None
    ) -> None:
        if no.code is not None and no.code not in CONNECTION_CODES:
            self._unanswered.pop(command.id, None)  # nothing was done
        if no.code is Code.NOT_SIGNED_IN and self._presence.is_signed_in:
            self._presence.sign_off()
        if panel is not None and self._stack.holds(panel):
            panel.is_sent = False
            self.panel_refused.emit(panel)
            panel.refuse(no)
            if panel is self._stack.top() and no.code not in (Code.NOT_SIGNED_IN, Code.CALL_ALOUD):
                # It stands where the question is; the line below would only say it twice.
                return
        if refused is not None:
            refused(no)
        elif no.code is Code.CALL_ALOUD and isinstance(command, c.CallNext | c.CallVisit):
            self._speaker.say(self._may_call_aloud(command, no, panel))
        elif no.code is Code.DUE_WITH_YOU and isinstance(command, c.CallNext):
            self._speaker.say(replace(said_no(no), offers=(self._anyway(command),)))
        else:
            self._speaker.say(said_no(no))

    def _anyway(self, command: c.CallNext) -> Offer:
        """An appointment is about to begin here: a walk-in is called only when that is said to be meant."""
        anyway = replace(command, id=c.new_id(), confirmed=True)

        def call() -> None:
            self._speaker.forget_event()
            self.send(anyway)

        return Offer("Call anyway", call)

    def _may_call_aloud(self, command: c.CallNext | c.CallVisit, no: Refused, panel: Panel | None) -> Said:
        """Cut off, and another desk may call the same visitor: called only when that is said to be meant."""
        return replace(said_no(no), offers=(self._aloud(command, panel),))

    def _aloud(self, command: c.CallNext | c.CallVisit, panel: Panel | None = None) -> Offer:
        aloud = replace(command, id=c.new_id(), aloud=True)

        def call() -> None:
            self._speaker.forget_event()
            self.send(aloud, panel if panel is not None and self._stack.holds(panel) else None)

        return Offer("Call aloud", call)


def _no_words(_command: c.Command, _result: c.Result, _view: DeskView) -> None:
    return None
