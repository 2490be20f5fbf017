"""Where the focus goes at the desk, and what it lands on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.desk.counter_sheet import CounterSheet
from ui.desk.key_table import Act
from ui.desk.panel_stack import PanelStack
from ui.desk.sheets import DeskSheets
from ui.desk.today_sheet import TodaySheet
from ui.widgets import QueueView, StripView


class DeskFocus(QObject):
    """See the module."""

    def __init__(
        self,
        stack: PanelStack,
        sheets: DeskSheets,
        queue: QueueView,
        asides: TodaySheet,
        counter: CounterSheet,
        walk_in: QAbstractButton,
        find: QAbstractButton,
    ) -> None:
        """`walk_in`, and where that can't be used `find`, is where the focus waits for the main key."""
        super().__init__(stack)
        self._stack, self._sheets, self._queue = stack, sheets, queue
        self._aside_sheet, self._counter, self._walk_in, self._find = asides, counter, walk_in, find
        self._held_here = ""
        self._resting_on: QWidget | None = None
        """Where the focus is only until the main key can be used."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def show_held_here(self, visit_id: str) -> None:
        """The visit that is on hold at this counter; empty for none."""
        self._held_here = visit_id

    def go_on_to_main(self) -> None:
        """The main key may be usable by now: the focus that waited for it goes there."""
        if self._resting_on is not None and self._counter.main.isEnabled():
            self._counter.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_on(self, act: Act) -> None:
        """Put the focus where a key sends it."""
        match act:
            case Act.QUEUE:
                self._queue.setFocus(Qt.FocusReason.ShortcutFocusReason)
                _choose_first(self._queue)
            case Act.ASIDES:
                asides = self._aside_sheet.asides
                self._aside_sheet.show_asides()
                is_new = not asides.hasFocus()
                asides.setFocus(Qt.FocusReason.ShortcutFocusReason)
                # "Ctrl O, then Enter" goes on with the visit that is on hold here, whoever stands above it.
                if not (is_new and self._held_here and asides.choose(self._held_here)):
                    _choose_first(asides)
            case Act.NEW_WALK_IN:
                resting = self._walk_in if self._walk_in.isEnabled() else self._find
                resting.setFocus(Qt.FocusReason.OtherFocusReason)
                self._resting_on = resting
            case Act.MAIN:
                self._counter.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not self._resting_on:
            self._resting_on = None
        if before is not None and self._counter.isAncestorOf(before) and not _may_have_focus(before):
            # Qt lends the focus to whatever comes next, and that may be Undo.
            QTimer.singleShot(0, self, self._rest)
        if now is not None:
            self._sheets.show_focused(now)

    def _rest(self) -> None:
        """What had the focus can't be pressed any more: work goes on at the main key, or the focus waits for it where
        nothing is done by accident."""
        if self._stack.top() is None:
            self.put_on(Act.MAIN if self._counter.main.isEnabled() else Act.NEW_WALK_IN)


def _may_have_focus(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.isVisible()


def _choose_first(view: QueueView | StripView) -> None:
    if view.model().rowCount() and not view.selectionModel().hasSelection():
        view.selectRow(0)
