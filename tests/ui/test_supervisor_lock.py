"""The supervisor's window locks when its clock, or the settings, say so, and nothing is saved from it afterwards."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.office import Role
from reception.domain.stations import Beat
from tests.ui.supervisor_driver import SupervisorDriver
from tests.ui.supervisor_values import NOW, OFFICE
from ui.pulse import Pulse
from ui.supervisor.alone import LOCK_AFTER, Alone


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
