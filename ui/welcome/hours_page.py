"""The section *Opening hours*: one line a weekday, a second opening where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import time

from msgspec.structs import replace
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reception.domain.office import Hours
from reception.services.office_settings import OfficeSettings
from ui import moments
from ui.welcome.arranged import Flow
from ui.welcome.checks import closed_all_week, shortfall_words
from ui.welcome.day_line import Day, DayLine, days_of
from ui.welcome.page import Field, Page, Remark
from ui.welcome.reading import Unreadable, read_time, time_words
from ui.welcome.rows import Sentence
from ui.welcome.words import fills, opening_words
from ui.widgets import KeyButton, LineEdit

_USUAL = (time(9), time(17))


class HoursPage(Page):
    title = "Opening hours"
    note = "when visitors can come"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preset = ""
        self._by_hand: tuple[Day, ...] | None = None
        self._fills: list[KeyButton] = []
        self._copied_from = 0
        self.days = [DayLine(weekday) for weekday in range(7)]
        self._fields: list[Field] = []
        for line in self.days:
            line.set_first(line.weekday == 0)
            self.column.addWidget(line)
            self._listen(line)
        self.never_open = Sentence("word")
        self.column.addWidget(self.never_open)
        self.copy = QAction(self)
        self.copy.setShortcut(QKeySequence("Ctrl+D"))
        self.copy.triggered.connect(self._copy_to_all)
        self.copy_button = KeyButton(self.copy)
        self.below = Flow()
        self.below.add(self.copy_button)
        self.column.addSpacing(12)
        self.column.addWidget(self.below)
        self.column.addStretch(1)
        self.attend(self.copy_button)
        self._name_copy()

    def _listen(self, line: DayLine) -> None:
        line.open.clicked.connect(lambda: self._toggle(line))
        line.second.triggered.connect(lambda: self._set_second(line, on=True))
        line.drop_second.clicked.connect(lambda: self._set_second(line, on=False))
        for field in line.times():
            field.textEdited.connect(self._was_typed)
            self._fields.append(Field(field, lambda line=line, field=field: line.time_fault(field), line.sentence))  # type: ignore[misc]
        for control in line.controls():
            self.attend(control)

    # -- what the person does ----------------------------------------------------------------------------------

    def _toggle(self, line: DayLine) -> None:
        if line.open.isChecked() and not line.opens.text() and not line.closes.text():
            line.opens.setText(time_words(_USUAL[0]))
            line.closes.setText(time_words(_USUAL[1]))
        line.show_fields()
        self._was_typed()

    def _set_second(self, line: DayLine, *, on: bool) -> None:
        before = self.value()
        had_words = any(field.text() for field in (line.opens_again, line.closes_again))
        line.has_second = on
        if not on:
            line.opens_again.clear()
            line.closes_again.clear()
        line.show_fields()
        (line.opens_again if on else line.add_second).setFocus()
        self._was_typed()
        if not on and had_words:
            self.remarked.emit(Remark(f"The second opening on {line.day} was removed.", "", lambda: self.put(before)))

    def _copy_to_all(self) -> None:
        source = self.days[self._copied_from]
        before = self.value()
        for line in self.days:
            if line is not source and line.open.isChecked():
                line.set_value(source.value())
        self._was_typed()
        if self.value() == before:
            self.remarked.emit(Remark("All open days have these hours already."))
            return
        self.remarked.emit(Remark(f"All open days now have the hours of {source.day}.", "", lambda: self.put(before)))

    def _name_copy(self) -> None:
        self.copy.setText(f"Copy {self.days[self._copied_from].day} to all open days")
        self.copy.setEnabled(self.days[self._copied_from].open.isChecked())

    def left(self, control: QWidget) -> None:
        for line in self.days:
            # a closed day has nothing to copy, and Tab comes through Sunday on its way to the button
            if control in line.controls() and line.open.isChecked():
                self._copied_from = line.weekday
                self._name_copy()
            if control in line.times() and isinstance(control, LineEdit):
                with suppress(Unreadable):  # it is said beside the field
                    control.setText(time_words(read_time(control.text())))
        super().left(control)

    def _was_typed(self) -> None:
        self._by_hand = None
        self._name_copy()
        self.was_edited()

    def put(self, days: tuple[Day, ...]) -> None:
        for line, day in zip(self.days, days, strict=True):
            line.set_value(day)
        self._was_typed()

    def value(self) -> tuple[Day, ...]:
        """What stands in the fields of the week."""
        return tuple(line.value() for line in self.days)

    # -- presets -----------------------------------------------------------------------------------------------

    def set_preset(self, key: str) -> None:
        """Offer the hours of a document, and say where the office's fall below them."""
        self._preset = key
        self.below.clear_after(1)
        self._fills = []
        for name, hours in fills(key):
            action = QAction(name, self)
            action.triggered.connect(lambda _=False, name=name, hours=hours: self._fill_in(name, hours))
            button = KeyButton(action)
            button.setAccessibleName(f"Fill in {name}")
            self.attend(button)
            self.below.add(button)
            self._fills.append(button)
        self.rechain()
        self._say_words()

    def take_preset(self, key: str) -> None:
        """Fill in the hours of a document, where it states any."""
        self.set_preset(key)
        stated = fills(key)
        if stated:
            self._take(stated[0][0], stated[0][1])

    def _fill_in(self, name: str, hours: tuple[Hours, ...]) -> None:
        done = self._take(name, hours)
        self.remarked.emit(done or Remark(f"{name} are filled in."))

    def _take(self, name: str, hours: tuple[Hours, ...]) -> Remark | None:
        before = self.value()
        known = [
            days_of(stated) for key in ("hertfordshire", "hart", "hertsmere", "north-herts") for _, stated in fills(key)
        ]
        by_hand = self._by_hand if before in known else before
        self.put(days_of(hours))
        self._by_hand = by_hand
        if by_hand is None or by_hand == self.value():
            return None
        return Remark(f"{name} are filled in.", "", lambda: self.put(by_hand))

    def check(self) -> None:
        super().check()
        self._say_words()

    def _say_words(self) -> None:
        hours: list[Hours] = []
        unclear = set()
        for line in self.days:
            if any(line.time_fault(field) for field in line.times()):
                unclear.add(line.weekday)  # its mistake is said instead
            else:
                hours += line.hours()
        words = {} if unclear and not hours else shortfall_words(hours, self._preset)
        for line in self.days:
            also = [opening_words(*opening) for opening in line.further if line.open.isChecked() and line.has_second]
            kept = f"Also open {moments.joined(also)}." if also else ""
            below = "" if line.weekday in unclear else words.get(line.weekday, "")
            line.word.tell(f"{kept} {below}".strip())
        self.never_open.tell("" if unclear else closed_all_week(hours, self._preset))

    # -- settings ----------------------------------------------------------------------------------------------

    def fill(self, settings: OfficeSettings) -> None:
        for line, day in zip(self.days, days_of(settings.hours), strict=True):
            line.set_value(day)
        self._name_copy()
        self.set_preset(settings.preset)

    def hours(self) -> tuple[Hours, ...]:
        """All openings; raises :class:`Unreadable`."""
        return tuple(each for line in self.days for each in line.hours())

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, hours=self.hours())

    def control_of(self, field: str) -> QWidget | None:
        name, _, weekday = field.partition("/")
        if name != "hours":
            return None
        line = next((line for line in self.days if str(line.weekday) == weekday), self.days[0])
        return line.closes if line.closes.isEnabled() else line.open

    def typed(self) -> object:
        return self.value()

    def fields(self) -> Sequence[Field]:
        return self._fields

    def stops(self) -> Sequence[QWidget]:
        of_days = [control for line in self.days for control in line.controls()]
        return (*of_days, self.copy_button, *self._fills)
