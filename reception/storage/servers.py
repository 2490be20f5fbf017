"""Which machine a PostgreSQL server is on, and how the way to it is kept from others."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlalchemy.engine import URL

_LOOPBACK = re.compile(r"(localhost|127(\.\d{1,3}){1,3}|\[?(0*:)*:0*1\]?)(:\d+)?")
_ROOT_CERTIFICATE = Path(".postgresql") / "root.crt"


def hosts_of(url: URL) -> tuple[str, ...]:
    """As the driver finds them: of the address, else of the environment; a folder for a socket."""
    named = [url.host or ""]
    for key in ("host", "hostaddr"):
        value = url.query.get(key, ())
        named += [value] if isinstance(value, str) else list(value)
    hosts = [part.strip() for each in named for part in each.split(",") if part.strip()]
    return tuple(hosts or filter(None, (os.environ.get("PGHOSTADDR"), os.environ.get("PGHOST"))))


def is_socket(url: URL) -> bool:
    """Whether the way to the server is a socket of this machine, which is a file."""
    return all(host.startswith(("/", "@")) for host in hosts_of(url))


def is_here(url: URL) -> bool:
    """Whether the server is on this machine, so that nothing goes over a network."""
    return all(_is_here(host) for host in hosts_of(url))


def _is_here(host: str) -> bool:
    if host.startswith(("/", "@")):
        return True
    # "db:5433" names a port as well, as in an address with several servers.
    return _LOOPBACK.fullmatch(host.casefold()) is not None


def tls_mode(url: URL) -> str:
    """The `sslmode` to ask for where the address says none; empty where the server is on this machine.

    `verify-full` where there is a certificate to verify the server's by, else `require`: encrypted, but whoever stands
    between could be taken for the server. Never less, whatever the environment says.
    """
    if "sslmode" in url.query or is_here(url):
        return ""
    return "verify-full" if root_certificate(url) else "require"


def root_certificate(url: URL) -> str:
    """The file that the server's certificate is verified by; empty where there is none."""
    named = url.query.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if named:
        return named if isinstance(named, str) else named[-1]
    usual = Path.home() / _ROOT_CERTIFICATE
    return str(usual) if usual.exists() else ""
