"""The life of a visit: which facts may follow which, what they make of it, and its clocks.

A :class:`Visit` is folded from its facts (`visit_from`). The functions named as commands decide: each takes the
visit as it stands and returns the facts that follow, or refuses. Rules are of product.md section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from reception.clock import MINUTE, Instant, Millis
from reception.domain import events as e
from reception.domain.columns import Column
from reception.domain.snapshots import End, State, Why
from reception.domain.standards import Promise, is_within
from reception.errors import Code, Refusal


@dataclass(frozen=True, slots=True)
class Leg:
    """One wait and one service of a visit. `since` is where its wait starts."""

    service_id: str
    since: Instant
    order_target: Millis
    named_officer_id: str = ""
    called_at: Instant | None = None
    """First call of this leg."""
    calls: int = 0
    started_at: Instant | None = None
    ended_at: Instant | None = None
    counter_id: str = ""
    officer_id: str = ""
    stepped_out: Millis = 0
    """Time out at the visitor's own request before the service, taken off the wait."""
    held: Millis = 0
    """Time on hold in the middle of the service."""

    def waited(self, now: Instant) -> Millis:
        """Start of the leg to start of service (or to `now`), waiting only; never below zero."""
        until = now if self.ended_at is None else self.ended_at
        if self.started_at is not None:
            until = self.started_at
        return max(0, until - self.since - self.stepped_out)

    @property
    def service_time(self) -> Millis | None:
        """Start to end of service, holds in between included; None when it is not known."""
        if self.started_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.started_at


@dataclass(frozen=True, slots=True)
class Holding:
    """A hold that goes on."""

    since: Instant
    own_request: bool
    from_service: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One party with one ticket, as it stands after its last fact."""

    id: str
    office_id: str
    number: str
    code: str
    local_day: date
    local_hour: int
    arrived_at: Instant
    booked_for: Instant | None
    party_size: int
    promise: Promise
    legs: tuple[Leg, ...]
    state: State
    last_at: Instant
    then_services: tuple[str, ...] = ()
    linked: frozenset[str] = frozenset()
    counter_id: str = ""
    """Where it is called to, served or held in service."""
    officer_id: str = ""
    hold: Holding | None = None
    first_called_at: Instant | None = None
    stepped_out_at_first_call: Millis = 0
    exempt: bool = False
    see_first: bool = False
    end: End | None = None
    ended_at: Instant | None = None
    reinstated: int = 0
    judged_by_first_call: bool = False
    """Reinstated before it was seen: the promise is judged by the first call."""
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""
    done_at: Instant | None = None
    voided: bool = False

    @property
    def leg(self) -> Leg:
        return self.legs[-1]

    @property
    def is_open(self) -> bool:
        return self.state is not State.ENDED

    @property
    def is_seen(self) -> bool:
        """A service has begun at least once."""
        return self.legs[0].started_at is not None

    @property
    def promise_starts(self) -> Instant:
        """A walk-in's arrival; for an appointment the later of booked time and arrival."""
        return self.arrived_at if self.booked_for is None else max(self.booked_for, self.arrived_at)

    def waited(self, now: Instant) -> Millis:
        """Wait of the present leg up to `now`; it stands still while the visitor has stepped out."""
        return max(0, self.leg.waited(now) - _out_now(self, now))

    @property
    def total_waited(self) -> Millis:
        """All waits of all legs, up to the last fact."""
        earlier = sum(leg.waited(self.last_at) for leg in self.legs[:-1])
        return earlier + self.waited(self.last_at)


# -- folding ---------------------------------------------------------------------------------------------------


def visit_from(visit_id: str, facts: Sequence[e.Recorded]) -> Visit:
    """Fold the facts of one visit, in the order of the journal, leaving out those that were undone."""
    undone = {item.fact.command_id: item.at for item in facts if isinstance(item.fact, e.CommandUndone)}
    first, *later = facts
    if not isinstance(first.fact, e.TicketTaken):
        raise ValueError(f"the facts of visit {visit_id} do not begin with its ticket")
    visit = _taken(visit_id, first.at, first.fact)
    if first.command_id in undone:
        visit = replace(visit, voided=True, state=State.ENDED, ended_at=undone[first.command_id])
    for item in later:
        if item.command_id not in undone and not isinstance(item.fact, e.CommandUndone):
            visit = evolve(visit, item)
    return replace(visit, last_at=max(visit.last_at, facts[-1].at))


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
    )


