"""No word of the desk is cut, in any state and panel, at any text size, on the smallest screens."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui.book_states import BOOK_STATES
from tests.ui.desk_driver import DeskDriver
from tests.ui.desk_states import LONG, STATES, desk_in
from ui.theme import Look, load_theme
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


LOOKS = {
    (1024, 768): (("light", 200), ("high-contrast", 150), ("light", 100), ("dark", 80)),
    (1366, 768): (("dark", 200), ("high-contrast", 200), ("light", 100)),
}
"""A window is opened in the first, where the least has room, and dressed in the others while it is at work."""


@pytest.mark.parametrize("size", LOOKS)
@pytest.mark.parametrize("state", [*STATES, *(state for state in BOOK_STATES if state != "book")])
def test_nothing_is_cut(qtbot: QtBot, cut: list[str], state: str, size: tuple[int, int]) -> None:
    first, *others = LOOKS[size]
    desk = desk_in(state, qtbot, size, *first)
    wrong = {first: faults_of(desk, size, cut)}
    for theme, percent in others:
        desk.window.set_look(Look(load_theme(theme), percent))
        desk.until_still()
        wrong[theme, percent] = faults_of(desk, size, cut)
    assert {look: found for look, found in wrong.items() if found} == {}


def faults_of(desk: DeskDriver, size: tuple[int, int], cut: list[str]) -> list[str]:
    cut.clear()
    desk.window.grab()
    found = [*cut, *clipped(desk)]
    if (desk.window.width(), desk.window.height()) != size:
        found.append(f"the window is pushed apart to {desk.window.size().toTuple()}")
    focused = desk.focused()
    if focused is None or focused.visibleRegion().isEmpty():
        found.append("the focus can't be seen")
    return found
