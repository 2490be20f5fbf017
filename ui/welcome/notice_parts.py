"""When a notice is shown, and its words in other languages: what stands behind *More*, made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.notices import Notice
from reception.services.office_settings import NOTICE_LENGTH
from ui import moments
from ui.welcome.arranged import Flow
from ui.welcome.checks import fault_of, length_fault
from ui.welcome.controls import write_as
from ui.welcome.day_line import QUARTERS
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, read_date, read_time, time_words
from ui.welcome.rows import Row, Sentence, part
from ui.welcome.suggesting import PickEdit
from ui.welcome.words import WEEKDAYS
from ui.widgets import LineEdit, LinesEdit, Tick

_OTHERS = VISITOR_LANGUAGES[1:]
_DAYS_OFFERED = 366
_DATE, _TIME = 264, 144
_WHEN = {
    "first": "First day of",
    "last": "Last day of",
    "opens": "From what time to show",
    "closes": "Until what time to show",
}


class Told(NamedTuple):
    """What stands in the fields, as typed; `words` by language, without English."""

    first: str
    last: str
    opens: str
    closes: str
    weekdays: frozenset[int]
    words: dict[str, str]


def told_of(notice: Notice) -> Told:
    """A notice as its fields show it."""
    return Told(
        _day_words(notice.first),
        _day_words(notice.last),
        _time_words(notice.opens),
        _time_words(notice.closes),
        notice.weekdays,
        {each.tag: said for each in _OTHERS if (said := in_one_line(notice.words.get(each.tag, "")))},
    )


def in_one_line(text: str) -> str:
    return " ".join(as_typed(text).split())


class NoticeParts:
    """The fields. `edited` is called after every change by the person."""

    def __init__(self, told: Told, today: Callable[[], date], edited: Callable[[], None]) -> None:
        self._today = today
        self.when: dict[str, LineEdit] = {
            "first": PickEdit(self._coming_days, told.first),
            "last": PickEdit(self._coming_days, told.last),
            "opens": PickEdit(lambda: QUARTERS, told.opens),
            "closes": PickEdit(lambda: QUARTERS, told.closes),
        }
        self.weekdays = tuple(Tick(name) for name in WEEKDAYS)
        for at, tick in enumerate(self.weekdays):
            tick.setChecked(at in told.weekdays)
            tick.clicked.connect(edited)
        self.others = {each.tag: LinesEdit(each.name, 2) for each in _OTHERS}
        for tag, lines in self.others.items():
            lines.set_text(told.words.get(tag, ""))
            write_as(lines.edit, tag)
            lines.edited.connect(edited)
        for edit in self.when.values():
            edit.textEdited.connect(edited)
        self._rows = {
            "first": Row("First day", self.when["first"], "Empty: from now on.", width=_DATE),
            "last": Row("Last day", self.when["last"], "Empty: until the notice is removed.", width=_DATE),
            "opens": Row("From", self.when["opens"], "Empty: all day.", width=_TIME),
            "closes": Row("Until", self.when["closes"], width=_TIME),
            **{each.tag: Row(each.name, self.others[each.tag], width=0) for each in _OTHERS},
        }
        self._no_days = Sentence()
        self.fields = self._fields()

    def rows(self) -> Sequence[QWidget]:
        """All of it, from top to bottom."""
        days = Flow()
        for tick in self.weekdays:
            days.add(tick)
        when = (self._rows[key] for key in self.when)
        return (
            *when,
            days,
            self._no_days,
            part("In other languages", top=8),
            *(self._rows[tag] for tag in self.others),
        )

    def controls(self) -> Sequence[QWidget]:
        return (*self.when.values(), *self.weekdays, *(lines.edit for lines in self.others.values()))

    def call(self, of: str) -> None:
        """The notice is called so."""
        for key, edit in self.when.items():
            edit.setAccessibleName(f"{_WHEN[key]} {of}")
        for name, tick in zip(WEEKDAYS, self.weekdays, strict=True):
            tick.setAccessibleName(f"{of} on {name}")
        for each in _OTHERS:
            self.others[each.tag].edit.setAccessibleName(f"{of} in {each.name}")

    def typed(self) -> Told:
        words = {tag: said for tag, lines in self.others.items() if (said := in_one_line(lines.text()))}
        chosen = frozenset(at for at, tick in enumerate(self.weekdays) if tick.isChecked())
        first, last, opens, closes = (edit.text() for edit in self.when.values())
        return Told(first, last, opens, closes, chosen, words)

    def days(self) -> tuple[date | None, date | None]:
        """Only when nothing is wrong."""
        first, last = (self.when[key].text() for key in ("first", "last"))
        return (self._read_day(first) if first.strip() else None, self._read_day(last) if last.strip() else None)

    def times(self) -> tuple[time | None, time | None]:
        """Only when nothing is wrong."""
        opens, closes = (self.when[key].text() for key in ("opens", "closes"))
        return (read_time(opens) if opens.strip() else None, read_time(closes) if closes.strip() else None)

    # -- mistakes ----------------------------------------------------------------------------------------------

    def _fields(self) -> Sequence[Field]:
        checks: dict[str, Callable[[], str]] = {
            "first": lambda: _fault(self.when["first"], self._read_day),
            "last": self._last_fault,
            "opens": lambda: _fault(self.when["opens"], read_time),
            "closes": self._closes_fault,
        }
        return (
            *(Field(self.when[key], check, self._rows[key].sentence) for key, check in checks.items()),
            Field(self.weekdays[0], self._weekdays_fault, self._no_days),
            *(Field(self.others[tag].edit, self._length(tag), self._rows[tag].sentence) for tag in self.others),
        )

    def _length(self, tag: str) -> Callable[[], str]:
        return lambda: length_fault(in_one_line(self.others[tag].text()), NOTICE_LENGTH)

    def _last_fault(self) -> str:
        if wrong := _fault(self.when["last"], self._read_day):
            return wrong
        if _fault(self.when["first"], self._read_day):
            return ""
        first, last = self.days()
        return "It ends before its first day. Correct its days." if first and last and last < first else ""

    def _closes_fault(self) -> str:
        if wrong := _fault(self.when["closes"], read_time):
            return wrong
        if bool(self.when["opens"].text().strip()) != bool(self.when["closes"].text().strip()):
            return "It has only one of its two times. Enter both, or none for all day."
        if _fault(self.when["opens"], read_time):
            return ""
        opens, closes = self.times()
        return "It ends when it begins. Correct its times." if opens is not None and opens == closes else ""

    def _weekdays_fault(self) -> str:
        return "" if any(tick.isChecked() for tick in self.weekdays) else "It is shown on no day. Choose its days."

    def _read_day(self, text: str) -> date:
        return read_date(text, self._today())

    def _coming_days(self) -> list[str]:
        return [_day_words(self._today() + timedelta(days=after)) for after in range(_DAYS_OFFERED)]


def _fault(edit: LineEdit, read: Callable[[str], object]) -> str:
    """What can't be read in a field that may be empty."""
    return fault_of(lambda: read(edit.text())) if edit.text().strip() else ""


def _day_words(day: date | None) -> str:
    return f"{moments.day_words(day)} {day.year}" if day is not None else ""


def _time_words(at: time | None) -> str:
    return time_words(at) if at is not None else ""
