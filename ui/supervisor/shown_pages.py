"""The pages of the window: each is made when it is first opened, and one is shown at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QStackedWidget

from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.header import Header
from ui.supervisor.office_choice import OfficeChoice
from ui.supervisor.page import Page
from ui.supervisor.pages import Entry
from ui.supervisor.reports_page import ReportsPage


class ShownPages:
    """See the module. They stand in `stack`, their tabs and what goes with them in `header`."""

    def __init__(
        self,
        entries: Sequence[Entry],
        link: Link,
        pulse: Pulse,
        offices: OfficeChoice,
        stack: QStackedWidget,
        header: Header,
    ) -> None:
        self._entries = tuple(entries)
        self._link, self._pulse, self._offices = link, pulse, offices
        self._stack, self._header = stack, header
        self._made: dict[int, Page] = {}
        self._day: date | None = None
        """That was chosen last on a page of days."""
        self.now: Page | None = None
        """The one that is shown, or lies beneath the menu; None while the window is locked."""

    def go(self, at: int) -> None:
        """Show the page of that place."""
        self._header.tabs.choose(at)
        page = self._made.get(at)
        if page is None:
            page = self._made[at] = self._entries[at].make(self._link, self._pulse, self._stack)
            self._stack.addWidget(page)
            page.report_wanted.connect(self._show_report)
            page.day_chosen.connect(self._keep_day)
        self.bring_up(page)
        if page is not self.now:
            self.leave()
            self.now = page
            if self._day is not None:
                page.take_day(self._day)
            self._header.set_head(page.head)
            self.open_again()

    def bring_up(self, page: Page) -> None:
        """The focus is on its tab."""
        self._stack.setCurrentWidget(page)
        self._header.tabs.take_focus()

    def open_again(self) -> None:
        """Other offices are shown, or they have changed."""
        if self.now is not None:
            self.now.open_for(self._offices.shown, self._offices.all)

    def leave(self) -> None:
        """None is shown from now on."""
        page, self.now = self.now, None
        if page is not None:
            page.leave()
        self._header.set_head(None)

    def forget(self) -> None:
        """None is shown, and none keeps a figure."""
        self.leave()
        for page in self._made.values():
            page.forget()

    def _keep_day(self, day: date) -> None:
        self._day = day

    def _show_report(self, first: date) -> None:
        """The page of reports, at that month and the offices that are shown."""
        for at, entry in enumerate(self._entries):
            if entry.is_of_reports:
                self.go(at)
                page = self._made.get(at)
                if isinstance(page, ReportsPage):
                    page.show_month(first)
