"""The counter and the day: signing in and off, closing, evacuation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from reception.clock import MINUTE, local_date, midnight_after
from reception.domain import arranging
from reception.domain import lifecycle as life
from reception.domain.events import (
    CounterClosed,
    CounterOpened,
    DayClosed,
    EvacuationEnded,
    OfficeEvacuated,
    SignInRefused,
)
from reception.domain.office import Role
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_facts import record_appointment
from reception.services.appointment_ports import StoredAppointment
from reception.services.office_ports import AtCounter
from reception.services.pins import LOCKED_FOR, WRONG_PINS_ALLOWED
from reception.services.ports import UnitOfWork
from reception.services.recording import counter_of, officer_of, record, signed_in, today
from reception.services.visit_ports import StoredVisit


def check_pin(officer_id: str, is_right: bool, uow: UnitOfWork) -> Refusal | None:
    """Count a try. The refusal is returned, not raised: the count has to be committed.

    A command that was refused before is refused again and counts no more, whatever PIN it brings now: otherwise its
    id would be good for guessing without end.
    """
    pin = uow.offices.pin(officer_id)
    if pin.locked_until > uow.now:
        until = min(pin.locked_until, uow.now + LOCKED_FOR)
        if until < pin.locked_until:  # the clock was put back since, and locks nobody for longer
            uow.offices.pin_tried(officer_id, pin.wrong, until)
        minutes = -(-(until - uow.now) // 60_000)
        return Refusal(
            Code.PIN_LOCKED,
            f"Too many wrong PINs. This name is locked for {minutes} more {'minute' if minutes == 1 else 'minutes'}.",
            "Wait, or ask an administrator for a new PIN.",
        )
    if uow.pin_was_refused():
        return _wrong_pin(pin.wrong)
    if is_right:
        if pin.wrong:
            uow.offices.pin_tried(officer_id, 0, 0)
        return None
    wrong = pin.wrong + 1
    uow.record(SignInRefused(officer_id))
    if wrong >= WRONG_PINS_ALLOWED:
        uow.offices.pin_tried(officer_id, 0, uow.now + LOCKED_FOR)
        return Refusal(
            Code.PIN_LOCKED,
            f"That PIN is wrong for the {WRONG_PINS_ALLOWED}th time. This name is locked for "
            f"{LOCKED_FOR // 60_000} minutes.",
            "Wait, or ask an administrator for a new PIN.",
        )
    uow.offices.pin_tried(officer_id, wrong, 0)
    return _wrong_pin(wrong)


def _wrong_pin(wrong: int) -> Refusal:
    left = WRONG_PINS_ALLOWED - wrong
    return Refusal(
        Code.WRONG_PIN, "That PIN is wrong.", f"Try again; {left} {'try is' if left == 1 else 'tries are'} left."
    )


def sign_in(command: c.SignIn, uow: UnitOfWork, pin_is_right: bool) -> c.Result | Refusal:
    """Take a counter. The same person may take it again from another window (after a crash, say)."""
    refused = check_pin(command.officer_id, pin_is_right, uow)
    if refused is not None:
        return refused
    officer = officer_of(uow, command.officer_id)
    counter = counter_of(uow, command.counter_id)
    for held in uow.offices.counters():
        if held.counter_id == counter.id and held.officer_id != officer.id:
            _take_over(command, uow, held)
        elif held.officer_id == officer.id and held.counter_id != counter.id:
            if uow.visits.at_counter(held.counter_id) is not None:
                raise Refusal(
                    Code.COUNTER_BUSY,
                    f"You still have a visitor at {counter_of(uow, held.counter_id).name}.",
                    "Sign in there and finish, or hand the visit over.",
                )
            uow.offices.leave_counter(held.counter_id)
            uow.record(CounterClosed(held.counter_id, officer.id))
    uow.offices.take_counter(counter.id, officer.id, command.station)
    uow.record(CounterOpened(counter.id, officer.id))
    return c.Result(command.id, at=uow.now)


def sign_in_supervisor(command: c.SignInSupervisor, uow: UnitOfWork, pin_is_right: bool) -> c.Result | Refusal:
    """Say who opens the supervisor's window."""
    refused = check_pin(command.officer_id, pin_is_right, uow)
    if refused is not None:
        return refused
    if not officer_of(uow, command.officer_id).role.may_act_as(Role.SUPERVISOR):
        raise Refusal(
            Code.NOT_ALLOWED,
            "Waits and promises by officer are for supervisors alone.",
            "Choose a supervisor's name, or ask an administrator to make you one.",
        )
    return c.Result(command.id, at=uow.now)


