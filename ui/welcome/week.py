"""Somebody's working week: a button that says it in a few words, and the lines that it opens.

The lines are made when they are first opened: an office has dozens of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.office import Hours
from ui.welcome.arranged import Flow
from ui.welcome.drops import Opener
from ui.welcome.page import Field, Remark
from ui.welcome.reading import Unreadable
from ui.welcome.words import opening_words, week_words
from ui.welcome.work_day import WorkDay, WorkDayLine, breaks_of, hours_of, work_days
from ui.widgets import KeyButton, Tick

_ALWAYS = "Whenever the office is open"


class WeekPicker(QObject):
    """Working hours, and breaks where there are any to type. No hours of one's own stand for the office's."""

    edited = Signal()
    opened = Signal()
    """Its lines were made."""
    remarked = Signal(Remark)

    def __init__(
        self, hours: Sequence[Hours], breaks: Sequence[Hours] = (), *, has_breaks: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._has_breaks = has_breaks
        self._always = not hours
        self._own = work_days(hours, breaks)
        self._office = work_days((), ())
        self._owner = ""
        self.opener = Opener("Working hours")
        self.area = QWidget()
        self.area.hide()
        self.always: Tick | None = None
        self.copy_button: KeyButton | None = None
        self.lines: list[WorkDayLine] = []
        self.opener.toggled.connect(self._toggle)
        self._summarise()

    # -- its parts -----------------------------------------------------------------------------------------------

    def _toggle(self, on: bool) -> None:
        self.build()
        self.area.setVisible(on)

    def build(self) -> None:
        """Make the lines, once."""
        if self.lines:
            return
        column = QVBoxLayout(self.area)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        self.always = Tick(_ALWAYS)
        self.always.setChecked(self._always)
        self.always.clicked.connect(self._always_clicked)
        column.addWidget(self.always)
        self.lines = [WorkDayLine(weekday, has_breaks=self._has_breaks) for weekday in range(7)]
        for line in self.lines:
            line.set_first(line.weekday == 0)
            line.works.clicked.connect(lambda _=False, line=line: self._works_clicked(line))
            for field in line.times():
                field.textEdited.connect(self._was_edited)
            column.addWidget(line)
        copy = QAction("Copy the first day to the others", self)
        copy.triggered.connect(self._copy)
        self.copy_button = KeyButton(copy)
        below = Flow()
        below.add(self.copy_button)
        column.addWidget(below)
        self._show()
        self.set_owner(self._owner)
        self.opened.emit()

    def set_owner(self, words: str) -> None:
        """Whose hours these are, for screen readers."""
        self._owner = words
        self.opener.set_name(f"Working hours of {words}")
        if self.always is None or self.copy_button is None:
            return
        self.always.setAccessibleName(f"{words} works whenever the office is open")
        self.copy_button.setAccessibleName(f"Copy the first day of {words} to the others")
        for line in self.lines:
            line.set_owner(words)

    def controls(self) -> Sequence[QWidget]:
        inner = [control for line in self.lines for control in line.controls()]
        around = [each for each in (self.always, self.copy_button) if each is not None]
        return (self.opener, *around[:1], *inner, *around[1:])

    def fields(self) -> Sequence[Field]:
        return [field for line in self.lines for field in line.faults]

    def line_of(self, control: QWidget) -> WorkDayLine | None:
        return next((line for line in self.lines if line.isAncestorOf(control)), None)

    def control_of(self, what: str) -> QWidget:
        """For what a refusal names: "hours/2", "breaks/2"."""
        self.build()
        kind, _, weekday = what.partition("/")
        line = next((line for line in self.lines if str(line.weekday) == weekday), self.lines[0])
        wanted = line.resumes if kind == "breaks" else line.ends
        return wanted if wanted.isEnabled() else line.works if line.works.isEnabled() else self.opener

    # -- what stands in it -------------------------------------------------------------------------------------------

    def typed(self) -> object:
        days = self.days()
        return (self._always, tuple((day.pause, day.further_pauses) for day in days) if self._always else days)

    def days(self) -> tuple[WorkDay, ...]:
        """As typed. Hours of one's own are kept while the office's stand in their place."""
        if not self.lines:
            return self._own
        shown = tuple(line.value() for line in self.lines)
        if not self._always:
            return shown
        return tuple(replace(own, pause=day.pause) for own, day in zip(self._own, shown, strict=True))

    def hours(self) -> tuple[Hours, ...]:
        """The working hours, none for the office's; raises :class:`Unreadable`."""
        if self._always:
            return ()
        return tuple(each for weekday, day in enumerate(self.days()) for each in hours_of(weekday, day))

    def breaks(self) -> tuple[Hours, ...]:
        """The breaks, but none on a day that is not among hours of one's own; raises :class:`Unreadable`."""
        found: list[Hours] = []
        for weekday, day in enumerate(self.days()):
            if self._always and not self._office[weekday].works:
                with suppress(Unreadable):  # its fields are closed: nobody could mend it
                    found += breaks_of(weekday, day)
            elif self._always or day.works:
                found += breaks_of(weekday, day)
        return tuple(found)

    def offer_office(self, hours: Sequence[Hours]) -> None:
        """When the office is open."""
        self._own = self.days()
        self._office = work_days(hours, ())
        if self._always and self.lines:
            self._show()

    def tidy(self, control: QWidget) -> None:
        """Put a time that was typed into its usual form."""
        for line in self.lines:
            line.tidy(control)
        self._summarise()

    # -- what the person does ------------------------------------------------------------------------------------

    def _always_clicked(self, on: bool) -> None:
        days = self.days()
        if not on and not any(day.works for day in days):
            pairs = zip(self._office, days, strict=True)
            days = tuple(replace(day, works=office.works, times=office.times) for office, day in pairs)
        self._own, self._always = days, on
        self._show()
        self._was_edited()

    def _works_clicked(self, line: WorkDayLine) -> None:
        usual = self._office[line.weekday].times
        if line.works.isChecked() and not line.starts.text() and not line.ends.text() and all(usual):
            line.starts.setText(usual[0])
            line.ends.setText(usual[1])
        line.show_fields()
        self._was_edited()

    def _copy(self) -> None:
        before = self.days()
        at = next((at for at, line in enumerate(self.lines) if line.works.isChecked()), None)
        if at is None:
            self.remarked.emit(Remark("No day is ticked to copy from."))
            return
        source = before[at]
        self._put(
            tuple(
                replace(day, times=source.times, pause=source.pause) if line.works.isChecked() else day
                for day, line in zip(before, self.lines, strict=True)
            )
        )
        words = f"Every working day of {self._owner} is now as {self.lines[at].day}."
        self.remarked.emit(Remark(words, "", lambda: self._put(before)))

    def _put(self, days: tuple[WorkDay, ...]) -> None:
        self._own = days
        self._show()
        self._was_edited()

    def _was_edited(self) -> None:
        self._summarise()
        self.edited.emit()

    def _show(self) -> None:
        """The lines as they now are."""
        for line, own, office in zip(self.lines, self._own, self._office, strict=True):
            shown = replace(own, works=office.works, times=office.times) if self._always else own
            line.set_value(shown, always=self._always)
        self._summarise()

    def _summarise(self) -> None:
        try:
            hours, breaks = self.hours(), self.breaks()
        except Unreadable:
            return  # it is said beside the field
        words = week_words(hours) if hours else _ALWAYS if self._always else "Never"
        times = {(each.opens, each.closes) for each in breaks}
        if len(times) == 1:
            words += f", break {opening_words(*times.pop())}"
        elif times:
            words += ", with breaks"
        self.opener.set_summary(words)
