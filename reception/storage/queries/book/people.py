"""Officers and interpreters as of now: in, with someone, or away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.book import AbsenceRow, AppointmentRow, InterpreterRow, OfficerRow, OfficerState
from reception.domain.booked import Kind, Standing
from reception.domain.booking import Span
from reception.domain.office import Interpreter, Office, Officer
from reception.domain.snapshots import State
from reception.domain.working_hours import hours_of_interpreter, hours_of_officer, is_closed_day, meeting, spans_of
from reception.storage import offices
from reception.storage import schema as t
from reception.storage.queries.book.rooms import Taken

_BUSY = sa.select(
    t.visit.c.number, t.visit.c.state, t.visit.c.officer_id, t.visit.c.interpreter_id, t.visit.c.interpreter_here
).where(
    t.visit.c.office_id == sa.bindparam("office_id"),
    t.IS_OPEN,
    sa.or_(t.visit.c.officer_id.is_not(None), t.visit.c.interpreter_here),
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
    counters = {each.officer_id: each.counter_id for each in offices.counters_at_work(connection, office.id)}
    with_someone = {
        row.officer_id
        for row in connection.execute(_BUSY, {"office_id": office.id})
        if row.state in (State.CALLED, State.SERVING)
    }
    away = {each.officer_id: each.ends for each in absences}
    booked: dict[str, list[AppointmentRow]] = defaultdict(list)
    for row in appointments:
        booked[row.officer_id].append(row)
    today = local_date(now, office.zone)
    rows = []
    for officer in office.staff:
        counter = office.counter(counters.get(officer.id, ""))
        own = booked[officer.id]
        present = [row for row in own if row.starts <= now < row.ends]
        state, until = _state(office, officer, counter is not None, present, away.get(officer.id), now, today)
        if officer.id in with_someone and state is not OfficerState.AWAY:
            here = next((row.ends for row in present if row.seen_at is not None), None)
            state, until = OfficerState.WITH_SOMEONE, here
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


def _state(
    office: Office,
    officer: Officer,
    at_counter: bool,
    present: Sequence[AppointmentRow],
    absent_until: Instant | None,
    now: Instant,
    today: date,
) -> tuple[OfficerState, Instant | None]:
    """By the book: absences, home visits and telephone appointments of now, then the counter, then the hours."""
    if absent_until is not None:
        return OfficerState.AWAY, absent_until
    for row in present:
        if row.kind is Kind.HOME_VISIT and row.standing is Standing.BOOKED:
            return OfficerState.AWAY, row.ends
        if row.kind is Kind.TELEPHONE and row.standing is Standing.BOOKED:
            return OfficerState.WITH_SOMEONE, row.ends
    if at_counter:
        return OfficerState.IN, None
    pause = _at(now, spans_of(officer.breaks, today, office.zone))
    if pause is not None:
        return OfficerState.AWAY, pause.ends
    at_work = _at(now, spans_of(hours_of_officer(office, officer), today, office.zone))
    if at_work is None or is_closed_day(office, today):
        return OfficerState.AWAY, None
    return OfficerState.IN, None


def _at(now: Instant, spans: Sequence[Span]) -> Span | None:
    return meeting(Span(now, now + 1), spans)
