"""A few plain great figures side by side, each with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.supervisor.today_words import Great
from ui.theme import look_of
from ui.widgets.painting import MUTED, Style, draw_text, text_width, wrapped_lines

_FIGURE = Style("figure", 600)
_APART = 28
_BETWEEN = 2 * _APART + 1
_BETWEEN_ROWS = 16
_MOST_LINES = 4
_LEAST_WORDS = 150
"""Longer words are broken: rather a second line of them than a second row of figures."""


class GreatFigure(QWidget):
    """One figure over its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._great = Great("", "")
        self._words = ""

    def show_great(self, great: Great) -> None:
        if great != self._great:
            self._great = great
            self._words = great.words.replace(" min", "\N{NO-BREAK SPACE}min")
            self.setAccessibleName(f"{great.figure} {great.words}")
            self.update()

    def least_width(self) -> int:
        look = look_of(self)
        words = min(text_width(self._words, look, MUTED), look.px(_LEAST_WORDS))
        return max(text_width(self._great.figure, look, _FIGURE), words)

    def height_at(self, width: int) -> int:
        look = look_of(self)
        lines = wrapped_lines(self._words, width, look, MUTED, _MOST_LINES)
        return look.line("figure") + len(lines) * look.line()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        high, line = look.line("figure"), look.line()
        draw_text(painter, QRect(0, 0, self.width(), high), self._great.figure, look, _FIGURE)
        for at, words in enumerate(wrapped_lines(self._words, self.width(), look, MUTED, _MOST_LINES)):
            draw_text(painter, QRect(0, high + at * line, self.width(), line), words, look, MUTED)


class GreatFigures(QWidget):
    """In one row with a hairline between, or in several where they need it, in columns of one width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Today so far")
        self._cells: list[GreatFigure] = []
        self._rules: list[QRect] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_figures(self, figures: Sequence[Great]) -> None:
        while len(self._cells) < len(figures):
            self._cells.append(GreatFigure(self))
        for at, cell in enumerate(self._cells):
            is_shown = at < len(figures)
            cell.show_great(figures[at] if is_shown else Great("", ""))
            cell.setVisible(is_shown)
        self.updateGeometry()
        self._place()

    def _rows(self, width: int) -> tuple[list[list[GreatFigure]], int]:
        """The figures row by row, and how wide each is."""
        cells = [cell for cell in self._cells if not cell.isHidden()]
        if not cells:
            return [], width
        least = max(cell.least_width() for cell in cells)
        most = max(1, (width + _BETWEEN) // (least + _BETWEEN))
        rows = -(-len(cells) // most)
        columns = -(-len(cells) // rows)
        wide = (width + _BETWEEN) // columns - _BETWEEN
        return [cells[at : at + columns] for at in range(0, len(cells), columns)], wide

    def _arranged(self, width: int, *, place: bool) -> int:
        """The height of all at this width; and, if they are to be placed, that is done."""
        y = 0
        rules = []
        rows, wide = self._rows(width)
        for at, row in enumerate(rows):
            x = 0
            high = max(cell.height_at(wide) for cell in row)
            y += _BETWEEN_ROWS if at else 0
            for cell in row:
                if x:
                    rules.append(QRect(x - _APART - 1, y, 1, high))
                if place:
                    cell.setGeometry(x, y, wide, high)
                x += wide + _BETWEEN
            y += high
        if place and rules != self._rules:
            self._rules = rules
            self.update()
        return y

    def _place(self) -> None:
        self._arranged(max(1, self.width()), place=True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arranged(width, place=False)

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(960), self._arranged(max(1, self.width()), place=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = look_of(self).colour("line")
        for rule in self._rules:
            painter.fillRect(rule, colour)
