"""Printers: a PDF goes in, paper comes out, or a refusal that says in plain words what to do.

Nothing here knows what it prints. Nothing is written to a temporary file, and titles and file names are neutral.
Every job has a time limit, so that a printer that hangs holds up one worker thread and nothing else.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from reception.clock import Clock, SystemClock, local_datetime
from reception.config import PrinterConfig, PrinterKind
from reception.documents.links import ReceiptLink, open_link
from reception.documents.raster import page_size
from reception.documents.receipt import receipt_parts
from reception.errors import Code, Refusal

_log = logging.getLogger(__name__)

_MILLIMETRE = 72 / 25.4
"""Points."""
_NAMED_SIZES = {"A4": (210.0, 297.0), "A6": (105.0, 148.0)}
_STATUS_SECONDS = 5.0
"""Time limit for listing printers."""


class Printer(Protocol):
    """Something that prints. May be called from any thread; two jobs of one printer may come at once."""

    def print(self, pdf: bytes, title: str) -> None:
        """Print the whole PDF. `title` is shown in print queues and holds no personal data.

        Refuses (PRINTER) when it was not printed, or not known to be printed whole.
        """
        ...


class SystemPrinter:
    """A printer of the operating system, through CUPS (Linux, macOS).

    Returns when the print system has accepted the job; what the printer then does with it, it does not say.
    """

    def __init__(self, name: str = "", timeout_seconds: float = 20.0) -> None:
        """`name` as in the system's list of printers; empty for the default one."""
        self.name = name
        self.timeout_seconds = timeout_seconds

    def print(self, pdf: bytes, title: str) -> None:
        if sys.platform == "win32":
            raise _refusal(
                "This computer's printers cannot be reached from here.",
                "Choose an ESC/POS printer or a folder in the settings.",
            )
        command = shutil.which("lp")
        if command is None:
            raise _refusal(
                "This computer has no print system.", "Install CUPS, or choose another printer in the settings."
            )
        named = ["-d", self.name] if self.name else []
        order = [command, *named, "-t", _neutral(title), *_paper_options(pdf)]
        try:
            status, said = _run(order, pdf, self.timeout_seconds)
        except OSError as error:
            raise _refusal("The print system could not be started.", "Check that “lp” can be run here.") from error
        if status is None:
            raise _refusal(
                f"The print system did not take the job within {self.timeout_seconds:g} seconds.",
                "Check the printer and print again.",
            )
        if status != 0:
            _log.warning("lp ended with %s: %s", status, said)
            raise _said_by_cups(said, self.name)


class EscposPrinter:
    """A ticket printer that speaks ESC/POS: tcp://host:port, usb://vendor:product (hexadecimal) or a device file.

    The PDF is sent as a picture: the printer's own letters lack Welsh ŵ and ŷ and every script but Latin.
    """

    def __init__(self, address: str, dots_per_line: int = 576, timeout_seconds: float = 20.0) -> None:
        """`dots_per_line` is the width that the head prints; `timeout_seconds` bounds connecting and printing."""
        self.address = address
        self.dots_per_line = dots_per_line
        self.timeout_seconds = timeout_seconds

    def print(self, pdf: bytes, title: str) -> None:
        parts = receipt_parts(pdf, self.dots_per_line)
        deadline = time.monotonic() + self.timeout_seconds
        link = open_link(self.address, deadline)
        try:
            self._send(link, parts, deadline)
        except TimeoutError as error:
            link.abandon()
            raise _refusal(
                f"The ticket printer stopped half-way and did not go on within {self.timeout_seconds:g} seconds.",
                "Check paper and cover, throw away what came out, and print again.",
            ) from error
        except OSError as error:
            link.abandon()
            raise _refusal(
                "The connection to the ticket printer broke off half-way.",
                "Check its cable and power, throw away what came out, and print again.",
            ) from error
        except BaseException:
            link.abandon()
            raise
        link.close()

    def _send(self, link: ReceiptLink, parts: list[bytes], deadline: float) -> None:
        link.greet(deadline)
        for part in parts:
            link.send(part, deadline)
        link.confirm(deadline)


