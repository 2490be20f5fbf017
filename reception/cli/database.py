"""`reception database init`, `migrate` and `check`."""

from __future__ import annotations

import argparse
from functools import partial

from reception.cli.roles import make_and_tell
from reception.cli.terminal import cancellable, giving_up, progress, say
from reception.errors import Code, Refusal
from reception.storage.checking import Soundness, place_of
from reception.storage.checking import check as look_over
from reception.storage.engine import open_engine
from reception.storage.roles import bring_up_to_date, make_roles
from reception.storage.upgrade import prepare, read_state


def init(args: argparse.Namespace) -> int:
    """Make the tables, and on PostgreSQL the roles of its stations; what is there already stays."""
    place = place_of(args.url)
    if place.file is not None and args.passwords_to is not None:
        raise Refusal(Code.BAD_INPUT, "A SQLite file has no users, and so no passwords.", "Leave --passwords-to out.")
    engine = open_engine(args.url)
    try:
        before = read_state(engine)
        prepare(engine, may_migrate=False)
        if before.is_empty:
            say(f"{place.shown} is ready for use, at schema {before.wanted}.")
        else:
            say(f"{place.shown} was ready for use already, at schema {before.wanted}; nothing in it was changed.")
        if place.file is None:
            make_and_tell(partial(make_roles, engine), args.passwords_to)
    finally:
        engine.dispose()
    return 0


def migrate(args: argparse.Namespace) -> int:
    """Bring the schema up to date. Cancelled while the copy is made, it has changed nothing."""
    place = place_of(args.url)
    engine = open_engine(args.url, must_exist=True)
    try:
        before = read_state(engine)
        if before.is_empty:
            raise Refusal(
                Code.BAD_INPUT,
                f"The database {place.shown} is empty, so there is nothing to bring up to date.",
                "Run: reception database init URL.",
            )
        with progress("Copying", "pages", args.progress) as shown, cancellable() as cancelled:
            tell = giving_up(cancelled, "The database is as it was.", shown)
            backup = prepare(engine, may_migrate=True, progress=tell)
        bring_up_to_date(engine)
    finally:
        engine.dispose()
    if before.is_current:
        say(f"{place.shown} is up to date already, at schema {before.wanted}.")
        return 0
    say(f"{place.shown} was brought from schema {before.found} to {before.wanted}.")
    if backup is not None:
        say(f"A copy of it as it was is in {backup}.")
    return 0


def check(args: argparse.Namespace) -> int:
    """Say what there is and whether it is sound; 1 when it is not."""
    place = place_of(args.url)
    with progress("Checking", "visits", args.progress) as shown, cancellable() as cancelled:
        found = look_over(args.url, giving_up(cancelled, "A check changes nothing.", shown))
    say(f"Database   {place.shown}")
    for name, words in lines_of(found):
        say(f"{name:<11}{words}")
    if not found.is_sound:
        raise Refusal(Code.NOT_A_DATABASE, f"The database {place.shown} is not as it should be.", remedy_for(found))
    return 0


def lines_of(found: Soundness) -> list[tuple[str, str]]:
    state = found.state
    if state.is_current:
        schema = f"{state.found}, that of this version"
    elif state.is_empty:
        schema = "none: the database is empty"
    else:
        schema = f"{state.found}, {'older' if state.is_older else 'newer'} than this version's ({state.wanted})"
    lines = [("Schema", schema)]
    if found.checks_itself:
        lines.append(("Storage", "not looked at: the server's own tools do that"))
    else:
        lines.append(("Storage", found.damage or "sound"))
    counts = found.counts
    if counts is None:
        return lines
    visits = f"{_many(counts.visits, 'visit')} ({counts.imported:,} imported, {counts.open_visits:,} open)"
    lines.append(("Contents", f"{_many(counts.offices, 'office')}, {visits}, {_many(counts.facts, 'fact')}"))
    lines.append(("Journal", f"{found.gaps:,} facts are missing" if found.gaps else "without a gap"))
    if found.differing:
        named = ", ".join(found.differing_numbers)
        more = "" if found.differing == len(found.differing_numbers) else ", …"
        lines.append(("Visits", f"{found.differing:,} are not what their facts come to: {named}{more}"))
    else:
        lines.append(("Visits", "all are what their facts come to"))
    return lines


def _many(count: int, what: str) -> str:
    return f"{count:,} {what if count == 1 else what + 's'}"


def remedy_for(found: Soundness) -> str:
    if found.damage or found.gaps or found.differing:
        return "Put back a backup copy, and keep this one to be looked at."
    if found.state.is_empty:
        return "Run: reception database init URL."
    if found.state.is_older:
        return "Run: reception database migrate URL."
    return "Install the newer version of Reception here too."
