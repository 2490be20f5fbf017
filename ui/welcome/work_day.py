"""One weekday of somebody's working hours, as it is typed: from when to when, and one break."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import time

from PySide6.QtWidgets import QWidget

from reception.domain.office import Hours
from ui.welcome.checks import fault_of
from ui.welcome.day_line import QUARTERS, Opening
from ui.welcome.line import Line
from ui.welcome.page import Field
from ui.welcome.reading import Unreadable, read_time, time_words
from ui.welcome.suggesting import PickEdit
from ui.welcome.words import WEEKDAYS
from ui.widgets import LineEdit, Tick

_TIME = 100
Times = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WorkDay:
    """What stands in a line, as typed; and further hours and breaks, which no line can show but which are kept."""

    works: bool = False
    times: Times = ("", "")
    pause: Times = ("", "")
    further: tuple[Opening, ...] = ()
    further_pauses: tuple[Opening, ...] = ()


def work_days(hours: Sequence[Hours], breaks: Sequence[Hours]) -> tuple[WorkDay, ...]:
    """The seven lines of a week."""
    days = []
    for weekday in range(7):
        works, rests = (
            sorted((each.opens, each.closes) for each in spans if each.weekday == weekday) for spans in (hours, breaks)
        )
        days.append(
            WorkDay(bool(works), _words(works[:1]), _words(rests[:1]), tuple(works[1:]), tuple(rests[1:])),
        )
    return tuple(days)


def _words(spans: Sequence[Opening]) -> Times:
    return (time_words(spans[0][0]), time_words(spans[0][1])) if spans else ("", "")


def hours_of(weekday: int, day: WorkDay) -> list[Hours]:
    """The hours of a day that is worked; raises :class:`Unreadable`."""
    spans = [_span(day.times), *day.further] if day.works else []
    return [Hours(weekday, *span) for span in sorted(spans)]


def breaks_of(weekday: int, day: WorkDay) -> list[Hours]:
    """The breaks that were typed; raises :class:`Unreadable`."""
    spans = [_span(day.pause)] if any(text.strip() for text in day.pause) else []
    return [Hours(weekday, *span) for span in sorted([*spans, *day.further_pauses])]


def _span(texts: Times) -> Opening:
    return read_time(texts[0]), read_time(texts[1])


class WorkDayLine(Line):
    """One weekday. While somebody works whenever the office is open, it shows the office's hours."""

    def __init__(self, weekday: int, *, has_breaks: bool) -> None:
        self.weekday = weekday
        self.day = WEEKDAYS[weekday]
        super().__init__(self.day)
        self._always = False
        self._further = WorkDay()
        self.works = Tick(self.day)
        self.starts, self.ends, self.pauses, self.resumes = (self._time() for _ in range(4))
        self.add_cell(self.works, "", 120)
        self.add_cell(self.starts, "Starts", _TIME)
        self.add_cell(self.ends, "Ends", _TIME, glued=True)
        self.add_cell(self.pauses, "Break from", _TIME)
        self.add_cell(self.resumes, "to", _TIME, glued=True)
        for field in (self.pauses, self.resumes):
            field.setVisible(has_breaks)
        self.faults = [
            Field(field, lambda field=field: self.fault_of(field), self.sentence)  # type: ignore[misc]
            for field in self.times()
        ]

    def _time(self) -> LineEdit:
        return PickEdit(lambda: QUARTERS)

    def times(self) -> tuple[LineEdit, ...]:
        return (self.starts, self.ends, self.pauses, self.resumes)

    def controls(self) -> tuple[QWidget, ...]:
        return (self.works, *(field for field in self.times() if not field.isHidden()))

    def set_owner(self, words: str) -> None:
        self.works.setAccessibleName(f"{words} works on {self.day}")
        for field, what in zip(self.times(), ("starts", "ends", "break from", "break to"), strict=True):
            field.setAccessibleName(f"{self.day} {what}, {words}")

    def value(self) -> WorkDay:
        return replace(
            self._further,
            works=self.works.isChecked(),
            times=(self.starts.text(), self.ends.text()),
            pause=(self.pauses.text(), self.resumes.text()),
        )

    def set_value(self, day: WorkDay, *, always: bool) -> None:
        """`always`: the hours are the office's, and not for typing."""
        self._always = always
        self._further = day
        self.works.setChecked(day.works)
        for field, text in zip(self.times(), (*day.times, *day.pause), strict=True):
            field.setText(text)
        self.show_fields()

    def show_fields(self) -> None:
        """Let be typed what may be typed."""
        works = self.works.isChecked()
        self.works.setEnabled(not self._always)
        for field in (self.starts, self.ends):
            field.setEnabled(works and not self._always)
        for field in (self.pauses, self.resumes):
            field.setEnabled(works)

    def tidy(self, field: QWidget) -> None:
        """Put a time that was typed into its usual form."""
        if field in self.times() and isinstance(field, LineEdit):
            with suppress(Unreadable):  # it is said beside the field
                field.setText(time_words(read_time(field.text())))

    def fault_of(self, field: LineEdit) -> str:
        """What is wrong with one time; the later of two also answers for the earlier."""
        is_break = field in (self.pauses, self.resumes)
        if not self.works.isChecked() or (self._always and not is_break):
            return ""
        if not field.text().strip():
            return self._missing(field, is_break=is_break)
        unreadable = fault_of(lambda: read_time(field.text()))
        if unreadable or field in (self.starts, self.pauses):
            return unreadable
        try:
            return self._break_fault() if is_break else self._order_fault()
        except Unreadable:
            return ""

    def _missing(self, field: LineEdit, *, is_break: bool) -> str:
        if not is_break:
            which = "starting" if field is self.starts else "ending"
            return f"{self.day} has no {which} time. Enter one like 9am, or untick the day."
        other = self.resumes if field is self.pauses else self.pauses
        return f"The break on {self.day} lacks a time. Enter one like 1pm, or empty both." if other.text() else ""

    def _order_fault(self) -> str:
        starts, ends = _span((self.starts.text(), self.ends.text()))
        return "" if starts < ends else f"On {self.day} the work ends before it starts. Correct the times."

    def _break_fault(self) -> str:
        pauses, resumes = _span((self.pauses.text(), self.resumes.text()))
        if pauses >= resumes:
            return f"The break on {self.day} ends before it begins. Correct the times."
        if self._always:
            return ""
        worked: list[tuple[time, time]] = [_span((self.starts.text(), self.ends.text())), *self._further.further]
        if any(starts <= pauses and resumes <= ends for starts, ends in worked):
            return ""
        return f"The break on {self.day} is not within the working hours. Correct the times."
