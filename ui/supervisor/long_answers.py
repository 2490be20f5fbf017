"""The least that is enough, and which calling rule would have done best: questions that take a while, each asked from
its sheet and answered there."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from reception.domain.grouping import Period
from reception.domain.staffing import PolicyComparison, StaffingAnswer
from reception.services.supervisor_queries import ComparePolicies, Staffing
from ui.link import Link
from ui.supervisor.long_work import LongWork
from ui.supervisor.plan_player import STOPPED
from ui.supervisor.sketch import Sketch
from ui.supervisor.staffing_board import StaffingBoard
from ui.supervisor.staffing_words import least_words
from ui.widgets.announcing import announce


class LongAnswers(QObject):
    """Both can be under way beside a plan that is played."""

    changed = Signal()
    """One has begun, or ended in whatever way."""

    def __init__(self, link: Link, board: StaffingBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._board = board
        self._sketch: Sketch | None = None
        """Of which the least is looked for."""
        self._searching, self._comparing = LongWork(link, self), LongWork(link, self)
        for work, sheet in ((self._searching, board.least), (self._comparing, board.rules)):
            work.progressed.connect(sheet.show_progress)
            work.changed.connect(self.changed)
        self._searching.answered.connect(self._found)
        self._searching.refused.connect(lambda _query, no: board.least.refuse(no))
        self._comparing.answered.connect(self._compared)
        self._comparing.refused.connect(lambda _query, no: board.rules.refuse(no))

    @property
    def is_at_work(self) -> bool:
        return self.is_searching or self._comparing.query is not None

    @property
    def is_searching(self) -> bool:
        return self._searching.query is not None

    def find(self, sketch: Sketch, share: float, minutes: float) -> None:
        """The least that keeps that share of the day within so many minutes."""
        least = self._board.least
        self._sketch = sketch
        least.show()
        least.begin(f"Looking for the least that keeps {share:.0%} within {minutes:g} minutes.")
        self._searching.begin(Staffing(sketch.office.id, sketch.day, minutes, share))
        self._board.bring_in_sight(least)

    def compare(self, office_id: str) -> None:
        """Every calling rule, on as many recorded weeks as are chosen."""
        rules = self._board.rules
        weeks = int(rules.weeks.value())
        rules.begin(f"Playing the last {weeks} recorded weeks by every calling rule.")
        self._comparing.begin(ComparePolicies(office_id, Period(date.min, date.max), weeks=weeks))

    def stop_search(self) -> None:
        if self._searching.stop():
            self._board.least.stand(STOPPED)

    def stop_comparison(self) -> None:
        if self._comparing.stop():
            self._board.rules.stand(STOPPED)

    def forget_rules(self) -> None:
        """Another office is shown: what was found is not its own."""
        self._comparing.stop()
        self._board.rules.forget()

    def _found(self, _query: Staffing, answer: StaffingAnswer) -> None:
        sketch, least = self._sketch, self._board.least
        assert sketch is not None
        sketch.least = answer
        least.rest()
        least.show_answer(answer, sketch.plan)
        self._board.bring_in_sight(least)
        announce(least, least_words(answer))

    def _compared(self, _query: ComparePolicies, answer: PolicyComparison) -> None:
        rules = self._board.rules
        rules.stand("")
        rules.show_answer(answer)
        self._board.bring_in_sight(rules)
