"""How did we do? The faces that were touched, group by group. Nothing says by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reception.domain.kiosk import Face


@dataclass(frozen=True)
class FeedbackSummary:
    """The answers of one group; `share_good` None: there were none."""

    group: str
    answers: int
    very_good: int
    good: int
    fair: int
    poor: int
    very_poor: int
    share_good: float | None
    """Good or very good."""


def summarise(group: str, faces: Mapping[Face, int]) -> FeedbackSummary:
    """What was answered, counted by face."""
    answers = sum(faces.values())
    counted = {face.value: faces.get(face, 0) for face in Face}
    good = counted[Face.VERY_GOOD] + counted[Face.GOOD]
    return FeedbackSummary(group, answers, **counted, share_good=good / answers if answers else None)
