"""`reception stats feedback`: the faces that were touched, in all, by day and by service."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reception.clock import HOUR, SetClock, from_datetime
from reception.domain.kiosk import Face
from reception.services import commands as c
from tests.cli.conftest import Run
from tests.support import COUNCIL_TAX, HOUSING, OFFICE, At, door_on

MONDAY = from_datetime(datetime(2026, 3, 2, 10, tzinfo=UTC))


@pytest.fixture
def told(sqlite_url: str) -> str:
    clock = SetClock(MONDAY)
    door = door_on(sqlite_url, clock)
    At(door).set_up()
    for face, service in ((Face.GOOD, HOUSING), (Face.VERY_GOOD, HOUSING), (Face.POOR, COUNCIL_TAX)):
        door.do(c.GiveFeedback(office_id=OFFICE, station="Kiosk", face=face, service_id=service))
    clock.advance(24 * HOUR)
    door.do(c.GiveFeedback(office_id=OFFICE, station="Desk", face=Face.VERY_POOR))
    door.close()
    return sqlite_url


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("total", [("total", 4, 0.5)]),
        ("day", [("2026-03-02", 3, 2 / 3), ("2026-03-03", 1, 0.0)]),
        ("service", [("(office)", 1, 0.0), ("Council Tax", 1, 0.0), ("Housing", 2, 1.0)]),
    ],
)
def test_faces_by_group(run: Run, told: str, by: str, groups: list[tuple[str, int, float]]) -> None:
    report = json.loads(run("--database", told, "stats", "feedback", "--by", by, "--format", "json").out)
    assert [(each["group"], each["answers"], each["share_good"]) for each in report] == groups
    assert all(each["answers"] == sum(each[face.value] for face in Face) for each in report)


def test_a_table_to_read_and_a_word_where_nobody_said_anything(run: Run, told: str) -> None:
    answer = run("--database", told, "stats", "feedback", "--by", "service")
    assert "100.0 %" in answer.out
    assert run("--database", told, "stats", "feedback", "--from", "2027-01-01").said.endswith(
        "was told nothing in that time."
    )


def test_days_the_wrong_way_round_are_refused(run: Run, told: str) -> None:
    answer = run("--database", told, "stats", "feedback", "--from", "2026-03-03", "--to", "2026-03-02")
    assert answer.code != 0
    assert "is after the last" in answer.said
