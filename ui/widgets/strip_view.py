"""A strip on the screen: counters, or visits set aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from ui.delegates.strip_row import GAP, PADDING, StripRowDelegate, cell_lines, style_of
from ui.models.strips import Cell, Role, StripModel
from ui.theme import look_of
from ui.widgets.painting import MUTED, draw_text, text_width

AnyIndex = QModelIndex | QPersistentModelIndex

COUNTER_COLUMNS = (80, 160, 0)
"""Widths of the words at 100 % text; 0 takes the rest."""
ASIDE_COLUMNS = (64, 108, 0, 112)


def shared(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that fit into `room`: what is narrow stays whole, only the widest are cut, to one width."""
    given = list(wanted)
    left, still = room, len(wanted)
    for at in sorted(range(len(wanted)), key=lambda column: wanted[column]):
        given[at] = min(wanted[at], max(0, left) // still)
        left, still = left - given[at], still - 1
    return given


class StripView(QTableView):
    """Shows a :class:`StripModel` without heads or grid; rows of visits can be chosen, those of counters not."""

    chosen = Signal(str)
    """The key that is now chosen; empty for none."""
    opened = Signal(str)
    """Enter or a double click on a row."""

    def __init__(
        self,
        model: StripModel,
        columns: Sequence[int],
        name: str,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._strip = model
        self._columns = tuple(columns)
        self._empty = empty
        self._painter = StripRowDelegate(look_of(self), self)
        self._last_chosen = ""
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        one, none = QAbstractItemView.SelectionMode.SingleSelection, QAbstractItemView.SelectionMode.NoSelection
        self.setSelectionMode(one if model.selectable else none)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if model.selectable else Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self._connect()
        self._wear()

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(self._tell_choice)
        self.activated.connect(self._open)
        for changed in (self._strip.rowsInserted, self._strip.rowsRemoved):
            changed.connect(self._settle)
        self._strip.dataChanged.connect(self._lay_out)

    def chosen_key(self) -> str:
        """The key of the row that is chosen, or an empty string."""
        rows = self.selectionModel().selectedRows()
        return str(rows[0].data(Role.KEY)) if rows else ""

    def choose(self, key: str) -> bool:
        """Choose a row by its key; an empty key chooses none. False when there is no such row."""
        if not key:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
            return True
        at = self._strip.row_of(key)
        if at < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = self._strip.index(at, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def _tell_choice(self, *_: object) -> None:
        now = self.chosen_key()
        if now != self._last_chosen:
            self._last_chosen = now
            self.chosen.emit(now)

    def _open(self, index: QModelIndex) -> None:
        if self._strip.selectable:
            self.opened.emit(str(index.data(Role.KEY)))

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        if start <= self.currentIndex().row() <= end:
            self.choose("")
        super().rowsAboutToBeRemoved(parent, start, end)

    def _settle(self, *_: object) -> None:
        self._lay_out()
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if self._strip.selectable and self._strip.rowCount() else Qt.FocusPolicy.NoFocus
        )
        self.viewport().update()

    def _wear(self) -> None:
        self._painter.look = look_of(self)
        self.verticalHeader().setDefaultSectionSize(self._painter.row_height())
        self._settle()

    def _lay_out(self, *_: object) -> None:
        self._painter.row_width = self.viewport().width()
        # the scroll bar stands in the padding at the right: columns do not move when it comes
        self._painter.padding_right = PADDING - (self.width() - self.viewport().width())
        last = len(self._columns) - 1
        widths = self._widths()
        for column, size in enumerate(widths):
            before = PADDING if column == 0 else 0
            after = self._painter.padding_right if column == last else GAP
            self.setColumnWidth(column, before + size + after)
        for at in range(self._strip.rowCount()):
            height = self._painter.row_height(self._lines(at, widths))
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)

    def _widths(self) -> list[int]:
        """As wide as asked for, or as the words need; where that is too much, as the words need, and of those the
        widest give way first."""
        look = look_of(self)
        room = self.width() - 2 * PADDING - GAP * (len(self._columns) - 1)
        needed = [self._words_width(column) for column in range(len(self._columns))]
        sizes = [max(look.px(size), words) for size, words in zip(self._columns, needed, strict=True)]
        rest = self._columns.index(0)
        sizes[rest] = needed[rest]
        if sum(sizes) > room:
            sizes = shared(needed, room)
        sizes[rest] += max(0, room - sum(sizes))
        return [max(1, size) for size in sizes]

    def _lines(self, row: int, widths: Sequence[int]) -> int:
        """How many lines the words of a row take in columns of these widths."""
        cells: list[Cell] = [self._strip.index(row, column).data(Role.CELL) for column in range(len(widths))]
        return max(len(cell_lines(cell, width, look_of(self))) for cell, width in zip(cells, widths, strict=True))

    def _words_width(self, column: int) -> int:
        look = look_of(self)
        cells: list[Cell] = [self._strip.index(at, column).data(Role.CELL) for at in range(self._strip.rowCount())]
        return max((text_width(cell.words, look, style_of(cell)) for cell in cells), default=0)

    def sizeHint(self) -> QSize:
        return QSize(518, 5 * self._painter.row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 2 * self._painter.row_height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange) and hasattr(self, "_painter"):
            self._wear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._painter.focused = True
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.choose(str(self.currentIndex().data(Role.KEY)))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._painter.focused = False
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._strip.rowCount() == 0 and self._empty:
            look = look_of(self)
            line = QRect(PADDING, 0, self.viewport().width() - 2 * PADDING, self._painter.row_height())
            draw_text(QPainter(self.viewport()), line, self._empty, look, MUTED)
