"""An office's settings and its stations."""

from __future__ import annotations

from reception.domain.stations import StationKind
from reception.services.commands.command import Command
from reception.services.office_settings import OfficeSettings


class SetUpOffice(Command, frozen=True, kw_only=True):
    """Make an office, or change its settings from today on. Changing asks for an administrator's PIN.

    `before`: the settings that were read and then changed; None for a new office. Where others are kept by now, the
    change is refused with ALREADY_TAKEN: settings are saved whole, and would put back what another has changed.
    """

    personal = frozenset({"settings", "before", "pin"})

    settings: OfficeSettings
    before: OfficeSettings | None = None
    administrator_id: str = ""
    pin: str = ""


class AddStation(Command, frozen=True, kw_only=True):
    """Name a station of the office. Refuses a name that another station of the office has. Its id is the command's."""

    name: str
    kind: StationKind


class RemoveStation(Command, frozen=True, kw_only=True):
    """The office has it no more; its numbers stay taken."""

    station_id: str
