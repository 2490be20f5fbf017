"""What a page scrolls in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.viewport import give_viewport


def scrolled(page: QWidget, content: QWidget, *, sideways: bool = False) -> QScrollArea:
    """The whole page is this: its content, which scrolls up and down; `sideways`, too, where it must."""
    area = QScrollArea()
    give_viewport(area, QPalette.ColorRole.NoRole)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    whole = page.layout()
    if whole is None:
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
    return area
