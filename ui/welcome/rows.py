"""A question with its field, what is wrong beside it, facts to read, and words between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.welcome.arranged import GAP, Arranged, height_in, settle_round
from ui.widgets import RING, Paragraph
from ui.widgets.painting import MUTED, PLAIN, draw_icon, draw_text, text_width, wrapped_lines

Kind = Literal["fault", "word"]

_LABEL_WIDTH = 192
_CONTROL_WIDTH = 400
_ICONS: dict[Kind, tuple[str, str, str]] = {
    "fault": ("late", "late", "late-text"),
    "word": ("due-soon", "due-soon", "due-soon-text"),
}


class Sentence(Paragraph):
    """What is wrong with a field (*fault*), or worth a word (*word*): an icon and a sentence; hidden when empty."""

    def __init__(self, kind: Kind = "fault", parent: QWidget | None = None) -> None:
        self._icon_name, self._icon_token, token = _ICONS[kind]
        super().__init__("", token=token, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say it; an empty sentence hides the line."""
        if sentence != self.text():
            self.set_text(sentence)
            self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        settle_round(self)

    def _wear(self) -> None:
        super()._wear()
        left = RING + look_of(self).px(18) + 8
        if self.contentsMargins().left() != left:
            self.setContentsMargins(left, 0, RING, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = look_of(self)
        first = QRect(0, 0, self.width(), look.metrics().height())
        draw_icon(QPainter(self), RING, first, self._icon_name, look, self._icon_token)


class Row(Arranged):
    """One question: its label, its field, a muted word about it, and what is wrong with it.

    The label stands beside the field, above it where there is little room. `label` is also the field's name for
    screen readers, unless it has one. `wide` lets the field take all the room.
    """

    def __init__(
        self, label: str, field: QWidget, hint: str = "", *, suffix: str = "", width: int = _CONTROL_WIDTH
    ) -> None:
        super().__init__()
        self.field = field
        self._label = label
        self._suffix = suffix
        self._width = width
        if not field.accessibleName():
            field.setAccessibleName(label if not suffix else f"{label}, {suffix}")
        self.hint = Paragraph(hint, token="text-muted", parent=self)
        self.hint.setContentsMargins(RING, 0, RING, 6)
        self.hint.setVisible(bool(hint))
        self.sentence = Sentence(parent=self)
        # last: a field that places children of its own asks for its arrangement as soon as it stands here
        field.setParent(self)
        field.lower()

    def set_hint(self, words: str) -> None:
        self.hint.set_text(words)
        self.hint.setVisible(bool(words))
        self.settle()

    def _label_width(self, look: Look) -> int:
        return RING + look.px(_LABEL_WIDTH)

    def _is_narrow(self, width: int, look: Look) -> bool:
        return width < self._label_width(look) + look.px(280)

    def _left(self, width: int, look: Look) -> int:
        return 0 if self._is_narrow(width, look) else self._label_width(look)

    def arrangement(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        look = look_of(self)
        left = self._left(width, look)
        y = look.line("base") + 2 if self._is_narrow(width, look) else 0
        suffix = text_width(self._suffix, look, MUTED) + GAP if self._suffix else 0
        room = max(1, width - left)
        wide = min(room - suffix, look.px(self._width) + 2 * RING) if self._width else room
        height = height_in(self.field, wide)
        placed: list[tuple[QWidget, QRect]] = [(self.field, QRect(left, y, wide, height))]
        y += height
        for words in (self.sentence, self.hint):
            if not words.isHidden():
                high = height_in(words, room)
                placed.append((words, QRect(left, y, room, high)))
                y += high
        return placed, y

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        if self._is_narrow(self.width(), look):
            rect = QRect(RING, 0, self.width() - RING, look.line("base"))
        else:
            rect = QRect(RING, self.field.y(), self._label_width(look) - 12, self.field.height())
        draw_text(painter, rect, self._label, look, MUTED)
        if self._suffix:
            field = self.field.geometry()
            after = QRect(field.right() + 1 - RING + GAP, field.top(), self.width(), field.height())
            draw_text(painter, after, self._suffix, look, MUTED)


class Facts(QWidget):
    """What a document states: a form to read, a muted label and a value a row, hairlines between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        self._facts = tuple(facts)
        self.setAccessibleName(", ".join(f"{label}: {value}" for label, value in facts))
        self.setVisible(bool(facts))
        self.updateGeometry()
        self.update()

    def _label_width(self, look: Look) -> int:
        return max((text_width(label, look, MUTED) for label, _ in self._facts), default=0) + 16

    def _rows(self, width: int, look: Look) -> list[tuple[str, list[str]]]:
        room = width - 2 * RING - self._label_width(look)
        return [(label, wrapped_lines(value, room, look, PLAIN)) for label, value in self._facts]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = look_of(self)
        return sum(len(lines) * look.line("base") + 9 for _, lines in self._rows(width, look)) + 1

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(400), self.heightForWidth(look.px(400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(160), 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        line = look.line("base")
        label_width = self._label_width(look)
        y = 0
        for label, lines in self._rows(self.width(), look):
            painter.fillRect(RING, y, self.width() - 2 * RING, 1, look.colour("line"))
            y += 5
            draw_text(painter, QRect(RING, y, label_width, line), label, look, MUTED)
            for words in lines:
                draw_text(painter, QRect(RING + label_width, y, self.width(), line), words, look)
                y += line
            y += 4
        painter.fillRect(RING, y, self.width() - 2 * RING, 1, look.colour("line"))


def part(text: str, *, top: int = 16) -> Paragraph:
    """A heading inside a section."""
    words = Paragraph(text, "lead", 600)
    words.setContentsMargins(RING, top, RING, 6)
    return words


def remark(text: str) -> Paragraph:
    """A muted paragraph inside a section."""
    words = Paragraph(text, token="text-muted")
    words.setContentsMargins(RING, 0, RING, 8)
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return words
