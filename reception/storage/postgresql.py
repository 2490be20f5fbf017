"""The engine of a PostgreSQL database, which several stations share. The driver is loaded with the engine."""

from __future__ import annotations

import socket
from contextlib import suppress
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from reception.errors import Code, Refusal
from reception.storage.quiet_engine import create_quiet_engine
from reception.storage.servers import tls_mode

CONNECT_TIMEOUT_SECONDS = 3
ASKED_AFTER_SECONDS = 1.0
"""A connection that was used less than this ago is taken to be there still."""
HUNG_AFTER_SECONDS = 60
"""A station that does nothing in the middle of a write loses the lock after this."""
HEARTBEAT = "reception heartbeat"
"""What the server's own lists call a station's connection for news."""
_PUT_BACK = "put_back"


class _Pooled:
    """The connections of one engine: those that somebody has taken out, and when all were last given up."""

    def __init__(self) -> None:
        self.in_use: set[ConnectionPoolEntry] = set()
        self.given_up_at = 0.0


_pooled: WeakKeyDictionary[Engine, _Pooled] = WeakKeyDictionary()


def postgresql_engine(url: URL, busy_timeout: float) -> Engine:
    settings = {
        "lock_timeout": f"{int(busy_timeout * 1000)}ms",
        "timezone": "UTC",
        # All of a write is under one lock. Without these the server would keep the lock of a station whose plug was
        # pulled for hours; with them it ends that session, and the write never happened.
        "idle_in_transaction_session_timeout": f"{HUNG_AFTER_SECONDS}s",
        "tcp_keepalives_idle": "5",
        "tcp_keepalives_interval": "2",
        "tcp_keepalives_count": "2",
        "tcp_user_timeout": "9s",
    }
    own = url.query.get("options", ())
    options = [own] if isinstance(own, str) else list(own)
    options += [f"-c {name}={value}" for name, value in settings.items()]
    # In the address, so that every connection of this station asks for it.
    mode = tls_mode(url)
    engine = create_quiet_engine(
        url.update_query_dict({"sslmode": mode}) if mode else url,
        # Each statement sees what was committed before it, and so all that the lock has waited for, whatever level the
        # server is set to.
        isolation_level="READ COMMITTED",
        # Two for a window's commands and what is read beside them, and now and then one that prints.
        pool_size=2,
        max_overflow=2,
        pool_timeout=busy_timeout,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "application_name": "reception",
            "options": " ".join(options),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
        },
    )

    pooled = _pooled[engine] = _Pooled()

    @event.listens_for(engine, "checkin")
    def put_back(_connection: object, record: ConnectionPoolEntry) -> None:
        pooled.in_use.discard(record)
        record.info[_PUT_BACK] = monotonic()

    @event.listens_for(engine, "checkout")
    def take_out(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        """A server that was started anew has closed the connections that waited here: found out before use."""
        pooled.in_use.add(record)
        put_back_at = record.info.get(_PUT_BACK, monotonic())
        if put_back_at > pooled.given_up_at and monotonic() - put_back_at < ASKED_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine


def own_parameters(engine: Engine) -> dict[str, Any]:
    """Of libpq, for a connection beside the engine's own: the same server, user and secrets."""
    _, parameters = engine.dialect.create_connect_args(engine.url)
    return {**{key: value for key, value in parameters.items() if key != "context"}, "application_name": HEARTBEAT}


def hang_up(engine: Engine) -> None:
    """Whoever waits for the server's answer is told at once that there will be none. No connection is trusted any
    more: it is asked whether it is there still before it is used again."""
    pooled = _pooled[engine]
    pooled.given_up_at = monotonic()
    for record in list(pooled.in_use):
        connection: Any = record.dbapi_connection
        with suppress(OSError, AttributeError, engine.dialect.loaded_dbapi.Error):
            # A handle of our own, so that the number is nobody else's should the connection be closed meanwhile.
            wire = socket.fromfd(connection.pgconn.socket, socket.AF_INET, socket.SOCK_STREAM)
            with wire:
                wire.shutdown(socket.SHUT_RDWR)


def require_unicode(connection: Connection) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise Refusal(
            Code.NOT_A_DATABASE,
            f"The database “{connection.engine.url.database}” keeps text as {encoding}, which has no room for every "
            "script.",
            "Have one made with the encoding UTF8.",
        )
