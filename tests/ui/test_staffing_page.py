"""The staffing page, by real keys and clicks, against a door in memory that answers when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import HOUR, MINUTE, SetClock
from reception.domain.forecasting import ForecastNote
from reception.domain.grouping import Period
from reception.domain.planning import counters_in
from reception.domain.staffing import Desk, KeptOfDay, Plan, SmoothPlan, WhatIfResult
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.supervisor_queries import ComparePolicies, Forecast, Staffing, UsualPlan, WhatIf
from tests.support import At, door_on
from tests.ui import forecast_values
from tests.ui import staffing_values as values
from tests.ui.fake_door import OFFICE
from tests.ui.hearing import faults, unreached
from tests.ui.page_hands import CONTROL, PageHands
from tests.ui.supervisor_driver import SupervisorDoor, SupervisorDriver
from ui.link import Link
from ui.supervisor import staffing_page
from ui.supervisor.desks_editor import breaks_typed, changed_desk
from ui.supervisor.plan_sheet import SEVERAL
from ui.supervisor.record_words import expected_words, rules_truth_words, truth_words
from ui.supervisor.rule_words import best_detail, best_words
from ui.supervisor.staffing_head import NO_DAY
from ui.supervisor.staffing_page import ONE_OFFICE, StaffingPage
from ui.supervisor.staffing_rows import half_hours_of, least_table
from ui.supervisor.staffing_words import beside_usual, least_detail, least_words, outcome_detail
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import KeyButton, painting
from ui.widgets.painting import PLAIN, Style

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
WAIT_S = 10
TEN = 600


class StaffingDoor:
    """Answers at once, but for long questions while `gate` is shut: these tell how far they are until they are
    stopped."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.asked: list[Any] = []
        self.forget()

    def forget(self) -> None:
        self.gate.set()
        self.asked.clear()
        self.stopped: list[Any] = []
        self.closed: set[date] = set()
        self.hardly_open: set[date] = set()
        self.refusal: Refusal | None = None
        self.no_days: Refusal | None = None

    def ask(self, query: Any) -> Any:
        self.asked.append(query)
        if isinstance(query, Forecast):
            if query.day in self.hardly_open:
                return forecast_values.hardly_open(query.day)
            notes = (ForecastNote.CLOSED,) if query.day in self.closed else ()
            return values.forecast(query.day, *notes)
        assert isinstance(query, UsualPlan)
        if self.no_days is not None:
            raise self.no_days
        return values.USUAL

    def work_out(self, query: Any, progress: Callable[[int, int], None]) -> Any:
        self.asked.append(query)
        try:
            progress(0, 500)
            while not self.gate.wait(0.01):
                progress(180, 500)
        except Refusal:
            self.stopped.append(query)
            raise
        if self.refusal is not None:
            raise self.refusal
        match query:
            case WhatIf():
                return values.result(query.plan)
            case Staffing():
                return values.least()
            case _:
                return values.rules()

    def hang_up(self) -> None:
        self.gate.set()

    def played(self) -> list[Plan]:
        return [query.plan for query in self.asked if isinstance(query, WhatIf)]


