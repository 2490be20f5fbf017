"""What any period past is made of, read in one transaction: the walk-ins, their later legs, and the appointments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace as replace_columns
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.domain.clocks import resolved_clock
from reception.domain.figures import Grouping
from reception.domain.folding import visit_from
from reception.domain.supervising import Period
from reception.services.appointment_ports import AppointmentFigures
from reception.services.appointment_queries import AppointmentReport
from reception.services.past_ports import BookedFigures, PastPeriod, PastRead, PastService
from reception.services.supervisor_queries import Past
from reception.statistics.past_rows import NONE, LaterLegs, WalkIns, joined
from reception.storage import schema as t
from reception.storage.journal import facts_of
from reception.storage.offices import OfficeRecord
from reception.storage.queries import past_packing as packing
from reception.storage.queries.book.figures import read_appointments
from reception.storage.queries.figures import IMPORTED, are_walk_ins
from reception.storage.queries.names import record_of
from reception.storage.unit_of_work import Database

_V = t.visit.c
_FIRST_LEG = t.leg.alias("first_leg")


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


class _Reader:
    """Reads periods of some offices, and collects who their visits are grouped by."""

    def __init__(self, connection: Connection, records: Sequence[OfficeRecord], query: Past) -> None:
        self._connection = connection
        self._records = records
        self._query = query
        self._places: dict[str, int] = {}
        self._who: dict[str, int] = {}
        self._imported = self._offices_with_imported()
        self.services = self._read_services()
        self._officers = _Officers(connection, records) if query.by is Grouping.OFFICER else None

    def period(self, period: Period) -> PastPeriod:
        read = [self._office(record, period) for record in self._records]
        return PastPeriod(
            walk_ins=joined(WalkIns, (visits for visits, _legs, _booked in read)),
            later_legs=joined(LaterLegs, (legs for _visits, legs, _booked in read)),
            appointments=tuple(each for _visits, _legs, booked in read for each in booked),
        )

    def who(self) -> tuple[tuple[str, ...], ...]:
        """The names behind :attr:`Facts.who`, once everything is read."""
        match self._query.by:
            case Grouping.OFFICER if self._officers is not None:
                return tuple(self._officers.names(officer_id) for officer_id in self._who)
            case Grouping.NEED:
                return tuple(tuple(filter(None, needs.split(","))) for needs in self._who)
            case _:
                return tuple((each,) for each in self._who)

    def _offices_with_imported(self) -> frozenset[str]:
        found = sa.exists().where(IMPORTED.office_id == t.office.c.id).correlate(t.office)
        return frozenset(self._connection.execute(sa.select(t.office.c.id).where(found)).scalars())

    def _read_services(self) -> tuple[PastService, ...]:
        offices = {record.office.id: place for place, record in enumerate(self._records)}
        columns = (t.service.c.id, t.service.c.name, t.service.c.office_id, t.service.c.partner)
        rows = [row for row in self._connection.execute(sa.select(*columns)) if row.office_id in offices]
        self._places = {row.id: place for place, row in enumerate(rows)}
        return tuple(PastService(row.name, offices[row.office_id], row.partner) for row in rows)

    def _office(self, record: OfficeRecord, period: Period) -> tuple[WalkIns, LaterLegs, list[BookedFigures]]:
        office_id = record.office.id
        walk_ins = are_walk_ins(office_id, period.first, period.last, self._query.without_evacuations)
        visits = self._visits(office_id, walk_ins)
        legs = self._legs(walk_ins)
        asked = AppointmentReport(
            office_id, period.first, period.last, without_evacuations=self._query.without_evacuations
        )
        booked = [
            BookedFigures(self._places[each.service_id], self._named(each, record))
            for each in read_appointments(self._connection, record, asked)
        ]
        return visits, legs, booked

    def _named(self, figures: AppointmentFigures, record: OfficeRecord) -> AppointmentFigures:
        if self._officers is None or not figures.officer:
            return figures
        return replace(figures, officer=self._officers.shown(figures.officer, record.office.id))

    def _grouped_by(self, statement: sa.Select[Any]) -> tuple[sa.Select[Any], sa.ColumnElement[str]]:
        """The statement with what it takes to say who a visit is grouped by."""
        match self._query.by:
            case Grouping.OFFICER:
                first = sa.and_(_FIRST_LEG.c.visit_id == _V.id, _FIRST_LEG.c.number == 1)
                began = sa.case((_FIRST_LEG.c.started_at.is_not(None), _FIRST_LEG.c.officer_id))
                return statement.join(_FIRST_LEG, first), sa.func.coalesce(began, "")
            case Grouping.LANGUAGE:
                return self._with_visitor(statement, t.visitor.c.spoken)
            case Grouping.NEED:
                return self._with_visitor(statement, t.visitor.c.needs)
            case _:
                return statement, sa.literal_column("''")

    @staticmethod
    def _with_visitor(
        statement: sa.Select[Any], column: sa.ColumnElement[str]
    ) -> tuple[sa.Select[Any], sa.ColumnElement[str]]:
        return statement.outerjoin(t.visitor, t.visitor.c.visit_id == _V.id), sa.func.coalesce(column, "")

    def _visits(self, office_id: str, walk_ins: Sequence[Any]) -> WalkIns:
        imported: sa.ColumnElement[bool] = sa.false()
        if office_id in self._imported:
            imported = _V.id.in_(sa.select(IMPORTED.visit_id).where(IMPORTED.office_id == office_id))
        packed = packing.packed_visit(imported)
        of_visit = (_V.local_day, _V.first_service_id, _V.seen_target, _V.resolved_target)
        statement, who = self._grouped_by(sa.select(*of_visit).where(*walk_ins))
        whole = statement.add_columns(who, sa.func.count(), packing.together(packed)).group_by(*of_visit, who)
        rows = self._connection.execute(whole).all()
        visits, unsure = packing.unpacked_visits(rows, self._places, self._who)
        if not unsure.any():
            return visits
        single = statement.with_only_columns(_V.id, *of_visit, who, sa.literal(1), packed)
        return joined(WalkIns, (visits.where(~unsure), self._unsure(single.where(packing.UNSURE_NO_SHOW))))

    def _unsure(self, single: sa.Select[Any]) -> WalkIns:
        """No-shows one by one, with the clock that their facts tell of."""
        rows = self._connection.execute(single).all()
        visits, _unsure = packing.unpacked_visits([row[1:] for row in rows], self._places, self._who)
        clocks = [resolved_clock(visit_from(row.id, facts_of(self._connection, row.id))) for row in rows]
        return replace_columns(visits, clock=np.array([NONE if each is None else each for each in clocks], np.int64))

    def _legs(self, walk_ins: Sequence[Any]) -> LaterLegs:
        joined_to = sa.and_(t.leg.c.visit_id == _V.id, t.leg.c.number > 1, t.leg.c.started_at.is_not(None))
        of_visit = (_V.local_day, _V.first_service_id)
        plain = sa.select(*of_visit).join(t.leg, joined_to).where(*walk_ins, t.HAS_LATER_LEGS)
        statement, who = self._grouped_by(plain)
        nothing = sa.null()
        whole = statement.add_columns(nothing, nothing, who, sa.func.count(), packing.together(packing.packed_leg()))
        rows = self._connection.execute(whole.group_by(*of_visit, who)).all()
        return packing.unpacked_legs(rows, self._places, self._who)


class _Officers:
    """The names of all staff of some offices; with the office's where staff of several are called alike."""

    def __init__(self, connection: Connection, records: Sequence[OfficeRecord]) -> None:
        self._offices = {record.office.id: record.office.name for record in records}
        columns = (t.staff.c.id, t.staff.c.name, t.staff.c.office_id)
        rows = [row for row in connection.execute(sa.select(*columns)) if row.office_id in self._offices]
        self._at: dict[str, set[str]] = {}
        for row in rows:
            self._at.setdefault(row.name, set()).add(row.office_id)
        self._names = {row.id: self.shown(row.name, row.office_id) for row in rows}

    def shown(self, name: str, office_id: str) -> str:
        return f"{name} ({self._offices[office_id]})" if len(self._at[name]) > 1 else name

    def names(self, officer_id: str) -> tuple[str, ...]:
        """Empty for nobody."""
        return (self._names[officer_id],) if officer_id in self._names else ()
