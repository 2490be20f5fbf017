"""A desk's view, read in one transaction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, Millis, local_date, midnight_after
from reception.domain import queueing
from reception.domain.columns import Column
from reception.domain.desk_view import Awaited, DeskView, Undoable
from reception.domain.office import Office
from reception.domain.visit_states import State, Why
from reception.services.ports import STANDS
from reception.services.queries import Desk
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.codec import plain_row
from reception.storage.database import Database
from reception.storage.next_with import next_with
from reception.storage.queries.asked import questions_of
from reception.storage.queries.beside import asides_of, counter_rows
from reception.storage.queries.cards import card_of
from reception.storage.queries.names import Names, record_of
from reception.storage.queries.waiting import queue_of
from reception.storage.sayings import help_calls

CLOCK_SLACK: Millis = 2_000
"""A clock that stands this little behind the last fact has not gone back: two machines never agree exactly."""
_OPEN_VISITS = (
    sa.select(
        t.visit.c.id,
        t.visit.c.number,
        t.visit.c.service_id,
        t.visit.c.leg,
        t.visit.c.booked_for,
        t.visit.c.arrived_at,
        t.visit.c.since,
        t.visit.c.seen_target,
        t.visit.c.order_target,
        t.visit.c.running,
        t.visit.c.stepped_out,
        t.visit.c.overtaken,
        t.visit.c.see_first,
        t.visit.c.named_officer_id,
        t.visit.c.party_size,
        t.visit.c.state,
        t.visit.c.counter_id,
        t.visit.c.held_at,
        t.visit.c.own_request,
        t.visit.c.version,
        t.visit.c.ready,
        t.visit.c.room_id,
        t.visit.c.appointment_id,
        t.visit.c.told_at,
        t.visit.c.also,
        t.visit.c.reinstated,
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
_OTHER = t.visit.alias("other")
_LINKED = (
    sa.select(t.visit_link.c.visit_id)
    .join(t.visit, t.visit.c.id == t.visit_link.c.visit_id)
    .join(_OTHER, _OTHER.c.id == t.visit_link.c.other_id)
    .where(t.visit.c.office_id == sa.bindparam("office_id"), t.IS_OPEN, ~_OTHER.c.voided)
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
_UNDOABLE = (
    sa.select(t.command.c.id, t.command.c.kind, t.command.c.number, t.command.c.at)
    .where(
        t.command.c.office_id == sa.bindparam("office_id"),
        t.command.c.station == sa.bindparam("station"),
        t.command.c.at >= sa.bindparam("since"),
        t.IS_UNDOABLE,
        # Whoever signs in next at this station takes back nothing that the one before has done.
        sa.exists().where(
            t.journal.c.command_id == t.command.c.id, t.journal.c.officer_id == sa.bindparam("officer_id")
        ),
    )
    .order_by(t.command.c.at.desc())
    .limit(1)
)
PRINT_ABANDONED_AFTER = 2 * MINUTE
"""A paper still under way after this was left by a program that was killed."""
_UNPRINTED = (
    sa.select(t.visit.c.number, t.print_job.c.state, t.print_job.c.changed_at)
    .join(t.print_job, t.print_job.c.visit_id == t.visit.c.id)
    .where(
        t.print_job.c.station == sa.bindparam("station"),
        t.IS_UNPRINTED,
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.visit.c.local_day == sa.bindparam("day"),
    )
    .order_by(t.print_job.c.ordered_at)
)


def desk_view(database: Database, query: Desk) -> DeskView:
    """Everything that one desk shows."""
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        office = record.office
        names = Names(connection, office)
        key = {"office_id": office.id}
        rows = [_OpenVisit._make(row) for row in connection.execute(_OPEN_VISITS, key).all()]
        times = {visit_id: (called, started) for visit_id, called, started in connection.execute(_LEG_TIMES, key)}
        linked = set(connection.execute(_LINKED, key).scalars())
        at_work = {each.counter_id: each for each in day_to_day.counters_at_work(connection, office.id)}
        at = at_work.get(query.counter_id)
        settings = database.rule_settings(connection, record)
        waiting = [row for row in rows if row.state == State.WAITING]
        others = [row for row in rows if row.state != State.WAITING]
        queue, ranked = queue_of(connection, waiting, record, settings, now, names, linked, at, database.queues)
        totals = _totals(connection, office, now)
        present_id = next(
            (
                row.id
                for row in others
                if query.counter_id
                and row.counter_id == query.counter_id
                and row.state in (State.CALLED, State.SERVING)
            ),
            None,
        )
        officer = office.officer(at.officer_id) if at else None
        entries = [each.entry for each in ranked]
        unprinted, abandoned_at = _unprinted(connection, office, query.station, now)
        reordered_at = queueing.order_valid_until(entries, now, settings)
        mine = [each for row, each in zip(queue, ranked, strict=True) if row.mine]
        coming = queueing.whom_to_call(mine, officer.id, now) if officer else None
        after = next_with(connection, office, officer.id, now) if officer else None
        asks = after is not None and coming is not None and queueing.gives_way(coming.entry) and after.is_awaited(now)
        due_at = queueing.due_changes_at(entries, after, now)
        # At the latest until midnight: then the day closes, and its figures begin anew.
        midnight = midnight_after(local_date(now, office.zone), office.zone)
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
            order_valid_until=min(at for at in (reordered_at, due_at, abandoned_at, midnight) if at is not None),
            first_past_promise=next((place for place, each in enumerate(ranked) if each.why is Why.PAST_PROMISE), None),
            next_for_me=coming.entry.visit_id if coming else None,
            next_why=coming.why if coming else None,
            awaited=Awaited(names(after.service_id), after.starts_at) if after is not None and asks else None,
            present=card_of(connection, record, names, present_id, now) if present_id else None,
            counters=counter_rows(office, others, times, at_work, names),
            asides=asides_of(connection, key, others, times, names, query.counter_id),
            seen_today=totals[0],
            judged_today=totals[1],
            within_today=totals[2],
            longest_wait_since=min((row.since + row.stepped_out for row in waiting), default=None),
            evacuated_at=day_to_day.evacuated_at(connection, office.id),
            undoable=_undoable(connection, office, query.station, officer.id, now) if officer else None,
            clock_went_back=back if (back := head.last_at - now) > CLOCK_SLACK else 0,
            unprinted=unprinted,
            questions=questions_of(connection, office),
            help_calls=help_calls(connection, office.id, now),
        )


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


def _unprinted(
    connection: Connection, office: Office, station: str, now: Instant
) -> tuple[tuple[str, ...], Instant | None]:
    """What did not come out at this station; and when the next of those under way counts as such."""
    asked = {"office_id": office.id, "station": station, "day": local_date(now, office.zone).isoformat()}
    numbers, moments = [], []
    for number, state, changed_at in connection.execute(_UNPRINTED, asked):
        abandoned_at = changed_at + PRINT_ABANDONED_AFTER
        if state == "failed" or abandoned_at <= now:
            numbers.append(number)
        else:
            moments.append(abandoned_at)
    return tuple(numbers), min(moments, default=None)


def _undoable(connection: Connection, office: Office, station: str, officer_id: str, now: Instant) -> Undoable | None:
    window = office.undo_minutes * MINUTE
    asked = {"office_id": office.id, "station": station, "officer_id": officer_id, "since": now - window}
    row = connection.execute(_UNDOABLE, asked).first()
    if row is None or row.kind in STANDS:
        return None
    return Undoable(row.id, row.kind, row.number, row.at, row.at + window)
