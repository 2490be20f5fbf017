from __future__ import annotations

import pytest

from reception.documents.stationery import Stationery


@pytest.fixture(scope="session")
def stationery() -> Stationery:
    return Stationery.load()
