"""Text that every database, file and printer can keep."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def storable(text: str) -> str:
    """Text as given, but for what no database keeps: NUL is left out, half a surrogate pair becomes a question mark."""
    kept = text.replace("\0", "").encode("utf-8", "replace").decode()
    return text if kept == text else kept


def cleaned(value: T) -> T:
    """A frozen value with every text in it storable, however deep; the very same value when nothing was amiss."""
    kept: T = _cleaned(value)
    return kept


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple | frozenset):
        items = [_cleaned(item) for item in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else type(value)(items)
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changes = {name: kept for name, held in old.items() if (kept := _cleaned(held)) is not held}
        return replace(value, **changes) if changes else value
    return value
