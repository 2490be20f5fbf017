"""Who sits here: asked while nobody does, and what lies open waits for the person who began it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from reception.domain.desk_view import DeskView
from reception.domain.office import Office
from ui.desk.panel_stack import PanelStack
from ui.desk.presence import Presence
from ui.desk.sign_panels import OfficePanel, SignInPanel
from ui.desk.state import DeskState
from ui.desk.visits import OpenPanel


class Who(QObject):
    """See the module."""

    def __init__(
        self,
        state: DeskState,
        stack: PanelStack,
        presence: Presence,
        open_panel: OpenPanel,
        came: Callable[[], None],
    ) -> None:
        """`came` is called when somebody has signed in and the counter is shown."""
        super().__init__(stack)
        self._state, self._stack, self._presence = state, stack, presence
        self._open_panel = open_panel
        self._came = came
        self._typed_by = ""
        """Whose half-finished answers lie open: they wait for that person, and nobody else sees them."""
        stack.changed.connect(self.ask)
        presence.several_offices.connect(self._ask_office)

    def show_view(self, view: DeskView) -> None:
        """Nobody is signed in: ask who it is. Somebody is: the counter is shown, its main key first.

        What was typed when another window took the counter is there again when the same person comes back.
        """
        panel = self._stack.open_of(SignInPanel)
        if not view.officer_id:
            if panel is None:
                self._stack.close_idle()
                self.ask()
            return
        if self._typed_by not in ("", view.officer_id):
            self._stack.close_all()
        elif panel is not None:
            self._stack.close_panel(panel)
        self._typed_by = view.officer_id
        if panel is not None and self._stack.top() is None:
            self._came()

    def ask(self) -> None:
        """With nobody signed in there is always the question who it is, whatever was closed."""
        view = self._state.view
        if view is not None and not view.officer_id and self._stack.open_of(SignInPanel) is None:
            station = self._state.station
            self._open_panel(SignInPanel(view, station.name, station.counter, station.sign_in_note), False)

    def _ask_office(self, offices: tuple[Office, ...]) -> None:
        panel = OfficePanel(offices)

        def chosen(office_id: str) -> None:
            self._stack.close_panel(panel)
            self._presence.choose_office(office_id)

        panel.chosen.connect(chosen)
        self._open_panel(panel, False)