class Hands(PageHands):
    """The page under its head in a window, and the keys."""

    def __init__(self) -> None:
        self.door = StaffingDoor()
        super().__init__(self.door, (1366, 704))
        self.page = self._new_page()

    def _new_page(self) -> StaffingPage:
        page = StaffingPage(self.link, clock=SetClock(values.NOW))
        self.put(page)
        return page

    def open(self, qtbot: QtBot, **door: Any) -> Hands:
        """As if it were opened for the first time."""
        self.qtbot = qtbot
        self.door.forget()
        for name, value in door.items():
            setattr(self.door, name, value)
        self.page.leave()
        self.take_out(self.page)
        self.page = self._new_page()
        qtbot.waitActive(self.window)
        self.page.open_for((OFFICE,), (OFFICE,))
        return self

    def until(self, come: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(come, timeout=WAIT_S * 1000)

    def is_at_rest(self) -> bool:
        page = self.page
        works = page.stop_action.isEnabled() or page.outcome.bar.isVisible()
        return page.plan.isVisible() and bool(self.said()) and not works

    def settled(self) -> None:
        self.until(self.is_at_rest)

    def said(self) -> str:
        return self.page.outcome.sentence.text()

    def status(self) -> str:
        return self.page.outcome.status.text()

    def counters_at(self, minute: int) -> str:
        table = self.page.plan.counters
        return table.figures.rows[(minute - 540) // 30].cells[-1]

    def at_half_hour(self, minute: int) -> None:
        """By keys, to a half hour of the plan."""
        self.page.plan.counters.setFocus()
        self.key(Key.Key_Home, *(Key.Key_Down,) * ((minute - 540) // 30))

    def turn_to(self, face: int) -> None:
        button = self.page.plan.switch.findChildren(QWidget)[face]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def enter(self, field: QWidget, words: str, end: Key = Key.Key_Return) -> None:
        self.type(field, words)
        QTest.keyClick(field, end)


@pytest.fixture(scope="module")
def hands(qapp: QApplication) -> Iterator[Hands]:
    """One window for all."""
    apply_look(qapp, Look(load_theme("light")))
    made = Hands()
    yield made
    made.page.leave()
    made.door.gate.set()
    made.end()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staffing_page, "SETTLE_MS", 5)


@pytest.fixture
def page(hands: Hands, qtbot: QtBot) -> Iterator[Hands]:
    """Opened, with what is usual worked out."""
    hands.open(qtbot).settled()
    yield hands
    hands.page.leave()
    hands.door.gate.set()


# -- the day ---------------------------------------------------------------------------------------------------------


def test_it_begins_with_what_is_usual_on_the_next_day_and_plays_it(page: Hands) -> None:
    assert page.page.staffing_head.field.text() == "Tue 1 Dec 2026"
    assert page.door.asked == [
        Forecast("civic", values.TUESDAY),
        UsualPlan("civic", values.TUESDAY),
        WhatIf("civic", values.TUESDAY, values.USUAL),
    ]
    assert page.said() == "69% of all visitors seen in time: walk-ins 69%, appointments 66%"
    assert page.page.plan.summary.text() == (
        "22 staff hours, as usual. 3 appointments booked. Expected: foretold by weeks and season, not the "
        "arrivals played."
    )
    rests = page.page.outcome.details[1].text()
    assert "drawn from the last 26 recorded Tuesdays, 2 June 2026 to 24 November 2026." in rests
    rests = page.page.outcome.details[2].text()
    assert "on these 26 days 81% were in fact seen within 15 minutes; simulated as usual, 69%. Use the diff" in rests
    row = page.page.plan.counters.figures.rows[2]
    assert row.cells == ("10am", "7.8", "2", "3")
    assert row.aloud == "10am, 7.8 expected, 4.8 to 11.8, 2 booked"
    assert page.page.board.day_table.figures.rows[0].cells == ("Seen in time", "69%", "62% to 75%", "")
    assert page.page.board.day_table.figures.rows[1].cells == ("Walk-ins", "69%", "62% to 75%", "81%")
    assert page.page.board.half_hours.subject() == "Civic Offices, Tuesday 1 December 2026, simulated"


def test_the_day_that_was_chosen_elsewhere_is_planned_until_one_is_chosen_here(page: Hands) -> None:
    page.page.leave()
    page.page.take_day(date(2026, 12, 8))
    page.page.open_for((OFFICE,), (OFFICE,))
    page.settled()
    assert page.page.staffing_head.field.text() == "Tue 8 Dec 2026"
    assert page.door.played()[-1] == values.USUAL


def test_a_day_on_which_the_office_is_closed_is_passed_over_unless_it_was_asked_for(hands: Hands, qtbot: QtBot) -> None:
    hands.open(qtbot, closed={values.TUESDAY}, hardly_open={date(2026, 12, 6)}).settled()
    field = hands.page.staffing_head.field
    assert field.text() == "Wed 2 Dec 2026"
    hands.key(Key.Key_Left, modifier=ALT)
    hands.until(lambda: hands.page.note.text() == "Civic Offices is closed on Tuesday 1 December 2026.")
    assert not hands.page.plan.isVisible()
    hands.key(Key.Key_Right, modifier=ALT)
    hands.until(hands.page.plan.isVisible)
    hands.key(Key.Key_Down, modifier=ALT)
    assert field.hasFocus()
    QTest.keyClicks(field, "soon")
    hands.key(Key.Key_Return)
    assert (field.text(), field.fault()) == ("soon", NO_DAY)
    assert hands.page.board.fault.isVisible() and hands.page.board.fault.text() == NO_DAY
    hands.enter(field, "6 december")
    hands.until(lambda: hands.page.note.text() == "Hardly ever open on Sundays: 3 visitors on 1 of the last 52.")
    assert not hands.page.plan.isVisible() and "no plan is given for 6 December" in hands.page.board.remedy.text()
    hands.enter(field, "4 december")
    hands.until(lambda: field.text() == "Fri 4 Dec 2026")
    assert not hands.page.board.fault.isVisible()
    hands.page.take_day(date(2026, 12, 8))
    hands.page.open_for((OFFICE,), (OFFICE,))
    assert field.text() == "Fri 4 Dec 2026", "whoever chose a day here keeps it"
    hands.settled()
    assert hands.door.asked[-1].day == date(2026, 12, 4)


def test_without_recorded_days_it_says_so_and_asks_again(hands: Hands, qtbot: QtBot) -> None:
    no_days = Refusal(Code.NOT_POSSIBLE_NOW, "Civic Offices has no recorded day.", "Import a log of visits.")
    hands.open(qtbot, no_days=no_days)
    hands.until(lambda: hands.page.note.text() == "Civic Offices has no recorded day.")
    hands.door.no_days = None
    hands.key(Key.Key_G, modifier=CONTROL)
    hands.settled()
    assert hands.page.plan.isVisible() and not hands.page.note.isVisible()


def test_of_several_offices_one_is_to_be_chosen(page: Hands) -> None:
    page.page.open_for((OFFICE, OFFICE), (OFFICE, OFFICE))
    assert page.page.note.text() == ONE_OFFICE and not page.page.plan.isVisible()


# -- the plan --------------------------------------------------------------------------------------------------------


def test_plus_minus_and_figures_change_the_counters_and_the_plan_is_played_beside_the_usual_one(page: Hands) -> None:
    page.at_half_hour(TEN)
    page.key(Key.Key_Plus)
    assert page.counters_at(TEN) == "4" and page.counters_at(TEN + 30) == "3"
    page.settled()
    assert [counters_in(plan, TEN) for plan in page.door.played()] == [3, 4]
    assert (
        "As usual: 69% of all visitors. This plan keeps 1 point more, give or take 0.2, for 0.5 staff hours more."
        in (page.page.outcome.details[1].text())
    )
    assert page.page.board.day_table.figures.rows[-1].cells == ("Staff hours", "22.5", "", "22", "", "")
    page.key(Key.Key_Minus)
    page.settled()
    page.key(Key.Key_Down, Key.Key_6)
    assert page.counters_at(TEN + 30) == "6" and page.page.plan.counters.currentIndex().row() == 3
    assert "6 desks, but the office has 3 counters." in page.page.plan.summary.text()
    page.settled()
    played = len(page.door.played())
    page.key(Key.Key_Z, Key.Key_Z, modifier=CONTROL)
    assert (page.counters_at(TEN), page.counters_at(TEN + 30)) == ("4", "3")
    page.settled()
    assert page.page.outcome.title.text() == "With this plan"
    assert len(page.door.played()) == played, "it was worked out before, and is shown at once"
    page.key(Key.Key_U, modifier=CONTROL)
    page.until(lambda: page.counters_at(TEN) == "3")
    assert not page.page.plan.usual_action.isEnabled()


def test_the_mouse_has_a_plus_and_a_minus_in_each_row(page: Hands) -> None:
    table = page.page.plan.counters
    minus, plus = table.marks_of(table.figures.index(1, 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=plus.center())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=plus.center())
    assert page.counters_at(570) == "5"
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=minus.center())
    assert page.counters_at(570) == "4"
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=minus.center() + QPoint(40, 0))
    assert page.counters_at(570) == "4"
    page.settled()


def test_after_the_last_undo_by_mouse_a_figure_is_still_for_the_plan(page: Hands) -> None:
    page.at_half_hour(TEN)
    page.key(Key.Key_Plus)
    undo = next(each for each in page.page.findChildren(KeyButton) if page.page.plan.undo_action in each.actions())
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert not undo.isEnabled() and page.page.plan.counters.hasFocus()
    assert page.page.plan.share.text() == "90"


def test_a_run_of_half_hours_or_the_whole_day_is_changed_at_once_by_keys_and_by_mouse(page: Hands) -> None:
    table, said = page.page.plan.counters, page.page.plan.several
    usual = [page.counters_at(minute) for minute in range(540, 1050, 30)]
    assert said.text() == SEVERAL
    page.at_half_hour(TEN)
    page.key(Key.Key_Down, Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert said.text() == "10am to 11.30am, 3 half hours: plus and minus change each of them."
    page.key(Key.Key_Plus, Key.Key_Plus, Key.Key_Minus)
    assert [page.counters_at(minute) for minute in (570, 600, 630, 660, 690)] == ["3", "4", "4", "4", "3"]
    page.key(Key.Key_Z, Key.Key_Z, Key.Key_Z, modifier=CONTROL)
    page.key(Key.Key_A, modifier=CONTROL)
    assert said.text().startswith("The whole day, 17 half hours: ")
    page.key(Key.Key_Minus)
    assert [int(page.counters_at(minute)) for minute in range(540, 1050, 30)] == [int(each) - 1 for each in usual]
    page.page.staffing_head.field.setFocus()
    QTest.keyClick(page.page.window().windowHandle(), Key.Key_Z, CONTROL)
    assert [page.counters_at(minute) for minute in range(540, 1050, 30)] == usual, "one step, also from the day's field"
    page.page.plan.counters.setFocus()
    page.key(Key.Key_Down)
    assert said.text() == SEVERAL
    beside = [table.visualRect(table.figures.index(row, 0)).center() for row in (1, 3)]
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=beside[0])
    QTest.mouseMove(table.viewport(), beside[1])
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=beside[1])
    assert said.text().startswith("9.30am to 11am, 3 half hours: ")
    plus = table.marks_of(table.figures.index(2, 3))[1].center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=plus)
    assert [page.counters_at(minute) for minute in (540, 570, 600, 630, 660)] == ["2", "4", "4", "4", "3"]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=beside[0])
    assert said.text() == SEVERAL
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, beside[1])
    page.key(Key.Key_5)
    assert [page.counters_at(minute) for minute in (540, 570, 600, 630, 660)] == ["2", "5", "5", "5", "3"]
    page.settled()


