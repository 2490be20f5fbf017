"""No word of the desk is cut, in any state and panel, at any text size, on the smallest screens."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui.book_states import BOOK_STATES
from tests.ui.desk_driver import DeskDriver
from tests.ui.desk_states import LONG, STATES, desk_in
from ui.theme import Look
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


@pytest.mark.parametrize(
    ("theme", "percent", "size"),
    [
        ("light", 100, (1366, 768)),
        ("light", 100, (1024, 768)),
        ("light", 200, (1366, 768)),
        ("light", 200, (1024, 768)),
        ("dark", 80, (1024, 768)),
        ("dark", 200, (1366, 768)),
        ("high-contrast", 150, (1024, 768)),
        ("high-contrast", 200, (1366, 768)),
    ],
)
@pytest.mark.parametrize("state", [*STATES, *(state for state in BOOK_STATES if state != "book")])
def test_nothing_is_cut(
    qtbot: QtBot, cut: list[str], state: str, theme: str, percent: int, size: tuple[int, int]
) -> None:
    desk = desk_in(state, qtbot, size, theme, percent)
    cut.clear()
    desk.window.grab()
    assert (desk.window.width(), desk.window.height()) == size, "nothing pushes the window apart"
    assert cut == []
    assert clipped(desk) == []
    focused = desk.focused()
    assert focused is not None
    assert not focused.visibleRegion().isEmpty(), "the focus can be seen"
