"""Any period past: a year and a month of twenty offices, against a statement by hand for the same figures."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any

import sqlalchemy as sa

from benchmarks.measure import Options, Row, at_most, sqlite_file, timed
from benchmarks.years_of_visits import fill
from tests.house import postgres

NAME = "past-figures"
ROUNDS = 7
SERVER = {"shared_buffers": "128MB", "max_wal_size": "8GB"}
"""As much of memory as a server takes by default; only reads are timed, so nothing need be kept through a power cut."""
AIM_YEAR, AIM_MONTH, AIM_MEMORY, AIM_RATIO = 0.5, 0.1, 150, 2

_OF_PERIOD = """FROM visit JOIN service ON service.id = visit.first_service_id WHERE local_day BETWEEN :first AND :last
    AND NOT visit.voided AND booked_for IS NULL AND appointment_id IS NULL AND service.partner = ''"""
_SHARE = """sum(CASE WHEN outcome = 'seen' AND promise_wait <= seen_target THEN 1.0 END)
    / sum(CASE WHEN outcome = 'seen' OR outcome LIKE '%after' THEN 1 END)"""
BY_HAND = {
    "postgresql": f"""SELECT service.name, local_hour, count(*), avg(promise_wait) FILTER (WHERE outcome = 'seen'),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY promise_wait) FILTER (WHERE outcome = 'seen'),
        percentile_cont(0.9) WITHIN GROUP (ORDER BY promise_wait) FILTER (WHERE outcome = 'seen'),
        max(promise_wait) FILTER (WHERE outcome = 'seen'), {_SHARE} {_OF_PERIOD} GROUP BY service.name, local_hour""",
    "sqlite": f"""WITH waits AS (SELECT service.name AS service, local_hour, outcome, promise_wait, seen_target,
        row_number() OVER (PARTITION BY service.name, local_hour, outcome = 'seen' ORDER BY promise_wait) - 1 AS place,
        count(*) OVER (PARTITION BY service.name, local_hour, outcome = 'seen') - 1 AS last {_OF_PERIOD})
        SELECT service, local_hour, count(*), avg(promise_wait) FILTER (WHERE outcome = 'seen'),
        avg(promise_wait) FILTER (WHERE outcome = 'seen' AND place IN (last / 2, (last + 1) / 2)),
        sum(promise_wait * (1 - abs(0.9 * last - place))) FILTER (WHERE outcome = 'seen'
            AND abs(0.9 * last - place) < 1),
        max(promise_wait) FILTER (WHERE outcome = 'seen'), {_SHARE} FROM waits GROUP BY service, local_hour""",  # noqa: S608
}

"""The waits alone, by service and hour."""
_WAITS = """count(*) FILTER (WHERE outcome = 'seen'), avg(promise_wait) FILTER (WHERE outcome = 'seen'),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY promise_wait) FILTER (WHERE outcome = 'seen')"""
_TOLD = """count(*) FILTER (WHERE {0}.told_at IS NOT NULL), count(*) FILTER (WHERE {0}.told_in_time),
    count(*) FILTER (WHERE {0}.was_offered), count(*) FILTER (WHERE {0}.took_another_time)"""
THE_OTHERS_BY_HAND = (
    f"""SELECT service.name, outcome, "end", count(*), sum(party_size), {_TOLD.format("visit")},
        count(*) FILTER (WHERE ended_at - arrived_at <= resolved_target) {_OF_PERIOD}
        GROUP BY service.name, outcome, "end\"""",
    f"SELECT extract(isodow FROM CAST(local_day AS date)), local_hour, {_WAITS}, {_SHARE} {_OF_PERIOD} GROUP BY 1, 2",  # noqa: S608
    f"SELECT local_day, {_WAITS}, {_SHARE} {_OF_PERIOD} GROUP BY local_day",
    f"SELECT promise_wait / 60000, count(*) {_OF_PERIOD} AND outcome = 'seen' GROUP BY 1",
    """SELECT service.name, count(*), avg(leg.waited), max(leg.waited),
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY leg.waited) FROM visit
        JOIN leg ON leg.visit_id = visit.id AND leg.number > 1 AND leg.started_at IS NOT NULL
        JOIN service ON service.id = visit.first_service_id WHERE visit.local_day BETWEEN :first AND :last
        AND NOT visit.voided AND visit.booked_for IS NULL AND visit.appointment_id IS NULL AND service.partner = ''
        GROUP BY service.name""",
    f"""SELECT service.name, standing, kind, count(*), avg(promise_wait), max(promise_wait),
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY promise_wait),
        count(*) FILTER (WHERE promise_wait <= seen_target), count(*) FILTER (WHERE checked_in_at > starts),
        {_TOLD.format("visit")}, {_TOLD.format("appointment")}
        FROM appointment JOIN service ON service.id = appointment.service_id
        LEFT JOIN visit ON visit.id = appointment.visit_id WHERE appointment.local_day BETWEEN :first AND :last
        AND NOT appointment.voided GROUP BY service.name, standing, kind""",  # noqa: S608
)
"""On PostgreSQL, the rest of what is asked for: ends and delays, heat map, the days of both charts, the curve, later
legs, appointments. On SQLite the waits alone take longer than all of ours."""


