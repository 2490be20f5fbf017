"""The plan by half hour, in which the counters are changed by keys and by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.supervisor.plots.figures_model import AnyIndex, Row
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
    minus and left take one, a figure says how many. The mouse has a minus and a plus in each row."""

    wanted = Signal(int, int)
    """(row, how many)"""
    keys = (("+, -", "In the plan, one counter more, one fewer"), ("0 to 9", "In the plan, so many counters"))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Counters by half hour", parent)
        self.setAccessibleDescription("Plus and minus change the counters, or type how many.")
        self.setItemDelegateForColumn(_COUNTERS, _Counters(self))
        self.set_most_rows(48)

    def show_plan(self, rows: Sequence[Row]) -> None:
        """Show it; the keyboard stays at its half hour, also where there are others before it now."""
        before = self.currentIndex().row()
        at = self.figures.rows[before].cells[0] if before >= 0 else ""
        self.show_rows(PLAN_HEADS, rows)
        if rows:
            row = next((place for place, each in enumerate(rows) if each.cells[0] == at), 0)
            self.setCurrentIndex(self.figures.index(row, _COUNTERS))

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

    def _change(self, row: int, count: int) -> None:
        count = max(0, min(MOST_COUNTERS, count))
        if count != self.count_at(row):
            self.wanted.emit(row, count)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        return super().moveCursor(action, modifiers).siblingAtColumn(_COUNTERS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().column() != _COUNTERS:
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(_COUNTERS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if row < 0 or others:
            super().keyPressEvent(event)
        elif event.key() in _MORE:
            self._change(row, self.count_at(row) + 1)
        elif event.key() in _FEWER:
            self._change(row, self.count_at(row) - 1)
        elif event.text().isdecimal():
            self._change(row, int(event.text()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setCurrentIndex(index.siblingAtColumn(_COUNTERS))
        if index.column() != _COUNTERS:
            return
        minus, plus = self.marks_of(index)
        for mark, step in ((minus, -1), (plus, 1)):
            if mark.adjusted(-4, -4, 4, 4).contains(event.position().toPoint()):
                self._change(index.row(), self.count_at(index.row()) + step)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks are two."""
        self.mousePressEvent(event)


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


def _centred(painter: QPainter, rect: QRect, words: str, look: Look, style: Style) -> None:
    wide = text_width(words, look, style)
    draw_text(
        painter, QRect(rect.left() + (rect.width() - wide) // 2, rect.top(), wide, rect.height()), words, look, style
    )
