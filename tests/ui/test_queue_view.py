"""The queue on the screen: what is painted, where, and what keyboard and mouse do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE, SECOND
from reception.domain.person import Need
from tests.ui.colours import differing, grey
from tests.ui.sample_day import NOW, at, desk_view, mixed_queue, queue, row
from tests.ui.test_queue_model import many
from ui.models.queue import QueueModel
from ui.models.queue_lines import Column
from ui.needed import row_needs
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import QueueView
from ui.widgets.painting import NEEDS_APART, needs_that_fit, needs_width, text_width
from ui.widgets.queue_columns import GAP, PADDING, queue_columns, time_width


class Shown:
    """A queue in a window of its own, of the picture's size."""

    def __init__(self, qtbot: QtBot, width: int = 798, height: int = 350) -> None:
        self.model = QueueModel()
        self.model.show(desk_view())
        self.view = QueueView(self.model)
        qtbot.addWidget(self.view)
        self.view.resize(width, height)
        self.view.show()
        qtbot.waitExposed(self.view)

    def image(self) -> QImage:
        return self.view.viewport().grab().toImage()

    def cell(self, visit_id: str, column: Column) -> QRect:
        return self.view.visualRect(self.model.index(self.model.row_of(visit_id), column))

    def painted(self, visit_id: str, column: Column) -> QImage:
        return self.image().copy(self.cell(visit_id, column))


@pytest.fixture
def shown(qtbot: QtBot, look: Look) -> Shown:
    return Shown(qtbot)


def pixels(image: QImage, y: int) -> list[str]:
    return [image.pixelColor(x, y).name() for x in range(image.width())]


def test_columns_stand_where_the_picture_has_them(look: Look) -> None:
    places = queue_columns(798, look).places
    # the picture's x, less the 17 pixels of window margin and border before the list
    assert {column.name: place.left for column, place in places.items()} == {
        "TICKET": 33 - 17,
        "SERVICE": 105 - 17,
        "CAME": 221 - 17,
        "NEEDS": 341 - 17,
        "PROMISE": 535 - 17,
        "TIME_LEFT": 687 - 17,
    }
    assert places[Column.PROMISE].width == 144
    assert places[Column.TIME_LEFT].width == time_width(look) == 112


@pytest.mark.parametrize("percent", [80, 100, 125, 150, 175, 200])
def test_columns_fit_any_width_without_touching(qapp: QApplication, percent: int) -> None:
    look = Look(load_theme("light"), percent)
    for width in range(240, 1600, 7):
        columns = queue_columns(width, look)
        places = list(columns.places.values())
        assert {Column.TICKET, Column.TIME_LEFT} <= set(columns.places)
        assert places[0].left == PADDING
        assert all(one.left + one.width + GAP == other.left for one, other in pairwise(places))
        assert places[-1].left + places[-1].width + PADDING == width
        assert min(place.width for place in places) > 0
        assert sum(columns.sections().values()) == width


def test_a_long_service_is_given_half_of_what_the_needs_can_spare(look: Look) -> None:
    bare, some, most = (queue_columns(798, look, named=wide).places for wide in (0, 120, 400))
    assert some[Column.SERVICE].width == 120
    assert most[Column.SERVICE].width - bare[Column.SERVICE].width == (bare[Column.NEEDS].width - 120) // 2
    assert some[Column.PROMISE] == most[Column.PROMISE] == bare[Column.PROMISE]


def test_what_a_narrow_list_gives_up_first(look: Look) -> None:
    wide, desk, narrow = (set(queue_columns(width, look).places) for width in (798, 590, 380))
    assert wide == desk == set(Column)
    assert Column.CAME not in narrow
    assert {Column.TICKET, Column.SERVICE, Column.TIME_LEFT} <= narrow


