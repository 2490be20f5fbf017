"""What a visitor is told of the wait: never nothing, never shorter for one more person, never longer for a counter."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.clock import MINUTE
from reception.domain.draining import Hall, Standing, pour, standing
from reception.domain.expecting import LONGEST, Expected, Lines, Waited, expected, learnt
from reception.domain.foresight import AtWork
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings
from reception.domain.said_wait import ExpectedWait

NOW = 1_000_000 * MINUTE
TARGET = 15 * MINUTE
SERVICES = ("a", "b")
ME = Entry("me", Kind.WALK_IN, "a", NOW, NOW, TARGET, 10_000)


def entry(number: int, service: str = "a", minutes: int = 0, **more: object) -> Entry:
    since = NOW - minutes * MINUTE
    return Entry(f"v{number:03d}", Kind.WALK_IN, service, since, since, TARGET, number, **more)  # type: ignore[arg-type]


def at_work(number: int, skills: str = "", minutes: int | None = None) -> AtWork:
    since = None if minutes is None else NOW - minutes * MINUTE
    officer = Officer(f"o{number}", "", Role.OFFICER, frozenset(skills))
    return AtWork(Counter(f"c{number}", ""), officer, "" if minutes is None else "a", since)


def hall(counters: list[AtWork], waiting: list[Entry], rule: str = "first_come") -> Hall:
    return Hall(NOW, tuple(counters), tuple(waiting), {"a": 8.0, "b": 20.0}, 8.0, rule, RuleSettings())


def found(counters: list[AtWork], waiting: list[Entry], rule: str = "first_come", me: Entry = ME) -> Standing:
    stands = standing(me, hall(counters, waiting, rule), SERVICES)
    assert stands is not None
    return stands


waiting = st.lists(
    st.tuples(st.sampled_from(SERVICES), st.integers(0, 60), st.integers(0, 3), st.booleans()), max_size=8
).map(lambda drawn: [entry(n, s, m, overtaken=o, see_first=f) for n, (s, m, o, f) in enumerate(drawn)])
busy = st.one_of(st.none(), st.integers(0, 40))
counters = st.lists(st.tuples(st.sampled_from(("", "a", "b", "ab")), busy), max_size=5).map(
    lambda drawn: [at_work(0), *(at_work(n, s, m) for n, (s, m) in enumerate(drawn, start=1))]
)
rules = st.sampled_from(sorted(RULES))
standings = st.builds(Standing, st.floats(0, 600), st.floats(0, 200), st.floats(0, 200))
records = st.lists(st.builds(Waited, standings, st.floats(0, 240)), max_size=25)


# -- how a visitor finds the queue -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "ahead", "drain"),
    [
        ([at_work(1)], [], 0.0),
        ([at_work(1, minutes=0)], [], 8.0),  # one that has just begun goes on for a whole usual time
        ([at_work(1, minutes=8)], [], 4.0),
        ([at_work(1)], [entry(1), entry(2)], 16.0),
        ([at_work(1), at_work(2)], [entry(1), entry(2)], 8.0),
        ([at_work(1), at_work(2, "b")], [entry(1), entry(2, "b")], 14.0),  # level: (8 + 20) / 2
        ([at_work(1), at_work(2, "b")], [entry(n, "b") for n in range(2)], 20.0),
        ([at_work(1)], [entry(1, ready=False)], 0.0),  # its interpreter is not there
        ([at_work(1)], [entry(1, named_officer_id="o9")], 0.0),
    ],
)
def test_the_work_ahead_is_shared_by_the_counters(at: list[AtWork], ahead: list[Entry], drain: float) -> None:
    assert found(at, ahead).drain == pytest.approx(drain)


def test_nobody_at_work_may_serve_it() -> None:
    assert standing(ME, hall([at_work(1, "b")], []), SERVICES) is None
    assert standing(ME, hall([], []), SERVICES) is None


def test_whom_the_rule_would_call_later_is_not_ahead() -> None:
    """Past its promise and not yet past its guard: whoever can still be kept goes first."""
    lost = [entry(1, minutes=16)]
    assert found([at_work(1)], lost, "first_come").drain == 8.0
    assert found([at_work(1)], lost, "keep_promises").drain == 0.0
    # With so many before, it passes its guard in the meantime.
    assert found([at_work(1)], [entry(1, minutes=16), *(entry(n) for n in range(2, 4))], "keep_promises").drain == 24.0


def test_an_appointment_is_ahead_of_nobody_before_it_is_due() -> None:
    due = NOW + 30 * MINUTE
    early = Entry("v1", Kind.APPOINTMENT, "a", NOW, due, 5 * MINUTE, 1)
    assert found([at_work(1)], [early], "appointments_first").drain == 0.0
    assert found([at_work(1)], [early, *(entry(n) for n in range(2, 6))], "appointments_first").drain == 40.0


@given(counters, waiting, st.sampled_from(SERVICES), st.integers(0, 60), rules)
def test_one_more_ahead_never_shortens_it(
    at: list[AtWork], ahead: list[Entry], service: str, minutes: int, rule: str
) -> None:
    before = found(at, ahead, rule)
    after = found(at, [*ahead, entry(99, service, minutes)], rule)
    assert after.drain >= before.drain - 1e-9
    assert after.oldest >= before.oldest


@given(counters, waiting, st.sampled_from(("", "a", "b")), busy, rules)
def test_one_more_counter_never_lengthens_it(
    at: list[AtWork], ahead: list[Entry], skills: str, minutes: int | None, rule: str
) -> None:
    before = found(at, ahead, rule)
    after = found([*at, at_work(99, skills, minutes)], ahead, rule)
    assert after.drain <= before.drain + 1e-9
    assert after.oldest <= before.oldest


@given(counters, waiting, rules, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(at: list[AtWork], ahead: list[Entry], rule: str, chance: object) -> None:
    mixed, counters_mixed = list(ahead), list(at)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(counters_mixed)  # type: ignore[attr-defined]
    one, other = found(at, ahead, rule), found(counters_mixed, mixed, rule)
    assert one.drain == pytest.approx(other.drain)
    assert one.oldest == other.oldest


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), st.floats(0, 100))
def test_nothing_of_the_work_is_lost_in_pouring(levels: list[float], work: float) -> None:
    poured = list(levels)
    pour(poured, work, range(len(levels)))
    assert sum(poured) - sum(levels) == pytest.approx(work, abs=1e-6)
    assert all(after >= before for before, after in zip(levels, poured, strict=True))


# -- what is told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 0.0, (1, 3)),
        (0.9, 1.2, (1, 3)),
        (4.7, 10.1, (4, 11)),
        (700.0, 900.0, (LONGEST, LONGEST + 2)),
    ],
)
def test_what_is_told_in_whole_minutes(low: float, high: float, told: tuple[int, int]) -> None:
    assert Expected(low, (low + high) / 2, high).told() == ExpectedWait(*told)


def test_an_office_without_a_record_is_told_as_a_simulated_one() -> None:
    """Two services of 8 minutes ahead: the middle 14.4, the ends 7.6 and 23.5."""
    assert expected(Lines(8.0), Standing(16.0)).told() == ExpectedWait(7, 24)


def test_nobody_is_called_before_their_appointment() -> None:
    told = expected(Lines(8.0), Standing(0.0), not_before=20.0).told()
    assert told.low == 20
    assert 20 < told.high <= 30


@given(records, standings, st.floats(1, 90))
def test_a_range_is_never_nothing(record: list[Waited], stands: Standing, unit: float) -> None:
    foretold = expected(learnt(unit, record), stands)
    told = foretold.told()
    assert 1 <= told.low < told.high <= LONGEST + 2
    assert 0 <= foretold.low <= foretold.middle <= foretold.high


@given(records, standings, st.floats(0, 50), st.floats(0, 50), st.floats(0, 50))
def test_whatever_was_learnt_more_work_is_never_a_shorter_wait(
    record: list[Waited], stands: Standing, drain: float, recent: float, oldest: float
) -> None:
    lines = learnt(8.0, record)
    less = expected(lines, stands)
    more = expected(lines, Standing(stands.drain + drain, stands.recent + recent, stands.oldest + oldest))
    assert (more.low, more.middle, more.high) >= (less.low - 1e-9, less.middle - 1e-9, less.high - 1e-9)
    assert more.low >= less.low - 1e-9
    assert more.high >= less.high - 1e-9


@settings(max_examples=20)
@given(st.lists(st.builds(Waited, standings, st.floats(0, 240)), min_size=2, max_size=3))
def test_a_record_says_the_same_in_any_order(record: list[Waited]) -> None:
    lines = [learnt(8.0, list(each)) for each in permutations(record)]
    assert all(each.middle == pytest.approx(lines[0].middle, abs=1e-3) for each in lines)


def test_an_office_that_is_slower_than_it_looks_is_learnt() -> None:
    """Every wait was twice the drain: so is the next one's, within a range that tells how alike they were."""
    record = [Waited(Standing(float(drain)), 2.0 * drain) for drain in range(60)] * 5
    foretold = expected(learnt(8.0, record), Standing(20.0))
    assert foretold.middle == pytest.approx(40, abs=2)
    assert 30 < foretold.low < 40 < foretold.high < 50


def test_a_few_odd_waits_do_not_bend_the_lines() -> None:
    """Nobody closed those tickets; the median does not mind."""
    record = [Waited(Standing(8.0 * (n % 4)), 8.0 * (n % 4)) for n in range(200)]
    odd = [Waited(Standing(8.0), 235.0)] * 5
    calm, shaken = (expected(learnt(8.0, each), Standing(16.0)).middle for each in (record, [*record, *odd]))
    assert shaken == pytest.approx(calm, abs=0.5)
