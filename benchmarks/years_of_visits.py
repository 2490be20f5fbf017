"""Years of a county's visits, written past the commands: rows as they would be, without the facts behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa

from benchmarks.measure import Options
from reception.app import Door
from reception.clock import MINUTE
from reception.domain.local_time import instant_of
from reception.domain.office import Counter, Officer, Role, Service
from reception.services import commands as c
from reception.services.office_settings import StaffEntry
from reception.statistics.past_rows import Numbers
from reception.storage.schema.figures import COLUMNS, ENDS
from tests.support import PIN, door_on, settings

VISITS, OFFICES, YEARS = 2_000_000, 20, 5
SERVICES = ("Housing", "Council Tax", "Benefits", "Planning", "Parking", "Citizens Advice")
OFFICERS = 6
FIRST = date(2021, 1, 4)
"""A Monday."""
BATCH = 500_000
TARGET = 15 * MINUTE
_BOOKED_ONE_IN = 20
_OPENS_AT, _OPEN_MINUTES = 9 * 60, 8 * 60
_LANGUAGES = ("",) * 16 + ("pl", "bn", "ur", "bfi")
_NEEDS = ("",) * 17 + ("private", "step_free", "children,step_free")

_COLUMNS = (
    "nth",
    "lot",
    "day",
    "hour",
    "arrived",
    "wait",
    "later_wait",
    "served",
    "office",
    "service",
    "officer",
    "what",
)
_COLUMNS += ("booked", "language", "need", "party", "told")
"""Whole numbers that are drawn; all else is made of them in the database. `day` is 20260329, `later_wait` -1 for none,
`lot` keeps the ids in no order."""


def _of(column: str, values: Sequence[str]) -> str:
    return f"CASE {column} {' '.join(f'WHEN {place} THEN {_quoted(value)}' for place, value in enumerate(values))} END"


def _quoted(text: str) -> str:
    return f"'{text}'"


def _by_value(column: str, codes: dict[str, int]) -> str:
    return f"CASE {column} {' '.join(f'WHEN {_quoted(value)} THEN {code}' for value, code in codes.items())} END"


_DRAWN = f"CREATE TEMPORARY TABLE drawn ({', '.join(f'{name} bigint' for name in _COLUMNS)})"
_CODES = f"""((((hour * 128 + party) * 16 + {_by_value("outcome", COLUMNS)}) * 16 + {_by_value("ending", ENDS)}) * 64
    + CASE told WHEN 0 THEN 0 WHEN 1 THEN 8 ELSE 12 END)"""
_LASTED = "wait + coalesce(later_wait, 0) + served"
_ID = {
    "sqlite": "printf('%016x%016x', lot, nth)",
    "postgresql": "lpad(to_hex(lot), 16, '0') || lpad(to_hex(nth), 16, '0')",
}
_TWO = "substr(CAST(100 + office AS text), 2)"
_FIGURES = {
    "sqlite": f"printf('%08x%08x%08x%08x', {_CODES}, wait + 1, wait + coalesce(later_wait, 0), {_LASTED})",
    "postgresql": " || ".join(
        f"lpad(to_hex({number}), 8, '0')" for number in (_CODES, "wait + 1", "wait + coalesce(later_wait, 0)", _LASTED)
    ),
}
"""As `schema/figures.py` makes them."""
_AFTER = f"CASE WHEN wait > {TARGET} THEN 'after' ELSE 'before' END"
_PAST = f"""SELECT {{id}} AS id, 'office{"0" * 24}' || {_TWO} AS office_id,
    'service-' || {_TWO} || '-' || service AS service_id,
    CASE WHEN what < 7 THEN NULL ELSE 'officer-' || {_TWO} || '-' || officer END AS officer_id,
    substr(CAST(day AS text), 1, 4) || '-' || substr(CAST(day AS text), 5, 2) || '-' || substr(CAST(day AS text), 7, 2)
    AS day, CASE WHEN what < 5 THEN 'left_' || {_AFTER} WHEN what < 7 THEN 'no_show_' || {_AFTER} ELSE 'seen' END
    AS outcome,
    CASE WHEN what < 5 THEN 'left' WHEN what < 7 THEN 'no_show' WHEN what < 12 THEN 'to_follow' ELSE 'resolved' END
    AS ending, {_of("language", _LANGUAGES)} AS spoken, {_of("need", _NEEDS)} AS needs,
    CASE WHEN booked = 0 THEN {{id}} END AS appointment_id, hour, arrived, wait, nth, party,
    CASE WHEN what < 95 THEN NULL ELSE later_wait END AS later_wait,
    CASE WHEN what < 7 THEN 0 ELSE served END AS served,
    CASE WHEN wait > {TARGET} THEN told ELSE 0 END AS told, {TARGET} AS target FROM drawn"""  # noqa: S608
_STARTED = "CASE WHEN outcome = 'seen' THEN arrived + wait END"
_OVER = f"arrived + {_LASTED}"
_VISITS = f"""INSERT INTO visit (id, office_id, number, code, local_day, local_hour, arrived_at, booked_for, running,
    party_size, seen_target, resolved_target, first_service_id, state, service_id, leg, since, order_target,
    stepped_out, see_first, overtaken, own_request, "end", ended_at, voided, reinstated, exempt, outcome, promise_wait,
    total_wait, later_waits, version, appointment_id, told_at, told_in_time, was_offered, figures)
    SELECT id, office_id, 'H' || nth, 'RC-' || id, day, hour, arrived,
    CASE WHEN appointment_id IS NOT NULL THEN arrived END, nth, party, target, 600000, service_id, 'ended', service_id,
    CASE WHEN later_wait IS NULL THEN 1 ELSE 2 END, arrived, target, 0, false, 0, false, ending, {_OVER}, false, false,
    false, outcome, wait, wait + coalesce(later_wait, 0),
    coalesce(CAST(later_wait AS text), ''), 6, appointment_id, CASE WHEN told > 0 THEN arrived + wait END,
    told = 2, false, {{figures}} FROM past"""  # noqa: S608
_LEGS = f"""INSERT INTO leg (visit_id, number, office_id, service_id, since, called_at, calls, started_at, ended_at,
    waited, stepped_out, held, officer_id) SELECT id, 1, office_id, service_id, arrived, arrived + wait, 1,
    {_STARTED}, {_OVER}, wait, 0, 0, officer_id FROM past"""  # noqa: S608
_LATER_LEGS = f"""INSERT INTO leg (visit_id, number, office_id, service_id, since, called_at, calls, started_at,
    ended_at, waited, stepped_out, held, officer_id) SELECT id, 2, office_id, service_id, arrived + wait,
    arrived + wait, 1, arrived + wait + later_wait, {_OVER}, later_wait, 0, 0, officer_id FROM past
    WHERE later_wait IS NOT NULL"""  # noqa: S608
_VISITORS = """INSERT INTO visitor (visit_id, name, spoken, written, needs, note)
    SELECT id, '', spoken, '', needs, '' FROM past"""
_APPOINTMENTS = """INSERT INTO appointment (id, office_id, reference, kind, standing, service_id, starts, ends,
    local_day, local_hour, set_up, officer_id, language, features, seats, named_officer, by_council, party_size,
    visit_id, checked_in_at, moved, came_late, told_in_time, was_offered, series_id, booked_at, voided, version)
    SELECT appointment_id, office_id, 'AP-' || appointment_id, 'office', 'checked_in', service_id, arrived,
    arrived + 1200000, day, hour, 0, officer_id, '', '', 1, false, false, 1, id, arrived, 0, false, false, false, '',
    arrived, false, 3 FROM past WHERE appointment_id IS NOT NULL"""


def office_ids() -> list[str]:
    return [f"office{place:026d}" for place in range(OFFICES)]


def fill(url: str, options: Options) -> date:
    """An empty database filled; the last day with visits."""
    door = door_on(url)
    for place, office_id in enumerate(office_ids()):
        _set_up(door, place, office_id)
    door.close()
    engine = sa.create_engine(url)
    days = [day for day in (FIRST + timedelta(days=n) for n in range(YEARS * 365)) if day.weekday() < 5]
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA journal_mode = OFF")
    with engine.begin() as connection:
        for setting in _FAST[engine.dialect.name]:
            connection.exec_driver_sql(setting)
        # Made anew when all rows are there.
        indexes = _indexes(connection)
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        connection.exec_driver_sql(_DRAWN)
        past = _PAST.format(id=_ID[engine.dialect.name])
        for drawn in _drawn(days, options.times(VISITS)):
            (_into_sqlite if is_sqlite else _into_postgresql)(connection, drawn)
            connection.exec_driver_sql(f"CREATE TEMPORARY TABLE past AS {past}")
            for statement in (
                _VISITS.format(figures=_FIGURES[engine.dialect.name]),
                _LEGS,
                _LATER_LEGS,
                _VISITORS,
                _APPOINTMENTS,
                "DROP TABLE past",
            ):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("DELETE FROM drawn")
        for _, statement in indexes:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("DROP TABLE drawn")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What a server does by itself, in its own time: pages that all may see, and what the planner knows.
        connection.exec_driver_sql("PRAGMA journal_mode = WAL" if is_sqlite else "VACUUM ANALYZE")
    engine.dispose()
    return days[-1]


_FAST = {
    "sqlite": ("PRAGMA cache_size = -2000000",),
    # The rows fit together: nobody need look.
    "postgresql": ("SET LOCAL session_replication_role = replica", "SET LOCAL maintenance_work_mem = '512MB'"),
}
_FILLED = "('visit', 'leg', 'visitor', 'appointment')"


def _indexes(connection: sa.Connection) -> list[tuple[str, str]]:
    """Those that are not a table's key or rule, with the statements that make them."""
    if connection.dialect.name == "sqlite":
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > '' AND tbl_name IN "
    else:
        found = """SELECT c.relname, pg_get_indexdef(i.indexrelid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
            AND i.indrelid::regclass::text IN """
    return [(row[0], row[1]) for row in connection.exec_driver_sql(found + _FILLED)]


