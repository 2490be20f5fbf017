"""What stands at the right of the header while the forecast is shown: which day, the one before, the next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.moments import day_words
from ui.panels.fields import FieldRow
from ui.supervisor.period_head import StepHead
from ui.supervisor.period_panel import typed_day
from ui.theme import look_of
from ui.typed import day_typed
from ui.widgets.announcing import announce
from ui.widgets.fields import LineEdit
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING
from ui.widgets.sheet import Sheet

_WIDEST = 560
NO_DAY = "Type a day, such as 1 December 2026 or 1/12/2026."


class DayHead(StepHead):
    """See the module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Day", parent)

    def show_day(self, day: date, today: date) -> None:
        """Say which day is chosen."""
        self._say(day_words(day, today))


class DayPanel(Sheet):
    """Where a day is typed. Enter shows it; Escape leaves all as it was."""

    picked = Signal(object)
    """A date."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Which day", lean=True, parent=parent)
        self._today = date.min
        self.day = LineEdit()
        self.day.setAccessibleName("Day")
        form = self.padded(rings=True)
        form.addWidget(FieldRow("Day", self.day))
        self.fault = Paragraph(token="late-text")
        told = QHBoxLayout()
        told.setContentsMargins(RING, 0, RING, 0)
        told.addWidget(self.fault)
        form.addLayout(told)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 8)
        buttons.setSpacing(2)
        self.show_button = KeyButton(self._action("Show", "Return", self._show))
        self.show_button.set_accent(True)
        buttons.addWidget(self.show_button)
        cancel = self._action("Cancel", "Esc", self.closed.emit)
        cancel.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # the focus may have gone to the window's tabs
        buttons.addWidget(KeyButton(cancel))
        buttons.addStretch(1)
        form.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._limit()

    def open_with(self, day: date, today: date) -> None:
        """Begin with the day that is shown now."""
        self._today = today
        self.day.setText(typed_day(day))
        self._say("")
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _show(self) -> None:
        day = day_typed(self.day.text(), self._today)
        self._say("" if day is not None else NO_DAY)
        if day is None:
            announce(self, NO_DAY, urgent=True)
        else:
            self.picked.emit(day)

    def _say(self, fault: str) -> None:
        self.day.set_fault(fault)
        self.fault.set_text(fault)
        self.fault.setVisible(bool(fault))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)
        if isinstance(event, QEvent) and event.type() == QEvent.Type.StyleChange:
            self._limit()

    def _limit(self) -> None:
        self.setMaximumWidth(look_of(self).px(_WIDEST))

    def _action(self, words: str, key: str, done: object) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(done)
        return action
