"""Big choices of two lines, each with its figure as its key: slots, and appointments that were found."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.control_grid import ControlGrid
from ui.widgets.painting import MUTED, RING, STRONG, Style, draw_box, draw_icon, draw_ring, draw_text, text_width
from ui.widgets.painting import wrapped_lines as wrapped

_SIDE = 12
_ROOM = 8
_MOST_LINES = 3


class Pick(Struct, frozen=True):
    """One choice: its id, its words, and the line under them."""

    id: str
    words: str
    detail: str = ""


class _PickButton(QRadioButton):
    def __init__(self, pick: Pick, key: str) -> None:
        super().__init__(pick.words)
        self._pick = pick
        self.key = key
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{pick.words}, {pick.detail}" if pick.detail else pick.words)
        self.setAccessibleDescription(f"Key {key}" if key else "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lines(self, look: Look) -> list[tuple[str, Style]]:
        key = text_width(self.key, look, MUTED) + 12 if self.key else 0
        width = self.width() - 2 * (RING + _SIDE) - key - (look.px(18) + 8)
        lines = [(line, STRONG) for line in wrapped(self._pick.words, width, look, STRONG, _MOST_LINES)]
        return lines + [(line, MUTED) for line in wrapped(self._pick.detail, width, look, MUTED, _MOST_LINES)]

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(220), len(self._lines(look)) * look.line() + 2 * (_ROOM + RING))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(140), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        chosen, mirrored = self.isChecked(), self.isRightToLeft()
        ground = "surface-selected" if chosen else "surface-hover" if self.underMouse() else "surface-raised"
        border = "accent-text" if chosen else "line-strong"
        stroke = look.stroke("focus_row") if chosen else look.stroke("control")
        draw_box(painter, box, look.colour(ground), look.colour(border), stroke, look.measure("radius", "control"))
        if self.hasFocus():
            draw_ring(painter, box, look)
        inner = box.adjusted(_SIDE, 0, -_SIDE, 0)
        lines = self._lines(look)
        height = look.line()
        y = box.top() + (box.height() - len(lines) * height) // 2
        first = QRect(inner.left(), y, inner.width(), height)
        draw_text(painter, first, self.key, look, MUTED, right=not mirrored)
        edge = look.px(18)
        if chosen:
            draw_icon(painter, inner.right() - edge if mirrored else inner.left(), first, "check", look, "accent-text")
        indent = edge + 8
        area = first.adjusted(0, 0, -indent, 0) if mirrored else first.adjusted(indent, 0, 0, 0)
        for words, style in lines:
            draw_text(painter, area, words, look, style, right=mirrored)
            area = area.translated(0, height)


class PickList(ControlGrid):
    """One of several, under each other. A figure chooses while the focus is here; the arrow keys move the choice."""

    changed = Signal(str)
    """The id now chosen."""
    picked = Signal(str)
    """An id was chosen by key or click."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(1, parent=parent)
        self.setAccessibleName(label)
        self._picks: tuple[Pick, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._group.idClicked.connect(lambda at: self.picked.emit(self._picks[at].id))

    def set_picks(self, picks: Sequence[Pick], *, choose_first: bool = False) -> None:
        """Replace the choices; what was chosen stays chosen where it is still offered."""
        if tuple(picks) == self._picks:
            return
        chosen, focused = self.value(), any(button.hasFocus() for button in self._group.buttons())
        for button in self._group.buttons():
            self._group.removeButton(button)
        self.clear()
        self._picks = tuple(picks)
        for at, pick in enumerate(self._picks):
            made = _PickButton(pick, str(at + 1) if at < 9 else "")
            self._group.addButton(made, at)
            self.add_control(made)
        wanted = chosen if any(pick.id == chosen for pick in self._picks) else ""
        if not wanted and choose_first and self._picks:
            wanted = self._picks[0].id
        if wanted:
            self.set_value(wanted)
        if focused:
            self.setFocus()

    def picks(self) -> tuple[Pick, ...]:
        return self._picks

    def value(self) -> str:
        """The id that is chosen, or an empty string."""
        at = self._group.checkedId()
        return self._picks[at].id if 0 <= at < len(self._picks) else ""

    def set_value(self, pick_id: str) -> None:
        for at, pick in enumerate(self._picks):
            if pick.id == pick_id:
                self._group.button(at).setChecked(True)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        button = self._group.checkedButton() or next(iter(self._group.buttons()), None)
        if button is not None:
            button.setFocus(reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            for button in self._group.buttons():
                if isinstance(button, _PickButton) and button.key and button.key == event.text():
                    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    button.click()
                    return True
        return super().eventFilter(watched, event)

    def _toggled(self, at: int, on: bool) -> None:
        if on and at < len(self._picks):
            self.changed.emit(self._picks[at].id)
