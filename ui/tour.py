"""`reception tour`: plays the main journey on the real windows, with real keys, and keeps what was seen.

Leaves numbered pictures, the ticket and slips as PDF, and a transcript. Every step waits for what a person would
wait for: the words on the screen. A step that doesn't come ends the tour with the step's name.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, QMessageLogContext, QPoint, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reception import config as station_settings
from reception.app import Door, open_door
from reception.clock import Instant, RunningClock, from_datetime
from reception.config import Config, PrinterConfig, PrinterKind, ThemeName
from reception.errors import Code, Refusal
from ui.desk.window import DeskWindow
from ui.panels.panel import Panel
from ui.program import Program
from ui.theme import Look, load_theme
from ui.welcome.window import WelcomeWindow

DAY: Instant = from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))
"""Tuesday 24 November 2026, 10.42am in London."""
SIZE = (1366, 768)
STEP_MS = 60_000
HUMAN_PAUSE_MS = 80
"""Longer than between two keys of a scanner."""
PIN = "1234"

MakeSample = Callable[[Path, Instant, Callable[[int, int], None]], Path]

_CTRL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


def _say_qt(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Qt's own warnings, but for those that a screen that isn't there has no window manager to tell."""
    if not words.startswith("This plugin does not support "):
        print(words, file=sys.stderr)  # noqa: T201


def pause(milliseconds: int) -> None:
    """Let the program go on for a while. (QTest's own wait lets no other thread run meanwhile.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Tour:
    """One person at the program: hands, eyes and a notebook."""

    def __init__(self, out: Path, program: Program) -> None:
        self._out = out
        self._program = program
        self._lines = ["# A tour of Reception", ""]
        self._pictures = 0
        self._last_key: Qt.Key | None = None

    # -- hands ---------------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        target = QApplication.activePopupWidget() or self.window
        if key is self._last_key:
            pause(QApplication.doubleClickInterval())  # sooner, the same key would count as a double press
        self._last_key = key
        QTest.keyClick(target.windowHandle(), key, modifier)
        pause(HUMAN_PAUSE_MS)

    def type(self, words: str) -> None:
        for character in words:
            shift = Qt.KeyboardModifier.ShiftModifier if character.isupper() else _NONE
            QTest.keyClick(self.window.windowHandle(), Qt.Key(ord(character.upper())), shift)
            pause(HUMAN_PAUSE_MS)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        where = at if at is not None else widget.rect().center()
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, _NONE, widget.mapTo(self.window, where))
        pause(HUMAN_PAUSE_MS)

    # -- eyes ----------------------------------------------------------------------------------------------------

    @property
    def window(self) -> QWidget:
        window = self._program.window
        assert window is not None
        return window

    @property
    def desk(self) -> DeskWindow:
        assert isinstance(self.window, DeskWindow)
        return self.window

    def until(self, what: str, seen: Callable[[], bool]) -> None:
        """Wait for something to be on the screen; refuses, naming it, when it doesn't come."""
        deadline = time.monotonic() + STEP_MS / 1000
        while not seen():
            if time.monotonic() > deadline:
                self.picture(f"stopped at: {what}")
                raise Refusal(
                    Code.NOT_POSSIBLE_NOW, f"The tour stopped: {what} did not come.", "Look at the last picture."
                )
            pause(20)

    def until_said(self, words: str) -> None:
        self.until(f"“{words}”", lambda: words in self.desk.line.said())

    def until_panel(self, title: str) -> None:
        def shown() -> bool:
            top: Panel | None = self.desk.stack.top()
            return top is not None and title.lower() in top.accessibleName().lower()

        self.until(f"the panel “{title}”", shown)

    # -- the notebook ----------------------------------------------------------------------------------------------

    def note(self, words: str) -> None:
        self._lines += [words, ""]

    def picture(self, title: str) -> None:
        pause(HUMAN_PAUSE_MS)
        self._pictures += 1
        name = f"{self._pictures:02d}-{''.join(c if c.isalnum() else '-' for c in title.lower()).strip('-')}.png"
        self.window.grab().save(str(self._out / name))
        self._lines += [f"![{title}]({name})", ""]

    def finish(self) -> Path:
        transcript = self._out / "transcript.md"
        transcript.write_text("\n".join(self._lines), encoding="utf-8")
        return transcript


