"""The part of a scrolling widget that scrolls."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea, ground: QPalette.ColorRole = QPalette.ColorRole.Base) -> None:
    """A viewport in all like the one that Qt makes by itself (which has no `ground` in a `QScrollArea`).

    To say of what class one of Qt's own is, its Python side makes itself acquainted with every widget there is, which
    takes a twentieth of the start.
    """
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")  # Qt knows viewports by it
    viewport.setBackgroundRole(ground)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
