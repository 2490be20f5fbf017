"""Appointment figures: tables worked by hand, and a second calculation that is as plain as can be."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.clock import MINUTE
from reception.domain.booked import Kind, Standing
from reception.domain.figures import AppointmentSummary
from reception.domain.grouping import WEEKDAYS, AppointmentGrouping, Grouping
from reception.services.figure_ports import AppointmentFigures
from reception.services.reports import appointment_report
from reception.statistics.appointments import AppointmentRow, summarise_appointments
from reception.statistics.rendering import as_csv, as_json, as_table

FIVE = 5 * MINUTE


def seen(minutes: float, target: int | None = FIVE, **more: object) -> AppointmentRow:
    """An appointment at the office that began so many minutes late."""
    lateness = round(minutes * MINUTE)
    row = AppointmentRow(
        group="total",
        kind=Kind.OFFICE,
        standing=Standing.CHECKED_IN,
        lateness_ms=lateness,
        target_ms=target,
        visitor_late_ms=0,
        is_lost=target is not None and lateness > target,
        told=False,
        offered=False,
    )
    return row._replace(**more)


def unseen(standing: Standing = Standing.CHECKED_IN, target: int | None = FIVE, **more: object) -> AppointmentRow:
    return seen(0, target)._replace(**{"standing": standing, "lateness_ms": None, **more})


def one(*rows: AppointmentRow) -> AppointmentSummary:
    (summary,) = summarise_appointments(rows)
    return summary


# -- by hand ---------------------------------------------------------------------------------------------------


def test_the_fields_stand_in_the_order_that_exports_promise() -> None:
    assert [field.name for field in fields(AppointmentSummary)] == [
        "group",
        "appointments",
        "attended",
        "did_not_attend",
        "cancelled",
        "mean_lateness_min",
        "median_lateness_min",
        "p90_lateness_min",
        "target_min",
        "within_target",
        "share_within_target",
        "visitors_late",
        "delayed",
        "told_of_delay",
        "offered_another_time",
    ]


def test_a_day_by_hand() -> None:
    """Seen 0, 0, 5 and 13 minutes late, one of them having come 8 minutes late, the last told and offered; one went
    away unseen after its promise, told; one came beyond the grace period; one did not come; one cancelled; one by
    telephone and one home visit took place; one is still to come.

    mean 18 / 4 = 4.5; median 2.5; p90 at place 2.7: 5 + 0.7 x 8 = 10.6. Kept 3 of 4 seen + 1 lost unseen.
    """
    assert one(
        seen(0),
        seen(0),
        seen(5, visitor_late_ms=8 * MINUTE),
        seen(13, told=True, offered=True),
        unseen(is_lost=True, told=True),
        unseen(target=None, visitor_late_ms=25 * MINUTE),
        unseen(Standing.DID_NOT_ATTEND),
        unseen(Standing.CANCELLED),
        unseen(Standing.ATTENDED, None, kind=Kind.TELEPHONE),
        unseen(Standing.ATTENDED, None, kind=Kind.HOME_VISIT),
        unseen(Standing.BOOKED),
    ) == AppointmentSummary(
        group="total",
        appointments=11,
        attended=8,
        did_not_attend=1,
        cancelled=1,
        mean_lateness_min=4.5,
        median_lateness_min=2.5,
        p90_lateness_min=10.6,
        target_min=5.0,
        within_target=3,
        share_within_target=3 / 5,
        visitors_late=2,
        delayed=2,
        told_of_delay=2,
        offered_another_time=1,
    )


@pytest.mark.parametrize(("over", "kept"), [(0, 1), (1, 0)])
def test_the_limit_is_inclusive_to_the_millisecond(over: int, kept: int) -> None:
    summary = one(seen(0)._replace(lateness_ms=FIVE + over, is_lost=bool(over)))
    assert (summary.within_target, summary.share_within_target, summary.delayed) == (kept, float(kept), over)


def test_an_average_is_over_appointments_and_zero_counts() -> None:
    assert one(seen(60), *[seen(0) for _ in range(149)]).mean_lateness_min == 0.4


def test_no_promise_is_neither_kept_nor_lost() -> None:
    summary = one(seen(30, None), unseen(Standing.DID_NOT_ATTEND, None))
    assert (summary.target_min, summary.within_target, summary.share_within_target) == (None, None, None)
    assert (summary.mean_lateness_min, summary.delayed) == (30.0, 0)


@pytest.mark.parametrize("other", [10 * MINUTE, None])
def test_mixed_targets_are_none_and_each_is_judged_by_its_own(other: int | None) -> None:
    summary = one(seen(4), seen(8, other))
    assert summary.target_min is None
    assert summary.within_target == (1 if other is None else 2)
    assert summary.share_within_target == 1.0


def test_what_is_not_measured_says_nothing_of_the_target() -> None:
    """Beyond the grace period, by telephone, on a home visit: there is no promise, and the others' stays one."""
    away = [unseen(Standing.ATTENDED, None, kind=kind) for kind in (Kind.TELEPHONE, Kind.HOME_VISIT)]
    assert one(seen(4), unseen(target=None), *away).target_min == 5.0
    assert one(*away).target_min is None


