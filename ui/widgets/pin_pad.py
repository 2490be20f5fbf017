"""A number pad for a PIN, for those who have no keyboard under their hands."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import look_of
from ui.widgets.control_grid import ControlGrid
from ui.widgets.fields import PinEdit
from ui.widgets.painting import RING, Style, draw_box, draw_icon, draw_ring, draw_text, is_dashed, text_width

_ERASE = "erase"
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("", "0", _ERASE))
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_HEIGHT, _LEAST_WIDTH = 48, 40


class PinPad(ControlGrid):
    """The digits and *delete*, laid out as on a telephone; what is pressed goes into a :class:`PinEdit`.

    A press of the mouse or a finger leaves the focus in the field. For the keyboard the whole pad is one stop of the
    Tab key: the arrow keys move on it, Space presses, and digits that are typed there reach the field as well.
    """

    def __init__(self, edit: PinEdit, parent: QWidget | None = None) -> None:
        super().__init__(3, 8, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Number pad")
        self._edit = edit
        self._keys: dict[tuple[int, int], _PadKey] = {}
        for row, signs in enumerate(_ROWS):
            for column, sign in enumerate(signs):
                if sign:
                    self._add_key(sign, (row, column))
                else:
                    self.add_control(QWidget())
        self._keys[0, 0].setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _add_key(self, sign: str, place: tuple[int, int]) -> None:
        key = _PadKey(sign)
        self._keys[place] = key
        key.clicked.connect(lambda: self._press(sign))
        key.typed.connect(self._put)
        key.moved.connect(lambda step: self._move(place, step))
        key.came.connect(lambda: self._stop_at(key))
        self.add_control(key)

    def _press(self, sign: str) -> None:
        if not any(key.hasFocus() for key in self._keys.values()) and not self._edit.hasFocus():
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._put(sign)

    def _put(self, sign: str) -> None:
        """Change the field as typing would, and let it say so."""
        before = self._edit.text()
        if sign == _ERASE:
            self._edit.backspace()
        else:
            self._edit.insert(sign)
        if self._edit.text() != before:
            self._edit.textEdited.emit(self._edit.text())

    def _move(self, place: tuple[int, int], step: tuple[int, int]) -> None:
        to = self._keys.get((place[0] + step[0], place[1] + step[1]))
        if to is not None:
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_at(self, key: _PadKey) -> None:
        """The Tab key comes back to where it was last."""
        for each in self._keys.values():
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if each is key else Qt.FocusPolicy.NoFocus)


class _PadKey(QAbstractButton):
    """One key of the pad."""

    typed = Signal(str)
    moved = Signal(tuple)
    came = Signal()

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self.setAccessibleName("Delete the last digit" if sign == _ERASE else sign)
        self.setToolTip("Delete the last digit" if sign == _ERASE else "")
        self.setAccessibleDescription("Key Backspace" if sign == _ERASE else "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := _STEPS.get(Qt.Key(event.key())):
            self.moved.emit(step)
        elif event.text().isdecimal() and event.text().isascii():
            self.typed.emit(event.text())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.typed.emit(_ERASE)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(_LEAST_WIDTH) + 2 * RING, look.row_height(_HEIGHT) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        if not self.isEnabled():
            ground, border, words = "disabled", "line", "on-disabled"
        else:
            hovered = "surface-hover" if self.underMouse() else "surface-raised"
            ground, border, words = "surface-selected" if self.isDown() else hovered, "line-strong", "text"
        radius = look.measure("radius", "control")
        stroke, dashed = look.stroke("control"), is_dashed(self, look)
        draw_box(painter, box, look.colour(ground), look.colour(border), stroke, radius, dashed=dashed)
        if self.hasFocus():
            draw_ring(painter, box, look)
        if self._sign == _ERASE:
            edge = look.px(20)
            draw_icon(painter, box.left() + (box.width() - edge) // 2, box, "erase", look, words, 20)
            return
        style = Style("title", 600, words)
        wide = text_width(self._sign, look, style)
        draw_text(
            painter,
            QRect(box.left() + (box.width() - wide) // 2, box.top(), wide, box.height()),
            self._sign,
            look,
            style,
        )
