"""How words, icons, rings and needs are painted, in one place for widgets and delegates alike.

Words stand on whole pixels: the line height of the scale is centred in its rectangle and the baseline follows
from it, so that words of two sizes in one row share a middle.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from ui.needed import NeedItem
from ui.theme import Look
from ui.theme_file import FontSize

RING = 5
"""Pixels that a control keeps free inside its rectangle, all round, for its focus ring and the gap before it."""

ICON_GAP = 5
NEEDS_APART = 14
CHIP_PADDING = (6, 8)
"""Left of the icon, right of the word."""


class Style(Struct, frozen=True):
    """How a piece of text is set."""

    size: FontSize = "base"
    weight: int = 400
    token: str = "text"


PLAIN = Style()
MUTED = Style(token="text-muted")
STRONG = Style(weight=600)


def baseline(rect: QRect, look: Look, style: Style) -> int:
    """The baseline of one line of text in the middle of `rect`."""
    metrics = look.metrics(style.size, style.weight)
    line = look.line(style.size)
    return rect.top() + (rect.height() - line) // 2 + round((line - metrics.height()) / 2) + metrics.ascent()


def text_width(text: str, look: Look, style: Style = PLAIN) -> int:
    return look.width(text, style.size, style.weight)


def elided(text: str, width: int, look: Look, style: Style = PLAIN) -> str:
    # a width that was asked for by text_width is enough, though the last fraction of a pixel was rounded away
    if text_width(text, look, style) <= width:
        return text
    return look.metrics(style.size, style.weight).elidedText(text, Qt.TextElideMode.ElideRight, width)


def draw_text(
    painter: QPainter, rect: QRect, text: str, look: Look, style: Style = PLAIN, *, right: bool = False
) -> int:
    """One line of text, cut with an ellipsis where it does not fit; the width that it took."""
    if not text or rect.width() <= 0:
        return 0
    shown = elided(text, rect.width(), look, style)
    width = text_width(shown, look, style)
    painter.setFont(look.font(style.size, style.weight))
    painter.setPen(look.colour(style.token))
    x = rect.right() + 1 - width if right else rect.left()
    painter.drawText(QPoint(x, baseline(rect, look, style)), shown)
    return width


def wrapped_lines(text: str, width: int, look: Look, style: Style = PLAIN, most: int = 3) -> list[str]:
    """The text broken at words into lines of `width`; after `most` lines the rest stays on the last, to be cut."""
    if not text:
        return []
    if text_width(text, look, style) <= width:
        return [text]
    layout = QTextLayout(text, look.font(style.size, style.weight))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]


def draw_icon(painter: QPainter, x: int, rect: QRect, name: str, look: Look, token: str, size: int = 18) -> int:
    """An icon at `x`, in the middle of `rect`; its edge in pixels."""
    ratio = painter.device().devicePixelRatioF()
    edge = look.px(size)
    painter.drawPixmap(QPoint(x, rect.top() + (rect.height() - edge + 1) // 2), look.pixmap(name, token, size, ratio))
    return edge


def draw_box(
    painter: QPainter,
    rect: QRect,
    ground: QColor | None,
    border: QColor | None,
    stroke: int,
    radius: float,
    *,
    dashed: bool = False,
) -> None:
    """A rounded box whose border of `stroke` pixels lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    box = QRectF(rect)
    if border is None or stroke == 0:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(border, stroke)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if dashed:
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        half = stroke / 2
        box.adjust(half, half, -half, -half)
        radius = max(0.0, radius - half)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def is_dashed(control: QWidget, look: Look) -> bool:
    """Whether the border is all that tells that this control can't be used: where the theme has one ground for all."""
    return not control.isEnabled() and look.colour("disabled") == look.colour("surface-raised")


