"""Garbage is looked for on the GUI thread only, and it is looked for."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ui.garbage import LOOKS_EVERY_MS, GarbageCollector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    # As a program is after its start: there is a lot, and none of it is old.
    gc.collect()
    made = GarbageCollector()
    made.begin()
    yield made
    made.deleteLater()


@pytest.mark.usefixtures("collector")
def test_a_timer_that_nobody_holds_ends_on_its_own_thread(qtbot: QtBot) -> None:
    ended_on: list[int] = []

    class Tells:
        def __del__(self) -> None:
            ended_on.append(threading.get_ident())

    timer = QTimer()
    timer.start(60_000)
    timer.itself = timer  # type: ignore[attr-defined]
    timer.tells = Tells()  # type: ignore[attr-defined]
    del timer

    def work() -> None:
        assert len([[each] for each in range(100_000)]) > gc.get_threshold()[0]

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended_on == []
    kept = [[each] for each in range(gc.get_threshold()[0] + 1)]
    qtbot.waitUntil(lambda: ended_on != [], timeout=20 * LOOKS_EVERY_MS)
    assert ended_on == [threading.get_ident()]
    assert kept
