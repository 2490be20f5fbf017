"""Hands for the settings: everything a person does there, as keys and clicks; and a door that is only pretended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception.errors import Refusal
from reception.services import commands as c
from reception.services.setting_up import check_settings
from ui.theme import Look, apply_look, load_theme

Key = Qt.Key
NOTHING = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class PretendDoor:
    """Checks settings as the real door does, keeps what it was told to do, refuses what it is told to refuse."""

    def __init__(self, settings: c.OfficeSettings | None = None) -> None:
        self.settings = settings
        self.told: list[c.SetUpOffice] = []
        self.done: dict[str, c.Result] = {}
        self.refusals: list[Refusal] = []
        self.lose_reply: Refusal | None = None
        self.letters_in_use: frozenset[str] = frozenset()

    def do(self, command: c.Command) -> c.Result:
        assert isinstance(command, c.SetUpOffice)
        self.told.append(command)
        if command.id in self.done:
            return c.Result(command.id, already_done=True)
        check_settings(command.settings)
        if self.refusals:
            raise self.refusals.pop(0)
        self.settings = command.settings
        self.done[command.id] = c.Result(command.id)
        if self.lose_reply is not None:
            lost, self.lose_reply = self.lose_reply, None
            raise lost
        return self.done[command.id]

    def ask(self, query: c.Query) -> Any:
        if self.refusals:
            raise self.refusals.pop(0)
        if isinstance(query, c.LettersInUse):
            return self.letters_in_use
        assert isinstance(query, c.SettingsOf)
        return self.settings

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        return since, frozenset()

    def print_job(self, job_id: str) -> None:
        raise AssertionError(job_id)

    def print_evacuation(self, evacuation: object) -> None:
        raise AssertionError(evacuation)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget: by its label where it has one, as drop-downs need it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    for label, _ in interface.relations(QAccessible.RelationFlag.Label):
        return str(label.text(QAccessible.Text.Name))
    return str(interface.text(QAccessible.Text.Name))


class Hands:
    """Keyboard and mouse on one window."""

    def __init__(self, qtbot: QtBot, window: QWidget, theme: str = "light", percent: int = 100) -> None:
        self.qtbot = qtbot
        self.window = window
        apply_look(window, Look(load_theme(theme), percent))
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @staticmethod
    def focus() -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    # -- keyboard ------------------------------------------------------------------------------------------------

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NOTHING, times: int = 1) -> None:
        for _ in range(times):
            self.qtbot.keyClick(self.focus(), key, modifiers)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus(), text)

    def wake(self) -> None:
        """The offscreen screen leaves a list that has dropped down active when it closes; a real one does not."""
        self.window.activateWindow()
        QApplication.processEvents()

    def retype(self, text: str) -> None:
        """Replace all that stands in the field that has the focus."""
        self.press(Key.Key_A, CONTROL)
        self.press(Key.Key_Delete)
        self.type(text)

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Press Tab until the control of that name (or of a name that begins so) has the focus."""
        for _ in range(150):
            if name_of(self.focus()).startswith(name):
                return self.focus()
            if back:
                self.press(Key.Key_Tab, SHIFT)
            else:
                self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name!r}")

    # -- mouse ---------------------------------------------------------------------------------------------------

    def click(self, widget: QWidget) -> None:
        """Bring a widget into sight as a person would, and click it."""
        self.scroll_to(widget)
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2))
        QApplication.processEvents()

    def scroll_to(self, widget: QWidget) -> None:
        QApplication.processEvents()
        ancestor: Any = widget.parentWidget()
        while ancestor is not None and not hasattr(ancestor, "ensureWidgetVisible"):
            ancestor = ancestor.parentWidget()
        if ancestor is not None and ancestor is not widget:
            ancestor.ensureWidgetVisible(widget, 0, 40)
            QApplication.processEvents()
        assert widget.isVisible()

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=5_000)
