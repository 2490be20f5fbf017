"""What the pages of the supervisor's window have in common."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.domain.office import Office


class Page(QWidget):
    """One tab. It asks for nothing before it is opened, and repaints nothing that did not change."""

    title = ""
    """The tab's word."""
    head: QWidget | None = None
    """What stands at the right of the header while the page is shown; None: day and clock."""
    report_wanted = Signal(object)
    """The report of a month is to be shown, of the offices that are shown: the month's first day."""

    day_chosen = Signal(object)
    """Somebody chose a day here: a page of days on which none was chosen takes it too."""

    def take_day(self, day: date) -> None:
        """Another page's day. It is shown when the page is opened."""

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        """It is shown, of these offices: one, or all of them. Again when others are chosen."""
        raise NotImplementedError

    def news(self) -> None:
        """Something changed in the database, while the page is shown."""

    def refresh(self) -> None:
        """Everything is asked anew: somebody wants it so, or the database answers again."""
        self.news()

    def leave(self) -> None:
        """Another page is shown, or the window closes: what is under way is stopped."""

    def forget(self) -> None:
        """The window has locked: no figure is kept, neither shown nor in memory.

        It has been left. What was typed and chosen stays; it is asked anew when it is opened again.
        """
        raise NotImplementedError
