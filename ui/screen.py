"""The application on this computer's screen, or one plain sentence: Qt ends the process where it finds none."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

NO_SCREEN = (
    "There is no screen here that a window can open on. "
    "Start Reception on a computer with a screen; commands and reception tour work without one."
)


def application_on_screen() -> QApplication:
    """The application. Where Qt cannot draw (no display, one that does not answer, an unknown platform), says so and
    ends with 1."""
    before = qInstallMessageHandler(_say_no_screen)
    try:
        return QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)


def _say_no_screen(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Qt calls this last before it aborts; what it mutters until then is of no use to anybody."""
    if kind is QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{NO_SCREEN}\n")
        sys.stderr.flush()
        os._exit(1)
