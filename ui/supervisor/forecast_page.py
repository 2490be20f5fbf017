"""The forecast: how many visitors a day to come is expected to bring, and what waiting comes to with usual counters."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reception.clock import Clock, SystemClock, local_date
from reception.domain.forecasting import HALF_HOUR, ArrivalsForecast
from reception.domain.grouping import Period
from reception.domain.office import Office
from reception.domain.staffing import WhatIfResult
from reception.services.supervisor_queries import Forecast
from ui.link import Link
from ui.moments import day_words
from ui.refused import Refused
from ui.supervisor.finding_page import FindingPage
from ui.supervisor.forecast_head import DayHead, DayPanel
from ui.supervisor.forecast_sheets import Beside, HalfHoursSheet
from ui.supervisor.forecast_waits import Waits
from ui.supervisor.forecast_words import detail, heads, hours_of_a_day, rows, sentence
from ui.supervisor.open_days import open_day
from ui.supervisor.plots.arrivals import ArrivalsPlot, Step
from ui.supervisor.plots.with_table import WithTable

_TOP = 8
_NOTE = "Line: expected. Shade: where eight days in ten lie."
ONE_OFFICE = "A forecast is of one office at a time. Choose one above."


class ForecastPage(FindingPage):
    """See the module."""

    title = "Forecast"
    panel: DayPanel

    def __init__(self, link: Link, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        self.day_head = DayHead()
        super().__init__(link, self.day_head, DayPanel(), parent)
        self._clock = clock or SystemClock()
        self._office: Office | None = None
        self._day: date | None = None
        self._found: ArrivalsForecast | None = None
        self.waits = Waits(link)
        self.finding.month_wanted.connect(self._show_first_known)
        self.waits.came.connect(self._show_waits)
        self.plot = ArrivalsPlot("Visitors by half hour")
        self.arrivals = WithTable("Visitors by half hour", self.plot, "visitors-expected")
        self.half_hours = HalfHoursSheet()
        self.sheets = Beside(self.arrivals, self.half_hours)
        self.sheets.hide()
        self._place(_TOP, self.waits, self.sheets)

    # -- the page --

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        if len(offices) != 1:
            self._office = None
            self.forget()
            self.finding.say(ONE_OFFICE)
            self.day_head.setEnabled(False)
            return
        office = offices[0]
        is_other = self._office is None or self._office.id != office.id
        self._office = office
        self.day_head.setEnabled(True)
        if self._day is None:
            self._day = open_day(office, self._today(office), 1)
        self.day_head.show_day(self._day, self._today(office))
        if is_other or self._found is None:
            self._ask()

    def refresh(self) -> None:
        self._ask()

    def leave(self) -> None:
        self.asking.let_go()
        self.waits.clear()
        self._found = None

    def forget(self) -> None:
        self.asking.let_go()
        self._found = None
        self.finding.say("")
        self.waits.clear()
        self.sheets.hide()
        self.arrivals.forget()
        self.half_hours.table.show_rows((), ())

    # -- which day --

    def _today(self, office: Office) -> date:
        return local_date(self._clock.now(), office.zone)

    def _move(self, by: int) -> None:
        if self._day is not None and self._office is not None:
            self._take(open_day(self._office, self._day, by))

    def _open_panel(self) -> None:
        if self._day is not None and self._office is not None:
            self.panel.open_with(self._day, self._today(self._office))

    def _take(self, day: object) -> None:
        if isinstance(day, date) and day != self._day and self._office is not None:
            self._day = day
            self.day_chosen.emit(day)
            self.day_head.show_day(day, self._today(self._office))
            self._ask()

    def _first_known(self) -> date | None:
        """The first day that can be foretold, where all that is known is too long ago for the one that is chosen."""
        if self._found is None or self._found.newest is None or self._office is None:
            return None
        return open_day(self._office, self._found.newest, 1)

    def _show_first_known(self) -> None:
        """The way out of a day of which nothing is known."""
        first = self._first_known()
        if first is not None:
            self._take(first)
            self.day_head.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- question and answer --

    def _ask(self) -> None:
        office, day = self._office, self._day
        if office is None or day is None:
            return
        self.waits.clear()
        self.finding.working("Working out the forecast.")

        def refused(no: Refused) -> None:
            self.forget()
            self.finding.refuse(no, "")

        self.asking.ask(Forecast(office.id, day), lambda found: self._show(office, found), refused)

    def _show(self, office: Office, found: ArrivalsForecast) -> None:
        self._found = found
        first = self._first_known()
        offered = f"{day_words(first)} {first.year}" if first is not None else ""
        self.finding.say(sentence(found, self._today(office)), detail(found), month=offered)
        if not found.half_hours:
            self.sheets.hide()
            return
        steps = [Step(half.minute, HALF_HOUR, half.expected, half.low, half.high) for half in found.half_hours]
        self.plot.show_steps(steps, hours_of_a_day())
        called = f"{day_words(found.day)} {found.day.year}, a forecast"
        self.arrivals.set_subject(office.name, Period(found.day, found.day), called)
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
