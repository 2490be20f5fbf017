"""The first window: two ways to begin, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from reception.errors import Code
from tests.ui.settings_hands import Hands, Key, PretendDoor, name_of
from ui.link import Link
from ui.refused import Refused
from ui.welcome import SettingsForm, WelcomeWindow
from ui.widgets import KeyButton

FULL = Refused(Code.DATABASE_FULL, "The disk is full.", "Make room on it and try again.")


@pytest.fixture
def window(qtbot: QtBot) -> WelcomeWindow:
    return WelcomeWindow()


@pytest.fixture
def hands(qtbot: QtBot, window: WelcomeWindow) -> Hands:
    return Hands(qtbot, window)


@pytest.fixture
def link(qtbot: QtBot) -> Iterator[Link]:
    made = Link(PretendDoor())
    yield made
    made.close()


def heard(window: WelcomeWindow) -> list[str]:
    said: list[str] = []
    window.set_up_requested.connect(lambda: said.append("set up"))
    window.sample_requested.connect(lambda: said.append("sample"))
    window.sample_cancelled.connect(lambda: said.append("cancelled"))
    return said


def test_letters_enter_and_arrowless_tab_begin(window: WelcomeWindow, hands: Hands) -> None:
    said = heard(window)
    hands.press(Key.Key_S)
    hands.press(Key.Key_O)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Tab)
    assert hands.focus() is window.sample_button
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Space)
    assert said == ["set up", "sample", "set up", "sample", "sample"]


def test_the_mouse_begins(window: WelcomeWindow, hands: Hands) -> None:
    said = heard(window)
    hands.click(window.sample_button)
    hands.click(window.set_up_button)
    assert said == ["sample", "set up"]


def test_the_sample_shows_progress_and_can_be_given_up(window: WelcomeWindow, hands: Hands) -> None:
    said = heard(window)
    window.show_making()
    assert window.progress.isVisible()
    assert window.progress.maximum() == 0, "how far is not known yet"
    window.show_progress(30, 120)
    assert (window.progress.value(), window.progress.maximum()) == (30, 120)
    hands.press(Key.Key_O)
    hands.press(Key.Key_S)
    assert said == [], "it is being made already"
    hands.press(Key.Key_Escape)
    assert said == ["cancelled"]
    assert not window.progress.isVisible()
    hands.press(Key.Key_S)
    assert said == ["cancelled", "set up"]


def test_enter_on_cancel_gives_up_too(window: WelcomeWindow, hands: Hands) -> None:
    said = heard(window)
    window.show_making()
    hands.press(Key.Key_Return)
    assert said == ["cancelled"]
    window.show_progress(5, 10)
    assert not window.progress.isVisible(), "what comes late is not heard"


def test_a_sample_that_fails_is_said_plainly_with_a_way_out(window: WelcomeWindow, hands: Hands) -> None:
    said = heard(window)
    window.show_making()
    window.show_failed(FULL)
    assert name_of(window.failure) == "The disk is full."
    assert window.remedy.text() == "Make room on it and try again."
    assert hands.focus() is window.sample_button, "Enter tries again"
    hands.press(Key.Key_Return)
    hands.click(window.set_up_button)
    assert said == ["sample", "set up"]
    window.show_choice()
    assert not window.failure.isVisible()


def test_the_form_opens_in_this_window_and_backs_out_to_it(
    window: WelcomeWindow, hands: Hands, link: Link, qtbot: QtBot
) -> None:
    said = heard(window)
    form = SettingsForm(link)
    window.open_form(form)
    hands.tab_to("Name of the office")
    hands.type("So")
    assert form.sections.office.name.text() == "So", "the letters of the choice are letters here"
    assert said == []
    hands.press(Key.Key_Escape)
    assert form.message.said().startswith("Leave without saving?")
    hands.press(Key.Key_L)
    assert hands.focus() is window.set_up_button
    hands.press(Key.Key_S)
    assert said == ["set up"]


def test_closing_the_window_asks_when_something_was_typed(window: WelcomeWindow, hands: Hands, link: Link) -> None:
    form = SettingsForm(link)
    window.open_form(form)
    hands.tab_to("Name of the office")
    hands.type("Civic Offices")
    assert not window.close()
    assert form.message.said().startswith("Leave without saving?")
    hands.press(Key.Key_Escape)
    assert form.sections.office.name.text() == "Civic Offices"
    hands.retype("")
    assert window.close()


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_nothing_is_cut_and_everything_has_a_name(qtbot: QtBot, theme: str, percent: int) -> None:
    window = WelcomeWindow()
    hands = Hands(qtbot, window, theme, percent)
    window.resize(1024, 768)
    window.show_failed(FULL)
    hands.scroll_to(window.sample_button)
    assert window.choice.horizontalScrollBar().maximum() == 0
    for widget in (*window.findChildren(KeyButton), window.progress, window.failure):
        assert name_of(widget), widget
    for button in (window.set_up_button, window.sample_button):
        assert button.width() >= button.minimumSizeHint().width()
    stops = [each for each in window.findChildren(QWidget) if each.isVisible() and isinstance(each, QAbstractButton)]
    assert stops