def play(tour: Tour) -> None:
    """The main journey, from the first start to signing off."""
    tour.until("the welcome", lambda: isinstance(tour._program.window, WelcomeWindow))  # noqa: SLF001
    tour.note("The first start: nothing is set up. `O` opens the sample office.")
    tour.picture("welcome")
    tour.key(Qt.Key.Key_O)
    tour.until("the desk", lambda: isinstance(tour.window, DeskWindow))
    tour.window.resize(*SIZE)
    tour.until_panel("Sign in")
    tour.note("The desk. Priya Nair chooses herself, types her PIN and presses Enter.")
    tour.picture("sign in")
    tour.type("p")
    tour.key(Qt.Key.Key_Tab)
    tour.type(PIN)
    tour.key(Qt.Key.Key_Return)
    tour.until_said("signed in")
    tour.picture("signed in")

    tour.note("A visitor comes for Housing: `F2`, the letter `H`, a name, Enter. The ticket is printed.")
    tour.key(Qt.Key.Key_F2)
    tour.until_panel("New walk-in")
    tour.type("h")
    tour.picture("new walk-in")
    tour.key(Qt.Key.Key_Return)
    tour.until_said("Ticket H")
    tour.picture("ticket given")

    tour.note("`F5` calls the next. The line at the bottom says who; Undo stands beside it.")
    tour.key(Qt.Key.Key_F5)
    tour.until_said("called")
    tour.picture("called")
    tour.note("`Ctrl A` calls again, `F5` starts when the visitor is here.")
    tour.key(Qt.Key.Key_A, _CTRL)
    tour.until_said("again")
    tour.key(Qt.Key.Key_F5)
    tour.until("the service", lambda: "Finish" in tour.desk.counter_sheet.main.text())
    tour.picture("being served")

    tour.note("`F5` finishes and calls the next in one; `Ctrl Z` takes both back.")
    tour.key(Qt.Key.Key_F5)
    tour.until_said("finished")
    tour.key(Qt.Key.Key_Z, _CTRL)
    tour.until_said("back")
    tour.picture("taken back")

    tour.note("An answer that can't be given today: `Ctrl T`, who answers and by when; the slip is printed.")
    tour.key(Qt.Key.Key_T, _CTRL)
    tour.until_panel("To follow")
    tour.picture("to follow")
    tour.key(Qt.Key.Key_Return)
    tour.until("the counter to be free", lambda: "Call next" in tour.desk.counter_sheet.main.text())
    tour.picture("answer to follow")

    tour.note("A visit chosen in the queue with the arrow keys and Enter shows all about it and what can be done.")
    tour.key(Qt.Key.Key_Q, _CTRL)
    tour.key(Qt.Key.Key_Down)
    tour.key(Qt.Key.Key_Return)
    tour.until("the visit's panel", lambda: tour.desk.stack.top() is not None)
    tour.picture("one visit")
    tour.key(Qt.Key.Key_Escape)

    tour.note("`F1` opens the menu: evacuation, theme, text size, settings, and every key.")
    tour.key(Qt.Key.Key_F1)
    tour.until_panel("Menu")
    tour.picture("menu")
    tour.key(Qt.Key.Key_Escape)
    for theme in (ThemeName.DARK, ThemeName.HIGH_CONTRAST):
        tour.desk.set_look(Look(load_theme(theme.value), 100))
        tour.picture(f"the desk, {theme.value}")
    tour.desk.set_look(Look(load_theme(ThemeName.LIGHT.value), 100))

    tour.note("`Ctrl L` signs off.")
    tour.key(Qt.Key.Key_L, _CTRL)
    tour.until_panel("Sign off")
    tour.picture("sign off")
    tour.key(Qt.Key.Key_Return)
    tour.until("somebody else's turn", lambda: not tour.desk.desk.presence.is_signed_in)
    tour.picture("signed off")


def run_tour(out: Path, config: Config, make_sample: MakeSample) -> int:
    """Play the tour into `out`; the exit code. Refuses (BAD_INPUT) a folder that cannot be written."""
    qInstallMessageHandler(_say_qt)
    application = QApplication.instance() or QApplication(["reception"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="reception-tour-") as scratch:
        home = Path(scratch)
        try:
            out.mkdir(parents=True, exist_ok=True)
            paper = home / "paper"
            paper.mkdir()
        except OSError as error:
            raise Refusal(
                Code.BAD_INPUT, f"The folder {out} cannot be made.", "Name a folder in which you may write."
            ) from error
        printer = PrinterConfig(kind=PrinterKind.FOLDER, address=str(paper))

        def sample(folder: Path, progress: Callable[[int, int], None]) -> Path:
            settings = make_sample(folder, DAY, progress)
            station_settings.save(settings, {"printer": {"kind": printer.kind.value, "address": printer.address}})
            return settings

        clock = RunningClock(DAY)

        def door(settings: Config, progress: Callable[[int, int], None]) -> Door:
            return open_door(settings, clock=clock, progress=progress)

        own = replace(config, database=f"sqlite:///{(home / 'empty.db').as_posix()}", theme=ThemeName.LIGHT)
        program = Program(application, own, home / "station.toml", sample, door, home / "sample")
        tour = Tour(out, program)
        try:
            program.start()
            play(tour)
        finally:
            transcript = tour.finish()
            program.end()
        if program.bugs:
            raise Refusal(Code.NOT_POSSIBLE_NOW, f"The tour met {program.bugs} faults of the program.", "See the log.")
        for number, file in enumerate(sorted(paper.glob("*.pdf")), start=1):
            shutil.copyfile(file, out / f"paper-{number}.pdf")
    print(f"The tour is in {out}: read {transcript.name}.")  # noqa: T201
    return 0
