"""How often visits were overtaken, counted anew where a call counts for nothing any more, or counts again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reception.domain.events import Recorded, VisitCalled
from reception.domain.folding import leg_began
from reception.services.ports import UnitOfWork


def overtaken_by_calls(facts: Iterable[Recorded]) -> frozenset[str]:
    """The visits that any call among these facts has overtaken, whether the call stands or not."""
    return frozenset(each for item in facts if isinstance(item.fact, VisitCalled) for each in item.fact.overtook)


def facts_of(uow: UnitOfWork, visit_ids: Iterable[str]) -> dict[str, tuple[Recorded, ...]]:
    return {visit_id: uow.visits.load(visit_id).facts for visit_id in visit_ids}


def count_anew(uow: UnitOfWork, visits: Mapping[str, tuple[Recorded, ...]]) -> None:
    """Count how often the present legs of these visits, given with their facts, were overtaken."""
    for visit_id, facts in visits.items():
        uow.visits.recount_overtaken(visit_id, leg_began(visit_id, facts))
