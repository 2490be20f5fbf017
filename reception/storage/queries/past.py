"""What any period past is made of, read in one transaction: the walk-ins, their later legs, and the appointments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
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
from reception.storage.queries.figures import IMPORTED, are_walk_ins
from reception.storage.queries.names import record_of
from reception.storage.unit_of_work import Database

_A, _V = t.appointment.c, t.visit.c
_FIRST_LEG = t.leg.alias("first_leg")
_ASKED: tuple[Any, Any, Any] = (sa.bindparam("office_id"), sa.bindparam("first"), sa.bindparam("last"))
_NOBODY: sa.ColumnElement[str] = sa.literal_column("''")


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
            first_visit=_first_visit(connection, asked),
            period=period,
            compared=compared,
        )


def _first_visit(connection: Connection, office_ids: Iterable[str]) -> date | None:
    of_office = (
        sa.select(_V.local_day)
        .where(_V.office_id == sa.bindparam("office_id"), ~_V.voided)
        .order_by(_V.local_day)
        .limit(1)
    )
    days = [connection.execute(of_office, {"office_id": office_id}).scalar() for office_id in office_ids]
    return min((date.fromisoformat(day) for day in days if day is not None), default=None)


class _Statements:
    """What is asked of each office, with what says who visits are grouped by. `services`: how many any office has."""

    def __init__(self, by: Grouping, without_evacuations: bool, services: int) -> None:
        self._by = by
        self._services = services
        self._walk_ins = are_walk_ins(*_ASKED, without_evacuations)
        imported = _V.id.in_(sa.select(IMPORTED.visit_id).where(IMPORTED.office_id == _ASKED[0]))
        self.visits, self.visits_with_imported = self._visits(sa.false()), self._visits(imported)
        self.odd_visits = self._odd_visits(imported)
        self.legs = self._legs()
        self.appointments = self._appointments(without_evacuations)

    def _visits(self, imported: sa.ColumnElement[bool]) -> sa.Select[Any]:
        packed = packing.packed_visit(imported, self._services)
        targets = (_V.seen_target, _V.resolved_target)
        plain, who = self._who(sa.select(_V.local_day).where(*self._walk_ins))
        several = plain.add_columns(who, *targets, sa.func.count(), packing.together(packed))
        return several.group_by(_V.local_day, *targets, *self._by_whom(who))

    def _odd_visits(self, imported: sa.ColumnElement[bool]) -> sa.Select[Any]:
        """Those that do not fit into numbers."""
        plain, who = self._who(sa.select(_V.local_day).where(*self._walk_ins))
        flags = [flag.label(name) for name, flag in packing.VISIT_FLAGS.items()]
        columns: tuple[sa.ColumnElement[Any], ...] = (
            _V.id,
            _V.local_day,
            _V.local_hour,
            _V.first_service_id,
            _V.outcome,
            _V.end,
            _V.promise_wait,
        )
        columns += (_V.total_wait, _V.seen_target, _V.resolved_target, _V.party_size)
        named = (who.label("who"), imported.label("imported"), (_V.ended_at - _V.arrived_at).label("lasted"))
        unsure = packing.IS_UNSURE.label("unsure")
        return plain.with_only_columns(*columns, *flags, *named, unsure).where(packing.IS_ODD)

    def _legs(self) -> sa.Select[Any]:
        began = sa.and_(t.leg.c.visit_id == _V.id, t.IS_LATER_LEG, t.leg.c.started_at.is_not(None))
        plain = sa.select(_V.local_day).select_from(t.visit).join(t.leg, began).where(*self._walk_ins, t.HAS_LATER_LEGS)
        plain, who = self._who(plain)
        several = plain.add_columns(who, sa.func.count(), packing.together(packing.packed_leg(self._services)))
        return several.group_by(_V.local_day, *self._by_whom(who))

    def _appointments(self, without_evacuations: bool) -> sa.Select[Any]:
        who = sa.func.coalesce(_A.officer_id, _NOBODY) if self._by is Grouping.OFFICER else _NOBODY
        packed = packing.packed_appointment(self._services)
        several = (
            sa.select(_A.local_day, who, sa.func.count(), packing.together(packed))
            .outerjoin(t.visit, sa.and_(_V.id == _A.visit_id, _V.appointment_id.is_not(None)))
            .where(_A.office_id == _ASKED[0], _A.local_day.between(*_ASKED[1:]), ~_A.voided)
            .group_by(_A.local_day, *self._by_whom(who))
        )
        if without_evacuations:
            evacuated = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == _ASKED[0])
            several = several.where(_A.local_day.not_in(evacuated))
        return several

    @staticmethod
    def _by_whom(who: sa.ColumnElement[str]) -> tuple[sa.ColumnElement[str], ...]:
        return () if who is _NOBODY else (who,)

    def _who(self, statement: sa.Select[Any]) -> tuple[sa.Select[Any], sa.ColumnElement[str]]:
        match self._by:
            case Grouping.OFFICER:
                first = sa.and_(_FIRST_LEG.c.visit_id == _V.id, _FIRST_LEG.c.number == 1)
                began = sa.case((_FIRST_LEG.c.started_at.is_not(None), _FIRST_LEG.c.officer_id))
                return statement.join(_FIRST_LEG, first), sa.func.coalesce(began, _NOBODY)
            case Grouping.LANGUAGE:
                found = t.visitor.c.spoken
            case Grouping.NEED:
                found = t.visitor.c.needs
            case _:
                return statement, _NOBODY
        return statement.outerjoin(t.visitor, t.visitor.c.visit_id == _V.id), sa.func.coalesce(found, _NOBODY)


@lru_cache(maxsize=32)
def _statements(by: Grouping, without_evacuations: bool, services: int) -> _Statements:
    """Made once: that takes longer than to read a month by them."""
    return _Statements(by, without_evacuations, services)


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
        self._statements = _statements(query.by, query.without_evacuations, self._most_services)

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
