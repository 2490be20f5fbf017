"""The forecast page, by real keys, against a door in memory that answers when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.clock import SetClock
from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.domain.staffing import Plan, WhatIfResult
from reception.errors import Code, Refusal
from reception.services.supervisor_queries import Forecast, UsualPlan, WhatIf
from tests.ui import forecast_values as values
from tests.ui.fake_door import OFFICE
from tests.ui.page_hands import PageHands
from ui.supervisor.forecast_page import ONE_OFFICE, ForecastPage
from ui.supervisor.forecast_words import detail, hours_of_a_day, sentence, waits_sentence
from ui.supervisor.plots.arrivals import Step
from ui.supervisor.record_words import expected_words
from ui.theme import Look, apply_look
from ui.theme_file import load_theme

ALT = Qt.KeyboardModifier.AltModifier
WAIT_S = 10


class ForecastDoor:
    """Answers with the forecast that it is given, for the day that was asked; waits are worked out step by step while
    `gate` is shut."""

    def __init__(self) -> None:
        self.found = values.forecast()
        self.plan = values.PLAN
        self.asked: list[Forecast] = []
        self.refusal: Refusal | None = None
        self.no_waits: Refusal | None = None
        self.stopped = 0
        self.gate = threading.Event()
        self.gate.set()

    def ask(self, query: Forecast | UsualPlan) -> ArrivalsForecast | Plan:
        if isinstance(query, UsualPlan):
            return self.plan
        self.asked.append(query)
        if self.refusal is not None:
            raise self.refusal
        return replace(self.found, day=query.day)

    def work_out(self, query: WhatIf, progress: Callable[[int, int], None]) -> WhatIfResult:
        if self.no_waits is not None:
            raise self.no_waits
        try:
            progress(50, query.runs)
            while not self.gate.wait(0.01):
                progress(120, query.runs)
        except Refusal:
            self.stopped += 1
            raise
        return values.waits(query.plan)


class Hands(PageHands):
    """The page under its head in a window, and the keys."""

    def __init__(self, qtbot: QtBot, size: tuple[int, int] = (1366, 768)) -> None:
        self.qtbot, self.door = qtbot, ForecastDoor()
        super().__init__(self.door, size)
        qtbot.addWidget(self.window)
        self.page = ForecastPage(self.link, clock=SetClock(values.NOW))
        self.put(self.page)
        qtbot.waitActive(self.window)

    def open(self) -> Hands:
        self.page.open_for((OFFICE,), (OFFICE,))
        self.settled()
        return self

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.said()) and not self.page.finding.status.text())

    def said(self) -> str:
        return self.page.finding.sentence.text()

    def waits(self) -> str:
        return self.page.waits.words.text() if self.page.waits.isVisible() else ""

    def cells(self, row: int) -> tuple[str, ...]:
        return self.page.half_hours.table.figures.rows[row].cells


@pytest.fixture
def make(qtbot: QtBot, look: Look) -> Iterator[Callable[..., Hands]]:
    made: list[Hands] = []

    def hands(**given: Any) -> Hands:
        made.append(Hands(qtbot, **given))
        return made[-1]

    yield hands
    for each in made:
        each.door.gate.set()
        each.page.leave()
        each.link.close()


@pytest.fixture
def page(make: Callable[..., Hands]) -> Hands:
    return make()


def test_it_opens_with_the_next_day_and_the_wait_that_follows(page: Hands) -> None:
    page.open()
    assert page.door.asked == [Forecast("civic", values.TUESDAY)]
    assert page.said() == "Tuesday 1 December: about 118 visitors, 96 to 141 likely"
    assert page.page.finding.detail.text().startswith("It rests on 48 Tuesdays, 240 days in all.")
    assert page.page.day_head.picker.text() == "Tuesday 1 December"
    assert page.page.arrivals.isVisible()
    assert page.cells(4)[:3] == ("11am", "11.0", "6–18")
    page.qtbot.waitUntil(
        lambda: page.waits().startswith("With the counters usually there, 3 at most, about 78% of all")
    )
    assert page.cells(4) == ("11am", "11.0", "6–18", "3", "71%", "6.5")
    assert page.cells(-1) == ("All day", "117.9", "96–141", "", "78%", "5.8")


def test_where_all_is_too_long_ago_the_first_day_that_can_be_foretold_is_offered(page: Hands) -> None:
    usual = page.door.found
    page.door.found = replace(values.nothing(values.TUESDAY, ForecastNote.NOTHING_KNOWN), newest=date(2018, 12, 21))
    taken: list[date] = []
    page.page.day_chosen.connect(taken.append)
    page.open()
    offer = page.page.finding.month_button
    assert offer.isVisible() and offer.text().startswith("Show Monday 24 December 2018")
    page.door.found = usual
    page.key(Qt.Key.Key_L, modifier=ALT)
    page.qtbot.waitUntil(lambda: page.door.asked[-1].day == date(2018, 12, 24))
    page.settled()
    assert taken == [date(2018, 12, 24)] and not offer.isVisible()


def test_other_days_by_keys_without_weekends(page: Hands) -> None:
    page.open()
    for key, day in (
        (Qt.Key.Key_Right, date(2026, 12, 2)),
        (Qt.Key.Key_Left, values.TUESDAY),
        (Qt.Key.Key_Left, date(2026, 11, 30)),
        (Qt.Key.Key_Left, date(2026, 11, 27)),
    ):
        page.key(key, modifier=ALT)
        page.qtbot.waitUntil(lambda day=day: page.door.asked[-1].day == day)
    page.settled()
    assert page.said().startswith("Friday 27 November: ")


def test_a_day_is_typed(page: Hands) -> None:
    page.open()
    page.key(Qt.Key.Key_Down, modifier=ALT)
    field = QApplication.focusWidget()
    assert field is page.page.panel.day
    # Where nothing else fills the page, the panel is no taller than what stands in it.
    page.page.sheets.hide()
    page.qtbot.waitUntil(lambda: page.page.panel.height() == page.page.panel.sizeHint().height())
    page.qtbot.keyClicks(field, "someday")
    page.key(Qt.Key.Key_Return)
    assert page.page.panel.isVisible()
    assert field.property("fault")
    page.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page.qtbot.keyClicks(field, "5 January 2027")
    page.key(Qt.Key.Key_Return)
    page.qtbot.waitUntil(lambda: page.said().startswith("Tuesday 5 January 2027: "))
    assert not page.page.panel.isVisible()
    assert page.page.day_head.picker.hasFocus()
    page.key(Qt.Key.Key_Down, modifier=ALT)
    page.key(Qt.Key.Key_Escape)
    assert not page.page.panel.isVisible()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (values.nothing(values.TUESDAY, ForecastNote.CLOSED), "Tuesday 1 December: the office is closed"),
        (values.nothing(values.TUESDAY, ForecastNote.NOTHING_KNOWN), "Tuesday 1 December: nothing is known to go by"),
        (values.hardly_open(values.TUESDAY), "Hardly ever open on Tuesdays: 3 visitors on 1 of the last 52"),
    ],
)
def test_where_there_is_no_figure_a_sentence_says_so(page: Hands, found: ArrivalsForecast, words: str) -> None:
    page.door.found = found
    page.open()
    assert page.said() == words
    assert not page.page.sheets.isVisible()
    assert page.waits() == ""


def test_who_came_in_the_years_before_stands_beside_what_is_foretold() -> None:
    found, today = values.nobody_then(), date(2026, 11, 30)
    assert sentence(found, today) == (
        "Tuesday 1 December: about 118 visitors, 96 to 141 likely, but on the Tuesday of that week nobody came in 2025 "
        "and 2024"
    )
    assert detail(found).endswith("On the Tuesday of that week: 2025 nobody, 2024 nobody, 2023 73.")
    assert expected_words(found).endswith(" But on the Tuesday of that week nobody came in 2025 and 2024.")


def test_what_the_record_kept_and_which_days_are_played_stand_beside_the_wait_and_no_counter_is_explained() -> None:
    usual = values.waits()
    first, *others = usual.slots
    apart = replace(usual, recorded_kept=0.5, all_walk_ins_kept=0.783, days=26, is_one_weekday=True)
    apart = replace(apart, first_day=date(2026, 6, 2), last_day=date(2026, 11, 24))
    said = waits_sentence(replace(apart, slots=(replace(first, counters=0), *others)))
    assert "seen within 15 minutes (of the walk-ins on record 50% were); " in said
    assert "Of all walk-ins on the last 26 recorded Tuesdays, 2 June 2026 to 24 November 2026" in said
    assert "At 9am no counter is open: whoever comes then waits for one." in said
    assert "no counter" not in waits_sentence(usual) and "on record" not in waits_sentence(usual)


def test_notes_are_said_in_words(page: Hands) -> None:
    page.door.found = values.forecast(notes=(ForecastNote.BANK_HOLIDAY_BEFORE, ForecastNote.LITTLE_KNOWN))
    page.open()
    words = page.page.finding.detail.text()
    assert "closed on the working day before" in words
    assert "That is little to go by." in words


def test_the_wait_tells_how_far_it_is_and_is_stopped_by_a_key(page: Hands) -> None:
    page.door.gate.clear()
    page.open()
    page.qtbot.waitUntil(lambda: "120 of 500 simulated days" in page.waits())
    page.key(Qt.Key.Key_W, modifier=ALT)
    assert page.waits() == "The wait was not worked out: it was stopped."
    page.qtbot.waitUntil(lambda: page.door.stopped == 1)
    assert page.page.waits.action.text() == "Work out the wait"
    page.door.gate.set()
    page.key(Qt.Key.Key_W, modifier=ALT)
    page.qtbot.waitUntil(lambda: page.waits().startswith("With the counters"))
    assert not page.page.waits.button.isVisible()


def test_another_day_and_leaving_stop_what_is_worked_out(page: Hands) -> None:
    page.door.gate.clear()
    page.open()
    page.qtbot.waitUntil(lambda: "of 500" in page.waits())
    page.key(Qt.Key.Key_Right, modifier=ALT)
    page.qtbot.waitUntil(lambda: page.door.stopped == 1)
    page.qtbot.waitUntil(lambda: "of 500" in page.waits())
    page.page.leave()
    page.qtbot.waitUntil(lambda: page.door.stopped == 2)
    assert page.waits() == ""


def test_a_wait_that_cannot_be_worked_out_leaves_the_forecast(page: Hands) -> None:
    page.door.no_waits = Refusal(Code.NOT_POSSIBLE_NOW, "That cannot be worked out yet.")
    page.open()
    page.qtbot.waitUntil(lambda: page.waits() == "The wait cannot be worked out. That cannot be worked out yet.")
    assert page.page.arrivals.isVisible()
    page.door.no_waits = None
    page.key(Qt.Key.Key_W, modifier=ALT)
    page.qtbot.waitUntil(lambda: page.waits().startswith("With the counters"))


def test_nobody_is_usually_there(page: Hands) -> None:
    page.door.plan = Plan(())
    page.open()
    page.qtbot.waitUntil(lambda: page.waits().startswith("Nobody is known to be at a counter"))


def test_a_refusal_is_said_and_asked_again(page: Hands) -> None:
    page.door.refusal = Refusal(Code.DATABASE_BUSY, "The database is busy.", "Try again.")
    page.page.open_for((OFFICE,), (OFFICE,))
    page.qtbot.waitUntil(lambda: "The database is busy. Try again." in page.page.finding.status.text())
    page.door.refusal = None
    page.qtbot.mouseClick(page.page.finding.ask_button, Qt.MouseButton.LeftButton)
    page.settled()
    assert page.said().startswith("Tuesday 1 December: about 118")


def test_all_offices_together_have_no_forecast(page: Hands) -> None:
    page.open()
    page.page.open_for((OFFICE, replace(OFFICE, id="bushey")), (OFFICE, replace(OFFICE, id="bushey")))
    assert page.said() == ONE_OFFICE
    assert not page.page.sheets.isVisible()
    page.page.open_for((OFFICE,), (OFFICE, replace(OFFICE, id="bushey")))
    page.qtbot.waitUntil(lambda: page.said().startswith("Tuesday 1 December"))


def test_what_came_too_late_is_not_shown(page: Hands) -> None:
    page.open()
    for _ in range(3):
        page.key(Qt.Key.Key_Right, modifier=ALT)
    page.qtbot.waitUntil(lambda: page.said().startswith("Friday 4 December"))
    assert page.page.plot.accessibleDescription().startswith("Friday 4 December")
    asked = [(each.day - values.TUESDAY).days for each in page.door.asked]
    assert (asked[0], asked[-1]) == (0, 3) and asked == sorted(asked), "what was passed by may not be asked at all"


def test_plot_and_table_are_read(page: Hands) -> None:
    page.open()
    plot = page.page.plot
    assert plot.accessibleName() == "Visitors by half hour"
    assert "about 118 visitors" in plot.accessibleDescription()
    table = QAccessible.queryAccessibleInterface(page.page.half_hours.table)
    assert table.text(QAccessible.Text.Name) == "Half hour by half hour"
    figures = page.page.half_hours.table.figures
    said = figures.data(figures.index(4, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "11am, Eight days in ten lie between: 6–18"
    plot.show_steps([Step(540, 30, 5.2, 2, 10)], hours_of_a_day())
    assert plot._y.high > 10, "the shade does not lie on the frame"
    page.page.half_hours.table.setFocus()
    page.key(Qt.Key.Key_Down)
    assert page.page.half_hours.table.currentIndex().row() == 1


@pytest.mark.parametrize(("theme", "percent", "width"), [("dark", 200, 1024), ("high-contrast", 100, 1366)])
def test_nothing_is_cut(make: Callable[..., Hands], qapp: QApplication, theme: str, percent: int, width: int) -> None:
    apply_look(qapp, Look(load_theme(theme), percent))
    hands = make(size=(width, 900))
    hands.door.found = values.forecast(notes=tuple(ForecastNote)[1:4])
    hands.open()
    hands.qtbot.waitUntil(lambda: hands.waits().startswith("With"))
    table = hands.page.half_hours.table
    assert table.horizontalScrollBar().maximum() == 0
    parts = (hands.page.finding.sentence, hands.page.finding.detail, hands.page.waits.words)
    hands.qtbot.waitUntil(lambda: all(part.height() >= part.heightForWidth(part.width()) for part in parts))
    assert hands.page.plot.width() >= hands.page.plot.minimumSizeHint().width()
