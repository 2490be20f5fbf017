"""Plots: what they draw, what they say, the table in their place, and the picture that is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyqtgraph import TextItem
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import past_values as values
from ui.file_dialog import FileDialog
from ui.moments import hour_words
from ui.supervisor.plots.axes import Axis, apart
from ui.supervisor.plots.control_chart import ControlChartPlot
from ui.supervisor.plots.curve import CurvePlot, Steps, _stairs
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.heat_map import Cell, HeatMap, level_of
from ui.supervisor.plots.scales import day_ticks, nice_ticks, share_ticks
from ui.supervisor.plots.with_table import WithTable
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets.roles import give_roles

HEADS = (Head("Service", is_figure=False), Head("Visits"), Head("Share", is_strong=True, aloud="Share in time"))
ROWS = (Row(("Housing", "624", "86.3%")), Row(("All walk-ins", "2,802", "91.5%"), "total"))


@pytest.fixture
def curve(qtbot: QtBot, look: Look) -> WithTable:
    plot = CurvePlot("Share seen")
    sheet = WithTable("Share seen", plot, "share-seen")
    qtbot.addWidget(sheet)
    sheet.resize(600, 320)
    plot.show_steps(Steps((0.1, 0.5, 0.9), "91.5% within 15 min"), None, 15)
    sheet.set_subject("Civic Offices", values.OCTOBER, "October 2026")
    sheet.set_note("Of 2,802 seen.", "Of 2,802 seen: 91.5% within 15 minutes.")
    sheet.set_rows(HEADS, ROWS)
    sheet.show()
    qtbot.waitExposed(sheet)
    return sheet


def _ground(widget: QWidget) -> str:
    return widget.grab().toImage().pixelColor(3, 3).name()


def test_a_plot_takes_its_menu_along(curve: WithTable) -> None:
    """pyqtgraph makes one for each plot, opened or not, that would outlive it."""
    menus = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.title()]
    owners = [menu.parent() for menu in menus if menu.title() == "Plot Options"]
    assert curve.findChild(CurvePlot) in owners and None not in owners


def test_a_low_curve_goes_through_no_words(qtbot: QtBot, look: Look) -> None:
    plot = CurvePlot("Share seen")
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.show()
    then = Steps((0.3, 0.5, 0.6, 0.7), "November 2018 60.0%, dashed")
    plot.show_steps(Steps((0.2, 0.3, 0.4, 0.6), "40.0% within 2 min"), then, 2)
    words = {item.textItem.toPlainText(): item for item in plot._shown if isinstance(item, TextItem)}
    assert all(words[name].pos().y() < 0.4 for name in ("40.0% within 2 min", then.words))


# -- scales --


def test_a_share_goes_up_in_steps_and_stays_at_the_last() -> None:
    assert _stairs((0.1, 0.5), 3) == ([0, 1, 1, 2, 2, 3, 3], [0.1, 0.1, 0.5, 0.5, 0.5, 0.5, 0.5])


@pytest.mark.parametrize(
    ("high", "words"),
    [(0.0, ["0", "1"]), (3.0, ["0", "1", "2", "3"]), (44.0, ["0", "10", "20", "30", "40", "50"])],
)
def test_ticks_are_whole_figures_up_to_the_highest(high: float, words: list[str]) -> None:
    assert [words for _, words in nice_ticks(high)] == words


def test_shares_are_ticked_from_under_the_lowest_to_all() -> None:
    assert [words for _, words in share_ticks(0.79)] == ["70%", "80%", "90%", "100%"]
    assert [words for _, words in share_ticks(0.0)] == ["0%", "25%", "50%", "75%", "100%"]
    assert share_ticks(1.0)[-1][0] == 1.0


def test_days_are_named_by_their_mondays_or_months() -> None:
    month = values.working_days(values.OCTOBER.first, 22)
    assert [words for _, words in day_ticks(month)] == ["1 Oct", "5 Oct", "12 Oct", "19 Oct", "26 Oct"]
    year = values.working_days(values.OCTOBER.first, 120)
    assert [words for _, words in sorted(day_ticks(year))][:4] == ["Oct 2026", "Nov", "Dec", "Jan 2027"]
    years = [each for each in values.working_days(date(2015, 12, 14), 700) if each.month not in (1, 7)]
    assert [(years[int(at)], words) for at, words in day_ticks(years)] == [
        (date(2016, 2, 1), "2016"),
        (date(2017, 2, 1), "2017"),
        (date(2018, 2, 1), "2018"),
        (date(2015, 12, 14), "2015"),
    ]


def test_the_year_keeps_its_words_where_others_would_touch_them() -> None:
    months = day_ticks(values.working_days(date(2017, 12, 14), 120))
    shown = {words for _, words in apart(Axis(0, 120, tuple(months)), 240, None, 60) if words}
    assert shown == {"Jan 2018", "Mar", "May"}


def test_words_that_would_touch_are_left_out_but_their_ticks_stay() -> None:
    axis = Axis(0, 10, tuple((float(at), f"{at}") for at in range(11)))
    assert [words for _, words in apart(axis, 100, None, 25)] == ["0", "", "", "3", "", "", "6", "", "", "9", ""]


# -- a plot on its sheet --


def test_it_wears_the_theme_and_another_at_once(curve: WithTable, qapp: QApplication, look: Look) -> None:
    assert _ground(curve.shown) == look.colour("surface-raised").name()
    dark = Look(load_theme("dark"), 150)
    apply_look(qapp, dark)
    assert _ground(curve.shown) == dark.colour("surface-raised").name()


def test_the_wheel_is_left_to_what_it_stands_in(curve: WithTable) -> None:
    middle = QPointF(curve.shown.rect().center())
    wheel = QWheelEvent(
        middle,
        curve.shown.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(curve.shown.viewport(), wheel)  # type: ignore[attr-defined]
    assert not wheel.isAccepted()


def test_a_screen_reader_hears_what_it_shows(curve: WithTable) -> None:
    give_roles()
    heard = QAccessible.queryAccessibleInterface(curve.shown)
    assert heard is not None
    assert heard.role() == QAccessible.Role.Chart
    assert heard.text(QAccessible.Text.Name) == "Share seen"
    assert heard.text(QAccessible.Text.Description) == "Of 2,802 seen: 91.5% within 15 minutes."


def test_t_shows_the_table_in_its_place_and_the_plot_again(curve: WithTable, qtbot: QtBot) -> None:
    curve.activateWindow()
    curve.shown.setFocus()
    qtbot.keyClick(curve.shown, Qt.Key.Key_T)
    assert curve.is_table()
    assert curve.table.hasFocus(), "the focus goes with what is shown"
    assert curve.table_action.text() == "Show as plot"
    qtbot.keyClick(curve.table, Qt.Key.Key_T)
    assert not curve.is_table()
    assert curve.shown.hasFocus()


def test_the_picture_is_saved_with_its_title(
    curve: WithTable, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def chosen(*given: str) -> tuple[str, str]:
        asked.append(Path(given[2]).name)
        return str(tmp_path / "october"), ""

    monkeypatch.setattr(FileDialog, "ask_file", chosen)
    curve.shown.setFocus()
    with qtbot.waitSignal(curve.saved) as saved:
        qtbot.keyClick(curve.shown, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["reception-2026-10-civic-offices-share-seen.png"]
    assert saved.args == ["october.png"]
    picture = QImage(str(tmp_path / "october.png"))
    assert picture.width() == 2 * (curve.shown.width() + 32)
    assert picture.height() > 2 * (curve.shown.height() + 32 + 60), "title, subject and note stand over it"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "october.png"]


def test_where_it_can_t_be_written_that_is_said_and_the_old_one_stays(
    curve: WithTable, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "october.png"
    file.mkdir()  # nothing can take its place
    (file / "kept").touch()
    monkeypatch.setattr(FileDialog, "ask_file", lambda *_: (str(file), ""))
    curve.shown.setFocus()
    qtbot.keyClick(curve.shown, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(curve._said.isVisible)
    assert curve._said.text() == (
        "The picture october.png can't be saved there. Choose another folder, or free some space."
    )
    assert [each.name for each in tmp_path.iterdir()] == ["october.png"]
    assert (file / "kept").exists()


def test_a_control_chart_of_one_day_of_each_kind_is_drawn(qtbot: QtBot, look: Look) -> None:
    plot = ControlChartPlot("Day by day")
    qtbot.addWidget(plot)
    plot.resize(600, 240)
    days = values.working_days(values.OCTOBER.first, 22)
    plot.show_chart(
        values.shares(days),
        is_share=True,
        is_good=lambda _: False,
        point_words=lambda _: "79% of 156",
    )
    plot.show()
    picture = plot.grab().toImage()
    late = look.colour("late")
    assert any(
        picture.pixelColor(x, y) == late for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    ), "the signal is a diamond of its own colour"
    plot.show_chart(None, is_share=True, is_good=lambda _: False, point_words=lambda _: "")
    assert not plot._shown or plot._chart is None


# -- heat map --


@pytest.fixture
def heat(qtbot: QtBot, look: Look) -> HeatMap:
    made = HeatMap("Median wait")
    qtbot.addWidget(made)
    made.resize(500, 160)
    cells = [
        [Cell(f"{day}{hour}", (day + hour) % 5, f"day {day} from {hour}") for hour in range(3)] for day in range(2)
    ]
    made.show_cells(("Mon", "Tue"), ("9am", "10am", "11am"), cells)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def test_arrows_walk_the_cells_and_each_says_itself(heat: HeatMap, qtbot: QtBot) -> None:
    assert heat.said() == "day 0 from 0"
    for key, said in (
        (Qt.Key.Key_Right, "day 0 from 1"),
        (Qt.Key.Key_Down, "day 1 from 1"),
        (Qt.Key.Key_End, "day 1 from 2"),
        (Qt.Key.Key_Up, "day 0 from 2"),
    ):
        qtbot.keyClick(heat, key)
        assert heat.said() == said
    heard = QAccessible.queryAccessibleInterface(heat)
    assert heard is not None
    children = [heard.child(at) for at in range(heard.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children if child is not None]
    assert names[1:5] == ["9am", "10am", "11am", "Mon"]
    assert names[-1] == "day 1 from 2"


def test_twelve_hours_are_headed_shortly_rather_than_scrolled(heat: HeatMap) -> None:
    hours = [hour_words(hour) for hour in range(8, 20)]
    heat.show_cells(("Monday",), hours, [[Cell("100%", 4, hour) for hour in hours]])
    heat.resize(620, 120)
    assert [heat.top(column) for column in (0, 4, 5)] == ["8", "12", "1"]
    assert not heat._overflows(12)
    heat.resize(1100, 120)
    assert [heat.top(column) for column in (0, 4, 5)] == ["8am", "midday", "1pm"]


def test_it_stays_at_its_cell_when_the_figures_change(heat: HeatMap, qtbot: QtBot) -> None:
    qtbot.keyClick(heat, Qt.Key.Key_Right)
    heat.show_cells(("Mon",), ("9am", "10am"), [[Cell("1", 0, "a"), Cell("2", 4, "b")]])
    assert heat.said() == "b"
    heat.show_cells((), (), ())
    assert heat.said() == ""


def test_five_even_steps_from_the_lowest_to_the_highest() -> None:
    assert [level_of(float(value), 0, 10) for value in (0, 1, 2, 4, 6, 8, 10)] == [0, 0, 1, 2, 3, 4, 4]
    assert level_of(7.0, 7.0, 7.0) == 2


# -- table --


def test_cells_are_walked_and_said_with_row_and_head(qtbot: QtBot, look: Look) -> None:
    table = FiguresTable("By service")
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show_rows(HEADS, ROWS)
    table.show()
    qtbot.waitExposed(table)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    at = table.currentIndex()
    assert at.data(Qt.ItemDataRole.AccessibleTextRole) == "All walk-ins, Share in time: 91.5%"
    assert table.horizontalScrollBar().maximum() == 0


def test_words_that_are_wrapped_make_the_row_higher_and_nothing_is_scrolled(qtbot: QtBot, look: Look) -> None:
    table = FiguresTable("Desks")
    qtbot.addWidget(table)
    words = "12.30pm to 1pm, 3pm to 3.30pm"
    table.show_rows([HEADS[0], Head("Breaks", is_figure=False, is_wrapped=True)], [Row(("Desk 1", words))])
    table.resize(240, table.minimumSizeHint().height())
    table.show()
    qtbot.waitExposed(table)
    lines = table.cell_lines(0, 1)
    assert len(lines) == 2 and "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert table.horizontalScrollBar().maximum() == 0
    assert table.rowHeight(0) == look.row_height(32) + look.line()
    table.resize(600, 200)
    assert table.cell_lines(0, 1) == [words] and table.rowHeight(0) == look.row_height(32)


def test_where_it_is_too_narrow_the_names_stay_in_sight(qtbot: QtBot, look: Look) -> None:
    table = FiguresTable("By service")
    qtbot.addWidget(table)
    table.resize(220, 200)
    heads = [HEADS[0], *(Head(f"Column {at}") for at in range(6))]
    table.show_rows(heads, [Row(("Housing", *["1,234"] * 6))])
    table.show()
    qtbot.waitExposed(table)
    table.setFocus()
    assert not table._names.isVisible()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table._names.isVisible()
    assert table._names.geometry().x() == 0
    for _ in range(5):
        qtbot.keyClick(table, Qt.Key.Key_Left)
    column = table.currentIndex().column()
    assert column == 1
    assert table.columnViewportPosition(column) >= table._names.width(), "the cell is not under the names"
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert not table._names.isVisible()
