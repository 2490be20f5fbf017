"""The tables of a past period on one sheet: by what, and what of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reception.domain.grouping import Grouping
from reception.domain.past_view import PastView
from ui.supervisor.past_columns import SHEAVES, Sheaf
from ui.supervisor.past_rows import (
    NOTES,
    NOTHING,
    appointments_line,
    groupings,
    is_any_hidden,
    is_on_record,
    partners_line,
    table_of,
)
from ui.supervisor.past_words import WHY_HIDDEN
from ui.supervisor.plots.figures_table import FiguresTable
from ui.widgets.drop import Drop
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING

_PADDING = 16
_FEW_ROWS = 9
_MOST_ROWS = 16
"""Longer tables scroll: the total of fewer is always in sight."""


class FiguresSheet(QFrame):
    """Two choices in the heading, a sentence, the table, and what else is to be known under it."""

    grouping_chosen = Signal(object)
    """A :class:`Grouping`: the question is asked anew."""
    table_changed = Signal()
    """It may want more room, or less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Figures in a table")
        self._view: PastView | None = None
        self._called = ""
        self.by = Drop("Grouped by", groupings())
        self.sheaf = Drop("What of it", [(sheaf.value, words) for sheaf, words in SHEAVES])
        self.table = FiguresTable("Figures by service")
        self.table.set_most_rows(_MOST_ROWS)
        self.note = Paragraph(token="text-muted")
        self.foot = Paragraph(token="text-muted")
        self.by.currentIndexChanged.connect(self._by_changed)
        self.sheaf.currentIndexChanged.connect(self._show)
        choices = QHBoxLayout()
        choices.setContentsMargins(_PADDING - RING, 0, _PADDING - RING, 0)
        choices.setSpacing(0)
        choices.addWidget(self.by)
        choices.addWidget(self.sheaf)
        choices.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 12)
        whole.setSpacing(0)
        whole.addLayout(choices)
        whole.addLayout(_padded(self.note))
        whole.addSpacing(4)
        whole.addLayout(_padded(self.table), 1)
        whole.addSpacing(8)
        whole.addLayout(_padded(self.foot))
        self._fit()

    def show_view(self, view: PastView, compared: str) -> None:
        """Show a period; `compared` is what the other one is called, empty for none."""
        self._view, self._called = view, compared
        self.show_by(view.by)

    def forget(self) -> None:
        """No figure is kept; how they are grouped, and which of them are shown, is."""
        self._view, self._called = None, ""
        self.table.show_rows((), ())
        self.table.setAccessibleDescription("")
        for words in (self.note, self.foot):
            words.set_text("")

    def show_by(self, by: Grouping) -> None:
        """Say again how the table is grouped that is shown: another grouping was refused."""
        was_blocked = self.by.blockSignals(True)
        self.by.set_value(by.value)
        self.by.blockSignals(was_blocked)
        self._show()

    def _by_changed(self) -> None:
        by = Grouping(self.by.value())
        if self._view is not None and by is not self._view.by:
            shown = dict(groupings())[self._view.by.value].lower()
            self.note.set_text(f"Working out figures {self.by.currentText().lower()}. Still shown: {shown}.")
        self.grouping_chosen.emit(by)

    def _show(self, *_: object) -> None:
        view = self._view
        if view is None:
            return
        sheaf = Sheaf(self.sheaf.value())
        heads, rows = table_of(view, sheaf)
        self.table.setAccessibleName(f"{self.sheaf.currentText()}, {self.by.currentText().lower()}")
        has_rows = is_on_record(sheaf, rows)
        self.table.show_rows(heads if has_rows else (), rows if has_rows else ())
        self.table.setVisible(has_rows)
        note = NOTES[sheaf] if has_rows else NOTHING[sheaf]
        if sheaf is Sheaf.COMPARED:
            note = f"“Before” is {self._called}." if self._called else "Nothing is compared: choose with Alt Down."
        self.note.set_text(note)
        parts = [
            appointments_line(view) if sheaf is Sheaf.WAITS else "",
            partners_line(view) if has_rows else "",
            WHY_HIDDEN if is_any_hidden(view) else "",
        ]
        if view.by is Grouping.NEED:
            parts.append("A visit counts in each of its needs.")
        if view.targets_changed:
            parts.append("Targets changed: each visit is judged by that of its own day.")
        words = " ".join(part for part in parts if part)
        self.foot.set_text(words)
        self.foot.setVisible(bool(words))
        self.table.setAccessibleDescription(f"{note} {words}".strip())
        self.table_changed.emit()

    def wants_a_row(self, half: int) -> bool:
        """The table is too long, or too wide, to stand beside another sheet on `half` the width."""
        is_long = len(self.table.figures.rows) > _FEW_ROWS
        return is_long or self.table.whole_width() > half - 2 * _PADDING - 2

    def _fit(self) -> None:
        for drop in (self.by, self.sheaf):
            drop.setFixedWidth(drop.whole_width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "sheaf"):
            self._fit()


def _padded(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(_PADDING, 0, _PADDING, 0)
    row.addWidget(widget)
    return row
