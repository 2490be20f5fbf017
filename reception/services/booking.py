"""A slot held while it is talked about, and a booking made. Each function is one command in one transaction."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import MINUTE, Millis, local_date, local_datetime
from reception.domain import lifecycle as life
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.booking import Place, Wish
from reception.domain.events import AppointmentBooked, AppointmentFact, EarlierWanted, Recorded, SlotHeld, SlotReleased
from reception.domain.local_time import instant_of, said_day
from reception.domain.office import Service
from reception.domain.person import Person
from reception.domain.queueing import appointment_reference
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_ports import Particulars
from reception.services.appointment_recording import check_named, check_reachable, check_visitor, keep_reason
from reception.services.office_settings import SET_UP_MINUTES
from reception.services.placing import PASSED, check_place
from reception.services.ports import UnitOfWork
from reception.services.reach import reach
from reception.services.recording import check_length, check_party, record, service_of, today

EVERY_WEEKS, TIMES = range(1, 53), range(2, 53)
"""How far apart repeat bookings may be, and how many they may be."""


def hold_slot(command: a.HoldSlot, uow: UnitOfWork) -> c.Result:
    """Hours and notice do not matter yet: a reason may get the booking past them."""
    service = service_of(uow, command.service_id)
    set_up = service.set_up_minutes * MINUTE
    wish = Wish(command.service_id, minutes=_minutes(command.place), with_room=bool(command.place.room_id))
    without = [command.instead_of] if command.instead_of else []
    check_place(uow, command.place, wish, set_up, may_pass=True, without=without)
    if command.instead_of:
        uow.appointments.release_hold(command.instead_of)
    runs_out_at = uow.now + uow.offices.office().hold_minutes * MINUTE
    uow.appointments.hold(command.id, command.place, set_up, runs_out_at)
    uow.record(SlotHeld(command.id, command.place, runs_out_at))
    return c.Result(command.id, at=uow.now)


def release_hold(command: a.ReleaseHold, uow: UnitOfWork) -> c.Result:
    if uow.appointments.release_hold(command.hold_id):
        uow.record(SlotReleased(command.hold_id))
    return c.Result(command.id, at=uow.now)


def book_appointment(command: a.BookAppointment, uow: UnitOfWork) -> c.Result:
    """Every place of a repeat booking is checked before the first is written: all of them or none.

    A booking that is made from a walk-in and says nothing of the person takes what is held of the visitor; any other
    needs a name.
    """
    service = service_of(uow, command.service_id)
    check_party(command.party_size)
    check_visitor(command.visitor, command.about, command.home)
    check_reachable(command.visitor, today(uow))
    if not command.visit_id:
        check_named(command.visitor)
    check_length(command.reason)
    set_up = _set_up(command, service)
    places = _places(command, uow.offices.office().zone)
    passed_by = _check(command, uow, places, set_up)
    if command.hold_id:
        uow.appointments.release_hold(command.hold_id)
    particulars = _particulars(command, uow)
    booked = [
        _booked(command, uow, place, set_up, index, excuses, particulars, len(places) > 1)
        for index, (place, excuses) in enumerate(zip(places, passed_by, strict=True))
    ]
    number = end_as_booked(command, uow, command.visit_id) if command.visit_id else ""
    return c.Result(
        command.id,
        command.visit_id,
        number,
        at=uow.now,
        appointment_id=booked[0].id,
        reference=booked[0].reference,
        appointments=tuple(each.id for each in booked) if len(booked) > 1 else (),
    )


def end_as_booked(command: c.Command, uow: UnitOfWork, visit_id: str) -> str:
    """End a visit that becomes an appointment; its arrival stays as it was. Returns its number."""
    stored = reach(command, uow, visit_id)
    target = uow.offices.standard(today(uow)).for_walk_in().order_by
    facts = life.finish(stored.visit, End.BOOKED, today=today(uow), order_target=target)
    return record(uow, command, stored, facts).visit.number


def _set_up(command: a.BookAppointment, service: Service) -> Millis:
    minutes = service.set_up_minutes if command.set_up_minutes is None else command.set_up_minutes
    if not SET_UP_MINUTES.allow(minutes):
        raise Refusal(
            Code.BAD_INPUT,
            f"Setting up takes {SET_UP_MINUTES.low} to {SET_UP_MINUTES.high} minutes.",
            "Enter how long it takes.",
        )
    return minutes * MINUTE


def _places(command: a.BookAppointment, zone: ZoneInfo) -> list[Place]:
    """The places of a repeat booking, at the same local time whatever the clocks do; else the one."""
    first, repeat = command.place, command.repeat
    if repeat is None:
        return [first]
    if repeat.every_weeks not in EVERY_WEEKS or repeat.times not in TIMES:
        raise Refusal(
            Code.BAD_INPUT,
            f"A repeat booking is {TIMES[0]} to {TIMES[-1]} appointments, 1 to {EVERY_WEEKS[-1]} weeks apart.",
            "Enter how many weeks lie between them, and how many they are.",
        )
    local = local_datetime(first.starts, zone)
    length = first.ends - first.starts
    places = [first]
    for number in range(1, repeat.times):
        day = local.date() + timedelta(weeks=number * repeat.every_weeks)
        starts = instant_of(day, local.hour * 60 + local.minute, zone)
        places.append(replace(first, starts=starts, ends=starts + length))
    return places


def _check(command: a.BookAppointment, uow: UnitOfWork, places: list[Place], set_up: Millis) -> list[tuple[str, ...]]:
    wish = Wish(
        service_id=command.service_id,
        kind=command.kind,
        minutes=_minutes(command.place),
        officer_id=command.place.officer_id if command.named_officer else "",
        with_room=bool(command.place.room_id),
        features=command.features,
        seats=command.seats,
        language=command.language,
        by_council=command.by_council,
    )
    without = [command.hold_id] if command.hold_id else []
    diary = uow.appointments.diary(
        min(place.starts for place in places) - set_up, max(place.ends for place in places), without=without
    )
    may_pass = bool(command.reason.strip())
    checked = []
    for place in places:
        try:
            checked.append(check_place(uow, place, wish, set_up, may_pass=may_pass, without=without, diary=diary))
        except Refusal as refusal:
            raise refusal if len(places) == 1 else _of_a_series(refusal, place, diary.office.zone) from None
    return checked


def _of_a_series(refusal: Refusal, place: Place, zone: ZoneInfo) -> Refusal:
    """Says of which day it is."""
    day = said_day(local_date(place.starts, zone))
    return Refusal(refusal.code, f"{refusal.reason.removesuffix('.')} ({day}).", refusal.remedy, refusal.field)


def _minutes(place: Place) -> int:
    return (place.ends - place.starts) // MINUTE


def _particulars(command: a.BookAppointment, uow: UnitOfWork) -> Particulars:
    visitor = command.visitor
    if command.visit_id and visitor.person == Person():
        visitor = replace(visitor, person=uow.visits.person(command.visit_id))
    return Particulars(visitor, command.about, command.home)


def _booked(
    command: a.BookAppointment,
    uow: UnitOfWork,
    place: Place,
    set_up: Millis,
    index: int,
    excuses: tuple[str, ...],
    particulars: Particulars,
    is_series: bool,
) -> Appointment:
    office = uow.offices.office()
    appointment_id = command.id if index == 0 else c.new_id()
    facts: list[AppointmentFact] = [
        AppointmentBooked(
            office_id=office.id,
            reference=appointment_reference(appointment_id),
            kind=command.kind,
            service_id=command.service_id,
            place=place,
            local_day=local_date(place.starts, office.zone),
            set_up=set_up,
            named_officer=command.named_officer,
            features=command.features,
            seats=command.seats,
            language=command.language,
            by_council=command.by_council,
            party_size=command.party_size,
            from_visit_id=command.visit_id if index == 0 else "",
            series_id=command.id if is_series else "",
            excused=excuses,
        )
    ]
    if command.wants_earlier:
        facts.append(EarlierWanted(True))
    appointment = take_place(uow, command, appointment_id, facts, particulars)
    if excuses:
        keep_reason(uow, command, appointment_id, PASSED, command.reason)
    return appointment


def take_place(
    uow: UnitOfWork,
    command: c.Command,
    appointment_id: str,
    facts: list[AppointmentFact],
    particulars: Particulars,
) -> Appointment:
    """Write a new appointment with its first facts."""
    items = [Recorded(uow.now, command.id, fact, command.counter_id, command.officer_id) for fact in facts]
    appointment = appointment_from(appointment_id, items)
    uow.appointments.add(appointment, items, particulars)
    return appointment
