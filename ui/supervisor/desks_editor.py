"""The desks of a plan, one a line, and the times, breaks and services of the one that the keyboard is at."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.office import Office
from reception.domain.staffing import Desk, Plan
from ui.moments import time_words
from ui.panels.fields import FieldRow
from ui.panels.fitting import flowing
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.staffing_rows import desk_rows
from ui.supervisor.staffing_words import breaks_words, span_words
from ui.typed import minutes_typed
from ui.widgets.announcing import announce
from ui.widgets.control_grid import ControlGrid
from ui.widgets.fields import LineEdit
from ui.widgets.key_button import KeyButton, KeyGrid
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING
from ui.widgets.tick import Tick

_NO_TIME = "Type a time of day, such as 9am or 12.30pm."
_REVERSED = "A desk is left after it is opened: put its times in their order."
_NO_BREAK = "Type breaks such as 12.30pm to 1pm, 3pm to 3.15pm."
_BREAK_OUTSIDE = "A break lies within the desk's times, and ends after it begins."
_SERVES_NOTHING = "A desk serves at least one service."
_FIRST, _LAST = 9 * 60, 17 * 60


class DesksEditor(QWidget):
    """What is typed holds once its field is left, or with Enter. What cannot be read stays as it was typed, marked."""

    changed = Signal(object)
    """The :class:`Plan` as it is now wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan(())
        self._office: Office | None = None
        self._unread: dict[tuple[int, str], str] = {}
        """What was typed and could not be read, by desk and field."""
        self._row = -1
        self.table = FiguresTable("Desks")
        self.table.setAccessibleDescription("Up and down choose the desk whose times are under the table.")
        self.table.set_most_rows(12)
        self.opens, self.closes, self.breaks = LineEdit(), LineEdit(), LineEdit(placeholder="none")
        self._fields = {"opens": self.opens, "closes": self.closes, "breaks": self.breaks}
        self.ticks: dict[str, Tick] = {}
        self._grid = flowing(ControlGrid(2))
        self.said = Paragraph(token="text-muted")
        """Which desk was taken off: those after it are one less from then on."""
        self.said.setContentsMargins(RING, 4, RING, 4)
        self.said.hide()
        self.fault = Paragraph(token="late-text")
        self.fault.setContentsMargins(RING, 4, RING, 4)
        self.add_action, self.remove_action = (
            self._action("Add a desk", "Ctrl+N", self._add),
            self._action("Remove desk", "Ctrl+Del", self._remove),
        )
        keys = flowing(KeyGrid(2))
        for action in (self.add_action, self.remove_action):
            keys.add(KeyButton(action))
        self._rows = (
            FieldRow("From", self.opens),
            FieldRow("To", self.closes),
            FieldRow("Breaks", self.breaks),
            FieldRow("Serves", self._grid),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(RING, 0, RING, 8)
        inner.addWidget(self.table)
        column.addLayout(inner)
        column.addWidget(self.said)
        column.addWidget(keys)
        for row in self._rows:
            column.addWidget(row)
        column.addWidget(self.fault)
        column.addStretch(1)
        for name, field in self._fields.items():
            field.editingFinished.connect(self._reading(name))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_desk())

    def show_plan(self, plan: Plan, office: Office) -> None:
        """Show the desks of a plan."""
        if plan.desks != self._plan.desks:
            self.said.hide()
        if len(plan.desks) != len(self._plan.desks) or office is not self._office:
            self._unread.clear()
        if self._office is None or office.services != self._office.services:
            self._make_ticks(office)
        self._plan, self._office = plan, office
        self.table.show_rows(*desk_rows(plan, office))
        self._show_desk()

    def _make_ticks(self, office: Office) -> None:
        self._grid.clear()
        self.ticks = {each.id: Tick(each.name) for each in office.services if not each.partner}
        for tick in self.ticks.values():
            self._grid.add_control(tick)
            tick.clicked.connect(lambda _on: self._take_services())

    # -- one desk --

    def _show_desk(self) -> None:
        before, row = self._row, self.table.currentIndex().row()
        desk = self._plan.desks[row] if 0 <= row < len(self._plan.desks) else None
        self._row = row if desk is not None else -1
        for each in self._rows:
            each.setVisible(desk is not None)
        self.remove_action.setEnabled(desk is not None)
        self._say("")
        if desk is None:
            return
        texts = {"opens": time_words(desk.opens), "closes": time_words(desk.closes), "breaks": breaks_words(desk)}
        for name, field in self._fields.items():
            if row == before and field.hasFocus() and field.isModified():
                continue  # somebody types there
            unread = self._unread.get((row, name))
            field.setText(texts[name] if unread is None else unread)
            field.set_fault("")
            field.setAccessibleName(f"Desk {row + 1}: {name}")
            if unread is not None:
                self._fault(field, _NO_BREAK if name == "breaks" else _NO_TIME)
        for service_id, tick in self.ticks.items():
            tick.setChecked(not desk.skills or service_id in desk.skills)
            tick.setAccessibleName(f"Desk {row + 1} serves {tick.text()}")

    def _reading(self, name: str) -> Callable[[], None]:
        return lambda: self._read(name)

    def _read(self, name: str) -> None:
        row = self._row
        if row < 0:
            return
        desk, field = self._plan.desks[row], self._fields[name]
        found = changed_desk(desk, name, field.text())
        if isinstance(found, str):
            self._unread[row, name] = field.text()
            self._fault(field, found)
            return
        self._unread.pop((row, name), None)
        field.setModified(False)
        field.set_fault("")
        self._say("")
        self._take(row, found)

    def _take_services(self) -> None:
        row = self._row
        if row < 0:
            return
        ticked = frozenset(service_id for service_id, tick in self.ticks.items() if tick.isChecked())
        if not ticked:
            self._say(_SERVES_NOTHING)
            return
        self._say("")
        skills = frozenset() if len(ticked) == len(self.ticks) else ticked
        self._take(row, replace(self._plan.desks[row], skills=skills))

    def _take(self, row: int, desk: Desk) -> None:
        if desk != self._plan.desks[row]:
            desks = self._plan.desks
            self.changed.emit(replace(self._plan, desks=(*desks[:row], desk, *desks[row + 1 :])))

    def _fault(self, field: LineEdit, sentence: str) -> None:
        field.set_fault(sentence)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    # -- more and fewer --

    def _add(self) -> None:
        desks = self._plan.desks
        opens = min((desk.opens for desk in desks), default=_FIRST)
        closes = max((desk.closes for desk in desks), default=_LAST)
        self.changed.emit(replace(self._plan, desks=(*desks, Desk(opens, closes))))
        self.table.setCurrentIndex(self.table.figures.index(len(self._plan.desks) - 1, 0))
        self.opens.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        desks, row = self._plan.desks, self._row
        if row >= 0:
            self.changed.emit(replace(self._plan, desks=(*desks[:row], *desks[row + 1 :])))
            words = f"Desk {row + 1}, {span_words(desks[row].opens, desks[row].closes)}, was taken off."
            if row < len(desks) - 1:
                words += f" Those after it are numbered anew: desk {row + 2} is now desk {row + 1}."
            self.said.set_text(words)
            self.said.show()
            announce(self.table, words)

    def _action(self, words: str, key: str, done: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: done())
        return action


