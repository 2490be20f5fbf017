"""Many changes, one layout."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.settling import laid_out_once


class Resizes(QObject):
    """Counts how often a widget was given another size."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Resize
        return False


def test_what_comes_and_goes_together_is_laid_out_once(qtbot: QtBot) -> None:
    window, labels, rest = QWidget(), [QLabel("one") for _ in range(6)], QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    for label in labels:
        rows.addWidget(label)
        label.hide()
    rows.addWidget(rest, 1)
    window.resize(300, 400)
    window.show()
    qtbot.waitExposed(window)
    resizes = Resizes(rest)
    was = rest.height()
    with laid_out_once(window):
        for label in labels:
            label.show()
        assert resizes.count == 0
    qtbot.waitUntil(lambda: rest.height() < was)
    assert resizes.count == 1
    assert rows.isEnabled()
    assert [label.y() for label in labels] == sorted({label.y() for label in labels}), "each in its own place"


def test_layouts_go_on_when_something_fails(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    try:
        with laid_out_once(window):
            raise ValueError
    except ValueError:
        pass
    assert rows.isEnabled()
