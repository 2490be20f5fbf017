"""The great number of the visit at the counter, and beside it the service and since when."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.painting import Style, draw_text, text_width, wrapped_lines

_NUMBER = Style("number", 600)
_READY = Style("figure", 600)
_SERVICE = Style("title", 600)
_QUIET = Style("title", 400)
_DETAIL = Style()
_WORDS_X = 128
_WORDS_GAP = 34
_HEIGHT = 56


class CounterHead(QWidget):
    """Number left, two lines right; what has no room there goes below, over the whole width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        self._words = ""
        self._detail = ""
        self._ready = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_visit(self, number: str, service: str, detail: str) -> None:
        self._set(number, service, detail, ready=False)

    def show_ready(self, words: str, detail: str) -> None:
        self._set("Ready", words, detail, ready=True)

    def words(self) -> tuple[str, str, str]:
        """Number, service and detail as they stand."""
        return self._number, self._words, self._detail

    def _set(self, number: str, words: str, detail: str, *, ready: bool) -> None:
        new = (number, words, detail)
        if new == self.words():
            return
        self._number, self._words, self._detail = new
        self._ready = ready
        self.setAccessibleName(", ".join(part for part in new if part))
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    # -- size ------------------------------------------------------------------------------------------------

    def _number_style(self) -> Style:
        return _READY if self._ready else _NUMBER

    def _words_x(self, look: Look) -> int:
        return max(look.px(_WORDS_X), text_width(self._number, look, self._number_style()) + look.px(_WORDS_GAP))

    def _below(self, look: Look) -> list[tuple[str, Style]]:
        """The lines that go below: the detail when it is too long to stand beside the number, or both."""
        words = _QUIET if self._ready else _SERVICE
        room = self.width() - self._words_x(look)
        if text_width(self._words, look, words) > room:
            lines = wrapped_lines(self._words, self.width(), look, words)
            return [(line, words) for line in lines] + ([(self._detail, _DETAIL)] if self._detail else [])
        if text_width(self._detail, look, _DETAIL) > room:
            return [(self._detail, _DETAIL)]
        return []

    def sizeHint(self) -> QSize:
        look = look_of(self)
        height = max(_HEIGHT, look.line("title") + look.line("base") + 8, look.line("number") + 4)
        return QSize(look.px(320), height + sum(look.line(style.size) for _, style in self._below(look)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    # -- painting --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        title, base = look.line("title"), look.line("base")
        below = self._below(look)
        # Four pixels up: the heading above leaves that much, and the digits' ink stands beside the words' middle.
        height = self.height() - sum(look.line(style.size) for _, style in below)
        top = (height - title - base - 15) // 2
        x = self._words_x(look)
        draw_text(painter, QRect(0, top, self.width(), title + base), self._number, look, self._number_style())
        if not any(style is not _DETAIL for _, style in below):
            alone = bool(below) or not self._detail
            words = QRect(x, top, self.width() - x, title + base if alone else title)
            draw_text(painter, words, self._words, look, _QUIET if self._ready else _SERVICE)
        if not below:
            detail = QRect(x, top + title, self.width() - x, base)
            draw_text(painter, detail, self._detail, look, _DETAIL)
        y = height - 8
        for line, style in below:
            draw_text(painter, QRect(0, y, self.width(), look.line(style.size)), line, look, style)
            y += look.line(style.size)
