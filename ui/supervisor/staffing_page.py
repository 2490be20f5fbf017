"""Staffing: a plan of counters for a day to come, what it would come to, and the least that is enough."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import Clock, SystemClock, local_date
from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.domain.grouping import Period
from reception.domain.office import Office
from reception.domain.staffing import Plan, PolicyComparison, StaffingAnswer, WhatIfResult
from reception.services.supervisor_queries import ComparePolicies, Forecast, Staffing, UsualPlan
from ui.link import Link
from ui.moments import day_words
from ui.refused import Refused
from ui.supervisor.long_work import LongWork
from ui.supervisor.page import Page
from ui.supervisor.plan_player import STOPPED, PlanPlayer
from ui.supervisor.sketch import Sketch
from ui.supervisor.staffing_board import StaffingBoard
from ui.supervisor.staffing_head import StaffingHead
from ui.supervisor.staffing_words import closed_words, least_words, outcome_words
from ui.widgets.announcing import announce

SETTLE_MS = 700
"""So long after the last change the plan is played."""
_NEXT_DAYS = 14
"""So far ahead a day is looked for on which the office is open."""
ONE_OFFICE = "Counters are planned for one office: choose it at the top left."


class StaffingPage(Page):
    """See the module. What was drawn is kept for each office and day while the window is open."""

    title = "Staffing"

    def __init__(self, link: Link, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._clock = clock or SystemClock()
        self._office: Office | None = None
        self._day: date | None = None
        self._is_guess = True
        """The day was not chosen by anybody."""
        self._sketches: dict[tuple[str, date], Sketch] = {}
        self._sketch: Sketch | None = None
        self._player = PlanPlayer(link, SETTLE_MS, self)
        self._searching, self._comparing = LongWork(link, self), LongWork(link, self)
        self.stop_action = self._action("Stop", "Esc")
        self.stop_action.setEnabled(False)
        self.addAction(self.stop_action)
        self.again_action = self._action("Work out again", "Ctrl+G")
        head = StaffingHead(self)
        head.hide()
        self.head = self.staffing_head = head
        board = self.board = StaffingBoard(self.stop_action, self.again_action)
        self.note, self.plan, self.outcome, self.least, self.rules = (
            board.note,
            board.plan,
            board.outcome,
            board.least,
            board.rules,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(board)
        self._connect()

    def _connect(self) -> None:
        """Every signal of the page, in one place."""
        head, player = self.staffing_head, self._player
        head.earlier.connect(lambda: self._step(-1))
        head.later.connect(lambda: self._step(1))
        head.day_chosen.connect(self._choose)
        self.plan.changed.connect(self._change)
        self.plan.usual_wanted.connect(self._as_usual)
        self.plan.undo_wanted.connect(self._undo)
        self.plan.least_wanted.connect(self._find)
        self.least.taken.connect(self._take_least)
        self.rules.wanted.connect(self._compare)
        self.stop_action.triggered.connect(self._stop)
        self.again_action.triggered.connect(self._again)
        player.began.connect(self.outcome.begin)
        player.progressed.connect(self.outcome.show_progress)
        player.rested.connect(self.outcome.rest)
        player.stopped.connect(self.outcome.stand)
        player.refused.connect(self.outcome.refuse)
        player.played.connect(self._played)
        for told in (player.began, player.rested, player.stopped, player.refused):
            told.connect(self.board.echo)
            told.connect(self._offer_stop)
        for work, sheet in ((self._searching, self.least), (self._comparing, self.rules)):
            work.progressed.connect(sheet.show_progress)
            work.changed.connect(self._offer_stop)
        self._searching.answered.connect(self._found)
        self._searching.refused.connect(lambda _query, no: self.least.refuse(no))
        self._comparing.answered.connect(self._compared)
        self._comparing.refused.connect(lambda _query, no: self.rules.refuse(no))

    # -- the page --------------------------------------------------------------------------------------------

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        if len(offices) != 1:
            self._stop()
            self._office = self._sketch = None
            self.board.say(ONE_OFFICE)
            return
        before, self._office = self._office, offices[0]
        if before is None or before.id != offices[0].id:
            self._comparing.stop()
            self.rules.forget()
        if self._day is None:
            self._day = self._open_day(self._today(), 1)
        self._open()

    def refresh(self) -> None:
        if self._office is not None and self._day is not None:
            self._open()

    def leave(self) -> None:
        self._stop()

    def _today(self) -> date:
        assert self._office is not None
        return local_date(self._clock.now(), self._office.zone)

    # -- which day -------------------------------------------------------------------------------------------

    def _open_day(self, day: date, step: int) -> date:
        """The nearest day after or before it that has hours and is no closure."""
        office = self._office
        weekdays = {each.weekday for each in office.hours} if office is not None else set()
        for away in range(1, _NEXT_DAYS + 1):
            other = day + timedelta(days=step * away)
            if other.weekday() in (weekdays or range(5)) and (office is None or other not in office.closures):
                return other
        return day + timedelta(days=step)

    def _step(self, step: int) -> None:
        if self._office is not None and self._day is not None:
            self._choose(self._open_day(self._day, step))

    def _choose(self, day: date) -> None:
        if self._office is not None and day != self._day:
            self._day, self._is_guess = day, False
            self._open()

    def _open(self) -> None:
        office, day = self._office, self._day
        assert office is not None
        assert day is not None
        sketch = self._sketches.setdefault((office.id, day), Sketch(office, day))
        sketch.office = office
        if sketch is not self._sketch:
            self._stop_plan()
            self._sketch = sketch
        self.staffing_head.show_day(day, self._today())
        if sketch.usual is None:
            self.board.say(f"Reading what is usual on a {day_words(day).split()[0]}.")
            self._read(sketch)
        else:
            self._show(sketch)

    # -- what is usual ---------------------------------------------------------------------------------------

    def _read(self, sketch: Sketch) -> None:
        """First who is expected, which says whether the office is open; then who is usually at work."""

        def expected(arrivals: ArrivalsForecast) -> None:
            sketch.arrivals = arrivals
            if ForecastNote.CLOSED not in arrivals.notes:
                self._read_plan(sketch)
            elif sketch is self._sketch and self._is_guess:
                self._day = self._open_day(sketch.day, 1)
                self._open()
            elif sketch is self._sketch:
                self.board.say(closed_words(sketch.office, sketch.day))

        def not_expected(_no: Refused) -> None:
            self._read_plan(sketch)

        self._link.ask_beside(Forecast(sketch.office.id, sketch.day), expected, not_expected)

    def _read_plan(self, sketch: Sketch) -> None:
        def usual(plan: Plan) -> None:
            is_again = sketch.usual is not None
            sketch.begin(plan)
            if is_again:
                sketch.change(plan)
            if sketch is self._sketch:
                self._show(sketch)

        def refused(no: Refused) -> None:
            if sketch is self._sketch and sketch.usual is None:
                self.board.say(f"{no.reason} {no.remedy}".strip(), again=True)
                announce(self.note, no.reason, urgent=True)

        self._link.ask_beside(UsualPlan(sketch.office.id, sketch.day), usual, refused)

    # -- the plan --------------------------------------------------------------------------------------------

    def _change(self, plan: Plan) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.change(plan):
            self._show(sketch)

    def _undo(self) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.undo():
            self._show(sketch)

    def _as_usual(self) -> None:
        """As usual by what is known now: appointments may have been booked since."""
        if self._sketch is not None:
            self._read_plan(self._sketch)

    def _take_least(self) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.least is not None:
            self._change(replace(sketch.plan, desks=sketch.least.plan.desks))

    def _show(self, sketch: Sketch) -> None:
        self.board.show_sketch(sketch, is_searching=self._searching.query is not None)
        self._player.play_soon(sketch)

    def _played(self, result: WhatIfResult) -> None:
        sketch = self._sketch
        assert sketch is not None
        if not result.is_assumed:
            self.plan.suggest(result.target_min)
        self.board.show_figures(sketch)
        self.plan.show_expected(sketch)
        if result.plan == sketch.plan:
            announce(self.outcome, outcome_words(result))

    def _again(self) -> None:
        sketch = self._sketch
        if sketch is None:
            return
        if sketch.usual is None:
            self._open()
        else:
            self._player.play()

    # -- the least, and the rules ----------------------------------------------------------------------------

    def _find(self, share: float, minutes: float) -> None:
        sketch = self._sketch
        if sketch is None or sketch.usual is None:
            return
        self.least.show()
        self.least.begin(f"Looking for the least that keeps {share:.0%} within {minutes:g} minutes.")
        self._searching.begin(Staffing(sketch.office.id, sketch.day, minutes, share))
        self.board.bring_in_sight(self.least)

    def _found(self, query: Staffing, answer: StaffingAnswer) -> None:
        sketch = self._sketches[query.office_id, query.day]
        sketch.least = answer
        self.least.rest()
        self.least.show_answer(answer, sketch.plan)
        self.board.bring_in_sight(self.least)
        announce(self.least, least_words(answer))

    def _compare(self) -> None:
        if self._office is None:
            return
        weeks = int(self.rules.weeks.value())
        query = ComparePolicies(self._office.id, Period(date.min, date.max), weeks=weeks)
        self.rules.begin(f"Playing the last {weeks} recorded weeks by every calling rule.")
        self._comparing.begin(query)

    def _compared(self, _query: ComparePolicies, answer: PolicyComparison) -> None:
        self.rules.stand("")
        self.rules.show_answer(answer)
        self.board.bring_in_sight(self.rules)

    # -- stopping --------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._stop_plan()
        if self._comparing.stop():
            self.rules.stand(STOPPED)

    def _stop_plan(self) -> None:
        """What belongs to the day that is shown."""
        self._player.stop()
        if self._searching.stop():
            self.least.stand(STOPPED)

    def _offer_stop(self) -> None:
        works = (self._searching, self._comparing)
        self.stop_action.setEnabled(self._player.is_at_work or any(work.query is not None for work in works))

    def _action(self, words: str, key: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        return action
