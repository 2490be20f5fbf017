"""What a desk is asked after a station was cut off from the database, and who asks for help at a kiosk."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant
from reception.domain.discreet import Discreet


class QuestionKind(StrEnum):
    """What could not be decided by the program."""

    CLAIM = "claim"
    """A visitor said at a kiosk that was cut off that they have an appointment."""
    CALLED_ALOUD = "called_aloud"
    """A desk that was cut off called a visit that was not its own."""
    CHANGED_TWICE = "changed_twice"
    """A visit was changed at a desk that was cut off, and meanwhile here as well."""
    CALLED_UNHEARD = "called_unheard"
    """A call was saved, but its desk never heard of it, and went on without."""


class QuestionAnswer(StrEnum):
    """How a desk settles it."""

    AS_HERE = "as_here"
    """It stays as it is in the shared queue; for a claim: the visitor waits as a walk-in."""
    AS_THERE = "as_there"
    """What was done there counts; for a claim: the appointment that was found is checked in."""


class Question(Discreet, frozen=True):
    """`done_there` and `done_here`: kinds of facts, in their order, that words are made from. `claimed`: what the
    visitor entered, shown to staff only. `appointment_id`: for a claim, the one appointment that it fits; empty: look
    it up."""

    personal = frozenset({"claimed"})

    id: str
    kind: QuestionKind
    at: Instant
    station: str
    visit_id: str
    number: str
    done_there: tuple[str, ...] = ()
    done_here: tuple[str, ...] = ()
    claimed: str = ""
    appointment_id: str = ""


class HelpCall(Struct, frozen=True):
    """Somebody at a kiosk asks for a member of staff; `discreet`: by the phrase that says nothing to bystanders."""

    id: str
    station: str
    at: Instant
    discreet: bool = False
