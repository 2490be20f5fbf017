"""Appointments found by what people say of themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentRow
from reception.domain.office import Office
from reception.services.appointment_queries import FindAppointments
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.book.rows import ROWS, row_of
from reception.storage.queries.names import Names, record_of
from reception.storage.sought import sought_day, sought_name, sought_telephone

FOUND_AT_MOST = 50
LOOKED_BACK = timedelta(days=366)
"""How far back a part of a name or number is looked for. A reference, birthday or whole number is found at any age."""
_ENOUGH_DIGITS = 4
_LOOKED_AT = 500
"""Born on one day, or rung up at one number, more come to no office."""
_A, _P = t.appointment.c, t.appointment_person.c
_FOUND = (
    sa.select(_A.id, _A.starts)
    .join(t.appointment_person, _P.appointment_id == _A.id)
    .where(_A.office_id == sa.bindparam("office_id"), ~_A.voided)
)
_BY_REFERENCE = sa.select(_A.id).where(_A.reference == sa.bindparam("reference"))
_BORN = sa.select(_P.appointment_id).where(_P.born == sa.bindparam("born")).limit(_LOOKED_AT)
_RUNG_AT = sa.select(_P.appointment_id).where(_P.sought_telephone == sa.bindparam("digits")).limit(_LOOKED_AT)
_KNOWN = sa.select(_A.id, _A.starts, _A.office_id, _A.voided).where(_A.id.in_(sa.bindparam("ids", expanding=True)))
_ROWS = ROWS.where(_A.id.in_(sa.bindparam("ids", expanding=True)))


def find_appointments(database: Database, query: FindAppointments) -> tuple[AppointmentRow, ...]:
    text = query.text.strip()
    if not text:
        return ()
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        found = {**_exactly(connection, office, text), **_in_part(connection, office, text, now)}
        ahead = sorted((starts, some_id) for some_id, starts in found.items() if starts >= now)
        past = sorted(((starts, some_id) for some_id, starts in found.items() if starts < now), reverse=True)
        ids = [some_id for _, some_id in (*ahead, *past)][:FOUND_AT_MOST]
        names = Names(connection, office)
        rows = {row.id: row_of(row, names) for row in connection.execute(_ROWS, {"ids": ids})} if ids else {}
        return tuple(rows[each] for each in ids)


def _exactly(connection: Connection, office: Office, text: str) -> dict[str, Instant]:
    """By reference, birthday or whole telephone number: each has an index, and is asked for alone, as of several
    together neither engine would use them."""
    born, digits = sought_day(text), sought_telephone(text)
    ids = list(connection.execute(_BY_REFERENCE, {"reference": text.upper()}).scalars())
    if born is not None:
        ids += connection.execute(_BORN, {"born": born.isoformat()}).scalars()
    if len(digits) > _ENOUGH_DIGITS:
        ids += connection.execute(_RUNG_AT, {"digits": digits}).scalars()
    found = connection.execute(_KNOWN, {"ids": ids}) if ids else ()
    return {row.id: row.starts for row in found if row.office_id == office.id and not row.voided}


def _in_part(connection: Connection, office: Office, text: str, now: Instant) -> dict[str, Instant]:
    """By part of a name or telephone number: the next ones, and the last ones."""
    name, digits = sought_name(text), sought_telephone(text)
    wanted: list[sa.ColumnElement[bool]] = []
    if len(name) == 1:
        wanted.append(_P.sought_name.startswith(name, autoescape=True))
    elif name:
        wanted.append(_P.sought_name.contains(name, autoescape=True))
        wanted.append(_A.reference.startswith(text.upper(), autoescape=True))
    if len(digits) >= _ENOUGH_DIGITS:
        wanted.append(_P.sought_telephone.contains(digits, autoescape=True))
    if not wanted:
        return {}
    today = local_date(now, office.zone)
    found = _FOUND.where(sa.or_(*wanted))
    ahead = found.where(_A.local_day >= today.isoformat()).order_by(_A.starts).limit(FOUND_AT_MOST)
    past = (
        found.where(_A.local_day.between((today - LOOKED_BACK).isoformat(), today.isoformat()))
        .order_by(_A.starts.desc())
        .limit(FOUND_AT_MOST)
    )
    return {**_starts(connection, ahead, office), **_starts(connection, past, office)}


def _starts(connection: Connection, asked: sa.Select[Any], office: Office) -> dict[str, Instant]:
    return {row.id: row.starts for row in connection.execute(asked, {"office_id": office.id})}
