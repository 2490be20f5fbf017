"""Who is to be told of a delay: those whose promise is lost or, by what is foreseen, about to be."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.duties import DutyKind
from reception.domain.foresight import USUAL, Foreseen, Scene, Telling, foresee

SOON: Millis = 5 * MINUTE
"""So long before its promise ends a visitor who waits is told that it will be lost."""
BEFORE_LEAVING_HOME: Millis = 60 * MINUTE
"""So long before its promise ends a visitor who has not come yet is rung up."""
TRY_AGAIN: Millis = 10 * MINUTE
"""From ringing somebody up in vain to the next try."""


class Delay(Struct, frozen=True):
    """A visitor who is to be told. Of one whom nobody at work may serve, `expected_at` is a guess, `is_guess`."""

    kind: DutyKind
    visit_id: str
    appointment_id: str
    promised_at: Instant
    expected_at: Instant
    is_lost: bool
    last_told_at: Instant | None
    since: Instant
    """From when on the duty stands: the told time, or the promise, that has passed; else now."""
    is_guess: bool = False


def to_tell(
    scene: Scene,
    foreseen: Sequence[Foreseen] | None = None,
    soon: Millis = SOON,
    before_leaving_home: Millis = BEFORE_LEAVING_HOME,
) -> tuple[Delay, ...]:
    """The visitors to be told of a delay now, most urgent first: whose promise ends first.

    Those whose promise is lost, or ends within `soon` (`before_leaving_home` for those who have not come yet) and is
    expected to be lost. Whoever was told is told again once the told time has passed.
    """
    expected = {(each.visit_id, each.appointment_id): each.expected_at for each in foreseen or foresee(scene)}
    delays = []
    for waiting in scene.waiting:
        key = (waiting.entry.visit_id, waiting.appointment_id)
        delay = _delay(scene, DutyKind.WAITING, key, waiting.promised_at, expected[key], waiting.telling, soon)
        delays.append(delay)
    for coming in scene.coming:
        key = ("", coming.appointment_id)
        if coming.may_ring and coming.promised_at is not None:
            promised_at = coming.promised_at + max(0, scene.now - coming.starts)
            delay = _delay(
                scene, DutyKind.TELEPHONE, key, promised_at, expected[key], coming.telling, before_leaving_home
            )
            delays.append(delay)
    return tuple(
        sorted(
            (each for each in delays if each is not None),
            key=lambda each: (each.promised_at, each.visit_id, each.appointment_id),
        )
    )


def _delay(
    scene: Scene,
    kind: DutyKind,
    who: tuple[str, str],
    promised_at: Instant | None,
    expected_at: Instant | None,
    telling: Telling,
    horizon: Millis,
) -> Delay | None:
    now = scene.now
    if promised_at is None or promised_at > now + horizon or not _is_to_be_told(telling, now):
        return None
    if expected_at is not None and expected_at <= promised_at:
        return None
    is_lost = promised_at < now
    passed = telling.told_until if telling.told_at is not None else None
    return Delay(
        kind=DutyKind.AGAIN if telling.told_at is not None else kind,
        visit_id=who[0],
        appointment_id=who[1],
        promised_at=promised_at,
        expected_at=max(now, promised_at) + USUAL if expected_at is None else expected_at,
        is_lost=is_lost,
        last_told_at=telling.told_at,
        since=passed if passed is not None else promised_at if is_lost else now,
        is_guess=expected_at is None,
    )


def _is_to_be_told(telling: Telling, now: Instant) -> bool:
    if telling.tried_at is not None and now < telling.tried_at + TRY_AGAIN:
        return False
    if telling.told_at is None:
        return True
    return telling.told_until is not None and telling.told_until <= now
