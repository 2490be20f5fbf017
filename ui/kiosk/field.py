"""The field above the on-screen keyboard: what has been typed, as it is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kiosk.dressing import Dress
from ui.kiosk.fields import place_of_next
from ui.kiosk.paragraph import Paragraph, text_width
from ui.kiosk.screens import Entry, Keys
from ui.widgets.painting import draw_box

_FIELD = {False: 120, True: 96}


class Field(QWidget):
    """Shows what has been typed. A PIN is shown as dots; a date in its parts, each with its name."""

    part_touched = Signal(int)
    """Day, month or year: which of the parts, from 0."""

    def __init__(self, entry: Entry, dress: Dress, parent: QWidget, label: str) -> None:
        super().__init__(parent)
        self._entry = entry
        self._dress = dress
        self._text = ""
        self._label = label
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_text("")

    def set_text(self, text: str) -> None:
        self._text = text
        shown = "•" * len(text) if self._entry.keys is Keys.PIN else f"{self._entry.before}{text}"
        self.setAccessibleName(self._label)
        self.setAccessibleDescription("" if self._entry.keys is Keys.PIN else shown)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress = self._dress
        if self._entry.parts:
            self._paint_parts(painter)
            return
        border, stroke = self._border()
        draw_box(painter, self.rect(), dress.colour("surface-raised"), dress.colour(border), stroke, dress.radius)
        shown = "•" * len(self._text) if self._entry.keys is Keys.PIN else f"{self._entry.before}{self._text}"
        inside = self.rect().adjusted(dress.fixed(24), 0, -dress.fixed(24), 0)
        font = dress.font(dress.pixels("choice"), 600, arabic=False)
        # A field of one line: of a long name the end is shown, where it goes on.
        while shown and text_width(shown + "|", font) > inside.width():
            shown = shown[1:]
        Paragraph(shown + "|", font, inside.width(), _way_of(shown, dress)).draw_in(
            painter, inside, dress.colour("text")
        )

    def _border(self) -> tuple[str, int]:
        """Token and width; the focus is seen."""
        return ("focus", self._dress.fixed(6)) if self.hasFocus() else ("text", self._dress.control)

    def _paint_parts(self, painter: QPainter) -> None:
        dress, start, at = self._dress, 0, place_of_next(self._text)
        label = dress.font(dress.pixels("text"))
        large = dress.font(dress.pixels("choice"), 600, arabic=False)
        for (name, length), column in zip(self._entry.parts, self._columns(), strict=True):
            width = column.width()
            words = Paragraph(name, label, width, dress.direction)
            place = column.adjusted(0, words.height, 0, 0)
            words.draw(painter, place.x(), 0, dress.colour("text-muted"))
            is_next = start <= at < start + length
            border, stroke = self._border() if is_next else ("line-strong", dress.control)
            draw_box(painter, place, dress.colour("surface-raised"), dress.colour(border), stroke, dress.radius)
            typed = self._text[start : start + length].rstrip() + ("|" if is_next else "")
            Paragraph(typed, large, width, Qt.LayoutDirection.LeftToRight, centred=True).draw_in(
                painter, place, dress.colour("text")
            )
            start += length

    def _columns(self) -> list[QRect]:
        """Where each part of a date stands, with its name."""
        dress = self._dress
        signs = sum(length for _, length in self._entry.parts)
        gap = dress.fixed(16)
        each = (self.width() - gap * (len(self._entry.parts) - 1)) / signs
        x, columns = 0.0, []
        # day, month and year stand in this order in every language that the kiosk speaks but Chinese
        for _, length in self._entry.parts:
            column = QRect(round(x), 0, round(each * length), self.height())
            if dress.is_right_to_left:
                column.moveLeft(self.width() - column.x() - column.width())
            columns.append(column)
            x += column.width() + gap
        return columns

    def place_of(self, part: int) -> QRect:
        """Where a part of a date is touched."""
        return self._columns()[part]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        part = next((part for part, place in enumerate(self._columns()) if place.contains(at)), None)
        if part is None:
            super().mousePressEvent(event)
        else:
            self.part_touched.emit(part)


def field_height(dress: Dress, entry: Entry) -> int:
    """How high a field is: it grows with the text."""
    high = max(dress.fixed(_FIELD[dress.is_wide]), dress.look.px(dress.pixels("choice") * 2))
    return high + dress.look.px(round(dress.pixels("text") * 1.5)) if entry.parts else high


def _way_of(text: str, dress: Dress) -> Qt.LayoutDirection:
    """A name runs as its own letters do."""
    first = next((sign for sign in text if sign.isalpha()), "")
    if not first:
        return dress.direction
    return Qt.LayoutDirection.RightToLeft if "\u0590" <= first <= "\u08ff" else Qt.LayoutDirection.LeftToRight
