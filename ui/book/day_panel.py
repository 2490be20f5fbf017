"""Which day is the book to show?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from reception.clock import local_date
from reception.errors import Code
from ui.book.hands import BookPanel, Hands
from ui.moments import day_words
from ui.panels.fields import FieldRow
from ui.refused import Refused
from ui.typed import day_typed
from ui.widgets import KeyButton, LineEdit

BAD_DAY = Refused(Code.BAD_INPUT, "This day can't be read.", "Write it as 24 11 or 24 November.")
_WEEKS = ((1, "In a week"), (2, "In 2 weeks"), (4, "In 4 weeks"), (12, "In 12 weeks"))


class DayPanel(BookPanel):
    """Typed, or so many weeks after today; Enter goes there."""

    wants_room = False

    def __init__(self, hands: Hands, shown: date, go: Callable[[date], None]) -> None:
        super().__init__(hands, "Go to a day")
        self._today = local_date(hands.now(), hands.view().office.zone)
        self._go_there = go
        self.day = LineEdit("", f"{shown.day} {shown.month} {shown.year}")
        self.content.addWidget(FieldRow("Day", self.day))
        grid = self.add_grid(1)
        for weeks, words in _WEEKS:
            day = self._today + timedelta(weeks=weeks)
            deed = self.deed(f"{words}, {day_words(day, self._today)}", "", self._going(day))
            grid.add(KeyButton(deed, "lean"))
        self.end_content()
        self.set_main("Show the day", self._go)
        self.start_with(self.day)
        self.day.textChanged.connect(lambda _: self._show_day())

    def _going(self, day: date) -> Callable[[], None]:
        def go() -> None:
            self.backed_out.emit()
            self._go_there(day)

        return go

    def _show_day(self) -> None:
        self.clear_problem()
        day, main = day_typed(self.day.text(), self._today), self.main_button()
        if main is not None:
            main.set_detail(day_words(day, self._today) if day is not None else "")

    def _go(self) -> None:
        day = day_typed(self.day.text(), self._today)
        if day is None:
            self.refuse(BAD_DAY)
            self.day.setFocus()
        else:
            self._going(day)()
