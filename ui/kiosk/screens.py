"""What a kiosk's screen is made of, as values. They say what is shown; `page` says where."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

BACK, HELP = "back", "help"
LANGUAGE, LARGER, CONTRAST, ALOUD = "language", "larger_text", "high_contrast", "read_aloud"
"""What is touched on every screen, by its key."""
AIDS = (LARGER, CONTRAST, ALOUD)
"""They are switched on and off."""


class Choice(Struct, frozen=True):
    """Something to touch. `ticked` None: it is no box to tick. `language`: of its words, where it is its own."""

    key: str
    label: str
    line: str = ""
    aside: str = ""
    """At the far end: the wait."""
    icon: str = ""
    ticked: bool | None = None
    main: bool = False
    """The one main action of the screen."""
    enabled: bool = True
    half: bool = False
    """Two of these stand in a row where there is room."""
    tall: bool = False
    language: str = ""


class Step(Struct, frozen=True):
    """Something to know, with its icon."""

    icon: str
    title: str
    line: str = ""


class Sheet(Struct, frozen=True):
    """A ticket's number, as large as it fits, with what is under it."""

    label: str
    number: str
    start: str
    end: str = ""


class Keys(StrEnum):
    """What is typed with."""

    NAME = "name"
    REFERENCE = "reference"
    DATE = "date"
    PIN = "pin"


class Entry(Struct, frozen=True):
    """Something to type. `before` stands before what is typed; `parts`: label and length of each part of a date."""

    keys: Keys
    label: str
    most: int
    before: str = ""
    parts: tuple[tuple[str, int], ...] = ()


class Screen(Struct, frozen=True):
    """One question. `name` is its own; `title` None leaves the sheet alone on top."""

    name: str
    title: str = ""
    line: str = ""
    lines: tuple[str, ...] = ()
    """Further sentences."""
    choices: tuple[Choice, ...] = ()
    sheet: Sheet | None = None
    steps: tuple[Step, ...] = ()
    closing: str = ""
    """A word after the steps: thanks."""
    entry: Entry | None = None
    counts_down: bool = False
    """Time that runs out is shown."""
    back: bool = True
    help: bool = True
    also: Choice | None = None
    """Stands beside the main action."""
    main: Choice | None = None
    main_first: bool = False
    """The main action doesn't stand where the one of the screen before stood: whoever taps on meets it not."""
    grand: bool = False
    """A larger title: the first screen."""
    others: tuple[tuple[str, str], ...] = ()
    """Of an alarm: the title in the other languages, each with its tag."""
    is_alarm: bool = False
    is_fault: bool = False
    """`line` says what is wrong with what was typed."""
    staff: bool = False
    """For staff, in English: without aids and standing lines."""


class Surround(Struct, frozen=True):
    """What stands round every screen: the office, the time, what always holds, and which aids are on."""

    office: str
    clock: str
    standing: tuple[tuple[str, str], ...]
    """(icon, words)"""
    on: frozenset[str]
    is_urgent: bool = False
    """The first of what holds is said whether there is room or not."""
