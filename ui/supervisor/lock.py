"""Who has signed in, until the window locks: by hand, when it was left alone, or when the settings say so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.clock import Instant
from reception.services.commands import Command, Result
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.alone import Alone
from ui.supervisor.office_choice import OfficeChoice
from ui.supervisor.sign_in import LEFT_ALONE, SignInPanel


class Lock(QObject):
    """Locked at first. Hears from the panel in which the PIN is entered, and says there why it locked."""

    opened = Signal(object)
    """An :class:`Instant`: the PIN of a supervisor was right."""
    closed = Signal()
    """Nobody may look any more."""

    def __init__(self, link: Link, pulse: Pulse, panel: SignInPanel, offices: OfficeChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._link, self._panel, self._offices = link, panel, offices
        self.name = ""
        """Of whoever has signed in; empty while it is locked."""
        self._who = ("", "")
        """The ids of their office and of themselves."""
        self._alone = Alone(pulse, self)
        self._alone.left.connect(lambda: self.close(LEFT_ALONE))
        panel.sent.connect(self._send)

    @property
    def is_closed(self) -> bool:
        return not self.name

    def close(self, why: str = "") -> None:
        """Lock. `why` is said where it locks by itself."""
        if not self.is_closed:
            self.rest()
            self.name = ""
            self._link.sign_out_supervisor()
            self.closed.emit()
        self._panel.say(why)

    def rest(self) -> None:
        """Watch no longer whether somebody is there."""
        self._alone.rest()

    def look(self, now: Instant) -> bool:
        """Whether it was left alone by `now`; it has locked then."""
        return self._alone.look(now)

    def look_up(self) -> None:
        """Lock where the settings, as they are now, no longer let in whoever has signed in."""
        if not self.is_closed and self._who not in self._panel.who_may():
            self.close(f"The settings no longer make {self.name} a supervisor.")

    def _send(self, command: Command) -> None:
        self._link.do(command, lambda result: self._signed_in(command, result), self._panel.refuse)

    def _signed_in(self, command: Command, result: Result) -> None:
        office = next((each for each in self._offices.all if each.id == command.office_id), None)
        officer = office.officer(command.officer_id) if office is not None else None
        self._panel.command_done(command, result)
        self.name = officer.name if officer is not None else "signed in"
        self._who = (command.office_id, command.officer_id)
        self.opened.emit(result.at)
        self._alone.watch()
