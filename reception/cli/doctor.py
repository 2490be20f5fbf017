"""`reception doctor`: what works here, a line each, and what to do about the rest.

Each check looks at one thing and changes nothing. A check that fails in an unforeseen way says so, and the others go
on.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reception.cli.doctor_session import findings_of
from reception.cli.faults import log_folder, version
from reception.cli.findings import Finding, Level
from reception.cli.parser import DEFAULT_ZONE
from reception.cli.settings import settings_of
from reception.cli.terminal import one_line, say
from reception.clock import SECOND, Millis
from reception.config import Config, PrinterKind, default_config_path
from reception.documents.drafts import drafts_in_words
from reception.documents.fonts import font_report
from reception.documents.links import open_link
from reception.documents.printers import list_system_printers
from reception.documents.word_book import WordBook, WordingFiles
from reception.domain.languages import VISITOR_LANGUAGES
from reception.errors import Refusal
from reception.storage.checking import Look, look, place_of
from reception.storage.filesystems import NETWORK_FILESYSTEMS
from reception.storage.namesakes import are_alike
from reception.storage.session import session_of

OLDEST_PYTHON = (3, 11)
SKEW_ALLOWED: Millis = 2 * SECOND
REACH_SECONDS = 3.0
"""How long a ticket printer may take to answer."""
KILLS_PYTHON_3_11 = "6.12"
"""PySide6 from this version on ends Python 3.11 after a few hundred signals."""


@dataclass(frozen=True)
class Here:
    """What the checks look at."""

    settings: Config | None
    """None when they could not be read."""
    settings_from: Path
    trouble: str
    """Why the settings could not be read."""
    environ: Mapping[str, str]
    system: str
    """As in sys.platform."""


Check = Callable[[Here], Iterator[Finding]]


def doctor(args: argparse.Namespace) -> int:
    """Print every finding; 1 when one of them is a failure."""
    findings = examine(_here(args))
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        say(f"{finding.level.value:<10} {finding.what:<{width}}  {one_line(finding.words)}")
    return 1 if any(finding.level is Level.FAILED for finding in findings) else 0


def _here(args: argparse.Namespace) -> Here:
    settings, trouble = None, ""
    try:
        settings = settings_of(args)
    except Refusal as refusal:
        trouble = str(refusal)
    return Here(settings, args.config or default_config_path(), trouble, os.environ, sys.platform)


def examine(here: Here) -> list[Finding]:
    """Every finding of every check, in their order."""
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        try:
            findings += check(here)
        except Exception as error:  # noqa: BLE001  one check that breaks is itself a finding
            findings.append(Finding(name, Level.ATTENTION, f"could not be looked at: {type(error).__name__}"))
    return findings


# -- the program -----------------------------------------------------------------------------------------------


def _program(here: Here) -> Iterator[Finding]:
    words = f"Reception {version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        yield Finding("program", Level.FAILED, f"{words}. Install Python {'.'.join(map(str, OLDEST_PYTHON))} or newer.")
    else:
        yield Finding("program", Level.OK, words)


def _windows(here: Here) -> Iterator[Finding]:
    try:
        found = installed_version("PySide6-Essentials")
    except PackageNotFoundError:
        yield Finding("windows", Level.FAILED, "PySide6-Essentials is not installed. Install it to open the desk.")
        return
    if sys.version_info[:2] == (3, 11) and found.startswith(KILLS_PYTHON_3_11):
        yield Finding("windows", Level.FAILED, f"PySide6 {found} ends Python 3.11 by itself. Install 6.11.3.")
    else:
        yield Finding("windows", Level.OK, f"PySide6 {found}")


def _settings(here: Here) -> Iterator[Finding]:
    if here.settings is None:
        yield Finding("settings", Level.FAILED, here.trouble)
    elif here.settings_from.exists():
        station = f"station “{here.settings.station}”"
        yield Finding("settings", Level.OK, f"{here.settings_from}, {station}")
    else:
        yield Finding("settings", Level.OK, f"no file {here.settings_from}: everything is at its usual value")


# -- the database ----------------------------------------------------------------------------------------------


def _database(here: Here) -> Iterator[Finding]:
    if here.settings is None:
        return
    url = here.settings.database_url()
    try:
        place = place_of(url)
        if place.file is not None and not place.file.exists():
            yield _still_to_be_made(place.file, place.filesystem)
            yield _languages(frozenset())
            yield _zones([DEFAULT_ZONE])
            return
        found = look(url, here.settings.password_file)
    except Refusal as refusal:
        yield Finding("database", Level.FAILED, str(refusal))
        return
    if place.file is not None and not (os.access(place.file, os.W_OK) and os.access(place.file.parent, os.W_OK)):
        yield Finding("database", Level.FAILED, f"{place.shown} may not be written. Ask for the right to.")
    else:
        yield Finding("database", Level.OK, place.shown)
    yield _schema(found)
    if found.state.is_current and place.file is None:
        yield from _session(here.settings)
    yield from _offices(found)
    yield _languages(found.checked_languages)
    yield _zones(list(dict.fromkeys(zone for _, zone, _ in found.offices)) or [DEFAULT_ZONE])
    yield from _clock(found)


def _session(settings: Config) -> Iterator[Finding]:
    session = session_of(settings.database_url(), settings.password_file, settings.station)
    if session is not None:
        yield from findings_of(session, settings.station)


def _namesakes(here: Here) -> Iterator[Finding]:
    settings = here.settings
    if settings is None or not are_alike(
        settings.database_url(), settings.password_file, settings.office, settings.station
    ):
        return
    words = (
        f"several running windows are called “{settings.station}”. Give each a name of its own in its settings "
        "file, else nobody can tell which of them did what."
    )
    yield Finding("station", Level.ATTENTION, words)


def _still_to_be_made(file: Path, filesystem: str) -> Finding:
    if filesystem in NETWORK_FILESYSTEMS:
        return Finding("database", Level.FAILED, f"{file} would be on a network share. Use a disk of this computer.")
    folder = next(each for each in file.parents if each.exists())
    if not os.access(folder, os.W_OK):
        return Finding("database", Level.FAILED, f"{file} cannot be made: {folder} may not be written.")
    return Finding("database", Level.OK, f"{file} will be made when the desk is first opened")


def _schema(found: Look) -> Finding:
    state = found.state
    if state.is_current:
        return Finding("schema", Level.OK, f"{state.found}, that of this version")
    if state.is_empty:
        return Finding("schema", Level.OK, "none yet: it is made when the desk is first opened")
    if state.is_older:
        words = f"{state.found}, older than this version's ({state.wanted}). Run: reception database migrate URL."
        return Finding("schema", Level.FAILED, words)
    words = f"{state.found}, newer than this version's ({state.wanted}). Install the newer version here too."
    return Finding("schema", Level.FAILED, words)


def _offices(found: Look) -> Iterator[Finding]:
    if not found.state.is_current:
        return
    with_staff = [name for name, _, has_staff in found.offices if has_staff]
    without = [f"{name} (imported visits only)" for name, _, has_staff in found.offices if not has_staff]
    if with_staff:
        yield Finding("offices", Level.OK, ", ".join([*with_staff, *without]))
    else:
        names = "".join(f"; {name}" for name in without)
        yield Finding("offices", Level.ATTENTION, f"none is set up yet{names}. Open the desk to set one up.")


def _languages(checked: frozenset[str]) -> Finding:
    drafts = drafts_in_words(checked)
    if drafts:
        return Finding("languages", Level.ATTENTION, drafts)
    return Finding("languages", Level.OK, "every language that visitors are told things in has been checked")


def _zones(zones: Sequence[str]) -> Finding:
    for zone in zones:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            return Finding("time zones", Level.FAILED, f"there is no data for {zone}. Install the package tzdata.")
    return Finding("time zones", Level.OK, ", ".join(zones))


def _clock(found: Look) -> Iterator[Finding]:
    ahead = (found.last_at or 0) - found.now
    if abs(found.skew) > SKEW_ALLOWED:
        side = "ahead of" if found.skew > 0 else "behind"
        words = f"this computer is {_seconds(found.skew)} {side} the database. Set it by the network."
        yield Finding("clock", Level.ATTENTION, words)
    elif ahead > SKEW_ALLOWED:
        words = f"it stands {_seconds(ahead)} before the last thing recorded. Set it right; nothing gets a time before."
        yield Finding("clock", Level.ATTENTION, words)
    else:
        yield Finding("clock", Level.OK, "agrees with the database")


def _seconds(span: Millis) -> str:
    return f"{abs(span) / SECOND:,.0f} s"


# -- paper and screen ------------------------------------------------------------------------------------------


def _fonts(here: Here) -> Iterator[Finding]:
    for script, font in font_report():
        if font is None:
            words = "no font: it cannot be printed. Install fonts-noto-core and fonts-droid-fallback, or the like."
            yield Finding(f"font, {script}", Level.ATTENTION, words)
        else:
            yield Finding(f"font, {script}", Level.OK, font)


def _wording(here: Here) -> Iterator[Finding]:
    if here.settings is None:
        return
    own, folder = here.settings.wording_path(), here.settings.wording_folder_path()
    files = WordingFiles(own, folder)
    try:
        words = WordBook(files)
    except Refusal as refusal:
        yield Finding("wording", Level.ATTENTION, f"nothing can be printed as it is. {refusal}")
        return
    own = files.of("en")
    yield Finding("wording", Level.OK, "the program's own" if own is None else f"the council's own, {own}")
    if folder is not None and not folder.is_dir():
        yield Finding("wording", Level.ATTENTION, f"there is no folder {folder}. Make it, or mend wording_folder.")
    for language in VISITOR_LANGUAGES[1:]:
        fault, own = words.fault(language.tag), files.of(language.tag)
        if fault is not None:
            note = f"letters and tickets are in English instead. {fault}"
            yield Finding(f"wording, {language.name}", Level.ATTENTION, note)
        else:
            whose = "the program's own" if own is None else f"the council's own, {own}"
            status = words.of(language.tag).status
            yield Finding(f"wording, {language.name}", Level.OK, f"{whose}; {status}" if status else whose)


def _printer(here: Here) -> Iterator[Finding]:
    if here.settings is None:
        return
    printer = here.settings.printer
    match printer.kind:
        case PrinterKind.NONE:
            words = "none is set for this station: tickets are not printed. Name one in the settings."
            yield Finding("printer", Level.ATTENTION, words)
        case PrinterKind.SYSTEM:
            known = list_system_printers()
            if printer.address in known or (known and not printer.address):
                yield Finding("printer", Level.OK, printer.address or "this computer's default printer")
            else:
                named = f"“{printer.address}” is not among this computer's printers" if known else "none is known here"
                yield Finding("printer", Level.ATTENTION, f"{named}. Check the settings and the print system.")
        case PrinterKind.ESCPOS:
            yield _receipt_printer(printer.address)
        case PrinterKind.FOLDER:
            folder = Path(printer.address)
            if folder.is_dir() and os.access(folder, os.W_OK):
                yield Finding("printer", Level.OK, f"the folder {folder}")
            else:
                words = f"the folder {folder} is not there or may not be written. Make it, or name another."
                yield Finding("printer", Level.ATTENTION, words)


def _receipt_printer(address: str) -> Finding:
    try:
        open_link(address, time.monotonic() + REACH_SECONDS).abandon()
    except Refusal as refusal:
        return Finding("printer", Level.ATTENTION, str(refusal))
    except OSError as error:
        return Finding("printer", Level.ATTENTION, f"{address} cannot be reached: {error.strerror}. Check it.")
    return Finding("printer", Level.OK, f"{address} can be reached")


def _screen(here: Here) -> Iterator[Finding]:
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


def _log(here: Here) -> Iterator[Finding]:
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


CHECKS: dict[str, Check] = {
    "program": _program,
    "windows": _windows,
    "settings": _settings,
    "database": _database,
    "station": _namesakes,
    "fonts": _fonts,
    "wording": _wording,
    "printer": _printer,
    "screen": _screen,
    "log": _log,
}
