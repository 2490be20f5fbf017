"""Sits at a supervisor's window as a person does: real keys, real clicks, and eyes on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import SetClock
from reception.config import Config
from reception.domain.office import Office
from reception.domain.today_view import TodayView
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.supervisor_queries import Today
from tests.ui.fake_door import PIN, FakeDoor
from tests.ui.supervisor_values import OFFICE, busy
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.forecast_page import ForecastPage
from ui.supervisor.page import Page
from ui.supervisor.past_page import PastPage
from ui.supervisor.report_words import MAKING
from ui.supervisor.reports_page import ReportsPage
from ui.supervisor.run import build_supervisor
from ui.supervisor.staffing_page import StaffingPage
from ui.supervisor.today_page import TodayPage
from ui.theme import add_fonts

PATIENCE_MS = 10_000


class SupervisorDoor(FakeDoor):
    """Answers Today with values made by hand, by office; knows one PIN."""

    def __init__(self, *views: TodayView, offices: tuple[Office, ...] = ()) -> None:
        given = views or (busy(),)
        super().__init__(given[0].office, SetClock(given[0].now))
        self.today = {view.office.id: view for view in given}
        self.offices = offices or tuple(view.office for view in given)
        self.sequence = given[0].sequence

    def ask(self, query: q.Query) -> Any:
        if not isinstance(query, Today | q.Offices):
            return super().ask(query)
        self.gate.wait(30)
        with self.lock:
            self.asked.append(query)
            if self.fail_ask is not None:
                raise self.fail_ask
            return self.offices if isinstance(query, q.Offices) else self.today[query.office_id]

    def show(self, view: TodayView) -> None:
        """Something happened: the day stands so now."""
        with self.lock:
            self.sequence += 1
            self.today[view.office.id] = replace(view, sequence=self.sequence)
            self.clock.at = max(self.clock.at, view.now)  # type: ignore[attr-defined]

    def do_SignInSupervisor(self, command: c.SignInSupervisor) -> c.Result:
        if self.wrong_pins.get(command.officer_id, 0) >= 2:
            raise Refusal(Code.PIN_LOCKED, "Too many wrong PINs.", "Try again in 5 minutes.")
        if command.pin != PIN:
            self.wrong_pins[command.officer_id] = self.wrong_pins.get(command.officer_id, 0) + 1
            raise Refusal(Code.WRONG_PIN, "That PIN is not right.", "Try again.")
        return c.Result(command.id, at=self.clock.now())

    def days_asked(self) -> list[Today]:
        return [query for query in self.asked if isinstance(query, Today)]


def is_settled(page: Page) -> bool:
    """What the page has asked for when it was opened is on the screen."""
    match page:
        case TodayPage():
            return page.area.isVisible()
        case PastPage():
            return bool(page.finding.sentence.text()) and not page.finding.status.text()
        case ForecastPage():
            is_busy = page.waits.button.isVisible() and page.waits.action.text() == "Stop"
            return bool(page.finding.sentence.text()) and not page.finding.status.text() and not is_busy
        case StaffingPage():
            return not page.note.text().startswith("Reading") and not page.stop_action.isEnabled()
        case ReportsPage():
            return page.preview.pages() > 0 or page.state.text() != MAKING
        case _:
            raise AssertionError(f"nobody knows when {page} is settled")


class SupervisorDriver:
    """One window at one door."""

    def __init__(
        self, qtbot: QtBot, door: SupervisorDoor | None = None, size: tuple[int, int] = (1366, 768), **config: Any
    ) -> None:
        self.qtbot = qtbot
        self.door = door or SupervisorDoor()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        add_fonts()
        self.elapsed = 0
        """Milliseconds on the clock that the window counts on with; a test sets it."""
        self.pulse = Pulse(application, lambda: self.elapsed)
        self.link = Link(self.door, self.pulse.now, application)
        self.window = build_supervisor(self.link, Config(**{"station": "Supervisor", **config}), self.pulse)
        self.window.resize(*size)
        qtbot.addWidget(self.window, before_close_func=self._let_go)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.until(lambda: self.window.sign_in.officer.count() > 1)

    def _let_go(self, _window: QWidget) -> None:
        gate = getattr(self.door, "gate", None)
        if gate is not None:
            gate.set()

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.activePopupWidget() or self.window
        QTest.keyClick(target.windowHandle(), key, modifier)  # type: ignore[call-overload]

    def type(self, text: str) -> None:
        for character in text:
            self.key(character)

    def until(self, come: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(come, timeout=PATIENCE_MS)

    def sign_in(self, name: str = "Morag", pin: str = PIN) -> TodayPage:
        """By keys alone, until today is shown."""
        self.type(name)
        self.key(Qt.Key.Key_Tab)
        self.type(pin)
        self.key(Qt.Key.Key_Return)
        self.until(lambda: not self.window.is_locked)
        page = self.page()
        self.until(page.area.isVisible)
        QApplication.processEvents()
        return page

    def open(self, number: int) -> Page:
        """The page of that tab, by its key, once it says what it is to say and every layout of it is made."""
        self.key(str(number), Qt.KeyboardModifier.ControlModifier)
        page = self.window.stack.currentWidget()
        assert isinstance(page, Page)
        self.until(lambda: is_settled(page))
        before: list[QRect] = []
        while (now := [each.geometry() for each in self.window.findChildren(QWidget) if each.isVisible()]) != before:
            before = now
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.until(lambda: is_settled(page))
        return page

    def page(self) -> TodayPage:
        page = self.window.stack.currentWidget()
        assert isinstance(page, TodayPage)
        return page

    def tab_to(self, widget: QWidget) -> None:
        """With the Tab key alone."""
        for _ in range(60):
            if widget.hasFocus():
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"the Tab key does not come to {widget.accessibleName()}")

    def show(self, view: TodayView) -> None:
        """Something happened, and is on the screen."""
        self.door.show(view)
        self.until(lambda: any(each.sequence == self.door.sequence for each in self.page().views()))

    def panel_words(self) -> str:
        return self.window.sign_in.problem()


def window_of(view: TodayView, qtbot: QtBot, size: tuple[int, int], theme: str, percent: int) -> SupervisorDriver:
    """Signed in, with today on the screen."""
    driver = SupervisorDriver(qtbot, SupervisorDoor(view, offices=(OFFICE,)), size, theme=theme, text_percent=percent)
    driver.sign_in()
    return driver
