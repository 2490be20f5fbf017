"""Puts a desk's window together."""

from __future__ import annotations

from reception.config import Config
from ui.desk.station import station_of
from ui.desk.window import DeskWindow
from ui.link import Link
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.theme import Look
from ui.theme_file import load_theme


def build_desk(link: Link, config: Config, pulse: Pulse, scanner: Scanner) -> DeskWindow:
    """The window, not yet shown. Closing it ends the link; the pulse and the scanner are the program's."""
    station = station_of(config)
    return DeskWindow(link, Look(load_theme(station.theme), station.text_percent), pulse, station, scanner)
