"""Words are true: limits are inclusive, minutes never flatter, times are the office's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from reception.clock import MINUTE, SECOND, from_datetime
from reception.domain.desk_view import Aside, CounterRow
from reception.domain.office import Role
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State, Why
from tests.ui.sample_day import LONDON, NOW, at, desk_view, mixed_queue, present, queue, row
from ui import codes, counter_words, languages, moments, needed, queue_words


@pytest.mark.parametrize(
    ("left", "words", "aloud"),
    [
        (13 * MINUTE, "13 min left", "13 minutes left"),
        (2 * MINUTE, "2 min left", "2 minutes left"),
        (2 * MINUTE - 1, "1 min left", "1 minute left"),
        (MINUTE, "1 min left", "1 minute left"),
        (MINUTE - 1, "under 1 min", "under 1 minute left"),
        (1, "under 1 min", "under 1 minute left"),
        (0, "under 1 min", "under 1 minute left"),  # the limit is inclusive: still kept
        (-1, "just over", "less than a minute over"),
        (-MINUTE + 1, "just over", "less than a minute over"),
        (-MINUTE, "1 min over", "1 minute over"),
        (-2 * MINUTE + 1, "1 min over", "1 minute over"),
        (-2 * MINUTE, "2 min over", "2 minutes over"),
        (-125 * MINUTE, "125 min over", "125 minutes over"),
    ],
)
def test_time_left(left: int, words: str, aloud: str) -> None:
    assert moments.time_left(NOW + left, NOW) == words
    assert moments.time_left_aloud(NOW + left, NOW) == aloud


def test_time_left_never_says_nought_and_never_loses_too_early() -> None:
    for left in range(-3 * MINUTE, 3 * MINUTE, 250):
        words = moments.time_left(NOW + left, NOW)
        assert not words.startswith("0 ")
        assert ("over" in words) == (left < 0)


@pytest.mark.parametrize(
    ("waited", "target", "words"),
    [
        (14 * MINUTE, 15 * MINUTE, "14 min of 15, promise kept"),
        (15 * MINUTE, 15 * MINUTE, "15 min of 15, promise kept"),
        (15 * MINUTE + 1, 15 * MINUTE, "just over 15 min, promise missed"),
        (16 * MINUTE, 15 * MINUTE, "16 min of 15, promise missed"),
        (0, 15 * MINUTE, "0 min of 15, promise kept"),
        (7 * MINUTE + 59 * SECOND, None, "7 min"),
    ],
)
def test_a_wait_that_has_ended(waited: int, target: int | None, words: str) -> None:
    assert moments.waited_of(waited, target) == words


@pytest.mark.parametrize(
    ("hour", "minute", "clock", "short", "said"),
    [
        (0, 0, "12.00am", "12.00", "midnight"),
        (0, 5, "12.05am", "12.05", "12.05am"),
        (9, 5, "9.05am", "9.05", "9.05am"),
        (10, 0, "10.00am", "10.00", "10am"),
        (11, 59, "11.59am", "11.59", "11.59am"),
        (12, 0, "12.00pm", "12.00", "midday"),
        (12, 30, "12.30pm", "12.30", "12.30pm"),
        (17, 0, "5.00pm", "5.00", "5pm"),
        (23, 59, "11.59pm", "11.59", "11.59pm"),
    ],
)
def test_times_of_day(hour: int, minute: int, clock: str, short: str, said: str) -> None:
    moment = at(hour, minute, 59)
    assert moments.clock_time(moment, LONDON) == clock
    assert moments.short_time(moment, LONDON) == short
    assert moments.said_time(moment, LONDON) == said


def test_times_are_of_the_office() -> None:
    summer = from_datetime(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert moments.clock_time(summer, LONDON) == "12.30am"
    assert moments.day_of(summer, LONDON) == "Thursday 2 July"
    assert moments.clock_time(summer, ZoneInfo("Asia/Kolkata")) == "5.00am"


def test_days() -> None:
    today = date(2026, 11, 24)
    assert moments.day_words(today) == "Tuesday 24 November"
    assert moments.day_words(date(2026, 12, 1), today) == "Tuesday 1 December"
    assert moments.day_words(date(2027, 1, 4), today) == "Monday 4 January 2027"
    assert moments.short_day(date(2026, 11, 2), today) == "2 November"
    assert moments.short_day(date(2025, 11, 2), today) == "2 November 2025"


def test_plurals_and_lists() -> None:
    assert [moments.plural(n, "visit") for n in (0, 1, 2)] == ["0 visits", "1 visit", "2 visits"]
    assert moments.plural(2, "person", "people") == "2 people"
    assert moments.joined([]) == ""
    assert moments.joined(["Housing"]) == "Housing"
    assert moments.joined(["Housing", "Parking", "Benefits"]) == "Housing, Parking and Benefits"


def test_every_code_has_words() -> None:
    for need in Need:
        assert needed.need_words(need)
    assert set(needed.needs_in_order()) == set(Need)
    assert all(codes.state_words(state) for state in State)
    assert all(codes.end_words(end) for end in End)
    assert all(codes.why_words(why) for why in Why)
    assert all(codes.role_words(role) for role in Role)


def test_languages() -> None:
    assert languages.language_name("bfi") == "British Sign Language"
    assert languages.language_name("zh-Hant") == "Chinese (traditional)"
    assert languages.language_name("pa-Guru") == "Punjabi"
    assert languages.language_name("tlh") == "tlh"
    spoken, written = dict(languages.spoken_languages()), dict(languages.written_languages())
    assert next(iter(spoken)) == next(iter(written)) == "en"
    assert "bfi" in spoken
    assert "bfi" not in written
    assert "zh-Hant" in written
    assert "zh-Hant" not in spoken
    assert {"ckb", "so", "ti", "yue", "prs"} <= set(spoken)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person(), []),
        (Person(spoken="en"), []),
        (Person(spoken="pl"), ["Polish"]),
        (Person(spoken="pl", needs=frozenset({Need.INTERPRETER})), ["Polish"]),
        (Person(needs=frozenset({Need.INTERPRETER})), ["Interpreter"]),
        (Person(spoken="bfi"), ["BSL"]),
        (Person(spoken="bfi", needs=frozenset({Need.BSL, Need.INTERPRETER})), ["BSL"]),
        (
            Person(needs=frozenset(Need)),
            ["Private", "BSL", "Interpreter", "Hearing loop", "Large print", "Step-free", "Children", "Help"],
        ),
    ],
)
def test_needs_in_a_row(person: Person, words: list[str]) -> None:
    assert [item.words for item in needed.person_needs(person)] == words


def test_only_private_is_boxed() -> None:
    items = needed.person_needs(Person(needs=frozenset(Need)))
    assert [item.words for item in items if item.boxed] == ["Private"]


def test_what_a_row_tells_besides_needs() -> None:
    told = row(
        "B004", at(10, 30), see_first=True, named_officer="Li Wei", party_size=3, linked=True, stepped_out=MINUTE
    )
    assert [item.words for item in needed.row_needs(told)] == ["See first", "Li Wei", "3", "Linked"]


def test_language_and_told_are_told_apart_where_only_icons_have_room() -> None:
    language, told = needed.row_needs(row("B005", at(10, 30), spoken="pl", told_at=at(10, 40)))
    assert (language.words, told.words) == ("Polish", "Told")
    assert language.icon != told.icon


def test_came() -> None:
    walk_in, appointment, *_ = queue()
    assert queue_words.came_words(walk_in, LONDON) == "10.28"
    assert queue_words.came_words(appointment, LONDON) == "10.40 appt"
    assert queue_words.came_words(row("K005", at(10, 2), leg=2, since=at(10, 39)), LONDON) == "10.39 back"


def test_the_caption_says_what_the_order_does() -> None:
    assert queue_words.queue_caption(desk_view()) == (
        "Can no longer be called and seated within 15 minutes: after those who still can, or on reaching 22 min"
    )


def test_the_caption_names_no_minutes_that_are_not_everybodys() -> None:
    rows = (
        row("H008", at(10, 20), why=Why.PAST_PROMISE),
        row("P001", at(10, 20), target=5 * MINUTE, ordering=5 * MINUTE, guard=2, why=Why.PAST_PROMISE),
    )
    assert queue_words.queue_caption(desk_view(rows)) == (
        "Can no longer be called and seated in time: after those who still can"
    )


def test_no_promise_is_spoken_of_where_none_is_made() -> None:
    """Hart promises no time in which walk-ins are seen: they are put in order all the same."""
    rows = tuple(row(f"E00{n}", at(10, 15 + n), target=None, why=Why.PAST_PROMISE) for n in range(3))
    assert queue_words.queue_caption(desk_view(rows)) == (
        "Waiting longest, and nothing is promised: called after the others, or on reaching 22 min"
    )
    longest = row("E001", at(10, 15), target=None, why=Why.GUARD_PASSED)
    assert queue_words.next_words(longest, NOW) == "E001 next: 27 min so far, has waited longest"


def test_what_is_said_of_those_past_keeping_is_true_while_a_moment_is_left() -> None:
    """Called now, they could not be seated in time any more; the promise itself is not over yet."""
    moment = row("H009", NOW - 14 * MINUTE - 30_000, why=Why.PAST_PROMISE)
    over = row("H008", at(10, 20), why=Why.PAST_PROMISE)
    assert queue_words.next_words(moment, NOW) == "H009 next: under 1 min, can no longer be kept"
    assert queue_words.next_words(over, NOW) == "H008 next: 7 min over, can no longer be kept"
    said = [queue_words.queue_caption(desk_view(rows)) for rows in ((moment,), (over,), (moment, over))]
    assert {words.partition(":")[0] for words in said} == {"Can no longer be called and seated within 15 minutes"}


def test_a_row_aloud_names_nobody() -> None:
    rows = mixed_queue()
    planted = row("C020", at(10, 28), Need.LARGE_PRINT, person=Person("Harpreet Kaur", needs=frozenset({Need.PRIVATE})))
    assert (
        queue_words.row_aloud(planted, LONDON, NOW) == "C020, Council Tax, came 10.28am, Private, 1 minute left of 15"
    )
    assert "no promise, 9 minutes so far" in queue_words.row_aloud(rows[5], LONDON, NOW)
    assert "back in the queue at 10.39am" in queue_words.row_aloud(rows[6], LONDON, NOW)
    assert queue_words.row_aloud(rows[4], LONDON, NOW).endswith("not for you to serve")


def test_who_is_next_and_why() -> None:
    rows = queue()
    assert queue_words.next_words(rows[0], NOW) == "C020 next: 1 min left, can still be kept"
    unpromised = row("E001", at(10, 33), target=None, why=Why.CAN_BE_KEPT)
    assert queue_words.next_words(unpromised, NOW) == "E001 next: 9 min so far, no promise"
    assert queue_words.next_words(row("E001", at(10, 33), target=None, why=Why.FIRST_COME), NOW) == (
        "E001 next: 9 min so far, came first"
    )


def test_the_present_visit() -> None:
    assert counter_words.started_words(present(), LONDON, NOW) == "Started 10.38am, 4 min so far"


@pytest.mark.parametrize(
    ("counter", "words", "detail"),
    [
        (
            CounterRow("1", "Counter 1", "e", "Ewan", "C018", "Council Tax", State.SERVING, at(10, 36)),
            "C018 Council Tax",
            "6 min, Ewan",
        ),
        (
            CounterRow("1", "Counter 1", "e", "Ewan", "C018", "Council Tax", State.CALLED, at(10, 41)),
            "C018 Council Tax",
            "called 1 min ago, Ewan",
        ),
        (CounterRow("1", "Counter 1", "e", "Ewan", "", "", None, at(10, 41)), "Free", "Ewan"),
        (CounterRow("1", "Counter 1", "", "", "", "", None, None), "Closed", ""),
    ],
)
def test_counters(counter: CounterRow, words: str, detail: str) -> None:
    assert counter_words.counter_words(counter) == words
    assert counter_words.counter_detail(counter, NOW) == detail


@pytest.mark.parametrize(
    ("state", "end", "own", "counter", "due", "words"),
    [
        (State.ON_HOLD, None, True, "", None, "Stepped out"),
        (State.ON_HOLD, None, False, "Counter 2", None, "On hold at Counter 2"),
        (State.ON_HOLD, None, False, "", None, "On hold"),
        (State.CALLED, None, False, "Counter 1", None, "Called to Counter 1"),
        (State.SERVING, None, False, "Counter 1", None, "Being served at Counter 1"),
        (State.ENDED, End.TO_FOLLOW, False, "", date(2026, 11, 27), "To follow by Friday 27 November, Li Wei"),
        (State.ENDED, End.TO_FOLLOW, False, "", date(2026, 11, 24), "To follow by Tuesday 24 November, Li Wei"),
        (State.ENDED, End.TO_FOLLOW, False, "", date(2026, 11, 23), "Overdue since Monday 23 November, Li Wei"),
        (State.ENDED, End.NO_SHOW, False, "", None, "No-show"),
    ],
)
def test_asides(state: State, end: End | None, own: bool, counter: str, due: date | None, words: str) -> None:
    aside = Aside("x", "H001", "Housing", "", state, end, own, NOW, counter, due, "Li Wei")
    assert counter_words.aside_words(aside, date(2026, 11, 24)) == words


@pytest.mark.parametrize(
    ("within", "judged", "share"),
    [(34, 36, "94%"), (36, 36, "100%"), (399, 400, "99%"), (0, 7, "0%"), (1, 400, "1%"), (1, 8, "12%")],
)
def test_the_share_on_time(within: int, judged: int, share: str) -> None:
    assert counter_words.on_time_words(within, judged) == (share, f"on time today, {within} of {judged}")
