"""What `reception doctor` says of paper and words: fonts, the council's words, and the printers."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from reception.cli.findings import Finding, Here, Level
from reception.config import Config, PrinterConfig, PrinterKind
from reception.documents.drafts import own_on_screens
from reception.documents.fonts import font_report
from reception.documents.links import open_link
from reception.documents.printers import list_system_printers
from reception.documents.word_book import WordBook, WordingFiles
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.stations import StationKind
from reception.errors import Refusal
from reception.storage.checking import look, place_of
from reception.storage.session import session_of

REACH_SECONDS = 3.0
"""How long a ticket printer may take to answer."""


def fonts(here: Here) -> Iterator[Finding]:
    for script, font in font_report():
        if font is None:
            words = "no font: it cannot be printed. Install fonts-noto-core and fonts-droid-fallback, or the like."
            yield Finding(f"font, {script}", Level.ATTENTION, words)
        else:
            yield Finding(f"font, {script}", Level.OK, font)


def wording(here: Here) -> Iterator[Finding]:
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


def screen_words(here: Here) -> Iterator[Finding]:
    """The sentences of kiosk, display and voice that a council has corrected."""
    folder = None if here.settings is None else here.settings.screen_words_path()
    if folder is None or not folder.is_dir():
        return
    named = {f"{each.tag}.toml": each for each in VISITOR_LANGUAGES}
    for file in sorted(folder.glob("*.toml")):
        language = named.get(file.name)
        if language is None:
            words = f"{file} is in no language of the program: it is not read. Name it by a tag, as pl.toml."
            yield Finding("words on screens", Level.ATTENTION, words)
            continue
        own = own_on_screens(file, language.tag)
        name = f"words on screens, {language.name}"
        for fault in own.faults:
            yield Finding(name, Level.ATTENTION, f"{fault} The program's own words are used there.")
        if not own.faults:
            yield Finding(name, Level.OK, f"{len(own.texts)} of the council's own, {file}")


def _is_display(settings: Config) -> bool:
    """Whether this station is one, as far as its database tells: a file has no users, and tells nothing."""
    url = settings.database_url()
    try:
        if place_of(url).file is not None or not look(url, settings.password_file).state.is_current:
            return False
        session = session_of(url, settings.password_file, settings.station)
    except Refusal:
        return False
    return session is not None and {StationKind.DISPLAY} in (session.fits, session.kinds)


def printer(here: Here) -> Iterator[Finding]:
    """Of tickets and slips."""
    if here.settings is None:
        return
    printer = here.settings.printer
    if printer.kind is not PrinterKind.NONE:
        yield _printer("printer", printer)
    elif not _is_display(here.settings):
        words = "none is set for this station: tickets are not printed. Name one in the settings."
        yield Finding("printer", Level.ATTENTION, words)


def letter_printer(here: Here) -> Iterator[Finding]:
    """Of letters, where one is named for them."""
    if here.settings is not None and here.settings.letter_printer.kind is not PrinterKind.NONE:
        yield _printer("letter printer", here.settings.letter_printer)


def _printer(what: str, printer: PrinterConfig) -> Finding:
    """Whether one that is named can be used."""
    match printer.kind:
        case PrinterKind.ESCPOS:
            return _receipt_printer(what, printer.address)
        case PrinterKind.FOLDER:
            folder = Path(printer.address)
            if folder.is_dir() and os.access(folder, os.W_OK):
                return Finding(what, Level.OK, f"the folder {folder}")
            words = f"the folder {folder} is not there or may not be written. Make it, or name another."
            return Finding(what, Level.ATTENTION, words)
    known = list_system_printers()
    if printer.address in known or (known and not printer.address):
        return Finding(what, Level.OK, printer.address or "this computer's default printer")
    named = f"“{printer.address}” is not among this computer's printers" if known else "none is known here"
    return Finding(what, Level.ATTENTION, f"{named}. Check the settings and the print system.")


def _receipt_printer(what: str, address: str) -> Finding:
    try:
        open_link(address, time.monotonic() + REACH_SECONDS).abandon()
    except Refusal as refusal:
        return Finding(what, Level.ATTENTION, str(refusal))
    except OSError as error:
        return Finding(what, Level.ATTENTION, f"{address} cannot be reached: {error.strerror}. Check it.")
    return Finding(what, Level.OK, f"{address} can be reached")
