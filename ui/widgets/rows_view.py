"""What the queue and the strips share: a list of rows, of which one may be chosen by keyboard or mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from ui.widgets.viewport import give_viewport

AnyIndex = QModelIndex | QPersistentModelIndex


class RowsView(QTableView):
    """Rows known by a key. The choice belongs to its key, wherever that moves, and is given up, not handed to a
    neighbour, when the row goes. A class that fits its model to it says where a key stands and how rows are laid out.
    """

    chosen = Signal(str)
    """The key that is now chosen; empty for none."""
    opened = Signal(str)
    """Enter or a double click on a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last_chosen = ""
        give_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)

    # -- what a kind of list says of itself --

    def key_at(self, row: int) -> str:
        """The key of a row; empty for one that can't be chosen."""
        raise NotImplementedError

    def row_of(self, key: str) -> int:
        """The row of a key, or -1."""
        raise NotImplementedError

    def wear(self) -> None:
        """Take over the look that is worn now."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Give the columns the width that there is."""
        raise NotImplementedError

    def show_focus(self, focused: bool) -> None:
        """Tell the one who paints."""
        raise NotImplementedError

    # -- the choice --

    def chosen_key(self) -> str:
        """The key of the row that is chosen, or an empty string."""
        rows = self.selectionModel().selectedRows()
        return self.key_at(rows[0].row()) if rows else ""

    def choose(self, key: str) -> bool:
        """Choose a row and bring it into sight; an empty key chooses none. False when there is no such row."""
        if not key:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
            return True
        at = self.row_of(key)
        if at < 0:
            return False
        index = self.model().index(at, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def tell_choice(self, *_: object) -> None:
        """Say which row is chosen, if that is news."""
        now = self.chosen_key()
        if now != self._last_chosen:
            self._last_chosen = now
            self.chosen.emit(now)

    def open_row(self, index: QModelIndex) -> None:
        """Say that a row is to be opened."""
        key = self.key_at(index.row())
        if key:
            self.opened.emit(key)

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        if start <= self.currentIndex().row() <= end:
            self.choose("")
        super().rowsAboutToBeRemoved(parent, start, end)

    # -- events --

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange) and self.model() is not None:
            self.wear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.show_focus(True)
        super().focusInEvent(event)
        # the focus is always seen: who comes by keyboard finds a row chosen; a click chooses its own
        key = self.key_at(self.currentIndex().row())
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if key and not by_mouse and not self.selectionModel().hasSelection():
            self.choose(key)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_focus(False)
        super().focusOutEvent(event)
        self.viewport().update()