def test_the_next_change_stops_what_is_played_and_escape_stops_it_for_good(page: Hands) -> None:
    before = page.said()
    page.door.gate.clear()
    page.at_half_hour(TEN)
    page.key(Key.Key_Plus)
    page.until(lambda: len(page.door.played()) == 2 and page.page.outcome.bar.value() == 180)
    assert page.status() == "Playing 500 days with this plan. The figures are of the plan before."
    assert (page.said(), page.page.outcome.title.text()) == (before, "With the plan before")
    assert page.page.board.day_table.figures.heads[1].words == "Plan before"
    page.page._player._settle.setInterval(60_000)  # so long until the next begins
    page.key(Key.Key_Plus)
    page.until(lambda: len(page.door.stopped) == 1)
    assert [counters_in(query.plan, TEN) for query in page.door.stopped] == [4]
    page.key(Key.Key_Escape)
    assert page.status() == "Stopped. The figures are of the plan before."
    assert len(page.door.played()) == 2
    page.key(Key.Key_G, modifier=CONTROL)
    page.until(lambda: len(page.door.played()) == 3)
    page.key(Key.Key_Escape)
    page.until(lambda: len(page.door.stopped) == 2)
    page.page._player._settle.setInterval(5)
    page.door.gate.set()
    page.key(Key.Key_G, modifier=CONTROL)
    page.settled()
    assert page.page.outcome.title.text() == "With this plan" and not page.status()


