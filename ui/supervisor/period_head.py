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


class StepHead(QWidget):
    """One of many, such as a day: which it is, the one before and the next. Its keys hold while it is seen."""

    earlier = Signal()
    later = Signal()
    wanted = Signal()
    """Another one is to be chosen."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        """`what` it is one of, as it is read: "Day"."""
        super().__init__(parent)
        self._what = what
        self.setAccessibleName(what)
        self.earlier_action = self._action(f"Earlier {what.lower()}", "Alt+Left", self.earlier)
        self.later_action = self._action(f"Later {what.lower()}", "Alt+Right", self.later)
        self.pick_action = self._action(what, "Alt+Down", self.wanted)
        self.picker = PeriodButton(self.pick_action)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(max(0, _GAP - 2 * RING))
        self._row.addWidget(IconButton(self.earlier_action, "left"))
        self._row.addWidget(self.picker)
        self._row.addWidget(IconButton(self.later_action, "right"))

    def _say(self, words: str) -> None:
        self.pick_action.setText(words)
        self.pick_action.setToolTip(f"Choose another {self._what.lower()}, {key_words(self.pick_action)}")
        self.picker.setAccessibleName(f"{self._what}: {words}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _action(self, words: str, key: str, told: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: told.emit())
        return action


class PeriodHead(StepHead):
    """See the module."""

    export = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Period", parent)
        self.export_action = self._action("Export", "Ctrl+E", self.export)
        self._row.addSpacing(_GAP)
        self.export_button = KeyButton(self.export_action, "lean")
        self._row.addWidget(self.export_button)

    def show_period(self, words: str) -> None:
        """Say which period is chosen."""
        self._say(words)