def test_told_of_a_delay_that_did_not_come_is_not_counted() -> None:
    summary = one(seen(2, told=True, offered=True), seen(6))
    assert (summary.delayed, summary.told_of_delay, summary.offered_another_time) == (1, 0, 0)


def test_nothing_booked_is_one_total_of_nothing() -> None:
    (empty,) = appointment_report([], AppointmentGrouping.TOTAL)
    assert (empty.group, empty.appointments, empty.mean_lateness_min, empty.within_target) == ("total", 0, None, None)
    assert appointment_report([], AppointmentGrouping.OFFICER) == []


# -- bugs elsewhere that must not become figures -----------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        seen(-1),
        seen(3, kind=Kind.TELEPHONE),
        seen(6, is_lost=False),
        seen(4, is_lost=True),
        unseen(target=None, is_lost=True),
    ],
)
def test_rows_that_contradict_the_definitions_are_not_counted(row: AppointmentRow) -> None:
    with pytest.raises(ValueError):
        summarise_appointments([row])


@pytest.mark.parametrize("changes", [{"attended": 2}, {"told_of_delay": 1}, {"offered_another_time": 1}])
def test_a_summary_that_does_not_add_up_can_not_be_made(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="more"):
        replace(one(seen(1)), **changes)  # type: ignore[arg-type]


# -- groups ----------------------------------------------------------------------------------------------------


def figures(**changes: object) -> AppointmentFigures:
    values: dict[str, object] = {
        "day": "2026-12-01",
        "hour": 9,
        "weekday": 1,
        "service": "Housing",
        "officer": "Grace Okafor",
        "kind": Kind.OFFICE,
        "standing": Standing.CHECKED_IN,
        "lateness": 0,
        "target": FIVE,
        "visitor_late_by": 0,
        "is_lost": False,
        "told": False,
        "told_in_time": False,
        "offered": False,
        "came_late": False,
    }
    return AppointmentFigures(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (AppointmentGrouping.TOTAL, ["total"]),
        (AppointmentGrouping.DAY, ["2026-11-30", "2026-12-01"]),
        (AppointmentGrouping.WEEKDAY, ["Monday", "Tuesday"]),
        (AppointmentGrouping.HOUR, ["09", "14"]),
        (AppointmentGrouping.SERVICE, ["Benefits", "Housing"]),
        (AppointmentGrouping.OFFICER, ["(none)", "Grace Okafor"]),
    ],
)
def test_groups_are_those_of_the_booked_time_in_the_order_in_which_people_read(
    by: AppointmentGrouping, groups: list[str]
) -> None:
    found = appointment_report(
        [figures(), figures(day="2026-11-30", weekday=0, hour=14, service="Benefits", officer="")], by
    )
    assert [each.group for each in found] == groups
    assert sum(each.appointments for each in found) == 2


def test_the_groupings_are_those_of_the_waits_and_the_officer() -> None:
    waits = {each.value for each in Grouping} - {"week", "month", "office", "language", "need"}
    assert {each.value for each in AppointmentGrouping} == waits
    assert WEEKDAYS[1] == "Tuesday"


