"""What a program does before it has a window to show, on a thread: a database opened, a sample office made."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reception import config as station_settings
from reception.app import Door
from reception.config import Config
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.services.queries import Offices

log = logging.getLogger(__name__)

BUG = Refusal(
    Code.NOT_POSSIBLE_NOW, "Something went wrong inside the program.", "Start it again; the log has the details."
)

Progress = Callable[[int, int], None]
OpenDoor = Callable[..., Door]
MakeSample = Callable[[Path, Progress], Path]
"""Makes the sample office in a folder and returns its settings file."""


class Preparing(QObject):
    """One thing at a time; its signals come on the GUI thread."""

    opened = Signal(object, object)
    """(Door, its offices)"""
    failed = Signal(object)
    """A Refusal: the database could not be opened."""
    progressed = Signal(int, int)
    sample_made = Signal(object)
    """(Config, the path of its file)"""
    sample_failed = Signal(object)
    """A Refusal."""

    def __init__(self, open_door: OpenDoor, make_sample: MakeSample, parent: QObject) -> None:
        super().__init__(parent)
        self._open_door = open_door
        self._make_sample = make_sample
        self._stop = threading.Event()
        self._is_opening = threading.Lock()

    def open(self, config: Config, kind: StationKind) -> None:
        """Nothing where it is being opened already."""
        if self._is_opening.acquire(blocking=False):
            self._stop.clear()
            in_background(lambda: self._open(config, kind))

    def make_sample(self, folder: Path) -> None:
        self._stop.clear()
        in_background(lambda: self._make(folder))

    def stop(self) -> None:
        """It is then refused as CANCELLED, with nothing changed."""
        self._stop.set()

    def _open(self, config: Config, kind: StationKind) -> None:
        try:
            door = self._open_door(config, progress=self._progress, kind=kind)
            offices = door.ask(Offices())
        except Refusal as refusal:
            self._is_opening.release()
            self.failed.emit(refusal)
        except Exception:
            log.exception("the database could not be opened")
            self._is_opening.release()
            self.failed.emit(BUG)
        else:
            self._is_opening.release()
            self.opened.emit(door, offices)

    def _make(self, folder: Path) -> None:
        try:
            settings = self._make_sample(folder, self._progress)
            config = station_settings.load(settings)
        except Refusal as refusal:
            self.sample_failed.emit(refusal)
        except Exception:
            log.exception("the sample office could not be made")
            self.sample_failed.emit(BUG)
        else:
            self.sample_made.emit((config, settings))

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Refusal(Code.CANCELLED, "Stopped before anything was changed.", "Start again when it suits.")
        self.progressed.emit(done, total)


def in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="reception-opening", daemon=True).start()
