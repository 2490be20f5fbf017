"""`reception database roles` and `reception database password`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from reception.cli.terminal import ask_secretly, say
from reception.errors import Code, Refusal
from reception.storage.checking import place_of
from reception.storage.engine import open_engine, parse_url
from reception.storage.passwords import keep_in_keyring
from reception.storage.roles import RolesMade, make_roles
from reception.storage.upgrade import read_state

_HOW_TO_KEEP_THEM = (
    "They are shown this once and kept nowhere: store each at its station with reception database password."
)


def roles(args: argparse.Namespace) -> int:
    """Make the roles that are missing, and bring what all of them may do up to date."""
    place = place_of(args.url)
    engine = open_engine(args.url, must_exist=True)
    try:
        if not read_state(engine).is_current:
            raise Refusal(
                Code.SCHEMA_OLDER,
                f"The database {place.shown} is not of this version of Reception.",
                "Run first: reception database init URL, or reception database migrate URL.",
            )
        make_and_tell(partial(make_roles, engine, new_passwords=args.new_passwords), args.passwords_to)
    finally:
        engine.dispose()
    return 0


def make_and_tell(make: Callable[[], RolesMade], passwords_to: Path | None) -> None:
    """`make` makes the roles. `passwords_to`: a new file that only its owner may read; None: on standard output."""
    with _only_ours(passwords_to) as file:
        made = make()
        if file is not None:
            file.writelines(f"{each.role} {each.password}\n" for each in made.passwords)
    width = max(map(len, made.names.values()))
    given = {each.kind: each.password for each in made.passwords}
    for kind, name in made.names.items():
        known = "in the file" if passwords_to is not None else given.get(kind, "")
        say(f"{kind.value:<11}{name:<{width}}  {known if kind in given else 'has its password already'}")
    _say_what_next(made, passwords_to)


def _say_what_next(made: RolesMade, passwords_to: Path | None) -> None:
    if not made.passwords:
        return
    if passwords_to is None:
        say(_HOW_TO_KEEP_THEM)
    else:
        say(f"The passwords are in {passwords_to}, which only you may read.")


@contextmanager
def _only_ours(path: Path | None) -> Iterator[TextIO | None]:
    """A new file that nobody else may read; taken away again where nothing comes of it. Replaces none."""
    if path is None:
        yield None
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(
            Code.BAD_INPUT, f"The file {path} is there already, and is not replaced.", "Name another file."
        ) from None
    except OSError as error:
        raise Refusal(
            Code.UNREADABLE_FILE, f"The file {path} cannot be written.", "Name a place where you may write."
        ) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def password(args: argparse.Namespace) -> int:
    """Store the password of an address in this user's keyring. It is asked for, and never shown."""
    url = parse_url(args.url)
    if url.get_backend_name() != "postgresql" or not url.username:
        raise Refusal(
            Code.BAD_INPUT,
            "Only the address of a PostgreSQL database with a user has a password.",
            "Write postgresql://USER@HOST/NAME.",
        )
    given = ask_secretly(f"Password of {url.username}: ")
    if not given:
        raise Refusal(Code.BAD_INPUT, "No password was given, so none was stored.", "Type it, or send it in a line.")
    keep_in_keyring(url, given)
    say(f"The password of {url.username} is in this user's keyring. Leave it out of the address in the settings.")
    return 0
