"""The queue that is kept in order names whom the rule ranks first, always, and counts who is overtaken as it does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings, overtaken_by

SERVICES = ("a", "b", "c")
minutes = st.integers(0, 60).map(lambda each: each * MINUTE)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(list(Kind)),
                st.sampled_from(SERVICES),
                minutes,
                minutes,
                st.sampled_from((5 * MINUTE, 15 * MINUTE, 15 * MINUTE)),
                st.integers(0, 2),
                st.sampled_from((False, False, False, True)),
                st.integers(0, 1),
            ),
            max_size=12,
        )
    )
    return [
        Entry(
            f"v{number}", kind, service, arrived, max(arrived, since), target, number, 0, overtaken, first, "", priority
        )
        for number, (kind, service, arrived, since, target, overtaken, first, priority) in enumerate(drawn)
    ]


settings = st.builds(
    RuleSettings, st.sampled_from((1.0, 1.5, 3.0)), st.sampled_from((1.0, 2.0)), st.integers(1, 3), minutes
)


@given(
    st.sampled_from(sorted(RULES)),
    settings,
    entries(),
    st.lists(st.tuples(minutes, st.none() | st.sets(st.sampled_from(SERVICES), min_size=1)), max_size=14),
    st.booleans(),
)
def test_one_after_the_other_is_whom_the_rule_ranks_first(
    rule: str, chosen: RuleSettings, waiting: list[Entry], calls: list[tuple[int, set[str] | None]], may_see_first: bool
) -> None:
    if not may_see_first:
        waiting = [replace(each, see_first=False) for each in waiting]
    queue = OrderedQueue(rule, chosen)
    for number, each in enumerate(waiting):
        queue.join(queue.ready(each, number))
    now = 0
    for later, services in calls:
        now += later
        mine = [each for each in waiting if services is None or each.service_id in services]
        ranked = RULES[rule](mine, now, chosen)
        found = queue.first(now, services)
        if not ranked:
            assert found is None
            continue
        called = ranked[0].entry
        assert found is not None
        assert found.entry.visit_id == called.visit_id
        passed = overtaken_by(called, mine, now)
        queue.call(found, now, services)
        # As storage counts them: under every rule. What no rule but one looks at need not be counted here.
        waiting = [
            replace(each, overtaken=each.overtaken + (each.visit_id in passed and rule == "keep_promises"))
            for each in waiting
            if each.visit_id != called.visit_id
        ]
        assert len(queue) == len(waiting)


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
