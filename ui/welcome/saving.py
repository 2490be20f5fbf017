"""Sending the settings to the door, once, whatever becomes of the answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.services.commands import Result, SetUpOffice, new_id
from reception.services.office_settings import OfficeSettings
from reception.services.queries import SettingsOf
from ui.link import Link
from ui.reach import CONNECTION_CODES
from ui.refused import Refused


class Saving(QObject):
    """One office's way to the door.

    The command's id is minted before it is sent. Without an answer the settings may have been saved all the same:
    then the next try carries the same id, and is done once. What was typed between two such tries would be lost in
    silence, so it is told apart (:attr:`saved_before`).
    """

    saved = Signal()
    saved_before = Signal(object)
    """An earlier try had been saved, as these :class:`OfficeSettings`; what was typed since then is not."""
    refused = Signal(object)
    """A :class:`~ui.refused.Refused`."""

    def __init__(self, link: Link, office_id: str, station: str, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._station = station
        self.is_new = not office_id
        self.office_id = office_id or new_id()
        self._command_id = new_id()
        self._sent: object = None
        self._now: object = None
        self.is_under_way = False

    def send(
        self,
        settings: OfficeSettings,
        typed: object,
        before: OfficeSettings | None = None,
        administrator_id: str = "",
        pin: str = "",
    ) -> None:
        """Send the settings; `typed` is what stands in the form, to be compared with a later try, and `before` what
        it was filled in from.
        """
        if self.is_under_way:
            return
        self.is_under_way = True
        self._now = typed
        if self._sent is None:
            self._sent = typed
        command = SetUpOffice(
            id=self._command_id,
            office_id=self.office_id,
            station=self._station,
            settings=settings,
            before=before,
            administrator_id=administrator_id,
            pin=pin,
        )
        self._link.do(command, self._done, self._refused)

    def _done(self, result: Result) -> None:
        self.is_under_way = False
        if result.already_done and self._sent != self._now:
            self.is_new = False
            self._next_command()
            self._link.ask(SettingsOf(self.office_id), self.saved_before.emit, self.refused.emit)
            return
        self._next_command()
        self.saved.emit()

    def _refused(self, no: Refused) -> None:
        self.is_under_way = False
        if no.code is not None and no.code not in CONNECTION_CODES:
            self._next_command()  # nothing was done
        self.refused.emit(no)

    def _next_command(self) -> None:
        self._command_id, self._sent = new_id(), None
