"""The kiosk: a finger's touch to the next screen painted, and to the ticket saved, on either engine."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import time
from statistics import median
from time import perf_counter, process_time

from benchmarks.measure import Options, Row, at_most, percentile, postgresql_server, sqlite_file
from tests.support import HOUSING, At, door_on

NAME = "kiosk"
ROUNDS = 40
PATIENCE_S = 20.0


def run(options: Options) -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from reception.domain.stations import StationKind
    from tests.storage.roles import with_roles

    rows: list[Row] = []
    with ExitStack() as stack:
        own = stack.enter_context(sqlite_file(options.folder))
        server = stack.enter_context(postgresql_server())
        owner = server.create_database()
        roles = with_roles(owner)
        for engine, desk_url, kiosk_url in (("SQLite", own, own), ("PostgreSQL", owner, roles["kiosk"])):
            desk = door_on(desk_url)
            At(desk).set_up(hours=_always()).sign_in()
            door = door_on(kiosk_url, kind=StationKind.KIOSK)
            screens, saved, worked = _tickets(door, options.times(ROUNDS))
            desk.close()
            rows += [
                Row(f"{engine}: touch to next screen, p50", median(screens), "ms"),
                at_most(f"{engine}: touch to next screen, p95", percentile(screens, 0.95), "ms", 100),
                Row("the same in processor time, p95", percentile(worked, 0.95), "ms"),
                Row(f"{engine}: touch to saved ticket, p50", median(saved), "ms"),
                at_most(f"{engine}: touch to saved ticket, p95", percentile(saved, 0.95), "ms", 200),
            ]
    return rows


def _always() -> object:
    from reception.domain.office import Hours

    return tuple(Hours(day, time(0), time(23, 59)) for day in range(7))


def _tickets(door: object, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """So many visitors take a ticket, with a name in each language: every touch, and the one that saves."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from reception.config import Config, KioskConfig
    from reception.domain.languages import VISITOR_LANGUAGES
    from tests.support import PlainPins
    from tests.ui.kiosk_hands import Ear, Time
    from ui.kiosk.button import KioskButton
    from ui.kiosk.window import KioskWindow
    from ui.link import Link
    from ui.pulse import Pulse
    from ui.scanner import Scanner
    from ui.theme import add_fonts

    application = QApplication.instance() or QApplication([])
    add_fonts()
    clock = Time()
    link = Link(door)  # type: ignore[arg-type]  # the real door
    config = Config(station="Kiosk 1", kiosk=KioskConfig(full_screen=False))
    window = KioskWindow(link, config, Pulse(), Scanner(), Ear, PlainPins().verify, clock)
    window.resize(1080, 1920)
    window.show()
    done: list[float] = []
    link.done.connect(lambda *_: done.append(perf_counter()))
    device = QTest.createTouchDevice()

    def until(name: str) -> None:
        end = perf_counter() + PATIENCE_S
        while window.page is None or window.page.screen_shown.name != name:
            application.processEvents()
            if perf_counter() > end:
                raise TimeoutError(name)

    def touch(key: str, name: str) -> float:
        """Milliseconds from the finger's leaving to the next screen painted."""
        assert window.page is not None
        button = next(each for each in window.page.findChildren(KioskButton) if each.choice.key == key)
        at = button.mapTo(window, button.rect().center())
        QTest.touchEvent(window, device).press(0, at, window).commit()
        began, used = perf_counter(), process_time()
        QTest.touchEvent(window, device).release(0, at, window).commit()
        until(name)
        window.repaint()
        took = (perf_counter() - began) * 1_000
        worked.append((process_time() - used) * 1_000)
        clock.millis += 2_000
        # What comes between two touches of a person is nobody's wait.
        for _ in range(20):
            application.processEvents()
        return took

    until("language")
    clock.millis += 1_000
    screens: list[float] = []
    saved: list[float] = []
    worked: list[float] = []
    for number in range(rounds):
        tag = VISITOR_LANGUAGES[number % len(VISITOR_LANGUAGES)].tag
        screens += [touch(tag, "purpose"), touch("ticket", "service"), touch(HOUSING, "needs")]
        before = perf_counter()
        screens.append(touch("go_on", "last"))
        saved.append((done[-1] - before) * 1_000)
        screens.append(touch("finish", "language"))
    window._leaving = True  # noqa: SLF001  the PIN's slow hash is nobody's wait here
    window.close()
    return screens, saved, worked
