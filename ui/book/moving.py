"""What is on its way to another place in the book, by keys or by mouse: nothing is changed before it is confirmed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from reception.domain.book import AppointmentRow
from reception.domain.booked import Standing
from ui.book.dragging import Dragging
from ui.book.plan import Plan
from ui.book.surface import BookSurface
from ui.book.times import STEP
from ui.book.walking import Ghost

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


def may_move(row: AppointmentRow) -> bool:
    """Whether it is still to come: a visitor who is here, or was, is no more moved in the book."""
    return row.standing is Standing.BOOKED


class MovingSurface(BookSurface):
    """A surface on which what is chosen can be taken up, moved, stretched and dropped."""

    dropped = Signal(object)
    """A :class:`Ghost` was let go somewhere else than where it came from; it stays until it is abandoned."""
    turned = Signal(int)
    """What is on its way goes on into later days (1), or earlier ones (-1)."""
    stuck = Signal(object)
    """An :class:`AppointmentRow` was to be moved that stays where it is."""
    ghost_changed = Signal(object)
    """The :class:`Ghost` that is on its way, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_keys = False
        """The ghost is moved by keys, not by the mouse."""
        self._dragging = Dragging()
        self._turning = 0
        """In which direction the days are being turned by what went over the edge."""

    def chosen_row(self) -> AppointmentRow | None:
        """The appointment that is chosen."""
        block = self._plan.by_key.get(self._cursor.key) if self._plan and self._cursor else None
        return block.row if block is not None else None

    def ghost(self) -> Ghost | None:
        return self._ghost

    def take_up(self) -> bool:
        """Begin to move what is chosen by keys. False when nothing is chosen that can be moved."""
        row = self.chosen_row()
        if row is None or self._cursor is None:
            return False
        if not may_move(row):
            self.stuck.emit(row)
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
        across, along = ARROWS[Qt.Key(key)]
        column = self._ghost.column + self._mirrored(across)
        if not 0 <= column < len(self._plan.columns):
            self._turning = 1 if column > 0 else -1
            self.turned.emit(self._turning)
            return
        self._set_ghost(self._ghost.put(column, self._ghost.starts).moved(along * STEP))

    def _carry(self, before: Plan, plan: Plan) -> None:
        """Other days are shown: what is on its way comes along, in the column of whom it was with, at its time."""
        ghost, turning = self._ghost, self._turning
        self._turning = 0
        if ghost is None or not plan.columns:
            return
        was = before.columns[ghost.column]
        same = [
            at
            for at, each in enumerate(plan.columns)
            if (each.officer_id, each.room_id) == (was.officer_id, was.room_id)
        ]
        column = min(ghost.column, len(plan.columns) - 1)
        if turning:
            column = 0 if turning > 0 else len(plan.columns) - 1
        elif plan.shown.days == 1 and same:
            column = same[0]
        self._ghost = ghost.put(column, ghost.starts)
        self.viewport().update()
        self.ghost_changed.emit(self._ghost)

    def stretch(self, steps: int) -> bool:
        """Make what is chosen longer or shorter by so many steps. False when nothing is chosen."""
        if self._ghost is None and not self.take_up():
            return False
        assert self._ghost is not None
        self._set_ghost(self._ghost.stretched(self._ghost.ends + steps * STEP))
        return True

    def _mirrored(self, across: int) -> int:
        return -across if self.isRightToLeft() else across
