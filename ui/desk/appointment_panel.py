"""All about one appointment, and what can be done with it at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import local_date
from reception.domain.book import AppointmentCard
from reception.domain.booked import DelayAnswer, Kind, SafeContact, Standing
from reception.domain.desk_view import DeskView
from reception.domain.languages import name_of
from reception.services.appointment_commands import Attended, CheckIn, DidNotAttend
from ui import appointment_words as words
from ui import moments, needed
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.widgets import RING, FormRow, KeyButton

_SAFE = {
    SafeContact.DO_NOT_WRITE: "do not write",
    SafeContact.DO_NOT_RING: "do not ring",
    SafeContact.LEAVE_NO_MESSAGE: "leave no message",
}
_ANSWERS = {
    DelayAnswer.WILL_WAIT: "will wait",
    DelayAnswer.ANOTHER_TIME: "takes another time",
    DelayAnswer.LEAVES: "left",
    DelayAnswer.NOT_REACHED: "not reached",
}


class AppointmentPanel(Panel):
    """Shows an :class:`AppointmentCard`; Enter checks the visitor in, where that is what comes next."""

    wants_room = True
    ends_at_counter = True

    another_time = Signal(str)
    visit_wanted = Signal(str)
    book_wanted = Signal(str)

    def __init__(self, card: AppointmentCard, view: DeskView, by: SentBy) -> None:
        row = card.row
        super().__init__(row.reference, row.service)
        self._card, self._view, self._by = card, view, by
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(RING, 0, RING, 0)
        rows.setSpacing(0)
        told = list(self._rows())
        for at, (label, said) in enumerate(told):
            rows.addWidget(FormRow(label, said, last=at == len(told) - 1))
        self.content.addWidget(box)
        self.content.addSpacing(12 - RING)
        grid = self.add_grid(2)
        for said, letter, run in self._deeds():
            grid.add(KeyButton(self.deed(said, letter, run)))
        self.end_content()
        if row.standing in (Standing.BOOKED, Standing.DID_NOT_ATTEND) and row.kind is Kind.OFFICE:
            when = words.when_words(row.starts, view.office.zone, view.now)
            self.start_with(self.set_main("Check in", self._check_in, words.capital(when)))

    @property
    def appointment_id(self) -> str:
        return self._card.row.id

    def _rows(self) -> Iterator[tuple[str, str]]:
        card, row, view = self._card, self._card.row, self._view
        zone = view.office.zone
        when = words.when_words(row.starts, zone, view.now)
        yield "When", f"{words.capital(when)} to {moments.said_time(row.ends, zone)}"
        today = local_date(row.starts, zone) == local_date(view.now, zone)
        yield "Now", words.arrival_of(row, zone, view.now).words if today or row.standing is not Standing.BOOKED else ""
        yield "Visitor", row.name
        if row.needs:
            yield "Needs", ", ".join(needed.need_words(need) for need in needed.needs_in_order() if need in row.needs)
        yield "With", ", ".join(part for part in (row.officer, words.place_words(row)) if part)
        if row.language:
            who = f", {row.interpreter}" if row.interpreter else ", nobody yet"
            yield "Interpreter", f"{name_of(row.language)}{who}"
        if card.visitor.telephone:
            yield "Telephone", card.visitor.telephone
        if card.visitor.safe:
            yield "Contact", ", ".join(said for safe, said in _SAFE.items() if safe in card.visitor.safe).capitalize()
        if card.about:
            yield "About", card.about
        for told in card.told[-2:]:
            yield "Told", f"{moments.said_time(told.at, zone)}, {_ANSWERS[told.answer]}"

    def _deeds(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        row = self._card.row
        if row.standing is Standing.BOOKED:
            yield "Another time", "A", lambda: self.another_time.emit(row.id)
            if row.kind is Kind.OFFICE:
                yield "Did not attend", "N", self._miss
            else:
                yield "Took place", "T", self._attend
            if row.kind is Kind.TELEPHONE:
                yield "No answer", "N", self._miss
        if row.standing is Standing.DID_NOT_ATTEND:
            yield "Another time", "A", lambda: self.another_time.emit(row.id)
        if row.visit_id:
            yield f"Open {row.number}", "V", lambda: self.visit_wanted.emit(row.visit_id)
        yield "In the book", "B", lambda: self.book_wanted.emit(row.id)

    def _check_in(self) -> None:
        self.sent.emit(CheckIn(id=self.ids.id_for("check in"), **self._by, appointment_id=self.appointment_id))

    def _miss(self) -> None:
        self.sent.emit(DidNotAttend(id=self.ids.id_for("missed"), **self._by, appointment_id=self.appointment_id))

    def _attend(self) -> None:
        self.sent.emit(Attended(id=self.ids.id_for("attended"), **self._by, appointment_id=self.appointment_id))
