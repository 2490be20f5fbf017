"""No word of the desk is cut, in any state and panel, at any text size, on the smallest screens, and in one window that
is given them one after the other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.book_states import BOOK_STATES
from tests.ui.desk_driver import DeskDriver
from tests.ui.desk_states import LONG, STATES, desk_in
from ui.desk.sheets import DeskSheets
from ui.theme import Look, look_of
from ui.theme_file import load_theme
from ui.widgets import painting
from ui.widgets.painting import PLAIN, Style


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is painted with an ellipsis; people's own long names may be."""
    found: list[str] = []
    whole = painting.elided

    def watched(text: str, width: int, look: Look, style: Style = PLAIN) -> str:
        shown = whole(text, width, look, style)
        if shown != text and not any(part in text for part in LONG.split()):
            found.append(text)
        return shown

    monkeypatch.setattr(painting, "elided", watched)
    return found


def clipped(desk: DeskDriver) -> list[str]:
    """What stands beyond the edge of what holds it, where no scrolling brings it back."""
    found = []
    for area in desk.window.findChildren(QScrollArea):
        inner = area.widget()
        if inner is not None and area.isVisible() and inner.width() > area.viewport().width():
            found.append(f"{area.parentWidget().accessibleName()}: {inner.width()} in {area.viewport().width()}")
    labels = (label for label in desk.window.findChildren(QLabel) if label.isVisible())
    found += [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]
    buttons = (button for button in desk.buttons() if not button.parentWidget().rect().contains(button.geometry()))
    return found + [button.text() for button in buttons]


SMALL, USUAL = (1024, 768), (1366, 768)
STEPS = (
    (SMALL, "light", 200),
    (USUAL, "dark", 200),
    (USUAL, "light", 100),
    (SMALL, "light", 100),
    (SMALL, "high-contrast", 150),
    (SMALL, "dark", 80),
    (USUAL, "high-contrast", 200),
)
"""A window is opened in the first, where the least has room, and is given the others while it is at work."""


@pytest.mark.parametrize("state", [*STATES, *(state for state in BOOK_STATES if state != "book")])
def test_nothing_is_cut(qtbot: QtBot, cut: list[str], state: str) -> None:
    desk = desk_in(state, qtbot, *STEPS[0])
    wrong = {}
    for step in STEPS:
        turn_to(desk, *step)
        wrong[step] = faults_of(desk, step[0], cut)
        focused = desk.focused()
        if focused is None or focused.visibleRegion().isEmpty():
            wrong[step].append("the focus can't be seen")
    assert {step: found for step, found in wrong.items() if found} == {}


@pytest.mark.parametrize("state", ["walk-in", "called", "interpreter"])
def test_a_window_that_comes_back_to_a_size_looks_as_it_did(qtbot: QtBot, state: str) -> None:
    desk = desk_in(state, qtbot, USUAL, "light", 200)
    first = places(desk)
    for size, percent in ((SMALL, 200), (SMALL, 100), (USUAL, 100), (USUAL, 200)):
        turn_to(desk, size, "light", percent)
    assert {who: (first.get(who), at) for who, at in places(desk).items() if first.get(who) != at} == {}


def turn_to(desk: DeskDriver, size: tuple[int, int], theme: str, percent: int) -> None:
    """Another size of the window first, then another look, as far as they are others."""
    desk.window.resize(*size)
    desk.until_still()
    look = Look(load_theme(theme), percent)
    if look_of(desk.window).stylesheet() != look.stylesheet():
        desk.window.set_look(look)
        desk.until_still()


def places(desk: DeskDriver) -> dict[QWidget, QRect]:
    """Where all stands on the sheets."""
    sheets = desk.window.findChild(DeskSheets)
    return {each: each.geometry() for each in sheets.findChildren(QWidget) if each.isVisible()}


def faults_of(desk: DeskDriver, size: tuple[int, int], cut: list[str]) -> list[str]:
    cut.clear()
    desk.window.grab()
    found = [*cut, *clipped(desk)]
    if (desk.window.width(), desk.window.height()) != size:
        found.append(f"the window is pushed apart to {desk.window.size().toTuple()}")
    return found
