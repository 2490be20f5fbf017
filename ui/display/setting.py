"""Words set on the display: in one line that is made smaller until it fits, or in a block of lines."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from reception.domain.languages import visitor_language
from ui.display.lines import ENGLISH
from ui.theme import Look

WIDTH, HEIGHT = 1920, 1080
"""The screen that all measures are of; others are the same in proportion."""
ARABIC_SCALE = 1.15
"""Naskh looks smaller than Latin of the same size."""
_ARABIC = frozenset({"ar", "ur"})
_FAMILIES = {
    "ar": "Noto Naskh Arabic",
    "ur": "Noto Naskh Arabic",
    "bn": "Noto Sans Bengali",
    "pa": "Noto Sans Gurmukhi",
    "zh-Hans": "Droid Sans Fallback",
    "zh-Hant": "Droid Sans Fallback",
}
"""Of the theme's families the one that each language is set in; others take what it lacks."""


class Type(Struct, frozen=True):
    """How words are set: pixels of a screen of 1080 lines, colour, weight; down to which share of their size they are
    made smaller before they are wrapped or shortened."""

    pixels: int
    token: str
    weight: int = 400
    least: float = 0.6


class Setter:
    """Sets words for a screen of a size, in the fonts of a look."""

    def __init__(self, look: Look, width: int, height: int) -> None:
        self.look = look
        self.width = width
        self.height = height
        self.unit = min(width / WIDTH, height / HEIGHT)

    def place(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A place of the drawing on this screen, on whole pixels."""
        across, down = self.width / WIDTH, self.height / HEIGHT
        left, top = round(x * across), round(y * down)
        return QRectF(left, top, round((x + width) * across) - left, round((y + height) * down) - top)

    def colour(self, token: str) -> QColor:
        return self.look.colour(token)

    def font(self, pixels: float, weight: int, tag: str = ENGLISH) -> QFont:
        larger = ARABIC_SCALE if tag in _ARABIC else 1.0
        font = self.look.sized_font(max(1, round(pixels * self.unit * larger)), weight)
        if own := _FAMILIES.get(tag):
            font.setFamilies([own, *self.look.theme.families])
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def line(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        kind: Type,
        tag: str = ENGLISH,
        *,
        right: bool = False,
    ) -> None:
        """One line in the middle of the place, at its start (or its right edge)."""
        pixels = float(kind.pixels)
        font = self.font(pixels, kind.weight, tag)
        while QFontMetricsF(font).horizontalAdvance(text) > rect.width() and pixels > kind.pixels * kind.least:
            pixels *= 0.96
            font = self.font(pixels, kind.weight, tag)
        metrics = QFontMetricsF(font)
        shown = text
        if metrics.horizontalAdvance(text) > rect.width():
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(self.colour(kind.token))
        side = Qt.AlignmentFlag.AlignRight if right != _is_mirrored(tag) else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, int(flags), shown)

    def great(self, painter: QPainter, rect: QRectF, text: str, kind: Type) -> None:
        """Great figures, as large as the place allows, set by their ink."""
        font = self.font(kind.pixels, kind.weight)
        ink = QFontMetricsF(font).tightBoundingRect(text)
        share = min(1.0, rect.width() / max(1.0, ink.width()), rect.height() / max(1.0, ink.height()))
        if share < 1:
            font = self.font(kind.pixels * share, kind.weight)
            ink = QFontMetricsF(font).tightBoundingRect(text)
        painter.setFont(font)
        painter.setPen(self.colour(kind.token))
        top = rect.top() + (rect.height() - ink.height()) / 2
        painter.drawText(QPointF(round(rect.left() - ink.left()), round(top - ink.top())), text)

    def is_line(self, rect: QRectF, text: str, kind: Type, tag: str = ENGLISH, share: float = 1.0) -> bool:
        """Whether one line takes the text, at that share of its size."""
        return QFontMetricsF(self.font(kind.pixels * share, kind.weight, tag)).horizontalAdvance(text) <= rect.width()

    def one_or_two(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        one: Type,
        two: Type,
        tag: str = ENGLISH,
        *,
        right: bool = False,
    ) -> None:
        """One line where that takes the text, else several in smaller type."""
        if self.is_line(rect, text, one, tag, max(one.least, two.pixels / one.pixels)):
            self.line(painter, rect, text, one, tag, right=right)
        else:
            self.block(painter, rect, text, two, tag)

    def block(
        self, painter: QPainter, rect: QRectF, text: str, kind: Type, tag: str = ENGLISH, *, top: bool = False
    ) -> float:
        """Lines that are wrapped, in the middle of the place (or from its top), made smaller until they fit. Returns
        their height."""
        pixels = float(kind.pixels)
        laid = self._laid(text, pixels, kind.weight, tag, rect.width())
        while laid.boundingRect().height() > rect.height() and pixels > kind.pixels * 0.4:
            pixels *= 0.95
            laid = self._laid(text, pixels, kind.weight, tag, rect.width())
        height = laid.boundingRect().height()
        painter.setPen(self.colour(kind.token))
        start = rect.top() if top else rect.top() + max(0.0, (rect.height() - height) / 2)
        laid.draw(painter, QPointF(rect.left(), round(start)))
        return float(height)

    def fits(self, rect: QRectF, text: str, kind: Type, tag: str) -> bool:
        """Whether a block fits without being made smaller."""
        laid = self._laid(text, kind.pixels, kind.weight, tag, rect.width())
        return bool(laid.boundingRect().height() <= rect.height())

    def _laid(self, text: str, pixels: float, weight: int, tag: str, width: float) -> QTextLayout:
        laid = QTextLayout(text, self.font(pixels, weight, tag))
        option = QTextOption(Qt.AlignmentFlag.AlignRight if _is_mirrored(tag) else Qt.AlignmentFlag.AlignLeft)
        option.setAlignment(option.alignment() | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if _is_mirrored(tag) else Qt.LayoutDirection.LeftToRight)
        laid.setTextOption(option)
        laid.beginLayout()
        height = 0.0
        while (line := laid.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        laid.endLayout()
        return laid


def _is_mirrored(tag: str) -> bool:
    return visitor_language(tag).is_right_to_left
