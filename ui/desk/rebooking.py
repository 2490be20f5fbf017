"""A wait turned into an appointment, or an appointment moved: which command that is, and how its panel is called."""

from __future__ import annotations

from datetime import date

from reception.clock import Instant
from reception.domain.book import AppointmentCard
from reception.domain.booked import DelayAnswer, DelayReason, RoomFeature
from reception.domain.booking import Slot, Wish
from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.languages import code_of
from reception.domain.person import Need, Person
from reception.domain.visitor import Visitor
from reception.services.appointment_commands import BookAppointment, MoveAppointment, TellOfDelay
from reception.services.commands import Command
from ui.panels.another_time import AnotherTimePanel, Booking, Naming, Telling
from ui.panels.sender import SentBy

_FEATURES = {
    Need.PRIVATE: RoomFeature.PRIVATE,
    Need.STEP_FREE: RoomFeature.STEP_FREE,
    Need.HEARING_LOOP: RoomFeature.HEARING_LOOP,
}
_INTERPRETED = frozenset({Need.INTERPRETER, Need.BSL})


def features_for(person: Person) -> frozenset[RoomFeature]:
    """What the room must have for somebody's needs."""
    return frozenset(feature for need, feature in _FEATURES.items() if need in person.needs)


def language_for(person: Person) -> str:
    """The language (ISO 639-3) that somebody needs interpreted; empty for none."""
    if Need.BSL in person.needs:
        return "bfi"
    return code_of(person.spoken) if _INTERPRETED & person.needs and person.spoken else ""


def language_of(card: VisitCard) -> str:
    """The language that an interpreter was asked for in, else the one that the visitor needs interpreted."""
    return card.interpreting or language_for(card.person)


def wish_with(card: VisitCard, language: str, first_day: date) -> Wish:
    """What a walk-in's appointment must meet, with an interpreter of a language that was not asked for before."""
    return Wish(
        service_id=card.service_id,
        first_day=first_day,
        officer_id=card.named_officer_id,
        features=features_for(card.person),
        language=language,
    )


def walk_in_booking(card: VisitCard, by: SentBy, language: str = "") -> Booking:
    """A walk-in that becomes an appointment; the visit ends as booked. `language`: that is to be interpreted."""

    def booking(command_id: str, slot: Slot, _offered: tuple[Instant, ...]) -> Command:
        return BookAppointment(
            id=command_id,
            **by,
            service_id=card.service_id,
            place=slot.place,
            visitor=Visitor(person=card.person),
            party_size=card.party_size,
            named_officer=bool(card.named_officer_id),
            features=features_for(card.person),
            language=language or language_of(card),
            visit_id=card.visit_id,
        )

    return booking


def person_booking(service_id: str, person: Person, party_size: int, by: SentBy, *, named: bool) -> Booking:
    """An appointment for somebody who is here and has no ticket."""

    def booking(command_id: str, slot: Slot, _offered: tuple[Instant, ...]) -> Command:
        return BookAppointment(
            id=command_id,
            **by,
            service_id=service_id,
            place=slot.place,
            visitor=Visitor(person=person),
            party_size=party_size,
            named_officer=named,
            features=features_for(person),
            language=language_for(person),
        )

    return booking


def move_booking(card: AppointmentCard, by: SentBy, visit_id: str = "") -> Booking:
    """An appointment that gets another time; `visit_id` waits with it and ends as booked."""

    def booking(command_id: str, slot: Slot, offered: tuple[Instant, ...]) -> Command:
        return MoveAppointment(
            id=command_id,
            **by,
            appointment_id=card.row.id,
            version=card.row.version,
            place=slot.place,
            visit_id=visit_id,
            offered=offered,
        )

    return booking


def telling_of(
    by: SentBy, expected_minutes: int, *, visit_id: str = "", appointment_id: str = "", by_telephone: bool = False
) -> Telling:
    """The visitor is told of a delay and takes another time."""

    def telling(command_id: str, reason: DelayReason, offered: tuple[Instant, ...]) -> TellOfDelay:
        return TellOfDelay(
            id=command_id,
            **by,
            visit_id=visit_id,
            appointment_id=appointment_id,
            reason=reason,
            expected_minutes=expected_minutes,
            offered=offered,
            answer=DelayAnswer.ANOTHER_TIME,
            by_telephone=by_telephone,
        )

    return telling


def another_time(
    name: str,
    note: str,
    view: DeskView,
    booking: Booking,
    *,
    moves: bool,
    telling: Telling | None = None,
    naming: Naming | None = None,
) -> AnotherTimePanel:
    """`name`: the ticket or the reference. `moves`: it has an appointment already."""
    main = "Move it there" if moves else "Book"
    title = "Another time" if moves else "Book a time"
    return AnotherTimePanel(
        title,
        f"{name}, {note}" if note else name,
        view.office.zone,
        view.now,
        booking,
        main=main,
        telling=telling,
        naming=naming,
    )
