"""Puts a kiosk's window together."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from reception.config import Config
from ui.kiosk.window import KioskWindow
from ui.link import Link
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.voice.voice import Voice


def build_kiosk(link: Link, config: Config, pulse: Pulse, scanner: Scanner) -> KioskWindow:
    """The window, not yet shown. Closing it, which takes the PIN, ends the link; the rest is the program's."""
    window = KioskWindow(link, config, pulse, scanner, Voice)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        scanner.watch(application)
    return window
