"""The queue as a desk lists it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reception.clock import Instant
from reception.domain import queueing
from reception.domain.queueing import Ranked, RuleSettings
from reception.domain.snapshots import (
    QueueRow,
)
from reception.services.ports import AtCounter
from reception.storage.offices import OfficeRecord
from reception.storage.queries.names import Names
from reception.storage.visits import entry_from, person_from


def queue_of(
    waiting: Sequence[Any],
    record: OfficeRecord,
    settings: RuleSettings,
    now: Instant,
    names: Names,
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
