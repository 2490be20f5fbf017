"""What a kiosk's screen is put together from, beside its buttons: words, a number, things to know, aids, time left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.kiosk.dressing import Dress, Size
from ui.kiosk.paragraph import SMALLEST, Paragraph, on_one_line, text_width
from ui.kiosk.screens import Sheet, Step
from ui.widgets.painting import draw_box

_GREATEST = 356
"""Pixels of the great number, as the pictures have it."""
_MOST_PERCENT = 140
_AID_FLOOR = 0.8
"""How much smaller an aid's words may be to stand on one line."""


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


class SheetCard(QLabel):
    """The ticket's number on a sheet of its own, and under it what it is for and how long it takes."""

    def __init__(self, sheet: Sheet, dress: Dress, parent: QWidget, width: int, most: int) -> None:
        said = ". ".join(part for part in (f"{sheet.label} {sheet.number}", sheet.start, sheet.end) if part)
        super().__init__(said, parent)
        self._sheet = sheet
        self._dress = dress
        padding = dress.fixed(32 if dress.is_wide else 56)
        inside = width - 2 * padding
        self._padding = padding
        # The number is larger than any text could ask for; what stands round it grows with it up to a point.
        grown = min(1.0, _MOST_PERCENT / dress.look.text_percent)
        while True:
            words = self._set_words(dress.font(round(dress.pixels("choice") * grown), 600), inside)
            self._number = dress.look.sized_font(dress.fixed(_GREATEST), 700)
            widest = self._ink().width()
            self._fit(inside, most - words)
            is_as_wide = self._ink().width() > 0.98 * min(inside, 1.4 * widest)
            if dress.is_roomy or not dress.is_wide or is_as_wide or grown < SMALLEST:
                break
            # Where little room is left, it is not the number that gives way.
            grown *= 0.95
        self._digits = self._ink().height()
        self.setFixedSize(width, round(words + self._digits))

    def _set_words(self, small: QFont, inside: int) -> int:
        """What stands round the number; how high it is with its gaps."""
        sheet, dress = self._sheet, self._dress
        self._label = Paragraph(sheet.label, small, inside, dress.direction)
        end_width = text_width(sheet.end, small)
        self._stacked = text_width(sheet.start, small) + end_width + dress.fixed(24) > inside
        self._start = Paragraph(
            sheet.start, small, inside if self._stacked else inside - end_width - dress.fixed(8), dress.direction
        )
        self._end = Paragraph(
            sheet.end, small, inside if self._stacked else end_width, dress.direction, at_end=not self._stacked
        )
        gap = dress.fixed(16 if dress.is_wide else 24)
        under = self._start.height + self._end.height if self._stacked else max(self._start.height, self._end.height)
        return self._label.height + under + 4 * gap + 2 * dress.fixed(32)

    @property
    def number_pixels(self) -> int:
        """How large the number is."""
        return self._number.pixelSize()

    def _ink(self) -> QRectF:
        return QFontMetricsF(self._number).tightBoundingRect(self._sheet.number)

    def _fit(self, width: int, height: int) -> None:
        """As large as the sheet allows; 100 % text is not the measure of it."""
        ink = self._ink()
        by = min(width / max(1.0, ink.width()), max(80.0, height) / max(1.0, ink.height()))
        self._number.setPixelSize(max(60, int(self._number.pixelSize() * min(by, 1.4))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress, padding, gap = self._dress, self._padding, self._dress.fixed(16 if self._dress.is_wide else 24)
        ground, border = dress.colour("surface-raised"), dress.colour("line")
        draw_box(painter, self.rect(), ground, border, dress.control, dress.radius)
        y = dress.fixed(32)
        self._label.draw(painter, padding, y, dress.colour("text"))
        y += self._label.height + gap
        ink = self._ink()
        painter.setFont(self._number)
        painter.setPen(dress.colour("text"))
        x = self.width() - padding - ink.width() if dress.is_right_to_left else padding
        painter.drawText(QPoint(round(x - ink.x()), round(y - ink.y())), self._sheet.number)
        y += round(ink.height()) + gap
        line = max(1, dress.stroke("hairline"))
        painter.fillRect(padding, y, self.width() - 2 * padding, line, border)
        y += gap
        x = padding + (self._room(self._start) if dress.is_right_to_left else 0)
        self._start.draw(painter, x, y, dress.colour("text"))
        if self._stacked:
            y += self._start.height
            self._end.draw(painter, padding, y, dress.colour("text"))
        elif self._sheet.end:
            x = padding if dress.is_right_to_left else padding + self._room(self._end)
            self._end.draw(painter, x, y, dress.colour("text"))

    def _room(self, text: Paragraph) -> int:
        return self.width() - 2 * self._padding - text.width


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
        grown = min(1.0, _MOST_PERCENT / dress.look.text_percent) if dress.is_wide else 1.0
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
            font = on_one_line(self._label, font, room - dress.fixed(16), _AID_FLOOR)
            text = Paragraph(self._label, font, room, dress.direction)
            return Paragraph(self._label, font, round(text.natural_width) + 2, dress.direction)
        font = on_one_line(self._label, font, room - dress.fixed(16), _AID_FLOOR)
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
