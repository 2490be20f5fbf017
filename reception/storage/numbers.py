"""The numbers of tickets: a series for each office, local day and letter."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.storage import schema as t

_NEXT_NUMBER = (
    sa.update(t.series)
    .where(
        t.series.c.office_id == sa.bindparam("office"),
        t.series.c.local_day == sa.bindparam("day"),
        t.series.c.letter == sa.bindparam("first_letter"),
    )
    .values(last=t.series.c.last + 1)
    .returning(t.series.c.last)
)


class StoredNumbers:
    """The numbers of one office within one transaction."""

    def __init__(self, connection: Connection, office_id: str) -> None:
        self._connection = connection
        self._office_id = office_id

    def next(self, day: date, letter: str) -> int:
        key = {"office": self._office_id, "day": day.isoformat(), "first_letter": letter}
        last = self._connection.execute(_NEXT_NUMBER, key).scalar()
        if last is None:
            self._connection.execute(
                t.series.insert().values(office_id=self._office_id, local_day=day.isoformat(), letter=letter, last=1)
            )
            return 1
        return int(last)

    def is_taken(self, day: date, number: str) -> bool:
        found = sa.select(t.visit.c.id).where(
            t.visit.c.office_id == self._office_id, t.visit.c.local_day == day.isoformat(), t.visit.c.number == number
        )
        return self._connection.execute(found).first() is not None
