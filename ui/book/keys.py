"""What can be done in the book, in a word, and by which key. The page listens for the keys; buttons show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class Act(StrEnum):
    """One thing that the page does."""

    DESK = "desk"
    EARLIER_DAY = "earlier_day"
    TODAY = "today"
    LATER_DAY = "later_day"
    DAY = "day"
    WEEK = "week"
    OFFICERS = "officers"
    ROOMS = "rooms"
    EARLIER_WHO = "earlier_who"
    LATER_WHO = "later_who"
    GO_TO_DAY = "go_to_day"
    FIND = "find"
    NEW = "new"
    CHECK_IN = "check_in"
    MOVE = "move"
    ANOTHER_TIME = "another_time"
    CANCEL = "cancel"
    LETTER = "letter"
    DETAILS = "details"
    INTERPRETER = "interpreter"
    MISSED = "missed"
    WANTS_EARLIER = "wants_earlier"
    EARLIER_LIST = "earlier_list"
    ABSENCE = "absence"
    ALL_LETTERS = "all_letters"


class Entry(Struct, frozen=True):
    words: str
    keys: tuple[str, ...]
    """The first is shown."""


ENTRIES: Mapping[Act, Entry] = {
    Act.DESK: Entry("Desk", ("Esc",)),
    Act.EARLIER_DAY: Entry("Earlier", ("PgUp",)),
    Act.TODAY: Entry("Today", ("T",)),
    Act.LATER_DAY: Entry("Later", ("PgDown",)),
    Act.DAY: Entry("Day", ("D",)),
    Act.WEEK: Entry("Week", ("W",)),
    Act.OFFICERS: Entry("Officers", ("O",)),
    Act.ROOMS: Entry("Rooms", ("R",)),
    Act.EARLIER_WHO: Entry("Whose week: the one before", ("Ctrl+PgUp",)),
    Act.LATER_WHO: Entry("Whose week: the next", ("Ctrl+PgDown",)),
    Act.GO_TO_DAY: Entry("Go to a day", ("G",)),
    Act.FIND: Entry("Find", ("Ctrl+F",)),
    Act.NEW: Entry("New booking", ("F2", "N")),
    Act.CHECK_IN: Entry("Check in", ("F3",)),
    Act.MOVE: Entry("Move", ("M",)),
    Act.ANOTHER_TIME: Entry("Find new time", ("S",)),
    Act.CANCEL: Entry("Cancel", ("Del",)),
    Act.LETTER: Entry("Print letter", ("Ctrl+P",)),
    Act.DETAILS: Entry("Details", ("E",)),
    Act.INTERPRETER: Entry("Interpreter", ("I",)),
    Act.MISSED: Entry("Did not attend", ("X",)),
    Act.WANTS_EARLIER: Entry("Wants earlier", ("Y",)),
    Act.EARLIER_LIST: Entry("Earlier slots", ("L",)),
    Act.ABSENCE: Entry("Absence", ("A",)),
    Act.ALL_LETTERS: Entry("Letters of a day", ("Ctrl+Shift+P",)),
}


OF_ONE = frozenset(
    {
        Act.CHECK_IN,
        Act.MOVE,
        Act.ANOTHER_TIME,
        Act.CANCEL,
        Act.LETTER,
        Act.DETAILS,
        Act.INTERPRETER,
        Act.MISSED,
        Act.WANTS_EARLIER,
    }
)
"""What is done to the appointment that is chosen."""
TURNING = frozenset({Act.EARLIER_DAY, Act.LATER_DAY, Act.EARLIER_WHO, Act.LATER_WHO})
"""What goes on as long as the key is held down."""


class BookKeys:
    """An action for each entry, and the way from a key to it."""

    def __init__(self, owner: QWidget) -> None:
        self._actions: dict[Act, QAction] = {}
        self._by_key: dict[str, Act] = {}
        for act, entry in ENTRIES.items():
            action = QAction(entry.words, owner)
            action.setShortcut(QKeySequence(entry.keys[0]))
            # The page listens, so that a field or a panel may keep its letters.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setAutoRepeat(False)
            self._actions[act] = action
            for key in entry.keys:
                self._by_key[QKeySequence(key).toString()] = act

    def __getitem__(self, act: Act) -> QAction:
        return self._actions[act]

    def connect(self, run: Callable[[Act], None]) -> None:
        """Have every action carried out by `run`."""
        for act, action in self._actions.items():
            action.triggered.connect(lambda _checked=False, act=act: run(act))

    def of_event(self, event: QKeyEvent) -> Act | None:
        """What a key means here."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letter = event.text().isalpha() and not modifiers & ~Qt.KeyboardModifier.ShiftModifier
        name = event.text().upper() if letter else QKeySequence(event.keyCombination()).toString()
        return self._by_key.get(name)
