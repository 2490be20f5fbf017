"""The three ways to a ticket printer: the network, USB, a device file.

A network printer is asked two questions before the job: is it ready, and does it answer in order? One that says that it
has no paper gets no job, lest it print it long after somebody printed it again. One that answers in order is asked
again after the job, and the job counts as printed when that answer comes. A printer that answers nothing (many
print servers carry bytes one way only) is believed once the system has taken every byte.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import stat
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from reception.documents.receipt import load_escpos
from reception.errors import Code, Refusal

_log = logging.getLogger(__name__)

_PORT = 9100
_CONNECT_SECONDS = 5.0
_GREETING_SECONDS = 0.3
"""How long a printer may take to answer that it is ready; one that says nothing is taken to be mute."""
_PARTING_SECONDS = 0.5
"""How long a mute printer is listened to after the job, for the news that it broke off."""
_SEND_BUFFER = 8_192
"""Bytes that the system may hold back for the printer, kept small so that a jam is noticed."""

_WHY_OFFLINE = b"\x10\x04\x02"
"""DLE EOT 2: send the reason for being off line, at once."""
_ANSWER_IN_ORDER = b"\x1dr\x01"
"""GS r 1: send the paper sensor's state when all before it has been printed."""
_COVER_OPEN, _NO_PAPER, _FAULT = 0x04, 0x20, 0x40
"""Bits of the answer to `_WHY_OFFLINE`."""


class ReceiptLink(Protocol):
    """An open way to a ticket printer. `deadline` is a time of the monotonic clock, in seconds.

    Each call raises TimeoutError at the deadline and OSError when the connection breaks.
    """

    def greet(self, deadline: float) -> None:
        """Before the job. Refuses (PRINTER) a printer that says that it cannot print."""
        ...

    def send(self, part: bytes, deadline: float) -> None:
        """Hand over a part of the job."""
        ...

    def confirm(self, deadline: float) -> None:
        """After the job: wait until it is printed, as far as this printer can tell."""
        ...

    def close(self) -> None: ...

    def abandon(self) -> None:
        """Close after a fault, and let nothing more of the job go out."""
        ...


def open_link(address: str, deadline: float) -> ReceiptLink:
    """Reach the printer at tcp://host:port, usb://vendor:product or a device file. Refuses (PRINTER)."""
    scheme = urlsplit(address).scheme if "://" in address else ""
    if scheme == "tcp":
        return _TcpLink(address, deadline)
    if scheme == "usb":
        return _UsbLink(address)
    if scheme or not address.strip():
        raise _refusal(
            f"“{address}” is no address of a ticket printer.",
            "Write tcp://host:port, usb://vendor:product or a device file in the settings.",
        )
    return _DeviceLink(Path(address))


class _TcpLink:
    def __init__(self, address: str, deadline: float) -> None:
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port or _PORT
        except ValueError:
            host, port = None, 0
        if not host:
            raise _refusal(f"“{address}” is no network address.", "Write tcp://host:port in the settings.")
        try:
            wait = min(_CONNECT_SECONDS, _left(deadline))
            self._socket = socket.create_connection((host, port), timeout=wait)
        except OSError as error:
            raise _refusal(
                f"The ticket printer at {host} does not answer.", "Check that it is switched on and connected."
            ) from error
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self._answers_in_order = False

    def greet(self, deadline: float) -> None:
        self.send(_WHY_OFFLINE + _ANSWER_IN_ORDER, deadline)
        until = min(deadline, time.monotonic() + _GREETING_SECONDS)
        answers = b""
        with suppress(TimeoutError):
            while len(answers) < 2:
                answers += self._receive(until)
        for answer in answers:
            if answer & 0x93 == 0x12:  # the fixed bits of an answer to DLE EOT
                _check_ready(answer)
            elif answer & 0x90 == 0:  # those of an answer to GS r
                self._answers_in_order = True

    def send(self, part: bytes, deadline: float) -> None:
        self._socket.settimeout(_left(deadline))
        self._socket.sendall(part)  # the time limit is for the whole call

    def confirm(self, deadline: float) -> None:
        if self._answers_in_order:
            self.send(_ANSWER_IN_ORDER, deadline)
            self._receive(deadline)
            return
        # Whatever a slow printer still says is read: closing over an unread answer would throw the job away.
        self._socket.shutdown(socket.SHUT_WR)
        self._socket.settimeout(_PARTING_SECONDS)
        with suppress(TimeoutError):
            while self._socket.recv(16):
                pass

    def _receive(self, deadline: float) -> bytes:
        self._socket.settimeout(_left(deadline))
        received = self._socket.recv(16)
        if not received:
            raise ConnectionResetError("the printer closed the connection")
        return received

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def abandon(self) -> None:
        with suppress(OSError):  # reset: what still waits to go out is thrown away
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()


