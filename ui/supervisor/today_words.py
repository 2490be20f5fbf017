"""Today in words: the great figures and the marks. Every figure says what it rests on.

Minutes do not flatter: what nine in ten waited, and the longest wait, are rounded up, the median to the nearest minute,
a wait that goes on down, as everywhere. Whoever ended unseen is *gone*: late after the promise, early before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.columns import AFTER, Column
from reception.domain.figures import WaitSummary
from reception.domain.today_view import Mark, TodayView
from ui import counter_words, moments
from ui.moments import joined

NOTHING = "–"
LEFT = "Left, did not answer, or was booked, signposted or unresolved without having been seen"


class Great(Struct, frozen=True):
    """A great figure, and what it is and rests on."""

    figure: str
    words: str


def late_already(marks: Sequence[Mark], passed: Millis = 0) -> int:
    """How many wait whose promise is lost, `passed` after they were read: they are in no share before they are seen."""
    return sum(
        mark.column is Column.OPEN and mark.target is not None and mark_wait(mark, passed) > mark.target
        for mark in marks
    )


def late_now(over: int, marks: Sequence[Mark], passed: Millis) -> int:
    """How many wait past their promise: as many as when it was read, and the walk-ins that have lost it since."""
    return over + late_already(marks, passed) - late_already(marks)


def mark_wait(mark: Mark, passed: Millis) -> Millis:
    """Its wait, `passed` after it was read."""
    grows = mark.column is Column.OPEN and not mark.stands_still
    return mark.wait + passed if grows else mark.wait


def left_after(waits: WaitSummary) -> int:
    """How many ended unseen, and count as lost."""
    return sum(int(getattr(waits, column.value)) for column in AFTER)


def left_before(waits: WaitSummary) -> int:
    """How many ended unseen before their limit."""
    return waits.visits - waits.seen - waits.open - left_after(waits)


def judged(marks: Sequence[Mark]) -> int:
    """How many kept or lost a promise: those promised something who were seen, or ended unseen after it."""
    return sum(mark.target is not None and (mark.column is Column.SEEN or mark.column in AFTER) for mark in marks)


def own_marks(views: Sequence[TodayView]) -> list[Mark]:
    """Walk-ins for the council's own services."""
    return [mark for view in views for mark in view.marks if not mark.is_partner]


def target_words(waits: Sequence[WaitSummary]) -> str:
    """ "15 min" where all have one promise; else empty."""
    targets = {each.target_min for each in waits if each.visits}
    (target,) = targets if len(targets) == 1 else (None,)
    return "" if target is None else f"{target:g} min"


def great_figures(views: Sequence[TodayView], passed: Millis = 0) -> tuple[Great, ...]:
    """Of one office, or of several together; `passed` since they were read. A median of several is not known here."""
    figures = [_on_time(views), *_past_promise(views, passed), _appointments(views)]
    if len(views) == 1:
        figures.append(_median(views[0].waits))
    return (*figures, _waiting(views, passed), _left(views))


def _on_time(views: Sequence[TodayView]) -> Great:
    """The share is of those whose promise is settled; who waits and has lost it already has a figure of its own."""
    waits = [view.waits for view in views]
    of = judged(own_marks(views))
    if of:
        within = sum(each.within_target or 0 for each in waits)
        target = target_words(waits)
        how = f"within {target}" if target else "as promised"
        return Great(counter_words.on_time_words(within, of)[0], f"walk-ins on time: {within} of {of} settled {how}")
    if any(each.visits for each in waits) and all(each.within_target is None for each in waits):
        return Great(str(sum(each.seen for each in waits)), "walk-ins seen; no wait is promised")
    return Great(NOTHING, "walk-ins on time: nobody seen yet")


def _past_promise(views: Sequence[TodayView], passed: Millis) -> tuple[Great, ...]:
    """Who waits and has lost the promise, and who is expected to within 15 minutes; nothing where none is made."""
    marks = own_marks(views)
    over = late_now(sum(view.over for view in views), marks, passed)
    soon = sum(view.will_miss for view in views)
    is_promised = any(mark.target is not None for mark in marks)
    is_promised |= any(view.appointments.target_min is not None for view in views)
    if not is_promised and not over + soon:
        return ()
    more = f"{soon} more" if over and soon else str(soon or "none")
    return (Great(str(over), f"waiting past their promise; {more} expected within 15 min"),)


