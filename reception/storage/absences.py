"""When officers are not to be booked."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.book import AbsenceRow
from reception.domain.booked import AbsenceKind
from reception.storage import occupying
from reception.storage import schema as t
from reception.storage.journal import absence_removed_by

_MEETING = sa.select(sa.func.count()).where(
    t.occupation.c.office_id == sa.bindparam("office_id"),
    t.occupation.c.resource == sa.bindparam("number"),
    t.occupation.c.ends > sa.bindparam("from"),
    t.occupation.c.starts < sa.bindparam("until"),
    t.occupation.c.appointment_id.is_not(None),
)
_ABSENCE = sa.select(
    t.absence.c.id, t.absence.c.officer_id, t.absence.c.kind, t.absence.c.starts, t.absence.c.ends
).where(t.absence.c.office_id == sa.bindparam("office_id"), t.absence.c.id == sa.bindparam("absence_id"))


class StoredAbsences:
    """The absences of one office within one transaction."""

    def __init__(self, connection: Connection, office_id: str) -> None:
        self._connection = connection
        self._office_id = office_id

    def load(self, absence_id: str) -> AbsenceRow | None:
        asked = {"office_id": self._office_id, "absence_id": absence_id}
        row = self._connection.execute(_ABSENCE, asked).first()
        return None if row is None else AbsenceRow(row.id, row.officer_id, AbsenceKind(row.kind), row.starts, row.ends)

    def removed_by(self, command_id: str) -> AbsenceRow | None:
        fact = absence_removed_by(self._connection, command_id)
        if fact is None or not fact.officer_id:
            return None
        return AbsenceRow(fact.absence_id, fact.officer_id, fact.kind, fact.starts, fact.ends)

    def appointments_met(self, officer_id: str, starts: Instant, ends: Instant) -> int:
        number = occupying.number_of(self._connection, officer_id)
        asked = {"office_id": self._office_id, "number": number, "from": starts, "until": ends}
        return int(self._connection.execute(_MEETING, asked).scalar_one())

    def enter(self, absence: AbsenceRow) -> None:
        self._connection.execute(
            t.absence.insert().values(
                id=absence.id,
                office_id=self._office_id,
                officer_id=absence.officer_id,
                kind=absence.kind.value,
                starts=absence.starts,
                ends=absence.ends,
            )
        )

    def remove(self, absence_id: str) -> None:
        self._connection.execute(
            sa.delete(t.absence).where(t.absence.c.office_id == self._office_id, t.absence.c.id == absence_id)
        )
