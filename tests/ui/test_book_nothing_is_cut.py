"""No word of the book's sheets and panels is cut, at any text size, on the smallest screens, in every theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.book_driver import BookDriver
from ui.book.keys import Act
from ui.book.new_panel import NewPanel
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import painting
from ui.widgets.painting import PLAIN, Style

STATES: dict[str, tuple[str, Act | None]] = {
    "due": ("samuel", None),
    "here": ("mei", None),
    "late": ("noor", None),
    "home": ("home", None),
    "new": ("samuel", Act.NEW),
    "move": ("samuel", Act.ANOTHER_TIME),
    "cancel": ("samuel", Act.CANCEL),
    "details": ("samuel", Act.DETAILS),
    "interpreter": ("samuel", Act.INTERPRETER),
    "find": ("samuel", Act.FIND),
    "cancelled": ("samuel", None),
    "earlier": ("samuel", Act.EARLIER_LIST),
    "absence": ("samuel", Act.ABSENCE),
    "letter": ("samuel", Act.LETTER),
    "batch": ("samuel", Act.ALL_LETTERS),
}


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


LOOKS = (
    ("dark", 200, (1024, 768)),
    ("light", 200, (1366, 768)),
    ("high-contrast", 150, (1366, 768)),
    ("light", 100, (1024, 768)),
    ("light", 100, (1366, 768)),
    ("dark", 80, (1024, 768)),
)
"""The page is opened in the first, where the least has room, and dressed in the others while it is at work."""


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut(qtbot: QtBot, cut: list[str], state: str) -> None:
    theme, percent, size = LOOKS[0]
    book = BookDriver(qtbot, size=size, theme=theme, percent=percent)
    which, act = STATES[state]
    book.page.grid.choose_key(which)
    book.until_still()
    if state == "cancelled":
        row = book.page.chosen().row
        assert row is not None
        book.page.asking.tell_cancelled(row)
        book.until_still()
    if act is not None:
        book.page.asking.do(act)
        book.until_still()
        panel = book.panel()
        if isinstance(panel, NewPanel):
            panel.service.set_value("planning")
            for fold in (panel.form.wants, panel.form.reach, panel.more, panel.rest, panel.finder.fold):
                fold.set_open(True)
            book.until_still()
    wrong = {LOOKS[0]: faults_of(book, size, cut)}
    for look in LOOKS[1:]:
        theme, percent, size = look
        book.window.resize(*size)
        apply_look(book.window, Look(load_theme(theme), percent))
        book.until_still()
        wrong[look] = faults_of(book, size, cut)
    assert {look: found for look, found in wrong.items() if found} == {}
    book.link.close()


def faults_of(book: BookDriver, size: tuple[int, int], cut: list[str]) -> list[str]:
    cut.clear()
    book.page.header.grab()
    book.page.stack.grab()
    found = [*cut, *clipped(book.page)]
    if (book.window.width(), book.window.height()) != size:
        found.append(f"the window is pushed apart to {book.window.size().toTuple()}")
    return found


def clipped(page: QWidget) -> list[str]:
    """What stands beyond the edge of what holds it, where no scrolling brings it back."""
    found = []
    for area in page.findChildren(QScrollArea):
        inner = area.widget()
        if inner is not None and area.isVisible() and inner.width() > area.viewport().width():
            found.append(f"{area.parentWidget().accessibleName()}: {inner.width()} in {area.viewport().width()}")
    labels = (label for label in page.findChildren(QLabel) if label.isVisible())
    return found + [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]


def test_mirrored_all_stands_on_the_other_side(qtbot: QtBot) -> None:
    book = BookDriver(qtbot)
    book.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    book.until_still()
    page = book.page
    assert page.stack.geometry().right() < page.grid.mapTo(page, page.grid.rect().topLeft()).x()
    assert page.header.desk.mapTo(page, page.header.desk.rect().topLeft()).x() > page.width() // 2
    book.link.close()
