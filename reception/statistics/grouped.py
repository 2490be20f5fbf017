"""The figures of many groups at once, from columns: the same, to the last digit, as `waits`, `resolved` and the others
make of rows one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reception.domain.booked import Kind, Standing
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.past_view import LatenessSummary, LegSummary, OutcomeSummary
from reception.domain.visit_states import End
from reception.statistics.groups import Durations, Groups, Marks, Targets, counted, share
from reception.statistics.past_rows import COLUMNS, ENDS, KINDS, NONE, STANDINGS, Booked, Flags, LaterLegs, WalkIns

_RESOLVED = np.array([end in (End.RESOLVED, End.SIGNPOSTED, End.BOOKED) for end in ENDS])
_TO_FOLLOW = ENDS.index(End.TO_FOLLOW)
_AT_OFFICE = KINDS.index(Kind.OFFICE)
_CHECKED_IN, _ATTENDED = STANDINGS.index(Standing.CHECKED_IN), STANDINGS.index(Standing.ATTENDED)
_DID_NOT_ATTEND, _CANCELLED = STANDINGS.index(Standing.DID_NOT_ATTEND), STANDINGS.index(Standing.CANCELLED)


def _of_own(visits: WalkIns, groups: Groups) -> tuple[WalkIns, Groups]:
    """Without the imported, of which nobody knows what came of them."""
    if not visits.imported.any():
        return visits, groups
    return visits.where(~visits.imported), groups[~visits.imported]


def waits(visits: WalkIns, groups: Groups, names: list[str]) -> list[WaitSummary]:
    """One summary a group."""
    count = len(names)
    columns = counted(groups, visits.column, len(COLUMNS), count)
    durations = Durations(groups[visits.seen], visits.wait[visits.seen], count)
    targets = Targets(groups, visits.target, count)
    marks = Marks(groups, count, kept=visits.kept, judged=visits.judged)
    within, judged = marks.of("kept"), marks.of("judged")
    return [
        WaitSummary(
            group=names[group],
            visits=int(columns[group].sum()),
            **{column.value: int(columns[group, place]) for place, column in enumerate(COLUMNS)},
            mean_wait_min=durations.mean(group),
            median_wait_min=durations.quantile(group, 5),
            p90_wait_min=durations.quantile(group, 9),
            longest_wait_min=durations.quantile(group, 10),
            target_min=targets.one(group),
            within_target=within[group] if targets.any(group) else None,
            share_within_target=share(within[group], judged[group]),
        )
        for group in range(count)
    ]


def resolved(visits: WalkIns, groups: Groups, names: list[str]) -> list[ResolvedSummary]:
    """One summary a group, without the imported: a log does not say what came of a visit."""
    visits, groups = _of_own(visits, groups)
    count = len(names)
    is_resolved, follows, is_open = _RESOLVED[visits.end], visits.end == _TO_FOLLOW, visits.end == 0
    is_over = ~(is_resolved | follows | is_open)
    is_after = is_over & (visits.resolved_target != NONE) & (visits.clock > visits.resolved_target)
    is_promised = visits.resolved_target != NONE
    kept = is_resolved & is_promised & (visits.clock <= visits.resolved_target)
    judged = (is_resolved | follows | is_after) & is_promised
    clocks = Durations(groups[is_resolved], visits.clock[is_resolved], count)
    targets = Targets(groups, visits.resolved_target, count)

    marks = Marks(
        groups,
        count,
        resolved=is_resolved,
        follows=follows,
        open=is_open,
        before=is_over & ~is_after,
        after=is_after,
        exempt=visits.exempt,
        kept=kept,
        judged=judged,
        not_exempt=~visits.exempt,
    )
    resolved_ones, to_follow, opened = marks.of("resolved"), marks.of("follows"), marks.of("open")
    before, after, exempt = marks.of("before"), marks.of("after"), marks.of("exempt")
    within, of = marks.of("kept", "not_exempt"), marks.of("judged", "not_exempt")
    within_all, of_all = marks.of("kept"), marks.of("judged")
    every = marks.of()
    return [
        ResolvedSummary(
            group=names[group],
            visits=every[group],
            resolved=resolved_ones[group],
            to_follow=to_follow[group],
            not_resolved_before=before[group],
            not_resolved_after=after[group],
            open=opened[group],
            exempt=exempt[group],
            mean_resolved_min=clocks.mean(group),
            median_resolved_min=clocks.quantile(group, 5),
            p90_resolved_min=clocks.quantile(group, 9),
            longest_resolved_min=clocks.quantile(group, 10),
            target_min=targets.one(group),
            within_target=within[group] if targets.any(group) else None,
            share_within_target=share(within[group], of[group]),
            within_target_with_exempt=within_all[group] if targets.any(group) else None,
            share_with_exempt=share(within_all[group], of_all[group]),
        )
        for group in range(count)
    ]


def outcomes(visits: WalkIns, groups: Groups, count: int) -> list[OutcomeSummary]:
    """One summary a group, without the imported."""
    visits, groups = _of_own(visits, groups)
    ends = counted(groups, visits.end, len(ENDS), count)
    people = np.bincount(groups, weights=visits.people, minlength=count)
    back = Marks(groups, count, back=visits.reinstated).of("back")
    return [
        OutcomeSummary(
            visits=int(ends[group].sum()),
            open=int(ends[group, 0]),
            **{end.value: int(ends[group, ENDS.index(end)]) for end in End},
            people=int(people[group]),
            reinstated=back[group],
        )
        for group in range(count)
    ]


def legs(visits: WalkIns, groups: Groups, later: LaterLegs, later_groups: Groups, count: int) -> list[LegSummary]:
    """One summary a group."""
    in_all = Durations(groups[visits.seen], visits.total_wait[visits.seen], count)
    of_later = Durations(later_groups, later.wait, count)
    return [
        LegSummary(
            later_legs=of_later.count(group),
            mean_later_min=of_later.mean(group),
            median_later_min=of_later.quantile(group, 5),
            p90_later_min=of_later.quantile(group, 9),
            longest_later_min=of_later.quantile(group, 10),
            mean_total_min=in_all.mean(group),
            median_total_min=in_all.quantile(group, 5),
            p90_total_min=in_all.quantile(group, 9),
            longest_total_min=in_all.quantile(group, 10),
        )
        for group in range(count)
    ]


def appointments(
    booked: Booked, groups: Groups, names: list[str]
) -> tuple[list[AppointmentSummary], list[LatenessSummary]]:
    """One summary a group, and one of its lateness."""
    count = len(names)
    standings = counted(groups, booked.standing, len(STANDINGS), count)
    is_measured, is_promised = booked.lateness != NONE, booked.target != NONE
    is_here = (booked.kind == _AT_OFFICE) & (booked.standing != _CANCELLED)
    has_target = is_measured | (is_here & is_promised)
    late = Durations(groups[is_measured], booked.lateness[is_measured], count)
    targets = Targets(groups[has_target], booked.target[has_target], count)
    kept = is_measured & is_promised & (booked.lateness <= booked.target)
    marks = Marks(
        groups,
        count,
        kept=kept,
        judged=is_promised & (is_measured | booked.lost),
        late=booked.visitor_late,
        lost=booked.lost,
        told=booked.told,
        offered=booked.offered,
    )
    within, judged, came_late, delayed = (marks.of(name) for name in ("kept", "judged", "late", "lost"))
    told, offered = marks.of("lost", "told"), marks.of("lost", "offered")
    lateness = [LatenessSummary(late.count(group), late.quantile(group, 10)) for group in range(count)]
    return [
        AppointmentSummary(
            group=names[group],
            appointments=int(standings[group].sum()),
            attended=int(standings[group, _CHECKED_IN] + standings[group, _ATTENDED]),
            did_not_attend=int(standings[group, _DID_NOT_ATTEND]),
            cancelled=int(standings[group, _CANCELLED]),
            mean_lateness_min=late.mean(group),
            median_lateness_min=late.quantile(group, 5),
            p90_lateness_min=late.quantile(group, 9),
            target_min=targets.one(group),
            within_target=within[group] if targets.any(group) else None,
            share_within_target=share(within[group], judged[group]),
            visitors_late=came_late[group],
            delayed=delayed[group],
            told_of_delay=told[group],
            offered_another_time=offered[group],
        )
        for group in range(count)
    ], lateness


def delays(
    visits: WalkIns, groups: Groups, booked: Booked, booked_groups: Groups, names: list[str]
) -> list[DelaySummary]:
    """One summary a group, of walk-ins and of appointments."""
    lost, count = visits.delayed, len(names)
    both = np.concatenate((groups[lost], booked_groups[booked.lost]))
    telling = np.concatenate((_telling(visits, lost), _telling(booked, booked.lost)))
    how = counted(both, telling, 5, count)
    took = Marks(both, count, took=np.concatenate((visits.took[lost], booked.took[booked.lost]))).of("took")
    return [
        DelaySummary(
            group=names[group],
            delayed=int(how[group].sum()),
            told_in_time=int(how[group, 3] + how[group, 4]),
            told_late=int(how[group, 1] + how[group, 2]),
            never_told=int(how[group, 0]),
            offered_another_time=int(how[group, 2] + how[group, 4]),
            took_another_time=took[group],
            share_told_in_time=share(int(how[group, 3] + how[group, 4]), int(how[group].sum())),
        )
        for group in range(count)
    ]


def _telling(facts: WalkIns | Booked, delayed: Flags) -> NDArray[np.int64]:
    """How each that was delayed was told: 0 never, 1 late, 2 late and offered another time, 3 in time, 4 that and
    offered."""
    told, in_time, offered = facts.told[delayed], facts.told_in_time[delayed], facts.offered[delayed]
    return np.where(told, np.where(in_time, 3, 1) + offered, 0)
