"""What the database is asked of a past period, office by office."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from reception.domain.grouping import Grouping
from reception.storage import schema as t
from reception.storage.queries import past_packing as packing
from reception.storage.queries.figures import IMPORTED, are_walk_ins

_A, _V = t.appointment.c, t.visit.c
_FIRST_LEG = t.leg.alias("first_leg")
_ASKED: tuple[Any, Any, Any] = (sa.bindparam("office_id"), sa.bindparam("first"), sa.bindparam("last"))
_NOBODY: sa.ColumnElement[str] = sa.literal_column("''")


class Statements:
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
def statements(by: Grouping, without_evacuations: bool, services: int) -> Statements:
    """Made once: that takes longer than to read a month by them."""
    return Statements(by, without_evacuations, services)
