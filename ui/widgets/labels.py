"""Words on a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from ui.needed import NeedItem
from ui.theme import Look, look_of
from ui.theme_file import FontSize
from ui.widgets.painting import (
    Style,
    chip_height,
    draw_need,
    draw_needs,
    draw_text,
    elided,
    need_width,
    needs_width,
    text_width,
    wrapped_lines,
)

_NEEDS_LEADING = 4


class ElidingLabel(QWidget):
    """One line of text, or up to `lines`, that is cut with an ellipsis where it does not fit, and then whole in its
    tool tip."""

    def __init__(
        self,
        text: str = "",
        size: FontSize = "base",
        weight: int = 400,
        token: str = "text",
        parent: QWidget | None = None,
        *,
        right: bool = False,
        lines: int = 1,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._most = lines
        self._style = Style(size, weight, token)
        self._right = right
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_style(self, size: FontSize = "base", weight: int = 400, token: str = "text") -> None:
        """Set it in another size, weight or colour."""
        if (style := Style(size, weight, token)) != self._style:
            self._style = style
            self.updateGeometry()
            self.update()

    def _lines(self) -> list[str]:
        return wrapped_lines(self._text, self.width(), look_of(self), self._style, self._most)

    def is_elided(self) -> bool:
        look = look_of(self)
        return any(elided(line, self.width(), look, self._style) != line for line in self._lines())

    def sizeHint(self) -> QSize:
        look = look_of(self)
        lines = max(1, len(self._lines())) if self._most > 1 else 1
        return QSize(text_width(self._text, look, self._style), lines * look.line(self._style.size))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), look_of(self).px(24)), hint.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._text if self.is_elided() else self.toolTip(), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._most > 1 and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        lines = self._lines()
        height = self.height() if len(lines) <= 1 else look.line(self._style.size)
        for at, line in enumerate(lines):
            area = QRect(0, at * height, self.width(), height)
            draw_text(painter, area, line, look, self._style, right=self._right != self.isRightToLeft())


class Paragraph(QLabel):
    """Text that wraps, of any length and script, never read as markup."""

    def __init__(
        self,
        text: str = "",
        size: FontSize = "base",
        weight: int = 400,
        token: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style = Style(size, weight, token)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)
        self._wear()

    def set_text(self, text: str) -> None:
        self.setText(text)

    def set_style(self, size: FontSize = "base", weight: int = 400, token: str = "text") -> None:
        if (style := Style(size, weight, token)) != self._style:
            self._style = style
            self._wear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self._wear()

    def _wear(self) -> None:
        look = look_of(self)
        font = look.font(self._style.size, self._style.weight)
        colour = look.colour(self._style.token)
        if font != self.font():
            self.setFont(font)
        if colour != self.palette().color(self.foregroundRole()):
            palette = self.palette()
            palette.setColor(self.foregroundRole(), colour)
            self.setPalette(palette)


class Chip(QWidget):
    """One boxed word with its icon; *Private* unless told otherwise."""

    def __init__(self, item: NeedItem | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item or NeedItem("lock", "Private", "Private", boxed=True)
        self.setAccessibleName(self._item.full)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(need_width(self._item, look), chip_height(look))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_need(QPainter(self), 0, self.rect(), self._item, look_of(self), "text", words=True)


class NeedsLabel(QWidget):
    """What a visitor needs: icons with words, *Private* boxed, on as many lines as they take."""

    def __init__(self, items: Sequence[NeedItem] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[NeedItem, ...] = ()
        self._left_out: tuple[NeedItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_items(items)

    def items(self) -> tuple[NeedItem, ...]:
        return self._items

    def set_items(self, items: Sequence[NeedItem]) -> None:
        self._items = tuple(items)
        words = ", ".join(item.full for item in self._items)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def _rows(self, look: Look) -> list[list[NeedItem]]:
        rows: list[list[NeedItem]] = [[]]
        for item in self._items:
            if rows[-1] and needs_width([*rows[-1], item], look) > self.width():
                rows.append([])
            rows[-1].append(item)
        return rows

    def sizeHint(self) -> QSize:
        look = look_of(self)
        height = len(self._rows(look)) * (chip_height(look) + _NEEDS_LEADING) - _NEEDS_LEADING
        return QSize(needs_width(self._items, look), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(24), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        rows = self._rows(look)
        step = chip_height(look) + _NEEDS_LEADING
        top = (self.height() - len(rows) * step + _NEEDS_LEADING) // 2
        for at, row in enumerate(rows):
            draw_needs(painter, QRect(0, top + at * step, self.width(), chip_height(look)), row, look)