def draw_ring(painter: QPainter, control: QRect, look: Look, radius: int | None = None) -> None:
    """The focus ring round a control: a gap in the colour of the gap, then a ring of ink, within RING pixels."""
    ring = look.stroke("focus_ring")
    gap = max(1, min(look.stroke("focus_gap"), RING - ring))
    corner = look.measure("radius", "control") if radius is None else radius
    draw_box(painter, control.adjusted(-gap, -gap, gap, gap), None, look.colour("focus-gap"), gap, corner + gap)
    outer = gap + ring
    draw_box(painter, control.adjusted(-outer, -outer, outer, outer), None, look.colour("focus"), ring, corner + outer)


def chip_height(look: Look) -> int:
    return max(look.measure("size", "chip"), look.px(look.measure("size", "chip")))


def need_width(item: NeedItem, look: Look, words: bool = True) -> int:
    """What one need takes of a row."""
    width = look.px(look.measure("size", "icon"))
    if words:
        width += ICON_GAP + text_width(item.words, look, STRONG if item.boxed or item.strong else PLAIN)
    if item.boxed:
        width += sum(CHIP_PADDING) if words else 2 * CHIP_PADDING[0]
    return width


def needs_width(items: Sequence[NeedItem], look: Look, worded: int | None = None) -> int:
    """What a row of needs takes when nothing is left out; `worded`: so many with words, from the first on, else all."""
    most = len(items) if worded is None else worded
    widths = (need_width(item, look, at < most) for at, item in enumerate(items))
    return sum(widths) + NEEDS_APART * max(0, len(items) - 1)


def needs_that_fit(items: Sequence[NeedItem], width: int, look: Look) -> tuple[int, int]:
    """How many needs of a row are shown, and how many of these with words, the most telling first.

    All are shown if at least the first can have its word; else the first with its word, and as many icons as fit.
    Where not even one word fits, as many icons as fit.
    """
    for worded in range(len(items), 0, -1):
        if needs_width(items, look, worded) <= width:
            return len(items), worded
    for worded in (1, 0):
        for shown in range(len(items) - worded, 0, -1):
            left_out = len(items) - shown
            if needs_width(items[:shown], look, worded) + (_more_width(left_out, look) if left_out else 0) <= width:
                return shown, worded
    return 0, 0


def draw_need(painter: QPainter, x: int, rect: QRect, item: NeedItem, look: Look, token: str, words: bool) -> int:
    """One need at `x`: icon and word, on a ground of its own when boxed; the width that it took."""
    width = need_width(item, look, words)
    weight = 600 if item.boxed or item.strong else 400
    start = x
    if item.boxed:
        height = chip_height(look)
        box = QRect(x, rect.top() + (rect.height() - height + 1) // 2, width, height)
        draw_box(painter, box, look.colour("private-soft"), None, 0, look.measure("radius", "control"))
        token = "private-text"
        start += CHIP_PADDING[0]
    edge = draw_icon(painter, start, rect, item.icon, look, token)
    if words:
        text = QRect(start + edge + ICON_GAP, rect.top(), width, rect.height())
        draw_text(painter, text, item.words, look, Style(weight=weight, token=token))
    return width


def draw_needs(
    painter: QPainter, rect: QRect, items: Sequence[NeedItem], look: Look, token: str = "text"
) -> tuple[NeedItem, ...]:
    """A row of needs in `rect`, as :func:`needs_that_fit` says, with "+2" for what finds no room.

    Returns those that were left out.
    """
    shown, worded = needs_that_fit(items, rect.width(), look)
    x = rect.left()
    for at, item in enumerate(items[:shown]):
        x += draw_need(painter, x, rect, item, look, token, at < worded) + NEEDS_APART
    if shown < len(items):
        more = QRect(x, rect.top(), rect.right() + 1 - x, rect.height())
        draw_text(painter, more, _more(len(items) - shown), look, Style(token=token))
    return tuple(items[shown:])


def _more(left_out: int) -> str:
    return f"+{left_out}"


def _more_width(left_out: int, look: Look) -> int:
    return NEEDS_APART + text_width(_more(left_out), look)
