"""The pages of the supervisor's window, in their order: one line each. A page is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from ui.link import Link
from ui.pulse import Pulse, PulseClock
from ui.supervisor.forecast_page import ForecastPage
from ui.supervisor.page import Page
from ui.supervisor.past_page import PastPage
from ui.supervisor.reports_page import ReportsPage
from ui.supervisor.staffing_page import StaffingPage
from ui.supervisor.today_page import TodayPage

Make = Callable[[Link, Pulse, QWidget], Page]


class Entry(Struct, frozen=True):
    """One page: the word of its tab, whose first letter no other has, and how it is made."""

    word: str
    make: Make
    is_of_reports: bool = False
    """It is a :class:`~ui.supervisor.reports_page.ReportsPage`."""


PAGES: tuple[Entry, ...] = (
    Entry("Today", TodayPage),
    Entry("Past", lambda link, pulse, parent: PastPage(link, parent, PulseClock(pulse))),
    Entry("Forecast", lambda link, pulse, parent: ForecastPage(link, parent, PulseClock(pulse))),
    Entry("Staffing", lambda link, pulse, parent: StaffingPage(link, parent, PulseClock(pulse))),
    Entry("Reports", ReportsPage, is_of_reports=True),
)
