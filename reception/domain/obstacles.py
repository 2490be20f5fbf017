"""What stands against a place. `slots` finds places that nothing stands against; a booking is checked here."""

from __future__ import annotations

from collections.abc import Iterator

from reception.clock import HOUR, MINUTE, Instant, Millis, local_date
from reception.domain.appointment import Appointment
from reception.domain.booked import Kind, RoomFeature, RoomState, Standing
from reception.domain.booking import LONGEST, Diary, Obstacle, ObstacleKind, Place, Span, Wish
from reception.domain.office import Interpreter, Office, Officer, Room, Service
from reception.domain.workdays import Division, is_bank_holiday
from reception.domain.working_hours import (
    first_day_with_notice,
    hours_of_interpreter,
    hours_of_kind,
    hours_of_officer,
    meeting,
    spans_of,
    within,
)
from reception.errors import Code, Refusal


def taken_by(place: Place, set_up: Millis) -> tuple[tuple[str, Span], ...]:
    """Whom and what a place occupies, by id: officer and room with the set-up time before it, interpreter without."""
    before = Span(place.starts - set_up, place.ends)
    taken = ((place.officer_id, before), (place.room_id, before), (place.interpreter_id, _of(place)))
    return tuple((each, span) for each, span in taken if each)


def taken_of(appointment: Appointment) -> tuple[tuple[str, Span], ...]:
    """Whom and what an appointment holds now. One that was cancelled, missed or taken back holds nothing, nor does one
    whose visitor came late after its time was given up, nor any after its visit has ended."""
    given_up = appointment.standing in (Standing.CANCELLED, Standing.DID_NOT_ATTEND) or appointment.came_late
    if appointment.voided or given_up:
        return ()
    taken = taken_by(appointment.place, appointment.set_up)
    until = appointment.released_at
    if until is None:
        return taken
    return tuple((each, Span(span.starts, min(span.ends, until))) for each, span in taken if span.starts < until)


def obstacles(
    place: Place, wish: Wish, diary: Diary, now: Instant, set_up: Millis | None = None
) -> tuple[Obstacle, ...]:
    """All that stands against a place; empty when it may be booked. What is the visitor's comes before what is ours.

    Hours bind the appointment itself; its set-up time, `set_up` or the service's, only has to be free. Refuses
    UNKNOWN_THING where the office has no such service, officer, room or interpreter.
    """
    length = place.ends - place.starts
    if not 0 < length <= LONGEST:
        return (Obstacle(ObstacleKind.BAD_LENGTH),)
    if place.starts < now:
        return (Obstacle(ObstacleKind.IN_THE_PAST),)
    office = diary.office
    service = known_service(office, wish.service_id)
    officer, room, interpreter = _held(office, place)
    before = Span(place.starts - (service.set_up_minutes * MINUTE if set_up is None else set_up), place.ends)
    return (
        *_of_day(place, wish, office, officer, now),
        *_of_officer(place, before, wish, diary, officer),
        *_of_room(before, wish, diary, room),
        *_of_interpreter(place, wish, diary, interpreter, now),
    )


def known_service(office: Office, service_id: str) -> Service:
    """Refuses UNKNOWN_THING."""
    service = office.service(service_id)
    if service is None:
        raise Refusal(Code.UNKNOWN_THING, "That service is not offered here any more.", "Choose another.")
    return service


def _held(office: Office, place: Place) -> tuple[Officer | None, Room | None, Interpreter | None]:
    officer = office.officer(place.officer_id)
    room = office.room(place.room_id)
    interpreter = office.interpreter(place.interpreter_id)
    for wanted, found, what in (
        (place.officer_id, officer, "That member of staff does not work here any more."),
        (place.room_id, room, "That room is not here any more."),
        (place.interpreter_id, interpreter, "That interpreter is not on the list any more."),
    ):
        if wanted and found is None:
            raise Refusal(Code.UNKNOWN_THING, what, "Choose another.")
    return officer, room, interpreter


def _of(place: Place) -> Span:
    return Span(place.starts, place.ends)


