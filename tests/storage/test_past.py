"""Any period past, on either engine: each figure as a second, plain reckoning has it, and as the reports have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.answers import answer
from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.grouping import Grouping, Period
from reception.domain.local_time import instant_of
from reception.domain.office import Counter, Officer, Role, Service
from reception.domain.past_view import PastView
from reception.domain.stations import StationKind
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.office_settings import StaffEntry
from reception.services.supervisor_queries import MonthlyReport, Past
from reception.storage.engine import transaction
from reception.storage.schema.figures import COLUMNS, ENDS, ODD, figures_of
from tests.conftest import RoleUrls
from tests.storage import past_plainly as plainly
from tests.storage.past_as_reported import assert_as_reported
from tests.support import HOUSING, OFFICE, PIN, PLANNING, PRIYA, At, door_on, settings

OTHER = "office" + "1" * 26
EVER = Period(date.min, date.max)
SERVICES = {OFFICE: [HOUSING, "council-tax", PLANNING, "advice"], OTHER: ["parking", "housing-2", "police"]}
OFFICERS = {OFFICE: [PRIYA, "ewan", "grace"], OTHER: ["priya-2", "bea"]}
NAMES = {
    OFFICE: "Civic Offices",
    OTHER: "Annexe",
    HOUSING: "Housing",
    "council-tax": "Council Tax",
    PLANNING: "Planning",
    "parking": "Parking",
    "housing-2": "Housing",
    PRIYA: "Priya Nair (Civic Offices)",
    "ewan": "Ewan Pritchard",
    "grace": "Grace Okafor",
    "priya-2": "Priya Nair (Annexe)",
    "bea": "Bea Lund",
}
PARTNERS = {"advice": "Citizens Advice", "police": "Police"}


def set_up(door: Door) -> None:
    """Two offices: two of their services are partners', and one person's name is at both."""
    own = settings()
    advice = Service("advice", "Advice", "A", partner="Citizens Advice")
    door.do(c.SetUpOffice(office_id=OFFICE, settings=replace(own, services=(*own.services, advice))))
    services = (
        Service("parking", "Parking", "P"),
        Service("housing-2", "Housing", "H"),
        Service("police", "Police", "C", partner="Police"),
    )
    staff = (
        StaffEntry(Officer("priya-2", "Priya Nair", Role.ADMINISTRATOR), PIN),
        StaffEntry(Officer("bea", "Bea Lund", Role.OFFICER), PIN),
    )
    annexe = settings(name="Annexe", services=services, staff=staff, counters=(Counter("counter-9", "Counter 1"),))
    door.do(c.SetUpOffice(office_id=OTHER, settings=annexe))


def fill(door: Door, seed: int, count: int, like: Callable[[plainly.Row], plainly.Row] = dict) -> list[plainly.Row]:
    """Random visits, each made `like` something; those that count, partners' too."""
    rows = [like(row) for row in plainly.random_rows(Random(seed), count, SERVICES, OFFICERS)]
    with transaction(door.database.engine, writes=True) as connection:
        plainly.insert(connection, rows)
    return [row for row in rows if not row["voided"]]


@pytest.fixture
def door(database_url: str) -> Iterator[Door]:
    made = door_on(database_url)
    set_up(made)
    yield made
    made.close()


def gone_late(row: plainly.Row) -> plainly.Row:
    """The same visit, had its visitor left a minute after the promise."""
    wait = 16 * MINUTE
    left = {"outcome": "left_after", "end": "left", "later": [], "officer_id": None, "seen_target": 15 * MINUTE}
    return row | left | {"promise_wait": wait, "total_wait": wait, "ended_at": row["arrived_at"] + wait}


def ask(door: Door, period: Period = EVER, by: Grouping = Grouping.TOTAL, **more: Any) -> PastView:
    view: PastView = answer(door.database, Past((), period, by=by, **more))
    return view


def own(rows: list[plainly.Row], period: Period = EVER) -> list[plainly.Row]:
    first, last = period.first.isoformat(), period.last.isoformat()
    return [row for row in rows if row["first_service_id"] not in PARTNERS and first <= row["local_day"] <= last]


