"""What `reception doctor` says of the way to a PostgreSQL server: user, TLS, and where the password is."""

from __future__ import annotations

from collections.abc import Iterator

from reception.cli.findings import Finding, Level
from reception.storage.narrow import NARROW
from reception.storage.passwords import PasswordPlace
from reception.storage.session import Session

_MAKES_THEM = "Name the station's own in the settings; reception database roles URL makes it."


def findings_of(session: Session, station: str) -> Iterator[Finding]:
    """Three lines."""
    yield _user(session, station)
    yield _tls(session)
    yield _password(session)


def _user(session: Session, station: str) -> Finding:
    narrow = session.kinds & NARROW
    if narrow and not narrow & session.fits:
        kind = min(narrow).value
        words = f"“{station}” is a {kind}, and {session.user} may read names there. {_MAKES_THEM}"
        return Finding("database user", Level.FAILED, words)
    if session.is_owner:
        return Finding(
            "database user", Level.ATTENTION, f"{session.user} may do everything in the database. {_MAKES_THEM}"
        )
    if session.fits:
        kinds = " or ".join(sorted(kind.value for kind in session.fits))
        return Finding("database user", Level.OK, f"{session.user}, narrow enough for a {kinds}")
    return Finding("database user", Level.OK, f"{session.user}, for a desk or supervisor: it may read names")


def _tls(session: Session) -> Finding:
    if session.tls and (session.is_verified or session.is_here):
        checked = ", and the server's certificate is verified" if session.is_verified else ""
        return Finding("TLS", Level.OK, f"{session.tls}{checked}")
    if session.is_here:
        return Finding("TLS", Level.OK, "none, and none needed: the server is on this computer")
    if session.tls:
        words = (
            f"{session.tls}, but nothing shows that the server is the right one. Put the certificate that signed its "
            "own into ~/.postgresql/root.crt."
        )
        return Finding("TLS", Level.ATTENTION, words)
    words = "none: whoever is on the network can read along. Take sslmode out of the database's address."
    return Finding("TLS", Level.ATTENTION, words)


def _password(session: Session) -> Finding:
    match session.password:
        case PasswordPlace.ADDRESS:
            words = "it stands in the database's address. Take it out, and run: reception database password URL."
            return Finding("password", Level.ATTENTION, words)
        case PasswordPlace.FILE:
            return Finding("password", Level.OK, "in a file that only its owner may read")
        case PasswordPlace.KEYRING:
            return Finding("password", Level.OK, "in this user's keyring")
        case PasswordPlace.NONE:
            return Finding("password", Level.OK, "none was asked for, or the driver knows it")
