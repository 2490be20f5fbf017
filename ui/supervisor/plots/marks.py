"""The marks of plots: a shape tells as much as a colour."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

Shape = Literal["ring", "diamond", "cross", "rising", "square"]
SIZES: dict[Shape, int] = {"ring": 9, "diamond": 9, "cross": 9, "rising": 11, "square": 9}
"""Pixels; a diamond is wider by the corners that it stands on."""


def path_of(shape: Shape) -> QPainterPath:
    """The outline of a mark, one pixel across round the origin."""
    path = QPainterPath()
    match shape:
        case "ring":
            path.addEllipse(-0.5, -0.5, 1, 1)
        case "diamond":
            path.addPolygon(QPolygonF([QPointF(0, -0.7), QPointF(0.7, 0), QPointF(0, 0.7), QPointF(-0.7, 0)]))
            path.closeSubpath()
        case "cross":
            path.moveTo(-0.5, -0.5)
            path.lineTo(0.5, 0.5)
            path.moveTo(-0.5, 0.5)
            path.lineTo(0.5, -0.5)
        case "square":
            path.addRect(-0.5, -0.5, 1, 1)
        case "rising":
            path.addPolygon(QPolygonF([QPointF(0, -0.5), QPointF(0.5, 0.4), QPointF(-0.5, 0.4)]))
            path.closeSubpath()
    return path
