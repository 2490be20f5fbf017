"""The sheets beside a plan: what it would come to, the least that is enough, and which calling rule does best."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reception.domain.staffing import Plan, PolicyComparison, StaffingAnswer, WhatIfResult
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.record_words import rules_truth_words, truth_words
from ui.supervisor.rule_words import OF_ALL_DAYS, best_detail, best_words, ours_of
from ui.supervisor.staffing_rows import least_table, policy_table
from ui.supervisor.staffing_words import (
    beside_usual,
    erlang_words,
    least_detail,
    least_words,
    outcome_detail,
    outcome_words,
    rests_on,
    smooth_of,
)
from ui.supervisor.work_sheet import WorkSheet
from ui.widgets.announcing import announce
from ui.widgets.key_button import KeyButton
from ui.widgets.segments import Segments

_MOST_ROWS = 48
_WEEKS = (2, 4, 8)


class OutcomeSheet(WorkSheet):
    """What the plan would come to, in sentences."""

    def __init__(self, stop: QAction, again: QAction, parent: QWidget | None = None) -> None:
        super().__init__("With this plan", stop, again, parent)
        self.body.addSpacing(8)

    def show_result(self, result: WhatIfResult, usual: WhatIfResult | None, *, is_of_now: bool) -> None:
        """`usual`: what the usual plan comes to, where it is another one and known. `is_of_now`: the plan is as it was
        when this was worked out."""
        self.set_title("With this plan" if is_of_now else "With the plan before")
        beside = f"{beside_usual(result, usual)} " if usual is not None and usual is not result else ""
        truth = truth_words(usual) if usual is not None else ""
        self.say(outcome_words(result), outcome_detail(result), f"{beside}{rests_on(result)}", truth)


class LeastSheet(WorkSheet):
    """Counters found and Erlang's beside, half hour by half hour."""

    taken = Signal()
    """The plan that was found is to be the plan."""
    smooth_taken = Signal()
    """The smooth one beside it is."""

    def __init__(self, stop: QAction, again: QAction, parent: QWidget | None = None) -> None:
        super().__init__("The least that is enough", stop, again, parent)
        self.take_action = QAction("Take this plan", self)
        self.take_action.setShortcut(QKeySequence("Ctrl+T"))
        self.take_action.triggered.connect(lambda _checked: self.taken.emit())
        self.take_smooth_action = QAction("Take smooth plan", self)
        self.take_smooth_action.setShortcut(QKeySequence("Ctrl+Shift+T"))
        self.take_smooth_action.triggered.connect(lambda _checked: self.smooth_taken.emit())
        self.take_smooth_button = self.add_button(KeyButton(self.take_smooth_action, "lean"))
        self.take_button = self.add_button(KeyButton(self.take_action, "lean"))
        self.table = FiguresTable("Counters found, and by Erlang's formula")
        self.table.set_most_rows(_MOST_ROWS)
        self.padded().addWidget(self.table)
        self.body.addSpacing(8)
        self.show_answer(None, Plan(()))

    def show_answer(self, answer: StaffingAnswer | None, plan: Plan) -> None:
        """`plan`: as it is now, to compare with; no answer: nothing was found yet."""
        self.table.setVisible(answer is not None)
        self.take_action.setEnabled(answer is not None and answer.plan.desks != plan.desks)
        smooth = smooth_of(answer) if answer is not None else None
        self.take_smooth_action.setEnabled(smooth is not None and smooth.desks != plan.desks)
        self.take_smooth_button.setVisible(smooth is not None)
        if answer is None:
            self.say("")
        else:
            self.say(least_words(answer), least_detail(answer), erlang_words(answer))
            self.table.setAccessibleDescription(f"{least_words(answer)}. {erlang_words(answer)}")
            self.table.show_rows(*least_table(answer, plan))

    def forget(self) -> None:
        """Nothing was found yet."""
        self.show_answer(None, Plan(()))
        self.table.show_rows((), ())
        self.table.setAccessibleDescription("")
        self.rest()


class RulesSheet(WorkSheet):
    """Every calling rule on the same recorded days."""

    wanted = Signal()

    def __init__(self, stop: QAction, parent: QWidget | None = None) -> None:
        self.compare_action = QAction("Compare rules")
        super().__init__("Which calling rule would have done best?", stop, self.compare_action, parent)
        self.compare_action.setParent(self)
        self.compare_action.setShortcut(QKeySequence("Ctrl+R"))
        self.compare_action.triggered.connect(lambda _checked: self.wanted.emit())
        self.weeks = Segments([(str(weeks), f"{weeks} weeks", "") for weeks in _WEEKS], "The last recorded weeks")
        self.weeks.set_value(str(_WEEKS[1]))
        self.tools.insertWidget(0, self.weeks)
        self.table = FiguresTable("Calling rules")
        self.table.set_most_rows(_MOST_ROWS)
        self.table.hide()
        self.padded().addWidget(self.table)
        self.body.addSpacing(8)

    def show_answer(self, answer: PolicyComparison) -> None:
        self.say(best_words(answer), best_detail(answer), OF_ALL_DAYS, rules_truth_words(answer, ours_of(answer)))
        self.table.setAccessibleDescription(f"{best_words(answer)}. {best_detail(answer)}")
        self.table.show_rows(*policy_table(answer))
        self.table.show()
        announce(self, f"{best_words(answer)}. {best_detail(answer)}")

    def forget(self) -> None:
        """Another office: what was found is not its own."""
        self.say("")
        self.table.hide()
        self.table.show_rows((), ())
        self.table.setAccessibleDescription("")
        self.stand("")
