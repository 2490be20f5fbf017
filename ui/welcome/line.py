"""A line of a table: cells in columns, what is wrong with them, and a part that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Look, look_of
from ui.welcome.arranged import GAP, Arranged, height_in
from ui.welcome.rows import Sentence
from ui.widgets import RING
from ui.widgets.painting import MUTED, draw_text


@dataclass(frozen=True, slots=True)
class Cell:
    """One field in a line of a table: what is written above it, how wide it is at 100 %, whether it takes more."""

    widget: QWidget
    label: str
    width: int
    stretch: int = 0
    plain: bool = False
    """Words, not a control: they have no free pixels of their own."""
    glued: bool = False
    """Always in one row with the cell before it."""


class Line(Arranged):
    """One line of a table, with what is wrong with it under it, and a part that can be opened.

    All lines of a table have the same cells, so that their columns stand under each other. The first line carries
    the labels; where the cells need more than one row, every line does.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: list[Cell] = []
        self.sentence = Sentence(parent=self)
        self.word = Sentence("word", parent=self)
        self.more: QWidget | None = None
        self._first = False
        self.setAccessibleName(name)

    def add_cell(
        self,
        widget: QWidget,
        label: str,
        width: int,
        stretch: int = 0,
        *,
        plain: bool = False,
        glued: bool = False,
    ) -> None:
        widget.setParent(self)
        self.cells.append(Cell(widget, label, width, stretch, plain, glued))

    def set_more(self, widget: QWidget) -> None:
        """What opens under the line; it is hidden at first."""
        widget.setParent(self)
        widget.hide()
        self.more = widget

    def set_first(self, first: bool) -> None:
        if first != self._first:
            self._first = first
            self.settle()
            self.update()

    def _rows(self, width: int, look: Look) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[]]
        taken = 2 * RING
        for group in self._groups():
            wide = sum(look.px(cell.width) + GAP for cell in group)
            if rows[-1] and taken + wide - GAP > width:
                rows.append([])
                taken = 2 * RING
            rows[-1] += group
            taken += wide
        return rows

    def _groups(self) -> list[list[Cell]]:
        """The shown cells, those together that stay together."""
        groups: list[list[Cell]] = []
        for cell in self.cells:
            if cell.widget.isHidden():
                continue
            if cell.glued and groups:
                groups[-1].append(cell)
            else:
                groups.append([cell])
        return groups

    def arrangement(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        look = look_of(self)
        rows = self._rows(width, look)
        labelled = self._first or len(rows) > 1
        placed: list[tuple[QWidget, QRect]] = []
        y = 0
        for row in rows:
            if labelled and any(cell.label for cell in row):
                y += look.line("base")
            high = max((cell.widget.sizeHint().height() for cell in row), default=0)
            for cell, (x, wide) in zip(row, _spread(row, width, look), strict=True):
                own = min(high, cell.widget.sizeHint().height())
                inset = RING if cell.plain else 0
                placed.append((cell.widget, QRect(x + inset, y + (high - own) // 2, wide - 2 * inset, own)))
            y += high
        for words in (self.sentence, self.word, self.more):
            if words is not None and not words.isHidden():
                high = height_in(words, width)
                placed.append((words, QRect(0, y, width, high)))
                y += high
        return placed, y

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        rows = self._rows(self.width(), look)
        if not self._first and len(rows) < 2:
            return
        painter = QPainter(self)
        line = look.line("base")
        places = {id(widget): rect for widget, rect in self.arrangement(self.width())[0]}
        for row in rows:
            top = min(places[id(cell.widget)].top() for cell in row)
            for cell in row:
                left = places[id(cell.widget)].left() + RING
                draw_text(painter, QRect(left, top - line, look.px(cell.width), line), cell.label, look, MUTED)


def _spread(row: Sequence[Cell], width: int, look: Look) -> list[tuple[int, int]]:
    """(x, width) of each cell's widget, its free pixels included."""
    taken = 2 * RING + sum(look.px(cell.width) for cell in row) + GAP * (len(row) - 1)
    spare = max(0, width - taken)
    shares = sum(cell.stretch for cell in row)
    x = 0
    places = []
    for cell in row:
        wide = look.px(cell.width) + (spare * cell.stretch // shares if shares else 0)
        wide = min(wide, width - 2 * RING)
        places.append((x, wide + 2 * RING))
        x += wide + GAP
    return places
