"""The grid under real keys and a real mouse, and how little of it is painted anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reception.clock import MINUTE, SECOND
from reception.domain.booked import Standing
from tests.ui.colours import differing
from tests.ui.sample_book import NOW, TODAY, book, rows
from ui.book.accessible import make_accessible, tell_focus
from ui.book.columns import Arrangement, By
from ui.book.geometry import to_seen
from ui.book.grid import BookGrid
from ui.book.plan import Plan
from ui.book.walking import Ghost
from ui.theme import Look, apply_look
from ui.theme_file import load_theme

LEFT = Qt.MouseButton.LeftButton


def plan(**more: object) -> Plan:
    return Plan(book(**more), Arrangement(TODAY))


@pytest.fixture
def grid(qtbot: QtBot, look: Look) -> BookGrid:
    made = BookGrid()
    qtbot.addWidget(made)
    made.resize(974, 760)
    made.show_plan(plan(), NOW)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def key(grid: BookGrid, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for each in keys:
        QTest.keyClick(grid.window().windowHandle(), each, modifier)


def chosen(grid: BookGrid) -> str:
    spot = grid.cursor_spot()
    return "" if spot is None else spot.key or f"free {spot.starts}"


def centre(grid: BookGrid, which: str) -> QPoint:
    spot = next(each for each in grid.spots() if each.key == which)
    return grid.mapFromGlobal(grid.global_rect(spot).center())


def drag(grid: BookGrid, start: QPoint, by: QPoint, *, drop: bool = True) -> None:
    handle = grid.windowHandle()
    QTest.mousePress(handle, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(handle, start + by * step / 4)
    if drop:
        QTest.mouseRelease(handle, LEFT, pos=start + by)


class Painted(QObject):
    """Remembers what of a widget is painted anew."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


def painted(grid: BookGrid, do: Callable[[], object]) -> QRegion:
    """What of the viewport is painted anew by something."""
    for _ in range(3):
        QApplication.processEvents()
    watching = Painted()
    grid.viewport().installEventFilter(watching)
    do()
    for _ in range(3):
        QApplication.processEvents()
    grid.viewport().removeEventFilter(watching)
    return watching.region


def seen_rect(grid: BookGrid, which: str) -> QRect:
    """Where an appointment is in the viewport."""
    spot = next(each for each in grid.spots() if each.key == which)
    rect = grid.global_rect(spot)
    return QRect(grid.viewport().mapFromGlobal(rect.topLeft()), rect.size())


