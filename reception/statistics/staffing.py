"""How many counters it takes, half hour by half hour: the least staff hours that a search by simulated days finds.

`docs/definitions.md`, *Staffing*, says what is demanded. Every plan is tried on the same drawn days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from math import ceil

import numpy as np

from reception.clock import MINUTE, Millis
from reception.domain.office import Hours
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import SLOT_MINUTES, Desk, Plan, SmoothPlan, StaffedSlot, StaffingAnswer
from reception.errors import Code, Refusal
from reception.statistics.beside import Beside
from reception.statistics.drawing import mean_service
from reception.statistics.simulating import SLOT, SLOTS_OF_DAY, Progress, check_runs
from reception.statistics.staffing_search import JUDGED_FROM, Search
from reception.statistics.staffing_trial import TRIES, Demand, Effort, Outcome, Trial
from reception.statistics.usual_plan import desks_of

ROUGHLY = 60
"""A plan is looked for on so many of the days, and then mended on all of them: that takes half the time."""


def demand_of(
    office: RecordedOffice,
    day: date,
    appointments: tuple[tuple[int, str], ...],
    hours: Sequence[Hours],
    target: Millis,
    share: float,
) -> Demand:
    """Counters may be open whenever the office is by its hours; one without hours from the first half hour to the last
    in which one comes every other day. One without counters of its own may have three times as many as have work, and
    three more. Twice as many as have work, in the busiest half hour, are reasonable."""
    of_day = [each for each in hours if each.weekday == day.weekday()]
    rates = np.zeros(SLOTS_OF_DAY)
    for past in office.days:
        for visit in past.visits:
            rates[min(SLOTS_OF_DAY - 1, visit.joined // SLOT)] += 1 / len(office.days)
    for minute, _ in appointments:
        rates[minute // SLOT_MINUTES] += 1
    if of_day:
        opens = min(_minute(each.opens) for each in of_day)
        closes = max(_minute(each.closes) for each in of_day)
        slots = range(opens // SLOT_MINUTES, -(-closes // SLOT_MINUTES))
    else:
        busy = np.flatnonzero(rates >= min(JUDGED_FROM, rates.max()))
        slots = range(int(busy[0]), int(busy[-1]) + 1)
    mean, _ = mean_service(office)
    at_work = max(1, ceil(rates.max() * (mean + office.settings.call_to_start) / SLOT))
    most = office.counters or 3 + 3 * at_work
    return Demand(office, day, appointments, slots, most, min(most, 2 * at_work), target, share)


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


def staffing(demand: Demand, runs: int, seed: int, progress: Progress) -> StaffingAnswer:
    """The least staff hours found. Refuses BAD_INPUT; raises what `progress` raises."""
    check_runs(runs)
    if not 0 < demand.share < 1:
        raise Refusal(
            Code.BAD_INPUT, f"{demand.share:g} is not a share that can be asked for.", "Name one between 0 and 1."
        )
    if demand.target <= 0:
        raise Refusal(Code.BAD_INPUT, "The target is no time at all.", "Name one of a minute or more.")
    effort = Effort(progress)
    effort.tell()
    beside = Beside(demand.office, demand.slots, demand.target, demand.share, demand.most)
    trial = Trial(demand, runs, seed, effort)
    search = Search(trial, demand, effort, beside.counters())
    if runs > ROUGHLY:
        roughly = Trial(demand, ROUGHLY, seed, effort)
        rough = Search(roughly, demand, effort, beside.counters(), search.out_of_reach)
        found = search.mended(rough.least().counters)
    else:
        found = search.least()
    answer = _answer(demand, found, search, trial, beside)
    progress(TRIES, TRIES)
    return answer


def _answer(demand: Demand, found: Outcome, search: Search, trial: Trial, beside: Beside) -> StaffingAnswer:
    office = demand.office
    smooth = search.smooth(found)
    erlang = beside.counters_or_none()
    waiting = trial.waiting_at(found.counters, demand.slots)
    arrivals = trial.arrivals()
    mean, _ = mean_service(office)
    plan = Plan(
        _desks(found),
        office.rule,
        office.settings,
        demand.appointments,
    )
    return StaffingAnswer(
        office=office.name,
        day=demand.day,
        target_min=demand.target / MINUTE,
        share=demand.share,
        is_met=search.full.share >= demand.share,
        share_kept=trial.shares_of_days(found.counters),
        staff_hours=plan.staff_hours,
        erlang_staff_hours=None
        if any(each is None for each in erlang.values())
        else sum(each for each in erlang.values() if each is not None) * SLOT_MINUTES / 60,
        slots=tuple(
            StaffedSlot(
                minute=slot * SLOT_MINUTES,
                arrivals=float(arrivals[slot]),
                service_min=(mean + office.settings.call_to_start) / MINUTE,
                counters=found.counters[slot],
                share_kept=found.shares.get(slot),
                erlang=erlang[slot],
                misled=beside.misled(slot, found.counters[slot], waiting[slot]),
                is_out_of_reach=slot in search.out_of_reach,
            )
            for slot in demand.slots
        ),
        runs=trial.runs,
        plan=plan,
        mean_kept=found.share,
        reasonable=demand.reasonable,
        days=len(office.days),
        smooth=None if smooth is None else _smooth(demand, smooth),
    )


def _smooth(demand: Demand, found: Outcome) -> SmoothPlan:
    counters = tuple(found.counters[slot] for slot in demand.slots)
    return SmoothPlan(counters, sum(counters) * SLOT_MINUTES / 60, found.share, _desks(found))


def _desks(found: Outcome) -> tuple[Desk, ...]:
    return desks_of(found.counters, [frozenset()] * max(found.counters.values()))
