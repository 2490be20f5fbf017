"""An appointment as it stands after its last fact. Facts make it (`appointment_folding`), `arranging` moves it on."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.booked import DelayAnswer, InterpreterStatus, Kind, RoomFeature, Standing
from reception.domain.booking import Place, Wish


class Told(Struct, frozen=True):
    """One time that a visitor was told of a delay, or was tried to be."""

    at: Instant
    answer: DelayAnswer
    expected_at: Instant | None
    """When service was said to begin; the duty comes again once it passes."""
    offered: tuple[Instant, ...] = ()
    promised_at: Instant | None = None
    """The end of the promise that was at stake."""

    @property
    def is_answered(self) -> bool:
        """Rung up in vain, nobody was told."""
        return self.answer is not DelayAnswer.NOT_REACHED


class Appointment(Struct, frozen=True):
    """One booking: a party, a service, a time, and who and what is held for it."""

    id: str
    office_id: str
    reference: str
    """"AP-" and eight characters that cannot be guessed: on the letter, in its QR code."""
    kind: Kind
    standing: Standing
    service_id: str
    place: Place
    booked_at: Instant
    last_at: Instant
    local_day: date
    """Of its start."""
    set_up: Millis = 0
    """Time before the start that officer and room are held as well."""
    named_officer: bool = False
    """The visitor asked for this officer: another time is looked for with the same."""
    features: frozenset[RoomFeature] = frozenset()
    """What the room must have, also at another time."""
    seats: int = 1
    language: str = ""
    interpreter_status: InterpreterStatus | None = None
    by_council: bool = False
    party_size: int = 1
    wants_earlier_since: Instant | None = None
    visit_id: str = ""
    """The visit that it became on check-in."""
    from_visit_id: str = ""
    """The walk-in that it was made from."""
    checked_in_at: Instant | None = None
    released_at: Instant | None = None
    """From when on it holds its place no more, although booked for longer: its visit had ended."""
    moved: int = 0
    moved_at: Instant | None = None
    """When it last was: what the visitor was told before concerned another time."""
    cancelled_by_visitor: bool = False
    came_late: bool = False
    """Was marked as not attended, and came after all."""
    series_id: str = ""
    """Of a repeat booking: the id of its first."""
    told: tuple[Told, ...] = ()
    letters: tuple[str, ...] = ()
    """The kinds of letters that were made, in order."""
    voided: bool = False

    @property
    def starts_at(self) -> Instant:
        return self.place.starts

    @property
    def told_of_this_time(self) -> tuple[Told, ...]:
        """Without what was told of the time before it was moved."""
        return tuple(each for each in self.told if self.moved_at is None or each.at > self.moved_at)

    @property
    def is_ahead(self) -> bool:
        """Neither checked in nor over in any way."""
        return self.standing is Standing.BOOKED and not self.voided


def wish_of(appointment: Appointment) -> Wish:
    """What a place of this appointment must meet."""
    place = appointment.place
    return Wish(
        service_id=appointment.service_id,
        kind=appointment.kind,
        minutes=(place.ends - place.starts) // MINUTE,
        officer_id=place.officer_id if appointment.named_officer else "",
        with_room=bool(place.room_id),
        features=appointment.features,
        seats=appointment.seats,
        language=appointment.language,
        by_council=appointment.by_council,
    )
