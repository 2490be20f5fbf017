"""Puts a supervisor's window together."""

from __future__ import annotations

from reception.config import Config
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.window import SupervisorWindow
from ui.theme import Look
from ui.theme_file import load_theme


def build_supervisor(link: Link, config: Config, pulse: Pulse) -> SupervisorWindow:
    """The window, not yet shown. Closing it ends the link; the pulse is the program's."""
    look = Look(load_theme(config.theme.value), config.text_percent)
    return SupervisorWindow(link, look, pulse, config.station, config.office, config.sign_in_note)
