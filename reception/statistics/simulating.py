"""What many simulated days with one plan come to: the spread over them, and each half hour.

Pure: what is drawn follows from the seed. `docs/definitions.md`, *What if*, says what is played and what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from reception.clock import MINUTE, Millis
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import RULES
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import SLOT_MINUTES, Desk, KeptOfDay, Plan, SlotOutcome, Spread, WhatIfResult
from reception.errors import Code, Refusal
from reception.statistics.drawing import Days, Drawn, Numbers
from reception.statistics.in_truth import counters_known, recorded_kept, recorded_waits
from reception.statistics.playing import Staff, closing, going_home, play, staff_of

Progress = Callable[[int, int], None]
FEWEST_RUNS, MOST_RUNS = 2, 20_000
BETWEEN = 2_000
"""Progress is told each time so many visits more have been played: within a few hundredths of a second."""
DAY_MINUTES = 24 * 60
SELDOM = 0.5
"""A half hour to which fewer come on average is not named as the one in which the fewest are kept."""
SLOT: Millis = SLOT_MINUTES * MINUTE
SLOTS_OF_DAY = DAY_MINUTES // SLOT_MINUTES


class Played(Struct, frozen=True):
    """One day played. Waits are milliseconds: until service began, or until whoever was never called went home."""

    waits: Numbers
    has_wait: Numbers
    """By visit: not of whoever came when everybody had gone home."""
    drawn: Drawn
    begun: Numbers
    kept: Numbers
    """By visit: judged by a target, and seen within it."""
    ends: Millis
    """When the last service ended."""


def what_if(office: RecordedOffice, plan: Plan, runs: int, seed: int, progress: Progress) -> WhatIfResult:
    """Play so many days. Refuses BAD_INPUT what cannot be played; raises what `progress` raises."""
    check_runs(runs)
    check_plan(office, plan)
    queue = OrderedQueue(plan.rule, plan.settings)
    days = Days(office, queue, plan.appointments)
    staff = staff_for(office, plan.desks)
    played = []
    since_told = 0
    progress(0, runs)
    for run in range(runs):
        played.append(play_one(days.draw(seed, run), staff, queue, plan.settings.call_to_start))
        since_told += len(played[-1].waits)
        if since_told >= BETWEEN:
            since_told = 0
            progress(run + 1, runs)
    result = _result(office, plan, played)
    progress(runs, runs)
    return result


def staff_for(office: RecordedOffice, desks: Sequence[Desk]) -> Staff:
    """The shifts of these desks at that office."""
    return staff_of(desks, office.services, [each for each, one in office.services.items() if one.is_anybodys])


def play_one(drawn: Drawn, staff: Staff, queue: OrderedQueue, call_to_start: Millis) -> Played:
    """One drawn day under these shifts."""
    starts = play(drawn.joining, drawn.lasts, staff, queue, call_to_start)
    begun = np.array(starts, dtype=np.int64)
    home = going_home(staff)
    served = begun - call_to_start <= home
    waits = np.where(served, begun, np.maximum(home, drawn.joined)) - drawn.joined
    has_wait = served | (drawn.joined <= home)
    ends = int((begun + np.array(drawn.lasts, dtype=np.int64))[served].max()) if served.any() else 0
    kept = served & (drawn.targets > 0) & (waits <= drawn.targets)
    return Played(waits, has_wait, drawn, begun, kept, ends)


def kept_shares(day: Played) -> tuple[float | None, float | None, float | None]:
    """The shares kept of all, of walk-ins and of appointments; None where there are none."""
    judged = day.drawn.targets > 0
    kept = day.kept
    of_appointments = day.drawn.is_appointment
    return (
        _share(kept, judged),
        _share(kept, judged & ~of_appointments),
        _share(kept, judged & of_appointments),
    )


def _kept_of(day: Played) -> KeptOfDay:
    return KeptOfDay(int(day.kept.sum()), int((day.drawn.targets > 0).sum()))


def _share(kept: Numbers, among: Numbers) -> float | None:
    number = int(among.sum())
    return int(kept[among].sum()) / number if number else None


def _result(office: RecordedOffice, plan: Plan, played: Sequence[Played]) -> WhatIfResult:
    shares = [kept_shares(day) for day in played]
    of_all = [share for share, _, _ in shares if share is not None]
    of_walk_ins = [share for _, share, _ in shares if share is not None]
    of_appointments = [share for _, _, share in shares if share is not None]
    waits = [day.waits[(day.drawn.targets > 0) & day.has_wait] / MINUTE for day in played]
    each = [day for day in waits if len(day)]
    if not each:
        raise Refusal(
            Code.BAD_INPUT,
            "Nobody comes while a desk of the plan is at work.",
            "Let a desk be at work when visitors come.",
        )
    together = np.concatenate(each)
    closes = closing(plan.desks)
    of_days = tuple(_kept_of(day) for day in played)
    kept = np.array([day.kept for day in of_days], dtype=float)
    judged = np.array([day.judged for day in of_days], dtype=float)
    all_kept = float(kept.sum() / judged.sum())
    slots = _slots(plan, played)
    return WhatIfResult(
        runs=len(played),
        plan=plan,
        target_min=office.targets.walk_in / MINUTE,
        is_assumed=office.targets.is_assumed,
        arrivals=spread([float(day.judged) for day in of_days]),
        all_kept=all_kept,
        share_kept=spread(of_all),
        walk_ins_kept=spread(of_walk_ins or of_all),
        appointments_kept=spread(of_appointments) if of_appointments else None,
        median_wait_min=spread([float(np.quantile(day, 0.5)) for day in each]),
        p90_wait_min=spread([float(np.quantile(day, 0.9)) for day in each]),
        p95_wait_min=float(np.quantile(together, 0.95)),
        p99_wait_min=float(np.quantile(together, 0.99)),
        longest_wait_min=spread([float(day.max()) for day in each]),
        kept_error=error_of_share(judged, kept, all_kept),
        slots=slots,
        busiest=min(
            (slot for slot in slots if slot.share_kept is not None),
            key=lambda slot: (slot.arrivals < SELDOM, slot.share_kept, -slot.arrivals),
            default=slots[0],
        ).minute,
        unseen=float(np.mean([int((day.begun - plan.settings.call_to_start >= closes).sum()) for day in played])),
        after_hours_min=float(np.mean([max(0, day.ends - closes) / MINUTE for day in played])),
        days=len(office.days),
        first_day=min(day.day for day in office.days),
        last_day=max(day.day for day in office.days),
        is_one_weekday=len({day.day.weekday() for day in office.days}) == 1,
        recorded_kept=recorded_kept(office),
        recorded_waits=recorded_waits(office),
        all_walk_ins_kept=_all_kept(played, lambda day: (day.targets > 0) & ~day.is_appointment),
        counters_known=counters_known(office.days),
        all_appointments_kept=_all_kept(played, lambda day: (day.targets > 0) & day.is_appointment),
        appointment_target_min=office.targets.appointment / MINUTE,
        all_median_wait_min=float(np.quantile(together, 0.5)),
        all_p90_wait_min=float(np.quantile(together, 0.9)),
        of_days=of_days,
    )


def _all_kept(played: Sequence[Played], which: Callable[[Drawn], Numbers]) -> float | None:
    among = kept = 0
    for day in played:
        chosen = which(day.drawn)
        among += int(chosen.sum())
        kept += int(day.kept[chosen].sum())
    return kept / among if among else None


def _slots(plan: Plan, played: Sequence[Played]) -> tuple[SlotOutcome, ...]:
    """By half hour of arrival: of an appointment that of its time, where its visitor came before it."""
    of_days = ((day.drawn.joined, day.waits, day.has_wait, day.kept, day.drawn.targets) for day in played)
    joined, waits, has_wait, kept, targets = (np.concatenate(each) for each in zip(*of_days, strict=True))
    judged = targets > 0
    joined, waits, has_wait, kept = joined[judged], waits[judged], has_wait[judged], kept[judged]
    slot_of = joined // SLOT
    first = min(int(slot_of.min()), min(desk.opens for desk in plan.desks) // SLOT_MINUTES)
    last = max(int(slot_of.max()), (max(desk.closes for desk in plan.desks) - 1) // SLOT_MINUTES)
    slots = []
    for slot in range(first, last + 1):
        mine = slot_of == slot
        minute = slot * SLOT_MINUTES
        number = int(mine.sum())
        of_slot = waits[mine & has_wait] / MINUTE
        slots.append(
            SlotOutcome(
                minute,
                number / len(played),
                counters_in(plan, minute),
                float(kept[mine].mean()) if number else None,
                float(np.quantile(of_slot, 0.5)) if len(of_slot) else None,
                float(np.quantile(of_slot, 0.9)) if len(of_slot) else None,
            )
        )
    return tuple(slots)


def counters_in(plan: Plan, minute: int) -> int:
    """How many desks are at work in the middle of a half hour."""
    return plan.counters_at(minute + SLOT_MINUTES // 2)


def spread(values: Sequence[float]) -> Spread:
    low, middle, high = (float(each) for each in np.quantile(values, (0.1, 0.5, 0.9)))
    return Spread(low, middle, high)


def error_of_share(judged: Numbers, kept: Numbers, share: float) -> float:
    """Twice the standard error of a share over all days' visits, the days knowing nothing of one another; 1 for one."""
    days = len(judged)
    if days < 2:
        return 1.0
    off = kept - share * judged
    return float(2 * np.sqrt((off**2).sum() / (days * (days - 1))) / judged.mean())


