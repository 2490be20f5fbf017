"""The rows of the desk's forms: what may be read stands where the fields stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QStyle, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.settings_hands import name_of
from ui.panels.fields import FieldRow
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import RING, ElidingLabel, FormRow, LineEdit
from ui.widgets.drop import Drop


@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("width", [220, 600])
def test_words_begin_at_the_borders_of_the_fields(qtbot: QtBot, percent: int, width: int) -> None:
    panel = QWidget()
    apply_look(panel, Look(load_theme("light"), percent))
    words, field, drop = ElidingLabel("100 %"), LineEdit(), Drop("From", [("a", "A")])
    column = QVBoxLayout(panel)
    for label, value in (("Size", words), ("Note", field), ("From", drop)):
        column.addWidget(FieldRow(label, value))
    panel.resize(width, 400)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    left = words.mapTo(panel, QPoint(0, 0)).x()
    assert left == field.mapTo(panel, QPoint(RING, 0)).x() == drop.mapTo(panel, QPoint(RING, 0)).x()


@pytest.mark.parametrize("made", [lambda: FieldRow("Size", ElidingLabel()), lambda: FormRow("Size")])
def test_right_to_left_the_label_stands_on_the_right(qtbot: QtBot, look: Look, made: Callable[[], QWidget]) -> None:
    panel = QWidget()
    apply_look(panel, look)
    row = made()
    QVBoxLayout(panel).addWidget(row)
    panel.resize(400, 100)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    value = row.field() if isinstance(row, FieldRow) else row.value()  # type: ignore[attr-defined]
    before = value.geometry()
    assert _has_ink(row, right=False)
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert value.geometry() == QStyle.visualRect(Qt.LayoutDirection.RightToLeft, row.rect(), before)
    assert _has_ink(row, right=True)


def _has_ink(row: QWidget, *, right: bool) -> bool:
    """Whether words stand in the half on the right, or on the left, and none in the other."""
    picture = row.grab().toImage()
    middle, ground = picture.width() // 2, picture.pixel(picture.width() // 2, 20)
    inked = {
        x > middle
        for x in range(8, picture.width() - 8)
        for y in range(4, picture.height() - 4)
        if picture.pixel(x, y) != ground
    }
    return inked == {right}


def test_a_choice_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    panel = QWidget()
    row = FieldRow("From", Drop("Who answers", [("a", "A")]))
    QVBoxLayout(panel).addWidget(row)
    qtbot.addWidget(panel)
    assert name_of(row.field()) == "Who answers"


@pytest.mark.parametrize(("choices", "scrolls"), [(40, True), (4, False)])
def test_a_list_that_scrolls_has_a_bar(qtbot: QtBot, look: Look, choices: int, scrolls: bool) -> None:
    """In the program, where the application itself wears a look."""
    panel = QWidget()
    drop = Drop("From", [(str(at), f"Choice {at}") for at in range(choices)])
    QVBoxLayout(panel).addWidget(drop)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.mouseClick(drop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    bar = drop.view().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.isVisible() is scrolls)
    assert (bar.maximum() > 0) is scrolls
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
