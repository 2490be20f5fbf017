"""The book's grid: walked by keyboard, moved by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from reception.clock import Instant
from ui.book.faces import row_aloud
from ui.book.geometry import point_to_content, to_seen
from ui.book.moving import ARROWS, MovingSurface, may_move
from ui.book.plan import Block, Plan
from ui.book.walking import Spot, Walk
from ui.book.words import span_said

_PAGE = 6
"""Spots that Ctrl and an arrow key go by."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BookGrid(MovingSurface):
    """What is chosen, opened or dropped it only tells."""

    chosen = Signal(object)
    """The :class:`Spot` that is now chosen, or None."""
    opened = Signal(object)
    """Enter or a double click on a spot."""
    pointed = Signal(object)
    """A click on a free :class:`Spot`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Appointment book")
        self.viewport().setMouseTracking(True)
        self._walk: Walk | None = None
        self._minute = 0.0
        """The minute that the cursor keeps to while it goes across columns."""

    def show_plan(self, plan: Plan, now: Instant) -> None:
        before = self._plan
        self._walk = Walk(plan)
        is_new = before is None or before.shown != plan.shown
        super().show_plan(plan, now)
        if is_new and before is not None:
            self._carry(before, plan)
        elif (
            self._ghost is not None and before is not None and self._ghost.row.id in before.by_key.keys() - plan.by_key
        ):
            self.abandon()
        self._keep_cursor(is_new)

    def show_nothing(self) -> None:
        """Nothing is known of the days that are asked for."""
        self._walk = None
        self.choose(None)
        super().show_nothing()

    # -- the cursor ------------------------------------------------------------------------------------------

    def cursor_spot(self) -> Spot | None:
        """What is chosen."""
        return self._cursor

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
        starts, ends = local.instant(spot.starts), local.instant(spot.ends)
        return f"{span_said(starts, ends, zone)}, {'free' if ends > self._now else 'past'}, {column.title}"

    # -- keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.abandon():
            return
        if key in ARROWS:
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
        across, along = ARROWS[Qt.Key(key)]
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
        if spot is not None:
            self.pointed.emit(spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._geometry is None:
            return
        point = point_to_content(event.position().toPoint(), self.seen())
        if self._dragging.is_on and event.buttons() & Qt.MouseButton.LeftButton:
            ghost = self._dragging.ghost_at(point, self._geometry)
            if ghost is not None and not may_move(ghost.row):
                self._dragging.end()
                self.stuck.emit(ghost.row)
            elif ghost is not None:
                self._by_keys = False
                self._set_ghost(ghost)
                self._bring_in_sight(QRect(point, QSize(1, 1)))
            return
        block = self._block_at(point)
        over_edge = (
            block is not None
            and block.row is not None
            and may_move(block.row)
            and self._dragging.is_edge(block, point, self._geometry)
        )
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
