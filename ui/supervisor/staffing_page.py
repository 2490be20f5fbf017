"""Staffing: a plan of counters for a day to come, what it would come to, and the least that is enough."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reception.clock import Clock, SystemClock, local_date
from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.domain.office import Office
from reception.domain.staffing import Plan, PolicyComparison, StaffingAnswer, WhatIfResult
from reception.domain.supervising import Period
from reception.services.supervisor_queries import ComparePolicies, Forecast, Staffing, UsualPlan, WhatIf
from ui.link import Link
from ui.moments import day_words
from ui.panels.in_sight import InSight
from ui.refused import Refused
from ui.supervisor.half_hour_plot import HalfHourSheet
from ui.supervisor.long_work import LongWork
from ui.supervisor.page import Page
from ui.supervisor.plan_sheet import PlanSheet
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.sketch import Sketch
from ui.supervisor.staffing_head import StaffingHead
from ui.supervisor.staffing_rows import outcome_table
from ui.supervisor.staffing_sheets import LeastSheet, OutcomeSheet, RulesSheet
from ui.supervisor.staffing_words import closed_words, least_words, outcome_words
from ui.theme import look_of
from ui.widgets.announcing import announce
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph
from ui.widgets.sheet import Sheet
from ui.widgets.viewport import give_viewport

_MARGIN = 16
_TWO_COLUMNS = 1000
"""From this width on, at 100 % text, plan and outcome stand side by side."""
_PLAN_WIDTH = 436
_BESIDE_ROWS = 288
"""What the plan needs beside its half hours: so many of these are shown at once that the whole of it is in sight."""
SETTLE_MS = 700
"""So long after the last change the plan is played."""
_ROW, _LEAST_ROWS = 32, 6
_ANY_WIDTH = 16_777_215
"""Qt's own for no limit."""
_NEXT_DAYS = 14
"""So far ahead a day is looked for on which the office is open."""
_STOPPED = "Stopped."
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
        self._playing, self._searching, self._comparing = (LongWork(link, self) for _ in range(3))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self.stop_action = self._action("Stop", "Esc")
        self.stop_action.setEnabled(False)
        self.addAction(self.stop_action)
        self.again_action = self._action("Work out again", "Ctrl+G")

        head = StaffingHead(self)
        head.hide()
        self.head = self.staffing_head = head
        self.note = Paragraph("", "title", 600)
        self.plan = PlanSheet()
        self.outcome = OutcomeSheet(self.stop_action, self.again_action)
        self.half_hours = HalfHourSheet()
        self.day_table = FiguresTable("The whole day")
        self.day_table.set_most_rows(20)
        self.least = LeastSheet(self.stop_action, self.plan.least_action)
        self.rules = RulesSheet(self.stop_action)
        self._build()
        self._connect()

    # -- where things stand ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._day_sheet = Sheet("The whole day", lean=True)
        self._day_sheet.padded().addWidget(self.day_table)
        self._day_sheet.body.addSpacing(8)
        right = QVBoxLayout()
        right.setSpacing(_MARGIN)
        for sheet in (self.outcome, self.half_hours, self._day_sheet):
            right.addWidget(sheet)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.plan)
        left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(_MARGIN)
        self._columns.addLayout(left)
        self._columns.addLayout(right, 1)
        self._planned = QWidget()
        planned = QVBoxLayout(self._planned)
        planned.setContentsMargins(0, 0, 0, 0)
        planned.setSpacing(_MARGIN)
        planned.addLayout(self._columns)
        planned.addWidget(self.least)
        planned.addWidget(self.rules)
        self._again_button = KeyButton(self.again_action)
        again = QHBoxLayout()
        again.addWidget(self._again_button)
        again.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self.note)
        column.addLayout(again)
        column.addWidget(self._planned)
        column.addStretch(1)
        self.area = QScrollArea()
        give_viewport(self.area, QPalette.ColorRole.NoRole)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        self._in_sight = InSight(self.area, content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.least.hide()
        self._show_figures(None)
        self._say("")

    def _connect(self) -> None:
        """Every signal of the page, in one place."""
        head = self.staffing_head
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
        self._settle.timeout.connect(self._play)
        for work, sheet in (
            (self._playing, self.outcome),
            (self._searching, self.least),
            (self._comparing, self.rules),
        ):
            work.progressed.connect(sheet.show_progress)
            work.changed.connect(self._offer_stop)
        self._playing.answered.connect(self._played)
        self._playing.refused.connect(self._not_played)
        self._searching.answered.connect(self._found)
        self._searching.refused.connect(lambda _query, no: self.least.refuse(no))
        self._comparing.answered.connect(self._compared)
        self._comparing.refused.connect(lambda _query, no: self.rules.refuse(no))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_planned"):
            self._fit()

    def _fit(self) -> None:
        look = look_of(self)
        beside = self.width() >= look.px(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        self.plan.setMinimumWidth(look.px(_PLAN_WIDTH) if beside else 0)
        self.plan.setMaximumWidth(look.px(_PLAN_WIDTH) if beside else _ANY_WIDTH)
        rows = (self.height() - look.px(_BESIDE_ROWS)) // look.row_height(_ROW)
        self.plan.counters.set_most_rows(max(_LEAST_ROWS, rows))

    # -- the page --------------------------------------------------------------------------------------------

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        if len(offices) != 1:
            self._halt()
            self._office = self._sketch = None
            self._say(ONE_OFFICE)
            return
        before, self._office = self._office, offices[0]
        if before is None or before.id != offices[0].id:
            self._comparing.stop()
            self.rules.forget()
        if self._day is None:
            self._day = self._open_day(self._today(), 1)
        self._open()

    def leave(self) -> None:
        self._halt()

    def _halt(self) -> None:
        """Nothing is worked at while nobody looks."""
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
            self._say(f"Reading what is usual on a {day_words(day).split()[0]}.")
            self._read(sketch)
        else:
            self._show(sketch)
            self._play_soon()

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
                self._say(closed_words(sketch.office, sketch.day))

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
                self._play_soon()

        def refused(no: Refused) -> None:
            if sketch is self._sketch and sketch.usual is None:
                self._say(f"{no.reason} {no.remedy}".strip(), again=True)
                announce(self.note, no.reason, urgent=True)

        self._link.ask_beside(UsualPlan(sketch.office.id, sketch.day), usual, refused)

    # -- the plan --------------------------------------------------------------------------------------------

    def _change(self, plan: Plan) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.change(plan):
            self._changed(sketch)

    def _undo(self) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.undo():
            self._changed(sketch)

    def _as_usual(self) -> None:
        """As usual by what is known now: appointments may have been booked since."""
        if self._sketch is not None:
            self._read_plan(self._sketch)

    def _take_least(self) -> None:
        sketch = self._sketch
        if sketch is not None and sketch.least is not None:
            self._change(replace(sketch.plan, desks=sketch.least.plan.desks))

    def _changed(self, sketch: Sketch) -> None:
        self._playing.stop()
        self._show(sketch)
        self._play_soon()

    def _show(self, sketch: Sketch) -> None:
        self._say("")
        self.plan.show_sketch(sketch)
        self._show_figures(sketch)
        self.least.show_answer(sketch.least, sketch.plan)
        self.least.setVisible(sketch.least is not None or self._searching.query is not None)

    def _say(self, words: str, *, again: bool = False) -> None:
        """Why there is no plan to be seen; or, without words, show it."""
        self.note.set_text(words)
        self.note.setVisible(bool(words))
        self._again_button.setVisible(again)
        self._planned.setVisible(not words)

    # -- what it would come to -------------------------------------------------------------------------------

    def _play_soon(self) -> None:
        sketch = self._sketch
        if sketch is None:
            return
        if sketch.is_worked_out and sketch.usual_result is not None:
            self._settle.stop()
            self.outcome.rest()
        else:
            self._settle.start()
            if not sketch.is_worked_out:
                self.outcome.begin(f"The plan is played in a moment. {self._figures_of()}".strip())
            self._offer_stop()

    def _play(self) -> None:
        sketch = self._sketch
        if sketch is None or sketch.usual is None:
            return
        plan = sketch.usual if sketch.is_worked_out else sketch.plan
        query = WhatIf(sketch.office.id, sketch.day, plan)
        what = "the usual plan, to compare with" if sketch.is_worked_out else "this plan"
        self.outcome.begin(f"Playing {query.runs} days with {what}. {self._figures_of()}".strip())
        self._playing.begin(query)

    def _played(self, query: WhatIf, result: WhatIfResult) -> None:
        sketch = self._sketches[query.office_id, query.day]
        sketch.take_result(result)
        if sketch is not self._sketch:
            return
        self.outcome.rest()
        if not result.is_assumed:
            self.plan.suggest(result.target_min)
        self._show_figures(sketch)
        self.plan.show_expected(sketch)
        if result.plan == sketch.plan:
            announce(self.outcome, outcome_words(result))
        self._play_soon()

    def _not_played(self, _query: WhatIf, no: Refused) -> None:
        self.outcome.refuse(no, self._figures_of())

    def _show_figures(self, sketch: Sketch | None) -> None:
        result = sketch.result if sketch is not None else None
        for sheet in (self.half_hours, self._day_sheet):
            sheet.setVisible(result is not None)
        if sketch is None or result is None:
            self.outcome.set_title("With this plan")
            self.outcome.say("")
            return
        usual, is_of_now = sketch.usual_result, sketch.is_worked_out
        self.outcome.show_result(result, usual, is_of_now=is_of_now)
        self.half_hours.show_result(result, usual)
        self.day_table.show_rows(*outcome_table(result, usual, is_of_now=is_of_now))

    def _again(self) -> None:
        sketch = self._sketch
        if sketch is None:
            return
        if sketch.usual is None:
            self._open()
        else:
            self._settle.stop()
            self._play()

    # -- the least, and the rules ----------------------------------------------------------------------------

    def _find(self, share: float, minutes: float) -> None:
        sketch = self._sketch
        if sketch is None or sketch.usual is None:
            return
        self.least.show()
        self.least.begin(f"Looking for the least that keeps {share:.0%} within {minutes:g} minutes.")
        self._searching.begin(Staffing(sketch.office.id, sketch.day, minutes, share))
        self._in_sight.unfolded(self.least)

    def _found(self, query: Staffing, answer: StaffingAnswer) -> None:
        sketch = self._sketches[query.office_id, query.day]
        sketch.least = answer
        self.least.rest()
        if sketch is self._sketch:
            self.least.show_answer(answer, sketch.plan)
            self._in_sight.unfolded(self.least)
            announce(self.least, least_words(answer))

    def _compare(self) -> None:
        if self._office is None:
            return
        weeks = int(self.rules.weeks.value())
        query = ComparePolicies(self._office.id, Period(date.min, date.max), weeks=weeks)
        self.rules.begin(f"Playing the last {weeks} weeks by every calling rule.")
        self._comparing.begin(query)

    def _compared(self, _query: ComparePolicies, answer: PolicyComparison) -> None:
        self.rules.rest()
        self.rules.stand("")
        self.rules.show_answer(answer)

    # -- stopping --------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._stop_plan()
        if self._comparing.stop():
            self.rules.stand(_STOPPED)

    def _stop_plan(self) -> None:
        """What belongs to the day that is shown."""
        was_about_to = self._settle.isActive()
        self._settle.stop()
        if self._playing.stop() or was_about_to:
            self.outcome.stand(f"{_STOPPED} {self._figures_of()}".strip())
        if self._searching.stop():
            self.least.stand(_STOPPED)
        self._offer_stop()

    def _figures_of(self) -> str:
        """What the figures that are shown are of, where that is not the plan as it is."""
        sketch = self._sketch
        is_of_before = sketch is not None and sketch.result is not None and not sketch.is_worked_out
        return "The figures are of the plan before." if is_of_before else ""

    def _offer_stop(self) -> None:
        works = (self._playing, self._searching, self._comparing)
        self.stop_action.setEnabled(self._settle.isActive() or any(work.query is not None for work in works))

    def _action(self, words: str, key: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        return action
