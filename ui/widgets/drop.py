"""A choice of one among several that drops down, and the list that drops."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Look, look_of
from ui.widgets.painting import RING, STRONG, Style, draw_box, draw_icon, draw_ring, draw_text, is_dashed, text_width

_SIDE = 12
_BELOW = "QComboBox { combobox-popup: 0; }"
"""Without it some styles open the list over the field, and as high as the whole screen."""


def control_height(look: Look) -> int:
    """The height of a control of one line with the free pixels round it."""
    return look.row_height(look.measure("size", "button")) + 2 * RING


class ListRows(QStyledItemDelegate):
    """The rows of a list that drops down, as high and as roomy as the rest."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = look_of(self._view())
        words = text_width(str(index.data()), look, STRONG)
        return QSize(words + 2 * _SIDE + 8, look.row_height(32))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self._view()
        look = look_of(view)
        rect = QRect(option.rect)
        chosen = index.row() == view.currentIndex().row()
        painter.fillRect(rect, look.colour("surface-selected" if chosen else "surface-raised"))
        if chosen:
            painter.fillRect(rect.left(), rect.top(), look.stroke("row_edge"), rect.height(), look.colour("accent"))
        words = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        draw_text(painter, words, str(index.data()), look, STRONG if chosen else Style())

    def _view(self) -> QListView:
        view = self.parent()
        assert isinstance(view, QListView)
        return view


class DropList(QListView):
    """The list that drops down; the style sheet gives it its border."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(ListRows(self))
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class Drop(QComboBox):
    """One of a list that drops down under the field. Its first letters choose; so do the arrow keys, without
    opening it. Enter and Escape belong to the form; Space, and Alt with an arrow key, open the list.
    """

    picked = Signal()
    """One was taken from the open list; those that the keys only pass by are not."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passes_by = False
        self.activated.connect(self._activated)
        self.setStyleSheet(_BELOW)
        self.setView(DropList())
        # Qt takes the bar away where the application has a style sheet, whatever the one above says.
        self.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # On Linux a screen reader takes the name of a drop-down from its label alone.
        self._label = QLabel()
        self.set_name(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """(value, words) pairs; the value that was chosen stays chosen where it is still offered.

        Where the values are the same nothing is chosen anew: their words change under the eye, also in an open list.
        """
        wanted = list(choices)
        if [value for value, _ in wanted] == [self.itemData(at) for at in range(self.count())]:
            for at, (_, words) in enumerate(wanted):
                self.setItemText(at, words)
            return
        chosen = self.value()
        self.clear()
        for value, words in wanted:
            self.addItem(words, value)
        self.set_value(chosen)

    def set_name(self, words: str) -> None:
        """What it is called; Qt needs it in three places."""
        self._label.setText(words)
        self.setAccessibleName(words)
        self.view().setAccessibleName(words)

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose by value; an unknown one chooses the first."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def showPopup(self) -> None:
        """Qt puts the list at the edge of the widget; it belongs to the border of the field."""
        super().showPopup()
        popup = self.view().window()
        place = popup.geometry()
        is_below = place.top() > self.mapToGlobal(self.rect().center()).y()
        place.translate(0, -RING if is_below else RING)
        popup.setGeometry(place.adjusted(RING, 0, -RING, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
            return
        self._passes_by = True
        super().keyPressEvent(event)
        self._passes_by = False

    def _activated(self) -> None:
        """Keys in the closed field come here, those in the open list go to the list."""
        if not self._passes_by:
            self.picked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A turn of the wheel scrolls the sheet; it never changes an answer by accident."""
        event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), control_height(look_of(self)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(72), control_height(look_of(self)))

    def whole_width(self) -> int:
        """The width at which none of the choices is cut."""
        look = look_of(self)
        words = max((text_width(self.itemText(at), look) for at in range(self.count())), default=0)
        return words + _SIDE + 10 + 8 + look.px(18) + 2 * RING

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_drop(self, self.currentText() or self.placeholderText())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._label.setParent(self.parentWidget())
            self._label.setBuddy(self)
            self._label.hide()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def paint_drop(control: QWidget, words: str, *, fault: bool = False, open_: bool = False) -> None:
    """A box with words and the sign that something opens under it."""
    look = look_of(control)
    painter = QPainter(control)
    box = control.rect().adjusted(RING, RING, -RING, -RING)
    enabled = control.isEnabled()
    ground = "surface-raised" if enabled else "disabled"
    border = "late" if fault else "line-strong" if enabled else "line"
    stroke = max(look.stroke("control"), 2 if fault else 0)
    radius, dashed = look.measure("radius", "control"), is_dashed(control, look)
    draw_box(painter, box, look.colour(ground), look.colour(border), stroke, radius, dashed=dashed)
    if control.hasFocus():
        draw_ring(painter, box, look)
    token = "text" if enabled else "on-disabled"
    inner = box.adjusted(_SIDE, 0, -10, 0)
    edge = look.px(18)
    draw_chevron(painter, QRect(inner.right() - edge + 1, inner.top(), edge, inner.height()), look, token, open_)
    draw_text(painter, inner.adjusted(0, 0, -edge - 8, 0), words, look, Style(token=token))


def draw_chevron(painter: QPainter, rect: QRect, look: Look, token: str, turned: bool, size: int = 18) -> None:
    """A chevron in the middle of `rect` that points down, or up when it is turned."""
    painter.save()
    if turned:
        painter.translate(rect.center().x() + 0.5, rect.center().y() + 0.5)
        painter.rotate(180)
        painter.translate(-rect.center().x() - 0.5, -rect.center().y() - 0.5)
    draw_icon(painter, rect.left() + (rect.width() - look.px(size)) // 2, rect, "down", look, token, size)
    painter.restore()
