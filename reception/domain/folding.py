"""What facts make of a visit: a :class:`Visit` is the fold of its facts, in the order of the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reception.clock import Instant
from reception.domain import events as e
from reception.domain.appointment import Told
from reception.domain.standards import Promise, is_within
from reception.domain.visit import Calls, Holding, Interpreting, Leg, Visit
from reception.domain.visit_states import End, State


def visit_from(visit_id: str, facts: Sequence[e.Recorded]) -> Visit:
    """Fold the facts of one visit, in the order of the journal, leaving out those that were undone."""
    *_, (_, visit) = _lived(visit_id, facts)
    return replace(visit, last_at=max(visit.last_at, facts[-1].at))


def leg_began(visit_id: str, facts: Sequence[e.Recorded]) -> int:
    """The place among the facts, from 0, of the one that the present leg began with."""
    began, legs = 0, 1
    for place, visit in _lived(visit_id, facts):
        if len(visit.legs) != legs:
            began, legs = place, len(visit.legs)
    return began


def _lived(visit_id: str, facts: Sequence[e.Recorded]) -> Iterator[tuple[int, Visit]]:
    """The visit after each fact that stands, with the fact's place."""
    undone = {item.fact.command_id: item.at for item in facts if isinstance(item.fact, e.CommandUndone)}
    first = facts[0]
    if not isinstance(first.fact, e.TicketTaken):
        raise ValueError(f"the facts of visit {visit_id} do not begin with its ticket")
    visit = _taken(visit_id, first.at, first.fact)
    if first.command_id in undone:
        visit = replace(visit, voided=True, state=State.ENDED, ended_at=undone[first.command_id])
    yield 0, visit
    for place, item in enumerate(facts[1:], start=1):
        if item.command_id not in undone and not isinstance(item.fact, e.CommandUndone):
            visit = evolve(visit, item)
            yield place, visit


def _taken(visit_id: str, at: Instant, fact: e.TicketTaken) -> Visit:
    since = at if fact.booked_for is None else max(at, fact.booked_for)
    return Visit(
        id=visit_id,
        office_id=fact.office_id,
        number=fact.number,
        code=fact.code,
        local_day=fact.local_day,
        local_hour=fact.local_hour,
        arrived_at=at,
        booked_for=fact.booked_for,
        party_size=fact.party_size,
        promise=Promise(fact.seen_target, fact.resolved_target, fact.order_target),
        legs=(Leg(fact.service_id, since, fact.order_target, fact.named_officer_id),),
        state=State.WAITING,
        last_at=at,
        then_services=fact.then_services,
        linked=frozenset({fact.linked_to} - {""}),
        appointment_id=fact.appointment_id,
    )


def evolve(visit: Visit, item: e.Recorded) -> Visit:
    """The visit after one more fact. Facts are never refused here: they have happened."""
    at = item.at
    visit = replace(visit, last_at=at)
    match item.fact:
        case e.VisitCalled(counter_id, officer_id):
            before = Calls(visit.first_called_at, visit.stepped_out_at_first_call, visit.leg.called_at, visit.leg.calls)
            visit = _with_leg(
                replace(visit, before_call=before),
                called_at=visit.leg.called_at if visit.leg.called_at is not None else at,
                calls=visit.leg.calls + 1,
            )
            if visit.first_called_at is None:
                visit = replace(visit, first_called_at=at, stepped_out_at_first_call=visit.legs[0].stepped_out)
            return replace(visit, state=State.CALLED, counter_id=counter_id, officer_id=officer_id)
        case e.VisitCalledAgain():
            return _with_leg(visit, calls=visit.leg.calls + 1)
        case e.CallWithdrawn():
            return _waiting(_uncalled(visit))
        case e.ServiceStarted(counter_id, officer_id):
            visit = _with_leg(visit, started_at=at, counter_id=counter_id, officer_id=officer_id)
            return replace(visit, state=State.SERVING, counter_id=counter_id, officer_id=officer_id)
        case e.VisitHeld(own_request):
            from_service = visit.state is State.SERVING
            hold = Holding(at, own_request, from_service)
            if not from_service:
                visit = replace(_answered(visit), counter_id="", officer_id="")
            return replace(visit, state=State.ON_HOLD, hold=hold)
        case e.HoldEnded():
            return _back_from_hold(visit, at)
        case e.VisitReturned():
            visit = _close_leg(_release_hold(visit, at), at)
            leg = Leg(visit.leg.service_id, at, visit.leg.order_target, visit.leg.named_officer_id)
            return replace(_waiting(visit), legs=(*visit.legs, leg))
        case e.VisitTransferred():
            return _transferred(visit, at, item.fact)
        case e.SpecialistTold():
            return replace(visit, exempt=visit.exempt or _may_still_be_resolved(visit, at))
        case e.VisitEnded(end, due, owner_id, signpost_to):
            visit = _signposted(_release_hold(visit, at), signpost_to)
            # A service that nobody finished has no known end: the close of the day is none.
            if end is not End.UNRESOLVED or visit.leg.started_at is None:
                visit = _close_leg(visit, at)
            return replace(
                visit,
                state=State.ENDED,
                end=end,
                ended_at=at,
                due=due,
                owner_id=owner_id,
                room_id="",
            )
        case e.VisitReinstated():
            visit = _with_leg(_waiting(visit), ended_at=None, calls=0, called_at=None)
            return replace(
                visit,
                end=None,
                ended_at=None,
                reinstated=visit.reinstated + 1,
                judged_by_first_call=visit.judged_by_first_call or not visit.is_seen,
            )
        case e.SeenFirstMarked(on):
            return replace(visit, see_first=on)
        case e.DetailsChanged(party_size):
            return replace(visit, party_size=party_size)
        case e.VisitLinked(other_id):
            return replace(visit, linked=visit.linked | {other_id})
        case e.FollowUpDone():
            return replace(visit, done_at=at)
        case e.PaperOrdered():
            return visit
        case e.RoomAssigned(room_id):
            return replace(visit, room_id=room_id)
        case e.RoomFreed():
            return replace(visit, room_id="")
        case e.InterpreterRequested(language, mode, interpreter_id):
            return replace(visit, interpreting=Interpreting(language, mode, interpreter_id))
        case e.InterpreterArrived():
            return _with_interpreting(visit, is_here=True)
        case e.InterpreterWaived():
            return _with_interpreting(visit, waived=True)
        case e.NumberAdded(number):
            return replace(visit, number=number, also=visit.number)
        case e.ClaimAccepted():
            return _of_appointment(visit, item.fact)
        case e.DelayTold():
            return replace(visit, told=(*visit.told, told_of(at, item.fact)))
        case _:
            raise ValueError(f"{type(item.fact).__name__} is no fact of a visit")


