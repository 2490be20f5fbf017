"""The queue as a table: one row a waiting visit, in the order of calling, and a caption that parts two kinds."""

from __future__ import annotations

from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from reception.clock import Instant
from reception.domain.desk_view import DeskView, QueueRow
from ui import moments, needed, queue_words
from ui.models.patching import Insert, Move, Remove, steps_between
from ui.models.promise import BarScale, Face, Standing, face_of, nearest_to_lost
from ui.needed import NeedItem

AnyIndex = QModelIndex | QPersistentModelIndex
CAPTION = ""
"""The key of the caption row, where a visit has its id."""


class Column(IntEnum):
    """The columns of the queue."""

    TICKET = 0
    SERVICE = 1
    CAME = 2
    NEEDS = 3
    PROMISE = 4
    TIME_LEFT = 5


_COLUMNS = tuple(Column)
_MEANING = {Standing.IN_TIME: "in time", Standing.DUE_SOON: "due soon", Standing.LATE: "lost", Standing.NO_PROMISE: ""}
"""What the bar's colour and shape say."""
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
HEADS = ("Ticket", "Service", "Came", "Needs", "Promise", "Time left")


class Role(IntEnum):
    """What may be asked for beyond the words."""

    VISIT_ID = Qt.ItemDataRole.UserRole + 1
    FACE = Qt.ItemDataRole.UserRole + 2
    """The :class:`~ui.models.promise.Face`; None for the caption."""


class Line(Struct):
    """One line of the table. Its words are made when they are first asked for: of a long queue few rows are seen."""

    key: str
    row: QueueRow | None
    face: Face | None
    caption: str = ""
    zone: ZoneInfo | None = None
    _came: str | None = None
    _needs: tuple[NeedItem, ...] | None = None

    @property
    def needs(self) -> tuple[NeedItem, ...]:
        if self._needs is None:
            self._needs = () if self.row is None else needed.row_needs(self.row)
        return self._needs

    @property
    def came(self) -> str:
        if self._came is None:
            self._came = "" if self.row is None or self.zone is None else queue_words.came_words(self.row, self.zone)
        return self._came

    def words(self, column: Column) -> str:
        """What stands in a column; the promise is a bar, without words."""
        if self.row is None or self.face is None:
            return self.caption if column is Column.TICKET else ""
        match column:
            case Column.TICKET:
                return self.row.number
            case Column.SERVICE:
                return _service(self.row)
            case Column.CAME:
                return self.came
            case Column.NEEDS:
                return ", ".join(item.words for item in self.needs)
            case Column.PROMISE:
                return ""
            case Column.TIME_LEFT:
                return self.face.words

    def same_words(self, other: Line) -> bool:
        """Whether all but the face is the same; rows that are equal are one object (see `_entries_of`)."""
        return self.row is other.row and (self.zone, self.caption) == (other.zone, other.caption)


def _service(row: QueueRow) -> str:
    return " ".join(filter(None, queue_words.service_words(row)))


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
            if entry.row is not None:
                face = face_of(entry.row, now, self._scale, entry.key == attention)
                if face != entry.face:
                    before, entry.face = entry.face, face
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
        return frozenset(_service(row) for row in rows if row is not None and row.then_services)

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
                return self._aloud(entry, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(entry, column)
            case Qt.ItemDataRole.TextAlignmentRole if column is Column.TIME_LEFT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.VISIT_ID:
                return entry.key or None
            case Role.FACE:
                return entry.face
        return None

    def _aloud(self, entry: Line, column: Column) -> str:
        if entry.row is None or entry.face is None or self._view is None:
            return entry.words(column)
        match column:
            case Column.TICKET:
                return queue_words.row_aloud(entry.row, self._view.office.zone, self._now)
            case Column.SERVICE:
                return queue_words.services_in_full(entry.row)
            case Column.NEEDS:
                return ", ".join(item.full for item in entry.needs) or "No needs"
            case Column.PROMISE:
                if entry.row.target is None:
                    return "No promise"
                promise = f"Promise of {moments.plural(moments.whole_minutes(entry.row.target), 'minute')}"
                return f"{promise}, {'about to be lost' if entry.face.attention else _MEANING[entry.face.standing]}"
            case Column.TIME_LEFT if entry.row.judged is None and entry.face.standing is not Standing.NO_PROMISE:
                return moments.time_left_aloud(entry.row.deadline, self._now)
            case _:
                return entry.words(column)

    def _tip(self, entry: Line, column: Column) -> str | None:
        if entry.row is None:
            return entry.caption
        if column is Column.SERVICE:
            return queue_words.services_in_full(entry.row)
        if column is Column.NEEDS and (needs := entry.needs):
            return "\n".join(item.full for item in needs)
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
