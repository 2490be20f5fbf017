"""Which of the free starts are offered: three ten minutes apart with one officer would hardly be a choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from reception.clock import Instant
from reception.domain.booking import Slot


def nearest_of(starts: Iterable[Slot], count: int) -> tuple[Slot, ...]:
    """Of starts, soonest first, the nearest `count` to choose from.

    The first is the nearest that there is; those after it are the nearest of `choice`. Where these are too few, the
    nearest of the others stand among them.
    """
    wanted = max(0, count)
    alike: list[Slot] = []
    found = list(islice(choice(starts, alike), wanted))
    found += alike[: wanted - len(found)]
    return tuple(sorted(found, key=lambda slot: slot.place.starts))


def choice(starts: Iterable[Slot], alike: list[Slot] | None = None) -> Iterator[Slot]:
    """Of starts, soonest first, those that share no time with one before them of the same officer.

    The others are added to `alike`.
    """
    offered_until: dict[str, Instant] = {}
    for slot in starts:
        place = slot.place
        if place.starts >= offered_until.get(place.officer_id, place.starts):
            offered_until[place.officer_id] = place.ends
            yield slot
        elif alike is not None:
            alike.append(slot)
