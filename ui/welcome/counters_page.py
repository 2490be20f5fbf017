"""The section *Counters*: where visitors are served."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.office import Counter
from reception.services.commands import new_id
from reception.services.office_settings import OfficeSettings
from ui.welcome.checks import own_name_fault
from ui.welcome.page import Field
from ui.welcome.reading import as_typed
from ui.welcome.rows import remark
from ui.welcome.serving import ServingLine, ServingPage


class CounterLine(ServingLine):
    """One counter."""

    def __init__(self, page: CountersPage, counter: Counter) -> None:
        super().__init__(page, counter.id, counter.name, counter.services)
        self._page = page
        self.add_cell(self.name, "Counter", 160, 1)
        self.add_cell(self.picker.opener, "Serves", 232, 1)
        self.add_tools()
        self.set_more(self.picker.area)
        self._faults = (Field(self.name, self._name_fault, self.sentence), self.serves)
        self.picker.opener.toggled.connect(self.settle)

    def controls(self) -> Sequence[QWidget]:
        return (self.name, self.picker.opener, *self.picker.area.widgets(), *self.tools())

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        return (self.name.text(), self.picker.typed())

    def counter(self) -> Counter:
        """What was typed; only when nothing is wrong."""
        return Counter(self.record_id, as_typed(self.name.text()), self.picker.services())

    def _name_fault(self) -> str:
        return own_name_fault("counter", self.name.text(), [line.name.text() for line in self._page.lines])


class CountersPage(ServingPage[CounterLine]):
    title = "Counters"
    note = "where visitors are served"
    kind = "counter"
    setting = "counters"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.build()
        self.column.addWidget(remark("The name is called aloud and shown to visitors: “Counter 3”, “Room 1”."))
        self.column.addStretch(1)

    def new_line(self) -> CounterLine:
        taken = {as_typed(line.name.text()) for line in self.lines}
        number = next(each for each in range(1, len(taken) + 2) if f"Counter {each}" not in taken)
        return CounterLine(self, Counter(new_id(), f"Counter {number}"))

    def lines_of(self, settings: OfficeSettings) -> list[CounterLine]:
        return [CounterLine(self, counter) for counter in settings.counters]

    def none_fault(self) -> str:
        return "" if self.lines else "The office has no counter. Add at least one."

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, counters=tuple(line.counter() for line in self.lines))
