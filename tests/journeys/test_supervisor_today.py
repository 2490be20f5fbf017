"""A supervisor opens the window of an office by keys, and sees today change while others work."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.config import CONFIG_NAME, Config
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.opening import open_door
from reception.services import commands as c
from reception.services.sample_office import CIVIC, COUNCIL_TAX, COUNTER_3, PIN, TOMASZ, civic_offices
from ui.program import Program
from ui.supervisor.today_page import TodayPage
from ui.supervisor.today_words import own_marks
from ui.supervisor.window import SupervisorWindow
from ui.tour import DAY

WHO: dict[str, str] = {"office_id": CIVIC, "counter_id": COUNTER_3, "officer_id": TOMASZ, "station": "Desk 3"}


def test_a_supervisor_signs_in_and_today_goes_on_by_itself(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    config = Config(database=f"sqlite:///{tmp_path / 'reception.db'}", station="Supervisor")
    clock = SetClock(DAY)
    desk = open_door(config, clock=clock)
    desk.do(c.SetUpOffice(office_id=CIVIC, settings=civic_offices()))
    desk.do(c.SignIn(**WHO, pin=PIN))
    desk.do(c.TakeTicket(**WHO, service_id=COUNCIL_TAX, print_ticket=False))

    def door(settings: Config, **more: object) -> Door:
        return open_door(settings, clock=clock, **more)  # type: ignore[arg-type]

    def no_sample(*_: object) -> Path:
        raise AssertionError("no sample was asked for")

    program = Program(qapp, config, tmp_path / CONFIG_NAME, no_sample, door, kind=StationKind.SUPERVISOR)
    try:
        program.start()
        qtbot.waitUntil(lambda: isinstance(program.window, SupervisorWindow), timeout=10_000)
        window = program.window
        assert isinstance(window, SupervisorWindow)
        qtbot.waitUntil(lambda: window.sign_in.officer.count() > 1, timeout=10_000)

        def press(keys: str) -> None:
            for key in keys:
                QTest.keyClick(window.windowHandle(), key)  # type: ignore[call-overload]

        press("Li")
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        press(PIN)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not window.is_locked, timeout=10_000)
        page = window.stack.currentWidget()
        assert isinstance(page, TodayPage)
        qtbot.waitUntil(page.area.isVisible, timeout=10_000)
        assert window.header.who.text() == "Supervisor, Li Wei"

        (view,) = page.views()
        before = (view.waiting, view.waits.seen, len(own_marks([view])))
        taken = desk.do(c.TakeTicket(**WHO, service_id=COUNCIL_TAX, print_ticket=False))
        qtbot.waitUntil(lambda: page.views()[0].waiting == before[0] + 1, timeout=10_000)
        day = page.chart.plot.day
        assert day is not None and len(day.marks) == before[2] + 1
        clock.advance(3 * MINUTE)
        desk.do(c.CallVisit(**WHO, visit_id=taken.visit_id, reason="a journey"))
        desk.do(c.StartService(**WHO, visit_id=taken.visit_id))
        qtbot.waitUntil(lambda: page.views()[0].waits.seen == before[1] + 1, timeout=10_000)
        rows = {row.cells[0]: row.cells for row in page.services.figures.rows}
        assert rows["All services"][4] == str(before[1] + 1)
        here = [row.cells for row in page.counters.figures.rows if row.cells[1] == "Tomasz Zieliński"]
        assert here == [("Counter 3", "Tomasz Zieliński", f"{taken.number} Council Tax", "under 1 min")]

        with pytest.raises(Refusal) as refused:
            desk.do(c.SignInSupervisor(office_id=CIVIC, officer_id=TOMASZ, pin=PIN))
        assert refused.value.code is Code.NOT_ALLOWED
    finally:
        for each in QApplication.topLevelWidgets():
            each.close()
        program.end()
        desk.close()
    assert program.bugs == 0
    program.deleteLater()
