"""What each key of the desk does: a command at once, a panel, or a sentence why not."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from reception.domain.desk_view import DeskView
from ui.desk.actions import DeskActions
from ui.desk.asked import Asked
from ui.desk.awaited import Awaited
from ui.desk.booked import Booked
from ui.desk.direct import direct_command
from ui.desk.evacuating import Evacuating
from ui.desk.in_hand import InHand
from ui.desk.key_panels import KeyPanels
from ui.desk.key_table import PROVIDED_ROW, Act, Stage, key_of
from ui.desk.panel_stack import PanelStack
from ui.desk.said import UNSEEN, Said
from ui.desk.sending import Sending
from ui.desk.situation import next_row
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.usable import Usable
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.panel import Panel

NOT_IN_EVACUATION = Said("Nothing that was done before is taken back while the building is being evacuated.")
NOTHING_TO_UNDO = Said("There is nothing to take back.", "Only what was last done here, for a few minutes.")
_TEXT_STEPS = {Act.LARGER: 1, Act.SMALLER: -1, Act.USUAL_SIZE: 0}


class Keys(QObject):
    """See the module. `pressed` tells of every key that did, or may do, something."""

    pressed = Signal()
    focus_wanted = Signal(str)
    settings_wanted = Signal()
    text_step = Signal(int)

    def __init__(
        self,
        state: DeskState,
        actions: DeskActions,
        stack: PanelStack,
        speaker: Speaker,
        usable: Usable,
        in_hand: InHand,
        panels: KeyPanels,
        sending: Sending,
        booked: Booked,
        asked: Asked,
        evacuating: Evacuating,
    ) -> None:
        super().__init__(stack)
        self._state, self._actions, self._stack, self._speaker = state, actions, stack, speaker
        self._usable, self._in_hand, self._panels = usable, in_hand, panels
        self._sending, self._booked, self._asked, self._evacuating = sending, booked, asked, evacuating
        self._last_press: tuple[Act, float] = (Act.MENU, 0.0)
        self._undo_awaited = Awaited[Act]()
        """An undo pressed before the last thing done is shown."""
        self._key_awaited = Awaited[QKeySequence]()
        """A key of the counter, pressed between signing in and the counter's own view."""
        self._act_awaited = Awaited[tuple[Act, Panel]]()
        """What was pressed while the answer of a panel was on its way. Nothing comes of it, unasked, where that is
        refused or was not waited for."""
        self.double_press_s = QApplication.doubleClickInterval() / 1000
        """The same key pressed again within so long is one press, unless a panel was answered between them."""
        self._enter_follows_at = 0.0
        """When something went on last after which an Enter is not meant for the main key."""
        stack.changed.connect(self._note_enter_follows)
        sending.panel_sent.connect(self._forget_last_press)
        sending.panel_refused.connect(self._forget_awaited)
        sending.done.connect(self._do_awaited)

    def show_view(self, view: DeskView) -> None:
        """A view has come, for which a key may have waited."""
        awaited = self._undo_awaited.take() is not None and not self._state.situation.evacuated
        if awaited and view.undoable is not None:
            self._do_with(Act.UNDO, view)
        if self._stack.top() is None:
            self._press_awaited()
        if view.officer_id and (key := self._key_awaited.take()) is not None:
            self._press_key(key)

    def _forget_awaited(self, refused: Panel) -> None:
        found = self._act_awaited.look()
        if found is not None and found[1] is refused:
            self._act_awaited.take()

    def _forget_last_press(self) -> None:
        self._last_press = (Act.MENU, 0.0)

    def _do_awaited(self) -> None:
        """The panel has its answer. What can be used only when that is shown waits for the next view; where a panel
        stays, it is said that it is in the way."""
        found = self._act_awaited.look()
        if found is None or self._sent_panel() is not None:
            return
        if self._stack.top() is not None or self._actions[found[0]].isEnabled():
            self._press_awaited()

    def _press_awaited(self) -> None:
        found = self._act_awaited.take()
        if found is not None and not found[1].is_sent:
            self._press(found[0])

    def _sent_panel(self) -> Panel | None:
        """The panel that is shown, while its answer is on its way."""
        top = self._stack.top()
        return top if top is not None and top.is_sent else None

    def _note_enter_follows(self) -> None:
        self._enter_follows_at = time.monotonic()

    def enter(self) -> None:
        """Enter on the main key. One too many for a panel that has just gone is not meant for it, nor is the end of a
        code that is nobody's."""
        if time.monotonic() - self._enter_follows_at >= self.double_press_s:
            self.do(Act.MAIN)

    def doing(self, act: Act) -> Callable[[], None]:
        """What an action's trigger is connected to."""
        return lambda: self.do(act)

    def do(self, act: Act) -> None:
        """A key was pressed or a button clicked."""
        now = time.monotonic()
        again = act is self._last_press[0] and now - self._last_press[1] < self.double_press_s
        self._last_press = (act, now)
        self.pressed.emit()
        view = self._state.view
        match act:
            case Act.LINE_ONE | Act.LINE_TWO:
                if not self._speaker.run(0 if act is Act.LINE_ONE else 1) and not again and view is not None:
                    self._say_own_first(view)
            case Act.LARGER | Act.SMALLER | Act.USUAL_SIZE:
                self.text_step.emit(_TEXT_STEPS[act])
            case Act.SETTINGS:
                self.settings_wanted.emit()
            case Act.MENU:
                self._panels.open_menu()
            case _ if view is None:
                self._speaker.say(UNSEEN)
            case Act.QUEUE | Act.ASIDES:
                self.focus_wanted.emit(act)
            case Act.QUESTIONS:
                self._asked.open()
            case Act.BOOK | Act.ANNOUNCE:
                self._booked.do(act)
            case Act.ROOM | Act.INTERPRETER | Act.ANOTHER_TIME if not again:
                self._provide(act, view)
            case Act.EVACUATE:
                self._evacuating.begin(view)
            case Act.UNDO if not self._state.undo_is_known:
                self._undo_awaited.keep(act)
            case _ if not again:
                self._do_with(act, view)

    def _say_own_first(self, view: DeskView) -> None:
        """Cut off, nothing is offered: another is called aloud only when no visit of this desk's own waits."""
        own = next_row(view)
        if view.kept is not None and own is not None and not view.next_is_aloud:
            why = f"{own.number} was taken in here, and is called first: {key_of(Act.MAIN)}."
            self._speaker.say(Said("Nobody can be called aloud now.", why, "due-soon"))

    def _do_with(self, act: Act, view: DeskView) -> None:
        command = direct_command(act, view, self._state.situation, self._state.by(), self._state.ids)
        if command is not None:
            self._sending.send(command)
        else:
            self._panels.open(act, view)

    def _provide(self, act: Act, view: DeskView) -> None:
        top = self._stack.top()
        if isinstance(top, WalkInPanel) and act is Act.ANOTHER_TIME:
            top.book_a_time()
        elif top is not None and not isinstance(top, VisitPanel):
            self._usable.refuse_covered()
        else:
            self._booked.providing.do(act, self._in_hand.visit_id(view))

    def keep_for_counter(self, key: QKeySequence) -> None:
        """A key that means nothing yet: whoever is signing in may mean it for the counter that is about to be shown."""
        self._note_enter_follows()
        if self._state.situation.stage is Stage.SIGNED_OUT and self._sending.is_signing_in():
            self._key_awaited.keep(key)

    def _press_key(self, key: QKeySequence) -> None:
        act = self._actions.with_key(key)
        if act is not None:
            self._press(act)

    def _press(self, act: Act) -> None:
        if self._actions[act].isEnabled():
            self.do(act)
        else:
            self.explain(act)

    def explain(self, act: Act) -> None:
        """A key was pressed that can't be used now: say why."""
        view = self._state.view
        if act in PROVIDED_ROW and view is not None and view.officer_id and self._in_hand.visit_id(view):
            self._provide(act, view)
            return
        if act is Act.UNDO and self._state.situation.evacuated:
            if not self._evacuating.took_back_a_slip():
                self._speaker.say(NOT_IN_EVACUATION)
            return
        reason = self._state.situation.reasons.get(act)
        if (sent := self._sent_panel()) is not None:
            self._act_awaited.keep((act, sent))
        elif reason is not None and self._stack.top() is None:
            self._usable.refuse(Said(reason), lambda: self._state.situation.reasons.get(act) == reason)
        elif act is Act.UNDO and self._state.view is not None and not self._state.undo_is_known:
            self._undo_awaited.keep(act)
        elif act is Act.UNDO:
            self._speaker.say(NOTHING_TO_UNDO)
        elif self._stack.top() is not None:
            self._usable.refuse_covered()
