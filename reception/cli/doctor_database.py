"""What `reception doctor` says of the database, and of the clock beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reception.cli.doctor_session import findings_of
from reception.cli.findings import Finding, Here, Level
from reception.cli.parser import DEFAULT_ZONE
from reception.clock import SECOND, Millis
from reception.config import Config
from reception.documents.drafts import drafts_in_words
from reception.errors import Refusal
from reception.storage.checking import Look, look, place_of
from reception.storage.filesystems import NETWORK_FILESYSTEMS
from reception.storage.namesakes import are_alike
from reception.storage.session import session_of

SKEW_ALLOWED: Millis = 2 * SECOND


def database(here: Here) -> Iterator[Finding]:
    if here.settings is None:
        return
    url = here.settings.database_url()
    try:
        place = place_of(url)
        if place.file is not None and not place.file.exists():
            yield _still_to_be_made(place.file, place.filesystem)
            yield _languages(frozenset(), here.settings)
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
    yield _languages(found.checked_languages, here.settings)
    yield from _services(found)
    yield _zones(list(dict.fromkeys(zone for _, zone, _ in found.offices)) or [DEFAULT_ZONE])
    yield from _clock(found)


def _session(settings: Config) -> Iterator[Finding]:
    session = session_of(settings.database_url(), settings.password_file, settings.station)
    if session is not None:
        yield from findings_of(session, settings.station)


def namesakes(here: Here) -> Iterator[Finding]:
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


def _languages(checked: frozenset[str], settings: Config) -> Finding:
    drafts = drafts_in_words(checked, settings.screen_words_path())
    if drafts:
        return Finding("languages", Level.ATTENTION, drafts)
    return Finding("languages", Level.OK, "every language that visitors are told things in has been checked")


def _services(found: Look) -> Iterator[Finding]:
    """What an office calls its services is in no file of the program."""
    unsaid, count = found.services_unsaid
    if unsaid:
        which = "every service has" if unsaid == count else f"{unsaid} of {count} services have"
        words = (
            f"{which} no name in some visitors' languages: kiosk, display and tickets say it in English there. Name it "
            "in the settings, under Languages."
        )
        yield Finding("services", Level.ATTENTION, words)
    elif count:
        yield Finding("services", Level.OK, "named in every language of visitors")


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
