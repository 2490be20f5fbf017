"""The desk on a day with appointments: every state and panel, reached as a person reaches it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from reception.clock import MINUTE
from reception.domain.duties import DutyKind
from tests.ui.booked_door import BookDoor, at
from tests.ui.desk_driver import CTRL, ENTER, SHIFT, DeskDriver
from ui.desk.appointment_panel import AppointmentPanel
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.interpreter_panel import InterpreterPanel
from ui.desk.room_panel import RoomPanel
from ui.desk.tell_panel import AnnouncePanel, TellPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.another_time import AnotherTimePanel

State = Callable[[DeskDriver], None]


def book_of(driver: DeskDriver) -> BookDoor:
    assert isinstance(driver.fake, BookDoor)
    return driver.fake


def _day(driver: DeskDriver) -> None:
    driver.sign_in()
    driver.until(lambda: driver.window.today_model.rowCount() > 0)


def _serving(driver: DeskDriver) -> None:
    _day(driver)
    driver.call_next()
    driver.start()


def _check_in(driver: DeskDriver) -> None:
    _day(driver)
    driver.key(Qt.Key.Key_F3)
    driver.until_panel(CheckInPanel)


def _wrong_day(driver: DeskDriver) -> None:
    _check_in(driver)
    driver.type("wilhel")
    driver.until(lambda: driver.window.stack.top().found.rowCount() == 1)  # type: ignore[union-attr]
    driver.key(ENTER)
    driver.until(lambda: bool(driver.panel().problem()))  # type: ignore[union-attr]


def _appointment(driver: DeskDriver) -> None:
    _day(driver)
    driver.click(
        driver.window.today.viewport(), driver.window.today.visualRect(driver.window.today_model.index(0, 0)).center()
    )
    driver.until_panel(AppointmentPanel)


def _visit(driver: DeskDriver) -> None:
    _day(driver)
    driver.choose_row(driver.window.queue, "B001")
    driver.until_panel(VisitPanel)


def _from_visit(key: Qt.Key, kind: type, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> State:
    def state(driver: DeskDriver) -> None:
        _visit(driver)
        driver.key(key, modifier)
        driver.until_panel(kind)

    return state


def _line(driver: DeskDriver) -> None:
    _from_visit(Qt.Key.Key_F12, InterpreterPanel)(driver)
    panel = driver.panel()
    assert isinstance(panel, InterpreterPanel)
    panel.language.setFocus()
    driver.type("Poli")
    driver.until(lambda: panel.line.text() != "")


def _duty(driver: DeskDriver) -> None:
    door = book_of(driver)
    visit = door.by_number("H001")
    door.duties = (door.duty(visit, 20, is_lost=True),)
    _day(driver)
    driver.until_asked("Tell H001")


def _tell(driver: DeskDriver) -> None:
    _duty(driver)
    driver.key(Qt.Key.Key_F6)
    panel = driver.until_panel(TellPanel)
    driver.until(lambda: bool(panel.offered()))


def _ring(driver: DeskDriver) -> None:
    door = book_of(driver)
    row = next(row for row in door.appointments.values() if row.starts == at(11, 15))
    door.duties = (
        door.duty(
            door.by_number("H001"),
            60,
            kind=DutyKind.TELEPHONE,
            visit_id="",
            appointment_id=row.id,
            number=row.reference,
            name=row.name,
            service=row.service,
            promised_at=row.starts + 5 * MINUTE,
            telephone="01707 555 0142",
            leave_no_message=True,
        ),
    )
    _day(driver)
    driver.until_asked("Ring AP-")
    driver.key(Qt.Key.Key_F6)
    panel = driver.until_panel(TellPanel)
    driver.until(lambda: bool(panel.offered()))


def _announce(driver: DeskDriver) -> None:
    _day(driver)
    driver.key(Qt.Key.Key_A, CTRL | SHIFT)
    driver.until_panel(AnnouncePanel)


def _officer_away(driver: DeskDriver) -> None:
    _day(driver)
    driver.key(Qt.Key.Key_F2)
    panel = driver.until_panel(WalkInPanel)
    driver.key(Qt.Key.Key_P)
    driver.bring_in_sight(panel.officer)
    panel.officer.setFocus()
    driver.type("Li")
    driver.until(panel.hint.isVisible)


def _due(driver: DeskDriver) -> None:
    book_of(driver).due_here = "Planning and building control"
    _day(driver)
    driver.key(Qt.Key.Key_F5)
    driver.until_said("due with you")


def _book(driver: DeskDriver) -> None:
    _day(driver)
    driver.key(Qt.Key.Key_F4)
    driver.until(lambda: driver.window.pages.currentIndex() == 1)


BOOK_STATES: dict[str, State] = {
    "book-day": _day,
    "book-serving": _serving,
    "check-in": _check_in,
    "check-in-wrong-day": _wrong_day,
    "appointment": _appointment,
    "visit-of-the-book": _visit,
    "room": _from_visit(Qt.Key.Key_F11, RoomPanel),
    "interpreter": _from_visit(Qt.Key.Key_F12, InterpreterPanel),
    "interpreter-line": _line,
    "another-time": _from_visit(Qt.Key.Key_B, AnotherTimePanel, CTRL),
    "duty": _duty,
    "tell": _tell,
    "ring": _ring,
    "announce": _announce,
    "officer-away": _officer_away,
    "due-with-you": _due,
    "book": _book,
}
