"""Whether an appointment may stand at a place, looked up in the transaction that writes it there."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from reception.clock import Millis, local_date
from reception.domain.booking import Diary, Place, Slot, Wish
from reception.domain.clash_words import refusal_of
from reception.domain.obstacles import obstacles
from reception.domain.slots import nearest_slots, search_span
from reception.errors import Code
from reception.services.ports import UnitOfWork

PASSED = "passed"
"""The kind of a reason that got an appointment past what stood against it."""
DAYS_AHEAD = 14
"""How far a refusal looks for the next free slots: it does so while others wait to write."""


def check_place(
    uow: UnitOfWork,
    place: Place,
    wish: Wish,
    set_up: Millis,
    *,
    may_pass: bool = False,
    without: Collection[str] = (),
    diary: Diary | None = None,
) -> tuple[str, ...]:
    """What stands against a place and is passed, by kind; empty when nothing does.

    Refuses SLOT_TAKEN with the next free slots, NEEDS_REASON unless `may_pass` (a reason was given), BAD_INPUT where it
    can never stand, and UNKNOWN_THING. `set_up`: how long before the start officer and room are held as well.
    `without`: ids of appointments, holds and visits that do not stand in its way. `diary`: one that was read for
    several places.
    """
    if diary is None:
        diary = uow.appointments.diary(place.starts - set_up, place.ends, without=without)
    found = obstacles(place, wish, diary, uow.now, set_up)
    if not found or (may_pass and all(each.is_excusable for each in found)):
        return tuple(dict.fromkeys(each.kind.value for each in found))
    refusal = refusal_of(found, diary.office)
    if refusal.code is Code.SLOT_TAKEN:
        refusal = refusal_of(found, diary.office, _next_free(uow, place, wish, without))
    raise refusal


def _next_free(uow: UnitOfWork, place: Place, wish: Wish, without: Collection[str]) -> tuple[Slot, ...]:
    office = uow.offices.office()
    first_day = max(local_date(place.starts, office.zone), local_date(uow.now, office.zone))
    wish = replace(wish, first_day=first_day, days=DAYS_AHEAD)
    span = search_span(wish, office, uow.now)
    return nearest_slots(wish, uow.appointments.diary(span.starts, span.ends, without=without), uow.now)
