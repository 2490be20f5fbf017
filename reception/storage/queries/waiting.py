"""The queue as a desk lists it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain import queueing
from reception.domain.clocks import judged_wait
from reception.domain.desk_view import QueueRow
from reception.domain.folding import visit_from
from reception.domain.queueing import Ranked, RuleSettings
from reception.services.office_ports import AtCounter
from reception.storage.folded import folded_visits
from reception.storage.journal import facts_of, planning
from reception.storage.offices import OfficeRecord
from reception.storage.queries.names import Names
from reception.storage.remembered import Made, RememberedQueues
from reception.storage.room_waiting import waiting_for_room
from reception.storage.visit_rows import entry_from, person_from


def queue_of(
    connection: Connection,
    waiting: Sequence[Any],
    record: OfficeRecord,
    settings: RuleSettings,
    now: Instant,
    names: Names,
    linked: set[str],
    at: AtCounter | None,
    remembered: RememberedQueues,
) -> tuple[tuple[QueueRow, ...], list[Ranked]]:
    """The rows in the order of calling, and the same as the rule ranked them."""
    office = record.office
    priorities = {service.id: service.priority for service in office.services}
    before = remembered.of(record)
    as_before: dict[str, Made] = {}
    by_id = {row.id: row for row in waiting}
    entries = []
    for visit_id, row in by_id.items():
        made = before.get(visit_id)
        if made is not None and made.read == row:
            as_before[visit_id] = made
            entries.append(made.entry)
        else:
            entries.append(entry_from(row, priorities.get(row.service_id, 0)))
    ranked = queueing.RULES[record.rule](entries, now, settings)
    officer = office.officer(at.officer_id) if at else None
    counter = office.counter(at.counter_id) if at else None
    changed = [row.id for row in waiting if row.id not in before or before[row.id].read != row]
    planned = _planned(connection, changed, names)
    judged = {
        visit_id: judged_wait(visit)
        for visit_id, visit in folded_visits(
            connection, (each for each in changed if by_id[each].leg == 1 and by_id[each].reinstated)
        ).items()
    }
    roomless = waiting_for_room(connection, office)
    after: dict[str, Made] = {}
    for each in ranked:
        entry, why, visit_id = each.entry, each.why, each.entry.visit_id
        is_ready = entry.ready and visit_id not in roomless
        mine = bool(officer and counter and is_ready and queueing.may_serve(entry, officer, counter))
        is_linked = visit_id in linked
        made = as_before.get(visit_id)
        if made is None or (made.row.why, made.row.mine, made.row.linked) != (why, mine, is_linked):
            row = by_id[visit_id]
            shown = QueueRow(
                visit_id=visit_id,
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
                why=why,
                see_first=row.see_first,
                named_officer=names(row.named_officer_id),
                mine=mine,
                linked=is_linked,
                then_services=made.row.then_services if made and made.read == row else planned.get(visit_id, ()),
                room=names(row.room_id),
                waits_for_interpreter=not row.ready,
                appointment_id=row.appointment_id or "",
                told_at=row.told_at,
                also=row.also,
                judged=made.row.judged if made and made.read == row else judged.get(visit_id),
            )
            made = Made(row, entry, shown)
        after[visit_id] = made
    remembered.keep(record, after)
    return tuple(made.row for made in after.values()), ranked


def _planned(connection: Connection, visit_ids: Sequence[str], names: Names) -> dict[str, tuple[str, ...]]:
    """By visit, the names of the services after the present one. Few visits are for several, so only theirs are folded.

    Their facts alone say what is left of a plan. Every fact makes another version of a visit's row, so what was found
    holds as long as the row is the same.
    """
    return {
        visit_id: tuple(names(each) for each in visit_from(visit_id, facts_of(connection, visit_id)).then_services)
        for visit_id in planning(connection, visit_ids)
    }
