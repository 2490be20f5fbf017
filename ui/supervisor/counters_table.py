"""The plan by half hour, in which the counters are changed by keys and by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.supervisor.plots.figures_model import AnyIndex, Row
from ui.supervisor.plots.figures_painting import Cells
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.staffing_rows import PLAN_HEADS
from ui.theme import Look, look_of
from ui.widgets.painting import STRONG, Style, draw_box, draw_text, text_width

MOST_COUNTERS = 99
_COUNTERS = len(PLAN_HEADS) - 1
_CELL = 120
_MARK = 24
_MORE = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Right})
_FEWER = frozenset({Qt.Key.Key_Minus, Qt.Key.Key_Underscore, Qt.Key.Key_Left})


class CountersTable(FiguresTable):
    """The keyboard is always at the counters of a half hour: up and down go to another one, plus and right add one,
    minus and left take one, a figure says how many. The mouse has a minus and a plus in each row.

    With Shift, up and down choose a run of half hours, as dragging and a click with Shift do, and Ctrl+A the whole day;
    what is changed then is changed in each of them.
    """

    wanted = Signal(object)
    """A tuple of (row, how many), one for each half hour that is changed."""
    run_changed = Signal(int, int)
    """(first row, last row) of what is changed together; both are that of the keyboard where no more are chosen."""
    keys = (
        ("+, -", "In the plan, one counter more, one fewer"),
        ("0 to 9", "In the plan, so many counters"),
        ("Shift Down", "In the plan, several half hours"),
        ("Ctrl A", "In the plan, the whole day"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Counters by half hour", parent)
        self._anchor = -1
        """The row at which the run began that ends where the keyboard is."""
        self._is_dragged = False
        self.setAccessibleDescription(
            "Plus and minus change the counters, or type how many. Shift with up and down chooses several half hours, "
            "Control A the whole day."
        )
        self.setItemDelegate(_InRun(self))
        self.setItemDelegateForColumn(_COUNTERS, _Counters(self))
        self.set_most_rows(48)

    def show_plan(self, rows: Sequence[Row]) -> None:
        """Show it; the keyboard stays at its half hour, also where there are others before it now, and the run too."""
        before, anchor = self.currentIndex().row(), self._anchor
        at = self.figures.rows[before].cells[0] if before >= 0 else ""
        self.show_rows(PLAN_HEADS, rows)
        if rows:
            row = next((place for place, each in enumerate(rows) if each.cells[0] == at), 0)
            self.setCurrentIndex(self.figures.index(row, _COUNTERS))
            self._choose_from(max(0, min(len(rows) - 1, row + anchor - before)) if before >= 0 else row)

    def run(self) -> tuple[int, int]:
        """The first and the last row of what is changed together."""
        row = self.currentIndex().row()
        return min(self._anchor, row), max(self._anchor, row)

    def is_in_run(self, row: int) -> bool:
        """It is one of several that are changed together."""
        first, last = self.run()
        return first < last and first <= row <= last

    def choose_one(self) -> None:
        """Only the half hour at which the keyboard is."""
        self._choose_from(self.currentIndex().row())

    def _choose_from(self, anchor: int) -> None:
        self._anchor = anchor
        first, last = self.run()
        if first < 0:
            return
        chosen = QItemSelection()
        if first < last:
            chosen.select(self.figures.index(first, 0), self.figures.index(last, _COUNTERS))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.viewport().update()
        self.run_changed.emit(first, last)

    def count_at(self, row: int) -> int:
        return int(self.figures.rows[row].cells[_COUNTERS])

    def marks_of(self, index: AnyIndex) -> tuple[QRect, QRect]:
        """Where minus and plus stand."""
        return self.marks_in(self.inner(self.visualRect(index), _COUNTERS))

    def marks_in(self, cell: QRect) -> tuple[QRect, QRect]:
        edge = look_of(self).px(_MARK)
        top = cell.top() + (cell.height() - edge) // 2
        plus = QRect(cell.right() + 1 - edge, top, edge, edge)
        return QRect(cell.right() + 1 - look_of(self).px(_CELL) + 16, top, edge, edge), plus

    def _least_width(self, column: int, look: Look, is_whole: bool) -> int:
        least = super()._least_width(column, look, is_whole)
        return max(least, look.px(_CELL)) if column == _COUNTERS else least

    def _step(self, step: int) -> None:
        self._change({row: self.count_at(row) + step for row in self._rows_of_run()})

    def _rows_of_run(self) -> range:
        first, last = self.run()
        return range(first, last + 1)

    def _change(self, counts: dict[int, int]) -> None:
        within = {row: max(0, min(MOST_COUNTERS, count)) for row, count in counts.items()}
        if any(count != self.count_at(row) for row, count in within.items()):
            self.wanted.emit(tuple(within.items()))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        return super().moveCursor(action, modifiers).siblingAtColumn(_COUNTERS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().column() != _COUNTERS:
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(_COUNTERS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if row >= 0 and event.matches(QKeySequence.StandardKey.SelectAll):
            self.setCurrentIndex(self.figures.index(0, _COUNTERS))
            self._choose_from(len(self.figures.rows) - 1)
        elif row >= 0 and not others and event.key() in _MORE:
            self._step(1)
        elif row >= 0 and not others and event.key() in _FEWER:
            self._step(-1)
        elif row >= 0 and not others and event.text().isdecimal():
            self._change(dict.fromkeys(self._rows_of_run(), int(event.text())))
        else:
            super().keyPressEvent(event)
            self._walked(row, event.modifiers())

    def _walked(self, before: int, modifiers: Qt.KeyboardModifier) -> None:
        """The keyboard went, or the mouse was pressed, somewhere else: with Shift the run goes as far."""
        row = self.currentIndex().row()
        if row != before:
            self._choose_from(self._anchor if modifiers & Qt.KeyboardModifier.ShiftModifier else row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._is_dragged = False
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        step = self._step_at(index, event)
        if step and self.is_in_run(index.row()):
            self._step(step)
            return
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        self.setCurrentIndex(index.siblingAtColumn(_COUNTERS))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._walked(before, event.modifiers())
            return
        self.choose_one()
        self._is_dragged = not step
        if step:
            self._step(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragged from beside a minus or plus it chooses a run."""
        index = self.indexAt(event.position().toPoint())
        if self._is_dragged and index.isValid() and event.buttons() & Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index.siblingAtColumn(_COUNTERS))
            if self.run() != (index.row(), index.row()):
                self._choose_from(self._anchor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_dragged = False
        super().mouseReleaseEvent(event)

    def _step_at(self, index: QModelIndex, event: QMouseEvent) -> int:
        """What a press there adds: one on a plus, minus one on a minus."""
        if index.column() != _COUNTERS:
            return 0
        at = event.position().toPoint()
        minus, plus = (mark.adjusted(-4, -4, 4, 4) for mark in self.marks_of(index))
        return 1 if plus.contains(at) else -1 if minus.contains(at) else 0

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks are two."""
        self.mousePressEvent(event)


class _InRun(Cells):
    """A row of a run stands on a ground of its own, between two lines."""

    def __init__(self, table: CountersTable) -> None:
        super().__init__(table)
        self._counters = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        _draw_run(painter, QRect(option.rect), self._counters, index.row())
        super().paint(painter, option, index)


class _Counters(QStyledItemDelegate):
    """A figure between minus and plus; the one that the keyboard is at has a ring."""

    def __init__(self, table: CountersTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        table, look = self._table, look_of(self._table)
        rect = QRect(option.rect)
        _draw_run(painter, rect, table, index.row())
        if index.row() < len(table.figures.rows) - 1:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        minus, plus = table.marks_in(table.inner(rect, _COUNTERS))
        for mark, sign in ((minus, "−"), (plus, "+")):
            draw_box(painter, mark, None, look.colour("line"), look.stroke("hairline"), 3)
            _centred(painter, mark, sign, look, Style(token="text-muted"))
        between = QRect(minus.right(), rect.top(), plus.left() - minus.right(), rect.height())
        _centred(painter, between, str(index.data()), look, STRONG)
        if table.hasFocus() and table.currentIndex() == index:
            ring = QRect(minus.left() - 4, rect.top() + 1, plus.right() - minus.left() + 6, rect.height() - 3)
            radius = look.measure("radius", "block")
            draw_box(painter, ring, None, look.colour("focus"), look.stroke("focus_row"), radius)


def _draw_run(painter: QPainter, rect: QRect, table: CountersTable, row: int) -> None:
    if not table.is_in_run(row):
        return
    look, (first, last) = look_of(table), table.run()
    stroke = round(look.stroke("focus_row"))
    painter.fillRect(rect, look.colour("surface-selected"))
    if row == first:
        painter.fillRect(rect.left(), rect.top(), rect.width(), stroke, look.colour("accent"))
    if row == last:
        painter.fillRect(rect.left(), rect.bottom() - stroke, rect.width(), stroke, look.colour("accent"))


def _centred(painter: QPainter, rect: QRect, words: str, look: Look, style: Style) -> None:
    wide = text_width(words, look, style)
    draw_text(
        painter, QRect(rect.left() + (rect.width() - wide) // 2, rect.top(), wide, rect.height()), words, look, style
    )
