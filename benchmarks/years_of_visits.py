"""Years of a county's visits, written past the commands: rows as they would be, without the facts behind them."""

from __future__ import annotations

from collections.abc import Iterator
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
from tests.support import PIN, door_on, settings

VISITS, OFFICES, YEARS = 2_000_000, 20, 5
SERVICES = ("Housing", "Council Tax", "Benefits", "Planning", "Parking", "Citizens Advice")
OFFICERS = 6
FIRST = date(2021, 1, 4)
"""A Monday."""
BATCH = 20_000
_BOOKED_ONE_IN = 20
_OPENS_AT, _OPEN_MINUTES = 9 * 60, 8 * 60
_LANGUAGES = ("",) * 16 + ("pl", "bn", "ur", "bfi")
_NEEDS = ("",) * 17 + ("private", "step_free", "children,step_free")

_PAST = sa.Table(
    "past",
    sa.MetaData(),
    *(sa.Column(name, sa.Text) for name in ("id", "office_id", "service_id", "officer_id", "day", "outcome", "ending")),
    *(sa.Column(name, sa.Text) for name in ("spoken", "needs", "appointment_id")),
    *(sa.Column(name, sa.BigInteger) for name in ("hour", "arrived", "wait", "later_wait", "served", "nth", "target")),
    *(sa.Column(name, sa.Integer) for name in ("party", "told")),
    prefixes=["TEMPORARY"],
)
_STARTED = "CASE WHEN outcome = 'seen' THEN arrived + wait END"
_OVER = "arrived + wait + coalesce(later_wait, 0) + served"
_VISITS = f"""INSERT INTO visit (id, office_id, number, code, local_day, local_hour, arrived_at, booked_for, running,
    party_size, seen_target, resolved_target, first_service_id, state, service_id, leg, since, order_target,
    stepped_out, see_first, overtaken, own_request, "end", ended_at, voided, reinstated, exempt, outcome, promise_wait,
    total_wait, version, appointment_id, told_at, told_in_time, was_offered)
    SELECT id, office_id, 'H' || nth, 'RC-' || id, day, hour, arrived,
    CASE WHEN appointment_id IS NOT NULL THEN arrived END, nth, party, target, 600000, service_id, 'ended', service_id,
    CASE WHEN later_wait IS NULL THEN 1 ELSE 2 END, arrived, target, 0, false, 0, false, ending, {_OVER}, false, false,
    false, outcome, wait, wait + coalesce(later_wait, 0), 6, appointment_id, CASE WHEN told > 0 THEN arrived + wait END,
    told = 2, false FROM past"""  # noqa: S608
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
    with engine.begin() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")
        _PAST.create(connection)
        for rows in _rows(days, options.times(VISITS)):
            connection.execute(_PAST.insert(), rows)
            for statement in (_VISITS, _LEGS, _LATER_LEGS, _VISITORS, _APPOINTMENTS):
                connection.exec_driver_sql(statement)
            connection.execute(_PAST.delete())
        _PAST.drop(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What a server does by itself, in its own time.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)" if is_sqlite else "VACUUM ANALYZE")
    engine.dispose()
    return days[-1]


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


def _rows(days: list[date], count: int) -> Iterator[list[dict[str, Any]]]:
    """Visits in the order in which they come, some thousands at a time. The same each time."""
    random = np.random.default_rng(5)
    zone = ZoneInfo(settings().timezone)
    a_day = max(1, count // len(days))
    done = 0
    rows: list[dict[str, Any]] = []
    for day in days:
        of_day = a_day if day != days[-1] else count - done
        rows += _of_day(random, day, zone, of_day, done)
        done += of_day
        if len(rows) >= BATCH:
            yield rows
            rows = []
    yield rows


def _of_day(random: np.random.Generator, day: date, zone: ZoneInfo, count: int, done: int) -> list[dict[str, Any]]:
    opens = instant_of(day, _OPENS_AT, zone)
    minutes = np.sort(random.integers(0, _OPEN_MINUTES * MINUTE, count))
    waits = random.exponential(8 * MINUTE, count).astype(np.int64)
    served = random.exponential(9 * MINUTE, count).astype(np.int64)
    later = random.exponential(6 * MINUTE, count).astype(np.int64)
    picks = random.integers(0, 1 << 62, (count, 2))
    target = 15 * MINUTE
    rows = []
    for nth in range(count):
        pick, what = int(picks[nth, 0]), int(picks[nth, 1]) % 100
        wait, office = int(waits[nth]), pick % OFFICES
        booked = pick // 7 % _BOOKED_ONE_IN == 0
        after = "after" if wait > target else "before"
        outcome, ending = "seen", "resolved"
        if what < 5:
            outcome, ending = f"left_{after}", "left"
        elif what < 7:
            outcome, ending = f"no_show_{after}", "no_show"
        elif what < 12:
            ending = "to_follow"
        visit_id = f"{pick:016x}{done + nth:016x}"
        rows.append(
            {
                "id": visit_id,
                "office_id": f"office{office:026d}",
                "service_id": f"service-{office:02d}-{pick // 11 % len(SERVICES)}",
                "officer_id": f"officer-{office:02d}-{pick // 13 % OFFICERS}" if outcome == "seen" else None,
                "day": day.isoformat(),
                "hour": (_OPENS_AT * MINUTE + int(minutes[nth])) // (60 * MINUTE),
                "arrived": opens + int(minutes[nth]),
                "wait": wait,
                "later_wait": int(later[nth]) if outcome == "seen" and what >= 95 else None,
                "served": int(served[nth]) if outcome == "seen" else 0,
                "outcome": outcome,
                "ending": ending,
                "spoken": _LANGUAGES[pick // 17 % len(_LANGUAGES)],
                "needs": _NEEDS[pick // 19 % len(_NEEDS)],
                "appointment_id": f"a{visit_id[1:]}" if booked else None,
                "nth": nth + 1,
                "target": target,
                "party": 1 + pick // 23 % 3,
                "told": (1 + pick // 29 % 2) if wait > target else 0,
            }
        )
    return rows
