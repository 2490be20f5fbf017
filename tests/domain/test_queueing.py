"""Who is next: a worked example for each clause, then what holds of every queue."""

from __future__ import annotations

import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import MINUTE, SECOND, Instant
from reception.domain import queueing as q
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import Entry, Kind, RuleSettings
from reception.domain.visit_states import Why

TEN_O_CLOCK = 1_772_445_600_000
SETTINGS = RuleSettings()  # 1.5 and 2 times the target, two overtakes, a minute from call to start


def at(minutes: float) -> Instant:
    """An instant, in minutes after ten o'clock."""
    return TEN_O_CLOCK + round(minutes * MINUTE)


def walk_in(name: str, arrived: float, **more: Any) -> Entry:
    """Promised 15 minutes from arrival: can be kept until 14 minutes, past the guard after 22.5."""
    values: dict[str, Any] = {"target": 15 * MINUTE, "order": 1, "since": at(arrived)} | more
    return Entry(name, Kind.WALK_IN, "housing", at(arrived), **values)


def appointment(name: str, booked: float, arrived: float, **more: Any) -> Entry:
    """Promised 5 minutes from the later of booked time and arrival: past the guard after 10."""
    since = at(max(booked, arrived))
    return Entry(name, Kind.APPOINTMENT, "housing", at(arrived), since, **{"target": 5 * MINUTE, "order": 1, **more})


def later_leg(name: str, arrived: float, since: float, **more: Any) -> Entry:
    """Promised nothing, ordered by 15 minutes from the start of the leg."""
    return Entry(name, Kind.LATER_LEG, "housing", at(arrived), at(since), **{"target": 15 * MINUTE, "order": 1, **more})


def order(rule: str, entries: Sequence[Entry], now: Instant, settings: RuleSettings = SETTINGS) -> str:
    return " ".join(each.entry.visit_id for each in q.RULES[rule](entries, now, settings))


def whys(rule: str, entries: Sequence[Entry], now: Instant, settings: RuleSettings = SETTINGS) -> list[Why]:
    return [each.why for each in q.RULES[rule](entries, now, settings)]


# -- keep the promises that can be kept --------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """One clause of *Who is next*, as a queue at one moment, in the order in which it is called, with the words."""

    clause: str
    now: float
    queue: tuple[Entry, ...]
    expected: str
    why: tuple[Why, ...]


KEPT, PAST, GUARD, TWICE, FIRST = (
    Why.CAN_BE_KEPT,
    Why.PAST_PROMISE,
    Why.GUARD_PASSED,
    Why.OVERTAKEN_TWICE,
    Why.SEE_FIRST,
)

