"""Evacuation: one key freezes calls, lists everyone inside and prints the list, all from this station's memory.

One key takes it back, too, while whoever slipped still sits there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from reception.services import commands as c
from ui.desk.evacuation import evacuation_list
from ui.desk.evacuation_panel import EvacuationPanel
from ui.desk.panel_stack import PanelStack
from ui.desk.said import Offer, Said
from ui.desk.sending import Sending
from ui.desk.speaker import REFUSAL_FOR_MS, Speaker
from ui.desk.state import DeskState
from ui.desk.visits import OpenPanel
from ui.link import Link
from ui.refused import Refused

OVER = Said("The evacuation is over.", "Calls go on, unless the day was closed.")


class Evacuating(QObject):
    """See the module."""

    def __init__(
        self,
        link: Link,
        state: DeskState,
        stack: PanelStack,
        speaker: Speaker,
        sending: Sending,
        open_panel: OpenPanel,
    ) -> None:
        super().__init__(stack)
        self._link, self._state, self._stack = link, state, stack
        self._speaker, self._sending, self._open_panel = speaker, sending, open_panel
        self._since: Instant | None = None
        """Of the evacuation that was on show last."""
        self._frozen = Said(
            "Calls are frozen.",
            "Everybody is told to leave. Not meant?",
            "late",
            (Offer("Take back", self._take_back),),
        )
        self._may_slip = QTimer(self)
        self._may_slip.setSingleShot(True)
        self._may_slip.setInterval(REFUSAL_FOR_MS)
        self._may_slip.timeout.connect(lambda: self._speaker.unsay(self._frozen))
        sending.done.connect(self._done)

    def show_view(self, view: DeskView) -> None:
        """A view has come: another desk may have ended the evacuation."""
        before, self._since = self._since, view.evacuated_at
        if before is not None and self._since is None:
            self._may_slip.stop()
            self._speaker.say(OVER)

    def _done(self, command: c.Command) -> None:
        if isinstance(command, c.Evacuate):
            self._speaker.say(self._frozen)
            self._may_slip.start()
        elif isinstance(command, c.EndEvacuation):
            self._since = None

    def took_back_a_slip(self) -> bool:
        """Undo was pressed: while it is offered, what is taken back is the evacuation."""
        is_offered = self._may_slip.isActive()
        if is_offered:
            self._may_slip.stop()
            self._take_back()
        return is_offered

    def _take_back(self) -> None:
        self._sending.send(c.EndEvacuation(**self._state.by(), resume=True))

    def begin(self, view: DeskView) -> None:
        """The key was pressed; pressed again it only shows the list."""
        panel = self._shown(view)
        if view.evacuated_at is None:
            self._print(panel)
            panel.evacuate()

    def _shown(self, view: DeskView) -> EvacuationPanel:
        known = self._stack.open_of(EvacuationPanel)
        if isinstance(known, EvacuationPanel):
            self._stack.bring_up(known)
            return known
        panel = EvacuationPanel(evacuation_list(view, self._state.now()), view, self._state.by())
        panel.printing.connect(lambda: self._print(panel))
        self._open_panel(panel, False)
        return panel

    def _print(self, panel: EvacuationPanel) -> None:
        def came(no: Refused | None) -> None:
            if self._stack.holds(panel):
                panel.show_printed(no)

        panel.show_printing()
        self._link.papers.print_evacuation(panel.everyone, lambda: came(None), came)
