"""A plot on a sheet, with the same figures as a table behind a key, and saved as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.refused import Refused
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.saving import PictureSaver, picture_of
from ui.supervisor.save_place import ask_where
from ui.widgets.announcing import announce
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING

_PADDING = 16
_LEAST_ROWS = 4
"""The table asks for no more room than the plot has, and scrolls."""


class Described(Protocol):
    """A plot or a heat map: a widget that says what it shows, and can forget it."""

    def describe(self, words: str) -> None: ...

    def forget(self) -> None: ...


class WithTable(QFrame):
    """Title, what it shows in a sentence, and the plot; T shows the table in its place, Ctrl S saves the picture.

    `shown` is a :class:`~ui.supervisor.plots.plot.Plot` or a heat map. Both keys hold while the focus is on the sheet.
    """

    saved = Signal(str)
    """The name of the file that was written."""

    def __init__(self, title: str, shown: QWidget, file_name: str = "plot", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.file_name = file_name
        """What the file is called where nobody calls it otherwise, without its ending."""
        self.table = FiguresTable(title)
        self.table.set_most_rows(_LEAST_ROWS)
        self._saver = PictureSaver(self)
        self._title = Paragraph(title, "lead", 600)
        self._note = Paragraph(token="text-muted")
        self._said = Paragraph(token="text-muted")
        self._note.hide()
        self._said.hide()
        self.table_action = self._action("Show as table", "T", self.toggle)
        self.save_action = self._action("Save picture…", "Ctrl+S", self._save)
        words = QVBoxLayout()
        words.setContentsMargins(0, 8, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch(1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(0)
        for action, icon in ((self.table_action, "table"), (self.save_action, "save")):
            self._tools.addWidget(IconButton(action, icon, is_flat=True), 0, Qt.AlignmentFlag.AlignTop)
        heading = QHBoxLayout()
        heading.setContentsMargins(_PADDING, 0, _PADDING - RING, 0)
        heading.setSpacing(8)
        heading.addLayout(words, 1)
        heading.addLayout(self._tools)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 12)
        whole.setSpacing(0)
        whole.addLayout(heading)
        whole.addSpacing(8)
        whole.addLayout(_padded(self._stack), 1)
        whole.addLayout(_padded(self._said))
        self.set_title(title)

    def add_heading_widget(self, widget: QWidget) -> None:
        """A switch or the like, before the two buttons."""
        self._tools.insertWidget(self._tools.count() - 2, widget, 0, Qt.AlignmentFlag.AlignTop)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self.setAccessibleName(title)
        self.shown.setAccessibleName(title)
        self.table.setAccessibleName(f"{title}: table")
        for action in (self.table_action, self.save_action):
            action.setStatusTip(title)

    def set_note(self, words: str, aloud: str = "") -> None:
        """What it shows, in a sentence or two, under the title; said of the plot and of the table as well."""
        self._note.set_text(words)
        self._note.setVisible(bool(words))
        self.shown.describe(aloud or words)  # type: ignore[attr-defined]
        self.table.setAccessibleDescription(aloud or words)

    def note(self) -> str:
        return self._note.text()

    def set_rows(self, heads: Sequence[Head], rows: Sequence[Row]) -> None:
        """The same figures as the plot shows."""
        self.table.show_rows(heads, rows)

    def forget(self) -> None:
        """No figure is kept: neither drawn, nor in the table, nor said."""
        self.set_note("")
        self.set_rows((), ())
        self._said.hide()
        self.shown.forget()  # type: ignore[attr-defined]

    def is_table(self) -> bool:
        """The table is shown in the plot's place."""
        return self._stack.currentWidget() is self.table

    def toggle(self) -> None:
        """Show the one for the other; the focus goes with it where it was on the one."""
        before, after = (self.table, self.shown) if self.is_table() else (self.shown, self.table)
        had_focus = before.hasFocus()
        self._stack.setCurrentWidget(after)
        self.table_action.setText("Show as plot" if self.is_table() else "Show as table")
        self.table_action.setToolTip(f"{self.table_action.text()}, T")
        if had_focus:
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self._title.text()}: {'table' if self.is_table() else 'plot'}")

    # -- the picture --

    def _save(self) -> None:
        name, _ = ask_where(self, "Save the picture", f"{self.file_name}.png", "Pictures (*.png)")
        if not name:
            return
        file = Path(name)
        if not file.suffix:
            file = file.with_suffix(".png")
        image = picture_of(self.shown, self._title.text(), self._note.text())
        self._saver.save(image, file, lambda: self._was_saved(file), self._was_not)

    def _was_saved(self, file: Path) -> None:
        self._say(f"Saved as {file.name}.", "text-muted")
        self.saved.emit(file.name)

    def _was_not(self, no: Refused) -> None:
        self._say(f"{no.reason} {no.remedy}".strip(), "late-text")

    def _say(self, words: str, token: str) -> None:
        self._said.set_style(token=token)
        self._said.set_text(words)
        self._said.show()
        announce(self, words)

    def _action(self, words: str, key: str, done: object) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(done)
        self.addAction(action)
        return action

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.sizeHint().height() if self.is_table() else 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def _padded(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(_PADDING, 0, _PADDING, 0)
    row.addWidget(widget)
    return row
