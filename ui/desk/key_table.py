"""Everything that a key does at the desk, in one table.

An action has a key in each stage in which it can be seen; the same key may mean one thing while a visitor is called
and another while one is served, but never two things at once. Buttons, the menu and the shortcuts are all
made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum, auto

from msgspec import Struct


class Stage(Enum):
    """What the counter is in the middle of."""

    SIGNED_OUT = auto()
    FREE = auto()
    CALLED = auto()
    SERVING = auto()
    IN_BOOK = auto()
    """The book covers the counter."""


class Act(StrEnum):
    """What can be done with a key of its own."""

    MAIN = "main"
    CALL_AGAIN = "call_again"
    NO_SHOW = "no_show"
    BACK_TO_PLACE = "back_to_place"
    FINISH = "finish"
    HOLD = "hold"
    TRANSFER = "transfer"
    TO_FOLLOW = "to_follow"
    SIGNPOST = "signpost"
    BACK_TO_QUEUE = "back_to_queue"
    LEFT = "left"
    DETAILS = "details"
    ROOM = "room"
    INTERPRETER = "interpreter"
    ANOTHER_TIME = "another_time"
    NEW_WALK_IN = "new_walk_in"
    CHECK_IN = "check_in"
    BOOK = "book"
    ANNOUNCE = "announce"
    FIND = "find"
    QUESTIONS = "questions"
    FEEDBACK = "feedback"
    QUEUE = "queue"
    ASIDES = "asides"
    UNDO = "undo"
    LINE_ONE = "line_one"
    LINE_TWO = "line_two"
    MENU = "menu"
    SIGN_OFF = "sign_off"
    EVACUATE = "evacuate"
    SETTINGS = "settings"
    LARGER = "larger"
    SMALLER = "smaller"
    USUAL_SIZE = "usual_size"


class Group(StrEnum):
    """The headings under which the menu lists the keys."""

    COUNTER = "Keys for a visitor here"
    CALLED = "Keys while calling"
    SERVING = "Keys while serving"
    DESK = "Keys at any time"
    WINDOW = "Keys for this window"


Keys = tuple[str, ...]
_ALWAYS = (Stage.SIGNED_OUT, Stage.FREE, Stage.CALLED, Stage.SERVING)
_ALSO_IN_BOOK = tuple(Stage)
_SIGNED_IN = (Stage.FREE, Stage.CALLED, Stage.SERVING)
_AT_COUNTER = (Stage.CALLED, Stage.SERVING)


class Entry(Struct, frozen=True):
    """One action: its words, what it does in a sentence, and its keys by stage, the first of which is shown."""

    act: Act
    words: str
    about: str
    group: Group
    keys: Mapping[Stage, Keys]
    through_panels: bool = False
    """Works also while a panel covers the counter."""


def _in(stages: tuple[Stage, ...], *keys: str) -> dict[Stage, Keys]:
    return dict.fromkeys(stages, keys)


TABLE: tuple[Entry, ...] = (
    Entry(Act.MAIN, "Call next", "Call next, start, finish and call next", Group.COUNTER, _in(_SIGNED_IN, "F5")),
    Entry(Act.DETAILS, "Details", "All about the visit at this counter", Group.COUNTER, _in(_AT_COUNTER, "Ctrl+D")),
    Entry(Act.LEFT, "Left", "The visitor has gone", Group.COUNTER, _in(_AT_COUNTER, "Ctrl+E")),
    Entry(
        Act.HOLD,
        "Hold",
        "Set the visit aside",
        Group.COUNTER,
        {Stage.FREE: ("F9",), Stage.CALLED: ("F9", "Ctrl+H"), Stage.SERVING: ("F9", "Ctrl+H")},
    ),
    Entry(
        Act.TRANSFER,
        "Transfer",
        "To another service or officer",
        Group.COUNTER,
        {Stage.FREE: ("F10",), Stage.CALLED: ("F10", "Ctrl+M"), Stage.SERVING: ("F10", "Ctrl+M")},
    ),
    Entry(Act.CALL_AGAIN, "Call again", "Call the visitor once more", Group.CALLED, _in((Stage.CALLED,), "Ctrl+A")),
    Entry(Act.NO_SHOW, "No-show", "The visitor did not answer", Group.CALLED, _in((Stage.CALLED,), "Ctrl+N")),
    Entry(
        Act.BACK_TO_PLACE,
        "Back to place",
        "Back into the queue, same place",
        Group.CALLED,
        _in((Stage.CALLED,), "Ctrl+P"),
    ),
    Entry(Act.FINISH, "Finish", "Resolved; call nobody yet", Group.SERVING, _in((Stage.FREE, Stage.SERVING), "F8")),
    Entry(
        Act.TO_FOLLOW,
        "To follow",
        "An answer by a day, from a named person",
        Group.SERVING,
        _in((Stage.FREE, Stage.SERVING), "Ctrl+T"),
    ),
    Entry(
        Act.SIGNPOST, "Signpost", "Sent to somewhere else", Group.SERVING, _in((Stage.FREE, Stage.SERVING), "Ctrl+G")
    ),
    Entry(
        Act.BACK_TO_QUEUE,
        "Return",
        "Back into the queue, for the same service",
        Group.SERVING,
        _in((Stage.FREE, Stage.SERVING), "Ctrl+R"),
    ),
    Entry(Act.ROOM, "Room", "A room for the visit; what is free", Group.DESK, _in(_SIGNED_IN, "F11"), True),
    Entry(Act.INTERPRETER, "Interpreter", "Somebody to interpret", Group.DESK, _in(_SIGNED_IN, "F12"), True),
    Entry(Act.ANOTHER_TIME, "Book", "An appointment in place of the wait", Group.DESK, _in(_SIGNED_IN, "Ctrl+B"), True),
    Entry(Act.NEW_WALK_IN, "New walk-in", "A ticket for someone who has come", Group.DESK, _in(_SIGNED_IN, "F2"), True),
    Entry(Act.CHECK_IN, "Check in", "Someone with an appointment is here", Group.DESK, _in(_SIGNED_IN, "F3"), True),
    Entry(Act.BOOK, "Open book", "Appointments by day and week", Group.DESK, _in(_SIGNED_IN, "F4"), True),
    Entry(Act.FIND, "Find", "A visit by number or name", Group.DESK, _in(_SIGNED_IN, "Ctrl+F"), True),
    Entry(Act.QUEUE, "Queue", "To the list of those who wait", Group.DESK, _in(_SIGNED_IN, "Ctrl+Q"), True),
    Entry(Act.ASIDES, "On hold", "To the list on hold and to follow", Group.DESK, _in(_SIGNED_IN, "Ctrl+O"), True),
    Entry(
        Act.UNDO,
        "Undo",
        "Take back what was last done here",
        Group.DESK,
        _in((*_SIGNED_IN, Stage.IN_BOOK), "Ctrl+Z"),
        True,
    ),
    Entry(Act.LINE_ONE, "", "First action of the line below", Group.DESK, _in(_ALSO_IN_BOOK, "F6"), True),
    Entry(Act.LINE_TWO, "", "Second action of the line below", Group.DESK, _in(_ALSO_IN_BOOK, "F7"), True),
    Entry(
        Act.QUESTIONS,
        "To settle",
        "Questions, and calls for help",
        Group.DESK,
        _in(_SIGNED_IN, "Ctrl+S"),
        True,
    ),
    Entry(Act.FEEDBACK, "Feedback", "How did we do? Five faces, no name", Group.DESK, _in(_SIGNED_IN, "Ctrl+J"), True),
    Entry(
        Act.ANNOUNCE, "Announce", "A delay, said to the whole room", Group.DESK, _in(_SIGNED_IN, "Ctrl+Shift+A"), True
    ),
    Entry(Act.SIGN_OFF, "Sign off", "Leave this counter", Group.DESK, _in(_SIGNED_IN, "Ctrl+L"), True),
    Entry(
        Act.EVACUATE, "Evacuate", "Freeze calls, list everyone inside", Group.DESK, _in(_ALWAYS, "Ctrl+Shift+E"), True
    ),
    Entry(
        Act.MENU, "Menu", "Evacuation, theme, text size, settings, every key", Group.WINDOW, _in(_ALWAYS, "F1"), True
    ),
    Entry(Act.SETTINGS, "Settings", "Services, counters, staff, hours", Group.WINDOW, _in(_ALWAYS, "Ctrl+,"), True),
    Entry(Act.LARGER, "Larger", "Larger text", Group.WINDOW, _in(_ALSO_IN_BOOK, "Ctrl+=", "Ctrl++"), True),
    Entry(Act.SMALLER, "Smaller", "Smaller text", Group.WINDOW, _in(_ALSO_IN_BOOK, "Ctrl+-"), True),
    Entry(Act.USUAL_SIZE, "Usual", "Text at its usual size", Group.WINDOW, _in(_ALSO_IN_BOOK, "Ctrl+0"), True),
)
ENTRIES: Mapping[Act, Entry] = {entry.act: entry for entry in TABLE}
CALLED_ROW: tuple[Act, ...] = (
    Act.CALL_AGAIN,
    Act.NO_SHOW,
    Act.BACK_TO_PLACE,
    Act.LEFT,
    Act.HOLD,
    Act.TRANSFER,
)
SERVING_ROW: tuple[Act, ...] = (
    Act.FINISH,
    Act.HOLD,
    Act.TRANSFER,
    Act.TO_FOLLOW,
    Act.SIGNPOST,
    Act.BACK_TO_QUEUE,
)
"""The six actions under the visit; with nobody here those of a service are shown, and can't be used."""
PROVIDED_ROW: tuple[Act, ...] = (Act.ROOM, Act.INTERPRETER, Act.ANOTHER_TIME)
"""What a visit may be given beside a counter, at any stage."""


def key_shown(keys: Keys) -> str:
    """The first key of an entry, as buttons show it: "Ctrl Z"."""
    return keys[0].replace("+", " ").strip() if keys else ""


def key_of(act: Act) -> str:
    """The key of an action as sentences and buttons show it, for example "Ctrl O"."""
    return key_shown(next(iter(ENTRIES[act].keys.values())))
