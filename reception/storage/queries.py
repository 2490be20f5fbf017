"""What screens and paper are made from, read in one transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, Millis, local_date
from reception.domain import queueing
from reception.domain.clocks import promise_wait
from reception.domain.columns import Column
from reception.domain.folding import visit_from
from reception.domain.office import Office
from reception.domain.queueing import Ranked, RuleSettings
from reception.domain.snapshots import (
    Aside,
    CounterRow,
    DeskView,
    End,
    ExpectedWait,
    Need,
    QueueRow,
    SlipSnapshot,
    State,
    TicketSnapshot,
    Undoable,
    VisitCard,
    Why,
)
from reception.domain.standards import PRESETS
from reception.domain.visit import Visit
from reception.errors import Code, Refusal
from reception.services.ports import AtCounter, VisitFigures
from reception.services.queries import Desk, Search
from reception.storage import offices
from reception.storage import schema as t
from reception.storage.codec import plain_row
from reception.storage.journal import Head, facts_of
from reception.storage.offices import OfficeRecord
from reception.storage.unit_of_work import Database
from reception.storage.visits import entry_from, person_from

RECENT_SERVICES = 30
SEARCH_LIMIT = 50
CLOCK_SLACK: Millis = 2_000
"""A clock that stands this little behind the last fact has not gone back: two machines never agree exactly."""

_OPEN_VISITS = (
    sa.select(
        t.visit,
        t.visitor.c.name,
        t.visitor.c.spoken,
        t.visitor.c.written,
        t.visitor.c.needs,
        t.visitor.c.note,
    )
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_OPEN)
    .order_by(t.visit.c.arrived_at, t.visit.c.running)
)
_OpenVisit = plain_row(_OPEN_VISITS)
_TO_FOLLOW = (
    sa.select(
        t.visit.c.id,
        t.visit.c.number,
        t.visit.c.service_id,
        t.visit.c.ended_at,
        t.visit.c.due,
        t.visit.c.owner_id,
        t.visitor.c.name,
    )
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.IS_TO_FOLLOW,
        ~t.visit.c.voided,
    )
    .order_by(t.visit.c.due, t.visit.c.ended_at)
)
_LINKED = (
    sa.select(t.visit_link.c.visit_id)
    .join(t.visit, t.visit.c.id == t.visit_link.c.visit_id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_OPEN)
)
_LEG_TIMES = (
    sa.select(t.leg.c.visit_id, t.leg.c.called_at, t.leg.c.started_at)
    .join(t.visit, sa.and_(t.visit.c.id == t.leg.c.visit_id, t.visit.c.leg == t.leg.c.number))
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.visit.c.state.in_([State.CALLED.value, State.SERVING.value, State.ON_HOLD.value]),
        t.IS_OPEN,
    )
)
_TODAY = (
    sa.select(
        t.visit.c.outcome,
        sa.func.count().label("visits"),
        sa.func.count(t.visit.c.seen_target).label("promised"),
        sa.func.sum(sa.case((t.visit.c.promise_wait <= t.visit.c.seen_target, 1), else_=0)).label("within"),
    )
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.visit.c.local_day == sa.bindparam("day"),
        ~t.visit.c.voided,
    )
    .group_by(t.visit.c.outcome)
)
_FOUND_BY = (
    sa.select(t.visit.c.id, t.visit.c.number, t.visit.c.code, t.visit.c.arrived_at, t.visitor.c.name)
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"))
)
_OF_THE_DAY = t.visit.c.local_day == sa.bindparam("day")
# Two halves, since each has an index of its own, and the two together have none.
_SEARCHED = sa.union_all(_FOUND_BY.where(_OF_THE_DAY), _FOUND_BY.where(t.IS_TO_FOLLOW, ~_OF_THE_DAY)).order_by(
    sa.desc("arrived_at")
)
_AHEAD = (
    sa.select(sa.func.count())
    .select_from(t.visit)
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.IS_WAITING,
        t.visit.c.arrived_at <= sa.bindparam("arrived_at"),
        t.visit.c.id != sa.bindparam("visit_id"),
    )
)
_UNDOABLE = (
    sa.select(t.command.c.id, t.command.c.kind, t.command.c.number, t.command.c.at)
    .where(
        t.command.c.office_id == sa.bindparam("office_id"),
        t.command.c.station == sa.bindparam("station"),
        t.command.c.at >= sa.bindparam("since"),
        t.IS_UNDOABLE,
    )
    .order_by(t.command.c.at.desc())
    .limit(1)
)
_UNPRINTED = (
    sa.select(t.visit.c.number)
    .join(t.print_job, t.print_job.c.visit_id == t.visit.c.id)
    .where(
        t.print_job.c.station == sa.bindparam("station"),
        t.print_job.c.state == "failed",
        t.IS_UNPRINTED,
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.visit.c.local_day == sa.bindparam("day"),
    )
    .order_by(t.print_job.c.ordered_at)
)
_RECENT_SERVICES = (
    sa.select((t.leg.c.ended_at - t.leg.c.started_at).label("taken"))
    .where(
        t.leg.c.office_id == sa.bindparam("office_id"),
        t.leg.c.started_at.is_not(None),
        t.leg.c.ended_at.is_not(None),
    )
    .order_by(t.leg.c.started_at.desc())
    .limit(RECENT_SERVICES)
)


def record_of(database: Database, connection: Connection, head: Head, office_id: str) -> OfficeRecord:
    """The office's settings; refuses NO_OFFICE."""
    try:
        return database.all_offices(connection, head.settings_version)[office_id]
    except KeyError:
        raise Refusal(Code.NO_OFFICE, "That office is not set up here.", "Set it up first.") from None


