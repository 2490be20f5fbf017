"""Setting up an office and changing its settings: checked whole before anything is written."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.clock import local_date
from reception.domain.events import SettingsChanged
from reception.domain.office import Role
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.checking_settings import bad, check_settings
from reception.services.day import check_pin, may_administrate
from reception.services.office_settings import PIN_DIGITS, OfficeSettings
from reception.services.ports import UnitOfWork
from reception.services.still_in_use import nothing_in_use_goes


def set_up_office(
    command: c.SetUpOffice, uow: UnitOfWork, pin_is_right: bool, pin_hashes: dict[str, str]
) -> c.Result | Refusal:
    """Make the office, or change it from today on. Changing needs an administrator's PIN."""
    settings = command.settings
    check_settings(settings)
    if uow.offices.name_is_taken(settings.name):
        raise bad("name", f"There is already an office called {settings.name}.", "Choose another name.")
    is_new = not uow.offices.exists()
    if not is_new:
        may_administrate(command.administrator_id, uow)
        refused = check_pin(command.administrator_id, pin_is_right, uow)
        if refused is not None:
            return refused
        if command.before != uow.offices.settings():
            raise Refusal(
                Code.ALREADY_TAKEN,
                "Not saved: somebody else has changed the settings since you read them.",
                "Note what you typed, read them again, and enter it once more.",
            )
        nothing_in_use_goes(settings, uow)
    _administrator_can_sign_in(settings, pin_hashes, uow, is_new)
    uow.offices.save_settings(settings, pin_hashes, local_date(uow.now, ZoneInfo(settings.timezone)))
    uow.record(SettingsChanged())
    return c.Result(command.id, at=uow.now)


def _administrator_can_sign_in(
    settings: OfficeSettings, pin_hashes: dict[str, str], uow: UnitOfWork, is_new: bool
) -> None:
    has_pin = set(pin_hashes)
    if not is_new:
        has_pin |= {officer.id for officer in uow.offices.office().staff if officer.has_pin}
    for entry in settings.staff:
        if entry.officer.id not in has_pin:
            raise bad(
                f"staff/{entry.officer.id}/pin",
                f"{entry.officer.name} has no PIN.",
                f"Give everyone a PIN of {PIN_DIGITS.low} to {PIN_DIGITS.high} digits.",
            )
    if not any(entry.officer.role is Role.ADMINISTRATOR for entry in settings.staff):
        raise bad("staff", "Nobody could change these settings later.", "Make at least one person an administrator.")
