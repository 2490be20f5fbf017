"""The engine of a PostgreSQL database, which several stations share. The driver is loaded with the engine."""

from __future__ import annotations

from time import monotonic

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
_PUT_BACK = "put_back"


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
    mode = tls_mode(url)
    engine = create_quiet_engine(
        url.difference_update_query(["options"]),
        # Each statement sees what was committed before it, and so all that the lock has waited for, whatever level the
        # server is set to.
        isolation_level="READ COMMITTED",
        pool_size=2,
        max_overflow=4,
        pool_timeout=busy_timeout,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "application_name": "reception",
            "options": " ".join(options),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            **({"sslmode": mode} if mode else {}),
        },
    )

    @event.listens_for(engine, "checkin")
    def put_back(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_PUT_BACK] = monotonic()

    @event.listens_for(engine, "checkout")
    def take_out(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        """A server that was started anew has closed the connections that waited here: found out before use."""
        if monotonic() - record.info.get(_PUT_BACK, monotonic()) < ASKED_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine


def require_unicode(connection: Connection) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise Refusal(
            Code.NOT_A_DATABASE,
            f"The database “{connection.engine.url.database}” keeps text as {encoding}, which has no room for every "
            "script.",
            "Have one made with the encoding UTF8.",
        )
