"""The office that a kiosk stands in, as it is now: what it offers, and whether it can be reached."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from reception.clock import Instant
from reception.config import Config
from reception.domain.kiosk import KioskView
from reception.domain.office import Office
from reception.domain.stations import Contact, Reach
from reception.services import queries as q
from ui.link import Link
from ui.pulse import Pulse
from ui.refused import Refused

log = logging.getLogger(__name__)

AGAIN_MS = 3_000
"""After so long the office is looked for once more."""


class WatchedOffice(QObject):
    """What the link brings of the office, the newest of it."""

    changed = Signal()

    def __init__(self, link: Link, config: Config, pulse: Pulse, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._pulse = pulse
        self._name = config.office
        self.station = config.station
        self.view: KioskView | None = None
        """None until the office is found."""
        self.cut_off_since: Instant | None = None
        """None while the database answers."""
        self.is_slow = False
        link.view_came.connect(self._take_view)
        link.contact.connect(self._hear)
        link.offline.connect(lambda since, _no: self._set_cut_off(since))
        link.online.connect(lambda: self._set_cut_off(None))

    def start(self) -> None:
        """Find the office, and watch it."""
        self._link.ask(q.Offices(), self._choose, self._not_found)

    @property
    def cut_off(self) -> bool:
        return self.cut_off_since is not None

    def now(self) -> Instant:
        """The office's time; the view's until it is known."""
        now = self._pulse.now()
        return now if now is not None else self.view.now if self.view is not None else 0

    def _choose(self, found: tuple[Office, ...]) -> None:
        name = self._name.casefold()
        office = next((each for each in found if each.name.casefold() == name), found[0] if len(found) == 1 else None)
        if office is None:
            log.error("the settings must name this kiosk's office: there are %d", len(found))
            return
        self._link.watch(q.Kiosk(office.id, self.station))

    def _not_found(self, _no: Refused) -> None:
        QTimer.singleShot(AGAIN_MS, self, self.start)

    def _take_view(self, view: object) -> None:
        if isinstance(view, KioskView):
            self.view = view
            self._pulse.set_now(view.now)
            self.changed.emit()

    def _hear(self, contact: Contact) -> None:
        is_slow = contact.reach is Reach.SLOW
        if is_slow != self.is_slow:
            self.is_slow = is_slow
            self.changed.emit()

    def _set_cut_off(self, since: Instant | None) -> None:
        if since != self.cut_off_since:
            self.cut_off_since = since
            self.changed.emit()
