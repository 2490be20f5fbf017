"""What takes seconds: simulated days, and what is found by many of them."""

from __future__ import annotations

from typing import Any

from reception.domain.staffing import WhatIfResult
from reception.services import supervisor_queries as sq
from reception.statistics.simulating import what_if
from reception.storage.queries.recorded_days import office_on
from reception.storage.unit_of_work import Database
from reception.storage.upgrade import Progress


def work_out(database: Database, query: sq.LongQuery, progress: Progress) -> Any:
    """The answer to a long query: each query's docstring says what. Raises `Refusal`, and what `progress` raises."""
    match query:
        case sq.WhatIf():
            return _what_if(database, query, progress)


def _what_if(database: Database, query: sq.WhatIf, progress: Progress) -> WhatIfResult:
    office = office_on(database, query.office_id, query.day).office
    return what_if(office, query.plan, query.runs, query.seed, progress)
