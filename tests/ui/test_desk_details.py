"""Details that another desk changes while they are corrected here."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.domain.person import Need, Person
from tests.ui.desk_driver import CTRL, ENTER, DeskDriver
from tests.ui.fake_door import FakeDoor
from ui.desk.details_panel import DetailsPanel
from ui.desk.visit_panel import VisitPanel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    door = FakeDoor()
    door.arrive("ctax", 5, name="Ann")
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def open_details(desk: DeskDriver) -> DetailsPanel:
    desk.choose_row(desk.window.queue, "C001")
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_D)
    return desk.until_panel(DetailsPanel)


def test_what_another_desk_has_said_meanwhile_stays(desk: DeskDriver) -> None:
    open_details(desk)
    visit = desk.fake.by_number("C001")
    visit.person = replace(visit.person, needs=frozenset({Need.STEP_FREE}))
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Anne")
    desk.key(ENTER)
    desk.until_said("Details of C001 saved.")
    assert visit.person == Person("Anne", needs=frozenset({Need.STEP_FREE}))


def test_what_both_have_changed_is_shown_beside_what_was_typed(desk: DeskDriver) -> None:
    panel = open_details(desk)
    visit = desk.fake.by_number("C001")
    visit.person = replace(visit.person, name="Anna", spoken="pl", needs=frozenset({Need.STEP_FREE}))
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Anne")
    desk.key(ENTER)
    desk.until(panel.held_now.isVisible)
    assert "Another desk has changed the name" in panel.problem()
    assert panel.held_now.text() == "Held now: name “Anna”."
    assert panel.form.person() == Person("Anne", "pl", needs=frozenset({Need.STEP_FREE}))
    assert visit.person.name == "Anna"
    desk.key(ENTER)
    desk.until_said("Details of C001 saved.")
    assert visit.person == Person("Anne", "pl", needs=frozenset({Need.STEP_FREE}))
