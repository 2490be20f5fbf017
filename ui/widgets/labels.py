"""Words on a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from ui.texts import NeedItem
from ui.theme import FontSize, look_of
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
)


class ElidingLabel(QWidget):
    """One line of text that is cut with an ellipsis where it does not fit, and then whole in its tool tip."""

    def __init__(
        self,
        text: str = "",
        size: FontSize = "base",
        weight: int = 400,
        token: str = "text",
        parent: QWidget | None = None,
        *,
        right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._text = ""
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

    def is_elided(self) -> bool:
        look = look_of(self)
        return elided(self._text, self.width(), look, self._style) != self._text

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(text_width(self._text, look, self._style), look.line(self._style.size))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), look_of(self).px(24)), hint.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._text if self.is_elided() else self.toolTip(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_text(QPainter(self), self.rect(), self._text, look_of(self), self._style, right=self._right)


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
    """What a visitor needs, in one line: icons with words, *Private* boxed."""

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

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(needs_width(self._items, look), chip_height(look))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(24), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_needs(QPainter(self), self.rect(), self._items, look_of(self))