class _Names:
    """Names of an office's services, staff and counters, retired ones too, by id."""

    def __init__(self, connection: Connection, office: Office) -> None:
        self._connection = connection
        self._known: dict[str, str] = {
            **{service.id: service.name for service in office.services},
            **{officer.id: officer.name for officer in office.staff},
            **{counter.id: counter.name for counter in office.counters},
        }

    def __call__(self, some_id: str | None) -> str:
        if not some_id:
            return ""
        if some_id not in self._known:
            for table in (t.service, t.staff, t.counter):
                name = self._connection.execute(sa.select(table.c.name).where(table.c.id == some_id)).scalar()
                if name is not None:
                    self._known[some_id] = name
                    break
        return self._known.get(some_id, "")


def desk_view(database: Database, query: Desk) -> DeskView:
    """Everything that one desk shows."""
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        office = record.office
        names = _Names(connection, office)
        key = {"office_id": office.id}
        rows = [_OpenVisit._make(row) for row in connection.execute(_OPEN_VISITS, key).all()]
        times = {visit_id: (called, started) for visit_id, called, started in connection.execute(_LEG_TIMES, key)}
        linked = set(connection.execute(_LINKED, key).scalars())
        at_work = {each.counter_id: each for each in offices.counters_at_work(connection, office.id)}
        settings = database.rule_settings(connection, record)
        waiting = [row for row in rows if row.state == State.WAITING.value]
        queue, ranked = _queue(waiting, record, settings, now, names, linked, at_work.get(query.counter_id))
        totals = _totals(connection, office, now)
        present_id = next(
            (
                row.id
                for row in rows
                if query.counter_id
                and row.counter_id == query.counter_id
                and row.state in (State.CALLED.value, State.SERVING.value)
            ),
            None,
        )
        at = at_work.get(query.counter_id)
        officer = office.officer(at.officer_id) if at else None
        entries = [each.entry for each in ranked]
        return DeskView(
            now=now,
            sequence=head.sequence,
            office=office,
            counter_id=query.counter_id,
            counter_name=names(query.counter_id),
            officer_id=officer.id if officer else "",
            officer_name=officer.name if officer else "",
            role=officer.role if officer else None,
            queue=queue,
            order_valid_until=queueing.order_valid_until(entries, now, settings),
            first_past_promise=next((place for place, each in enumerate(ranked) if each.why is Why.PAST_PROMISE), None),
            next_for_me=next(
                (
                    row.visit_id
                    for row, each in zip(queue, ranked, strict=True)
                    if row.mine and queueing.is_due(each.entry, now)
                ),
                None,
            )
            if officer
            else None,
            present=_card(connection, record, names, present_id, now) if present_id else None,
            counters=_counter_rows(office, rows, times, at_work, names),
            asides=_asides(connection, key, rows, times, names, query.counter_id),
            seen_today=totals[0],
            judged_today=totals[1],
            within_today=totals[2],
            longest_wait_since=min((row.since + row.stepped_out for row in waiting), default=None),
            evacuated_at=offices.evacuated_at(connection, office.id),
            undoable=_undoable(connection, office, query.station, now),
            clock_went_back=back if (back := head.last_at - now) > CLOCK_SLACK else 0,
            unprinted=tuple(
                connection.execute(
                    _UNPRINTED,
                    {**key, "station": query.station, "day": local_date(now, office.zone).isoformat()},
                ).scalars()
            ),
        )


