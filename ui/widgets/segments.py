"""Two or three words of which one holds, side by side in one box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.painting import RING, Style, draw_box, draw_ring, draw_text, text_width

_SIDE = 12


class _Segment(QRadioButton):
    def __init__(self, words: str, key: str, label: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(f"Key {key}" if key else label)
        self.setToolTip(f"Key {key}" if key else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._first, self._last = first, last

    def sizeHint(self) -> QSize:
        look = look_of(self)
        wide = text_width(self.text(), look, Style(weight=600)) + 2 * _SIDE
        return QSize(wide + RING * (self._first + self._last), _height(look))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        chosen = self.isChecked()
        mirrored = self.isRightToLeft()
        left = RING if self._is_left(mirrored) else 0
        right = RING if self._is_right(mirrored) else 0
        box = self.rect().adjusted(left, RING, -right, -RING)
        stroke = look.stroke("control")
        painter.save()
        painter.setClipRect(box)
        # the box of all segments, of which this one shows its part
        whole = box.adjusted(0 if left else -9, 0, 0 if right else 9, 0)
        ground = "surface-selected" if chosen else "surface-hover" if self.underMouse() else "surface-raised"
        radius = look.measure("radius", "control")
        draw_box(painter, whole, look.colour(ground), look.colour("line-strong"), stroke, radius)
        if not left:
            painter.fillRect(box.left(), box.top(), stroke, box.height(), look.colour("line-strong"))
        if chosen:
            mark = max(2, stroke + 1)
            under = QRect(box.left(), box.bottom() + 1 - mark, box.width(), mark)
            painter.fillRect(under, look.colour("accent-text"))
        painter.restore()
        token = "on-accent-soft" if chosen else "text"
        style = Style(weight=600, token=token)
        wide = text_width(self.text(), look, style)
        inner = QRect(box.left() + (box.width() - wide) // 2, box.top(), wide, box.height())
        draw_text(painter, inner, self.text(), look, style)
        if self.hasFocus():
            inside = box.adjusted(RING, RING, -RING, -RING)
            draw_ring(painter, inside, look)

    def _is_left(self, mirrored: bool) -> bool:
        return self._last if mirrored else self._first

    def _is_right(self, mirrored: bool) -> bool:
        return self._first if mirrored else self._last


def _height(look: Look) -> int:
    return look.row_height(look.measure("size", "button_lean")) + 2 * RING


class Segments(QWidget):
    """See the module. Tab goes to the one that holds, arrows to the others; the page's keys do it faster."""

    chosen = Signal(str)

    def __init__(self, offers: Sequence[tuple[str, str, str]], label: str, parent: QWidget | None = None) -> None:
        """`offers`: (value, words, key); no key where the arrows are enough."""
        super().__init__(parent)
        self.setAccessibleName(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._values = [value for value, _, _ in offers]
        for at, (_, words, key) in enumerate(offers):
            button = _Segment(words, key, label, first=at == 0, last=at == len(offers) - 1)
            self._group.addButton(button, at)
            row.addWidget(button)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    def value(self) -> str:
        return self._values[max(0, self._group.checkedId())]

    def set_value(self, value: str) -> None:
        self._group.button(self._values.index(value)).setChecked(True)
