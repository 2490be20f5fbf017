"""Setting up an office and changing its settings: checked whole before anything is written."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from typing import TypeVar
from zoneinfo import ZoneInfo

from reception.clock import local_date
from reception.domain.events import SettingsChanged
from reception.domain.office import Counter, Interpreter, Office, Officer, Role, Room, Service
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_ports import Ahead
from reception.services.checking_settings import bad, check_settings
from reception.services.day import check_pin, may_administrate
from reception.services.office_settings import PIN_DIGITS, OfficeSettings
from reception.services.ports import UnitOfWork


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
        _nothing_in_use_goes(settings, uow)
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


def _nothing_in_use_goes(settings: OfficeSettings, uow: UnitOfWork) -> None:
    """What an open visit needs stays: its service and those still to come, its counter, its officer, whom it asks
    for, its room and interpreter, and that this person serves what it waits for. So does a counter with somebody signed
    in, whoever owes an answer that is to follow, and what appointments stand with.
    """
    office = uow.offices.office()
    services = {each.id: each.name for each in _gone(office.services, settings.services)}
    counters = {each.id: each.name for each in _gone(office.counters, settings.counters)}
    staff = {each.id: each.name for each in _gone(office.staff, [entry.officer for entry in settings.staff])}
    rooms = {each.id: each.name for each in _gone(office.rooms, settings.rooms)}
    interpreters = {each.id: each.name for each in _gone(office.interpreters, settings.interpreters)}
    for held in uow.offices.counters():
        counter = office.counter(held.counter_id)
        if counter is not None and (held.counter_id in counters or held.officer_id in staff):
            field = f"counters/{counter.id}" if counter.id in counters else f"staff/{held.officer_id}"
            raise bad(field, f"Somebody is signed in at {counter.name}.", "Change this when they have signed off.")
    fewer_skills = _with_fewer_skills(office.staff, settings)
    anything = services or counters or staff or rooms or interpreters or fewer_skills
    for visit_id in uow.visits.open_ids() if anything else ():
        visit = uow.visits.load(visit_id).visit
        wanted_officer = fewer_skills.get(visit.leg.named_officer_id)
        service = office.service(visit.leg.service_id)
        if wanted_officer is not None and service is not None and service.id not in wanted_officer.skills:
            raise bad(
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
        _refuse_first((visit.room_id,), rooms, "rooms", "Somebody is still in {}.", "Remove it when nobody is.")
        _refuse_first(
            (visit.interpreting.interpreter_id,) if visit.interpreting else (),
            interpreters,
            "interpreters",
            "Somebody who is here has {} to interpret.",
            "Remove this when they have been seen.",
        )
    _refuse_first(
        uow.visits.owing_answers() if staff else (),
        staff,
        "staff",
        "An answer is still to follow from {}.",
        "Mark it as answered first.",
    )
    gone = {"services": services, "staff": staff, "rooms": rooms, "interpreters": interpreters}
    less = _taking_less(office.staff, settings)
    if any(gone.values()) or less:
        ahead = uow.appointments.ahead()
        _nothing_booked_goes(gone, ahead)
        _who_is_booked_takes_it(less, office, ahead)


def _taking_less(before: Iterable[Officer], settings: OfficeSettings) -> dict[str, Officer]:
    """Who may be booked for less than before, as they are to be."""
    later = {entry.officer.id: entry.officer for entry in settings.staff}
    no_more = (each for each in before if each.takes_appointments and each.id in later)
    return _with_fewer_skills(before, settings) | {
        each.id: later[each.id] for each in no_more if not later[each.id].takes_appointments
    }


def _who_is_booked_takes_it(less: Mapping[str, Officer], office: Office, ahead: Iterable[Ahead]) -> None:
    """Refuses that an officer takes no appointments any more, or not for a service, while such appointments stand."""
    booked: Tally[tuple[str, str]] = Tally()
    for each in ahead:
        if each.officer_id in less and not less[each.officer_id].may_take(each.service_id):
            booked[each.officer_id, each.service_id] += each.count
    for (officer_id, service_id), count in booked.items():
        officer, service = less[officer_id], office.service(service_id)
        raise bad(
            f"staff/{officer_id}/{'services' if officer.takes_appointments else 'takes_appointments'}",
            f"{_stand(count)} with {officer.name} for {service.name if service else 'another service'}.",
            "Move or cancel them first.",
        )


def _stand(count: int) -> str:
    return "1 appointment stands" if count == 1 else f"{count} appointments stand"


def _nothing_booked_goes(gone: Mapping[str, Mapping[str, str]], ahead: Iterable[Ahead]) -> None:
    """Refuses what goes, by kind and from id to name, while appointments stand with it; says how many."""
    booked: Tally[tuple[str, str]] = Tally()
    for each in ahead:
        for kind, record_id in (
            ("services", each.service_id),
            ("staff", each.officer_id),
            ("rooms", each.room_id),
            ("interpreters", each.interpreter_id),
        ):
            booked[kind, record_id] += each.count
    for kind, names in gone.items():
        for record_id, name in names.items():
            if count := booked[kind, record_id]:
                preposition = "for" if kind == "services" else "in" if kind == "rooms" else "with"
                raise bad(f"{kind}/{record_id}", f"{_stand(count)} {preposition} {name}.", "Move or cancel them first.")


def _with_fewer_skills(before: Iterable[Officer], settings: OfficeSettings) -> dict[str, Officer]:
    """Those who do not serve all that they served, as they are to be; no skills stand for every service."""
    had = {officer.id: officer.skills for officer in before}
    return {
        officer.id: officer
        for officer in (entry.officer for entry in settings.staff)
        if officer.id in had and officer.skills and not (had[officer.id] and had[officer.id] <= officer.skills)
    }


Thing = TypeVar("Thing", Service, Counter, Officer, Room, Interpreter)


def _gone(before: Iterable[Thing], now: Iterable[Thing]) -> list[Thing]:
    kept = {each.id for each in now}
    return [each for each in before if each.id not in kept]


def _refuse_first(used: Iterable[str], gone: Mapping[str, str], kind: str, reason: str, remedy: str) -> None:
    """Refuse when something that goes (id to name) is used."""
    for each in used:
        if each in gone:
            named = reason.format(gone[each])
            raise bad(f"{kind}/{each}", named, remedy)
