"""A desk for a simulated week: its memory after each day, in MB, as JSON. Run by `benchmarks.soak`.

The visits are those of other counters, through a door of their own; the desk hears of them as it always does, and
calls, starts and finishes some itself.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reception.clock import HOUR, SetClock
from reception.config import Config
from reception.errors import Code, Refusal
from reception.services import commands as c
from tests.support import COUNCIL_TAX, COUNTER_1, COUNTER_2, EWAN, HOUSING, OFFICE, PLANNING, PRIYA, At, door_on
from ui.desk.run import build_desk
from ui.link import Link
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme

MONDAY_9 = 1_772_442_000_000
"""2 March 2026, 9 in the morning in London."""
OPEN_FOR = 8 * HOUR
WAITING = 12
OWN_EVERY = 12
"""One visit in so many is the desk's own."""


def memory_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


class Week:
    """The office, its other counters, and the desk's window."""

    def __init__(self, url: str, visits: int, days: int) -> None:
        self._clock = SetClock(MONDAY_9)
        self._a_day, self._days = visits // days, days
        self._others = At(door_on(url, self._clock), counter=COUNTER_1, officer=PRIYA).set_up()
        self._link = Link(door_on(url, self._clock))
        self._window: Any = build_desk(self._link, Config(database=url, station="Desk 2"), Pulse(), Scanner())
        self._window.resize(1366, 768)
        self._window.show()
        self._window.desk.keys.double_press_s = 0

    def memory(self) -> list[float]:
        """Play the week; the memory after each day."""
        after = []
        for day in range(self._days):
            self._clock.at = MONDAY_9 + day * 24 * HOUR
            self._begin_day()
            for number in range(self._a_day):
                self._clock.advance(OPEN_FOR // self._a_day)
                self._visit(number)
                QApplication.processEvents()
            QTest.qWait(1_500)
            after.append(memory_mb())
        return after

    def _begin_day(self) -> None:
        self._others.door.close_days(OFFICE)
        for counter, officer in ((COUNTER_1, PRIYA), (COUNTER_2, EWAN)):
            At(self._others.door, counter=counter, officer=officer, station=f"Desk {counter[-1]}").sign_in()
        self._window.desk.presence.choose_office(OFFICE)
        self._window.desk.presence.sign_in(COUNTER_2, EWAN)
        self._window.stack.close_all()

    def _visit(self, number: int) -> None:
        self._others.take((HOUSING, COUNCIL_TAX, PLANNING)[number % 3])
        self._others.taken.clear()
        if number % OWN_EVERY == 0:
            self._window.stack.close_all()
            for _ in range(3):
                QTest.keyClick(self._window.windowHandle(), Qt.Key.Key_F5)
                QTest.qWait(40)
        elif number > WAITING:
            try:
                visit = self._others.next()
                self._others.on(c.StartService, visit)
                self._others.on(c.Finish, visit)
            except Refusal as no:
                if no.code is not Code.NOBODY_WAITING:
                    raise


def main(visits: int, days: int) -> None:
    application = QApplication([])
    add_fonts()
    apply_look(application, Look(load_theme("light"), 100))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        memory = Week(f"sqlite:///{folder}/week.db", visits, days).memory()
        sys.stdout.write(json.dumps(memory) + "\n")
        sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
