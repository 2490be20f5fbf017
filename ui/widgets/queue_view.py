"""The queue on the screen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.delegates.queue_row import QueueRowDelegate
from ui.models.promise import BarScale
from ui.models.queue import QueueModel
from ui.models.queue_lines import Column
from ui.theme import look_of
from ui.widgets.painting import MUTED, Style, draw_text, text_width, wrapped_lines
from ui.widgets.queue_columns import GAP, ICON_GAP, PADDING, Columns, queue_columns
from ui.widgets.rows_view import RowsView

_EMPTY = ("Nobody is waiting", "Visitors who take a ticket appear here, with the time left to see them.")


class _Heads(QHeaderView):
    """Column heads on the same edges as the rows below them."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(0, look.row_height(look.measure("size", "header_row")))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        look = look_of(self)
        painter.fillRect(rect, look.colour("surface-raised"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        words = rect.adjusted(PADDING if logical == Column.TICKET else 0, 0, -GAP, -1)
        right = logical == Column.TIME_LEFT
        if right:
            # the scroll bar, if any, stands in the padding
            padding = PADDING - (self._view.width() - self.width())
            words.setRight(rect.right() - padding - look.px(look.measure("size", "icon")) - ICON_GAP)
        text = str(self.model().headerData(logical, self.orientation()))
        if text_width(text, look, MUTED) <= words.width():
            draw_text(painter, words, text, look, MUTED, right=right)


class QueueView(RowsView):
    """Shows a :class:`QueueModel`. One visit may be chosen, by its id."""

    painted = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = model
        self._painter = QueueRowDelegate(look_of(self), self)
        self._anchor: tuple[str, int] | None = None
        self._laid_out: Columns | None = None
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setHorizontalHeader(_Heads(self))
        self.setAccessibleName("Queue, in the order they will be called")
        self._connect()
        self.wear()

    def _connect(self) -> None:
        self._queue.patching.connect(self._remember_place)
        self._queue.patched.connect(self._restore_place)
        self.selectionModel().selectionChanged.connect(self.tell_choice)
        self.activated.connect(self.open_row)

    # -- the choice --

    def key_at(self, row: int) -> str:
        visit = self._queue.visit_at(row)
        return visit.visit_id if visit is not None else ""

    def row_of(self, key: str) -> int:
        return self._queue.row_of(key)

    def show_focus(self, focused: bool) -> None:
        self._painter.focused = focused

    def chosen_visit(self) -> str:
        """The id of the visit that is chosen, or an empty string."""
        return self.chosen_key()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last visit: this is a list, though it has columns."""
        rows = self._queue.rowCount()
        match action:
            case QAbstractItemView.CursorAction.MoveHome:
                there = next((at for at in range(rows) if not self._queue.is_caption(at)), -1)
            case QAbstractItemView.CursorAction.MoveEnd:
                there = next((at for at in reversed(range(rows)) if not self._queue.is_caption(at)), -1)
            case _:
                return super().moveCursor(action, modifiers)
        return self._queue.index(there, max(0, self.currentIndex().column()))

    # -- its place --

    def _remember_place(self) -> None:
        """Scrolled down, what is read stays where it is; at the top, the top stays in sight."""
        self._anchor = None
        if self.verticalScrollBar().value() > 0:
            top = self.rowAt(0)
            visit = self._queue.visit_at(top) or self._queue.visit_at(top + 1)
            if visit is not None:
                at = self._queue.row_of(visit.visit_id)
                self._anchor = (visit.visit_id, self.rowViewportPosition(at))

    def _restore_place(self) -> None:
        if self.columns() != self._laid_out:
            self.lay_out()
        self._size_rows()
        self.updateGeometries()  # else the scroll bar learns of the new rows only later
        if self._anchor is not None:
            visit_id, was = self._anchor
            at = self._queue.row_of(visit_id)
            if at >= 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.rowViewportPosition(at) - was)
        self._show_heads()
        self.viewport().update()

    def _size_rows(self) -> None:
        heights = self.verticalHeader()
        caption, plain = self._queue.caption_row(), self._painter.row_height()
        for at in range(self._queue.rowCount()):
            height = plain if at != caption else self._painter.caption_height(self._queue.index(at, 0))
            if heights.sectionSize(at) != height:
                heights.resizeSection(at, height)

    def _show_heads(self) -> None:
        anyone = self._queue.rowCount() > 0
        self.horizontalHeader().setVisible(anyone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if anyone else Qt.FocusPolicy.NoFocus)

    # -- how it looks --

    def columns(self) -> Columns:
        """The columns as they stand now."""
        # the scroll bar stands in the padding at the right: columns do not move when it comes
        look = look_of(self)
        planned = max((text_width(words, look) for words in self._queue.planned_services()), default=0)
        named = max((text_width(words, look) for words in self._queue.services()), default=0)
        return queue_columns(self.width(), look, planned, named)

    def wear(self) -> None:
        look = look_of(self)
        self._painter.look = look
        self.verticalHeader().setDefaultSectionSize(self._painter.row_height())
        self.lay_out()

    def lay_out(self) -> None:
        self._laid_out = columns = self.columns()
        self._painter.row_width = self.viewport().width()
        self._painter.padding_right = PADDING - (self.width() - self.viewport().width())
        sections = columns.sections()
        sections[Column.TIME_LEFT] -= self.width() - self.viewport().width()
        for column in Column:
            self.setColumnHidden(column, column not in sections)
            if column in sections:
                self.setColumnWidth(column, sections[column])
        if columns.bar:
            self._painter.scale = BarScale().of_width(columns.bar)
            self._queue.set_bar(self._painter.scale)
        self._size_rows()
        self._show_heads()

    def sizeHint(self) -> QSize:
        return QSize(798, 350)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.horizontalHeader().sizeHint().height() + 2 * self._painter.row_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._queue.rowCount() == 0:
            self._paint_empty(QPainter(self.viewport()))
        self.painted.emit()

    def _paint_empty(self, painter: QPainter) -> None:
        look = look_of(self)
        area = self.viewport().rect()
        painter.fillRect(0, 0, area.width(), 1, look.colour("line"))
        title, detail = _EMPTY
        lines: list[tuple[str, Style]] = [(title, Style("title", 600))]
        lines += [(line, MUTED) for line in wrapped_lines(detail, area.width() - 2 * PADDING, look, MUTED)]
        y = area.top() + round(area.height() * 0.3)
        for words, style in lines:
            height = look.line(style.size)
            width = min(area.width(), text_width(words, look, style))
            draw_text(painter, QRect((area.width() - width) // 2, y, width, height), words, look, style)
            y += height + (9 if style.size == "title" else 0)
        if self.hasFocus():
            painter.fillRect(area.left(), 1, area.width(), look.stroke("focus_row"), look.colour("focus"))
