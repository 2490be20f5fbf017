"""What is chosen in the grid: its card and its keys, kept true while time passes and the book is read anew."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject

from reception.domain.book import AppointmentCard, BookView
from ui.book.accessible import tell_focus
from ui.book.card_sheet import CardSheet, Chosen
from ui.book.choosing import chosen_of, settle_keys
from ui.book.grid import BookGrid
from ui.book.hands import Hands
from ui.book.keys import BookKeys
from ui.book.reading import BookReading
from ui.book.walking import Spot


class ChosenSpot(QObject):
    """See the module."""

    def __init__(self, hands: Hands, grid: BookGrid, card: CardSheet, keys: BookKeys, reading: BookReading) -> None:
        super().__init__(grid)
        self._hands, self._grid, self._card, self._keys, self._reading = hands, grid, card, keys, reading
        self._view: BookView | None = None
        self._wanted_row = ""
        self._is_none_wanted = False
        self.value = Chosen()
        reading.card_came.connect(self._show_card)
        grid.chosen.connect(self._choose)

    def want(self, appointment_id: str) -> None:
        """Choose this appointment as soon as its day is read."""
        self._wanted_row = appointment_id

    def want_none(self) -> None:
        """Choose nothing until a person does: what is spoken of is not in the grid."""
        self._wanted_row, self._is_none_wanted = "", True
        self._grid.choose(None)

    def read_anew(self, view: BookView, *, is_another: bool) -> None:
        """The book has come. `is_another`: of other days or columns than before; then something of it is chosen."""
        self._view = view
        grid = self._grid
        if self._wanted_row and grid.choose_key(self._wanted_row):
            self._wanted_row = ""
        elif (
            is_another
            and not (self._wanted_row or self._is_none_wanted)
            and grid.cursor_spot() is None
            and grid.ghost() is None
        ):
            grid.choose_first()
            minute = grid.now_minute()
            if minute is not None:
                grid.show_time(minute)

    def _may_choose_first(self) -> bool:
        is_something_meant = bool(self._wanted_row) or self._is_none_wanted or self._grid.ghost() is not None
        return not is_something_meant and self._grid.cursor_spot() is None

    def show(self) -> None:
        """Card and keys, as they are now; of a book that was never read nothing."""
        if self._view is not None:
            now = self._hands.now()
            settle_keys(self._keys, self.value, self._view, now)
            self._card.show_chosen(self.value, self._view, now)

    def _choose(self, spot: Spot | None) -> None:
        if spot is None and self._grid.ghost() is not None:
            return  # what is on its way stays chosen, whatever day is shown
        if spot is not None:
            self._is_none_wanted = False
        before = self.value.card
        self.value = chosen_of(self._grid, spot)
        row = self.value.row
        if row is not None:
            if before is not None and (before.row.id, before.row.version) == (row.id, row.version):
                self.value = replace(self.value, card=before)
            self._reading.ask_card(row.id, row.version)
        if spot is not None and self._grid.hasFocus():
            tell_focus(self._grid, spot)
        self.show()

    def _show_card(self, card: AppointmentCard) -> None:
        if self.value.row is not None and card.row.id == self.value.row.id:
            self.value = replace(self.value, card=card)
            self.show()
