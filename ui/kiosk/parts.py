"""What a kiosk's screen says beside its buttons: words, things to know, time left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.kiosk.dressing import MOST_PERCENT, Dress, Size
from ui.kiosk.paragraph import SMALLEST, Paragraph
from ui.kiosk.screens import Step
from ui.widgets.painting import draw_box


class Words(QLabel):
    """A text at its size; assistive technology reads it as it stands."""

    def __init__(
        self,
        text: str,
        dress: Dress,
        parent: QWidget,
        width: int,
        *,
        size: Size = "text",
        weight: int = 400,
        token: str = "text",
        centred: bool = False,
        at_end: bool = False,
        icon: str = "",
        pixels: int = 0,
    ) -> None:
        super().__init__(text, parent)
        self._dress = dress
        self._token = token
        self._icon = icon
        self._pixels = pixels or dress.pixels(size)
        self._indent = dress.look.px(round(self._pixels * 1.2)) + dress.fixed(12) if icon else 0
        font = dress.font(self._pixels, weight)
        self._paragraph = Paragraph(text, font, width - self._indent, dress.direction, centred=centred, at_end=at_end)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedSize(width, self._paragraph.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress = self._dress
        if self._icon:
            size = round(self._pixels * 1.2)
            edge = dress.look.px(size)
            x = self.width() - edge if dress.is_right_to_left else 0
            picture = dress.look.pixmap(self._icon, self._token, size, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(x, max(0, (self.height() - edge) // 2)), picture)
        x = 0 if dress.is_right_to_left else self._indent
        self._paragraph.draw(painter, x, 0, dress.colour(self._token))


class StepRow(QLabel):
    """An icon, what to do, and a word on it; a hairline above all but the first. Where it would be higher than `most`,
    it is set smaller.
    """

    def __init__(self, step: Step, dress: Dress, parent: QWidget, width: int, most: int, *, first: bool) -> None:
        super().__init__(f"{step.title}. {step.line}", parent)
        self._step = step
        self._dress = dress
        self._first = first
        self._size = dress.pixels("choice") if not dress.is_wide else round(dress.pixels("choice") * 1.2)
        self._indent = dress.look.px(self._size) + dress.fixed(24 if dress.is_wide else 48)
        room = width - self._indent
        # In a wide screen there is little height: a title grows less than the line under it.
        grown = min(1.0, MOST_PERCENT / dress.look.text_percent) if dress.is_wide else 1.0
        share = 1.0
        while True:
            large = dress.font(round(dress.pixels("choice") * grown * share), 600)
            self._title = Paragraph(step.title, large, room, dress.direction)
            small = dress.font(round(dress.pixels("text") * share))
            self._line = Paragraph(step.line, small, room, dress.direction)
            high = self._title.height + self._line.height + 2 * dress.fixed(16 if dress.is_wide else 24)
            if high <= most or share <= SMALLEST:
                break
            share *= 0.95
        self.setFixedSize(width, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress = self._dress
        if not self._first:
            painter.fillRect(0, 0, self.width(), max(1, dress.stroke("hairline")), dress.colour("line"))
        edge = dress.look.px(self._size)
        x = self.width() - edge if dress.is_right_to_left else 0
        picture = dress.look.pixmap(self._step.icon, "text", self._size, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(x, (self.height() - edge) // 2), picture)
        x = 0 if dress.is_right_to_left else self._indent
        y = (self.height() - self._title.height - self._line.height) // 2
        self._title.draw(painter, x, y, dress.colour("text"))
        self._line.draw(painter, x, y + self._title.height, dress.colour("text"))


class Countdown(QLabel):
    """How long the screen stays: in words, and as a bar that empties."""

    def __init__(self, dress: Dress, parent: QWidget, width: int, longest: str) -> None:
        super().__init__(parent)
        self._dress = dress
        self._left = 1.0
        high = Paragraph(longest, self._font(), width, dress.direction).height
        self.setFixedSize(width, high + dress.fixed(28))

    def _font(self) -> QFont:
        return self._dress.font(self._dress.pixels("text"))

    def show_left(self, words: str, left: float) -> None:
        """`left`: 1.0 when it begins, 0.0 at the end."""
        self._left = max(0.0, min(1.0, left))
        self.setText(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress, high = self._dress, self._dress.fixed(12)
        words = Paragraph(self.text(), self._font(), self.width(), dress.direction)
        words.draw(painter, 0, 0, dress.colour("text-muted"))
        bar = QRect(0, self.height() - high, self.width(), high)
        draw_box(painter, bar, dress.colour("track"), None, 0, high / 2)
        full = round(self.width() * self._left)
        x = self.width() - full if dress.is_right_to_left else 0
        draw_box(painter, QRect(x, bar.y(), full, high), dress.colour("line-strong"), None, 0, high / 2)