def test_rows_have_the_heights_of_the_picture(shown: Shown) -> None:
    heights = [shown.view.rowHeight(place) for place in range(shown.model.rowCount())]
    assert heights == [40, 40, 40, 40, 40, 40, 32, 40]
    assert shown.view.horizontalHeader().height() == 28


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_words_are_never_cut_by_their_row(qtbot: QtBot, look: Look, qapp: QApplication, percent: int) -> None:
    worn = Look(load_theme("light"), percent)
    apply_look(qapp, worn)
    shown = Shown(qtbot, 1000, 900)
    assert shown.view.rowHeight(0) >= max(40, worn.metrics("lead", 600).height())
    image = shown.painted("c020", Column.TICKET)
    ground = image.pixelColor(image.width() - 2, image.height() // 2).name()
    for y in (0, 1, image.height() - 3, image.height() - 2):
        assert set(pixels(image, y)[8:]) == {ground}


def test_the_promise_bar_is_painted_in_whole_pixels(shown: Shown, look: Look) -> None:
    cell = shown.painted("h008", Column.PROMISE)
    row_of_bar = pixels(cell, 20)
    late, ground = look.colour("late").name(), look.colour("surface-raised").name()
    line, dot = look.colour("promise-line").name(), look.colour("line-strong").name()
    assert row_of_bar[:93] == [late] * 93
    assert row_of_bar[93:95] == [ground] * 2
    assert row_of_bar[95:97] == [line] * 2
    assert row_of_bar[97:99] == [ground] * 2
    assert row_of_bar[99:109] == [late] * 10
    assert [x for x, colour in enumerate(row_of_bar) if colour == dot] == list(range(112, 141, 4))
    upright = [cell.pixelColor(95, y).name() for y in range(cell.height())]
    assert [y for y, colour in enumerate(upright) if colour == line] == list(range(11, 29))


def test_a_track_runs_to_the_line_and_no_further(shown: Shown, look: Look) -> None:
    row_of_bar = pixels(shown.painted("c021", Column.PROMISE), 16)
    in_time, track, ground = (look.colour(name).name() for name in ("in-time", "track", "surface-raised"))
    assert row_of_bar[:12] == [in_time] * 12
    assert row_of_bar[12:93] == [track] * 81
    assert set(row_of_bar[99:]) == {ground}


def test_only_the_promise_about_to_be_lost_is_tinted(shown: Shown, look: Look) -> None:
    shown.view.choose("b006")
    image = shown.image()
    tint, edge = look.colour("due-soon-soft").name(), look.colour("due-soon").name()
    tinted = [y for y in range(image.height()) if image.pixelColor(320, y).name() == tint]
    first = shown.cell("c020", Column.TICKET)
    assert tinted == list(range(first.top(), first.bottom()))
    assert pixels(image, first.center().y())[:5] == [edge] * 4 + [tint]


def test_the_chosen_row_has_a_ring_of_ink(qtbot: QtBot, shown: Shown, look: Look) -> None:
    shown.view.choose("b006")
    shown.view.activateWindow()
    shown.view.setFocus()
    qtbot.waitUntil(shown.view.hasFocus)
    image = shown.image()
    cell = shown.cell("b006", Column.TICKET)
    ink, ground = look.colour("focus").name(), look.colour("surface-selected").name()
    assert pixels(image, cell.top() + 20)[:6] == [ground] * 3 + [ink] * 2 + [ground]
    assert pixels(image, cell.top() + 20)[-6:] == [ground] + [ink] * 2 + [ground] * 3
    down = [image.pixelColor(600, cell.top() + y).name() for y in range(4)]
    assert down == [ground, ink, ink, ground]


def test_without_the_focus_the_choice_still_shows(qtbot: QtBot, shown: Shown, look: Look) -> None:
    plain = shown.image()
    shown.view.choose("b006")
    shown.view.clearFocus()
    image = shown.image()
    cell = shown.cell("b006", Column.TICKET)
    assert image.pixelColor(1, cell.center().y()).name() == look.colour("surface-selected").name()
    assert image.pixelColor(3, cell.center().y()).name() == look.colour("line-strong").name()
    assert differing(grey(plain), grey(image)) > 500


def test_states_differ_in_a_grey_picture(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    for name in ("light", "dark", "high-contrast"):
        apply_look(qapp, Look(load_theme(name)))
        shown = Shown(qtbot)
        shown.model.show(
            desk_view(
                (
                    row("C020", NOW - 14 * MINUTE, see_first=True),
                    row("C022", NOW - 13 * MINUTE - 30 * SECOND),
                    row("C021", NOW - 5 * MINUTE),
                    row("H008", NOW - 17 * MINUTE),
                )
            )
        )
        icons = {}
        for visit_id in ("c022", "c021", "h008"):
            cell = grey(shown.painted(visit_id, Column.TIME_LEFT))
            icons[visit_id] = cell.copy(cell.width() - PADDING - 18, 10, 18, 20)
        for one, other in (("c022", "c021"), ("c022", "h008"), ("c021", "h008")):
            assert differing(icons[one], icons[other]) > 40, (name, one, other)


def test_a_row_that_is_not_mine_is_muted(qtbot: QtBot, shown: Shown, look: Look) -> None:
    shown.model.show(desk_view(mixed_queue()))
    darkest = min(
        (image.pixelColor(x, y).lightness())
        for image in [shown.painted("p003", Column.SERVICE)]
        for x in range(image.width())
        for y in range(image.height() - 1)
    )
    assert darkest >= look.colour("text-muted").lightness() - 2


def test_needs_that_find_no_room_are_counted(qtbot: QtBot, look: Look) -> None:
    wide, narrow = Shown(qtbot, 798), Shown(qtbot, 560)
    every = row("C020", at(10, 28), *Need, spoken="pl")
    for shown in (wide, narrow):
        shown.model.show(desk_view((every,)))
        assert shown.model.index(0, Column.NEEDS).data(Qt.ItemDataRole.ToolTipRole).count("\n") == len(Need) - 1
        assert len(set(pixels(shown.painted("c020", Column.NEEDS), 20))) > 3


@pytest.mark.parametrize(("width", "percent"), [(798, 100), (517, 100), (790, 200)])
def test_a_visit_for_several_services_says_so_in_its_row(
    qtbot: QtBot, qapp: QApplication, look: Look, width: int, percent: int
) -> None:
    apply_look(qapp, Look(load_theme("light"), percent))
    shown = Shown(qtbot, width)
    several = row("C021", at(10, 38), then_services=("Housing", "Parking"))
    shown.model.show(desk_view((row("C020", at(10, 37)), several, row("C022", at(10, 38)), row("C023", at(10, 39)))))
    index = shown.model.index(1, Column.SERVICE)
    assert index.data() == "Council Tax +2"
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert index.data(role) == "Council Tax, then Housing and Parking"
    ticket = shown.model.index(1, Column.TICKET).data(Qt.ItemDataRole.AccessibleTextRole)
    assert ticket.startswith("C021, Council Tax, then Housing and Parking, came")
    look = Look(load_theme("light"), percent)
    assert text_width("Council Tax +2", look) <= shown.cell("c021", Column.SERVICE).width() - GAP, "nothing is cut"
    told, alone = shown.painted("c021", Column.SERVICE), shown.painted("c022", Column.SERVICE)
    assert told != alone


@pytest.mark.parametrize("percent", [100, 200])
def test_the_most_telling_need_keeps_its_word_and_none_is_lost(qtbot: QtBot, percent: int) -> None:
    look = Look(load_theme("light"), percent)
    items = row_needs(row("C020", at(10, 28), Need.STEP_FREE, Need.PRIVATE, Need.CHILDREN, spoken="pl"))
    assert [item.words for item in items] == ["Private", "Step-free", "Children", "Polish"]
    whole = needs_width(items, look)
    seen = []
    for width in range(whole, 0, -1):
        shown, worded = needs_that_fit(items, width, look)
        more = NEEDS_APART + text_width(f"+{len(items) - shown}", look) if shown < len(items) else 0
        assert needs_width(items[:shown], look, worded) + more <= width or shown == 0
        if (shown, worded) not in seen:
            seen.append((shown, worded))
    assert seen[:7] == [(4, 4), (4, 3), (4, 2), (4, 1), (3, 1), (2, 1), (1, 1)]
    icons = seen[7:]
    assert icons == sorted(icons, reverse=True)
    assert {worded for _, worded in icons} == {0}


def test_three_needs_in_the_usual_window_are_told_by_a_word_and_icons(qtbot: QtBot, look: Look, shown: Shown) -> None:
    first = row("C020", at(10, 37))
    told = row("C021", at(10, 38), Need.STEP_FREE, Need.CHILDREN, Need.LARGE_PRINT)
    alone = row("C022", at(10, 38), Need.LARGE_PRINT)
    shown.model.show(desk_view((first, told, alone, row("C023", at(10, 39)))))
    items = row_needs(told)
    inner = shown.cell("c021", Column.NEEDS).width() - GAP
    assert needs_width(items, look) > inner, "there is no room for every word"
    assert needs_that_fit(items, inner, look) == (3, 1)
    index = shown.model.index(1, Column.NEEDS)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Large print\nStep-free access\nWith children"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Large print, Step-free access, With children"
    word = QRect(0, 0, needs_width(items[:1], look), shown.cell("c021", Column.NEEDS).height() - 2)
    assert shown.painted("c021", Column.NEEDS).copy(word) == shown.painted("c022", Column.NEEDS).copy(word)


def test_up_and_down_skip_the_caption(qtbot: QtBot, shown: Shown) -> None:
    shown.view.choose("c021")
    qtbot.keyClick(shown.view, Qt.Key.Key_Down)
    assert shown.view.chosen_visit() == "h008"
    qtbot.keyClick(shown.view, Qt.Key.Key_Up)
    assert shown.view.chosen_visit() == "c021"
    qtbot.keyClick(shown.view, Qt.Key.Key_End)
    assert shown.view.chosen_visit() == "h008"
    qtbot.keyClick(shown.view, Qt.Key.Key_Home)
    assert shown.view.chosen_visit() == "c020"
    qtbot.keyClick(shown.view, Qt.Key.Key_PageDown)
    assert shown.view.chosen_visit() not in ("c020", "")


def test_a_click_on_the_caption_chooses_nothing(qtbot: QtBot, shown: Shown) -> None:
    shown.view.choose("b006")
    caption = shown.view.visualRect(shown.model.index(shown.model.caption_row(), 0))
    qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=caption.center())
    assert shown.view.chosen_visit() in ("b006", "")


def test_a_click_chooses_and_a_double_click_opens(qtbot: QtBot, shown: Shown) -> None:
    place = shown.cell("k004", Column.SERVICE).center()
    with qtbot.waitSignal(shown.view.chosen) as chosen:
        qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["k004"]
    with qtbot.waitSignal(shown.view.opened) as opened:
        qtbot.mouseDClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["k004"]


def test_a_first_click_chooses_its_row_and_no_other(qtbot: QtBot, shown: Shown) -> None:
    shown.view.choose("")
    shown.view.clearFocus()
    heard: list[str] = []
    shown.view.chosen.connect(heard.append)
    place = shown.cell("k004", Column.SERVICE).center()
    qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == ["k004"]


def test_enter_opens_the_chosen_visit(qtbot: QtBot, shown: Shown) -> None:
    shown.view.choose("p003")
    with qtbot.waitSignal(shown.view.opened) as opened:
        qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    assert opened.args == ["p003"]


def test_tab_goes_in_and_out(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    model = QueueModel()
    model.show(desk_view())
    before, view, after = QPushButton("before"), QueueView(model), QPushButton("after")
    layout = QVBoxLayout(window)
    for widget in (before, view, after):
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert view.hasFocus()
    assert view.chosen_visit() == "c020"  # the focus is always visible
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_choice_follows_its_visit(shown: Shown) -> None:
    shown.view.choose("c021")
    rows = list(queue())
    shown.model.show(desk_view((rows[5], *rows[:5], rows[6])))
    assert shown.view.chosen_visit() == "c021"
    assert shown.view.currentIndex().row() == 0


def test_a_choice_is_not_handed_to_a_neighbour(qtbot: QtBot, shown: Shown) -> None:
    heard: list[str] = []
    shown.view.chosen.connect(heard.append)
    shown.view.choose("b006")
    shown.model.show(desk_view(tuple(visit for visit in queue() if visit.visit_id != "b006")))
    assert shown.view.chosen_visit() == ""
    assert heard == ["b006", ""]
    assert not shown.view.choose("b006")


def test_what_is_read_stays_where_it_is(qtbot: QtBot, shown: Shown) -> None:
    rows = many(200)
    shown.model.show(desk_view(rows, first_past_promise=None))
    shown.view.scrollTo(shown.model.index(100, 0), shown.view.ScrollHint.PositionAtTop)
    reading = shown.model.visit_at(101)
    assert reading is not None
    was = shown.cell(reading.visit_id, Column.TICKET).top()

    new = tuple(row(f"H9{n:02}", at(10, 1)) for n in range(3))
    shown.model.show(desk_view((*new, *rows[5:]), first_past_promise=None))

    assert shown.cell(reading.visit_id, Column.TICKET).top() == was


def test_at_the_top_the_top_stays_in_sight(shown: Shown) -> None:
    rows = many(200)
    shown.model.show(desk_view(rows, first_past_promise=None))
    shown.model.show(desk_view((row("H999", at(10, 1)), *rows), first_past_promise=None))
    assert shown.view.verticalScrollBar().value() == 0
    assert shown.view.rowAt(0) == 0


def test_columns_stay_when_the_scroll_bar_comes(shown: Shown) -> None:
    before = [shown.cell("c020", column).left() for column in Column]
    more = (row(f"E1{n:02}", at(10, 41)) for n in range(30))
    shown.model.show(desk_view((*queue(), *more), first_past_promise=None))
    QApplication.processEvents()
    assert shown.view.verticalScrollBar().isVisible()
    assert [shown.cell("c020", column).left() for column in Column] == before


def test_a_tick_repaints_only_its_cells(qtbot: QtBot, shown: Shown) -> None:
    painted: list[tuple[str, int]] = []
    shown.image()
    real = shown.view.itemDelegate()
    paint = real.paint

    def spy(painter: object, option: object, index: object) -> None:
        painted.append((index.siblingAtColumn(0).data(), index.column()))  # type: ignore[attr-defined]
        paint(painter, option, index)  # type: ignore[arg-type]

    real.paint = spy  # type: ignore[method-assign]
    QApplication.processEvents()
    painted.clear()
    shown.model.tick(NOW + 9 * SECOND)  # words changed at the full minute, some bars by a pixel
    QApplication.processEvents()
    assert painted
    assert {column for _, column in painted} <= {Column.PROMISE, Column.TIME_LEFT}
    painted.clear()
    shown.model.tick(NOW + 9 * SECOND + 10)
    QApplication.processEvents()
    assert not painted


def test_an_empty_queue_says_so(shown: Shown, look: Look) -> None:
    shown.model.show(desk_view(()))
    assert not shown.view.horizontalHeader().isVisible()
    assert shown.view.focusPolicy() == Qt.FocusPolicy.NoFocus
    image = shown.image()
    middle = image.copy(QRect(QPoint(280, 90), QPoint(520, 160)))
    assert look.colour("text").name() in {
        middle.pixelColor(x, y).name() for x in range(middle.width()) for y in range(middle.height())
    }
    shown.model.show(desk_view())
    assert shown.view.horizontalHeader().isVisible()


def test_a_look_can_be_changed_while_it_is_shown(qtbot: QtBot, shown: Shown, qapp: QApplication) -> None:
    dark = Look(load_theme("dark"), 150)
    apply_look(qapp, dark)
    image = shown.image()
    cell = shown.cell("k004", Column.TICKET)
    assert image.pixelColor(2, cell.center().y()).name() == dark.colour("surface-raised").name()
    assert shown.view.rowHeight(0) == dark.row_height(40)


def test_it_is_a_table_to_a_screen_reader(shown: Shown) -> None:
    table = QAccessible.queryAccessibleInterface(shown.view)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "Queue, in the order they will be called"
    cells = [table.child(n) for n in range(table.childCount())]
    names = [cell.text(QAccessible.Text.Name) for cell in cells if cell is not None]
    assert "C020, Council Tax, came 10.28am, Large print, 1 minute left of 15" in names
    assert "Ticket" in names
    assert "Time left" in names
