"""The rows of the desk's forms: what may be read stands where the fields stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.settings_hands import name_of
from ui.panels.fields import FieldRow
from ui.theme import Look, apply_look, load_theme
from ui.widgets import RING, ElidingLabel, LineEdit
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
