"""Turns what a database says into refusals that a person understands."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reception.errors import Code, Refusal

LOOK_AT_THE_NETWORK = "Check the network; try again in a moment."
"""What to do about a server that says nothing of why."""


@contextmanager
def refusing(url: URL) -> Iterator[None]:
    """Turn what the database says into a refusal that a person understands; leave bugs as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise busy() from error
    except DBAPIError as error:
        refusal = (
            _sqlite_refusal(error.orig, url) if url.get_backend_name() == "sqlite" else _postgresql_refusal(error, url)
        )
        if refusal is not None:
            raise refusal from error
        if getattr(getattr(error.orig, "diag", None), "message_detail", None):
            # PostgreSQL shows the row that it would not take, and a name may stand in it.
            raise StorageError(f"{type(error.orig).__name__}: {error.orig.diag.message_primary}") from None  # type: ignore[union-attr]
        raise


class StorageError(Exception):
    """A bug that the database found, without the rows that it shows: for the log."""


def busy() -> Refusal:
    return Refusal(Code.DATABASE_BUSY, "The database is in use by another program.", "Wait a moment and try again.")


def slot_taken() -> Refusal:
    """Said of an officer, a room or an interpreter."""
    return Refusal(Code.SLOT_TAKEN, "Somebody else has just taken that time.", "Choose another time.")


def _sqlite_refusal(error: Any, url: URL) -> Refusal | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    path = url.database
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy()
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return Refusal(
                Code.DATABASE_FULL,
                "The disk is full or cannot be written, so nothing was saved.",
                "Free some space on it, then try again; what you typed is still here.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return Refusal(
                Code.DATABASE_READ_ONLY,
                f"The database file {path} may not be written.",
                "Ask for the right to write it and its folder.",
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return Refusal(
                Code.DATABASE_READ_ONLY,
                f"The database file {path} cannot be opened.",
                "Check that its folder exists and that you may write there.",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Refusal(
                Code.NOT_A_DATABASE,
                f"The file {path} is not a database of Reception, or it is damaged.",
                "Name another file, or put back a backup copy.",
            )
    return None


_NO_TLS = "no TLS"
_BAD_CERTIFICATE = "bad certificate"
_SAID_WHILE_CONNECTING = (
    (_NO_TLS, r"does not support SSL"),
    (_BAD_CERTIFICATE, r"certificate|sslrootcert|SSL error"),
    ("28000", r"password|role .* does not exist|not permitted to log in|authentication|pg_hba"),
    ("3D000", r"database .* does not exist"),
    ("53300", r"too many (clients|connections)|connection slots"),
)
"""The server gives no code for a refused connection, only words; in another language, "cannot be reached" is said."""


def _postgresql_refusal(error: DBAPIError, url: URL) -> Refusal | None:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    lost = error.connection_invalidated or isinstance(error, OperationalError)
    if not state and lost:
        state = next((code for code, words in _SAID_WHILE_CONNECTING if re.search(words, str(error.orig))), "08000")
    where = f"{url.host or 'this computer'}"
    if state.startswith("28"):
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"The database server at {where} refused the user name or password.",
            "Check them in the settings.",
        )
    if state == _NO_TLS:
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"The database server at {where} takes no encrypted connections, and this one goes over a network.",
            "Have TLS switched on there; docs/deployment.md says how.",
        )
    if state == _BAD_CERTIFICATE:
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"The database server at {where} could not show that it is the right one: its certificate does not fit.",
            "Check the name of the server and the root certificate; docs/deployment.md says how.",
        )
    if state == "3D000":
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"There is no database “{url.database}” at {where}.",
            "Check the name, or have it made.",
        )
    if state == "53300":
        return Refusal(
            Code.DATABASE_BUSY,
            f"The database server at {where} has as many connections as it takes.",
            "Try again in a moment; if it goes on, tell whoever looks after it.",
        )
    if state == "23P01":
        return slot_taken()
    if state in ("55P03", "40P01", "40001", "57014"):
        return busy()
    if state.startswith("53"):
        return Refusal(Code.DATABASE_FULL, "The database server has no room left.", "Tell whoever looks after it.")
    if state == "42501":
        return Refusal(
            Code.DATABASE_READ_ONLY,
            "The database user of this station may not do that.",
            "Check which user the settings name, or have reception database roles URL run.",
        )
    if state == "25006":
        return Refusal(Code.DATABASE_READ_ONLY, "This user may not write to the database.", "Ask for the right to.")
    if error.connection_invalidated or state.startswith(("08", "57P", "25P")):
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"The database at {where} cannot be reached.",
            LOOK_AT_THE_NETWORK,
        )
    return None
