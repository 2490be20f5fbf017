"""The supervisor's window by key and mouse: who may look, when it locks, and that nothing false is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from pyqtgraph import ScatterPlotItem, TextItem
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.config import ThemeName
from reception.domain.columns import Column
from reception.domain.today_view import AttentionKind, Mark
from reception.errors import Code
from reception.services.commands import SignInSupervisor
from reception.services.queries import Offices
from reception.services.supervisor_queries import MonthlyReport, Past
from tests.ui.fake_door import PIN, refuse
from tests.ui.supervisor_driver import SupervisorDoor, SupervisorDriver
from tests.ui.supervisor_values import ATTENTION, BUSHEY, NOW, OFFICE, TARGET, at, busy, some_marks, today
from tests.ui.whole_window import PAGES, WholeDoor
from ui import watching
from ui.file_dialog import FileDialog
from ui.pulse import Pulse
from ui.supervisor.alone import LOCK_AFTER, Alone
from ui.supervisor.past_page import PastPage
from ui.supervisor.reports_page import ReportsPage
from ui.supervisor.sign_in import LEFT_ALONE, SignInPanel
from ui.theme import look_of
from ui.widgets import FormRow, KeyButton, Paragraph
from ui.widgets.key_button import key_words

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Changes are asked for without the second between, unless a test is about it."""
    if "flood" not in request.node.name:
        monkeypatch.setattr(watching, "SOONEST_TODAY_MS", 20)


