"""The pictures of the supervisor's window: the sample office's own day, with half a year of made-up visits behind it.

    python docs/images/draw_supervisor.py FOLDER IMAGES [LOOK ...]

FOLDER gets every page in every look, or in those that are named; IMAGES what README and docs show, of the look "light".
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reception.app import Door
from reception.cli import main as reception
from reception.cli.sample import make_files
from reception.clock import HOUR, Instant, SetClock
from reception.config import CONFIG_NAME, Config, ThemeName, load
from reception.domain.stations import StationKind
from reception.opening import open_door
from reception.services.commands import SetUpOffice
from reception.services.sample_office import CIVIC, CIVIC_NAME, PIN, civic_offices
from tests.journeys.made_up_log import OPTIONS, Made, write_log
from tests.ui.supervisor_driver import is_settled
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.page import Page
from ui.supervisor.run import build_supervisor
from ui.theme import Look, add_fonts, apply_look, load_theme
from ui.tour import DAY

COLOURS = 256
PATIENCE_MS = 60_000
_LAID_OUT = 5
"""So many turns until what has come is laid out and painted."""
USUAL = (1366, 768)
BEHIND = (date(2026, 4, 1), date(2026, 11, 20))
"""The days that the log tells of."""
LIKE = Made(
    {"Council Tax": 6, "Housing": 5, "Benefits": 3, "Parking": 2, "Planning": 1, "Citizens Advice": 1},
    a_day=75,
    counters=4,
    minutes=11.5,
    called_after=1,
    few=(date(2026, 10, 12), date(2026, 10, 16)),
)
PAGES = ("today", "past", "forecast", "staffing", "reports")
"""By the number of their tab, from 1."""


class State(Struct, frozen=True):
    """One look of the window. `pages`: which of them are opened."""

    name: str
    now: Instant = DAY
    theme: ThemeName = ThemeName.LIGHT
    percent: int = 100
    size: tuple[int, int] = USUAL
    pages: tuple[str, ...] = PAGES
    is_empty: bool = False
    """Of an office where nobody has come yet."""


STATES = (
    State("light"),
    State("dark", theme=ThemeName.DARK),
    State("high-contrast", theme=ThemeName.HIGH_CONTRAST),
    State("200", percent=200),
    State("1024", size=(1024, 768)),
    State("evening", DAY + 8 * HOUR, pages=("today",)),
    State("before-opening", DAY + 22 * HOUR, pages=("today",)),
    State("empty", is_empty=True),
)
SHOWN = {f"supervisor-{page}-light": f"supervisor-{page}.png" for page in PAGES}


def main(folder: Path, images: Path, only: Sequence[str] = ()) -> None:
    """See the module."""
    with tempfile.TemporaryDirectory() as scratch:
        busy, empty = _busy(Path(scratch) / "busy"), _empty(Path(scratch) / "empty")
        for state in (each for each in STATES if not only or each.name in only):
            config = empty if state.is_empty else busy
            door = open_door(config, clock=SetClock(state.now), kind=StationKind.SUPERVISOR)
            try:
                look = replace(config, theme=state.theme, text_percent=state.percent)
                _draw(door, look, state, folder)
            finally:
                door.close()
    for name, shown in SHOWN.items():
        picture = Image.open(folder / f"{name}.png").convert("RGB")
        few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(images / shown, optimize=True)


def _busy(folder: Path) -> Config:
    """The sample office, with a log taken in."""
    make_files(folder, Config(), lambda _done, _of: None, DAY)
    settings = folder / CONFIG_NAME
    log = folder / "log.csv"
    write_log(log, *BEHIND, LIKE)
    with contextlib.redirect_stdout(io.StringIO()):
        reception(["--config", str(settings), "import", "visits", str(log), "--office", CIVIC_NAME, *OPTIONS])
    return load(settings)


def _empty(folder: Path) -> Config:
    """An office with settings and a supervisor, and nothing else."""
    folder.mkdir()
    config = Config(database=f"sqlite:///{folder / 'reception.db'}", station="Supervisor")
    door = open_door(config, clock=SetClock(DAY))
    door.do(SetUpOffice(office_id=CIVIC, settings=civic_offices()))
    door.close()
    return config


def _draw(door: Door, config: Config, state: State, folder: Path) -> None:
    """One look: signed in by keys, as a supervisor does, and every page opened by its key."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_look(application, Look(load_theme(config.theme.value), config.text_percent))
    pulse = Pulse(application, lambda: 0)
    window = build_supervisor(Link(door, pulse.now), config, pulse)
    window.resize(*state.size)
    window.show()
    window.activateWindow()
    _until(lambda: window.isActiveWindow() and window.sign_in.officer.count() > 1)
    for key in ("L", "i", Qt.Key.Key_Tab, *PIN):
        QTest.keyClick(window.windowHandle(), key)  # type: ignore[call-overload]
    window.grab().save(str(folder / f"supervisor-sign-in-{state.name}.png"))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    _until(lambda: not window.is_locked)
    for page in state.pages:
        number = Qt.Key(Qt.Key.Key_1 + PAGES.index(page))
        QTest.keyClick(window.windowHandle(), number, Qt.KeyboardModifier.ControlModifier)
        shown = window.stack.currentWidget()
        assert isinstance(shown, Page)
        _until(partial(is_settled, shown))
        for _ in range(_LAID_OUT):
            application.processEvents()
        window.grab().save(str(folder / f"supervisor-{page}-{state.name}.png"))
    window.close()


def _until(come: Callable[[], bool]) -> None:
    """Let the window work until it is so."""
    loop = QEventLoop()
    left = [PATIENCE_MS // 20]

    def look() -> None:
        left[0] -= 1
        if come() or left[0] <= 0:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    loop.exec()
    if not come():
        raise SystemExit("The supervisor's window did not come so far.")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QApplication([])
    add_fonts()
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
