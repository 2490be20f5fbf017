"""A visit's clocks, and the one column that it is counted in. docs/definitions.md says how each is reckoned."""

from __future__ import annotations

from typing import assert_never

from reception.clock import Instant, Millis
from reception.domain.columns import Column
from reception.domain.standards import is_within
from reception.domain.visit import Visit
from reception.domain.visit_states import End


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
        paused += visit.out_now(now)
    return max(0, until - visit.promise_starts - paused)


def judged_wait(visit: Visit) -> Millis | None:
    """The wait that the promise of a no-show who came back is judged by for good; None of all others."""
    return promise_wait(visit, visit.last_at) if visit.judged_by_first_call else None


def lost_by_first_call(visit: Visit) -> Instant | None:
    """The end of a promise that a no-show who came back had lost at the first call; None where it was kept, or none was
    made."""
    target, wait = visit.promise.seen, judged_wait(visit)
    if target is None or wait is None or is_within(wait, target):
        return None
    return visit.promise_starts + visit.stepped_out_at_first_call + target


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
