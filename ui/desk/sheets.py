"""The four sheets of the desk: side by side, or under each other where that would cut words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QWidget

from ui.desk.panel_stack import PanelStack
from ui.panels.in_sight import in_sight_of
from ui.theme import Look
from ui.widgets import Sheet
from ui.widgets.viewport import give_viewport

_LEFT, _RIGHT = 800, 518
_RIGHT_LEAST = 460
_COLUMNS_LEAST = 655
"""At 100 % text; with less for both, one stands under the other."""
_QUEUE_LEAST = 240
_MARGIN = 16
_QUEUE_HEIGHT, _STRIP_HEIGHT = 408, 200


class DeskSheets(QScrollArea):
    """Scrolls where the window is too small for all."""

    def __init__(self, stack: PanelStack, queue: Sheet, asides: Sheet, counters: Sheet, look: Look) -> None:
        super().__init__()
        self._stack, self._queue, self._asides, self._counters = stack, queue, asides, counters
        self._look = look
        self._in_one_column: bool | None = None
        inner = QWidget()
        self._grid = _PlainGrid(inner)
        self._grid.setContentsMargins(_MARGIN, 0, _MARGIN, _MARGIN)
        self._grid.setSpacing(_MARGIN)
        give_viewport(self, QPalette.ColorRole.NoRole)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)  # and is told from then on what becomes of it
        self._is_scrolled_away = False
        """By hand, since the focus last moved."""
        self.verticalScrollBar().actionTriggered.connect(self._scrolled)
        self._place(in_one_column=False)

    def share_room(self, width: int, look: Look) -> None:
        """Queue to counter as 800 to 518, but the counter's buttons keep their keys while there is room.

        The strips have five rows and no more: what is over belongs to the queue. `width` is the window's.
        """
        self._look = look
        room = max(1, width - 3 * _MARGIN)
        least = look.px(_COLUMNS_LEAST)
        if (room < least) != self._in_one_column:
            self._place(in_one_column=room < least)
        right = max(room * _RIGHT // (_LEFT + _RIGHT), min(_RIGHT_LEAST, room * 47 // 100))
        self._grid.setColumnStretch(0, 1 if self._in_one_column else room - right)
        self._grid.setColumnStretch(1, 0 if self._in_one_column else right)
        self._set_room()
        rows = look.row_height(look.measure("size", "strip_row"))
        for sheet in (self._asides, self._counters):
            sheet.setMaximumHeight(look.row_height(48) + 5 * rows + 12)

    def give_room(self) -> None:
        """A panel that asks for much reaches down to the message line; the counters make way for it."""
        top = self._stack.top()
        wanted = top is not None and top.wants_room
        if wanted != self._counters.isHidden():
            self._counters.setHidden(wanted)
            self._place(in_one_column=bool(self._in_one_column))

    def show_focused(self, focused: QWidget) -> None:
        """Where the window is too small for all, the sheet that has the focus is in sight; panels scroll inside."""
        self._is_scrolled_away = False
        for sheet in (self._stack, self._queue, self._asides):
            if sheet.isAncestorOf(focused):
                self.ensureWidgetVisible(sheet, 0, 0)
                self.ensureWidgetVisible(focused, 0, 0)

    def _scrolled(self) -> None:
        self._is_scrolled_away = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whenever the sheets get other places, in another window or at another text size, the focus stays in sight."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._keep_focus_in_sight)
        return super().eventFilter(watched, event)

    def _keep_focus_in_sight(self) -> None:
        focused: QWidget | None = QApplication.focusWidget()
        if focused is None or self._is_scrolled_away or not self.isAncestorOf(focused):
            return
        panel = in_sight_of(focused)
        if panel is None or panel.show_again():
            self.ensureWidgetVisible(focused, 0, 0)

    def _place(self, *, in_one_column: bool) -> None:
        """Queue and counter side by side; where that would cut words, one under the other, the counter first."""
        self._in_one_column = in_one_column
        grid, covered = self._grid, self._counters.isHidden()
        sheets: tuple[QWidget, ...] = (self._stack, self._queue, self._asides, self._counters)
        for sheet in sheets:
            grid.removeWidget(sheet)
        if in_one_column:
            for row, sheet in enumerate(sheets):
                grid.addWidget(sheet, row, 0)
        else:
            grid.addWidget(self._queue, 0, 0)
            grid.addWidget(self._stack, 0, 1, 2 if covered else 1, 1)
            grid.addWidget(self._asides, 1, 0)
            grid.addWidget(self._counters, 1, 1)
        grid.setRowStretch(0, 0 if in_one_column else _QUEUE_HEIGHT)
        grid.setRowStretch(1, 0 if in_one_column else _STRIP_HEIGHT)
        self._queue.setMinimumHeight(self._look.px(_QUEUE_LEAST) if in_one_column else 0)

    def _set_room(self) -> None:
        self._stack.set_room(self.viewport().height() - _MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its own height is known; the window's was known before that. The line at the bottom may have grown: what
        has the focus stays in sight."""
        super().resizeEvent(event)
        self._set_room()
        QTimer.singleShot(0, self, self._keep_focus_in_sight)


class _PlainGrid(QGridLayout):
    """A grid that asks for least heights only: what its sheets would like would make the window scroll too soon."""

    def hasHeightForWidth(self) -> bool:
        return False
