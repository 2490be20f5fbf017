"""Imported visits: many rows in one transaction, under the same lock and in the same journal as all others.

Implements the store that `services/importing.py` asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from string import ascii_uppercase
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.events import Recorded, SettingsChanged
from reception.domain.office import Office, Service
from reception.domain.person import Person
from reception.domain.standards import Standard
from reception.domain.visit import Visit
from reception.services.commands import Command, new_id
from reception.services.office_settings import OfficeSettings
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.engine import transaction
from reception.storage.offices import OfficeRecord, service_from
from reception.storage.visit_rows import leg_row, person_row, visit_row

_KNOWN = sa.select(t.imported_row.c.row_key).where(
    t.imported_row.c.office_id == sa.bindparam("office_id"),
    t.imported_row.c.row_key.in_(sa.bindparam("keys", expanding=True)),
)
_LAST_NUMBER = sa.select(t.series.c.last).where(
    t.series.c.office_id == sa.bindparam("office_id"),
    t.series.c.local_day == sa.bindparam("day"),
    t.series.c.letter == sa.bindparam("letter"),
)
_MOVE_SERIES = (
    sa.update(t.series)
    .where(
        t.series.c.office_id == sa.bindparam("the_office"),
        t.series.c.local_day == sa.bindparam("the_day"),
        t.series.c.letter == sa.bindparam("the_letter"),
    )
    .values(last=sa.bindparam("new_last"))
)

_NOT_ASKED = Person()


class ImportStore:
    """Where imported visits go."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> Instant:
        return self._database.now()

    def office(self, name: str) -> Office | None:
        with self._database.read() as (connection, head, _now):
            record = self._record(connection, head, name)
            return None if record is None else record.office

    def _record(self, connection: Connection, head: journal.Head, name: str) -> OfficeRecord | None:
        found = self._database.all_offices(connection, head.settings_version)
        return next((each for each in found.values() if each.office.name.casefold() == name.casefold()), None)

    def set_up(self, command: Command, settings: OfficeSettings) -> Office:
        with self._database.write(command) as work:
            for record in work.offices.all().values():
                if record.office.name.casefold() == settings.name.casefold():
                    return record.office
            work.offices.save_settings(settings, {}, date.min)
            work.record(SettingsChanged())
        office = self.office(settings.name)
        if office is None:
            raise LookupError("an office that was just made is not there")
        return office

    def services(
        self, command: Command, wanted: Sequence[str], choose: Callable[[str, set[str]], str]
    ) -> dict[str, Service]:
        table = t.service
        with self._database.write(command) as work:
            office = work.offices.office()
            all_of_them = sa.select(table).where(table.c.office_id == office.id)
            # Those on offer last, so that they are found before a retired one of the same name.
            rows = work.connection.execute(all_of_them.order_by(table.c.retired.desc(), table.c.position)).all()
            known = {row.name.casefold(): service_from(row) for row in rows}
            in_use = {row.letter for row in rows if not row.retired}
            retired = bool(office.staff)
            missing: dict[str, str] = {}
            for name in wanted:
                if name.casefold() not in known:
                    missing.setdefault(name.casefold(), name)
            for position, (folded, name) in enumerate(missing.items(), start=len(rows)):
                # Only services on offer need letters of their own; others share one when all are taken.
                taken = set() if retired and len(in_use) == len(ascii_uppercase) else in_use
                service = Service(new_id(), name, choose(name, taken))
                in_use.add(service.letter)
                known[folded] = service
                work.connection.execute(
                    table.insert().values(
                        id=service.id,
                        office_id=office.id,
                        name=service.name,
                        letter=service.letter,
                        specialist=False,
                        partner="",
                        priority=0,
                        position=position,
                        retired=retired,
                    )
                )
            if missing:
                work.offices.settings_changed()
                work.record(SettingsChanged())
        return {name: known[name.casefold()] for name in wanted}

    @contextmanager
    def batch(self, command: Command) -> Iterator[ImportBatch]:
        """One transaction; nothing of it stays when an exception leaves it."""
        with transaction(self._database.engine, writes=True) as connection:
            head = journal.read_head(connection)
            record = self._database.all_offices(connection, head.settings_version)[command.office_id]
            batch = ImportBatch(connection, record, command.station)
            yield batch
            batch.flush(head)


class ImportBatch:
    """Some rows, kept until the end of the transaction and then written together."""

    def __init__(self, connection: Connection, record: OfficeRecord, station: str) -> None:
        self._connection = connection
        self._record = record
        self._office_id = record.office.id
        self._station = station
        self._series: dict[tuple[str, str], tuple[int | None, int]] = {}
        """Day and letter to the last number before this batch (None: the first of the day), and now."""
        self._rows: dict[sa.Table, list[dict[str, Any]]] = {
            table: [] for table in (t.visit, t.leg, t.visitor, t.imported_row)
        }
        self._facts: list[dict[str, Any]] = []

    def known(self, keys: Sequence[str]) -> set[str]:
        found = self._connection.execute(_KNOWN, {"office_id": self._office_id, "keys": list(keys)})
        return set(found.scalars())

    def standard(self, day: date) -> Standard:
        return self._record.standard_of(day)

    def next_number(self, day: date, letter: str) -> int:
        key = (day.isoformat(), letter)
        if key not in self._series:
            found = self._connection.execute(
                _LAST_NUMBER, {"office_id": self._office_id, "day": key[0], "letter": letter}
            ).scalar()
            self._series[key] = (found, found or 0)
        before, last = self._series[key]
        self._series[key] = (before, last + 1)
        return last + 1

    def add(
        self, row_key: str, visit: Visit, facts: Sequence[Recorded], running: int, person: Person = _NOT_ASKED
    ) -> None:
        """`row_key`: of the row of the log; "" for none."""
        self._rows[t.visit].append({**visit_row(visit, len(facts)), "running": running, "overtaken": 0})
        self._rows[t.leg].extend(leg_row(visit, number, leg) for number, leg in enumerate(visit.legs, start=1))
        self._rows[t.visitor].append(person_row(visit.id, person))
        if row_key:
            imported = {"office_id": self._office_id, "row_key": row_key, "visit_id": visit.id}
            self._rows[t.imported_row].append(imported)
        self._facts.extend(journal.journal_row(fact, self._office_id, visit.id, self._station) for fact in facts)

    def flush(self, head: journal.Head) -> None:
        """Write all of it; the last thing before the commit."""
        new = [
            {"office_id": self._office_id, "local_day": day, "letter": letter, "last": last}
            for (day, letter), (before, last) in self._series.items()
            if before is None
        ]
        moved = [
            {"the_office": self._office_id, "the_day": day, "the_letter": letter, "new_last": last}
            for (day, letter), (before, last) in self._series.items()
            if before is not None and before != last
        ]
        if new:
            self._connection.execute(t.series.insert(), new)
        if moved:
            self._connection.execute(_MOVE_SERIES, moved)
        for table, rows in self._rows.items():
            if rows:
                self._connection.execute(table.insert(), rows)
        journal.append(self._connection, head, self._facts)