def _queue(
    waiting: Sequence[Any],
    record: OfficeRecord,
    settings: RuleSettings,
    now: Instant,
    names: _Names,
    linked: set[str],
    at: AtCounter | None,
) -> tuple[tuple[QueueRow, ...], list[Ranked]]:
    office = record.office
    priorities = {service.id: service.priority for service in office.services}
    by_id = {row.id: row for row in waiting}
    entries = [entry_from(row, priorities) for row in waiting]
    ranked = queueing.RULES[record.rule](entries, now, settings)
    officer = office.officer(at.officer_id) if at else None
    counter = office.counter(at.counter_id) if at else None
    rows = []
    for each in ranked:
        entry, row = each.entry, by_id[each.entry.visit_id]
        rows.append(
            QueueRow(
                visit_id=entry.visit_id,
                number=row.number,
                service=names(row.service_id),
                person=person_from(row),
                party_size=row.party_size,
                arrived_at=row.arrived_at,
                since=row.since,
                leg=row.leg,
                booked_for=row.booked_for,
                target=row.seen_target,
                ordering_target=row.order_target,
                deadline=entry.deadline,
                guard_at=settings.guard_at(entry),
                stepped_out=row.stepped_out,
                why=each.why,
                see_first=row.see_first,
                named_officer=names(row.named_officer_id),
                mine=bool(officer and counter and queueing.may_serve(entry, officer, counter)),
                linked=row.id in linked,
            )
        )
    return tuple(rows), ranked


def _totals(connection: Connection, office: Office, now: Instant) -> tuple[int, int, int]:
    """Seen today; with a settled promise today; of these seen within it."""
    day = local_date(now, office.zone).isoformat()
    seen = judged = within = 0
    for row in connection.execute(_TODAY, {"office_id": office.id, "day": day}):
        if row.outcome == Column.SEEN.value:
            seen += row.visits
            judged += row.promised
            within += int(row.within)
        elif row.outcome.endswith("_after"):
            judged += row.promised
    return seen, judged, within


def _counter_rows(
    office: Office, rows: Iterable[Any], times: dict[str, Any], at_work: dict[str, AtCounter], names: _Names
) -> tuple[CounterRow, ...]:
    present = {
        row.counter_id: row for row in rows if row.state in (State.CALLED.value, State.SERVING.value) and row.counter_id
    }
    result = []
    for counter in office.counters:
        at, row = at_work.get(counter.id), present.get(counter.id)
        called, started = times.get(row.id, (None, None)) if row is not None else (None, None)
        result.append(
            CounterRow(
                counter_id=counter.id,
                name=counter.name,
                officer_id=at.officer_id if at else "",
                officer=names(at.officer_id) if at else "",
                number=row.number if row is not None else "",
                service=names(row.service_id) if row is not None else "",
                state=State(row.state) if row is not None else None,
                since=started or called,
                party_size=row.party_size if row is not None else 1,
                step_free=row is not None and Need.STEP_FREE in person_from(row).needs,
            )
        )
    return tuple(result)


def _asides(
    connection: Connection,
    key: dict[str, str],
    rows: Iterable[Any],
    times: dict[str, Any],
    names: _Names,
    counter_id: str,
) -> tuple[Aside, ...]:
    result = []
    for row in rows:
        elsewhere = row.state == State.CALLED.value and row.counter_id != counter_id
        if row.state != State.ON_HOLD.value and not elsewhere:
            continue
        result.append(
            Aside(
                visit_id=row.id,
                number=row.number,
                service=names(row.service_id),
                name=row.name,
                state=State(row.state),
                end=None,
                own_request=row.own_request,
                since=row.held_at or times.get(row.id, (None, None))[0] or row.since,
                counter=names(row.counter_id),
                due=None,
                owner="",
                party_size=row.party_size,
                step_free=Need.STEP_FREE in person_from(row).needs,
            )
        )
    result.extend(
        Aside(
            visit_id=row.id,
            number=row.number,
            service=names(row.service_id),
            name=row.name,
            state=State.ENDED,
            end=End.TO_FOLLOW,
            own_request=False,
            since=row.ended_at,
            counter="",
            due=date.fromisoformat(row.due),
            owner=names(row.owner_id),
        )
        for row in connection.execute(_TO_FOLLOW, key)
    )
    return tuple(result)