def _of_day(place: Place, wish: Wish, office: Office, officer: Officer | None, now: Instant) -> Iterator[Obstacle]:
    """The office's own: closures, bank holidays, opening hours, notice."""
    day = local_date(place.starts, office.zone)
    hours = spans_of(hours_of_kind(office, officer, wish.kind), day, office.zone)
    if is_bank_holiday(day, Division(office.division)):
        yield Obstacle(ObstacleKind.BANK_HOLIDAY)
    elif day in office.closures or (not hours and wish.kind is not Kind.HOME_VISIT):
        yield Obstacle(ObstacleKind.CLOSED)
    elif wish.kind is not Kind.HOME_VISIT and not within(_of(place), hours):
        yield Obstacle(ObstacleKind.OUTSIDE_HOURS, until=_next_bound(place, hours))
    if wish.by_council and day < first_day_with_notice(office, local_date(now, office.zone)):
        yield Obstacle(ObstacleKind.SHORT_NOTICE)


def _next_bound(place: Place, hours: tuple[Span, ...]) -> Instant | None:
    """When the office opens for one that begins too early."""
    return next((each.starts for each in hours if place.starts < each.starts), None)


def _of_officer(place: Place, before: Span, wish: Wish, diary: Diary, officer: Officer | None) -> Iterator[Obstacle]:
    if officer is None:
        return
    office = diary.office
    if not officer.may_take(wish.service_id):
        yield Obstacle(ObstacleKind.NOT_SKILLED, officer.name)
    day = local_date(place.starts, office.zone)
    if (officer.hours or wish.kind is Kind.HOME_VISIT) and not within(
        _of(place), spans_of(hours_of_officer(office, officer), day, office.zone)
    ):
        yield Obstacle(ObstacleKind.OFFICER_OFF, officer.name)
    pause = meeting(_of(place), spans_of(officer.breaks, day, office.zone))
    if pause is not None:
        yield Obstacle(ObstacleKind.BREAK, officer.name, pause.ends)
    away = meeting(before, diary.absent.get(officer.id, ()))
    taken = meeting(before, diary.busy.get(officer.id, ()))
    if away is not None:
        yield Obstacle(ObstacleKind.ABSENT, officer.name, away.ends)
    elif taken is not None:
        yield Obstacle(ObstacleKind.OFFICER_TAKEN, officer.name, taken.ends)


def _of_room(before: Span, wish: Wish, diary: Diary, room: Room | None) -> Iterator[Obstacle]:
    if room is None:
        if wish.wants_room:
            yield Obstacle(ObstacleKind.ROOM_LACKS)
        return
    if room.state is RoomState.OUT_OF_USE:
        yield Obstacle(ObstacleKind.ROOM_OUT_OF_USE, room.name)
    for feature in RoomFeature:
        if feature in wish.features - room.features:
            yield Obstacle(ObstacleKind.ROOM_LACKS, feature.value)
    if room.seats < wish.seats:
        yield Obstacle(ObstacleKind.ROOM_LACKS, room.name)
    taken = meeting(before, diary.busy.get(room.id, ()))
    if taken is not None:
        yield Obstacle(ObstacleKind.ROOM_TAKEN, room.name, taken.ends)


def _of_interpreter(
    place: Place, wish: Wish, diary: Diary, interpreter: Interpreter | None, now: Instant
) -> Iterator[Obstacle]:
    """An interpreter may still be to be found: that nobody is held yet stands against nothing."""
    if interpreter is None:
        return
    office = diary.office
    if not may_interpret(interpreter, wish):
        yield Obstacle(ObstacleKind.LANGUAGE_NOT_OFFERED, interpreter.name)
    day = local_date(place.starts, office.zone)
    if not within(_of(place), spans_of(hours_of_interpreter(office, interpreter), day, office.zone)):
        yield Obstacle(ObstacleKind.INTERPRETER_OFF, interpreter.name)
    if place.starts < now + interpreter.notice_hours * HOUR:
        yield Obstacle(ObstacleKind.INTERPRETER_NOTICE, interpreter.name, now + interpreter.notice_hours * HOUR)
    taken = None if interpreter.is_line else meeting(_of(place), diary.busy.get(interpreter.id, ()))
    if taken is not None:
        yield Obstacle(ObstacleKind.INTERPRETER_TAKEN, interpreter.name, taken.ends)


def may_interpret(interpreter: Interpreter, wish: Wish) -> bool:
    """The language, in a way that is asked for."""
    speaks = not wish.language or wish.language in interpreter.languages
    return speaks and (not wish.modes or bool(wish.modes & interpreter.modes))
