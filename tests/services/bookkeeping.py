"""Goes through a whole database as an auditor would: folds the journal anew and compares every row with it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import sqlalchemy as sa

from reception.app import Door
from reception.domain import events as e
from reception.domain.columns import Column
from reception.domain.folding import evolve, visit_from
from reception.domain.queueing import ticket_number
from reception.domain.visit_states import End, State
from reception.services.visit_ports import StoredVisit
from reception.storage import schema as t
from reception.storage.codec import fact_from_json
from reception.storage.visit_rows import leg_row, visit_row
from tests.services.book_audit import audit

BESIDE_THE_FACTS = {"running", "overtaken"}
"""Columns of `visit` that its own facts do not come to; they are checked in their own way below."""


def books(door: Door) -> dict[str, StoredVisit]:
    """Every visit with its facts, in the order of the journal; asserts that all of the database agrees with them."""
    with door._database.read() as (connection, head, _now):
        lines = connection.execute(sa.select(t.journal).order_by(t.journal.c.sequence)).all()
        rows = {row.id: row._mapping for row in connection.execute(sa.select(t.visit))}
        legs = {(row.visit_id, row.number): row._mapping for row in connection.execute(sa.select(t.leg))}
        series = {(row.local_day, row.letter): row.last for row in connection.execute(sa.select(t.series))}
        audit(connection, lines, {key: stored.visit for key, stored in _fold(lines).items()})
    assert [line.sequence for line in lines] == list(range(1, head.sequence + 1))
    assert head.last_at == max((line.at for line in lines), default=0)
    visits = _fold(lines)
    assert set(rows) == set(visits), "a visit is lost, or stands there without a fact"
    assert set(legs) == {(v.visit.id, n) for v in visits.values() for n in range(1, len(v.visit.legs) + 1)}
    for visit_id, stored in visits.items():
        _row_agrees(stored, rows[visit_id])
        for number, leg in enumerate(stored.visit.legs, start=1):
            assert dict(legs[visit_id, number]) == leg_row(stored.visit, number, leg)
        _is_sane(stored)
    _overtaking_agrees(lines, visits, rows)
    _numbers_run(rows, series)
    _counters_hold_one(visits)
    return visits


def _fold(lines: Any) -> dict[str, StoredVisit]:
    facts: dict[str, list[e.Recorded]] = defaultdict(list)
    for line in lines:
        if line.visit_id is not None:
            fact = fact_from_json(line.kind, line.data)
            facts[line.visit_id].append(
                e.Recorded(line.at, line.command_id, fact, line.counter_id or "", line.officer_id or "")
            )
    return {key: StoredVisit(visit_from(key, found), tuple(found)) for key, found in facts.items()}


def _row_agrees(stored: StoredVisit, row: Any) -> None:
    expected = visit_row(stored.visit, stored.version)
    # The service that the visit came for is written with the ticket.
    assert {key: row[key] for key in expected} == expected
    assert set(row) - set(expected) - {"first_service_id"} == BESIDE_THE_FACTS


def standing(facts: tuple[e.Recorded, ...]) -> list[e.Recorded]:
    """The facts that were not undone."""
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, e.CommandUndone)}
    return [f for f in facts if f.command_id not in undone and not isinstance(f.fact, e.CommandUndone)]


def _overtaking_agrees(lines: Any, visits: dict[str, StoredVisit], rows: dict[str, Any]) -> None:
    """A visit was overtaken as often as calls say so that stand and were not withdrawn, since its present leg began."""
    places: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        places[line.visit_id].append(line.sequence)
    began = {key: _leg_began(stored, places[key]) for key, stored in visits.items()}
    counted: Counter[str] = Counter()
    for key, stored in visits.items():
        for sequence, call in _calls_that_count(stored, places[key]):
            for other in call.overtook:
                counted[other] += sequence > began[other]
    assert {row["number"]: row["overtaken"] for row in rows.values()} == {
        row["number"]: counted[key] for key, row in rows.items()
    }


def _calls_that_count(stored: StoredVisit, sequences: list[int]) -> list[tuple[int, e.VisitCalled]]:
    """The calls of a visit, with their places in the journal; a withdrawn one is as if it had not been."""
    stands = standing(stored.facts)
    calls: list[tuple[int, e.VisitCalled]] = []
    for item, sequence in zip(stored.facts, sequences, strict=True):
        if item in stands and isinstance(item.fact, e.VisitCalled):
            calls.append((sequence, item.fact))
        elif item in stands and isinstance(item.fact, e.CallWithdrawn):
            calls.pop()
    return calls


def _leg_began(stored: StoredVisit, sequences: list[int]) -> int:
    """The place in the journal of the fact that began the present leg."""
    began, visit = sequences[0], visit_from(stored.visit.id, stored.facts[:1])
    stands = standing(stored.facts)
    for item, sequence in list(zip(stored.facts, sequences, strict=True))[1:]:
        if item in stands:
            after = evolve(visit, item)
            began = sequence if len(after.legs) > len(visit.legs) else began
            visit = after
    return began


def _numbers_run(rows: dict[str, Any], series: dict[tuple[str, str], int]) -> None:
    issued: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows.values():
        letter = row["number"][0]
        given = row["also"] or row["number"]
        if not given[1].isdigit():
            assert re.fullmatch(r"[A-Z]{2,5}\d{2,}(-\d)?", given), (
                "of a station that was cut off, which counted for itself"
            )
            continue
        assert given == ticket_number(letter, row["running"])
        issued[row["local_day"], letter].append(row["running"])
    assert {key: sorted(found) for key, found in issued.items()} == {
        key: list(range(1, last + 1)) for key, last in series.items()
    }


def _counters_hold_one(visits: dict[str, StoredVisit]) -> None:
    busy = Counter(
        stored.visit.counter_id for stored in visits.values() if stored.visit.state in (State.CALLED, State.SERVING)
    )
    assert all(counter and count == 1 for counter, count in busy.items()), busy


def _is_sane(stored: StoredVisit) -> None:
    """What is true of every visit at any time, whatever was done with it."""
    visit = stored.visit
    times = [item.at for item in stored.facts]
    assert times == sorted(times), "a fact precedes the last fact of its visit"
    assert visit.last_at == times[-1]
    assert (visit.end is not None) == (visit.state is State.ENDED and not visit.voided)
    assert (visit.hold is not None) == (visit.state is State.ON_HOLD)
    if visit.state is State.WAITING:
        assert not visit.counter_id
        assert visit.leg.started_at is None
    if visit.state is State.SERVING:
        assert visit.leg.started_at is not None
        assert visit.leg.ended_at is None
    assert visit.total_waited(visit.last_at) >= 0
    for number, leg in enumerate(visit.legs):
        assert leg.waited(visit.last_at) >= 0
        assert leg.stepped_out >= 0
        assert leg.held >= 0
        assert leg.service_time is None or leg.service_time >= leg.held
        if number:
            assert leg.since >= (visit.legs[number - 1].ended_at or 0)
            assert visit.legs[number - 1].started_at is not None, "a leg that nobody served was left behind"
    if visit.end in (End.RESOLVED, End.TO_FOLLOW):
        assert visit.is_seen


def columns(visits: dict[str, StoredVisit]) -> Counter[Column]:
    """How many visits stand in each column, by folding alone; voided tickets are no visits."""
    return Counter(
        Column(visit_row(stored.visit, stored.version)["outcome"])
        for stored in visits.values()
        if not stored.visit.voided
    )
