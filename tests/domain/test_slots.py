"""The nearest free places: whom and what they hold, and that a search which tries everything finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import (
    HOUR,
    MINUTE,
    Instant,
    local_date,
    local_datetime,
    midnight_after,
    midnight_before,
)
from reception.domain.booked import Kind, Mode, RoomFeature, RoomState
from reception.domain.booking import Diary, Place, Slot, Span, Wish
from reception.domain.obstacles import obstacles, taken_by
from reception.domain.office import Hours, Interpreter, Office, Officer, Role, Room, Service
from reception.domain.slots import STEP, free_starts, nearest_slots, search_span
from reception.domain.working_hours import spans_of
from reception.errors import Code, Refusal
from tests.domain.offices import GOOD_FRIDAY, LOOP, MONDAY, PRIVATE, STEP_FREE, at, office

TUESDAY = MONDAY + timedelta(days=1)
EARLY = at(MONDAY, 7)
HOUSING = Wish("housing", first_day=MONDAY)


def times(slots: tuple[Slot, ...], of: Office | None = None) -> list[str]:
    zone = (of or office()).zone
    return [f"{local_datetime(slot.place.starts, zone):%d %H:%M}" for slot in slots]


def diary(of: Office | None = None, **busy: tuple[Span, ...]) -> Diary:
    return Diary(of or office(), busy)


def hours_of(day: date, first: float, last: float) -> Span:
    return Span(at(day, 0) + round(first * HOUR), at(day, 0) + round(last * HOUR))


def starts(wish: Wish, diary: Diary, now: Instant, count: int = 3) -> tuple[Slot, ...]:
    """The first of all starts that are free."""
    return tuple(islice(free_starts(wish, diary, now), count))


# -- when ----------------------------------------------------------------------------------------------------------


def test_starts_are_ten_minutes_apart_from_the_opening() -> None:
    found = starts(HOUSING, diary(), EARLY)
    assert times(found) == ["02 09:00", "02 09:10", "02 09:20"]
    assert found[0].place == Place(at(MONDAY, 9), at(MONDAY, 9, 30), "priya")
    assert found[0].officer == "Priya Nair"


def test_starts_go_by_an_opening_at_a_quarter_past() -> None:
    later = office(hours=(Hours(0, time(9, 15), time(10)), Hours(0, time(14, 5), time(15))))
    found = starts(replace(HOUSING, officer_id="priya"), diary(later), EARLY, 6)
    assert times(found, later) == ["02 09:15", "02 09:25", "02 14:05", "02 14:15", "02 14:25", "09 09:15"]


def test_what_is_past_is_not_offered() -> None:
    assert times(starts(HOUSING, diary(), at(MONDAY, 16, 15))) == ["02 16:20", "02 16:30", "03 09:00"]


def test_a_start_at_this_very_moment_is_still_to_be_had() -> None:
    assert times(nearest_slots(HOUSING, diary(), at(MONDAY, 9), 1)) == ["02 09:00"]


def test_the_last_ends_with_the_closing() -> None:
    found = nearest_slots(replace(HOUSING, days=1), diary(), EARLY, 1000)
    assert times(found)[-1] == "02 16:30"


def test_a_length_of_its_own_takes_the_place_of_the_services() -> None:
    found = nearest_slots(replace(HOUSING, minutes=120, days=1), diary(), EARLY, 1000)
    assert times(found)[-1] == "02 15:00"
    assert found[0].place.ends - found[0].place.starts == 2 * HOUR


@pytest.mark.parametrize("minutes", [-5, 481, 540])
def test_no_place_is_found_for_a_length_that_may_not_be(minutes: int) -> None:
    assert nearest_slots(replace(HOUSING, minutes=minutes), diary(), EARLY) == ()


def test_closures_weekends_and_bank_holidays_are_passed_over() -> None:
    thursday = GOOD_FRIDAY - timedelta(days=1)
    closed = office(closures=frozenset({thursday}))
    wish = replace(HOUSING, first_day=thursday)
    # Good Friday, the weekend and Easter Monday; by then the clocks have gone forward
    assert times(nearest_slots(wish, diary(closed), EARLY, 1)) == ["07 09:00"]


def test_only_so_many_days_are_looked_at() -> None:
    saturday = MONDAY + timedelta(days=5)
    assert nearest_slots(replace(HOUSING, first_day=saturday, days=2), diary(), EARLY) == ()
    assert times(nearest_slots(replace(HOUSING, first_day=saturday, days=3), diary(), EARLY, 1)) == ["09 09:00"]


@pytest.mark.parametrize("days", [0, -3])
def test_of_no_days_none_is_free(days: int) -> None:
    assert nearest_slots(replace(HOUSING, days=days), diary(), EARLY) == ()
    assert search_span(replace(HOUSING, days=days), office(), EARLY) == Span(EARLY, EARLY)


def test_a_day_beyond_the_known_bank_holidays_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        nearest_slots(replace(HOUSING, first_day=date(9000, 1, 1)), diary(), EARLY)
    assert refused.value.code is Code.BAD_INPUT


def test_on_the_last_day_that_there_is_nothing_is_free() -> None:
    assert nearest_slots(replace(HOUSING, first_day=date.max), diary(), EARLY) == ()


def test_days_that_are_past_are_counted_from_today() -> None:
    wish = replace(HOUSING, first_day=date.min, days=1)
    assert times(nearest_slots(wish, diary(), EARLY, 1)) == ["02 09:00"]


def test_the_time_of_day_may_be_narrowed() -> None:
    wish = replace(HOUSING, earliest=time(11, 5), latest=time(12), days=1)
    assert times(nearest_slots(wish, diary(), EARLY, 100)) == ["02 11:10", "02 11:20", "02 11:30"]


def test_a_service_that_is_not_offered_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        nearest_slots(Wish("gone"), diary(), EARLY)
    assert refused.value.code is Code.UNKNOWN_THING


def test_what_the_council_arranges_has_its_notice_and_what_the_visitor_asks_for_has_none() -> None:
    wish = replace(HOUSING, by_council=True)
    assert times(nearest_slots(wish, diary(), EARLY, 1)) == ["09 09:00"]  # five working days after Monday
    assert times(nearest_slots(wish, diary(office(notice_days=0)), EARLY, 1)) == ["02 09:00"]
    assert times(nearest_slots(HOUSING, diary(), EARLY, 1)) == ["02 09:00"]


# -- who -----------------------------------------------------------------------------------------------------------


def test_a_place_is_between_what_is_taken() -> None:
    taken = diary(priya=(hours_of(MONDAY, 9, 10), hours_of(MONDAY, 10.5, 16)))
    found = starts(replace(HOUSING, officer_id="priya"), taken, EARLY)
    assert times(found) == ["02 10:00", "02 16:00", "02 16:10"]


def test_set_up_comes_before_the_start_and_may_lie_before_the_opening() -> None:
    taken = diary(priya=(hours_of(MONDAY, 10, 11),))
    found = starts(Wish("planning", first_day=MONDAY), taken, EARLY, 3)
    assert times(found) == ["02 09:00", "02 11:20", "02 11:30"]


def test_set_up_of_its_own() -> None:
    taken = diary(priya=(hours_of(MONDAY, 9, 11),))
    wish = Wish("planning", first_day=MONDAY)
    assert times(nearest_slots(wish, taken, EARLY, 1, set_up=0)) == ["02 11:00"]
    assert times(nearest_slots(wish, taken, EARLY, 1, set_up=35 * MINUTE)) == ["02 11:40"]


def test_only_who_has_the_skill_and_takes_appointments() -> None:
    away = diary(priya=(hours_of(MONDAY, 0, 24),))
    found = nearest_slots(Wish("planning", first_day=MONDAY), away, EARLY, 1)
    assert [slot.place.officer_id for slot in found] == ["priya"]
    assert times(found) == ["03 09:00"]
    assert nearest_slots(replace(HOUSING, officer_id="grace"), diary(), EARLY) == ()


def test_the_officers_own_hours_within_those_of_the_office_and_without_breaks() -> None:
    found = nearest_slots(replace(HOUSING, officer_id="ewan", days=1), diary(), EARLY, 100)
    assert times(found)[0] == "02 09:00"  # works from 8, but the office opens at 9
    assert "02 10:00" in times(found)
    assert not {"02 10:10", "02 10:20", "02 10:30", "02 10:40"} & set(times(found))
    assert "02 10:50" in times(found)
    assert times(found)[-1] == "02 12:30"


def test_a_break_ends_with_a_start() -> None:
    noon = Officer("priya", "Priya Nair", Role.OFFICER, breaks=(Hours(0, time(12), time(13)),))
    found = starts(replace(HOUSING, earliest=time(11, 20)), diary(office(staff=(noon,))), EARLY)
    assert times(found) == ["02 11:20", "02 11:30", "02 13:00"]


def test_another_officer_is_taken_where_the_first_is_not_free() -> None:
    taken = diary(priya=(hours_of(MONDAY, 9, 9.5),))
    assert [slot.place.officer_id for slot in starts(HOUSING, taken, EARLY, 4)] == ["ewan"] * 3 + ["priya"]


def test_a_home_visit_goes_by_the_officer_alone() -> None:
    wish = replace(HOUSING, kind=Kind.HOME_VISIT, officer_id="ewan", features=frozenset({PRIVATE}))
    found = nearest_slots(wish, diary(), EARLY, 1)
    assert found[0].place == Place(at(MONDAY, 8), at(MONDAY, 8, 30), "ewan")


def test_a_home_visit_of_one_without_a_pattern_is_in_opening_hours() -> None:
    wish = replace(HOUSING, kind=Kind.HOME_VISIT, officer_id="priya", days=1)
    found = nearest_slots(wish, diary(), EARLY, 100)
    assert (times(found)[0], times(found)[-1]) == ("02 09:00", "02 16:30")


def test_a_telephone_appointment_needs_no_room() -> None:
    wish = replace(HOUSING, kind=Kind.TELEPHONE, features=frozenset({PRIVATE}), seats=4)
    assert nearest_slots(wish, diary(office(rooms=())), EARLY, 1)[0].place.room_id == ""


# -- rooms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("features", "seats", "room"),
    [
        ((), 1, "small"),  # being cleaned is soon over; the private one is kept for who needs it
        ((), 4, "large"),
        ((STEP_FREE,), 2, "small"),
        ((PRIVATE,), 1, "quiet"),
        ((LOOP,), 1, "large"),
    ],
)
def test_the_room_that_fits_and_no_better_one(features: tuple[RoomFeature, ...], seats: int, room: str) -> None:
    wish = replace(HOUSING, with_room=True, features=frozenset(features), seats=seats)
    assert [slot.place.room_id for slot in nearest_slots(wish, diary(), EARLY, 1)] == [room]


@pytest.mark.parametrize(("features", "seats"), [((PRIVATE, LOOP), 1), ((PRIVATE,), 4), ((), 9)])
def test_where_no_room_fits_nothing_is_offered(features: tuple[RoomFeature, ...], seats: int) -> None:
    assert nearest_slots(replace(HOUSING, features=frozenset(features), seats=seats), diary(), EARLY) == ()


def test_a_private_room_comes_last_where_none_was_asked_for() -> None:
    taken = diary(small=(hours_of(MONDAY, 0, 24),), large=(hours_of(MONDAY, 0, 24),))
    found = nearest_slots(replace(HOUSING, with_room=True), taken, EARLY, 1)
    assert [slot.place.room_id for slot in found] == ["quiet"]
    assert found[0].room == "Quiet room"


def test_the_room_that_was_asked_for_and_no_other() -> None:
    taken = diary(large=(hours_of(MONDAY, 9, 12),))
    found = nearest_slots(replace(HOUSING, room_id="large"), taken, EARLY, 1)
    assert (times(found), found[0].place.room_id) == (["02 12:00"], "large")


def test_set_up_needs_the_room_as_well() -> None:
    taken = diary(quiet=(hours_of(MONDAY, 9, 12),))
    wish = Wish("planning", first_day=MONDAY, room_id="quiet")
    assert times(nearest_slots(wish, taken, EARLY, 1)) == ["02 12:20"]


# -- interpreters ----------------------------------------------------------------------------------------------------


def test_an_interpreter_comes_before_a_line_and_a_line_is_never_taken() -> None:
    wish = replace(HOUSING, language="pol")
    assert nearest_slots(wish, diary(), EARLY, 1)[0].place.interpreter_id == "ada"
    taken = diary(ada=(hours_of(MONDAY, 0, 24),), line=(hours_of(MONDAY, 0, 24),))
    found = nearest_slots(wish, taken, EARLY, 1)
    assert (found[0].place.interpreter_id, found[0].interpreter, times(found)) == (
        "line",
        "Telephone line",
        ["02 09:00"],
    )


def test_the_way_of_interpreting_that_was_asked_for() -> None:
    wish = replace(HOUSING, language="pol", modes=frozenset({Mode.TELEPHONE}))
    assert nearest_slots(wish, diary(), EARLY, 1)[0].place.interpreter_id == "line"


def test_an_interpreters_hours_and_notice() -> None:
    wish = replace(HOUSING, language="bfi")
    assert times(nearest_slots(wish, diary(), at(MONDAY, 13, 5), 1)) == ["04 13:10"]  # 48 hours on


def test_an_interpreter_is_not_needed_for_the_set_up() -> None:
    taken = diary(ada=(hours_of(MONDAY, 9, 11),))
    wish = Wish("planning", first_day=MONDAY, language="pol", interpreter_id="ada")
    assert times(nearest_slots(wish, taken, EARLY, 1)) == ["02 11:00"]


def test_a_language_that_nobody_offers() -> None:
    assert nearest_slots(replace(HOUSING, language="cym"), diary(), EARLY) == ()


# -- clock changes ---------------------------------------------------------------------------------------------------

NIGHT = (Hours(6, time(0), time(3)),)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(("day", "starts"), [(FORWARD, 4), (BACK, 8)])
def test_a_night_of_two_hours_and_one_of_four(day: date, starts: int) -> None:
    night = office(hours=NIGHT)
    found = nearest_slots(Wish("housing", first_day=day, days=1), diary(night), EARLY, 100)
    halves = [slot for slot in found if local_datetime(slot.place.starts, night.zone).minute in (0, 30)]
    assert len(halves) == starts
    assert all(slot.place.ends - slot.place.starts == 30 * MINUTE for slot in found)


def test_opening_hours_are_the_same_on_the_wall_after_a_clock_change() -> None:
    wish = Wish("housing", first_day=FORWARD + timedelta(days=1), days=1)
    assert nearest_slots(wish, diary(), EARLY, 1)[0].place.starts == at(wish.first_day, 8)


def test_the_span_to_be_read_is_whole_local_days_and_the_set_up_before() -> None:
    wish = Wish("planning", first_day=FORWARD, days=2)
    assert search_span(wish, office(), EARLY) == Span(
        at(FORWARD, 0) - 20 * MINUTE, at(FORWARD + timedelta(days=2), 0) - HOUR
    )


# -- a choice of them --------------------------------------------------------------------------------------------------


def test_what_is_offered_is_a_choice() -> None:
    priya = replace(HOUSING, officer_id="priya")
    assert times(nearest_slots(priya, diary(), EARLY)) == ["02 09:00", "02 09:30", "02 10:00"]


def test_another_officer_is_a_choice_though_the_times_meet() -> None:
    taken = diary(priya=(hours_of(MONDAY, 9.5, 24),))
    found = nearest_slots(HOUSING, taken, EARLY)
    assert times(found) == ["02 09:00", "02 09:10", "02 09:40"]
    assert [slot.officer for slot in found] == ["Priya Nair", "Ewan Pritchard", "Ewan Pritchard"]


def test_where_there_is_no_choice_the_nearest_are_offered() -> None:
    taken = diary(priya=(hours_of(MONDAY, 9.75, 24),))
    wish = replace(HOUSING, officer_id="priya", days=1)
    assert times(nearest_slots(wish, taken, EARLY)) == ["02 09:00", "02 09:10"]


# -- all and nothing but ---------------------------------------------------------------------------------------------

CLOCK_WALLS = st.sampled_from([time(0), time(0, 45), time(1, 30), time(2), time(3, 5), time(5, 20), time(6)])
ALL_FEATURES = list(RoomFeature)


@st.composite
def hours(draw: st.DrawFn, most: int = 2) -> tuple[Hours, ...]:
    found = []
    for weekday in range(7):
        for _ in range(draw(st.integers(0, most))):
            opens, closes = sorted((draw(CLOCK_WALLS), draw(CLOCK_WALLS)))
            if opens < closes:
                found.append(Hours(weekday, opens, closes))
    return tuple(found)


@st.composite
def small_offices(draw: st.DrawFn) -> Office:
    """Open at night, when clocks change."""
    features = st.frozensets(st.sampled_from(ALL_FEATURES))
    return Office(
        id="office",
        name="",
        council="",
        timezone=draw(st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/St_Johns"])),
        hours=draw(hours()),
        closures=frozenset(draw(st.sets(st.sampled_from([FORWARD, BACK, date(2026, 3, 30)]), max_size=1))),
        services=(Service("housing", "Housing", "H", minutes=30, set_up_minutes=draw(st.sampled_from([0, 10, 25]))),),
        staff=tuple(
            Officer(
                f"officer {n}",
                f"Officer {n}",
                Role.OFFICER,
                draw(st.sampled_from([frozenset[str](), frozenset({"housing"}), frozenset({"other"})])),
                hours=draw(st.one_of(st.just(()), hours(1))),
                breaks=draw(hours(1)),
                takes_appointments=draw(st.sampled_from([True, True, True, False])),
            )
            for n in range(draw(st.integers(1, 3)))
        ),
        rooms=tuple(
            Room(f"room {n}", f"Room {n}", draw(features), draw(st.integers(1, 3)), draw(st.sampled_from(RoomState)))
            for n in range(draw(st.integers(0, 3)))
        ),
        interpreters=tuple(
            Interpreter(
                f"interpreter {n}",
                f"Interpreter {n}",
                frozenset(draw(st.sets(st.sampled_from(["bfi", "pol"]), min_size=1))),
                frozenset(draw(st.sets(st.sampled_from(Mode), min_size=1))),
                is_line=draw(st.booleans()),
                hours=draw(st.one_of(st.just(()), hours(1))),
                notice_hours=draw(st.sampled_from([0, 0, 5, 24])),
            )
            for n in range(draw(st.integers(0, 2)))
        ),
        notice_days=draw(st.integers(0, 2)),
    )


@st.composite
def searches(draw: st.DrawFn) -> tuple[Wish, Diary, Instant]:
    of = draw(small_offices())
    day = draw(st.sampled_from([FORWARD, BACK, date(2026, 4, 5), date(2026, 10, 4)])) - timedelta(days=1)
    begins = midnight_before(day, of.zone)
    every = [each.id for group in (of.staff, of.rooms, of.interpreters) for each in group]
    busy = {each: _taken(draw, begins) for each in every}
    wish = Wish(
        "housing",
        draw(st.sampled_from(Kind)),
        first_day=day,
        days=3,
        minutes=draw(st.sampled_from([0, 5, 60, 95])),
        officer_id=draw(st.sampled_from(["", "", of.staff[0].id])),
        with_room=draw(st.booleans()),
        room_id=draw(st.sampled_from(["", "", *(room.id for room in of.rooms[:1])])),
        features=draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(ALL_FEATURES), max_size=1))),
        seats=draw(st.sampled_from([1, 1, 2])),
        language=draw(st.sampled_from(["", "bfi", "pol"])),
        modes=draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(Mode), max_size=2))),
        interpreter_id=draw(st.sampled_from(["", "", *(each.id for each in of.interpreters[:1])])),
        earliest=draw(st.sampled_from([time.min, time(3, 15)])),
        latest=draw(st.sampled_from([time.max, time(2), time(4, 30)])),
        by_council=draw(st.booleans()),
    )
    return wish, Diary(of, busy), begins + draw(st.integers(-12, 30)) * HOUR


def _taken(draw: st.DrawFn, begins: Instant) -> tuple[Span, ...]:
    """Up to five spans of multiples of five minutes, in order and without overlap."""
    bounds = sorted(draw(st.sets(st.integers(-6, 72 * 12), max_size=10)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return tuple(Span(begins + first * 5 * MINUTE, begins + last * 5 * MINUTE) for first, last in pairs)


def every_place(wish: Wish, diary: Diary, now: Instant) -> Iterator[Place]:
    """All that there is to try, whether it is free or not, by start."""
    of = diary.office
    length = (wish.minutes or 30) * MINUTE
    rooms = [room.id for room in of.rooms if wish.room_id in ("", room.id)] if wish.wants_room else [""]
    interpreters = [each.id for each in of.interpreters if wish.interpreter_id in ("", each.id)]
    if not (wish.language or wish.interpreter_id):
        interpreters = [""]
    officers = [each.id for each in of.staff if wish.officer_id in ("", each.id)]
    for later in range(wish.days):
        day = max(wish.first_day, local_date(now, of.zone)) + timedelta(days=later)
        openings = spans_of(of.hours, day, of.zone)
        if wish.kind is Kind.HOME_VISIT:
            openings = (Span(midnight_before(day, of.zone), midnight_after(day, of.zone)),)
        for opening in openings:
            for starts in range(opening.starts, opening.ends, STEP):
                for officer, room, interpreter in product(officers, rooms, interpreters):
                    yield Place(starts, starts + length, officer, room, interpreter)


def is_asked_for(place: Place, wish: Wish, of: Office) -> bool:
    """The time of day, on a clock on the wall."""
    starts, ends = local_datetime(place.starts, of.zone), local_datetime(place.ends, of.zone)
    ends_next_day = ends.date() > starts.date()
    return starts.time() >= wish.earliest and (
        wish.latest == time.max or (not ends_next_day and ends.time() <= wish.latest)
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(searches())
def test_all_that_is_free_is_found_and_nothing_else(search: tuple[Wish, Diary, Instant]) -> None:
    wish, diary, now = search
    found = nearest_slots(wish, diary, now, 10_000)
    for slot in found:
        assert obstacles(slot.place, wish, diary, now) == ()
        assert bool(slot.place.room_id) == wish.wants_room
        assert bool(slot.place.interpreter_id) == bool(wish.language or wish.interpreter_id)
        assert wish.officer_id in ("", slot.place.officer_id)
        assert local_date(slot.place.starts, diary.office.zone) >= wish.first_day
    tried = sorted(
        {
            place.starts
            for place in every_place(wish, diary, now)
            if is_asked_for(place, wish, diary.office) and not obstacles(place, wish, diary, now)
        }
    )
    assert [slot.place.starts for slot in found] == tried
    assert tuple(free_starts(wish, diary, now)) == found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(searches(), st.integers(1, 5))
def test_the_nearest_are_the_nearest_that_are_a_choice(search: tuple[Wish, Diary, Instant], count: int) -> None:
    wish, diary, now = search
    everything = tuple(free_starts(wish, diary, now))
    offered = nearest_slots(wish, diary, now, count)
    assert len(offered) == min(count, len(everything))
    assert offered[:1] == everything[:1]
    chosen: list[Slot] = []
    for slot in everything:
        mine = [each.place for each in chosen if each.place.officer_id == slot.place.officer_id]
        if all(each.ends <= slot.place.starts for each in mine):
            chosen.append(slot)
    assert set(chosen[:count]) <= set(offered)
    if len(chosen) >= count:
        assert offered == tuple(chosen[:count])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(searches())
def test_a_slot_that_is_booked_is_offered_to_nobody_else(search: tuple[Wish, Diary, Instant]) -> None:
    wish, diary, now = search
    before = nearest_slots(wish, diary, now, 1)
    if not before:
        return
    place = before[0].place
    taken = taken_by(place, diary.office.services[0].set_up_minutes * MINUTE)
    lines = {each.id for each in diary.office.interpreters if each.is_line}
    busy = dict(diary.busy)
    for who, span in taken:
        if who not in lines:
            busy[who] = tuple(sorted((*busy[who], span)))
    again = nearest_slots(wish, Diary(diary.office, busy), now, 10_000)
    for slot in again:
        if slot.place.officer_id == place.officer_id:
            assert not Span(slot.place.starts, slot.place.ends).meets(Span(place.starts, place.ends))


def test_an_unbooked_week_of_search_keeps_to_the_span() -> None:
    span = search_span(HOUSING, office(), EARLY)
    found = nearest_slots(HOUSING, diary(), EARLY, 10_000)
    assert span.starts <= found[0].place.starts
    assert found[-1].place.ends <= span.ends
