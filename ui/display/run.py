"""Puts a display's window together."""

from __future__ import annotations

from reception.config import Config
from ui.display.window import DisplayWindow
from ui.link import Link
from ui.pulse import Pulse
from ui.theme import Look
from ui.theme_file import load_theme
from ui.voice.voice import Voice


def build_display(link: Link, config: Config, pulse: Pulse) -> DisplayWindow:
    """The window, not yet shown. Closing it ends the link; the pulse is the program's."""
    window = DisplayWindow(link, Look(load_theme(config.theme.value)), pulse, config, Voice())
    if config.display.full_screen:
        window.fill_screen()
    return window
