"""The section *Notices*: what the waiting room's display says below the calls, on which days, at which hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.languages import ENGLISH, VISITOR_LANGUAGES
from reception.domain.notices import EVERY_DAY, Notice
from reception.services.commands import new_id
from reception.services.office_settings import MOST_NOTICES, NOTICE_LENGTH, OfficeSettings
from ui import texts
from ui.welcome.arranged import Flow
from ui.welcome.checks import fault_of, length_fault, missing
from ui.welcome.controls import write_as
from ui.welcome.day_line import QUARTERS
from ui.welcome.details import Details
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, read_date, read_time, time_words
from ui.welcome.rows import Row, Sentence, part, remark
from ui.welcome.suggesting import PickEdit
from ui.welcome.table import TableLine, TablePage
from ui.welcome.words import WEEKDAYS
from ui.widgets import LineEdit, LinesEdit, Tick

_OTHERS = VISITOR_LANGUAGES[1:]
_DAYS_OFFERED = 366
_DATE, _TIME = 264, 144


class NoticeLine(TableLine):
    """One notice: its English words; when it is shown, and its words in other languages, behind *More*."""

    def __init__(self, page: NoticesPage, notice: Notice) -> None:
        super().__init__(page, notice.id, notice.words.get(ENGLISH, ""))
        self._page = page
        self.first, self.last = (
            PickEdit(page.coming_days, _day_words(day) if day else "") for day in (notice.first, notice.last)
        )
        self.opens, self.closes = (
            PickEdit(lambda: QUARTERS, time_words(at) if at else "") for at in (notice.opens, notice.closes)
        )
        self.weekdays = tuple(Tick(name) for name in WEEKDAYS)
        for at, tick in enumerate(self.weekdays):
            tick.setChecked(at in notice.weekdays)
        self.name.setCursorPosition(0)
        self.others = {each.tag: LinesEdit(each.name, 2) for each in _OTHERS}
        for tag, lines in self.others.items():
            lines.set_text(notice.words.get(tag, ""))
            write_as(lines.edit, tag)
            lines.edited.connect(page.was_edited)
        self.details = Details(self)
        self._faults = (Field(self.name, self._english_fault, self.sentence), *self._build_details())
        self.add_cell(self.name, "Notice, in English", 320, 3)
        self.add_cell(self.details.more, "", 68)
        self.add_tools()
        for edit in self._when():
            edit.textEdited.connect(page.was_edited)
        for tick in self.weekdays:
            tick.clicked.connect(page.was_edited)

    def _build_details(self) -> list[Field]:
        days, no_days = Flow(), Sentence()
        for tick in self.weekdays:
            days.add(tick)
        first = Row("First day", self.first, "Empty: from now on.", width=_DATE)
        last = Row("Last day", self.last, "Empty: until the notice is removed.", width=_DATE)
        opens = Row("From", self.opens, "Empty: all day.", width=_TIME)
        closes = Row("Until", self.closes, width=_TIME)
        others = [(each, Row(each.name, self.others[each.tag], width=0)) for each in _OTHERS]
        rows = (row for _, row in others)
        self.details.add(first, last, opens, closes, days, no_days, part("In other languages", top=8), *rows)
        return [
            Field(self.first, lambda: _fault(self.first, self._read_day), first.sentence),
            Field(self.last, self._last_fault, last.sentence),
            Field(self.opens, lambda: _fault(self.opens, read_time), opens.sentence),
            Field(self.closes, self._closes_fault, closes.sentence),
            Field(self.weekdays[0], self._weekdays_fault, no_days),
            *(Field(self.others[each.tag].edit, self._length_fault(each.tag), row.sentence) for each, row in others),
        ]

    def _when(self) -> tuple[LineEdit, ...]:
        return (self.first, self.last, self.opens, self.closes)

    def _in(self, tag: str) -> str:
        """Its words in a language, in one line."""
        return " ".join(as_typed(self.others[tag].text()).split())

    def controls(self) -> Sequence[QWidget]:
        row = (self.name, self.details.more, *self.tools())
        return (*row, *self._when(), *self.weekdays, *(edit.edit for edit in self.others.values()))

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        when = (*(edit.text() for edit in self._when()), self._chosen())
        return (self.name.text(), *when, *(self._in(tag) for tag in self.others))

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        for edit, words in (
            (self.first, "First day of"),
            (self.last, "Last day of"),
            (self.opens, "From what time to show"),
            (self.closes, "Until what time to show"),
        ):
            edit.setAccessibleName(f"{words} {of}")
        for name, tick in zip(WEEKDAYS, self.weekdays, strict=True):
            tick.setAccessibleName(f"{of} on {name}")
        for each in _OTHERS:
            self.others[each.tag].edit.setAccessibleName(f"{of} in {each.name}")
        self.details.set_owner(of)

    def control_of(self, what: str) -> QWidget:
        controls: dict[str, QWidget] = {
            "first": self.first,
            "last": self.last,
            "opens": self.opens,
            "closes": self.closes,
            "weekdays": self.weekdays[0],
        }
        return controls.get(what) or super().control_of(what)

    def notice(self) -> Notice:
        """What was typed; only when nothing is wrong."""
        words = {ENGLISH: as_typed(self.name.text())}
        words |= {tag: said for tag in self.others if (said := self._in(tag))}
        return Notice(
            self.record_id,
            words,
            self._day_of(self.first),
            self._day_of(self.last),
            _time_of(self.opens),
            _time_of(self.closes),
            self._chosen(),
        )

    def _chosen(self) -> frozenset[int]:
        return frozenset(at for at, tick in enumerate(self.weekdays) if tick.isChecked())

    def _read_day(self, text: str) -> date:
        return read_date(text, self._page.today())

    def _day_of(self, edit: LineEdit) -> date | None:
        return self._read_day(edit.text()) if edit.text().strip() else None

    # -- mistakes ----------------------------------------------------------------------------------------------

    def _english_fault(self) -> str:
        words = as_typed(self.name.text())
        return missing(words, "A notice has no words in English. Enter them, or remove it.") or length_fault(
            words, NOTICE_LENGTH
        )

    def _length_fault(self, tag: str) -> Callable[[], str]:
        return lambda: length_fault(self._in(tag), NOTICE_LENGTH)

    def _last_fault(self) -> str:
        if wrong := _fault(self.last, self._read_day):
            return wrong
        if _fault(self.first, self._read_day):
            return ""
        first, last = self._day_of(self.first), self._day_of(self.last)
        return "It ends before its first day. Correct its days." if first and last and last < first else ""

    def _closes_fault(self) -> str:
        if wrong := _fault(self.closes, read_time):
            return wrong
        if bool(self.opens.text().strip()) != bool(self.closes.text().strip()):
            return "It has only one of its two times. Enter both, or none for all day."
        if _fault(self.opens, read_time) or _time_of(self.opens) is None:
            return ""
        is_alike = _time_of(self.opens) == _time_of(self.closes)
        return "It ends when it begins. Correct its times." if is_alike else ""

    def _weekdays_fault(self) -> str:
        return "" if self._chosen() else "It is shown on no day. Choose its days."


def _fault(edit: LineEdit, read: Callable[[str], object]) -> str:
    """What can't be read in a field that may be empty."""
    return fault_of(lambda: read(edit.text())) if edit.text().strip() else ""


def _time_of(edit: LineEdit) -> time | None:
    return read_time(edit.text()) if edit.text().strip() else None


def _day_words(day: date) -> str:
    return f"{texts.day_words(day)} {day.year}"


class NoticesPage(TablePage[NoticeLine]):
    title = "Notices"
    note = "what the waiting room reads"
    kind = "notice"
    setting = "notices"

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.column.addWidget(
            remark(
                "They take turns on the display, below the calls. Without a day or a time a notice is always shown; "
                "in a language that it has no words in, visitors read it in English."
            )
        )
        self.build()
        self.column.addStretch(1)

    def coming_days(self) -> list[str]:
        return [_day_words(self.today() + timedelta(days=after)) for after in range(_DAYS_OFFERED)]

    def new_line(self) -> NoticeLine:
        return NoticeLine(self, Notice(new_id(), {}, weekdays=EVERY_DAY))

    def lines_of(self, settings: OfficeSettings) -> list[NoticeLine]:
        return [NoticeLine(self, notice) for notice in settings.notices]

    def none_fault(self) -> str:
        return f"These are more than {MOST_NOTICES} notices. Remove some." if len(self.lines) > MOST_NOTICES else ""

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, notices=tuple(line.notice() for line in self.lines))
