"""Whose promise is lost, and whose will be soon, by playing the queue forward: what a supervisor is told."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.delays import SOON
from reception.domain.foresight import Foreseen, Scene, Telling, foresee

LOOKED_AHEAD: Millis = 15 * MINUTE
"""So far ahead a promise that will be lost is told of."""


class AtRisk(Struct, frozen=True):
    """A visitor whose promise is lost, or is expected to be within `LOOKED_AHEAD`."""

    service_id: str
    visit_id: str
    """Empty for an appointment that is still to come."""
    appointment_id: str
    named_officer_id: str
    promised_at: Instant
    expected_at: Instant | None
    """None where nobody at work may serve them."""
    told_at: Instant | None
    is_lost: bool
    is_to_be_told: bool
    """Is here, and is to have been told of the delay by now."""
    is_told: bool
    """Was told, and what was said still holds."""


def outlook(scene: Scene, foreseen: Sequence[Foreseen] | None = None) -> tuple[AtRisk, ...]:
    """Those at risk, whose promise ends first at first.

    An appointment that nobody has come for and that anyone may serve is not at risk only because no counter is open.
    """
    expected = {(each.visit_id, each.appointment_id): each.expected_at for each in foreseen or foresee(scene)}
    found = []
    for waiting in scene.waiting:
        entry, at = waiting.entry, expected[waiting.entry.visit_id, waiting.appointment_id]
        if waiting.promised_at is None or not _is_at_risk(waiting.promised_at, at, scene.now):
            continue
        found.append(
            AtRisk(
                service_id=entry.service_id,
                visit_id=entry.visit_id,
                appointment_id=waiting.appointment_id,
                named_officer_id=entry.named_officer_id,
                promised_at=waiting.promised_at,
                expected_at=at,
                told_at=waiting.telling.told_at,
                is_lost=waiting.promised_at < scene.now,
                is_to_be_told=waiting.promised_at <= scene.now + SOON,
                is_told=_is_told(waiting.telling, scene.now),
            )
        )
    for coming in scene.coming:
        at = expected["", coming.appointment_id]
        if coming.promised_at is None or at is None:
            continue
        promised_at = coming.promised_at + max(0, scene.now - coming.starts)
        if _is_at_risk(promised_at, at, scene.now):
            found.append(
                AtRisk(
                    service_id=coming.service_id,
                    visit_id="",
                    appointment_id=coming.appointment_id,
                    named_officer_id=coming.officer_id,
                    promised_at=promised_at,
                    expected_at=at,
                    told_at=coming.telling.told_at,
                    is_lost=False,
                    is_to_be_told=False,
                    is_told=_is_told(coming.telling, scene.now),
                )
            )
    return tuple(sorted(found, key=lambda each: (each.promised_at, each.visit_id, each.appointment_id)))


def _is_at_risk(promised_at: Instant, expected_at: Instant | None, now: Instant) -> bool:
    if promised_at > now + LOOKED_AHEAD:
        return False
    return expected_at is None or expected_at > promised_at


def _is_told(telling: Telling, now: Instant) -> bool:
    return telling.told_at is not None and (telling.told_until is None or now < telling.told_until)
