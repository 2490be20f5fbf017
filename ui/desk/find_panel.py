"""Find: a visit of today by its number or part of a name, or by its letter without typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent

from reception.clock import Instant
from reception.domain.office import Service
from reception.domain.snapshots import Aside, DeskView, VisitCard
from ui.desk.visit_words import standing_words
from ui.models.strips import Cell, StripModel, StripRow
from ui.panels.fields import FieldRow, as_typed
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.widgets import KeyButton, LineEdit, StripView
from ui.widgets.control_grid import ControlGrid

PAUSE_MS = 150
"""After the last key, before the question is asked."""
COLUMNS = (64, 140, 0)
_TO_LIST = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up})


class FoundModel(StripModel):
    """What was found, newest first."""

    heads = ("Ticket", "Visitor", "Now")
    selectable = True

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[VisitCard, ...] = ()

    def set_cards(self, cards: Sequence[VisitCard], view: DeskView) -> None:
        self._cards = tuple(cards)
        self.show(view)

    def key_at(self, row: int) -> str:
        """The visit in a row; empty beyond the end."""
        return self._cards[row].visit_id if row < len(self._cards) else ""

    def _rows_of(self, view: DeskView, now: Instant) -> list[StripRow]:
        return [_found_row(card, view, now) for card in self._cards]


def _found_row(card: VisitCard, view: DeskView, now: Instant) -> StripRow:
    cells = (
        Cell(card.number, weight=600, lead=True),
        Cell(card.person.name or card.service, "text" if card.person.name else "text-muted"),
        Cell(standing_words(card, view.office.zone, now), "text-muted"),
    )
    source = Aside(
        card.visit_id,
        card.number,
        card.service,
        card.person.name,
        card.state,
        card.end,
        card.own_request,
        card.since,
        card.counter,
        card.due,
        card.owner,
    )
    return StripRow(card.visit_id, source, cells, ", ".join(cell.words for cell in cells if cell.words))


class FindPanel(Panel):
    """A field and what was found. Down goes into the list, Enter opens what is chosen there, or the first."""

    wants_room = True

    searched = Signal(str)
    opened = Signal(str)

    def __init__(self, view: DeskView) -> None:
        super().__init__("Find", "among today's visits")
        self._view = view
        self._asked = ""
        self.text = LineEdit(placeholder="C020, or part of a name")
        self.text.setAccessibleName("Number or name")
        self.found = FoundModel()
        self.list = StripView(self.found, COLUMNS, "Visits found")
        self.list.installEventFilter(self)
        self.text.installEventFilter(self)
        self.content.addWidget(FieldRow("Find", self.text))
        letters = flowing(ControlGrid(12))
        for service in view.office.services:
            letters.add_control(self._letter_key(service))
        self.content.addWidget(letters)
        self.words = self.add_words("", "text-muted")
        self.body.insertWidget(1, self.list, 1)
        self.squeeze_content()
        self.set_main("Open", self._open)
        self.start_with(self.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.text.textChanged.connect(self._typed)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(lambda _: self._open())

    def _letter_key(self, service: Service) -> KeyButton:
        """Shows every visit of today whose ticket has this letter."""
        action = QAction(service.letter, self)
        action.setStatusTip(f"All tickets of {service.name}")
        action.triggered.connect(lambda: self._look_for(service.letter))
        key = KeyButton(action, "lean")
        key.setAccessibleName(f"All tickets with {service.letter}, {service.name}")
        return key

    def _look_for(self, text: str) -> None:
        self.text.setText(text)
        self._pause.stop()
        self._ask()

    def _typed(self) -> None:
        self._pause.start()

    def _ask(self) -> None:
        self._asked = as_typed(self.text.text())
        if self._asked:
            self.searched.emit(self._asked)
        else:
            self.show_found("", ())

    def show_found(self, text: str, cards: Sequence[VisitCard]) -> None:
        """Show what a search has found; an answer that comes after the question has changed is left out."""
        if text != self._asked:
            return
        self.found.set_cards(cards, self._view)
        self.words.set_text(f"Nothing found for “{text}”." if text and not cards else "")

    def show_view(self, view: DeskView) -> None:
        self._view = view
        if self._asked:
            self.searched.emit(self._asked)

    def _open(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._ask()
            return
        chosen = self.list.chosen_key() or self._top()
        if chosen:
            self.opened.emit(chosen)

    def _top(self) -> str:
        return self.found.key_at(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.text and event.key() in _TO_LIST and self.found.rowCount():
                self.list.setFocus()
                self.list.choose(self.list.chosen_key() or self._top())
                return True
            if watched is self.list and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open()
                return True
        return super().eventFilter(watched, event)
