"""An office copied into a station's own file, while the database answers: its settings, and the visits of today that
are still open. A kiosk's copy holds settings without names, and nothing of any visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.stations import StationKind
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.engine import transaction
from reception.storage.narrow import everything_in
from reception.storage.own_file import OwnFile
from reception.storage.own_tables import Copy, copied, done

Rows = dict[sa.Table, list[dict[str, Any]]]

_OF_OFFICE = (t.opening, t.closure, t.standard, t.service, t.notice, t.station, t.evacuation)
"""What everybody may know of an office, beside the office itself."""
_AT_WORK = (t.staff, t.counter)
"""Of staff a kiosk reads no names."""
_OF_DESK = (t.room, t.interpreter, t.pattern)
_BY_PARENT = (
    (t.service_words, t.service_words.c.service_id, t.service),
    (t.staff_skill, t.staff_skill.c.staff_id, t.staff),
    (t.counter_service, t.counter_service.c.counter_id, t.counter),
)
_OF_VISITS = (t.visit, t.leg, t.visitor, t.visit_reason, t.visit_link, t.print_job, t.call)
_AT_ONCE = 500

GiveSeries = Callable[[str], str]
"""The series of this file, from its station's in the office's list; empty where it is not in it."""


def follow(
    shared: Database,
    own: OwnFile,
    office_id: str,
    kind: StationKind,
    give_series: GiveSeries,
    *,
    whole: bool = False,
) -> bool:
    """Bring the copy up to what the database holds now; False when it was already, or when it must wait.

    While something that was done here has not joined yet the copy stays as it is. `whole`: also what should be there
    already, as after joining. Refuses what the database is refused for.
    """
    before = own.copy if own.copy is not None and own.copy.office_id == office_id else None
    with shared.read() as (connection, head, now):
        own.clock.compare(now)
        zone = connection.execute(sa.select(t.office.c.timezone).where(t.office.c.id == office_id)).scalar()
        if zone is None:
            return False
        day = local_date(now, ZoneInfo(zone)).isoformat()
        # A journal that is shorter than it was is another database's, or one that was put back.
        whole = whole or before is None or before.day != day or head.sequence < before.sequence
        stands = None if before is None else (before.sequence, before.settings_version)
        if not whole and stands == (head.sequence, head.settings_version):
            return False
        is_desk = kind is not StationKind.KIOSK
        rows: Rows = {}
        settings_moved = whole or before is None or before.settings_version != head.settings_version
        changed: frozenset[str] | None = None
        if is_desk:
            since = -1 if before is None else before.sequence
            changed = None if whole else journal.changed_since(connection, since)
        if settings_moved or changed is None or "" in changed:
            rows |= _settings(connection, office_id, kind)
        if is_desk:
            rows |= _visits(connection, office_id, day, changed)
        listed = _listed_series(connection, office_id, own.station)
    series = give_series(listed)
    copy = Copy(office_id, day, head.sequence, head.settings_version, own.clock.offset, now, series)
    with transaction(own.engine, writes=True) as connection:
        if connection.execute(sa.select(done.c.position).where(own.kept.is_to_join()).limit(1)).first() is not None:
            return False
        # The parts of an office refer to each other: looked at when all are there.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        if t.office in rows:
            _replace_settings(connection, rows)
        if is_desk:
            _replace_visits(connection, rows, None if changed is None else changed - {""})
        if whole:
            _forget(connection, day)
        connection.execute(sa.delete(copied))
        connection.execute(
            copied.insert().values(id=1, **{name: getattr(copy, name) for name in Copy.__struct_fields__})
        )
        if t.office in rows:
            journal.bump_settings(connection)
    own.copy = copy
    return True


def _settings(connection: Connection, office_id: str, kind: StationKind) -> Rows:
    tables = (*_OF_OFFICE, *_AT_WORK) if kind is StationKind.KIOSK else (*_OF_OFFICE, *_AT_WORK, *_OF_DESK)
    rows = {t.office: _read(connection, everything_in(t.office, kind).where(t.office.c.id == office_id))}
    for table in tables:
        rows[table] = _read(connection, everything_in(table, kind).where(table.c.office_id == office_id))
    for table, column, parent in _BY_PARENT:
        of_office = sa.select(parent.c.id).where(parent.c.office_id == office_id)
        rows[table] = _read(connection, sa.select(table).where(column.in_(of_office)))
    return rows


def _visits(connection: Connection, office_id: str, day: str, changed: Iterable[str] | None) -> Rows:
    """The open ones of today, with their facts; `changed` None: all, else those among them."""
    still_open = sa.select(t.visit.c.id).where(t.visit.c.office_id == office_id, t.visit.c.local_day == day, t.IS_OPEN)
    if changed is None:
        ids: Sequence[str] = connection.execute(still_open).scalars().all()
    else:
        ids = [
            visit_id
            for some in _some(sorted(changed))
            for visit_id in connection.execute(still_open.where(t.visit.c.id.in_(some))).scalars()
        ]
    rows: Rows = {table: [] for table in (t.visit, t.leg, t.visitor, t.journal)}
    for some in _some(ids):
        rows[t.visit] += _read(connection, sa.select(t.visit).where(t.visit.c.id.in_(some)))
        for table in (t.leg, t.visitor):
            rows[table] += _read(connection, sa.select(table).where(table.c.visit_id.in_(some)))
        facts = sa.select(t.journal).where(t.journal.c.visit_id.in_(some)).order_by(t.journal.c.sequence)
        rows[t.journal] += _read(connection, facts)
    return rows


def _read(connection: Connection, statement: sa.Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement).mappings()]


def _some(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _replace_settings(connection: Connection, rows: Rows) -> None:
    tables = [table for table in t.metadata.sorted_tables if table in rows and table not in (*_OF_VISITS, t.journal)]
    for table in reversed(tables):
        connection.execute(sa.delete(table))
    for table in tables:
        if rows[table]:
            connection.execute(sa.insert(table), rows[table])


def _replace_visits(connection: Connection, rows: Rows, changed: frozenset[str] | None) -> None:
    """Take out what has changed, and put in what of it is still open; `changed` None: all."""
    for table in (*reversed(_OF_VISITS), t.journal):
        column = table.c.id if table is t.visit else table.c.visit_id
        if changed is None:
            connection.execute(sa.delete(table))
        else:
            for some in _some(sorted(changed)):
                connection.execute(sa.delete(table).where(column.in_(some)))
                if table is t.visit_link:
                    connection.execute(sa.delete(table).where(table.c.other_id.in_(some)))
    for table in (t.visit, t.leg, t.visitor):
        if rows[table]:
            connection.execute(sa.insert(table), rows[table])
    journal.append(connection, journal.read_head(connection), rows[t.journal])


def _forget(connection: Connection, day: str) -> None:
    """What was done has joined; numbers of days that are over are not counted on."""
    for table in (t.print_job, t.command, done):
        connection.execute(sa.delete(table))
    connection.execute(sa.delete(t.series).where(t.series.c.local_day != day))


def _listed_series(connection: Connection, office_id: str, station: str) -> str:
    """The letters of a station in the office's list; empty where it is not in it."""
    found = connection.execute(
        sa.select(t.station.c.series).where(
            t.station.c.office_id == office_id,
            sa.func.lower(t.station.c.name) == station.lower(),
            ~t.station.c.retired,
        )
    ).scalar()
    return "" if found is None else str(found)


def note_last_live(own: OwnFile, last_live: Instant) -> None:
    """Keep when the database last answered, for whoever starts while it does not."""
    with transaction(own.engine, writes=True) as connection:
        connection.execute(sa.update(copied).values(last_live=last_live, clock_offset=own.clock.offset))
