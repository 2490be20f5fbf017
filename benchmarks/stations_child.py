"""Stations in a process of their own; each view that stands painted is said as `sequence seconds` by the monotonic
clock, which all processes of a machine share. Run by `benchmarks.stations`."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from reception.app import Door
from reception.config import Config
from reception.services.queries import Desk
from tests.support import COUNTER_2, OFFICE, door_on
from ui.link import Link
from ui.pulse import Pulse
from ui.scanner import Scanner

SIZES = {"desk": (1366, 768), "kiosk": (1080, 1920), "display": (1920, 1080)}


class Ending(QObject):
    """Ends the application, or does something else, when the parent closes our input."""

    wanted = Signal()

    def __init__(self, application: QCoreApplication, then: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.wanted.connect(application.exit if then is None else then)
        threading.Thread(target=lambda: (sys.stdin.read(), self.wanted.emit()), daemon=True).start()


def said(sequence: int) -> None:
    sys.stdout.write(f"{sequence} {time.monotonic()}\n")
    sys.stdout.flush()


def links(url: str, count: int) -> None:
    """Desks that read all that a desk shows, and show it to nobody."""
    application = QCoreApplication([])
    ending = Ending(application)
    doors = [door_on(url) for _ in range(count)]
    made = [Link(door) for door in doors]
    ready: set[int] = set()

    def came(place: int) -> None:
        ready.add(place)
        if len(ready) == count:
            said(0)

    for place, link in enumerate(made):
        link.view_came.connect(lambda _, place=place: came(place) if len(ready) < count else None)
        link.watch(Desk(OFFICE, "", f"Desk {place}"))
    application.exec()
    for link, door in zip(made, doors, strict=True):
        link.close()
        door.close()
    del ending


def window(kind: str, url: str) -> None:
    """A real window, offscreen."""
    application = QApplication([])
    ending = Ending(application)
    from ui.theme import Look, add_fonts, apply_look
    from ui.theme_file import load_theme

    add_fonts()
    apply_look(application, Look(load_theme("light"), 100))
    door = door_on(url)
    pulse = Pulse()
    link = Link(door, pulse.now)
    shown = _built(kind, link, door, Config(database=url, station=f"Bench {kind}"), pulse, Scanner())
    shown.resize(*SIZES[kind])
    shown.show()
    if kind == "desk":
        desk: Any = shown
        desk.desk.presence.choose_office(OFFICE)
        desk.desk.presence.sign_in(COUNTER_2, "ewan")
        desk.stack.close_all()

    def came(view: Any) -> None:
        # Painting is done with what was posted meanwhile; a timer's turn comes after it.
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: said(view.sequence)))

    link.view_came.connect(came)
    application.exec()
    link.close()
    door.close()
    del ending


def _built(kind: str, link: Link, _door: Door, config: Config, pulse: Pulse, scanner: Scanner) -> QWidget:
    build: Callable[..., QWidget]
    match kind:
        case "desk":
            from ui.desk.run import build_desk

            return build_desk(link, config, pulse, scanner)
        case "kiosk":
            from ui.kiosk.run import build_kiosk as build

            return build(link, config, pulse, scanner)
        case _:
            from ui.display.run import build_display as build

            return build(link, config, pulse)


if __name__ == "__main__":
    if sys.argv[1] == "links":
        links(sys.argv[2], int(sys.argv[3]))
    else:
        window(sys.argv[1], sys.argv[2])
