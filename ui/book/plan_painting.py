"""Paints a plan: what lies beneath, the now-line, and the blocks; only what is exposed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from ui.book.block_painting import hatch, paint_block, paint_ground
from ui.book.faces import Face
from ui.book.geometry import Geometry, Seen, to_content, to_seen
from ui.book.plan import Plan
from ui.theme import Look


class Painted(Struct, frozen=True):
    """All that the painting of a plan depends on."""

    plan: Plan
    geometry: Geometry
    faces: Mapping[str, Face]
    look: Look
    seen: Seen
    now_line: QRect


def paint_plan(painter: QPainter, exposed: QRect, what: Painted) -> None:
    """Paint the exposed part of the window onto a plan."""
    plan, geometry, look, seen = what.plan, what.geometry, what.look, what.seen
    painter.fillRect(exposed, look.colour("surface-raised"))
    content = to_content(exposed, seen)
    columns = geometry.columns_between(content.left(), content.right())
    origin = QPoint(seen.right if seen.mirrored else -seen.right, -seen.down)
    _paint_lines(painter, exposed, content, columns, what)
    for column in columns:
        for ground in plan.grounds[column]:
            rect = geometry.ground_rect(ground)
            if rect.intersects(content):
                shown = to_seen(rect, seen)
                paint_ground(painter, shown, ground, look, origin, mirrored=seen.mirrored, top=look.px(8))
    painter.fillRect(what.now_line, look.colour("text"))
    for column in columns:
        for block in plan.blocks[column]:
            if block.set_up and (rect := geometry.set_up_rect(block)).intersects(content):
                hatch(painter, to_seen(rect, seen), look, origin)
    for column in columns:
        for block in plan.blocks[column]:
            rect = geometry.block_rect(block)
            if rect.intersects(content):
                face = what.faces[block.key]
                paint_block(painter, to_seen(rect, seen), face, look, geometry.line, mirrored=seen.mirrored)


def _paint_lines(painter: QPainter, exposed: QRect, content: QRect, columns: range, what: Painted) -> None:
    geometry, seen, colour = what.geometry, what.seen, what.look.colour("line")
    for minute in range(geometry.first, geometry.last + 1, 30):
        y = geometry.y(minute)
        if content.top() <= y <= content.bottom():
            painter.fillRect(exposed.left(), y - seen.down, exposed.width(), 1, colour)
    for column in columns:
        left, _ = geometry.column_edges(column)
        painter.fillRect(to_seen(QRect(left, content.top(), 1, content.height()), seen), colour)
