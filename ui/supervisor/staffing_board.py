"""Where the plan, what it would come to, the least and the rules stand on the staffing page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reception.domain.grouping import Period
from ui.moments import day_words
from ui.panels.in_sight import InSight
from ui.supervisor.half_hour_plot import HalfHourSheet
from ui.supervisor.plan_sheet import PlanSheet
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.sketch import Sketch
from ui.supervisor.staffing_rows import outcome_table
from ui.supervisor.staffing_sheets import LeastSheet, OutcomeSheet, RulesSheet
from ui.theme import look_of
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING
from ui.widgets.sheet import Sheet
from ui.widgets.viewport import give_viewport

_MARGIN = 16
_TWO_COLUMNS = 1000
"""From this width on, at 100 % text, plan and outcome stand side by side."""
_PLAN_WIDTH = 436
_BESIDE_ROWS = 336
"""What the plan needs beside its half hours: so many of these are shown at once that the whole of it is in sight."""
_ROW, _LEAST_ROWS, _MOST_ROWS = 32, 6, 20
_ANY_WIDTH = 16_777_215
"""Qt's own for no limit."""


class StaffingBoard(QScrollArea):
    """Plan and outcome side by side, or under each other where there is no room; the rest under both. Or, in their
    place, a sentence that says why there is no plan."""

    def __init__(self, stop: QAction, again: QAction) -> None:
        super().__init__()
        self._is_beside = True
        self.note = Paragraph("", "title", 600)
        self.remedy = Paragraph(token="text-muted")
        """What can be done about it."""
        for words in (self.note, self.remedy):
            words.setContentsMargins(RING, 0, RING, 0)
        self.fault = Paragraph("", token="late-text", weight=600)
        self.fault.setContentsMargins(RING, 0, RING, 0)
        self.fault.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fault.hide()
        self.again_button = KeyButton(again)
        self.plan = PlanSheet()
        self.outcome = OutcomeSheet(stop, again)
        self.half_hours = HalfHourSheet()
        self.day_table = FiguresTable("The whole day")
        self.day_table.set_most_rows(_MOST_ROWS)
        self._day_sheet = Sheet("The whole day", lean=True)
        self._day_sheet.padded().addWidget(self.day_table)
        self._day_sheet.body.addSpacing(8)
        self.least = LeastSheet(stop, self.plan.least_action)
        self.rules = RulesSheet(stop)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._planned = QWidget()
        give_viewport(self, QPalette.ColorRole.NoRole)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = self._content()
        self.setWidget(content)
        self._in_sight = InSight(self, content)
        self.least.hide()
        self.show_figures(None)
        self.say("")

    def _content(self) -> QWidget:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.plan)
        right.setSpacing(_MARGIN)
        for sheet in (self.outcome, self.half_hours, self._day_sheet):
            right.addWidget(sheet)
        self._columns.setSpacing(_MARGIN)
        for column, share in ((left, 0), (right, 1)):
            column.addStretch(1)
            self._columns.addLayout(column, share)
        planned = QVBoxLayout(self._planned)
        planned.setContentsMargins(RING, 0, RING, 0)
        planned.setSpacing(_MARGIN)
        planned.addLayout(self._columns)
        planned.addWidget(self.least)
        planned.addWidget(self.rules)
        again = QHBoxLayout()
        again.addWidget(self.again_button)
        again.addStretch(1)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(_MARGIN - RING, _MARGIN, _MARGIN - RING, _MARGIN)
        whole.setSpacing(_MARGIN)
        whole.addWidget(self.fault)
        reason = QVBoxLayout()
        reason.setSpacing(0)
        reason.addWidget(self.note)
        reason.addWidget(self.remedy)
        whole.addLayout(reason)
        whole.addLayout(again)
        whole.addWidget(self._planned)
        whole.addStretch(1)
        return content

    # -- what is shown ---------------------------------------------------------------------------------------

    def say(self, words: str, remedy: str = "", *, again: bool = False) -> None:
        """Why there is no plan to be seen; or, without words, show it."""
        for part, said in ((self.note, words), (self.remedy, remedy)):
            part.set_text(said)
            part.setVisible(bool(said))
        self.again_button.setVisible(again)
        self._planned.setVisible(not words)

    def say_fault(self, words: str) -> None:
        """Why the day that was typed is not planned, under its field; what is shown stays."""
        self.fault.set_text(words)
        self.fault.setVisible(bool(words))

    def show_sketch(self, sketch: Sketch, *, is_searching: bool) -> None:
        """Show a plan with all that is known of it; `is_searching`: the least is being looked for."""
        self._in_sight.let_go()
        self.say("")
        self.plan.show_sketch(sketch)
        self.show_figures(sketch)
        self.least.show_answer(sketch.least, sketch.plan)
        self.least.setVisible(sketch.least is not None or is_searching)

    def show_figures(self, sketch: Sketch | None) -> None:
        """Show what the plan would come to, or the one before it did."""
        result = sketch.result if sketch is not None else None
        for sheet in (self.half_hours, self._day_sheet):
            sheet.setVisible(result is not None)
        if sketch is None or result is None:
            self.outcome.set_title("With this plan")
            self.outcome.say("")
            return
        usual, is_of_now = sketch.usual_result, sketch.is_worked_out
        self.outcome.show_result(result, usual, is_of_now=is_of_now)
        day = sketch.day
        self.half_hours.set_subject(sketch.office.name, Period(day, day), f"{day_words(day)} {day.year}, simulated")
        self.half_hours.show_result(result, usual)
        self.day_table.show_rows(*outcome_table(result, usual, is_of_now=is_of_now))

    def forget(self) -> None:
        """No figure is kept; the plan that was drawn is, in its sketch."""
        self.show_figures(None)
        self.outcome.rest()
        self.half_hours.forget()
        self.day_table.show_rows((), ())
        self.least.forget()
        self.plan.forget()
        self.say("")
        self._planned.hide()

    def bring_in_sight(self, sheet: QWidget) -> None:
        """It has come to be seen."""
        self._in_sight.unfolded(sheet)

    def echo(self) -> None:
        """Where the outcome stands far under the plan, the plan says it too."""
        words = self.outcome.status.text() or self.outcome.sentence.text()
        self.plan.outcome.set_text(words)
        self.plan.outcome.setVisible(bool(words) and not self._is_beside)

    # -- size ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_in_sight"):
            self._fit()

    def _fit(self) -> None:
        look = look_of(self)
        beside = self._is_beside = self.width() >= look.px(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        self.plan.setMinimumWidth(look.px(_PLAN_WIDTH) if beside else 0)
        self.plan.setMaximumWidth(look.px(_PLAN_WIDTH) if beside else _ANY_WIDTH)
        self.echo()
        rows = (self.height() - look.px(_BESIDE_ROWS)) // look.row_height(_ROW)
        self.plan.counters.set_most_rows(max(_LEAST_ROWS, rows))
