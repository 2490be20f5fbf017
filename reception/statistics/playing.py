"""One day played from the first visitor to the last: who is called when, by the office's rule, at which desk.

The calls are those of the rule itself (`domain.ordered_queue`). A desk that is at work and may serve somebody who waits
never stands free. Nobody leaves unseen before closing; whoever still waits then is served after it, by those who close
last of those who may, or goes home an hour later. Times are milliseconds since midnight.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import heapify, heappop, heappush

from msgspec import Struct

from reception.clock import MINUTE, Millis
from reception.domain.ordered_queue import InQueue, OrderedQueue
from reception.domain.staffing import Desk

NEVER: Millis = 1 << 60
"""When whoever nobody may serve is served."""
AFTER_CLOSING: Millis = 60 * MINUTE
"""Whoever has not been called so long after the last desk closed goes home."""


class Shift(Struct, frozen=True):
    """From `opens` to just before `closes` at work, for these services; None: for all."""

    opens: Millis
    closes: Millis
    services: frozenset[str] | None = None


Staff = tuple[tuple[Shift, ...], ...]
"""The shifts of each desk, in their order."""


def staff_of(desks: Sequence[Desk], services: Collection[str], anybodys: Collection[str] = ()) -> Staff:
    """The shifts of a plan's desks, for these services; those that are anybody's every desk serves. Each desk goes on
    after its closing for those services that nobody who may serve them is there for any longer."""
    skills = [
        desk.skills.intersection(services).union(anybodys) if desk.skills else frozenset(services) for desk in desks
    ]
    spans = [_spans(desk) for desk in desks]
    last = [each[-1][1] if each else 0 for each in spans]
    staff = []
    for place, own in enumerate(spans):
        if not own:
            continue
        stays = frozenset(
            service
            for service in skills[place]
            if not any(service in other and last[at] > last[place] for at, other in enumerate(skills) if spans[at])
        )
        shifts = [(opens, closes, skills[place]) for opens, closes in own]
        # The last shift has no end; for nobody at all it is that of a desk that has gone home.
        shifts.append((last[place], NEVER, stays))
        staff.append(
            tuple(Shift(opens, closes, None if able >= frozenset(services) else able) for opens, closes, able in shifts)
        )
    return tuple(staff)


def _spans(desk: Desk) -> list[tuple[Millis, Millis]]:
    """When it is at work, its breaks taken out."""
    spans = []
    opens = desk.opens
    for start, end in sorted(desk.breaks):
        if start > opens:
            spans.append((opens, min(start, desk.closes)))
        opens = max(opens, end)
    if opens < desk.closes:
        spans.append((opens, desk.closes))
    return [(start * MINUTE, end * MINUTE) for start, end in spans if end > start]


def closing(desks: Sequence[Desk]) -> Millis:
    """When the last of them closes; 0 without any."""
    return max((spans[-1][1] for spans in map(_spans, desks) if spans), default=0)


def going_home(staff: Staff) -> Millis:
    """When whoever has not been called by then goes home."""
    return max((shifts[-1].opens for shifts in staff), default=0) + AFTER_CLOSING


def play(
    joining: Sequence[InQueue],
    lasts: Sequence[Millis],
    staff: Staff,
    queue: OrderedQueue,
    call_to_start: Millis,
) -> list[Millis]:
    """When the service of each began, by its number; `lasts` is by number, too. `joining` is in the order of `since`.

    At one moment everybody who comes is there before anybody calls; desks that stand free call before those that fall
    free just then. `queue` is empty again afterwards, but for whom nobody may serve.
    """
    starts = [NEVER] * len(lasts)
    at_shift = [0] * len(staff)
    free = [(shifts[0].opens, desk) for desk, shifts in enumerate(staff)]
    heapify(free)
    idle: list[int] = []
    place, number = 0, len(joining)
    first, call, join = queue.first, queue.call, queue.join
    while place < number or (free and len(queue)):
        if place < number and (not free or joining[place].since <= free[0][0]):
            now = joining[place].since
            while place < number and joining[place].since == now:
                join(joining[place])
                place += 1
            looking, idle = idle, []
        else:
            now, desk = heappop(free)
            looking = [desk]
        for desk in looking:
            shifts = staff[desk]
            shift = shifts[at_shift[desk]]
            while shift.closes <= now:
                at_shift[desk] += 1
                shift = shifts[at_shift[desk]]
            if shift.opens > now:
                heappush(free, (shift.opens, desk))
                continue
            found = first(now, shift.services) if len(queue) else None
            if found is None:
                idle.append(desk)
                continue
            call(found, now, shift.services)
            start = now + call_to_start
            starts[found.number] = start
            heappush(free, (start + lasts[found.number], desk))
    return starts
