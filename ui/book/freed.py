"""A line over the grid: a time fell free that somebody waits for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reception.clock import Instant
from reception.domain.booking import Place
from ui.book.hands import Hands
from ui.book.words import when_words
from ui.moments import plural, said_time
from ui.widgets import ElidingLabel, KeyButton
from ui.widgets.announcing import announce

_GAP = 16


class FreedLine(QWidget):
    """Says it, and does nothing by itself; gone with its time, or when it is answered."""

    def __init__(self, offer: Callable[[Place], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self._offer = offer
        self.words = ElidingLabel(token="accent-text", weight=600, lines=2)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP, 0, _GAP, 8)
        row.addWidget(self.words, 1)
        for words, key, run in (("Offer it", "L", self.offer), ("Leave it", "", self.hide)):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _checked=False, run=run: run())
            row.addWidget(KeyButton(action, "lean"))
        self.hide()

    def show_place(self, place: Place, wanting: int, hands: Hands) -> None:
        """This place is free, and so many would fit into it."""
        self._place = place if wanting else None
        zone = hands.view().office.zone
        when = f"{said_time(place.starts, zone)} {when_words(place.starts, hands.now(), zone)}"
        people = plural(wanting, "person wants", "people want")
        self.words.set_text(f"The old time, {when}, is free: {people} an earlier slot.")
        self.setVisible(bool(wanting))
        if wanting:
            announce(self, self.words.text())

    def offer(self) -> None:
        """Ask who is to have it."""
        place = self._place
        self.hide()
        if place is not None:
            self._offer(place)

    def tick(self, now: Instant) -> None:
        """A second has passed: a time that has begun is offered to nobody."""
        if self._place is not None and self._place.starts <= now:
            self.hide()
