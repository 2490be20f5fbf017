"""Visits as their facts tell them, for what no column says: by which call a no-show is judged."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.engine import Connection

from reception.domain.folding import visit_from
from reception.domain.visit import Visit
from reception.storage.journal import facts_of_visits


def folded_visits(connection: Connection, ids: Iterable[str]) -> dict[str, Visit]:
    """By id, in any order; one that is not known is left out. Few are to be asked for: each takes all its facts."""
    found = facts_of_visits(connection, sorted(set(ids)))
    return {visit_id: visit_from(visit_id, facts) for visit_id, facts in found.items()}
