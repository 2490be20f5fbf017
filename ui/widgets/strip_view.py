"""A strip on the screen: counters, or visits set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.delegates.strip_row import GAP, PADDING, StripRowDelegate, cell_least, cell_lines, cell_width
from ui.models.strips import Cell, Role, StripModel
from ui.theme import Look, look_of
from ui.widgets.painting import MUTED, draw_text
from ui.widgets.rows_view import RowsView

COUNTER_COLUMNS = (80, 160, 0)
"""Widths of the words at 100 % text; 0 takes the rest."""
ASIDE_COLUMNS = (64, 108, 0, 112)
TODAY_COLUMNS = (64, 108, 112, 0, 72, 150)


def shared(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that fit into `room`: what is narrow stays whole, only the widest are cut, to one width."""
    given = list(wanted)
    left, still = room, len(wanted)
    for at in sorted(range(len(wanted)), key=lambda column: wanted[column]):
        given[at] = min(wanted[at], max(0, left) // still)
        left, still = left - given[at], still - 1
    return given


def _wrapped(least: Sequence[int], needed: Sequence[int], room: int) -> list[int]:
    """Widths in which words wrap rather than break; where even that is too much, the widest are cut."""
    spare = room - sum(least)
    if spare < 0:
        return shared(needed, room)
    more = shared([whole - word for whole, word in zip(needed, least, strict=True)], spare)
    return [word + extra for word, extra in zip(least, more, strict=True)]


class StripView(RowsView):
    """Shows a :class:`StripModel` without heads or grid; rows of visits can be chosen, those of counters not."""

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
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        if not model.selectable:
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if model.selectable else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self._connect()
        self.wear()

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(self.tell_choice)
        self.activated.connect(self.open_row)
        for changed in (self._strip.rowsInserted, self._strip.rowsRemoved):
            changed.connect(self._settle)
        self._strip.dataChanged.connect(lambda *_: self.lay_out())

    def key_at(self, row: int) -> str:
        return str(self._strip.index(row, 0).data(Role.KEY) or "") if self._strip.selectable else ""

    def row_of(self, key: str) -> int:
        return self._strip.row_of(key)

    def show_focus(self, focused: bool) -> None:
        self._painter.focused = focused

    def _settle(self, *_: object) -> None:
        self.lay_out()
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if self._strip.selectable and self._strip.rowCount() else Qt.FocusPolicy.NoFocus
        )
        self.viewport().update()

    def wear(self) -> None:
        self._painter.look = look_of(self)
        self.verticalHeader().setDefaultSectionSize(self._painter.row_height())
        self._settle()

    def lay_out(self) -> None:
        self._painter.row_width = self.viewport().width()
        # the scroll bar stands in the padding at the right: columns do not move when it comes
        self._painter.padding_right = PADDING - (self.width() - self.viewport().width())
        widths = self._widths()
        last = self._painter.last_column = max(column for column, size in enumerate(widths) if size)
        for column, size in enumerate(widths):
            self.setColumnHidden(column, size == 0)
            before = PADDING if column == 0 else 0
            after = self._painter.padding_right if column == last else GAP
            self.setColumnWidth(column, before + size + after)
        for at in range(self._strip.rowCount()):
            height = self._painter.row_height(self._lines(at, widths))
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)

    def _widths(self) -> list[int]:
        """As wide as asked for, or as the words need; where that is too much they wrap, the widest first; 0 for a
        column that is left out, because not even single words would fit."""
        look, columns = look_of(self), range(len(self._columns))
        needed = [self._widest(column, cell_width) for column in columns]
        least = [self._widest(column, cell_least) for column in columns]
        shown = self._that_fit(least, needed)
        room = self._room_for(shown)
        rest = self._columns.index(0) if self._columns.index(0) in shown else shown[-1]
        sizes = {column: max(look.px(self._columns[column]), needed[column]) for column in shown}
        sizes[rest] = needed[rest]
        if sum(sizes.values()) > room:
            sizes = dict(
                zip(shown, _wrapped([least[at] for at in shown], [needed[at] for at in shown], room), strict=True)
            )
        sizes[rest] += max(0, room - sum(sizes.values()))
        return [max(1, sizes[column]) if column in sizes else 0 for column in columns]

    def _room_for(self, shown: Sequence[int]) -> int:
        return self.width() - 2 * PADDING - GAP * (len(shown) - 1)

    def _that_fit(self, least: Sequence[int], needed: Sequence[int]) -> list[int]:
        """The columns that are shown. Of those that the model can do without, the first goes before any words wrap, and
        the others before any word is broken."""
        shown = list(range(len(least)))
        for nth, column in enumerate(self._strip.give_way):
            wanted = needed if nth == 0 else least
            if sum(wanted[at] for at in shown) > self._room_for(shown):
                shown.remove(column)
        return shown

    def _lines(self, row: int, widths: Sequence[int]) -> int:
        """How many lines the words of a row take in columns of these widths."""
        cells: list[Cell] = [self._strip.index(row, column).data(Role.CELL) for column in range(len(widths))]
        shown = [(cell, width) for cell, width in zip(cells, widths, strict=True) if width]
        return max(len(cell_lines(cell, width, look_of(self))) for cell, width in shown)

    def _widest(self, column: int, width_of: Callable[[Cell, Look], int]) -> int:
        look = look_of(self)
        cells: list[Cell] = [self._strip.index(at, column).data(Role.CELL) for at in range(self._strip.rowCount())]
        return max((width_of(cell, look) for cell in cells), default=0)

    def sizeHint(self) -> QSize:
        return QSize(518, 5 * self._painter.row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 2 * self._painter.row_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._strip.rowCount() == 0 and self._empty:
            look = look_of(self)
            line = QRect(PADDING, 0, self.viewport().width() - 2 * PADDING, self._painter.row_height())
            draw_text(QPainter(self.viewport()), line, self._empty, look, MUTED)
