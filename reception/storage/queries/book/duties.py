"""The delays that visitors are to be told of, worked out from the queue as it stands."""

from __future__ import annotations

from typing import Any

from reception.domain.booked import SafeContact
from reception.domain.delays import Delay, to_tell
from reception.domain.duties import Duty
from reception.services.appointment_queries import Duties
from reception.storage.appointment_rows import safe_from
from reception.storage.database import Database
from reception.storage.queries.book.scene import read_scene, scene_of
from reception.storage.queries.names import Names, record_of


def duties(database: Database, query: Duties) -> tuple[Duty, ...]:
    """Most urgent first."""
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        read = read_scene(connection, record, now)
        names = Names(connection, record.office)
        visits = {row.id: row for row in read.visits}
        ahead = {row.id: row for row in read.ahead}
        delays = to_tell(scene_of(read, database.rule_settings(connection, record)))
        return tuple(
            _duty(delay, visits.get(delay.visit_id), ahead.get(delay.appointment_id), names)
            for delay in delays
            if not _is_a_guess(delay)
        )


def _is_a_guess(delay: Delay) -> bool:
    """Nobody is rung up only because no counter is open yet."""
    return delay.is_guess and not delay.visit_id


def _duty(delay: Delay, visit: Any, coming: Any, names: Names) -> Duty:
    who = visit if visit is not None else coming
    by_telephone = visit is None
    safe = safe_from(coming.safe) if by_telephone else frozenset()
    return Duty(
        kind=delay.kind,
        visit_id=delay.visit_id,
        appointment_id=delay.appointment_id,
        number=coming.reference if by_telephone else visit.number,
        name=who.name,
        service=names(who.service_id),
        is_lost=delay.is_lost,
        promised_at=delay.promised_at,
        expected_at=delay.expected_at,
        telephone=coming.telephone if by_telephone else "",
        leave_no_message=SafeContact.LEAVE_NO_MESSAGE in safe,
        last_told_at=delay.last_told_at,
        since=delay.since,
    )
