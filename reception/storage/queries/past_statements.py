"""What is asked of any period past: a statement each for the walk-ins of all offices, their later legs and the
appointments, with what says who they are grouped by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from reception.domain.columns import Column
from reception.domain.grouping import Grouping
from reception.domain.visit_states import End
from reception.storage import schema as t
from reception.storage.queries import past_packing as packing
from reception.storage.queries.figures import IMPORTED
from reception.storage.schema.figures import ODD


class _Unsought(FunctionElement[str]):
    """A column that SQLite is not to look for in an index: of a visit's id it would choose one that does not hold the
    rest, and go to the table each time."""

    inherit_cache = True


@compiles(_Unsought)
def _plain(element: _Unsought, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(_Unsought, "sqlite")
def _of_no_index(element: _Unsought, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.clauses, **more)}"


class _Among(FunctionElement[bool]):
    """Whether an id is one of a parameter's: one parameter, however many they are. See :func:`ids`."""

    inherit_cache = True


@compiles(_Among, "postgresql")
def _of_array(element: _Among, compiler: Any, **more: Any) -> str:
    column, asked = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} = ANY({asked})"


@compiles(_Among, "sqlite")
def _of_json(element: _Among, compiler: Any, **more: Any) -> str:
    column, asked = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({asked}))"  # noqa: S608


def ids(of: Sequence[str], dialect: str) -> Any:
    """As the database takes many of them in one parameter."""
    return list(of) if dialect == "postgresql" else json.dumps(of)


