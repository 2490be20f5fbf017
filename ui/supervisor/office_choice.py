"""Which offices there are, and which of them are shown: one, or all."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain.office import Office
from reception.errors import Refusal
from reception.opening import choose_office
from reception.services.queries import Offices
from ui.link import Link

ASK_AGAIN_MS = 2_000


class OfficeChoice(QObject):
    """See the module. Asked for until there is an answer."""

    found = Signal(bool)
    """They have come; True: for the first time."""

    def __init__(self, link: Link, named: str, parent: QObject) -> None:
        """`named`: the name of the one to begin with; empty: the only one, or all."""
        super().__init__(parent)
        self._link, self._named = link, named
        self.all: tuple[Office, ...] = ()
        self.chosen = ""
        """The id of the one that is shown; empty: all."""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.timeout.connect(self.find)

    def find(self) -> None:
        """Ask for them; they may have changed."""
        self._link.ask(Offices(), self._take, lambda _no: self._again.start())

    def choose(self, office_id: str) -> None:
        """From now on show this one; empty: all."""
        self.chosen = office_id

    @property
    def shown(self) -> tuple[Office, ...]:
        return tuple(office for office in self.all if self.chosen in ("", office.id))

    @property
    def zone(self) -> ZoneInfo | None:
        """Of what is shown; None before it is known."""
        return next((office.zone for office in self.shown), None)

    def _take(self, offices: tuple[Office, ...]) -> None:
        is_first, self.all = not self.all, offices
        if is_first:
            self.chosen = self._first_choice()
        elif self.chosen and self.chosen not in {office.id for office in offices}:
            self.chosen = ""
        self.found.emit(is_first)

    def _first_choice(self) -> str:
        try:
            return choose_office(self.all, self._named).id
        except Refusal:
            return ""