def figure_words(driver: SupervisorDriver) -> list[str]:
    cells = driver.page().figures.findChildren(object, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [cell.accessibleName() for cell in cells if not cell.isHidden()]  # type: ignore[attr-defined]


# -- who may look ---------------------------------------------------------------------------------------------------


def test_nothing_is_asked_but_offices_before_the_pin_is_right(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    names = [driver.window.sign_in.officer.itemText(at) for at in range(driver.window.sign_in.officer.count())]
    assert names == ["Choose a name", "Li Wei", "Morag Sinclair"], "supervisors and administrators alone"
    driver.key(Key.Key_Return)
    assert driver.panel_words() == "Choose who you are. Then enter your PIN."
    driver.type("Morag")
    driver.key(Key.Key_Tab)
    assert driver.window.sign_in.pin.hasFocus(), "the name led there, and so does Tab"
    driver.key(Key.Key_1, CTRL)
    driver.key(Key.Key_T, ALT)
    driver.key(Key.Key_F5)
    driver.type("0000")
    driver.key(Key.Key_Return)
    driver.until(lambda: driver.panel_words() == "That PIN is not right. Try again.")
    assert driver.window.sign_in.pin.pin() == "" and driver.window.sign_in.pin.hasFocus()
    driver.type("0001")
    driver.key(Key.Key_Return)
    driver.until(lambda: driver.door.wrong_pins["morag"] == 2)
    driver.type(PIN)
    driver.key(Key.Key_Return)
    driver.until(lambda: "Too many wrong PINs." in driver.panel_words())
    assert driver.window.is_locked
    assert {type(query) for query in driver.door.asked} == {Offices}
    assert not driver.window.header.tabs.isVisible()


def test_a_supervisor_who_is_the_only_one_has_but_to_enter_the_pin(qtbot: QtBot) -> None:
    panel = SignInPanel("Supervisor")
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    panel.take_first_focus()
    qtbot.waitUntil(panel.officer.hasFocus)
    panel.show_offices((OFFICE,))
    assert panel.officer.hasFocus() and not panel.who()[1], "of several each says who they are"
    panel.show_offices((BUSHEY,))
    assert panel.pin.hasFocus()
    sent: list[SignInSupervisor] = []
    panel.sent.connect(sent.append)
    for character in PIN:
        qtbot.keyClick(panel.windowHandle(), character)
    qtbot.keyClick(panel.windowHandle(), Key.Key_Return)
    assert [(each.office_id, each.officer_id, each.pin) for each in sent] == [("bushey", "ann", PIN)]


def test_today_is_shown_after_the_pin_and_hidden_again_by_a_key(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    driver.sign_in()
    assert [command.officer_id for command in driver.door.done if isinstance(command, SignInSupervisor)] == ["morag"]
    header = driver.window.header
    assert (header.place.text(), header.who.text()) == ("Civic Offices", "Supervisor, Morag Sinclair")
    assert (header.day.text(), header.clock.text()) == ("Tuesday 24 November", "2.15pm")
    assert figure_words(driver)[2] == "11 of 12 appointments within 5 min"
    driver.key(Key.Key_L, CTRL)
    assert driver.window.is_locked
    assert driver.window.sign_in.isVisible() and driver.window.sign_in.pin.hasFocus(), "the name is chosen already"
    qtbot.wait(40)  # what was under way is answered
    asked = len(driver.door.days_asked())
    driver.door.show(busy())
    qtbot.wait(60)
    assert len(driver.door.days_asked()) == asked, "a locked window asks for nothing"
    driver.type(PIN)
    driver.key(Key.Key_Return)
    driver.until(lambda: not driver.window.is_locked)


def test_left_alone_for_a_quarter_of_an_hour_it_locks_itself(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    driver.sign_in()
    driver.door.clock.advance(LOCK_AFTER - MINUTE)  # type: ignore[attr-defined]
    driver.door.sequence += 1
    driver.until(lambda: (driver.pulse.now() or 0) >= NOW + LOCK_AFTER - MINUTE)
    assert not driver.window.is_locked
    driver.key(Key.Key_Tab)
    driver.door.clock.advance(LOCK_AFTER - 1)  # type: ignore[attr-defined]
    driver.door.sequence += 1
    driver.until(lambda: (driver.pulse.now() or 0) >= NOW + 2 * LOCK_AFTER - MINUTE - 1)
    assert not driver.window.is_locked, "somebody pressed a key meanwhile"
    driver.door.clock.advance(1)  # type: ignore[attr-defined]
    driver.door.sequence += 1
    driver.until(lambda: driver.window.is_locked)
    assert driver.window.sign_in.words.text() == LEFT_ALONE


def test_a_touch_that_comes_too_late_locks_and_does_nothing_else(qtbot: QtBot) -> None:
    """Minimised, nothing ticks: what comes first afterwards may be a key."""
    passed = [0]
    field = QLineEdit()
    qtbot.addWidget(field)
    pulse = Pulse(field, lambda: passed[0])
    pulse.set_now(NOW)
    alone = Alone(pulse, field)
    alone.watch()
    passed[0] = LOCK_AFTER - 1
    qtbot.keyClick(field, "a")
    passed[0] += LOCK_AFTER
    with qtbot.waitSignal(alone.left):
        qtbot.keyClick(field, "b")
    assert field.text() == "a"
    qtbot.keyClick(field, "c")
    assert field.text() == "ac", "it says so once, and looks no more"


# -- pages, menu, look ----------------------------------------------------------------------------------------------


def test_the_menu_changes_the_look_and_escape_goes_back(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    with qtbot.waitSignal(driver.window.text_percent_chosen) as chosen:
        driver.key(Key.Key_Equal, CTRL)
    assert chosen.args == [110]
    driver.key(Key.Key_F1)
    assert driver.window.menu.isVisible() and driver.window.menu.size_words.text() == "110 %"
    with qtbot.waitSignal(driver.window.theme_chosen) as theme:
        driver.key(Key.Key_Right)
    assert theme.args == [ThemeName.DARK.value]
    assert look_of(page).theme.name == "dark"
    driver.key(Key.Key_Escape)
    assert page.isVisible()
    assert driver.window.header.tabs.tabs[0].hasFocus()
    driver.key(Key.Key_F1)
    driver.key(Key.Key_T, ALT)
    assert page.isVisible(), "the key of a page leads to it from the menu, too"


def test_several_offices_are_shown_together_or_one_of_them(qtbot: QtBot) -> None:
    door = SupervisorDoor(busy(), today(some_marks(30, seed=8), office=BUSHEY))
    driver = SupervisorDriver(qtbot, door)
    names = [driver.window.sign_in.officer.itemText(at) for at in range(1, driver.window.sign_in.officer.count())]
    assert "Ann Lee, Bushey Centre" in names and "Li Wei, Civic Offices" in names
    page = driver.sign_in()
    assert driver.window.header.chooser.currentText() == "All offices"
    assert [page.services.figures.rows[at].cells[0] for at in range(3)] == [
        "Civic Offices",
        "Bushey Centre",
        "All offices",
    ]
    assert page.now_sheet.lines()[0].title.text() == "Civic Offices: C050"
    driver.window.header.chooser.setFocus()
    driver.key(Key.Key_Down)
    driver.key(Key.Key_Down)
    driver.until(lambda: len(page.views()) == 1 and page.area.isVisible())
    assert page.services.figures.rows[0].cells[0] == "Council Tax"
    assert page.views()[0].office.id == "bushey"
    before = len(door.days_asked())
    door.show(today(some_marks(31, seed=8), office=BUSHEY))
    driver.until(lambda: len(door.days_asked()) > before)
    assert {query.office_id for query in door.days_asked()[before:]} == {"bushey"}, "only what is shown is asked"


def test_the_office_of_the_settings_comes_first(qtbot: QtBot) -> None:
    door = SupervisorDoor(busy(), today(office=BUSHEY))
    driver = SupervisorDriver(qtbot, door, office="bushey centre")
    driver.sign_in()
    assert driver.window.header.chooser.currentText() == "Bushey Centre"


def test_each_page_has_keys_of_its_own_and_is_left_before_the_next(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, WholeDoor())
    driver.sign_in()
    window = driver.window
    tabs = window.header.tabs.tabs
    assert [tab.text() for tab in tabs] == list(PAGES)
    assert len({tab.text()[0] for tab in tabs}) == len(tabs), "each has a letter of its own"
    left: list[str] = []
    for number, tab in enumerate(tabs, start=1):
        page = driver.open(number)
        assert tab.isChecked() and page.title == tab.text()
        assert (window.header.clock.isVisible(), page.head is None or page.head.isVisible()) == (
            page.head is None,
            True,
        )
        if number < len(tabs):
            driver.key(tabs[number].text()[0], ALT)
            assert window.header.tabs.at() == number
            assert page.head is None or not page.head.isVisible()
            left.append(page.title)
    assert left == list(PAGES[:-1])
    past = driver.open(2)
    driver.key(Key.Key_Left, ALT)
    driver.until(lambda: "September" in past.period_head.pick_action.text())  # type: ignore[attr-defined]
    forecast = driver.open(3)
    day = forecast.day_head.pick_action.text()  # type: ignore[attr-defined]
    driver.key(Key.Key_Right, ALT)
    assert forecast.day_head.pick_action.text() != day, "the same keys, for the page that is shown"  # type: ignore[attr-defined]
    chosen = forecast.day_head.pick_action.text()  # type: ignore[attr-defined]
    staffing = driver.open(4)
    assert staffing.staffing_head.field.text().split()[1] == chosen.split()[1]  # type: ignore[attr-defined]
    assert "September" in past.period_head.pick_action.text()  # type: ignore[attr-defined]


def test_f5_asks_the_shown_page_anew_and_so_does_a_database_that_is_back(qtbot: QtBot) -> None:
    door = WholeDoor()
    driver = SupervisorDriver(qtbot, door)
    driver.sign_in()

    def asked() -> int:
        return sum(isinstance(query, Past) for query in door.asked)

    past = driver.open(2)
    assert isinstance(past, PastPage)
    driver.key(Key.Key_F5)
    driver.until(lambda: asked() == 2)
    driver.until(lambda: not past.finding.status.text())
    door.fail_ask = refuse("The database can't be reached.", "", Code.DATABASE_UNREACHABLE)
    driver.until(lambda: "out of reach" in driver.window.line.said())
    driver.key(Key.Key_Left, ALT)
    driver.until(past.finding.ask_button.isVisible)
    assert "Still shown: October 2026." in past.finding.status.text()
    driver.key(Key.Key_F5)
    driver.until(past.finding.ask_button.isVisible)
    door.fail_ask = None
    door.sequence += 1
    driver.until(lambda: not past.finding.status.text() and past._called == "September 2026")
    assert driver.window.line.said().startswith("The database answers again.")


def test_an_exported_month_leads_to_its_report(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = WholeDoor(busy(), today(some_marks(20), office=BUSHEY))
    driver = SupervisorDriver(qtbot, door, office="bushey centre")
    driver.sign_in()
    past = driver.open(2)
    assert isinstance(past, PastPage)
    driver.key(Key.Key_Left, ALT)
    driver.until(lambda: past._called == "September 2026")
    file = tmp_path / "september.xlsx"
    monkeypatch.setattr(FileDialog, "ask_file", lambda *_: (str(file), ""))
    driver.key(Key.Key_E, CTRL)
    driver.until(lambda: past.finding.status.text() == "Saved as september.xlsx.")
    driver.tab_to(past.finding.report_button)
    driver.key(Key.Key_Space)
    reports = driver.window.stack.currentWidget()
    assert isinstance(reports, ReportsPage) and driver.window.header.tabs.at() == 4
    driver.until(lambda: reports.preview.pages() == 2)
    assert door.looked[-1] == MonthlyReport(("bushey",), date(2026, 9, 1))
    assert reports.form.month.text() == "September 2026"


def test_keys_do_the_same_wherever_the_focus_is_and_are_all_listed(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, WholeDoor(), sign_in_note="This is the sample office.")
    window = driver.window
    assert "This is the sample office." in [each.text() for each in window.sign_in.findChildren(Paragraph)]
    bar = driver.sign_in().area.verticalScrollBar()
    driver.key(Key.Key_PageDown)
    assert bar.value() > 0 and window.header.tabs.tabs[0].hasFocus()
    driver.key(Key.Key_Home, CTRL)
    assert bar.value() == 0
    driver.key(Key.Key_Left, ALT)
    assert window.header.tabs.at() == 0, "today has no period, and no other page is gone to"
    past = driver.open(2)
    assert isinstance(past, PastPage)
    driver.until(past.curve.isVisible)
    driver.key(Key.Key_S, CTRL)
    assert past.curve.shown.hasFocus(), "of several plots the first in sight is offered"
    assert past.curve._said.text() == "Press Ctrl S again for “Save picture”. Tab goes to the next plot."
    reports = driver.open(5)
    assert isinstance(reports, ReportsPage)
    month = reports.form.month.text()
    driver.key(Key.Key_Left, ALT)
    assert (window.header.tabs.at(), reports.form.month.text() != month) == (4, True)
    listed = (("T", "Ctrl S"), ("Alt Left", "Ctrl E"), ("Alt W",), ("Ctrl R", "Esc", "+, -"), ("Ctrl S",))
    for number, wanted in enumerate(listed):
        shown = driver.open(number + 1)
        driver.key(Key.Key_F1)
        rows = {each.accessibleName().split(": ")[0] for each in window.menu.findChildren(FormRow)}
        holders = [
            each for whole in (shown, shown.head) if whole is not None for each in (whole, *whole.findChildren(QWidget))
        ]
        keys = {key_words(action) for each in holders for action in each.actions()}
        assert {*wanted, *keys, "F5"} - {"", "Enter"} <= rows
        assert len({each.value().x() for each in window.menu.findChildren(FormRow) if each.isVisible()}) == 1, "aligned"
        assert {"PgUp", "PgDown"} <= rows and ("Arrows" in rows) is (number < 4)
        driver.key(Key.Key_Escape)


def test_enter_presses_and_a_window_that_had_great_letters_is_made_small_again(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot, SupervisorDoor(busy(), today(office=replace(BUSHEY, name="Potters Bar area"))))
    driver.sign_in()
    window = driver.window
    driver.key(Key.Key_F1)
    larger = next(each for each in window.menu.findChildren(KeyButton) if each.text() == "Larger")
    driver.tab_to(larger)
    while look_of(window).text_percent < 200:
        before = look_of(window).text_percent
        driver.key(Key.Key_Return)
        assert look_of(window).text_percent > before, "Enter presses, as Space does"
    driver.key(Key.Key_Escape)
    chooser = window.header.chooser
    QApplication.processEvents()
    assert chooser.width() >= chooser.whole_width(), "no office's name is cut while there is room"
    driver.key(Key.Key_0, CTRL)
    QApplication.processEvents()
    window.resize(800, 600)
    QApplication.processEvents()
    assert window.width() == 800


# -- today as it goes -----------------------------------------------------------------------------------------------


def test_a_change_is_shown_by_itself_and_a_flood_is_asked_once_a_second(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    driver.sign_in()
    before = len(driver.door.days_asked())
    for number in range(20):
        driver.door.show(busy(appointments=(12 + number, 1)))
        qtbot.wait(10)
    driver.until(lambda: figure_words(driver)[2] == "31 of 32 appointments within 5 min")
    assert len(driver.door.days_asked()) - before <= 2


def test_waits_grow_between_two_answers_and_each_minute_it_is_asked_anew(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    painted = page.chart.plot.day
    before = len(driver.door.days_asked())
    driver.door.gate.clear()
    driver.door.clock.advance(MINUTE)  # type: ignore[attr-defined]
    driver.until(lambda: figure_words(driver)[4] == "6 waiting now, longest 18 min")
    assert page.services.figures.rows[-2].cells[2] == "18 min"
    assert painted is not page.chart.plot.day, "who waits has moved up"
    driver.door.gate.set()
    driver.until(lambda: len(driver.door.days_asked()) > before)


def test_what_did_not_change_is_not_painted_again(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    day, resets = page.chart.plot.day, []
    page.services.figures.modelReset.connect(lambda: resets.append(1))
    page.walk_ins.table.figures.modelReset.connect(lambda: resets.append(1))
    driver.show(busy())
    driver.elapsed += 20_000
    driver.until(lambda: (driver.pulse.now() or 0) > NOW)
    assert page.chart.plot.day is day
    assert resets == []


def test_out_of_reach_the_figures_stay_with_their_time_and_nothing_grows(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    driver.door.fail_ask = refuse("The database can't be reached.", "", Code.DATABASE_UNREACHABLE)
    driver.until(lambda: "out of reach since 2.15pm" in driver.window.line.said())
    assert driver.window.line.isVisible()
    driver.elapsed += 5 * MINUTE
    driver.until(lambda: driver.window.header.clock.text() == "2.20pm")
    assert figure_words(driver)[4] == "6 waiting now, longest 17 min"
    assert page.as_of() == "As of 2.15pm."
    driver.door.fail_ask = None
    driver.show(busy(now=NOW + 6 * MINUTE))
    assert driver.window.line.said().startswith("The database answers again.")


def test_who_else_can_serve_is_shown_in_place_and_stays(qtbot: QtBot) -> None:
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    (line, *_) = page.now_sheet.lines()
    assert line.button.text() == "Who else can serve Housing"
    driver.tab_to(line.button)
    driver.key(Key.Key_Space)
    assert line.names.isVisible() and line.names.text() == "Tomasz Zieliński and Priya Nair"
    driver.show(busy(attention=(ATTENTION[1], ATTENTION[0])))
    assert page.now_sheet.lines()[1] is line and line.button.hasFocus() and line.names.isVisible()
    nobody = replace(ATTENTION[0], kind=AttentionKind.NOBODY_SERVES, could_serve=())
    driver.show(busy(attention=(nobody,)))
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isVisible(), "the focus goes on when its line is over"
    driver.key(Key.Key_Space)
    assert page.now_sheet.lines()[0].names.text() == "Nobody else at work is free to serve it."


def test_many_lines_are_shown_when_asked_for(qtbot: QtBot) -> None:
    many = tuple(replace(ATTENTION[1], number=f"C{number:03}") for number in range(9))
    driver = SupervisorDriver(qtbot, SupervisorDoor(busy(attention=many)))
    page = driver.sign_in()
    assert sum(line.isVisible() for line in page.now_sheet.lines()) == 3
    button = page.now_sheet.more_button
    assert button.text() == "Show 6 more"
    QApplication.processEvents()
    high = page.walk_ins.height()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert all(line.isVisible() for line in page.now_sheet.lines())
    fourth = page.now_sheet.lines()[3]
    driver.until(lambda: not fourth.title.visibleRegion().isEmpty())
    assert page.walk_ins.height() < 1.2 * high, "they scroll, and stretch nothing"
    last = page.now_sheet.lines()[-1]
    driver.tab_to(last.button)
    driver.until(lambda: not last.button.visibleRegion().isEmpty())
    driver.key(Key.Key_Return)
    assert last.names.text() == "Priya Nair", "who is over is helped, too"


def test_the_name_of_the_promise_hides_nobody_and_who_is_late_is_filled(qtbot: QtBot) -> None:
    late = tuple(Mark(at(16, 40 + n), 16 * MINUTE, TARGET, Column.SEEN, "ctax") for n in range(0, 20, 4))
    waits = Mark(at(13, 58), 17 * MINUTE, TARGET, Column.OPEN, "ctax")
    driver = SupervisorDriver(qtbot, SupervisorDoor(today((*late, waits))))
    plot = driver.sign_in().chart.plot
    name = next(item for item in plot.items() if isinstance(item, TextItem) and "promised" in item.toPlainText())
    box = name.mapRectToView(name.boundingRect())
    points = [
        (point.pos(), point) for item in plot.items() if isinstance(item, ScatterPlotItem) for point in item.points()
    ]
    assert len(points) == 6 and not any(box.contains(at_) for at_, _ in points)
    assert next(point for at_, point in points if at_.y() > 16.5).brush().style() == Qt.BrushStyle.SolidPattern


def test_the_marks_are_read_as_a_table_and_saved_as_a_picture(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = SupervisorDriver(qtbot)
    page = driver.sign_in()
    for is_table in (True, False):
        driver.key(Key.Key_T)
        assert page.walk_ins.is_table() is is_table, "from the page's tab, too"
    driver.tab_to(page.chart.plot)
    driver.key(Key.Key_T)
    assert page.walk_ins.table.hasFocus()
    assert page.walk_ins.table.figures.rows[0].cells[0] == "9am"
    file = tmp_path / "walk-ins.png"
    asked: list[str] = []
    monkeypatch.setattr(FileDialog, "ask_file", lambda *of: (asked.append(of[2]), (str(file), ""))[1])
    documents = tmp_path / "Documents"
    documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    for _ in range(2):
        with qtbot.waitSignal(page.walk_ins.saved):
            driver.key(Key.Key_S, CTRL)
    name = "reception-2026-11-24-civic-offices-walk-ins.png"
    assert asked == [str(documents / name), str(tmp_path / name)], "where the last is"
    assert file.read_bytes().startswith(b"\x89PNG")
