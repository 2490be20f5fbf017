"""How values are to be written on the command line, and how a command is added to it. Loads nothing heavy."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Commands = Any
"""A set of commands; argparse's own type for it is private."""

MOST_COUNTERS = 99
MOST_WORKING_DAYS = 99_999
MOST_DAYS = 366
MOST_MINUTES = 8 * 60
MOST_SLOTS = 200
MOST_PEOPLE = 99


def add_command(commands: Commands, name: str, words: str, handler: str, more: str = "") -> argparse.ArgumentParser:
    """A command that the module which `handler` names carries out; `words` say what it does."""
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}. {more}".strip()
    )
    added.set_defaults(handler=handler)
    return added


def add_progress(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--progress", action="store_true", help="say how far it is, also when nobody watches")


def a_date(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"there is no day {text}") from None
    raise argparse.ArgumentTypeError(f"“{text}” is not a date written as 2026-11-24")


PREVIOUS = "previous"


def a_comparison(text: str) -> tuple[date, date] | str:
    """The days of another period, both included, or :data:`PREVIOUS`."""
    if text.casefold() == PREVIOUS:
        return PREVIOUS
    first, dots, last = text.partition("..")
    if not dots:
        raise argparse.ArgumentTypeError(
            f"“{text}” is neither {PREVIOUS} nor two dates written as 2026-10-01..2026-10-31"
        )
    return a_date(first), a_date(last)


def a_local_time(text: str) -> datetime:
    """A day and a time as the clock on the wall shows it; which instant that is, the office's zone says."""
    match = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day and a time written as 2026-11-24T10:30")
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise argparse.ArgumentTypeError(f"there is no time {match[2]}:{match[3]}")
    return datetime.combine(a_date(match[1]), datetime.min.time().replace(hour=hour, minute=minute))


def a_word(text: str) -> str:
    """A word of a short list, with hyphens or underlines."""
    return text.strip().casefold().replace("-", "_")


def an_id(text: str) -> str:
    """A command's id; the dashes of a UUID may stand in it."""
    plain = text.strip().casefold().replace("-", "")
    if not re.fullmatch(r"[0-9a-f]{32}", plain):
        raise argparse.ArgumentTypeError(f"“{text}” is not an id of 32 hexadecimal digits, such as a random UUID")
    return plain


def a_whole_number(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text)


def working_days(text: str) -> int:
    number = a_whole_number(text)
    if number > MOST_WORKING_DAYS:
        raise argparse.ArgumentTypeError(f"{number} is more than {MOST_WORKING_DAYS} working days")
    return number


def _at_most(text: str, most: int, what: str) -> int:
    number = a_whole_number(text)
    if not 1 <= number <= most:
        raise argparse.ArgumentTypeError(f"{number} is not 1 to {most} {what}")
    return number


def counters(text: str) -> int:
    return _at_most(text, MOST_COUNTERS, "counters")


def days(text: str) -> int:
    return _at_most(text, MOST_DAYS, "days")


def minutes(text: str) -> int:
    """The length of an appointment."""
    return _at_most(text, MOST_MINUTES, "minutes")


def slots(text: str) -> int:
    return _at_most(text, MOST_SLOTS, "slots")


def people(text: str) -> int:
    return _at_most(text, MOST_PEOPLE, "people")


def a_wait(text: str) -> int:
    number = a_whole_number(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 minute or more")
    return number


def a_target(text: str) -> float:
    """Minutes, half ones too."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", text) or not 0 < float(text) <= MOST_MINUTES:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of minutes above 0, up to {MOST_MINUTES}")
    return float(text)


def a_share(text: str) -> float:
    """Of all: 0.9."""
    if not re.fullmatch(r"0?\.[0-9]{1,6}", text) or not float(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a share between 0 and 1, such as 0.9")
    return float(text)


def a_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"there is no time zone “{text}”; write one like Europe/London") from None


def a_name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return text.strip()