class _DeviceLink:
    """A device file such as /dev/usb/lp0. It is written to only, and never made or overwritten as a plain file."""

    def __init__(self, path: Path) -> None:
        if sys.platform == "win32":
            raise _refusal("Windows has no device files.", "Write tcp://host:port in the settings.")
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise _refusal(
                f"The ticket printer {path} cannot be opened: {(error.strerror or 'unknown reason').lower()}.",
                "Check that it is connected and switched on, and that you may print on it.",
            ) from error
        if stat.S_ISREG(os.fstat(self._file).st_mode):
            os.close(self._file)
            raise _refusal(f"{path} is a file and no printer.", "Write the printer's device file in the settings.")

    def greet(self, deadline: float) -> None:
        """Nothing: what the printer says cannot be read here."""

    def send(self, part: bytes, deadline: float) -> None:
        rest = memoryview(part)
        while rest:
            _, ready, _ = select.select([], [self._file], [], _left(deadline))
            if not ready:
                raise TimeoutError
            with suppress(BlockingIOError):
                rest = rest[os.write(self._file, rest) :]

    def confirm(self, deadline: float) -> None:
        """Nothing: what the printer says cannot be read here."""

    def close(self) -> None:
        os.close(self._file)

    def abandon(self) -> None:
        os.close(self._file)


class _UsbLink:
    """A printer without a driver, by the numbers of its maker and its kind; needs pyusb and libusb."""

    def __init__(self, address: str) -> None:
        try:
            vendor, product = (int(number, 16) for number in address.removeprefix("usb://").strip("/").split(":"))
        except ValueError:
            raise _refusal(
                f"“{address}” is no USB address.", "Write usb://vendor:product, for example usb://04b8:0202."
            ) from None
        driver = load_escpos().Usb
        if not driver.is_usable():
            raise _refusal(
                "USB printing is not installed here.",
                "Install the package pyusb, or name the printer's device file, for example /dev/usb/lp0.",
            )
        self._printer = driver(vendor, product)
        try:
            self._printer.open()
        except Exception as error:
            # pyusb raises errors of many kinds, ValueError for a missing libusb among them
            _log.warning("USB printer %s", address, exc_info=True)
            raise _refusal(
                f"The ticket printer {address} cannot be opened.",
                "Check that it is connected and switched on, and that you may use it.",
            ) from error

    def greet(self, deadline: float) -> None:
        """Nothing: what the printer says is not read here."""

    def send(self, part: bytes, deadline: float) -> None:
        self._printer.timeout = max(1, int(_left(deadline) * 1000))
        self._printer._raw(part)  # noqa: SLF001  the library's one way to write bytes as they are

    def confirm(self, deadline: float) -> None:
        """Nothing: what the printer says is not read here."""

    def close(self) -> None:
        self._printer.close()

    def abandon(self) -> None:
        self._printer.close()


def _check_ready(answer: int) -> None:
    """Refuse when the printer says why it is off line."""
    if answer & _NO_PAPER:
        raise _refusal("The ticket printer has no paper.", "Put in a new roll and print again.")
    if answer & _COVER_OPEN:
        raise _refusal("The cover of the ticket printer is open.", "Close it and print again.")
    if answer & _FAULT:
        raise _refusal("The ticket printer reports a fault.", "Switch it off and on, and print again.")


def _left(deadline: float) -> float:
    """Seconds to the deadline. Raises TimeoutError when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _refusal(reason: str, remedy: str) -> Refusal:
    return Refusal(Code.PRINTER, reason, remedy)
