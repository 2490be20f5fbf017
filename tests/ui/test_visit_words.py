"""Rows of words about one visit."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SECOND
from reception.domain.desk_view import VisitCard
from reception.domain.visit_states import End, State
from tests.ui.sample_day import NOW, present
from ui.desk.visit_words import resolved_words, standing_words, visit_rows

ZONE = ZoneInfo("Europe/London")


def card(**changes: object) -> VisitCard:
    return replace(present(), arrived_at=NOW - 6 * MINUTE, resolved_target=10 * MINUTE, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (0, "4 min left of 10 to resolve it"),
        (4 * MINUTE, "under 1 min left of 10 to resolve it"),
        (4 * MINUTE + SECOND, "under 1 min past the 10 min to resolve it"),
        (7 * MINUTE, "3 min past the 10 min to resolve it"),
    ],
)
def test_how_long_there_is_to_resolve_it(since: int, words: str) -> None:
    """Hart: "try to resolve your enquiry within 10 minutes of your arrival"."""
    assert resolved_words(card(), NOW + since) == words


@pytest.mark.parametrize(
    "changes",
    [{"resolved_target": None}, {"specialist": True}, {"state": State.ENDED, "end": End.RESOLVED}],
    ids=["no promise", "told that a specialist takes longer", "over"],
)
def test_where_nothing_is_promised_any_more_nothing_is_said(changes: dict[str, object]) -> None:
    assert resolved_words(replace(card(), **changes), NOW) == ""  # type: ignore[arg-type]


def test_a_remark_for_colleagues_stands_last() -> None:
    rows = list(visit_rows(card(remark="asked twice"), ZONE, NOW, NOW))
    assert rows[-1] == ("For colleagues", "asked twice")
    assert ("To resolve", "4 min left of 10 to resolve it") in rows


def test_whoever_came_before_the_time_booked_does_not_wait_yet() -> None:
    early = card(state=State.WAITING, since=NOW + 6 * MINUTE)
    assert standing_words(early, ZONE, NOW).startswith("Here, and due at ")
    assert standing_words(replace(early, since=NOW), ZONE, NOW).startswith("Waiting since ")
