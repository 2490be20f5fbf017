"""Where everything stands in the book, in minutes and in pixels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.booked import RoomState, Standing
from reception.domain.visit_states import State
from tests.ui.sample_book import NOW, OFFICE, TODAY, at, book, row, rows
from ui.book.columns import Arrangement, By, Range
from ui.book.faces import At, face_of, face_of_hold, row_aloud, standing_at
from ui.book.geometry import Geometry, Seen, to_content, to_seen
from ui.book.plan import GroundKind, Plan, meeting, without
from ui.book.times import LocalDay
from ui.book.walking import Ghost, Walk, place_of
from ui.isolated import isolated
from ui.theme import Look

ZONE = OFFICE.zone
PIECES = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(lambda two: (min(two), max(two))), max_size=6
)


def plan(by: By = By.OFFICERS, **more: object) -> Plan:
    return Plan(book(**more), Arrangement(TODAY, by=by))


def column_of(shown: Plan, title: str) -> int:
    return next(at for at, column in enumerate(shown.columns) if column.title == title)


def test_officers_who_take_appointments_have_a_column_with_their_service() -> None:
    assert [(column.title, column.note) for column in plan().columns] == [
        ("Ewan Pritchard", "Council Tax"),
        ("Tomasz Zieliński", "Benefits"),
        ("Grace Okafor", "Housing"),
        ("Rukhsana Aziz", "Housing"),
        ("Li Wei", "Planning"),
        ("Siân Lewis", "Planning"),
    ]


def test_what_is_held_for_nobody_has_a_column_of_its_own() -> None:
    shown = plan(rows=(*rows(), row("x", "", at(12), 20, "Nobody's")))
    assert shown.columns[-1].title == "No officer yet"
    assert [block.key for block in shown.blocks[-1]] == ["x"]
    assert plan(By.ROOMS).columns[-1].title == "No room"


def test_a_week_shows_one_officers_days() -> None:
    shown = Plan(book(first=date(2026, 11, 23), days=7), Arrangement(TODAY, Range.WEEK, By.OFFICERS, "li"))
    assert [column.title for column in shown.columns] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert shown.columns[1].note == "24 November, 3 booked"
    assert [len(blocks) for blocks in shown.blocks] == [0, 3, 0, 0, 0]
    assert shown.today() == (1,)


def test_a_day_on_which_the_office_is_shut_is_not_free() -> None:
    for more, words in (
        ({"bank_holidays": frozenset({TODAY})}, "Bank holiday"),
        ({"office": replace(OFFICE, closures=frozenset({TODAY}))}, "Closed"),
    ):
        shown = plan(**more)
        assert {ground.words for column in shown.grounds for ground in column} == {words}
        assert all(not shown.free(column) for column in range(len(shown.columns)))


def test_a_room_out_of_use_is_not_free() -> None:
    rooms = (replace(OFFICE.rooms[0], state=RoomState.OUT_OF_USE), *OFFICE.rooms[1:])
    shown = plan(By.ROOMS, office=replace(OFFICE, rooms=rooms))
    assert [ground.words for ground in shown.grounds[0]] == ["Out of use"]
    assert shown.free(0) == ()
    assert shown.free(1)


def test_what_an_officer_may_not_be_booked_in_says_why() -> None:
    shown = plan()
    ewan = [(each.kind, each.starts, each.ends, each.words) for each in shown.grounds[0]]
    assert (GroundKind.OFF, 0, 9 * 60 + 15, "") in ewan
    assert (GroundKind.BUSY, 12 * 60 + 30, 13 * 60 + 30, "Lunch") in ewan
    assert [each.words for each in shown.grounds[column_of(shown, "Siân Lewis")] if each.words] == ["Leave"]


def test_free_pieces_leave_out_bookings_set_up_time_holds_breaks_and_absences() -> None:
    shown = plan()
    li = column_of(shown, "Li Wei")
    assert shown.free(li)[:4] == ((540, 570), (570, 600), (600, 630), (700, 720))
    assert shown.free(column_of(shown, "Siân Lewis")) == ()
    held = [piece for piece in shown.free(column_of(shown, "Rukhsana Aziz")) if piece[0] >= 16 * 60]
    assert held[0] == (16 * 60 + 30, 17 * 60)


def test_the_hours_shown_reach_as_far_as_what_is_booked() -> None:
    assert plan().hours == (9 * 60, 18 * 60)
    late = row("late", "li", at(18, 30), 45, "Late")
    assert plan(rows=(*rows(), late)).hours == (9 * 60, 20 * 60)


def test_appointments_at_one_time_stand_side_by_side() -> None:
    two = (row("a", "li", at(12), 40, "A"), row("b", "li", at(12, 20), 40, "B"), row("c", "li", at(13), 20, "C"))
    shown = plan(rows=two)
    lanes = {block.key: (block.lane, block.lanes) for block in shown.blocks[column_of(shown, "Li Wei")]}
    assert lanes == {"a": (0, 2), "b": (1, 2), "c": (0, 1)}


@given(PIECES, PIECES)
def test_without_and_meeting_part_a_day(pieces: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    def minutes(of: object) -> set[int]:
        return {minute for starts, ends in of for minute in range(starts, ends)}  # type: ignore[attr-defined]

    assert minutes(without(pieces, taken)) == minutes(pieces) - minutes(taken)
    assert minutes(meeting(pieces, taken)) == minutes(pieces) & minutes(taken)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 1439))
def test_a_minute_that_the_clock_shows_is_found_again(day: date, minute: int) -> None:
    local = LocalDay(day, ZONE)
    back = local.minute(local.instant(minute))
    skipped = local.ends - local.starts == 23 * 60 * MINUTE and 60 <= minute < 120
    assert back == (minute + 60 if skipped else minute)
    assert local.holds(local.instant(minute))


@pytest.mark.parametrize(
    ("key", "changes", "stands", "times"),
    [
        ("samuel", {}, At.DUE, "11.00"),
        ("noor", {}, At.NOT_HERE, "10.30 not here, 12 min"),
        ("mei", {}, At.HERE, "10.40 here 10.34"),
        ("joan", {}, At.SEEN, "9.30 seen 9.31"),
        ("noor", {"standing": Standing.DID_NOT_ATTEND}, At.MISSED, "10.30 missed"),
        ("mei", {"visit_state": State.ENDED}, At.LEFT, "10.40 left"),
        ("ffion", {"standing": Standing.ATTENDED}, At.TOOK_PLACE, "11.30 took place"),
    ],
)
def test_a_block_says_where_it_stands(key: str, changes: dict[str, object], stands: At, times: str) -> None:
    shown = replace(next(each for each in rows() if each.id == key), **changes)  # type: ignore[arg-type]
    assert standing_at(shown, NOW) is stands
    assert face_of(shown, NOW, ZONE).times[0] == times


def test_a_late_booking_keeps_its_time_and_name_where_there_is_one_line() -> None:
    late = replace(next(each for each in rows() if each.id == "noor"), name="محمد خان")
    face = face_of(late, NOW, ZONE)
    assert face.alone == "10.30 \u2068محمد خان\u2069, 12 min late", "the name keeps its direction to itself"
    assert (face.times[-1], face.name) == ("10.30", "محمد خان")
    assert isolated("Noor Khan") == "Noor Khan"


def test_a_held_time_says_who_holds_it_and_how_long() -> None:
    (hold,) = book().holds
    assert face_of_hold(hold, NOW, ZONE).alone == "4.00 held by Desk 1 for 4 min"
    assert face_of_hold(replace(hold, station=""), NOW, ZONE).alone == "4.00 held for 4 min"


def test_an_appointment_is_not_missed_before_its_minute_is_over() -> None:
    shown = row("a", "li", NOW, 20, "A")
    assert standing_at(shown, NOW + MINUTE - 1) is At.DUE
    assert standing_at(shown, NOW + MINUTE) is At.NOT_HERE


def test_an_appointment_aloud() -> None:
    by_key = {each.id: each for each in rows()}
    assert row_aloud(by_key["samuel"], NOW, ZONE) == (
        "11am to 11.40am, Samuel Adebayo, Planning, Room 3, British Sign Language, Large print, not here yet"
    )
    assert row_aloud(by_key["mei"], NOW, ZONE).endswith("陈美玲, Housing, here, ticket H009")
    assert row_aloud(by_key["nasreen"], NOW, ZONE).endswith("Room 1, Bengali interpreter, not here yet")
    assert row_aloud(by_key["ffion"], NOW, ZONE).endswith("Council Tax, By telephone, still to come")


def test_an_hour_is_as_high_as_the_theme_says_and_higher_where_slots_are_short(look: Look) -> None:
    usual = Geometry(plan(), look, 918)
    assert usual.y(10 * 60) - usual.y(9 * 60) == look.measure("size", "book_hour")
    assert usual.y(9 * 60) == 8
    short = Geometry(plan(rows=(row("a", "li", at(12), 10, "A"),)), look, 918)
    assert short.block_rect(plan(rows=(row("a", "li", at(12), 10, "A"),)).by_key["a"]).height() >= short.line


def test_columns_share_the_width_down_to_their_least(look: Look) -> None:
    assert Geometry(plan(), look, 918).column_edges(5) == (765, 918)
    assert {(11 * 60, "11am"), (12 * 60, "midday")} <= {*Geometry(plan(), look, 918).hours_words()}
    assert Geometry(plan(), look, 300).width == 6 * 128


@given(st.integers(-2000, 2000), st.integers(-500, 500), st.integers(0, 900), st.integers(0, 900), st.booleans())
def test_what_is_seen_is_found_again_in_the_content(x: int, y: int, right: int, down: int, mirrored: bool) -> None:
    from PySide6.QtCore import QRect

    seen = Seen(640, 480, right, down, mirrored)
    rect = QRect(x, y, 40, 20)
    assert to_content(to_seen(rect, seen), seen) == rect


def test_walking_down_a_column_comes_by_all_that_is_booked_and_free() -> None:
    shown = plan()
    walk = Walk(shown)
    li = column_of(shown, "Li Wei")
    spot = walk.spots(li)[0]
    found = [spot]
    while (after := walk.along(spot, 1)) != spot:
        spot = after
        found.append(spot)
    assert [each.key for each in found if each.key] == ["noor", "samuel", "aoife"]
    assert found == sorted(found, key=lambda each: each.starts)


def test_walking_across_leaves_out_a_column_without_anything() -> None:
    shown = plan()
    walk = Walk(shown)
    li = column_of(shown, "Li Wei")
    spot = walk.of_key("samuel")
    assert spot is not None
    assert walk.across(spot, 1, spot.starts) == spot, "Siân Lewis is on leave"
    assert walk.across(spot, -1, spot.starts).column == li - 1


def test_the_first_spot_is_the_next_appointment() -> None:
    found = Walk(plan()).first(10 * 60 + 42)
    assert found is not None
    assert found.key == "peter"


def test_a_ghost_stays_on_its_day_and_keeps_a_step() -> None:
    shown = next(each for each in rows() if each.id == "samuel")
    ghost = Ghost(shown, 4, 660, 700)
    assert (ghost.moved(-10_000).starts, ghost.moved(10_000).ends) == (0, 1440)
    assert ghost.stretched(0).ends == 670


@pytest.mark.parametrize(
    ("by", "title", "officer_id", "room_id"),
    [(By.OFFICERS, "Grace Okafor", "grace", "r3"), (By.ROOMS, "Room 1", "li", "r1")],
)
def test_a_dropped_ghost_takes_the_officer_or_room_of_its_column(
    by: By, title: str, officer_id: str, room_id: str
) -> None:
    shown = plan(by)
    samuel = shown.by_key["samuel"]
    assert samuel.row is not None
    ghost = Ghost(samuel.row, samuel.column, samuel.starts, samuel.ends).put(column_of(shown, title), 11 * 60 + 20)
    place = place_of(shown, ghost)
    assert (place.officer_id, place.room_id, place.interpreter_id) == (officer_id, room_id, "maria")
    assert (place.starts, place.ends) == (at(11, 20), at(12))


def test_in_a_week_a_column_is_another_day() -> None:
    shown = Plan(book(first=date(2026, 11, 23), days=7), Arrangement(TODAY, Range.WEEK, By.OFFICERS, "li"))
    samuel = shown.by_key["samuel"]
    assert samuel.row is not None
    place = place_of(shown, Ghost(samuel.row, samuel.column, samuel.starts, samuel.ends).put(3, samuel.starts))
    assert place.starts == at(11, day=TODAY + timedelta(days=2))
    assert place.officer_id == "li"