def test_each_figure_is_that_of_a_second_reckoning(door: Door) -> None:
    rows = fill(door, 1, 90)
    for by in Grouping:
        plainly.check(ask(door, by=by), own(rows), NAMES)
    spring = Period(date(2026, 3, 29), date(2026, 3, 29))
    view = ask(door, spring, Grouping.HOUR, compared=Period(date(2026, 10, 25), date(2026, 10, 25)))
    plainly.check(view, own(rows, spring), NAMES)
    assert view.total_before is not None
    plainly.check_group(view.total_before, own(rows, Period(date(2026, 10, 25), date(2026, 10, 25))))
    days = [date.fromisoformat(row["local_day"]) for row in rows]
    assert (view.first_visit, view.last_visit) == (min(days, default=None), max(days, default=None))


@pytest.mark.parametrize(("seed", "count", "like"), [(3, 1, dict), (4, 7, dict), (8, 12, gone_late)])
def test_one_visit_a_few_and_all_that_left(
    sqlite_url: str, seed: int, count: int, like: Callable[[plainly.Row], plainly.Row]
) -> None:
    door = door_on(sqlite_url)
    set_up(door)
    rows = fill(door, seed, count, like)
    for by in (Grouping.TOTAL, Grouping.SERVICE, Grouping.OFFICER, Grouping.NEED):
        plainly.check(ask(door, by=by), own(rows), NAMES)
    door.close()


def test_what_is_kept_of_a_visit_stays_as_it_was() -> None:
    """Databases hold it: its codes are never dealt out anew."""
    row = {
        "local_hour": 9,
        "party_size": 2,
        "outcome": "left_after",
        "end": "left",
        "leg": 1,
        "stepped_out": 0,
        "arrived_at": 1_000,
        "ended_at": 901_001,
        "promise_wait": 900_000,
        "total_wait": 900_000,
        "reinstated": False,
        "exempt": True,
        "told_at": 5,
        "told_in_time": False,
        "was_offered": True,
        "took_another_time": False,
        "resolved_target": 600_000,
    }
    codes = (9 << 7 | 2) << 14 | 2 << 10 | 5 << 6 | 0b011010
    assert figures_of(row) == f"{codes:08x}{900_001:08x}{900_000:08x}{900_001:08x}"
    took = figures_of(row | {"took_another_time": True})
    assert took == f"{codes + 1:08x}{900_001:08x}{900_000:08x}{900_001:08x}"
    for odd in ({"ended_at": None}, {"party_size": 128}, {"ended_at": 1 << 40}, {"end": "no_show", "leg": 2}):
        assert figures_of(row | odd) == ODD
    assert [*[*COLUMNS][2:], *ENDS] == [
        *("left_after", "no_show_before", "no_show_after", "booked_unseen_before", "booked_unseen_after"),
        *("signposted_unseen_before", "signposted_unseen_after", "unresolved_unseen_before", "unresolved_unseen_after"),
        *("open", "resolved", "to_follow", "booked", "signposted", "left", "no_show", "unresolved"),
    ]


def test_partners_are_counted_apart(door: Door) -> None:
    rows = fill(door, 5, 80)
    view = ask(door, by=Grouping.SERVICE)
    assert [group.key for group in view.partners] == ["Citizens Advice", "Police"]
    assert not {"Advice", "Police"} & {group.key for group in view.groups}
    for group in view.partners:
        plainly.check_group(group, [row for row in rows if PARTNERS.get(row["first_service_id"]) == group.key])
    # The report of waits counts them in no total either; by service they have lines of their own.
    (total,) = door.ask(q.WaitReport(OFFICE, date.min, date.max))
    at_office = [row for row in rows if row["office_id"] == OFFICE]
    assert total.visits == len(own(at_office))
    by_service = door.ask(q.WaitReport(OFFICE, date.min, date.max, "service"))
    assert sum(each.visits for each in by_service) == len(at_office)


