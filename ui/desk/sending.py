"""Commands out through the link, and what comes of them said at the line and in the panel that asked."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject

from reception.domain.snapshots import DeskView
from reception.errors import Code
from reception.services import commands as c
from ui.desk.panel_stack import PanelStack
from ui.desk.presence import Presence
from ui.desk.said import said_before, said_done, said_no, said_undone
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.link import CONNECTION_CODES, Link, Refused
from ui.panels.panel import Panel

KEEPS_VISIT_OPEN = (c.SeeFirst, c.ChangeDetails, c.LinkVisits, c.Reprint)
"""After these a person goes on looking at the visit."""


class Sending(QObject):
    """See the module."""

    def __init__(self, link: Link, state: DeskState, stack: PanelStack, speaker: Speaker, presence: Presence) -> None:
        super().__init__(stack)
        self._link, self._state, self._stack, self._speaker = link, state, stack, speaker
        self._presence = presence
        self._unanswered: dict[str, c.Command] = {}
        """Commands that may have been done without an answer, as they were sent first."""

    def send(self, command: c.Command, panel: Panel | None = None) -> None:
        """Send a command; `panel` is the one that asked for it and gets the answer.

        A panel may be older than the signing in: it is whoever sits here now who answers.
        """
        asked_of = self._state.view
        if asked_of is None:
            return
        if not isinstance(command, c.SignIn):
            command = replace(command, **self._state.by())
        if panel is not None:
            panel.clear_problem()
        self._unanswered.setdefault(command.id, command)
        self._link.do(
            command,
            lambda result: self._done(command, result, panel, asked_of),
            lambda no: self._refused(command, no, panel),
        )

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
            self._speaker.say(said_done(command, result, asked_of, prints=self._state.station.prints))
        if isinstance(command, c.SignIn):
            self._presence.sign_in(command.counter_id, command.officer_id)
        elif isinstance(command, c.SignOff):
            self._presence.sign_off()
        if panel is not None and self._stack.holds(panel) and panel.command_done(command, result):
            self._stack.close_panel(panel)
            if not isinstance(command, KEEPS_VISIT_OPEN):
                self._stack.close_idle()

    def _refused(self, command: c.Command, no: Refused, panel: Panel | None) -> None:
        if no.code is not None and no.code not in CONNECTION_CODES:
            self._unanswered.pop(command.id, None)  # nothing was done
        if no.code is Code.NOT_SIGNED_IN and self._presence.is_signed_in:
            self._presence.sign_off()
        if panel is not None and self._stack.holds(panel):
            panel.refuse(no)
            if panel is self._stack.top() and no.code is not Code.NOT_SIGNED_IN:
                # It stands where the question is; the line below would only say it twice.
                return
        self._speaker.say(said_no(no))
