"""What a station did with a visit while it was cut off, beside what was done here meanwhile: what clashes, and fits."""

from __future__ import annotations

from collections.abc import Sequence

from reception.domain import events as e
from reception.domain.visit import Visit
from reception.domain.visit_states import End, State

_RESTS_ON_NOTHING = e.PaperOrdered | e.DetailsChanged | e.VisitLinked | e.DelayTold | e.NumberAdded
"""Facts of what is held of a visit: they say nothing of where it stands, and clash with nothing."""
_BEFORE_SERVICE = (State.WAITING, State.CALLED, State.ON_HOLD)
_OPEN = (State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)


def changed_elsewhere(facts: Sequence[e.Recorded], known: frozenset[str]) -> tuple[e.Recorded, ...]:
    """The facts of a visit that a station did not know of, and that moved it on: `known` are the commands it knew."""
    return tuple(
        item for item in facts if item.command_id not in known and not isinstance(item.fact, _RESTS_ON_NOTHING)
    )


def fits(visit: Visit, fact: e.VisitFact) -> bool:
    """Whether a fact may still follow where the visit stands, by the rules of `lifecycle`."""
    if visit.voided:
        return False
    match fact:
        case e.VisitCalled():
            return visit.state is State.WAITING and visit.is_ready
        case e.VisitCalledAgain() | e.CallWithdrawn() | e.ServiceStarted():
            return visit.state is State.CALLED
        case e.VisitHeld(own_request):
            return visit.state in (State.WAITING, State.CALLED) or (visit.state is State.SERVING and not own_request)
        case e.HoldEnded():
            return visit.state is State.ON_HOLD
        case e.VisitReturned():
            return visit.state is State.SERVING or (visit.hold is not None and visit.hold.from_service)
        case e.VisitTransferred(planned=True, ended=None):
            return visit.state is State.SERVING
        case e.VisitTransferred() | e.SpecialistTold():
            return visit.state in _OPEN
        case e.VisitEnded(end):
            return visit.state in _MAY_END.get(end, ())
        case e.SeenFirstMarked():
            return visit.state in _BEFORE_SERVICE
        case e.PaperOrdered() | e.DetailsChanged():
            return True
        case _:
            return False


_MAY_END = {
    End.RESOLVED: (State.SERVING,),
    End.TO_FOLLOW: (State.SERVING,),
    End.SIGNPOSTED: _OPEN,
    End.BOOKED: _OPEN,
    End.LEFT: _OPEN,
    End.NO_SHOW: (State.CALLED,),
}
