from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image

from reception.config import Paper
from reception.documents import links, printers
from reception.documents.printers import EscposPrinter
from reception.documents.receipt import receipt_parts
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from reception.errors import Code, Refusal
from tests.documents.samples import CODE, TICKET, decoded

ROOT = Path(printers.__file__).parents[2]
GREETING = b"\x10\x04\x02\x1dr\x01"
CUT = b"\x1dVB\x00"

posix = pytest.mark.skipif(sys.platform == "win32", reason="device files are for POSIX")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return ticket_pdf(TICKET, Paper.ROLL_80, Stationery.load())


class Server:
    """A printer on the loopback network that does what `behave` says with its one connection."""

    def __init__(self, behave: Callable[[Server, socket.socket], None]) -> None:
        self.received = b""
        self.closed = threading.Event()
        """The other side has closed."""
        self.thrown_away = False
        """It closed and took back what was still on its way."""
        self.let_go = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, args=(behave,), daemon=True)
        self._thread.start()

    def _serve(self, behave: Callable[[Server, socket.socket], None]) -> None:
        with suppress(OSError):
            connection, _ = self._listener.accept()
            with connection:
                behave(self, connection)

    def read(self, connection: socket.socket, at_most: int | None = None) -> None:
        """Read to the end, or until as many bytes have come."""
        while at_most is None or len(self.received) < at_most:
            try:
                got = connection.recv(4096 if at_most is None else min(4096, at_most - len(self.received)))
            except ConnectionResetError:
                self.thrown_away = True
                got = b""
            if not got:
                self.closed.set()
                return
            self.received += got

    def stop(self) -> None:
        self.let_go.set()
        self._listener.close()
        self._thread.join(5)
        assert not self._thread.is_alive()


@contextmanager
def server(behave: Callable[[Server, socket.socket], None]) -> Iterator[Server]:
    running = Server(behave)
    try:
        yield running
    finally:
        running.stop()


def _picture(job: bytes) -> Image.Image:
    """The bands of a job (GS v 0) put together."""
    bands = []
    at = 0
    while (at := job.find(b"\x1dv0\x00", at)) >= 0:
        width, height = int.from_bytes(job[at + 4 : at + 6], "little"), int.from_bytes(job[at + 6 : at + 8], "little")
        start = at + 8
        bands.append(
            Image.frombytes("1", (width * 8, height), bytes(255 - byte for byte in job[start:][: width * height]))
        )
        at = start + width * height
    whole = Image.new("1", (bands[0].width + 64, sum(band.height for band in bands) + 64), 1)
    top = 32
    for band in bands:
        whole.paste(band, (32, top))
        top += band.height
    return whole


def _refused(address: str, pdf: bytes, seconds: float = 0.5) -> Refusal:
    started = time.monotonic()
    with pytest.raises(Refusal) as refused:
        EscposPrinter(address, timeout_seconds=seconds).print(pdf, "Ticket H010")
    assert time.monotonic() - started < seconds + 3
    assert refused.value.code is Code.PRINTER
    assert refused.value.remedy
    return refused.value


# ---- the job