def evolve(visit: Visit, item: e.Recorded) -> Visit:
    """The visit after one more fact. Facts are never refused here: they have happened."""
    at = item.at
    visit = replace(visit, last_at=at)
    match item.fact:
        case e.VisitCalled(counter_id, officer_id):
            visit = _with_leg(
                visit,
                called_at=visit.leg.called_at if visit.leg.called_at is not None else at,
                calls=visit.leg.calls + 1,
            )
            if visit.first_called_at is None:
                visit = replace(visit, first_called_at=at, stepped_out_at_first_call=visit.legs[0].stepped_out)
            return replace(visit, state=State.CALLED, counter_id=counter_id, officer_id=officer_id)
        case e.VisitCalledAgain():
            return _with_leg(visit, calls=visit.leg.calls + 1)
        case e.CallWithdrawn():
            return replace(visit, state=State.WAITING, counter_id="", officer_id="")
        case e.ServiceStarted(counter_id, officer_id):
            visit = _with_leg(visit, started_at=at, counter_id=counter_id, officer_id=officer_id)
            return replace(visit, state=State.SERVING, counter_id=counter_id, officer_id=officer_id)
        case e.VisitHeld(own_request):
            from_service = visit.state is State.SERVING
            hold = Holding(at, own_request, from_service)
            if not from_service:
                visit = replace(visit, counter_id="", officer_id="")
            return replace(visit, state=State.ON_HOLD, hold=hold)
        case e.HoldEnded():
            return _back_from_hold(visit, at)
        case e.VisitReturned():
            visit = _close_leg(_release_hold(visit, at), at)
            leg = Leg(visit.leg.service_id, at, visit.leg.order_target, visit.leg.named_officer_id)
            return replace(_waiting(visit), legs=(*visit.legs, leg))
        case e.VisitTransferred(service_id, named_officer_id, order_target, planned):
            return _transferred(visit, at, service_id, named_officer_id, order_target, planned)
        case e.SpecialistTold():
            return replace(visit, exempt=visit.exempt or _may_still_be_resolved(visit, at))
        case e.VisitEnded(end, due, owner_id, signpost_to):
            visit = _release_hold(visit, at)
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
                signpost_to=signpost_to,
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
        case _:
            raise ValueError(f"{type(item.fact).__name__} is no fact of a visit")


def _with_leg(visit: Visit, **changes: object) -> Visit:
    leg = replace(visit.leg, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass
    return replace(visit, legs=(*visit.legs[:-1], leg))


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
        visit = _with_leg(visit, stepped_out=visit.leg.stepped_out + _time_out(visit.leg, holding, at))
    return replace(visit, hold=None)


def _time_out(leg: Leg, holding: Holding, at: Instant) -> Millis:
    """Time stepped out; before a booked time nothing waits yet, so nothing is paused."""
    return max(0, at - max(holding.since, leg.since))


def _out_now(visit: Visit, now: Instant) -> Millis:
    """How long the visitor has been out who stepped out and is not back yet."""
    if visit.hold is None or not visit.hold.own_request:
        return 0
    return _time_out(visit.leg, visit.hold, now)


def _may_still_be_resolved(visit: Visit, at: Instant) -> bool:
    """Passed to a specialist in time: a visit that has passed its limit has lost already, and is not exempt."""
    target = visit.promise.resolved
    return target is None or is_within(at - visit.arrived_at, target)


def _back_from_hold(visit: Visit, at: Instant) -> Visit:
    from_service = visit.hold is not None and visit.hold.from_service
    visit = _release_hold(visit, at)
    return replace(visit, state=State.SERVING) if from_service else _waiting(visit)


def _close_leg(visit: Visit, at: Instant) -> Visit:
    return _with_leg(visit, ended_at=at)


def _transferred(
    visit: Visit, at: Instant, service_id: str, officer_id: str, order_target: Millis, planned: bool
) -> Visit:
    served = visit.leg.started_at is not None
    then = visit.then_services[1:] if planned else visit.then_services
    visit = replace(_release_hold(visit, at), then_services=then)
    if served:
        visit = _close_leg(visit, at)
        leg = Leg(service_id, at, order_target, officer_id)
        return replace(_waiting(visit), legs=(*visit.legs, leg))
    visit = _with_leg(visit, service_id=service_id, named_officer_id=officer_id)
    return _waiting(visit)


# -- deciding --------------------------------------------------------------------------------------------------

_STATE_WORDS = {
    State.WAITING: "is waiting",
    State.CALLED: "has been called",
    State.SERVING: "is being served",
    State.ON_HOLD: "is on hold",
    State.ENDED: "has ended",
}


def _require(visit: Visit, *allowed: State) -> None:
    if visit.voided:
        raise Refusal(Code.VOIDED, f"{visit.number} was taken back: its ticket is void.", "Give a new ticket.")
    if visit.state not in allowed:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{visit.number} {_STATE_WORDS[visit.state]}, so this is not possible now.",
            "Look at where the visit stands, and choose again.",
        )


