"""Facts and results to JSON and back, by their declared types; text as a database takes it, and rows as it gives them.

Fields that stand at their default are left out of the JSON: the default of a fact's field is never changed.
"""

from __future__ import annotations

import typing
from collections import namedtuple
from typing import Any

import msgspec
import sqlalchemy as sa

from reception.domain import events
from reception.domain.events import Fact
from reception.services.commands import Result

_FACTS: dict[str, type[Fact]] = {
    fact.__name__: fact
    for union in (events.VisitFact, events.AppointmentFact, events.OfficeFact)
    for fact in typing.get_args(union)
}


def fact_to_json(fact: Fact) -> str:
    return _to_json(fact)


def fact_from_json(kind: str, data: str) -> Fact:
    """Raises `msgspec.ValidationError` for what is no such fact."""
    return msgspec.json.decode(data, type=_FACTS[kind])


def result_to_json(result: Result) -> str:
    return _to_json(result)


def result_from_json(data: str) -> Result:
    return msgspec.json.decode(data, type=Result)


def _to_json(value: Fact | Result) -> str:
    names = value.__struct_fields__
    defaults = dict(zip(reversed(names), reversed(value.__struct_defaults__), strict=False))
    told = {name: own for name in names if (own := getattr(value, name)) != defaults.get(name, msgspec.NODEFAULT)}
    return msgspec.json.encode(told).decode()


def plain_row(statement: sa.Select[Any]) -> Any:
    """A named tuple for the rows of a statement: `plain_row(statement)._make`.

    For rows that are read by the hundred: SQLAlchemy's own look each name up, and take ten times as long.
    """
    return namedtuple("plain_row", statement.selected_columns.keys())
