"""Everyone inside, from this station's own memory: the last view is enough, no database is asked."""

from __future__ import annotations

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from reception.domain.evacuation import EvacuationList, EvacuationRow
from reception.domain.person import Need
from reception.domain.visit_states import State

WAITING_ROOM = ""


def evacuation_list(view: DeskView, now: Instant) -> EvacuationList:
    """Whoever is inside, by number: the waiting room first, then the counters, then those set aside.

    Those who stepped out at their own request are outside.
    """
    rows = [
        EvacuationRow(row.number, row.party_size, WAITING_ROOM, Need.STEP_FREE in row.person.needs)
        for row in view.queue
    ]
    known = {row.number for row in rows}
    present = view.present
    if present is not None:
        step_free = Need.STEP_FREE in present.person.needs
        rows.append(EvacuationRow(present.number, present.party_size, view.counter_name, step_free))
        known.add(present.number)
    for counter in view.counters:
        if counter.number and counter.number not in known:
            rows.append(EvacuationRow(counter.number, counter.party_size, counter.name, counter.step_free))
            known.add(counter.number)
    for aside in view.asides:
        inside = aside.state in (State.ON_HOLD, State.CALLED) and not aside.own_request
        if inside and aside.number not in known:
            rows.append(EvacuationRow(aside.number, aside.party_size, aside.counter, aside.step_free))
            known.add(aside.number)
    return EvacuationList(view.office.name, now, view.office.timezone, tuple(rows))
