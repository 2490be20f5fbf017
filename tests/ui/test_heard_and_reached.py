"""Every window and panel by ear and by keyboard alone: names, roles, states, Tab, and the ring of the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from reception.config import ThemeName
from reception.errors import Code, Refusal
from tests.ui.book_driver import BookDriver
from tests.ui.book_states import BOOK_STATES
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from tests.ui.desk_states import STATES, busy_door, desk_in
from tests.ui.fake_door import PIN
from tests.ui.hearing import called, faults, heard, ringless, unreached, unsaid
from tests.ui.kiosk_pictures import SIZES, page_of, scenes
from tests.ui.settings_hands import Desk, Hands, Key, name_of
from tests.ui.supervisor_driver import SupervisorDoor, SupervisorDriver
from tests.ui.supervisor_values import BUSHEY, busy, days, some_marks, today
from tests.ui.test_book_nothing_is_cut import STATES as PANELS
from tests.ui.whole_window import PAGES, WholeDoor
from ui.desk.end_panels import FinishPanel
from ui.desk.move_panels import HoldPanel
from ui.kiosk.page import Page
from ui.kiosk.screens import Screen
from ui.opening import OpeningWindow
from ui.panels.panel import Panel
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme
from ui.welcome import WelcomeWindow
from ui.widgets.roles import give_roles

THEMES = ("light", "dark", "high-contrast")
_RINGED: dict[str, set[type]] = {theme: set() for theme in THEMES}
"""Of a kind of control that was seen with its ring, no other is looked at in that theme."""


@pytest.mark.parametrize("state", [*STATES, *BOOK_STATES])
def test_the_desk_is_heard_and_reached(state: str, qtbot: QtBot) -> None:
    driver = desk_in(state, qtbot)
    assert faults(driver.window) == []
    assert unreached(driver.window) == []
    for _ in range(4):
        driver.key(ESCAPE)
        QApplication.processEvents()
        _assert_focus()


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_F8, FinishPanel), (Qt.Key.Key_F9, HoldPanel)])
def test_what_is_asked_at_the_counter_is_heard_and_reached(key: Qt.Key, kind: type[Panel], qtbot: QtBot) -> None:
    door = busy_door()
    door.by_number("C001").then_services = ("housing",)
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    driver.call_next()
    if kind is FinishPanel:
        driver.start()
    driver.key(key)
    driver.until_panel(kind)
    assert faults(driver.window) == unreached(driver.window) == []


def _assert_focus() -> None:
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isVisible(), "the focus is lost when a panel closes"


@pytest.mark.parametrize("state", ["ready", "find", "book-serving", "check-in", "room"])
def test_a_row_is_called_by_all_that_stands_in_it(state: str, qtbot: QtBot) -> None:
    driver = desk_in(state, qtbot)
    views = [view for view in driver.window.findChildren(QTableView) if view.isVisible() and view.model().rowCount()]
    assert views
    for view in views:
        assert unsaid(view) == [], view.accessibleName()


def test_whoever_types_is_told_how_many_were_found(qtbot: QtBot, announced: list[str]) -> None:
    driver = desk_in("find", qtbot)
    count = driver.window.stack.top().found.rowCount()  # type: ignore[union-attr]
    assert announced[-1] == f"{count} found"
    driver.type("xyz")
    driver.until(lambda: announced[-1] == "Nothing found")


def test_only_a_key_that_does_nothing_says_why(qtbot: QtBot) -> None:
    driver = desk_in("ready", qtbot)
    room, hold = (driver.button(words) for words in ("Room", "Hold"))
    assert room.isEnabled() and not hold.isEnabled()
    assert room.accessibleDescription() == "A room for the visit; what is free. Key F11"
    assert "Call the next one first" in hold.accessibleDescription()


@pytest.mark.parametrize("words", ["Finish", "Return", "Hold", "Undo"])
def test_the_focus_goes_on_when_its_button_has_done_its_work(words: str, qtbot: QtBot) -> None:
    driver = desk_in("serving", qtbot)
    driver.button(words).setFocus(Qt.FocusReason.TabFocusReason)
    driver.key(Qt.Key.Key_Space)
    driver.until_still()
    _assert_focus()


@pytest.mark.parametrize("state", PANELS)
def test_the_book_is_heard_and_reached(state: str, qtbot: QtBot) -> None:
    book = BookDriver(qtbot)
    which, act = PANELS[state]
    book.page.grid.choose_key(which)
    book.until_still()
    if act is not None:
        book.page.asking.do(act)
        book.until_still()
    assert faults(book.window) == []
    assert unreached(book.window) == []
    for _ in range(3):
        if book.panel() is not None:
            book.key(ESCAPE)
            book.until_still()
        _assert_focus()
    book.link.close()


def test_the_settings_are_heard_and_reached(old: Desk) -> None:
    sections = set()
    for number in range(1, 13):
        old.go(number)
        sections.add(old.section())
        assert faults(old.form) == [], old.section()
        assert unreached(old.form) == [], old.section()
    assert len(sections) == 12


def test_the_first_window_is_heard_and_reached(qtbot: QtBot) -> None:
    window = WelcomeWindow()
    Hands(qtbot, window)
    assert faults(window) == []
    assert unreached(window) == []
    assert name_of(window)


def test_the_supervisors_window_is_heard_and_reached(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, SupervisorDoor(busy(), today(some_marks(20), office=BUSHEY)))
    window = driver.window
    assert faults(window) == unreached(window) == []
    page = driver.sign_in()
    assert faults(window) == []
    assert unreached(window) == []
    said = [thing.text(QAccessible.Text.Name) for thing in heard(window)]
    assert any("walk-ins on time" in each for each in said)
    page.walk_ins.toggle()
    QApplication.processEvents()
    assert faults(window) == unreached(window) == []
    driver.key(Qt.Key.Key_F1)
    assert faults(window) == unreached(window) == []
    for _ in range(3):
        driver.key(ESCAPE)
        _assert_focus()


def test_every_page_of_the_supervisors_window_is_heard_and_reached(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, WholeDoor())
    window = driver.window
    driver.sign_in()
    for number, word in enumerate(PAGES, start=1):
        page = driver.open(number)
        assert window.header.tabs.tabs[number - 1].hasFocus(), word
        assert page.title == word
        assert faults(window) == [], word
        assert unreached(window) == [], word
        driver.key(ESCAPE)
        _assert_focus()


def test_the_plot_of_today_says_what_it_shows(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, SupervisorDoor(days()["one-service"]))
    plot = driver.sign_in().chart.plot
    face = QAccessible.queryAccessibleInterface(plot)
    assert face.text(QAccessible.Text.Name) == "Every walk-in today"
    assert face.text(QAccessible.Text.Description).startswith("40 walk-ins: ")


def test_a_screen_reader_that_asks_for_a_scroll_bar_that_has_gone_is_given_nothing(qtbot: QtBot) -> None:
    """Qt reads past the end of its list, and the program dies of it."""
    give_roles()
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(QWidget())
    face = QAccessible.queryAccessibleInterface(area)
    assert face.role() is QAccessible.Role.Client
    assert face.child(0).object() is area.viewport()
    assert face.child(face.childCount()) is None
    assert face.child(1_000) is None


@pytest.mark.parametrize("state", ["sign-in", "serving", "walk-in", "menu", "room", "book"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_at_the_desk(theme: str, state: str, qtbot: QtBot) -> None:
    assert ringless(desk_in(state, qtbot, theme=theme).window, _RINGED[theme]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_at_the_supervisors_window(theme: str, qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, WholeDoor(), theme=ThemeName(theme))
    driver.sign_in()
    for number, word in enumerate(PAGES, start=1):
        driver.open(number)
        assert ringless(driver.window, _RINGED[theme]) == [], word


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_in_the_settings(theme: str, old: Desk) -> None:
    apply_look(old.form, Look(load_theme(theme)))
    found: list[str] = []
    for section in (1, 2, 3, 5, 7, 8, 9):
        old.go(section)
        found += ringless(old.form, _RINGED[theme])
    assert found == []


def _says_all(screen: Screen, page: Page, window: QWidget, name: str) -> None:
    """What is heard is held no longer than the window lives: its addresses are given to others afterwards."""
    things = heard(window)
    said = [thing.text(QAccessible.Text.Name) for thing in things]
    assert not screen.title or screen.sheet or screen.title in said or screen.line in said, name
    assert not screen.sheet or any(screen.sheet.number in each for each in said), name
    ticked = {choice.label: choice.ticked for choice in screen.choices if choice.ticked is not None}
    chosen = {called(each): bool(each.state().checked) for each in things if each.role() is QAccessible.Role.CheckBox}
    assert ticked.items() <= chosen.items() or page.pages > 1, name


@pytest.mark.parametrize(("tag", "shape"), [("en", "portrait"), ("ur", "wide")])
def test_every_screen_of_the_kiosk_is_heard_and_reached(tag: str, shape: str, qtbot: QtBot) -> None:
    add_fonts()
    for name, scene, screen in scenes(tag):
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(*SIZES[shape])
        page = page_of(scene, screen, SIZES[shape], window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        assert faults(window) == [], name
        assert unreached(window) == [], name
        _says_all(screen, page, window, name)
        window.hide()


def test_the_desk_tells_what_happens_and_what_is_refused(qtbot: QtBot, announced: list[str]) -> None:
    driver = desk_in("sign-in", qtbot)
    driver.type("Priya")
    driver.key(Qt.Key.Key_Tab)
    driver.type("0000")
    driver.key(ENTER)
    panel = driver.panel()
    assert panel is not None
    driver.until(lambda: bool(panel.problem()))
    assert panel.problem() in announced
    driver.key(Qt.Key.Key_A, CTRL)
    driver.type(PIN)
    driver.key(ENTER)
    driver.until_panel(None)
    driver.call_next()
    assert any("C001 called to Counter 3." in each for each in announced)


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_the_focus_is_seen_at_the_kiosk(theme: str, qtbot: QtBot) -> None:
    add_fonts()
    _, scene, screen = next(each for each in scenes("en") if each[0] == "needs")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*SIZES["portrait"])
    page_of(scene, screen, SIZES["portrait"], window, theme=theme)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    known: set[type] = set()
    assert ringless(window, known, Look(load_theme(theme)).colour("focus")) == []
    assert {kind.__name__ for kind in known} == {"KioskButton", "AidButton"}


def test_a_time_that_can_not_be_read_says_so_where_it_stands(old: Desk, announced: list[str]) -> None:
    old.go(3)
    old.hands.tab_to("Monday closes")
    field = old.hands.focus()
    old.hands.retype("half past")
    old.hands.press(Key.Key_Tab)
    why = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description)
    assert why in announced
    assert faults(old.form) == []


def test_what_stops_the_start_is_heard(qtbot: QtBot) -> None:
    window = OpeningWindow()
    qtbot.addWidget(window)
    window.show_refusal(Refusal(Code.DATABASE_FULL, "The disk is full.", "Make room on it and try again."))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert faults(window) == []
    assert unreached(window) == []
    face = QAccessible.queryAccessibleInterface(window)
    assert face.role() is QAccessible.Role.Window
    assert "The disk is full." in face.text(QAccessible.Text.Description)
