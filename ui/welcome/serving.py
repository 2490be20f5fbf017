"""A table of those who serve: counters and staff, each for every service or for some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from reception.services.office_settings import OfficeSettings
from ui.welcome.page import Field
from ui.welcome.picker import ServicesPicker
from ui.welcome.table import TableLine, TablePage


class ServingLine(TableLine):
    """A line with a choice of services."""

    def __init__(self, page: TablePage, record_id: str, name: str, services: frozenset[str]) -> None:
        super().__init__(page, record_id, name)
        self.picker = ServicesPicker(services, self)
        self.picker.changed.connect(page.was_edited)
        self.serves = Field(self.picker.opener, self.picker.fault, self.sentence)

    def name_controls(self) -> None:
        super().name_controls()
        self.picker.set_owner(self.called())

    def control_of(self, what: str) -> QWidget:
        return self.picker.opener if what == "services" else super().control_of(what)


S = TypeVar("S", bound=ServingLine)


class ServingPage(TablePage[S]):
    """Its lines are offered the services that the office has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services: tuple[tuple[str, str], ...] = ()

    def offer(self, services: Sequence[tuple[str, str]]) -> None:
        """The services there are, as their section names them: (id, name)."""
        self._services = tuple(services)
        self.changed()

    def fill(self, settings: OfficeSettings) -> None:
        self._services = tuple((service.id, service.name) for service in settings.services)
        super().fill(settings)

    def changed(self) -> None:
        for line in self.lines:
            line.picker.offer(self._services)
            for tick in line.picker.area.widgets():
                self.attend(tick)
        self.rechain()
