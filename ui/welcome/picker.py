"""Which services a counter or a member of staff serves: all of them, or some."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ui.welcome.arranged import Flow
from ui.welcome.drops import Opener
from ui.welcome.words import listed
from ui.widgets import Tick

_ALL = "All services"


class ServicesPicker(QObject):
    """A button that says what is chosen, and the boxes to tick that it opens.

    A service that was removed stays chosen in silence, so that putting it back puts it back here too; a choice
    of which nothing is left is a mistake, for an empty choice would mean every service.
    """

    changed = Signal()

    def __init__(self, chosen: frozenset[str] = frozenset(), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen = set(chosen)
        self._all = not chosen
        self._owner = ""
        self._offered: tuple[tuple[str, str], ...] = ()
        self.opener = Opener("Services")
        self.area = Flow(indent=0)
        self.every = Tick(_ALL)
        self.every.clicked.connect(self._every_clicked)
        self.area.add(self.every)
        self.ticks: list[Tick] = []
        self.opener.toggled.connect(self.area.setVisible)

    def offer(self, services: Sequence[tuple[str, str]]) -> None:
        """The services there are: (id, name)."""
        if tuple(services) != self._offered:
            self._offered = tuple(services)
            self.area.clear_after(1)
            self.ticks = []
            for service_id, name in services:
                tick = Tick(name.replace("&", "&&"))
                tick.clicked.connect(lambda on, service_id=service_id: self._tick_clicked(service_id, on))
                self.area.add(tick)
                self.ticks.append(tick)
            self._name_ticks()
        self._show()

    def set_owner(self, words: str) -> None:
        """Whose services these are, for screen readers."""
        self.opener.set_name(f"Services of {words}")
        self._owner = words
        self.every.setAccessibleName(f"{_ALL} for {words}")
        self._name_ticks()

    def _name_ticks(self) -> None:
        for tick, (_, name) in zip(self.ticks, self._offered, strict=True):
            tick.setAccessibleName(f"{name} for {self._owner}")

    def services(self) -> frozenset[str]:
        """The ids chosen; empty means every service."""
        if self._all:
            return frozenset()
        return frozenset(service_id for service_id, _ in self._offered if service_id in self._chosen)

    def fault(self) -> str:
        if self._all or self.services():
            return ""
        return "No service is chosen. Tick at least one, or all services."

    def typed(self) -> object:
        return (self._all, frozenset() if self._all else frozenset(self._chosen))

    def _every_clicked(self, on: bool) -> None:
        self._all = on
        if not on and not self.services():
            # begin with every box ticked: taking some away is the usual wish
            self._chosen = {service_id for service_id, _ in self._offered}
        self._show()
        self.changed.emit()

    def _tick_clicked(self, service_id: str, on: bool) -> None:
        if self._all:
            self._all = False
            self._chosen = {each for each, _ in self._offered}
        if on:
            self._chosen.add(service_id)
        else:
            self._chosen.discard(service_id)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.every.setChecked(self._all)
        for tick, (service_id, _) in zip(self.ticks, self._offered, strict=True):
            tick.setChecked(self._all or service_id in self._chosen)
        names = [name for service_id, name in self._offered if service_id in self._chosen]
        self.opener.set_summary(_ALL if self._all else listed(names) or "None chosen")
