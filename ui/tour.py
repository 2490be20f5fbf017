"""`reception tour`: plays the main journey on the real windows, with real keys, and keeps what was seen.

Leaves numbered pictures, the ticket, slips and a letter as PDF, and a transcript. Every step waits for what a person
would wait for: the words on the screen. A step that doesn't come ends the tour with the step's name.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from reception import config as station_settings
from reception.app import Door
from reception.clock import Instant, RunningClock, from_datetime
from reception.config import Config, PrinterKind, ThemeName
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.opening import open_door
from ui.program import Program
from ui.touring import appointments, book, walk_ins
from ui.touring.person import Tour

DAY: Instant = from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))
"""Tuesday 24 November 2026, 10.42am in London."""

MakeSample = Callable[[Path, Instant, Callable[[int, int], None]], Path]


def _say_qt(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Qt's own warnings, but for those that a screen that isn't there has no window manager to tell."""
    if not words.startswith("This plugin does not support "):
        print(words, file=sys.stderr)  # noqa: T201


def play(tour: Tour) -> None:
    """The main journey, from the first start to signing off."""
    walk_ins.begin(tour)
    walk_ins.serve_walk_ins(tour)
    appointments.play(tour)
    book.play(tour)
    walk_ins.end(tour)


def _into(folder: Path) -> dict[str, str]:
    """The settings of a printer that prints into a folder."""
    return {"kind": PrinterKind.FOLDER.value, "address": str(folder)}


def run_tour(out: Path, config: Config, make_sample: MakeSample) -> int:
    """Play the tour into `out`; the exit code. Refuses (BAD_INPUT) a folder that cannot be written."""
    qInstallMessageHandler(_say_qt)
    application = QApplication.instance() or QApplication(["reception"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="reception-tour-") as scratch:
        home = Path(scratch)
        try:
            out.mkdir(parents=True, exist_ok=True)
            papers, letters = home / "papers", home / "letters"
            papers.mkdir()
            letters.mkdir()
        except OSError as error:
            raise Refusal(
                Code.BAD_INPUT, f"The folder {out} cannot be made.", "Name a folder in which you may write."
            ) from error

        def sample(folder: Path, progress: Callable[[int, int], None]) -> Path:
            settings = make_sample(folder, DAY, progress)
            station_settings.save(settings, {"printer": _into(papers), "letter_printer": _into(letters)})
            return settings

        clock = RunningClock(DAY)

        def door(settings: Config, progress: Callable[[int, int], None], kind: StationKind) -> Door:
            return open_door(settings, clock=clock, progress=progress, kind=kind)

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
        for name, folder in (("paper", papers), ("letter", letters)):
            for number, file in enumerate(sorted(folder.glob("*.pdf")), start=1):
                shutil.copyfile(file, out / f"{name}-{number}.pdf")
    print(f"The tour is in {out}: read {transcript.name}.")  # noqa: T201
    return 0