def test_what_the_door_refuses_is_said_and_the_plan_stays(page: Hands) -> None:
    page.door.refusal = Refusal(Code.BAD_INPUT, "The plan has no desk, so nobody would be seen.", "Add a desk.")
    page.at_half_hour(TEN)
    page.key(Key.Key_0)
    page.until(lambda: "Add a desk." in page.status())
    assert page.status().endswith("The figures are of the plan before.")
    assert page.counters_at(TEN) == "0"
    page.door.refusal = None


def test_what_was_drawn_for_a_day_is_there_when_it_is_come_back_to(page: Hands) -> None:
    page.at_half_hour(TEN)
    page.key(Key.Key_Plus)
    page.settled()
    page.key(Key.Key_Right, modifier=ALT)
    page.until(lambda: page.counters_at(TEN) == "3")
    page.settled()
    page.key(Key.Key_Left, modifier=ALT)
    assert page.counters_at(TEN) == "4"
    page.settled()


# -- desks and rule --------------------------------------------------------------------------------------------------


def test_desks_are_changed_added_and_removed_and_the_counters_follow(page: Hands) -> None:
    desks = page.page.plan.desks
    page.turn_to(1)
    desks.table.setFocus()
    page.key(Key.Key_Down, Key.Key_Down)
    assert (desks.opens.text(), desks.closes.text(), desks.breaks.text()) == ("9.30am", "4pm", "")
    assert [tick.isChecked() for tick in desks.ticks.values()] == [True, False, True, False, False]
    page.enter(desks.opens, "9")
    page.enter(desks.breaks, "11am to 11.30am and 2-2.30", Key.Key_Tab)
    desk = page.page.plan.desks.table.figures.rows[2].cells
    assert desk == ("Desk 3", "9am to 4pm", "11am to 11.30am, 2pm to 2.30pm", "2 services")
    assert (page.counters_at(540), page.counters_at(660)) == ("3", "2")
    page.enter(desks.closes, "8am")
    assert desks.closes.text() == "8am" and "left after it is opened" in desks.fault.text()
    desks.table.setFocus()
    page.key(Key.Key_Up, Key.Key_Down)
    assert desks.closes.text() == "8am" and desks.closes.fault(), "what was typed is not lost"
    page.enter(desks.closes, "5.30pm")
    assert not desks.fault.isVisible() and page.counters_at(1020) == "2"
    tick = desks.ticks["housing"]
    tick.setFocus()
    page.key(Key.Key_Space)
    page.key(Key.Key_N, modifier=CONTROL)
    assert page.counters_at(540) == "4" and desks.opens.hasFocus()
    desks.table.setFocus()
    page.key(Key.Key_Delete, modifier=CONTROL)
    assert page.counters_at(540) == "3" and desks.said.text() == "Desk 4, 9am to 5.30pm, was taken off."
    page.settled()
    skills = frozenset({"ctax", "benefits", "housing"})
    assert page.door.played()[-1].desks[2] == Desk(540, 1050, ((660, 690), (840, 870)), skills)
    page.key(Key.Key_Home, Key.Key_Delete, modifier=CONTROL)
    assert desks.said.text().endswith("was taken off. Those after it are numbered anew: desk 2 is now desk 1.")
    page.key(Key.Key_Z, modifier=CONTROL)
    assert not desks.said.isVisible()
    page.settled()