def told_of(at: Instant, fact: e.DelayTold) -> Told:
    """What a visit or an appointment keeps of it."""
    return Told(at, fact.answer, fact.expected_at, fact.offered, fact.promised_at)


def _with_interpreting(visit: Visit, **changes: bool) -> Visit:
    if visit.interpreting is None:
        return visit
    return replace(visit, interpreting=replace(visit.interpreting, **changes))


def _with_leg(visit: Visit, **changes: object) -> Visit:
    leg = replace(visit.leg, **changes)
    return replace(visit, legs=(*visit.legs[:-1], leg))


def _of_appointment(visit: Visit, fact: e.ClaimAccepted) -> Visit:
    """What it would be, had it been checked in on arrival; a leg that was begun after it stays as it is."""
    since = visit.arrived_at if fact.booked_for is None else max(visit.arrived_at, fact.booked_for)
    first = replace(
        visit.legs[0],
        since=since,
        order_target=fact.order_target,
        named_officer_id=fact.named_officer_id or visit.legs[0].named_officer_id,
    )
    return replace(
        visit,
        appointment_id=fact.appointment_id,
        booked_for=fact.booked_for,
        promise=replace(visit.promise, seen=fact.seen_target, order_by=fact.order_target),
        legs=(first, *visit.legs[1:]),
    )


def _waiting(visit: Visit) -> Visit:
    return replace(visit, state=State.WAITING, counter_id="", officer_id="", hold=None)


def _release_hold(visit: Visit, at: Instant) -> Visit:
    """Book the time of a hold that goes on to where it belongs: off the wait, or into the service."""
    holding = visit.hold
    if holding is None:
        return visit
    if holding.from_service:
        visit = _with_leg(visit, held=visit.leg.held + at - holding.since)
    elif holding.own_request:
        visit = _with_leg(visit, stepped_out=visit.leg.stepped_out + holding.lasted(visit.leg, at))
    return replace(visit, hold=None)


def _may_still_be_resolved(visit: Visit, at: Instant) -> bool:
    """Passed to a specialist in time: a visit that has passed its limit has lost already, and is not exempt."""
    target = visit.promise.resolved
    return target is None or is_within(at - visit.arrived_at, target)


def _back_from_hold(visit: Visit, at: Instant) -> Visit:
    from_service = visit.hold is not None and visit.hold.from_service
    visit = _release_hold(visit, at)
    return replace(visit, state=State.SERVING) if from_service else _waiting(visit)


def _uncalled(visit: Visit) -> Visit:
    """As it stood before the last call."""
    before = visit.before_call
    if before is None:
        return visit
    visit = _with_leg(visit, called_at=before.leg_at, calls=before.of_leg)
    return replace(visit, first_called_at=before.first_at, stepped_out_at_first_call=before.stepped_out)


def _answered(visit: Visit) -> Visit:
    """Set aside or passed on while called: the visitor was there. No later no-show is made, or judged, by that call."""
    if visit.state is not State.CALLED:
        return visit
    visit = _with_leg(visit, called_at=None, calls=0)
    if visit.judged_by_first_call:
        return visit
    return replace(visit, first_called_at=None, stepped_out_at_first_call=0)


def _signposted(visit: Visit, place: str) -> Visit:
    return replace(visit, signpost_to=place, signposted_service_id=visit.leg.service_id) if place else visit


def _close_leg(visit: Visit, at: Instant) -> Visit:
    return _with_leg(visit, ended_at=at)


def _transferred(visit: Visit, at: Instant, fact: e.VisitTransferred) -> Visit:
    visit = _signposted(visit, fact.signpost_to)
    if fact.planned:
        after = list(visit.then_services)
        if fact.service_id in after:
            after.remove(fact.service_id)
        visit = replace(visit, then_services=tuple(after))
    if visit.leg.started_at is not None:
        visit = _close_leg(_release_hold(visit, at), at)
        leg = Leg(fact.service_id, at, fact.order_target, fact.named_officer_id)
        return replace(_waiting(visit), legs=(*visit.legs, leg))
    visit = _with_leg(_answered(visit), service_id=fact.service_id, named_officer_id=fact.named_officer_id)
    if visit.hold is not None and visit.hold.own_request:
        return visit  # still out, and the clock stands still until they are back
    return _waiting(_release_hold(visit, at))
