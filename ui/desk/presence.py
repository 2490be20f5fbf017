"""Which office this is, which counter this window stands for, and who sits at it."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain.desk_view import DeskView
from reception.domain.office import Office
from reception.services.queries import Desk, Offices
from ui.desk.said import Said
from ui.desk.standing import office_named
from ui.desk.station import Station
from ui.link import Link

ASK_AGAIN_MS = 2_000
"""When no office could be read, it is asked again after so long."""


class Presence(QObject):
    """Asks for the office, watches the counter, and notices when another window has taken it."""

    several_offices = Signal(object)
    """A tuple of :class:`Office`: which one is it?"""
    no_office = Signal()
    lost = Signal(Said)
    """The counter is not this window's any more, and why."""

    def __init__(self, link: Link, station: Station, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._station = station
        self._office_id = ""
        self._counter_id = ""
        self._officer_id = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.timeout.connect(self.begin)

    @property
    def is_signed_in(self) -> bool:
        return bool(self._officer_id)

    def begin(self) -> None:
        """Find out which office this is; asked again until the database answers."""
        self._link.ask(Offices(), self._offices_came, lambda _: self._again.start())

    def _offices_came(self, offices: tuple[Office, ...]) -> None:
        office = office_named(offices, self._station.office)
        if office is not None:
            self.choose_office(office.id)
        elif offices:
            self.several_offices.emit(offices)
        else:
            self.no_office.emit()
            self._again.start()

    def choose_office(self, office_id: str) -> None:
        self._office_id = office_id
        self._watch()

    def sign_in(self, counter_id: str, officer_id: str) -> None:
        """This person sits at this counter from now on."""
        self._counter_id, self._officer_id = counter_id, officer_id
        self._watch()

    def sign_off(self) -> None:
        """Nobody sits here."""
        self._counter_id = self._officer_id = ""
        self._watch()

    def forget(self) -> None:
        """The window ends without signing off; whoever sits here stays signed in."""
        self._officer_id = ""

    def _watch(self) -> None:
        self._link.watch(Desk(self._office_id, self._counter_id, self._station.name))

    def own(self, view: DeskView) -> DeskView:
        """The view as this window may use it: with nobody at the counter when somebody else has taken it."""
        if not self._officer_id or view.officer_id == self._officer_id:
            return view
        taken_by = view.officer_name
        place = view.counter_name
        elsewhere = next((row.name for row in view.counters if row.officer_id == self._officer_id), "")
        nobody = f"You have signed in at {elsewhere}." if elsewhere else f"You are no longer signed in at {place}."
        self.sign_off()
        self.lost.emit(
            Said(
                f"{taken_by} has signed in at {place}." if taken_by else nobody,
                "Sign in to go on here.",
                "due-soon",
            )
        )
        return replace(view, officer_id="", officer_name="", role=None, present=None, next_for_me=None)
