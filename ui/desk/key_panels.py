"""The panels that keys lead to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.domain.desk_view import DeskView
from ui.desk.actions import DeskActions
from ui.desk.asking import panel_about, to_follow_panel
from ui.desk.booked import Booked
from ui.desk.due import AnswerDays, DueDays
from ui.desk.feedback_panel import FeedbackPanel
from ui.desk.find_panel import FindPanel
from ui.desk.key_table import Act
from ui.desk.menu_panel import MenuPanel
from ui.desk.opening import Opening
from ui.desk.panel_stack import PanelStack
from ui.desk.said import said_no
from ui.desk.sign_panels import SignOffPanel
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.visits import Visits
from ui.desk.walk_in_panel import WalkInPanel
from ui.link import Link
from ui.panels.panel import Panel


class KeyPanels(QObject):
    """See the module. One that is open already is shown again."""

    theme_chosen = Signal(str)

    def __init__(
        self,
        link: Link,
        state: DeskState,
        actions: DeskActions,
        stack: PanelStack,
        speaker: Speaker,
        opening: Opening,
        visits: Visits,
        booked: Booked,
    ) -> None:
        super().__init__(stack)
        self._state, self._actions, self._stack, self._speaker = state, actions, stack, speaker
        self._opening, self._visits, self._booked = opening, visits, booked
        self._answer_days = AnswerDays(link)
        self._look = (state.station.theme, state.station.text_percent)

    def read_ahead(self, view: DeskView) -> None:
        """Ask for what a panel will need at once."""
        if view.officer_id:
            self._answer_days.ask(view, lambda _days: None)

    def open(self, act: Act, view: DeskView) -> None:
        """Open the panel that a key leads to, if it leads to one."""
        if act is Act.TO_FOLLOW:
            self._answer_days.ask(view, self._ask_to_follow, lambda no: self._speaker.say(said_no(no)))
            return
        panel = self._panel_for(act, view)
        if panel is not None:
            self._opening.open(panel)

    def _panel_for(self, act: Act, view: DeskView) -> Panel | None:
        by = self._state.by()
        match act:
            case Act.NEW_WALK_IN:
                return self._stack.unsent_of(WalkInPanel) or self._booked.walk_in_panel(view)
            case Act.CHECK_IN:
                return self._booked.arriving.check_in_panel()
            case Act.FIND:
                return self._stack.open_of(FindPanel) or self._visits.find_panel()
            case Act.FEEDBACK:
                return self._stack.unsent_of(FeedbackPanel) or FeedbackPanel(view, by)
            case Act.SIGN_OFF:
                return self._stack.open_of(SignOffPanel) or SignOffPanel(view, by)
            case Act.DETAILS if view.present is not None:
                return self._visits.panel_of(view.present)
        if view.present is None:
            return None
        return panel_about(act, view.present, view, by, prints=self._state.station.prints)

    def _ask_to_follow(self, days: DueDays) -> None:
        view = self._state.view
        if view is not None and view.present is not None:
            prints = self._state.station.prints
            self._opening.open(to_follow_panel(view.present, view, self._state.by(), days, prints=prints))

    def open_menu(self) -> None:
        """The menu can be had before any view."""
        panel = self._stack.open_of(MenuPanel)
        if panel is None:
            panel = MenuPanel(self._actions, *self._look)
            panel.theme_chosen.connect(self.theme_chosen)
        self._opening.open(panel)

    def show_look(self, theme: str, text_percent: int) -> None:
        """The window looks like this from now on."""
        self._look = (theme, text_percent)
        panel = self._stack.open_of(MenuPanel)
        if isinstance(panel, MenuPanel):
            panel.show_size(text_percent)
