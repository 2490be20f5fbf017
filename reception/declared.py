"""Values read into dataclasses by their declared types: what a settings file and the environment give.

Known are str, int, float, enumerations of words and dataclasses of these; `Annotated` with a `Range` or a `Length`
narrows a field. (A library for this takes longer to load than a desk has to show its first row.)
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")

_BETWEEN = "__"
"""Stands between a table's name and its key in the name of an environment variable."""


@dataclass(frozen=True)
class Range:
    """A number from `least` to `most`, both allowed."""

    least: float
    most: float


@dataclass(frozen=True)
class Length:
    """A text of `least` to `most` characters."""

    least: int
    most: int


@dataclass(frozen=True)
class FromEnvironment:
    """A value as an environment variable gives it: text, whatever is declared."""

    variable: str
    text: str


class UnfitError(ValueError):
    """A value that is not what is declared. `wanted` None: nothing of that name is."""

    def __init__(self, key: str, found: object, wanted: str | None, variable: str | None = None) -> None:
        super().__init__(f"{key}: {wanted or 'not declared'}")
        self.key = key
        """Its name, after those of the tables that it stands in."""
        self.found = found
        self.wanted = wanted
        self.variable = variable
        """The environment variable that gave it; None where the file did."""


def of_the_environment(declared: type, prefix: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a dataclass that environment variables set, RECEPTION_PRINTER__KIND for `printer.kind`."""
    values: dict[str, Any] = {}
    for name, hint in typing.get_type_hints(declared).items():
        variable = f"{prefix}{name.upper()}"
        if is_dataclass(hint):
            if inner := of_the_environment(hint, variable + _BETWEEN, environ):  # type: ignore[arg-type]
                values[name] = inner
        elif variable in environ:
            values[name] = FromEnvironment(variable, environ[variable])
    return values


def read_as(declared: type[T], values: Mapping[str, Any], first: Mapping[str, Any], key: str = "") -> T:
    """A dataclass of the values; those of `first` come before them. Raises `UnfitError`."""
    hints = typing.get_type_hints(declared, include_extras=True)
    fields = {}
    for name, value in {**values, **first}.items():
        full = f"{key}.{name}" if key else name
        if name not in hints:
            raise UnfitError(full, value, None)
        hint = hints[name]
        if is_dataclass(hint):
            table = values.get(name, {})
            if not isinstance(table, dict):
                raise UnfitError(full, table, "a table")
            fields[name] = read_as(hint, table, first.get(name, {}), full)  # type: ignore[arg-type]
        elif isinstance(value, FromEnvironment):
            fields[name] = _value(full, value.text, hint, value.variable)
        else:
            fields[name] = _value(full, value, hint, None)
    return declared(**fields)


def _value(key: str, found: Any, hint: Any, variable: str | None) -> Any:
    kind, *limits = (hint.__origin__, *hint.__metadata__) if hasattr(hint, "__metadata__") else (hint,)
    value, wanted = found, _words(kind, limits)
    try:
        if issubclass(kind, StrEnum) or variable is not None:
            value = kind(found)
        elif kind is float and type(found) is int:
            value = float(found)
    except ValueError:
        raise UnfitError(key, found, wanted, variable) from None
    if type(value) is not kind or not all(_is_within(value, limit) for limit in limits):
        raise UnfitError(key, found, wanted, variable)
    return value


def _is_within(value: Any, limit: Range | Length) -> bool:
    return bool(limit.least <= (len(value) if isinstance(limit, Length) else value) <= limit.most)


def _words(kind: type, limits: list[Any]) -> str:
    if issubclass(kind, StrEnum):
        return "one of: " + ", ".join(f"“{each.value}”" for each in kind)
    for limit in limits:
        if isinstance(limit, Length):
            return f"a text of {limit.least} to {limit.most} characters"
        return f"{'a whole number' if kind is int else 'a number'} from {limit.least:g} to {limit.most:g}"
    return {str: "a text", int: "a whole number", float: "a number"}[kind]
