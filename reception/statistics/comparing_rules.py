"""Which calling rule, and which guards, would have kept most on recorded days: each on the same arrivals and services.

`docs/definitions.md`, *Comparing rules*, says what is played.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import RULES, RuleSettings
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import NO_LIMIT, PolicyComparison, PolicyOutcome
from reception.statistics.drawing import Days, Numbers
from reception.statistics.in_truth import counters_known, recorded_kept
from reception.statistics.playing import Staff
from reception.statistics.simulating import BETWEEN, Played, Progress, check_runs, error_of_share, play_one, staff_for
from reception.statistics.usual_plan import desks_on

GUARDS = ((1.5, 2.0, 2), (2.0, 3.0, 2), (1.5, 2.0, NO_LIMIT), (2.0, 3.0, NO_LIMIT), (3.0, 4.0, NO_LIMIT))
"""For a walk-in, for an appointment, and how often one may be overtaken."""


class _Tally(Struct, frozen=True):
    """Of one recorded day, over its runs. `judged` and `kept`: of all, of walk-ins, of appointments."""

    judged: Numbers
    kept: Numbers
    waits: Numbers
    longest: float


def compare(office: RecordedOffice, runs: int, seed: int, progress: Progress) -> PolicyComparison:
    """Each policy on the office's days, best kept first. Refuses BAD_INPUT; raises what `progress` raises."""
    check_runs(runs)
    staff = [staff_for(office, desks_on(day, office)) for day in office.days]
    policies = policies_of(office)
    total = len(policies) * len(office.days)
    outcomes: list[PolicyOutcome] = []
    ours: list[_Tally] = []
    for place, (rule, settings) in enumerate(policies):
        queue = OrderedQueue(rule, settings)
        days = Days(office, queue, as_recorded=True)
        tallies = []
        since_told = BETWEEN
        for day in range(len(office.days)):
            done = place * len(office.days) + day
            played = []
            for run in range(runs):
                if since_told >= BETWEEN:
                    progress(done, total)
                    since_told = 0
                played.append(_played(days, day, (seed, day, run), staff[day], queue, settings))
                since_told += len(played[-1].waits)
            tallies.append(_tally(played))
        if place == 0:
            ours = tallies
        outcome = _outcome(rule, settings, _is_ours(office, rule, settings), tallies)
        outcomes.append(outcome if outcome.is_ours else replace(outcome, difference_error=_paired_error(tallies, ours)))
    progress(total, total)
    outcomes.sort(key=lambda each: -each.kept)
    return PolicyComparison(
        office.name,
        office.days[0].day,
        office.days[-1].day,
        len(office.days),
        runs,
        tuple(outcomes),
        recorded_kept(office),
        counters_known(office.days),
    )


def policies_of(office: RecordedOffice) -> list[tuple[str, RuleSettings]]:
    """The office's own, every other rule, and the default rule with guards of several kinds; none twice."""
    own = office.settings
    found = [(office.rule, own)]
    for rule in RULES:
        if rule == "keep_promises":
            found += [
                (
                    rule,
                    replace(own, walk_in_guard=walk_in, appointment_guard=appointment, overtakes=overtakes),
                )
                for walk_in, appointment, overtakes in GUARDS
            ]
        else:
            found.append((rule, own))
    return list(dict.fromkeys(found))


def _is_ours(office: RecordedOffice, rule: str, settings: RuleSettings) -> bool:
    return rule == office.rule and settings == office.settings


def _played(
    days: Days, day: int, seed: tuple[int, int, int], staff: Staff, queue: OrderedQueue, settings: RuleSettings
) -> Played:
    return play_one(days.of_day(day, np.random.default_rng(seed)), staff, queue, settings.call_to_start)


def _tally(played: Sequence[Played]) -> _Tally:
    targets = np.concatenate([each.drawn.targets for each in played])
    of_appointments = np.concatenate([each.drawn.is_appointment for each in played])
    waits = np.concatenate([each.waits for each in played])
    judged = targets > 0
    kept = np.concatenate([each.kept for each in played])
    return _Tally(
        _counts(judged, of_appointments),
        _counts(kept, of_appointments),
        waits[judged & np.concatenate([each.has_wait for each in played])] / MINUTE,
        float(np.mean([_longest(each) for each in played]) / MINUTE),
    )


def _longest(day: Played) -> int:
    return int(day.waits[(day.drawn.targets > 0) & day.has_wait].max(initial=0))


def _counts(which: Numbers, of_appointments: Numbers) -> Numbers:
    return np.array([which.sum(), (which & ~of_appointments).sum(), (which & of_appointments).sum()], dtype=float)


def _outcome(rule: str, settings: RuleSettings, is_ours: bool, tallies: Sequence[_Tally]) -> PolicyOutcome:
    judged = np.array([each.judged for each in tallies])
    kept = np.array([each.kept for each in tallies])
    of_all, of_walk_ins, of_appointments = judged.sum(axis=0)
    kept_of_all, kept_of_walk_ins, kept_of_appointments = kept.sum(axis=0)
    waits = np.concatenate([each.waits for each in tallies])
    share = float(kept_of_all / of_all)
    return PolicyOutcome(
        rule=rule,
        settings=settings,
        is_ours=is_ours,
        kept=share,
        walk_ins_kept=float(kept_of_walk_ins / of_walk_ins),
        appointments_kept=float(kept_of_appointments / of_appointments) if of_appointments else None,
        p95_wait_min=float(np.quantile(waits, 0.95)),
        p99_wait_min=float(np.quantile(waits, 0.99)),
        longest_wait_min=float(np.mean([each.longest for each in tallies])),
        kept_error=error_of_share(judged[:, 0], kept[:, 0], share),
    )


def _paired_error(tallies: Sequence[_Tally], ours: Sequence[_Tally]) -> float:
    """Of the difference of two shares on the same days: what both make of a good or a bad day cancels out."""
    judged = np.array([each.judged[0] for each in tallies])
    more = np.array([each.kept[0] - own.kept[0] for each, own in zip(tallies, ours, strict=True)])
    return error_of_share(judged, more, float(more.sum() / judged.sum()))
