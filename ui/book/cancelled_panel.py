"""A booking that was cancelled, which the grid shows no more: who cancelled it, when and why, and its letter."""

from __future__ import annotations

from PySide6.QtCore import Signal

from reception.domain.book import AppointmentCard, AppointmentRow, Cancellation
from reception.services.appointment_queries import OneAppointment
from ui.book.card_words import facts_of
from ui.book.hands import BookPanel, Hands
from ui.book.small_panels import about
from ui.book.words import span_said, when_words
from ui.isolated import isolated
from ui.moments import said_time
from ui.widgets import KeyButton

BOOK_AGAIN = "Book again"


class CancelledPanel(BookPanel):
    """Nothing is changed in it. Enter leads on to the cancellation letter."""

    letter_wanted = Signal(object)
    """The :class:`AppointmentRow` to write about."""
    again_wanted = Signal(object)
    """The :class:`AppointmentCard` to be booked anew."""

    def __init__(self, hands: Hands, row: AppointmentRow) -> None:
        super().__init__(hands, "Cancelled booking", about(hands, row))
        self._row = row
        self._again = self.deed(BOOK_AGAIN, "S", lambda: None)
        self._again.setEnabled(False)
        self.foot.addWidget(KeyButton(self._again))
        self.start_with(self.set_main("Print letter", self.write_letter, "Tells the visitor that it is cancelled"))
        self.ask(OneAppointment(row.id), self._came)

    def write_letter(self) -> None:
        self.letter_wanted.emit(self._row)

    def _came(self, card: AppointmentCard) -> None:
        row, view, now = card.row, self.hands.view(), self.hands.now()
        zone = view.office.zone
        facts = [("When", f"{span_said(row.starts, row.ends, zone)} {when_words(row.starts, now, zone)}")]
        facts += [(label, words) for label, words in (("Service", row.service), ("With", row.officer)) if words]
        if card.cancelled is not None:
            facts += self._of_cancelling(card.cancelled)
        for label, value in facts_of(row, card, view, now):
            facts.append((label, value if isinstance(value, str) else ", ".join(item.full for item in value)))
        self.add_facts(facts)
        self.end_content()
        self._again.setEnabled(True)
        self._again.triggered.connect(lambda: self.again_wanted.emit(card))

    def _of_cancelling(self, cancelled: Cancellation) -> list[tuple[str, str]]:
        zone, now = self.hands.view().office.zone, self.hands.now()
        at = f"{said_time(cancelled.at, zone)} {when_words(cancelled.at, now, zone)}"
        return [
            ("Cancelled", f"{at}, by {isolated(cancelled.by)}" if cancelled.by else at),
            ("Who asked", "The visitor" if cancelled.by_visitor else "The council cancelled it"),
            ("Why", cancelled.reason or "No reason given"),
        ]
