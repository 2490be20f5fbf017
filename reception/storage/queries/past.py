"""What any period past is made of, read in one transaction: the walk-ins, their later legs, and the appointments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from reception.clock import Millis
from reception.domain.clocks import resolved_clock
from reception.domain.figures import Grouping
from reception.domain.folding import visit_from
from reception.domain.snapshots import End
from reception.domain.supervising import Period
from reception.services.appointment_ports import AppointmentFigures
from reception.services.appointment_queries import AppointmentReport
from reception.services.past_ports import PastPeriod, PastRead, PastService
from reception.services.supervisor_queries import Past
from reception.statistics.past_rows import (
    COLUMNS,
    ENDS,
    KINDS,
    NONE,
    STANDINGS,
    Booked,
    LaterLegs,
    Numbers,
    WalkIns,
    joined,
)
from reception.storage import schema as t
from reception.storage.journal import facts_of
from reception.storage.offices import OfficeRecord
from reception.storage.queries import past_packing as packing
from reception.storage.queries.book.figures import read_left
from reception.storage.queries.figures import IMPORTED
from reception.storage.queries.names import record_of
from reception.storage.queries.past_statements import statements
from reception.storage.unit_of_work import Database

_V = t.visit.c


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
        return PastRead(
            now=now,
            offices=tuple(record.office.name for record in records),
            services=reader.services,
            who=reader.who(),
            first_visit=min(_at_an_end(connection, asked, _V.local_day), default=None),
            last_visit=max(_at_an_end(connection, asked, _V.local_day.desc()), default=None),
            period=period,
            compared=compared,
        )


def _at_an_end(
    connection: Connection, office_ids: Iterable[str], order: sa.ColumnElement[str] | sa.Column[str]
) -> list[date]:
    """The first day of that order with a visit, of each office that had one."""
    of_office = (
        sa.select(_V.local_day).where(_V.office_id == sa.bindparam("office_id"), ~_V.voided).order_by(order).limit(1)
    )
    days = [connection.execute(of_office, {"office_id": office_id}).scalar() for office_id in office_ids]
    return [date.fromisoformat(day) for day in days if day is not None]


class _Reader:
    """Reads periods of some offices, and collects who their visits are grouped by."""

    def __init__(self, connection: Connection, records: Sequence[OfficeRecord], query: Past) -> None:
        self._connection = connection
        self._records = records
        self._query = query
        self._who: dict[str, int] = {}
        found = sa.exists().where(IMPORTED.office_id == t.office.c.id).correlate(t.office)
        self._imported = frozenset(connection.execute(sa.select(t.office.c.id).where(found)).scalars())
        self._services: dict[str, dict[str, int]] = {record.office.id: {} for record in records}
        self.services = self._read_services()
        self._most_services = max([1, *map(len, self._services.values())])
        self._statements = statements(query.by, query.without_evacuations, self._most_services)

    def _read_services(self) -> tuple[PastService, ...]:
        """Those on offer first: what is asked of each visit is answered sooner."""
        offices = {record.office.id: place for place, record in enumerate(self._records)}
        columns = (t.service.c.id, t.service.c.name, t.service.c.office_id, t.service.c.partner)
        in_order = sa.select(*columns).order_by(t.service.c.retired, t.service.c.position)
        rows = [row for row in self._connection.execute(in_order) if row.office_id in offices]
        for place, row in enumerate(rows):
            self._services[row.office_id][row.id] = place
        return tuple(PastService(row.name, offices[row.office_id], row.partner) for row in rows)

    def period(self, period: Period) -> PastPeriod:
        read = [self._office(record, period) for record in self._records]
        return PastPeriod(
            walk_ins=joined(WalkIns, [each for visits, _legs, _booked in read for each in visits]),
            later_legs=joined(LaterLegs, [legs for _visits, legs, _booked in read]),
            booked=joined(Booked, [each for _visits, _legs, booked in read for each in booked]),
        )

    def _office(self, record: OfficeRecord, period: Period) -> tuple[list[WalkIns], LaterLegs, list[Booked]]:
        services = self._services[record.office.id]
        asked = {
            "office_id": record.office.id,
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            **packing.service_parameters(list(services), self._most_services),
        }
        places = np.zeros(self._most_services, np.int16)
        places[: len(services)] = list(services.values())
        legs = packing.unpacked_legs(self._all(self._statements.legs, asked), places, self._place)
        return list(self._visits(asked, places)), legs, list(self._booked(record, period, asked, places))

    def _all(self, statement: sa.Select[Any], asked: dict[str, str]) -> Sequence[Any]:
        return self._connection.execute(statement, asked).all()

    def who(self) -> tuple[tuple[str, ...], ...]:
        """The names behind :attr:`Facts.who`, once everything is read."""
        match self._query.by:
            case Grouping.OFFICER:
                officers = _officers(self._connection, self._records)
                return tuple((officers[each],) if each in officers else () for each in self._who)
            case Grouping.NEED:
                return tuple(tuple(filter(None, needs.split(","))) for needs in self._who)
            case _:
                return tuple((each,) for each in self._who)

    def _place(self, who: str) -> int:
        return self._who.setdefault(who, len(self._who))

    def _visits(self, asked: dict[str, str], places: NDArray[np.int16]) -> Iterator[WalkIns]:
        has_imported = asked["office_id"] in self._imported
        statement = self._statements.visits_with_imported if has_imported else self._statements.visits
        visits, is_odd = packing.unpacked_visits(self._all(statement, asked), places, self._place)
        if not is_odd.any():
            yield visits
            return
        yield visits.where(~is_odd)
        yield self._odd(self._all(self._statements.odd_visits, asked), self._services[asked["office_id"]])

    def _odd(self, rows: Sequence[Any], services: dict[str, int]) -> WalkIns:
        """What does not fit into numbers, one by one."""
        return WalkIns(
            day=np.array([date.fromisoformat(row.local_day).toordinal() for row in rows], np.int32),
            hour=np.array([row.local_hour for row in rows], np.int8),
            service=np.array([services[row.first_service_id] for row in rows], np.int16),
            who=np.array([self._place(row.who) for row in rows], np.int32),
            column=np.array([COLUMNS.index(row.outcome) for row in rows], np.int8),
            wait=_durations(row.promise_wait for row in rows),
            target=_durations(row.seen_target for row in rows),
            total_wait=_durations(row.total_wait for row in rows),
            end=np.array([ENDS.index(row.end) for row in rows], np.int8),
            clock=_durations(self._clock(row) for row in rows),
            resolved_target=_durations(row.resolved_target for row in rows),
            people=np.array([row.party_size for row in rows], np.int32),
            **{name: np.array([bool(getattr(row, name)) for row in rows], bool) for name in packing.FLAGS},
        )

    def _clock(self, row: Any) -> Millis | None:
        if row.end != End.NO_SHOW.value:
            return None if row.lasted is None else max(0, row.lasted)
        if not row.unsure:
            return int(row.promise_wait)  # which runs to the first call, too
        return resolved_clock(visit_from(row.id, facts_of(self._connection, row.id)))

    def _booked(
        self, record: OfficeRecord, period: Period, asked: dict[str, str], places: NDArray[np.int16]
    ) -> Iterator[Booked]:
        rows = self._all(self._statements.appointments, asked)
        booked, by_standard = packing.unpacked_appointments(rows, places, self._place)
        days, of_day = np.unique(booked.day, return_inverse=True)
        targets = _durations(record.standard_of(date.fromordinal(int(day))).appointment_seen for day in days)
        yield replace(booked, target=np.where(by_standard, targets[of_day] if days.size else NONE, booked.target))
        of_period = AppointmentReport(
            record.office.id, period.first, period.last, without_evacuations=self._query.without_evacuations
        )
        left = read_left(self._connection, record, of_period)
        if left:
            yield self._left(left, self._services[record.office.id])

    def _left(self, figures: Sequence[AppointmentFigures], services: dict[str, int]) -> Booked:
        by_officer = self._query.by is Grouping.OFFICER
        return Booked(
            day=np.array([date.fromisoformat(each.day).toordinal() for each in figures], np.int32),
            hour=np.array([each.hour for each in figures], np.int8),
            service=np.array([services[each.service_id] for each in figures], np.int16),
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
        )


def _durations(values: Iterable[Millis | None]) -> Numbers:
    return np.array([NONE if each is None else each for each in values], np.int64)


def _officers(connection: Connection, records: Sequence[OfficeRecord]) -> dict[str, str]:
    """The names of all staff by id; with the office's where staff of several offices are called alike."""
    offices = {record.office.id: record.office.name for record in records}
    columns = (t.staff.c.id, t.staff.c.name, t.staff.c.office_id)
    rows = [row for row in connection.execute(sa.select(*columns)) if row.office_id in offices]
    at: dict[str, set[str]] = {}
    for row in rows:
        at.setdefault(row.name, set()).add(row.office_id)
    return {row.id: f"{row.name} ({offices[row.office_id]})" if len(at[row.name]) > 1 else row.name for row in rows}
