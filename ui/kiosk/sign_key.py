"""A key with one sign on it, drawn by its ink: all keys of a board in one size, on one line, none cut by its border.

The metrics of a font say nothing of how far the marks of Arabic, Bengali and Punjabi reach above and below.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Dress
from ui.kiosk.keyboards import DOTTED
from ui.kiosk.screens import Choice

_CLEAR = 4
"""Pixels between a sign and its key's border, at the least."""


class Lettering(Struct, frozen=True):
    """How the signs of a board are written: in this font, their line so many pixels under the middle of a key."""

    font: QFont
    under_middle: float


def shown_on(sign: str) -> str:
    """What a key shows for its sign: capitals, and under a mark the letter's place."""
    is_mark = unicodedata.category(sign[0]) in ("Mn", "Mc")
    return f"{DOTTED}{sign}" if is_mark else sign.upper()


def lettering(signs: Iterable[str], font: QFont, height: float, dress: Dress) -> Lettering:
    """So large, up to the font's own size, that of no sign anything is cut from a key so high."""
    inks = [_ink(shown_on(sign), font) for sign in signs]
    top, bottom = min(ink.top() for ink in inks), max(ink.bottom() for ink in inks)
    share = min(1.0, (height - 2 * dress.fixed(_CLEAR)) / (bottom - top))
    return Lettering(_sized(font, share), -(top + bottom) / 2 * share)


class SignKey(KioskButton):
    """One sign; one that is wider than its key is set smaller."""

    def __init__(
        self, sign: str, written: Lettering, dress: Dress, parent: QWidget, may_press: Callable[[], bool]
    ) -> None:
        super().__init__(Choice(sign, shown_on(sign)), dress, parent, may_press, centred=True)
        self._written = written

    def inked(self) -> QRectF:
        """Where the sign's ink is, in the key."""
        font, at = self._written_at()
        return _ink(self.choice.label, font).translated(at)

    def _draw_words(self, painter: QPainter, inner: QRect) -> None:
        font, at = self._written_at()
        painter.setFont(font)
        painter.setPen(self._dress.colour(self._colours()[2]))
        painter.drawText(at, self.choice.label)

    def _written_at(self) -> tuple[QFont, QPointF]:
        """The font, and where its line begins."""
        font, inner = self._written.font, self.inner()
        ink = _ink(self.choice.label, font)
        room = inner.width() - 2 * self._dress.fixed(_CLEAR)
        if ink.width() > room:
            font = _sized(font, room / ink.width())
            ink = _ink(self.choice.label, font)
        middle = QRectF(inner).center()
        return font, QPointF(middle.x() - ink.center().x(), middle.y() + self._written.under_middle)


def _ink(text: str, font: QFont) -> QRectF:
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    return path.boundingRect()


def _sized(font: QFont, share: float) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(1, int(font.pixelSize() * share)))
    return smaller
