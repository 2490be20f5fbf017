"""Appointments of another program brought in, each checked as one that is booked here."""

from __future__ import annotations

from msgspec.structs import replace

from reception.clock import MINUTE, Millis, local_date
from reception.domain.booking import Diary, Wish
from reception.domain.events import AppointmentBooked
from reception.domain.obstacles import obstacles, taken_by
from reception.domain.office import Service
from reception.domain.queueing import appointment_reference
from reception.domain.visitor import HomeVisit
from reception.errors import Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_ports import Particulars
from reception.services.appointment_recording import check_visitor
from reception.services.booking import take_place
from reception.services.ports import UnitOfWork
from reception.services.recording import service_of

KNOWN = "known"
"""Why a row was left out that was brought in before."""


def bring_in_appointments(command: a.BringInAppointments, uow: UnitOfWork) -> c.Result:
    """What cannot be placed is left out, by row key and what stood first against it; the rest is brought in."""
    rows = command.rows
    known = set(uow.appointments.known_rows([row.row_key for row in rows]))
    diary = _diary(command, uow)
    made: list[str] = []
    left_out: list[tuple[str, str]] = []
    for row in rows:
        why = KNOWN if row.row_key in known else _against(row, uow, diary)
        if why:
            left_out.append((row.row_key, why))
            continue
        known.add(row.row_key)
        made.append(_bring_in(command, uow, row))
        diary = _with(diary, row, _set_up(row, uow))
    return c.Result(command.id, at=uow.now, appointments=tuple(made), left_out=tuple(left_out))


def _diary(command: a.BringInAppointments, uow: UnitOfWork) -> Diary:
    places = [row.place for row in command.rows]
    if not places:
        return Diary(uow.offices.office(), {})
    longest = max(service.set_up_minutes for service in uow.offices.office().services) * MINUTE
    return uow.appointments.diary(min(p.starts for p in places) - longest, max(p.ends for p in places))


def _against(row: a.BroughtIn, uow: UnitOfWork, diary: Diary) -> str:
    """What stands first against a row, in one word; empty when it may stand."""
    try:
        check_visitor(row.visitor, row.about, HomeVisit())
        found = obstacles(row.place, Wish(row.service_id, row.kind), diary, uow.now)
    except Refusal as refusal:
        return refusal.code.value
    return found[0].kind.value if found else ""


def _set_up(row: a.BroughtIn, uow: UnitOfWork) -> Millis:
    service: Service = service_of(uow, row.service_id)
    return service.set_up_minutes * MINUTE


def _bring_in(command: a.BringInAppointments, uow: UnitOfWork, row: a.BroughtIn) -> str:
    office = uow.offices.office()
    appointment_id = c.new_id()
    booked = AppointmentBooked(
        office_id=office.id,
        reference=appointment_reference(appointment_id),
        kind=row.kind,
        service_id=row.service_id,
        place=row.place,
        local_day=local_date(row.place.starts, office.zone),
        set_up=_set_up(row, uow),
    )
    take_place(uow, command, appointment_id, [booked], Particulars(row.visitor, row.about))
    uow.appointments.remember_row(row.row_key, appointment_id)
    return appointment_id


def _with(diary: Diary, row: a.BroughtIn, set_up: Millis) -> Diary:
    """With one more place taken; rows that clash among themselves are left out as well."""
    busy = dict(diary.busy)
    for each, span in taken_by(row.place, set_up):
        interpreter = diary.office.interpreter(each)
        if interpreter is None or not interpreter.is_line:
            busy[each] = tuple(sorted((*busy.get(each, ()), span)))
    return replace(diary, busy=busy)
