"""The bar over the book: back, which days, what stands in the columns, find and new."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.book.columns import By, Range
from ui.book.icon_button import IconButton
from ui.book.keys import Act, BookKeys
from ui.book.segments import Segments
from ui.widgets import RING, ElidingLabel, KeyButton

_GAP = 16
_NEAR = 8


class BookHeader(QWidget):
    """Three groups in a row; where they find no room beside each other, under each other."""

    def __init__(self, keys: BookKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidingLabel("", "title", 600)
        self.desk = KeyButton(keys[Act.DESK], "lean", icon="left")
        earlier = IconButton(keys[Act.EARLIER_DAY], "left")
        later = IconButton(keys[Act.LATER_DAY], "right")
        today = KeyButton(keys[Act.TODAY], "lean")
        self.range = Segments([(Range.DAY, "Day", "D"), (Range.WEEK, "Week", "W")], "Day or week")
        self.by = Segments([(By.OFFICERS, "Officers", "O"), (By.ROOMS, "Rooms", "R")], "Columns")
        self.find_button = KeyButton(keys[Act.FIND], "lean", icon="search")
        self.new_button = KeyButton(keys[Act.NEW], "lean")
        self._groups = (
            _group(self.desk, self.title, earlier, today, later),
            _group(self.range, self.by, None),
            _group(self.find_button, self.new_button),
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_GAP - RING, _GAP // 2 - 1, _GAP - RING, 2)
        self._grid.setSpacing(0)
        self._grid.setHorizontalSpacing(_GAP)
        self._rows = 0
        self._place()

    def set_title(self, words: str) -> None:
        self.title.set_text(words)
        self.title.setMinimumWidth(self.title.sizeHint().width())
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self.title.setMinimumWidth(self.title.sizeHint().width())
            self._place()

    def minimumSizeHint(self) -> QSize:
        widest = max(group.minimumSizeHint().width() for group in self._groups)
        return QSize(widest + 2 * _GAP, super().minimumSizeHint().height())

    def _place(self) -> None:
        """One row, or two, or three."""
        wide = [group.sizeHint().width() for group in self._groups]
        room = self.width() - 2 * _GAP
        if sum(wide) + 2 * _GAP <= room:
            rows = 1
        elif wide[1] + wide[2] + _GAP <= room:
            rows = 2
        else:
            rows = 3
        if rows == self._rows:
            return
        self._rows = rows
        for group in self._groups:
            self._grid.removeWidget(group)
        first, second, third = self._groups
        near, far = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        places = {
            1: ((0, 0, 1), (0, 1, 1), (0, 2, 1)),
            2: ((0, 0, 3), (1, 0, 2), (1, 2, 1)),
            3: ((0, 0, 3), (1, 0, 3), (2, 0, 3)),
        }[rows]
        for group, (row, column, span) in zip((first, second, third), places, strict=True):
            aligned = far if group is third and rows < 3 else near
            self._grid.addWidget(group, row, column, 1, span, aligned)
        self._grid.setColumnStretch(1, 1)


def _group(*widgets: QWidget | None) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_NEAR - RING)
    for widget in widgets:
        if isinstance(widget, ElidingLabel):
            row.addSpacing(_GAP)
            row.addWidget(widget)
            row.addSpacing(_NEAR)
        elif widget is not None:
            row.addWidget(widget)
    return group
