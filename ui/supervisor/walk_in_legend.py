"""What each mark of today's walk-ins means, over their plot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.supervisor.plots.marks import path_of
from ui.supervisor.walk_in_day import Kind
from ui.theme import Look, look_of
from ui.widgets.painting import draw_text, text_width


class Legend(QWidget):
    """What each mark means, in as many lines as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[Kind, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_kinds(self, kinds: Sequence[Kind]) -> None:
        if tuple(kinds) != self._kinds:
            self._kinds = tuple(kinds)
            self.setAccessibleName(f"Marks: {', '.join(kind.words for kind in kinds)}")
            self.updateGeometry()
            self.update()

    def _places(self, width: int) -> tuple[list[tuple[int, int]], int]:
        """Where each begins, and the height of all."""
        look = look_of(self)
        x = y = 0
        places = []
        for kind in self._kinds:
            wide = look.px(22) + text_width(kind.words, look)
            if x and x + wide > width:
                x, y = 0, y + look.line()
            places.append((x, y))
            x += wide + look.px(22)
        return places, y + look.line()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(480), self._places(max(1, self.width()))[1])

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self._places(max(1, self.width()))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        for kind, (x, y) in zip(self._kinds, self._places(self.width())[0], strict=True):
            line = QRect(x, y, look.px(14), look.line())
            _draw_mark(painter, line, kind, look)
            draw_text(painter, QRect(x + look.px(22), y, self.width() - x, look.line()), kind.words, look)


def _draw_mark(painter: QPainter, area: QRect, kind: Kind, look: Look) -> None:
    """The mark as the plot draws it, in the middle of `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(kind.token), 1 if kind.filled else kind.width))
    painter.setBrush(look.colour(kind.token) if kind.filled else Qt.BrushStyle.NoBrush)
    size = look.px(kind.size)
    x, y = area.center().x() + 0.5, area.center().y() + 0.5
    painter.translate(x, y)
    painter.scale(size, size)
    pen = painter.pen()
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawPath(path_of(kind.shape))
    painter.restore()
