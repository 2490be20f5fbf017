"""The part of a line that a button opens: what is asked less often, a question a row."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.welcome.line import Line
from ui.widgets import KeyButton

_INDENT = 16


class Details(QWidget):
    """Rows under a line, hidden at first. `more` is a button that opens and closes them."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self._line = line
        self._owner = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_INDENT, 0, 0, 8)
        self._column.setSpacing(0)
        self._action = QAction("More", self)
        self._action.triggered.connect(lambda: self.open(on=self.isHidden()))
        self.more = KeyButton(self._action)
        line.set_more(self)

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._column.addWidget(widget)

    def open(self, *, on: bool) -> None:
        """Show or hide the rows."""
        self.setVisible(on)
        self._action.setText("Less" if on else "More")
        self.set_owner(self._owner)
        self._line.settle()

    def set_owner(self, words: str) -> None:
        """Whose details these are, for screen readers."""
        self._owner = words
        self.more.setAccessibleName(f"{self._action.text()} about {words}")
