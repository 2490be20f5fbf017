"""The program as it is started: what a database that can't be opened says, the first window, the tour."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception import config as station_settings
from reception.app import Door
from reception.cli import main as reception_cli
from reception.cli.sample import make_files
from reception.config import CONFIG_NAME, Config, DisplayConfig
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.opening import open_door
from reception.services.commands import SetUpOffice
from tests.journeys.made_up_log import OPTIONS, Made, write_log
from tests.support import OFFICE, PlainPins, settings
from ui.__main__ import main
from ui.desk.menu_panel import MenuPanel
from ui.desk.sign_panels import SignInPanel
from ui.desk.window import DeskWindow
from ui.display.waiting import WaitingWindow
from ui.opening import OpeningWindow
from ui.program import Program
from ui.welcome.window import WelcomeWindow


def no_sample(folder: Path, progress: Callable[[int, int], None]) -> Path:
    raise AssertionError("no sample was asked for")


@pytest.fixture
def start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Program]]:
    """Starts the program on a database; its windows are closed after the test, and nothing quits Qt."""
    started: list[Program] = []
    monkeypatch.setattr("sys.excepthook", None)

    def begin(config: Config, make_sample: Callable[..., Path] = no_sample, **more: Any) -> Program:
        program = Program(qapp, config, tmp_path / CONFIG_NAME, make_sample, sample_folder=tmp_path / "sample", **more)
        started.append(program)
        program.start()
        return program

    yield begin
    for program in started:
        if isinstance(program.window, DeskWindow):
            program.window.desk.presence.forget()
        for window in QApplication.topLevelWidgets():
            window.close()
        program.end()
        assert program.bugs == 0
        program.deleteLater()


def opening() -> OpeningWindow | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, OpeningWindow) and w.isVisible()), None)


def test_a_file_that_is_no_database_is_said_in_words_and_tried_again(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "reception.db"
    file.write_bytes(b"this is a letter, not a database" * 200)
    program = start(Config(database=f"sqlite:///{file}"))
    qtbot.waitUntil(lambda: opening() is not None, timeout=10_000)
    window = opening()
    assert window is not None
    words = window.accessibleDescription()
    assert "is not a database of Reception" in words
    assert "Traceback" not in words

    file.unlink()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window, WelcomeWindow), timeout=10_000)


@pytest.mark.parametrize("kind", [StationKind.DISPLAY, StationKind.KIOSK])
def test_a_station_that_nobody_attends_opens_by_itself_when_the_server_is_back(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, kind: StationKind
) -> None:
    monkeypatch.setattr("ui.until_open.OPEN_AGAIN_MS", 50)
    config = Config(database=sqlite_url, station="One", display=DisplayConfig(voice=False, chime=False))
    door = open_door(config, pins=PlainPins())
    door.do(SetUpOffice(office_id=OFFICE, settings=settings()))
    door.close()
    tries: list[StationKind] = []

    def gone_at_first(config: Config, progress: object, kind: StationKind) -> Door:
        tries.append(kind)
        if len(tries) <= 3:
            raise Refusal(Code.DATABASE_UNREACHABLE, "The database cannot be reached.", "Look at the network.")
        return open_door(config, kind=kind)

    program = start(config, kind=kind, open_door=gone_at_first)
    with qtbot.waitSignal(program.shown):
        pass
    (window,) = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert "tried again by itself" in window.accessibleDescription()
    if kind is StationKind.DISPLAY:
        assert isinstance(window, WaitingWindow)
        assert "not up to date" in window.accessibleName()
        assert window.geometry() == window.screen().geometry()
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=10_000)
    assert not window.isVisible()
    assert len(tries) == 4
    assert program.window is not None
    program.window.close()


@pytest.mark.parametrize("kind", [StationKind.DISPLAY, StationKind.KIOSK])
def test_a_station_that_nobody_attends_waits_for_an_office_on_the_whole_screen(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, kind: StationKind
) -> None:
    monkeypatch.setattr("ui.until_open.OPEN_AGAIN_MS", 50)
    config = Config(database=sqlite_url, station="One", display=DisplayConfig(voice=False, chime=False))
    program = start(config, kind=kind)
    with qtbot.waitSignal(program.shown):
        pass
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, (WaitingWindow, OpeningWindow)))
    (window,) = (each for each in windows if each.isVisible())
    assert isinstance(window, WaitingWindow)
    assert window.geometry() == window.screen().geometry()
    assert "is not set up yet" in window.accessibleName()
    assert "Set one up at a desk" in window.accessibleDescription()
    door = open_door(Config(database=sqlite_url), pins=PlainPins())
    door.do(SetUpOffice(office_id=OFFICE, settings=settings()))
    door.close()
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=10_000)
    assert not window.isVisible()
    assert program.window is not None
    program.window.hide()


def test_an_office_that_is_set_up_opens_at_its_desk(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str
) -> None:
    config = Config(database=sqlite_url)
    door = open_door(config, pins=PlainPins())
    door.do(SetUpOffice(office_id=OFFICE, settings=settings()))
    door.close()
    program = start(config)
    qtbot.waitUntil(lambda: isinstance(program.window, DeskWindow), timeout=10_000)


def test_where_visits_were_imported_the_welcome_says_how_many_and_that_they_stay(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log.csv"
    write_log(log, date(2026, 9, 28), date(2026, 9, 29), Made({"Housing": 1}, a_day=8, counters=1))
    assert reception_cli(["--database", sqlite_url, "import", "visits", str(log), "--office", "Bushey", *OPTIONS]) == 0
    program = start(Config(database=sqlite_url), kind=StationKind.SUPERVISOR)
    qtbot.waitUntil(lambda: isinstance(program.window, WelcomeWindow), timeout=10_000)
    window = program.window
    assert isinstance(window, WelcomeWindow)
    qtbot.waitUntil(window.there_before.isVisible, timeout=10_000)
    said = window.there_before.text()
    assert said.startswith("21 visits from 28 September 2026 to 29 September 2026 are here already, under")
    assert "Bushey. All stays as it is: your office is set up beside it, under another name." in said


def test_a_choice_of_this_station_is_kept(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str, tmp_path: Path
) -> None:
    config = Config(database=sqlite_url)
    door = open_door(config, pins=PlainPins())
    door.do(SetUpOffice(office_id=OFFICE, settings=settings()))
    door.close()
    program = start(config)
    qtbot.waitUntil(lambda: isinstance(program.window, DeskWindow), timeout=10_000)
    window = program.window
    assert isinstance(window, DeskWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    kept = tmp_path / CONFIG_NAME
    qtbot.waitUntil(kept.exists, timeout=5_000)
    assert station_settings.load(kept).text_percent == 110


def test_after_a_bug_while_it_paints_a_window_is_painted_as_before(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str
) -> None:
    """A painter that stayed alive with the traceback would be found at work at the next paint."""
    program = start(Config(database=sqlite_url))
    qtbot.waitUntil(lambda: isinstance(program.window, WelcomeWindow), timeout=10_000)
    window, painted = program.window, []

    class Faulty(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painted.append(event)
            if len(painted) == 1:
                raise ValueError("a bug")
            painter.end()

    faulty = Faulty(window)
    faulty.resize(40, 40)
    faulty.show()
    qtbot.waitUntil(lambda: program.bugs == 1)
    faulty.update()
    qtbot.waitUntil(lambda: len(painted) == 2)
    program.bugs = 0


def test_when_the_settings_are_gone_keys_come_to_the_desk_again(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str
) -> None:
    """Also where no window manager hands the keyboard on."""
    config = Config(database=sqlite_url)
    door = open_door(config, pins=PlainPins())
    door.do(SetUpOffice(office_id=OFFICE, settings=settings()))
    door.close()
    program = start(config)
    qtbot.waitUntil(lambda: isinstance(program.window, DeskWindow), timeout=10_000)
    window = program.window
    assert isinstance(window, DeskWindow)
    qtbot.waitUntil(lambda: window.stack.top() is not None, timeout=10_000)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(window.stack.top(), MenuPanel))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.settings is not None and program.settings.isActiveWindow(), timeout=10_000)
    assert program.settings is not None
    QTest.keyClick(program.settings.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: program.settings is not None and not program.settings.isVisible())
    qtbot.waitUntil(window.isActiveWindow)
    focused = QApplication.focusWidget()
    assert focused is not None
    panel = window.stack.top()
    assert isinstance(panel, MenuPanel)
    assert panel.isAncestorOf(focused)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(window.stack.top(), SignInPanel))

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settings_window = program.settings
    qtbot.waitUntil(lambda: any(each.isVisible() for each in settings_window.findChildren(QLineEdit)), timeout=10_000)
    next(each for each in settings_window.findChildren(QLineEdit) if each.isVisible()).setFocus()
    QTest.keyClick(program.settings.windowHandle(), "x")
    window.close()
    assert window.isVisible(), "without the desk what was typed could not be saved"
    QTest.keyClick(program.settings.windowHandle(), Qt.Key.Key_L)
    assert not program.settings.isVisible()
    window.close()
    assert not window.isVisible()


def test_the_sample_office_opens_from_the_welcome_with_one_key(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str
) -> None:
    config = Config(database=sqlite_url)

    def sample(folder: Path, progress: Callable[[int, int], None]) -> Path:
        make_files(folder, config, progress)
        return folder / CONFIG_NAME

    program = start(config, sample)
    qtbot.waitUntil(lambda: isinstance(program.window, WelcomeWindow), timeout=10_000)
    assert program.window is not None
    QTest.keyClick(program.window.windowHandle(), Qt.Key.Key_O)
    qtbot.waitUntil(lambda: isinstance(program.window, DeskWindow), timeout=60_000)


def test_a_database_locked_by_another_program_can_be_given_up(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reception.storage.engine.BUSY_TIMEOUT_SECONDS", 0.1)
    file = tmp_path / "reception.db"
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        start(Config(database=f"sqlite:///{file}"))
        qtbot.waitUntil(
            lambda: (window := opening()) is not None and "in use" in window.accessibleDescription(), timeout=30_000
        )
    other.close()


def test_a_program_that_has_ended_holds_no_key_back(
    start: Callable[..., Program], qtbot: QtBot, sqlite_url: str
) -> None:
    program = start(Config(database=sqlite_url))
    qtbot.waitUntil(lambda: isinstance(program.window, WelcomeWindow), timeout=10_000)
    program.end()
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    qtbot.waitActive(line)
    QTest.keyClicks(line, "RC-R")
    assert line.text() == "RC-R"


def test_the_tour_leaves_pictures_papers_and_a_transcript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    assert main(["--database", f"sqlite:///{tmp_path / 'mine.db'}", "tour", "--out", str(tmp_path / "tour")]) == 0
    out = tmp_path / "tour"
    assert not (tmp_path / "mine.db").exists()
    seen = {picture.stem.partition("-")[2] for picture in out.glob("*.png")}
    assert len(seen) >= 30
    assert {"called", "to-follow", "a-clash-is-refused", "letter", "the-book--high-contrast", "signed-off"} <= seen
    transcript = (out / "transcript.md").read_text(encoding="utf-8")
    assert all(key in transcript for key in ("`F4`", "`F5`", "`F6`", "`F11`", "`F12`", "`Ctrl P`"))
    papers = [_code(paper) for paper in out.glob("paper-*.pdf")]
    assert len(papers) == 3, "a ticket, a slip, and the ticket of an appointment"
    assert all(code.startswith("RC-") for code in papers)
    (letter,) = out.glob("letter-*.pdf")
    assert "We will visit you" in pypdfium2.PdfDocument(letter)[0].get_textpage().get_text_range()


def _code(paper: Path) -> str:
    page = pypdfium2.PdfDocument(paper)[0].render(scale=203 / 72, grayscale=True).to_pil()
    return str(zxingcpp.read_barcodes(page)[0].text)