@pytest.mark.parametrize(
    ("name", "typed", "changed"),
    [
        ("opens", "10", Desk(600, 1020, ((720, 780),))),
        ("opens", "12.30pm", Desk(750, 1020, ((750, 780),))),
        ("closes", "midday", Desk(540, 720)),
        ("opens", "soon", "Type a time of day, such as 9am or 12.30pm."),
        ("opens", "5pm", "A desk is left after it is opened: put its times in their order."),
        ("breaks", "", Desk(540, 1020)),
        ("breaks", "3pm to 3.15pm, 10–10.30", Desk(540, 1020, ((600, 630), (900, 915)))),
        ("breaks", "3pm", "Type breaks such as 12.30pm to 1pm, 3pm to 3.15pm."),
        ("breaks", "4pm to 6pm", "A break lies within the desk's times, and ends after it begins."),
    ],
)
def test_what_is_typed_of_a_desk(name: str, typed: str, changed: Desk | str) -> None:
    assert changed_desk(Desk(540, 1020, ((720, 780),)), name, typed) == changed


def test_breaks_that_are_no_breaks() -> None:
    assert breaks_typed("1 to 2 to 3") is None


def test_another_calling_rule_is_played(page: Hands) -> None:
    rule = page.page.plan.rule
    page.turn_to(2)
    assert rule.overtakes.isVisible() and rule.guards["walk_in_guard"].currentText().startswith("1.5 times the target")
    rule.guards["walk_in_guard"].setFocus()
    page.key(Key.Key_Down)
    rule.rule.setFocus()
    page.key(Key.Key_F)
    assert rule.rule.currentText() == "First come, first served" and not rule.overtakes.isVisible()
    page.settled()
    played = page.door.played()[-1]
    assert (played.rule, played.settings.walk_in_guard) == ("first_come", 1.75)


# -- the least, and the rules ----------------------------------------------------------------------------------------


