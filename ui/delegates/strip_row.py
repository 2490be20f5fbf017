"""Paints the short rows of the strips."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.strips import Cell, Role
from ui.theme import Look
from ui.widgets.painting import Style, draw_box, draw_icon, draw_text, text_width, wrapped_lines

AnyIndex = QModelIndex | QPersistentModelIndex
PADDING = 16
GAP = 8
MOST_LINES = 5
_ICON_GAP = 8


def style_of(cell: Cell) -> Style:
    """How the words of a cell are set."""
    return Style("lead" if cell.lead else "base", cell.weight, cell.token)


def icon_width(cell: Cell, look: Look) -> int:
    """What a cell's icon takes of its column, the gap included."""
    return look.px(look.measure("size", "icon")) + _ICON_GAP if cell.icon else 0


def cell_width(cell: Cell, look: Look) -> int:
    """The width at which a cell needs one line."""
    return text_width(cell.words, look, style_of(cell)) + icon_width(cell, look)


def cell_least(cell: Cell, look: Look) -> int:
    """The width at which no word of a cell is broken."""
    words = (text_width(word, look, style_of(cell)) for word in cell.words.split())
    return max(words, default=0) + icon_width(cell, look)


def cell_lines(cell: Cell, width: int, look: Look) -> list[str]:
    """The words of a cell broken into the lines that it shows in a column of this width."""
    return wrapped_lines(cell.words, width - icon_width(cell, look), look, style_of(cell), MOST_LINES) or [""]


class StripRowDelegate(QStyledItemDelegate):
    """Paints cells of a :class:`~ui.models.strips.StripModel` as the model says that they are set."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.row_width = 0
        self.padding_right = PADDING
        self.focused = False
        self.last_column = 0
        """The last that is shown: the padding at the right is its."""

    def row_height(self, lines: int = 1) -> int:
        """The height of a row whose longest cell takes so many lines."""
        return self.look.row_height(self.look.measure("size", "strip_row")) + (lines - 1) * self.look.line("base")

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        cell: Cell = index.data(Role.CELL)
        look = self.look
        painter.save()
        painter.setClipRect(area)
        if state & QStyle.StateFlag.State_Selected:
            whole = QRect(0, area.top(), self.row_width, area.height())
            painter.fillRect(whole, look.colour("surface-selected"))
            stroke = look.stroke("focus_row") if self.focused else look.stroke("hairline")
            token = "focus" if self.focused else "line-strong"
            corner = look.measure("radius", "block")
            draw_box(painter, whole.adjusted(3, 0, -3, 0), None, look.colour(token), stroke, corner)
        last = index.column() == self.last_column
        inner = area.adjusted(PADDING if index.column() == 0 else 0, 0, -self.padding_right if last else -GAP, 0)
        lines = cell_lines(cell, inner.width(), look)
        self._paint_icon(painter, inner, cell)
        for line in lines:
            first = QRect(inner.left(), inner.top(), inner.width(), self.row_height())
            draw_text(painter, first, line, look, style_of(cell), right=cell.right)
            inner.setTop(inner.top() + look.line("base"))
        painter.restore()

    def _paint_icon(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        """The icon of a cell; what is left of `inner` is for its words."""
        taken = icon_width(cell, self.look)
        if taken:
            first = QRect(inner.left(), inner.top(), inner.width(), self.row_height())
            x = inner.right() + 1 - taken + _ICON_GAP if cell.right else inner.left()
            draw_icon(painter, x, first, cell.icon, self.look, cell.token, self.look.measure("size", "icon"))
            inner.adjust(0 if cell.right else taken, 0, -taken if cell.right else 0, 0)
