"""The page of reports: another month, office and version by keys, a preview, saved where it is told to be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reception.clock import SetClock, from_datetime
from reception.config import Config
from reception.domain.letter_snapshot import PageImage
from reception.domain.report_names import ReportFormat
from reception.errors import Code, Refusal
from reception.services.supervisor_queries import MonthlyReport, Past
from tests.ui import past_values
from tests.ui.fake_door import OFFICE, FakeDoor
from ui.file_dialog import FileDialog
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.reports_page import ReportsPage
from ui.theme import Look, apply_look
from ui.theme_file import load_theme

PAGE = PageImage(210, 297, bytes([255]) * (3 * 210 * 297))
LAST_MONTH = date(2026, 10, 1)


class ReportDoor(FakeDoor):
    """Makes two white pages, and writes nothing but down what it was to write."""

    def __init__(self) -> None:
        super().__init__(OFFICE, SetClock(from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))))
        self.config = Config(report_folder="/srv/reports")
        self.looked: list[MonthlyReport] = []
        self.written: list[tuple[MonthlyReport, Path, tuple[ReportFormat, ...]]] = []
        self.refusal: Refusal | None = None
        self.is_empty = False
        self.gate = threading.Event()
        self.gate.set()
        self.threads: set[str] = set()

    def report_images(self, query: MonthlyReport, scale: float) -> tuple[PageImage, ...]:
        self.threads.add(threading.current_thread().name)
        assert scale > 0.5
        self.looked.append(query)
        if query.first < date(2026, 9, 1):
            raise Refusal(Code.BAD_INPUT, "There was no visit before 3 September 2026.", "Choose a later month.")
        return (PAGE, PAGE)

    def ask(self, query: Any) -> Any:
        if isinstance(query, Past):
            return past_values.empty(query.period) if self.is_empty else past_values.view()
        return super().ask(query)

    def write_report(self, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...] = ()) -> tuple[Path, ...]:
        self.threads.add(threading.current_thread().name)
        assert self.gate.wait(30)
        if self.refusal is not None:
            raise self.refusal
        self.written.append((query, out, formats))
        return (out,) if formats else tuple(out / f"a.{each}" for each in ReportFormat)


@pytest.fixture
def door() -> ReportDoor:
    return ReportDoor()


@pytest.fixture
def page(qtbot: QtBot, look: Look, door: ReportDoor) -> Iterator[ReportsPage]:
    link, pulse = Link(door), Pulse()
    pulse.set_now(door.clock.now())
    made = ReportsPage(link, pulse)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.open_for((OFFICE,), (OFFICE,))
    qtbot.waitUntil(lambda: made.preview.pages() == 2)
    yield made
    link.close()


def press(page: ReportsPage, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    page.setFocus()
    QTest.keyClick(page, key, modifier)


def answer(monkeypatch: pytest.MonkeyPatch, name: str, given: Any) -> list[str]:
    """What the file dialog is answered, and what it proposed."""
    proposed: list[str] = []

    def ask(_parent: object, _title: str, path: str = "", *_more: object) -> Any:
        proposed.append(Path(path).name)
        return given

    monkeypatch.setattr(FileDialog, name, ask)
    return proposed


def test_opens_with_last_month_and_goes_by_keys(qtbot: QtBot, page: ReportsPage, door: ReportDoor) -> None:
    assert door.looked == [MonthlyReport((OFFICE.id,), LAST_MONTH)]
    assert page.form.month.text() == "October 2026"
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(door.looked) == 2)
    assert page.form.month.text() == "November 2026"
    assert not page.later.isEnabled()
    for _ in range(3):
        press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "no visit before 3 September" in page.state.text())
    assert page.preview.pages() == 0
    assert not page.form.save_button.isEnabled()
    assert door.threads == {"reception-making"}


@pytest.mark.parametrize("typed", ["October 2018", "10/2018", "2018-10", "oct 2018"])
def test_a_month_far_back_is_typed(qtbot: QtBot, page: ReportsPage, door: ReportDoor, typed: str) -> None:
    field = page.form.typed_month
    field.setFocus()
    qtbot.keyClicks(field, "soon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.form.month_fault.text() == "Type a month, such as October 2018, 10/2018 or 2018-10."
    assert (field.text(), len(door.looked)) == ("soon", 1)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(door.looked) == 2)
    assert door.looked[-1].first == date(2018, 10, 1)
    assert not page.form.month_fault.isVisible()
    assert (field.text(), field.selectedText()) == ("October 2018", "October 2018"), "it stays, to be typed over"
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (field.text(), page.form.month.text()) == ("September 2018", "September 2018")
    qtbot.keyClicks(field, "2017")
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (field.text(), page.form.month.text()) == ("2017", "October 2018"), "what is being typed is left alone"


def test_the_public_version_is_chosen_by_the_arrow_keys(qtbot: QtBot, page: ReportsPage, door: ReportDoor) -> None:
    page.form.version.setFocus()
    QTest.keyClick(page.window().focusWidget() or page.form.version, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: door.looked[-1].is_public)
    assert "hidden" in page.form.about_version.text()


def test_saves_one_file_and_says_where(
    qtbot: QtBot,
    page: ReportsPage,
    door: ReportDoor,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    announced: list[str],
) -> None:
    proposed = answer(monkeypatch, "ask_file", (str(tmp_path / "october.pdf"), ""))
    QTest.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.form.said.isVisible)
    assert proposed == ["reception-2026-10-civic-offices.pdf"]
    assert door.written == [(MonthlyReport((OFFICE.id,), LAST_MONTH), tmp_path / "october.pdf", (ReportFormat.PDF,))]
    assert page.form.said.text() == "Saved as october.pdf."
    assert announced[-1] == "Saved as october.pdf."
    assert "/srv/reports" in page.form.schedule.text()


def test_ctrl_s_is_taken_while_the_last_file_is_still_written(
    qtbot: QtBot, page: ReportsPage, door: ReportDoor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, "ask_file", (str(tmp_path / "october.pdf"), ""))
    door.gate.clear()
    for _ in range(2):
        press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    door.gate.set()
    qtbot.waitUntil(lambda: len(door.written) == 2)


def test_a_month_without_visits_offers_one_that_has_them(qtbot: QtBot, page: ReportsPage, door: ReportDoor) -> None:
    assert not page.form.nearest_button.isVisible()
    door.is_empty = True
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.form.nearest_button.isVisible)
    assert page.nearest.text() == "Show November 2026"
    press(page, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert page.form.month.text() == "November 2026"
    qtbot.waitUntil(lambda: len(door.looked) == 3)
    assert not page.form.nearest_button.isVisible()


def test_all_formats_go_to_a_folder_and_a_full_disk_is_said(
    qtbot: QtBot, page: ReportsPage, door: ReportDoor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, "ask_folder", str(tmp_path))
    page.form.format.setFocus()
    QTest.keyClick(page.form.format, Qt.Key.Key_End)
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.form.said.text() == f"4 files saved in {tmp_path.name}.")
    door.refusal = Refusal(Code.BAD_INPUT, "The disk is full.", "Free some space.")
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "The report was not saved. The disk is full." in page.form.said.text())
    assert len(door.written) == 1


def test_page_down_goes_through_the_preview(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 0)
    page.form.version.setFocus()
    QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_PageDown)
    assert page.area.verticalScrollBar().value() > 300


@pytest.mark.parametrize(("theme", "percent"), [("dark", 100), ("high-contrast", 200)])
def test_nothing_is_cut(page: ReportsPage, qtbot: QtBot, look: Look, theme: str, percent: int) -> None:
    apply_look(page.window(), Look(load_theme(theme), percent))
    page.resize(1024, 700)
    qtbot.wait_exposed(page) if not page.isVisible() else None
    for each in page.findChildren(QLabel):
        if each.isVisible():
            assert each.heightForWidth(each.width()) <= each.height() + 1, each.text()
    assert not page.form.month.is_elided()
