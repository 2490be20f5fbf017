"""What is touched at a kiosk: it acts when a finger leaves it, and not when the finger has moved off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.kiosk.dressing import FAMILIES, RING_ROOM, Dress, Size
from ui.kiosk.paragraph import Paragraph, on_one_line, text_width
from ui.kiosk.screens import Choice
from ui.scripts import family_of
from ui.widgets.painting import draw_box

_PADDING = 32
_ICON_GAP = 24
_BOX = 40
_LINES = 2
"""A label of more of them, in half a row, is set smaller."""
_NARROW = 240
"""A key, or a button between others: it keeps less room beside its words."""


class KioskButton(QPushButton):
    """A choice, or one of the buttons that stand on every screen. `may_press` says whether a touch counts now.

    Round its border it keeps room for the focus ring; a touch there is none.
    """

    def __init__(
        self,
        choice: Choice,
        dress: Dress,
        parent: QWidget,
        may_press: Callable[[], bool],
        *,
        size: Size = "choice",
        centred: bool = False,
        is_key: bool = False,
        arabic: bool | None = None,
    ) -> None:
        super().__init__(parent)
        self.choice = choice
        self._dress = dress
        self._may_press = may_press
        self._size: Size = size
        self._centred = centred
        self._floor = 0.45 if is_key else 0.7
        """How much smaller words may be to stand on one line: a key doesn't grow with its words."""
        self._arabic = arabic
        self._family = (FAMILIES.get(choice.language) or family_of(choice.language)) if choice.language else None
        self._direction = dress.direction if arabic is None else _direction(arabic)
        self._texts: tuple[Paragraph, Paragraph, Paragraph] | None = None
        self._for_width = -1
        self.setText(choice.label.replace("&", "&&"))
        self.setAccessibleName(choice.label)
        self.setAccessibleDescription(". ".join(part for part in (choice.line, choice.aside) if part))
        self.setCheckable(choice.ticked is not None)
        self.setChecked(bool(choice.ticked))
        self.setEnabled(choice.enabled)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # -- touch and keys ------------------------------------------------------------------------------------------

    def hitButton(self, at: QPoint) -> bool:
        return self.inner().contains(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._may_press():
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def nextCheckState(self) -> None:
        """Whoever made the choice says whether it is ticked."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A scanner types as well, and must not press what has the focus: the window tells one from the other.
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    # -- size ----------------------------------------------------------------------------------------------------

    def inner(self) -> QRect:
        """The button without the room for its ring."""
        room = self._dress.fixed(RING_ROOM)
        return self.rect().adjusted(room, room, -room, -room)

    def put(self, rect: QRect) -> None:
        """Stand with the border along `rect`."""
        room = self._dress.fixed(RING_ROOM)
        self.setGeometry(rect.adjusted(-room, -room, room, room))

    def height_in(self, width: int, least: int) -> int:
        """How high the button is when it is so wide."""
        label, line, aside = self._laid_out(width)
        return max(
            least,
            max(label.height + line.height, aside.height) + 2 * self._dress.fixed(10 if self._dress.is_wide else 16),
        )

    def least_width(self) -> int:
        """So wide that its label stands on one line."""
        font = self._dress.font(self._dress.pixels(self._size), 600, arabic=self._arabic, family=self._family)
        return text_width(self.choice.label, font) + self._icon_width() + self._dress.fixed(2 * 24)

    def _icon_width(self) -> int:
        near = self._centred or self._dress.is_wide
        return self._icon_edge() + self._dress.fixed(16 if near else _ICON_GAP) if self.choice.icon else 0

    def _icon_edge(self) -> int:
        return self._dress.look.px(self._icon_size())

    def _icon_size(self) -> int:
        pixels = self._dress.pixels(self._size)
        return pixels if self._size == "text" or self._centred else round(pixels * 1.1)

    def _padding(self, width: int) -> int:
        if width < self._dress.fixed(_NARROW):
            return self._dress.fixed(8)
        return self._dress.fixed(24 if self._centred or self._dress.is_wide else _PADDING)

    def _box_width(self) -> int:
        return self._dress.fixed(_BOX + _ICON_GAP) if self.choice.ticked is not None else 0

    def _laid_out(self, width: int) -> tuple[Paragraph, Paragraph, Paragraph]:
        """Label, line and what stands at the far end, for a width of the whole button."""
        if self._texts is not None and self._for_width == width:
            return self._texts
        dress, choice = self._dress, self.choice
        padding = self._padding(width)
        room = width - 2 * padding - self._icon_width() - self._box_width()
        # Line and aside are in the visitor's language, whatever the label is in.
        small = dress.font(dress.pixels("text"), arabic=self._arabic)
        aside_width = min(text_width(choice.aside, small) if choice.aside else 0, room * 2 // 5)
        aside = Paragraph(choice.aside, small, aside_width, self._direction, at_end=True)
        room -= aside_width + (dress.fixed(16) if aside_width else 0)
        large = dress.font(dress.pixels(self._size), 600, arabic=self._arabic, family=self._family)
        if self._centred:
            large = on_one_line(choice.label, large, room, self._floor)
        label = Paragraph(choice.label, large, room, self._direction)
        if label.lines > _LINES and choice.half and dress.is_roomy:
            smaller = dress.font(round(dress.pixels(self._size) * 0.8), 600, arabic=self._arabic, family=self._family)
            label = Paragraph(choice.label, smaller, room, self._direction)
        if self._centred:
            tight = min(room, round(label.natural_width) + 2)
            label = Paragraph(choice.label, large, tight, self._direction, centred=True)
        line = Paragraph(choice.line, small, room, self._direction)
        self._texts, self._for_width = (label, line, aside), width
        return self._texts

    # -- paint -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress, choice, inner = self._dress, self.choice, self.inner()
        ground, border, _, _ = self._colours()
        stroke = dress.fixed(dress.look.stroke("selected")) if choice.ticked or self.isDown() else dress.control
        if choice.main and not self.isDown():
            stroke = 0
        draw_box(painter, inner, dress.colour(ground), dress.colour(border), stroke, dress.radius)
        if self.hasFocus():
            self._draw_ring(painter, inner)
        self._draw_words(painter, inner)

    def _draw_words(self, painter: QPainter, inner: QRect) -> None:
        """What stands on the button: icon, label, line, what is at the far end, and a tick."""
        dress, choice = self._dress, self.choice
        _, _, words, muted = self._colours()
        label, line, aside = self._laid_out(inner.width())
        padding = self._padding(inner.width())
        from_left = self._direction == Qt.LayoutDirection.LeftToRight
        used = self._icon_width() + label.width
        start = (inner.width() - used) // 2 if self._centred else padding
        if choice.icon:
            edge = self._icon_edge()
            at = inner.x() + start if from_left else inner.right() + 1 - start - edge
            name = _mirrored(choice.icon) if not from_left else choice.icon
            picture = dress.look.pixmap(name, words, self._icon_size(), self.devicePixelRatioF())
            painter.drawPixmap(QPoint(at, inner.y() + (inner.height() - edge) // 2), picture)
        start += self._icon_width()
        top = inner.y() + (inner.height() - label.height - line.height) // 2
        x = inner.x() + start if from_left else inner.right() + 1 - start - label.width
        label.draw(painter, x, top, dress.colour(words))
        x = inner.x() + start if from_left else inner.right() + 1 - start - line.width
        line.draw(painter, x, top + label.height, dress.colour(muted))
        far = padding + self._box_width()
        x = inner.right() + 1 - far - aside.width if from_left else inner.x() + far
        aside.draw(painter, x, inner.y() + (inner.height() - aside.height) // 2, dress.colour(words))
        if choice.ticked is not None:
            self._draw_tick(painter, inner, from_left=from_left, padding=padding)

    def _colours(self) -> tuple[str, str, str, str]:
        """Ground, border, words and quieter words."""
        if not self.isEnabled():
            return "disabled", "line", "on-disabled", "on-disabled"
        if self.choice.main:
            return ("accent-pressed" if self.isDown() else "accent"), "focus", "on-accent", "on-accent"
        if self.choice.ticked or self.isDown():
            return "accent-soft", "accent", "text", "text-muted"
        return "surface-raised", "line-strong", "text", "text-muted"

    def _draw_ring(self, painter: QPainter, inner: QRect) -> None:
        dress = self._dress
        gap, ring = dress.fixed(3), dress.fixed(4)
        near = inner.adjusted(-gap, -gap, gap, gap)
        draw_box(painter, near, None, dress.colour("focus-gap"), gap, dress.radius + gap)
        far = near.adjusted(-ring, -ring, ring, ring)
        draw_box(painter, far, None, dress.colour("focus"), ring, dress.radius + gap + ring)

    def _draw_tick(self, painter: QPainter, inner: QRect, *, from_left: bool, padding: int) -> None:
        dress, edge = self._dress, self._dress.fixed(_BOX)
        x = inner.right() + 1 - padding - edge if from_left else inner.x() + padding
        box = QRect(x, inner.y() + (inner.height() - edge) // 2, edge, edge)
        on = bool(self.choice.ticked)
        ground, border = ("accent", "accent") if on else ("surface-raised", "line-strong")
        draw_box(painter, box, dress.colour(ground), dress.colour(border), dress.control, dress.fixed(4))
        if on:
            picture = dress.look.pixmap("check", "on-accent", 28, self.devicePixelRatioF())
            side = dress.look.px(28)
            if side > edge:
                picture = picture.scaledToHeight(
                    round(dress.fixed(28) * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation
                )
                side = dress.fixed(28)
            painter.drawPixmap(QPoint(box.x() + (edge - side) // 2, box.y() + (edge - side) // 2), picture)


def _mirrored(icon: str) -> str:
    """Arrows point the other way where words run from the right; clocks and letters don't turn."""
    return {"arrow-left": "arrow-right", "arrow-right": "arrow-left"}.get(icon, icon)


def _direction(is_right_to_left: bool) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
