"""Paints what stands in the book's columns. All rectangles are of what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from ui.book.faces import Face
from ui.book.plan import Ground, GroundKind
from ui.isolated import isolated
from ui.theme import Look
from ui.widgets.painting import Style, draw_box, draw_icon, draw_ring, draw_text, text_width

_PADDING = 6
_SYMBOL = 16
_SYMBOL_GAP = 4
_PLACE_GAP = 6
_FROM_EDGE = 10


def hatch(painter: QPainter, rect: QRect, look: Look, origin: QPoint) -> None:
    """Time that is not to be booked: lines that stand still on the grid as it scrolls."""
    painter.fillRect(rect, look.colour("surface"))
    painter.setBrushOrigin(origin)
    painter.fillRect(rect, QBrush(look.colour("hatch"), Qt.BrushStyle.BDiagPattern))


def paint_ground(
    painter: QPainter, rect: QRect, ground: Ground, look: Look, origin: QPoint, *, mirrored: bool, top: int = 0
) -> None:
    """A time that is not free. Its words stand at its upper end, no higher than `top`."""
    if ground.kind is GroundKind.BUSY:
        inner = rect.adjusted(2, 1, -2, -1)
        colour = look.colour("surface")
        # where sheet and window are of one colour, a border says where it ends
        border = look.colour("line") if colour == look.colour("surface-raised") else None
        draw_box(painter, inner, colour, border, 1, look.measure("radius", "block"))
    else:
        inner = rect
        hatch(painter, rect, look, origin)
    if not ground.words:
        return
    line = look.line("base")
    y = max(inner.top() + (1 if ground.kind is GroundKind.BUSY else look.px(8)), top)
    if y + line > inner.bottom() + 2:
        return
    if ground.kind is GroundKind.BUSY:
        area = QRect(inner.left() + _FROM_EDGE, y, inner.width() - 2 * _FROM_EDGE, line)
        draw_text(painter, area, ground.words, look, Style(token="text-muted"), right=mirrored)
        return
    width = min(text_width(ground.words, look) + 12, inner.width() - 16)
    left = inner.right() - 8 - width if mirrored else inner.left() + 8
    chip = QRect(left, y, width, line)
    draw_box(painter, chip, look.colour("surface-raised"), None, 0, look.measure("radius", "block"))
    draw_text(painter, chip.adjusted(6, 0, -6, 0), ground.words, look, Style(token="text-muted"), right=mirrored)


def paint_block(painter: QPainter, rect: QRect, face: Face, look: Look, line: int, *, mirrored: bool) -> None:
    """An appointment or a held slot."""
    radius = look.measure("radius", "block")
    if face.edge:
        draw_box(painter, rect, look.colour(face.ground), None, 0, radius)
        if look.stroke("control") > 1:
            draw_box(painter, rect, None, look.colour(face.edge), 1, radius)
        painter.save()
        painter.setClipRect(_edge(rect, look, mirrored), Qt.ClipOperation.IntersectClip)
        draw_box(painter, rect, look.colour(face.edge), None, 0, radius)
        painter.restore()
    else:
        draw_box(painter, rect, look.colour(face.ground), None, 0, radius)
        _dashes(painter, rect, look, radius)
    _paint_words(painter, rect, face, look, line, mirrored)


def _edge(rect: QRect, look: Look, mirrored: bool) -> QRect:
    wide = look.stroke("row_edge")
    left = rect.right() + 1 - wide if mirrored else rect.left()
    return QRect(left, rect.top(), wide, rect.height())


def _dashes(painter: QPainter, rect: QRect, look: Look, radius: int) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(look.colour("text-muted"), look.stroke("control"))
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def lines_in(height: int, line: int) -> int:
    """How many lines a block has room for: two may stand close; a third is left out rather than cut."""
    return max(1, min(2, (height + 2) // line), (height - 1) // line)


def _paint_words(painter: QPainter, rect: QRect, face: Face, look: Look, line: int, mirrored: bool) -> None:
    inner = rect.adjusted(_FROM_EDGE, 0, -_PADDING, 0) if not mirrored else rect.adjusted(_PADDING, 0, -_FROM_EDGE, 0)
    room = lines_in(rect.height(), line)
    style = Style(weight=face.weight, token=face.token)
    rows = [QRect(inner.left(), inner.top() + at * line, inner.width(), line) for at in range(room)]
    if rows and room == 1:
        rows[0].setHeight(rect.height())
    first = rows[0]
    by_state = bool(face.sign and not face.place)
    used = _paint_symbols(painter, first, face, look, mirrored, with_place=room > 1 and not by_state)
    first = first.adjusted(used, 0, 0, 0) if mirrored else first.adjusted(0, 0, -used, 0)
    if room == 1:
        short = f"{face.times[-1]} {isolated(face.name)}"
        words = that_fits((face.alone or short, short), first.width(), look, style)
        draw_text(painter, first, words, look, style, right=mirrored)
        return
    draw_text(painter, first, that_fits(face.times, first.width(), look, style), look, style, right=mirrored)
    second = rows[1]
    if face.weight > 400 and face.place:
        plain = Style(token=face.token)
        wide = text_width(face.place, look, plain)
        draw_text(painter, second, face.place, look, plain, right=not mirrored)
        gap = wide + _PLACE_GAP
        second = second.adjusted(gap, 0, 0, 0) if mirrored else second.adjusted(0, 0, -gap, 0)
    draw_text(painter, second, face.name, look, Style(token=face.token), right=mirrored)
    for area, words in zip(rows[2:], face.more, strict=False):
        draw_text(painter, area, words, look, Style(token=face.token), right=mirrored)


def that_fits(words: Sequence[str], width: int, look: Look, style: Style) -> str:
    """The first of several wordings, from long to short, that fits; else the shortest."""
    return next((each for each in words if text_width(each, look, style) <= width), words[-1])


def _paint_symbols(painter: QPainter, area: QRect, face: Face, look: Look, mirrored: bool, *, with_place: bool) -> int:
    """Place and symbols at the far end of a line; what they took of it.

    The place gives way first where the time would be cut.
    """
    names = [*face.symbols, *([face.sign] if face.sign else [])]
    icons = len(names) * (look.px(_SYMBOL) + _SYMBOL_GAP)
    place = face.place if with_place and face.weight == 400 else ""
    taken = text_width(face.times[-1], look, Style(weight=face.weight)) + _PLACE_GAP
    wide = text_width(place, look) if place else 0
    if wide and taken + icons + wide > area.width():
        place, wide = "", 0
    x = 0
    if place:
        draw_text(painter, area, place, look, Style(token=face.token), right=not mirrored)
        x = wide + _PLACE_GAP
    for name in reversed(names):
        edge = look.px(_SYMBOL)
        left = area.left() + x if mirrored else area.right() + 1 - x - edge
        token = "private-text" if name == "lock" and face.token == "text" else face.token
        draw_icon(painter, left, area, name, look, token, _SYMBOL)
        x += edge + _SYMBOL_GAP
    return x


def paint_cursor(painter: QPainter, rect: QRect, look: Look, *, focused: bool) -> None:
    """The ring round what is chosen; a thinner one while the keys go elsewhere."""
    radius = look.measure("radius", "block")
    if focused:
        draw_ring(painter, rect, look, radius)
    else:
        draw_box(painter, rect.adjusted(-2, -2, 2, 2), None, look.colour("focus"), look.stroke("focus_row"), radius + 2)


def paint_free(painter: QPainter, rect: QRect, words: str, look: Look, *, mirrored: bool) -> None:
    """A free piece that is chosen."""
    draw_box(painter, rect, look.colour("surface-raised"), None, 0, look.measure("radius", "block"))
    area = rect.adjusted(_FROM_EDGE, 0, -_PADDING, 0)
    area.setHeight(min(rect.height(), look.line("base")))
    draw_text(painter, area, words, look, Style(token="accent-text"), right=mirrored)


def paint_ghost(painter: QPainter, rect: QRect, time: str, name: str, look: Look, line: int, mirrored: bool) -> None:
    """An appointment on its way."""
    radius = look.measure("radius", "block")
    draw_box(painter, rect, look.colour("surface-raised"), look.colour("accent-text"), 2, radius)
    words = rect.adjusted(_FROM_EDGE, 0, -_PADDING, 0)
    words.setHeight(line if rect.height() >= 2 * line - 2 else rect.height())
    draw_text(painter, words, time, look, Style(weight=600), right=mirrored)
    if rect.height() >= 2 * line - 2:
        draw_text(painter, words.translated(0, line), name, look, right=mirrored)
