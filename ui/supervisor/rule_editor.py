"""The calling rule of a plan, and its guards."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.staffing import NO_LIMIT, Plan
from ui.calling_rules import CALLING_RULES, GUARDS, OVERTAKEN, USUAL_GUARDS
from ui.panels.fields import FieldRow
from ui.supervisor.rule_words import GUARDED
from ui.widgets.drop import Drop
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING

_OVERTAKES = (*range(1, 11), 15, 20)


class RuleEditor(QWidget):
    """See the module. Only one rule has guards; with the others they are not shown."""

    changed = Signal(object)
    """The :class:`Plan` as it is now wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan(())
        self.rule = Drop("Calling rule", [(key, name) for key, name, _ in CALLING_RULES])
        self.about = Paragraph(token="text-muted")
        self.about.setContentsMargins(RING, 0, RING, 8)
        self.guards = {key: Drop(label) for key, label, _ in GUARDS}
        self.overtakes = Drop(OVERTAKEN[0])
        self._guard_rows = [
            *(FieldRow(label, self.guards[key], label_above=True) for key, label, _ in GUARDS),
            FieldRow(OVERTAKEN[0], self.overtakes, label_above=True),
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (FieldRow("Calling rule", self.rule, label_above=True), self.about, *self._guard_rows):
            column.addWidget(part)
        column.addStretch(1)
        for drop in (self.rule, *self.guards.values(), self.overtakes):
            drop.currentIndexChanged.connect(self._take)

    def show_plan(self, plan: Plan) -> None:
        """Show the rule of a plan."""
        self._plan = plan
        drops = (self.rule, *self.guards.values(), self.overtakes)
        for drop in drops:
            drop.blockSignals(True)
        self.rule.set_value(plan.rule)
        for key, _, suffix in GUARDS:
            factor = f"{getattr(plan.settings, key):g}"
            offered = sorted({*USUAL_GUARDS, factor}, key=float)
            self.guards[key].set_choices([(each, f"{each} {suffix}") for each in offered])
            self.guards[key].set_value(factor)
        counts = sorted({*_OVERTAKES, min(plan.settings.overtakes, NO_LIMIT), NO_LIMIT})
        self.overtakes.set_choices([(str(each), _overtaken(each)) for each in counts])
        self.overtakes.set_value(str(min(plan.settings.overtakes, NO_LIMIT)))
        for drop in drops:
            drop.blockSignals(False)
        self.about.set_text(next((about for key, _, about in CALLING_RULES if key == plan.rule), ""))
        for row in self._guard_rows:
            row.setVisible(plan.rule == GUARDED)

    def _take(self, *_: object) -> None:
        settings = replace(
            self._plan.settings,
            walk_in_guard=float(self.guards["walk_in_guard"].value()),
            appointment_guard=float(self.guards["appointment_guard"].value()),
            overtakes=int(self.overtakes.value()),
        )
        plan = replace(self._plan, rule=self.rule.value(), settings=settings)
        if plan != self._plan:
            self.changed.emit(plan)


def _overtaken(times: int) -> str:
    if times >= NO_LIMIT:
        return "any number of times"
    return "once before going first." if times == 1 else f"{times} {OVERTAKEN[1]}"
