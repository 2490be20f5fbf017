"""What is in use of an office stays in its settings: open visits, whoever is signed in, appointments ahead."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from reception.domain.office import Counter, Interpreter, Office, Officer, Room, Service
from reception.domain.visit import Visit
from reception.services.appointment_ports import Ahead
from reception.services.checking_settings import bad
from reception.services.office_settings import OfficeSettings
from reception.services.ports import UnitOfWork


class _Gone(Struct, frozen=True):
    """What an office has and would have no more, by kind, each from id to name."""

    services: Mapping[str, str]
    counters: Mapping[str, str]
    staff: Mapping[str, str]
    rooms: Mapping[str, str]
    interpreters: Mapping[str, str]

    def is_nothing(self) -> bool:
        return not any((self.services, self.counters, self.staff, self.rooms, self.interpreters))


def nothing_in_use_goes(settings: OfficeSettings, uow: UnitOfWork) -> None:
    """Refuses settings without what is in use.

    What an open visit needs stays: its service and those still to come, its counter, its officer, whom it asks for, its
    room and interpreter, and that this person serves what it waits for. So does a counter with somebody signed in,
    whoever owes an answer that is to follow, and what appointments stand with.
    """
    office = uow.offices.office()
    gone = _Gone(
        _not_kept(office.services, settings.services),
        _not_kept(office.counters, settings.counters),
        _not_kept(office.staff, [entry.officer for entry in settings.staff]),
        _not_kept(office.rooms, settings.rooms),
        _not_kept(office.interpreters, settings.interpreters),
    )
    _nobody_is_signed_in(gone, office, uow)
    fewer_skills = _with_fewer_skills(office.staff, settings)
    for visit_id in uow.visits.open_ids() if fewer_skills or not gone.is_nothing() else ():
        visit = uow.visits.load(visit_id).visit
        _is_served_by_whom_they_want(visit, fewer_skills, office)
        _needs_nothing_of(gone, visit)
    _refuse_first(
        uow.visits.owing_answers() if gone.staff else (),
        gone.staff,
        "staff",
        "An answer is still to follow from {}.",
        "Mark it as answered first.",
    )
    less = _taking_less(office.staff, settings)
    booked = {"services": gone.services, "staff": gone.staff, "rooms": gone.rooms, "interpreters": gone.interpreters}
    if any(booked.values()) or less:
        ahead = uow.appointments.ahead()
        _nothing_booked_goes(booked, ahead)
        _who_is_booked_takes_it(less, office, ahead)


def _nobody_is_signed_in(gone: _Gone, office: Office, uow: UnitOfWork) -> None:
    for held in uow.offices.counters():
        counter = office.counter(held.counter_id)
        if counter is not None and (held.counter_id in gone.counters or held.officer_id in gone.staff):
            field = f"counters/{counter.id}" if counter.id in gone.counters else f"staff/{held.officer_id}"
            raise bad(field, f"Somebody is signed in at {counter.name}.", "Change this when they have signed off.")


def _is_served_by_whom_they_want(visit: Visit, fewer_skills: Mapping[str, Officer], office: Office) -> None:
    wanted = fewer_skills.get(visit.leg.named_officer_id)
    service = office.service(visit.leg.service_id)
    if wanted is not None and service is not None and service.id not in wanted.skills:
        raise bad(
            f"staff/{wanted.id}/services",
            f"Somebody who is here for {service.name} wants to see {wanted.name}.",
            "Change this when they have been seen.",
        )


def _needs_nothing_of(gone: _Gone, visit: Visit) -> None:
    """Refuses when an open visit needs what goes."""
    when_nobody_is = "Remove it when nobody is."
    services = (visit.leg.service_id, *visit.then_services)
    _refuse_first(services, gone.services, "services", "Somebody is still here for {}.", when_nobody_is)
    still_seen = "Somebody is still being seen at {}, or is on hold there."
    _refuse_first((visit.counter_id,), gone.counters, "counters", still_seen, when_nobody_is)
    sees = "{} is still seeing somebody, or has somebody on hold."
    _refuse_first((visit.officer_id,), gone.staff, "staff", sees, "Change this when that is over.")
    named, wants = visit.leg.named_officer_id, "Somebody who is here wants to see {}."
    _refuse_first((named,), gone.staff, "staff", wants, "Change this when they have been seen.")
    _refuse_first((visit.room_id,), gone.rooms, "rooms", "Somebody is still in {}.", when_nobody_is)
    interpreters = (visit.interpreting.interpreter_id,) if visit.interpreting else ()
    interprets = "Somebody who is here has {} to interpret."
    _refuse_first(interpreters, gone.interpreters, "interpreters", interprets, "Remove this when they have been seen.")


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


def _not_kept(before: Iterable[Thing], now: Iterable[Thing]) -> dict[str, str]:
    """From id to name."""
    kept = {each.id for each in now}
    return {each.id: each.name for each in before if each.id not in kept}


def _refuse_first(used: Iterable[str], gone: Mapping[str, str], kind: str, reason: str, remedy: str) -> None:
    """Refuse when something that goes (id to name) is used."""
    for each in used:
        if each in gone:
            named = reason.format(gone[each])
            raise bad(f"{kind}/{each}", named, remedy)
