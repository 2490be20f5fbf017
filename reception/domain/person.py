"""What a visit holds of a person."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Need(StrEnum):
    """What a visitor needs to be received well; recorded once, followed everywhere."""

    PRIVATE = "private"
    INTERPRETER = "interpreter"
    BSL = "bsl"
    LARGE_PRINT = "large_print"
    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    CHILDREN = "children"
    HELP = "help"


class Person(Struct, frozen=True):
    """What a visit holds of a person. Shown to staff only; kept in a table of its own; never logged.

    Languages are BCP 47 tags ("en", "pl", "bfi" for British Sign Language, "zh-Hant"); empty when not asked.
    """

    name: str = ""
    spoken: str = ""
    written: str = ""
    needs: frozenset[Need] = frozenset()
    note: str = ""

    def corrected(self, shown: Person, typed: Person) -> Person:
        """This person with what `typed` changes of `shown`, and nothing else; each need counts by itself."""
        changes = {name: getattr(typed, name) for name in _WORDS_OF_PERSON if typed.changes(shown, name)}
        needs = (self.needs - (shown.needs - typed.needs)) | (typed.needs - shown.needs)
        return replace(self, needs=needs, **changes)

    def clashes(self, shown: Person, typed: Person) -> tuple[str, ...]:
        """The fields that `typed` changes of `shown`, and that stand otherwise here by now."""
        return tuple(
            name
            for name in _WORDS_OF_PERSON
            if typed.changes(shown, name) and self.changes(shown, name) and self.changes(typed, name)
        )

    def changes(self, other: Person, name: str) -> bool:
        """Whether a field differs from the other's."""
        return bool(getattr(self, name) != getattr(other, name))


_WORDS_OF_PERSON = ("name", "spoken", "written", "note")
