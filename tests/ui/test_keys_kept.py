"""Keys typed while the settings are being opened reach them, and nothing behind them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.keys_kept import KeysKept


class Opened(QLineEdit):
    ready = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.did: list[str] = []
        fifth = QAction("Fifth section", self)
        fifth.setShortcut(QKeySequence("Ctrl+5"))
        fifth.triggered.connect(lambda: self.did.append(self.text()))
        self.addAction(fifth)


def test_what_is_typed_before_a_window_is_there_is_typed_in_it(qtbot: QtBot) -> None:
    behind = QLineEdit()
    qtbot.addWidget(behind)
    with qtbot.waitActive(behind):
        behind.show()
        behind.activateWindow()
    kept = KeysKept(behind.windowHandle())
    QTest.keyClick(behind.windowHandle(), Qt.Key.Key_3)
    opened = Opened()
    qtbot.addWidget(opened)
    with qtbot.waitActive(opened):
        opened.show()
        kept.hand_on(opened, opened.ready)
        opened.activateWindow()
    QTest.keyClick(behind.windowHandle(), Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(opened.windowHandle(), Qt.Key.Key_7)
    assert opened.text() == "", "what it shows is still being read"
    opened.ready.emit()
    assert (opened.text(), opened.did) == ("37", ["3"]), "in their order, a shortcut among them"
    QTest.keyClick(behind.windowHandle(), Qt.Key.Key_9)
    assert behind.text() == "9", "from then on every window has its own"
