"""A table of figures: heads, rows, a total, walked cell by cell with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QTableView,
    QWidget,
)

from ui.supervisor.plots.figures_model import AnyIndex, FiguresModel, Head, Row, style_of
from ui.supervisor.plots.figures_painting import GAP, Cells, Heads, Names
from ui.theme import Look, look_of
from ui.widgets.painting import MUTED, text_width, wrapped_lines
from ui.widgets.viewport import give_viewport

_ROW = 32
_MOST_LINES = 12
"""Into so many a cell is broken at most."""
_ENSURE = QAbstractItemView.ScrollHint.EnsureVisible


class FiguresTable(QTableView):
    """See the module. Columns are as wide as their words; what is left over goes to the first. Where there is too
    little room it scrolls."""

    keys: tuple[tuple[str, str], ...] = ()
    """Keys of its own, and what each does."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FiguresModel(self)
        self._widths: list[int] = []
        self._head_height = 0
        self._more_heights: list[int] = []
        """Of rows with cells of several lines: how much higher each is than a row of one."""
        self._measured: Look | None = None
        self._cell_widths: dict[int, int] = {}
        """The widest cell of each column, in the look in which it was measured: of long tables that takes its time."""
        self._most_rows = 10
        give_viewport(self)
        self.setAccessibleName(name)
        self.setModel(self.figures)
        self.setItemDelegate(Cells(self))
        self.setHorizontalHeader(Heads(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self._names = Names(self)
        self.horizontalScrollBar().valueChanged.connect(self._place_names)

    def show_rows(self, heads: Sequence[Head], rows: Sequence[Row]) -> None:
        """Show other figures; the keyboard stays at its cell where there still is one."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.figures.show(heads, rows)
        self._measured = None
        self.lay_out()
        if rows:
            place = self.figures.index(max(0, min(row, len(rows) - 1)), max(0, min(column, len(heads) - 1)))
            self.setCurrentIndex(place)
        self.updateGeometry()

    def set_most_rows(self, most: int) -> None:
        """It asks for room for so many rows at most, and scrolls through the others."""
        self._most_rows = most
        self.updateGeometry()

    def inner(self, rect: QRect, column: int) -> QRect:
        """Where the words of a cell stand: the gap before a column is its own."""
        return QRect(rect) if column == 0 else rect.adjusted(GAP, 0, 0, 0)

    def head_lines(self, column: int) -> list[str]:
        """The words of a head, broken where they are wider than the column."""
        width = self._widths[column] if column < len(self._widths) else 0
        return wrapped_lines(self.figures.heads[column].words, width, look_of(self), MUTED) if width else [""]

    def cell_lines(self, row: int, column: int) -> list[str]:
        """The words of a cell, broken where its column is wrapped and narrower than they are."""
        head, words = self.figures.heads[column], self.figures.rows[row].cells[column]
        if not head.is_wrapped or column >= len(self._widths):
            return [words]
        style = style_of(self.figures.rows[row].kind, head)
        return wrapped_lines(words, self._widths[column], look_of(self), style, _MOST_LINES) or [""]

    def head_height(self) -> int:
        return self._head_height

    # -- size --

    def whole_width(self) -> int:
        """The width at which nothing is scrolled and every head is on one line."""
        look, columns = look_of(self), len(self.figures.heads)
        return sum(self._least_width(at, look, True) for at in range(columns)) + GAP * max(0, columns - 1)

    def lay_out(self) -> None:
        """Give the columns their widths and the rows their height."""
        look = look_of(self)
        self.verticalHeader().setDefaultSectionSize(look.row_height(_ROW))
        heads = self.figures.heads
        gaps = GAP * (len(heads) - 1)
        for is_whole in (True, False):
            self._widths = [self._least_width(column, look, is_whole) for column in range(len(heads))]
            room = self.viewport().width() - sum(self._widths) - gaps
            if room >= 0:
                break
        wrapped = [at for at, head in enumerate(heads) if head.is_wrapped]
        for at in wrapped:
            less = max(0, min(-room, self._widths[at] - look.px(heads[at].least)))
            self._widths[at] -= less
            room += less
        if self._widths and room > 0:
            # what is over widens the figures evenly, up to a point, then the names
            figures = [at for at, head in enumerate(heads) if head.is_figure]
            each = min(room // (len(figures) + 1), look.px(24)) if figures else 0
            for at in figures:
                self._widths[at] += each
            room -= each * len(figures)
            names = [at for at, head in enumerate(heads) if not head.is_figure] or [0]
            for place, at in enumerate(names):
                self._widths[at] += room // len(names) + (place < room % len(names))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width + (GAP if column else 0))
        self._more_heights = [
            (max(len(self.cell_lines(row, at)) for at in wrapped) - 1) * look.line()
            for row in range(len(self.figures.rows) if wrapped else 0)
        ]
        for row, more in enumerate(self._more_heights):
            self.setRowHeight(row, look.row_height(_ROW) + more)
        lines = max((len(self.head_lines(at)) for at in range(len(heads))), default=0)
        self._head_height = lines * look.line() + 12 if lines else 0
        self.horizontalHeader().setFixedHeight(self._head_height)
        self._place_names()
        self.viewport().update()

    def _place_names(self, *_: object) -> None:
        """The first column stays in sight while the others are scrolled."""
        is_scrolled = bool(self._widths) and self.horizontalScrollBar().value() > 0
        self._names.setVisible(is_scrolled)
        if is_scrolled:
            self._names.follow(self._widths[0])

    def scrollTo(self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = _ENSURE) -> None:
        """A cell that is walked to is not under the names."""
        super().scrollTo(index, hint)
        bar = self.horizontalScrollBar()
        if index.column() == 0:
            bar.setValue(0)
        elif self._widths:
            hidden = self._widths[0] - self.columnViewportPosition(index.column())
            if hidden > 0:
                bar.setValue(bar.value() - hidden)

    def _least_width(self, column: int, look: Look, is_whole: bool) -> int:
        """`is_whole`: its head is on one line, else on two."""
        head = self.figures.heads[column]
        longest = text_width(head.words, look, MUTED) if is_whole else _in_two_lines(head.words, look)
        if self._measured is not look:
            self._measured, self._cell_widths = look, {}
        if column not in self._cell_widths:
            cells = (text_width(row.cells[column], look, style_of(row.kind, head)) for row in self.figures.rows)
            self._cell_widths[column] = max(cells, default=0)
        return max(longest, self._cell_widths[column]) + 1

    def sizeHint(self) -> QSize:
        look = look_of(self)
        rows = min(max(1, len(self.figures.rows)), self._most_rows)
        height = self._rows_height(rows, look) + self.horizontalHeader().height()
        return QSize(look.px(480), height + self._bar_height())

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        rows = min(max(1, len(self.figures.rows)), self._most_rows)
        height = self._rows_height(rows, look) + self.horizontalHeader().height()
        return QSize(look.px(160), height + self._bar_height())

    def _rows_height(self, rows: int, look: Look) -> int:
        return rows * look.row_height(_ROW) + sum(self._more_heights[:rows])

    def _bar_height(self) -> int:
        wanted = sum(self._widths) + GAP * (len(self._widths) - 1)
        return self.horizontalScrollBar().sizeHint().height() if wanted > self.viewport().width() > 0 else 0

    # -- events --

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange) and hasattr(self, "_names"):
            self.lay_out()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()
            self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What all is in sight of scrolls the page; so does what has come to its end."""
        bar = self.verticalScrollBar()
        if bar.minimum() == bar.maximum() and not event.angleDelta().x():
            event.ignore()
            return
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.figures.rows:
            self.setCurrentIndex(self.figures.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def _in_two_lines(words: str, look: Look) -> int:
    """The least width in which words fit into two lines."""
    parts = words.split()
    halves = ((" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts) + 1))
    return min((max(text_width(half, look, MUTED) for half in pair) for pair in halves), default=0)
