"""The pictures of the supervisor's window: the sample office's own day, in the afternoon and in other states.

    python docs/images/draw_supervisor.py FOLDER IMAGES

FOLDER gets every state; IMAGES the one that the README shows.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reception.app import Door, open_door
from reception.cli.sample import make_files
from reception.clock import HOUR, Instant, SetClock
from reception.config import CONFIG_NAME, Config, ThemeName, load
from reception.domain.stations import StationKind
from reception.services.sample_office import PIN
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.run import build_supervisor
from ui.supervisor.today_page import TodayPage
from ui.theme import Look, add_fonts, apply_look, load_theme
from ui.tour import DAY

SHOWN = "supervisor-today-light"
COLOURS = 128
PATIENCE_MS = 20_000
USUAL = (1366, 768)
STATES: tuple[tuple[str, Instant, ThemeName, int, tuple[int, int]], ...] = (
    ("supervisor-today-light", DAY, ThemeName.LIGHT, 100, USUAL),
    ("supervisor-today-dark", DAY, ThemeName.DARK, 100, USUAL),
    ("supervisor-today-high-contrast", DAY, ThemeName.HIGH_CONTRAST, 100, USUAL),
    ("supervisor-today-200", DAY, ThemeName.LIGHT, 200, USUAL),
    ("supervisor-today-1024", DAY, ThemeName.LIGHT, 100, (1024, 768)),
    ("supervisor-today-evening", DAY + 8 * HOUR, ThemeName.LIGHT, 100, USUAL),
    ("supervisor-today-before-opening", DAY + 22 * HOUR, ThemeName.LIGHT, 100, USUAL),
)


def main(folder: Path, images: Path) -> None:
    """See the module."""
    with tempfile.TemporaryDirectory() as scratch:
        make_files(Path(scratch), Config(), lambda _done, _of: None, DAY)
        config = load(Path(scratch) / CONFIG_NAME)
        for name, now, theme, percent, size in STATES:
            door = open_door(config, clock=SetClock(now), kind=StationKind.SUPERVISOR)
            try:
                _draw(door, replace(config, theme=theme, text_percent=percent), size, folder, name)
            finally:
                door.close()
    shown = Image.open(folder / f"{SHOWN}.png").convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(images / "supervisor-today.png", optimize=True)


def _draw(door: Door, config: Config, size: tuple[int, int], folder: Path, name: str) -> None:
    """One state: signed in by keys, as a supervisor does."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_look(application, Look(load_theme(config.theme.value), config.text_percent))
    pulse = Pulse(application, lambda: 0)
    window = build_supervisor(Link(door, pulse.now), config, pulse)
    window.resize(*size)
    window.show()
    window.activateWindow()
    _until(lambda: window.isActiveWindow() and window.sign_in.officer.count() > 1)
    for key in ("L", "i", Qt.Key.Key_Tab, *PIN):
        QTest.keyClick(window.windowHandle(), key)  # type: ignore[call-overload]
    if name == SHOWN:
        window.grab().save(str(folder / "supervisor-sign-in.png"))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    _until(lambda: isinstance(page := window.stack.currentWidget(), TodayPage) and page.area.isVisible())
    application.processEvents()
    window.grab().save(str(folder / f"{name}.png"))
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
    main(Path(sys.argv[1]), Path(sys.argv[2]))
