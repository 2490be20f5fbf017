"""Setting up an office and changing its settings: checked whole before anything is written."""

from __future__ import annotations

from collections import Counter as Tally
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reception.clock import local_date
from reception.domain.events import SettingsChanged
from reception.domain.office import Hours, Role
from reception.domain.queueing import RULES
from reception.domain.workdays import Division
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.day import check_pin, may_administrate
from reception.services.office_settings import OfficeSettings
from reception.services.pins import check_form
from reception.services.ports import UnitOfWork

TARGET_RANGE = range(1, 601)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def set_up_office(
    command: c.SetUpOffice, uow: UnitOfWork, pin_is_right: bool, pin_hashes: dict[str, str]
) -> c.Result | Refusal:
    """Make the office, or change it from today on. Changing needs an administrator's PIN."""
    settings = command.settings
    check_settings(settings)
    if uow.offices.name_is_taken(settings.name):
        raise _bad(f"There is already an office called {settings.name}.", "Choose another name.")
    is_new = not uow.offices.exists()
    if not is_new:
        may_administrate(command.administrator_id, uow)
        refused = check_pin(command.administrator_id, pin_is_right, uow)
        if refused is not None:
            return refused
        _nothing_in_use_goes(settings, uow)
    _administrator_can_sign_in(settings, pin_hashes, uow, is_new)
    uow.offices.save_settings(settings, pin_hashes, local_date(uow.now, ZoneInfo(settings.timezone)))
    uow.record(SettingsChanged())
    return c.Result(command.id, at=uow.now)


def check_settings(settings: OfficeSettings) -> None:
    """Refuses (BAD_SETTINGS) the first thing that is wrong, in words that name it."""
    for value, what in ((settings.name, "office"), (settings.council, "council")):
        if not value.strip():
            raise _bad(f"The {what} has no name.", f"Enter the name of the {what}.")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _bad(
            f"There is no time zone “{settings.timezone}”.", "Choose one from the list, for example Europe/London."
        ) from None
    if settings.division not in {each.value for each in Division}:
        raise _bad(f"There are no bank holidays for “{settings.division}”.", "Choose a division from the list.")
    for minutes, what in (
        (settings.walk_in_seen, "walk-ins seen"),
        (settings.walk_in_resolved, "walk-ins resolved"),
        (settings.appointment_seen, "appointments seen"),
    ):
        if minutes is not None and minutes not in TARGET_RANGE:
            raise _bad(
                f"A target of {minutes} minutes for {what} is not possible.",
                f"Enter {TARGET_RANGE.start} to {TARGET_RANGE.stop - 1} minutes, or leave it empty for no promise.",
            )
    if settings.rule not in RULES:
        raise _bad(f"There is no calling rule “{settings.rule}”.", "Choose one from the list.")
    for guard in (settings.walk_in_guard, settings.appointment_guard):
        if not 1 <= guard <= 10:
            raise _bad(f"A guard of {guard} times the target is not possible.", "Enter 1 to 10.")
    for number, low, high, what in (
        (settings.overtakes, 1, 20, "times overtaken"),
        (settings.no_show_after_calls, 1, 10, "calls before a no-show"),
        (settings.undo_minutes, 1, 60, "minutes for undo"),
    ):
        if not low <= number <= high:
            raise _bad(f"{number} {what} is not possible.", f"Enter {low} to {high}.")
    _check_hours(settings.hours)
    _check_services(settings)
    _check_counters(settings)
    _check_staff(settings)


def _bad(reason: str, remedy: str) -> Refusal:
    return Refusal(Code.BAD_SETTINGS, reason, remedy)


def _check_hours(hours: tuple[Hours, ...]) -> None:
    for each in hours:
        if not 0 <= each.weekday <= 6 or each.opens >= each.closes:
            raise _bad(
                f"On {WEEKDAYS[each.weekday % 7]} the office closes before it opens.",
                "Correct the opening hours.",
            )
    ordered = sorted(hours, key=lambda each: (each.weekday, each.opens))
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.opens < one.closes:
            raise _bad(f"Two openings on {WEEKDAYS[one.weekday]} overlap.", "Correct the opening hours.")


def _check_services(settings: OfficeSettings) -> None:
    if not settings.services:
        raise _bad("The office has no service.", "Enter at least one.")
    for service in settings.services:
        if not service.name.strip():
            raise _bad("A service has no name.", "Enter its name, or remove it.")
        letter = service.letter
        if not (len(letter) == 1 and letter.isascii() and letter.isalpha() and letter.isupper()):
            raise _bad(
                f"The service {service.name} has no letter for its tickets.", "Give it one capital letter, A to Z."
            )
    letter, count = Tally(service.letter for service in settings.services).most_common(1)[0]
    if count > 1:
        names = " and ".join(service.name for service in settings.services if service.letter == letter)
        raise _bad(f"{names} have the same letter {letter}.", "Give each service a letter of its own.")


def _check_counters(settings: OfficeSettings) -> None:
    if not settings.counters:
        raise _bad("The office has no counter.", "Enter at least one.")
    names = [counter.name.strip() for counter in settings.counters]
    if not all(names):
        raise _bad("A counter has no name.", "Enter its name, or remove it.")
    name, count = Tally(names).most_common(1)[0]
    if count > 1:
        raise _bad(f"Two counters are called {name}.", "Give each a name of its own.")
    known = {service.id for service in settings.services}
    for counter in settings.counters:
        if not counter.services <= known:
            raise _bad(f"{counter.name} serves something that is not offered.", "Choose its services again.")


def _check_staff(settings: OfficeSettings) -> None:
    known = {service.id for service in settings.services}
    for entry in settings.staff:
        if not entry.officer.name.strip():
            raise _bad("A member of staff has no name.", "Enter the name, or remove the line.")
        if not entry.officer.skills <= known:
            raise _bad(f"{entry.officer.name} serves something that is not offered.", "Choose the services again.")
        if entry.pin:
            check_form(entry.pin)


def _administrator_can_sign_in(
    settings: OfficeSettings, pin_hashes: dict[str, str], uow: UnitOfWork, is_new: bool
) -> None:
    has_pin = set(pin_hashes)
    if not is_new:
        has_pin |= {officer.id for officer in uow.offices.office().staff if officer.has_pin}
    for entry in settings.staff:
        if entry.officer.id not in has_pin:
            raise _bad(f"{entry.officer.name} has no PIN.", "Give everyone a PIN of 4 to 12 digits.")
    if not any(entry.officer.role is Role.ADMINISTRATOR for entry in settings.staff):
        raise _bad("Nobody could change these settings later.", "Make at least one person an administrator.")


def _nothing_in_use_goes(settings: OfficeSettings, uow: UnitOfWork) -> None:
    """A service that somebody waits for and a counter that somebody works at stay."""
    kept_services = {service.id for service in settings.services}
    kept_counters = {counter.id for counter in settings.counters}
    kept_staff = {entry.officer.id for entry in settings.staff}
    office = uow.offices.office()
    for visit_id in uow.visits.open_ids():
        service = office.service(uow.visits.load(visit_id).visit.leg.service_id)
        if service is not None and service.id not in kept_services:
            raise _bad(f"Somebody is still here for {service.name}.", "Remove it when nobody is.")
    for held in uow.offices.counters():
        counter = office.counter(held.counter_id)
        if counter is not None and (held.counter_id not in kept_counters or held.officer_id not in kept_staff):
            raise _bad(f"Somebody is signed in at {counter.name}.", "Change this when they have signed off.")