def test_arrows_walk_appointments_and_free_pieces(grid: BookGrid) -> None:
    grid.choose_key("noor")
    key(grid, Qt.Key.Key_Down)
    assert chosen(grid) == "samuel", "set-up time is no free piece"
    key(grid, Qt.Key.Key_Down)
    assert chosen(grid) == "free 700"
    key(grid, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert chosen(grid) == "noor"
    key(grid, Qt.Key.Key_Left)
    assert chosen(grid) == "free 615" or chosen(grid) in ("mei", "free 630")
    key(grid, Qt.Key.Key_Home)
    assert grid.cursor_spot().starts < 600  # type: ignore[union-attr]


def test_going_across_and_back_keeps_to_the_time(grid: BookGrid) -> None:
    grid.choose_key("aoife")
    key(grid, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert chosen(grid) == "aoife"


def test_mirrored_the_left_arrow_goes_to_the_later_column(grid: BookGrid) -> None:
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    grid.choose_key("dawn")
    key(grid, Qt.Key.Key_Left)
    assert grid.cursor_spot().column == 3  # type: ignore[union-attr]


def test_enter_opens_what_is_chosen(grid: BookGrid, qtbot: QtBot) -> None:
    grid.choose_key("samuel")
    with qtbot.waitSignal(grid.opened) as opened:
        key(grid, Qt.Key.Key_Return)
    assert opened.args[0].key == "samuel"


def test_a_click_chooses_and_a_click_beside_it_chooses_the_free_piece(grid: BookGrid) -> None:
    QTest.mouseClick(grid.windowHandle(), LEFT, pos=centre(grid, "dawn"))
    assert chosen(grid) == "dawn"
    QTest.mouseClick(grid.windowHandle(), LEFT, pos=centre(grid, "dawn") - QPoint(0, 40))
    assert chosen(grid).startswith("free")


def test_dragging_moves_in_steps_to_another_column(grid: BookGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.dropped) as dropped:
        drag(grid, centre(grid, "dawn"), QPoint(151, 29))
    ghost = dropped.args[0]
    assert isinstance(ghost, Ghost)
    assert ghost.column == 3
    assert ghost.starts == 12 * 60 + 5, "in whole steps from the time that is booked"


def test_dragging_the_lower_edge_stretches(grid: BookGrid, qtbot: QtBot) -> None:
    spot = next(each for each in grid.spots() if each.key == "dawn")
    edge = grid.mapFromGlobal(grid.global_rect(spot).bottomLeft()) + QPoint(40, -1)
    with qtbot.waitSignal(grid.dropped) as dropped:
        drag(grid, edge, QPoint(0, 20))
    ghost = dropped.args[0]
    assert (ghost.starts, ghost.ends) == (11 * 60 + 45, 12 * 60 + 35)


def test_a_hand_that_trembles_moves_nothing(grid: BookGrid, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(grid.dropped):
        drag(grid, centre(grid, "dawn"), QPoint(3, 2))
    assert grid.ghost() is None


def test_escape_abandons_a_drag(grid: BookGrid, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(grid.dropped):
        drag(grid, centre(grid, "dawn"), QPoint(0, 60), drop=False)
        assert grid.ghost() is not None
        key(grid, Qt.Key.Key_Escape)
        assert grid.ghost() is None
        QTest.mouseRelease(grid.windowHandle(), LEFT, pos=centre(grid, "dawn"))


def test_keys_move_and_stretch_what_was_taken_up(grid: BookGrid, qtbot: QtBot) -> None:
    grid.choose_key("samuel")
    assert grid.take_up()
    key(grid, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Plus)
    with qtbot.waitSignal(grid.dropped) as dropped:
        key(grid, Qt.Key.Key_Return)
    ghost = dropped.args[0]
    assert (ghost.column, ghost.starts, ghost.ends) == (3, 11 * 60 + 20, 12 * 60 + 10)


def test_what_is_put_back_where_it_came_from_is_not_moved(grid: BookGrid, qtbot: QtBot) -> None:
    grid.choose_key("samuel")
    grid.take_up()
    with qtbot.assertNotEmitted(grid.dropped):
        key(grid, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert grid.ghost() is None


def test_the_cursor_stays_with_its_appointment_when_the_book_is_read_again(grid: BookGrid) -> None:
    grid.choose_key("samuel")
    moved = tuple(
        replace(row, starts=row.starts + 60 * MINUTE, ends=row.ends + 60 * MINUTE) if row.id == "samuel" else row
        for row in rows()
    )
    grid.show_plan(plan(rows=moved), NOW)
    assert chosen(grid) == "samuel"
    assert grid.cursor_spot().starts == 12 * 60  # type: ignore[union-attr]


def test_only_what_changed_is_painted_anew(grid: BookGrid, qtbot: QtBot) -> None:
    changed = tuple(replace(row, standing=Standing.DID_NOT_ATTEND) if row.id == "noor" else row for row in rows())
    region = painted(grid, lambda: grid.show_plan(plan(rows=changed), NOW))
    block = seen_rect(grid, "noor")
    assert region.contains(block)
    assert region.boundingRect().width() < 200 and region.boundingRect().height() < 80


def test_nothing_is_painted_anew_where_nothing_changed(grid: BookGrid, qtbot: QtBot) -> None:
    assert painted(grid, lambda: grid.show_plan(plan(), NOW)).isEmpty()
    assert painted(grid, lambda: grid.tick(NOW + SECOND)).isEmpty()


def test_the_now_line_goes_on_and_tells_the_time(grid: BookGrid, qtbot: QtBot) -> None:
    region = painted(grid, lambda: grid.tick(NOW + 3 * MINUTE))
    assert not region.isEmpty()
    geometry = grid.geometry_now()
    assert geometry is not None
    line = to_seen(QRect(0, geometry.y(10 * 60 + 45), 10, 2), grid.seen())
    assert region.boundingRect().intersects(line)
    assert grid.now_minute() == 10 * 60 + 45


def test_another_day_has_no_now_line(grid: BookGrid) -> None:
    grid.show_plan(plan(), NOW + 24 * 60 * MINUTE)
    assert grid.now_minute() is None


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_states_are_told_apart_in_grey(qtbot: QtBot, grid: BookGrid, theme: str) -> None:
    """What is seen, here, due and not here differ by more than colour."""
    apply_look(grid, Look(load_theme(theme)))
    grid.grab()
    faces = {}
    for which in ("gosia", "mei", "noor", "dawn"):
        spot = next(each for each in grid.spots() if each.key == which)
        rect = QRect(grid.mapFromGlobal(grid.global_rect(spot).topLeft()), grid.global_rect(spot).size())
        faces[which] = grid.grab(QRect(rect.left(), rect.top(), 20, 16)).toImage()
    names = list(faces)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            assert differing(faces[one], faces[other], 12), (one, other)


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_words_of_blocks_have_room_at_every_text_size(qtbot: QtBot, look: Look, percent: int) -> None:
    made = BookGrid()
    qtbot.addWidget(made)
    apply_look(made, Look(load_theme("light"), percent))
    made.resize(1366, 768)
    made.show_plan(plan(), NOW)
    geometry = made.geometry_now()
    assert geometry is not None
    for block in made.plan().by_key.values():  # type: ignore[union-attr]
        assert geometry.block_rect(block).height() >= geometry.line


def test_mirrored_the_first_column_is_on_the_right(grid: BookGrid) -> None:
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert centre(grid, "joan").x() > centre(grid, "samuel").x()
    QTest.mouseClick(grid.windowHandle(), LEFT, pos=centre(grid, "joan"))
    assert chosen(grid) == "joan"


def test_a_screen_reader_finds_every_appointment_by_name(qtbot: QtBot, look: Look) -> None:
    make_accessible()
    made = BookGrid()
    made.show_plan(plan(), NOW)
    table = QAccessible.queryAccessibleInterface(made)
    assert table.role() is QAccessible.Role.Table
    names = [table.child(at).text(QAccessible.Text.Name) for at in range(table.childCount())]
    assert (
        "11am to 11.40am, Samuel Adebayo, Planning, Room 3, British Sign Language, Large print, not here yet, Li Wei"
        in names
    )
    assert "11.40am to midday, free, Li Wei" in names
    cell = table.child(0)
    assert cell.isValid()
    delete(made)
    assert not cell.isValid(), "Qt has its number until the program ends, and a screen reader may ask"


def test_a_screen_reader_hears_where_the_cursor_goes(
    qtbot: QtBot, grid: BookGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_accessible()
    heard: list[int] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.child()))
    spot = next(each for each in grid.spots() if each.key == "samuel")
    tell_focus(grid, spot)
    assert grid.spots()[heard[0]] == spot
    grid.choose(spot)
    assert grid.accessibleDescription().startswith("11am to 11.40am, Samuel Adebayo")


def test_the_columns_of_rooms_say_the_officer(qtbot: QtBot, look: Look) -> None:
    shown = Plan(book(), Arrangement(TODAY, by=By.ROOMS))
    made = BookGrid()
    qtbot.addWidget(made)
    made.show_plan(shown, NOW)
    assert made._faces["samuel"].place == "Li Wei"
