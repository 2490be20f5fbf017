"""Looks a database over and changes nothing: its schema, its soundness, its counts, its rows against the facts.

`journal` is the truth; every row of `visit`, `leg` and `visit_link` must be what the visit's facts come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from reception.clock import Instant, SystemClock
from reception.domain.events import Recorded
from reception.domain.folding import visit_from
from reception.storage import schema as t
from reception.storage.codec import fact_from_json
from reception.storage.engine import open_engine, parse_url, transaction
from reception.storage.filesystems import filesystem_of
from reception.storage.upgrade import SchemaState, read_state
from reception.storage.visit_rows import leg_row, visit_row

SHOWN_AT_MOST = 10
"""Numbers of visits named when rows differ from the facts."""
_FACTS_AT_ONCE = 2_000
_VISITS_AT_ONCE = 500

Progress = Callable[[int, int], None]


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
    """Visits whose rows are not what their facts come to."""
    differing_numbers: tuple[str, ...] = ()
    """Tickets of the first of them, with their days."""

    @property
    def is_sound(self) -> bool:
        return self.state.is_current and not (self.damage or self.gaps or self.differing)


def check(url: str, progress: Progress) -> Soundness:
    """Read everything in one state of the database. Refuses what cannot be opened and what is not ours."""
    engine = open_engine(url, must_exist=True)
    try:
        state = read_state(engine)
        with transaction(engine, one_state=True) as connection:
            is_sqlite = engine.dialect.name == "sqlite"
            damage = _damage(connection) if is_sqlite else ""
            if damage or not state.is_current:
                return Soundness(state, damage, not is_sqlite)
            counts = _counts(connection)
            differing = list(_differing(connection, counts.visits, progress))
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
    """Numbers are given without gaps, so the last of them is how many there are."""
    last = connection.execute(sa.select(t.journal_head.c.sequence)).scalar_one()
    return abs(int(last) - facts)


def _differing(connection: Connection, visits: int, progress: Progress) -> Iterator[str]:
    """The tickets whose rows differ from their facts, or that have only one of the two."""
    j = t.journal.c
    facts = connection.execution_options(stream_results=True, yield_per=_FACTS_AT_ONCE).execute(
        sa.select(j.visit_id, j.at, j.command_id, j.kind, j.data, j.counter_id, j.officer_id)
        .where(j.visit_id.is_not(None))
        .order_by(j.visit_id, j.sequence)
    )
    by_visit = ((str(visit_id), list(group)) for visit_id, group in groupby(facts, key=lambda row: row.visit_id))
    voided = set(connection.execute(sa.select(t.visit.c.id).where(t.visit.c.voided)).scalars())
    done = 0
    while some := dict(islice(by_visit, _VISITS_AT_ONCE)):
        rows = _by_visit(connection, sa.select(t.visit).where(t.visit.c.id.in_(some)), "id")
        legs = _by_visit(
            connection, sa.select(t.leg).where(t.leg.c.visit_id.in_(some)).order_by(t.leg.c.number), "visit_id"
        )
        links = _by_visit(connection, sa.select(t.visit_link).where(t.visit_link.c.visit_id.in_(some)), "visit_id")
        for visit_id, group in some.items():
            linked = {row["other_id"] for row in links.get(visit_id, [])}
            yield from _difference(visit_id, group, rows.get(visit_id, []), legs.get(visit_id, []), linked, voided)
        done += len(some)
        progress(min(done, visits), visits)
    without = sa.select(t.visit.c.number, t.visit.c.local_day).where(
        ~sa.exists().where(t.journal.c.visit_id == t.visit.c.id)
    )
    yield from (f"{number} of {day} (no facts)" for number, day in connection.execute(without))


def _by_visit(connection: Connection, query: sa.Select[Any], key: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row[key], []).append(dict(row))
    return found


def _difference(
    visit_id: str,
    group: Iterable[Any],
    rows: list[dict[str, Any]],
    legs: list[dict[str, Any]],
    linked: set[str],
    voided: set[str],
) -> Iterator[str]:
    """A link to or from a ticket that is void counts for nothing: it may stand in the table or not."""
    try:
        recorded = [
            Recorded(
                row.at, row.command_id, fact_from_json(row.kind, row.data), row.counter_id or "", row.officer_id or ""
            )
            for row in group
        ]
        visit = visit_from(visit_id, recorded)
    except (ValueError, KeyError):
        yield "one whose facts cannot be read"
        return
    expected = visit_row(visit, len(recorded))
    expected_legs = [leg_row(visit, number, leg) for number, leg in enumerate(visit.legs, start=1)]
    shown = [{name: row[name] for name in expected} for row in rows]
    differs = not visit.voided and linked - voided != visit.linked - voided
    if differs or shown != [expected] or legs != expected_legs:
        yield f"{visit.number} of {visit.local_day.isoformat()}"


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


def look(url: str) -> Look:
    """Open a database that is there and see what it is; nothing is made or changed."""
    engine = open_engine(url, must_exist=True)
    try:
        return _look(engine)
    finally:
        engine.dispose()


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
        staffed = sa.exists().where(t.staff.c.office_id == t.office.c.id, ~t.staff.c.retired)
        offices = connection.execute(
            sa.select(t.office.c.name, t.office.c.timezone, staffed).order_by(t.office.c.name)
        ).all()
        found = tuple((name, zone, bool(has_staff)) for name, zone, has_staff in offices)
        return Look(state, skew, int(last_at) or None, found, here - skew)
