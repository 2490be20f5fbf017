"""Staffing: a plan of counters for a day to come, what it would come to, and the least that is enough."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import Clock, SystemClock, local_date
from reception.domain.office import Office
from reception.domain.staffing import Plan, WhatIfResult
from ui.link import Link
from ui.moments import day_words
from ui.refused import Refused
from ui.supervisor.long_answers import LongAnswers
from ui.supervisor.open_days import open_day
from ui.supervisor.page import Page
from ui.supervisor.plan_player import PlanPlayer
from ui.supervisor.sketch import Sketch
from ui.supervisor.staffing_board import StaffingBoard
from ui.supervisor.staffing_head import StaffingHead
from ui.supervisor.staffing_words import closed_words, outcome_words
from ui.supervisor.usual_reader import UsualReader
from ui.widgets.announcing import announce

SETTLE_MS = 700
"""So long after the last change the plan is played."""
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
        self._reader = UsualReader(link, self)
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
        self._answers = LongAnswers(link, board, self)
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
        head.faulted.connect(self.board.say_fault)
        self.plan.changed.connect(self._change)
        self.plan.usual_wanted.connect(self._as_usual)
        self.plan.undo_wanted.connect(self._undo)
        self.plan.least_wanted.connect(self._find)
        self.least.taken.connect(self._take_least)
        self.least.smooth_taken.connect(self._take_smooth)
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
        self._answers.changed.connect(self._offer_stop)
        self._reader.known.connect(self._known)
        self._reader.closed.connect(self._closed)
        self._reader.refused.connect(self._not_read)

    # -- the page --------------------------------------------------------------------------------------------

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        if len(offices) != 1:
            self._stop()
            self._office = self._sketch = None
            self.board.say(ONE_OFFICE)
            return
        before, self._office = self._office, offices[0]
        if before is None or before.id != offices[0].id:
            self._answers.forget_rules()
        if self._day is None:
            self._day = open_day(offices[0], self._today(), 1)
        self._open()

    def take_day(self, day: date) -> None:
        if self._is_guess:
            self._day = day

    def refresh(self) -> None:
        if self._office is not None and self._day is not None:
            self._open()

    def leave(self) -> None:
        self._stop()

    def forget(self) -> None:
        self._reader.let_go()
        for sketch in self._sketches.values():
            sketch.forget()
        self._sketch = None
        self._answers.forget_rules()
        self.board.forget()

    def _today(self) -> date:
        assert self._office is not None
        return local_date(self._clock.now(), self._office.zone)

    # -- which day -------------------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        if self._office is not None and self._day is not None:
            self._choose(open_day(self._office, self._day, step))

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
            self._reader.read(sketch)
        else:
            self._show(sketch)

    # -- what is usual ---------------------------------------------------------------------------------------

    def _known(self, sketch: Sketch) -> None:
        if sketch is self._sketch:
            self._show(sketch)

    def _closed(self, sketch: Sketch) -> None:
        if sketch is not self._sketch:
            return
        if self._is_guess:
            self._day = open_day(sketch.office, sketch.day, 1)
            self._open()
        else:
            self.board.say(*closed_words(sketch.office, sketch.day, sketch.arrivals))

    def _not_read(self, sketch: Sketch, no: Refused) -> None:
        if sketch is self._sketch and sketch.usual is None:
            self.board.say(no.reason, no.remedy, again=True)
            announce(self.note, no.reason, urgent=True)

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
            self._reader.read_plan(self._sketch)

    def _take_least(self) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.least is not None:
            self._change(replace(sketch.plan, desks=sketch.least.plan.desks))

    def _take_smooth(self) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.least is not None and sketch.least.smooth is not None:
            self._change(replace(sketch.plan, desks=sketch.least.smooth.desks))

    def _show(self, sketch: Sketch) -> None:
        self.board.show_sketch(sketch, is_searching=self._answers.is_searching)
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
        if sketch is not None and sketch.usual is not None:
            self._answers.find(sketch, share, minutes)

    def _compare(self) -> None:
        if self._office is not None:
            self._answers.compare(self._office.id)

    # -- stopping --------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._stop_plan()
        self._answers.stop_comparison()

    def _stop_plan(self) -> None:
        """What belongs to the day that is shown."""
        self._player.stop()
        self._answers.stop_search()

    def _offer_stop(self) -> None:
        self.stop_action.setEnabled(self._player.is_at_work or self._answers.is_at_work)

    def _action(self, words: str, key: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        return action
