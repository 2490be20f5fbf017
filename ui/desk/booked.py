"""All that the desk does beside the queue: people with appointments, rooms, interpreters, delays, and the book."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from reception.clock import Instant
from reception.domain.about_now import AboutNow
from reception.domain.book import AppointmentRow
from reception.domain.desk_view import DeskView
from reception.services import commands as c
from reception.services.appointment_commands import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
    DidNotAttend,
    MoveAppointment,
    OnAppointment,
    TellOfDelay,
)
from ui.desk.arriving import Arriving
from ui.desk.beside import Beside
from ui.desk.book_door import BookDoor
from ui.desk.delays import Delays, is_about
from ui.desk.key_table import Act
from ui.desk.move_panels import TransferPanel
from ui.desk.panel_stack import PanelStack
from ui.desk.providing import Providing
from ui.desk.said import SIGN_IN_FIRST, UNSEEN, Offer, Said
from ui.desk.said_booked import words_booked
from ui.desk.sending import Sending
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.visits import OpenPanel, Visits
from ui.desk.walk_in_panel import WalkInPanel
from ui.link import Link
from ui.panels.panel import Panel
from ui.pulse import Pulse
from ui.scanner import APPOINTMENT_CODE

_MAY_WRITE = (BookAppointment, MoveAppointment, CancelAppointment, DidNotAttend)
"""A letter may tell the visitor of it."""


class Booked(QObject):
    """See the module. It puts its parts together and hands each what has come."""

    about_shown = Signal(object)
    """An :class:`AboutNow`, for who shows it."""
    walk_in_wanted = Signal()

    def __init__(
        self,
        link: Link,
        pulse: Pulse,
        state: DeskState,
        stack: PanelStack,
        speaker: Speaker,
        sending: Sending,
        visits: Visits,
        open_panel: OpenPanel,
        pages: QStackedWidget,
    ) -> None:
        super().__init__(stack)
        self._state, self._stack, self._visits, self._speaker = state, stack, visits, speaker
        self._beside = Beside(link, self)
        self.book = BookDoor(link, pulse, state, speaker, pages)
        self.arriving = Arriving(link, state, stack, speaker, sending, open_panel)
        self.providing = Providing(link, state, stack, speaker, open_panel)
        self.delays = Delays(state, stack, speaker, self.providing, open_panel)
        sending.words = self._words
        sending.done.connect(self.delays.answered)
        visits.provided.connect(self.providing.do)
        self._beside.about_came.connect(self._show_about)
        self._beside.duties_came.connect(self.delays.show_duties)
        self.book.checked_in.connect(self._checked_in_book)
        self.book.not_checked_in.connect(self.arriving.say_refused)
        self.arriving.desk_wanted.connect(self.book.leave)
        self.arriving.visit_wanted.connect(visits.open)
        self.arriving.another_time_of_visit_wanted.connect(lambda visit: self.providing.do(Act.ANOTHER_TIME, visit))
        self.arriving.another_time_wanted.connect(self.providing.another_time_of_appointment)
        self.arriving.walk_in_wanted.connect(self.walk_in_wanted)
        self.arriving.in_book_wanted.connect(self._open_book)
        self.providing.in_book_wanted.connect(self._open_book)
        self.providing.person_in_book_wanted.connect(self.book.look_for)

    def begin(self) -> None:
        """The first rows of the queue are on the screen."""
        self._beside.begin()

    def show_view(self, view: DeskView) -> None:
        self.book.show_view(view)
        self._beside.show_view(view)
        self.delays.show()

    def tick(self, now: Instant) -> None:
        self._beside.tick(now)
        self.delays.show()

    def do(self, act: Act) -> None:
        """A key that needs no visit."""
        match act:
            case Act.BOOK:
                self.book.open()
            case Act.ANNOUNCE:
                self.delays.announce()

    def scanned(self, code: str) -> None:
        """A code came from the scanner: of a ticket, or of a letter."""
        view = self._state.view
        if view is None:
            self._speaker.say(UNSEEN)
        elif not view.officer_id:
            self._speaker.say(SIGN_IN_FIRST)
        elif code.startswith(APPOINTMENT_CODE):
            self.arriving.scanned(code, view)
        else:
            self._visits.scanned(code, view)

    def prepare(self, panel: Panel) -> None:
        """A panel is about to open: tell it what it may show of what is known beside the queue."""
        about = self._beside.about
        if about is not None and isinstance(panel, WalkInPanel | TransferPanel):
            panel.show_officers(about.officers, about.now)

    def walk_in_panel(self, view: DeskView) -> WalkInPanel:
        panel = WalkInPanel(view, self._state.by())
        panel.time_wanted.connect(self.providing.time_with)
        panel.free_time_wanted.connect(lambda wish: self.providing.free_time(wish, panel))
        return panel

    def _open_book(self, appointment_id: str) -> None:
        if appointment_id:
            self.book.open_at(appointment_id)
        else:
            self.book.open()

    def _show_about(self, about: AboutNow) -> None:
        self.arriving.show_about(about)
        self.providing.show_about(about)
        for panel in self._stack.panels():
            self.prepare(panel)
        self.about_shown.emit(about)

    def _words(self, command: c.Command, result: c.Result, view: DeskView) -> Said | None:
        """What is said of a command on what is not the queue; a booking offers its letter."""
        row = self.arriving.known(command.appointment_id) if isinstance(command, OnAppointment) else None
        number = row.reference if row is not None else ""
        if isinstance(command, TellOfDelay):
            number = next((duty.number for duty in self._beside.duties if is_about(duty, command)), number)
        words = words_booked(command, result, view, row, self.providing.rooms, number)
        if words is None:
            return None
        offers: tuple[Offer, ...] = ()
        if isinstance(command, _MAY_WRITE) and result.appointment_id:
            offers = (Offer("Letter", lambda: self.book.write_letter(result.appointment_id)),)
        if isinstance(command, CheckIn):
            offers = self.arriving.offers_after(command, result)
        return Said(*words, "done", offers)

    def _checked_in_book(self, command: CheckIn, result: c.Result, row: AppointmentRow) -> None:
        """Said as of a check-in at the desk."""
        view = self._state.view
        self.arriving.remember((row,))
        said = self._words(command, result, view) if view is not None else None
        if said is not None:
            self._speaker.say(said)
