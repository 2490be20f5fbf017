"""Find a booking by part of a name, reference, date of birth or telephone number; and who wants an earlier slot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from reception.domain.book import AppointmentRow, BookView
from reception.domain.booked import Standing
from reception.domain.booking import Place
from reception.errors import Code
from reception.services.appointment_queries import FindAppointments, WantingEarlier
from ui.book.hands import BookPanel, Hands
from ui.book.picks import Pick, PickList
from ui.book.words import when_words
from ui.isolated import isolated
from ui.moments import said_time
from ui.panels.fields import FieldRow, as_typed
from ui.panels.search_panel import found_words
from ui.refused import Refused
from ui.widgets import LineEdit
from ui.widgets.announcing import announce

PAUSE_MS = 150
"""After the last key, before the question is asked."""
MOST = 12
_STANDINGS = {
    Standing.CANCELLED: "cancelled",
    Standing.DID_NOT_ATTEND: "did not attend",
    Standing.CHECKED_IN: "checked in",
    Standing.ATTENDED: "took place",
}


def row_pick(hands: Hands, row: AppointmentRow) -> Pick:
    """An appointment as a choice."""
    zone = hands.view().office.zone
    when = when_words(row.starts, hands.now(), zone)
    parts = [
        f"{said_time(row.starts, zone)} {when}",
        row.service,
        isolated(row.officer),
        _STANDINGS.get(row.standing, ""),
    ]
    return Pick(row.id, row.name or row.reference, ", ".join(part for part in parts if part))


def wanting_pick(hands: Hands, row: AppointmentRow) -> Pick:
    """Somebody who wants an earlier slot, with the number to ring them on."""
    pick = row_pick(hands, row)
    ring = f"Ring {row.telephone}" if row.telephone else "No number to ring"
    parts = [ring, "leave no message" if row.telephone and row.leave_no_message else "", pick.detail]
    return Pick(pick.id, pick.words, ", ".join(part for part in parts if part))


class FindPanel(BookPanel):
    """A field and what was found. Down goes into the list; Enter opens what is chosen, or the first."""

    found_one = Signal(object)
    """The :class:`AppointmentRow` to show."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands, "Find a booking")
        self._asked = ""
        self._rows: dict[str, AppointmentRow] = {}
        self.text = LineEdit(placeholder="Name, reference, born, telephone")
        self.text.setAccessibleName("Name, reference, date of birth or telephone number")
        self.text.installEventFilter(self)
        self.content.addWidget(FieldRow("Find", self.text))
        self.words = self.add_words("", "text-muted")
        self.words.hide()
        self.picks = PickList("Bookings found")
        self.content.addWidget(self.picks)
        self.end_content()
        self.set_main("Show", self._show)
        self.start_with(self.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.text.textChanged.connect(lambda _: self._pause.start())
        self.picks.picked.connect(lambda _: self._show())

    def _ask(self) -> None:
        self.clear_problem()
        self._asked = text = as_typed(self.text.text())
        if not text:
            self._came("", ())
            return
        self.ask(FindAppointments(self.hands.view().office.id, text), lambda rows: self._came(text, rows))

    def _came(self, text: str, rows: tuple[AppointmentRow, ...]) -> None:
        if text != self._asked:
            return
        self._rows = {row.id: row for row in rows[:MOST]}
        self.picks.set_picks([row_pick(self.hands, row) for row in self._rows.values()])
        if text:
            announce(self, found_words(len(rows)))
        words = ""
        if text and not rows:
            words = f"Nothing found for “{text}”."
        elif len(rows) > MOST:
            words = f"The first {MOST} are shown. Type more of it to find the others."
        self.words.set_text(words)
        self.words.setVisible(bool(words))

    def _show(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._ask()
            return
        chosen = self.picks.value() or next(iter(self._rows), "")
        if chosen:
            self.found_one.emit(self._rows[chosen])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if down and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down and self._rows:
            self.picks.setFocus()
            return True
        return super().eventFilter(watched, event)


class EarlierPanel(BookPanel):
    """Who wants an earlier slot, first come first; with a place that fell free, who would fit into it."""

    offered_to = Signal(object)
    """The :class:`AppointmentRow` to be moved."""

    def __init__(self, hands: Hands, place: Place | None) -> None:
        zone = hands.view().office.zone
        note = f"{said_time(place.starts, zone)} {when_words(place.starts, hands.now(), zone)}" if place else ""
        super().__init__(hands, "Earlier slots", note)
        self._rows: dict[str, AppointmentRow] = {}
        self.words = self.add_words("", "text-muted")
        self.picks = PickList("Who wants an earlier slot")
        self.content.addWidget(self.picks)
        self.end_content()
        self.set_main("Offer another time", self._offer, "Choose somebody first, the first who came before others")
        self.picks.picked.connect(lambda _: self._offer())
        self.start_with(self.picks)
        self._place, self._sequence = place, hands.view().sequence
        self._ask()

    def _ask(self) -> None:
        self.ask(WantingEarlier(self.hands.view().office.id, self._place), self._came)

    def read_anew(self, view: BookView) -> None:
        """The book has changed: somebody else may have the time by now, or be off the list."""
        if view.sequence != self._sequence:
            self._sequence = view.sequence
            self._ask()

    def _came(self, rows: tuple[AppointmentRow, ...]) -> None:
        is_gone = bool(self._rows) and not rows
        if self._rows and tuple(self._rows.values()) == rows:
            return
        was, is_first = self.picks.value(), not self._rows
        self._rows = {row.id: row for row in rows}
        self.picks.set_picks([wanting_pick(self.hands, row) for row in rows])
        if was in self._rows:
            self.picks.set_value(was)
        self.words.set_text("" if rows else "Nobody who wants an earlier slot would fit.")
        self.words.setVisible(not rows)
        if is_first:
            self.picks.setFocus()
        if is_gone:
            self.backed_out.emit()

    def _offer(self) -> None:
        row = self._rows.get(self.picks.value())
        if row is None:
            self.refuse(Refused(Code.BAD_INPUT, "Choose somebody first.", "A figure is enough."))
            return
        self.offered_to.emit(row)
