"""What the book's panels need of the page: the book as it was read, the time, who acts, and a way to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import Instant
from reception.domain.book import BookView
from reception.domain.booking import Slot
from reception.services.commands import Command
from reception.services.queries import Query
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, FormRow


class Hands(Protocol):
    """Implemented by the page."""

    def view(self) -> BookView: ...

    def now(self) -> Instant: ...

    def by(self) -> SentBy: ...

    def ask(
        self, query: Query, answered: Callable[[Any], None], refused: Callable[[Refused], None] | None = None
    ) -> None: ...

    def send(self, command: Command, panel: Panel | None = None) -> None: ...

    def say_problem(self, no: Refused) -> None: ...


class BookPanel(Panel):
    """A panel of the book."""

    wants_room = True

    def __init__(self, hands: Hands, title: str, note: str = "") -> None:
        super().__init__(title, note)
        self.hands = hands
        self._alive = [True]
        self.destroyed.connect(self._alive.clear)

    def is_there(self) -> bool:
        """False once it was taken away and is gone: what it began goes on without it."""
        return bool(self._alive)

    def carry_out(self, command: Command) -> None:
        """Send a command that follows from what was done, also when the panel is gone meanwhile."""
        if self.is_there():
            self.sent.emit(command)
        else:
            self.hands.send(command)

    def ask(
        self, query: Query, answered: Callable[[Any], None], also_refused: Callable[[Refused], None] | None = None
    ) -> None:
        """Ask; an answer or refusal that comes when the panel is gone is left out. The panel says a refusal itself;
        `also_refused` hears of it first."""
        alive = self._alive

        def refused(no: Refused) -> None:
            if alive:
                if also_refused is not None:
                    also_refused(no)
                self.refuse(no)

        self.hands.ask(query, lambda value: answered(value) if alive else None, refused)

    def add_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Rows of a form that is only read, under each other."""
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(RING, 0, RING, RING)
        layout.setSpacing(0)
        for at, (label, value) in enumerate(facts):
            layout.addWidget(FormRow(label, value, last=at == len(facts) - 1))
        self.content.addWidget(box)

    def did(self) -> str:
        """What the panel has done before its command, to be said with it."""
        return ""

    def tick(self, now: Instant) -> None:
        """A second has passed."""

    def point_at(self, slot: Slot) -> bool:
        """A free place was clicked in the grid. False where that means nothing here."""
        return False

    def turned_to(self, day: date) -> None:
        """Other days are shown in the grid, from this one on."""

    def let_go(self) -> None:
        """The panel is taken away: what it held is released."""
