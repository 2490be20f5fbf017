"""What stands at the right of the header while the forecast is shown: which day, the one before, the next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.moments import day_words
from ui.panels.fields import FieldRow
from ui.supervisor.period_head import PeriodButton
from ui.supervisor.period_panel import typed_day
from ui.theme import look_of
from ui.typed import day_typed
from ui.widgets.announcing import announce
from ui.widgets.fields import LineEdit
from ui.widgets.icon_button import IconButton
from ui.widgets.key_button import KeyButton, key_words
from ui.widgets.painting import RING
from ui.widgets.sheet import Sheet

_GAP = 8
_WIDEST = 560
NO_DAY = "Type a day, such as 1 December 2026 or 1/12/2026."


class DayHead(QWidget):
    """See the module. Its keys hold while it is seen."""

    earlier = Signal()
    later = Signal()
    wanted = Signal()
    """Another day is to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Day")
        self.earlier_action = self._action("Earlier day", "Alt+Left", self.earlier)
        self.later_action = self._action("Later day", "Alt+Right", self.later)
        self.pick_action = self._action("Day", "Alt+Down", self.wanted)
        self.picker = PeriodButton(self.pick_action)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(max(0, _GAP - 2 * RING))
        row.addWidget(IconButton(self.earlier_action, "left"))
        row.addWidget(self.picker)
        row.addWidget(IconButton(self.later_action, "right"))

    def show_day(self, day: date, today: date) -> None:
        """Say which day is chosen."""
        words = day_words(day, today)
        self.pick_action.setText(words)
        self.pick_action.setToolTip(f"Choose another day, {key_words(self.pick_action)}")
        self.picker.setAccessibleName(f"Day: {words}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _action(self, words: str, key: str, told: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: told.emit())
        return action


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
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 8)
        buttons.setSpacing(2)
        self.show_button = KeyButton(self._action("Show", "Return", self._show))
        self.show_button.set_accent(True)
        buttons.addWidget(self.show_button)
        buttons.addWidget(KeyButton(self._action("Cancel", "Esc", self.closed.emit)))
        buttons.addStretch(1)
        form.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._limit()

    def open_with(self, day: date, today: date) -> None:
        """Begin with the day that is shown now."""
        self._today = today
        self.day.setText(typed_day(day))
        self.day.set_fault("")
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _show(self) -> None:
        day = day_typed(self.day.text(), self._today)
        self.day.set_fault("" if day is not None else NO_DAY)
        if day is None:
            announce(self, NO_DAY, urgent=True)
        else:
            self.picked.emit(day)

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