def test_it_says_what_the_reports_say(door: Door) -> None:
    for row in fill(door, 6, 80):
        # Of a no-show the reports ask its facts, and these have none; they are lived further below.
        if row["first_service_id"] in PARTNERS or row["end"] == "no_show":
            with transaction(door.database.engine, writes=True) as connection:
                connection.execute(sa.text("DELETE FROM leg WHERE visit_id = :id"), row)
                connection.execute(sa.text("DELETE FROM visitor WHERE visit_id = :id"), row)
                connection.execute(sa.text("DELETE FROM visit WHERE id = :id"), row)
    with transaction(door.database.engine, writes=True) as connection:
        connection.execute(sa.text("UPDATE service SET retired = true WHERE id = 'council-tax'"))
        connection.execute(sa.text("UPDATE service SET name = 'Homes' WHERE id = 'housing'"))
        connection.execute(
            sa.text("INSERT INTO evacuation (office_id, started_at, local_day) VALUES (:office, 1, '2026-03-30')"),
            {"office": OFFICE},
        )
    for office in (OFFICE, OTHER):
        assert_as_reported(door, office, EVER)
    assert_as_reported(door, OFFICE, EVER, without_evacuations=True)
    assert {group.key for group in ask(door, by=Grouping.SERVICE).groups} >= {"Homes", "Housing", "Council Tax"}


def test_small_groups_are_hidden_from_the_public_and_languages_from_everybody(sqlite_url: str) -> None:
    door = door_on(sqlite_url)
    set_up(door)
    rows = fill(door, 7, 60)
    public = ask(door, by=Grouping.DAY, is_public=True)
    plain = ask(door, by=Grouping.DAY)
    assert not any(group.is_hidden for group in plain.groups)
    for view in (public, ask(door, by=Grouping.LANGUAGE), ask(door, by=Grouping.NEED)):
        shown = [group.waits.visits for group in view.groups if group.waits is not None]
        assert all(visits >= 5 for visits in shown)
        assert [group.is_hidden for group in view.groups].count(True) != 1
    assert all(cell.visits >= 5 for cell in public.heat)
    assert sum(cell.visits for cell in public.heat) < len(own(rows))
    assert public.medians is None or all(point.visits >= 5 for point in public.medians.points)
    # Fewer than five in all are hidden wholly.
    with transaction(door.database.engine, writes=True) as connection:
        connection.execute(sa.text("UPDATE visit SET voided = true WHERE id > 'visit0003'"))
    view = ask(door, by=Grouping.SERVICE, is_public=True)
    assert view.total.is_hidden
    assert view.total.waits is None
    assert all(group.is_hidden for group in view.groups)
    assert (view.heat, view.curve.judged, view.curve.within, view.medians, view.shares) == ((), 0, (), None, None)
    door.close()


# -- what may be asked -----------------------------------------------------------------------------------------


def test_a_period_without_visits_is_answered(door: Door) -> None:
    fill(door, 9, 5)
    for first, last in (
        (date(2030, 1, 1), date(2030, 12, 31)),
        (date(1990, 1, 1), date(1999, 12, 31)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date.max, date.max),
        (date.min, date.min),
    ):
        period = Period(first, last)
        for by in (Grouping.TOTAL, Grouping.DAY, Grouping.OFFICER, Grouping.NEED):
            view = ask(door, period, by, compared=period)
            plainly.check_group(view.total, [])
            assert view.groups in ((), (view.total,))
            assert view.partners == view.heat == ()
            assert view.curve.judged == 0
            assert view.first_visit is not None


def test_thirty_years_an_office_without_visits_and_an_unknown_one(door: Door) -> None:
    rows = fill(door, 10, 30)
    thirty = Period(date(2000, 1, 1), date(2029, 12, 31))
    assert ask(door, thirty).total == ask(door).total
    here = [row for row in rows if row["office_id"] == OFFICE]
    with transaction(door.database.engine, writes=True) as connection:
        connection.execute(sa.text("UPDATE visit SET voided = true WHERE office_id <> :office"), {"office": OFFICE})
    view: PastView = door.ask(Past((OTHER,), thirty))
    assert (view.offices, view.first_visit, view.total.waits.visits) == (("Annexe",), None, 0)  # type: ignore[union-attr]
    plainly.check_group(ask(door, thirty).total, own(here))
    with pytest.raises(Refusal) as refused:
        door.ask(Past(("nowhere",), thirty))
    assert refused.value.code is Code.NO_OFFICE


