from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reception.clock import SetClock, local_datetime
from reception.config import Paper, PrinterConfig, PrinterKind
from reception.documents import printers
from reception.documents.evacuation import evacuation_pdf
from reception.documents.printers import (
    EscposPrinter,
    FolderPrinter,
    SystemPrinter,
    list_system_printers,
    printer_from,
)
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from reception.errors import Code, Refusal
from tests.documents.samples import EVERYONE, MORNING, TICKET

ROOT = Path(printers.__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="CUPS and limits of a process are for POSIX")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return ticket_pdf(TICKET, Paper.ROLL_80, Stationery.load())


def _command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of commands that are found before the system's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def _refused(printer: printers.Printer, pdf: bytes) -> Refusal:
    with pytest.raises(Refusal) as refused:
        printer.print(pdf, "Ticket H010")
    assert refused.value.code is Code.PRINTER
    assert refused.value.remedy
    return refused.value


# ---- the system's printers


@posix
def test_the_print_system_gets_the_pdf_with_its_paper_size(commands: Path, tmp_path: Path, pdf: bytes) -> None:
    _command(commands, "lp", f'printf "%s\\n" "$@" > {tmp_path}/order; cat > {tmp_path}/given')
    SystemPrinter("Front desk").print(pdf, "Ticket\tH010\n")
    order = (tmp_path / "order").read_text(encoding="utf-8").splitlines()
    assert order[:4] == ["-d", "Front desk", "-t", "Ticket H010"]
    assert order[5].startswith("media=Custom.80x15")
    assert order[-1] == "print-scaling=none"
    assert (tmp_path / "given").read_bytes() == pdf
    sheet = evacuation_pdf(EVERYONE, Stationery.load())
    SystemPrinter().print(sheet, "Evacuation list")
    order = (tmp_path / "order").read_text(encoding="utf-8").splitlines()
    assert "-d" not in order
    assert "media=A4" in order


@posix
def test_a_printer_that_does_not_exist_is_refused_by_the_real_print_system(pdf: bytes) -> None:
    _refused(SystemPrinter("no-such-printer", timeout_seconds=10), pdf)


@posix
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("lp: Error - The printer or class does not exist.", "There is no printer “Front”."),
        ("lp: Error - No default destination.", "No printer is chosen."),
        ("lp: Error - Unable to connect to server", "The print system of this computer is not running."),
        ('lp: Error - Destination "Front" is not accepting jobs.', "The printer “Front” takes no jobs now."),
        ("lp: Error - gremlins", "The print system did not take the job."),
    ],
)
def test_what_the_print_system_says_is_put_plainly(said: str, reason: str, commands: Path, pdf: bytes) -> None:
    _command(commands, "lp", f"echo '{said}' >&2; exit 1")
    refusal = _refused(SystemPrinter("Front"), pdf)
    assert refusal.reason == reason
    assert "gremlins" not in str(refusal)


@posix
def test_a_print_system_that_takes_a_minute_is_not_waited_for(commands: Path, tmp_path: Path, pdf: bytes) -> None:
    _command(commands, "lp", f"echo $$ > {tmp_path}/pid; sleep 60 & wait")
    started = time.monotonic()
    refusal = _refused(SystemPrinter("Front", timeout_seconds=0.3), pdf)
    assert time.monotonic() - started < 5
    assert "within 0.3 seconds" in refusal.reason
    pid = int((tmp_path / "pid").read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_no_print_system_at_all_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pdf: bytes) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no print system" in _refused(SystemPrinter("Front"), pdf).reason
    assert list_system_printers() == []


@posix
def test_a_print_system_that_cannot_be_started_is_said(commands: Path, pdf: bytes) -> None:
    (commands / "lp").write_bytes(b"\x00\x01 no program")
    (commands / "lp").chmod(0o755)
    assert "could not be started" in _refused(SystemPrinter("Front"), pdf).reason


def test_on_windows_another_printer_must_be_chosen(monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert "settings" in _refused(SystemPrinter("Front"), pdf).remedy


@posix
def test_lists_the_printers_that_take_jobs(commands: Path) -> None:
    _command(
        commands,
        "lpstat",
        "echo 'Front accepting requests since Tue'\n"
        "echo 'Back not accepting requests since Tue -'\n"
        "echo '\tout of order'\n"
        "echo 'Kiosk_1 accepting requests since Tue'",
    )
    assert list_system_printers() == ["Front", "Kiosk_1"]
    _command(commands, "lpstat", "echo 'lpstat: Scheduler is not running.'; exit 1")
    assert list_system_printers() == []


# ---- a folder


def test_a_folder_gets_whole_files_under_neutral_names(tmp_path: Path, pdf: bytes) -> None:
    printer = FolderPrinter(tmp_path, SetClock(MORNING))
    printer.print(pdf, "Ticket H010")
    printer.print(pdf, "Ticket H010")
    files = sorted(tmp_path.iterdir())
    assert len(files) == 2
    stamp = f"{local_datetime(MORNING, ZoneInfo('UTC')):%Y%m%d-%H%M%S}"
    for file in files:
        assert file.read_bytes() == pdf
        assert file.suffix == ".pdf"
        assert file.name.startswith(f"{stamp}-")
        assert "H010" not in file.name


def test_a_folder_that_is_none_is_refused(tmp_path: Path, pdf: bytes) -> None:
    assert "There is no folder" in _refused(FolderPrinter(tmp_path / "gone"), pdf).reason
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert "did not take the file" in _refused(FolderPrinter(file), pdf).reason
    assert "No folder is named" in _refused(FolderPrinter(Path()), pdf).reason


@posix
def test_a_full_disk_is_refused_and_leaves_nothing_behind(tmp_path: Path, pdf: bytes) -> None:
    """A limit on the size of files, set in a process of its own, stops the write half-way as a full disk does."""
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "ticket.pdf").write_bytes(pdf)
    program = f"""
import resource
from pathlib import Path
from reception.documents.printers import FolderPrinter
from reception.errors import Code, Refusal
pdf = Path({str(tmp_path / "ticket.pdf")!r}).read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (len(pdf) // 2, len(pdf) // 2))
try:
    FolderPrinter(Path({str(folder)!r})).print(pdf, "Ticket H010")
except Refusal as refusal:
    assert refusal.code is Code.PRINTER
    print(refusal)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "did not take the file: file too large." in done.stdout
    assert list(folder.iterdir()) == []


# ---- the settings


def test_the_settings_name_the_printer(tmp_path: Path) -> None:
    assert printer_from(PrinterConfig()) is None
    system = printer_from(PrinterConfig(kind=PrinterKind.SYSTEM, address="Front", timeout_seconds=3))
    assert isinstance(system, SystemPrinter)
    assert (system.name, system.timeout_seconds) == ("Front", 3)
    escpos = printer_from(PrinterConfig(kind=PrinterKind.ESCPOS, address="tcp://printer:9100", dots_per_line=512))
    assert isinstance(escpos, EscposPrinter)
    assert (escpos.address, escpos.dots_per_line) == ("tcp://printer:9100", 512)
    folder = printer_from(PrinterConfig(kind=PrinterKind.FOLDER, address=str(tmp_path)))
    assert isinstance(folder, FolderPrinter)
    assert folder.folder == tmp_path
