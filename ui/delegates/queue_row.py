"""Paints the queue: every cell paints its slice of the row, so that a tick repaints no more than what changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reception.domain.desk_view import QueueRow
from ui import queue_words
from ui.models.promise import BarScale, Face, Standing
from ui.models.queue import QueueModel
from ui.models.queue_lines import Column, Line
from ui.theme import Look
from ui.widgets.painting import (
    MUTED,
    Style,
    draw_box,
    draw_icon,
    draw_needs,
    draw_text,
    text_width,
    wrapped_lines,
)
from ui.widgets.queue_columns import GAP, ICON_GAP, PADDING

AnyIndex = QModelIndex | QPersistentModelIndex

_ICONS = {Standing.IN_TIME: "in-time", Standing.DUE_SOON: "due-soon", Standing.LATE: "late"}


def _line_at(index: AnyIndex) -> Line:
    model = index.model()
    assert isinstance(model, QueueModel)
    return model.line_at(index.row())


class QueueRowDelegate(QStyledItemDelegate):
    """Paints cells of a :class:`~ui.models.queue.QueueModel`. The view says what it wears, how its bar is scaled,
    how wide a whole row is and whether it has the focus.
    """

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.scale = BarScale()
        self.row_width = 0
        self.padding_right = PADDING
        self.focused = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, self.row_height() if _line_at(index).row is not None else self.caption_height(index))

    def row_height(self) -> int:
        return self.look.row_height(self.look.measure("size", "queue_row"))

    def caption_height(self, index: AnyIndex) -> int:
        """The caption wraps rather than being cut."""
        lines = wrapped_lines(str(index.data() or ""), self.row_width - 2 * PADDING, self.look, MUTED)
        return max(32, len(lines) * self.look.line("base") + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        whole = QRect(0, cell.top(), self.row_width, cell.height())
        line = _line_at(index)
        last = index.row() == index.model().rowCount() - 1
        painter.save()
        painter.setClipRect(cell)
        if line.row is None or line.face is None:
            self._paint_caption(painter, whole, line.caption)
        else:
            chosen = QStyle.StateFlag.State_Selected in state
            self._paint_ground(painter, whole, line.face, chosen=chosen)
            self._paint_cell(painter, cell, Column(index.column()), line, line.row, line.face)
        if not last or line.row is None:
            painter.fillRect(whole.left(), whole.bottom(), whole.width(), 1, self.look.colour("line"))
        painter.restore()

    # -- the row as a whole --

    def _paint_caption(self, painter: QPainter, whole: QRect, words: str) -> None:
        look = self.look
        painter.fillRect(whole, look.colour("surface"))
        lines = wrapped_lines(words, whole.width() - 2 * PADDING, look, MUTED)
        height = look.line("base")
        y = whole.top() + (whole.height() - 1 - height * len(lines)) // 2
        for line in lines:
            draw_text(painter, QRect(PADDING, y, whole.width() - 2 * PADDING, height), line, look, MUTED)
            y += height

    def _paint_ground(self, painter: QPainter, whole: QRect, face: Face, *, chosen: bool) -> None:
        look = self.look
        ground = "due-soon-soft" if face.attention else "surface-selected" if chosen else "surface-raised"
        painter.fillRect(whole, look.colour(ground))
        if face.attention:
            painter.fillRect(0, whole.top(), look.stroke("row_edge"), whole.height() - 1, look.colour("due-soon"))
        if chosen:
            ring = whole.adjusted(3, 1, -3, -2)
            stroke = look.stroke("focus_row") if self.focused else look.stroke("hairline")
            token = "focus" if self.focused else "line-strong"
            draw_box(painter, ring, None, look.colour(token), stroke, look.measure("radius", "block"))

    # -- its cells --

    def _paint_cell(
        self, painter: QPainter, cell: QRect, column: Column, line: Line, row: QueueRow, face: Face
    ) -> None:
        look = self.look
        inner = cell.adjusted(PADDING if column is Column.TICKET else 0, 0, -GAP, -1)
        words = "text" if row.mine else "text-muted"
        match column:
            case Column.TICKET:
                draw_text(painter, inner, row.number, look, Style("lead", 600 if row.mine else 400, words))
            case Column.SERVICE:
                self._paint_service(painter, inner, row, words)
            case Column.CAME:
                draw_text(painter, inner, line.words(column), look, Style(token=words))
            case Column.NEEDS:
                draw_needs(painter, inner, line.needs, look, words)
            case Column.PROMISE:
                self._paint_bar(painter, inner.left(), inner, face)
            case Column.TIME_LEFT:
                inner.setRight(cell.right() - self.padding_right)
                self._paint_time(painter, inner, face, words)

    def _paint_service(self, painter: QPainter, inner: QRect, row: QueueRow, words: str) -> None:
        """How many services come after is never cut, however long the name of the first."""
        service, more = queue_words.service_words(row)
        room = inner.adjusted(0, 0, -text_width(f" {more}", self.look) if more else 0, 0)
        taken = draw_text(painter, room, service, self.look, Style(token=words))
        draw_text(painter, inner.adjusted(taken, 0, 0, 0), f" {more}" if more else "", self.look, Style(token=words))

    def _paint_time(self, painter: QPainter, inner: QRect, face: Face, words: str) -> None:
        look = self.look
        edge = look.px(look.measure("size", "icon"))
        weight = 400
        match face.standing:
            case Standing.LATE:
                words, weight = "late-text", 600
            case Standing.DUE_SOON:
                words, weight = "due-soon-text", 700 if face.attention else 600
        if face.standing in _ICONS:
            x = inner.right() + 1 - edge
            draw_icon(painter, x, inner, _ICONS[face.standing], look, face.standing.value)
        inner.setRight(inner.right() - edge - ICON_GAP)
        draw_text(painter, inner, face.words, look, Style(weight=weight, token=words), right=True)

    def _paint_bar(self, painter: QPainter, x: int, inner: QRect, face: Face) -> None:
        """Whole pixels, no antialiasing: a bar that grows by one pixel must not shimmer."""
        look, scale = self.look, self.scale
        height = look.px(look.measure("bar", "height"))
        top = inner.top() + (inner.height() - height + 1) // 2
        if face.standing is Standing.NO_PROMISE:
            painter.fillRect(x, top, scale.width, height, look.colour("track"))
            painter.fillRect(x, top, face.fill, height, look.colour("line-strong"))
            return
        colour = look.colour(face.standing.value)
        painter.fillRect(x, top, scale.before, height, look.colour("track"))
        painter.fillRect(x, top, face.fill, height, colour)
        if face.over:
            painter.fillRect(x + scale.after, top, face.over - scale.after, height, colour)
        line_height = look.px(look.measure("bar", "line_height"))
        line_top = inner.top() + (inner.height() - line_height + 1) // 2
        painter.fillRect(
            x + scale.line_at - scale.line // 2, line_top, scale.line, line_height, look.colour("promise-line")
        )
        dot = max(1, look.px(1))
        for at in range(scale.after + 1, scale.width - 3, 4 * dot):
            if at >= face.over:
                painter.fillRect(x + at, top + height // 2, dot, dot, look.colour("line-strong"))
