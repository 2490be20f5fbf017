"""Facts of stations: which there are, what is said at a kiosk, and what is asked after one was cut off."""

from __future__ import annotations

from msgspec import Struct

from reception.domain.kiosk import Face
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.domain.stations import StationKind


class StationAdded(Struct, frozen=True):
    station_id: str
    name: str
    kind: StationKind


class StationRemoved(Struct, frozen=True):
    station_id: str


class HelpAsked(Struct, frozen=True):
    """Somebody at a kiosk asks for a member of staff. The help call's id is the command's."""

    discreet: bool = False


class HelpGiven(Struct, frozen=True):
    help_id: str


class FeedbackGiven(Struct, frozen=True):
    """How did we do? Of nobody in particular."""

    face: Face
    service_id: str = ""


class QuestionAsked(Struct, frozen=True):
    """What a station did while it was cut off could not be merged without asking."""

    question_id: str
    kind: QuestionKind


class QuestionAnswered(Struct, frozen=True):
    question_id: str
    answer: QuestionAnswer


class LookUpRefused(Struct, frozen=True):
    """Somebody at a kiosk tried too many codes or names that are not there."""