def test_a_period_that_ends_before_it_begins_is_refused(sqlite_url: str) -> None:
    door = door_on(sqlite_url)
    reversed_one = Period(date(2026, 3, 2), date(2026, 3, 1))
    for query in (Past((), reversed_one), Past((), EVER, reversed_one)):
        with pytest.raises(Refusal) as refused:
            door.ask(query)
        assert refused.value.code is Code.BAD_INPUT
        assert refused.value.reason == "The first day, 2026-03-02, is after the last, 2026-03-01."
    door.close()


def test_a_month_beside_the_one_before(door: Door) -> None:
    rows = fill(door, 11, 60)
    view: PastView = door.ask(MonthlyReport((), date(2026, 11, 15)))
    assert (view.period, view.by) == (Period(date(2026, 11, 1), date(2026, 11, 30)), Grouping.SERVICE)
    assert view.compared == Period(date(2026, 10, 1), date(2026, 10, 31))
    plainly.check(view, own(rows, view.period), NAMES)
    assert door.ask(MonthlyReport((), date.min)).compared is None
    assert door.ask(MonthlyReport((), date.max)).period.last == date.max


def test_a_life_through_the_commands(database_url: str) -> None:
    """A target changed half-way, everybody left, a no-show whose first call its facts alone remember, a later leg."""
    monday = date(2026, 3, 2)
    clock = SetClock(instant_of(monday, 10 * 60, plainly.LONDON))
    at = At(door_on(database_url, clock)).set_up().sign_in()
    start = clock.at
    for minutes in (15, 16):
        visit = at.take()
        clock.at = start + minutes * MINUTE
        at.on(c.Leave, visit)
        clock.at = start
    transferred = at.take()
    at.on(c.CallVisit, transferred, reason="so it is")
    at.on(c.StartService, transferred)
    clock.at = start + 4 * MINUTE
    at.on(c.Transfer, transferred, service_id=PLANNING)
    clock.at = start + 9 * MINUTE
    at.on(c.CallVisit, transferred, reason="so it is")
    clock.at = start + 20 * MINUTE
    at.on(c.CallAgain, transferred)
    at.on(c.NoShow, transferred)
    at.change_settings(replace(at.door.ask(q.SettingsOf(OFFICE)), walk_in_seen=20))
    clock.at = instant_of(monday + timedelta(days=1), 10 * 60, plainly.LONDON)
    at.sign_in()
    late = at.take()
    clock.at += 20 * MINUTE
    at.on(c.CallVisit, late, reason="so it is")
    at.on(c.StartService, late)
    at.on(c.Transfer, late, service_id=PLANNING)
    clock.at += 7 * MINUTE
    at.on(c.CallVisit, late, reason="so it is")
    at.on(c.StartService, late)
    at.on(c.Finish, late, end=End.RESOLVED)
    view = ask(at.door)
    # Of the first that was transferred nobody began a second service.
    assert view.total.legs is not None
    assert (view.total.legs.later_legs, view.total.legs.longest_later_min) == (1, 7)
    assert view.targets_changed
    assert view.total.waits is not None and view.total.resolved is not None
    assert (view.total.waits.left_before, view.total.waits.left_after, view.total.waits.within_target) == (1, 1, 2)
    assert view.total.waits.target_min is None
    # Called again at nine minutes, within the ten of the resolved promise: lost by nobody.
    assert (view.total.resolved.not_resolved_before, view.total.resolved.not_resolved_after) == (1, 2)
    assert_as_reported(at.door, OFFICE, EVER)
    at.door.close()


# -- who asks --------------------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_two_supervisors_at_once_by_their_own_role(role_urls: RoleUrls) -> None:
    owner = door_on(role_urls.owner)
    set_up(owner)
    rows = fill(owner, 12, 40)
    doors = [door_on(role_urls.supervisor, kind=StationKind.SUPERVISOR) for _ in range(2)]
    with ThreadPoolExecutor(2) as both:
        for by in (Grouping.TOTAL, Grouping.OFFICER, Grouping.LANGUAGE, Grouping.NEED):
            first, second = both.map(lambda door, by=by: ask(door, by=by), doors)  # type: ignore[misc]
            assert replace(first, now=0) == replace(second, now=0)
            plainly.check(first, own(rows), NAMES)
    for each in (*doors, owner):
        each.close()
