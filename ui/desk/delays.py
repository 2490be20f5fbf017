"""The delay duty at the line below: one visitor at a time, the most urgent first, and never in anybody's way."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reception.clock import Instant
from reception.domain.booked import DelayAnswer
from reception.domain.booking import Slot
from reception.domain.desk_view import DeskView
from reception.domain.duties import Duty, DutyKind
from reception.services.appointment_commands import TellOfDelay
from reception.services.commands import Command, Result
from ui import moments
from ui.desk.panel_stack import PanelStack
from ui.desk.providing import Providing
from ui.desk.said import Offer, Said
from ui.desk.speaker import Speaker, Standing
from ui.desk.state import DeskState
from ui.desk.tell_panel import AnnouncePanel, TellPanel, nearest_minutes, whereabouts
from ui.desk.visits import OpenPanel
from ui.refused import Refused


class Delays(QObject):
    """Shows the first duty that stands, and opens its panel when asked to."""

    def __init__(
        self, state: DeskState, stack: PanelStack, speaker: Speaker, providing: Providing, open_panel: OpenPanel
    ) -> None:
        super().__init__(stack)
        self._state, self._stack, self._speaker = state, stack, speaker
        self._providing, self._open_panel = providing, open_panel
        self._duties: tuple[Duty, ...] = ()
        self._answered: set[tuple[str, str, Instant]] = set()
        """Duties that were answered here and stand until they are worked out anew."""

    def show_duties(self, duties: tuple[Duty, ...]) -> None:
        """They were worked out anew."""
        self._duties = duties
        self._answered &= {_key(duty) for duty in duties}
        self.show()

    def first(self) -> Duty | None:
        return next((duty for duty in self._duties if _key(duty) not in self._answered), None)

    def show(self) -> None:
        """Say the first at the line; nobody is asked who has not signed in."""
        duty, view = self.first(), self._state.view
        if duty is None or view is None or not view.officer_id or view.evacuated_at is not None:
            self._speaker.drop(Standing.DUTY)
            return
        offers = (
            Offer("Ring" if duty.kind is DutyKind.TELEPHONE else "Tell", lambda: self.open(duty)),
            Offer("Another time", lambda: self._providing.instead_of_delay(duty, tell=True)),
        )
        text, detail = duty_words(duty, view, self._state.now())
        self._speaker.keep(Standing.DUTY, Said(text, detail, "late" if duty.is_lost else "due-soon", offers))

    def open(self, duty: Duty) -> None:
        view = self._state.view
        if view is None:
            return
        open_one = self._stack.open_of(TellPanel)
        if isinstance(open_one, TellPanel) and _key(open_one.duty) == _key(duty):
            self._open_panel(open_one, False)
            return
        self.show()  # line and panel are of one moment
        panel = TellPanel(duty, view, self._state.by(), self._state.now())

        def came(slots: tuple[Slot, ...]) -> None:
            if self._stack.holds(panel):
                panel.show_slots(slots)

        def came_not(no: Refused) -> None:
            if self._stack.holds(panel):
                panel.show_unknown(no)

        self._open_panel(panel, self._stack.top() is not None)
        self._providing.slots_for(duty, came, came_not)

    def answered(self, command: Command, _result: Result, panel: object) -> None:
        """A visitor was told, as asked by a panel: that duty is done; another time is chosen next."""
        if not isinstance(command, TellOfDelay):
            return
        duty = next((each for each in self._duties if is_about(each, command)), None)
        if duty is None:
            return
        self._answered.add(_key(duty))
        self.show()
        if command.answer is DelayAnswer.ANOTHER_TIME and isinstance(panel, TellPanel):
            self._providing.instead_of_delay(duty, tell=False)

    def announce(self) -> None:
        view = self._state.view
        if view is not None:
            self._open_panel(self._stack.open_of(AnnouncePanel) or AnnouncePanel(view, self._state.by()), False)


def duty_words(duty: Duty, view: DeskView, now: Instant) -> tuple[str, str]:
    """What is asked, and what it rests on: "Tell H012: likely in about 20 min, promised by 10.45am."; where that
    is lost already, "Tell H008: 2 min over, likely in about 6 min.".

    No name: the line is seen across the counter.
    """
    zone = view.office.zone
    likely = f"likely in about {nearest_minutes(duty.expected_at - now)} min"
    promised = moments.said_time(duty.promised_at, zone)
    standing = f"{duty.service}, {whereabouts(duty, view)}"
    if duty.kind is DutyKind.TELEPHONE:
        leave = "Leave no message." if duty.leave_no_message else ""
        number = f"{duty.telephone}." if duty.telephone else "No telephone number is known."
        late = nearest_minutes(duty.expected_at - duty.promised_at)
        detail = " ".join(part for part in (f"Promised by {promised}.", number, leave) if part)
        return f"Ring {duty.number}: likely {late} min late.", detail
    if duty.kind is DutyKind.AGAIN and duty.last_told_at is not None:
        told = moments.said_time(duty.last_told_at, zone)
        return f"Tell {duty.number} again: {likely}.", f"{standing}. Told at {told}; that time has passed."
    if duty.promised_at < now:
        over = moments.time_left(duty.promised_at, now)
        return f"Tell {duty.number}: {over}, {likely}.", f"{standing}. Promised by {promised}."
    return f"Tell {duty.number}: {likely}, promised by {promised}.", f"{standing}."


def _key(duty: Duty) -> tuple[str, str, Instant]:
    return duty.visit_id, duty.appointment_id, duty.last_told_at or 0


def is_about(duty: Duty, command: TellOfDelay) -> bool:
    """Whether this is what somebody was told of."""
    if command.visit_id:
        return duty.visit_id == command.visit_id
    return duty.appointment_id == command.appointment_id and not duty.visit_id
