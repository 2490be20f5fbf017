"""What facts make of an appointment: an :class:`Appointment` is the fold of its facts, in the order of the journal."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reception.clock import Instant
from reception.domain import events as e
from reception.domain.appointment import Appointment
from reception.domain.booked import InterpreterStatus, Standing
from reception.domain.booking import Place
from reception.domain.folding import told_of


def appointment_from(appointment_id: str, facts: Sequence[e.Recorded]) -> Appointment:
    """Fold the facts of one appointment, in the order of the journal, leaving out those that were undone."""
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, e.CommandUndone)}
    first = facts[0]
    if not isinstance(first.fact, e.AppointmentBooked):
        raise ValueError(f"the facts of appointment {appointment_id} do not begin with its booking")
    appointment = _booked(appointment_id, first.at, first.fact)
    if first.command_id in undone:
        appointment = replace(appointment, voided=True)
    for item in facts[1:]:
        if item.command_id not in undone and not isinstance(item.fact, e.CommandUndone):
            appointment = evolve_appointment(appointment, item)
    return replace(appointment, last_at=max(appointment.last_at, facts[-1].at))


def as_checked_in(appointment_id: str, facts: Sequence[e.Recorded], visit_id: str) -> Appointment:
    """The appointment as it stood when its visitor came as this visit, whatever became of it afterwards.

    Raises StopIteration when it never became this visit.
    """
    came = next(
        place
        for place, item in enumerate(facts)
        if isinstance(item.fact, e.AppointmentCheckedIn) and item.fact.visit_id == visit_id
    )
    undone = [item for item in facts[came:] if isinstance(item.fact, e.CommandUndone)]
    return appointment_from(appointment_id, [*facts[: came + 1], *undone])


def _booked(appointment_id: str, at: Instant, fact: e.AppointmentBooked) -> Appointment:
    needs_interpreter = bool(fact.language or fact.place.interpreter_id)
    return Appointment(
        id=appointment_id,
        office_id=fact.office_id,
        reference=fact.reference,
        kind=fact.kind,
        standing=Standing.BOOKED,
        service_id=fact.service_id,
        place=fact.place,
        booked_at=at,
        last_at=at,
        local_day=fact.local_day,
        set_up=fact.set_up,
        named_officer=fact.named_officer,
        features=fact.features,
        seats=fact.seats,
        language=fact.language,
        interpreter_status=InterpreterStatus.REQUESTED if needs_interpreter else None,
        by_council=fact.by_council,
        party_size=fact.party_size,
        from_visit_id=fact.from_visit_id,
        series_id=fact.series_id,
    )


def evolve_appointment(appointment: Appointment, item: e.Recorded) -> Appointment:
    """The appointment after one more fact. Facts are never refused here: they have happened."""
    at = item.at
    appointment = replace(appointment, last_at=at)
    match item.fact:
        case e.AppointmentMoved():
            return _moved(appointment, item.fact, at)
        case e.AppointmentCancelled(by_visitor):
            return replace(
                appointment,
                standing=Standing.CANCELLED,
                cancelled_by_visitor=by_visitor,
                wants_earlier_since=None,
            )
        case e.AppointmentCheckedIn(visit_id, late_by):
            # A claim that a desk accepts is checked in when its visitor has long been there.
            came_by = appointment.place.starts + late_by
            return replace(
                appointment,
                standing=Standing.CHECKED_IN,
                visit_id=visit_id,
                checked_in_at=min(at, came_by),
                came_late=appointment.standing is Standing.DID_NOT_ATTEND,
                wants_earlier_since=None,
            )
        case e.AppointmentMissed():
            return replace(appointment, standing=Standing.DID_NOT_ATTEND, wants_earlier_since=None)
        case e.PlaceReleased(since):
            return replace(appointment, released_at=since)
        case e.PlaceTakenAgain():
            return replace(appointment, released_at=None)
        case e.AppointmentAttended():
            return replace(appointment, standing=Standing.ATTENDED, wants_earlier_since=None)
        case e.AppointmentCorrected(party_size):
            return replace(appointment, party_size=party_size)
        case e.EarlierWanted(on):
            return replace(appointment, wants_earlier_since=at if on else None)
        case e.InterpreterProgressed(status):
            appointment = replace(appointment, interpreter_status=status)
            if status is InterpreterStatus.CANCELLED:
                return replace(appointment, place=replace(appointment.place, interpreter_id=""))
            return appointment
        case e.LetterMade(kind):
            return replace(appointment, letters=(*appointment.letters, kind.value))
        case e.DelayTold():
            return replace(appointment, told=(*appointment.told, told_of(at, item.fact)))
        case _:
            raise ValueError(f"{type(item.fact).__name__} is no fact of an appointment")


def _moved(appointment: Appointment, fact: e.AppointmentMoved, at: Instant) -> Appointment:
    """Another place. Moved while its visit waited, it is to come again, and that visit is what it was made from."""
    is_sooner = fact.place.starts < appointment.place.starts
    return replace(
        appointment,
        standing=Standing.BOOKED,
        place=fact.place,
        local_day=fact.local_day,
        moved=appointment.moved + 1,
        moved_at=at,
        interpreter_status=_interpreter_after(appointment, fact.place),
        wants_earlier_since=None if is_sooner else appointment.wants_earlier_since,
        from_visit_id=appointment.visit_id or appointment.from_visit_id,
        visit_id="",
        checked_in_at=None,
        released_at=None,
        came_late=False,
    )


def _interpreter_after(appointment: Appointment, place: Place) -> InterpreterStatus | None:
    """An order is for one time and one interpreter: with another of either it is to be made anew."""
    if not place.interpreter_id and not appointment.language:
        return None
    old = appointment.place
    if (place.starts, place.ends, place.interpreter_id) == (old.starts, old.ends, old.interpreter_id):
        return appointment.interpreter_status
    return InterpreterStatus.REQUESTED
