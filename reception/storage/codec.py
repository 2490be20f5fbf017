"""Facts and results to JSON and back, by their declared types; text as a database takes it, and rows as it gives them.

Fields that stand at their default are left out of the JSON: the default of a fact's field is never changed.
"""

from __future__ import annotations

import typing
from collections import namedtuple
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reception.domain import events
from reception.domain.events import Fact
from reception.services.commands import Result

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_STORED: dict[str, type[Any]] = {
    stored.__name__: stored
    for stored in (*typing.get_args(events.VisitFact), *typing.get_args(events.OfficeFact), Result)
}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    # A desk shows its queue without reading a fact, and pydantic takes long to load.
    from pydantic import TypeAdapter

    return TypeAdapter(_STORED[kind])


def load_all() -> None:
    """Have everything at hand that facts and results are written with, so that the first command need not wait."""
    for kind in _STORED:
        _adapter(kind)


def fact_to_json(fact: Fact) -> str:
    """The fact without the fields that stand at their default."""
    return _adapter(type(fact).__name__).dump_json(fact, exclude_defaults=True).decode()


def fact_from_json(kind: str, data: str) -> Fact:
    fact: Fact = _adapter(kind).validate_json(data)
    return fact


def result_to_json(result: Result) -> str:
    return _adapter(Result.__name__).dump_json(result, exclude_defaults=True).decode()


def result_from_json(data: str) -> Result:
    result: Result = _adapter(Result.__name__).validate_json(data)
    return result


def storable(text: str) -> str:
    """Text as given, but for what no database keeps: NUL is left out, half a surrogate pair becomes a question mark."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def plain_row(statement: sa.Select[Any]) -> Any:
    """A named tuple for the rows of a statement: `plain_row(statement)._make`.

    For rows that are read by the hundred: SQLAlchemy's own look each name up, and take ten times as long.
    """
    return namedtuple("plain_row", statement.selected_columns.keys())
