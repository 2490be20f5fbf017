"""The book's grid: walked by keyboard, moved by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from reception.clock import Instant
from reception.domain.book import AppointmentRow
from ui.book.dragging import Dragging
from ui.book.faces import row_aloud
from ui.book.geometry import point_to_content, to_seen
from ui.book.plan import Block, Plan
from ui.book.surface import BookSurface
from ui.book.times import STEP
from ui.book.walking import Ghost, Spot, Walk
from ui.book.words import span_said

_PAGE = 6
"""Spots that Ctrl and an arrow key go by."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class BookGrid(BookSurface):
    """What is chosen, opened or dropped it only tells."""

    chosen = Signal(object)
    """The :class:`Spot` that is now chosen, or None."""
    opened = Signal(object)
    """Enter or a double click on a spot."""
    dropped = Signal(object)
    """A :class:`Ghost` was let go somewhere else than where it came from; it stays until it is abandoned."""
    ghost_changed = Signal(object)
    """The :class:`Ghost` that is on its way, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Appointment book")
        self.viewport().setMouseTracking(True)
        self._walk: Walk | None = None
        self._minute = 0.0
        """The minute that the cursor keeps to while it goes across columns."""
        self._by_keys = False
        """The ghost is moved by keys, not by the mouse."""
        self._dragging = Dragging()

    def show_plan(self, plan: Plan, now: Instant) -> None:
        before = self._plan
        self._walk = Walk(plan)
        super().show_plan(plan, now)
        if self._ghost is not None and self._ghost.row.id not in plan.by_key:
            self.abandon()
        self._keep_cursor(before is None or before.shown != plan.shown)

    # -- the cursor ------------------------------------------------------------------------------------------

    def cursor_spot(self) -> Spot | None:
        """What is chosen."""
        return self._cursor

    def chosen_row(self) -> AppointmentRow | None:
        """The appointment that is chosen."""
        block = self._plan.by_key.get(self._cursor.key) if self._plan and self._cursor else None
        return block.row if block is not None else None

    def choose(self, spot: Spot | None, *, in_sight: bool = True) -> None:
        """Put the cursor somewhere; None: nowhere."""
        if spot == self._cursor:
            return
        for each in (self._cursor, spot):
            if each is not None:
                self._update(self._spot_rect(each).adjusted(-6, -6, 6, 6))
        self._cursor = spot
        if spot is not None and in_sight:
            self._bring_in_sight(self._spot_rect(spot))
        self.setAccessibleDescription(self.words_of(spot) if spot is not None else "")
        self.chosen.emit(spot)

    def choose_key(self, key: str) -> bool:
        """Choose an appointment by id. False when it is not shown."""
        spot = self._walk.of_key(key) if self._walk is not None else None
        if spot is None:
            return False
        self._minute = spot.starts
        self.choose(spot)
        return True

    def spots(self) -> tuple[Spot, ...]:
        """All that the cursor can stand on, column by column."""
        if self._walk is None or self._plan is None:
            return ()
        return tuple(spot for column in range(len(self._plan.columns)) for spot in self._walk.spots(column))

    def global_rect(self, spot: Spot) -> QRect:
        """Where a spot is on the screen."""
        shown = to_seen(self._spot_rect(spot), self.seen())
        return QRect(self.viewport().mapToGlobal(shown.topLeft()), shown.size())

    def choose_first(self) -> None:
        """Choose where a person would begin: the next appointment that is to come."""
        if self._walk is not None and self._plan is not None:
            minute = self.now_minute()
            spot = self._walk.first(minute if minute is not None else 0)
            if spot is not None:
                self._minute = spot.starts
                self.choose(spot)

    def _keep_cursor(self, is_new: bool) -> None:
        assert self._walk is not None
        if self._cursor is None:
            return
        still = None if is_new and not self._cursor.key else self._walk.still(self._cursor)
        if still != self._cursor:
            self.choose(still, in_sight=False)
        else:
            self.chosen.emit(still)

    def words_of(self, spot: Spot) -> str:
        """A spot as a screen reader says it."""
        plan = self._plan
        if plan is None:
            return ""
        zone, column = plan.view.office.zone, plan.columns[spot.column]
        block = plan.by_key.get(spot.key)
        if block is not None and block.row is not None:
            return f"{row_aloud(block.row, self._now, zone)}, {column.title}"
        local = plan.day(spot.column)
        return f"{span_said(local.instant(spot.starts), local.instant(spot.ends), zone)}, free, {column.title}"

    # -- the ghost -------------------------------------------------------------------------------------------

    def ghost(self) -> Ghost | None:
        return self._ghost

    def take_up(self) -> bool:
        """Begin to move what is chosen by keys. False when nothing is chosen that can be moved."""
        row = self.chosen_row()
        if row is None or self._cursor is None:
            return False
        self._by_keys = True
        self._set_ghost(Ghost(row, self._cursor.column, self._cursor.starts, self._cursor.ends))
        return True

    def abandon(self) -> bool:
        """Let what is on its way go back. False when nothing is."""
        if self._ghost is None:
            return False
        self._set_ghost(None)
        self._dragging.end()
        return True

    def drop(self) -> None:
        """Let go of what is on its way, where it is."""
        ghost = self._ghost
        self._dragging.end()
        if ghost is None:
            return
        block = self._plan.by_key.get(ghost.row.id) if self._plan is not None else None
        is_moved = block is None or (block.column, block.starts, block.ends) != (ghost.column, ghost.starts, ghost.ends)
        if is_moved:
            self.dropped.emit(ghost)
        else:
            self._set_ghost(None)

    def _set_ghost(self, ghost: Ghost | None) -> None:
        if ghost == self._ghost:
            return
        for each in (self._ghost, ghost):
            if each is not None:
                self._update(self._ghost_rect(each).adjusted(-3, -3, 3, 3))
        self._ghost = ghost
        if ghost is not None and self._by_keys:
            self._bring_in_sight(self._ghost_rect(ghost))
        if ghost is None:
            self._by_keys = False
        self.ghost_changed.emit(ghost)

    def _move_ghost(self, key: int) -> None:
        if self._ghost is None or self._plan is None:
            return
        across, along = _ARROWS[Qt.Key(key)]
        column = min(len(self._plan.columns) - 1, max(0, self._ghost.column + self._mirrored(across)))
        self._set_ghost(self._ghost.put(column, self._ghost.starts).moved(along * STEP))

    def stretch(self, steps: int) -> bool:
        """Make what is chosen longer or shorter by so many steps. False when nothing is chosen."""
        if self._ghost is None and not self.take_up():
            return False
        assert self._ghost is not None
        self._set_ghost(self._ghost.stretched(self._ghost.ends + steps * STEP))
        return True

    def _mirrored(self, across: int) -> int:
        return -across if self.isRightToLeft() else across

    # -- keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.abandon():
            return
        if key in _ARROWS:
            if self._ghost is not None:
                self._move_ghost(key)
            else:
                self._walk_by(key, far=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._ghost is None:
            self._walk_to_end(-1 if key == Qt.Key.Key_Home else 1)
        elif key in _ENTER and not event.isAutoRepeat():
            if self._ghost is not None:
                self.drop()
            elif self._cursor is not None:
                self.opened.emit(self._cursor)
            else:
                event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.stretch(1)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.stretch(-1)
        else:
            event.ignore()

    def _walk_by(self, key: int, *, far: bool) -> None:
        walk, cursor = self._walk, self._cursor
        if walk is None:
            return
        if cursor is None:
            self.choose_first()
            return
        across, along = _ARROWS[Qt.Key(key)]
        if along:
            spot = walk.along(cursor, along * (_PAGE if far else 1))
            self._minute = spot.starts
        else:
            spot = walk.across(cursor, self._mirrored(across), self._minute)
        self.choose(spot)

    def _walk_to_end(self, step: int) -> None:
        if self._walk is not None and self._cursor is not None:
            spot = self._walk.along(self._cursor, step * 10_000)
            self._minute = spot.starts
            self.choose(spot)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self._cursor is None and by_keyboard:
            self.choose_first()
        self._update_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._update_cursor()

    def _update_cursor(self) -> None:
        if self._cursor is not None:
            self._update(self._spot_rect(self._cursor).adjusted(-6, -6, 6, 6))

    # -- the mouse -------------------------------------------------------------------------------------------

    def _block_at(self, point: QPoint) -> Block | None:
        """The appointment at a place of the content."""
        if self._plan is None or self._geometry is None or not self._plan.columns:
            return None
        column = self._geometry.column_at(point.x())
        found = [
            block
            for block in self._plan.blocks[column]
            if block.row is not None and self._geometry.block_rect(block).contains(point)
        ]
        return found[-1] if found else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._geometry is None or self._walk is None:
            super().mousePressEvent(event)
            return
        self.abandon()
        point = point_to_content(event.position().toPoint(), self.seen())
        block = self._block_at(point)
        if block is not None and block.row is not None:
            self._minute = block.starts
            self.choose(self._walk.of_key(block.key), in_sight=False)
            self._dragging.begin(block, point, self._geometry)
            return
        column = self._geometry.column_at(point.x())
        spot = self._walk.at(column, self._geometry.minute_at(point.y()))
        self._minute = self._geometry.minute_at(point.y())
        self.choose(spot, in_sight=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._geometry is None:
            return
        point = point_to_content(event.position().toPoint(), self.seen())
        if self._dragging.is_on and event.buttons() & Qt.MouseButton.LeftButton:
            ghost = self._dragging.ghost_at(point, self._geometry)
            if ghost is not None:
                self._by_keys = False
                self._set_ghost(ghost)
                self._bring_in_sight(QRect(point, QSize(1, 1)))
            return
        block = self._block_at(point)
        over_edge = block is not None and self._dragging.is_edge(block, point, self._geometry)
        self.viewport().setCursor(Qt.CursorShape.SizeVerCursor if over_edge else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging.is_on and event.button() is Qt.MouseButton.LeftButton:
            self.drop()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._cursor is not None:
            self._dragging.end()
            self.opened.emit(self._cursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            block = self._block_at(point_to_content(event.pos(), self.seen()))
            if block is not None and block.row is not None and self._plan is not None:
                words = row_aloud(block.row, self._now, self._plan.view.office.zone)
                QToolTip.showText(event.globalPos(), words, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
