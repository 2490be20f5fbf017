"""The queue that is kept in order names whom the rule ranks first, always, and counts who is overtaken as it does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.ordered_queue import InQueue, OrderedQueue
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings, overtaken_by

SERVICES = ("a", "b", "c")


def entry(chance: random.Random, number: int) -> Entry:
    arrived = chance.randrange(20) * MINUTE
    return Entry(
        f"v{number:02d}",
        chance.choice(list(Kind)),
        chance.choice(SERVICES),
        arrived,
        arrived + chance.choice((0, 0, 0, 5, 10)) * MINUTE,
        chance.choice((2, 5, 15)) * MINUTE,
        chance.randrange(5),
        chance.choice((0, 0, 2 * MINUTE)),
        chance.randrange(3),
        chance.random() < 0.1,
        priority=chance.randrange(2),
    )


def one_queue(rule: str, chance: random.Random) -> None:
    """Visitors come and are called in turn; each time both are asked."""
    settings = RuleSettings(
        chance.choice((1.0, 1.5, 3.0)),
        chance.choice((1.0, 2.0)),
        chance.randrange(1, 4),
        chance.choice((0, 1, 3)) * MINUTE,
    )
    may_be_first = chance.random() < 0.3
    queue = OrderedQueue(rule, settings)
    waiting: list[Entry] = []
    joined: dict[str, InQueue] = {}
    now = 0
    for number in range(chance.randrange(1, 25)):
        now += chance.choice((0, 1, 1, 2, 5)) * MINUTE + chance.choice((0, 0, 1, -1)) * (now > 0)
        if chance.random() < 0.6:
            new = entry(chance, number)
            new = new if may_be_first else replace(new, see_first=False)
            waiting.append(new)
            joined[new.visit_id] = queue.ready(new, number)
            queue.join(joined[new.visit_id])
            continue
        services = chance.choice((None, {"a"}, {"a", "b"}, {"b", "c"}))
        mine = [each for each in waiting if services is None or each.service_id in services]
        ranked = RULES[rule](mine, now, settings)
        found = queue.first(now, services)
        if not ranked:
            assert found is None
            continue
        called = ranked[0].entry
        assert found is not None
        assert found.entry.visit_id == called.visit_id
        passed = overtaken_by(called, mine, now)
        queue.call(found, now, services)
        # Storage counts them under every rule; what no rule but one looks at is not counted here.
        waiting = [
            replace(each, overtaken=each.overtaken + (each.visit_id in passed and rule == "keep_promises"))
            for each in waiting
            if each.visit_id != called.visit_id
        ]
        assert [joined[each.visit_id].overtaken for each in waiting] == [each.overtaken for each in waiting]
        assert len(queue) == len(waiting)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_one_after_the_other_is_whom_the_rule_ranks_first(rule: str) -> None:
    for seed in range(400):
        one_queue(rule, random.Random(f"{rule} {seed}"))


@given(st.sampled_from(sorted(RULES)), st.randoms(use_true_random=False))
def test_in_any_queue_it_is_whom_the_rule_ranks_first(rule: str, chance: random.Random) -> None:
    one_queue(rule, chance)


def test_who_joins_again_starts_anew() -> None:
    queue = OrderedQueue("keep_promises", RuleSettings(call_to_start=0))
    early = queue.ready(Entry("early", Kind.WALK_IN, "a", 0, 0, 15 * MINUTE, 1), 1)
    late = queue.ready(Entry("late", Kind.WALK_IN, "a", MINUTE, MINUTE, 15 * MINUTE, 2), 2)
    for _ in range(2):
        queue.join(early)
        queue.join(late)
        queue.call(late, 2 * MINUTE)
        assert early.overtaken == 1
        queue.call(early, 2 * MINUTE)
