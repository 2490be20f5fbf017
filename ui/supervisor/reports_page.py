"""Reports: a month of one office or of all, for the council or to be published, looked at and saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reception.clock import Instant, local_date
from reception.config import Config
from reception.domain.book import PageImage
from reception.domain.office import Office
from reception.domain.report_names import ALL_OFFICES, ReportFormat, report_file_name
from reception.services.supervisor_queries import MonthlyReport
from ui.book.letter_pages import Pages
from ui.link import Link
from ui.moments import month_words
from ui.panels.fields import FieldRow
from ui.panels.fitting import flowing
from ui.panels.in_sight import InSight
from ui.pulse import Pulse
from ui.refused import Refused
from ui.supervisor.page import Page
from ui.supervisor.report_words import (
    MAKING,
    NOT_SAVED_TO,
    PUBLIC_WORDS,
    saved_words,
    schedule_words,
)
from ui.texts import plural
from ui.theme import look_of
from ui.widgets import RING, Drop, ElidingLabel, KeyButton, Paragraph, Segmented, Sheet
from ui.widgets.announcing import announce

_MARGIN = 16
_FORM_WIDTH = 440
_BESIDE_FROM = 1000
"""So wide a page, at 100 % text, has the preview beside the form."""
_SHARPNESS = 1.5
"""Pixels of the picture for one of the screen."""
_PAGE_WIDTH = 595.28
"""Of A4, in points."""
_COUNCIL, _PUBLIC = "council", "public"
_EVERY = "every"
_FORMATS = (
    (ReportFormat.PDF.value, "PDF"),
    (ReportFormat.XLSX.value, "Spreadsheet"),
    (ReportFormat.CSV.value, "CSV"),
    (ReportFormat.JSON.value, "JSON"),
    (_EVERY, "All four"),
)


class ReportDoor(Protocol):
    """What the page needs of the door."""

    config: Config

    def report_images(self, query: MonthlyReport, scale: float) -> tuple[PageImage, ...]: ...

    def write_report(
        self, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...] = ()
    ) -> tuple[Path, ...]: ...


class ReportsPage(Page):
    """Opened with last month. Alt with the arrow keys goes to another month, Ctrl S saves."""

    title = "Reports"

    def __init__(self, link: Link, pulse: Pulse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link, self._pulse = link, pulse
        self._offices: tuple[Office, ...] = ()
        self._this_month: date | None = None
        self._first: date | None = None
        self._asked: MonthlyReport | None = None
        self._width = 0
        self.month = ElidingLabel("", "lead", 600)
        self.earlier = self._action("Earlier", "Alt+Left", lambda: self._go(-1))
        self.later = self._action("Later", "Alt+Right", lambda: self._go(1))
        self.office = Drop("Office")
        self.version = flowing(Segmented([(_COUNCIL, "The council"), (_PUBLIC, "The public")], "For"))
        self.format = Drop("File", _FORMATS)
        self.save = self._action("Save as…", "Ctrl+S", self._save)
        self.about_version = Paragraph("", token="text-muted")
        self.said = Paragraph()
        self.schedule = Paragraph("", token="text-muted")
        self.preview = Pages(of="report")
        self.state = Paragraph(MAKING, token="text-muted")
        self._build()
        self.office.currentIndexChanged.connect(lambda _at: self._show())
        self.version.changed.connect(lambda _value: self._show())
        pulse.subscribe(self, self._tick)

    def _action(self, words: str, key: str, slot: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    # -- where things stand ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._row.setSpacing(_MARGIN)
        self._row.addWidget(self._form(), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._preview_sheet(), 1)
        content = QWidget()
        content.setLayout(self._row)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("Report")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        InSight(self.area, content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def _form(self) -> QWidget:
        self.form = Sheet("Monthly report")
        months = QWidget()
        months.setAccessibleName("Month")
        line = QHBoxLayout(months)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(KeyButton(self.earlier, "lean"))
        line.addStretch(1)
        line.addWidget(KeyButton(self.later, "lean"))
        column = self.form.padded()
        buttons = self.form.padded(rings=True)
        column.addWidget(self.month)
        buttons.addWidget(months)
        rest = self.form.padded(rings=True)
        self._office_row = FieldRow("Office", self.office)
        rest.addSpacing(8)
        rest.addWidget(self._office_row)
        rest.addWidget(FieldRow("For", self.version))
        rest.addWidget(FieldRow("File", self.format))
        words = self.form.padded()
        words.addSpacing(8)
        words.addWidget(self.about_version)
        words.addSpacing(8)
        button = self.form.padded(rings=True)
        self.save_button = KeyButton(self.save)
        self.save_button.set_accent(True)
        button.addWidget(self.save_button)
        below = self.form.padded()
        below.addSpacing(8)
        below.addWidget(self.said)
        below.addSpacing(8)
        below.addWidget(self.schedule)
        below.addSpacing(_MARGIN)
        self.said.hide()
        return self.form

    def _preview_sheet(self) -> QWidget:
        self.sheet = Sheet("Preview")
        words = self.sheet.padded()
        words.addWidget(self.state)
        pages = self.sheet.padded(rings=True)
        pages.addWidget(self.preview)
        self.sheet.body.addStretch(1)
        return self.sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = look_of(self)
        is_beside = self.width() >= look.px(_BESIDE_FROM)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self._row.setAlignment(self.form, Qt.AlignmentFlag.AlignTop if is_beside else Qt.AlignmentFlag(0))
        self.form.setMaximumWidth(look.px(_FORM_WIDTH) if is_beside else self.maximumWidth())
        self.form.setMinimumWidth(look.px(_FORM_WIDTH) if is_beside else 0)

    # -- what is asked ---------------------------------------------------------------------------------------

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        self._offices = all_offices
        is_one = len(offices) == 1
        was_blocked = self.office.blockSignals(True)
        several = [("", ALL_OFFICES)] if len(all_offices) > 1 else []
        self.office.set_choices([*several, *((office.id, office.name) for office in all_offices)])
        self.office.set_value(offices[0].id if is_one else "")
        self.office.blockSignals(was_blocked)
        self._office_row.setVisible(len(all_offices) > 1)
        self._link.at_door(_report_folder, self._tell_schedule, lambda _no: None)
        self._asked = None
        now = self._pulse.now()
        if now is not None:
            self._tick(now)
        self._show()

    def leave(self) -> None:
        self._asked = None

    def _tick(self, now: Instant) -> None:
        """A month has begun; or it is known for the first time which one it is."""
        if not self._offices:
            return
        month = local_date(now, self._offices[0].zone).replace(day=1)
        if month == self._this_month:
            return
        self._this_month = month
        if self._first is None:
            self._first = _moved(month, -1)
            self._show()
        self._offer()

    def _go(self, months: int) -> None:
        if self._first is not None:
            self._first = _moved(self._first, months)
            self._offer()
            self._show()

    def _offer(self) -> None:
        self.later.setEnabled(
            self._first is not None and self._this_month is not None and self._first < self._this_month
        )

    def query(self) -> MonthlyReport | None:
        """What is chosen; None before it is known which month it is."""
        if self._first is None:
            return None
        chosen = self.office.value() or (self._offices[0].id if len(self._offices) == 1 else "")
        return MonthlyReport((chosen,) if chosen else (), self._first, self.version.value() == _PUBLIC)

    def _show(self) -> None:
        """Make the preview, unless it is the one that is shown or under way."""
        query = self.query()
        if query is None or query == self._asked:
            return
        self._asked = query
        self.said.hide()
        self.month.set_text(month_words(query.first))
        self.about_version.set_text(PUBLIC_WORDS if query.is_public else "")
        self.about_version.setVisible(query.is_public)
        self.sheet.set_title(f"{month_words(query.first)}, {self._of(query)}")
        self.state.set_text(MAKING)
        self.state.show()
        self.save.setEnabled(False)
        width = max(400, self.preview.width() - 2 * RING)
        scale = width * self.devicePixelRatioF() * _SHARPNESS / _PAGE_WIDTH

        def came(pages: tuple[PageImage, ...]) -> None:
            if query == self._asked:
                self.state.hide()
                self.save.setEnabled(True)
                self.preview.show_pages(pages)
                announce(self, f"{month_words(query.first)}, {plural(len(pages), 'page')}.")

        def came_not(no: Refused) -> None:
            if query == self._asked:
                self.preview.show_pages(())
                self.state.set_text(f"{no.reason} {no.remedy}".strip())
                announce(self, self.state.text())

        self._link.at_door(lambda door: _images(door, query, scale), came, came_not)

    def _of(self, query: MonthlyReport) -> str:
        return next((each.name for each in self._offices if each.id in query.office_ids), ALL_OFFICES)

    # -- saving ----------------------------------------------------------------------------------------------

    def _save(self) -> None:
        query = self._asked
        if query is None:
            return
        wanted = self.format.value()
        formats: tuple[ReportFormat, ...] = ()
        if wanted == _EVERY:
            out = QFileDialog.getExistingDirectory(self, "Folder for the report")
        else:
            chosen = ReportFormat(wanted)
            proposed = report_file_name(self._of(query), query.first, chosen, is_public=query.is_public)
            kinds = f"{dict(_FORMATS)[wanted]} (*.{wanted})"
            out, _ = QFileDialog.getSaveFileName(self, "Save the report", proposed, kinds)
            formats = (chosen,)
        if not out:
            return
        self.save.setEnabled(False)

        def done(paths: tuple[Path, ...]) -> None:
            self._say(saved_words(paths), "text")

        def refused(no: Refused) -> None:
            self._say(f"{NOT_SAVED_TO} {no.reason} {no.remedy}".strip(), "late-text")

        self._link.at_door(lambda door: _written(door, query, Path(out), formats), done, refused)

    def _say(self, words: str, token: str) -> None:
        self.said.set_style(token=token)
        self.said.set_text(words)
        self.said.show()
        self.save.setEnabled(True)
        announce(self, words, urgent=token != "text")

    def _tell_schedule(self, folder: str) -> None:
        self.schedule.set_text(schedule_words(folder))


def _moved(first: date, months: int) -> date:
    """So many months on, or back: 1 or -1."""
    day = first + timedelta(days=31) if months > 0 else first - timedelta(days=1)
    return day.replace(day=1)


def _report_folder(door: ReportDoor) -> str:
    return door.config.report_folder


def _images(door: ReportDoor, query: MonthlyReport, scale: float) -> tuple[PageImage, ...]:
    return door.report_images(query, scale)


def _written(door: ReportDoor, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...]) -> tuple[Path, ...]:
    return door.write_report(query, out, formats)
