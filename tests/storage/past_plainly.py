"""A past period reckoned a second time: row by row, in plain Python, with fractions; it shares nothing with the reader.

And random rows to reckon with: of two offices, around the nights on which the clocks change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from reception.clock import MINUTE, local_datetime
from reception.domain.grouping import Grouping
from reception.domain.local_time import instant_of
from reception.domain.past_view import Group, HeatCell, PastView
from reception.services.past_hiding import UNNAMED
from reception.storage import schema as t
from reception.storage.schema.figures import figures_of

LONDON = ZoneInfo("Europe/London")
DAYS = [date(2026, 3, 27), date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 25), date(2026, 11, 2)]
UNSEEN = ("left", "no_show", "booked_unseen", "signposted_unseen", "unresolved_unseen")
_ENDS = {
    "left": "left",
    "no_show": "no_show",
    "booked_unseen": "booked",
    "signposted_unseen": "signposted",
    "unresolved_unseen": "unresolved",
}
Row = dict[str, Any]


# -- random rows -----------------------------------------------------------------------------------------------


def random_rows(
    random: Random, count: int, services: dict[str, list[str]], officers: dict[str, list[str]]
) -> list[Row]:
    """Visits with their legs and visitor; `services` and `officers` by office."""
    return [_random_row(random, nth, services, officers) for nth in range(count)]


def _random_row(random: Random, nth: int, services: dict[str, list[str]], officers: dict[str, list[str]]) -> Row:
    office_id = random.choice(sorted(services))
    day = random.choice(DAYS)
    # Also in the hour that is missing, and in the one that comes twice.
    arrived = instant_of(day, 0, LONDON) + random.randrange(0, 5) * 30 * MINUTE + random.randrange(60_000)
    local = local_datetime(arrived, LONDON)
    target = random.choice([None, 10 * MINUTE, 15 * MINUTE])
    resolved_target = random.choice([None, 10 * MINUTE])
    wait = random.choice([0, 1, 10 * MINUTE, 10 * MINUTE + 1, 15 * MINUTE, random.randrange(90 * MINUTE)])
    service = random.choice(services[office_id])
    is_seen = random.random() < 0.7
    column, end, later = "seen", random.choice(["resolved", "to_follow", "signposted", "left", "unresolved", None]), []
    if not is_seen:
        what = random.choice(UNSEEN)
        column = f"{what}_{'after' if target is not None and wait > target else 'before'}"
        end = _ENDS[what]
        if random.random() < 0.2:
            column, end = "open", None
    elif random.random() < 0.3:
        later = [random.randrange(40 * MINUTE) for _ in range(random.choice([1, 1, 2]))]
    length = wait + sum(later) + (random.randrange(30 * MINUTE) if is_seen else 0)
    if random.random() < 0.05:
        length += 400 * 24 * 60 * MINUTE
    told = random.choice([None, None, arrived + 5])
    return {
        "id": f"visit{nth:04d}",
        "office_id": office_id,
        "local_day": local.date().isoformat(),
        "local_hour": local.hour,
        "arrived_at": arrived,
        "seen_target": target,
        "resolved_target": resolved_target,
        "first_service_id": service,
        "party_size": random.choice([1, 1, 2, 5, 99]),
        "outcome": column,
        "promise_wait": None if column == "open" else wait,
        "total_wait": wait + sum(later),
        "end": end,
        "ended_at": None if end is None else arrived + length,
        "exempt": random.random() < 0.2,
        "reinstated": random.random() < 0.1,
        "voided": random.random() < 0.05,
        "told_at": told,
        "told_in_time": told is not None and random.random() < 0.5,
        "was_offered": told is not None and random.random() < 0.5,
        "took_another_time": told is not None and random.random() < 0.5,
        "later": later,
        "officer_id": random.choice(officers[office_id]) if is_seen else None,
        "spoken": random.choice(["", "", "pl", "bfi"]),
        "needs": random.choice(["", "", "children", "children,step_free"]),
    }


def insert(connection: sa.Connection, rows: Iterable[Row]) -> None:
    for nth, row in enumerate(rows):
        extra = ("later", "spoken", "needs")
        of_visit = {name: value for name, value in row.items() if name not in extra}
        at = row["arrived_at"]
        written = {
            **of_visit,
            "officer_id": None,
            "number": f"H{nth:03d}",
            "code": f"RC-{nth}",
            "running": nth,
            "state": "ended",
            "service_id": row["first_service_id"],
            "leg": 1 + len(row["later"]),
            "since": at,
            "order_target": 0,
            "stepped_out": 0,
            "see_first": False,
            "own_request": False,
            "version": 1,
            "later_waits": ",".join(map(str, row["later"])) if row["outcome"] == "seen" else "",
        }
        connection.execute(t.visit.insert().values(**written, figures=figures_of(written)))
        common = {"visit_id": row["id"], "office_id": row["office_id"], "calls": 1, "stepped_out": 0, "held": 0}
        waits = [row["promise_wait"] or 0, *row["later"]]
        for number, waited in enumerate(waits, start=1):
            is_begun = row["outcome"] == "seen"
            connection.execute(
                t.leg.insert().values(
                    **common,
                    number=number,
                    service_id=row["first_service_id"],
                    since=at,
                    started_at=at + waited if is_begun else None,
                    waited=waited if is_begun else None,
                    officer_id=row["officer_id"],
                )
            )
        connection.execute(
            t.visitor.insert().values(
                visit_id=row["id"], name="Ann Example", spoken=row["spoken"], written="", needs=row["needs"], note=""
            )
        )


# -- the second reckoning --------------------------------------------------------------------------------------


def minutes(value: Fraction | int | None) -> float | None:
    return None if value is None else float(Fraction(value) / MINUTE)


def quantile(values: list[int], share: Fraction) -> Fraction | None:
    if not values:
        return None
    ordered, place = sorted(values), share * (len(values) - 1)
    below = ordered[int(place)]
    above = ordered[min(int(place) + 1, len(values) - 1)]
    return below + (above - below) * (place - int(place))


def spread(values: list[int]) -> tuple[float | None, ...]:
    """Mean, median, p90, longest, in minutes."""
    mean = Fraction(sum(values), len(values)) if values else None
    figures = (mean, quantile(values, Fraction(1, 2)), quantile(values, Fraction(9, 10)), max(values, default=None))
    return tuple(minutes(each) for each in figures)


def waits_of(rows: list[Row]) -> dict[str, Any]:
    seen = [row["promise_wait"] for row in rows if row["outcome"] == "seen"]
    mean, median, p90, longest = spread(seen)
    targets = {row["seen_target"] for row in rows}
    kept = sum(is_kept(row) for row in rows)
    judged = sum(is_judged(row) for row in rows)
    return {
        "visits": len(rows),
        "seen": len(seen),
        **{f"{what}_{side}": _count(rows, f"{what}_{side}") for what in UNSEEN for side in ("before", "after")},
        "open": _count(rows, "open"),
        "mean_wait_min": mean,
        "median_wait_min": median,
        "p90_wait_min": p90,
        "longest_wait_min": longest,
        "target_min": minutes(targets.pop()) if len(targets) == 1 else None,
        "within_target": kept if any(row["seen_target"] is not None for row in rows) else None,
        "share_within_target": kept / judged if judged else None,
    }


def _count(rows: list[Row], outcome: str) -> int:
    return sum(row["outcome"] == outcome for row in rows)


def is_kept(row: Row) -> bool:
    return row["outcome"] == "seen" and row["seen_target"] is not None and row["promise_wait"] <= row["seen_target"]


def is_judged(row: Row) -> bool:
    return row["seen_target"] is not None and (row["outcome"] == "seen" or row["outcome"].endswith("_after"))


def legs_of(rows: list[Row]) -> tuple[Any, ...]:
    later = [wait for row in rows for wait in row["later"]]
    return (len(later), *spread(later), *spread([row["total_wait"] for row in rows if row["outcome"] == "seen"]))


def outcomes_of(rows: list[Row]) -> dict[str, int]:
    ends = ("resolved", "to_follow", "booked", "signposted", "left", "no_show", "unresolved")
    return {
        "visits": len(rows),
        **{end: sum(row["end"] == end for row in rows) for end in ends},
        "open": sum(row["end"] is None for row in rows),
        "people": sum(row["party_size"] for row in rows),
        "reinstated": sum(row["reinstated"] for row in rows),
    }


def keys_of(by: Grouping, names: dict[str, str]) -> Callable[[Row], list[str]]:
    """The groups of a row; `names` of services, offices and officers by id."""

    def keys(row: Row) -> list[str]:
        day = date.fromisoformat(row["local_day"])
        match by:
            case Grouping.TOTAL:
                return ["total"]
            case Grouping.DAY:
                return [row["local_day"]]
            case Grouping.WEEK:
                return [day.strftime("%G-W%V")]
            case Grouping.MONTH:
                return [day.strftime("%Y-%m")]
            case Grouping.WEEKDAY:
                return [day.strftime("%A")]
            case Grouping.HOUR:
                return [str(row["local_hour"]).zfill(2)]
            case Grouping.SERVICE:
                return [names[row["first_service_id"]]]
            case Grouping.OFFICE:
                return [names[row["office_id"]]]
            case Grouping.OFFICER:
                return [names[row["officer_id"]] if row["officer_id"] and row["outcome"] == "seen" else "(none)"]
            case Grouping.LANGUAGE:
                return [row["spoken"]]
            case Grouping.NEED:
                return row["needs"].split(",")

    return keys


def check(view: PastView, rows: list[Row], names: dict[str, str]) -> None:
    """That each figure of a view is that of these rows, the council's own walk-ins, to the last digit."""
    check_group(view.total, rows)
    keys = keys_of(view.by, names)
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys(row):
            grouped.setdefault(key, []).append(row)
    if view.by is Grouping.TOTAL:
        grouped.setdefault("total", [])
    if view.groups != (Group(UNNAMED, is_hidden=True),):
        assert {group.key for group in view.groups} == set(grouped)
    for group in view.groups:
        if group.is_hidden:
            assert group == Group(group.key, is_hidden=True)
        else:
            check_group(group, grouped.get(group.key, []))
    assert list(view.heat) == _heat(rows)
    judged = [row for row in rows if is_judged(row)]
    if all(row["seen_target"] is None for row in rows):
        judged = [row for row in rows if row["outcome"] == "seen"]
    seen = [row["promise_wait"] for row in judged if row["outcome"] == "seen"]
    assert view.curve.judged == len(judged)
    assert list(view.curve.within) == [sum(wait <= minute * MINUTE for wait in seen) for minute in range(61)]
    assert view.targets_changed == (len({row["seen_target"] for row in rows}) > 1)
    _check_charts(view, rows)


