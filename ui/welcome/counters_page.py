"""The section *Counters*: where visitors are served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from reception.domain.office import Counter
from reception.services.commands import new_id
from reception.services.office_settings import OfficeSettings
from ui.welcome.checks import counter_name_fault
from ui.welcome.page import Field
from ui.welcome.picker import ServicesPicker
from ui.welcome.reading import as_typed, quoted
from ui.welcome.rows import remark
from ui.welcome.table import TableLine, TablePage
from ui.widgets import LineEdit


class CounterLine(TableLine):
    """One counter."""

    def __init__(self, page: CountersPage, counter: Counter) -> None:
        super().__init__(counter.id, "counter")
        self._page = page
        self.name = LineEdit(counter.name)
        self.picker = ServicesPicker(counter.services, self)
        self.add_cell(self.name, "Counter", 160, 1)
        self.add_cell(self.picker.opener, "Serves", 232, 1)
        self.add_tools()
        self.set_more(self.picker.area)
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            Field(self.picker.opener, self.picker.fault, self.sentence),
        )
        self.name.textEdited.connect(page.was_edited)
        self.picker.changed.connect(page.was_edited)
        self.picker.opener.toggled.connect(self.settle)

    def called(self) -> str:
        return quoted(self.name.text()) if as_typed(self.name.text()) else "a counter without a name"

    def controls(self) -> Sequence[QWidget]:
        return (self.name, self.picker.opener, *self.picker.area.widgets(), *self.tools())

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        return (self.name.text(), self.picker.typed())

    def name_controls(self) -> None:
        super().name_controls()
        self.name.setAccessibleName(f"Name of {self.called()}" if as_typed(self.name.text()) else "Name of the counter")
        self.picker.set_owner(self.called())

    def counter(self) -> Counter:
        """What was typed; only when nothing is wrong."""
        return Counter(self.record_id, as_typed(self.name.text()), self.picker.services())

    def _name_fault(self) -> str:
        return counter_name_fault(self.name.text(), [line.name.text() for line in self._page.lines])


class CountersPage(TablePage[CounterLine]):
    title = "Counters"
    note = "where visitors are served"
    kind = "counter"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services: tuple[tuple[str, str], ...] = ()
        self.build()
        self.column.addSpacing(8)
        self.column.addWidget(remark("The name is called aloud and shown to visitors: “Counter 3”, “Room 1”."))
        self.column.addStretch(1)

    def new_line(self) -> CounterLine:
        taken = {as_typed(line.name.text()) for line in self.lines}
        number = next(each for each in range(1, len(taken) + 2) if f"Counter {each}" not in taken)
        return CounterLine(self, Counter(new_id(), f"Counter {number}"))

    def none_fault(self) -> str:
        return "" if self.lines else "The office has no counter. Add at least one."

    def offer(self, services: Sequence[tuple[str, str]]) -> None:
        """The services there are, as the section before names them."""
        self._services = tuple(services)
        self.changed()

    def changed(self) -> None:
        for line in self.lines:
            line.picker.offer(self._services)
            for tick in line.picker.area.widgets():
                self.attend(tick)
        self.rechain()

    def fill(self, settings: OfficeSettings) -> None:
        self._services = tuple((service.id, service.name) for service in settings.services)
        self.put([CounterLine(self, counter) for counter in settings.counters])

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, counters=tuple(line.counter() for line in self.lines))
