"""People with appointments: found, scanned, checked in, looked at."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from reception.domain.about_now import AboutNow
from reception.domain.book import AppointmentCard, AppointmentRow
from reception.domain.desk_view import DeskView
from reception.services import appointment_queries as q
from reception.services import commands as c
from reception.services.appointment_commands import CheckIn
from ui import checking_in
from ui.checking_in import WayOut
from ui.desk.appointment_panel import AppointmentPanel
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.key_table import Act, key_of
from ui.desk.panel_stack import PanelStack
from ui.desk.said import Offer, Said, said_no
from ui.desk.sending import Sending
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.visits import OpenPanel
from ui.link import Link
from ui.refused import Refused

NO_SUCH_REFERENCE = Said(
    "No appointment has this reference.", f"Find it by name or date of birth: {key_of(Act.CHECK_IN)}.", "due-soon"
)
_KEPT = 200
"""So many appointments that were shown are remembered, to say of a check-in how early or late it is."""


class Arriving(QObject):
    """See the module."""

    visit_wanted = Signal(str)
    another_time_wanted = Signal(str)
    """The appointment that is to be given another time."""
    another_time_of_visit_wanted = Signal(str)
    """The visit that waits and whose appointment is to be given another time."""
    desk_wanted = Signal()
    """What comes next is at the desk."""
    in_book_wanted = Signal(str)
    """The appointment that is to be shown in the book."""
    walk_in_wanted = Signal()

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
        self._link, self._state, self._stack, self._speaker = link, state, stack, speaker
        self._sending, self._open_panel = sending, open_panel
        self._about: AboutNow | None = None
        self._known: dict[str, AppointmentRow] = {}

    def show_about(self, about: AboutNow) -> None:
        """What is known of today has come."""
        self._about = about
        self.remember(about.appointments)
        panel = self._stack.open_of(CheckInPanel)
        if isinstance(panel, CheckInPanel):
            panel.show_expected(about.appointments)

    def known(self, appointment_id: str) -> AppointmentRow | None:
        """An appointment as it was last shown here."""
        return self._known.get(appointment_id)

    def remember(self, rows: tuple[AppointmentRow, ...]) -> None:
        for row in rows:
            self._known.pop(row.id, None)
            self._known[row.id] = row
        for old in list(self._known)[:-_KEPT]:
            del self._known[old]

    # -- finding -----------------------------------------------------------------------------------------------

    def check_in_panel(self) -> CheckInPanel | None:
        view = self._state.view
        if view is None:
            return None
        open_one = self._stack.unsent_of(CheckInPanel)
        if isinstance(open_one, CheckInPanel):
            return open_one
        panel = CheckInPanel(view, self._state.by(), self._about.appointments if self._about is not None else ())

        def search(text: str) -> None:
            def came(rows: tuple[AppointmentRow, ...]) -> None:
                self.remember(rows)
                if self._stack.holds(panel):
                    panel.show_found(text, rows)

            def came_not(no: Refused) -> None:
                if self._stack.holds(panel):
                    panel.show_unknown(text, no)

            self._link.ask(q.FindAppointments(view.office.id, text), came, came_not)

        panel.searched.connect(search)
        panel.opened.connect(self.open)
        panel.another_time.connect(self.another_time_wanted)
        panel.walk_in_wanted.connect(self.walk_in_wanted)
        return panel

    def open(self, appointment_id: str) -> None:
        """Enter or a click on an appointment: all about it."""
        top = self._stack.top()
        if appointment_id and not (isinstance(top, AppointmentPanel) and top.appointment_id == appointment_id):
            self._link.ask(q.OneAppointment(appointment_id), self._open_card, self._say_no)

    def _open_card(self, card: AppointmentCard) -> None:
        view = self._state.view
        if view is None:
            return
        self.remember((card.row,))
        panel = AppointmentPanel(card, view, self._state.by())
        panel.another_time.connect(self.another_time_wanted)
        panel.visit_wanted.connect(self.visit_wanted)
        panel.book_wanted.connect(self.in_book_wanted)
        self._open_panel(panel, isinstance(self._stack.top(), CheckInPanel))

    # -- scanning ----------------------------------------------------------------------------------------------

    def scanned(self, code: str, view: DeskView) -> None:
        """The code of a letter came from the scanner: its visitor is here."""
        self._link.ask(q.AppointmentByCode(view.office.id, code), self._code_found, self._say_no)

    def _code_found(self, card: AppointmentCard | None) -> None:
        if card is None:
            self._speaker.say(NO_SUCH_REFERENCE)
            return
        self.remember((card.row,))
        command = CheckIn(**self._state.by(), appointment_id=card.row.id)
        self._sending.send(command, refused=lambda no: self.say_refused(no, card.row))

    def say_refused(self, no: Refused, row: AppointmentRow) -> None:
        """Why it was not checked in, and the way out as the line's first and second action."""
        self._speaker.say(replace(said_no(no), offers=self.ways_out(no, row)))

    def ways_out(self, no: Refused, row: AppointmentRow) -> tuple[Offer, ...]:
        return tuple(self._offer(way, row) for way in checking_in.ways_out(no, row))

    def _offer(self, way: WayOut, row: AppointmentRow) -> Offer:
        match way:
            case WayOut.ANOTHER_TIME:
                return self._at_desk("Another time", lambda: self.another_time_wanted.emit(row.id))
            case WayOut.TICKET:
                return self._at_desk("New walk-in", self.walk_in_wanted.emit)
            case WayOut.OPEN_VISIT:
                return self._at_desk(f"Open {row.number}", lambda: self.visit_wanted.emit(row.visit_id))
            case WayOut.ALL_ABOUT:
                return self._at_desk("All about it", lambda: self.open(row.id))

    def _at_desk(self, words: str, run: Callable[[], None]) -> Offer:
        """What it opens stands at the desk, wherever it is offered."""

        def go() -> None:
            self.desk_wanted.emit()
            run()

        return Offer(words, go)

    def offers_after(self, command: CheckIn, result: c.Result) -> tuple[Offer, ...]:
        """After a check-in: another time, for whoever came beyond the grace period."""
        view, row = self._state.view, self._known.get(command.appointment_id)
        if view is None or row is None or not checking_in.is_past_grace(result, view.office, view.now, row):
            return ()
        return (self._at_desk("Another time", lambda: self.another_time_of_visit_wanted.emit(result.visit_id)),)

    def _say_no(self, no: Refused) -> None:
        self._speaker.say(said_no(no))
