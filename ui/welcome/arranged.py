"""Widgets that place their children themselves, by the width that they have."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look_of
from ui.widgets import RING

GAP = 8
"""Pixels between the borders of two controls."""
_OVERLAP = 2 * RING - GAP


class Arranged(QWidget):
    """A widget that places its children itself, by the width that it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @abstractmethod
    def arrangement(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        """Where each shown child goes in `width` pixels, and the height of all."""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.arrangement(max(1, width))[1]

    def sizeHint(self) -> QSize:
        width = self.width() if self.isVisible() else look_of(self).px(480)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(160), 0)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.settle()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.settle()

    def settle(self) -> None:
        """Something that counts for the arrangement has changed."""
        self.updateGeometry()
        self._place()
        settle_round(self)

    def _place(self) -> None:
        for widget, rect in self.arrangement(self.width())[0]:
            widget.setGeometry(rect)


def settle_round(widget: QWidget) -> None:
    """Let those that a widget stands in make room for it. Qt tells them only of what can be seen already."""
    parent = widget.parentWidget()
    if isinstance(parent, Arranged):
        parent.settle()


def height_in(widget: QWidget, width: int) -> int:
    """What a widget needs in height when it is `width` wide."""
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()


class Flow(Arranged):
    """Small controls one after the other, in as many rows as they need."""

    def __init__(self, indent: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._indent = indent
        self._widgets: list[QWidget] = []

    def add(self, widget: QWidget) -> None:
        widget.setParent(self)
        widget.show()
        self._widgets.append(widget)
        self.settle()

    def clear_after(self, count: int = 0) -> None:
        """Take out all but the first `count`; they are deleted."""
        for widget in self._widgets[count:]:
            widget.hide()
            widget.deleteLater()
        del self._widgets[count:]
        self.settle()

    def widgets(self) -> tuple[QWidget, ...]:
        return tuple(self._widgets)

    def arrangement(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        placed: list[tuple[QWidget, QRect]] = []
        x, y, row = self._indent, 0, 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            hint = widget.sizeHint()
            wide = min(hint.width(), max(1, width - self._indent))
            if x > self._indent and x + wide > width:
                x, y, row = self._indent, y + row - _OVERLAP, 0
            placed.append((widget, QRect(QPoint(x, y), QSize(wide, hint.height()))))
            x += wide - _OVERLAP
            row = max(row, hint.height())
        return placed, y + row
