"""The book is read, and read again when the journal has moved; one appointment's card beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reception.domain.book import AppointmentCard, BookView
from reception.domain.desk_view import DeskView
from reception.services.appointment_queries import Book, OneAppointment
from ui.book.columns import Arrangement
from ui.link import Link
from ui.refused import Refused


class BookReading(QObject):
    """Asks for what is to be shown. While one request is under way, at most one more is remembered."""

    came = Signal(object, object)
    """(:class:`BookView`, the :class:`Arrangement` that it was asked for)"""
    refused = Signal(object)
    card_came = Signal(object)
    """An :class:`AppointmentCard`."""

    def __init__(self, link: Link, is_wanted: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._is_wanted = is_wanted
        self._office_id = ""
        self._wanted: Arrangement | None = None
        self._under_way = False
        self._again = False
        self._sequence = -1
        self._card_asked: tuple[str, int] | None = None
        link.view_came.connect(self._journal_moved)

    def look_at(self, office_id: str, shown: Arrangement) -> None:
        """From now on show these days."""
        self._office_id, self._wanted = office_id, shown
        self.read()

    def read(self) -> None:
        """Read the book again."""
        if self._wanted is None:
            return
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        wanted = self._wanted

        def came(view: BookView) -> None:
            self._under_way = False
            if wanted == self._wanted:
                self._sequence = view.sequence
                self.came.emit(view, wanted)
            self._settled()

        def came_not(no: Refused) -> None:
            self._under_way = False
            self.refused.emit(no)
            self._settled()

        self._link.ask(Book(self._office_id, wanted.first, wanted.days), came, came_not)

    def _settled(self) -> None:
        if self._again:
            self._again = False
            self.read()

    def _journal_moved(self, view: DeskView) -> None:
        if view.sequence != self._sequence and self._is_wanted():
            self.read()

    def ask_card(self, appointment_id: str, version: int) -> None:
        """Ask for one appointment whole, once for each of its versions."""
        asked = (appointment_id, version)
        if asked == self._card_asked:
            return
        self._card_asked = asked

        def came(card: AppointmentCard) -> None:
            if asked == self._card_asked:
                self.card_came.emit(card)

        def came_not(no: Refused) -> None:
            if asked == self._card_asked:
                self._card_asked = None
                self.refused.emit(no)

        self._link.ask(OneAppointment(appointment_id), came, came_not)
