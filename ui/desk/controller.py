"""What the desk's window does: views in, commands out, one panel or sentence at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QStackedWidget

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from reception.services import commands as c
from ui.desk import standing
from ui.desk.actions import ENTRIES, PROVIDED_ROW, Act, DeskActions, Stage, key_of
from ui.desk.asked import Asked
from ui.desk.asking import IS_OVER, is_over, panel_about, to_follow_panel
from ui.desk.awaited import Awaited
from ui.desk.booked import Booked
from ui.desk.details_panel import DetailsPanel
from ui.desk.direct import direct_command, on_show
from ui.desk.due import AnswerDays, DueDays
from ui.desk.evacuating import Evacuating
from ui.desk.feedback_panel import FeedbackPanel
from ui.desk.find_panel import FindPanel
from ui.desk.menu_panel import MenuPanel
from ui.desk.panel_stack import PanelStack
from ui.desk.presence import Presence
from ui.desk.said import Said, said_no
from ui.desk.sending import Sending
from ui.desk.sign_panels import SignOffPanel
from ui.desk.situation import Situation, situation_of
from ui.desk.speaker import Speaker, Standing
from ui.desk.state import DeskState
from ui.desk.station import Station
from ui.desk.troubles import Connection, PaperTalk
from ui.desk.visit_panel import VisitPanel
from ui.desk.visits import UNSEEN, Visits
from ui.desk.walk_in_panel import WalkInPanel
from ui.desk.who import Who
from ui.link import Link
from ui.panels.panel import Panel, sentences
from ui.pulse import Pulse

NOTHING_TO_UNDO = Said("There is nothing to take back.", "Only what was last done here, for a few minutes.")
COVERED = Said("A panel is open.", "Finish it with Enter, or go back with Esc.")
NO_OFFICE = Said("No office is set up yet.", f"Set one up in the settings: {key_of(Act.SETTINGS)}.")
SETTINGS_SAVED = Said("The settings are saved.", "They hold from now on.")
STILL_SIGNED_IN = Said(
    "You are still signed in.", "Sign off in the panel, or close the window once more to leave it so.", "due-soon"
)
_TEXT_STEPS = {Act.LARGER: 1, Act.SMALLER: -1, Act.USUAL_SIZE: 0}


class Desk(QObject):
    """Behind the window: it knows the view, the panels and the line, and nothing of how they look."""

    view_shown = Signal(DeskView, Situation, str)
    ticked = Signal(object, Situation)
    focus_wanted = Signal(str)
    settings_wanted = Signal()
    theme_chosen = Signal(str)
    text_step = Signal(int)

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
        self._state = DeskState(station, pulse)
        self._look = (station.theme, station.text_percent)
        self._last_press: tuple[Act, float] = (Act.MENU, 0.0)
        self._undo_awaited = Awaited[Act]()
        """An undo pressed before the last thing done is shown."""
        self._key_awaited = Awaited[QKeySequence]()
        """A key of the counter, pressed between signing in and the counter's own view."""
        self._close_asked = False
        self._actions_shown: tuple[object, ...] = ()
        self._refused: tuple[Said, Callable[[], bool]] | None = None
        """What was last said against a key, and whether it still holds."""
        self.double_press_s = QApplication.doubleClickInterval() / 1000
        """The same key pressed again within so long is one press."""
        self._answer_days = AnswerDays(link)
        self.presence = Presence(link, station, self)
        self.sending = Sending(link, self._state, stack, speaker, self.presence)
        self.visits = Visits(link, self._state, stack, speaker, self._open)
        self.connection = Connection(speaker, self._state.zone, station.name)
        self.paper = PaperTalk(link, speaker, self._order_reprint)
        self.booked = Booked(link, pulse, self._state, stack, speaker, self.sending, self.visits, self._open, pages)
        self.visit_chosen: Callable[[], str] = str
        """The visit that is chosen in a list that has the focus; empty for none."""
        self.asked = Asked(link, self._state, stack, speaker, self.sending, self.visits, self._open)
        self._evacuating = Evacuating(link, self._state, stack, self._open)
        self._who = Who(self._state, stack, self.presence, self._open, self._focus_main)
        self._connect()

    def _connect(self) -> None:
        self._stack.came_home.connect(self._focus_main)
        self._stack.changed.connect(self._show_actions)
        self.presence.no_office.connect(lambda: self._speaker.say(NO_OFFICE))
        self.presence.lost.connect(self._speaker.say)
        self.booked.book.turned.connect(self._book_turned)
        self.booked.walk_in_wanted.connect(self.doing(Act.NEW_WALK_IN))

    def settings_saved(self) -> None:
        """Say so, in place of what was last done here."""
        self._speaker.say(SETTINGS_SAVED)

    @property
    def office_id(self) -> str:
        """The office that is shown; empty before it is known."""
        return self._state.view.office.id if self._state.view is not None else ""

    def begin(self) -> None:
        """Find the office; its first view shows everything."""
        self._show_actions()
        self.presence.begin()

    # -- views -------------------------------------------------------------------------------------------------

    def show_view(self, view: DeskView) -> None:
        """A view has come."""
        state = self._state
        state.view = view = self.presence.own(view)
        state.undo_is_known = True
        if view.officer_id:
            self._answer_days.ask(view, lambda _days: None)
        state.ids.shown(on_show(view))
        state.situation = situation_of(view, view.now)
        self._pulse.set_now(view.now)
        self._show_actions()
        self.view_shown.emit(view, state.situation, state.station.name)
        for panel in self._stack.panels():
            panel.show_view(view)
        for panel in self._stack.panels():
            self._show_whether_over(panel, view)
        self.paper.show_view(view)
        self._say_standing(view, view.now)
        self._who.show_view(view)
        self.booked.show_view(view)
        self.asked.show_view(view)
        self.connection.show_view(view)
        if self._undo_awaited.take() is not None and view.undoable is not None:
            self._do_with(Act.UNDO, view)
        if view.officer_id and (key := self._key_awaited.take()) is not None:
            self._press(key)

    def _show_whether_over(self, panel: Panel, view: DeskView) -> None:
        """A question about a visit that has gone is closed; but never what was typed in it."""
        if not is_over(panel, view):
            if panel.problem() == sentences(IS_OVER):
                panel.clear_problem()
        elif panel.is_worth_keeping():
            panel.refuse(IS_OVER)
        else:
            self._stack.close_panel(panel)

    def tick(self, now: Instant) -> None:
        """A second has passed."""
        view = self._state.view
        if view is None:
            return
        self._state.situation = situation_of(view, now)
        self._show_actions()
        self.ticked.emit(now, self._state.situation)
        self._say_standing(view, now)
        self.booked.tick(now)
        panel = self._stack.top()
        if isinstance(panel, VisitPanel):
            panel.tick(now)

    def _refuse_key(self, said: Said, holds: Callable[[], bool]) -> None:
        """Say why a key does nothing, for as long as that is so."""
        self._refused = said, holds
        self._speaker.say(said)

    def _take_refusal_back(self) -> None:
        if self._refused is not None and not self._refused[1]():
            said, self._refused = self._refused[0], None
            self._speaker.unsay(said)

    def _is_covered(self) -> bool:
        return self._stack.top() is not None

    def _show_actions(self) -> None:
        self._take_refusal_back()
        situation, view = self._state.situation, self._state.view
        can_undo = view is not None and view.undoable is not None and view.undoable.until > self._state.now()
        about_a_visit = view is not None and bool(view.officer_id) and bool(self._visit_in_hand(view))
        asides = len(view.asides) if view is not None else 0
        shown = (
            situation,
            can_undo,
            self._stack.top() is not None,
            self._stack.top(),
            about_a_visit,
            asides,
            self._state.in_book,
        )
        if shown == self._actions_shown:
            return
        self._actions_shown = shown
        possible = situation.possible if can_undo else situation.possible - {Act.UNDO}
        possible = possible | set(PROVIDED_ROW) if about_a_visit else possible - set(PROVIDED_ROW)
        if situation.stage is not Stage.SIGNED_OUT:
            possible |= {Act.ROOM}
        if isinstance(self._stack.top(), WalkInPanel):
            possible |= {Act.ANOTHER_TIME}
        self._actions[Act.ASIDES].setText(f"{ENTRIES[Act.ASIDES].words} {asides}" if asides else "On hold")
        self._actions[Act.MAIN].setText(situation.main.words)
        self._actions[Act.EVACUATE].setText("Who is inside" if situation.evacuated else ENTRIES[Act.EVACUATE].words)
        stage = Stage.IN_BOOK if self._state.in_book else situation.stage
        self._actions.set_stage(stage, possible, panel_open=shown[2], reasons=situation.reasons)

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

    def _focus_main(self) -> None:
        self._show_actions()
        self.focus_wanted.emit(Act.MAIN if self._actions[Act.MAIN].isEnabled() else Act.NEW_WALK_IN)

    def go_on(self) -> None:
        """Put the focus where work goes on: in the panel on top, else on the counter's main key."""
        panel = self._stack.top()
        if panel is not None:
            panel.take_focus()
        else:
            self._focus_main()

    # -- keys --------------------------------------------------------------------------------------------------

    def doing(self, act: Act) -> Callable[[], None]:
        """What an action's trigger is connected to."""
        return lambda: self.do(act)

    def do(self, act: Act) -> None:
        """A key was pressed or a button clicked."""
        now = time.monotonic()
        again = act is self._last_press[0] and now - self._last_press[1] < self.double_press_s
        self._last_press = (act, now)
        self._close_asked = False
        view = self._state.view
        match act:
            case Act.LINE_ONE | Act.LINE_TWO:
                self._speaker.run(0 if act is Act.LINE_ONE else 1)
            case Act.LARGER | Act.SMALLER | Act.USUAL_SIZE:
                self.text_step.emit(_TEXT_STEPS[act])
            case Act.SETTINGS:
                self.settings_wanted.emit()
            case Act.MENU:
                self._open_menu()
            case _ if view is None:
                self._speaker.say(UNSEEN)
            case Act.QUEUE | Act.ASIDES:
                self.focus_wanted.emit(act)
            case Act.QUESTIONS:
                self.asked.open()
            case Act.BOOK | Act.ANNOUNCE:
                self.booked.do(act)
            case Act.ROOM | Act.INTERPRETER | Act.ANOTHER_TIME if not again:
                self._provide(act, view)
            case Act.EVACUATE:
                self._evacuating.begin(view)
            case Act.UNDO if not self._state.undo_is_known:
                self._undo_awaited.keep(act)
            case _ if not again:
                self._do_with(act, view)

    def _do_with(self, act: Act, view: DeskView) -> None:
        command = direct_command(act, view, self._state.situation, self._state.by(), self._state.ids)
        if command is not None:
            self.sending.send(command)
            return
        if act is Act.TO_FOLLOW:
            self._answer_days.ask(view, self._ask_to_follow, lambda no: self._speaker.say(said_no(no)))
            return
        panel = self._panel_for(act, view)
        if panel is not None:
            self._open(panel)

    def _ask_to_follow(self, days: DueDays) -> None:
        view = self._state.view
        if view is not None and view.present is not None:
            prints = self._state.station.prints
            self._open(to_follow_panel(view.present, view, self._state.by(), days, prints=prints))

    def _visit_in_hand(self, view: DeskView) -> str:
        """The visit that is looked at, else the one chosen in a list, else the one at this counter."""
        top = self._stack.top()
        if isinstance(top, VisitPanel):
            return top.visit_id
        if top is not None:
            return ""
        return self.visit_chosen() or (view.present.visit_id if view.present is not None else "")

    def _provide(self, act: Act, view: DeskView) -> None:
        top = self._stack.top()
        if isinstance(top, WalkInPanel) and act is Act.ANOTHER_TIME:
            top.book_a_time()
        elif top is not None and not isinstance(top, VisitPanel):
            self._refuse_key(COVERED, self._is_covered)
        else:
            self.booked.providing.do(act, self._visit_in_hand(view))

    def _book_turned(self, on: bool) -> None:
        """The book covers the desk, or is gone: meanwhile the counter's keys are the book's."""
        self._state.in_book = on
        self._show_actions()
        if not on:
            self.go_on()

    def choice_changed(self) -> None:
        """Another visit is chosen in a list, or the focus has left it."""
        self._show_actions()

    def keep_for_counter(self, key: QKeySequence) -> None:
        """A key that means nothing yet: whoever is signing in may mean it for the counter that is about to be shown."""
        if self._state.situation.stage is Stage.SIGNED_OUT and self.sending.is_signing_in():
            self._key_awaited.keep(key)

    def _press(self, key: QKeySequence) -> None:
        act = self._actions.with_key(key)
        if act is not None and self._actions[act].isEnabled():
            self.do(act)
        elif act is not None:
            self.explain(act)

    def explain(self, act: Act) -> None:
        """A key was pressed that can't be used now: say why."""
        view = self._state.view
        if act in PROVIDED_ROW and view is not None and view.officer_id and self._visit_in_hand(view):
            self._provide(act, view)
            return
        reason = self._state.situation.reasons.get(act)
        if reason is not None and self._stack.top() is None:
            self._refuse_key(Said(reason), lambda: self._state.situation.reasons.get(act) == reason)
        elif act is Act.UNDO and self._state.view is not None and not self._state.undo_is_known:
            self._undo_awaited.keep(act)
        elif act is Act.UNDO:
            self._speaker.say(NOTHING_TO_UNDO)
        elif self._stack.top() is not None:
            self._refuse_key(COVERED, self._is_covered)

    # -- panels ------------------------------------------------------------------------------------------------

    def _panel_for(self, act: Act, view: DeskView) -> Panel | None:
        by = self._state.by()
        match act:
            case Act.NEW_WALK_IN:
                return self._stack.open_of(WalkInPanel) or self.booked.walk_in_panel(view)
            case Act.CHECK_IN:
                return self.booked.arriving.check_in_panel()
            case Act.FIND:
                return self._stack.open_of(FindPanel) or self.visits.find_panel()
            case Act.FEEDBACK:
                return self._stack.open_of(FeedbackPanel) or FeedbackPanel(view, by)
            case Act.SIGN_OFF:
                return self._stack.open_of(SignOffPanel) or SignOffPanel(view, by)
            case Act.DETAILS if view.present is not None:
                return self.visits.panel_of(view.present)
        if view.present is None:
            return None
        return panel_about(act, view.present, view, by, prints=self._state.station.prints)

    def _open(self, panel: Panel, over: bool = False) -> None:
        self.booked.book.leave()
        if self._stack.holds(panel):
            self._stack.bring_up(panel)
            return
        panel.backed_out.connect(lambda: self._stack.close_panel(panel))
        panel.sent.connect(lambda command: self.sending.send(command, panel))
        panel.led_to.connect(lambda further: self._open(further, over=True))
        self.booked.prepare(panel)
        if isinstance(panel, DetailsPanel):
            self.visits.keep_fresh(panel)
        self._stack.open(panel, over=over)

    def _open_menu(self) -> None:
        panel = self._stack.open_of(MenuPanel)
        if panel is None:
            panel = MenuPanel(self._actions, *self._look)
            panel.theme_chosen.connect(self.theme_chosen)
        self._open(panel)

    def show_look(self, theme: str, text_percent: int) -> None:
        """The window looks like this from now on."""
        self._look = (theme, text_percent)
        panel = self._stack.open_of(MenuPanel)
        if isinstance(panel, MenuPanel):
            panel.show_size(text_percent)

    def _order_reprint(self, number: str) -> None:
        self.visits.with_number(
            number, lambda card: self.sending.send(c.Reprint(**self._state.by(), visit_id=card.visit_id))
        )

    # -- the end ------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may close now. The first try at a counter asks to sign off."""
        view = self._state.view
        if not self.presence.is_signed_in or self._close_asked or view is None:
            return True
        self._close_asked = True
        self._open(self._stack.open_of(SignOffPanel) or SignOffPanel(view, self._state.by()))
        self._speaker.say(STILL_SIGNED_IN)
        return False
