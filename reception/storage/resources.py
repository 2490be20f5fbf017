"""What appointments take: rooms, interpreters, and when officers and interpreters work. Read whole, saved whole.

Each officer, room and interpreter has a number, by which the database keeps them from being taken twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import time
from functools import lru_cache

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.domain.booked import Mode, RoomFeature, RoomState
from reception.domain.office import Hours, Interpreter, Room
from reception.domain.stations import StationKind
from reception.services.office_settings import OfficeSettings
from reception.storage import schema as t
from reception.storage.narrow import NARROW, everything_in


class Resources(Struct, frozen=True):
    """By office rooms and interpreters in their order; by officer or interpreter when they work and when they pause."""

    rooms: dict[str, list[Room]]
    interpreters: dict[str, list[Interpreter]]
    hours: dict[str, tuple[Hours, ...]]
    breaks: dict[str, tuple[Hours, ...]]


def read_resources(connection: Connection, kind: StationKind = StationKind.DESK) -> Resources:
    """Those of every office, without the retired; a narrow `kind` has no need of when people work."""
    hours: dict[str, list[Hours]] = defaultdict(list)
    breaks: dict[str, list[Hours]] = defaultdict(list)
    patterns = sa.select(t.pattern).order_by(t.pattern.c.weekday, t.pattern.c.opens)
    for row in () if kind in NARROW else connection.execute(patterns):
        found = Hours(row.weekday, time.fromisoformat(row.opens), time.fromisoformat(row.closes))
        (breaks if row.is_break else hours)[row.owner_id].append(found)
    rooms: dict[str, list[Room]] = defaultdict(list)
    for row in connection.execute(sa.select(t.room).where(~t.room.c.retired).order_by(t.room.c.position)):
        rooms[row.office_id].append(
            Room(row.id, row.name, features_from(row.features), row.seats, RoomState(row.state))
        )
    interpreters: dict[str, list[Interpreter]] = defaultdict(list)
    there = everything_in(t.interpreter, kind).where(~t.interpreter.c.retired).order_by(t.interpreter.c.position)
    for row in connection.execute(there):
        interpreters[row.office_id].append(
            Interpreter(
                row.id,
                row.name,
                frozenset(row.languages.split()),
                frozenset(Mode(each) for each in row.modes.split()),
                row.is_line,
                tuple(hours[row.id]),
                row.notice_hours,
                row.telephone,
                row.code,
                row.email,
            )
        )
    return Resources(
        rooms,
        interpreters,
        {owner: tuple(found) for owner, found in hours.items()},
        {owner: tuple(found) for owner, found in breaks.items()},
    )


def words(values: Iterable[str]) -> str:
    """A set of short words as one column keeps them."""
    return " ".join(sorted(values))


@lru_cache(maxsize=64)
def features_from(stored: str) -> frozenset[RoomFeature]:
    return frozenset(RoomFeature(each) for each in stored.split())


def save_resources(connection: Connection, office_id: str, settings: OfficeSettings) -> None:
    """Rooms, interpreters and patterns whole. What is gone is retired. The state of a room that is there is staff's
    to say, and stays."""
    _save(
        connection,
        t.room,
        office_id,
        [
            {
                "id": room.id,
                "name": room.name,
                "features": words(room.features),
                "seats": room.seats,
                "state": room.state.value,
            }
            for room in settings.rooms
        ],
        kept=frozenset({"state"}),
    )
    _save(
        connection,
        t.interpreter,
        office_id,
        [
            {
                "id": each.id,
                "name": each.name,
                "languages": words(each.languages),
                "modes": words(each.modes),
                "is_line": each.is_line,
                "notice_hours": each.notice_hours,
                "telephone": each.telephone,
                "code": each.code,
                "email": each.email,
            }
            for each in settings.interpreters
        ],
    )
    officers = [entry.officer for entry in settings.staff]
    patterns = [
        *_pattern_rows(office_id, [(officer.id, officer.hours) for officer in officers], is_break=False),
        *_pattern_rows(office_id, [(officer.id, officer.breaks) for officer in officers], is_break=True),
        *_pattern_rows(office_id, [(each.id, each.hours) for each in settings.interpreters], is_break=False),
    ]
    connection.execute(sa.delete(t.pattern).where(t.pattern.c.office_id == office_id))
    if patterns:
        connection.execute(t.pattern.insert(), patterns)
    _number(
        connection,
        [
            *(officer.id for officer in officers),
            *(room.id for room in settings.rooms),
            *(each.id for each in settings.interpreters),
        ],
    )


def _save(
    connection: Connection,
    table: sa.Table,
    office_id: str,
    rows: list[dict[str, object]],
    kept: frozenset[str] = frozenset(),
) -> None:
    """`kept`: the columns that stay as they are in a row that is there."""
    wanted = [row["id"] for row in rows]
    connection.execute(
        sa.update(table).where(table.c.office_id == office_id, table.c.id.not_in(wanted)).values(retired=True)
    )
    known = set(connection.execute(sa.select(table.c.id).where(table.c.office_id == office_id)).scalars())
    for position, row in enumerate(rows):
        whole = {**row, "position": position, "retired": False}
        if row["id"] in known:
            changes = {name: value for name, value in whole.items() if name not in kept}
            connection.execute(sa.update(table).where(table.c.id == row["id"]).values(**changes))
        else:
            connection.execute(table.insert().values(office_id=office_id, **whole))


def _pattern_rows(
    office_id: str, owners: Iterable[tuple[str, Iterable[Hours]]], *, is_break: bool
) -> list[dict[str, object]]:
    return [
        {
            "owner_id": owner_id,
            "office_id": office_id,
            "is_break": is_break,
            "weekday": each.weekday,
            "opens": each.opens.strftime("%H:%M"),
            "closes": each.closes.strftime("%H:%M"),
        }
        for owner_id, hours in owners
        for each in hours
    ]


def _number(connection: Connection, ids: list[str]) -> None:
    """Give a number to those that have none yet."""
    known = set(connection.execute(sa.select(t.resource.c.id).where(t.resource.c.id.in_(ids))).scalars())
    new = [{"id": each} for each in ids if each not in known]
    if new:
        connection.execute(t.resource.insert(), new)
