"""The section *Notices*: what the waiting room's display says below the calls, on which days, at which hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.languages import ENGLISH
from reception.domain.notices import Notice
from reception.services.commands import new_id
from reception.services.office_settings import MOST_NOTICES, NOTICE_LENGTH, OfficeSettings
from ui.welcome.checks import length_fault, missing
from ui.welcome.details import Details
from ui.welcome.notice_parts import NoticeParts, told_of
from ui.welcome.page import Field
from ui.welcome.reading import as_typed
from ui.welcome.rows import remark
from ui.welcome.table import TableLine, TablePage


class _LateDetails(Details):
    """They are filled when they are first opened."""

    def __init__(self, line: NoticeLine) -> None:
        super().__init__(line)
        self._notice_line = line

    def open(self, *, on: bool) -> None:
        if on:
            self._notice_line.parts()
        super().open(on=on)


class NoticeLine(TableLine):
    """One notice: its English words; all else about it is behind *More*."""

    def __init__(self, page: NoticesPage, notice: Notice) -> None:
        super().__init__(page, notice.id, notice.words.get(ENGLISH, ""))
        self._page = page
        self._kept = notice
        self._parts: NoticeParts | None = None
        self.name.setCursorPosition(0)
        self.details = _LateDetails(self)
        self._english = Field(self.name, self._english_fault, self.sentence)
        self.add_cell(self.name, "Notice, in English", 320, 3)
        self.add_cell(self.details.more, "", 68)
        self.add_tools()

    def parts(self) -> NoticeParts:
        """What stands behind *More*."""
        if self._parts is None:
            self._parts = NoticeParts(told_of(self._kept), self._page.today, self._page.was_edited)
            self.details.add(*self._parts.rows())
            self._parts.call(self.called())
            self._page.take_in(self)
        return self._parts

    def controls(self) -> Sequence[QWidget]:
        behind = () if self._parts is None else self._parts.controls()
        return (self.name, self.details.more, *self.tools(), *behind)

    def faults(self) -> Sequence[Field]:
        return (self._english, *(() if self._parts is None else self._parts.fields))

    def typed(self) -> object:
        return (self.name.text(), told_of(self._kept) if self._parts is None else self._parts.typed())

    def name_controls(self) -> None:
        super().name_controls()
        self.details.set_owner(self.called())
        if self._parts is not None:
            self._parts.call(self.called())

    def control_of(self, what: str) -> QWidget:
        if what == "weekdays":
            return self.parts().weekdays[0]
        if what in ("first", "last", "opens", "closes"):
            return self.parts().when[what]
        return super().control_of(what)

    def notice(self) -> Notice:
        """What was typed; only when nothing is wrong."""
        english = {ENGLISH: as_typed(self.name.text())}
        if self._parts is None:
            return replace(self._kept, words={**self._kept.words, **english})
        told = self._parts.typed()
        return Notice(
            self.record_id, {**english, **told.words}, *self._parts.days(), *self._parts.times(), told.weekdays
        )

    def _english_fault(self) -> str:
        words = as_typed(self.name.text())
        unsaid = missing(words, "A notice has no words in English. Enter them, or remove it.")
        return unsaid or length_fault(words, NOTICE_LENGTH)


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

    def new_line(self) -> NoticeLine:
        return NoticeLine(self, Notice(new_id(), {}))

    def lines_of(self, settings: OfficeSettings) -> list[NoticeLine]:
        return [NoticeLine(self, notice) for notice in settings.notices]

    def none_fault(self) -> str:
        return f"These are more than {MOST_NOTICES} notices. Remove some." if len(self.lines) > MOST_NOTICES else ""

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, notices=tuple(line.notice() for line in self.lines))