def call(visit: Visit, counter_id: str, officer_id: str, why: Why, overtook: Iterable[str] = ()) -> list[e.VisitFact]:
    """Call a waiting visit. One that somebody else took meanwhile is refused as ALREADY_TAKEN."""
    if visit.state in (State.CALLED, State.SERVING):
        raise Refusal(
            Code.ALREADY_TAKEN,
            f"{visit.number} has just been called at another counter.",
            "Call the next one.",
        )
    _require(visit, State.WAITING)
    return [e.VisitCalled(counter_id, officer_id, why, tuple(overtook))]


def call_again(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.CALLED)
    return [e.VisitCalledAgain(visit.counter_id)]


def withdraw_call(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.CALLED)
    return [e.CallWithdrawn()]


def start(visit: Visit, officer_id: str) -> list[e.VisitFact]:
    _require(visit, State.CALLED)
    return [e.ServiceStarted(visit.counter_id, officer_id)]


def no_show(visit: Visit, after_calls: int) -> list[e.VisitFact]:
    """After the set number of calls only; earlier is refused as TOO_SOON."""
    _require(visit, State.CALLED)
    if visit.leg.calls < after_calls:
        left = after_calls - visit.leg.calls
        raise Refusal(
            Code.TOO_SOON,
            f"{visit.number} has been called {_times(visit.leg.calls)}; a no-show takes {_times(after_calls)}.",
            "Call once more first." if left == 1 else f"Call {left} times more first.",
        )
    return [e.VisitEnded(End.NO_SHOW)]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def reinstate(visit: Visit, today: date) -> list[e.VisitFact]:
    """A no-show who comes back on the same day takes up the old place; on another day it is a new visit."""
    _require(visit, State.ENDED)
    if visit.end is not End.NO_SHOW:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"{visit.number} was not a no-show.", "Take a new ticket for the visitor.")
    if visit.local_day != today:
        raise Refusal(
            Code.OTHER_DAY, f"{visit.number} was called on another day.", "Take a new ticket for the visitor."
        )
    return [e.VisitReinstated()]


