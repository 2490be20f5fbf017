"""The way from the desk into the book and back: the desk stays as it was, with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from reception.domain.book import AppointmentCard, AppointmentRow
from reception.domain.desk_view import DeskView
from reception.services.appointment_queries import OneAppointment
from ui.desk.errands import Sought
from ui.desk.said import Offer, Said, said_no
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.dismissing import dismiss_dialogs
from ui.link import Link
from ui.pulse import Pulse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.book.page import BookPage

# The book is loaded when it is first opened: an office opens at its desk.


class BookDoor(QObject):
    """Holds the book's page, from when it is first wanted, beside the desk's in `pages`."""

    turned = Signal(bool)
    """True: the book is shown; False: the desk is."""
    checked_in = Signal(object, object, object)
    """In the book: the command, its result and the :class:`AppointmentRow` as it was."""
    not_checked_in = Signal(object, object)
    """The :class:`Refused` and the row."""

    def __init__(self, link: Link, pulse: Pulse, state: DeskState, speaker: Speaker, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._link, self._pulse, self._state, self._speaker, self._pages = link, pulse, state, speaker, pages
        self._page: BookPage | None = None
        self.is_open = False

    def open(self) -> None:
        """At the day that was last looked at, or today."""
        page = self._show()
        if page is not None and page.view().sequence < 0:
            page.show_day(page.today())

    def open_at(self, appointment_id: str) -> None:
        self._with_row(appointment_id, lambda page, row: page.show_appointment(row))

    def write_letter(self, appointment_id: str) -> None:
        """About an appointment that was just booked, moved, cancelled or missed."""
        self._with_row(appointment_id, lambda page, row: page.write_letter(row))

    def look_for(self, sought: Sought) -> None:
        """A time for somebody who is here, looked for by eye."""
        page = self._show()
        if page is not None:
            page.book_visit(
                sought.visit_id,
                sought.service_id,
                sought.person,
                sought.officer_id,
                sought.language,
                sought.party_size,
            )

    def leave(self) -> None:
        """Back to the desk; what was begun in the book waits there."""
        if self.is_open:
            self.is_open = False
            self._pages.setCurrentIndex(0)
            self.turned.emit(False)

    def show_view(self, view: DeskView) -> None:
        """Whoever is not signed in has no book to look into, and saves no letter from it."""
        if not view.officer_id:
            dismiss_dialogs(self._pages.window())
            self.leave()

    def _with_row(self, appointment_id: str, then: Callable[[BookPage, AppointmentRow], None]) -> None:
        def came(card: AppointmentCard) -> None:
            page = self._show()
            if page is not None:
                then(page, card.row)

        self._link.ask(OneAppointment(appointment_id), came, lambda no: self._speaker.say(said_no(no)))

    def _say_with_letter(self, words: str, appointment_id: str) -> None:
        offer = Offer("Letter", lambda: self.write_letter(appointment_id))
        self._speaker.say(Said(words, mood="done", offers=(offer,)))

    def _show(self) -> BookPage | None:
        view = self._state.view
        if view is None or not view.officer_id:
            return None
        if self._page is None:
            from ui.book.page import BookPage

            self._page = BookPage(self._link, self._pulse, view.office, self._state.by)
            self._page.left.connect(self.leave)
            self._page.said.connect(lambda words: self._speaker.say(Said(words, mood="done")))
            self._page.may_write.connect(self._say_with_letter)
            self._page.checked_in.connect(self.checked_in)
            self._page.not_checked_in.connect(self.not_checked_in)
            self._pages.addWidget(self._page)
        self.is_open = True
        self._pages.setCurrentWidget(self._page)
        self.turned.emit(True)
        return self._page
