"""Moving and stretching by mouse: from a press on an appointment to where the pointer is."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from ui.book.geometry import Geometry
from ui.book.plan import Block
from ui.book.times import STEP
from ui.book.walking import Ghost

_EDGE = 6
"""Pixels at the lower edge of a block by which it is stretched."""


class Dragging:
    """What the mouse holds."""

    def __init__(self) -> None:
        self._block: Block | None = None
        self._from = QPoint()
        self._pressed = 0.0
        """The minute at which the button went down."""
        self._stretches = False
        self._moved = False

    @property
    def is_on(self) -> bool:
        return self._block is not None

    def begin(self, block: Block, point: QPoint, geometry: Geometry) -> None:
        """The button went down on a block, at a place of the content."""
        self._block = block
        self._from = QPoint(point)
        self._stretches = self.is_edge(block, point, geometry)
        self._pressed = geometry.minute_at(point.y())
        self._moved = False

    def end(self) -> None:
        self._block = None

    @staticmethod
    def is_edge(block: Block, point: QPoint, geometry: Geometry) -> bool:
        """Whether a place is at the lower edge of a block."""
        rect = geometry.block_rect(block)
        return rect.bottom() - point.y() < min(_EDGE, rect.height() // 3)

    def ghost_at(self, point: QPoint, geometry: Geometry) -> Ghost | None:
        """What the block would be, let go here; None while the pointer has hardly moved.

        It goes in whole steps from the time that is booked, which stays while it is moved sideways alone.
        """
        block = self._block
        if block is None or block.row is None:
            return None
        self._moved = self._moved or (point - self._from).manhattanLength() >= QApplication.startDragDistance()
        if not self._moved:
            return None
        ghost = Ghost(block.row, block.column, block.starts, block.ends)
        by = round((geometry.minute_at(point.y()) - self._pressed) / STEP) * STEP
        if self._stretches:
            return ghost.stretched(block.ends + by)
        return ghost.put(geometry.column_at(point.x()), block.starts + by)
