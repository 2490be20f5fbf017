"""How the database stands, said in the line at the bottom; while all is well there is no line."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from reception.clock import SECOND, Instant
from reception.domain.stations import Contact, Reach
from reception.errors import Code
from ui import moments
from ui.refused import Refused
from ui.widgets import MessageLine

SHOWN_AS_IT_WAS = "What is shown is as it was then. It is tried again all the time."
_BACK_FOR = 10 * SECOND


class Connection(QObject):
    """Hears from the link. `zone`: of the office, once it is known.

    That another window has the same name is not said: nothing is done here by which stations are told apart.
    """

    def __init__(self, line: MessageLine, zone: Callable[[], ZoneInfo | None]) -> None:
        super().__init__(line)
        self._line, self._zone = line, zone
        self._contact = Contact(Reach.LIVE)
        self._trouble: tuple[str, str] | None = None
        self._back_until: Instant | None = None
        self._came_back = False
        self._show()

    def say_offline(self, since: Instant, no: Refused) -> None:
        zone = self._zone()
        when = f" since {moments.said_time(since, zone)}" if zone is not None else ""
        if no.code is Code.DATABASE_UNREACHABLE:
            self._trouble = (f"The database is out of reach{when}.", SHOWN_AS_IT_WAS)
        else:
            self._trouble = (f"Nothing can be saved{when}.", f"{no.reason} {no.remedy}".strip())
        self._show()

    def say_online(self) -> None:
        self._trouble, self._came_back, self._back_until = None, True, None
        self._show()

    def say_contact(self, contact: Contact) -> None:
        self._contact = contact
        self._show()

    def tick(self, now: Instant) -> None:
        """What was good news is said for a few seconds."""
        if not self._came_back:
            return
        if self._back_until is None:
            self._back_until = now + _BACK_FOR
        elif now >= self._back_until:
            self._came_back = False
            self._show()

    def _show(self) -> None:
        if self._trouble is not None:
            self._line.say(*self._trouble, "late")
        elif self._contact.reach is Reach.SLOW:
            self._line.say("The database is slow to answer.", "What is shown may be a moment old.", "due-soon")
        elif self._came_back:
            self._line.say("The database answers again.", "What is shown is brought up to date.", "done")
        else:
            self._line.clear()
        self._line.setVisible(bool(self._line.said()))
