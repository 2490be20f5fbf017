"""A panel in the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.panels.panel import Panel
from ui.theme import look_of

_WIDTH = 560
_MARGIN = 16


class Centred(QWidget):
    """As wide as a desk's panel, no higher than it needs."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self.panel = panel
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        panel.squeeze_content()

    def minimumSizeHint(self) -> QSize:
        """The panel gives way to the window, and not the window to it: also while it is hidden."""
        return QSize(self.panel.minimumSizeHint().width() + 2 * _MARGIN, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.panel.setFixedWidth(max(1, min(look_of(self).px(_WIDTH), self.width() - 2 * _MARGIN)))