def check_runs(runs: int) -> None:
    if not FEWEST_RUNS <= runs <= MOST_RUNS:
        raise Refusal(
            Code.BAD_INPUT,
            f"{runs} is not a number of days to simulate.",
            f"Name {FEWEST_RUNS} to {MOST_RUNS:,}.",
        )


def check_plan(office: RecordedOffice, plan: Plan) -> None:
    """Refuses (BAD_INPUT) a plan that cannot be played, and one by which somebody would wait for ever."""
    if plan.rule not in RULES:
        raise Refusal(Code.BAD_INPUT, f"There is no calling rule “{plan.rule}”.", f"Name one of: {', '.join(RULES)}.")
    if not plan.desks:
        raise Refusal(Code.BAD_INPUT, "The plan has no desk, so nobody would be seen.", "Add a desk.")
    for desk in plan.desks:
        in_order = all(start < end for start, end in desk.breaks)
        if not (0 <= desk.opens < desk.closes <= DAY_MINUTES and in_order):
            raise Refusal(
                Code.BAD_INPUT, "A desk, or its break, ends before it begins.", "Put its times in their order."
            )
    staff = staff_for(office, plan.desks)
    for service in _wanted(office, plan):
        if not any(shift.services is None or service in shift.services for desk in staff for shift in desk):
            raise Refusal(
                Code.BAD_INPUT,
                f"Visitors come for {office.services[service].name}, and no desk of the plan serves it.",
                "Let one of the desks serve it.",
            )


def _wanted(office: RecordedOffice, plan: Plan) -> list[str]:
    came = {each.service_id for day in office.days for each in day.visits}
    return sorted(came | {service for _, service in plan.appointments})
