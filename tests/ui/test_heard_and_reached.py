"""Every window and panel by ear and by keyboard alone: names, roles, states, Tab, and the ring of the focus."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.book_driver import BookDriver
from tests.ui.book_states import BOOK_STATES
from tests.ui.desk_driver import ESCAPE
from tests.ui.desk_states import STATES, desk_in
from tests.ui.hearing import faults, ringless, unreached
from tests.ui.settings_hands import Desk, Hands, name_of
from tests.ui.test_book_nothing_is_cut import STATES as PANELS
from ui.theme import Look, apply_look, load_theme
from ui.welcome import WelcomeWindow

THEMES = ("light", "dark", "high-contrast")
_RINGED: dict[str, set[type]] = {theme: set() for theme in THEMES}
"""Of a kind of control that was seen with its ring, no other is looked at in that theme."""


@pytest.mark.parametrize("state", [*STATES, *BOOK_STATES])
def test_the_desk_is_heard_and_reached(state: str, qtbot: QtBot) -> None:
    driver = desk_in(state, qtbot)
    assert faults(driver.window) == []
    assert unreached(driver.window) == []
    for _ in range(4):
        driver.key(ESCAPE)
        QApplication.processEvents()
        _assert_focus()


def _assert_focus() -> None:
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isVisible(), "the focus is lost when a panel closes"


@pytest.mark.parametrize("state", PANELS)
def test_the_book_is_heard_and_reached(state: str, qtbot: QtBot) -> None:
    book = BookDriver(qtbot)
    which, act = PANELS[state]
    book.page.grid.choose_key(which)
    book.until_still()
    if act is not None:
        book.page.asking.do(act)
        book.until_still()
    assert faults(book.window) == []
    assert unreached(book.window) == []
    for _ in range(3):
        if book.panel() is not None:
            book.key(ESCAPE)
            book.until_still()
        _assert_focus()
    book.link.close()


@pytest.mark.parametrize("section", range(1, 13))
def test_the_settings_are_heard_and_reached(section: int, old: Desk) -> None:
    old.go(section)
    assert faults(old.form) == []
    assert unreached(old.form) == []


def test_the_first_window_is_heard_and_reached(qtbot: QtBot) -> None:
    window = WelcomeWindow()
    Hands(qtbot, window)
    assert faults(window) == []
    assert unreached(window) == []
    assert name_of(window)


@pytest.mark.parametrize("state", ["sign-in", "serving", "walk-in", "menu", "room", "book"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_at_the_desk(theme: str, state: str, qtbot: QtBot) -> None:
    assert ringless(desk_in(state, qtbot, theme=theme).window, _RINGED[theme]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_in_the_settings(theme: str, old: Desk) -> None:
    apply_look(old.form, Look(load_theme(theme)))
    found: list[str] = []
    for section in (1, 2, 3, 5, 7, 8, 9):
        old.go(section)
        found += ringless(old.form, _RINGED[theme])
    assert found == []
