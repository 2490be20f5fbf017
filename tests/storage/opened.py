"""A database opened once, and a refusal in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from reception.errors import Code, Refusal
from reception.storage.engine import open_engine
from reception.storage.upgrade import prepare


@contextmanager
def refused(code: Code) -> Iterator[Refusal]:
    """A refusal with that code and two plain sentences."""
    with pytest.raises(Refusal) as found:
        yield  # type: ignore[misc]
    said = found.value
    assert said.code is code, said
    assert said.reason.endswith(".")
    assert said.remedy.endswith(".")
    assert "Error" not in str(said)


def open_once(url: str, **options: Any) -> None:
    engine = open_engine(url, **options)
    try:
        prepare(engine)
    finally:
        engine.dispose()
