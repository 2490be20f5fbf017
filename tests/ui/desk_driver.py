"""Sits at a desk's window as a person does: real keys, real clicks, and eyes on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reception.config import Config, PrinterConfig, PrinterKind
from reception.domain.person import Person
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.fake_door import PIN, FakeDoor
from ui import scanner
from ui.desk.run import build_desk
from ui.desk.sign_panels import SignInPanel
from ui.desk.visit_panel import VisitPanel
from ui.door_like import DoorLike
from ui.link import Link
from ui.panels.panel import Panel
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.theme import add_fonts
from ui.widgets import KeyButton

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
ENTER = Qt.Key.Key_Return
ESCAPE = Qt.Key.Key_Escape
PATIENCE_MS = 20_000
"""A busy machine is slow; only what never comes is a failure."""


class DeskDriver:
    """One window at one door. Keys go to the window, as the window system sends them."""

    def __init__(
        self,
        qtbot: QtBot,
        door: DoorLike | None = None,
        size: tuple[int, int] = (1366, 768),
        **config: Any,
    ) -> None:
        self.qtbot = qtbot
        self.fake = door if isinstance(door, FakeDoor) else FakeDoor()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        printer = PrinterConfig(kind=PrinterKind.FOLDER)
        settings = Config(**{"station": "Desk 3", "counter": "Counter 3", "printer": printer, **config})
        self.elapsed = 0
        """Milliseconds on the clock that the window counts on with; a test sets it."""
        self.pulse = Pulse(application, lambda: self.elapsed)
        add_fonts()
        self._scanner = Scanner(application)
        self._link = Link(door or self.fake, self.pulse.now, application)
        self.window = build_desk(self._link, settings, self.pulse, self._scanner)
        self._scanner.watch(application)
        self.window.closed.connect(self._scanner.rest)
        # a test's keys come faster than a person's double press
        self.window.desk.keys.double_press_s = 0
        self.window.resize(*size)
        qtbot.addWidget(self.window, before_close_func=self._end)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def _end(self, _window: QWidget) -> None:
        self.fake.gate.set()
        self.fake.print_gate.set()
        self.window.desk.presence.forget()

    # -- hands -----------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = NONE) -> None:
        target = QApplication.activePopupWidget() or self.window
        QTest.keyClick(target.windowHandle(), key, modifier)  # type: ignore[call-overload]

    def type(self, text: str) -> None:
        """Type as fast as a test can; letters that a scanner might have sent arrive a moment later."""
        for character in text:
            self.key(character, SHIFT if character.isupper() else NONE)
        self.until(lambda: not self._scanner.is_holding)

    def scan(self, code: str) -> None:
        """As a scanner types it, which leaves no gap between two keys however busy this machine is."""
        gap, scanner.GAP_MS = scanner.GAP_MS, PATIENCE_MS
        try:
            for character in code:
                self.key(character, SHIFT if character.isupper() else NONE)
            self.key(ENTER)
        finally:
            scanner.GAP_MS = gap

    def paste(self, text: str) -> None:
        """Bring text of any script in with the keyboard's own paste."""
        QApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, CTRL)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible(), f"{widget.accessibleName()} is not to be seen"
        self.bring_in_sight(widget)
        where = at if at is not None else widget.rect().center()
        window = widget.window()
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=widget.mapTo(window, where))

    def bring_in_sight(self, widget: QWidget) -> None:
        """Turn the wheel until a widget is in sight and stands still."""
        self._until_settled(widget)
        scroll_to(widget)
        self._until_settled(widget)

    def _until_settled(self, widget: QWidget) -> None:
        """Nobody aims at what still moves: let every layout that has been asked for be made."""
        before = QRect()
        while (now := QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())) != before:
            before = now
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def until_still(self) -> None:
        """Until all that was asked is answered, and every layout that came of it is made."""
        self.until_answered()
        before: list[QRect] = []
        while (now := [each.geometry() for each in self.window.findChildren(QWidget) if each.isVisible()]) != before:
            before = now
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def press(self, words: str) -> None:
        """Click the button with these words, once it is there and can be pressed."""
        self.until_button(words)
        self.click(self.button(words))

    def choose_row(self, view: QAbstractItemView, number: str) -> None:
        """Click the row of a ticket."""
        model = view.model()
        self.until(lambda: number in [model.index(at, 0).data() for at in range(model.rowCount())])
        self.click(view.viewport(), self.row_rect(view, number).center())

    def open_row(self, number: str) -> VisitPanel:
        """Open the panel of a visit in the queue."""
        self.choose_row(self.window.queue, number)
        panel = self.until_panel(VisitPanel)
        assert isinstance(panel, VisitPanel)
        return panel

    def choose_answer(self, words: str) -> None:
        """Click one of the usual answers."""
        shown = (each for each in self.window.findChildren(QRadioButton) if each.isVisible())
        self.click(next(each for each in shown if each.text() == words))

    def last(self) -> c.Command:
        """What the door did last."""
        return self.fake.done[-1]

    def pick(self, box: Any, words: str) -> None:
        """Choose from a list that drops down, with the mouse."""
        self.click(box)
        self.until(lambda: QApplication.activePopupWidget() is not None)
        view = box.view()
        index = view.model().index(box.findText(words), 0)
        view.scrollTo(index)
        popup = QApplication.activePopupWidget()
        where = view.viewport().mapTo(popup, view.visualRect(index).center())
        QTest.mouseClick(popup.windowHandle(), Qt.MouseButton.LeftButton, pos=where)
        self.until(lambda: QApplication.activePopupWidget() is None)

    def pass_time(self, milliseconds: int) -> None:
        """Let the window's clock go on and tick."""
        self.elapsed += milliseconds
        now = self.pulse.now()
        assert now is not None
        self.pulse.tick.emit(now)

    # -- eyes ------------------------------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def until_answered(self) -> None:
        """Until all that was asked is answered, and so is what was asked because of the answers."""
        for _ in range(4):
            answered: list[object] = []
            self._link.ask(q.Offices(), answered.append, answered.append)
            self.until(lambda answered=answered: bool(answered))  # type: ignore[misc]

    def said(self) -> str:
        return self.window.line.said()

    def until_said(self, words: str) -> None:
        try:
            self.until(lambda: words in self.said())
        except Exception as error:
            raise AssertionError(f"expected {words!r}, the line says {self.said()!r}") from error

    def until_asked(self, words: str) -> None:
        """Until the line asks for something, once what has just happened has been read and is forgotten."""

        def asked() -> bool:
            if words not in self.said():
                self.window.speaker.forget_event()
            return words in self.said()

        self.until(asked)

    def panel(self) -> Panel | None:
        return self.window.stack.top()

    def until_panel(self, kind: type[Panel] | None) -> Any:
        wanted = kind if kind is not None else type(None)
        self.until(lambda: type(self.panel()) is wanted)
        return self.panel()

    def focused(self) -> QWidget | None:
        return self.window.focusWidget()

    def buttons(self) -> list[KeyButton]:
        return [button for button in self.window.findChildren(KeyButton) if button.isVisible()]

    def button(self, words: str) -> KeyButton:
        found = [button for button in self.buttons() if button.text() == words]
        assert found, f"no button {words!r} among {sorted(button.text() for button in self.buttons())}"
        return found[0]

    def has_button(self, words: str) -> bool:
        return any(button.text() == words and button.isEnabled() for button in self.buttons())

    def until_button(self, words: str) -> None:
        """Until a button with these words can be pressed, after what was asked for has come."""
        self.until_answered()
        self.until(lambda: self.has_button(words))

    def main(self) -> str:
        """The words of the counter's main key."""
        return self.window.counter_sheet.main.text()

    def number_here(self) -> str:
        return self.window.counter_sheet.head.words()[0]

    def numbers(self) -> list[str]:
        """Ticket numbers in the queue as they stand on the screen."""
        model = self.window.queue_model
        rows = [model.visit_at(at) for at in range(model.rowCount())]
        return [row.number for row in rows if row is not None]

    def row_rect(self, view: QAbstractItemView, number: str) -> QRect:
        model = view.model()
        for at in range(model.rowCount()):
            index = model.index(at, 0)
            if index.data() == number:
                view.scrollTo(index)
                return view.visualRect(index)
        raise AssertionError(f"no row {number}")

    # -- habits ----------------------------------------------------------------------------------------------

    def sign_in(self, name: str = "Priya Nair", pin: str = PIN) -> None:
        """By keyboard, from the first screen."""
        panel = self.until_panel(SignInPanel)
        panel.officer.setFocus()
        self.type(name[:5])
        assert panel.officer.currentText().partition(", at ")[0] == name
        self.key(Qt.Key.Key_Tab)
        self.type(pin)
        self.key(ENTER)
        self.until_panel(None)

    def call_next(self) -> None:
        self.until(lambda: self.main() == "Call next" and self.window.counter_sheet.main.isEnabled())
        self.key(Qt.Key.Key_F5)
        self.until(lambda: self.main() == "Start")

    def start(self) -> None:
        self.key(Qt.Key.Key_F5)
        self.until(lambda: self.main().startswith("Finish"))


def with_three_waiting(qtbot: QtBot) -> DeskDriver:
    """Signed in, with C001 to C003 waiting for council tax; the second is Rosa Carreras."""
    door = FakeDoor()
    for minutes in (9, 7, 5):
        door.arrive("ctax", minutes)
    door.visits["v2"].person = Person(name="Rosa Carreras")
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def scroll_to(widget: QWidget) -> None:
    """Turn the wheel until a widget is in sight."""
    parent = widget.parentWidget()
    while parent is not None:
        if hasattr(parent, "ensureWidgetVisible"):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
