"""The bar at the top."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE, SECOND
from tests.ui.colours import differing
from tests.ui.sample_day import NOW, desk_view
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import HeaderBar, KeyButton


@pytest.fixture
def header(qtbot: QtBot, look: Look) -> HeaderBar:
    made = HeaderBar()
    qtbot.addWidget(made)
    made.show_view(desk_view(), "Desk 3")
    made.resize(1366, 64)
    made.show()
    return made


def said(header: HeaderBar) -> list[str]:
    return [f"{figure.number} {figure.words}" for figure in header.figures()]


def test_it_says_how_the_day_goes(header: HeaderBar) -> None:
    assert header.clock_words() == "10.42am"
    assert said(header) == ["7 waiting", "17 min longest wait", "94% on time today, 34 of 36"]
    assert header.sizeHint().height() == 64


def test_figures_without_anything_to_rest_on_are_left_out(header: HeaderBar) -> None:
    header.show_view(desk_view((), judged_today=0, within_today=0), "Desk 3")
    assert said(header) == ["0 waiting"]


def test_the_longest_wait_and_the_clock_go_on(header: HeaderBar) -> None:
    header.tick(NOW + MINUTE)
    assert header.clock_words() == "10.43am"
    assert said(header)[1] == "18 min longest wait"


def test_a_second_that_changes_no_word_paints_nothing(header: HeaderBar, monkeypatch: pytest.MonkeyPatch) -> None:
    header.tick(NOW + 5 * SECOND)
    board = header.findChildren(QWidget)[0]
    QApplication.processEvents()
    painted: list[int] = []
    monkeypatch.setattr(type(board), "update", lambda _self: painted.append(1))
    header.tick(NOW + 6 * SECOND)
    assert not painted
    header.tick(NOW + 60 * SECOND)
    assert painted


def test_it_is_read_as_one_sentence(header: HeaderBar) -> None:
    board = header.findChildren(QWidget)[0]
    heard = QAccessible.queryAccessibleInterface(board).text(QAccessible.Text.Name)
    assert heard == (
        "Civic Offices, Tuesday 24 November, 10.42am. "
        "7 waiting, 17 min longest wait, 94% on time today, 34 of 36. Desk 3, Priya Nair"
    )


def test_nobody_signed_in_is_said(header: HeaderBar) -> None:
    header.show_view(desk_view(officer_name="", officer_id=""), "Desk 3")
    board = header.findChildren(QWidget)[0]
    assert board.accessibleName().endswith("Desk 3, Nobody signed in")


def test_buttons_stand_at_the_right(header: HeaderBar) -> None:
    button = header.add_button(KeyButton(QAction("Assist"), "lean", icon="bell"))
    QApplication.processEvents()
    assert button.mapTo(header, button.rect().topRight()).x() == 1366 - 16 + 5 - 1


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
@pytest.mark.parametrize("width", [700, 1024, 1366, 1920])
def test_nothing_overlaps_at_any_width(qtbot: QtBot, look: Look, qapp: QApplication, width: int, percent: int) -> None:
    """With and without the day's figures what stands at the right is the same, pixel for pixel."""
    worn = Look(load_theme("light"), percent)
    apply_look(qapp, worn)
    header = HeaderBar()
    qtbot.addWidget(header)
    header.show_view(desk_view(), "Desk 3")
    header.resize(width, header.sizeHint().height())
    header.show()
    board = header.findChildren(QWidget)[0]
    busy = board.grab().toImage()
    header.show_view(desk_view(longest_wait_since=None, judged_today=0), "Desk 3")
    quiet = board.grab().toImage()
    right = worn.width("Priya Nair") + 12
    here = QRect(busy.width() - right, 0, right, busy.height())
    assert differing(busy.copy(here), quiet.copy(here)) == 0


def test_rare_buttons_stand_in_the_header_where_all_words_have_room(header: HeaderBar) -> None:
    always = header.add_button(KeyButton(QAction("Keys", header), "lean"))
    sign_off = QAction("Sign off", header)
    first = header.add_button_where_it_fits(KeyButton(sign_off, "lean"))
    header.resize(1500, 64)
    QApplication.processEvents()
    assert first.isVisible()
    sign_off.setEnabled(False)
    QApplication.processEvents()
    assert not first.isVisible(), "what can't be done has no place here"
    sign_off.setEnabled(True)
    header.resize(1000, 64)
    QApplication.processEvents()
    assert (first.isVisible(), always.isVisible()) == (False, True)
