"""A plot on a sheet, with the same figures as a table behind a key, and saved as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reception.domain.grouping import Period
from reception.domain.report_names import picture_file_name
from ui.refused import Refused
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.saving import PictureSaver, picture_of
from ui.supervisor.save_place import ask_where
from ui.theme import look_of
from ui.widgets.announcing import announce
from ui.widgets.icon_button import IconButton
from ui.widgets.key_button import key_words
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING, text_width

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
        """What is to be seen, in the name that a picture is proposed."""
        self.table = FiguresTable(title)
        self.table.set_most_rows(_LEAST_ROWS)
        self._of, self._period_words = "", ""
        self._period: Period | None = None
        self._saver = PictureSaver(self)
        self._title = Paragraph(title, "lead", 600)
        self._note = Paragraph(token="text-muted")
        self._said = Paragraph(token="text-muted")
        self._note.hide()
        self._said.hide()
        self.table_action = self._action("Show as table", "T", self.toggle)
        self.save_action = self._action("Save picture…", "Ctrl+S", self._save)
        self._words = QVBoxLayout()
        self._words.setContentsMargins(0, 8, 0, 0)
        self._words.setSpacing(0)
        self._words.addWidget(self._title)
        self._words.addWidget(self._note)
        self._words.addStretch(1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(0)
        for action, icon in ((self.table_action, "table"), (self.save_action, "save")):
            self._tools.addWidget(IconButton(action, icon, is_flat=True), 0, Qt.AlignmentFlag.AlignTop)
        heading = QHBoxLayout()
        heading.setContentsMargins(_PADDING, 0, _PADDING - RING, 0)
        heading.setSpacing(8)
        heading.addLayout(self._words, 1)
        heading.addLayout(self._tools)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 12)
        whole.setSpacing(0)
        whole.addLayout(heading)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(_PADDING, 0, _PADDING, 0)
        whole.addLayout(self._below)
        whole.addSpacing(8)
        whole.addLayout(_padded(self._stack), 1)
        whole.addLayout(_padded(self._said))
        self.set_title(title)

    def add_heading_widget(self, widget: QWidget) -> None:
        """A switch or the like, before the two buttons."""
        self._tools.insertWidget(self._tools.count() - 2, widget, 0, Qt.AlignmentFlag.AlignTop)

    def _place_note(self) -> None:
        """Under the title; where it would be broken into more lines there than below the tools, below them."""
        look = look_of(self)
        room = self.width() - 2 * _PADDING - self._tools.sizeHint().width() + RING - 8
        is_long = any(text_width(line, look) > room for line in self._note.text().splitlines())
        before, after = (self._words, self._below) if is_long else (self._below, self._words)
        if before.indexOf(self._note) >= 0:
            before.removeWidget(self._note)
            after.insertWidget(after.indexOf(self._title) + 1, self._note)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self.setAccessibleName(title)
        self.shown.setAccessibleName(title)
        self.table.setAccessibleName(f"{title}: table")
        for action in (self.table_action, self.save_action):
            action.setStatusTip(title)

    def set_subject(self, of: str, period: Period, called: str) -> None:
        """Of which office, and of when, the figures are: a picture that is saved says it. `called`: the period."""
        if (of, period) != (self._of, self._period):
            self._said.hide()
        self._of, self._period, self._period_words = of, period, called

    def subject(self) -> str:
        """ "Civic Offices, October 2026"."""
        return ", ".join(filter(None, (self._of, self._period_words)))

    def set_note(self, words: str, aloud: str = "") -> None:
        """What it shows, in a sentence or two, under the title; said of the plot and of the table as well."""
        self._note.set_text(words)
        self._note.setVisible(bool(words))
        self._place_note()
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
        self._of, self._period, self._period_words = "", None, ""
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

    def offer(self, action: QAction) -> None:
        """Take the focus, and say that the same key does it here: one of several was not chosen yet."""
        shown = self.table if self.is_table() else self.shown
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
        words = action.text().removesuffix("…")
        self._say(f"Press {key_words(action)} again for “{words}”. Tab goes to the next plot.", "text")

    # -- the picture --

    def _save(self) -> None:
        proposed = f"{self.file_name}.png"
        if self._period is not None:
            proposed = picture_file_name(self._of, self._period, self.file_name)
        name, _ = ask_where(self, "Save the picture", proposed, "Pictures (*.png)")
        if not name:
            return
        file = Path(name)
        if not file.suffix:
            file = file.with_suffix(".png")
        image = picture_of(self.shown, self._title.text(), self.subject(), self._note.text())
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
            if hasattr(self, "_below"):
                self._place_note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()


def _padded(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(_PADDING, 0, _PADDING, 0)
    row.addWidget(widget)
    return row
