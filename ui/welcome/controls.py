"""Small controls that the settings need beside the house's own, painted from the same tokens."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QRadioButton, QSizePolicy, QWidget

from reception.domain.languages import visitor_language
from ui.theme import Look, look_of
from ui.widgets import RING, PinEdit
from ui.widgets.drop import draw_chevron
from ui.widgets.painting import MUTED, Style, draw_box, draw_icon, draw_ring, draw_text, is_dashed, wrapped_lines


class KeptPinEdit(PinEdit):
    """The PIN of a new member of staff: it waits in its field while other sections are open.

    Whoever shows the field empties it (:meth:`clear`) as soon as it was saved or given up.
    """

    def hideEvent(self, event: QHideEvent) -> None:
        QLineEdit.hideEvent(self, event)


def write_as(field: QWidget, tag: str) -> None:
    """Let a field be written in the direction of a language of visitors."""
    is_right_to_left = visitor_language(tag).is_right_to_left
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight)


class IconButton(QPushButton):
    """A small square button that only shows an icon; its name is in its tool tip and for screen readers."""

    def __init__(self, icon: str, name: str, *, turned: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._turned = turned
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str, key: str = "") -> None:
        """`key` does the same with Alt, in the line that the button stands in."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"Key Alt {key}" if key else "")
        self.setToolTip(f"{name} (Alt with the {key} key)" if key else name)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        edge = look.row_height(look.measure("size", "button_lean")) + 2 * RING
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        enabled = self.isEnabled()
        held = "surface-selected" if self.isDown() else "surface-hover" if self.underMouse() else "surface-raised"
        draw_box(
            painter,
            box,
            look.colour(held if enabled else "disabled"),
            look.colour("line-strong" if enabled else "line"),
            look.stroke("control"),
            look.measure("radius", "control"),
            dashed=is_dashed(self, look),
        )
        if self.hasFocus():
            draw_ring(painter, box, look)
        token = "text" if enabled else "on-disabled"
        if self._icon_name == "down":
            draw_chevron(painter, box, look, token, self._turned, 16)
        else:
            edge = look.px(16)
            draw_icon(painter, box.left() + (box.width() - edge) // 2, box, self._icon_name, look, token, 16)


class Option(QRadioButton):
    """One of several, with a sentence that says what it means."""

    def __init__(self, name: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._sentence = sentence
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _indent(self, look: Look) -> int:
        return RING + look.px(18) + 10

    def _lines(self, width: int, look: Look) -> list[str]:
        return wrapped_lines(self._sentence, width - self._indent(look) - RING - 4, look, MUTED, 6)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = look_of(self)
        return (1 + len(self._lines(width, look))) * look.line("base") + 2 * RING + 6

    def sizeHint(self) -> QSize:
        look = look_of(self)
        width = look.px(480)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(200), 2 * look.line("base") + 2 * RING)

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        line = look.line("base")
        top = RING + 3
        paint_radio(self, painter, QRect(RING, top, look.px(18), line), look)
        if self.hasFocus():
            draw_ring(painter, self.rect().adjusted(RING, RING, -RING, -RING), look)
        rect = QRect(self._indent(look), top, self.width() - self._indent(look) - RING - 4, line)
        draw_text(painter, rect, self._name, look, Style(weight=600 if self.isChecked() else 400))
        for words in self._lines(self.width(), look):
            rect.translate(0, line)
            draw_text(painter, rect, words, look, MUTED)


def paint_radio(button: QAbstractButton, painter: QPainter, rect: QRect, look: Look) -> None:
    """A round mark in the middle of `rect`, filled when the button is chosen."""
    edge = look.px(18)
    round_ = QRect(rect.left() + 1, rect.top() + (rect.height() - edge) // 2, edge, edge)
    ground = "surface-hover" if button.underMouse() else "surface-raised"
    chosen = button.isChecked()
    border = "accent" if chosen else "line-strong"
    stroke = max(2 if chosen else 1, look.stroke("control"))
    draw_box(painter, round_, look.colour(ground), look.colour(border), stroke, edge / 2)
    if chosen:
        inset = round(edge * 0.28)
        dot = round_.adjusted(inset, inset, -inset, -inset)
        draw_box(painter, dot, look.colour("accent"), None, 0, dot.width() / 2)
