"""Find: a visit of today by its number or part of a name, or by its letter without typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from reception.clock import Instant
from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.office import Service
from ui.desk.visit_words import standing_words
from ui.models.strips import Cell, StripRow
from ui.panels.fitting import flowing
from ui.panels.search_panel import SearchPanel
from ui.widgets import KeyButton
from ui.widgets.control_grid import ControlGrid

COLUMNS = (64, 140, 0)
HEADS = ("Ticket", "Visitor", "Now")


def _found_row(card: VisitCard, view: DeskView, now: Instant) -> StripRow:
    cells = (
        Cell(card.number, weight=600, lead=True),
        Cell(card.person.name or card.service, "text" if card.person.name else "text-muted"),
        Cell(standing_words(card, view.office.zone, now), "text-muted"),
    )
    return StripRow(card.visit_id, card, cells, ", ".join(cell.words for cell in cells if cell.words))


class FindPanel(SearchPanel):
    """What was found, newest first; Enter or a click opens it."""

    opened = Signal(str)

    def __init__(self, view: DeskView) -> None:
        super().__init__("Find", "among today's visits", HEADS, COLUMNS, "Visits found", "C020, or part of a name")
        self._view = view
        self.text.setAccessibleName("Number or name")
        letters = flowing(ControlGrid(12))
        for service in view.office.services:
            letters.add_control(self._letter_key(service))
        self.content.addWidget(letters)
        self.words = self.add_words("", "text-muted")
        self.set_main("Open", self._open)
        self.list.clicked.connect(lambda _: self._open())
        self._opens_the_only_one = False
        """Enter was pressed before the answer came."""
        self.text.textChanged.connect(self._forget_enter)

    def _letter_key(self, service: Service) -> KeyButton:
        """Shows every visit of today whose ticket has this letter."""
        action = QAction(service.letter, self)
        action.setStatusTip(f"All tickets of {service.name}")
        action.triggered.connect(lambda: self.look_for(service.letter))
        key = KeyButton(action, "lean")
        key.setAccessibleName(f"All tickets with {service.letter}, {service.name}")
        return key

    def show_unasked(self) -> None:
        self.show_found("", ())

    def show_found(self, text: str, cards: Sequence[VisitCard]) -> None:
        """Show what a search has found."""
        if self.is_asked(text):
            self.show_rows([_found_row(card, self._view, self._view.now) for card in cards])
            self.words.set_text(self._nothing_found(text) if text and not cards else "")
            entered, self._opens_the_only_one = self._opens_the_only_one, False
            if entered and len(cards) == 1:
                self._open()

    def _nothing_found(self, text: str) -> str:
        """While cut off only those are known who were still here, and those taken in since."""
        if self._view.kept is None:
            return f"Nothing found for “{text}”."
        return f"Nobody found for “{text}” among those who are here: of others nothing is known while cut off."

    def show_view(self, view: DeskView) -> None:
        self._view = view
        self.ask_again()

    def _open(self) -> None:
        chosen = self.answer()
        if chosen:
            self.opened.emit(chosen)
        else:
            self._opens_the_only_one = bool(self.text.text())

    def _forget_enter(self) -> None:
        self._opens_the_only_one = False