def test_all_formats_have_every_field() -> None:
    summaries = [one(seen(5), seen(6, told=True), seen(9))]
    names = [field.name for field in fields(AppointmentSummary)]
    assert as_csv(summaries, AppointmentSummary).splitlines()[0].split(",") == names
    assert all(f'"{name}"' in as_json(summaries, AppointmentSummary) for name in names)
    assert "33.3 %" in as_table(summaries, AppointmentSummary)
    assert as_csv([], AppointmentSummary).splitlines() == [",".join(names)]


# -- the second calculation --------------------------------------------------------------------------------------


def plainly(group: str, rows: Sequence[AppointmentRow]) -> dict[str, object]:
    late = sorted(row.lateness_ms for row in rows if row.lateness_ms is not None)
    concerned = [
        row.target_ms
        for row in rows
        if row.lateness_ms is not None or (row.target_ms and row.kind == "office" and row.standing != "cancelled")
    ]
    kept = [row for row in rows if row.target_ms and row.lateness_ms is not None and row.lateness_ms <= row.target_ms]
    delayed = [row for row in rows if row.is_lost]
    p90: Fraction | None = None
    if late:
        place = Fraction(9, 10) * (len(late) - 1)
        below, above = late[int(place)], late[-int(-place // 1)]
        p90 = below + (above - below) * (place - int(place))
    alike = concerned[0] if concerned and all(target == concerned[0] for target in concerned) else None
    return {
        "group": group,
        "appointments": len(rows),
        "attended": len([row for row in rows if row.standing in ("checked_in", "attended")]),
        "did_not_attend": len([row for row in rows if row.standing == "did_not_attend"]),
        "cancelled": len([row for row in rows if row.standing == "cancelled"]),
        "mean_lateness_min": float(Fraction(sum(late), len(late)) / 60_000) if late else None,
        "median_lateness_min": float(statistics.median(map(Fraction, late)) / 60_000) if late else None,
        "p90_lateness_min": None if p90 is None else float(p90 / 60_000),
        "target_min": None if alike is None else alike / 60_000,
        "within_target": len(kept) if any(concerned) else None,
        "share_within_target": len(kept) / (len(kept) + len(delayed)) if kept or delayed else None,
        "visitors_late": len([row for row in rows if row.visitor_late_ms]),
        "delayed": len(delayed),
        "told_of_delay": len([row for row in delayed if row.told]),
        "offered_another_time": len([row for row in delayed if row.offered]),
    }


@st.composite
def appointment_rows(draw: st.DrawFn) -> AppointmentRow:
    group = draw(st.sampled_from("abc"))
    target = draw(st.sampled_from([FIVE, 10 * MINUTE, None]))
    more = {
        "group": group,
        "visitor_late_ms": draw(st.sampled_from([0, 1, 8 * MINUTE])),
        "told": draw(st.booleans()),
        "offered": draw(st.booleans()),
    }
    if draw(st.booleans()):
        near = [] if target is None else [target - 1, target, target + 1]
        lateness = draw(st.sampled_from([0, *near]) | st.integers(0, 200 * MINUTE))
        return seen(0)._replace(
            lateness_ms=lateness, target_ms=target, is_lost=target is not None and lateness > target, **more
        )
    return unseen(
        draw(st.sampled_from(Standing)),
        target,
        kind=draw(st.sampled_from(Kind)),
        is_lost=target is not None and draw(st.booleans()),
        **more,
    )


@given(st.lists(appointment_rows(), max_size=40))
def test_a_plain_calculation_agrees_to_the_last_bit(rows: list[AppointmentRow]) -> None:
    summaries = summarise_appointments(rows)
    assert sum(summary.appointments for summary in summaries) == len(rows)
    for summary in summaries:
        mine = [row for row in rows if row.group == summary.group]
        assert {field.name: getattr(summary, field.name) for field in fields(summary)} == plainly(summary.group, mine)


@given(st.lists(appointment_rows(), max_size=40), st.randoms())
def test_the_order_of_appointments_changes_nothing(rows: list[AppointmentRow], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def by_group(found: list[AppointmentSummary]) -> list[AppointmentSummary]:
        return sorted(found, key=lambda each: each.group)

    assert by_group(summarise_appointments(rows)) == by_group(summarise_appointments(shuffled))
