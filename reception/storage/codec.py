"""Facts and results to JSON and back, by their declared types; text as a database takes it, and rows as it gives them.

Fields that stand at their default are left out of the JSON: the default of a fact's field is never changed.
"""

from __future__ import annotations

import typing
from collections import namedtuple
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from reception.domain import events
from reception.domain.events import Fact
from reception.services.commands import Result

_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    fact_type.__name__: TypeAdapter(fact_type)
    for fact_type in (*typing.get_args(events.VisitFact), *typing.get_args(events.OfficeFact))
}
_RESULT = TypeAdapter(Result)


def fact_to_json(fact: Fact) -> str:
    """The fact without the fields that stand at their default."""
    return _ADAPTERS[type(fact).__name__].dump_json(fact, exclude_defaults=True).decode()


def fact_from_json(kind: str, data: str) -> Fact:
    fact: Fact = _ADAPTERS[kind].validate_json(data)
    return fact


def result_to_json(result: Result) -> str:
    return _RESULT.dump_json(result, exclude_defaults=True).decode()


def result_from_json(data: str) -> Result:
    return _RESULT.validate_json(data)


def plain_row(statement: sa.Select[Any]) -> Any:
    """A named tuple for the rows of a statement: `plain_row(statement)._make`.

    For rows that are read by the hundred: SQLAlchemy's own look each name up, and take ten times as long.
    """
    return namedtuple("plain_row", statement.selected_columns.keys())
