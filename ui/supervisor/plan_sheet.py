"""The plan of a day: counters by half hour, desks, calling rule, and what is to be found for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.domain.planning import with_counters
from reception.domain.staffing import SLOT_MINUTES
from ui.moments import time_words
from ui.panels.fitting import flowing
from ui.supervisor.counters_table import CountersTable
from ui.supervisor.desks_editor import DesksEditor
from ui.supervisor.record_words import expected_words
from ui.supervisor.rule_editor import RuleEditor
from ui.supervisor.sketch import Sketch
from ui.supervisor.staffing_rows import expected_of, half_hours_of, plan_rows
from ui.supervisor.staffing_words import plan_words, span_words
from ui.theme import look_of
from ui.widgets.announcing import announce
from ui.widgets.fields import LineEdit
from ui.widgets.key_button import KeyButton, KeyGrid
from ui.widgets.labels import ElidingLabel, Paragraph
from ui.widgets.painting import RING
from ui.widgets.segments import Segments
from ui.widgets.sheet import Sheet

_HALF_HOURS, _DESKS, _RULE = "half-hours", "desks", "rule"
SEVERAL = (
    "Several half hours at once: Shift and up or down, or drag; Ctrl\N{NO-BREAK SPACE}A for all. "
    "Plus and minus then change each."
)
_NO_SHARE = "Type a share from 1 to 99."
_NO_MINUTES = "Type minutes from 1 to 240."
_MOST_MINUTES = 240


class PlanSheet(Sheet):
    """Every change is told of as another plan; whoever hears of it shows it again."""

    changed = Signal(object)
    """A :class:`Plan`."""
    usual_wanted = Signal()
    undo_wanted = Signal()
    least_wanted = Signal(float, float)
    """(share, minutes): the least that keeps it is to be found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Plan", lean=True, parent=parent)
        self._sketch: Sketch | None = None
        self._minutes: list[int] = []
        self.switch = Segments(
            [(_HALF_HOURS, "Half hours", ""), (_DESKS, "Desks", ""), (_RULE, "Calling rule", "")], "What of the plan"
        )
        self.switch.set_value(_HALF_HOURS)
        self._heading.addWidget(self.switch)
        self.summary = Paragraph()
        self.usual_action = self._action("As usual", "Ctrl+U", self.usual_wanted.emit)
        self.undo_action = self._action("Undo", "Ctrl+Z", self.undo_wanted.emit)
        self.least_action = self._action("Find the least", "Ctrl+M", self._find)
        self.share, self.minutes = _Number("90", "Share to be kept, per cent"), _Number("15", "Within so many minutes")
        self.fault = Paragraph(token="late-text")
        self.fault.setContentsMargins(RING, 0, RING, 4)
        self.outcome = Paragraph(weight=600)
        """What the plan comes to in a line, where the sheet that says it lies beyond the edge of the screen."""
        self.outcome.setContentsMargins(RING, 0, RING, 0)
        self.counters, self.desks, self.rule = CountersTable(), DesksEditor(), RuleEditor()
        self.several = Paragraph(SEVERAL, token="text-muted")
        """How several half hours are changed at once, or which are now."""
        self.several.setContentsMargins(0, 4, 0, 0)
        self._faces = (_face(RING, self.counters, self.several), _face(0, self.desks), _face(0, self.rule))
        self.padded().addWidget(self.summary)
        column = self.padded(rings=True)
        self._back_keys = flowing(KeyGrid(2))
        for action in (self.usual_action, self.undo_action):
            self._back_keys.add(KeyButton(action))
        column.addSpacing(4)
        column.addWidget(self._back_keys)
        self.least_button = KeyButton(self.least_action)
        self.least_button.set_accent(True)
        column.addWidget(self._goal())
        column.addWidget(self.fault)
        column.addWidget(self.outcome)
        column.addSpacing(8)
        for face in self._faces:
            column.addWidget(face, 1)
        self._turn(_HALF_HOURS)
        self.body.addSpacing(8)
        self.fault.hide()
        self.outcome.hide()
        self.switch.chosen.connect(self._turn)
        self.counters.wanted.connect(self._count)
        self.counters.run_changed.connect(self._say_run)
        self.desks.changed.connect(self.changed)
        self.rule.changed.connect(self.changed)
        for field in (self.share, self.minutes):
            field.entered.connect(self._find)

    def _goal(self) -> QWidget:
        goal = QWidget()
        row = QHBoxLayout(goal)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.share, ElidingLabel("% within"), self.minutes, ElidingLabel("min")):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self.least_button, 1)
        return goal

    def show_sketch(self, sketch: Sketch) -> None:
        """Show the plan as it is now."""
        if sketch is not self._sketch:
            self.counters.choose_one()
        self._sketch = sketch
        plan, office = sketch.plan, sketch.office
        self.summary.set_text(
            f"{plan_words(plan, sketch.usual, len(office.counters))} {expected_words(sketch.arrivals)}"
        )
        self.show_expected(sketch)
        self.desks.show_plan(plan, office)
        self.rule.show_plan(plan)
        was_there = any(button.hasFocus() for button in self._back_keys.buttons())
        self.usual_action.setEnabled(not sketch.is_usual)
        self.undo_action.setEnabled(sketch.can_undo)
        if was_there and not any(button.hasFocus() for button in self._back_keys.buttons()):
            # Qt lends it to the field that comes next, where a figure typed for the plan would change the aim.
            shown = self.counters if self.counters.isVisible() else self.switch
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """No figure is kept."""
        self._sketch = None
        self._minutes = []
        self.counters.show_plan(())
        for words in (self.summary, self.outcome):
            words.set_text("")

    def show_expected(self, sketch: Sketch) -> None:
        """Show who is expected, as far as that is known by now."""
        expected = expected_of(sketch.arrivals, sketch.result)
        self._minutes = half_hours_of(sketch.plan, expected, sketch.office, sketch.day.weekday())
        rows = plan_rows(sketch.plan, self._minutes, expected)
        if tuple(rows) != self.counters.figures.rows:
            self.counters.show_plan(rows)

    def suggest(self, minutes: float) -> None:
        """The office's own promise, where nothing else was typed."""
        if not self.minutes.isModified():
            self.minutes.setText(f"{minutes:g}")

    # -- what is wanted --

    def _count(self, counts: tuple[tuple[int, int], ...]) -> None:
        sketch = self._sketch
        if sketch is not None:
            plan = sketch.plan
            for row, count in counts:
                plan = with_counters(plan, self._minutes[row], count)
            numbers = sorted({count for _, count in counts})
            span, many = self._span(counts[0][0], counts[-1][0]), " to ".join(map(str, numbers[:1] + numbers[1:][-1:]))
            announce(self.counters, f"{span}: {many}")
            self.changed.emit(plan)

    def _say_run(self, first: int, last: int) -> None:
        words = SEVERAL
        if first < last:
            is_all = last - first == len(self._minutes) - 1
            span = "The whole day" if is_all else self._span(first, last)
            words = f"{span}, {last - first + 1} half hours: plus and minus change each of them."
        if words != self.several.text():
            self.several.set_text(words)
            if first < last:
                announce(self.counters, words)

    def _span(self, first: int, last: int) -> str:
        begins = self._minutes[first]
        return time_words(begins) if first == last else span_words(begins, self._minutes[last] + SLOT_MINUTES)

    def _find(self) -> None:
        share, minutes = self.share.number(99), self.minutes.number(_MOST_MINUTES)
        self.share.set_fault("" if share else _NO_SHARE)
        self.minutes.set_fault("" if minutes else _NO_MINUTES)
        faults = " ".join(field.fault() for field in (self.share, self.minutes) if field.fault())
        self.fault.set_text(faults)
        self.fault.setVisible(bool(faults))
        if share and minutes:
            self.least_wanted.emit(share / 100, float(minutes))
        else:
            announce(self, faults, urgent=True)
            (self.minutes if share else self.share).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- faces --

    def _turn(self, face: str) -> None:
        """The sheet is as high as the face that is shown needs at its width: a stack would not go by that."""
        for name, each in zip((_HALF_HOURS, _DESKS, _RULE), self._faces, strict=True):
            each.setVisible(name == face)

    def _action(self, words: str, key: str, done: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(partial(_done, done))
        return action


class _Number(LineEdit):
    """A few figures."""

    entered = Signal()

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._limit()

    def number(self, most: int) -> int:
        """What was typed; 0 where it is no number from 1 to `most`."""
        text = self.text().strip()
        return int(text) if text.isascii() and text.isdecimal() and 1 <= int(text) <= most else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._limit()

    def _limit(self) -> None:
        self.setFixedWidth(look_of(self).px(56) + 2 * RING)


def _face(side: int, *widgets: QWidget) -> QWidget:
    face = QWidget()
    column = QVBoxLayout(face)
    column.setContentsMargins(side, 0, side, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return face


def _done(done: Callable[[], None], _checked: bool = False) -> None:
    done()
