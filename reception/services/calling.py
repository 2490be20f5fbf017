"""Calling, up to the start of service. Each function is one command in one transaction."""

from __future__ import annotations

from reception.clock import midnight_before
from reception.domain import lifecycle as life
from reception.domain import queueing
from reception.domain.office import Counter, Officer
from reception.domain.queueing import Entry, Ranked
from reception.domain.visit_states import Why
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.being_due import nobody_awaited
from reception.services.ports import UnitOfWork
from reception.services.reach import at_this_counter, counter_is_free, done, in_reach
from reception.services.recording import check_length, not_evacuated, record, signed_in, today
from reception.services.rooms import booked_room
from reception.services.station_ports import CutOff
from reception.services.visit_ports import StoredVisit


def call_next(command: c.CallNext, uow: UnitOfWork) -> c.Result:
    officer, counter = signed_in(uow, command)
    not_evacuated(uow)
    counter_is_free(uow, counter)
    return call_for(command, uow, officer, counter, confirmed=command.confirmed, aloud=command.aloud)


def call_for(
    command: c.Command,
    uow: UnitOfWork,
    officer: Officer,
    counter: Counter,
    finished: StoredVisit | None = None,
    *,
    confirmed: bool,
    aloud: bool = False,
) -> c.Result:
    """Call whom the rule names. `finished` is the visit that the same command has just finished.

    Refuses DUE_WITH_YOU, unless `confirmed`, when this officer waits for an appointment and a walk-in is named; and
    CALL_ALOUD, unless `aloud`, where this station is cut off and only others' visits are waiting.
    """
    mine = queueing.served_by(_waiting_today(uow), officer, counter)
    cut_off = uow.cut_off
    chosen = _choose_cut_off(uow, mine, officer, cut_off, aloud) if cut_off else _choose(uow, mine, officer)
    visit_id = chosen.entry.visit_id
    if not confirmed:
        nobody_awaited(uow, officer, chosen.entry)
    # The visit that this very command finished may be the next one, for its next service.
    again = finished is not None and finished.visit.id == visit_id
    stored = finished if finished is not None and again else uow.visits.load(visit_id)
    return _call(command, uow, stored, chosen.why, chosen.entry, mine, officer, counter)


def _waiting_today(uow: UnitOfWork) -> list[Entry]:
    """A day that is over has closed at midnight, also when nobody has looked at a desk since."""
    began = midnight_before(today(uow), uow.offices.office().zone)
    return [entry for entry in uow.visits.waiting() if entry.arrived_at >= began]


def _choose(uow: UnitOfWork, mine: list[Entry], officer: Officer) -> Ranked:
    name, settings = uow.offices.rule()
    chosen = queueing.whom_to_call(queueing.RULES[name](mine, uow.now, settings), officer.id, uow.now)
    if chosen is None:
        raise Refusal(
            Code.NOBODY_WAITING, "Nobody is waiting whom you may serve here.", "New visitors appear by themselves."
        )
    return chosen


def _choose_cut_off(uow: UnitOfWork, mine: list[Entry], officer: Officer, cut_off: CutOff, aloud: bool) -> Ranked:
    """Its own first: of all others nobody here knows whether another desk has called them."""
    try:
        return _choose(uow, [entry for entry in mine if entry.visit_id in cut_off.ours], officer)
    except Refusal as refusal:
        if refusal.code is not Code.NOBODY_WAITING:
            raise
    chosen = _choose(uow, mine, officer)
    if not aloud:
        raise _call_aloud(_number_of(chosen, uow))
    return chosen


def whom_aloud(uow: UnitOfWork, officer: Officer, counter: Counter) -> str:
    """The number that CALL_ALOUD is about. Refuses NOBODY_WAITING."""
    return _number_of(_choose(uow, queueing.served_by(_waiting_today(uow), officer, counter), officer), uow)


def _number_of(chosen: Ranked, uow: UnitOfWork) -> str:
    return uow.visits.load(chosen.entry.visit_id).visit.number


def _call_aloud(number: str) -> Refusal:
    return Refusal(
        Code.CALL_ALOUD,
        f"{number} was not taken in here, and while the database is out of reach another desk may call it too.",
        "Call it aloud in the waiting room, or wait.",
    )


def _call(
    command: c.Command,
    uow: UnitOfWork,
    stored: StoredVisit,
    why: Why,
    entry: Entry | None,
    mine: list[Entry],
    officer: Officer,
    counter: Counter,
) -> c.Result:
    """Call a visit, which is `entry` if it waits, ahead of all others of `mine`.

    The room of its appointment had somebody in it when the visitor came, if it has none yet: it is given now.
    """
    visit = stored.visit
    overtook = () if entry is None else queueing.overtaken_by(entry, mine, uow.now)
    facts = life.call(visit, counter.id, officer.id, why, overtook)
    if visit.appointment_id and not visit.room_id and uow.cut_off is None:
        facts += booked_room(uow.appointments.load(visit.appointment_id).appointment, uow)
    room = uow.offices.office().room(record(uow, command, stored, facts).visit.room_id)
    uow.visits.overtaken(overtook)
    return c.Result(command.id, visit.id, visit.number, why=why.value, at=uow.now, room=room.name if room else "")


def call_visit(command: c.CallVisit, uow: UnitOfWork) -> c.Result:
    """Call a particular person; allowed to whoever gives a reason, and the reason is kept."""
    officer, counter = signed_in(uow, command)
    not_evacuated(uow)
    counter_is_free(uow, counter)
    reason = command.reason.strip()
    check_length(reason)
    if not reason:
        raise Refusal(Code.REASON_NEEDED, "Calling someone out of turn needs a reason.", "Say why in a few words.")
    stored = uow.visits.load(command.visit_id)
    if stored.visit.is_open and stored.visit.local_day < today(uow):
        raise Refusal(
            Code.OTHER_DAY, f"{stored.visit.number} is of a day that is over.", "Take a new ticket for the visitor."
        )
    if uow.cut_off is not None and stored.visit.id not in uow.cut_off.ours and not command.aloud:
        raise _call_aloud(stored.visit.number)
    waiting = _waiting_today(uow)
    entry = next((each for each in waiting if each.visit_id == command.visit_id), None)
    mine = queueing.served_by(waiting, officer, counter)
    result = _call(command, uow, stored, Why.NAMED, entry, mine, officer, counter)
    uow.visits.keep_reason(command.visit_id, command.id, "named_call", reason)
    return result


def call_again(command: c.CallAgain, uow: UnitOfWork) -> c.Result:
    signed_in(uow, command)
    not_evacuated(uow)
    stored = at_this_counter(command, uow)
    return done(command, uow, stored, life.call_again(stored.visit))


def start_service(command: c.StartService, uow: UnitOfWork) -> c.Result:
    signed_in(uow, command)
    stored = at_this_counter(command, uow)
    return done(command, uow, stored, life.start(stored.visit, command.officer_id))


def withdraw_call(command: c.WithdrawCall, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.withdraw_call(stored.visit))


def no_show(command: c.NoShow, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.no_show(stored.visit, uow.offices.office().no_show_after_calls))


def reinstate(command: c.Reinstate, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    return done(command, uow, stored, life.reinstate(stored.visit, today(uow)))
