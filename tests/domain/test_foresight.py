"""The queue played forward: a worked example for each clause, then the same queue played minute by minute."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import MINUTE, Instant
from reception.domain.booking import Span
from reception.domain.foresight import (
    BELIEVABLE,
    AtWork,
    Coming,
    Scene,
    Waiting,
    foresee,
    usual_time,
)
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import DUE_SOON, RULES, Entry, Kind, RuleSettings, by_deadline
from tests.domain.test_queueing import appointment, at, walk_in

USUAL = {"housing": 10 * MINUTE, "planning": 30 * MINUTE}
PRIYA, EWAN = Officer("priya", "Priya", Role.OFFICER), Officer("ewan", "Ewan", Role.OFFICER)
ONE, TWO = AtWork(Counter("1", "Counter 1"), PRIYA), AtWork(Counter("2", "Counter 2"), EWAN)


def waits(name: str, arrived: float, **more: Any) -> Waiting:
    return Waiting(walk_in(name, arrived, **more), at(arrived + 15))


def comes(name: str, starts: float, officer: str = "priya", **more: Any) -> Coming:
    values = {"target": 5 * MINUTE, "promised_at": at(starts + 5), **more}
    return Coming(name, "housing", officer, at(starts), **values)


def scene(
    waiting: tuple[Waiting, ...] = (),
    coming: tuple[Coming, ...] = (),
    counters: tuple[AtWork, ...] = (ONE,),
    now: float = 0,
    **more: Any,
) -> Scene:
    return Scene(at(now), counters, waiting, coming, USUAL, **more)


def expected(of: Scene) -> dict[str, float | None]:
    """Minutes after ten, by name."""
    return {
        each.visit_id or each.appointment_id: None if each.expected_at is None else (each.expected_at - at(0)) / MINUTE
        for each in foresee(of)
    }


def test_one_after_another_each_a_usual_service_long_and_a_minute_from_call_to_start() -> None:
    queue = (waits("a", -3), waits("b", -2), waits("c", -1))
    assert expected(scene(queue)) == {"a": 1, "b": 12, "c": 23}
    assert expected(scene(queue, counters=(ONE, TWO))) == {"a": 1, "b": 1, "c": 12}


def test_the_service_under_way_lasts_as_long_as_usual() -> None:
    busy = replace(ONE, service_id="planning", since=at(-12))
    assert expected(scene((waits("a", 0),), counters=(busy,))) == {"a": 19}


@pytest.mark.parametrize("since", [-30, -31, -120])
def test_one_that_has_run_over_lasts_half_as_long_again(since: float) -> None:
    busy = replace(ONE, service_id="planning", since=at(since))
    assert expected(scene((waits("a", 0),), counters=(busy,))) == {"a": 16}


@pytest.mark.parametrize(
    ("free_since", "arrived", "starts"),
    [(-20, -5, 6), (-2, -5, 3), (-20, 0, 1), (0, -5, 1)],
)
def test_a_counter_that_calls_nobody_for_a_while_is_taken_to_do_so_as_long_again(
    free_since: float, arrived: float, starts: float
) -> None:
    idle = replace(ONE, free_since=at(free_since))
    assert expected(scene((waits("a", arrived),), counters=(idle,))) == {"a": starts}


def test_a_counter_that_may_serve_nobody_who_is_here_has_not_kept_anyone_waiting() -> None:
    idle = replace(ONE, free_since=at(-20))
    assert expected(scene((), (comes("ap", 3),), (idle,))) == {"ap": 4}
    others = (waits("a", -10, named_officer_id="ewan"), waits("b", -3))
    assert expected(scene(others, counters=(idle, TWO)))["b"] == 4
    assert expected(scene((replace(waits("a", -10), ready_at=at(2)),), counters=(idle,))) == {"a": 3}


def test_the_usual_time_is_the_mean_of_what_can_be_believed() -> None:
    assert usual_time((2 * MINUTE, 2 * MINUTE, 5 * MINUTE)) == 3 * MINUTE
    assert usual_time((10 * MINUTE, 300 * MINUTE)) == 50 * MINUTE  # left open all afternoon, it counts for 90


@given(st.lists(st.integers(0, 600 * MINUTE), min_size=1))
def test_no_service_left_open_makes_others_unbelievably_long(lasted: list[int]) -> None:
    usual = usual_time(lasted)
    assert min(*lasted, BELIEVABLE) <= usual <= min(max(lasted), BELIEVABLE)


def test_a_service_that_nothing_is_known_of_is_ten_minutes() -> None:
    busy = replace(ONE, service_id="gone", since=at(-4))
    assert expected(scene((waits("a", 0),), counters=(busy,))) == {"a": 7}


def test_the_order_is_that_of_the_offices_rule() -> None:
    queue = (waits("lost", -20), waits("kept", -5))
    assert expected(scene(queue)) == {"kept": 1, "lost": 12}
    assert expected(scene(queue, rule="first_come")) == {"lost": 1, "kept": 12}


def test_the_order_is_that_of_the_moment_of_the_call() -> None:
    # By the time at which a counter is free, "a" can no longer be kept.
    busy = replace(ONE, service_id="housing", since=at(0))
    assert expected(scene((waits("a", -8), waits("b", 0)), counters=(busy,))) == {"b": 11, "a": 22}


def test_only_who_may_serve_it() -> None:
    for_planning = replace(ONE, officer=replace(PRIYA, skills=frozenset({"planning"})))
    queue = (waits("housing", 0), waits("named", 0, named_officer_id="ewan"))
    assert expected(scene(queue, counters=(for_planning,))) == {"housing": None, "named": None}
    assert expected(scene(queue, counters=(for_planning, TWO))) == {"housing": 1, "named": 12}
    counter = replace(ONE, counter=Counter("1", "Counter 1", frozenset({"planning"})))
    assert expected(scene(queue, counters=(counter,))) == {"housing": None, "named": None}


def test_with_nobody_at_work_nobody_is_served() -> None:
    assert expected(scene((waits("a", 0),), counters=())) == {"a": None}


def test_whoever_needs_a_room_or_an_interpreter_is_called_once_it_is_there() -> None:
    queue = (replace(waits("sign", -3, ready=False), ready_at=at(7)), waits("a", 0), waits("b", 0))
    assert expected(scene(queue)) == {"a": 1, "sign": 12, "b": 23}
    assert expected(scene(queue[:1])) == {"sign": 8}


def test_an_appointment_blocks_nobody_before_it_is_due() -> None:
    early = Waiting(appointment("early", 20, -10, named_officer_id="priya"), at(25))
    assert expected(scene((early, waits("a", 0)))) == {"a": 1, "early": 16}
    anyones = Waiting(appointment("early", 20, -10), at(25))
    assert expected(scene((anyones, waits("a", 0)))) == {"a": 1, "early": 21}


def test_whoever_has_come_for_an_appointment_with_the_officer_goes_before_walk_ins() -> None:
    here = Waiting(appointment("here", 4, -10, named_officer_id="priya"), at(9))
    assert expected(scene((waits("a", -40), here))) == {"here": 1, "a": 12}


def test_an_officer_takes_nobody_within_five_minutes_of_an_appointment_of_theirs() -> None:
    assert expected(scene((waits("a", 0),), (comes("ap", 4),))) == {"ap": 5, "a": 16}
    assert expected(scene((waits("a", 0),), (comes("ap", 5),)))["a"] == 17
    assert expected(scene((waits("a", 0),), (comes("ap", 5.01),)))["a"] == 1
    assert expected(scene((waits("a", 0),), (comes("ap", 4, "ewan"),), (ONE, TWO)))["a"] == 1
    assert expected(scene((waits("a", 0, see_first=True),), (comes("ap", 4),)))["a"] == 1


def test_whoever_waits_for_an_appointment_looks_again_once_the_walk_in_is_called_elsewhere() -> None:
    """Priya lets the walk-in wait for her appointment at 4; Ewan takes it, and the one that is here is first."""
    here = Waiting(appointment("here", 0, 0), at(5))
    first = waits("a", -14)
    of = scene((first, here), (comes("ap", 4),), (ONE, TWO), rule="earliest_deadline")
    assert expected(of) == {"a": 1, "here": 2, "ap": 13}


def test_appointments_to_come_are_taken_to_arrive_in_time() -> None:
    busy = replace(ONE, service_id="planning", since=at(0))
    assert expected(scene((), (comes("a", 27), comes("b", 30), comes("c", 60)), (busy,))) == {
        "a": 31,
        "b": 42,
        "c": 61,
    }


def test_one_that_has_not_come_in_time_may_come_any_moment_and_nobody_waits_for_it() -> None:
    assert expected(scene((), (comes("a", -10),))) == {"a": 1}
    assert expected(scene((waits("w", -14.5),), (comes("ap", -4),))) == {"w": 1, "ap": 1}


def test_what_a_visitor_is_told_at_a_free_counter_stays_while_an_appointment_is_late() -> None:
    """It hung on whether their own promise could still be kept, and on how long the counter had waited for it."""
    idle = replace(ONE, free_since=at(-20))
    late = (comes("ap", 0), comes("other", 0, "ewan"))
    told = [expected(scene((waits("w", -14),), late, (idle,), now))["w"] for now in (0.25, 0.5, 1, 3.5, 4, 4.5)]
    assert told == [1.5, 2, 3, 8, 9, 10]


def test_an_officer_who_is_not_signed_in_is_there_for_their_appointments_and_nobody_else() -> None:
    of = scene((waits("a", 0),), (comes("x", 20, "grace"), comes("y", 25, "grace")), ())
    assert expected(of) == {"a": None, "x": 21, "y": 32}
    here = Waiting(appointment("here", -2, -5, named_officer_id="grace"), at(3))
    assert expected(scene((here,), (), ())) == {"here": 1}


def test_an_officer_who_is_away_is_waited_for() -> None:
    away = replace(ONE, away=(Span(at(-5), at(20)), Span(at(20), at(30))))
    assert expected(scene((waits("a", 0), waits("b", 0)), counters=(away,))) == {"a": 31, "b": 42}
    soon = replace(ONE, away=(Span(at(5), at(20)),))
    assert expected(scene((waits("a", 0), waits("b", 0)), counters=(soon,))) == {"a": 1, "b": 21}


def test_an_empty_office() -> None:
    assert foresee(scene()) == ()


# -- minute by minute --------------------------------------------------------------------------------------------------


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    minutes = st.integers(-30, 40)
    services = st.sampled_from(["housing", "planning"])
    names = ["priya", "ewan", "grace"]
    counters = []
    for number, name in enumerate(names[: draw(st.integers(0, 3))]):
        skills = draw(st.sampled_from([frozenset[str](), frozenset({"housing"}), frozenset({"planning"})]))
        since = draw(st.one_of(st.none(), st.integers(-40, 0)))
        away = draw(st.one_of(st.none(), st.tuples(st.integers(-5, 30), st.integers(1, 20))))
        counters.append(
            AtWork(
                Counter(str(number), ""),
                Officer(name, "", Role.OFFICER, skills),
                draw(services),
                None if since is None else at(since),
                () if away is None else (Span(at(away[0]), at(away[0] + away[1])),),
            )
        )
    waiting = []
    for number in range(draw(st.integers(0, 7))):
        named = draw(st.sampled_from(["", "", "", *names]))
        more = {"named_officer_id": named, "order": number, "overtaken": draw(st.integers(0, 2))}
        arrived = draw(st.integers(-30, 0))
        entry = draw(
            st.sampled_from(
                [
                    walk_in(f"v{number}", arrived, see_first=draw(st.booleans()), **more),
                    appointment(f"v{number}", draw(minutes), arrived, **more),
                ]
            )
        )
        ready_at = at(draw(st.sampled_from([-40, -40, 5, 12])))
        waiting.append(Waiting(replace(entry, service_id=draw(services)), entry.deadline, ready_at=ready_at))
    coming = tuple(
        replace(comes(f"ap{number}", draw(minutes), draw(st.sampled_from(names))), service_id=draw(services))
        for number in range(draw(st.integers(0, 4)))
    )
    return scene(tuple(waiting), coming, tuple(counters), rule=draw(st.sampled_from(sorted(RULES))))


def minute_by_minute(of: Scene) -> dict[str, Instant]:
    """The same, played plainly; those who are late already are told of a day on which they come now."""
    in_time = played_plainly(replace(of, coming=tuple(each for each in of.coming if each.starts >= of.now)))
    late = {each.appointment_id for each in of.coming if each.starts < of.now}
    return in_time | {name: when for name, when in played_plainly(of).items() if name in late}


def played_plainly(of: Scene) -> dict[str, Instant]:
    """Each minute each counter in turn looks whether it may call."""
    left: dict[str, tuple[Entry, Instant]] = {}
    for waiting in of.waiting:
        entry = waiting.entry
        due = of.now
        if entry.kind is Kind.APPOINTMENT:
            due = entry.since - (DUE_SOON if entry.named_officer_id else 0)
        left[entry.visit_id] = (entry, max(due, waiting.ready_at))
    for number, each in enumerate(of.coming):
        here = max(each.starts, of.now)
        left[each.appointment_id] = (
            Entry(
                f"appointment {each.appointment_id}",
                Kind.APPOINTMENT,
                each.service_id,
                here,
                here,
                each.target,
                1_000_000 + number,
                named_officer_id=each.officer_id,
            ),
            here,
        )
    signed_in = {counter.officer.id for counter in of.counters}
    named = {entry.named_officer_id for entry, _ in left.values() if entry.kind is Kind.APPOINTMENT}
    free: list[tuple[AtWork, bool, Instant]] = []
    for counter in of.counters:
        ends = of.now
        if counter.since is not None:
            usual = USUAL[counter.service_id]
            ends = counter.since + usual if counter.since + usual > of.now else of.now + usual // 2
        free.append((counter, False, ends))
    free += [
        (AtWork(Counter("", ""), Officer(officer, "", Role.OFFICER)), True, of.now)
        for officer in sorted(named - signed_in - {""})
    ]
    started: dict[str, Instant] = {}
    for minute in range(6 * 60):
        now = of.now + minute * MINUTE
        for place, (counter, own_only, free_at) in enumerate(free):
            if free_at > now or any(span.starts <= now < span.ends for span in counter.away):
                continue
            mine = {
                name: (entry, here)
                for name, (entry, here) in left.items()
                if entry.named_officer_id in ("", counter.officer.id)
                and (not counter.officer.skills or entry.service_id in counter.officer.skills)
                and (not own_only or (entry.kind is Kind.APPOINTMENT and entry.named_officer_id))
            }
            ready = [entry for entry, here in mine.values() if here <= now]
            if not ready:
                continue
            due = [entry for entry in ready if entry.kind is not Kind.APPOINTMENT or entry.since <= now]
            first = RULES[of.rule](due, now, RuleSettings())[0].entry if due else None
            if first is None or (first.kind is not Kind.APPOINTMENT and not first.see_first):
                own = [entry for entry in ready if entry.kind is Kind.APPOINTMENT and entry.named_officer_id]
                first = min(own, key=by_deadline, default=first)
            assert first is not None
            soon = [
                entry
                for entry, here in mine.values()
                if entry.kind is Kind.APPOINTMENT
                and entry.named_officer_id
                and now < here
                and entry.since - DUE_SOON <= now <= entry.since
            ]
            if soon and first.kind is not Kind.APPOINTMENT and not first.see_first:
                continue
            name = next(name for name, (entry, _) in left.items() if entry is first)
            del left[name]
            started[name] = now + MINUTE
            free[place] = (counter, own_only, now + MINUTE + USUAL[first.service_id])
    return started


@settings(max_examples=300, deadline=None)
@given(scenes())
def test_played_forward_and_played_minute_by_minute_are_the_same(of: Scene) -> None:
    found = {each.visit_id or each.appointment_id: each.expected_at for each in foresee(of)}
    assert {name: when for name, when in found.items() if when is not None} == minute_by_minute(of)
    assert len(found) == len(of.waiting) + len(of.coming)
