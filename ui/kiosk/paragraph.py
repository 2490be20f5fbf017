"""A text broken into lines: measured once, painted where it belongs."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption

from ui.kiosk.dressing import FAMILIES

LINES = (1.3, 1.38)
"""The height of a line by its font's pixels, at least and at most: Naskh asks for twice as much, and fills a little of
it."""
_WIDE = 100_000
SMALLEST = 0.6
"""A word that is wider than its place is set smaller, down to this; then it is broken."""

_HANGING = frozenset(FAMILIES.values())
"""Of scripts whose letters hang from a line: by their fonts' own metrics they stand too high."""
_UNDER_MIDDLE = 0.3
"""Of the font's pixels, how far under the middle such letters stand: marks reach 0.9 above that, and 0.3 below."""
_NUMBER_GAP = re.compile(r"(?<=\d) (?=\d)")
"""Within a telephone number or a date in figures: no line ends there."""


class Paragraph:
    """A text within a width. `centred` in it, else at the side where its language begins."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: int,
        direction: Qt.LayoutDirection,
        *,
        centred: bool = False,
        at_end: bool = False,
    ) -> None:
        self.width = max(1, width)
        text = _NUMBER_GAP.sub("\u00a0", text)
        font = _with_whole_words(text, font, self.width)
        self._layout = QTextLayout(text, font)
        self._layout.setCacheEnabled(True)
        option = QTextOption()
        option.setTextDirection(direction)
        at_right = at_end != (direction == Qt.LayoutDirection.RightToLeft)
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter if centred else side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        least, most = (font.pixelSize() * each for each in LINES)
        top = 0.0
        self.natural_width = 0.0
        self.lines = 0
        while text and (line := self._layout.createLine()).isValid():
            line.setLineWidth(self.width)
            height = min(most, max(least, line.height()))
            line.setPosition(QPointF(0, top + height / 2 - _middle(line, font)))
            top += height
            self.lines += 1
            self.natural_width = max(self.natural_width, line.naturalTextWidth())
        self._layout.endLayout()
        self.height = round(top)

    def draw(self, painter: QPainter, x: int, y: int, colour: QColor) -> None:
        painter.setPen(colour)
        self._layout.draw(painter, QPointF(x, y))

    def draw_in(self, painter: QPainter, rect: QRect, colour: QColor) -> None:
        """In the middle of the height of a rectangle, from its left edge on."""
        self.draw(painter, rect.x(), rect.y() + (rect.height() - self.height) // 2, colour)


def _middle(line: QTextLine, font: QFont) -> float:
    """What of a line is to stand in the middle of its height, from its top."""
    if font.families()[:1] and font.families()[0] in _HANGING:
        return line.ascent() - _UNDER_MIDDLE * font.pixelSize()
    return line.height() / 2


def text_width(text: str, font: QFont) -> int:
    """How wide a text is on one line, broken nowhere."""
    return int(Paragraph(text, font, _WIDE, Qt.LayoutDirection.LeftToRight).natural_width) + 2 if text else 0


def on_one_line(text: str, font: QFont, width: int, floor: float = 0.7) -> QFont:
    """The font, or one smaller by a little in which the text stands on one line; itself if that is not enough."""
    needed = text_width(text, font)
    if needed <= width or needed * floor > width:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(1, int(font.pixelSize() * width / needed)))
    return smaller


def _with_whole_words(text: str, font: QFont, width: int) -> QFont:
    """The font, or a smaller one in which no word needs to be broken."""
    metrics = QFontMetricsF(font)
    widest = max(
        (metrics.horizontalAdvance(word) for word in text.split(" ") if not _breaks_anywhere(word)), default=0.0
    )
    if widest <= width:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(1, int(font.pixelSize() * max(SMALLEST, width / widest) - 0.5)))
    return smaller


def _breaks_anywhere(word: str) -> bool:
    """Chinese has no spaces between its words, and may be broken between any two signs."""
    return any("\u2e80" <= sign <= "\u9fff" for sign in word)
