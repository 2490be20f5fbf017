"""The past page, by real keys, against a door in memory that answers when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import SetClock
from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import PastView
from reception.domain.report_names import ReportFormat
from reception.errors import Code, Refusal
from reception.services.supervisor_queries import MonthlyReport, Past
from tests.ui import past_values as values
from tests.ui.fake_door import OFFICE
from tests.ui.hearing import faults, unreached
from tests.ui.page_hands import CONTROL, PageHands
from ui.file_dialog import FileDialog
from ui.supervisor.past_export import BY_OFFICER, NOTHING
from ui.supervisor.past_page import PastPage
from ui.supervisor.periods import Kind, Pick, around
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import painting
from ui.widgets.painting import PLAIN, Style
from ui.widgets.roles import give_roles

ALT = Qt.KeyboardModifier.AltModifier
WAIT_S = 10


class PastDoor:
    """Answers with the view that it is given, for the period that was asked; waits while `gate` is shut."""

    def __init__(self) -> None:
        self.view = values.view()
        self.asked: list[Past] = []
        self.refusal: Refusal | None = None
        self.written: list[tuple[object, ...]] = []
        self.gate = threading.Event()
        self.gate.set()

    def ask(self, query: Past) -> PastView:
        self.asked.append(query)
        self.gate.wait(WAIT_S)
        if self.refusal is not None:
            raise self.refusal
        found = replace(self.view, period=query.period, compared=query.compared, by=query.by)
        return found if query.by is self.view.by else replace(found, groups=(), groups_before=())

    def write_figures(self, view: PastView, made_on: date, out: Path, wanted: ReportFormat) -> Path:
        return self._write(view, made_on, out, wanted)[0]

    def write_report(self, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...]) -> tuple[Path, ...]:
        return self._write(query, out, formats)

    def _write(self, *what: object) -> tuple[Path, ...]:
        if self.refusal is not None:
            raise self.refusal
        self.written.append(what)
        return tuple(each for each in what if isinstance(each, Path))


class Hands(PageHands):
    """The page under its head in a window, and the keys."""

    def __init__(self) -> None:
        self.door = PastDoor()
        super().__init__(self.door)
        self.page = PastPage(self.link, clock=SetClock(values.NOW))
        self.put(self.page)

    def open(self, qtbot: QtBot, view: PastView | None = None) -> Hands:
        """As if it were opened for the first time, on this view."""
        page, door = self.page, self.door
        self.qtbot = qtbot
        qtbot.waitActive(self.window)
        page.leave()
        page.panel.hide()
        for sheet in (page.curve, page.heat, page.days):
            if sheet.is_table():
                sheet.toggle()
        page._pick, page._view, page._called = None, None, ""
        page._by = view.by if view is not None else Grouping.SERVICE
        page.figures.sheaf.set_value("waits")
        page.heat.switch.set_value("median")
        page.heat._show()
        page.finding.say("")
        door.view, door.refusal = view or values.view(), None
        door.asked.clear()
        door.written.clear()
        page.period_head.picker.setFocus()
        page.open_for((OFFICE,), (OFFICE,))
        qtbot.waitUntil(lambda: bool(self.said()) and not self.status())
        return self

    def said(self) -> str:
        return self.page.finding.sentence.text()

    def status(self) -> str:
        return self.page.finding.status.text()

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: not self.status().startswith("Working out"))


@pytest.fixture(scope="module")
def hands(qapp: QApplication) -> Iterator[Hands]:
    """One window for all: to make and to dress it takes longer than any test."""
    apply_look(qapp, Look(load_theme("light")))
    made = Hands()
    yield made
    made.end()


@pytest.fixture
def past(hands: Hands, qtbot: QtBot) -> Iterator[Hands]:
    yield hands.open(qtbot)
    hands.door.gate.set()
    hands.settled()


def test_it_opens_with_the_last_whole_month_beside_the_one_before(past: Hands) -> None:
    assert past.door.asked == [Past((), values.OCTOBER, values.SEPTEMBER)]
    assert past.said() == "91.5% of 2,802 walk-ins were seen within 15 minutes"
    assert past.page.finding.beside.text().startswith("September 2026: 87.8% of 2,750")
    assert past.page.period_head.picker.text() == "October 2026"
    shown = [sheet.isVisible() for sheet in (past.page.curve, past.page.heat, past.page.days, past.page.figures)]
    assert shown == [True] * 4
    assert past.page.days.note().startswith("1 day stands out. Monday 19 October: 79%")


def test_alt_and_arrows_go_to_the_month_before_and_back(past: Hands) -> None:
    past.key(Qt.Key.Key_Left, modifier=ALT)
    past.settled()
    past.key(Qt.Key.Key_Right, modifier=ALT)
    past.settled()
    past.key(Qt.Key.Key_Right, modifier=ALT)
    past.settled()
    assert [query.period for query in past.door.asked[1:]] == [
        values.SEPTEMBER,
        values.OCTOBER,
        around(Kind.MONTH, date(2026, 11, 1)),
    ]


def test_only_the_answer_to_the_newest_question_is_shown(past: Hands) -> None:
    past.door.gate.clear()
    for _ in range(4):
        past.key(Qt.Key.Key_Left, modifier=ALT)
    assert past.status() == "Working out June 2026. Still shown: October 2026."
    assert past.said().startswith("91.5%"), "the old figures stay"
    past.door.gate.set()
    past.settled()
    assert [query.period.first.month for query in past.door.asked] == [10, 9, 6], "what was passed by is not asked"
    assert past.page._called == "June 2026"


def test_a_refusal_is_a_plain_line_and_is_asked_again(past: Hands) -> None:
    past.door.refusal = Refusal(Code.BAD_INPUT, "That is too long a time.", "Choose 30 years at most.")
    past.key(Qt.Key.Key_Left, modifier=ALT)
    past.qtbot.waitUntil(past.page.finding.ask_button.isVisible)
    assert past.status() == "That is too long a time. Choose 30 years at most. Still shown: October 2026."
    assert past.said().startswith("91.5%")
    past.door.refusal = None
    past.qtbot.mouseClick(past.page.finding.ask_button, Qt.MouseButton.LeftButton)
    past.settled()
    assert past.page._called == "September 2026"
    assert not past.page.finding.ask_button.isVisible()


def test_dates_are_typed_and_compared_with_the_year_before(past: Hands) -> None:
    past.key(Qt.Key.Key_Down, modifier=ALT)
    panel = past.page.panel
    assert panel.isVisible()
    for _ in range(3):
        past.key(Qt.Key.Key_Right)
    assert panel.kind.value() == Kind.DATES
    past.type(panel.dates.first, "3 March 2026")
    past.type(panel.dates.last, "9/4/2026")
    panel.beside.setFocus()
    past.key(Qt.Key.Key_Tab)
    panel.without.setFocus()
    past.key(Qt.Key.Key_Space)
    past.key(Qt.Key.Key_Return)
    past.settled()
    assert not panel.isVisible()
    march = Period(date(2026, 3, 3), date(2026, 4, 9))
    assert past.door.asked[-1] == Past((), march, Period(date(2026, 1, 24), date(2026, 3, 2)), without_evacuations=True)
    assert past.page.period_head.picker.text() == "3 March to 9 April 2026"
    assert past.page.finding.beside.text().endswith("Days with an evacuation are left out.")


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("soon", "9/4/2026", "Type a day, such as 3 March 2026 or 3/3/2026."),
        ("9/4/2026", "3/3/2026", "The last day is before the first."),
    ],
)
def test_dates_that_are_none_are_refused_where_they_stand(past: Hands, first: str, last: str, why: str) -> None:
    past.key(Qt.Key.Key_Down, modifier=ALT)
    for _ in range(3):
        past.key(Qt.Key.Key_Right)
    panel = past.page.panel
    past.type(panel.dates.first, first)
    past.type(panel.dates.last, last)
    past.key(Qt.Key.Key_Return)
    assert panel.fault.text() == why
    assert panel.isVisible()
    assert len(past.door.asked) == 1
    assert panel.dates.first.text() == first, "nothing typed is lost"
    past.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert past.page.period_head.picker.hasFocus()


def test_another_grouping_is_asked_and_another_table_is_not(past: Hands) -> None:
    figures = past.page.figures
    figures.by.setFocus()
    past.door.gate.clear()
    past.key(Qt.Key.Key_Down)
    assert figures.note.text() == "Working out figures by day. Still shown: by service."
    past.door.refusal = Refusal(Code.BAD_INPUT, "That is too long a time.", "Choose 30 years at most.")
    past.door.gate.set()
    past.qtbot.waitUntil(lambda: figures.by.value() == "service")
    assert "Working out" not in figures.note.text(), "what was refused is not said to be shown"
    past.door.refusal = None
    past.key(Qt.Key.Key_Down)
    past.settled()
    assert past.door.asked[-1].by is Grouping.DAY
    past.door.view = values.view()
    past.key(Qt.Key.Key_Up)
    past.settled()
    asked = len(past.door.asked)
    figures.sheaf.setFocus()
    past.key(Qt.Key.Key_Down)
    past.key(Qt.Key.Key_Down)
    assert [head.words for head in figures.table.figures.heads][:3] == ["Service", "Counted", "Before"]
    assert figures.note.text() == "“Before” is September 2026."
    assert len(past.door.asked) == asked


def test_the_heat_map_is_walked_and_switched(past: Hands) -> None:
    past.page.heat.heat.setFocus()
    past.key(Qt.Key.Key_Right)
    assert past.page.heat.heat.said() == "Monday from 10am: median 11 minutes, 101 visits"
    past.qtbot.mouseClick(past.page.heat.switch._group.button(1), Qt.MouseButton.LeftButton)
    assert past.page.heat.heat.said() == "Monday from 10am: 81% in time, 101 visits"


def choose(monkeypatch: pytest.MonkeyPatch, file: Path | str, kind: str = "") -> list[tuple[str, str]]:
    """What the file dialog is answered; what it proposed, and which kinds of file."""
    asked: list[tuple[str, str]] = []

    def ask(_parent: object, _title: str, proposed: str, kinds: str) -> tuple[str, str]:
        asked.append((Path(proposed).name, kinds))
        return str(file), kind

    monkeypatch.setattr(FileDialog, "ask_file", ask)
    return asked


def test_a_month_is_exported_as_it_is_shown_and_its_report_is_offered(
    past: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = choose(monkeypatch, "/srv/october.csv")
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    past.qtbot.waitUntil(lambda: past.status() == "Saved as october.csv.")
    assert asked == [
        (
            "reception-2026-10-civic-offices-by-service.xlsx",
            "Spreadsheet (*.xlsx);;CSV (*.csv);;JSON (*.json);;Monthly report, PDF (*.pdf)",
        )
    ]
    assert past.door.written == [(values.view(), date(2026, 11, 24), Path("/srv/october.csv"), ReportFormat.CSV)]
    assert len(past.door.asked) == 1, "what is shown is saved, not asked for anew"
    report = past.page.finding.report_button
    assert report.isVisible()
    with past.qtbot.waitSignal(past.page.report_wanted) as wanted:
        past.qtbot.mouseClick(report, Qt.MouseButton.LeftButton)
    assert wanted.args == [date(2026, 10, 1)]
    past.key(Qt.Key.Key_Left, modifier=ALT)
    past.settled()
    assert not report.isVisible()


def test_the_report_of_a_month_is_one_of_the_kinds(past: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, "/srv/october", "Monthly report, PDF (*.pdf)")
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    past.qtbot.waitUntil(lambda: past.status() == "Saved as october.pdf.")
    (written,) = past.door.written
    assert written == (MonthlyReport((), date(2026, 10, 1)), Path("/srv/october.pdf"), (ReportFormat.PDF,))


def test_a_period_that_is_no_month_is_named_by_its_days_and_has_no_report(
    past: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    past.page._take(Pick(Kind.WEEK, around(Kind.WEEK, date(2026, 10, 7)), without_evacuations=True))
    past.settled()
    asked = choose(monkeypatch, "/srv/week.pdf")
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    past.qtbot.waitUntil(lambda: past.status() == "Saved as week.pdf.xlsx.")
    assert asked[0][0] == ("reception-2026-10-05-to-2026-10-11-civic-offices-by-service-without-evacuations.xlsx")
    assert "PDF" not in asked[0][1]
    assert not past.page.finding.report_button.isVisible()


def test_what_can_not_be_saved_is_said_and_nothing_is_by_officer(past: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = choose(monkeypatch, "/srv/october.csv")
    past.door.refusal = Refusal(Code.BAD_INPUT, "october.csv can't be written: the disk is full.", "Make room.")
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    past.qtbot.waitUntil(
        lambda: past.status() == "Not saved. october.csv can't be written: the disk is full. Make room."
    )
    assert past.said().startswith("91.5%") and not past.page.finding.report_button.isVisible()
    asked.clear()
    choose(monkeypatch, "")
    past.page.finding.say(past.said())
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    assert past.status() == "", "whoever thinks better of it hears nothing"
    past.open(past.qtbot, replace(values.view(), by=Grouping.OFFICER))
    asked = choose(monkeypatch, "/srv/officers.csv")
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    assert past.status() == BY_OFFICER and asked == past.door.written == []
    past.open(past.qtbot, values.empty())
    past.key(Qt.Key.Key_E, modifier=CONTROL)
    assert past.status() == NOTHING


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (
            values.empty(),
            (
                "Nobody came to Civic Offices between 1 and 31 October 2026; "
                "the last visit was on Tuesday 24 November 2026."
            ),
        ),
        (
            replace(values.view(), total=replace(values.view().total, waits=None, is_hidden=True)),
            "Fewer than 5 walk-ins, so their figures are not shown",
        ),
    ],
)
def test_nothing_and_too_few_are_a_sentence_without_empty_axes(past: Hands, view: PastView, said: str) -> None:
    past.open(past.qtbot, view)
    assert past.said() == said
    assert not past.page.sheets.isVisible()


def test_one_visit_has_no_chart_of_days(past: Hands) -> None:
    past.open(past.qtbot, values.tiny())
    assert past.said() == "100% of 1 walk-in was seen within 15 minutes"
    assert not past.page.days.isVisible()
    assert past.page.curve.isVisible()


def test_what_is_hidden_is_explained(past: Hands) -> None:
    past.open(past.qtbot, values.hidden())
    assert "Not shown: fewer than 5 visits" in past.page.figures.foot.text()


def test_other_offices_are_asked_at_once_and_news_only_of_today(past: Hands) -> None:
    other = replace(OFFICE, id="elstree", name="Elstree")
    past.page.open_for((other,), (OFFICE, other))
    past.settled()
    assert [query.office_ids for query in past.door.asked] == [(), ("elstree",)]
    past.page.news()
    assert not past.page._stale.isActive(), "October is over"
    past.key(Qt.Key.Key_Right, modifier=ALT)
    past.settled()
    past.page.news()
    assert past.page._stale.isActive()
    past.page.leave()
    assert not past.page._stale.isActive()


def test_the_page_is_heard_and_reached_by_tab(past: Hands) -> None:
    give_roles()
    assert faults(past.window) == unreached(past.window) == []
    past.key(Qt.Key.Key_Down, modifier=ALT)
    past.page.curve.toggle()
    assert faults(past.window) == unreached(past.window) == []


def test_what_comes_after_it_was_left_is_said_to_nobody_and_asked_again(past: Hands, announced: list[str]) -> None:
    past.door.gate.clear()
    past.key(Qt.Key.Key_Left, modifier=ALT)
    past.page.leave()
    past.door.gate.set()
    past.qtbot.waitUntil(lambda: not past.page.asking.is_under_way)
    assert announced == []
    past.page.open_for((OFFICE,), (OFFICE,))
    past.settled()
    assert [query.period for query in past.door.asked[1:]] == [values.SEPTEMBER] * 2
    assert announced[-1].startswith("September 2026. 91.5% of 2,802 walk-ins were seen within 15 minutes. Median 5 min")


def test_tab_goes_from_the_plots_to_the_table(past: Hands) -> None:
    past.page.period_head.picker.setFocus()
    wanted = [
        past.page.curve.shown,
        past.page.heat.heat,
        past.page.days.shown,
        past.page.figures.by,
        past.page.figures.sheaf,
        past.page.figures.table,
    ]
    walked: list[QWidget | None] = []
    for _ in range(16):
        past.key(Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    places = [walked.index(each) for each in wanted]
    assert places == sorted(places)


@pytest.fixture
def light_again(hands: Hands, qapp: QApplication) -> Iterator[None]:
    yield
    apply_look(qapp, Look(load_theme("light")))
    hands.window.resize(1366, 768)


@pytest.mark.parametrize(
    ("theme", "percent", "size"),
    [
        ("light", 100, (1366, 768)),
        ("light", 200, (1024, 768)),
        ("high-contrast", 150, (1024, 768)),
    ],
)
@pytest.mark.usefixtures("light_again")
def test_nothing_is_cut(
    past: Hands,
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
    past.window.resize(*size)
    past.open(past.qtbot, values.many_services())
    past.key(Qt.Key.Key_Down, modifier=ALT)
    for _ in range(3):
        qapp.processEvents()
    cut.clear()
    past.page.sheets.grab()
    past.page.panel.grab()
    past.page.finding.grab()
    assert cut == []
    assert (past.window.width(), past.window.height()) == size, "nothing pushes the window apart"
    labels = [label for label in past.page.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []
    for sheet in (past.page.curve, past.page.heat, past.page.days, past.page.figures):
        assert sheet.width() >= sheet.minimumSizeHint().width()
        assert sheet.height() >= sheet.minimumSizeHint().height()


def test_left_while_it_is_worked_out_it_is_asked_again(past: Hands, qtbot: QtBot) -> None:
    """The period is the same, and yet not what is shown: the answer came while nobody looked."""
    past.door.gate.clear()
    past.page.figures.by.setFocus()
    past.key(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(past.door.asked) == 2)
    past.page.leave()
    past.door.gate.set()
    qtbot.waitUntil(lambda: not past.page.asking.is_under_way)
    past.page.open_for((OFFICE,), (OFFICE,))
    past.settled()
    assert [query.by for query in past.door.asked[1:]] == [Grouping.DAY] * 2


def test_an_empty_period_leads_to_the_month_of_the_last_visit(past: Hands) -> None:
    past.open(past.qtbot, values.empty())
    button = past.page.finding.month_button
    assert (button.isVisible(), button.text()) == (True, "Show November 2026")
    past.key(Qt.Key.Key_Down, modifier=ALT)
    panel = past.page.panel
    past.qtbot.waitUntil(lambda: panel.height() == panel.sizeHint().height())  # its rows are not pulled apart
    past.key(Qt.Key.Key_Escape)
    past.door.view = values.view()
    past.key(Qt.Key.Key_L, modifier=ALT)
    past.settled()
    assert past.door.asked[-1].period == around(Kind.MONTH, values.NOW_DAY)
    assert not button.isVisible()


def test_another_period_asked_from_the_table_shows_what_is_still_shown(past: Hands) -> None:
    """At the top it says whose figures still stand there; the focus stays where it was."""
    page, bar = past.page, past.page.area.verticalScrollBar()
    past.window.resize(1366, 500)
    past.qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.figures.table.setFocus()
    past.qtbot.waitUntil(lambda: bar.value() > 0)
    past.door.gate.clear()
    past.key(Qt.Key.Key_Left, modifier=ALT)
    past.qtbot.waitUntil(lambda: "Still shown" in past.status())
    QApplication.processEvents()
    seen = bar.value()
    past.door.gate.set()
    past.settled()
    past.qtbot.waitUntil(lambda: bar.value() == 0)
    assert seen == 0


@pytest.mark.parametrize("typed", ["2018", " 2018 ", "November 2018", "5/11/2018"])
def test_a_year_is_typed_where_a_year_is_asked(past: Hands, typed: str) -> None:
    panel = past.page.panel
    past.key(Qt.Key.Key_Down, modifier=ALT)
    panel.kind.set_value(Kind.YEAR)
    past.type(panel.day, "year")
    past.key(Qt.Key.Key_Return)
    assert panel.day.fault().startswith("Type a year")
    past.type(panel.day, typed)
    past.key(Qt.Key.Key_Return)
    past.settled()
    assert past.door.asked[-1].period == Period(date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize("typed", ["November 2018", "11/2018", "2018-11", "5 November 2018"])
def test_a_month_is_typed_and_what_is_shown_begins_at_the_top(past: Hands, typed: str) -> None:
    bar = past.page.area.verticalScrollBar()
    past.window.resize(1366, 500)
    past.qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    past.key(Qt.Key.Key_Down, modifier=ALT)
    past.qtbot.waitUntil(lambda: bar.value() == 0)
    past.type(past.page.panel.day, typed)
    past.key(Qt.Key.Key_Return)
    past.settled()
    assert past.door.asked[-1].period == around(Kind.MONTH, date(2018, 11, 1))
    assert bar.value() == 0


def test_escape_closes_the_panel_from_outside_of_it(past: Hands) -> None:
    past.key(Qt.Key.Key_Down, modifier=ALT)
    past.page.period_head.export_button.setFocus()
    past.key(Qt.Key.Key_Escape)
    assert not past.page.panel.isVisible()