def _undoable(connection: Connection, office: Office, station: str, now: Instant) -> Undoable | None:
    window = office.undo_minutes * MINUTE
    row = connection.execute(_UNDOABLE, {"office_id": office.id, "station": station, "since": now - window}).first()
    return None if row is None else Undoable(row.id, row.kind, row.number, row.at, row.at + window)


def one_visit(database: Database, visit_id: str) -> VisitCard:
    with database.read() as (connection, head, now):
        office_id = connection.execute(sa.select(t.visit.c.office_id).where(t.visit.c.id == visit_id)).scalar()
        if office_id is None:
            raise Refusal(Code.UNKNOWN_VISIT, "That visit is not known here.", "Find it by its number.")
        record = record_of(database, connection, head, office_id)
        return _card(connection, record, _Names(connection, record.office), visit_id, now)


def visit_by_code(database: Database, office_id: str, code: str) -> VisitCard | None:
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, office_id)
        visit_id = connection.execute(
            sa.select(t.visit.c.id).where(t.visit.c.code == code.strip().upper(), t.visit.c.office_id == office_id)
        ).scalar()
        if visit_id is None:
            return None
        return _card(connection, record, _Names(connection, record.office), visit_id, now)


def search(database: Database, query: Search) -> tuple[VisitCard, ...]:
    """Visits by number or part of a name: today's, and those of any day for which an answer is to follow.

    Names are compared folded (any case, any script), which the engines do differently, so here.
    """
    wanted = query.text.strip().casefold()
    if not wanted:
        return ()
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        day = local_date(now, record.office.zone).isoformat()
        rows = connection.execute(_SEARCHED, {"office_id": query.office_id, "day": day})
        found = [
            row.id
            for row in rows
            if wanted == row.number.casefold()
            or wanted == row.code.casefold()
            or row.number.casefold().startswith(wanted)
            or wanted in row.name.casefold()
        ]
        names = _Names(connection, record.office)
        return tuple(_card(connection, record, names, visit_id, now) for visit_id in found[:SEARCH_LIMIT])


def _card(connection: Connection, record: OfficeRecord, names: _Names, visit_id: str, now: Instant) -> VisitCard:
    visit = visit_from(visit_id, facts_of(connection, visit_id))
    person = person_from(connection.execute(sa.select(t.visitor).where(t.visitor.c.visit_id == visit_id)).one())
    linked = connection.execute(
        sa.select(t.visit.c.number)
        .join(t.visit_link, t.visit_link.c.other_id == t.visit.c.id)
        .where(t.visit_link.c.visit_id == visit_id, ~t.visit.c.voided)
        .order_by(t.visit.c.arrived_at)
    ).scalars()
    leg = visit.leg
    return VisitCard(
        visit_id=visit.id,
        number=visit.number,
        code=visit.code,
        state=visit.state,
        end=visit.end,
        service_id=leg.service_id,
        service=names(leg.service_id),
        person=person,
        party_size=visit.party_size,
        arrived_at=visit.arrived_at,
        since=leg.since,
        leg=len(visit.legs),
        target=visit.promise.seen,
        resolved_target=visit.promise.resolved,
        first_wait=promise_wait(visit, now) if visit.is_seen else None,
        waited=visit.waited(now),
        called_at=leg.called_at,
        calls=leg.calls,
        started_at=leg.started_at,
        held_at=visit.hold.since if visit.hold else None,
        own_request=bool(visit.hold and visit.hold.own_request),
        held_from_service=bool(visit.hold and visit.hold.from_service),
        ended_at=visit.ended_at,
        counter=names(visit.counter_id or leg.counter_id),
        officer=names(visit.officer_id or leg.officer_id or leg.named_officer_id),
        specialist=visit.exempt,
        see_first=visit.see_first,
        then_services=tuple(names(each) for each in visit.then_services),
        due=visit.due,
        owner=names(visit.owner_id),
        done_at=visit.done_at,
        voided=visit.voided,
        reinstated=visit.reinstated > 0,
        linked_numbers=tuple(linked),
        total_wait=_total_wait(visit, now),
    )


