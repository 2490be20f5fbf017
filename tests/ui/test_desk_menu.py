"""The desk's menu: look, text size and settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.desk_driver import CTRL, ENTER, DeskDriver, with_three_waiting
from tests.ui.fake_door import FakeDoor
from ui.desk.evacuation_panel import EvacuationPanel
from ui.desk.menu_panel import MenuPanel
from ui.widgets import ElidingLabel, KeyButton


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    return with_three_waiting(qtbot)


def test_a_newcomer_finds_evacuation_look_and_settings_in_the_menu(desk: DeskDriver) -> None:
    """By mouse from the button at the top; nothing that ends or freezes anything has the focus."""
    desk.press("Menu")
    panel = desk.until_panel(MenuPanel)
    headings = [each.text() for each in panel.findChildren(ElidingLabel) if each.isVisible()]
    at = [headings.index(words) for words in ("Menu", "Evacuation", "How this window looks", "This desk")]
    assert at == sorted(at)
    assert panel.theme.isAncestorOf(desk.focused())
    evacuate = next(each for each in panel.findChildren(KeyButton) if each.text() == "Evacuate")
    assert not evacuate.visibleRegion().isEmpty(), "it is in sight without scrolling"
    for key in (ENTER, Qt.Key.Key_Space):
        desk.key(key)
    desk.until_answered()
    assert desk.fake.evacuated_at is None
    desk.click(evacuate)
    desk.until_panel(EvacuationPanel)
    desk.until(lambda: desk.fake.evacuated_at is not None)


@pytest.mark.parametrize(
    ("size", "words", "begin", "steps"),
    [
        ((1366, 768), "Larger", 80, [90, 100, 110, 125, 150, 175, 200, 200]),
        ((1366, 768), "Smaller", 200, [175, 150, 125, 110, 100, 90, 80, 80]),
        ((1920, 1080), "Smaller", 200, [175, 150, 125, 110, 100, 90, 80, 80]),
        ((1024, 768), "Larger", 80, [90, 100, 110, 125, 150, 175, 200, 200]),
    ],
)
def test_the_text_size_is_changed_step_by_step_without_moving_the_mouse(
    qtbot: QtBot, size: tuple[int, int], words: str, begin: int, steps: list[int]
) -> None:
    desk = DeskDriver(qtbot, FakeDoor(), size, text_percent=begin)
    desk.sign_in()
    desk.key(Qt.Key.Key_F1)
    panel = desk.until_panel(MenuPanel)
    button = next(each for each in panel.findChildren(KeyButton) if each.text() == words)
    window = desk.window
    for _ in range(2):  # bringing it in sight may lay out the panel anew
        desk.bring_in_sight(button)
        desk.until_still()
    place = button.mapTo(window, QPoint(button.width() // 2, button.height() * 3 // 4))
    seen = []
    for _ in steps:
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        seen.append(int(panel.size_words.text().removesuffix(" %")))
        desk.until_answered()
    assert seen == steps
    QTest.mouseMove(window.windowHandle(), QPoint(5, 5))
    desk.until(lambda: panel.content.contentsMargins().top() == 0)


def test_the_menu_panel_changes_theme_and_text(desk: DeskDriver) -> None:
    themes: list[str] = []
    sizes: list[int] = []
    desk.window.theme_chosen.connect(themes.append)
    desk.window.text_percent_chosen.connect(sizes.append)
    desk.key(Qt.Key.Key_F1)
    panel = desk.until_panel(MenuPanel)
    desk.key(Qt.Key.Key_Right)
    assert themes == ["dark"]
    desk.key(Qt.Key.Key_Equal, CTRL)
    desk.key(Qt.Key.Key_Plus, CTRL)
    desk.key(Qt.Key.Key_Minus, CTRL)
    assert sizes == [110, 125, 110]
    assert panel.size_words.text() == "110 %"
    desk.key(Qt.Key.Key_0, CTRL)
    assert sizes[-1] == 100


def test_settings_are_asked_for_by_signal(desk: DeskDriver) -> None:
    with desk.qtbot.waitSignal(desk.window.settings_wanted):
        desk.key(Qt.Key.Key_Comma, CTRL)
