"""What any period past is made of, read in one transaction: the walk-ins, their later legs, and the appointments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Millis
from reception.domain.clocks import resolved_clock
from reception.domain.folding import visit_from
from reception.domain.grouping import Grouping, Period
from reception.domain.visit_states import End
from reception.services.appointment_queries import AppointmentReport
from reception.services.figure_ports import AppointmentFigures
from reception.services.past_ports import PastPeriod, PastRead, PastService
from reception.services.supervisor_queries import Past
from reception.statistics.past_rows import (
    COLUMNS,
    ENDS,
    KINDS,
    NONE,
    STANDINGS,
    Booked,
    Numbers,
    WalkIns,
    joined,
)
from reception.storage.database import Database
from reception.storage.journal import facts_of
from reception.storage.offices import OfficeRecord
from reception.storage.queries import past_packing as packing
from reception.storage.queries import past_statements as asking
from reception.storage.queries.book.figures import read_left
from reception.storage.queries.names import record_of
from reception.storage.schema.figures import FLAGS

_AT_ONCE = 2_000
"""Cells of visits that are Python's at one time."""


def read_past(database: Database, query: Past) -> PastRead:
    """Refuses NO_OFFICE. Offices are by name, all of them where none is named."""
    with database.read() as (connection, head, now):
        known = database.all_offices(connection, head.settings_version)
        asked = dict.fromkeys(query.office_ids or known)
        records = [record_of(database, connection, head, office_id) for office_id in asked]
        records.sort(key=lambda record: record.office.name)
        reader = _Reader(connection, records, query)
        period = reader.period(query.period)
        compared = None if query.compared is None else reader.period(query.compared)
        first_visit, last_visit = reader.first_and_last()
        return PastRead(
            now=now,
            offices=tuple(record.office.name for record in records),
            services=reader.services,
            who=reader.who(),
            first_visit=first_visit,
            last_visit=last_visit,
            period=period,
            compared=compared,
        )