def test_the_least_is_found_beside_erlangs_and_may_be_taken(page: Hands) -> None:
    sheet = page.page.plan
    page.enter(sheet.share, "100")
    assert sheet.fault.text() == "Type a share from 1 to 99." and sheet.share.text() == "100"
    page.enter(sheet.share, "95")
    least = page.page.least
    page.until(least.table.isVisible)
    assert page.door.asked[-1] == Staffing("civic", values.TUESDAY, 15.0, 0.95)
    assert least.sentence.text() == "28 staff hours are enough for 90% within 15 minutes, in each half hour"
    assert "trying plans" in least.details[0].text()
    assert (
        least.details[1]
        .text()
        .startswith("By Erlang's formula alone: 30.5 staff hours. It leaves out what matters in 5 half hours: ")
    )
    busy = least.table.figures.rows[3].cells
    assert busy[:7] == ("10.30am", "9.2", "4", "4", "3", "5", "94%") and busy[7].startswith(
        "Far busier on some days; queue from before"
    )
    page.key(Key.Key_T, modifier=CONTROL)
    page.settled()
    assert page.door.played()[-1].desks == values.least().plan.desks
    assert not least.take_action.isEnabled()
    page.key(Key.Key_T, modifier=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    page.settled()
    assert page.door.played()[-1].desks == values.least().smooth.desks  # type: ignore[union-attr]
    assert not least.take_smooth_action.isEnabled() and least.take_action.isEnabled()


def test_plans_are_called_alike_only_within_the_error_of_their_difference_and_the_worst_half_hour_is_named() -> None:
    usual = values.result(values.USUAL)

    def with_kept(*kept: int) -> WhatIfResult:
        days = tuple(KeptOfDay(each, 100) for each in kept)
        return replace(usual, of_days=days, all_kept=sum(kept) / 100 / len(kept))

    before = with_kept(90, 80, 40)
    assert "keeps 2 points fewer, give or take 0," in beside_usual(with_kept(88, 78, 38), before)
    assert "keeps no clearly other share (2 points fewer, give or take 4), in" in beside_usual(
        with_kept(90, 80, 34), before
    )
    assert "keeps the same share, in the same staff hours" in beside_usual(before, before)
    late = replace(usual.slots[-1], minute=TEN + 480, arrivals=0.3, share_kept=0.01)
    assert "(fewer still from 6pm, but to these comes fewer than one visitor in two days)" in outcome_detail(
        replace(usual, slots=(*usual.slots, late))
    )


def test_a_half_hour_that_no_counters_keep_is_named() -> None:
    found = values.least()
    slots = tuple(replace(slot, share_kept=0.81) if slot.minute == TEN else slot for slot in found.slots)
    assert least_words(replace(found, slots=slots)).endswith(" over the whole day, but not in 1 half hour of it")
    assert "Not enough from 10am." in least_detail(replace(found, slots=slots))
    beyond = tuple(replace(slot, is_out_of_reach=slot.minute == TEN) for slot in slots)
    said = least_detail(replace(found, slots=beyond, reasonable=6))
    assert "Not enough from" not in said
    assert "At 10am it would not be kept even with 6 counters all day, so it is not asked for there. It is" in said
    said = least_detail(replace(found, slots=beyond, reasonable=3))
    assert "At 10am, 10.30am, 11am, 11.30am and 2.30pm there are more than 3: there they raise the share of the" in said
    none = replace(found, is_met=False)
    assert least_words(none) == "Not even all counters reach 90% within 15 minutes: 28 staff hours come near to it"


def test_rules_are_compared_on_the_last_weeks_and_ours_is_named_though_it_is_not_best(page: Hands) -> None:
    rules = page.page.rules
    QTest.mouseClick(rules.weeks.findChildren(QWidget)[2], Qt.MouseButton.LeftButton)
    page.door.gate.clear()
    page.key(Key.Key_R, modifier=CONTROL)
    page.until(lambda: rules.bar.value() == 180)
    page.key(Key.Key_Escape)
    assert rules.status.text() == "Stopped."
    page.until(lambda: bool(page.door.stopped))
    page.door.gate.set()
    page.key(Key.Key_R, modifier=CONTROL)
    page.until(rules.table.isVisible)
    assert page.door.asked[-1] == ComparePolicies("civic", Period(date.min, date.max), weeks=8)
    assert rules.sentence.text() == "Ours is not best: it kept 87.1%, the best 88.4%"
    page.until(lambda: not rules.sentence.visibleRegion().isEmpty())
    detail = rules.details[0].text()
    assert "a walk-in goes first after 3 times the target, an appointment after 4." in detail
    assert "On the same days 1.3 points more than ours, give or take 0.6." in detail
    assert "The last recorded weeks, whatever day is planned: 20 recorded days, Monday 2 November 2026 to" in detail
    assert "90% were in fact seen in time; simulated by our rule, 86%." in rules.details[2].text()
    names = [row.cells[0] for row in rules.table.figures.rows]
    assert names[:3] == [
        "Keep the promises that can be kept",
        "Keep the promises that can be kept (ours)",
        "Earliest deadline",
    ]
    assert rules.table.figures.rows[0].cells[1:4] == ("3 and 4", "no limit", "88.4%")


def test_a_change_of_the_plan_leaves_the_page_where_it_is_though_answers_stand_under_it(page: Hands) -> None:
    board, table = page.page.board, page.page.plan.counters
    page.key(Key.Key_M, modifier=CONTROL)
    page.until(page.page.least.table.isVisible)
    page.key(Key.Key_R, modifier=CONTROL)
    page.until(page.page.rules.table.isVisible)
    bar = board.verticalScrollBar()
    page.until(lambda: bar.value() > 0 and not page.page.rules.sentence.visibleRegion().isEmpty())
    for place in (bar.value(), 40):
        QTest.qWait(20)  # until all is laid out
        bar.setSliderPosition(place)
        bar.triggerAction(bar.SliderAction.SliderMove)  # as a wheel does
    QApplication.processEvents()
    plus = table.marks_of(table.figures.index(3, 3))[1].center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=plus)
    page.settled()
    assert bar.value() == 40
    page.turn_to(1)
    QTest.mouseClick(page.page.plan.desks.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    page.key(Key.Key_R, modifier=CONTROL)
    page.until(lambda: bar.value() > 40)
    QApplication.processEvents()
    before = bar.value()
    page.key(Key.Key_Delete, modifier=CONTROL)
    page.settled()
    assert bar.value() == min(before, bar.maximum())


def test_a_rule_is_called_better_only_beyond_the_error_of_the_difference() -> None:
    best, *others = values.rules().outcomes
    close = replace(values.rules(), outcomes=(replace(best, difference_error=0.02), *others), recorded_kept=None)
    assert best_words(close) == "No rule did clearly better than ours on these days"
    assert best_detail(close).startswith("Most was kept by: ") and rules_truth_words(close, best) == ""


def test_half_hours_to_which_hardly_anybody_comes_are_no_rows() -> None:
    without = replace(OFFICE, hours=())
    expected = {TEN: (3.0, ""), TEN + 30: (0.1, ""), TEN + 60: (0.5, ""), TEN + 90: (0.1, "")}
    assert half_hours_of(Plan(()), expected, without, 1) == [TEN, TEN + 30, TEN + 60]


def test_a_plan_that_is_no_rota_has_a_smooth_one_named_beside_it() -> None:
    least = values.least()
    numbers = tuple(slot.counters for slot in least.slots)
    for same in (None, SmoothPlan(numbers, 20.0, 0.9)):
        alone = replace(least, smooth=same)
        assert "no rota" not in least_detail(alone)
        assert "Smooth" not in [head.words for head in least_table(alone, alone.plan)[0]]
    said = least_detail(replace(least, smooth=SmoothPlan((*numbers[:-1], 9), 31.5, 0.912)))
    assert "no rota. The smooth plan, by which no more than one counter opens or closes at a time" in said
    assert "keeps 91.2% in 31.5 staff hours" in said


def test_the_record_is_spoken_of_only_where_it_says_another_thing() -> None:
    result = values.result(values.USUAL)
    assert truth_words(replace(result, all_walk_ins_kept=0.812)) == ""
    assert truth_words(replace(result, recorded_kept=None)) == ""
    apart = replace(result, recorded_kept=0.5)
    assert "not on record" not in truth_words(apart)
    assert "How many counters were open then is not on record" in truth_words(replace(apart, counters_known=False))
    assert expected_words(None) == "Expected: who came on the days played, for no later ones are known."


def test_what_is_under_way_ends_when_the_page_is_left_and_goes_on_when_it_is_come_back_to(page: Hands) -> None:
    page.door.gate.clear()
    page.at_half_hour(TEN)
    page.key(Key.Key_Plus)
    page.until(lambda: len(page.door.played()) == 2)
    page.page.leave()
    page.until(lambda: len(page.door.stopped) == 1)
    page.door.gate.set()
    page.page.open_for((OFFICE,), (OFFICE,))
    page.settled()
    assert page.page.outcome.title.text() == "With this plan" and len(page.door.played()) == 3


# -- how it looks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "percent", "size"),
    [("dark", 100, (1024, 704)), ("high-contrast", 200, (1024, 704)), ("light", 80, (1366, 704))],
)
def test_nothing_is_cut(
    page: Hands,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    percent: int,
    size: tuple[int, int],
) -> None:
    cut: list[str] = []
    whole = painting.elided

    def watched(text: str, width: int, look: Look, style: Style = PLAIN) -> str:
        shown = whole(text, width, look, style)
        if shown != text:
            cut.append(text)
        return shown

    monkeypatch.setattr(painting, "elided", watched)
    apply_look(qapp, Look(load_theme(theme), percent))
    try:
        page.window.resize(*size)
        page.key(Key.Key_M, modifier=CONTROL)
        page.key(Key.Key_R, modifier=CONTROL)
        page.until(page.page.rules.table.isVisible)
        for face in range(3):
            page.turn_to(face)
            for _ in range(3):
                qapp.processEvents()
            cut.clear()
            page.window.grab()
            content = page.page.board.widget()
            content.grab()
            assert cut == []
            assert content.width() <= page.page.board.viewport().width(), "it is never scrolled sideways"
            assert page.page.least.table.horizontalScrollBar().maximum() == 0, "its last column is wrapped"
            labels = [label for label in page.page.findChildren(QLabel) if label.isVisible()]
            assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []
        assert (page.window.width(), page.window.height()) == size, "nothing pushes the window apart"
    finally:
        page.window.resize(1366, 704)
        apply_look(qapp, Look(load_theme("light")))


