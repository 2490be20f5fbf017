"""Reads of a station that stands where anybody may touch it: what its role may not read is not asked for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.storage.engine import transaction
from reception.storage.grants import EVERY, readable

NARROW = frozenset({StationKind.KIOSK, StationKind.DISPLAY})
"""Kinds that read nothing of a person, on SQLite as on PostgreSQL."""
_WIDE = (
    ("names and addresses of visitors", ("visitor", "appointment_person", "question_person")),
    ("reasons that are kept from most", ("visit_reason", "appointment_reason")),
    ("names and PINs of staff", ("staff",)),
    ("the journal", ("journal",)),
    ("the appointments", ("appointment",)),
)
_NAMED_AT_MOST = 3

# Whatever the session may read, and which other roles it could become: a superuser all of them.
_READABLE = sa.text("""
    SELECT c.relname, a.attname
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'journal'::regclass)
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        AND has_column_privilege(c.oid, a.attnum, 'SELECT')
""")
_OTHERS = sa.text("""
    SELECT EXISTS (
        SELECT 1 FROM pg_roles r WHERE r.rolname <> session_user AND pg_has_role(session_user, r.oid, 'MEMBER'))
""")


def everything_in(table: sa.Table, kind: StationKind) -> sa.Select[Any]:
    """All columns of a table; in place of each that a narrow kind may not read stands an empty value of its type."""
    if kind not in NARROW:
        return sa.select(table)
    allowed = readable(kind, table.name)
    if allowed == EVERY:
        return sa.select(table)
    return sa.select(*(c if c.name in allowed else _nothing_for(c).label(c.name) for c in table.c))


def _nothing_for(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, sa.String):
        return sa.literal_column("''")
    return sa.literal_column("0") if isinstance(column.type, sa.Integer) else sa.null()


def require_narrow(engine: Engine, kind: StationKind) -> None:
    """Refuses ROLE_TOO_WIDE where a kiosk or display could read more than is its own. SQLite has no roles."""
    if kind not in NARROW or engine.dialect.name != "postgresql":
        return
    with transaction(engine) as connection:
        too_wide = beyond(connection, kind)
    if too_wide:
        raise Refusal(
            Code.ROLE_TOO_WIDE,
            f"A {kind.value} may not use this database user, who can read {too_wide}.",
            f"Name the {kind.value}'s own user in the settings; reception database roles URL makes it.",
        )


def beyond(connection: Connection, kind: StationKind) -> str:
    """What the session may read beyond the grants of a kind, in words; empty when there is nothing."""
    if connection.execute(_OTHERS).scalar_one():
        return "whatever other users can"
    wide = {
        table
        for table, column in connection.execute(_READABLE)
        if readable(kind, table) != EVERY and column not in readable(kind, table)
    }
    told = [words for words, tables in _WIDE if not wide.isdisjoint(tables)]
    told += [f"the table {name}" for name in sorted(wide.difference(*(tables for _, tables in _WIDE)))]
    return ", ".join(told[:_NAMED_AT_MOST]) + (" and more" if len(told) > _NAMED_AT_MOST else "")
