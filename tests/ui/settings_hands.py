"""Hands for the settings: everything a person does there, as keys and clicks; and a door that is only pretended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import SetClock
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.checking_settings import check_settings
from reception.services.office_settings import OfficeSettings
from tests.support import PIN
from ui.link import Link
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.welcome import SettingsForm
from ui.welcome.suggesting import PickEdit, SearchEdit

Key = Qt.Key
NOTHING = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class PretendDoor:
    """Checks settings as the real door does, keeps what it was told to do, refuses what it is told to refuse."""

    def __init__(self, settings: OfficeSettings | None = None) -> None:
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

    def ask(self, query: q.Query) -> Any:
        if isinstance(query, q.LettersInUse):
            return self.letters_in_use
        if self.refusals:
            raise self.refusals.pop(0)
        assert isinstance(query, q.SettingsOf)
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

    def list_of(self, field: Any) -> QListView:
        """The list under a field, opened with the mouse."""
        self.click(field.sign if isinstance(field, PickEdit | SearchEdit) else field)
        view = field.view() if isinstance(field, QComboBox) else field.holder().popup()
        assert isinstance(view, QListView)
        self.until(view.isVisible)
        return view

    def pick(self, field: Any, words: str) -> None:
        """Choose from a list that drops down, with the mouse alone."""
        view = self.list_of(field)
        rows = [view.model().index(at, 0) for at in range(view.model().rowCount())]
        index = next(row for row in rows if row.data() == words)
        view.scrollTo(index)
        QApplication.processEvents()
        where = view.visualRect(index).center()
        self.qtbot.mouseMove(view.viewport(), where)
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.until(lambda: not view.isVisible())
        self.wake()


NOON_24_NOVEMBER = 1_795_521_600_000
"""2026-11-24 12.00 UTC, in milliseconds."""


class Desk:
    """A form on a pretended door, and the hands that use it."""

    def __init__(self, qtbot: QtBot, door: PretendDoor, office_id: str = "", percent: int = 100) -> None:
        self.door = door
        self.link = Link(door)
        self.form = SettingsForm(self.link, office_id, station="Desk 1", clock=SetClock(NOON_24_NOVEMBER))
        self.form.resize(1366, 768)
        self.saved: list[str] = []
        self.cancelled: list[bool] = []
        self.form.saved.connect(self.saved.append)
        self.form.cancelled.connect(lambda: self.cancelled.append(True))
        self.hands = Hands(qtbot, self.form, percent=percent)
        self.hands.until(lambda: self.form.message.state() == "late" or self.is_ready())

    def is_ready(self) -> bool:
        """Whether all has been read."""
        return self.form.frame.stack.isEnabled() and self.form.sections.services.letters_in_use is not None

    def go(self, section: int) -> None:
        """By its key; to those after the tenth by the key that goes on to the next."""
        self.hands.press(Key(Key.Key_0 + min(section, 10) % 10), CONTROL)
        self.hands.press(Key.Key_PageDown, CONTROL, times=max(0, section - 10))

    def complete(self) -> None:
        """Enter what a new office lacks, by keyboard."""
        hands = self.hands
        self.go(1)
        hands.tab_to("Name of the office")
        hands.retype("Civic Offices")
        hands.tab_to("Council")
        hands.retype("Hertsmere Borough Council")
        self.go(7)
        hands.tab_to("Name of the member of staff")
        hands.type("Priya Nair")
        hands.tab_to("PIN of")
        hands.type(PIN)
        hands.tab_to("PIN again of")
        hands.type(PIN)

    def save(self) -> OfficeSettings:
        """Save, and what the door was told."""
        self.hands.press(Key.Key_S, CONTROL)
        self.hands.until(lambda: bool(self.saved))
        return self.door.told[-1].settings

    def said(self) -> str:
        return self.form.message.said()

    def section(self) -> str:
        return self.form.frame.sheet.title.text()

    def confirm(self, pin: str = PIN) -> None:
        """Save, and answer the last question."""
        self.hands.press(Key.Key_S, CONTROL)
        assert self.section() == "Save the changes"
        self.hands.type(pin)
        self.hands.press(Key.Key_Return)
