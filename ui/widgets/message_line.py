"""The bar at the bottom where the program speaks: one message, with the action beside it, and Undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolTip, QWidget

from ui.theme import Look, look_of
from ui.widgets.announcing import announce
from ui.widgets.key_button import KeyButton
from ui.widgets.painting import RING, Style, draw_icon, draw_text, text_width, wrapped_lines

Mood = Literal["plain", "late", "due-soon", "done"]

_ICONS: dict[Mood, tuple[str, str]] = {
    "late": ("late", "late"),
    "due-soon": ("due-soon", "due-soon"),
    "done": ("check", "in-time-text"),
}
_SIDE = 16
_ICON = 20
_ICON_GAP = 12
_DETAIL_GAP = 12
_BUTTON_GAP = 12
_HEIGHT = 64
_MOST_LINES = 6


class MessageLine(QFrame):
    """Says one thing at a time. What is said is announced to screen readers and stays until something else is.

    Edge to edge, 64 high; it grows rather than cut a sentence short.
    """

    def __init__(self, undo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Message")
        self._words = _Words(self)
        self._words.resized.connect(self._wear)
        self._actions: tuple[QAction, ...] = ()
        self._buttons: list[KeyButton] = []
        self.undo_button = KeyButton(undo, "flat", icon="undo")
        # A click leaves the focus where work goes on: it must not come to rest on Undo.
        self.undo_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rule = _Rule(self.undo_button, self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_SIDE, 7, _SIDE - RING, 6)
        self._row.setSpacing(_BUTTON_GAP - 2 * RING)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._rule)
        self._row.addWidget(self.undo_button)
        self._rule.setHidden(self.undo_button.isHidden())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._wear()

    def say(
        self,
        text: str,
        detail: str = "",
        state: Mood = "plain",
        actions: Sequence[QAction] = (),
    ) -> None:
        """Say a sentence, with what it rests on, and offer up to three actions.

        The same sentence said again is not announced again.
        """
        words = self._words
        if (text, detail, state, tuple(actions)) == (words.text, words.detail, words.mood, self._actions):
            return  # said anew with every view and every second: it is not laid out and painted again
        new = (text, detail) != (words.text, words.detail)
        words.set(text, detail, state)
        self._offer(tuple(actions))
        self.setAccessibleDescription(self.said())
        self._wear()
        if new and text:
            announce(self, self.said(), urgent=state in ("late", "due-soon"))

    def clear(self) -> None:
        """Nothing to say."""
        self.say("")

    def said(self) -> str:
        """The sentence and its detail, whole."""
        return f"{self._words.text} {self._words.detail}".strip()

    def state(self) -> Mood:
        return self._words.mood

    def action_buttons(self) -> tuple[KeyButton, ...]:
        """The buttons of the actions now offered, left to right."""
        return tuple(self._buttons)

    def _offer(self, actions: tuple[QAction, ...]) -> None:
        if actions == self._actions:
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._actions = actions
        self._buttons = [KeyButton(action) for action in actions]
        for at, button in enumerate(self._buttons, start=1):
            self._row.insertWidget(at, button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._wear()

    def _wear(self) -> None:
        """Never lower than a line of buttons, nor than the words need at this width: they are never squeezed."""
        margins = self._row.contentsMargins()
        height = look_of(self).row_height(_HEIGHT)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Visible):  # before, there is no width to reckon with
            words = self._words.heightForWidth(self._words.width())
            frame = self.height() - self.contentsRect().height()
            height = max(height, words + margins.top() + margins.bottom() + frame)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)


class _Rule(QWidget):
    """The upright hairline before Undo; gone with it."""

    def __init__(self, undo: KeyButton, parent: QWidget) -> None:
        super().__init__(parent)
        undo.installEventFilter(self)

    def eventFilter(self, undo: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setHidden(event.type() == QEvent.Type.HideToParent)
        return super().eventFilter(undo, event)

    def sizeHint(self) -> QSize:
        return QSize(19, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        middle = self.height() // 2
        QPainter(self).fillRect(9, middle - 16, 1, 32, look_of(self).colour("line"))


class _Words(QWidget):
    """Sentence and detail: in one line while they fit, else under each other, wrapped."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.detail = ""
        self.mood: Mood = "plain"
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, text: str, detail: str, mood: Mood) -> None:
        self.text, self.detail, self.mood = text, detail, mood
        self.setAccessibleName(f"{text} {detail}".strip())
        self.updateGeometry()
        self.update()

    def _styles(self) -> tuple[Style, Style]:
        return Style("lead", 600), Style(token="text-muted")

    def _indent(self, look: Look) -> int:
        return look.px(_ICON) + _ICON_GAP if self.mood in _ICONS else 0

    def _one_line(self, look: Look, width: int) -> bool:
        strong, muted = self._styles()
        detail = text_width(self.detail, look, muted) + _DETAIL_GAP if self.detail else 0
        return text_width(self.text, look, strong) + detail <= width

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = look_of(self)
        width -= self._indent(look)
        if self._one_line(look, width):
            return look.line("lead")
        strong, muted = self._styles()
        return len(wrapped_lines(self.text, width, look, strong, _MOST_LINES)) * look.line("lead") + len(
            wrapped_lines(self.detail, width, look, muted, _MOST_LINES)
        ) * look.line("base")

    def sizeHint(self) -> QSize:
        look = look_of(self)
        strong, muted = self._styles()
        width = self._indent(look) + text_width(self.text, look, strong)
        if self.detail:
            width += _DETAIL_GAP + text_width(self.detail, look, muted)
        return QSize(width, look.line("lead"))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(120), look.line("lead"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), f"{self.text} {self.detail}".strip(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        strong, muted = self._styles()
        area = self.rect()
        if self.mood in _ICONS:
            name, token = _ICONS[self.mood]
            draw_icon(painter, 0, area, name, look, token, _ICON)
        area.setLeft(self._indent(look))
        if self._one_line(look, area.width()):
            width = draw_text(painter, area, self.text, look, strong)
            area.setLeft(area.left() + width + _DETAIL_GAP)
            draw_text(painter, area, self.detail, look, muted)
            return
        rows = [(line, strong) for line in wrapped_lines(self.text, area.width(), look, strong, _MOST_LINES)]
        rows += [(line, muted) for line in wrapped_lines(self.detail, area.width(), look, muted, _MOST_LINES)]
        y = area.top() + (area.height() - sum(look.line(style.size) for _, style in rows)) // 2
        for line, style in rows:
            height = look.line(style.size)
            draw_text(painter, QRect(QPoint(area.left(), y), QSize(area.width(), height)), line, look, style)
            y += height