def _take_over(command: c.SignIn, uow: UnitOfWork, held: AtCounter) -> None:
    name = counter_of(uow, held.counter_id).name
    who = officer_of(uow, held.officer_id).name
    if uow.visits.at_counter(held.counter_id) is not None:
        raise Refusal(Code.COUNTER_BUSY, f"{who} has a visitor at {name}.", "Choose another counter.")
    if not command.take_over:
        raise Refusal(Code.COUNTER_TAKEN, f"{who} is signed in at {name}.", "Choose another counter, or take it over.")
    uow.record(CounterClosed(held.counter_id, held.officer_id))


def sign_off(command: c.SignOff, uow: UnitOfWork) -> c.Result:
    """Leave the counter; see :class:`SignOff` for what is asked first.

    With the day close the appointments that may be marked as not attended by now; those still within their grace
    period, or still to come, at midnight. A window whose counter is another's by now, be it another window of the same
    person, has nothing to leave; but it is refused the day's close, which was asked of the last to go.
    """
    if command.close_day:
        signed_in(uow, command)
    held = next((each for each in uow.offices.counters() if each.counter_id == command.counter_id), None)
    if held is None or (held.officer_id, held.station) != (command.officer_id, command.station):
        return c.Result(command.id, at=uow.now)
    left = _leave_visit(command, uow)
    others = [each for each in uow.offices.counters() if each.counter_id != command.counter_id]
    if others and command.close_day:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"Somebody has signed in at {counter_of(uow, others[0].counter_id).name}, so the day is not closed.",
            "Only step away; the last to sign off is asked again.",
        )
    still_open = uow.visits.open_ids()
    if not others and still_open and command.close_day is None:
        count = len(still_open)
        raise Refusal(
            Code.LAST_COUNTER,
            f"You are the last to sign off, and {count} {'visit is' if count == 1 else 'visits are'} not finished.",
            "Close the day, which ends them as unresolved, or only step away.",
        )
    uow.offices.leave_counter(command.counter_id)
    uow.record(CounterClosed(command.counter_id, command.officer_id))
    if command.close_day:
        _end_all(command, uow, left)
        grace = uow.offices.office().grace_minutes * MINUTE
        _miss(command, uow, uow.appointments.unmarked(today(uow), uow.now - grace))
    return c.Result(command.id, number="" if left is None else left.visit.number, at=uow.now)


def _leave_visit(command: c.SignOff, uow: UnitOfWork) -> StoredVisit | None:
    """See to the visit at the counter; returns it as it stands then, or None when there is none."""
    visit_id = uow.visits.at_counter(command.counter_id)
    if visit_id is None:
        return None
    stored = uow.visits.load(visit_id)
    visit = stored.visit
    if visit.state is State.CALLED:
        facts = life.withdraw_call(visit)
    elif command.at_hand is c.AtHand.FINISH:
        target = uow.offices.standard(today(uow)).for_walk_in().order_by
        facts = life.finish(visit, End.RESOLVED, today=today(uow), order_target=target)
    elif command.at_hand is c.AtHand.HAND_OVER:
        facts = life.hand_over(visit)
    elif command.at_hand is c.AtHand.HOLD:
        facts = life.hold(visit, own_request=False)
    else:
        raise Refusal(
            Code.COUNTER_BUSY, f"{visit.number} is still being served here.", "Finish it, hand it over or hold it."
        )
    return record(uow, command, stored, facts)


