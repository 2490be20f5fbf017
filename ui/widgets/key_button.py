"""Buttons that show their key."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QEnterEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.control_grid import ControlGrid
from ui.widgets.painting import (
    RING,
    Style,
    draw_box,
    draw_icon,
    draw_ring,
    draw_text,
    is_dashed,
    text_width,
    wrapped_lines,
)

Kind = Literal["plain", "main", "lean", "flat"]

_HEIGHTS: dict[Kind, str] = {"plain": "button", "main": "button_main", "lean": "button_lean", "flat": "button"}
_PADDING: dict[Kind, int] = {"plain": 13, "main": 17, "lean": 11, "flat": 5}
"""From the button's edge to its words, the border included."""
_KEY_GAP = 12
_TIGHT_PADDING = 8
_TIGHT_KEY_GAP = 5
_ICON_GAP = 8


def key_words(action: QAction) -> str:
    """The key of an action as the buttons show it: "F2", "Ctrl Z"."""
    shortcut = action.shortcut()
    if shortcut.isEmpty():
        return ""
    words = shortcut.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
    return words.replace("+", " ").strip()


class KeyButton(QPushButton):
    """Stands for a QAction: its words left, its key right, enabled and shown as the action is.

    Kinds: *plain*; *main*, the one accented action of a view, with a second line of explanation, which wraps its
    words and grows rather than cut them; *lean*, for headings; *flat*, without a border. `accent` gives a lean or
    plain button the accent. `key` is said where the key is the window's, which holds it for all of its pages. Every
    kind keeps :data:`~ui.widgets.painting.RING` pixels free inside its rectangle for the focus ring.
    """

    def __init__(
        self, action: QAction, kind: Kind = "plain", parent: QWidget | None = None, icon: str = "", key: str = ""
    ) -> None:
        super().__init__(parent)
        self._key_of_window = key
        self._action = action
        self._kind = kind
        self._icon_name = icon
        self._detail = ""
        self._accent = kind == "main"
        self._hovered = False
        self._wanted = True
        self._key_words = ""
        self._hints: tuple[Look, QSize, QSize] | None = None
        """Size and least size in a look: grids ask for them over and over."""
        self.addAction(action)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        horizontal = QSizePolicy.Policy.Expanding if kind == "main" else QSizePolicy.Policy.Preferred
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def action(self) -> QAction:
        """The action that this button stands for."""
        return self._action

    def set_detail(self, text: str) -> None:
        """The second line of a main button: who is next and why."""
        if text != self._detail:
            self._detail = text
            self._describe()
            self._size_changed()
            self.update()

    def detail(self) -> str:
        return self._detail

    def set_accent(self, on: bool) -> None:
        """Give (or take) the view's one accent."""
        if on != self._accent:
            self._accent = on
            self.update()

    def _follow(self) -> None:
        self.setText(self._action.text().replace("&", ""))
        self.setEnabled(self._action.isEnabled())
        if self._action.isVisible() != self._wanted:
            self._wanted = self._action.isVisible()
            self.setVisible(self._wanted)
        self.setToolTip(self._action.toolTip() if self._action.toolTip() != self._action.iconText() else "")
        self._key_words = self._key_of_window or key_words(self._action)
        self._describe()
        self._size_changed()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(self.text())
        parts = (self._detail, self._action.statusTip(), f"Key {self._key_words}" if self._key_words else "")
        self.setAccessibleDescription(". ".join(part.removesuffix(".") for part in parts if part))

    # -- size --

    def _label(self) -> Style:
        return Style(size="title" if self._kind == "main" else "base", weight=600)

    def _key(self) -> Style:
        return Style(size="title" if self._kind == "main" else "base")

    def _words_width(self, look: Look) -> int:
        icon = look.px(look.measure("size", "icon_button")) + _ICON_GAP if self._icon_name else 0
        return icon + text_width(self.text(), look, self._label())

    def _height(self, look: Look) -> int:
        floor = look.measure("size", _HEIGHTS[self._kind])
        if self._kind != "main":
            return look.row_height(floor) + 2 * RING
        lines = max(look.line("title") + look.line("base"), _rows_height(self._main_rows(look), look))
        return lines + floor - 48 + 2 * RING

    def _main_rows(self, look: Look) -> list[tuple[str, Style]]:
        """The lines of a main button at its present width: its words, then the detail."""
        key = text_width(self._key_words, look, self._key())
        width = self.width() - 2 * (RING + _PADDING["main"]) - (key + _KEY_GAP if key else 0)
        detail = Style()
        return [(line, self._label()) for line in wrapped_lines(self.text(), width, look, self._label())] + [
            (line, detail) for line in wrapped_lines(self._detail, width, look, detail)
        ]

    def sizeHint(self) -> QSize:
        return self._sizes()[0]

    def minimumSizeHint(self) -> QSize:
        return self._sizes()[1]

    def _sizes(self) -> tuple[QSize, QSize]:
        look = look_of(self)
        if self._hints is None or self._hints[0] is not look:
            words, key = self._words_width(look), text_width(self._key_words, look, self._key())
            least = min(words, look.px(180)) if self._kind == "main" else words
            free, height = 2 * _PADDING[self._kind] + 2 * RING, self._height(look)
            whole = words + (key + _KEY_GAP if key else 0)
            self._hints = (look, QSize(whole + free, height), QSize(least + free, height))
        return self._hints[1:]

    def _size_changed(self) -> None:
        self._hints = None
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._kind == "main" and event.size().width() != event.oldSize().width():
            self._size_changed()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    # -- painting --

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def _tokens(self) -> tuple[str, str, str, str]:
        """Ground, border, words and key by the button's state; an empty name paints nothing."""
        pressed = self.isDown() or self.isChecked()
        if not self.isEnabled():
            flat = self._kind == "flat"
            return ("" if flat else "disabled", "" if flat else "line", "on-disabled", "on-disabled")
        if self._accent:
            ground = "accent-pressed" if pressed else "accent-hover" if self._hovered else "accent"
            return (ground, "", "on-accent", "on-accent")
        ground = "surface-selected" if pressed else "surface-hover" if self._hovered else ""
        if self._kind == "flat":
            return (ground, "", "text", "text-muted")
        return (ground or "surface-raised", "line-strong", "text", "text-muted")

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        ground, border, words, key = self._tokens()
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        draw_box(
            painter,
            box,
            look.colour(ground) if ground else None,
            look.colour(border) if border else None,
            look.stroke("control"),
            look.measure("radius", "control"),
            dashed=is_dashed(self, look),
        )
        if self.hasFocus():
            draw_ring(painter, box, look)
        padding = _PADDING[self._kind]
        inner = box.adjusted(padding, 0, -padding, 0)
        if self._kind == "main":
            self._paint_main(painter, inner, look, words, key)
        else:
            self._paint_line(painter, inner, look, words, key)

    def _paint_line(self, painter: QPainter, inner: QRect, look: Look, words: str, key: str) -> None:
        label_rect = self._paint_key(painter, inner, look, key)
        x = label_rect.left()
        if self._icon_name:
            size = look.measure("size", "icon_button")
            x += draw_icon(painter, x, inner, self._icon_name, look, words, size) + _ICON_GAP
        label_rect.setLeft(x)
        draw_text(painter, label_rect, self.text(), look, Style(weight=600, token=words))

    def _paint_main(self, painter: QPainter, inner: QRect, look: Look, words: str, key: str) -> None:
        rows = self._main_rows(look)
        inner = self._paint_key(painter, inner, look, key)
        y = inner.top() + (inner.height() - _rows_height(rows, look)) // 2
        for line, style in rows:
            height = look.line(style.size)
            area = QRect(inner.left(), y, inner.width(), height)
            draw_text(painter, area, line, look, Style(style.size, style.weight, words))
            y += height

    def _paint_key(self, painter: QPainter, inner: QRect, look: Look, token: str) -> QRect:
        """The key at the right; what is left for the words. Where there is little room the padding gives way first,
        then the key: the words never do."""
        text = self._key_words
        if not text:
            return QRect(inner)
        style = self._key()
        width = text_width(text, look, style)
        gap = _KEY_GAP
        if self._kind != "main" and inner.width() < self._words_width(look) + gap + width:
            spare = _PADDING[self._kind] - _TIGHT_PADDING
            inner = inner.adjusted(-spare, 0, spare, 0)
            gap = _TIGHT_KEY_GAP
            if inner.width() < self._words_width(look) + gap + width:
                return inner.adjusted(spare, 0, -spare, 0)
        draw_text(painter, inner, text, look, Style(style.size, style.weight, token), right=True)
        return inner.adjusted(0, 0, -(width + gap), 0)


def _rows_height(rows: list[tuple[str, Style]], look: Look) -> int:
    return sum(look.line(style.size) for _, style in rows)


class KeyGrid(ControlGrid):
    """Key buttons in rows of equal columns."""

    def add(self, button: KeyButton) -> KeyButton:
        """Append a button; returns it."""
        self.add_control(button)
        return button

    def buttons(self) -> tuple[KeyButton, ...]:
        return tuple(control for control in self.controls() if isinstance(control, KeyButton))
