"""Setting up an office and changing its settings: checked whole before anything is written."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reception.clock import local_date
from reception.domain.events import SettingsChanged
from reception.domain.office import Counter, Hours, Officer, Role, Service
from reception.domain.queueing import RULES
from reception.domain.workdays import Division
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.day import check_pin, may_administrate
from reception.services.office_settings import (
    CALLS_BEFORE_NO_SHOW,
    GUARD_TIMES,
    OVERTAKES,
    PIN_DIGITS,
    PRIORITIES,
    TARGET_MINUTES,
    TICKET_LETTERS,
    UNDO_MINUTES,
    OfficeSettings,
)
from reception.services.pins import check_form
from reception.services.ports import UnitOfWork

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def set_up_office(
    command: c.SetUpOffice, uow: UnitOfWork, pin_is_right: bool, pin_hashes: dict[str, str]
) -> c.Result | Refusal:
    """Make the office, or change it from today on. Changing needs an administrator's PIN."""
    settings = command.settings
    check_settings(settings)
    if uow.offices.name_is_taken(settings.name):
        raise _bad("name", f"There is already an office called {settings.name}.", "Choose another name.")
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
        _nothing_in_use_goes(settings, uow)
    _administrator_can_sign_in(settings, pin_hashes, uow, is_new)
    uow.offices.save_settings(settings, pin_hashes, local_date(uow.now, ZoneInfo(settings.timezone)))
    uow.record(SettingsChanged())
    return c.Result(command.id, at=uow.now)


def check_settings(settings: OfficeSettings) -> None:
    """Refuses (BAD_SETTINGS) the first thing that is wrong, in words that name it.

    The refusal's `field` is the name of a setting, or "services", "counters" or "staff" with the id of one of them
    and the name of what is wrong with it: "services/<id>/letter"; "hours/<weekday>", Monday being 0.
    """
    for field, value, what in (("name", settings.name, "office"), ("council", settings.council, "council")):
        if not value.strip():
            raise _bad(field, f"The {what} has no name.", f"Enter the name of the {what}.")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _bad(
            "timezone",
            f"There is no time zone “{settings.timezone}”.",
            "Choose one from the list, for example Europe/London.",
        ) from None
    if settings.division not in {each.value for each in Division}:
        raise _bad(
            "division", f"There are no bank holidays for “{settings.division}”.", "Choose a division from the list."
        )
    _check_numbers(settings)
    _check_hours(settings.hours)
    _check_services(settings)
    _check_counters(settings)
    _check_staff(settings)


def _bad(field: str, reason: str, remedy: str) -> Refusal:
    return Refusal(Code.BAD_SETTINGS, reason, remedy, field)


def _check_numbers(settings: OfficeSettings) -> None:
    low, high = TARGET_MINUTES
    for field, minutes, what in (
        ("walk_in_seen", settings.walk_in_seen, "walk-ins seen"),
        ("walk_in_resolved", settings.walk_in_resolved, "walk-ins resolved"),
        ("appointment_seen", settings.appointment_seen, "appointments seen"),
    ):
        if minutes is not None and not TARGET_MINUTES.allow(minutes):
            raise _bad(
                field,
                f"A target of {minutes} minutes for {what} is not possible.",
                f"Enter {low} to {high} minutes, or leave it empty for no promise.",
            )
    if settings.rule not in RULES:
        raise _bad("rule", f"There is no calling rule “{settings.rule}”.", "Choose one from the list.")
    for field, number, limits, what in (
        ("walk_in_guard", settings.walk_in_guard, GUARD_TIMES, "times the target as a guard"),
        ("appointment_guard", settings.appointment_guard, GUARD_TIMES, "times the target as a guard"),
        ("overtakes", settings.overtakes, OVERTAKES, "times overtaken"),
        ("no_show_after_calls", settings.no_show_after_calls, CALLS_BEFORE_NO_SHOW, "calls before a no-show"),
        ("undo_minutes", settings.undo_minutes, UNDO_MINUTES, "minutes for undo"),
    ):
        if not limits.allow(number):
            raise _bad(field, f"{number} {what} is not possible.", f"Enter {limits.low} to {limits.high}.")


def _check_hours(hours: tuple[Hours, ...]) -> None:
    for each in hours:
        if not 0 <= each.weekday <= 6 or each.opens >= each.closes:
            raise _bad(
                f"hours/{each.weekday}",
                f"On {WEEKDAYS[each.weekday % 7]} the office closes before it opens.",
                "Correct the opening hours.",
            )
    ordered = sorted(hours, key=lambda each: (each.weekday, each.opens))
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.opens < one.closes:
            raise _bad(
                f"hours/{one.weekday}",
                f"Two openings on {WEEKDAYS[one.weekday]} overlap.",
                "Correct the opening hours.",
            )


def _check_services(settings: OfficeSettings) -> None:
    if not settings.services:
        raise _bad("services", "The office has no service.", "Enter at least one.")
    for service in settings.services:
        field = f"services/{service.id}"
        if not service.name.strip():
            raise _bad(f"{field}/name", "A service has no name.", "Enter its name, or remove it.")
        if len(service.letter) != 1 or service.letter not in TICKET_LETTERS:
            raise _bad(
                f"{field}/letter",
                f"The service {service.name} has no letter for its tickets.",
                "Give it one capital letter, A to Z.",
            )
        if not PRIORITIES.allow(service.priority):
            raise _bad(
                f"{field}/priority",
                f"A priority of {service.priority} for {service.name} is not possible.",
                f"Enter {PRIORITIES.low} to {PRIORITIES.high}.",
            )
    letter, count = Tally(service.letter for service in settings.services).most_common(1)[0]
    if count > 1:
        alike = [service for service in settings.services if service.letter == letter]
        raise _bad(
            f"services/{alike[-1].id}/letter",
            f"{' and '.join(service.name for service in alike)} have the same letter {letter}.",
            "Give each service a letter of its own.",
        )


