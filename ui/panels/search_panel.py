"""Panels that look for what is typed while it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from ui.models.strips import StripRow
from ui.panels.fields import FieldRow, as_typed
from ui.panels.rows_panel import RowsPanel
from ui.widgets import LineEdit
from ui.widgets.announcing import announce

PAUSE_MS = 150
"""After the last key, before the question is asked."""
_TO_LIST = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up})


class SearchPanel(RowsPanel):
    """A field and what was found. Down goes into the list, Enter takes what is chosen there, or the first."""

    searched = Signal(str)
    """What is in the field, after a pause; never empty. Answered by showing rows, if :meth:`is_asked` still."""

    def __init__(
        self, title: str, note: str, heads: tuple[str, ...], columns: Sequence[int], name: str, placeholder: str
    ) -> None:
        super().__init__(title, note, heads, columns, name)
        self._asked = ""
        self._told = ("", 0)
        """What was last looked for, and how many were found."""
        self.text = LineEdit(placeholder=placeholder)
        self.text.installEventFilter(self)
        self.content.addWidget(FieldRow("Find", self.text))
        self.start_with(self.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.text.textChanged.connect(self._pause.start)

    def show_rows(self, rows: Sequence[StripRow], choose: str = "") -> None:
        """Show what was found, and tell how much: whoever types does not look at the list."""
        super().show_rows(rows, choose)
        found = (self._asked, len(rows))
        if self._asked and found != self._told:
            announce(self, found_words(len(rows)))
        self._told = found

    def asks_before_leaving(self) -> bool:
        """What was looked for is quickly typed again."""
        return False

    def look_for(self, text: str) -> None:
        """Put something into the field and look for it at once."""
        self.text.setText(text)
        self.ask()

    def ask(self) -> None:
        """Look for what is in the field now."""
        self._pause.stop()
        self._asked = as_typed(self.text.text())
        if self._asked:
            self.searched.emit(self._asked)
        else:
            self.show_unasked()

    def ask_again(self) -> None:
        """What was found may have changed."""
        if self._asked:
            self.searched.emit(self._asked)
        else:
            self.show_unasked()

    def show_unasked(self) -> None:
        """Nothing is in the field."""
        self.show_rows(())

    def is_asked(self, text: str) -> bool:
        """An answer that comes after the question has changed is none."""
        return text == self._asked

    def answer(self) -> str:
        """What Enter is meant for; empty while what was typed last is still looked for."""
        if self._pause.isActive():
            self.ask()
            return ""
        return self.chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.text:
            to_list = event.key() in _TO_LIST and self.found.rowCount() > 0
            if to_list:
                self.go_to_list()
                return True
        return super().eventFilter(watched, event)


def found_words(count: int) -> str:
    """ "3 found"."""
    return f"{count} found" if count else "Nothing found"
