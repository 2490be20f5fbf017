"""The strips below the queue, a few short rows each: counters and who is at each, and visits that are set aside."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reception.clock import Instant, local_date
from reception.domain.desk_view import Aside, CounterRow, DeskView
from ui import counter_words, moments

AnyIndex = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a delegate asks for beyond the words."""

    KEY = Qt.ItemDataRole.UserRole + 1
    """The counter's or the visit's id."""
    CELL = Qt.ItemDataRole.UserRole + 2
    """The :class:`Cell`: words and how they are set."""
    SOURCE = Qt.ItemDataRole.UserRole + 3
    """The snapshot that the row is made from."""


class Cell(Struct, frozen=True):
    """Words and how they are set."""

    words: str
    token: str = "text"
    weight: int = 400
    lead: bool = False
    right: bool = False
    icon: str = ""
    """Before the words; of a cell that is set at the right, after them."""


class StripRow(Struct, frozen=True):
    """One row of a strip."""

    key: str
    source: object
    cells: tuple[Cell, ...]
    aloud: str


class StripModel(QAbstractTableModel):
    """A few short rows. Rows are known by their key; what stays the same is not touched."""

    heads: tuple[str, ...] = ()
    selectable = False
    give_way: tuple[int, ...] = ()
    """Columns that a narrow list can do without: the first where words would wrap, others where they would break."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[StripRow] = []
        self._view: DeskView | None = None

    def show(self, view: DeskView) -> None:
        """Show another snapshot."""
        self._view = view
        self.show_rows(self._rows_of(view, view.now))

    def show_rows(self, new: Sequence[StripRow]) -> None:
        """Show these rows, whatever they are made from."""
        wanted = [row.key for row in new]
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].key not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(new):
            old = next((where for where in range(at, len(self._rows)) if self._rows[where].key == row.key), None)
            if old is None:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
            elif old != at:
                self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), at)
                self._rows.insert(at, self._rows.pop(old))
                self.endMoveRows()
        self._replace(new)

    def tick(self, now: Instant) -> None:
        """Bring the rows up to `now`; only cells whose words change are touched."""
        if self._view is not None:
            self._replace(self._rows_of(self._view, now))

    def row_of(self, key: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def _replace(self, new: Sequence[StripRow]) -> None:
        for at, row in enumerate(new):
            old, self._rows[at] = self._rows[at], row
            changed = [column for column, cell in enumerate(row.cells) if cell != old.cells[column]]
            if changed:
                self.dataChanged.emit(self.index(at, changed[0]), self.index(at, changed[-1]))

    def _rows_of(self, view: DeskView, now: Instant) -> list[StripRow]:
        raise NotImplementedError

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsSelectable if self.selectable else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.aloud if index.column() == 0 else cell.words or "None"
            case Qt.ItemDataRole.TextAlignmentRole if cell.right:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.KEY:
                return row.key
            case Role.CELL:
                return cell
            case Role.SOURCE:
                return row.source
        return None


class RowsModel(StripModel):
    """Rows that are given whole, to choose one of them."""

    selectable = True

    def __init__(self, heads: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = heads

    def key_at(self, row: int) -> str:
        """The key of a row; empty beyond the end."""
        return self._rows[row].key if 0 <= row < len(self._rows) else ""


class CounterModel(StripModel):
    """Every counter: what goes on at it, since when, and who is there."""

    heads = ("Counter", "Visit", "Officer")

    def _rows_of(self, view: DeskView, now: Instant) -> list[StripRow]:
        return [self._row(counter, now) for counter in view.counters]

    @staticmethod
    def _row(counter: CounterRow, now: Instant) -> StripRow:
        words = counter_words.counter_words(counter)
        detail = counter_words.counter_detail(counter, now)
        open_and_free = bool(counter.officer) and not counter.number
        cells = (
            Cell(counter.name, "text-muted"),
            Cell(words, "text" if counter.officer or counter.number else "text-muted", 600 if open_and_free else 400),
            Cell(detail, "text-muted"),
        )
        return StripRow(counter.counter_id, counter, cells, ", ".join(cell.words for cell in cells if cell.words))


class AsideModel(StripModel):
    """Visits on hold, stepped out, called elsewhere, and answers that are to follow."""

    heads = ("Ticket", "Service", "What", "Since")
    selectable = True

    def _rows_of(self, view: DeskView, now: Instant) -> list[StripRow]:
        return [self._row(aside, view, now) for aside in view.asides]

    @staticmethod
    def _row(aside: Aside, view: DeskView, now: Instant) -> StripRow:
        zone = view.office.zone
        today = local_date(now, zone)
        began = local_date(aside.since, zone)
        if began == today:
            since = f"since {moments.short_time(aside.since, zone)}"
        else:
            since = f"since {moments.short_day(began, today)}"
        overdue = aside.due is not None and aside.due < today
        what = counter_words.aside_words(aside, today)
        cells = (
            Cell(aside.number, weight=600, lead=True),
            Cell(aside.service),
            Cell(what, "late-text" if overdue else "text", 600 if overdue else 400),
            Cell(since, "text-muted", right=True),
        )
        return StripRow(aside.visit_id, aside, cells, ", ".join(cell.words for cell in cells if cell.words))
