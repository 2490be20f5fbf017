"""The pictures of the waiting room's display: the sample office's own, at each size of screen.

    python docs/images/draw_display.py FOLDER IMAGES

FOLDER gets each state at 1280 x 720, 1920 x 1080 and 3840 x 2160; IMAGES the one that the docs show.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from reception.app import Door
from reception.cli.sample import make_files
from reception.clock import HOUR, MINUTE, SetClock
from reception.config import CONFIG_NAME, Config, load
from reception.domain.board import BoardView
from reception.domain.booked import DelayReason
from reception.domain.person import Need, Person
from reception.opening import open_door
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.queries import Board
from reception.services.sample_office import CIVIC, COUNCIL_TAX, COUNTER_3, HOUSING, PIN, TOMASZ
from ui.display.calling import EARLIER
from ui.display.lines import Page, lines_of
from ui.display.painting import paint
from ui.display.scene import Scene, Standing, scene_of
from ui.display.setting import Setter
from ui.theme import Look, add_fonts, load_theme
from ui.tour import DAY

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
SHOWN = "display-calling-1280"
COLOURS = 64
WHO: dict[str, str] = {"office_id": CIVIC, "counter_id": COUNTER_3, "officer_id": TOMASZ, "station": "Desk 3"}


def main(folder: Path, images: Path) -> None:
    """See the module."""
    look = Look(load_theme("light"))
    with tempfile.TemporaryDirectory() as scratch:
        make_files(Path(scratch), Config(), lambda _done, _of: None, DAY)
        clock = SetClock(DAY)
        door = open_door(load(Path(scratch) / CONFIG_NAME), clock=clock)
        try:
            for name, scene in _scenes(door, clock):
                for width, height in SIZES:
                    _draw(scene, look, width, height).save(str(folder / f"display-{name}-{width}.png"))
        finally:
            door.close()
    shown = Image.open(folder / f"{SHOWN}.png").convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(images / "display.png", optimize=True)


def _scenes(door: Door, clock: SetClock) -> Iterator[tuple[str, Scene]]:
    """Each state, brought about before it is drawn."""
    yield "nobody", _scene(door, None)
    door.do(c.SignIn(**WHO, pin=PIN))
    for name, person in (
        ("calling", Person()),
        ("polish", Person(spoken="pl")),
        ("urdu", Person(spoken="ur")),
        ("chinese", Person(spoken="yue", written="zh-Hant")),
        ("private", Person(spoken="pl", needs=frozenset({Need.PRIVATE}))),
    ):
        _call(door, clock, person)
        yield name, _scene(door, 0)
    yield "not-live", _scene(door, 0, lost_since=clock.at - 2 * MINUTE)
    door.do(a.AnnounceDelay(**WHO, reason=DelayReason.STAFF_AWAY, service_id=HOUSING, minutes=25))
    yield "delay", _scene(door, 0)
    door.do(c.Evacuate(**WHO))
    yield "evacuated", _scene(door, None)
    door.do(c.EndEvacuation(**WHO, resume=True))
    clock.advance(9 * HOUR)
    yield "closed", _scene(door, None)


def _call(door: Door, clock: SetClock, person: Person) -> None:
    taken = door.do(c.TakeTicket(**WHO, service_id=COUNCIL_TAX, person=person, print_ticket=False))
    door.do(c.CallVisit(**WHO, visit_id=taken.visit_id, reason="a picture"))
    clock.advance(MINUTE)
    door.do(c.Leave(**WHO, visit_id=taken.visit_id))


def _scene(door: Door, present: int | None, **more: Any) -> Scene:
    """The display as it stands, with the newest call large where `present` is 0."""
    view: BoardView = door.ask(Board(CIVIC))
    call = None if present is None else view.calls[present]
    earlier = view.calls if call is None else view.calls[1:]
    line = next(iter(lines_of(view, view.now)), None)
    page = {} if line is None else {"page": Page(line.text, line.tag)}
    return scene_of(view, Standing(view.now, call, earlier[:EARLIER], **page, **more))


def _draw(scene: Scene, look: Look, width: int, height: int) -> QImage:
    drawn = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    paint(painter, Setter(look, width, height), scene)
    painter.end()
    return drawn


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    add_fonts()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
