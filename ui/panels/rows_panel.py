"""Panels that are answered with one row of a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ui.models.strips import RowsModel, StripRow
from ui.panels.panel import Panel
from ui.widgets import StripView

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class RowsPanel(Panel):
    """Fields, if any, then the list, then the keys. The arrow keys and a click choose a row, Enter does the main thing
    with it; the panel's letters work in the list as well."""

    wants_room = True
    give_way: tuple[int, ...] = ()
    """Columns of the list that a narrow panel can do without, the first of them first."""

    def __init__(self, title: str, note: str, heads: tuple[str, ...], columns: Sequence[int], name: str) -> None:
        """`columns`: widths of the list as :class:`StripView` takes them; `name`: what the list is called."""
        super().__init__(title, note)
        self._chosen_before = ""
        self.found = RowsModel(heads)
        self.found.give_way = self.give_way
        self.list = StripView(self.found, columns, name)
        self.list.installEventFilter(self)
        self.body.insertWidget(1, self.list, 1)
        self.squeeze_content()

    def show_rows(self, rows: Sequence[StripRow], choose: str = "") -> None:
        """Show these rows; `choose` is chosen if nothing is yet."""
        self.found.show_rows(rows)
        if choose and not self.list.chosen_key():
            self.list.choose(choose)

    def is_another(self) -> bool:
        """Whether another row is chosen than when this was last asked: what was said of that one is then over."""
        before, self._chosen_before = self._chosen_before, self.chosen()
        return before != self._chosen_before

    def chosen(self) -> str:
        """The key of the row that is chosen, else of the first; empty when there is none."""
        return self.list.chosen_key() or self.found.key_at(0)

    def go_to_list(self) -> None:
        """Into the list, to the row that is chosen or the first."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.choose(self.chosen() or self.found.key_at(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~_PLAIN and not event.isAutoRepeat()
            if plain and (event.key() in _ENTER or self.has_letter(event.text())):
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)