def _end_all(command: c.Command, uow: UnitOfWork, left: StoredVisit | None = None) -> None:
    """End today, and with it any day before that nobody has closed. `left` is the visit that this command wrote."""
    visits = [
        left if left is not None and left.visit.id == visit_id else uow.visits.load(visit_id)
        for visit_id in uow.visits.open_ids()
    ]
    _end(command, uow, visits, {today(uow)})


def _end(command: c.Command, uow: UnitOfWork, visits: Iterable[StoredVisit], days: set[date]) -> None:
    """End visits as unresolved: now, or at the midnight that closed their day."""
    zone = uow.offices.office().zone
    for stored in visits:
        day = stored.visit.local_day
        record(uow, command, stored, life.close_day(stored.visit), at=min(uow.now, midnight_after(day, zone)))
        days.add(day)
    for each in sorted(days):
        uow.record(DayClosed(each))


def _miss(command: c.Command, uow: UnitOfWork, appointments: Iterable[StoredAppointment]) -> None:
    """Mark as not attended what nobody has come for: now, or at the midnight that closed its day."""
    zone = uow.offices.office().zone
    for stored in appointments:
        closed_at = min(uow.now, midnight_after(stored.appointment.local_day, zone))
        record_appointment(uow, command, stored, arranging.close_day(stored.appointment), at=closed_at)


def close_day(command: c.CloseDay, uow: UnitOfWork) -> c.Result:
    """Days that are over: their open visits ended at that day's midnight, their appointments at the office that nobody
    came to marked as not attended then, their counters shut.

    A counter with a visitor of the new day stays open: whoever works there has worked past midnight.
    """
    zone = uow.offices.office().zone
    day = today(uow)
    _end(command, uow, [uow.visits.load(visit_id) for visit_id in uow.visits.open_before(day)], set())
    _miss(command, uow, uow.appointments.unmarked(day - timedelta(days=1), uow.now))
    for held in uow.offices.counters():
        if local_date(held.since, zone) < day and uow.visits.at_counter(held.counter_id) is None:
            uow.offices.leave_counter(held.counter_id)
            uow.record(CounterClosed(held.counter_id, held.officer_id))
    return c.Result(command.id, at=uow.now)


def evacuate(command: c.Evacuate, uow: UnitOfWork) -> c.Result:
    if uow.offices.evacuated_at() is None:
        uow.offices.evacuate(today(uow))
        uow.record(OfficeEvacuated())
    return c.Result(command.id, at=uow.now)


def end_evacuation(command: c.EndEvacuation, uow: UnitOfWork) -> c.Result:
    """Refused when another desk has ended it the other way: neither would be true of the other."""
    if uow.offices.evacuated_at() is None:
        resumed = uow.offices.last_evacuation_resumed()
        if resumed == command.resume:
            return c.Result(command.id, at=uow.now)
        raise _ended_otherwise(resumed)
    uow.offices.end_evacuation(command.resume)
    uow.record(EvacuationEnded(command.resume))
    if not command.resume:
        _end_all(command, uow)
    return c.Result(command.id, at=uow.now)


def _ended_otherwise(resumed: bool | None) -> Refusal:
    if resumed is None:
        return Refusal(Code.NOT_POSSIBLE_NOW, "There is no evacuation to end.", "")
    if resumed:
        return Refusal(
            Code.NOT_POSSIBLE_NOW,
            "Another desk has said that everyone is back: calls go on, and the day is not closed.",
            "To close it, sign off: the last counter is asked.",
        )
    return Refusal(
        Code.NOT_POSSIBLE_NOW,
        "Another desk has closed the day for everyone inside.",
        "Take a new ticket for whoever comes back.",
    )


def may_administrate(officer_id: str, uow: UnitOfWork) -> None:
    officer = uow.offices.office().officer(officer_id)
    if officer is None or not officer.role.may_act_as(Role.ADMINISTRATOR):
        raise Refusal(Code.NOT_ALLOWED, "Settings are for administrators.", "Ask an administrator to sign in.")