def _check_counters(settings: OfficeSettings) -> None:
    if not settings.counters:
        raise _bad("counters", "The office has no counter.", "Enter at least one.")
    known = {service.id for service in settings.services}
    names: set[str] = set()
    for counter in settings.counters:
        field, name = f"counters/{counter.id}", counter.name.strip()
        if not name:
            raise _bad(f"{field}/name", "A counter has no name.", "Enter its name, or remove it.")
        if name in names:
            raise _bad(f"{field}/name", f"Two counters are called {name}.", "Give each a name of its own.")
        names.add(name)
        if not counter.services <= known:
            raise _bad(f"{field}/services", f"{name} serves something that is not offered.", "Choose its services.")


def _check_staff(settings: OfficeSettings) -> None:
    known = {service.id for service in settings.services}
    for entry in settings.staff:
        field, name = f"staff/{entry.officer.id}", entry.officer.name.strip()
        if not name:
            raise _bad(f"{field}/name", "A member of staff has no name.", "Enter the name, or remove the line.")
        if not entry.officer.skills <= known:
            raise _bad(f"{field}/services", f"{name} serves something that is not offered.", "Choose the services.")
        if entry.pin:
            try:
                check_form(entry.pin)
            except Refusal as no:
                raise Refusal(no.code, no.reason, no.remedy, f"{field}/pin") from None


def _administrator_can_sign_in(
    settings: OfficeSettings, pin_hashes: dict[str, str], uow: UnitOfWork, is_new: bool
) -> None:
    has_pin = set(pin_hashes)
    if not is_new:
        has_pin |= {officer.id for officer in uow.offices.office().staff if officer.has_pin}
    for entry in settings.staff:
        if entry.officer.id not in has_pin:
            raise _bad(
                f"staff/{entry.officer.id}/pin",
                f"{entry.officer.name} has no PIN.",
                f"Give everyone a PIN of {PIN_DIGITS.low} to {PIN_DIGITS.high} digits.",
            )
    if not any(entry.officer.role is Role.ADMINISTRATOR for entry in settings.staff):
        raise _bad("staff", "Nobody could change these settings later.", "Make at least one person an administrator.")


def _nothing_in_use_goes(settings: OfficeSettings, uow: UnitOfWork) -> None:
    """What an open visit needs stays: its service and those still to come, its counter, its officer, whom it asks
    for, and that this person serves what it waits for. So does a counter with somebody signed in, and whoever owes an
    answer that is to follow.
    """
    office = uow.offices.office()
    services = {each.id: each.name for each in _gone(office.services, settings.services)}
    counters = {each.id: each.name for each in _gone(office.counters, settings.counters)}
    staff = {each.id: each.name for each in _gone(office.staff, [entry.officer for entry in settings.staff])}
    for held in uow.offices.counters():
        counter = office.counter(held.counter_id)
        if counter is not None and (held.counter_id in counters or held.officer_id in staff):
            field = f"counters/{counter.id}" if counter.id in counters else f"staff/{held.officer_id}"
            raise _bad(field, f"Somebody is signed in at {counter.name}.", "Change this when they have signed off.")
    fewer_skills = _with_fewer_skills(office.staff, settings)
    for visit_id in uow.visits.open_ids() if services or counters or staff or fewer_skills else ():
        visit = uow.visits.load(visit_id).visit
        wanted_officer = fewer_skills.get(visit.leg.named_officer_id)
        service = office.service(visit.leg.service_id)
        if wanted_officer is not None and service is not None and service.id not in wanted_officer.skills:
            raise _bad(
                f"staff/{wanted_officer.id}/services",
                f"Somebody who is here for {service.name} wants to see {wanted_officer.name}.",
                "Change this when they have been seen.",
            )
        wanted = (visit.leg.service_id, *visit.then_services)
        _refuse_first(wanted, services, "services", "Somebody is still here for {}.", "Remove it when nobody is.")
        _refuse_first(
            (visit.counter_id,),
            counters,
            "counters",
            "Somebody is still being seen at {}, or is on hold there.",
            "Remove it when nobody is.",
        )
        _refuse_first(
            (visit.officer_id,),
            staff,
            "staff",
            "{} is still seeing somebody, or has somebody on hold.",
            "Change this when that is over.",
        )
        _refuse_first(
            (visit.leg.named_officer_id,),
            staff,
            "staff",
            "Somebody who is here wants to see {}.",
            "Change this when they have been seen.",
        )
    _refuse_first(
        uow.visits.owing_answers() if staff else (),
        staff,
        "staff",
        "An answer is still to follow from {}.",
        "Mark it as answered first.",
    )


def _with_fewer_skills(before: Iterable[Officer], settings: OfficeSettings) -> dict[str, Officer]:
    """Those who do not serve all that they served, as they are to be; no skills stand for every service."""
    had = {officer.id: officer.skills for officer in before}
    return {
        officer.id: officer
        for officer in (entry.officer for entry in settings.staff)
        if officer.id in had and officer.skills and not (had[officer.id] and had[officer.id] <= officer.skills)
    }


Thing = TypeVar("Thing", Service, Counter, Officer)


def _gone(before: Iterable[Thing], now: Iterable[Thing]) -> list[Thing]:
    kept = {each.id for each in now}
    return [each for each in before if each.id not in kept]


def _refuse_first(used: Iterable[str], gone: Mapping[str, str], kind: str, reason: str, remedy: str) -> None:
    """Refuse when something that goes (id to name) is used."""
    for each in used:
        if each in gone:
            named = reason.format(gone[each])
            raise _bad(f"{kind}/{each}", named, remedy)
