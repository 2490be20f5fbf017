"""As whom and how a station is connected to its PostgreSQL server, for whoever looks a station over."""

from __future__ import annotations

import sqlalchemy as sa
from msgspec import Struct

from reception.domain.stations import StationKind
from reception.storage import schema as t
from reception.storage.engine import open_engine, parse_url, transaction
from reception.storage.narrow import NARROW, beyond
from reception.storage.passwords import PasswordPlace, completed
from reception.storage.servers import is_here, tls_mode

_WHO = sa.text("""
    SELECT session_user, r.rolsuper OR pg_has_role(session_user, c.relowner, 'MEMBER') AS is_owner,
        (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS tls
    FROM pg_roles r, pg_class c WHERE r.rolname = session_user AND c.oid = 'journal'::regclass
""")
_KINDS = sa.select(t.station.c.kind).where(t.station.c.name == sa.bindparam("station"), ~t.station.c.retired)


class Session(Struct, frozen=True):
    """`fits`: kinds whose role it is narrow enough for. `kinds`: what stations of this name are, as far as it may know.

    `tls`: the version in use, empty for none. `is_verified`: the server had to show that it is the right one.
    """

    user: str
    is_owner: bool
    fits: frozenset[StationKind]
    kinds: frozenset[StationKind]
    is_here: bool
    tls: str
    is_verified: bool
    password: PasswordPlace


def session_of(url: str, password_file: str, station: str) -> Session | None:
    """None of a SQLite file. Refuses what cannot be opened; there must be tables."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "postgresql":
        return None
    mode = parsed.query.get("sslmode") or tls_mode(parsed)
    engine = open_engine(url, must_exist=True, password_file=password_file)
    try:
        with transaction(engine) as connection:
            who = connection.execute(_WHO).one()
            fits = frozenset(kind for kind in NARROW if not beyond(connection, kind))
            # A display has no need of stations, and may not read them.
            kinds = () if StationKind.DISPLAY in fits else connection.execute(_KINDS, {"station": station}).scalars()
            return Session(
                who.session_user,
                who.is_owner,
                fits,
                frozenset(map(StationKind, kinds)),
                is_here(parsed),
                who.tls or "",
                mode == "verify-full",
                completed(parsed, password_file).place,
            )
    finally:
        engine.dispose()
