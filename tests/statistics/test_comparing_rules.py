"""Which rule keeps most: each on the same arrivals and services, the office's own among them, best first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.domain.queueing import RULES, Kind
from reception.domain.staffing import NO_LIMIT
from reception.errors import Code, Refusal
from reception.statistics.comparing_rules import compare, policies_of
from tests.statistics.recorded import MONDAY, nobody_asks, recorded, visit


def busy(day: int) -> list[object]:
    """Walk-ins every four minutes, an appointment every twenty that comes early, one officer at work for two hours."""
    walk_ins = [
        visit(at, started=at, ended=at + (2, 3, 5)[number % 3], served_by="o")
        for number, at in enumerate(range(day, 120, 4))
    ]
    booked = [visit(20 * each + 2, kind=Kind.APPOINTMENT, booked=20 * each + 10) for each in range(6)]
    return [*walk_ins, *booked]


OFFICE = recorded(*map(busy, range(3)), lasted={"": (2.0, 3.0, 5.0)})  # type: ignore[arg-type]


def test_every_rule_and_the_guards_once_and_our_own_among_them() -> None:
    own = replace(OFFICE, settings=replace(OFFICE.settings, walk_in_guard=1.7))
    policies = policies_of(own)
    assert len(set(policies)) == len(policies) == len(RULES) + 5
    assert policies[0] == ("keep_promises", own.settings)
    assert {rule for rule, _ in policies} == set(RULES)
    assert {settings.overtakes for rule, settings in policies if rule == "keep_promises"} == {2, NO_LIMIT}
    assert len(policies_of(OFFICE)) == len(RULES) + 4


def test_all_play_the_same_days_and_the_best_stands_first() -> None:
    result = compare(OFFICE, 5, 1, nobody_asks)
    assert (result.first, result.days, result.runs) == (MONDAY, 3, 5)
    kept = [each.kept for each in result.outcomes]
    assert kept == sorted(kept, reverse=True)
    assert [each.rule for each in result.outcomes if each.is_ours] == ["keep_promises"]
    by_rule = {each.rule: each for each in result.outcomes}
    # Appointments first keeps them at the walk-ins' cost; it is never worse for them than any other.
    appointments = [each.appointments_kept for each in result.outcomes]
    assert by_rule["appointments_first"].appointments_kept == max(each for each in appointments if each is not None)
    assert by_rule["appointments_first"].walk_ins_kept < by_rule["first_come"].walk_ins_kept
    # Without priorities that differ among those who come, that rule is first come to the last digit.
    assert replace(by_rule["staff_priority"], rule="first_come") == by_rule["first_come"]
    assert compare(OFFICE, 5, 1, nobody_asks) == result


def test_a_share_is_over_all_visits_and_one_day_says_nothing_of_its_error() -> None:
    one = recorded([visit(0, started=0, ended=50, served_by="o"), visit(1), visit(40)], lasted={"": (20.0,)})
    result = compare(one, 2, 1, nobody_asks)
    assert {each.kept for each in result.outcomes} == {2 / 3}
    assert {each.kept_error for each in result.outcomes} == {1.0}
    assert {each.longest_wait_min for each in result.outcomes} == {19.0}
    assert {each.appointments_kept for each in result.outcomes} == {None}


def test_the_error_is_that_of_a_ratio_over_the_days() -> None:
    good, bad = [visit(0, started=0, ended=59, served_by="o")], [visit(0), visit(1)]
    both = recorded(good, bad, good, bad, lasted={"": (20.0,)})
    result = compare(both, 2, 1, nobody_asks)
    # 4 of 6 kept; off by 1/3 and -1/3 a day, of 1.5 visits: 2 sqrt(4/9 / 12) / 1.5.
    assert result.outcomes[0].kept == pytest.approx(4 / 6)
    assert result.outcomes[0].kept_error == pytest.approx(2 * (4 / 9 / 12) ** 0.5 / 1.5)


def test_the_difference_from_our_rule_has_the_error_of_the_same_days() -> None:
    result = compare(OFFICE, 5, 1, nobody_asks)
    ours = next(each for each in result.outcomes if each.is_ours)
    others = [each for each in result.outcomes if not each.is_ours]
    assert ours.difference_error is None and len(others) == len(result.outcomes) - 1
    alike = recorded(*[busy(1)] * 3, lasted={"": (2.0,)})  # type: ignore[list-item]
    # Days that are all alike leave nothing to chance; one day says nothing.
    assert {each.difference_error for each in compare(alike, 2, 1, nobody_asks).outcomes} <= {None, 0.0}
    one = recorded(busy(1), lasted={"": (2.0,)})  # type: ignore[arg-type]
    assert {each.difference_error for each in compare(one, 2, 1, nobody_asks).outcomes} == {None, 1.0}
    good, bad = [visit(0, started=0, ended=59, served_by="o")], [visit(0), visit(1)]
    # Every rule keeps the same there: the shares have an error, their difference has none.
    same = compare(recorded(good, bad, good, bad, lasted={"": (20.0,)}), 2, 1, nobody_asks).outcomes
    assert {each.difference_error for each in same} == {None, 0.0} and same[0].kept_error > 0


def test_it_stops_when_told() -> None:
    def stop(done: int, total: int) -> None:
        raise Refusal(Code.CANCELLED, "That was cancelled.")

    with pytest.raises(Refusal, match="cancelled"):
        compare(OFFICE, 5, 1, stop)
