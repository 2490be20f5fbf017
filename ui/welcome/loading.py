"""Asking the door for the settings of an office, and for what bears on changing them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.services.queries import LettersInUse, SettingsOf
from ui.link import Link


class Loading(QObject):
    """One office's settings, as often as they are asked for."""

    came = Signal(object)
    """The :class:`OfficeSettings`."""
    letters_came = Signal(object)
    """The letters that tickets of today begin with, a frozenset. They may never come: then nothing is known."""
    refused = Signal(object)
    """A :class:`~ui.refused.Refused`."""

    def __init__(self, link: Link, office_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._office_id = office_id

    def start(self) -> None:
        self._link.ask(SettingsOf(self._office_id), self._came, self.refused.emit)

    def _came(self, settings: object) -> None:
        self.came.emit(settings)
        self._link.ask(LettersInUse(self._office_id), self.letters_came.emit)