def leave(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
    return [e.VisitEnded(End.LEFT)]


def hold(visit: Visit, own_request: bool) -> list[e.VisitFact]:
    """By staff from anywhere; at the visitor's own request only while waiting or called."""
    if own_request:
        _require(visit, State.WAITING, State.CALLED)
    else:
        _require(visit, State.WAITING, State.CALLED, State.SERVING)
    return [e.VisitHeld(own_request)]


def end_hold(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.ON_HOLD)
    return [e.HoldEnded()]


def return_to_queue(visit: Visit) -> list[e.VisitFact]:
    """From service (or a hold in it): a new leg. Called or held before service: back to its place."""
    _require(visit, State.CALLED, State.SERVING, State.ON_HOLD)
    if visit.state is State.CALLED:
        return [e.CallWithdrawn()]
    if visit.hold is not None and not visit.hold.from_service:
        return [e.HoldEnded()]
    return [e.VisitReturned()]


def hand_over(visit: Visit) -> list[e.VisitFact]:
    """Back to the queue when its officer signs off: for anyone, also when that officer had been asked for."""
    if not visit.leg.named_officer_id:
        return return_to_queue(visit)
    _require(visit, State.SERVING)
    return [e.VisitTransferred(visit.leg.service_id, "", visit.leg.order_target)]


def transfer(
    visit: Visit, service_id: str, named_officer_id: str, order_target: Millis, specialist_told: bool
) -> list[e.VisitFact]:
    _require(visit, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
    if service_id == visit.leg.service_id and named_officer_id == visit.leg.named_officer_id:
        raise Refusal(
            Code.BAD_INPUT,
            f"{visit.number} is already there.",
            "Choose another service or a named officer, or return the visit to the queue.",
        )
    facts: list[e.VisitFact] = [e.VisitTransferred(service_id, named_officer_id, order_target)]
    if specialist_told and not visit.exempt:
        facts.append(e.SpecialistTold())
    return facts


def finish(
    visit: Visit,
    end: End,
    *,
    due: date | None = None,
    owner_id: str = "",
    signpost_to: str = "",
    today: date,
    order_target: Millis,
) -> list[e.VisitFact]:
    """End a visit, or its leg when further services are planned and this one is resolved.

    RESOLVED and TO_FOLLOW need a service that has begun; SIGNPOSTED and BOOKED may also end a wait.
    """
    if end in (End.RESOLVED, End.TO_FOLLOW):
        _require(visit, State.SERVING)
    elif end in (End.SIGNPOSTED, End.BOOKED):
        _require(visit, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
    else:
        raise ValueError(f"{end} is not an end that finishing leads to")
    if end is End.TO_FOLLOW:
        if due is None or not owner_id:
            raise Refusal(
                Code.BAD_INPUT,
                "An answer that is to follow needs a day and a named person.",
                "Choose by when, and who will answer.",
            )
        if due < today:
            raise Refusal(Code.BAD_INPUT, "The answer cannot be due in the past.", "Choose today or a later day.")
    if end is End.SIGNPOSTED and not signpost_to.strip():
        raise Refusal(Code.BAD_INPUT, "Signposting needs a place to go to.", "Say where the visitor is to go.")
    if end is End.RESOLVED and visit.then_services:
        return [e.VisitTransferred(visit.then_services[0], "", order_target, planned=True)]
    return [e.VisitEnded(end, due, owner_id, signpost_to.strip())]


def see_first(visit: Visit, on: bool, has_reason: bool) -> list[e.VisitFact]:
    _require(visit, State.WAITING, State.CALLED, State.ON_HOLD)
    if on and not has_reason:
        raise Refusal(
            Code.REASON_NEEDED,
            "Seeing someone first needs a reason.",
            "Say why in a few words; few may read it.",
        )
    return [] if visit.see_first == on else [e.SeenFirstMarked(on)]


def close_day(visit: Visit) -> list[e.VisitFact]:
    """The day closed while the visit was open."""
    return [e.VisitEnded(End.UNRESOLVED)] if visit.is_open else []


def complete_follow_up(visit: Visit) -> list[e.VisitFact]:
    _require(visit, State.ENDED)
    if visit.end is not End.TO_FOLLOW:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"Nothing is to follow for {visit.number}.", "")
    return [] if visit.done_at is not None else [e.FollowUpDone()]


def undo(visit_number: str, facts: Sequence[e.Recorded], command_id: str, now: Instant, window: Millis) -> None:
    """Refuse unless the command's facts are the last that stand on this visit, and young enough.

    `facts` are all of the visit. Paper, details and links that came since do not stand in the way; only a ticket
    that another visit was linked with stays.
    """
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, e.CommandUndone)}
    if command_id in undone:
        raise Refusal(Code.NOTHING_TO_UNDO, "That has already been taken back.", "")
    standing = [f for f in facts if f.command_id not in undone and not isinstance(f.fact, e.CommandUndone)]
    mine = [item for item in standing if item.command_id == command_id]
    if not mine:
        raise Refusal(Code.NOTHING_TO_UNDO, "There is nothing to take back.", "")
    if now - mine[-1].at > window:
        raise Refusal(
            Code.UNDO_TOO_LATE,
            f"That was more than {_minutes(window)} ago and can no longer be taken back.",
            "Put it right with the next step instead.",
        )
    after = standing[standing.index(mine[-1]) + 1 :]
    blocking = next((item for item in after if _rests_on(item.fact, mine)), None)
    if blocking is not None:
        raise Refusal(
            Code.UNDO_OVERTAKEN,
            f"{visit_number} {_SINCE.get(type(blocking.fact), 'has moved on')} since, which rests on it.",
            "Take that back first, or put it right with the next step.",
        )


def _rests_on(later: e.Fact, earlier: Sequence[e.Recorded]) -> bool:
    """Whether a later fact would hang in the air without the earlier ones."""
    match later:
        case e.PaperOrdered() | e.DetailsChanged():
            return False
        case e.VisitLinked():
            return any(isinstance(item.fact, e.TicketTaken) for item in earlier)
        case _:
            return not all(isinstance(item.fact, e.VisitLinked) for item in earlier)


