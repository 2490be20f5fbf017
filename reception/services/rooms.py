"""Rooms given and freed, and what is said of them. Each function is one command in one transaction."""

from __future__ import annotations

from reception.domain import lifecycle as life
from reception.domain.appointment import Appointment
from reception.domain.booked import RoomState
from reception.domain.events import RoomAssigned, RoomStateChanged, VisitFact
from reception.domain.local_time import said_time
from reception.domain.office import Room
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.reach import done, in_reach

_STATES = {RoomState.CLEANING: "is being cleaned", RoomState.OUT_OF_USE: "is out of use"}


def assign_room(command: a.AssignRoom, uow: UnitOfWork) -> c.Result:
    """Nobody is sent into a room that has somebody. What is booked next in it is for staff to see to."""
    stored = in_reach(command, uow)
    room = _room_of(uow, command.room_id)
    if room.state is not RoomState.IN_USE:
        raise Refusal(
            Code.ROOM_TAKEN, f"{room.name} {_STATES[room.state]}.", "Choose another room, or say that it is in use."
        )
    _nobody_else_in(room, command.visit_id, uow)
    return done(command, uow, stored, life.assign_room(stored.visit, room.id))


def _room_of(uow: UnitOfWork, room_id: str) -> Room:
    room = uow.offices.office().room(room_id)
    if room is None:
        raise Refusal(Code.UNKNOWN_THING, "That room is not in use any more.", "Choose another.")
    return room


def _nobody_else_in(room: Room, visit_id: str, uow: UnitOfWork) -> None:
    other_id = uow.appointments.in_room(room.id)
    if not other_id or other_id == visit_id:
        return
    number = uow.visits.load(other_id).visit.number
    raise Refusal(Code.ROOM_TAKEN, f"{room.name} has {number}{_until(other_id, uow)}.", "Choose another room.")


def _until(visit_id: str, uow: UnitOfWork) -> str:
    """In words, when the visit's appointment is to end; nothing where there is none or it is over."""
    appointment_id = uow.appointments.of_visit(visit_id)
    if not appointment_id:
        return ""
    ends = uow.appointments.load(appointment_id).appointment.place.ends
    return f" until {said_time(ends, uow.offices.office().zone)}" if ends > uow.now else ""


def booked_room(appointment: Appointment, uow: UnitOfWork) -> list[VisitFact]:
    """The room that was booked, given to the visit; nothing while somebody is in it or it cannot be used.

    Whoever comes while it is taken is called once it is free, and given it then.
    """
    room = uow.offices.office().room(appointment.place.room_id)
    if room is None or room.state is not RoomState.IN_USE or uow.appointments.in_room(room.id):
        return []
    return [RoomAssigned(room.id)]


def free_room(command: a.FreeRoom, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.free_room(stored.visit))


def set_room_state(command: a.SetRoomState, uow: UnitOfWork) -> c.Result:
    """Who is in the room stays there: it is what staff say of it next."""
    room = _room_of(uow, command.room_id)
    if room.state is not command.state:
        uow.appointments.set_room_state(room.id, command.state)
        uow.record(RoomStateChanged(room.id, command.state))
    return c.Result(command.id, at=uow.now)
