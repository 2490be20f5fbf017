"""What stands at the right of the header while the forecast is shown, and where another day is typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.moments import day_words
from ui.panels.fields import FieldRow
from ui.supervisor.choice_panel import ChoicePanel, typed_day
from ui.supervisor.period_head import StepHead
from ui.typed import day_typed
from ui.widgets.fields import LineEdit

_WIDEST = 560
NO_DAY = "Type a day, such as 1 December 2026 or 1/12/2026."


class DayHead(StepHead):
    """Which day, the one before, the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Day", parent)

    def show_day(self, day: date, today: date) -> None:
        """Say which day is chosen."""
        self._say(day_words(day, today))


class DayPanel(ChoicePanel):
    """Where a day is typed; what is picked is a date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.day = LineEdit()
        self.day.setAccessibleName("Day")
        super().__init__("Which day", _WIDEST, (FieldRow("Day", self.day),), parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def open_with(self, day: date, today: date) -> None:
        """Begin with the day that is shown now."""
        self.day.setText(typed_day(day))
        self._begin(today)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _fields(self) -> tuple[LineEdit, ...]:
        return (self.day,)

    def _show(self) -> None:
        day = day_typed(self.day.text(), self.today)
        self.day.set_fault("" if day is not None else NO_DAY)
        if day is None:
            self._refuse(NO_DAY)
        else:
            self.fault.hide()
            self.picked.emit(day)
