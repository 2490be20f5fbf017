"""Faults of the program: written whole to the log, told in one sentence."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

LOG_NAME = "reception.log"
STOPPED_NAME = "stopped.log"
LOG_BYTES = 1_000_000
LOGS_KEPT = 5
PACKAGE = "reception"


def log_folder(settings_folder: str = "") -> Path:
    """Where the log is kept when the settings name no other folder."""
    return Path(settings_folder or platformdirs.user_log_dir(PACKAGE, appauthor=False))


def report_fault(error: Exception, args: argparse.Namespace) -> str:
    """Log the error with its traceback; what to say to the person. Never raises."""
    folder = log_folder()
    with suppress(Exception):
        from reception.cli.settings import settings_of  # noqa: PLC0415  what failed may be in there

        folder = log_folder(settings_of(args).log_folder)
    what = "Something went wrong in the program, and it is not your mistake."
    try:
        handler = _handler(folder)
    except OSError:
        return f"{what} It could not be written to the log in {folder}: {type(error).__name__}."
    log = logging.getLogger(PACKAGE)
    log.addHandler(handler)
    try:
        log.error("a command failed", exc_info=error)
    finally:
        log.removeHandler(handler)
        handler.close()
    return f"{what} The log says more: {folder / LOG_NAME}."


def start_log(settings_folder: str = "") -> None:
    """Keep a log while windows are open; without a place to write it they open all the same.

    Where the program is stopped by a fault outside Python, the functions that were under way are written beside it.
    """
    folder = log_folder(settings_folder)
    with suppress(OSError):
        logging.getLogger().addHandler(_handler(folder))
        faulthandler.enable(os.open(folder / STOPPED_NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))


def _handler(folder: Path) -> RotatingFileHandler:
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", errors="backslashreplace"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler


def version() -> str:
    """The version of this program, installed or not."""
    with suppress(PackageNotFoundError):
        return installed_version(PACKAGE)
    with suppress(OSError, ValueError, KeyError):
        declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
        return str(declared["project"]["version"])
    return "of an unknown version"