def test_the_job_is_the_ticket_in_bands_and_a_cut(pdf: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    parts = receipt_parts(pdf, 576)
    job = b"".join(parts)
    assert job.startswith(b"\x1b@")
    assert job.endswith(CUT)
    assert job.count(CUT) == 1
    assert max(len(part) for part in parts) < 20_000
    assert decoded(_picture(job)) == [CODE]
    assert capsys.readouterr().out == ""  # the library says nothing on the way


def test_a_line_of_an_odd_width_is_filled_up(pdf: bytes) -> None:
    assert _picture(b"".join(receipt_parts(pdf, 420))).width == 424 + 64


def test_a_line_too_narrow_for_the_code_is_refused(pdf: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        EscposPrinter("tcp://127.0.0.1:9", dots_per_line=300).print(pdf, "Ticket H010")
    assert "too narrow" in refused.value.reason


def test_loading_the_library_changes_nothing_else(tmp_path: Path) -> None:
    program = (
        "import logging; from reception.documents.receipt import load_escpos; load_escpos(); "
        "assert logging.getLogger().handlers == []"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []


# ---- over the network


def test_a_mute_printer_gets_the_whole_job(pdf: bytes) -> None:
    with server(lambda self, connection: self.read(connection)) as printer:
        EscposPrinter(printer.address, timeout_seconds=10).print(pdf, "Ticket H010")
        assert printer.closed.wait(5)
    assert printer.received == GREETING + b"".join(receipt_parts(pdf, 576))


def _talking(first: bytes, confirms: bool) -> Callable[[Server, socket.socket], None]:
    def behave(self: Server, connection: socket.socket) -> None:
        self.read(connection, len(GREETING))
        connection.sendall(first)
        while not self.closed.is_set():
            self.read(connection, len(self.received) + 1)
            if confirms and self.received.endswith(CUT + b"\x1dr\x01"):
                connection.sendall(b"\x00")

    return behave


def test_a_talking_printer_is_waited_for_until_it_has_printed(pdf: bytes) -> None:
    with server(_talking(b"\x12\x00", confirms=True)) as printer:
        EscposPrinter(printer.address, timeout_seconds=10).print(pdf, "Ticket H010")
        assert printer.closed.wait(5)
    assert decoded(_picture(printer.received)) == [CODE]


def test_a_talking_printer_that_does_not_finish_is_refused(pdf: bytes) -> None:
    with server(_talking(b"\x12\x00", confirms=False)) as printer:
        refusal = _refused(printer.address, pdf)
        assert printer.closed.wait(5)
    assert "stopped half-way" in refusal.reason


@pytest.mark.parametrize(
    ("answer", "told"), [(0x12 | 0x20, "no paper"), (0x12 | 0x04, "cover"), (0x12 | 0x40, "reports a fault")]
)
def test_a_printer_that_cannot_print_gets_no_job(answer: int, told: str, pdf: bytes) -> None:
    with server(_talking(bytes([answer]), confirms=False)) as printer:
        refusal = _refused(printer.address, pdf, 10)
        assert printer.closed.wait(5)
    assert told in refusal.reason
    assert printer.received == GREETING


def test_a_printer_that_is_not_there_is_refused(pdf: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "does not answer" in _refused(f"tcp://127.0.0.1:{port}", pdf).reason


def _stops_reading(self: Server, connection: socket.socket) -> None:
    self.read(connection, 20_000)
    self.let_go.wait(30)
    self.read(connection)


def test_a_jam_half_way_is_refused_and_the_connection_closed(pdf: bytes) -> None:
    with server(_stops_reading) as printer:
        refusal = _refused(printer.address, pdf)
        assert "stopped half-way" in refusal.reason
        printer.let_go.set()
        assert printer.closed.wait(5)
        assert printer.thrown_away  # nothing more goes out after the refusal
    assert CUT not in printer.received


def _breaks_off(self: Server, connection: socket.socket) -> None:
    self.read(connection, 20_000)


def test_a_connection_that_breaks_off_is_refused(pdf: bytes) -> None:
    with server(_breaks_off) as printer:
        assert "broke off half-way" in _refused(printer.address, pdf, 10).reason


def _never_answers(self: Server, connection: socket.socket) -> None:
    self.let_go.wait(30)


def test_a_printer_that_takes_a_minute_is_not_waited_for(pdf: bytes) -> None:
    with server(_never_answers) as printer:
        refusal = _refused(printer.address, pdf, 0.5)
    assert "within 0.5 seconds" in refusal.reason


def test_a_late_answer_does_not_cost_the_job(pdf: bytes) -> None:
    """An answer that is never read would make the system throw away what has not gone out yet."""
    whole = GREETING + b"".join(receipt_parts(pdf, 576))

    def behave(self: Server, connection: socket.socket) -> None:
        self.read(connection, len(whole) // 2)
        connection.sendall(b"\x12\x00")
        self.read(connection, len(whole) - 8_000)
        self.let_go.wait(30)
        self.read(connection)

    with server(behave) as printer:
        EscposPrinter(printer.address, timeout_seconds=10).print(pdf, "Ticket H010")
        printer.let_go.set()
        assert printer.closed.wait(5)
    assert printer.received == whole


# ---- other ways


@posix
def test_a_device_gets_the_whole_job(tmp_path: Path, pdf: bytes) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    received = bytearray()
    done = threading.Event()

    def read() -> None:
        while select.select([reader], [], [], 10)[0] and (got := os.read(reader, 65536)):
            received.extend(got)
        done.set()

    thread = threading.Thread(target=read, daemon=True)
    holder = os.open(device, os.O_WRONLY)  # so that the reader does not see the end before the job begins
    thread.start()
    try:
        EscposPrinter(str(device), timeout_seconds=10).print(pdf, "Ticket H010")
    finally:
        os.close(holder)
    assert done.wait(10)
    os.close(reader)
    assert bytes(received) == b"".join(receipt_parts(pdf, 576))


@posix
def test_a_device_that_jams_is_refused(tmp_path: Path, pdf: bytes) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert "stopped half-way" in _refused(str(device), pdf, 0.3).reason
    finally:
        os.close(reader)


@posix
def test_a_device_that_fails_is_refused(pdf: bytes) -> None:
    assert "broke off" in _refused("/dev/full", pdf).reason


@posix
def test_a_device_that_is_none_is_refused_and_nothing_is_made(tmp_path: Path, pdf: bytes) -> None:
    gone = tmp_path / "lp0"
    assert "cannot be opened" in _refused(str(gone), pdf).reason
    assert not gone.exists()
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir", encoding="utf-8")
    assert "is a file and no printer" in _refused(str(letter), pdf).reason
    assert letter.read_text(encoding="utf-8") == "Dear Sir"


@pytest.mark.parametrize("address", ["", "  ", "http://printer", "tcp://", "tcp://printer:port", "usb://printer"])
def test_an_address_that_is_none_is_refused(address: str, pdf: bytes) -> None:
    assert "address" in _refused(address, pdf).reason


class FakeUsb:
    """In the library's place: a USB printer that fails as often as it is told to."""

    usable = True
    fails_on_opening = False
    made: FakeUsb

    def __init__(self, vendor: int, product: int) -> None:
        self.numbers = (vendor, product)
        self.timeout = 0
        self.received = b""
        self.closed = False
        self.fails_after = 10**9
        FakeUsb.made = self

    @classmethod
    def is_usable(cls) -> bool:
        return cls.usable

    def open(self) -> None:
        if self.fails_on_opening:
            raise ValueError("no backend available")

    def _raw(self, part: bytes) -> None:
        if len(self.received) > self.fails_after:
            raise OSError("pipe error")
        assert 0 < self.timeout <= 10_000
        self.received += part

    def close(self) -> None:
        self.closed = True


class FakeLibrary:
    Usb = FakeUsb


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> type[FakeUsb]:
    monkeypatch.setattr(links, "load_escpos", lambda: FakeLibrary)
    monkeypatch.setattr(FakeUsb, "usable", True)
    monkeypatch.setattr(FakeUsb, "fails_on_opening", False)
    return FakeUsb


def test_a_usb_printer_gets_the_whole_job(usb: type[FakeUsb], pdf: bytes) -> None:
    EscposPrinter("usb://04b8:0202", timeout_seconds=10).print(pdf, "Ticket H010")
    assert usb.made.numbers == (0x04B8, 0x0202)
    assert usb.made.received == b"".join(receipt_parts(pdf, 576))
    assert usb.made.closed


def test_a_usb_printer_that_fails_is_refused_and_let_go(
    usb: type[FakeUsb], pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = FakeUsb.__init__

    def fragile(self: FakeUsb, vendor: int, product: int) -> None:
        whole(self, vendor, product)
        self.fails_after = 20_000

    monkeypatch.setattr(FakeUsb, "__init__", fragile)
    assert "broke off" in _refused("usb://04b8:0202", pdf).reason
    assert usb.made.closed
    monkeypatch.setattr(FakeUsb, "fails_on_opening", True)
    assert "cannot be opened" in _refused("usb://04b8:0202", pdf).reason
    monkeypatch.setattr(FakeUsb, "usable", False)
    assert "not installed" in _refused("usb://04b8:0202", pdf).reason
