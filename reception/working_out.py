"""What takes seconds: simulated days, and what is found by many of them."""

from __future__ import annotations

from typing import Any

from reception.clock import MINUTE
from reception.domain.forecasting import hardly_open_words
from reception.domain.staffing import PolicyComparison, StaffingAnswer, WhatIfResult
from reception.errors import Code, Refusal
from reception.services import supervisor_queries as sq
from reception.statistics.comparing_rules import compare
from reception.statistics.simulating import what_if
from reception.statistics.staffing import demand_of, staffing
from reception.statistics.staffing_trial import TRIES
from reception.statistics.years_before import hardly_open
from reception.storage.database import Database
from reception.storage.queries.arrivals import past_arrivals
from reception.storage.queries.recorded_days import office_in, office_on
from reception.storage.upgrade import Progress


def work_out(database: Database, query: sq.LongQuery, progress: Progress) -> Any:
    """The answer to a long query: each query's docstring says what. Raises `Refusal`, and what `progress` raises."""
    match query:
        case sq.WhatIf():
            return _what_if(database, query, progress)
        case sq.Staffing():
            return _staffing(database, query, progress)
        case sq.ComparePolicies():
            return _compare(database, query, progress)


def _what_if(database: Database, query: sq.WhatIf, progress: Progress) -> WhatIfResult:
    progress(0, query.runs)
    office = office_on(database, query.office_id, query.day).office
    progress(0, query.runs)
    return what_if(office, query.plan, query.runs, query.seed, progress)


def _staffing(database: Database, query: sq.Staffing, progress: Progress) -> StaffingAnswer:
    progress(0, TRIES)
    seldom = hardly_open(past_arrivals(database, sq.Forecast(query.office_id, query.day)), query.day)
    if seldom is not None:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{hardly_open_words(seldom, query.day)}. So there is nothing to plan by.",
            "Choose a day on which the office is open.",
        )
    progress(0, TRIES)
    shown = office_on(database, query.office_id, query.day)
    progress(0, TRIES)
    office = shown.office
    target = office.targets.walk_in if query.target_min is None else round(query.target_min * MINUTE)
    demand = demand_of(office, query.day, shown.appointments, shown.record.office.hours, target, query.share)
    return staffing(demand, query.runs, query.seed, progress)


def _compare(database: Database, query: sq.ComparePolicies, progress: Progress) -> PolicyComparison:
    office = office_in(database, query.office_id, query.period.first, query.period.last, query.weeks)
    return compare(office, query.runs, query.seed, progress)