EXAMPLES = [
    Example(
        "deadline of a walk-in = arrival + target",
        5,
        (walk_in("b", 2), walk_in("a", 1)),
        "a b",
        (KEPT, KEPT),
    ),
    Example(
        "deadline of an appointment = booked time + target when early (10:15 against 10:16)",
        11,
        (walk_in("w", 1), appointment("a", booked=10, arrived=-30)),
        "a w",
        (KEPT, KEPT),
    ),
    Example(
        "deadline of an appointment = arrival + target when late (10:17 against 10:16)",
        13,
        (appointment("a", booked=5, arrived=12), walk_in("w", 1)),
        "w a",
        (KEPT, KEPT),
    ),
    Example(
        "deadline of a later leg = leg start + target, whenever the visitor arrived (10:25 against 10:20)",
        12,
        (later_leg("l", arrived=-60, since=10), walk_in("w", 5)),
        "w l",
        (KEPT, KEPT),
    ),
    Example(
        "stepping out moves the deadline back by the time out (10:15 + 6 against 10:20)",
        8,
        (walk_in("out", 0, stepped_out=6 * MINUTE), walk_in("w", 5)),
        "w out",
        (KEPT, KEPT),
    ),
    Example(
        "(1) before (2): past the guard of 1.5 x 15 goes before one that can still be kept",
        23,
        (walk_in("fresh", 9), walk_in("old", 0)),
        "old fresh",
        (GUARD, KEPT),
    ),
    Example(
        "(1) exactly 1.5 times the target is not past it",
        22.5,
        (walk_in("old", 0), walk_in("fresh", 9)),
        "fresh old",
        (KEPT, PAST),
    ),
    Example(
        "(1) an appointment's guard is 2 x 5",
        10 + 1 / MINUTE,
        (walk_in("w", 9), appointment("a", booked=0, arrived=0)),
        "a w",
        (GUARD, KEPT),
    ),
    Example(
        "(1) exactly twice the appointment's target is not past it",
        10,
        (appointment("a", booked=0, arrived=0), walk_in("w", 9)),
        "w a",
        (KEPT, PAST),
    ),
    Example(
        "(1) *waited* counts from the leg's start, waiting only: time out is no waiting",
        24,
        (walk_in("out", 0, stepped_out=2 * MINUTE), walk_in("w", 20)),
        "w out",
        (KEPT, PAST),
    ),
    Example(
        "(1) overtaken twice goes before one that can still be kept",
        20,
        (walk_in("fresh", 9), walk_in("passed", 1, overtaken=2)),
        "passed fresh",
        (TWICE, KEPT),
    ),
    Example(
        "(1) overtaken once is not twice",
        20,
        (walk_in("passed", 1, overtaken=1), walk_in("fresh", 9)),
        "fresh passed",
        (KEPT, PAST),
    ),
    Example(
        "(1) earliest deadline first among those past the guard and those overtaken",
        30,
        (walk_in("passed", 10, overtaken=3), walk_in("older", 1), walk_in("oldest", 0)),
        "oldest older passed",
        (GUARD, GUARD, TWICE),
    ),
    Example(
        "(1) the guard is the word for one that is both",
        30,
        (walk_in("both", 0, overtaken=5),),
        "both",
        (GUARD,),
    ),
    Example(
        "(2) before (3): what can still be kept goes before what is lost",
        16,
        (walk_in("lost", 0), walk_in("kept", 3)),
        "kept lost",
        (KEPT, PAST),
    ),
    Example(
        "(2) now + a minute from call to start exactly at the deadline can be kept",
        14,
        (walk_in("b", 1), walk_in("a", 0)),
        "a b",
        (KEPT, KEPT),
    ),
    Example(
        "(2) one millisecond later it can't",
        14 + 1 / MINUTE,
        (walk_in("a", 0), walk_in("b", 1)),
        "b a",
        (KEPT, PAST),
    ),
    Example(
        "(3) earliest deadline first among the rest",
        20,
        (walk_in("y", 4), walk_in("x", 3), walk_in("kept", 10)),
        "kept x y",
        (KEPT, PAST, PAST),
    ),
    Example(
        "equal deadlines: the earlier arrival, then the lower number",
        5,
        (walk_in("c", 1, order=3), walk_in("b", 1, order=2), later_leg("a", arrived=-9, since=1)),
        "a b c",
        (KEPT, KEPT, KEPT),
    ),
    Example(
        "see first goes before all",
        40,
        (walk_in("guard", 0), walk_in("child", 39, see_first=True)),
        "child guard",
        (FIRST, GUARD),
    ),
    Example(
        "several to be seen first: earliest deadline among them",
        40,
        (walk_in("two", 39, see_first=True), walk_in("one", 38, see_first=True)),
        "one two",
        (FIRST, FIRST),
    ),
    Example(
        "a reinstated no-show has kept its arrival, so its guard has passed",
        50,
        (walk_in("w", 45), walk_in("back", 10)),
        "back w",
        (GUARD, KEPT),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.clause)
def test_keep_the_promises_that_can_be_kept(example: Example) -> None:
    now = at(example.now)
    for queue in (example.queue, tuple(reversed(example.queue))):
        assert order("keep_promises", queue, now) == example.expected
        assert tuple(whys("keep_promises", queue, now)) == example.why


def test_no_figure_of_the_rule_is_a_constant() -> None:
    """Guards, overtakes and the usual time from call to start are an office's own."""
    strict = RuleSettings(walk_in_guard=1.0, appointment_guard=1.0, overtakes=1, call_to_start=0)
    late = walk_in("late", 0)
    assert whys("keep_promises", [late], at(15), strict) == [KEPT]
    assert whys("keep_promises", [late], at(15) + 1, strict) == [GUARD]
    assert whys("keep_promises", [walk_in("once", 0, overtaken=1)], at(1), strict) == [TWICE]
    booked = appointment("a", booked=0, arrived=0)
    assert whys("keep_promises", [booked], at(5) + 1, strict) == [GUARD]
    long = RuleSettings(call_to_start=3 * MINUTE)
    assert whys("keep_promises", [late], at(12), long) == [KEPT]
    assert whys("keep_promises", [late], at(12) + 1, long) == [PAST]


@pytest.mark.parametrize(
    ("entry", "last_kept", "last_before_guard"),
    [
        (walk_in("w", 0), at(14), at(22.5)),
        (walk_in("w", 0, target=5 * MINUTE), at(4), at(7.5)),
        (walk_in("w", 0, target=30 * MINUTE), at(29), at(45)),
        (walk_in("w", 0, stepped_out=7), at(14) + 7, at(22.5) + 7),
        (appointment("a", booked=3, arrived=0), at(7), at(13)),
        (appointment("a", booked=0, arrived=3), at(7), at(13)),
        (later_leg("l", arrived=-40, since=0), at(14), at(22.5)),
    ],
)
def test_limits_to_the_millisecond(entry: Entry, last_kept: Instant, last_before_guard: Instant) -> None:
    def why(now: Instant) -> Why:
        return whys("keep_promises", [entry], now)[0]

    assert [why(last_kept), why(last_kept + 1)] == [KEPT, PAST]
    assert [why(last_before_guard), why(last_before_guard + 1)] == [PAST, GUARD]
    assert SETTINGS.lost_from(entry) == last_kept + 1
    assert SETTINGS.guard_at(entry) == last_before_guard + 1


# -- the other rules --------------------------------------------------------------------------------------------


MIXED = (
    walk_in("first", 0, priority=1, order=1),
    walk_in("early", 3, target=5 * MINUTE, order=2),  # due by 10:08
    appointment("booked", booked=6, arrived=1),  # due by 10:11
    later_leg("again", arrived=-5, since=7, priority=2),  # due by 10:22
    walk_in("urgent", 9, see_first=True, order=3),
)

RULES = {
    "keep_promises": ("urgent early booked first again", "see_first can_be_kept"),
    "earliest_deadline": ("urgent early booked first again", "see_first earliest_deadline"),
    "first_come": ("urgent again first booked early", "see_first first_come"),
    "appointments_first": ("urgent booked early first again", "see_first appointment_first first_come"),
    "staff_priority": ("urgent again first booked early", "see_first staff_priority"),
}


def test_there_is_an_example_for_every_rule() -> None:
    assert set(RULES) == set(q.RULES)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_by_example(rule: str) -> None:
    """At 10:06 everybody can still be seen in time."""
    expected, words = RULES[rule]
    assert order(rule, MIXED, at(6)) == expected
    assert {why.value for why in whys(rule, MIXED, at(6))} == set(words.split())


def test_earliest_deadline_minds_no_guard_and_no_hope() -> None:
    queue = [walk_in("lost", 0), walk_in("kept", 10), walk_in("passed", 12, overtaken=9)]
    assert order("earliest_deadline", queue, at(16)) == "lost kept passed"
    assert set(whys("earliest_deadline", queue, at(16))) == {Why.EARLIEST_DEADLINE}


def test_first_come_goes_by_arrival_at_the_office() -> None:
    queue = [walk_in("b", 2, order=7), walk_in("c", 2, order=8), later_leg("a", arrived=1, since=20)]
    assert order("first_come", queue, at(30)) == "a b c"
    assert set(whys("first_come", queue, at(30))) == {Why.FIRST_COME}


def test_appointments_first_only_when_due() -> None:
    queue = [walk_in("w", 0), appointment("late", booked=9, arrived=0), appointment("now", booked=8, arrived=0)]
    assert order("appointments_first", queue, at(8) - 1) == "w now late"
    assert order("appointments_first", queue, at(8)) == "now w late"
    assert order("appointments_first", queue, at(9)) == "now late w"
    assert whys("appointments_first", queue, at(9)) == [Why.APPOINTMENT_FIRST] * 2 + [Why.FIRST_COME]


def test_staff_priority_is_the_higher_first_then_arrival() -> None:
    queue = [walk_in("low", 0), walk_in("b", 2, priority=5), walk_in("a", 1, priority=5), walk_in("top", 9, priority=6)]
    assert order("staff_priority", queue, at(10)) == "top a b low"
    assert set(whys("staff_priority", queue, at(10))) == {Why.STAFF_PRIORITY}


@pytest.mark.parametrize("rule", q.RULES)
def test_see_first_goes_first_under_every_rule(rule: str) -> None:
    queue = [
        walk_in("old", 0, priority=9, overtaken=9),
        appointment("booked", booked=1, arrived=0, priority=9),
        walk_in("child", 30, see_first=True),
    ]
    ranked = q.RULES[rule](queue, at(31), SETTINGS)
    assert ranked[0].entry.visit_id == "child"
    assert ranked[0].why is Why.SEE_FIRST
    assert Why.SEE_FIRST not in {each.why for each in ranked[1:]}


# -- whom this officer may serve, and when ----------------------------------------------------------------------

ANYONE = Officer("anyone", "Priya Nair", Role.RECEPTIONIST)
HOUSING_ONLY = Officer("housing-officer", "Grace Okafor", Role.OFFICER, frozenset({"housing"}))
EVERYTHING = Counter("c1", "Counter 1")
PLANNING_COUNTER = Counter("c2", "Counter 2", frozenset({"planning"}))
HOUSING_COUNTER = Counter("c3", "Counter 3", frozenset({"housing", "council-tax"}))


@pytest.mark.parametrize(
    ("service", "named", "officer", "counter", "may"),
    [
        ("housing", "", ANYONE, EVERYTHING, True),
        ("housing", "", HOUSING_ONLY, EVERYTHING, True),
        ("planning", "", HOUSING_ONLY, EVERYTHING, False),  # the officer has not learnt it
        ("housing", "", ANYONE, PLANNING_COUNTER, False),  # the counter is not for it
        ("planning", "", ANYONE, PLANNING_COUNTER, True),
        ("planning", "", HOUSING_ONLY, PLANNING_COUNTER, False),
        ("council-tax", "", HOUSING_ONLY, HOUSING_COUNTER, False),
        ("housing", "", HOUSING_ONLY, HOUSING_COUNTER, True),
        ("housing", "anyone", ANYONE, EVERYTHING, True),  # asked for by name
        ("housing", "anyone", HOUSING_ONLY, EVERYTHING, False),
        ("housing", "housing-officer", HOUSING_ONLY, PLANNING_COUNTER, False),
    ],
)
def test_only_what_this_officer_may_serve(
    service: str, named: str, officer: Officer, counter: Counter, may: bool
) -> None:
    entry = replace(walk_in("w", 0), service_id=service, named_officer_id=named)
    assert q.may_serve(entry, officer, counter) is may


def test_an_appointment_is_not_due_before_its_time() -> None:
    early, late = appointment("e", booked=10, arrived=0), appointment("l", booked=0, arrived=10)
    for each in (early, late):
        assert not q.is_due(each, at(10) - 1)
        assert q.is_due(each, at(10))
    assert q.is_due(walk_in("w", 10), at(0))
    assert q.is_due(later_leg("l", arrived=0, since=10), at(0))


def test_overtaking_is_an_earlier_deadline_of_the_same_kind() -> None:
    called = walk_in("called", 10)
    others = [
        called,
        walk_in("earlier", 9),
        walk_in("same deadline", 10),
        walk_in("later", 11),
        walk_in("out", 9, stepped_out=MINUTE),  # the same deadline as the one called
        later_leg("other kind", arrived=0, since=1),
        appointment("booked", booked=0, arrived=0),
    ]
    assert q.overtaken_by(called, others, at(12)) == ("earlier",)


def test_an_appointment_that_is_not_due_is_not_overtaken() -> None:
    called = appointment("called", booked=9, arrived=9)
    waiting = [appointment("due", booked=8, arrived=0), replace(appointment("not due", booked=8, arrived=0))]
    assert q.overtaken_by(called, waiting, at(8)) == ("due", "not due")
    assert q.overtaken_by(called, waiting, at(8) - 1) == ()


def test_waited_is_never_negative() -> None:
    entry = walk_in("w", 10, stepped_out=MINUTE)
    assert entry.waited(at(13)) == 2 * MINUTE
    assert entry.waited(at(10)) == 0
    assert entry.waited(at(-50)) == 0  # the clock was put back while the visitor waits


# -- what holds of every queue -----------------------------------------------------------------------------------

FEWER = settings(max_examples=max(1, settings.default.max_examples // 2))
"""Queues are slow to make."""
MOMENTS = st.integers(0, 60 * 60).map(lambda seconds: TEN_O_CLOCK + seconds * SECOND)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        arrived = draw(MOMENTS)
        found.append(
            Entry(
                visit_id=f"v{number}",
                kind=draw(st.sampled_from(Kind)),
                service_id="housing",
                arrived_at=arrived,
                since=arrived + draw(st.sampled_from([0, 0, 1, MINUTE, 20 * MINUTE])),
                target=draw(st.sampled_from([1, 5, 15, 30])) * MINUTE,
                order=draw(st.integers(1, 3)),
                stepped_out=draw(st.sampled_from([0, 0, 0, 1, 3 * MINUTE])),
                overtaken=draw(st.integers(0, 3)),
                see_first=draw(st.sampled_from([False, False, False, True])),
                priority=draw(st.integers(0, 2)),
            )
        )
    return found


RULE_SETTINGS = st.builds(
    RuleSettings,
    walk_in_guard=st.sampled_from([1.0, 1.5, 2.25]),
    appointment_guard=st.sampled_from([1.0, 2.0]),
    overtakes=st.integers(1, 3),
    call_to_start=st.sampled_from([0, 1, 40 * SECOND, MINUTE]),
)


@FEWER
@given(st.sampled_from(sorted(q.RULES)), entries(), MOMENTS, RULE_SETTINGS, st.randoms(use_true_random=False))
def test_a_rule_ranks_everyone_once_and_the_same_however_they_come(
    rule: str, queue: list[Entry], now: Instant, settings: RuleSettings, random: Any
) -> None:
    ranked = q.RULES[rule](queue, now, settings)
    assert sorted(each.entry.visit_id for each in ranked) == sorted(entry.visit_id for entry in queue)
    shuffled = list(queue)
    random.shuffle(shuffled)
    assert q.RULES[rule](shuffled, now, settings) == ranked


@FEWER
@given(st.sampled_from(sorted(q.RULES)), entries(), MOMENTS, RULE_SETTINGS, st.randoms(use_true_random=False))
def test_a_place_does_not_depend_on_who_else_waits(
    rule: str, queue: list[Entry], now: Instant, settings: RuleSettings, random: Any
) -> None:
    """What the desk shows as next for one officer is what calling gives: a part of the queue keeps its order."""
    some = [entry for entry in queue if random.random() < 0.6]
    whole = [each for each in q.RULES[rule](queue, now, settings) if each.entry in some]
    assert q.RULES[rule](some, now, settings) == whole


@FEWER
@given(entries(), MOMENTS, RULE_SETTINGS)
def test_groups_stand_in_their_order(queue: list[Entry], now: Instant, settings: RuleSettings) -> None:
    group = {FIRST: 0, GUARD: 1, TWICE: 1, KEPT: 2, PAST: 3}
    for one, other in pairwise(q.keep_promises(queue, now, settings)):
        assert group[one.why] <= group[other.why]
        if group[one.why] == group[other.why]:
            assert one.entry.deadline <= other.entry.deadline


@FEWER
@given(st.sampled_from(sorted(q.RULES)), entries(), MOMENTS, RULE_SETTINGS, st.data())
def test_the_order_is_valid_until_it_says(
    rule: str, queue: list[Entry], now: Instant, settings: RuleSettings, data: st.DataObject
) -> None:
    """Time alone changes neither order, nor word, nor who is due, before that instant."""

    def shown(moment: Instant) -> list[tuple[str, Why, bool]]:
        ranked = q.RULES[rule](queue, moment, settings)
        return [(each.entry.visit_id, each.why, q.is_due(each.entry, moment)) for each in ranked]

    until = q.order_valid_until(queue, now, settings)
    last = now + 400 * MINUTE if until is None else until - 1
    assert last >= now
    for moment in (last, data.draw(st.integers(now, last))):
        assert shown(moment) == shown(now)


@FEWER
@given(entries(), MOMENTS, RULE_SETTINGS)
def test_the_order_is_asked_for_again_when_a_word_changes(
    queue: list[Entry], now: Instant, settings: RuleSettings
) -> None:
    """Following the instants one after another misses no change of the rule's word, and comes to an end."""
    seen = {now}
    moment: Instant | None = now
    while (moment := q.order_valid_until(queue, moment, settings)) is not None:
        assert moment not in seen
        seen.add(moment)
    for entry in queue:
        for turn in (settings.guard_at(entry), settings.lost_from(entry)):
            assert turn <= now or turn in seen


def test_an_empty_queue_is_valid_for_ever() -> None:
    assert q.order_valid_until([], at(0), SETTINGS) is None
    assert q.order_valid_until([walk_in("w", 0)], at(23), SETTINGS) is None


# -- numbers and codes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("running", "number"), [(1, "H001"), (12, "H012"), (999, "H999"), (1000, "H1000"), (12345, "H12345")]
)
def test_ticket_numbers(running: int, number: str) -> None:
    assert q.ticket_number("H", running) == number


def test_numbers_never_meet() -> None:
    assert len({q.ticket_number("H", running) for running in range(1, 20_001)}) == 20_000


def test_codes_are_typed_right_by_any_scanner() -> None:
    codes = {q.visit_code(secrets.token_hex(16)) for _ in range(20_000)}
    assert len(codes) == 20_000
    assert set("".join(codes)) <= set(string.ascii_uppercase + string.digits + "-")
    assert {len(code) for code in codes} == {len(q.CODE_PREFIX) + q.CODE_LENGTH}
    assert all(code.startswith("RC-") and code.count("-") == 1 for code in codes)


def test_a_code_holds_nothing_that_is_read_as_something_else() -> None:
    assert len(set(q.CODE_ALPHABET)) == 32
    assert not set("ILOU") & set(q.CODE_ALPHABET)


def test_a_code_is_the_same_for_the_same_visit() -> None:
    assert q.visit_code("0" * 32) == "RC-0000000000"
    assert q.visit_code("f" * 32) == "RC-ZZZZZZZZZZ"
    assert q.visit_code("0123456789abcdef" + "0" * 16) == q.visit_code("0123456789abcdef" + "f" * 16)


@given(st.integers(0, 2**50 - 1))
def test_every_bit_of_a_code_counts(bits: int) -> None:
    code = q.visit_code(f"{bits:016x}")
    places = [q.CODE_ALPHABET.index(each) for each in code.removeprefix(q.CODE_PREFIX)]
    assert sum(place << (5 * each) for each, place in enumerate(places)) == bits
