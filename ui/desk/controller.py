"""What stands behind the desk's window: its parts, put together, and handed each view and each second that comes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from reception.services import commands as c
from ui.desk import standing
from ui.desk.actions import DeskActions
from ui.desk.asked import Asked
from ui.desk.booked import Booked
from ui.desk.direct import on_show
from ui.desk.evacuating import Evacuating
from ui.desk.in_hand import InHand
from ui.desk.key_panels import KeyPanels
from ui.desk.key_table import Act, key_of
from ui.desk.keys import Keys
from ui.desk.opening import Opening
from ui.desk.panel_stack import PanelStack
from ui.desk.presence import Presence
from ui.desk.said import Said
from ui.desk.sending import Sending
from ui.desk.situation import Situation, situation_of
from ui.desk.speaker import Speaker, Standing
from ui.desk.state import DeskState
from ui.desk.station import Station
from ui.desk.troubles import Connection, PaperTalk
from ui.desk.usable import Usable
from ui.desk.visit_panel import VisitPanel
from ui.desk.visits import Visits
from ui.desk.who import Who
from ui.link import Link
from ui.pulse import Pulse

NO_OFFICE = Said("No office is set up yet.", f"Set one up in the settings: {key_of(Act.SETTINGS)}.")
SETTINGS_SAVED = Said("The settings are saved.", "They hold from now on.")
STILL_SIGNED_IN = Said(
    "You are still signed in.", "Sign off in the panel, or close the window once more to leave it so.", "due-soon"
)


class Desk(QObject):
    """Behind the window: it knows the view, the panels and the line, and nothing of how they look."""

    view_shown = Signal(DeskView, Situation, str)
    ticked = Signal(object, Situation)
    focus_wanted = Signal(str)

    def __init__(
        self,
        link: Link,
        pulse: Pulse,
        station: Station,
        actions: DeskActions,
        stack: PanelStack,
        speaker: Speaker,
        pages: QStackedWidget,
    ) -> None:
        """`pages`: the desk is the first of them, and the book, once it is opened, another."""
        super().__init__(stack)
        self._pulse, self._actions, self._stack, self._speaker = pulse, actions, stack, speaker
        self._state = state = DeskState(station, pulse)
        self._close_asked = False
        self.presence = Presence(link, station, self)
        self.sending = Sending(link, state, stack, speaker, self.presence)
        self._opening = Opening(stack, self.sending)
        open_panel = self._opening.open
        self.visits = Visits(link, state, stack, speaker, open_panel)
        self.connection = Connection(speaker, state.zone, station.name)
        self.paper = PaperTalk(link, speaker, self._order_reprint)
        self.booked = Booked(link, pulse, state, stack, speaker, self.sending, self.visits, open_panel, pages)
        self.asked = Asked(link, state, stack, speaker, self.sending, self.visits, open_panel)
        self._evacuating = Evacuating(link, state, stack, speaker, self.sending, open_panel)
        self._who = Who(state, stack, self.presence, open_panel, self._focus_main)
        self.in_hand = InHand(stack)
        self.usable = Usable(state, stack, actions, speaker, self.in_hand)
        self.panels = KeyPanels(link, state, actions, stack, speaker, self._opening, self.visits, self.booked)
        self.keys = Keys(
            state,
            actions,
            stack,
            speaker,
            self.usable,
            self.in_hand,
            self.panels,
            self.sending,
            self.booked,
            self.asked,
            self._evacuating,
        )
        self._connect()

    def _connect(self) -> None:
        self._stack.came_home.connect(self._focus_main)
        self._stack.changed.connect(self.usable.refresh)
        self._opening.wanted.connect(self.booked.book.leave)
        self._opening.prepared.connect(self.booked.prepare)
        self._opening.prepared.connect(self.visits.prepare)
        self.keys.pressed.connect(self._forget_closing)
        self.keys.focus_wanted.connect(self.focus_wanted)
        self.presence.no_office.connect(lambda: self._speaker.say(NO_OFFICE))
        self.presence.lost.connect(self._speaker.say)
        self.booked.book.turned.connect(self._book_turned)
        self.booked.walk_in_wanted.connect(self.keys.doing(Act.NEW_WALK_IN))

    def settings_saved(self) -> None:
        """Say so, in place of what was last done here."""
        self._speaker.say(SETTINGS_SAVED)

    @property
    def office_id(self) -> str:
        """The office that is shown; empty before it is known."""
        return self._state.view.office.id if self._state.view is not None else ""

    def begin(self) -> None:
        """Find the office; its first view shows everything."""
        self.usable.refresh()
        self.presence.begin()

    # -- views -------------------------------------------------------------------------------------------------

    def show_view(self, view: DeskView) -> None:
        """A view has come."""
        state = self._state
        state.view = view = self.presence.own(view)
        state.undo_is_known = True
        self.panels.read_ahead(view)
        state.ids.shown(on_show(view))
        state.situation = situation_of(view, view.now)
        self._pulse.set_now(view.now)
        self.usable.refresh()
        self.view_shown.emit(view, state.situation, state.station.name)
        self._opening.show_view(view)
        self.paper.show_view(view)
        self._say_standing(view, view.now)
        self._who.show_view(view)
        self.booked.show_view(view)
        self.asked.show_view(view)
        self._evacuating.show_view(view)
        self.connection.show_view(view)
        self.keys.show_view(view)

    def tick(self, now: Instant) -> None:
        """A second has passed."""
        view = self._state.view
        if view is None:
            return
        self._state.situation = situation_of(view, now)
        self.usable.refresh()
        self.ticked.emit(now, self._state.situation)
        self._say_standing(view, now)
        self.booked.tick(now)
        panel = self._stack.top()
        if isinstance(panel, VisitPanel):
            panel.tick(now)

    def _say_standing(self, view: DeskView, now: Instant) -> None:
        for key, said in (
            (Standing.CLOCK, standing.clock_went_back(view)),
            (Standing.PROMISE, standing.promise_in_danger(view, now)),
            (Standing.OPEN_UNTIL, standing.opening_words(view, now)),
        ):
            if said is not None:
                self._speaker.keep(key, said)
            else:
                self._speaker.drop(key)

    def _order_reprint(self, number: str) -> None:
        self.visits.with_number(
            number, lambda card: self.sending.send(c.Reprint(**self._state.by(), visit_id=card.visit_id))
        )

    # -- the focus ---------------------------------------------------------------------------------------------

    def _focus_main(self) -> None:
        self.usable.refresh()
        self.focus_wanted.emit(Act.MAIN if self._actions[Act.MAIN].isEnabled() else Act.NEW_WALK_IN)

    def go_on(self) -> None:
        """Put the focus where work goes on: in the panel on top, else on the counter's main key."""
        panel = self._stack.top()
        if panel is not None:
            panel.take_focus()
        else:
            self._focus_main()

    def _book_turned(self, on: bool) -> None:
        """The book covers the desk, or is gone: meanwhile the counter's keys are the book's."""
        self._state.in_book = on
        self.usable.refresh()
        if not on:
            self.go_on()

    # -- the end -----------------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may close now. The first try at a counter asks to sign off."""
        view = self._state.view
        if not self.presence.is_signed_in or self._close_asked or view is None:
            return True
        self._close_asked = True
        self.panels.open(Act.SIGN_OFF, view)
        self._speaker.say(STILL_SIGNED_IN)
        return False

    def _forget_closing(self) -> None:
        self._close_asked = False
