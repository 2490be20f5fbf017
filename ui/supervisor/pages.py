"""The pages of the supervisor's window, in their order: one line each. A page is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from ui.link import Link
from ui.pulse import Pulse
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


PAGES: tuple[Entry, ...] = (
    Entry("Today", TodayPage),
    Entry("Past", lambda link, _pulse, parent: PastPage(link, parent)),
    Entry("Staffing", lambda link, _pulse, parent: StaffingPage(link, parent)),
    Entry("Reports", ReportsPage),
)
