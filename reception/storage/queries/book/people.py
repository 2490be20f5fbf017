"""Officers and interpreters as of now: in, with someone, or away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date, midnight_before
from reception.domain.about_now import InterpreterRow, OfficerRow, OfficerState
from reception.domain.book import AbsenceRow, AppointmentRow
from reception.domain.booked import Kind, Standing
from reception.domain.booking import Span
from reception.domain.office import Interpreter, Office, Officer
from reception.domain.visit_states import State
from reception.domain.working_hours import hours_of_interpreter, hours_of_officer, is_closed_day, meeting, spans_of
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.queries.book.rooms import Taken

_BUSY = sa.select(
    t.visit.c.id,
    t.visit.c.number,
    t.visit.c.state,
    t.visit.c.officer_id,
    t.visit.c.interpreter_id,
    t.visit.c.interpreter_here,
).where(
    t.visit.c.office_id == sa.bindparam("office_id"),
    t.IS_OPEN,
    sa.or_(t.visit.c.officer_id.is_not(None), t.visit.c.interpreter_here),
)

_HAVE_SERVED = (
    sa.select(t.leg.c.officer_id)
    .where(
        t.leg.c.office_id == sa.bindparam("office_id"),
        t.leg.c.started_at >= sa.bindparam("midnight"),
        t.IS_CALLED_AND_STARTED,
    )
    .distinct()
)


def interpreter_rows(
    connection: Connection,
    office: Office,
    appointments: Sequence[AppointmentRow],
    taken: Mapping[str, Sequence[Taken]],
    now: Instant,
) -> tuple[InterpreterRow, ...]:
    numbers = {
        row.interpreter_id: row.number
        for row in connection.execute(_BUSY, {"office_id": office.id})
        if row.interpreter_id and row.interpreter_here
    }
    by_id = {row.id: row for row in appointments}
    today = local_date(now, office.zone)
    return tuple(
        _interpreter(office, each, by_id, taken.get(each.id, ()), numbers, now, today) for each in office.interpreters
    )


def _interpreter(
    office: Office,
    interpreter: Interpreter,
    by_id: Mapping[str, AppointmentRow],
    taken: Sequence[Taken],
    numbers: Mapping[str, str],
    now: Instant,
    today: date,
) -> InterpreterRow:
    """A line is with nobody: it takes any number of calls."""
    present = next((each for each in taken if each.starts <= now), None)
    coming = next((each for each in taken if each.starts > now), None)
    number = "" if interpreter.is_line else numbers.get(interpreter.id, "")
    if not number and present is not None and present.appointment_id in by_id:
        row = by_id[present.appointment_id]
        number = row.number or row.reference
    working = spans_of(hours_of_interpreter(office, interpreter), today, office.zone)
    return InterpreterRow(
        id=interpreter.id,
        name=interpreter.name,
        languages=interpreter.languages,
        modes=interpreter.modes,
        is_line=interpreter.is_line,
        telephone=interpreter.telephone,
        code=interpreter.code,
        with_number=number,
        free_until=coming.starts if coming else None,
        works_now=_at(now, working) is not None and not is_closed_day(office, today),
        next_appointment_id=coming.appointment_id if coming else "",
    )


def officer_rows(
    connection: Connection,
    office: Office,
    appointments: Sequence[AppointmentRow],
    absences: Sequence[AbsenceRow],
    now: Instant,
) -> tuple[OfficerRow, ...]:
    today = local_date(now, office.zone)
    asked = {"office_id": office.id, "midnight": midnight_before(today, office.zone)}
    counters = {each.officer_id: each.counter_id for each in day_to_day.counters_at_work(connection, office.id)}
    visits = {
        row.officer_id: row.id
        for row in connection.execute(_BUSY, {"office_id": office.id})
        if row.state in (State.CALLED, State.SERVING)
    }
    have_served = set(connection.execute(_HAVE_SERVED, asked).scalars())
    away = {each.officer_id: each.ends for each in absences}
    booked: dict[str, list[AppointmentRow]] = defaultdict(list)
    for row in appointments:
        booked[row.officer_id].append(row)
    rows = []
    for officer in office.staff:
        counter = office.counter(counters.get(officer.id, ""))
        own = booked[officer.id]
        known = _Known(
            counter is not None, visits.get(officer.id, ""), officer.id in have_served, own, away.get(officer.id)
        )
        state, until = _state(office, officer, known, now, today)
        rows.append(
            OfficerRow(
                id=officer.id,
                name=officer.name,
                title=officer.title,
                state=state,
                counter=counter.name if counter else "",
                telephone=officer.telephone,
                until=until,
                next_at=next((row.starts for row in own if row.starts > now and row.standing is Standing.BOOKED), None),
            )
        )
    return tuple(rows)


class _Known(Struct, frozen=True):
    """What there is to tell by where an officer is. `visit_id`: of whom they have called or are serving."""

    at_counter: bool
    visit_id: str
    has_served: bool
    """Somebody, today."""
    own: Sequence[AppointmentRow]
    absent_until: Instant | None


def _state(
    office: Office, officer: Officer, known: _Known, now: Instant, today: date
) -> tuple[OfficerState, Instant | None]:
    """What is seen at a counter comes before what the book says, and that before the working hours.

    Whoever is at no counter is in on the strength of their hours alone: nobody signs in at a desk of their own. But
    who has served somebody today and has left the counter since is not to be had.
    """
    if known.visit_id:
        ends = next((row.ends for row in known.own if row.visit_id == known.visit_id), None)
        return OfficerState.WITH_SOMEONE, ends if ends is not None and ends > now else None
    if known.absent_until is not None:
        return OfficerState.AWAY, known.absent_until
    for row in known.own:
        if row.starts <= now < row.ends and row.standing is Standing.BOOKED and row.kind is not Kind.OFFICE:
            return OfficerState.AWAY if row.kind is Kind.HOME_VISIT else OfficerState.WITH_SOMEONE, row.ends
    if known.at_counter:
        return OfficerState.IN, None
    pause = _at(now, spans_of(officer.breaks, today, office.zone))
    if pause is not None:
        return OfficerState.AWAY, pause.ends
    at_work = _at(now, spans_of(hours_of_officer(office, officer), today, office.zone))
    if at_work is None or is_closed_day(office, today) or known.has_served:
        return OfficerState.AWAY, None
    return OfficerState.IN, None


def _at(now: Instant, spans: Sequence[Span]) -> Span | None:
    return meeting(Span(now, now + 1), spans)
