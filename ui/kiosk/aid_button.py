"""What is touched for an aid: language, larger text, high contrast, reading aloud."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.kiosk.dressing import Dress
from ui.kiosk.paragraph import Paragraph, on_one_line
from ui.widgets.painting import draw_box

_FLOOR = 0.8
"""How much smaller its words may be to stand on one line."""


class AidButton(QPushButton):
    """One of the aids at the foot of every screen. What is on stands on lighter ground, over a bar, in bolder words."""

    def __init__(
        self,
        icon: str,
        label: str,
        dress: Dress,
        parent: QWidget,
        may_press: Callable[[], bool],
        *,
        on: bool,
        can_be_on: bool,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._dress = dress
        self._may_press = may_press
        self._on = on
        self._label = label
        self.setText(label)
        self.setCheckable(can_be_on)
        self.setChecked(on and can_be_on)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAccessibleName(label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._may_press():
            event.accept()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def nextCheckState(self) -> None:
        """The screen that is made anew says whether it is on."""

    def height_in(self, width: int) -> int:
        dress = self._dress
        if dress.is_wide:
            return max(dress.fixed(104), self._words(width).height + dress.fixed(32))
        spare = dress.fixed(56 if dress.is_roomy else 32)
        return max(dress.fixed(160), self._words(width).height + self._edge() + spare)

    def _edge(self) -> int:
        return self._dress.fixed(28 if self._dress.is_wide else 40)

    def _words(self, width: int) -> Paragraph:
        dress = self._dress
        font = dress.font(dress.pixels("text"), 600 if self._on else 400)
        room = width - dress.fixed(16)
        if dress.is_wide:
            room -= self._edge() + dress.fixed(24)
        font = on_one_line(self._label, font, room - dress.fixed(16), _FLOOR)
        if dress.is_wide:
            text = Paragraph(self._label, font, room, dress.direction)
            return Paragraph(self._label, font, round(text.natural_width) + 2, dress.direction)
        return Paragraph(self._label, font, room, dress.direction, centred=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress = self._dress
        ground = "surface-selected" if self.isDown() else "surface" if self._on else "surface-sunken"
        painter.fillRect(self.rect(), dress.colour(ground))
        if self._on:
            bar = dress.fixed(6)
            painter.fillRect(0, self.height() - bar, self.width(), bar, dress.colour("accent"))
        painter.fillRect(0, 0, self.width(), max(1, dress.stroke("hairline")), dress.colour("line"))
        words, edge = self._words(self.width()), self._edge()
        # Icons keep their size when the words grow: the words need the room.
        size = round(edge * 100 / dress.look.text_percent)
        picture = dress.look.pixmap(self._icon_name, "text", size, self.devicePixelRatioF())
        if dress.is_wide:
            used = edge + dress.fixed(16) + words.width
            x = (self.width() - used) // 2
            icon_at = self.width() - x - edge if dress.is_right_to_left else x
            painter.drawPixmap(QPoint(icon_at, (self.height() - edge) // 2), picture)
            at = x if dress.is_right_to_left else x + edge + dress.fixed(16)
            words.draw(painter, at, (self.height() - words.height) // 2, dress.colour("text"))
        else:
            y = (self.height() - edge - dress.fixed(8) - words.height) // 2
            painter.drawPixmap(QPoint((self.width() - edge) // 2, y), picture)
            words.draw(painter, dress.fixed(8), y + edge + dress.fixed(8), dress.colour("text"))
        if self.hasFocus():
            inset = dress.fixed(6)
            draw_box(
                painter,
                self.rect().adjusted(inset, inset, -inset, -inset),
                None,
                dress.colour("focus"),
                dress.fixed(4),
                dress.radius,
            )
