"""What a letter says, and which letters are still to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.booked import DelayAnswer, InterpreterStatus, Kind, LetterKind, RoomFeature, SafeContact, Standing
from reception.domain.booking import Place, Slot
from reception.domain.events import AppointmentMoved, CommandUndone, DelayTold, Recorded
from reception.domain.languages import ENGLISH, language_of_paper, name_of
from reception.domain.letter_snapshot import LetterSnapshot
from reception.domain.letters import check_letter, told_time
from reception.domain.office import Office
from reception.domain.person import Need
from reception.domain.visitor import HomeVisit
from reception.errors import Code, Refusal
from reception.services.appointment_ports import Particulars
from reception.services.appointment_queries import LetterOf, LettersDue
from reception.storage import schema as t
from reception.storage.appointment_rows import safe_from
from reception.storage.database import Database
from reception.storage.journal import facts_of, facts_of_appointments
from reception.storage.offices import OfficeRecord
from reception.storage.queries.book.cards import facts_and_appointment, particulars_of
from reception.storage.queries.names import Names, record_of

_ORDER = LetterKind.INTERPRETER_ORDER
_CHECKED_IN_BY = frozenset({LetterKind.CONFIRMATION, LetterKind.NEW_TIME, LetterKind.DELAY_APOLOGY})
_OF_DAY = (
    sa.select(t.appointment.c.id, t.appointment_person.c.safe)
    .join(t.appointment_person, t.appointment_person.c.appointment_id == t.appointment.c.id)
    .where(
        t.appointment.c.office_id == sa.bindparam("office_id"),
        t.appointment.c.local_day == sa.bindparam("day"),
        ~t.appointment.c.voided,
    )
    .order_by(t.appointment.c.starts, t.appointment.c.booked_at)
)


def letter_snapshot(database: Database, query: LetterOf) -> LetterSnapshot:
    """Refuses DO_NOT_WRITE, UNKNOWN_APPOINTMENT, and NOT_POSSIBLE_NOW for one that does not fit where it stands."""
    with database.read() as (connection, head, now):
        facts, appointment = facts_and_appointment(connection, query.appointment_id)
        record = record_of(database, connection, head, appointment.office_id)
        particulars = particulars_of(connection, appointment.id)
        names = Names(connection, record.office)
        if query.kind is _ORDER:
            check_letter(appointment, query.kind)
            return _order(_common(record, names, facts, appointment, particulars, query, now), appointment, names)
        if SafeContact.DO_NOT_WRITE in particulars.visitor.safe:
            raise Refusal(
                Code.DO_NOT_WRITE, "This visitor asked not to be written to.", "Tell them in a way that they agreed to."
            )
        check_letter(appointment, query.kind)
        letter = _common(record, names, facts, appointment, particulars, query, now)
        if query.kind is LetterKind.NEW_TIME:
            return replace(letter, was=_time_before(appointment.id, facts))
        if query.kind is LetterKind.DELAY_APOLOGY:
            return _apology(connection, letter, facts, appointment)
        return letter


def _common(
    record: OfficeRecord,
    names: Names,
    facts: Sequence[Recorded],
    appointment: Appointment,
    particulars: Particulars,
    query: LetterOf,
    now: Instant,
) -> LetterSnapshot:
    """What most letters say. One about a sensitive service says neither the service nor what it is about."""
    office, place, visitor = record.office, appointment.place, particulars.visitor
    service = office.service(appointment.service_id)
    neutral = service is not None and service.sensitive
    officer = office.officer(place.officer_id)
    contact = officer or office.officer(facts[0].officer_id)
    needs = visitor.person.needs
    language = language_of_paper(visitor.person.written)
    said = None if service is None or neutral else service.said.get(language)
    promised = record.standard_of(appointment.local_day).appointment_seen
    return LetterSnapshot(
        kind=query.kind,
        large_print=Need.LARGE_PRINT in needs if query.large_print is None else query.large_print,
        language=language,
        council=office.council,
        office=office.name,
        office_address=office.address,
        timezone=office.timezone,
        written_at=now,
        reference=appointment.reference,
        recipient=visitor.person.name,
        address=tuple(line.strip() for line in visitor.address.splitlines() if line.strip()),
        service="" if neutral else names(appointment.service_id),
        kind_of_appointment=appointment.kind,
        starts=place.starts,
        ends=place.ends,
        officer=names(place.officer_id),
        officer_title="" if neutral or officer is None else officer.title,
        room=names(place.room_id),
        contact_name=contact.name if contact else "",
        contact_telephone=(contact.telephone if contact else "") or office.telephone,
        contact_email=contact.email if contact else "",
        interpreter=names(place.interpreter_id),
        interpreting=name_of(appointment.language) if appointment.language else "",
        about="" if neutral else particulars.about,
        visitor="",
        home=_home(appointment.kind, particulars.home, neutral),
        telephone=visitor.telephone if appointment.kind is Kind.TELEPHONE else "",
        step_free=Need.STEP_FREE in needs or RoomFeature.STEP_FREE in appointment.features,
        needs=needs,
        by_council=appointment.by_council,
        code=appointment.reference if appointment.kind is Kind.OFFICE and query.kind in _CHECKED_IN_BY else "",
        target_minutes=0 if promised is None or appointment.kind is not Kind.OFFICE else promised // MINUTE,
        service_said=said.name if said else "",
        is_checked=language in office.checked_languages,
    )


def _home(kind: Kind, home: HomeVisit, neutral: bool) -> HomeVisit:
    """Whatever the kind, what to have ready; the rest of a home visit alone."""
    if kind is not Kind.HOME_VISIT:
        home = HomeVisit(have_ready=home.have_ready)
    return replace(home, purpose="", have_ready="", what_next="") if neutral else home


def _order(letter: LetterSnapshot, appointment: Appointment, names: Names) -> LetterSnapshot:
    """To the interpreter, in English: it names no visitor, and says no more than when, where and in which language.

    Where none is chosen yet it is written to nobody by name.
    """
    return replace(
        letter,
        language=ENGLISH,
        service_said="",
        recipient=names(appointment.place.interpreter_id),
        address=(),
        large_print=False,
        about="",
        home=HomeVisit(),
        telephone="",
        needs=frozenset(),
        code="",
    )


def _time_before(appointment_id: str, facts: Sequence[Recorded]) -> Instant | None:
    """When it was before it was last moved."""
    undone = _undone(facts)
    moves = [
        place
        for place, item in enumerate(facts)
        if isinstance(item.fact, AppointmentMoved) and item.command_id not in undone
    ]
    if not moves:
        return None
    standing = [item for item in facts[: moves[-1]] if item.command_id not in undone]
    return appointment_from(appointment_id, standing).starts_at


def _apology(
    connection: Connection, letter: LetterSnapshot, facts: Sequence[Recorded], appointment: Appointment
) -> LetterSnapshot:
    """As the visitor was last told, before coming or after; of what was offered then, what is still to come."""
    if appointment.visit_id:
        facts = (*facts, *facts_of(connection, appointment.visit_id))
    undone = _undone(facts)
    told = [
        (item.at, item.fact)
        for item in facts
        if isinstance(item.fact, DelayTold)
        and item.fact.answer is not DelayAnswer.NOT_REACHED
        and item.command_id not in undone
    ]
    if not told:
        return letter
    at, last = max(told, key=lambda each: each[0])
    length = letter.ends - letter.starts
    expected = 0 if last.expected_at is None else max(0, last.expected_at - at)
    return replace(
        letter,
        expected_minutes=expected // MINUTE,
        delay_reason=last.reason,
        offered=tuple(Slot(Place(starts, starts + length)) for starts in last.offered if starts > letter.written_at),
    )


def _undone(facts: Sequence[Recorded]) -> set[str]:
    return {item.fact.command_id for item in facts if isinstance(item.fact, CommandUndone)}


def letters_due(database: Database, query: LettersDue) -> tuple[tuple[str, LetterKind], ...]:
    """By start of the appointment. An order goes to the interpreter, whatever the visitor asked for."""
    with database.read() as (connection, head, _now):
        office = record_of(database, connection, head, query.office_id).office
        asked = {"office_id": office.id, "day": query.day.isoformat()}
        safe = {row.id: safe_from(row.safe) for row in connection.execute(_OF_DAY, asked)}
        facts = facts_of_appointments(connection, list(safe))
    return tuple(
        (appointment_id, kind)
        for appointment_id, asked_for in safe.items()
        for kind in _due(office, appointment_id, facts[appointment_id])
        if kind is _ORDER or SafeContact.DO_NOT_WRITE not in asked_for
    )


def _due(office: Office, appointment_id: str, facts: Sequence[Recorded]) -> Iterator[LetterKind]:
    appointment = appointment_from(appointment_id, facts)
    made = set(appointment.letters)
    match appointment.standing:
        case Standing.BOOKED:
            kind = _letter_of_time(appointment, facts)
            if kind is not None:
                yield kind
            interpreter = office.interpreter(appointment.place.interpreter_id)
            if (
                interpreter is not None
                and not interpreter.is_line
                and appointment.interpreter_status is InterpreterStatus.REQUESTED
            ):
                yield _ORDER
        case Standing.CANCELLED if LetterKind.CANCELLATION.value not in made and not appointment.cancelled_by_visitor:
            yield LetterKind.CANCELLATION
        case Standing.DID_NOT_ATTEND if LetterKind.MISSED.value not in made:
            yield LetterKind.MISSED


def _letter_of_time(appointment: Appointment, facts: Sequence[Recorded]) -> LetterKind | None:
    """The letter that says when it is; None when the last one still tells the truth."""
    told_at, tells_truth = told_time(facts)
    if tells_truth:
        return None
    if appointment.kind is Kind.HOME_VISIT:
        return LetterKind.HOME_VISIT
    return LetterKind.CONFIRMATION if told_at is None else LetterKind.NEW_TIME