def changed_desk(desk: Desk, name: str, text: str) -> Desk | str:
    """The desk with what was typed in one of its fields, or why it cannot be."""
    if name == "breaks":
        breaks = breaks_typed(text)
        if breaks is None:
            return _NO_BREAK
        within = all(desk.opens <= begin < end <= desk.closes for begin, end in breaks)
        return replace(desk, breaks=breaks) if within else _BREAK_OUTSIDE
    minute = minutes_typed(text)
    if minute is None:
        return _NO_TIME
    changed = replace(desk, **{name: minute})
    if changed.opens >= changed.closes:
        return _REVERSED
    within_it = tuple(
        (max(begin, changed.opens), min(end, changed.closes))
        for begin, end in changed.breaks
        if begin < changed.closes and end > changed.opens
    )
    return replace(changed, breaks=within_it)


def breaks_typed(text: str) -> tuple[tuple[int, int], ...] | None:
    """Breaks from "12.30pm to 1pm, 3pm–3.15pm", in order; nothing typed is none; None where it cannot be read."""
    breaks = []
    for part in filter(None, (each.strip() for each in re.split(r",|;|\band\b", text))):
        ends = [minutes_typed(each) for each in re.split(r"\bto\b|[-–]", part)]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return None
        breaks.append((ends[0], ends[1]))
    return tuple(sorted(breaks))
