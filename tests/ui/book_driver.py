"""Sits at the book's page as a person does: real keys, real clicks, and eyes on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import local_date
from reception.services import queries as q
from tests.support import COUNTER_1, PRIYA
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, NONE, PATIENCE_MS, scroll_to
from tests.ui.fake_book import FakeBook
from tests.ui.sample_book import TODAY
from ui.book.new_panel import NewPanel
from ui.book.page import BookPage
from ui.link import Link
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.pulse import Pulse
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme
from ui.widgets import KeyButton

__all__ = ["CTRL", "ENTER", "ESCAPE", "BookDriver"]


class Window(QWidget):
    """A window with nothing but the page."""

    def __init__(self, page: BookPage) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)


class BookDriver:
    """One page at one door. Keys go to the window, as the window system sends them."""

    def __init__(
        self,
        qtbot: QtBot,
        door: FakeBook | Door | None = None,
        size: tuple[int, int] = (1366, 768),
        theme: str = "light",
        percent: int = 100,
    ) -> None:
        add_fonts()
        self.qtbot = qtbot
        real = door if isinstance(door, Door) else None
        self.fake = door if isinstance(door, FakeBook) else FakeBook()
        office, now, day = self.fake.office, self.fake.clock.now(), TODAY
        self.sender = SentBy(office_id="civic", station="Desk 3", counter_id="c3", officer_id="priya")
        if real is not None:
            office, now = real.ask(q.Offices())[0], real.now()
            day = local_date(now, office.zone)
            self.sender = SentBy(office_id=office.id, station="Desk 1", counter_id=COUNTER_1, officer_id=PRIYA)
        self.elapsed = 0
        application = QApplication.instance()
        self.pulse = Pulse(application, lambda: self.elapsed)
        self.pulse.set_now(now)
        self.link = Link(real or self.fake, self.pulse.now, application)
        self.page = BookPage(self.link, self.pulse, office, lambda: self.sender)
        self.left: list[bool] = []
        self.page.left.connect(lambda: self.left.append(True))
        self.said: list[str] = []
        self.page.said.connect(self.said.append)
        self.arrived: list[tuple[object, ...]] = []
        """What the desk is told of check-ins, to say it in its own words."""
        self.page.checked_in.connect(lambda *told: self.arrived.append(told))
        self.page.not_checked_in.connect(lambda *told: self.arrived.append(told))
        self.window = Window(self.page)
        apply_look(self.window, Look(load_theme(theme), percent))
        self.window.resize(*size)
        qtbot.addWidget(self.window, before_close_func=self._end)
        self.page.show_day(day)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.until_answered()

    def _end(self, _window: QWidget) -> None:
        self.fake.gate.set()
        self.link.close()

    # -- hands -----------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = NONE) -> None:
        target = QApplication.activePopupWidget() or self.window
        QTest.keyClick(target.windowHandle(), key, modifier)  # type: ignore[call-overload]

    def type(self, text: str) -> None:
        for character in text:
            self.key(character, Qt.KeyboardModifier.ShiftModifier if character.isupper() else NONE)

    def click(self, widget: QWidget, at: QPoint | None = None, *, double: bool = False) -> None:
        scroll_to(widget)
        self.until_still()
        where = widget.mapTo(self.window, at if at is not None else widget.rect().center())
        press = QTest.mouseDClick if double else QTest.mouseClick
        press(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)

    def point_of(self, key: str) -> QPoint:
        """The middle of an appointment in the window."""
        spot = next(each for each in self.page.grid.spots() if each.key == key)
        return self.window.mapFromGlobal(self.page.grid.global_rect(spot).center())

    def drag(self, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
        """Press, move in steps, let go."""
        handle, left = self.window.windowHandle(), Qt.MouseButton.LeftButton
        QTest.mousePress(handle, left, pos=start)
        for step in range(1, 6):
            QTest.mouseMove(handle, start + (end - start) * step / 5)
        if drop:
            QTest.mouseRelease(handle, left, pos=end)

    def press(self, words: str) -> None:
        self.until(lambda: self.has_button(words))
        self.click(self.button(words))

    # -- eyes ------------------------------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def until_answered(self) -> None:
        """Until all that was asked of the door, and what came of it, is answered."""
        for _ in range(3):
            answered: list[object] = []
            self.link.ask(q.Offices(), answered.append, answered.append)
            self.until(lambda answered=answered: bool(answered))  # type: ignore[misc]

    def until_still(self) -> None:
        self.until_answered()
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def buttons(self) -> list[KeyButton]:
        return [button for button in self.window.findChildren(KeyButton) if button.isVisible()]

    def button(self, words: str) -> KeyButton:
        found = [button for button in self.buttons() if button.text() == words]
        assert found, f"no button {words!r} among {sorted(button.text() for button in self.buttons())}"
        return found[0]

    def has_button(self, words: str) -> bool:
        return any(button.text() == words and button.isEnabled() for button in self.buttons())

    def panel(self) -> Panel | None:
        return self.page.stack.top()

    def until_panel(self, kind: type[Panel] | None) -> Any:
        wanted = kind if kind is not None else type(None)
        self.until(lambda: type(self.panel()) is wanted)
        return self.panel()

    def choose(self, key: str) -> None:
        """Choose an appointment in the grid."""
        self.page.grid.choose_key(key)
        self.until_still()

    def card_words(self) -> str:
        """All that the card says aloud."""
        return " | ".join(each.accessibleName() for each in self.page.card.findChildren(QWidget) if each.isVisible())

    def start_booking(self, service: str = "p") -> NewPanel:
        """A new booking for a service, with times to choose from."""
        self.key(Qt.Key.Key_F2)
        panel = self.until_panel(NewPanel)
        assert isinstance(panel, NewPanel)
        self.until_still()
        self.key(service)
        self.until(lambda: bool(panel.finder.picks.picks()))
        self.until_still()
        return panel

    def chosen(self) -> str:
        """The id of the appointment that the cursor is on."""
        spot = self.page.grid.cursor_spot()
        return spot.key if spot is not None else ""

    def title(self) -> str:
        return self.page.header.title.text()

    def done(self, kind: type) -> list[Any]:
        """Commands of a kind that were carried out."""
        return [command for command in self.fake.done if isinstance(command, kind)]
