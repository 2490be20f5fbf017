"""What stands against a place, and the words for it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE
from reception.domain.booked import Kind, Mode
from reception.domain.booking import Diary, Obstacle, ObstacleKind, Place, Slot, Span, Wish
from reception.domain.clash_words import refusal_of, said_obstacle
from reception.domain.obstacles import obstacles, taken_by
from reception.domain.office import Hours
from reception.errors import Code, Refusal
from tests.domain.offices import GOOD_FRIDAY, LOOP, MONDAY, PRIVATE, at, office, week

NOW = at(MONDAY, 8)
SATURDAY = MONDAY + timedelta(days=5)
TEN = at(MONDAY, 10)


def against(
    starts: int, minutes: int = 30, wish: Wish | None = None, diary: Diary | None = None, **held: str
) -> list[ObstacleKind]:
    place = Place(starts, starts + minutes * MINUTE, **{"officer_id": "priya", **held})
    found = obstacles(place, wish or Wish("housing"), diary or Diary(office(), {}), NOW)
    return [each.kind for each in found]


def wish(**changes: Any) -> Wish:
    return replace(Wish("housing"), **changes)


def test_nothing_stands_against_a_free_place() -> None:
    assert against(TEN) == []
    assert against(at(MONDAY, 9)) == []
    assert against(at(MONDAY, 16, 30)) == []
    assert against(NOW + HOUR) == []


@pytest.mark.parametrize("minutes", [0, -10, 481, 540])
def test_a_length_of_nothing_or_of_more_than_a_day_at_work(minutes: int) -> None:
    assert against(TEN, minutes) == [ObstacleKind.BAD_LENGTH]


def test_eight_hours_may_be_the_whole_of_a_day() -> None:
    assert against(at(MONDAY, 9), 480) == []


def test_what_is_past() -> None:
    assert against(NOW - 1) == [ObstacleKind.IN_THE_PAST]
    early = Diary(office(hours=week(time(8), time(17))), {})
    assert against(NOW, diary=early) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SATURDAY, ObstacleKind.CLOSED),
        (GOOD_FRIDAY, ObstacleKind.BANK_HOLIDAY),
        (date(2026, 3, 11), ObstacleKind.CLOSED),
        (date(2026, 12, 28), ObstacleKind.BANK_HOLIDAY),  # in place of the 26th, a Saturday
    ],
)
@pytest.mark.parametrize("kind", [Kind.OFFICE, Kind.TELEPHONE])
def test_a_day_on_which_the_office_is_closed(day: date, expected: ObstacleKind, kind: Kind) -> None:
    closed = Diary(office(closures=frozenset({date(2026, 3, 11)})), {})
    assert against(at(day, 10), wish=wish(kind=kind), diary=closed) == [expected]


@pytest.mark.parametrize(
    ("hour", "minute", "minutes"),
    [(8, 50, 30), (16, 40, 30), (8, 30, 480), (17, 0, 10), (8, 50, 10)],
)
def test_before_opening_and_ending_after_closing(hour: int, minute: int, minutes: int) -> None:
    assert against(at(MONDAY, hour, minute), minutes) == [ObstacleKind.OUTSIDE_HOURS]


def test_over_the_noon_at_which_the_office_closes() -> None:
    noon = Diary(office(hours=(Hours(0, time(9), time(12)), Hours(0, time(13), time(17)))), {})
    assert against(at(MONDAY, 11, 45), diary=noon) == [ObstacleKind.OUTSIDE_HOURS]
    whole = Diary(office(hours=(Hours(0, time(9), time(12)), Hours(0, time(12), time(17)))), {})
    assert against(at(MONDAY, 11, 45), diary=whole) == []


def test_a_home_visit_is_bound_by_the_officers_hours_alone() -> None:
    visit = wish(kind=Kind.HOME_VISIT)
    assert against(at(MONDAY, 8), wish=visit, officer_id="ewan") == []
    assert against(at(MONDAY, 13), wish=visit, officer_id="ewan") == [ObstacleKind.OFFICER_OFF]
    assert against(at(GOOD_FRIDAY, 10), wish=visit, officer_id="ewan") == [ObstacleKind.BANK_HOLIDAY]
    assert against(at(SATURDAY, 10), wish=visit) == [ObstacleKind.OFFICER_OFF]


def test_the_officers_hours_and_breaks() -> None:
    assert against(at(MONDAY, 12, 45), officer_id="ewan") == [ObstacleKind.OFFICER_OFF]
    assert against(at(MONDAY, 10, 10), officer_id="ewan") == [ObstacleKind.BREAK]
    assert against(at(MONDAY, 10), officer_id="ewan") == []
    assert against(at(MONDAY, 10, 45), officer_id="ewan") == []


def test_an_officer_who_lacks_the_skill_or_takes_no_appointments() -> None:
    assert against(TEN, wish=Wish("planning"), officer_id="ewan") == [ObstacleKind.NOT_SKILLED]
    assert against(TEN, officer_id="grace") == [ObstacleKind.NOT_SKILLED]


def test_a_taken_officer_and_one_on_leave() -> None:
    eleven = Span(TEN + HOUR, TEN + 2 * HOUR)
    taken = Diary(office(), {"priya": (eleven,)})
    assert against(TEN, 60, diary=taken) == []
    assert against(TEN, 61, diary=taken) == [ObstacleKind.OFFICER_TAKEN]
    assert against(TEN + 2 * HOUR, diary=taken) == []
    leave = Diary(office(), {"priya": (eleven,)}, {"priya": (eleven,)})
    assert against(TEN, 90, diary=leave) == [ObstacleKind.ABSENT]


def test_set_up_needs_officer_and_room_to_be_free_before_the_start() -> None:
    till_ten = (Span(TEN - HOUR, TEN),)
    planning = Wish("planning")
    assert against(TEN + 19 * MINUTE, wish=planning, diary=Diary(office(), {"priya": till_ten})) == [
        ObstacleKind.OFFICER_TAKEN
    ]
    assert against(TEN + 20 * MINUTE, wish=planning, diary=Diary(office(), {"priya": till_ten})) == []
    room = Diary(office(), {"quiet": till_ten})
    assert against(TEN + 19 * MINUTE, wish=planning, diary=room, room_id="quiet") == [ObstacleKind.ROOM_TAKEN]
    place = Place(TEN, TEN + HOUR, "priya")
    assert obstacles(place, planning, Diary(office(), {"priya": till_ten}), NOW, set_up=0) == ()


def test_set_up_may_lie_before_the_opening() -> None:
    assert against(at(MONDAY, 9), wish=Wish("planning")) == []


@pytest.mark.parametrize(
    ("room", "asked", "expected"),
    [
        ("quiet", wish(features=frozenset({PRIVATE})), []),
        ("small", wish(with_room=True), []),
        ("attic", wish(), [Obstacle(ObstacleKind.ROOM_OUT_OF_USE, "Attic")]),
        ("quiet", wish(features=frozenset({PRIVATE, LOOP})), [Obstacle(ObstacleKind.ROOM_LACKS, "hearing_loop")]),
        ("quiet", wish(seats=4), [Obstacle(ObstacleKind.ROOM_LACKS, "Quiet room")]),
        ("", wish(features=frozenset({PRIVATE})), [Obstacle(ObstacleKind.ROOM_LACKS)]),
        ("", wish(with_room=True), [Obstacle(ObstacleKind.ROOM_LACKS)]),
        ("", wish(kind=Kind.TELEPHONE, features=frozenset({PRIVATE})), []),
    ],
)
def test_the_room(room: str, asked: Wish, expected: list[Obstacle]) -> None:
    place = Place(TEN, TEN + HOUR, "priya", room)
    assert list(obstacles(place, asked, Diary(office(), {}), NOW)) == expected


def test_a_taken_room_says_until_when() -> None:
    diary = Diary(office(), {"quiet": (Span(TEN, TEN + HOUR),)})
    found = obstacles(Place(TEN, TEN + HOUR, "priya", "quiet"), Wish("housing"), diary, NOW)
    assert found == (Obstacle(ObstacleKind.ROOM_TAKEN, "Quiet room", TEN + HOUR),)


def test_the_interpreter() -> None:
    polish = wish(language="pol")
    assert against(TEN, wish=polish, interpreter_id="ada") == []
    assert against(TEN, wish=polish) == []  # still to be found
    assert against(TEN, wish=wish(language="cym"), interpreter_id="ada") == [ObstacleKind.LANGUAGE_NOT_OFFERED]
    by_telephone = wish(language="pol", modes=frozenset({Mode.TELEPHONE}))
    assert against(TEN, wish=by_telephone, interpreter_id="ada") == [ObstacleKind.LANGUAGE_NOT_OFFERED]
    taken = Diary(office(), {each: (Span(TEN - HOUR, TEN + HOUR),) for each in ("ada", "line")})
    assert against(TEN, wish=polish, diary=taken, interpreter_id="ada") == [ObstacleKind.INTERPRETER_TAKEN]
    assert against(TEN, wish=polish, diary=taken, interpreter_id="line") == []


def test_an_interpreters_hours_and_notice() -> None:
    sign = wish(language="bfi")
    in_two_days = at(MONDAY + timedelta(days=2), 13)
    assert against(in_two_days, wish=sign, interpreter_id="sam") == []
    assert against(in_two_days - HOUR, wish=sign, interpreter_id="sam") == [ObstacleKind.INTERPRETER_OFF]
    assert against(at(MONDAY, 13), wish=sign, interpreter_id="sam") == [ObstacleKind.INTERPRETER_NOTICE]
    just = Diary(office(interpreters=(replace(office().interpreters[2], notice_hours=2),)), {})
    early = Place(TEN - MINUTE, TEN + HOUR, "priya", "", "sam")
    kinds = [each.kind for each in obstacles(early, sign, just, NOW)]
    assert kinds == [ObstacleKind.INTERPRETER_OFF, ObstacleKind.INTERPRETER_NOTICE]


def test_the_interpreter_need_not_be_there_for_the_set_up() -> None:
    taken = Diary(office(), {"ada": (Span(TEN - HOUR, TEN),)})
    assert against(TEN, wish=replace(Wish("planning"), language="pol"), diary=taken, interpreter_id="ada") == []


def test_short_notice_binds_only_what_the_council_arranges() -> None:
    by_council = wish(by_council=True)
    assert against(at(MONDAY + timedelta(days=4), 10), wish=by_council) == [ObstacleKind.SHORT_NOTICE]
    assert against(at(MONDAY + timedelta(days=7), 10), wish=by_council) == []
    assert against(at(MONDAY + timedelta(days=4), 10)) == []


@pytest.mark.parametrize(
    ("place", "service"),
    [
        (Place(TEN, TEN + HOUR, "gone"), "housing"),
        (Place(TEN, TEN + HOUR, room_id="gone"), "housing"),
        (Place(TEN, TEN + HOUR, interpreter_id="gone"), "housing"),
        (Place(TEN, TEN + HOUR), "gone"),
    ],
)
def test_what_the_office_does_not_have_is_refused(place: Place, service: str) -> None:
    with pytest.raises(Refusal) as refused:
        obstacles(place, Wish(service), Diary(office(), {}), NOW)
    assert refused.value.code is Code.UNKNOWN_THING


@pytest.mark.parametrize("day", [date(2900, 3, 1), date.max])
def test_a_year_whose_bank_holidays_nobody_knows_is_refused(day: date) -> None:
    with pytest.raises(Refusal) as refused:
        against(at(day, 10))
    assert refused.value.code is Code.BAD_INPUT


def test_all_that_stands_against_a_place_is_said_at_once() -> None:
    diary = Diary(office(), {"priya": (Span(TEN, TEN + HOUR),), "quiet": (Span(TEN, TEN + HOUR),)})
    assert against(TEN, diary=diary, room_id="quiet") == [ObstacleKind.OFFICER_TAKEN, ObstacleKind.ROOM_TAKEN]


def test_what_a_place_occupies() -> None:
    place = Place(TEN, TEN + HOUR, "priya", "quiet", "ada")
    before = Span(TEN - 20 * MINUTE, TEN + HOUR)
    assert taken_by(place, 20 * MINUTE) == (("priya", before), ("quiet", before), ("ada", Span(TEN, TEN + HOUR)))
    assert taken_by(Place(TEN, TEN + HOUR), MINUTE) == ()


# -- words -----------------------------------------------------------------------------------------------------------


def refused(*kinds: ObstacleKind, **extra: Any) -> Refusal:
    return refusal_of([Obstacle(kind, "Priya Nair", at(MONDAY, 11)) for kind in kinds], office(), **extra)


@pytest.mark.parametrize("kind", ObstacleKind)
def test_each_obstacle_has_its_sentence(kind: ObstacleKind) -> None:
    for until in (None, TEN):
        said = said_obstacle(Obstacle(kind, "Priya Nair", until), office())
        assert said[0].isupper()
        assert said.endswith(".")
        assert "None" not in said
        assert "_" not in said
    refusal = refused(kind)
    assert refusal.reason.endswith(".")
    assert refusal.remedy.endswith(".")
    assert (refusal.code is Code.NEEDS_REASON) == Obstacle(kind).is_excusable


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ((ObstacleKind.OFFICER_TAKEN,), Code.SLOT_TAKEN),
        ((ObstacleKind.ABSENT,), Code.SLOT_TAKEN),
        ((ObstacleKind.ROOM_TAKEN, ObstacleKind.OUTSIDE_HOURS), Code.SLOT_TAKEN),
        ((ObstacleKind.OUTSIDE_HOURS, ObstacleKind.BREAK), Code.NEEDS_REASON),
        ((ObstacleKind.BANK_HOLIDAY,), Code.NEEDS_REASON),
        ((ObstacleKind.SHORT_NOTICE,), Code.NEEDS_REASON),
        ((ObstacleKind.BAD_LENGTH,), Code.BAD_INPUT),
        ((ObstacleKind.IN_THE_PAST,), Code.BAD_INPUT),
        ((ObstacleKind.NOT_SKILLED,), Code.BAD_INPUT),
        ((ObstacleKind.OFFICER_TAKEN, ObstacleKind.LANGUAGE_NOT_OFFERED), Code.BAD_INPUT),
    ],
)
def test_the_code_of_a_refusal(kinds: tuple[ObstacleKind, ...], code: Code) -> None:
    assert refused(*kinds).code is code


def test_a_taken_slot_names_the_next_free_ones() -> None:
    nearest = (
        Slot(Place(TEN, TEN + HOUR, "ewan"), "Ewan Pritchard"),
        Slot(Place(at(MONDAY, 14, 30), at(MONDAY, 15))),
    )
    refusal = refused(ObstacleKind.OFFICER_TAKEN, nearest=nearest)
    assert refusal.reason == "Priya Nair is taken then until 11am."
    assert refusal.remedy == ("Next free: Monday 2 March, 10am with Ewan Pritchard; Monday 2 March, 2.30pm.")
    assert refused(ObstacleKind.OFFICER_TAKEN).remedy == "Choose another time."


def test_what_a_reason_would_get_past_is_not_said_beside_what_it_would_not() -> None:
    assert refused(ObstacleKind.OUTSIDE_HOURS, ObstacleKind.ABSENT).reason == (
        "Priya Nair is away then until Monday 2 March, 11am."
    )


def test_a_missing_feature_is_said_in_words() -> None:
    words = [said_obstacle(Obstacle(ObstacleKind.ROOM_LACKS, each.value), office()) for each in (PRIVATE, LOOP)]
    assert words == ["The room is not private.", "The room has no hearing loop."]
    assert said_obstacle(Obstacle(ObstacleKind.ROOM_LACKS, "Room 2"), office()) == "Room 2 has too few seats."


def test_times_are_said_in_the_offices_zone() -> None:
    summer = Obstacle(ObstacleKind.ROOM_TAKEN, "Room 2", at(date(2026, 7, 1), 10))
    assert said_obstacle(summer, office()) == "Room 2 is taken then until 11am."
