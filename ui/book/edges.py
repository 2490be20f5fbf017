"""What stands still while the grid scrolls: the heads of the columns and the hours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ui.book.geometry import Geometry, Seen, to_seen
from ui.book.plan import Plan
from ui.theme import Look, look_of
from ui.widgets.painting import MUTED, STRONG, Style, draw_box, draw_text, elided, text_width

_AXIS = 56
_HEAD = 48
_SIDE = 8


def axis_width(look: Look) -> int:
    return max(_AXIS, text_width("12.42", look, STRONG) + 20, text_width("midday", look) + 2 * _SIDE + 2)


def head_height(look: Look) -> int:
    return max(_HEAD, 2 * look.line("base") + 8)


class Head(QWidget):
    """Names and services over the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._geometry: Geometry | None = None
        self._seen = Seen(0, 0)

    def show_plan(self, plan: Plan, geometry: Geometry, seen: Seen) -> None:
        changed = self._plan is None or self._plan.columns != plan.columns or self._plan.shown != plan.shown
        changed = changed or self._geometry is None or self._geometry.width != geometry.width
        self._plan, self._geometry = plan, geometry
        if changed or seen.right != self._seen.right or seen.mirrored != self._seen.mirrored:
            self.update()
        self._seen = seen

    def show_nothing(self) -> None:
        self._plan, self._geometry = None, None
        self.update()

    def _rects(self) -> list[QRect]:
        geometry = self._geometry
        if geometry is None or self._plan is None:
            return []
        rects = []
        for column in range(len(self._plan.columns)):
            left, right = geometry.column_edges(column)
            shown = to_seen(QRect(left, 0, right - left, self.height() - 1), self._seen)
            rects.append(QRect(shown.left(), 0, shown.width(), self.height() - 1))
        return rects

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._plan is not None:
            look = look_of(self)
            for rect, column in zip(self._rects(), self._plan.columns, strict=True):
                inner = rect.width() - 2 * _SIDE
                cut = elided(column.title, inner, look, STRONG) != column.title or (
                    elided(column.note, inner, look, MUTED) != column.note
                )
                if rect.contains(event.pos()) and cut:
                    QToolTip.showText(event.globalPos(), ", ".join(filter(None, (column.title, column.note))), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.colour("surface-raised"))
        if self._plan is None:
            return
        mirrored = self._seen.mirrored
        line = look.line("base")
        top = (self.height() - 2 * line) // 2
        today = self._plan.today() if len(self._plan.columns) and self._plan.shown.days > 1 else ()
        for at, (rect, column) in enumerate(zip(self._rects(), self._plan.columns, strict=True)):
            if not rect.intersects(event.rect()):
                continue
            edge = rect.right() if mirrored else rect.left()
            painter.fillRect(edge, 0, 1, self.height(), look.colour("line"))
            inner = rect.adjusted(_SIDE + 1, 0, -_SIDE, 0)
            upper = QRect(inner.left(), top, inner.width(), line)
            style = Style(weight=600, token="accent-text" if at in today else "text")
            draw_text(painter, upper, column.title, look, style, right=mirrored)
            draw_text(painter, upper.translated(0, line), column.note, look, MUTED, right=mirrored)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line-strong"))


class Axis(QWidget):
    """The hours, and the present time on the now-line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._geometry: Geometry | None = None
        self._seen = Seen(0, 0)
        self._now: tuple[int, str] | None = None

    def show_geometry(self, geometry: Geometry, seen: Seen) -> None:
        before = self._geometry
        same = before is not None and (before.hours_words(), before.height) == (
            geometry.hours_words(),
            geometry.height,
        )
        if not same or seen.down != self._seen.down or seen.mirrored != self._seen.mirrored:
            self.update()
        self._geometry, self._seen = geometry, seen

    def show_nothing(self) -> None:
        self._geometry, self._now = None, None
        self.update()

    def show_now(self, minute: int | None, words: str) -> None:
        """The present minute of the day, or None when today is not shown."""
        wanted = None if minute is None else (minute, words)
        if wanted == self._now:
            return
        for shown in (self._now, wanted):
            if shown is not None:
                self.update(self._label(shown[0]).adjusted(0, -2, 0, 2))
        self._now = wanted

    def now_words(self) -> str:
        return self._now[1] if self._now is not None else ""

    def _label(self, minute: int) -> QRect:
        if self._geometry is None:
            return QRect()
        height = look_of(self).line("base")
        y = self._geometry.y(minute) - self._seen.down
        return QRect(0, y - height // 2, self.width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        geometry = self._geometry
        look = look_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.colour("surface-raised"))
        if geometry is None:
            return
        mirrored = self._seen.mirrored
        line = look.line("base")
        label = self._label(self._now[0]) if self._now is not None else QRect()
        for minute, words in geometry.hours_words():
            y = geometry.y(minute) - self._seen.down
            area = QRect(_SIDE, y - line // 2, self.width() - 2 * _SIDE, line)
            if area.intersects(event.rect()) and not area.intersects(label):
                draw_text(painter, area, words, look, MUTED, right=not mirrored)
        if self._now is not None:
            pill = label.adjusted(6, 0, -4, 0)
            draw_box(painter, pill, look.colour("text"), None, 0, look.measure("radius", "control"))
            style = Style(weight=600, token="surface-raised")
            wide = text_width(self._now[1], look, style)
            left = pill.left() + (pill.width() - wide) // 2
            draw_text(painter, QRect(left, pill.top(), wide, pill.height()), self._now[1], look, style)
            middle = label.center().y()
            painter.fillRect(0 if mirrored else pill.right(), middle, 6, 2, look.colour("text"))
