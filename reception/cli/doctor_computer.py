"""What `reception doctor` says of this computer: the program, its windows, its settings, its screen and its log."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from reception.cli.faults import log_folder, version
from reception.cli.findings import Finding, Here, Level

OLDEST_PYTHON = (3, 11)
KILLS_PYTHON_3_11 = "6.12"
"""PySide6 from this version on ends Python 3.11 after a few hundred signals."""


def program(here: Here) -> Iterator[Finding]:
    words = f"Reception {version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        yield Finding("program", Level.FAILED, f"{words}. Install Python {'.'.join(map(str, OLDEST_PYTHON))} or newer.")
    else:
        yield Finding("program", Level.OK, words)


def windows(here: Here) -> Iterator[Finding]:
    try:
        found = installed_version("PySide6-Essentials")
    except PackageNotFoundError:
        yield Finding("windows", Level.FAILED, "PySide6-Essentials is not installed. Install it to open the desk.")
        return
    if sys.version_info[:2] == (3, 11) and found.startswith(KILLS_PYTHON_3_11):
        yield Finding("windows", Level.FAILED, f"PySide6 {found} ends Python 3.11 by itself. Install 6.11.3.")
    else:
        yield Finding("windows", Level.OK, f"PySide6 {found}")


def settings(here: Here) -> Iterator[Finding]:
    if here.settings is None:
        yield Finding("settings", Level.FAILED, here.trouble)
    elif here.settings_from.exists():
        station = f"station “{here.settings.station}”"
        yield Finding("settings", Level.OK, f"{here.settings_from}, {station}")
    else:
        yield Finding("settings", Level.OK, f"no file {here.settings_from}: everything is at its usual value")


def screen(here: Here) -> Iterator[Finding]:
    drawn_by = here.environ.get("QT_QPA_PLATFORM", "")
    if drawn_by.partition(":")[0] in ("offscreen", "minimal", "vnc"):
        words = f"windows are drawn {drawn_by}, so nobody sees them here. Unset QT_QPA_PLATFORM to see them."
        yield Finding("screen", Level.ATTENTION, words)
    elif here.system in ("win32", "darwin") or drawn_by:
        yield Finding("screen", Level.OK, "this computer's own" if not drawn_by else f"drawn by {drawn_by}")
    elif name := here.environ.get("WAYLAND_DISPLAY") or here.environ.get("DISPLAY"):
        yield Finding("screen", Level.OK, name)
    else:
        words = "none, so no window can open here; commands work, and so does reception tour."
        yield Finding("screen", Level.ATTENTION, words)


def log(here: Here) -> Iterator[Finding]:
    folder = log_folder("" if here.settings is None else here.settings.log_folder)
    try:
        # The folder is made with the first fault; until then what matters is the one that it will be made in.
        with tempfile.TemporaryFile(dir=next(each for each in (folder, *folder.parents) if each.exists())):
            pass
    except OSError:
        words = f"{folder} cannot be written. Name another folder in the settings, as log_folder."
        yield Finding("log", Level.ATTENTION, words)
    else:
        yield Finding("log", Level.OK, str(folder))