def _appointments(views: Sequence[TodayView]) -> Great:
    each = [view.appointments for view in views]
    promised = [one for one in each if one.within_target is not None]
    within = sum(one.within_target or 0 for one in promised)
    of = within + sum(one.delayed for one in promised)
    if of:
        targets = {one.target_min for one in promised}
        (target,) = targets if len(targets) == 1 else (None,)
        return Great(f"{within} of {of}", "appointments as promised" if target is None else _within(target))
    attended = sum(one.attended for one in each)
    if attended and not promised:
        return Great(str(attended), "appointments attended; no time is promised")
    due = sum(one.appointments - one.cancelled - one.did_not_attend for one in each)
    return Great(NOTHING, f"appointments seen, {moments.plural(due, 'is', 'are')} booked" if due else "no appointments")


def _within(target_min: float) -> str:
    return f"appointments within {target_min:g} min"


def _median(waits: WaitSummary) -> Great:
    if waits.median_wait_min is None or waits.p90_wait_min is None:
        return Great(NOTHING, "median wait: nobody seen yet")
    return Great(f"{nearest(waits.median_wait_min)} min", f"median wait, 9 in 10 within {ninth(waits.p90_wait_min)}")


def nearest(minutes: float) -> int:
    """To the nearest whole minute, a half up."""
    return math.floor(minutes + 0.5)


def ninth(minutes: float) -> int:
    """Rounded up, so that it is true that nine in ten, or all, waited no longer; not for what a float adds to a whole
    one."""
    return math.ceil(minutes - 1e-9)


def _waiting(views: Sequence[TodayView], passed: Millis) -> Great:
    waits = [view.longest for view in views if view.longest is not None]
    longest = f", longest {moments.span_words(max(waits) + passed)}" if waits else ""
    return Great(str(sum(view.waiting for view in views)), f"waiting now{longest}")


def _left(views: Sequence[TodayView]) -> Great:
    after = sum(left_after(view.waits) for view in views)
    before = sum(left_before(view.waits) for view in views)
    booked = sum(view.waits.booked_unseen_before + view.waits.booked_unseen_after for view in views)
    counts = f", {after or 'none'} of them late" if after + before else ""
    counts += f", {booked} given another time" if booked else ""
    return Great(str(after + before), f"gone unseen{counts}")


def marks_by_half_hour(views: Sequence[TodayView]) -> list[tuple[Instant, list[Mark]]]:
    """Every mark under the half hour in which it arrived, in time; the beginning of each."""
    halves: dict[Instant, list[Mark]] = {}
    for mark in sorted(own_marks(views), key=lambda each: each.arrived_at):
        halves.setdefault(mark.arrived_at - mark.arrived_at % (30 * MINUTE), []).append(mark)
    return list(halves.items())


def apart_words(views: Sequence[TodayView]) -> str:
    """Why there are not as many marks of those who wait as are waiting."""
    marks = sum(mark.column is Column.OPEN for mark in own_marks(views))
    return "" if marks == sum(view.waiting for view in views) else "; no appointments, no second services"


def plot_words(views: Sequence[TodayView]) -> str:
    """What the plot shows, for those who do not see it."""
    marks = own_marks(views)
    seen = [mark for mark in marks if mark.column is Column.SEEN]
    in_time = sum(mark.target is None or mark.wait <= mark.target for mark in seen)
    after = sum(mark.column in AFTER for mark in marks)
    waiting = sum(mark.column is Column.OPEN for mark in marks)
    before = len(marks) - len(seen) - after - waiting
    parts = [f"{in_time} in time" if any(mark.target is not None for mark in marks) else f"{in_time} seen"]
    parts += [f"{count} {words}" for count, words in _kinds(len(seen) - in_time, after, before, waiting) if count]
    words = f"{moments.plural(len(marks), 'walk-in')}: {joined(parts)}{apart_words(views)}."
    return words if marks else "No walk-in yet."


def _kinds(over: int, after: int, before: int, waiting: int) -> tuple[tuple[int, str], ...]:
    return (over, "seen late"), (after, "gone late"), (before, "gone early"), (waiting, "waiting")
