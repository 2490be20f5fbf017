"""Looks a database over and changes nothing: its schema, its soundness, its counts, its rows against the facts.

`journal` is the truth; every row of visits and appointments must be what their facts come to (`comparing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from reception.clock import Instant, SystemClock
from reception.domain.languages import ENGLISH, VISITOR_LANGUAGES
from reception.storage import comparing
from reception.storage import schema as t
from reception.storage.comparing import Progress
from reception.storage.engine import open_engine, parse_url, transaction
from reception.storage.filesystems import filesystem_of
from reception.storage.upgrade import SchemaState, read_state

SHOWN_AT_MOST = 10
"""Numbers of visits named when rows differ from the facts."""


@dataclass(frozen=True)
class Counts:
    """How much there is."""

    offices: int
    visits: int
    open_visits: int
    facts: int
    imported: int


@dataclass(frozen=True)
class Soundness:
    """What a look at the whole database came to."""

    state: SchemaState
    damage: str
    """The first complaint of the database's own check; "" when it has none, or makes none."""
    checks_itself: bool
    """PostgreSQL: its own tools look after its files."""
    counts: Counts | None = None
    """None when the schema is not this program's."""
    gaps: int = 0
    """Sequence numbers of the journal that are missing."""
    differing: int = 0
    """Visits and appointments whose rows are not what their facts come to."""
    differing_numbers: tuple[str, ...] = ()
    """Tickets and references of the first of them, with their days."""

    @property
    def is_sound(self) -> bool:
        return self.state.is_current and not (self.damage or self.gaps or self.differing)


def check(url: str, progress: Progress, password_file: str = "") -> Soundness:
    """Read everything in one state of the database. Refuses what cannot be opened and what is not ours."""
    engine = open_engine(url, must_exist=True, password_file=password_file)
    try:
        state = read_state(engine)
        with transaction(engine, one_state=True) as connection:
            is_sqlite = engine.dialect.name == "sqlite"
            damage = _damage(connection) if is_sqlite else ""
            if damage or not state.is_current:
                return Soundness(state, damage, not is_sqlite)
            counts = _counts(connection)
            differing = [
                *comparing.visits_that_differ(connection, counts.visits, progress),
                *comparing.appointments_that_differ(connection),
            ]
            return Soundness(
                state,
                damage,
                not is_sqlite,
                counts,
                _gaps(connection, counts.facts),
                len(differing),
                tuple(differing[:SHOWN_AT_MOST]),
            )
    finally:
        engine.dispose()


def _damage(connection: Connection) -> str:
    first = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    return "" if first == "ok" else first


def _count(connection: Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one())


def _counts(connection: Connection) -> Counts:
    return Counts(
        offices=_count(connection, t.office),
        visits=_count(connection, t.visit),
        open_visits=_count(connection, t.visit, t.visit.c.state != "ended"),
        facts=_count(connection, t.journal),
        imported=_count(connection, t.imported_row),
    )


def _gaps(connection: Connection, facts: int) -> int:
    """Numbers are given without gaps, so the last of them is how many there are. Where even that is lost, all count."""
    last = connection.execute(sa.select(t.journal_head.c.sequence)).scalar()
    return abs(int(last or 0) - facts)


# -- what works here -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a database is, without its password. `file` is None for a server."""

    shown: str
    file: Path | None
    filesystem: str
    """Its type, as far as this computer tells."""


def place_of(url: str) -> Place:
    """Refuses (BAD_SETTINGS) what is no URL of a database that is known here."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Place(parsed.render_as_string(hide_password=True), None, "")
    file = Path(str(parsed.database)).absolute()
    return Place(str(file), file, filesystem_of(file))


@dataclass(frozen=True)
class Look:
    """A short look at a database that is there."""

    state: SchemaState
    skew: int
    """How far (ms) this computer's clock is ahead of the database's; of SQLite, 0."""
    last_at: Instant | None
    """The time of the newest fact; None where there is none."""
    offices: tuple[tuple[str, str, bool], ...] = ()
    """Name, time zone, whether anyone works there."""
    now: Instant = 0
    checked_languages: frozenset[str] = frozenset()
    """Those that every office with staff has ticked as checked by a translator."""
    services_unsaid: tuple[int, int] = (0, 0)
    """Services of offices with staff: how many have no name in some visitors' language, and how many there are."""


def look(url: str, password_file: str = "") -> Look:
    """Open a database that is there and see what it is; nothing is made or changed."""
    engine = open_engine(url, must_exist=True, password_file=password_file)
    try:
        return _look(engine)
    finally:
        engine.dispose()


def _services_unsaid(connection: Connection) -> tuple[int, int]:
    """Those that some visitors read in English, and all of them."""
    service, staff, words = t.service.c, t.staff.c, t.service_words.c
    staffed = sa.exists(staff.id).where(staff.office_id == service.office_id, ~staff.retired)
    said = (
        sa.select(sa.func.count())
        .where(words.service_id == service.id, words.name != "", words.language != ENGLISH)
        .scalar_subquery()
    )
    found = connection.execute(sa.select(said).where(~service.retired, staffed)).scalars().all()
    return sum(count < len(VISITOR_LANGUAGES) - 1 for count in found), len(found)


def _look(engine: Engine) -> Look:
    state = read_state(engine)
    with transaction(engine) as connection:
        here = SystemClock().now()
        skew = 0
        if engine.dialect.name == "postgresql":
            there = connection.execute(
                sa.text("SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)")
            ).scalar_one()
            skew = here - int(there)
        if not state.is_current:
            return Look(state, skew, None, now=here - skew)
        last_at = connection.execute(sa.select(t.journal_head.c.last_at)).scalar_one()
        staffed = sa.exists(t.staff.c.id).where(t.staff.c.office_id == t.office.c.id, ~t.staff.c.retired)
        office = t.office.c
        offices = connection.execute(
            sa.select(office.name, office.timezone, staffed, office.checked_languages).order_by(office.name)
        ).all()
        found = tuple((name, zone, bool(has_staff)) for name, zone, has_staff, _ in offices)
        ticked = [set(checked.split(",")) for _, _, has_staff, checked in offices if has_staff]
        checked = frozenset(set.intersection(*ticked)) if ticked else frozenset()
        return Look(state, skew, int(last_at) or None, found, here - skew, checked, _services_unsaid(connection))
