"""A database with its roles, for tests."""

from __future__ import annotations

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from reception.domain.stations import StationKind
from reception.storage.engine import open_engine
from reception.storage.roles import make_roles, role_name
from reception.storage.upgrade import prepare


def with_roles(url: str) -> dict[str, str]:
    """Make the schema and the roles; the URL of each kind of station."""
    engine = open_engine(url)
    try:
        prepare(engine)
        made = make_roles(engine)
    finally:
        engine.dispose()
    return {
        kind.value: make_url(url).set(username=name).render_as_string(hide_password=False)
        for kind, name in made.names.items()
    }


def drop_roles(url: str) -> None:
    """Roles belong to the whole server: they would outlive their database."""
    parsed = make_url(url)
    with psycopg.connect(f"host={parsed.query['host']} user=postgres dbname={parsed.database}", autocommit=True) as own:
        for kind in StationKind:
            role = sql.Identifier(role_name(str(parsed.database), kind))
            own.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(role))