def _of_offices(office_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return _Among(office_id, sa.bindparam("offices"))


_A, _V = t.appointment.c, t.visit.c
_FIRST_LEG = t.leg.alias("first_leg")
_DAYS: tuple[sa.BindParameter[Any], sa.BindParameter[Any]] = (sa.bindparam("first"), sa.bindparam("last"))
_NOBODY: sa.ColumnElement[str] = sa.literal_column("''")
_NOT_IMPORTED: sa.ColumnElement[int] = sa.literal_column("0")
_IS_UNSURE = sa.and_(
    _V.end == End.NO_SHOW.value,
    _V.resolved_target.is_not(None),
    sa.or_(_V.leg > 1, _V.stepped_out > 0, _V.outcome == Column.SEEN.value),
)
"""See :func:`reception.storage.schema.figures.is_unsure`."""
_BECAME = sa.and_(
    _V.office_id == _A.office_id,
    _V.local_day == _A.local_day,
    _V.appointment_id == _A.id,
    _V.appointment_id.is_not(None),
    _Unsought(_V.id) == _A.visit_id,
    _of_offices(_Unsought(_V.office_id)),
    _Unsought(_V.local_day).between(*_DAYS),
)
"""An appointment is checked in at its office on its day. So the visits of the same days are all that are read beside
it: PostgreSQL has to be told, or it looks each of them up."""
_EARLIEST = (
    sa.select(_V.local_day)
    .where(_V.office_id == t.office.c.id, ~_V.voided)
    .order_by(_V.local_day)
    .limit(1)
    .correlate(t.office)
    .scalar_subquery()
)
_LATEST = (
    sa.select(_V.local_day)
    .where(_V.office_id == t.office.c.id, ~_V.voided)
    .order_by(_V.local_day.desc())
    .limit(1)
    .correlate(t.office)
    .scalar_subquery()
)
FIRST_AND_LAST = (
    sa.select(sa.func.min(_EARLIEST), sa.func.max(_LATEST)).select_from(t.office).where(_of_offices(t.office.c.id))
)
"""The days of the first visit and of the last."""
IMPORTERS = sa.select(t.office.c.id).where(sa.exists().where(IMPORTED.office_id == t.office.c.id).correlate(t.office))
"""The offices with visits out of a log."""
SERVICES = (
    sa.select(t.service.c.id, t.service.c.name, t.service.c.office_id, t.service.c.partner)
    .where(_of_offices(t.service.c.office_id))
    .order_by(t.service.c.id)
)
OFFICERS = sa.select(t.staff.c.id, t.staff.c.name, t.staff.c.office_id).where(_of_offices(t.staff.c.office_id))


class Statements:
    """Each is asked of `offices` from `first` to `last`."""

    def __init__(self, by: Grouping, without_evacuations: bool) -> None:
        self._by = by
        self._without_evacuations = without_evacuations
        imported = _V.id.in_(sa.select(IMPORTED.visit_id).where(_of_offices(IMPORTED.office_id)))
        self.visits = self._visits(_NOT_IMPORTED)
        self.visits_with_imported = self._visits(sa.case((imported, 1), else_=0))
        self.odd_visits = self._odd_visits(imported)
        self.legs = self._legs()
        self.appointments = self._appointments()
        self.left = self._left()

    def _of_walk_ins(self, statement: sa.Select[Any]) -> sa.Select[Any]:
        return self._of_days(statement.where(_V.local_day.between(*_DAYS), t.IS_PLAIN_WALK_IN), _V)

    def _of_days(self, statement: sa.Select[Any], of: Any) -> sa.Select[Any]:
        if not self._without_evacuations:
            return statement
        evacuation = t.evacuation.c
        evacuated = sa.exists().where(evacuation.office_id == of.office_id, evacuation.local_day == of.local_day)
        return statement.where(~evacuated.correlate(of.office_id.table))

    def _visits(self, imported: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """A text a cell, in the order of the index, so that nothing is sorted where they are not grouped by who."""
        key = (_V.seen_target, _V.resolved_target, _V.first_service_id)
        of_offices = sa.select().select_from(t.visit).where(_of_offices(_V.office_id))
        plain, who = self._who(self._of_walk_ins(of_offices))
        several = plain.add_columns(packing.packed_cell(*key, who, imported))
        return several.group_by(_V.office_id, _V.local_day, *key, *_varying(who, imported))

    def _odd_visits(self, imported: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """Those that do not fit into numbers."""
        columns: tuple[sa.ColumnElement[Any], ...] = (
            _V.id,
            _V.local_day,
            _V.local_hour,
            _V.first_service_id,
            _V.outcome,
            _V.end,
            _V.promise_wait,
            _V.total_wait,
            _V.seen_target,
            _V.resolved_target,
            _V.party_size,
            _V.reinstated,
            _V.exempt,
            _V.told_at.is_not(None).label("told"),
            _V.told_in_time,
            _V.was_offered.label("offered"),
            _V.took_another_time.label("took"),
            imported.label("imported"),
            (_V.ended_at - _V.arrived_at).label("lasted"),
            _IS_UNSURE.label("unsure"),
        )
        plain, who = self._who(self._of_walk_ins(sa.select(*columns).where(_of_offices(_V.office_id))))
        return plain.add_columns(who.label("who")).where(_V.figures == ODD)

    def _legs(self) -> sa.Select[Any]:
        of_offices = sa.select(_V.first_service_id).where(_of_offices(_V.office_id), t.HAS_LATER_WAITS)
        plain, who = self._who(self._of_walk_ins(of_offices))
        several = plain.add_columns(who, packing.together(packing.packed_legs(), ","))
        return several.group_by(_V.first_service_id, *_varying(who))

    def _appointments(self) -> sa.Select[Any]:
        who = sa.func.coalesce(_A.officer_id, _NOBODY) if self._by is Grouping.OFFICER else _NOBODY
        several = (
            sa.select(_A.service_id, who, packing.together(packing.packed_appointment(), ","))
            .outerjoin(t.visit, _BECAME)
            .where(_of_offices(_A.office_id), _A.local_day.between(*_DAYS), ~_A.voided)
            .group_by(_A.service_id, *_varying(who))
        )
        return self._of_days(several, _A)

    def _left(self) -> sa.Select[Any]:
        """The offices where visitors were checked in and then took another time."""
        left = (
            sa.select(_V.office_id)
            .where(_of_offices(_V.office_id), _V.local_day.between(*_DAYS), ~_V.voided)
            .where(_V.appointment_id.is_not(None), ~sa.exists().where(_A.visit_id == _V.id).correlate(t.visit))
        )
        return self._of_days(left, _V).distinct()

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
def statements(by: Grouping, without_evacuations: bool) -> Statements:
    """Made once: that takes longer than to read a month by them."""
    return Statements(by, without_evacuations)


def _varying(*columns: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], ...]:
    """Those that are not the same for all, by which rows have to be grouped."""
    return tuple(column for column in columns if column is not _NOBODY and column is not _NOT_IMPORTED)