# -- in the window ---------------------------------------------------------------------------------------------------


class WindowDoor(SupervisorDoor):
    """Of the whole window."""

    def __init__(self) -> None:
        super().__init__()
        self.planned = StaffingDoor()

    def ask(self, query: Any) -> Any:
        return self.planned.ask(query) if isinstance(query, Forecast | UsualPlan) else super().ask(query)

    def work_out(self, query: Any, progress: Callable[[int, int], None]) -> Any:
        return self.planned.work_out(query, progress)


def test_alt_s_opens_it_escape_stops_before_it_goes_back_and_all_is_heard_and_reached(qtbot: QtBot) -> None:
    door = WindowDoor()
    door.planned.gate.clear()
    driver = SupervisorDriver(qtbot, door)
    driver.sign_in()
    driver.key(Key.Key_S, ALT)
    page = driver.window.stack.currentWidget()
    assert isinstance(page, StaffingPage)
    driver.until(lambda: page.outcome.bar.value() == 180)
    driver.key(Key.Key_Tab)
    assert page.staffing_head.isAncestorOf(QApplication.focusWidget()), "as it is seen: from the tabs to the day"
    page.plan.counters.setFocus()
    driver.key(Key.Key_Escape)
    assert page.outcome.status.text() == "Stopped." and page.plan.counters.hasFocus()
    driver.key(Key.Key_Escape)
    assert not page.plan.counters.hasFocus()
    door.planned.gate.set()
    for keys in ((Key.Key_G,), (Key.Key_M,), (Key.Key_R,)):
        driver.key(*keys, CONTROL)
    driver.until(lambda: page.rules.table.isVisible() and page.least.table.isVisible())
    driver.until(lambda: not page.stop_action.isEnabled())
    for face in range(3):
        QTest.mouseClick(page.plan.switch.findChildren(QWidget)[face], Qt.MouseButton.LeftButton)
        assert faults(driver.window) == []
        assert unreached(driver.window) == []


