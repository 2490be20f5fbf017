"""Counters, and visits set aside."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE, SECOND
from reception.domain.visit_states import State
from reception.services.queries import Desk
from tests.ui.booked_door import full_book
from tests.ui.sample_day import NOW, asides, at, counters, desk_view
from tests.ui.test_queue_model import Ear
from ui.models.booked import TodayModel
from ui.models.strips import AsideModel, Cell, CounterModel, Role, RowsModel, StripModel, StripRow
from ui.theme import Look
from ui.widgets import ASIDE_COLUMNS, COUNTER_COLUMNS, TODAY_COLUMNS, StripView
from ui.widgets.strip_view import shared


def words(model: StripModel) -> list[list[str]]:
    return [
        [str(model.index(at, column).data()) for column in range(model.columnCount())] for at in range(model.rowCount())
    ]


@pytest.fixture
def counter_model(qapp: object) -> CounterModel:
    model = CounterModel()
    model.show(desk_view())
    return model


@pytest.fixture
def aside_model(qapp: object) -> AsideModel:
    model = AsideModel()
    model.show(desk_view())
    return model


def test_counters_say_who_is_at_each(counter_model: CounterModel) -> None:
    assert words(counter_model) == [
        ["Counter 1", "C018 Council Tax", "6 min, Ewan Pritchard"],
        ["Counter 2", "H007 Housing", "called 1 min ago, Grace Okafor"],
        ["Counter 3", "C019 Council Tax", "4 min, Priya Nair"],
        ["Counter 4", "Free", "Tomasz Zieliński"],
        ["Counter 5", "Closed", ""],
    ]


def test_asides_say_what_becomes_of_each(aside_model: AsideModel) -> None:
    assert words(aside_model) == [
        ["B005", "Benefits", "Stepped out", "since 10.31"],
        ["K003", "Parking", "On hold at Counter 2", "since 10.22"],
        ["H006", "Housing", "Called to Counter 1", "since 10.41"],
        ["P001", "Planning", "To follow by Friday 27 November, Li Wei", "since 9.40"],
        ["H001", "Housing", "Overdue since Friday 20 November, Grace Okafor", "since 19 November"],
    ]
    first = aside_model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first == "B005, Benefits, Stepped out, since 10.31"


def test_they_keep_qts_rules(qtmodeltester: ModelTester, counter_model: CounterModel, aside_model: AsideModel) -> None:
    for model in (counter_model, aside_model):
        qtmodeltester.check(model, force_py=False)
    aside_model.show(desk_view(asides=asides()[::-1]))
    aside_model.show(desk_view(asides=asides()[2:4]))
    qtmodeltester.check(aside_model, force_py=False)


def test_a_tick_touches_the_words_that_change(counter_model: CounterModel) -> None:
    ear = Ear(counter_model)
    counter_model.tick(NOW + 59 * SECOND)
    assert not ear.cells
    counter_model.tick(NOW + MINUTE)
    assert ear.cells == {(0, 2), (1, 2), (2, 2)}


def test_a_change_of_one_counter_touches_that_row(counter_model: CounterModel) -> None:
    ear = Ear(counter_model)
    rows = list(counters())
    rows[3] = replace(rows[3], number="B007", service="Benefits", state=State.CALLED, since=at(10, 42))
    counter_model.show(desk_view(counters=tuple(rows)))
    assert {place for place, _ in ear.cells} == {3}
    assert ear.steps == 0


def test_asides_come_move_and_go_by_visit(aside_model: AsideModel) -> None:
    ear = Ear(aside_model)
    rows = asides()
    aside_model.show(desk_view(asides=(rows[1], rows[0], *rows[3:])))
    assert (ear.removed, ear.moved, ear.inserted, ear.reset) == (1, 1, 0, 0)
    assert [row[0] for row in words(aside_model)] == ["K003", "B005", "P001", "H001"]


def test_a_choice_belongs_to_its_visit(qtbot: QtBot, look: Look, aside_model: AsideModel) -> None:
    view = StripView(aside_model, ASIDE_COLUMNS, "On hold and to follow")
    qtbot.addWidget(view)
    heard: list[str] = []
    view.chosen.connect(heard.append)
    view.choose("k003")
    rows = asides()
    aside_model.show(desk_view(asides=(rows[3], rows[1], rows[0])))
    assert view.chosen_key() == "k003"
    aside_model.show(desk_view(asides=(rows[3], rows[0])))
    assert view.chosen_key() == ""
    assert heard == ["k003", ""]


def test_enter_opens_an_aside(qtbot: QtBot, look: Look, aside_model: AsideModel) -> None:
    view = StripView(aside_model, ASIDE_COLUMNS, "On hold and to follow")
    qtbot.addWidget(view)
    view.show()
    view.choose("p001")
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["p001"]


def test_counters_cannot_be_chosen_nor_take_the_focus(qtbot: QtBot, look: Look, counter_model: CounterModel) -> None:
    view = StripView(counter_model, COUNTER_COLUMNS, "Counters")
    qtbot.addWidget(view)
    assert view.focusPolicy() == Qt.FocusPolicy.NoFocus
    view.choose("counter-1")
    assert view.chosen_key() == ""
    assert counter_model.index(0, 0).data(Role.KEY) == "counter-1"


@pytest.mark.parametrize("width", [240, 320, 380, 518, 798, 1200])
def test_columns_fill_the_strip_at_any_width(
    qtbot: QtBot, look: Look, aside_model: AsideModel, counter_model: CounterModel, width: int
) -> None:
    for model, columns in ((aside_model, ASIDE_COLUMNS), (counter_model, COUNTER_COLUMNS)):
        view = StripView(model, columns, "Strip")
        qtbot.addWidget(view)
        view.resize(width, 300)
        view.show()
        widths = [view.columnWidth(column) for column in range(model.columnCount())]
        assert sum(widths) == view.viewport().width()
        assert min(widths) >= 8


def test_a_narrow_strip_does_without_the_officer_before_it_wraps(qtbot: QtBot, look: Look) -> None:
    door = full_book()
    view = door.ask(Desk("civic"))
    model = TodayModel()
    model.show(view)
    model.show_about(door.about())
    strip = StripView(model, TODAY_COLUMNS, "Today's appointments")
    qtbot.addWidget(strip)
    strip.show()
    strip.resize(800, 200)
    assert not any(strip.isColumnHidden(column) for column in range(6))
    strip.resize(516, 200)
    assert [column for column in range(6) if strip.isColumnHidden(column)] == [2]
    assert strip.rowHeight(0) == strip.rowHeight(2)


def test_the_last_column_that_is_shown_reaches_to_the_edge(qtbot: QtBot) -> None:
    """Else the frame of a chosen row is cut off at the right."""
    rows = RowsModel(("Room", "Now", "Has", "For this visit"))
    rows.give_way = (3,)
    cells = (Cell("Meeting room"), Cell("Free"), Cell("private, step-free, 4 seats, until 11.20"), Cell("Suggested"))
    rows.show_rows([StripRow("r1", None, cells, "")])
    view = StripView(rows, (72, 104, 0, 96), "Rooms")
    qtbot.addWidget(view)
    view.resize(420, 200)
    view.show()
    assert view.isColumnHidden(3)
    assert sum(view.columnWidth(column) for column in range(3)) == view.viewport().width()


def test_narrow_columns_stay_whole_and_the_widest_give_way() -> None:
    assert shared((60, 900, 300), 400) == [60, 170, 170]
    assert shared((60, 100, 300), 300) == [60, 100, 140]
    assert shared((60, 100), 300) == [60, 100]