def check_group(group: Group, rows: list[Row]) -> None:
    assert group.waits is not None and group.legs is not None and group.outcomes is not None
    found = waits_of(rows)
    assert {name: getattr(group.waits, name) for name in found} == found
    legs = group.legs
    names = ("mean", "median", "p90", "longest")
    times = [getattr(legs, f"{name}_{what}_min") for what in ("later", "total") for name in names]
    assert (legs.later_legs, *times) == legs_of(rows)
    ends = outcomes_of(rows)
    assert {name: getattr(group.outcomes, name) for name in ends} == ends


def _heat(rows: list[Row]) -> list[HeatCell]:
    cells: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        cells.setdefault((date.fromisoformat(row["local_day"]).weekday(), row["local_hour"]), []).append(row)
    return [
        HeatCell(
            weekday,
            hour,
            len(some),
            waits_of(some)["seen"],
            waits_of(some)["median_wait_min"],
            waits_of(some)["share_within_target"],
        )
        for (weekday, hour), some in sorted(cells.items())
    ]


def _check_charts(view: PastView, rows: list[Row]) -> None:
    days: dict[str, list[Row]] = {}
    for row in rows:
        days.setdefault(row["local_day"], []).append(row)
    of_days = [(day, waits_of(some), sum(map(is_judged, some))) for day, some in sorted(days.items())]
    medians = [(day, each["median_wait_min"], each["seen"]) for day, each, _judged in of_days if each["seen"]]
    shares = [(day, each["share_within_target"], judged) for day, each, judged in of_days if judged]
    for chart, points in ((view.medians, medians), (view.shares, shares)):
        if len(points) < 2:
            assert chart is None
        else:
            assert chart is not None
            assert [(point.day.isoformat(), point.value, point.visits) for point in chart.points] == points
