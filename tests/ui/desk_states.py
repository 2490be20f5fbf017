"""Every state and panel of the desk, reached as a person reaches it, for looking at and for measuring."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.config import ThemeName
from reception.domain.person import Need
from reception.domain.visit_states import State
from tests.ui.book_states import BOOK_STATES
from tests.ui.booked_door import full_book
from tests.ui.desk_driver import CTRL, ENTER, SHIFT, DeskDriver
from tests.ui.fake_door import TUESDAY, FakeDoor, refuse
from ui.desk.details_panel import DetailsPanel, LinkPanel
from ui.desk.end_panels import SignpostPanel, ToFollowPanel
from ui.desk.evacuation_panel import CloseDayPanel, EvacuationPanel
from ui.desk.find_panel import FindPanel
from ui.desk.menu_panel import MenuPanel
from ui.desk.move_panels import ReasonPanel, TransferPanel
from ui.desk.sign_panels import SignInPanel, SignOffPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.panel import Panel

State_ = Callable[[DeskDriver], None]
LONG = "Wolfeschlegelsteinhausenbergerdorff von und zu Hohenfels-Wallersteinbach"
RIGHT_TO_LEFT = "محمد عبد الرحمن الصالح"


def busy_door() -> FakeDoor:
    """A full queue with long and right-to-left names, visits set aside, and two other counters at work."""
    door = FakeDoor()
    door.arrive("ctax", 13.5, name="Joan Whitfield", spoken="en", written="en", needs=frozenset({Need.LARGE_PRINT}))
    door.arrive("housing", 11, name=RIGHT_TO_LEFT, spoken="ar", needs=frozenset({Need.PRIVATE, Need.INTERPRETER}))
    door.arrive("ctax", 9, name=LONG, needs=frozenset(Need), spoken="pl", written="pl")
    door.arrive("parking", 8, needs=frozenset({Need.STEP_FREE, Need.CHILDREN, Need.LARGE_PRINT}))
    door.arrive("benefits", 5, needs=frozenset({Need.BSL}))
    door.arrive("housing", 17).then_services = ("ctax",)
    door.by_number("C002").then_services = ("housing", "parking")
    door.arrive("ctax", 30)
    door.arrive("planning", 26)
    for number, counter, officer in (("C003", "c1", "ewan"), ("P001", "c2", "grace")):
        visit = door.by_number(number)
        visit.state, visit.counter_id, visit.officer_id = State.SERVING, counter, officer
        visit.called_at = visit.started_at = TUESDAY - 6 * 60_000
        visit.first_wait = 10 * 60_000
        door.sign_in(counter, officer, "Desk elsewhere")
    for minutes, own in ((20, True), (22, False)):
        visit = door.arrive("benefits", minutes, name=LONG)
        visit.state, visit.held_at, visit.own_request = State.ON_HOLD, TUESDAY - 10 * 60_000, own
    return door


def _panel(driver: DeskDriver, kind: type[Panel], key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> Panel:
    driver.key(key, modifier)
    panel: Panel = driver.until_panel(kind)
    return panel


def _plain(driver: DeskDriver) -> None:
    driver.sign_in()


def _sign_in(driver: DeskDriver) -> None:
    driver.until_panel(SignInPanel)


def _called(driver: DeskDriver) -> None:
    driver.sign_in()
    driver.call_next()


def _serving(driver: DeskDriver) -> None:
    _called(driver)
    driver.start()


def _row(number: str) -> State_:
    def state(driver: DeskDriver) -> None:
        driver.sign_in()
        driver.choose_row(driver.window.queue, number)
        driver.until_panel(VisitPanel)

    return state


def _walk_in(driver: DeskDriver) -> None:
    driver.sign_in()
    _panel(driver, WalkInPanel, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    driver.key(ENTER)


def _find(driver: DeskDriver) -> None:
    driver.sign_in()
    panel = _panel(driver, FindPanel, Qt.Key.Key_F)
    assert isinstance(panel, FindPanel)
    driver.type("00")
    driver.until(lambda: panel.found.rowCount() > 5)


def _menu(driver: DeskDriver) -> None:
    driver.sign_in()
    _panel(driver, MenuPanel, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)


def _serving_panel(kind: type[Panel], key: Qt.Key) -> State_:
    def state(driver: DeskDriver) -> None:
        _serving(driver)
        _panel(driver, kind, key)

    return state


def _visit_panel(kind: type[Panel], key: Qt.Key, number: str = "H001") -> State_:
    def state(driver: DeskDriver) -> None:
        _row(number)(driver)
        _panel(driver, kind, key, Qt.KeyboardModifier.NoModifier)

    return state


def _evacuation(driver: DeskDriver) -> None:
    driver.sign_in()
    _panel(driver, EvacuationPanel, Qt.Key.Key_E, CTRL | SHIFT)


def _frozen(driver: DeskDriver) -> None:
    _evacuation(driver)
    driver.key(ENTER)
    driver.until(lambda: driver.fake.evacuated_at is not None)


def _close_day(driver: DeskDriver) -> None:
    _evacuation(driver)
    driver.key(Qt.Key.Key_C)
    driver.until_panel(CloseDayPanel)


def _refused(driver: DeskDriver) -> None:
    driver.sign_in()
    driver.fake.fail_do.append(
        refuse("C001 was called by Counter 1 a moment ago.", "Call the next, or ask Counter 1 to send C001 over.")
    )
    driver.key(Qt.Key.Key_F5)
    driver.until_said("a moment ago")


def _printer_fails(driver: DeskDriver) -> None:
    driver.sign_in()
    driver.fake.fail_print = refuse("The ticket printer has no paper.", "Put a roll in, then press Print again.")
    driver.key(Qt.Key.Key_F2)
    driver.until_panel(WalkInPanel)
    driver.key(Qt.Key.Key_H)
    driver.key(ENTER)
    driver.until_said("no paper")


STATES: dict[str, State_] = {
    "sign-in": _sign_in,
    "ready": _plain,
    "called": _called,
    "serving": _serving,
    "walk-in": _walk_in,
    "find": _find,
    "menu": _menu,
    "visit-right-to-left": _row("H001"),
    "visit-long-name": _row("C002"),
    "reason": _visit_panel(ReasonPanel, Qt.Key.Key_F),
    "details": _visit_panel(DetailsPanel, Qt.Key.Key_D, "C002"),
    "came-with": _visit_panel(LinkPanel, Qt.Key.Key_K),
    "transfer": _serving_panel(TransferPanel, Qt.Key.Key_M),
    "to-follow": _serving_panel(ToFollowPanel, Qt.Key.Key_T),
    "signpost": _serving_panel(SignpostPanel, Qt.Key.Key_G),
    "sign-off": _serving_panel(SignOffPanel, Qt.Key.Key_L),
    "evacuation": _evacuation,
    "frozen": _frozen,
    "close-day": _close_day,
    "refused": _refused,
    "printer-fails": _printer_fails,
    "empty": _plain,
}


def desk_in(
    state: str,
    qtbot: QtBot,
    size: tuple[int, int] = (1366, 768),
    theme: str = "light",
    percent: int = 100,
) -> DeskDriver:
    """A desk that has been brought into the state of that name."""
    door = full_book() if state in BOOK_STATES else FakeDoor() if state == "empty" else busy_door()
    driver = DeskDriver(qtbot, door, size, theme=ThemeName(theme), text_percent=percent)
    {**STATES, **BOOK_STATES}[state](driver)
    driver.until_still()
    return driver