def _into_sqlite(connection: sa.Connection, drawn: dict[str, Numbers]) -> None:
    cursor: Any = connection.connection.cursor()
    rows = zip(*(drawn[name].tolist() for name in _COLUMNS), strict=True)
    cursor.executemany(f"INSERT INTO drawn VALUES ({', '.join('?' * len(_COLUMNS))})", rows)  # noqa: S608


def _into_postgresql(connection: sa.Connection, drawn: dict[str, Numbers]) -> None:
    """In the form that the server copies fastest: of a row how many fields it has, of a field its length and value."""
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in _COLUMNS:
        fields += [(f"{name}_bytes", ">i4"), (name, ">i8")]
    rows = np.empty(drawn["nth"].size, np.dtype(fields))
    rows["fields"] = len(_COLUMNS)
    for name in _COLUMNS:
        rows[f"{name}_bytes"], rows[name] = 8, drawn[name]
    cursor: Any = connection.connection.cursor()
    with cursor.copy("COPY drawn FROM STDIN (FORMAT BINARY)") as copy:
        for part in (b"PGCOPY\n\xff\r\n\x00" + bytes(8), rows.tobytes(), b"\xff\xff"):
            copy.write(part)


def _set_up(door: Door, place: int, office_id: str) -> None:
    services = tuple(
        Service(f"service-{place:02d}-{nth}", name, "HCBPKA"[nth], partner=name if name == "Citizens Advice" else "")
        for nth, name in enumerate(SERVICES)
    )
    staff = tuple(
        StaffEntry(Officer(f"officer-{place:02d}-{nth}", f"Officer {place}-{nth}", Role.ADMINISTRATOR), PIN)
        for nth in range(OFFICERS)
    )
    new = settings(
        name=f"Office {place:02d}",
        services=services,
        counters=(Counter(f"counter-{place:02d}", "Counter 1"),),
        staff=staff,
    )
    door.do(c.SetUpOffice(office_id=office_id, settings=new))


