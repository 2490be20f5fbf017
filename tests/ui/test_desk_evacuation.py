"""Evacuation: one action, a list that needs no database, and the day closed meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.config import ThemeName
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import commands as c
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, NONE, SHIFT, DeskDriver, with_three_waiting
from tests.ui.fake_door import OFFICE, FakeDoor
from ui.desk.evacuation_panel import CloseDayPanel, EvacuationPanel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    return with_three_waiting(qtbot)


def test_evacuation_is_one_action(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    assert panel.everyone.people == 3
    desk.until(lambda: len(desk.fake.evacuations) == 1)
    desk.until(lambda: desk.fake.evacuated_at is not None)
    desk.until(lambda: panel.printed_words.text() == "The list is printed.")
    desk.key(ESCAPE)
    desk.until_panel(None)
    banner = desk.window.evacuation
    assert banner.isVisible()
    assert banner.accessibleName() == "Evacuation since 10.42am. Calls are frozen at every desk."
    assert desk.main() == "Calls are frozen"
    desk.key(Qt.Key.Key_F5)
    desk.until_said("Calls are frozen: the building is being evacuated.")
    assert not desk.fake.visits["v1"].calls
    desk.key(Qt.Key.Key_F2)
    assert desk.panel() is None, "no ticket is given"
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    desk.until_panel(EvacuationPanel)
    desk.key(ENTER)
    assert desk.fake.evacuated_at is not None, "Enter never resumes"
    desk.key(Qt.Key.Key_R)
    desk.until_said("Calls go on.")
    desk.until(lambda: desk.has_button("Call next"))
    desk.until(desk.window.counter_sheet.main.hasFocus)
    assert not banner.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F6, Qt.Key.Key_Z])
def test_an_evacuation_by_a_slipped_key_is_taken_back_by_one_and_seen_at_both_desks(
    desk: DeskDriver, key: Qt.Key
) -> None:
    desk.call_next()
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    desk.until_said("Calls are frozen. Everybody is told to leave. Not meant?")
    desk.until(desk.window.evacuation.isVisible)
    desk.key(key, CTRL if key is Qt.Key.Key_Z else NONE)
    desk.until_said("Calls go on.")
    assert not any(isinstance(each, c.Undo) for each in desk.fake.done), "what was done before it is not meant"
    desk.until_panel(None)
    assert desk.fake.evacuated_at is None
    for at in (desk.fake.clock.now(), None):  # another desk slips, and takes it back
        desk.fake.evacuated_at = at
        desk.fake.sequence += 1
        desk.until(lambda at=at: desk.window.evacuation.isVisible() is (at is not None))
    desk.until_said("The evacuation is over.")


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_an_evacuation_from_another_desk_changes_the_whole_window(qtbot: QtBot, theme: str) -> None:
    door = FakeDoor()
    door.arrive("ctax", 5)
    desk = DeskDriver(qtbot, door, (1024, 768), theme=ThemeName(theme))
    desk.sign_in()
    desk.call_next()
    door.evacuated_at = door.clock.now()
    door.sequence += 1
    desk.until(desk.window.evacuation.isVisible)
    desk.until_answered()
    late = desk.window._look.now.colour("late")
    assert (desk.window.width(), desk.window.height()) == (1024, 768)
    grabbed = desk.window.grab().toImage()
    edges = ((2, 400), (1021, 400), (512, 2), (512, 765))
    assert [grabbed.pixelColor(*place) for place in edges] == [late] * 4, "an edge all round"
    assert not desk.has_button("Call again")
    assert not desk.has_button("New walk-in")
    desk.press("Who is inside")
    assert desk.until_panel(EvacuationPanel).everyone.people == 1
    assert sum(isinstance(each, c.Evacuate) for each in door.done) == 0, "looking is not evacuating again"
    desk.press("Everyone is back: resume")
    desk.until(lambda: not desk.window.evacuation.isVisible())


def test_closing_the_day_in_an_evacuation_asks_once_more(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    desk.until(lambda: desk.fake.evacuated_at is not None)
    desk.key(Qt.Key.Key_C)
    asked = desk.until_panel(CloseDayPanel)
    assert asked.words.text() == "2 are waiting and 1 is being served: their visits end as unresolved."
    desk.key(ESCAPE)
    assert desk.until_panel(EvacuationPanel) is panel
    desk.key(Qt.Key.Key_C)
    desk.until_panel(CloseDayPanel)
    desk.key(ENTER)
    desk.until_said("The day is closed.")
    desk.until_panel(None)
    assert desk.fake.visits["v3"].end is End.UNRESOLVED


def test_the_evacuation_list_is_shown_and_printed_without_a_database(desk: DeskDriver) -> None:
    desk.fake.gate.clear()
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    desk.until(lambda: len(desk.fake.evacuations) == 1)
    assert panel.everyone.office == OFFICE.name


def test_an_evacuation_list_that_does_not_print_stays_on_the_screen(desk: DeskDriver) -> None:
    desk.fake.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Put in a new roll.")
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    desk.until(lambda: "no paper" in panel.printed_words.text())
    assert len(panel.everyone.rows) == 3
