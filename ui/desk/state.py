"""What the desk knows at this moment: shared by all that acts for it, changed only by the controller."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from ui.desk.situation import Situation, situation_of
from ui.desk.station import Station
from ui.panels.minted import MintedIds
from ui.panels.sender import SentBy, sent_by
from ui.pulse import Pulse


class DeskState:
    """The last view and what follows from it."""

    def __init__(self, station: Station, pulse: Pulse) -> None:
        self.station = station
        self._pulse = pulse
        self.view: DeskView | None = None
        self.situation: Situation = situation_of(None, 0)
        self.ids = MintedIds()
        """Of the commands that a key of the counter sends."""
        self.in_book = False
        """The book covers the desk."""
        self.undo_is_known = False
        """The view tells what was done last. Between a command and the view of it, it does not."""

    def now(self) -> Instant:
        """The office's time; 0 before any view."""
        now = self._pulse.now()
        return now if now is not None else 0

    def zone(self) -> ZoneInfo | None:
        return self.view.office.zone if self.view is not None else None

    def by(self) -> SentBy:
        """Who sends commands from here; only once there is a view."""
        if self.view is None:
            raise RuntimeError("nobody can send a command before the first view")
        return sent_by(self.view, self.station.name)
