"""The forecast: how many visitors a day to come is expected to bring, and what waiting comes to with usual counters.

One question is under way at a time, and only the answer to the newest is shown.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from reception.clock import Clock, SystemClock, local_date
from reception.domain.forecasting import HALF_HOUR, ArrivalsForecast
from reception.domain.office import Office
from reception.domain.staffing import WhatIfResult
from reception.services.supervisor_queries import Forecast
from ui.link import Link
from ui.panels.in_sight import InSight
from ui.refused import Refused
from ui.supervisor.finding import Finding
from ui.supervisor.forecast_head import DayHead, DayPanel
from ui.supervisor.forecast_sheets import Beside, HalfHoursSheet
from ui.supervisor.forecast_waits import Waits
from ui.supervisor.forecast_words import detail, heads, hours_of_a_day, rows, sentence
from ui.supervisor.page import Page
from ui.supervisor.plots.arrivals import ArrivalsPlot, Step
from ui.supervisor.plots.with_table import WithTable
from ui.supervisor.sheets import Content
from ui.widgets.viewport import give_viewport

_MARGIN = 16
_MOST_DAYS_ON = 14
_NOTE = "Line: expected. Shade: where eight days in ten lie."
ONE_OFFICE = "A forecast is of one office at a time. Choose one above."


class ForecastPage(Page):
    """See the module."""

    title = "Forecast"

    def __init__(self, link: Link, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._clock = clock or SystemClock()
        self._office: Office | None = None
        self._day: date | None = None
        self._found: ArrivalsForecast | None = None
        self._turn = 0
        head = DayHead(self)
        head.hide()
        self.head = self.day_head = head
        head.earlier.connect(lambda: self._move(-1))
        head.later.connect(lambda: self._move(1))
        head.wanted.connect(self._choose)
        self.panel = DayPanel()
        self.panel.hide()
        self.panel.picked.connect(self._picked)
        self.panel.closed.connect(self._close_panel)
        self.finding = Finding()
        self.finding.again.connect(self._ask)
        self.waits = Waits(link)
        self.waits.came.connect(self._show_waits)
        self.plot = ArrivalsPlot("Visitors by half hour")
        self.arrivals = WithTable("Visitors by half hour", self.plot, "visitors-expected")
        self.half_hours = HalfHoursSheet()
        self.sheets = Beside(self.arrivals, self.half_hours)
        self.sheets.hide()
        content = Content()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        column.setSpacing(12)
        for part in (self.panel, self.finding, self.waits):
            column.addWidget(part)
        column.addWidget(self.sheets, 1)
        column.addStretch(0)
        area = QScrollArea()
        give_viewport(area, QPalette.ColorRole.NoRole)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self._in_sight = InSight(area, content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # -- the page --

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        if len(offices) != 1:
            self._turn += 1
            self._office = None
            self._clear()
            self.finding.say(ONE_OFFICE)
            self.day_head.setEnabled(False)
            return
        office = offices[0]
        is_other = self._office is None or self._office.id != office.id
        self._office = office
        self.day_head.setEnabled(True)
        if self._day is None:
            self._day = self._next_open(self._today(office), 1)
        self.day_head.show_day(self._day, self._today(office))
        if is_other or self._found is None:
            self._ask()

    def refresh(self) -> None:
        self._ask()

    def leave(self) -> None:
        self._turn += 1
        self.waits.clear()
        self.panel.hide()
        self._found = None

    # -- which day --

    def _today(self, office: Office) -> date:
        return local_date(self._clock.now(), office.zone)

    def _next_open(self, day: date, step: int) -> date:
        """The next weekday on which the office opens."""
        weekdays = {each.weekday for each in self._office.hours} if self._office is not None else set[int]()
        for _ in range(_MOST_DAYS_ON):
            day += timedelta(days=step)
            if not weekdays or day.weekday() in weekdays:
                break
        return day

    def _move(self, step: int) -> None:
        if self._day is not None:
            self._take(self._next_open(self._day, step))

    def _choose(self) -> None:
        if self.panel.isVisible():
            self._close_panel()
        elif self._day is not None and self._office is not None:
            self.panel.open_with(self._day, self._today(self._office))

    def _picked(self, day: date) -> None:
        self._close_panel()
        self._take(day)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.day_head.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, day: date) -> None:
        if day != self._day and self._office is not None:
            self._day = day
            self.day_head.show_day(day, self._today(self._office))
            self._ask()

    # -- question and answer --

    def _ask(self) -> None:
        office, day = self._office, self._day
        if office is None or day is None:
            return
        self._turn += 1
        turn = self._turn
        self.waits.clear()
        self.finding.working("Working out the forecast.")

        def answered(found: ArrivalsForecast) -> None:
            if turn == self._turn:
                self._show(office, found)

        def refused(no: Refused) -> None:
            if turn == self._turn:
                self._clear()
                self.finding.say("")
                self.finding.refuse(no, "")

        self._link.ask_beside(Forecast(office.id, day), answered, refused)

    def _show(self, office: Office, found: ArrivalsForecast) -> None:
        self._found = found
        self.finding.say(sentence(found, self._today(office)), detail(found))
        if not found.half_hours:
            self.sheets.hide()
            return
        steps = [Step(half.minute, HALF_HOUR, half.expected, half.low, half.high) for half in found.half_hours]
        self.plot.show_steps(steps, hours_of_a_day())
        self.arrivals.set_note(_NOTE, f"{sentence(found, self._today(office))}. {_NOTE}")
        self.arrivals.set_rows(heads(with_waits=False), rows(found, None))
        self.half_hours.table.show_rows(heads(with_waits=False), rows(found, None))
        self.sheets.show()
        self.sheets.place()
        self.waits.work_out(office.id, found.day)

    def _show_waits(self, result: WhatIfResult) -> None:
        if self._found is not None:
            self.half_hours.table.show_rows(heads(with_waits=True), rows(self._found, result))
            self.sheets.place()

    def _clear(self) -> None:
        self._found = None
        self.waits.clear()
        self.sheets.hide()
