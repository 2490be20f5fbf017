"""What stands at the right of the header while staffing is shown: the day, the one before, the next."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.moments import day_words, short_month
from ui.theme import look_of
from ui.typed import day_typed
from ui.widgets.announcing import announce
from ui.widgets.fields import LineEdit
from ui.widgets.icon_button import IconButton
from ui.widgets.key_button import key_words
from ui.widgets.painting import RING

NO_DAY = "Type a day, such as 3 March or 3/3/2027."
_WIDE = 168


class DayField(LineEdit):
    """A day as it is typed, with its weekday once it was read. Enter takes it. No higher than the buttons beside it."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("lean", True)

    def event(self, event: QEvent) -> bool:
        """Where nothing was typed there is nothing of its own to undo, and the key is the plan's."""
        is_undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if is_undo and event.type() == QEvent.Type.ShortcutOverride and not self.isUndoAvailable():
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def _height(self) -> int:
        look = look_of(self)
        return look.row_height(look.measure("size", "button_lean")) + 2 * RING


class StaffingHead(QWidget):
    """See the module. Its keys hold while it is seen."""

    earlier = Signal()
    later = Signal()
    day_chosen = Signal(object)
    """A date."""
    faulted = Signal(str)
    """What was typed is no day: in words; empty once it is one, or was taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Day")
        self._day = date.min
        self._today = date.min
        earlier = self._action("Day before", "Alt+Left", self.earlier)
        later = self._action("Day after", "Alt+Right", self.later)
        to_field = QAction("Another day", self)
        to_field.setShortcut(QKeySequence("Alt+Down"))
        to_field.triggered.connect(self._to_field)
        self.addAction(to_field)
        self.field = DayField()
        self.field.setAccessibleName("Day that is planned")
        self.field.setToolTip(f"Another day, {key_words(to_field)}")
        self.field.taken.connect(self._take)
        self.field.editingFinished.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(max(0, 8 - 2 * RING))
        row.addWidget(IconButton(earlier, "left"))
        row.addWidget(self.field)
        row.addWidget(IconButton(later, "right"))
        self._wear()

    def show_day(self, day: date, today: date) -> None:
        """Say which day is planned; what was typed and could not be read goes, unless somebody types there still."""
        is_other, self._day, self._today = day != self._day, day, today
        if not is_other and self.field.isModified():
            return
        self.field.setText(_day_text(day))
        self._mark("")

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _take(self) -> None:
        text = self.field.text()
        if text == _day_text(self._day):
            self._mark("")
            return
        day = day_typed(re.sub(r"^\D+", "", text), self._today)
        if day is None:
            if not self.field.fault():
                announce(self, NO_DAY, urgent=True)
            self._mark(NO_DAY)
            return
        self._mark("")
        self.day_chosen.emit(day)

    def _mark(self, words: str) -> None:
        self.field.set_fault(words)
        self.faulted.emit(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "field"):
            self._wear()

    def _wear(self) -> None:
        self.field.setFixedWidth(look_of(self).px(_WIDE) + 2 * RING)
        self.updateGeometry()

    def _action(self, words: str, key: str, told: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: told.emit())
        return action


def _day_text(day: date) -> str:
    """ "Tue 1 Dec 2026"."""
    return f"{day_words(day)[:3]} {day.day} {short_month(day)} {day.year}"
