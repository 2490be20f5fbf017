"""A heat map: weekdays by hours, the figure in each cell, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.moments import short_hour
from ui.theme import look_of
from ui.widgets.painting import MUTED, Style, draw_box, draw_text, text_width
from ui.widgets.viewport import give_viewport

AnyIndex = QModelIndex | QPersistentModelIndex
_CELL = QSize(44, 40)
_WIDEST = 120
_HIGHER = 1.6
_GAP = 2
LEVELS = 5


class Cell(Struct, frozen=True):
    """A figure and what is said of it. `level`: how dark, 0 to 4; None: nobody came, or too few to say."""

    words: str
    level: int | None
    aloud: str


class _HeatModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sides: tuple[str, ...] = ()
        self.tops: tuple[str, ...] = ()
        self.cells: tuple[tuple[Cell, ...], ...] = ()

    def show(self, sides: Sequence[str], tops: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
        self.beginResetModel()
        self.sides, self.tops = tuple(sides), tuple(tops)
        self.cells = tuple(tuple(row) for row in cells)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sides)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.tops)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell.aloud
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        names = self.tops if orientation == Qt.Orientation.Horizontal else self.sides
        if role == Qt.ItemDataRole.DisplayRole and section < len(names):
            return names[section]
        return None


class _HeatCells(QStyledItemDelegate):
    def __init__(self, heat: HeatMap) -> None:
        super().__init__(heat)
        self._heat = heat

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        heat, look = self._heat, look_of(self._heat)
        box = QRect(option.rect).adjusted(0, 0, -_GAP, -_GAP)
        cell = heat.cell(index)
        ground, words = ("surface-raised", "text-muted")
        if cell.level is not None:
            ground, words = f"heat-{cell.level}", f"on-heat-{cell.level}"
        painter.fillRect(box, look.colour(ground))
        if cell.level is None:
            draw_box(painter, box, None, look.colour("line"), look.stroke("hairline"), 0)
        style = Style(weight=600 if cell.level is not None and cell.level >= LEVELS - 2 else 400, token=words)
        wide = text_width(cell.words, look, style)
        draw_text(
            painter,
            QRect(box.left() + (box.width() - wide) // 2, box.top(), wide, box.height()),
            cell.words,
            look,
            style,
        )
        if heat.hasFocus() and heat.currentIndex() == index and not heat.property("pictured"):
            width = look.stroke("focus_row")
            draw_box(painter, box, None, look.colour("focus"), width, 0)
            draw_box(painter, box.adjusted(width, width, -width, -width), None, look.colour("focus-gap"), width, 0)


class _HeatHeads(QHeaderView):
    def __init__(self, orientation: Qt.Orientation, heat: HeatMap) -> None:
        super().__init__(orientation, heat)
        self._heat = heat
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = look_of(self)
        painter.fillRect(rect, look.colour("surface-raised"))
        across = self.orientation() == Qt.Orientation.Horizontal
        words = self._heat.top(section) if across else str(self.model().headerData(section, self.orientation()))
        area = QRect(rect)
        if across:
            wide = text_width(words, look, MUTED)
            area = QRect(rect.left() + (rect.width() - _GAP - wide) // 2, rect.top(), wide, rect.height())
        draw_text(painter, area, words, look, MUTED if across else Style())

    def sizeHint(self) -> QSize:
        look = look_of(self)
        hint = super().sizeHint()
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(hint.width(), look.line() + 6)
        widest = max((text_width(side, look) for side in self._heat.sides()), default=0)
        return QSize(widest + look.px(18), hint.height())


class HeatMap(QTableView):
    """See the module. Cells share the width; where their figures need more it scrolls."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _HeatModel(self)
        self._are_tops_short = False
        """The columns are too narrow for "10am" and "midday": they are headed "10" and "12"."""
        give_viewport(self)
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_HeatCells(self))
        self.setHorizontalHeader(_HeatHeads(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_HeatHeads(Qt.Orientation.Vertical, self))
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_cells(self, sides: Sequence[str], tops: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
        """One row of cells for each side, one column for each top."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self._model.show(sides, tops, cells)
        self.lay_out()
        if sides and tops:
            self.setCurrentIndex(
                self._model.index(max(0, min(row, len(sides) - 1)), max(0, min(column, len(tops) - 1)))
            )
        self.updateGeometry()

    def describe(self, words: str) -> None:
        """What it shows, in a sentence or two."""
        self.setAccessibleDescription(words)

    def forget(self) -> None:
        """Nothing is shown, and nothing kept of what was."""
        self.show_cells((), (), ())

    def cell(self, index: AnyIndex) -> Cell:
        return self._model.cells[index.row()][index.column()]

    def sides(self) -> tuple[str, ...]:
        return self._model.sides

    def top(self, column: int) -> str:
        """The heading of a column, as it is painted."""
        words = self._model.tops[column]
        return short_hour(words) if self._are_tops_short else words

    def said(self) -> str:
        """What is said of the cell that the keyboard is at."""
        index = self.currentIndex()
        return self.cell(index).aloud if index.isValid() else ""

    # -- size --

    def _cell_height(self) -> int:
        return look_of(self).row_height(_CELL.height())

    def lay_out(self) -> None:
        """Share the width among the cells."""
        look = look_of(self)
        top = self.horizontalHeader()
        top.setFixedHeight(top.sizeHint().height())
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self.updateGeometries()
        self._stretch()
        count = len(self._model.tops)
        if not count:
            return
        room = self.viewport().width()
        self._are_tops_short = self._needed(self._model.tops) * count > room
        needed = max(self._needed([self.top(column) for column in range(count)]), self._needed(self._all_words()))
        least = max(look.px(_CELL.width()) if room // count >= look.px(_CELL.width()) else 0, needed)
        wide, over = divmod(room, count)
        for column in range(count):
            self.setColumnWidth(column, max(least, min(look.px(_WIDEST), wide + (column < over))))

    def _stretch(self) -> None:
        """Cells are a little higher where there is room."""
        floor = self._cell_height()
        each = self.viewport().height() // max(1, len(self._model.sides))
        self.verticalHeader().setDefaultSectionSize(max(floor, min(each, round(floor * _HIGHER))))

    def _all_words(self) -> list[str]:
        return [cell.words for row in self._model.cells for cell in row]

    def _needed(self, words: Sequence[str]) -> int:
        look = look_of(self)
        return max((text_width(each, look, Style(weight=600)) for each in words), default=0) + 6

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._model.sides))
        count = len(self._model.tops)
        bar = self.horizontalScrollBar().sizeHint().height() if self._overflows(count) else 0
        height = rows * self._cell_height() + self.horizontalHeader().sizeHint().height() + bar
        return QSize(look_of(self).px(480), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(240), self.sizeHint().height())

    def _overflows(self, count: int) -> bool:
        return sum(self.columnWidth(column) for column in range(count)) > self.viewport().width() > 0

    # -- events --

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange) and hasattr(self, "_model"):
            self.lay_out()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()
            self.updateGeometry()
        else:
            self._stretch()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.sides:
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def level_of(value: float, lowest: float, highest: float) -> int:
    """How dark a figure is among others: five even steps from the lowest to the highest."""
    if highest <= lowest:
        return 2
    return min(LEVELS - 1, int((value - lowest) / (highest - lowest) * LEVELS))
