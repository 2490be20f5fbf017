"""A grid whose controls stand closer than their free pixels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import RING


class ControlGrid(QWidget):
    """Controls in rows of equal columns, `gap` pixels between their borders, fewer columns where words need it.

    The rings' free pixels overlap, which no layout of Qt allows; that is all that this adds to a grid.
    Hidden controls leave no hole. It has the same free pixels round it as a control has.
    """

    def __init__(self, columns: int = 3, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._gap = gap
        self._controls: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_control(self, control: QWidget) -> None:
        """Append a control; it becomes a child of the grid."""
        hidden = control.isHidden() and control.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        control.setParent(self)
        control.setVisible(not hidden)
        control.installEventFilter(self)
        self._controls.append(control)
        self._settle()

    def clear(self) -> None:
        """Take all controls out; they are deleted."""
        for control in self._controls:
            control.hide()
            control.deleteLater()
        self._controls.clear()
        self._settle()

    def set_columns(self, columns: int) -> None:
        """At most so many in a row."""
        self._columns = columns
        self._settle()

    def controls(self) -> tuple[QWidget, ...]:
        return tuple(self._controls)

    def _settle(self) -> None:
        self.updateGeometry()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.updateGeometry()
        return False

    def event(self, event: QEvent) -> bool:
        """However many controls come and go together, they are placed once."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _shown(self) -> list[QWidget]:
        return [control for control in self._controls if not control.isHidden()]

    def _columns_in(self, width: int) -> int:
        """As many columns as asked for, or fewer where the words need it."""
        narrowest = max((control.minimumSizeHint().width() for control in self._shown()), default=1)
        fitting = (width - 2 * RING + self._gap) // max(1, narrowest - 2 * RING + self._gap)
        return max(1, min(self._columns, fitting))

    def _row_height(self) -> int:
        return max((control.sizeHint().height() for control in self._shown()), default=0)

    def _height(self, columns: int) -> int:
        rows = -(-len(self._shown()) // columns)
        return 0 if rows == 0 else rows * self._row_height() - (rows - 1) * (2 * RING - self._gap)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(self._columns_in(width))

    def sizeHint(self) -> QSize:
        widest = max((control.sizeHint().width() for control in self._shown()), default=0)
        width = self._columns * widest - (self._columns - 1) * (2 * RING - self._gap)
        return QSize(max(0, width), self._height(self._columns))

    def minimumSizeHint(self) -> QSize:
        narrowest = max((control.minimumSizeHint().width() for control in self._shown()), default=0)
        return QSize(narrowest, self._row_height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place()

    def _place(self) -> None:
        shown = self._shown()
        if not shown:
            return
        height = self._row_height()
        columns = self._columns_in(self.width())
        inner = self.width() - 2 * RING - (columns - 1) * self._gap
        for at, control in enumerate(shown):
            row, column = divmod(at, columns)
            left = column * inner // columns + column * self._gap
            right = (column + 1) * inner // columns + column * self._gap
            top = row * (height - 2 * RING + self._gap)
            control.setGeometry(left, top, right - left + 2 * RING, height)