def _drawn(days: list[date], count: int) -> Iterator[dict[str, Numbers]]:
    """Visits in the order in which they come, some at a time. The same each time."""
    random = np.random.default_rng(5)
    zone = ZoneInfo(settings().timezone)
    opens = np.array([instant_of(day, _OPENS_AT, zone) for day in days])
    written = np.array([int(f"{day:%Y%m%d}") for day in days])
    for first in range(0, count, BATCH):
        nth = np.arange(first, min(first + BATCH, count))
        size = nth.size
        day = nth * len(days) // count
        since_opening = random.integers(0, _OPEN_MINUTES * MINUTE, size)
        since_opening = np.sort(day << 32 | since_opening) & 0xFFFFFFFF

        def exponential(minutes: int, size: int = size) -> Numbers:
            return random.exponential(minutes * MINUTE, size).astype(np.int64)

        def up_to(values: int, size: int = size) -> Numbers:
            return random.integers(0, values, size)

        yield {
            "nth": nth + 1,
            "lot": up_to(1 << 62),
            "day": written[day],
            "hour": (_OPENS_AT * MINUTE + since_opening) // (60 * MINUTE),
            "arrived": opens[day] + since_opening,
            "wait": exponential(8),
            "later_wait": exponential(6),
            "served": exponential(9),
            "office": up_to(OFFICES),
            "service": up_to(len(SERVICES)),
            "officer": up_to(OFFICERS),
            "what": up_to(100),
            "booked": up_to(_BOOKED_ONE_IN),
            "language": up_to(len(_LANGUAGES)),
            "need": up_to(len(_NEEDS)),
            "party": 1 + up_to(3),
            "told": 1 + up_to(2),
        }
