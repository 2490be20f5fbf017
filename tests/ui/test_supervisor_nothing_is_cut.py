"""No word of the supervisor's window is cut, on any kind of day, at any text size, on the smallest screens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from reception.config import ThemeName
from tests.ui.supervisor_driver import SupervisorDoor, SupervisorDriver
from tests.ui.supervisor_values import BUSHEY, busy, days, some_marks, today
from tests.ui.whole_window import PAGES, WholeDoor
from ui.supervisor.plots.plot import Plot
from ui.theme import Look
from ui.widgets import painting
from ui.widgets.painting import PLAIN, Style


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is painted with an ellipsis."""
    found: list[str] = []
    whole = painting.elided

    def watched(text: str, width: int, look: Look, style: Style = PLAIN) -> str:
        shown = whole(text, width, look, style)
        if shown != text:
            found.append(text)
        return shown

    monkeypatch.setattr(painting, "elided", watched)
    return found


def clipped(window: QWidget) -> list[str]:
    """What stands beyond the edge of what holds it."""
    found = []
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or parent is None or widget.isWindow() or isinstance(parent, Plot):
            continue
        name = type(widget).__name__
        if isinstance(widget, QLabel) and widget.height() < widget.heightForWidth(widget.width()):
            found.append(f"{name} {widget.text()!r} is too low")
        if name in ("KeyButton", "IconButton", "Tab", "GreatFigure", "ElidingLabel", "Drop", "AttentionLine") and (
            not parent.rect().contains(widget.geometry())
        ):
            found.append(f"{name} {widget.accessibleName()!r}: {widget.geometry()} in {parent.rect()}")
    return found


@pytest.mark.parametrize(
    ("theme", "percent", "size"),
    [("light", 100, (1024, 768)), ("dark", 200, (1024, 768)), ("high-contrast", 150, (1366, 768))],
)
def test_nothing_is_cut_of_any_page(
    qtbot: QtBot, cut: list[str], theme: str, percent: int, size: tuple[int, int]
) -> None:
    driver = SupervisorDriver(qtbot, WholeDoor(), size, theme=ThemeName(theme), text_percent=percent)
    window = driver.window
    driver.sign_in()
    for number, word in enumerate(PAGES, start=1):
        page = driver.open(number)
        cut.clear()
        window.grab()
        assert (window.width(), window.height()) == size, f"{word} pushes the window apart"
        (area,) = page.findChildren(QScrollArea, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert area.widget().width() <= area.viewport().width(), word
        left = clipped(window)
        for _ in range(40):  # heights that follow from widths are asked for anew one after the other
            if not left:
                break
            qtbot.wait(25)
            left = clipped(window)
        assert left == [], word
        assert cut == [], word


@pytest.mark.parametrize(
    ("day", "theme", "percent", "size"),
    [
        ("crowded", "light", 100, (1024, 768)),
        ("crowded", "light", 200, (1024, 768)),
        ("busy", "dark", 200, (1366, 768)),
        ("no-promise", "high-contrast", 150, (1024, 768)),
        ("closed", "light", 80, (1024, 768)),
        ("empty", "light", 200, (1024, 768)),
        ("offices", "dark", 200, (1024, 768)),
    ],
)
def test_nothing_is_cut(
    qtbot: QtBot, cut: list[str], day: str, theme: str, percent: int, size: tuple[int, int]
) -> None:
    views = (busy(), today(some_marks(20), office=BUSHEY)) if day == "offices" else (days()[day],)
    driver = SupervisorDriver(qtbot, SupervisorDoor(*views), size, theme=ThemeName(theme), text_percent=percent)
    window = driver.window
    window.grab()
    assert clipped(window) == []
    QApplication.processEvents()
    header, low = window.header, window.header.height()
    page = driver.sign_in()
    in_a_row_of_their_own = header.tabs.y() > header.tabs.height()
    assert header.height() == low + in_a_row_of_their_own * header.tabs.height(), "no room is kept for hidden pages"
    for shown in (lambda: None, page.walk_ins.toggle, lambda: driver.key(Qt.Key.Key_F1)):
        shown()
        for _ in range(3):
            QApplication.processEvents()
        cut.clear()
        window.grab()
        page.area.widget().grab()
        assert (window.width(), window.height()) == size, "nothing pushes the window apart"
        assert page.area.widget().width() <= page.area.viewport().width()
        assert clipped(window) == []
        assert cut == []
