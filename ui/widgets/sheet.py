"""Sheets and the form rows on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayoutItem, QSizePolicy, QStyle, QVBoxLayout, QWidget

from ui.needed import NeedItem
from ui.theme import look_of
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import ElidingLabel, NeedsLabel
from ui.widgets.painting import MUTED, RING, draw_text, text_width

PADDING = 16
_HEADING = 56
_HEADING_LEAN = 48
_TITLE_GAP = 12
_BUTTON_GAP = 12
_LABEL_WIDTH = 88
_VALUE_LINES = 3
_CORNER = 3
"""What a list leaves free at the bottom, so that it does not cover the sheet's round corners."""


class Sheet(QFrame):
    """A raised sheet: a heading row (title, note, buttons at the right) and a body.

    The body has no margins of its own: a list reaches the sheet's edges; form rows and buttons are put in
    :meth:`padded` layouts. `lean` headings are lower and smaller, for strips. A note that can't stand whole beside the
    title stands below it; one that `gives_way` is left out.
    """

    def __init__(
        self, title: str, note: str = "", *, lean: bool = False, gives_way: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lean = lean
        self._note_gives_way = gives_way
        self.title = ElidingLabel(title, "lead" if lean else "title", 600)
        self._note_words = note
        self.note = ElidingLabel(note, token="text-muted")
        self._note_below = ElidingLabel(token="text-muted", lines=_VALUE_LINES)
        self.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

        self._heading_row = QWidget()
        self._heading = QHBoxLayout(self._heading_row)
        self._heading.setContentsMargins(PADDING, 0, PADDING - RING, 0)
        self._heading.setSpacing(0)
        self._heading.addWidget(self.title)
        self._heading.addSpacing(_TITLE_GAP)
        self._heading.addWidget(self.note, 1)
        self._wear()

        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)  # the style's border is kept free as it is
        outer.setSpacing(0)
        outer.addWidget(self._heading_row)
        self._note_row = QWidget()
        beneath = QVBoxLayout(self._note_row)
        beneath.setContentsMargins(PADDING, 0, PADDING, 8)
        beneath.addWidget(self._note_below)
        self._note_row.hide()
        outer.addWidget(self._note_row)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, _CORNER)
        self.body.setSpacing(0)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        self.title.set_text(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """The muted words after the title."""
        self._note_words = note
        self._place_note()

    def add_button(self, button: KeyButton) -> KeyButton:
        """A button at the right of the heading, twelve pixels from the one before it."""
        if self._heading.count() > 3:
            self._heading.addSpacing(_BUTTON_GAP - 2 * RING)
        self._heading.addWidget(button)
        return button

    def add_heading_widget(self, widget: QWidget) -> None:
        """Something else at the right of the heading."""
        self._heading.addWidget(widget)
        self._heading.addSpacing(RING)

    def padded(self, *, rings: bool = False) -> QVBoxLayout:
        """A layout at the end of the body with the sheet's padding at its sides.

        `rings`: for controls, whose own free pixels count as part of the padding.
        """
        layout = QVBoxLayout()
        side = PADDING - RING if rings else PADDING
        layout.setContentsMargins(side, 0, side, 0)
        layout.setSpacing(0)
        self.body.addLayout(layout)
        return layout

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._wear()
        self._place_note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    def _place_note(self) -> None:
        """The note goes under the title, or gives way, where it can't stand whole beside it."""
        others = [self._heading.itemAt(at) for at in range(3, self._heading.count())]
        taken = sum(_width_of(other) for other in others if other is not None)
        room = self.width() - 2 * PADDING - self.title.sizeHint().width() - _TITLE_GAP + RING - taken
        too_long = bool(self._note_words) and text_width(self._note_words, look_of(self), MUTED) > room
        below = too_long and not self._note_gives_way
        self.note.set_text("" if too_long else self._note_words)
        self._note_below.set_text(self._note_words if below else "")
        self._note_row.setVisible(below)

    def _wear(self) -> None:
        height = look_of(self).row_height(_HEADING_LEAN if self._lean else _HEADING)
        # the line at the top belongs to the sheet; the heading is measured with it
        self._heading_row.setFixedHeight(height)


def _width_of(item: QLayoutItem) -> int:
    """What it takes at the text size of now; the layout itself may still remember that of before."""
    widget: QWidget | None = item.widget()
    if widget is None:
        return item.sizeHint().width()
    return 0 if widget.isHidden() else widget.sizeHint().width()


class FormRow(QWidget):
    """A row of a paper form: a muted label, a value, a hairline above (and below the last row). `among`: the labels of
    all rows that it stands among, where one may be wide: their values stand under each other."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        last: bool = False,
        among: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = label
        self._labels = (label, *among)
        self._last = last
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 1, 0, 1 if last else 0)
        self._layout.setSpacing(0)
        self._value: QWidget = ElidingLabel(value, lines=_VALUE_LINES)
        self._layout.addWidget(self._value)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(value)
        self._wear()

    def set_text(self, text: str) -> None:
        """A line of text as the value."""
        if not isinstance(self._value, ElidingLabel):
            self.set_widget(ElidingLabel(lines=_VALUE_LINES))
        if isinstance(self._value, ElidingLabel):
            self._value.set_text(text)
        self.setAccessibleName(f"{self._label}: {text}" if text else self._label)

    def set_needs(self, items: tuple[NeedItem, ...]) -> None:
        """Needs as the value."""
        if not isinstance(self._value, NeedsLabel):
            self.set_widget(NeedsLabel())
        if isinstance(self._value, NeedsLabel):
            self._value.set_items(items)
        self.setAccessibleName(f"{self._label}: {', '.join(item.full for item in items)}")

    def set_widget(self, widget: QWidget) -> None:
        """Any widget as the value; the one before is deleted."""
        self._layout.replaceWidget(self._value, widget)
        self._value.deleteLater()
        self._value = widget

    def value(self) -> QWidget:
        return self._value

    def sizeHint(self) -> QSize:
        height = max(look_of(self).row_height(32), self._value.sizeHint().height() + 2)
        width = self._label_width() + self._value.sizeHint().width()
        return QSize(width, height + (1 if self._last else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label_width() + self._value.minimumSizeHint().width(), self.sizeHint().height())

    def _label_width(self) -> int:
        look = look_of(self)
        return max(look.px(_LABEL_WIDTH), *(text_width(label, look, MUTED) + 12 for label in self._labels))

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._wear()

    def _wear(self) -> None:
        margins = self._layout.contentsMargins()
        left, right = (0, self._label_width()) if self.isRightToLeft() else (self._label_width(), 0)
        margins.setLeft(left)
        margins.setRight(right)
        if margins != self._layout.contentsMargins():
            self._layout.setContentsMargins(margins)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        line = look.colour("line")
        painter.fillRect(0, 0, self.width(), 1, line)
        if self._last:
            painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        row = self.rect().adjusted(0, 1, 0, -1 if self._last else 0)
        row.setWidth(self._label_width() - 8)
        row = QStyle.visualRect(self.layoutDirection(), self.rect(), row)
        draw_text(painter, row, self._label, look, MUTED, right=self.isRightToLeft())
