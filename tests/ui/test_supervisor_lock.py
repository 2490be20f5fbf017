"""The supervisor's window locks when its clock, or the settings, say so, and nothing is saved from it afterwards."""

from __future__ import annotations

import gc
import re

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.forecasting import ArrivalsForecast
from reception.domain.grouping import Grouping
from reception.domain.office import Role
from reception.domain.past_view import PastView
from reception.domain.staffing import StaffingAnswer, WhatIfResult
from reception.domain.stations import Beat
from reception.domain.today_view import TodayView
from reception.services.supervisor_queries import Past
from tests.ui import past_values
from tests.ui.fake_door import PIN
from tests.ui.supervisor_driver import SupervisorDriver, is_settled
from tests.ui.supervisor_values import NOW, OFFICE
from tests.ui.whole_window import PAGES, WholeDoor
from ui.book.letter_pages import Pages
from ui.pulse import Pulse
from ui.supervisor.alone import LOCK_AFTER, Alone
from ui.supervisor.past_page import PastPage
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.heat_map import HeatMap


def test_a_clock_that_is_put_back_does_not_keep_it_open_for_hours(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    pulse = Pulse(field, lambda: 0)
    pulse.set_now(NOW)
    alone = Alone(pulse, field)
    alone.watch()
    before = NOW - 4 * LOCK_AFTER
    assert [alone.look(before + passed) for passed in (0, LOCK_AFTER, 2 * LOCK_AFTER)] == [False, False, True]


def test_a_window_of_somebody_who_is_no_supervisor_any_more_locks_itself(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    driver.sign_in()
    staff = tuple(replace(each, role=Role.OFFICER) if each.id == "morag" else each for each in OFFICE.staff)
    driver.door.offices = (replace(OFFICE, staff=staff),)
    driver.link.beat.emit(Beat(driver.door.sequence, 2, NOW))
    driver.until(lambda: driver.window.is_locked)
    assert driver.window.sign_in.words.text() == "The settings no longer make Morag Sinclair a supervisor."
    names = [driver.window.sign_in.officer.itemText(at) for at in range(driver.window.sign_in.officer.count())]
    assert names == ["Choose a name", "Li Wei"]


def test_nothing_is_saved_from_a_window_that_has_locked_itself(qtbot: QtBot) -> None:
    """The dialog that asks for a file goes with the figures."""
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    driver.tab_to(page.chart.plot)
    asked: list[QWidget] = []

    def leave_alone() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        asked.append(dialog)
        driver.door.clock.advance(LOCK_AFTER)  # type: ignore[attr-defined]
        driver.door.sequence += 1

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            asked.append(dialog)
            dialog.reject()

    QTimer.singleShot(100, driver.window, leave_alone)
    QTimer.singleShot(4_000, driver.window, give_up)
    driver.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert driver.window.is_locked and len(asked) == 1


def test_a_locked_window_keeps_no_figure_and_loses_nothing_that_was_typed(qtbot: QtBot) -> None:
    groups = (past_values.group(past_values.SERVICES[0], "Zadie Quill"),)
    door = WholeDoor(past=replace(past_values.view(Grouping.OFFICER), groups=groups, groups_before=()))
    own = _figures()
    driver = SupervisorDriver(qtbot, door)
    driver.sign_in()
    for number in range(len(PAGES), 1, -1):
        page = driver.open(number)
    assert isinstance(page, PastPage)
    driver.tab_to(page.figures.by)
    while page.figures.by.value() != Grouping.OFFICER:
        driver.key(Qt.Key.Key_Down)
    driver.until(lambda: "Zadie Quill" in _said(driver.window))
    driver.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    driver.tab_to(page.panel.day)
    driver.type("3 March 2026")
    driver.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert driver.window.is_locked
    assert door.signed_out == 1, "the door answers by officer no more"
    assert re.findall(r"Zadie Quill|\d\d%", _said(driver.window)) == []
    assert not any(each.pages() for each in driver.window.findChildren(Pages))
    QApplication.processEvents()
    kept = [type(each).__name__ for each in _figures() if not any(each is one for one in own)]
    assert kept == []
    driver.type(PIN)
    driver.key(Qt.Key.Key_Return)
    driver.until(lambda: not driver.window.is_locked and is_settled(page))
    assert "Zadie Quill" in _said(driver.window), "it is asked anew, as it was grouped"
    assert [query.by for query in door.asked if isinstance(query, Past)][-1] is Grouping.OFFICER
    assert page.panel.isVisible() and page.panel.day.text() == "3 March 2026"


def _figures() -> list[object]:
    """All that are in memory."""
    gc.collect()
    kinds = (PastView, TodayView, ArrivalsForecast, WhatIfResult, StaffingAnswer)
    return [each for each in gc.get_objects() if isinstance(each, kinds)]


def _said(window: QWidget) -> str:
    """All that the window says or could say: shown, hidden, and read aloud."""
    found = []
    for each in window.findChildren(QWidget):
        found += [each.accessibleName(), each.accessibleDescription()]
        if isinstance(each, FiguresTable):
            found += [cell for row in each.figures.rows for cell in row.cells]
        elif isinstance(each, HeatMap):
            found += each.sides()
        elif callable(text := getattr(each, "text", None)):
            found.append(text())
    return "\n".join(found)
