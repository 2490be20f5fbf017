"""What stands at the right of the header while the past is shown: which period, the one before, the next, export."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import look_of
from ui.widgets.drop import draw_chevron
from ui.widgets.icon_button import IconButton
from ui.widgets.key_button import KeyButton, key_words
from ui.widgets.painting import RING, STRONG, draw_box, draw_ring, draw_text, text_width

_SIDE = 12
_GAP = 8
_LEAST_WORDS = 120


class PeriodButton(KeyButton):
    """Says which period is shown, and opens the choice of another."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action, "lean", parent)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        words = max(look.px(_LEAST_WORDS), text_width(self.text(), look, STRONG))
        return QSize(words + _SIDE + 10 + 8 + look.px(18) + 2 * RING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        ground = "surface-selected" if self.isDown() else "surface-hover" if self.underMouse() else "surface-raised"
        radius = look.measure("radius", "control")
        draw_box(painter, box, look.colour(ground), look.colour("line-strong"), look.stroke("control"), radius)
        if self.hasFocus():
            draw_ring(painter, box, look)
        inner = box.adjusted(_SIDE, 0, -10, 0)
        edge = look.px(18)
        chevron = inner.adjusted(inner.width() - edge, 0, 0, 0)
        draw_chevron(painter, chevron, look, "text", turned=False)
        draw_text(painter, inner.adjusted(0, 0, -edge - 8, 0), self.text(), look, STRONG)


class PeriodHead(QWidget):
    """See the module. Its keys hold while it is seen."""

    earlier = Signal()
    later = Signal()
    wanted = Signal()
    """Another period is to be chosen."""
    export = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Period")
        self.earlier_action = self._action("Earlier period", "Alt+Left", self.earlier)
        self.later_action = self._action("Later period", "Alt+Right", self.later)
        self.pick_action = self._action("Period", "Alt+Down", self.wanted)
        self.export_action = self._action("Export", "Ctrl+E", self.export)
        self.picker = PeriodButton(self.pick_action)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(max(0, _GAP - 2 * RING))
        row.addWidget(IconButton(self.earlier_action, "left"))
        row.addWidget(self.picker)
        row.addWidget(IconButton(self.later_action, "right"))
        row.addSpacing(_GAP)
        self.export_button = KeyButton(self.export_action, "lean")
        row.addWidget(self.export_button)

    def show_period(self, words: str) -> None:
        """Say which period is chosen."""
        self.pick_action.setText(words)
        self.pick_action.setToolTip(f"Choose another period, {key_words(self.pick_action)}")
        self.picker.setAccessibleName(f"Period: {words}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _action(self, words: str, key: str, told: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: told.emit())
        return action
