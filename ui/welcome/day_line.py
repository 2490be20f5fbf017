"""One weekday of the opening hours, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import groupby, pairwise

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from reception.domain.office import Hours
from ui.welcome.checks import fault_of, order_fault, overlap_fault
from ui.welcome.controls import IconButton
from ui.welcome.line import Line
from ui.welcome.reading import Unreadable, read_time, time_words
from ui.welcome.suggesting import PickEdit
from ui.welcome.words import WEEKDAYS
from ui.widgets import KeyButton, LineEdit, Tick

_TIME = 100
QUARTERS = tuple(time_words(time(hour, minute)) for hour in range(6, 23) for minute in (0, 15, 30, 45))
"""The times that a list offers; any other may be typed."""

Opening = tuple[time, time]
Day = tuple[bool, tuple[str, str], bool, tuple[str, str], tuple[Opening, ...]]
"""Open, its times, whether there is a second opening, and its times, all as typed; and further openings, which no
line can show but which are kept."""


class DayLine(Line):
    """One weekday."""

    def __init__(self, weekday: int) -> None:
        self.weekday = weekday
        self.day = WEEKDAYS[weekday]
        super().__init__(self.day)
        self.open = Tick(self.day)
        self.open.setAccessibleName(f"Open on {self.day}")
        self.opens, self.closes = self._time("opens"), self._time("closes")
        self.opens_again, self.closes_again = self._time("opens again"), self._time("closes again")
        self.opens_again.setPlaceholderText("opens")
        self.closes_again.setPlaceholderText("closes")
        self.second = QAction("Second opening", self)
        self.add_second = KeyButton(self.second, "lean")
        self.add_second.setAccessibleName(f"Add a second opening on {self.day}")
        self.drop_second = IconButton("cross", f"Remove the second opening on {self.day}")
        self.has_second = False
        self.further: tuple[Opening, ...] = ()
        self.add_cell(self.open, "", 128)
        self.add_cell(self.opens, "Opens", _TIME)
        self.add_cell(self.closes, "Closes", _TIME, glued=True)
        self.add_cell(self.add_second, "", 144)
        self.add_cell(self.opens_again, "Opens again", _TIME)
        self.add_cell(self.closes_again, "Closes again", _TIME, glued=True)
        self.add_cell(self.drop_second, "", 32, glued=True)
        self.show_fields()

    def _time(self, what: str) -> LineEdit:
        field = PickEdit(lambda: QUARTERS)
        field.setAccessibleName(f"{self.day} {what}")
        return field

    def controls(self) -> tuple[QWidget, ...]:
        return (
            self.open,
            self.opens,
            self.closes,
            self.add_second,
            self.opens_again,
            self.closes_again,
            self.drop_second,
        )

    def times(self) -> tuple[LineEdit, ...]:
        return (self.opens, self.closes, self.opens_again, self.closes_again)

    def show_fields(self) -> None:
        """Show what an open or a closed day has."""
        open_ = self.open.isChecked()
        for field in self.times():
            field.setEnabled(open_)
        self.add_second.setEnabled(open_)
        self.drop_second.setEnabled(open_)
        self.second.setVisible(not self.has_second)
        for widget in (self.opens_again, self.closes_again, self.drop_second):
            widget.setVisible(self.has_second)
        self.settle()

    def value(self) -> Day:
        return (
            self.open.isChecked(),
            (self.opens.text(), self.closes.text()),
            self.has_second,
            (self.opens_again.text(), self.closes_again.text()),
            self.further,
        )

    def set_value(self, day: Day) -> None:
        is_open, first, self.has_second, again, self.further = day
        self.open.setChecked(is_open)
        for field, text in zip(self.times(), (*first, *again), strict=True):
            field.setText(text)
        self.show_fields()

    def openings(self) -> list[Opening]:
        """The openings of the day; raises :class:`Unreadable`."""
        if not self.open.isChecked():
            return []
        first = (read_time(self.opens.text()), read_time(self.closes.text()))
        if not self.has_second:
            return [first]
        return [first, (read_time(self.opens_again.text()), read_time(self.closes_again.text())), *self.further]

    def hours(self) -> list[Hours]:
        """The same as the settings hold them, the earliest first."""
        return [Hours(self.weekday, opens, closes) for opens, closes in sorted(self.openings())]

    def time_fault(self, field: LineEdit) -> str:
        """What is wrong with one time; a closing time also answers for the opening before it."""
        if not self._counts(field):
            return ""
        if not field.text().strip():
            return self._missing(field)
        unreadable = fault_of(lambda: read_time(field.text()))
        if unreadable:
            return unreadable
        if field not in (self.closes, self.closes_again):
            return ""
        before = self.opens if field is self.closes else self.opens_again
        try:
            opens, closes = read_time(before.text()), read_time(field.text())
            return order_fault(self.day, opens, closes) or self._overlap(field)
        except Unreadable:
            return ""

    def _overlap(self, field: LineEdit) -> str:
        if field is not self.closes_again:
            return ""
        ordered = sorted(self.openings())
        return next(filter(None, (overlap_fault(self.day, one, other) for one, other in pairwise(ordered))), "")

    def _counts(self, field: LineEdit) -> bool:
        return self.open.isChecked() and (self.has_second or field not in (self.opens_again, self.closes_again))

    def _missing(self, field: LineEdit) -> str:
        time_of = "opening" if field in (self.opens, self.opens_again) else "closing"
        if field in (self.opens, self.closes):
            return f"{self.day} has no {time_of} time. Enter one like 9am, or untick the day."
        return f"The second opening on {self.day} has no {time_of} time. Enter one like 2pm, or remove it."


def days_of(hours: Sequence[Hours]) -> tuple[Day, ...]:
    """The seven lines of a week."""
    by_day = {
        weekday: sorted((each.opens, each.closes) for each in openings)
        for weekday, openings in groupby(sorted(hours, key=lambda each: each.weekday), key=lambda each: each.weekday)
    }
    days: list[Day] = []
    for weekday in range(7):
        openings = by_day.get(weekday, [])
        first = openings[0] if openings else None
        again = openings[1] if len(openings) > 1 else None
        days.append((bool(first), _texts(first), again is not None, _texts(again), tuple(openings[2:])))
    return tuple(days)


def _texts(opening: Opening | None) -> tuple[str, str]:
    return ("", "") if opening is None else (time_words(opening[0]), time_words(opening[1]))
