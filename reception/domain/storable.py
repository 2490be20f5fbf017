"""Text that every database, file and printer can keep."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

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
    if isinstance(value, dict):
        kept = {_cleaned(key): _cleaned(held) for key, held in value.items()}
        return value if all(kept.get(key) is held for key, held in value.items()) else kept
    if isinstance(value, Struct):
        old = {name: getattr(value, name) for name in value.__struct_fields__}
        changes = {name: kept for name, held in old.items() if (kept := _cleaned(held)) is not held}
        return replace(value, **changes) if changes else value
    return value
