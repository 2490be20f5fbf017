"""How a table of figures is painted: cells, heads, and the names that stay in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.supervisor.plots.figures_model import AnyIndex, style_of
from ui.theme import look_of
from ui.widgets.painting import MUTED, draw_box, draw_text
from ui.widgets.viewport import give_viewport

if TYPE_CHECKING:
    from ui.supervisor.plots.figures_table import FiguresTable

GAP = 16
"""Pixels before a column, which are its own."""


class Cells(QStyledItemDelegate):
    """Paints the cells; the one that the keyboard is at has a ring."""

    def __init__(self, table: FiguresTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        table = self._table
        look = look_of(table)
        rect = QRect(option.rect)
        row, head = table.figures.rows[index.row()], table.figures.heads[index.column()]
        is_last = index.row() == len(table.figures.rows) - 1
        if not is_last:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        style = style_of(row.kind, head)
        area = table.inner(rect, index.column())
        lines = table.cell_lines(index.row(), index.column())
        if len(lines) > 1:
            area = QRect(area.left(), rect.center().y() - len(lines) * look.line() // 2, area.width(), look.line())
        for words in lines:
            draw_text(painter, area, words, look, style, right=head.is_figure)
            area = area.translated(0, look.line())
        if table.hasFocus() and table.currentIndex() == index:
            ring = rect.adjusted(0 if index.column() == 0 else GAP - 8, 1, 0, -2)
            radius = look.measure("radius", "block")
            draw_box(painter, ring, None, look.colour("focus"), look.stroke("focus_row"), radius)


class Heads(QHeaderView):
    """The heads, in as many lines as the columns are narrow, over one line of ink."""

    def __init__(self, table: FiguresTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = look_of(self)
        painter.fillRect(rect, look.colour("surface-raised"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line-strong"))
        head = self._table.figures.heads[section]
        area = self._table.inner(rect, section)
        lines = self._table.head_lines(section)
        line = look.line()
        y = rect.bottom() - 6 - len(lines) * line
        for words in lines:
            draw_text(painter, QRect(area.left(), y, area.width(), line), words, look, MUTED, right=head.is_figure)
            y += line

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._table.head_height())


class Names(QTableView):
    """The first column once more, over the others."""

    def __init__(self, table: FiguresTable) -> None:
        super().__init__(table)
        self._table = table
        give_viewport(self)
        self.setModel(table.figures)
        self.setItemDelegate(Cells(table))
        self.setHorizontalHeader(Heads(table))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.hide()

    def follow(self, width: int) -> None:
        """Stand where the first column would."""
        table = self._table
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        for row in range(len(table.figures.rows)):
            self.setRowHeight(row, table.rowHeight(row))
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        for column in range(len(table.figures.heads)):
            self.setColumnHidden(column, column > 0)
        self.setColumnWidth(0, width)
        self.setGeometry(0, 0, width, table.horizontalHeader().height() + table.viewport().height())
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.viewport().update()
