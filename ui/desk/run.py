"""Puts a desk together: everything but the QApplication itself."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from reception.config import Config
from ui.desk.station import station_of
from ui.desk.window import DeskWindow
from ui.link import DoorLike, Link
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.theme import Look, add_fonts, load_theme


def build_desk(door: DoorLike, config: Config, application: QApplication, pulse: Pulse | None = None) -> DeskWindow:
    """The window with its link, pulse and scanner, not yet shown. Closing it ends the link, not the door."""
    add_fonts()
    station = station_of(config)
    pulse = pulse or Pulse(application)
    link = Link(door, pulse.now, application)
    scanner = Scanner(application)
    application.installEventFilter(scanner)
    window = DeskWindow(link, Look(load_theme(station.theme), station.text_percent), pulse, station, scanner)
    window.closed.connect(lambda: application.removeEventFilter(scanner))
    return window
