"""The queue as a table: one row a waiting visit, in the order of calling, and a caption that parts two kinds."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from reception.clock import Instant
from reception.domain.desk_view import DeskView, QueueRow
from ui import queue_words
from ui.models.patching import Insert, Move, Remove, steps_between
from ui.models.promise import BarScale, Face, face_of, nearest_to_lost
from ui.models.queue_lines import HEADS, Column, Line, service_in_row

AnyIndex = QModelIndex | QPersistentModelIndex
CAPTION = ""
"""The key of the caption row, where a visit has its id."""
_COLUMNS = tuple(Column)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class Role(IntEnum):
    """What may be asked for beyond the words."""

    VISIT_ID = Qt.ItemDataRole.UserRole + 1
    FACE = Qt.ItemDataRole.UserRole + 2
    """The :class:`~ui.models.promise.Face`; None for the caption."""


class QueueModel(QAbstractTableModel):
    """Shows the queue of a :class:`DeskView`. A new view is patched in with the fewest steps, so that a selection,
    the scroll position and a screen reader's place stay with their visit.
    """

    patching = Signal()
    """Rows are about to change."""
    patched = Signal()
    """Rows have changed; not sent by a tick."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Line] = []
        self._view: DeskView | None = None
        self._now: Instant = 0
        self._scale = BarScale()

    # -- what is shown --

    def show(self, view: DeskView) -> None:
        """Show another snapshot."""
        self._view = view
        self._now = view.now
        new = self._entries_of(view)
        self.patching.emit()
        self._patch(new)
        self._refresh(new)
        self.patched.emit()

    def tick(self, now: Instant) -> None:
        """Bring the rows up to `now`: only cells whose words or pixels have changed are touched."""
        if self._view is None:
            return
        self._now = now
        attention = nearest_to_lost(self._view.queue, self._view.first_past_promise, now)
        for at, entry in enumerate(self._entries):
            if entry.row is None:
                continue
            before, face = entry.face, face_of(entry.row, now, self._scale, entry.key == attention)
            if face != before:
                entry.face = face
                self._face_changed(at, before, face)

    def set_bar(self, scale: BarScale) -> None:
        """The pixels of the promise bar, when the view is made wider or narrower."""
        if scale != self._scale:
            self._scale = scale
            self.tick(self._now)

    def bar(self) -> BarScale:
        return self._scale

    def row_of(self, visit_id: str) -> int:
        """The row of a visit, or -1."""
        return next((at for at, entry in enumerate(self._entries) if entry.key == visit_id), -1)

    def visit_at(self, row: int) -> QueueRow | None:
        """The visit in a row; None for the caption and beyond the end."""
        return self._entries[row].row if 0 <= row < len(self._entries) else None

    def line_at(self, row: int) -> Line:
        """A line whole, for who paints it: asked for role by role it would come by way of Qt each time."""
        return self._entries[row]

    def services(self) -> frozenset[str]:
        """The names of the office's services: columns fitted to these stay where they are as visitors come and go."""
        office_services = () if self._view is None else self._view.office.services
        return frozenset(service.name for service in office_services)

    def planned_services(self) -> frozenset[str]:
        """What the rows say whose visit is for further services."""
        rows = (entry.row for entry in self._entries)
        return frozenset(service_in_row(row) for row in rows if row is not None and row.then_services)

    def is_caption(self, row: int) -> bool:
        return 0 <= row < len(self._entries) and self._entries[row].row is None

    def caption_row(self) -> int:
        """The row of the caption, or -1."""
        return self.row_of(CAPTION)

    # -- Qt's questions --

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid() or self._entries[index.row()].row is None:
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], _COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.words(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return entry.aloud(column, self._now)
            case Qt.ItemDataRole.ToolTipRole:
                return entry.tip(column)
            case Qt.ItemDataRole.TextAlignmentRole if column is Column.TIME_LEFT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.VISIT_ID:
                return entry.key or None
            case Role.FACE:
                return entry.face
        return None

    # -- patching --

    def _entries_of(self, view: DeskView) -> list[Line]:
        known = {entry.key: entry for entry in self._entries}
        attention = nearest_to_lost(view.queue, view.first_past_promise, view.now)
        zone = view.office.zone
        entries = []
        for at, row in enumerate(view.queue):
            if at == view.first_past_promise:
                entries.append(Line(CAPTION, None, None, queue_words.queue_caption(view), zone))
            face = face_of(row, view.now, self._scale, row.visit_id == attention)
            old = known.get(row.visit_id)
            # What is the same object is not looked at field by field: that alone takes as long as all the rest.
            if old is not None and old.zone == zone and (old.row is row or old.row == row):
                entries.append(old if old.face == face else replace(old, face=face))
            else:
                entries.append(Line(row.visit_id, row, face, zone=zone))
        return entries

    def _patch(self, new: list[Line]) -> None:
        """Bring the rows into their new places; what they say follows in :meth:`_refresh`."""
        fresh = {entry.key: entry for entry in new}
        for step in steps_between([entry.key for entry in self._entries], [entry.key for entry in new]):
            match step:
                case Remove(first, last):
                    self.beginRemoveRows(QModelIndex(), first, last)
                    del self._entries[first : last + 1]
                    self.endRemoveRows()
                case Move(at, to):
                    self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to)
                    self._entries.insert(to if to < at else to - 1, self._entries.pop(at))
                    self.endMoveRows()
                case Insert(at, keys):
                    self.beginInsertRows(QModelIndex(), at, at + len(keys) - 1)
                    self._entries[at:at] = [fresh[key] for key in keys]
                    self.endInsertRows()

    def _refresh(self, new: list[Line]) -> None:
        for at, entry in enumerate(new):
            old, self._entries[at] = self._entries[at], entry
            if old is entry:
                continue
            if not old.same_words(entry):
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))
            elif entry.face is not None and entry.face != old.face:
                self._face_changed(at, old.face, entry.face)

    def _face_changed(self, at: int, old: Face | None, new: Face) -> None:
        """Tell which cells of a row to paint again."""
        if old is None or old.attention != new.attention:
            first, last = Column.TICKET, Column.TIME_LEFT
        else:
            state = old.standing != new.standing
            bar = state or (old.fill, old.over) != (new.fill, new.over)
            words = state or old.words != new.words
            first = Column.PROMISE if bar else Column.TIME_LEFT
            last = Column.TIME_LEFT if words else Column.PROMISE
        self.dataChanged.emit(self.index(at, first), self.index(at, last))
