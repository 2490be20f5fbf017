"""`reception stats feedback`: the faces that were touched at a kiosk, as a table, as JSON and as CSV."""

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
def said(sqlite_url: str) -> str:
    clock = SetClock(MONDAY)
    door = door_on(sqlite_url, clock)
    At(door).set_up()
    for face, service in ((Face.GOOD, HOUSING), (Face.GOOD, HOUSING), (Face.VERY_POOR, COUNCIL_TAX), (Face.FAIR, "")):
        door.do(c.GiveFeedback(office_id=OFFICE, station="Kiosk", face=face, service_id=service))
        clock.advance(24 * HOUR if service == COUNCIL_TAX else 0)
    door.close()
    return sqlite_url


def test_faces_by_service_and_by_day(run: Run, said: str) -> None:
    table = run("--database", said, "stats", "feedback", "--by", "service")
    lines = [line.split() for line in table.out.splitlines()]
    assert [line[:7] for line in lines[-3:]] == [
        ["Council", "Tax", "1", "0", "0", "0", "0"],
        ["Housing", "2", "0", "2", "0", "0", "0"],
        ["(none)", "1", "0", "0", "1", "0", "0"],
    ]
    days = json.loads(run("--database", said, "stats", "feedback", "--by", "day", "--format", "json").out)
    assert [(day["group"], day["answers"], day["very_poor"]) for day in days] == [
        ("2026-03-02", 3, 1),
        ("2026-03-03", 1, 0),
    ]
    total = run("--database", said, "stats", "feedback", "--to", "2026-03-02", "--format", "csv").out
    assert total == "group,answers,very_good,good,fair,poor,very_poor\ntotal,3,0,2,0,0,1\n"


def test_of_a_time_without_a_face_it_says_so(run: Run, said: str) -> None:
    answer = run("--database", said, "stats", "feedback", "--from", "2026-04-01")
    assert answer.code == 0
    assert "was told nothing in that time." in answer.err