def _total_wait(visit: Visit, now: Instant) -> Millis:
    return sum(leg.waited(now if visit.is_open else visit.last_at) for leg in visit.legs)


def paper_of(database: Database, visit_id: str, reprint: bool) -> tuple[TicketSnapshot, SlipSnapshot | None]:
    """What the ticket of a visit says, and its slip if it ended with one."""
    with database.read() as (connection, head, now):
        office_id = connection.execute(sa.select(t.visit.c.office_id).where(t.visit.c.id == visit_id)).scalar_one()
        record = record_of(database, connection, head, office_id)
        office = record.office
        names = _Names(connection, office)
        visit = visit_from(visit_id, facts_of(connection, visit_id))
        first_service = names(visit.legs[0].service_id)
        ticket = TicketSnapshot(
            council=office.council,
            office=office.name,
            number=visit.number,
            service=first_service,
            taken_at=visit.arrived_at,
            timezone=office.timezone,
            wait=_expected_wait(database, connection, record, visit, now),
            place=office.place,
            code=visit.code,
            voided=visit.voided,
            reprint=reprint,
        )
        if visit.slip is None:
            return ticket, None
        owner = office.officer(visit.owner_id)
        preset = PRESETS.get(record.standard_of(visit.local_day).name)
        return ticket, SlipSnapshot(
            council=office.council,
            office=office.name,
            number=visit.number,
            service=names(visit.signposted_service_id if visit.slip is End.SIGNPOSTED else visit.leg.service_id),
            printed_at=now,
            timezone=office.timezone,
            end=visit.slip,
            due=visit.due,
            owner=names(visit.owner_id),
            telephone=(owner.telephone if owner else "") or office.telephone,
            email=owner.email if owner else "",
            signpost_to=visit.signpost_to,
            code=visit.code,
            free_telephone=preset is not None and preset.free_telephone,
        )


def _expected_wait(
    database: Database, connection: Connection, record: OfficeRecord, visit: Visit, now: Instant
) -> ExpectedWait | None:
    """A range for a visit that waits for its first service; None for any other."""
    if visit.state is not State.WAITING or len(visit.legs) > 1:
        return None
    office = record.office
    ahead = connection.execute(
        _AHEAD, {"office_id": office.id, "arrived_at": visit.arrived_at, "visit_id": visit.id}
    ).scalar_one()
    serving = 0
    for at in offices.counters_at_work(connection, office.id):
        counter, officer = office.counter(at.counter_id), office.officer(at.officer_id)
        if counter is None or officer is None:
            continue
        if (not counter.services or visit.leg.service_id in counter.services) and (
            not officer.skills or visit.leg.service_id in officer.skills
        ):
            serving += 1
    recent = list(connection.execute(_RECENT_SERVICES, {"office_id": office.id}).scalars())
    usual = database.ordering.usual_service_minutes * MINUTE
    return queueing.expected_wait(ahead, serving, recent, usual)


def visit_figures(
    database: Database, office_id: str, first: date, last: date, without_evacuations: bool = False
) -> list[VisitFigures]:
    """The walk-ins that arrived from `first` to `last`, inclusive; voided tickets are no visits.

    `without_evacuations` leaves out days on which the building was evacuated.
    """
    evacuated = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == office_id)
    with database.read() as (connection, head, _now):
        record_of(database, connection, head, office_id)
        rows = connection.execute(
            sa.select(
                t.visit.c.local_day,
                t.visit.c.local_hour,
                t.service.c.name,
                t.visit.c.outcome,
                t.visit.c.promise_wait,
                t.visit.c.seen_target,
                t.visit.c.reinstated,
            )
            .join(t.service, t.service.c.id == t.visit.c.first_service_id)
            .where(
                t.visit.c.office_id == office_id,
                t.visit.c.local_day.between(first.isoformat(), last.isoformat()),
                ~t.visit.c.voided,
                t.visit.c.booked_for.is_(None),
                t.visit.c.local_day.not_in(evacuated) if without_evacuations else sa.true(),
            )
        ).all()
        return [
            VisitFigures(date.fromisoformat(day), hour, service, Column(outcome), wait, target, reinstated)
            for day, hour, service, outcome, wait, target, reinstated in rows
        ]