def run(options: Options) -> list[Row]:
    rows: list[Row] = []
    with ExitStack() as stack:
        rows += _of("SQLite", stack.enter_context(sqlite_file(options.folder)), options)
    with ExitStack() as stack:
        rows += _of("PostgreSQL", stack.enter_context(postgres.Server(**SERVER)).create_database(), options)
    return rows


def _of(engine: str, url: str, options: Options) -> list[Row]:
    last = fill(url, options)
    by_hand = _by_hand(url, last)
    measured = _measured(url, last)
    seconds, memory = measured["seconds"], measured["memory"]
    rows = [
        at_most(f"{engine}: a year of all offices", seconds["year"], "s", AIM_YEAR),
        at_most(f"{engine}: a month of all offices", seconds["month"], "s", AIM_MONTH),
        at_most(f"{engine}: memory of the process, after that year", memory["year"], "MB", AIM_MEMORY),
    ]
    for name in ("year", "month"):
        rows += _against(f"{engine}: the {name}", seconds[name], by_hand[name], by_hand.get(f"{name}, the others"))
    rows += [Row(f"{engine}: {name}", seconds[name], "s") for name in seconds if name not in ("year", "month")]
    return [*rows, Row(f"{engine}: memory of the process, after all of it", max(memory.values()), "MB")]


def _against(what: str, ours: float, waits: float, others: float | None) -> list[Row]:
    """The aim is for the same figures. Where the waits alone take longer by hand than all of ours, they are enough."""
    rows = [Row(f"{what}, the waits alone by hand", waits, "s")]
    if others is None:
        return [*rows, at_most(f"{what}, all of ours to those waits", ours / waits, "ratio", AIM_RATIO)]
    return [
        *rows,
        Row(f"{what}, all of ours to those waits", ours / waits, "ratio"),
        Row(f"{what}, the same figures by hand", waits + others, "s"),
        at_most(f"{what}, ours to the same figures by hand", ours / (waits + others), "ratio", AIM_RATIO),
    ]


def _by_hand(url: str, last: date) -> dict[str, float]:
    engine = sa.create_engine(url)
    year = {"first": f"{last.year - 1}-01-01", "last": f"{last.year - 1}-12-31"}
    month = {"first": f"{last.year - 1}-10-01", "last": f"{last.year - 1}-10-31"}
    with engine.connect() as connection:
        statements: dict[str, tuple[str, ...]] = {"": (BY_HAND[engine.dialect.name],)}
        if engine.dialect.name == "postgresql":
            statements[", the others"] = THE_OTHERS_BY_HAND

        def once(texts: Sequence[str], values: dict[str, str]) -> float:
            return timed(lambda: [connection.execute(sa.text(text), values).all() for text in texts])

        once(statements[""], month)
        found = {
            f"{name}{which}": sorted(once(texts, values) for _ in range(ROUNDS))[ROUNDS // 2]
            for which, texts in statements.items()
            for name, values in (("year", year), ("month", month))
        }
    engine.dispose()
    return found


def _measured(url: str, last: date) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.past_figures_child", url, last.isoformat(), str(ROUNDS)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
