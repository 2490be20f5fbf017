"""The book as it is seen: what stands still, what scrolls, and how little of it is painted anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reception.clock import MINUTE, Instant
from ui.book.block_painting import paint_cursor, paint_free, paint_ghost
from ui.book.columns import By
from ui.book.edges import Axis, Head, axis_width, head_height
from ui.book.faces import Face, face_of, face_of_hold
from ui.book.geometry import Geometry, Seen, to_content, to_seen
from ui.book.plan import Block, Plan
from ui.book.plan_painting import Painted, paint_plan
from ui.book.walking import Ghost, Spot
from ui.moments import short_time
from ui.theme import look_of
from ui.widgets.viewport import give_viewport

_LEAST = 96
"""Pixels of hours that are always in sight, however large the words are: the rest is scrolled."""


class BookSurface(QAbstractScrollArea):
    """Shows a plan, with a cursor and a ghost where there is one. What moves them is in the grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(False)  # the sheet that it lies on shows in the corner, in the theme's colour
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._head, self._axis = Head(self), Axis(self)
        self._plan: Plan | None = None
        self._geometry: Geometry | None = None
        self._now: Instant = 0
        self._faces: dict[str, Face] = {}
        self._cursor: Spot | None = None
        self._ghost: Ghost | None = None

    def plan(self) -> Plan | None:
        return self._plan

    def geometry_now(self) -> Geometry | None:
        """Where things lie; None before the first plan."""
        return self._geometry

    def seen(self) -> Seen:
        port = self.viewport()
        return Seen(
            port.width(),
            port.height(),
            self.horizontalScrollBar().value(),
            self.verticalScrollBar().value(),
            self.isRightToLeft(),
        )

    def show_plan(self, plan: Plan, now: Instant) -> None:
        """Show a reading of the book. Of the same days and columns only what differs is painted anew."""
        before, geometry_before, faces_before = self._plan, self._geometry, self._faces
        self._plan, self._now = plan, now
        self._faces = self._faces_at(now)
        self._lay_out()
        if before is not None and geometry_before is not None and self._stands_as(before, geometry_before):
            self._update_blocks(before, faces_before)
        else:
            self.viewport().update()
        self.tick(now)

    def show_nothing(self) -> None:
        """Nothing is known of the days that are asked for."""
        self._plan, self._geometry, self._faces = None, None, {}
        self._head.show_nothing()
        self._axis.show_nothing()
        self.viewport().update()

    def _stands_as(self, before: Plan, geometry_before: Geometry) -> bool:
        """Whether columns, hours and what lies beneath are where they were."""
        plan, geometry = self._plan, self._geometry
        if plan is None or geometry is None or geometry.measures() != geometry_before.measures():
            return False
        return (plan.shown, plan.columns, plan.grounds) == (before.shown, before.columns, before.grounds)

    def _update_blocks(self, before: Plan, faces_before: dict[str, Face]) -> None:
        assert self._plan is not None
        for key in before.by_key.keys() | self._plan.by_key.keys():
            old, new = before.by_key.get(key), self._plan.by_key.get(key)
            if old != new or faces_before.get(key) != self._faces.get(key):
                for block in (old, new):
                    if block is not None:
                        self._update(self._whole(block))

    def tick(self, now: Instant) -> None:
        """Bring the now-line and what depends on the time up to `now`."""
        plan, geometry = self._plan, self._geometry
        if plan is None or geometry is None:
            return
        old = self._now_line()
        minute_before, self._now = self._now // MINUTE, now
        today = self.now_minute()
        self._axis.show_now(today, short_time(now, plan.view.office.zone))
        if (new := self._now_line()) != old:
            self.viewport().update(old)
            self.viewport().update(new)
        if now // MINUTE == minute_before:
            return
        faces_before, self._faces = self._faces, self._faces_at(now)
        for key, face in self._faces.items():
            if face != faces_before.get(key):
                self._update(self._whole(plan.by_key[key]))

    def _faces_at(self, now: Instant) -> dict[str, Face]:
        assert self._plan is not None
        zone = self._plan.view.office.zone
        by_rooms = self._plan.shown.by is By.ROOMS
        faces = {}
        for key, block in self._plan.by_key.items():
            if block.row is not None:
                faces[key] = face_of(block.row, now, zone, by_rooms=by_rooms)
            elif block.hold is not None:
                faces[key] = face_of_hold(block.hold, now, zone)
        return faces

    def now_minute(self) -> int | None:
        """The present minute of the day where today is shown, else None."""
        if self._plan is None:
            return None
        for column in range(len(self._plan.columns)):
            local = self._plan.day(column)
            if local.holds(self._now):
                minute = local.minute(self._now)
                return minute if self._plan.hours[0] <= minute <= self._plan.hours[1] else None
        return None

    def _now_line(self) -> QRect:
        minute, geometry, plan = self.now_minute(), self._geometry, self._plan
        if minute is None or geometry is None or plan is None:
            return QRect()
        wide = look_of(self).stroke("now_line")
        columns = [at for at in range(len(plan.columns)) if plan.day(at).holds(self._now)]
        left, right = geometry.column_edges(columns[0])[0], geometry.column_edges(columns[-1])[1]
        line = QRect(left, geometry.y(minute) - wide // 2, right - left, wide)
        return to_seen(line, self.seen())

    def _lay_out(self) -> None:
        look = look_of(self)
        axis, head = axis_width(look), head_height(look)
        if self.isRightToLeft():
            self.setViewportMargins(0, head, axis, 0)
        else:
            self.setViewportMargins(axis, head, 0, 0)
        if self._plan is None:
            return
        port = self.viewport().size()
        self._geometry = Geometry(self._plan, look, port.width(), port.height())
        self.horizontalScrollBar().setPageStep(port.width())
        self.horizontalScrollBar().setSingleStep(look.px(64))
        self.horizontalScrollBar().setRange(0, max(0, self._geometry.width - port.width()))
        self.verticalScrollBar().setPageStep(port.height())
        self.verticalScrollBar().setSingleStep(look.px(40))
        self.verticalScrollBar().setRange(0, max(0, self._geometry.height - port.height()))
        frame = self.viewport().geometry()
        axis_left = frame.right() + 1 if self.isRightToLeft() else frame.left() - axis
        self._head.setGeometry(QRect(frame.left(), frame.top() - head, frame.width(), head))
        self._axis.setGeometry(QRect(axis_left, frame.top(), axis, frame.height()))
        self._place_edges()

    def _place_edges(self) -> None:
        if self._plan is not None and self._geometry is not None:
            self._head.show_plan(self._plan, self._geometry, self.seen())
            self._axis.show_geometry(self._geometry, self.seen())

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(640), look.px(480))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(axis_width(look) + look.px(140), head_height(look) + _LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._lay_out()
            self.viewport().update()
            self._head.update()
            self._axis.update()

    def scrollContentsBy(self, right: int, down: int) -> None:
        self._place_edges()
        self.viewport().scroll(-right if self.isRightToLeft() else right, down)

    def show_time(self, minute: int) -> None:
        """Scroll so that a minute stands in the upper third."""
        if self._geometry is not None:
            self.verticalScrollBar().setValue(self._geometry.y(minute) - self.viewport().height() // 3)

    def _spot_rect(self, spot: Spot) -> QRect:
        geometry, plan = self._geometry, self._plan
        if geometry is None or plan is None or spot.column >= len(plan.columns):
            return QRect()
        block = plan.by_key.get(spot.key)
        if block is not None:
            return geometry.block_rect(block)
        return geometry.piece_rect(spot.column, spot.starts, spot.ends)

    def _bring_in_sight(self, rect: QRect) -> None:
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        port = self.viewport().size()
        if rect.left() - 8 < across.value():
            across.setValue(rect.left() - 8)
        elif rect.right() + 8 > across.value() + port.width():
            across.setValue(rect.right() + 8 - port.width())
        if rect.top() - 8 < along.value():
            along.setValue(rect.top() - 8)
        elif rect.bottom() + 8 > along.value() + port.height():
            along.setValue(min(rect.top() - 8, rect.bottom() + 8 - port.height()))

    def _ghost_rect(self, ghost: Ghost) -> QRect:
        return self._geometry.piece_rect(ghost.column, ghost.starts, ghost.ends) if self._geometry else QRect()

    def _whole(self, block: Block) -> QRect:
        return self._geometry.whole_block_rect(block) if self._geometry is not None else QRect()

    def _update(self, content: QRect) -> None:
        """Paint a piece of the content anew."""
        if not content.isEmpty():
            self.viewport().update(to_seen(content, self.seen()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look, plan, geometry = look_of(self), self._plan, self._geometry
        if plan is None or geometry is None or not plan.columns:
            painter.fillRect(event.rect(), look.colour("surface-raised"))
            return
        seen = self.seen()
        paint_plan(painter, event.rect(), Painted(plan, geometry, self._faces, look, seen, self._now_line()))
        self._paint_over(painter, seen, to_content(event.rect(), seen))

    def _paint_over(self, painter: QPainter, seen: Seen, content: QRect) -> None:
        look, plan, geometry = look_of(self), self._plan, self._geometry
        if plan is None or geometry is None:
            return
        cursor = self._cursor
        if cursor is not None:
            rect = self._spot_rect(cursor)
            if rect.adjusted(-6, -6, 6, 6).intersects(content):
                shown = to_seen(rect, seen)
                if not cursor.key and plan.day(cursor.column).instant(cursor.ends) > self._now:
                    paint_free(painter, shown, "Free", look, mirrored=seen.mirrored)
                paint_cursor(painter, shown, look, focused=self.hasFocus())
        ghost = self._ghost
        if ghost is not None and (rect := self._ghost_rect(ghost)).intersects(content):
            local, zone = plan.day(ghost.column), plan.view.office.zone
            starts, ends = (short_time(local.instant(each), zone) for each in (ghost.starts, ghost.ends))
            paint_ghost(
                painter, to_seen(rect, seen), f"{starts} to {ends}", ghost.row.name, look, geometry.line, seen.mirrored
            )
