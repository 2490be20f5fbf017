"""By which day an answer is promised: working days of the office, said as people say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from reception.clock import local_date
from reception.domain.desk_view import DeskView
from reception.services.queries import WorkingDays
from ui import moments
from ui.link import Link
from ui.refused import Refused

QUICK = ((1, "1"), (2, "2"), (5, "5"), (10, "T"))
"""Working days that are offered at once, with the key of each."""
FURTHEST = 40


class DueDay(Struct, frozen=True):
    """A day that may be promised."""

    day: date
    working_days: int
    """From today; 0 is today."""

    @property
    def value(self) -> str:
        return self.day.isoformat()

    @property
    def span(self) -> str:
        if self.working_days == 0:
            return "today"
        return moments.plural(self.working_days, "working day")

    def words(self, today: date) -> str:
        return f"{moments.day_words(self.day, today)}, {self.span}"


DueDays = tuple[DueDay, ...]


def due_days(today: date, working_days: tuple[date, ...]) -> DueDays:
    """Today and the working days after it."""
    return (DueDay(today, 0), *(DueDay(day, count) for count, day in enumerate(working_days, start=1)))


class AnswerDays:
    """The days by which an answer may be promised: asked once a day, for the calendar takes a moment to load."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._known: tuple[str, date, DueDays] | None = None

    def ask(
        self,
        view: DeskView,
        then: Callable[[DueDays], None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Hand the days to `then`, at once when they are known."""
        office_id, today = view.office.id, local_date(view.now, view.office.zone)
        if self._known is not None and self._known[:2] == (office_id, today):
            then(self._known[2])
            return

        def came(working_days: tuple[date, ...]) -> None:
            days = due_days(today, working_days)
            self._known = (office_id, today, days)
            then(days)

        self._link.ask(WorkingDays(office_id, today, FURTHEST), came, refused)
