"""What the sheet beside the grid is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.book.held import Held
from ui.isolated import isolated
from ui.needed import NeedItem
from ui.theme import look_of
from ui.widgets.painting import MUTED, PLAIN, STRONG, Style, draw_icon, draw_text, text_width, wrapped_lines

_ICON = 18
_INDENT = 24
_ROOM = 6


class HeldRow(QWidget):
    """A tick or a diamond, who or what is held, and under it why it is free."""

    def __init__(self, held: Held, *, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = held
        self._last = last
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = f"{isolated(held.name)}, {held.role}" if held.role else held.name
        self.setAccessibleName(f"{words}: {held.detail}")

    def _lines(self) -> list[tuple[str, Style]]:
        look, held = look_of(self), self._held
        width = max(40, self.width() - look.px(_INDENT))
        name = f"{held.name}, {held.role}" if held.role else held.name
        detail = MUTED if held.is_free else Style(weight=600, token="late-text")
        first = [(line, PLAIN) for line in wrapped_lines(name, width, look, STRONG)]
        return first + [(line, detail) for line in wrapped_lines(held.detail, width, look, detail)]

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(200), len(self._lines()) * look.line() + 2 * _ROOM + (2 if self._last else 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        mirrored = self.isRightToLeft()
        line, height = look.colour("line"), look.line()
        painter.fillRect(0, 0, self.width(), 1, line)
        if self._last:
            painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        indent = look.px(_INDENT)
        name, token = ("check", "in-time-text") if self._held.is_free else ("late", "late")
        first = QRect(0, 1 + _ROOM, self.width(), height)
        draw_icon(painter, self.width() - look.px(_ICON) if mirrored else 0, first, name, look, token, _ICON)
        area = first.adjusted(0, 0, -indent, 0) if mirrored else first.adjusted(indent, 0, 0, 0)
        for at, (words, style) in enumerate(self._lines()):
            if at == 0 and words.startswith(self._held.name):
                # the name stands out, what it is held as does not
                rest = words[len(self._held.name) :]
                name_width = text_width(self._held.name, look, STRONG)
                whole = min(area.width(), name_width + text_width(rest, look, style))
                first = QRect(area.right() + 1 - whole if mirrored else area.left(), area.top(), whole, height)
                draw_text(painter, first, self._held.name, look, STRONG)
                draw_text(painter, first.adjusted(name_width, 0, 0, 0), rest, look, style)
            else:
                draw_text(painter, area, words, look, style, right=mirrored)
            area = area.translated(0, height)


class NeedLines(QWidget):
    """Needs under each other, each with its icon: for the value of a form row."""

    def __init__(self, items: Sequence[NeedItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = tuple(items)
        self.setAccessibleName(", ".join(item.full for item in items))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        wide = max((text_width(item.full, look) for item in self._items), default=0) + look.px(_ICON) + _ROOM
        return QSize(wide, max(1, len(self._items)) * (look.line() + 4) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(80), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        mirrored = self.isRightToLeft()
        edge = look.px(_ICON)
        y = (self.height() - len(self._items) * (look.line() + 4)) // 2 + 2
        for item in self._items:
            area = QRect(0, y, self.width(), look.line())
            draw_icon(painter, self.width() - edge if mirrored else 0, area, item.icon, look, "text", _ICON)
            indent = edge + 6
            words = area.adjusted(0, 0, -indent, 0) if mirrored else area.adjusted(indent, 0, 0, 0)
            fits = text_width(item.full, look) <= words.width()
            draw_text(painter, words, item.full if fits else item.words, look, right=mirrored)
            y += look.line() + 4