def _minutes(length: Millis) -> str:
    count = length // MINUTE
    return f"{count} minute" if count == 1 else f"{count} minutes"


_SINCE: dict[type, str] = {
    e.VisitCalled: "has been called",
    e.VisitCalledAgain: "has been called again",
    e.CallWithdrawn: "has gone back to its place",
    e.ServiceStarted: "has been started",
    e.VisitHeld: "has been put on hold",
    e.HoldEnded: "has come back from hold",
    e.VisitReturned: "has gone back to the queue",
    e.VisitTransferred: "has been transferred",
    e.VisitEnded: "has ended",
    e.VisitReinstated: "has been taken back into the queue",
    e.SeenFirstMarked: "has been marked",
    e.VisitLinked: "has been linked",
    e.FollowUpDone: "has been answered",
}


# -- clocks ----------------------------------------------------------------------------------------------------


def promise_wait(visit: Visit, now: Instant) -> Millis:
    """What the promise *seen* is judged by: arrival to start of the first service, less time stepped out.

    Unseen: to the end (left, signposted, booked, unresolved), or to the first call for a no-show; so far when
    open. A reinstated no-show is judged by the first call, seen or not. For an appointment it is the lateness:
    from the later of booked time and arrival. Never below zero.
    """
    first = visit.legs[0]
    unanswered = visit.end is End.NO_SHOW and not visit.is_seen
    if (visit.judged_by_first_call or unanswered) and visit.first_called_at is not None:
        return max(0, visit.first_called_at - visit.promise_starts - visit.stepped_out_at_first_call)
    until = first.started_at
    if until is None:
        until = visit.ended_at if visit.ended_at is not None else now
    paused = first.stepped_out
    if not visit.is_seen:
        paused += _out_now(visit, now)
    return max(0, until - visit.promise_starts - paused)


def column_of(visit: Visit, now: Instant) -> Column:
    """The one column of the identity that the visit is counted in (product.md section 3).

    Without a promise there is no limit to pass, so an unseen end counts as *before*.
    """
    if visit.is_seen:
        return Column.SEEN
    if visit.end is None:
        return Column.OPEN
    target = visit.promise.seen
    after = target is not None and not is_within(promise_wait(visit, now), target)
    match visit.end:
        case End.LEFT:
            return Column.LEFT_AFTER if after else Column.LEFT_BEFORE
        case End.NO_SHOW:
            return Column.NO_SHOW_AFTER if after else Column.NO_SHOW_BEFORE
        case End.BOOKED:
            return Column.BOOKED_UNSEEN_AFTER if after else Column.BOOKED_UNSEEN_BEFORE
        case End.SIGNPOSTED:
            return Column.SIGNPOSTED_UNSEEN_AFTER if after else Column.SIGNPOSTED_UNSEEN_BEFORE
        case End.UNRESOLVED:
            return Column.UNRESOLVED_UNSEEN_AFTER if after else Column.UNRESOLVED_UNSEEN_BEFORE
        case End.RESOLVED | End.TO_FOLLOW:
            raise ValueError(f"an unseen visit cannot end as {visit.end}")
        case _:
            assert_never(visit.end)


def resolved_time(visit: Visit) -> Millis | None:
    """Arrival to the end resolved, signposted or booked; None while open and for every other end.

    Hart: "try to resolve your enquiry within 10 minutes of your arrival". *To follow* never counts as resolved.
    """
    if visit.end in (End.RESOLVED, End.SIGNPOSTED, End.BOOKED) and visit.ended_at is not None:
        return max(0, visit.ended_at - visit.arrived_at)
    return None


def resolved_clock(visit: Visit) -> Millis | None:
    """What the promise *resolved* is judged by, whatever the end: arrival to the end, or to the call that a no-show
    did not answer. None while open. Stepping out does not pause it.
    """
    if visit.ended_at is None:
        return None
    until: Instant | None = visit.ended_at
    if visit.end is End.NO_SHOW:
        until = visit.leg.called_at if visit.is_seen else visit.first_called_at
    return max(0, (visit.ended_at if until is None else until) - visit.arrived_at)


def own_lateness(visit: Visit) -> Millis:
    """How late the visitor came to an appointment; kept apart from the council's lateness."""
    return 0 if visit.booked_for is None else max(0, visit.arrived_at - visit.booked_for)
