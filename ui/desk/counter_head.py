"""The great number of the visit at the counter, and beside it the service and since when."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.painting import Style, draw_text, text_width

_NUMBER = Style("number", 600)
_READY = Style("figure", 600)
_SERVICE = Style("title", 600)
_QUIET = Style("title", 400)
_DETAIL = Style()
_WORDS_X = 128
_WORDS_GAP = 34
_HEIGHT = 56


class CounterHead(QWidget):
    """Number left, two lines right; where the second has no room there it goes below, over the whole width."""

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

    def _detail_goes_below(self, look: Look) -> bool:
        return text_width(self._detail, look, _DETAIL) > self.width() - self._words_x(look)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        height = max(_HEIGHT, look.line("title") + look.line("base") + 8, look.line("number") + 4)
        below = look.line("base") if self._detail_goes_below(look) else 0
        return QSize(look.px(320), height + below)

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
        below = self._detail_goes_below(look)
        # Four pixels up: the heading above leaves that much, and the digits' ink stands beside the words' middle.
        height = self.height() - (base if below else 0)
        top = (height - title - base - 15) // 2
        x = self._words_x(look)
        style = self._number_style()
        draw_text(painter, QRect(0, top, x, title + base), self._number, look, style)
        alone = below or not self._detail
        words = QRect(x, top, self.width() - x, title + base if alone else title)
        draw_text(painter, words, self._words, look, _QUIET if self._ready else _SERVICE)
        if below:
            detail = QRect(0, height - 8, self.width(), base)
        else:
            detail = QRect(x, top + title, self.width() - x, base)
        draw_text(painter, detail, self._detail, look, _DETAIL)
