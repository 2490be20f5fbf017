"""Figures as they are shown, printed and exported: one summary a group. `docs/definitions.md` is the law of each.

Fields ending in `_min` are minutes and shares are 0 to 1; none is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

from reception.domain.columns import AFTER, Column

SMALL = 5
"""Fewer visits than this are not shown where they could point at a person."""


@dataclass(frozen=True)
class WaitSummary:
    """The figures of one group. Fields ending in `_min` are minutes, shares are 0 to 1; neither is rounded.

    Wait figures are over the visits that were seen, and None when nobody was.
    """

    group: str
    visits: int
    seen: int
    left_before: int
    left_after: int
    no_show_before: int
    no_show_after: int
    booked_unseen_before: int
    booked_unseen_after: int
    signposted_unseen_before: int
    signposted_unseen_after: int
    unresolved_unseen_before: int
    unresolved_unseen_after: int
    open: int
    mean_wait_min: float | None
    median_wait_min: float | None
    p90_wait_min: float | None
    longest_wait_min: float | None
    target_min: float | None
    """The one target of all visits of the group; None when they differ or some have none."""
    within_target: int | None
    """Seen visits that waited no longer than their own target; None when no visit has one."""
    share_within_target: float | None
    """Of the visits with a target that were seen or ended unseen after it; None when there are none."""

    @property
    def lost_unseen(self) -> int:
        """Ended unseen after their promise."""
        return sum(int(getattr(self, column.value)) for column in AFTER)

    @property
    def judged(self) -> int:
        """How many visits the share is of. Where none was kept, those without a promise are taken to be as others."""
        if self.share_within_target is None:
            return 0
        if self.within_target and self.share_within_target:
            return round(self.within_target / self.share_within_target)
        return self.seen + self.lost_unseen

    def __post_init__(self) -> None:
        columns = sum(getattr(self, column.value) for column in Column)
        if columns != self.visits:
            raise ValueError(f"{self.visits} visits, but {columns} in the columns: a visit is in exactly one")


@dataclass(frozen=True)
class ResolvedSummary:
    """The figures of one group, nothing rounded. `_min` is minutes, shares are 0 to 1.

    visits = resolved + to_follow + not_resolved_before + not_resolved_after + open; the exempt are among
    them. Time figures are over all that were resolved, the exempt too, and None when nobody was.
    """

    group: str
    visits: int
    resolved: int
    to_follow: int
    not_resolved_before: int
    not_resolved_after: int
    open: int
    exempt: int
    mean_resolved_min: float | None
    median_resolved_min: float | None
    p90_resolved_min: float | None
    longest_resolved_min: float | None
    target_min: float | None
    """The one target of all visits; None when they differ or some have none."""
    within_target: int | None
    """Resolved within their target, without the exempt; None when no visit has a target."""
    share_within_target: float | None
    """The promise: of the visits resolved, to follow or not resolved after it, without the exempt."""
    within_target_with_exempt: int | None
    share_with_exempt: float | None
    """The same, the exempt judged as everyone else."""

    @property
    def judged(self) -> int | None:
        """How many visits the share without the exempt is of; None where that does not follow from the figures."""
        return self._of(self.within_target, self.share_within_target, self.exempt)

    @property
    def judged_with_exempt(self) -> int | None:
        """The same of the share with them."""
        return self._of(self.within_target_with_exempt, self.share_with_exempt, 0)

    def _of(self, within: int | None, share: float | None, exempt: int) -> int | None:
        if share is None:
            return 0
        if within and share:
            return round(within / share)
        follows = self.target_min is not None and not exempt
        return self.resolved + self.to_follow + self.not_resolved_after if follows else None


@dataclass(frozen=True)
class AppointmentSummary:
    """The figures of one group. Fields ending in `_min` are minutes, the share is 0 to 1; neither is rounded.

    `appointments` less attended, did_not_attend and cancelled are those that are still to come.
    """

    group: str
    appointments: int
    attended: int
    """Checked in, also late; or, by telephone and on a home visit, took place."""
    did_not_attend: int
    cancelled: int
    mean_lateness_min: float | None
    median_lateness_min: float | None
    p90_lateness_min: float | None
    target_min: float | None
    """The one target of the group's appointments; None when they differ or some that were seen have none."""
    within_target: int | None
    """Whose lateness was no more than their own target; None when no appointment has one."""
    share_within_target: float | None
    """Of the appointments with a target that were seen or lost unseen; None when there are none."""
    visitors_late: int
    delayed: int
    """Whose promise was lost."""
    told_of_delay: int
    """Of the delayed."""
    offered_another_time: int
    """Of the delayed."""

    @property
    def judged(self) -> int:
        """How many appointments the share is of."""
        return 0 if self.share_within_target is None else (self.within_target or 0) + self.delayed

    def __post_init__(self) -> None:
        if self.attended + self.did_not_attend + self.cancelled > self.appointments:
            raise ValueError("more appointments attended, missed and cancelled than there were")
        if max(self.told_of_delay, self.offered_another_time) > self.delayed:
            raise ValueError("more told of a delay, or offered another time, than were delayed")


@dataclass(frozen=True)
class DelaySummary:
    """The figures of one group. The share is 0 to 1, not rounded."""

    group: str
    delayed: int
    """Walk-ins and appointments whose promise was lost."""
    told_in_time: int
    told_late: int
    never_told: int
    offered_another_time: int
    took_another_time: int
    """Told, and chose another day or time."""
    share_told_in_time: float | None
    """Of the delayed; None when there are none."""

    def __post_init__(self) -> None:
        if self.told_in_time + self.told_late + self.never_told != self.delayed:
            raise ValueError("a delayed visitor was told in time, late or never: in exactly one of these")
        if max(self.offered_another_time, self.took_another_time) > self.told_in_time + self.told_late:
            raise ValueError("more were offered another time, or took one, than were told")


@dataclass(frozen=True)
class FaceSummary:
    """How often each face was touched in one group; `answers` is their sum."""

    group: str
    answers: int
    very_good: int
    good: int
    fair: int
    poor: int
    very_poor: int
