"""Where the password of a database comes from, so that it need not stand in the settings: the system's keyring, or a
file that only its owner may read.
"""

from __future__ import annotations

import os
import stat
import sys
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from sqlalchemy.engine import URL

from reception.errors import Code, Refusal
from reception.storage.servers import is_socket

SERVICE = "reception"
"""What the keyring calls all passwords of this program."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LONGEST = 1_000


class PasswordPlace(StrEnum):
    """Where a password was found."""

    ADDRESS = "address"
    """In the database's address itself, and so in a settings file or on a command line."""
    FILE = "file"
    KEYRING = "keyring"
    NONE = "none"
    """Nowhere: the server asks for none, or the driver knows one (~/.pgpass)."""


class Completed(Struct, frozen=True):
    """An address with its password, and where that was."""

    url: URL
    place: PasswordPlace


def completed(url: URL, password_file: str = "") -> Completed:
    """The address with its password. `password_file`: of the settings; its first line is the password.

    Refuses BAD_SETTINGS for a file that cannot be read, or that others may read as well.
    """
    if url.get_backend_name() != "postgresql" or url.password:
        return Completed(url, PasswordPlace.ADDRESS if url.password else PasswordPlace.NONE)
    if password_file.strip():
        return Completed(url.set(password=_in_file(Path(password_file).expanduser())), PasswordPlace.FILE)
    # Over a socket the server knows who asks.
    kept = None if is_socket(url) else _in_keyring(url)
    return (
        Completed(url, PasswordPlace.NONE) if kept is None else Completed(url.set(password=kept), PasswordPlace.KEYRING)
    )


def keep_in_keyring(url: URL, password: str) -> None:
    """Refuses NOT_POSSIBLE_NOW where this computer has no keyring that can be written."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, account(url), password)
    except (KeyringError, RuntimeError) as error:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            "This computer has no keyring that is open.",
            "Put the password into a file that only you may read, and name it in the settings as password_file.",
        ) from error


def account(url: URL) -> str:
    """What a password is kept under: user, server and database."""
    where = f"{url.host or 'localhost'}:{url.port or 5432}"
    return f"{url.username or ''}@{where}/{url.database or ''}"


def _in_keyring(url: URL) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, account(url))
    except (KeyringError, RuntimeError):
        return None  # there is none, or it stays locked: the server says what it lacks


def _in_file(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:
            if sys.platform != "win32":
                _only_ours(file, os.fstat(opened.fileno()))
            password = opened.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            Code.BAD_SETTINGS,
            f"The password file {file} cannot be read.",
            "Check its name in the settings, and that you may read it.",
        ) from error
    if not password:
        raise Refusal(
            Code.BAD_SETTINGS, f"The password file {file} is empty.", "Write the password into its first line."
        )
    return password


def _only_ours(file: Path, found: os.stat_result) -> None:
    if found.st_mode & _OTHERS or found.st_uid not in (os.geteuid(), 0):
        raise Refusal(
            Code.BAD_SETTINGS,
            f"The password file {file} may be read by others.",
            f"Let nobody but yourself read it: chmod 600 {file}",
        )
