"""What takes seconds: simulated days, and what is found by many of them."""

from __future__ import annotations

from typing import Any

from reception.errors import Code, Refusal
from reception.services import supervisor_queries as sq
from reception.storage.unit_of_work import Database
from reception.storage.upgrade import Progress


def work_out(database: Database, query: sq.LongQuery, progress: Progress) -> Any:
    """The answer to a long query: each query's docstring says what. Raises `Refusal`, and what `progress` raises."""
    match query:
        case _:
            raise Refusal(Code.NOT_POSSIBLE_NOW, "That cannot be worked out yet.")
