"""What screens and paper are made from, read in one transaction each."""

from __future__ import annotations

from reception.storage.queries.cards import one_visit, search, visit_by_code
from reception.storage.queries.desk import desk_view
from reception.storage.queries.figures import resolved_figures, visit_figures
from reception.storage.queries.names import record_of
from reception.storage.queries.paper import paper_of

__all__ = [
    "desk_view",
    "one_visit",
    "paper_of",
    "record_of",
    "resolved_figures",
    "search",
    "visit_by_code",
    "visit_figures",
]
