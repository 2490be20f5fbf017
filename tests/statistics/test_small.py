"""What is hidden of small groups, attacked by somebody who knows the totals, and how the program hides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.statistics.small import hidden, hides_total, is_small

Sizes = tuple[int, ...]
View = tuple[object, ...]

LANGUAGES = "abcdef"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, ""),
        ({"a": 5, "b": 90}, ""),
        ({"a": 0, "b": 90}, ""),
        # One alone is the total less the others: the next smallest goes with it.
        ({"a": 3, "b": 7, "c": 90}, "ab"),
        ({"a": 3, "b": 90}, "ab"),
        # Two that are fewer than five together.
        ({"a": 1, "b": 3, "c": 7, "d": 90}, "abc"),
        ({"a": 1, "b": 4, "c": 7, "d": 90}, "ab"),
        # Five visits in five groups are one each; eight in two small groups are four each.
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 9}, "abcdef"),
        ({"a": 4, "b": 4, "c": 9, "d": 90}, "abc"),
        # Of two that are the next smallest both are hidden.
        ({"a": 4, "b": 7, "c": 7, "d": 90}, "abc"),
        ({"a": 4}, "a"),
        ({"a": 0, "b": 4, "c": 6}, "bc"),
    ],
)
def test_the_smallest_groups_are_hidden_that_keep_each_a_secret(counts: dict[str, int], expected: str) -> None:
    assert hidden(counts, sum(counts.values())) == frozenset(expected)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"": 90, "wheelchair": 12}, []),
        # With the total known, those without a need would tell how many have one.
        ({"": 90, "wheelchair": 3}, ["", "wheelchair"]),
        ({"": 90, "wheelchair": 3, "hearing": 12}, ["", "wheelchair"]),
        ({"wheelchair": 3, "hearing": 12, "sight": 7}, ["hearing", "wheelchair"]),
        ({"": 3, "wheelchair": 12, "hearing": 12, "sight": 0}, ["", "hearing", "wheelchair"]),
        ({}, []),
    ],
)
def test_of_needs_those_without_any_are_hidden_with_the_first_small_one(
    counts: dict[str, int], expected: list[str]
) -> None:
    assert hidden(counts) == frozenset(expected)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [({}, False), ({"a": 0}, False), ({"a": 4}, True), ({"a": 4, "b": 4}, True), ({"a": 4, "b": 5}, False)],
)
def test_the_total_is_hidden_where_no_larger_group_is_left_to_hide(counts: dict[str, int], expected: bool) -> None:
    assert hides_total(counts) is expected


def test_groups_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        hidden({"a": 4, "b": 7}, 12)


def shown(counts: Mapping[str, int], concealed: frozenset[str], total: int | None) -> View:
    """Everything that is published: the names of the groups, the figures that are not hidden, and the total."""
    return (total, *((key, None if key in concealed else count) for key, count in sorted(counts.items()) if count))


def worked_out(worlds: Iterable[tuple[View, Mapping[str, int]]]) -> list[tuple[View, str, int]]:
    """The attack: of all worlds that would have been published alike, what is the same small number in each.

    No linear programme finds more: the attacker tries every world, with the program's own rule in hand.
    """
    alike: dict[View, list[Mapping[str, int]]] = defaultdict(list)
    for view, counts in worlds:
        alike[view].append(counts)
    return [
        (view, key, count)
        for view, candidates in alike.items()
        for key, count in candidates[0].items()
        if is_small(count) and all(other[key] == count for other in candidates)
    ]


def added_up(groups: int, most: int) -> Iterator[Sizes]:
    """All sizes, 1 and up, that add up to no more than `most`: of a total that is published no world is missing."""
    for bars in combinations(range(1, most + 1), groups):
        yield tuple(bar - before for bar, before in zip(bars, (0, *bars), strict=False))


@pytest.mark.parametrize(("groups", "most"), [(1, 20), (2, 30), (3, 30), (4, 26), (5, 22)])
def test_whoever_knows_totals_and_rule_works_out_no_small_group(groups: int, most: int) -> None:
    def world(sizes: Sizes) -> tuple[View, Mapping[str, int]]:
        counts = dict(zip(LANGUAGES, sizes, strict=False))
        total = sum(sizes)
        return shown(counts, hidden(counts, total), None if hides_total(counts) else total), counts

    assert not worked_out(world(sizes) for sizes in added_up(groups, most))


def test_the_attack_finds_what_hiding_the_small_ones_alone_would_leave() -> None:
    def world(sizes: Sizes) -> tuple[View, Mapping[str, int]]:
        counts = dict(zip(LANGUAGES, sizes, strict=False))
        return shown(counts, frozenset(key for key in counts if is_small(counts[key])), sum(sizes)), counts

    assert worked_out(world(sizes) for sizes in product(range(1, 9), repeat=2))


def test_whoever_knows_how_many_visits_there_were_works_out_no_small_need() -> None:
    def world(only_a: int, only_b: int, both: int, without: int) -> tuple[View, Mapping[str, int]]:
        counts = {"a": only_a + both, "b": only_b + both, "": without}
        visits = only_a + only_b + both + without
        return shown(counts, hidden(counts), None if hides_total(counts) else visits), counts

    assert not worked_out(world(*(each - 1 for each in parts)) for parts in added_up(4, 22))


@given(st.dictionaries(st.text(max_size=2), st.integers(min_value=0, max_value=40), max_size=8))
def test_no_small_group_is_shown_and_what_is_hidden_is_five_visits_at_least(counts: dict[str, int]) -> None:
    concealed = hidden(counts, sum(counts.values()))
    assert {key for key, count in counts.items() if is_small(count)} <= concealed <= counts.keys()
    assert all(counts[key] for key in concealed)
    if concealed and not hides_total(counts):
        assert len(concealed) > 1
        assert sum(counts[key] for key in concealed) >= 5
    assert {key for key, count in counts.items() if is_small(count)} <= hidden(counts)


@given(st.lists(st.integers(min_value=0, max_value=12), max_size=6))
def test_names_and_their_order_decide_nothing(sizes: list[int]) -> None:
    counts = dict(zip(LANGUAGES, sizes, strict=False))
    turned = {key.upper(): count for key, count in reversed(counts.items())}
    assert {key.upper() for key in hidden(counts, sum(sizes))} == hidden(turned, sum(sizes))
