"""A ticket's number on the glass, as large as there is room for it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.kiosk.dressing import MOST_PERCENT, Dress
from ui.kiosk.paragraph import SMALLEST, Paragraph, text_width
from ui.kiosk.screens import Sheet
from ui.widgets.painting import draw_box

_GREATEST = 356
"""Pixels of the great number, as the pictures have it."""


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
        grown = min(1.0, MOST_PERCENT / dress.look.text_percent)
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