class FolderPrinter:
    """Puts each PDF into a folder, for another program to print and for trials.

    A file appears whole or not at all, under the time (UTC) and a random ending.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self.clock = clock or SystemClock()

    def print(self, pdf: bytes, title: str) -> None:
        if self.folder == Path():
            raise _refusal("No folder is named for printing.", "Name one in the settings.")
        moment = local_datetime(self.clock.now(), ZoneInfo("UTC"))
        name = f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        part, whole = self.folder / f"{name}.part", self.folder / f"{name}.pdf"
        try:
            with part.open("xb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            part.replace(whole)
        except FileNotFoundError as error:
            raise _refusal(
                f"There is no folder {self.folder}.", "Make it, or choose another in the settings."
            ) from error
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise _refusal(
                f"The folder {self.folder} did not take the file: {(error.strerror or 'unknown reason').lower()}.",
                "Make room or ask for the right to write there, and print again.",
            ) from error


def printer_from(config: PrinterConfig) -> Printer | None:
    """The printer that the settings name; None when they name none. A wrong address is refused when printing."""
    match config.kind:
        case PrinterKind.NONE:
            return None
        case PrinterKind.SYSTEM:
            return SystemPrinter(config.address, config.timeout_seconds)
        case PrinterKind.ESCPOS:
            return EscposPrinter(config.address, config.dots_per_line, config.timeout_seconds)
        case PrinterKind.FOLDER:
            return FolderPrinter(Path(config.address))


def list_system_printers() -> list[str]:
    """The names of the printers that the print system accepts jobs for; none when there is no CUPS or no answer."""
    command = shutil.which("lpstat")
    if command is None or sys.platform == "win32":
        return []
    try:
        status, said = _run([command, "-a"], b"", _STATUS_SECONDS)
    except OSError:
        return []
    if status != 0:
        return []
    return [
        line.split()[0]
        for line in said.splitlines()
        if " accepting requests" in line and " not accepting requests" not in line
    ]


def _paper_options(pdf: bytes) -> list[str]:
    """The size of the paper as the print system wants it, read from the PDF, and no scaling to other paper."""
    width, height = (side / _MILLIMETRE for side in page_size(pdf))
    media = f"Custom.{width:.0f}x{height:.0f}mm"
    for name, (wide, high) in _NAMED_SIZES.items():
        if abs(width - wide) < 1 and abs(height - high) < 1:
            media = name
    return ["-o", f"media={media}", "-o", "print-scaling=none"]


def _run(order: list[str], given: bytes, seconds: float) -> tuple[int | None, str]:
    """Run a command of the print system. Exit status (None when the time ran out) and what it said, in English."""
    process = subprocess.Popen(
        order,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C"},
        start_new_session=True,
    )
    with process:
        try:
            said, _ = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its children too, who would hold the pipes open
            process.communicate()
            return None, ""
    return process.returncode, said.decode(errors="replace").strip()


def _said_by_cups(said: str, name: str) -> Refusal:
    named = f"“{name}”" if name else "by default"
    lowered = said.lower()
    if "does not exist" in lowered or "no such" in lowered:
        return _refusal(f"There is no printer {named}.", "Choose another printer in the settings.")
    if "no default destination" in lowered:
        return _refusal("No printer is chosen.", "Choose a printer in the settings.")
    if "scheduler" in lowered or "unable to connect" in lowered or "connection refused" in lowered:
        return _refusal("The print system of this computer is not running.", "Start CUPS and print again.")
    if "not accepting" in lowered:
        return _refusal(f"The printer {named} takes no jobs now.", "Switch it on in the print system.")
    return _refusal("The print system did not take the job.", "Check the printer; the log has its own words.")


def _neutral(title: str) -> str:
    """The title as one short line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())[:60] or "Reception"


def _refusal(reason: str, remedy: str) -> Refusal:
    return Refusal(Code.PRINTER, reason, remedy)