# -- at the real door ------------------------------------------------------------------------------------------------


def test_at_the_real_door_a_small_office_is_planned(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    apply_look(qapp, Look(load_theme("light")))
    clock = SetClock(values.NOW - 28 * 24 * HOUR)
    door = door_on(f"sqlite:///{tmp_path / 'reception.db'}", clock)
    at = At(door).set_up().sign_in()
    for visits in (2, 8):
        for _ in range(visits):
            visit = at.take()
            at.on(c.CallVisit, visit, reason="for the test")
            clock.advance(MINUTE)
            at.on(c.StartService, visit)
            clock.advance(8 * MINUTE)
            at.on(c.Finish, visit)
        clock.advance(20 * 24 * HOUR)
    door.close_days(at.who["office_id"])
    link = Link(door)
    page = StaffingPage(link, clock=clock)
    qtbot.addWidget(page)
    page.resize(1366, 704)
    page.show()
    offices = door.ask(q.Offices())
    page.open_for(offices, offices)
    qtbot.waitUntil(lambda: bool(page.outcome.sentence.text()), timeout=20_000)
    assert "drawn from the last 2 recorded days, 2 November 2026 to 22 November 2026." in page.outcome.details[1].text()
    table = page.plan.counters
    table.setFocus()
    qtbot.keyClick(table, Key.Key_Plus)
    qtbot.waitUntil(lambda: "This plan keeps" in page.outcome.details[1].text(), timeout=20_000)
    for segment, days in ((0, "1 recorded day, "), (1, "2 recorded days, ")):
        qtbot.mouseClick(page.rules.weeks.findChildren(QWidget)[segment], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(page.rules.again_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda said=days: said in page.rules.details[0].text(), timeout=20_000)
    page.leave()
    link.close()
    door.close()