class _Reader:
    """Reads periods of some offices, and collects who their visits are grouped by."""

    def __init__(self, connection: Connection, records: Sequence[OfficeRecord], query: Past) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        if self._dialect == "postgresql":
            # It would put all visits of a day beside all its appointments, and then look which belong together.
            connection.exec_driver_sql("SET LOCAL enable_mergejoin = off")
        self._records = records
        self._query = query
        self._who: dict[str, int] = {}
        self._offices = {record.office.id: place for place, record in enumerate(records)}
        self._asked = self._ids(list(self._offices))
        self._importers = frozenset(connection.execute(asking.IMPORTERS).scalars()) & self._offices.keys()
        self._places: dict[str, int] = {}
        self.services = self._read_services()
        self._statements = asking.statements(query.by, query.without_evacuations)

    def _read_services(self) -> tuple[PastService, ...]:
        rows = self._all(asking.SERVICES, self._asked)
        self._places |= {row.id: place for place, row in enumerate(rows)}
        return tuple(PastService(row.name, self._offices[row.office_id], row.partner) for row in rows)

    def _ids(self, offices: Sequence[str]) -> dict[str, Any]:
        return {"offices": asking.ids(offices, self._dialect)}

    def first_and_last(self) -> tuple[date | None, date | None]:
        """The days of the first visit and of the last."""
        first, last = self._connection.execute(asking.FIRST_AND_LAST, self._asked).one()
        return (None, None) if first is None else (date.fromisoformat(first), date.fromisoformat(last))

    def period(self, period: Period) -> PastPeriod:
        asked = {**self._asked, "first": period.first.isoformat(), "last": period.last.isoformat()}
        legs = packing.unpacked_legs(self._all(self._statements.legs, asked), self._places, self._place)
        return PastPeriod(
            walk_ins=joined(WalkIns, self._visits(asked)),
            later_legs=legs,
            booked=joined(Booked, self._booked(period, asked)),
        )

    def _all(self, statement: sa.Select[Any], asked: dict[str, Any]) -> Sequence[Any]:
        return self._connection.execute(statement, asked).all()

    def who(self) -> tuple[tuple[str, ...], ...]:
        """The names behind :attr:`Facts.who`, once everything is read."""
        match self._query.by:
            case Grouping.OFFICER:
                officers = self._officers()
                return tuple((officers[each],) if each in officers else () for each in self._who)
            case Grouping.NEED:
                return tuple(tuple(filter(None, needs.split(","))) for needs in self._who)
            case _:
                return tuple((each,) for each in self._who)

    def _officers(self) -> dict[str, str]:
        """The names of all staff by id; with the office's where staff of several offices are called alike."""
        rows = self._all(asking.OFFICERS, self._asked)
        at: dict[str, set[str]] = {}
        for row in rows:
            at.setdefault(row.name, set()).add(row.office_id)
        office = {record.office.id: record.office.name for record in self._records}
        return {row.id: f"{row.name} ({office[row.office_id]})" if len(at[row.name]) > 1 else row.name for row in rows}

    def _place(self, who: str) -> int:
        return self._who.setdefault(who, len(self._who))

    def _visits(self, asked: dict[str, Any]) -> Iterator[WalkIns]:
        own = [office_id for office_id in self._offices if office_id not in self._importers]
        is_any_odd = False
        for statement, offices in (
            (self._statements.visits, own),
            (self._statements.visits_with_imported, sorted(self._importers)),
        ):
            if not offices:
                continue
            cells = self._connection.execute(statement, {**asked, **self._ids(offices)}).scalars()
            visits, is_odd = packing.unpacked_visits(cells.partitions(_AT_ONCE), self._places, self._place)
            if is_odd.any():
                is_any_odd = True
                visits = visits.where(~is_odd)
            yield visits
        if is_any_odd:
            yield self._odd(self._all(self._statements.odd_visits, asked))

    def _odd(self, rows: Sequence[Any]) -> WalkIns:
        """What does not fit into numbers, one by one."""
        return WalkIns(
            day=np.array([date.fromisoformat(row.local_day).toordinal() for row in rows], np.int32),
            hour=np.array([row.local_hour for row in rows], np.int8),
            service=np.array([self._places[row.first_service_id] for row in rows], np.int16),
            who=np.array([self._place(row.who) for row in rows], np.int32),
            column=np.array([COLUMNS.index(row.outcome) for row in rows], np.int8),
            wait=_durations(row.promise_wait for row in rows),
            target=_durations(row.seen_target for row in rows),
            total_wait=_durations(row.total_wait for row in rows),
            end=np.array([ENDS.index(row.end) for row in rows], np.int8),
            clock=_durations(self._clock(row) for row in rows),
            resolved_target=_durations(row.resolved_target for row in rows),
            people=np.array([row.party_size for row in rows], np.int32),
            **{name: np.array([bool(getattr(row, name)) for row in rows], bool) for name in (*FLAGS, "imported")},
        )

    def _clock(self, row: Any) -> Millis | None:
        if row.end != End.NO_SHOW.value:
            return None if row.lasted is None else max(0, row.lasted)
        if not row.unsure:
            return int(row.promise_wait)  # which runs to the first call, too
        return resolved_clock(visit_from(row.id, facts_of(self._connection, row.id)))

    def _booked(self, period: Period, asked: dict[str, Any]) -> Iterator[Booked]:
        rows = self._all(self._statements.appointments, asked)
        booked, by_standard = packing.unpacked_appointments(rows, self._places, self._place)
        if by_standard.any():
            booked.target[by_standard] = self._standards(booked.where(by_standard))
        yield booked
        for office_id in self._connection.execute(self._statements.left, asked).scalars().all():
            of_period = AppointmentReport(
                office_id, period.first, period.last, without_evacuations=self._query.without_evacuations
            )
            yield self._left(read_left(self._connection, self._records[self._offices[office_id]], of_period))

    def _standards(self, booked: Booked) -> Numbers:
        """The targets of their days, at their offices."""
        office = np.array([service.office for service in self.services], np.int64)[booked.service]
        days, of_each = np.unique(office << 32 | booked.day, return_inverse=True)
        targets = _durations(
            self._records[each >> 32].standard_of(date.fromordinal(each & 0xFFFFFFFF)).appointment_seen
            for each in map(int, days)
        )
        return targets[of_each]

    def _left(self, figures: Sequence[AppointmentFigures]) -> Booked:
        by_officer = self._query.by is Grouping.OFFICER
        return Booked(
            day=np.array([date.fromisoformat(each.day).toordinal() for each in figures], np.int32),
            hour=np.array([each.hour for each in figures], np.int8),
            service=np.array([self._places[each.service_id] for each in figures], np.int16),
            who=np.array([self._place(each.officer_id if by_officer else "") for each in figures], np.int32),
            kind=np.array([KINDS.index(each.kind) for each in figures], np.int8),
            standing=np.array([STANDINGS.index(each.standing) for each in figures], np.int8),
            lateness=_durations(each.lateness for each in figures),
            target=_durations(each.target for each in figures),
            visitor_late=np.array([each.visitor_late_by > 0 for each in figures], bool),
            lost=np.array([each.is_lost for each in figures], bool),
            told=np.array([each.told for each in figures], bool),
            told_in_time=np.array([each.told_in_time for each in figures], bool),
            offered=np.array([each.offered for each in figures], bool),
            took=np.array([each.took for each in figures], bool),
        )


def _durations(values: Iterable[Millis | None]) -> Numbers:
    return np.array([NONE if each is None else each for each in values], np.int64)
