"""The window as a whole: what can be seen, reached and heard, in every theme and at every size of text."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from reception.config import ThemeName
from reception.domain.person import Need, Person
from reception.domain.visit_states import State
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, SHIFT, DeskDriver
from tests.ui.fake_door import FakeDoor
from ui.desk.details_panel import DetailsPanel, LinkPanel
from ui.desk.end_panels import SignpostPanel, ToFollowPanel
from ui.desk.evacuation_panel import EvacuationPanel
from ui.desk.find_panel import FindPanel
from ui.desk.key_table import TABLE, Act
from ui.desk.menu_panel import MenuPanel
from ui.desk.move_panels import HoldPanel, ReasonPanel, TransferPanel
from ui.desk.sign_panels import SignInPanel, SignOffPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.panel import Panel

CODE = "RC-7K3M9Q2XW4"
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView)


@pytest.fixture
def door() -> FakeDoor:
    door = FakeDoor()
    door.arrive("ctax", 9, code=CODE)
    door.arrive("housing", 7)
    door.arrive("ctax", 5)
    return door


@pytest.fixture
def desk(qtbot: QtBot, door: FakeDoor) -> DeskDriver:
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


# -- the scanner -----------------------------------------------------------------------------------------------


def test_a_scanned_ticket_opens_its_visit_from_anywhere(desk: DeskDriver) -> None:
    desk.scan(CODE)
    panel = desk.until_panel(VisitPanel)
    assert panel.visit_id == "v1"
    assert desk.window.queue.chosen_visit() == "v1"
    desk.until_said("C001, Council Tax.")


def test_a_scan_while_a_name_is_typed_spoils_nothing(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.type("Harper")
    panel.form.name.setSelection(1, 2)
    desk.scan(CODE)
    desk.until_said("C001, Council Tax. Waiting since 10.33am.")
    assert desk.panel() is panel
    assert panel.form.name.text() == "Harper"
    assert panel.form.name.selectedText() == "ar"
    assert panel.form.name.hasFocus()
    assert desk.window.queue.chosen_visit() == "v1"
    assert len(desk.fake.visits) == 3, "the scanner's Enter gave no ticket"
    desk.key(Qt.Key.Key_F6)
    desk.until_panel(VisitPanel)
    desk.key(ESCAPE)
    assert desk.until_panel(WalkInPanel) is panel
    assert panel.form.name.text() == "Harper"


def test_a_scan_in_the_visit_panel_presses_none_of_its_letters(desk: DeskDriver) -> None:
    desk.choose_row(desk.window.queue, "C002")
    desk.until_panel(VisitPanel)
    desk.scan(CODE)
    desk.until(lambda: isinstance(desk.panel(), VisitPanel) and desk.panel().visit_id == "v1")  # type: ignore[union-attr]
    assert [type(command).__name__ for command in desk.fake.done] == ["SignIn"]


def test_a_code_of_no_visit_is_said(desk: DeskDriver) -> None:
    desk.scan("RC-ZZZZZZZZZZ")
    desk.until_said("No visit has this ticket.")


def test_before_signing_in_a_scan_asks_to_sign_in(qtbot: QtBot, door: FakeDoor) -> None:
    desk = DeskDriver(qtbot, door)
    desk.until_panel(SignInPanel)
    desk.scan(CODE)
    desk.until_said("Sign in first.")


# -- what a screen reader says ---------------------------------------------------------------------------------


def open_panel(desk: DeskDriver, kind: type[Panel]) -> Panel:
    """Open each panel the way a person gets there."""
    if kind in (ToFollowPanel, SignpostPanel, TransferPanel, SignOffPanel):
        desk.call_next()
        desk.start()
    match kind:
        case _ if kind is SignInPanel:
            desk.key(Qt.Key.Key_L, CTRL)
            desk.until_panel(SignOffPanel)
            desk.key(ENTER)
            desk.until(lambda: desk.has_button("Only step away"))
            desk.key(Qt.Key.Key_S)
        case _ if kind is WalkInPanel:
            desk.key(Qt.Key.Key_F2)
        case _ if kind is FindPanel:
            desk.key(Qt.Key.Key_F, CTRL)
        case _ if kind is MenuPanel:
            desk.key(Qt.Key.Key_F1)
        case _ if kind is EvacuationPanel:
            desk.key(Qt.Key.Key_E, CTRL | SHIFT)
        case _ if kind is HoldPanel:
            desk.call_next()
            desk.key(Qt.Key.Key_H, CTRL)
        case _ if kind is SignOffPanel:
            desk.key(Qt.Key.Key_L, CTRL)
        case _ if kind is ToFollowPanel:
            desk.key(Qt.Key.Key_T, CTRL)
        case _ if kind is SignpostPanel:
            desk.key(Qt.Key.Key_G, CTRL)
        case _ if kind is TransferPanel:
            desk.key(Qt.Key.Key_F10)
        case _:
            desk.choose_row(desk.window.queue, "C002")
            desk.until_panel(VisitPanel)
            letters = {DetailsPanel: Qt.Key.Key_D, LinkPanel: Qt.Key.Key_K, ReasonPanel: Qt.Key.Key_F}
            if kind in letters:
                desk.key(letters[kind])
    panel = desk.until_panel(kind)
    assert isinstance(panel, Panel)
    return panel


PANELS = (
    SignInPanel,
    WalkInPanel,
    FindPanel,
    MenuPanel,
    EvacuationPanel,
    HoldPanel,
    SignOffPanel,
    ToFollowPanel,
    SignpostPanel,
    TransferPanel,
    VisitPanel,
    DetailsPanel,
    LinkPanel,
    ReasonPanel,
)


def nameless(root: QWidget) -> list[QWidget]:
    """Controls that a screen reader could only call "button"."""
    found = []
    for kind in CONTROLS:
        for control in root.findChildren(kind):
            interface = QAccessible.queryAccessibleInterface(control)
            if control.isVisible() and not interface.text(QAccessible.Text.Name):
                found.append(control)
    return found


def test_every_control_of_the_desk_has_a_name(desk: DeskDriver) -> None:
    assert nameless(desk.window) == []


@pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.__name__)
def test_every_control_of_a_panel_has_a_name_and_shows_its_focus(desk: DeskDriver, kind: type[Panel]) -> None:
    panel = open_panel(desk, kind)
    assert nameless(panel) == []
    focused = desk.focused()
    assert focused is not None
    assert panel.isAncestorOf(focused), "the focus is in the panel"
    for _ in range(60):
        focused = desk.focused()
        assert focused is not None
        if not panel.isAncestorOf(focused):
            break
        assert is_in_sight(focused), f"{focused.accessibleName()} has the focus and can't be seen"
        assert looks_different_without_focus(desk, focused), f"{focused.accessibleName()} shows no focus"
        desk.key(Qt.Key.Key_Tab)


def is_in_sight(widget: QWidget) -> bool:
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if not isinstance(area, QScrollArea):
        return widget.isVisible()
    where = widget.rect().translated(widget.mapTo(area.viewport(), widget.rect().topLeft()))
    return area.viewport().rect().intersects(where)


def looks_different_without_focus(desk: DeskDriver, widget: QWidget) -> bool:
    with_focus = widget.grab().toImage()
    desk.window.setFocus()
    without = widget.grab().toImage()
    widget.setFocus()
    return with_focus != without


def test_a_disabled_button_says_why(desk: DeskDriver) -> None:
    button = desk.button("Finish")
    assert not button.isEnabled()
    assert "No visitor is at this counter" in button.accessibleDescription()
    assert "No visitor is at this counter" in button.toolTip()


def test_every_key_of_the_table_is_in_the_menu_panel(desk: DeskDriver) -> None:
    panel = open_panel(desk, MenuPanel)
    said = "\n".join(child.accessibleName() for child in panel.findChildren(QWidget))
    assert [entry.act for entry in TABLE if entry.about not in said] == []


def test_no_name_stands_in_the_title(desk: DeskDriver) -> None:
    desk.fake.visits["v1"].person = Person(name="Harpreet Kaur")
    desk.fake.sequence += 1
    desk.call_next()
    assert desk.window.windowTitle() == "Reception, Desk 3"


# -- keys to the lists -----------------------------------------------------------------------------------------


def test_the_lists_are_a_key_away(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_Q, CTRL)
    assert desk.window.queue.hasFocus()
    assert desk.window.queue.chosen_visit() == "v1"
    desk.key(Qt.Key.Key_Down)
    desk.key(ENTER)
    assert desk.until_panel(VisitPanel).visit_id == "v2"
    desk.key(ESCAPE)
    desk.until_panel(None)
    assert desk.window.counter_sheet.main.hasFocus(), "the main key is never far"
    assert desk.window.queue.chosen_visit() == ""


# -- sizes and looks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
@pytest.mark.parametrize(("size", "percent"), [((1366, 768), 100), ((1024, 768), 100), ((1366, 768), 200)])
def test_the_desk_fits(qtbot: QtBot, door: FakeDoor, theme: str, size: tuple[int, int], percent: int) -> None:
    door.visits["v1"].person = Person(name="W" * 300, needs=frozenset(Need), spoken="pl", written="pl")
    desk = DeskDriver(qtbot, door, size, theme=ThemeName(theme), text_percent=percent)
    desk.sign_in()
    desk.call_next()
    assert (desk.window.width(), desk.window.height()) == size, "nothing pushes the window apart"
    main = desk.window.counter_sheet.main
    assert not main.visibleRegion().isEmpty()
    if percent == 100:
        assert main.visibleRegion().boundingRect() == main.rect()
    for grid_button in desk.window.counter_sheet.called_grid.buttons():
        assert not grid_button.visibleRegion().isEmpty(), grid_button.text()
    for sheet in (desk.window.queue_sheet, desk.window.stack):
        right = sheet.mapTo(desk.window, sheet.rect().topRight()).x()
        assert right < size[0], "nothing is cut off at the right"


def test_theme_and_text_change_while_at_work(desk: DeskDriver) -> None:
    before = desk.window.grab().toImage()
    desk.key(Qt.Key.Key_F1)
    desk.key(Qt.Key.Key_Right)
    desk.key(ESCAPE)
    desk.until_panel(None)
    dark = desk.window.grab().toImage()
    assert dark != before
    for _ in range(6):
        desk.key(Qt.Key.Key_Equal, CTRL)
    assert desk.window.header.sizeHint().height() > 64
    assert (desk.window.width(), desk.window.height()) == (1366, 768)


# -- many ------------------------------------------------------------------------------------------------------


def test_five_hundred_waiting_visits_tick_and_scroll_smoothly(qtbot: QtBot) -> None:
    door = FakeDoor()
    for at in range(500):
        door.arrive("ctax", at / 20)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.until(lambda: len(desk.numbers()) == 500)
    # the processor's time, not the clock's: other tests run beside this one
    began = time.process_time()
    for _ in range(20):
        desk.pass_time(1_000)
    assert (time.process_time() - began) / 20 < 0.05
    bar = desk.window.queue.verticalScrollBar()
    began = time.process_time()
    for step in range(40):
        bar.setValue(step * bar.maximum() // 40)
        desk.window.queue.viewport().repaint()
    assert (time.process_time() - began) / 40 < 0.05


def test_a_tick_touches_only_what_has_changed(desk: DeskDriver) -> None:
    touched: list[tuple[int, int, int]] = []
    desk.window.queue_model.dataChanged.connect(
        lambda first, last: touched.append((first.row(), first.column(), last.column()))
    )
    desk.pass_time(1_000)
    touched.clear()
    desk.pass_time(1_000)
    assert len(touched) < 3
    desk.pass_time(60_000)
    assert {row for row, _, _ in touched} == {0, 1, 2}
    assert all(first >= 4 for _, first, _ in touched), "ticket, service and needs are left alone"


def test_the_actions_have_one_table(desk: DeskDriver) -> None:
    assert len({id(desk.window.actions_table[act]) for act in Act}) == len(Act)


@pytest.mark.parametrize("percent", [100, 110, 125])
def test_every_row_of_the_counter_keeps_its_height(qtbot: QtBot, percent: int) -> None:
    door = FakeDoor()
    door.arrive("ctax", 9)
    desk = DeskDriver(qtbot, door, text_percent=percent)
    desk.sign_in()
    desk.call_next()
    desk.key(Qt.Key.Key_A, CTRL)
    waited = desk.window.counter_sheet.waited
    desk.until(lambda: waited.visibleRegion().boundingRect().height() == waited.sizeHint().height())


def test_when_the_last_visit_ends_the_focus_rests_where_nothing_is_done_by_accident(desk: DeskDriver) -> None:
    desk.call_next()
    for other in desk.fake.waiting():
        other.state = State.ENDED
    desk.start()
    desk.window.counter_sheet.main.setFocus()
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.number_here() == "Ready")
    desk.until(desk.window.walk_in_button.hasFocus)
