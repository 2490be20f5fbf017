"""The book's page as a person uses it: keys, clicks and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reception.clock import MINUTE
from reception.domain.booked import InterpreterStatus, Kind, LetterKind, Standing
from reception.domain.person import Need, Person
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from reception.services.appointment_queries import FreeSlots
from tests.ui.book_driver import CTRL, ENTER, ESCAPE, BookDriver
from tests.ui.fake_book import FakeBook
from tests.ui.sample_book import NOW, TODAY, at, row, rows
from ui.book.absence_panel import AbsencePanel
from ui.book.batch_panel import BatchPanel
from ui.book.columns import By, Range
from ui.book.find_panel import EarlierPanel, FindPanel
from ui.panels.leaving import LeavingPanel
from ui.book.letter_panel import LetterPanel, kinds_for
from ui.book.move_panel import DroppedPanel, MovePanel
from ui.book.new_panel import NewPanel
from ui.book.small_panels import CancelPanel, DetailsPanel, InterpreterPanel
from ui.widgets import ElidingLabel

PLAIN: dict[str, object] = {
    "kind": Kind.OFFICE,
    "standing": Standing.BOOKED,
    "starts": NOW + MINUTE,
    "told_at": None,
    "moved": 0,
    "interpreter_id": "",
}
"""An appointment that is to come, of which there is nothing to say but that."""


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


def choose(book: BookDriver, key: str) -> None:
    book.page.grid.choose_key(key)
    book.until_still()


# -- days and columns --------------------------------------------------------------------------------------------


def test_it_opens_at_the_next_appointment(book: BookDriver) -> None:
    assert book.title() == "Tuesday 24 November"
    book.until(lambda: book.chosen() == "peter")
    assert book.page.grid.hasFocus()


def test_keys_turn_the_days_and_come_back(book: BookDriver) -> None:
    book.key(Qt.Key.Key_PageDown)
    assert book.title() == "Wednesday 25 November"
    book.key(Qt.Key.Key_PageUp)
    book.key(Qt.Key.Key_PageUp)
    assert book.title() == "Monday 23 November"
    book.key("t")
    book.until(lambda: book.title() == "Tuesday 24 November")


def test_a_week_is_of_whom_was_chosen(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("w")
    assert (book.title(), book.page.header.who.currentText()) == ("23 to 29 November", "Li Wei")
    book.until_answered()
    book.key(Qt.Key.Key_PageDown)
    assert (book.title(), book.page.header.who.currentText()) == ("30 November to 6 December", "Li Wei")
    book.key("d")
    assert book.page.shown().range is Range.DAY


def test_rooms_and_officers(book: BookDriver) -> None:
    book.key("r")
    assert book.page.shown().by is By.ROOMS
    book.until(lambda: book.page.grid.plan().columns[0].title == "Room 1")  # type: ignore[union-attr]
    book.key("o")
    assert book.page.shown().by is By.OFFICERS


def test_what_another_desk_books_is_shown_by_itself(book: BookDriver) -> None:
    book.link.watch(_desk())
    new = row("new", "ewan", at(16), 15, "New One")
    book.fake.rows["new"] = new
    book.fake.sequence += 1
    book.until(lambda: "new" in book.page.grid.plan().by_key)  # type: ignore[union-attr]


def _desk() -> object:
    from reception.services.queries import Desk

    return Desk("civic", "c3", "Desk 3")


def test_escape_leaves_the_book(book: BookDriver) -> None:
    book.key(ESCAPE)
    assert book.left == [True]


def test_a_database_that_does_not_answer_says_so(book: BookDriver) -> None:
    book.fake.fail_ask = Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")
    book.key(Qt.Key.Key_PageDown)
    book.until(book.page.problem.isVisible)
    assert book.page.problem.text() == "The database can't be reached. Check the network."
    assert book.page.grid.plan() is None, "what is known of Tuesday does not pass for Wednesday"
    book.page.grid.grab()
    book.fake.fail_ask = None
    book.key(Qt.Key.Key_PageUp)
    book.until(lambda: book.page.grid.plan() is not None)
    assert book.page.problem.isHidden()


# -- the card ----------------------------------------------------------------------------------------------------


def card_words(book: BookDriver) -> str:
    from PySide6.QtWidgets import QWidget

    return " | ".join(each.accessibleName() for each in book.page.card.findChildren(QWidget) if each.isVisible())


def test_the_card_says_who_what_and_what_is_held(book: BookDriver) -> None:
    choose(book, "samuel")
    book.until(lambda: "About: Extension" in card_words(book))
    words = card_words(book)
    for said in (
        "11am to 11.40am",
        "Planning, today, in 18 min",
        "Visitor: Samuel Adebayo",
        "British Sign Language, Large print",
        "Held together, no clash",
        "Li Wei, officer: Free 10.50 to 12.30",
        "Room 3, private: Set-up from 10.50, free again 11.40",
        "Maria Szabó, BSL interpreter: Due 10.50, ordered, not confirmed yet",
    ):
        assert said in words, said


def test_a_clash_is_said(qtbot: QtBot) -> None:
    door = FakeBook(rows=(*rows(), row("twice", "li", at(11, 20), 30, "Twice")))
    book = BookDriver(qtbot, door)
    choose(book, "samuel")
    assert "Li Wei, officer: Clash: booked from 11.20" in card_words(book)
    assert "with a clash" in card_words(book)
    book.link.close()


def test_check_in(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_F3)
    book.until(lambda: bool(book.done(ac.CheckIn)))
    book.until(lambda: "Here since 10.42am, ticket P007" in card_words(book))
    assert not book.said, "the desk says it, in its own words"
    assert len(book.arrived) == 1


def test_a_refused_check_in_says_why(book: BookDriver) -> None:
    choose(book, "samuel")
    book.fake.fail_do = [Refusal(Code.ALREADY_CHECKED_IN, "This visitor is here already.", "Look in the queue.")]
    book.key(Qt.Key.Key_F3)
    book.until(lambda: bool(book.arrived))
    no, row = book.arrived[0]
    assert (no.code, row.id) == (Code.ALREADY_CHECKED_IN, "samuel")  # type: ignore[attr-defined]


def test_a_telephone_that_nobody_answers_is_not_attended(book: BookDriver) -> None:
    choose(book, "ffion")
    assert not book.has_button("No answer"), "it is at 11.30"
    book.key("x")
    assert book.page.problem.text().startswith("It has not begun yet.")
    book.elapsed = 66 * MINUTE
    book.pulse.set_now(NOW + 66 * MINUTE)
    book.until(lambda: book.has_button("No answer"))
    book.press("No answer")
    book.until(lambda: bool(book.done(ac.DidNotAttend)))


def test_what_is_past_is_not_offered(book: BookDriver) -> None:
    grid = book.page.grid
    past = next(spot for spot in grid.spots() if not spot.key and spot.ends <= 10 * 60)
    grid.choose(past)
    book.until_still()
    assert "Past, today" in card_words(book) or any(
        label.text() == "Past, today" for label in book.page.card.findChildren(ElidingLabel)
    )
    assert book.page.card.new.isHidden()
    later = next(spot for spot in grid.spots() if not spot.key and spot.starts >= 15 * 60)
    grid.choose(later)
    book.until_still()
    assert book.page.card.new.isVisible()


def test_a_telephone_appointment_took_place(book: BookDriver) -> None:
    choose(book, "ffion")
    assert not book.has_button("Took place"), "it is at 11.30"
    book.key(Qt.Key.Key_F3)
    assert book.page.problem.text() == "It has not begun yet. Press F3 from its time on."
    book.elapsed = 48 * MINUTE
    book.pulse.set_now(NOW + 48 * MINUTE)
    book.until(lambda: book.has_button("Took place"))
    book.key(Qt.Key.Key_F3)
    book.until(lambda: bool(book.done(ac.Attended)))


def test_who_has_not_come_is_marked(book: BookDriver) -> None:
    choose(book, "samuel")
    assert not book.has_button("Did not attend"), "not before its time"
    choose(book, "noor")
    book.press("Did not attend")
    book.until(lambda: bool(book.done(ac.DidNotAttend)))


# -- moving ------------------------------------------------------------------------------------------------------


def test_dragging_asks_and_enter_moves(book: BookDriver) -> None:
    book.fake.wanting = ()
    start = book.point_of("dawn")
    book.drag(start, start + QPoint(0, 60))
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Move to 12.25pm?"
    assert book.page.grid.ghost() is not None
    book.key(ENTER)
    book.until_panel(None)
    assert book.done(ac.MoveAppointment)[0].place.starts == at(12, 25)
    book.until(lambda: book.page.grid.ghost() is None)


def test_moving_by_keys_to_another_officer(book: BookDriver) -> None:
    choose(book, "aoife")
    book.key("m")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, ENTER):
        book.key(key)
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Move to 2.10pm, Rukhsana Aziz?"
    book.key(ESCAPE)
    book.until_panel(None)
    assert book.page.grid.ghost() is None
    assert not book.done(ac.MoveAppointment)


def test_a_move_is_done_once(book: BookDriver) -> None:
    book.fake.wanting = ()
    choose(book, "aoife")
    book.key("m")
    for _ in range(6):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    book.until_panel(DroppedPanel)
    book.fake.gate.clear()
    book.key(ENTER)
    book.key(ENTER)
    book.fake.gate.set()
    book.until_panel(None)
    moves = book.done(ac.MoveAppointment)
    assert len(moves) == 1
    assert (moves[0].place.starts, moves[0].version, moves[0].by_visitor) == (at(15), 1, True)
    book.until(lambda: book.chosen() == "aoife")


def test_a_clash_offers_the_next_times_and_one_of_them_is_taken(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("m")
    for _ in range(18):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Move to 2pm?"
    book.key(ENTER)
    book.until(lambda: panel.problem() == "Somebody else has this time. Choose one of the next free times.")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.key("2")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))


def test_out_of_hours_needs_a_reason_which_is_kept(book: BookDriver) -> None:
    choose(book, "aoife")
    book.key("m")
    for _ in range(20):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(panel.asks_reason)
    book.key(ENTER)
    assert panel.problem().startswith("Say why")
    book.type("Works until five")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    assert book.done(ac.MoveAppointment)[0].reason == "Works until five"


def test_another_time_in_one_question(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key("3")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    move = book.done(ac.MoveAppointment)[0]
    assert len(move.offered) == 3
    assert move.place.starts == move.offered[2]


def test_another_day_is_shown_with_the_appointment_chosen(book: BookDriver) -> None:
    choose(book, "samuel")
    day = book.page.shown().day
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    panel.finder.day.setCurrentIndex(3)
    book.until(lambda: all(place.starts > at(0, 0, day + timedelta(days=3)) for place in _places(panel)))  # type: ignore[attr-defined]
    book.until_still()
    panel.finder.picks.setFocus()
    book.key(ENTER)
    book.key(ENTER)
    book.until_panel(None)
    book.until(lambda: book.page.shown().day == day + timedelta(days=3))
    book.until(lambda: book.chosen() == "samuel")


def test_stretching_by_keys(book: BookDriver) -> None:
    choose(book, "aoife")
    book.key("-")
    book.key(ENTER)
    book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    place = book.done(ac.MoveAppointment)[0].place
    assert place.ends - place.starts == 35 * MINUTE


# -- a new booking -----------------------------------------------------------------------------------------------


def start_booking(book: BookDriver, service: str = "p") -> NewPanel:
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key(service)
    book.until(lambda: bool(panel.finder.picks.picks()))
    book.until_still()
    return panel  # type: ignore[no-any-return]


def test_service_figure_name_enter(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("1")
    book.until(lambda: bool(book.done(ac.HoldSlot)))
    assert panel.form.name.hasFocus()
    book.type("Ngozi Eze")
    book.key(ENTER)
    book.until_panel(None)
    booked = book.done(ac.BookAppointment)
    assert len(booked) == 1
    assert booked[0].visitor.person.name == "Ngozi Eze"
    assert booked[0].hold_id == book.done(ac.HoldSlot)[0].id
    assert book.said == [f"Booked, {book.fake.rows['new19'].reference}."]
    book.until(lambda: book.chosen() == "new19")


def test_times_that_cannot_be_looked_up_are_not_looked_for_for_ever(
    book: BookDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_query: object) -> None:
        raise Refusal(Code.CUT_OFF, "Free times can't be looked up.", "Offer one later.")

    monkeypatch.setattr(book.fake, "ask_FreeSlots", refuse)
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: panel.problem() == "Free times can't be looked up. Offer one later.")
    assert panel.finder.words.text() == "Free times can't be looked up."


def test_the_free_piece_under_the_cursor_is_offered_first(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_Down)
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: panel.finder.slot() is not None)
    slot = panel.finder.slot()
    assert slot is not None
    assert (slot.place.starts, slot.place.ends, slot.officer) == (at(11, 40), at(12, 20), "Li Wei")


def test_a_free_piece_that_is_past_is_not_offered(book: BookDriver) -> None:
    past = next(each for each in book.page.grid.spots() if not each.key and each.starts < 10 * 60)
    book.page.grid.choose(past)
    assert book.page.chosen().free is not None
    panel = start_booking(book)
    book.until_still()
    assert panel.finder.slot() is None
    assert all(place.starts >= book.page.now() for place in _places(panel))  # type: ignore[attr-defined]


def test_a_free_room_under_the_cursor_is_wished_for_at_its_time(book: BookDriver) -> None:
    book.key("r")
    book.until_answered()
    room = next(each for each in book.page.grid.spots() if not each.key and each.column == 1 and each.starts == 13 * 60)
    book.page.grid.choose(room)
    book.key("n")
    book.until_panel(NewPanel)
    book.until_still()
    book.key("h")
    book.until(lambda: any(isinstance(each, FreeSlots) for each in book.fake.asked))
    wish = next(each for each in book.fake.asked if isinstance(each, FreeSlots)).wish
    assert (wish.room_id, wish.first_day, wish.earliest) == ("r2", TODAY, time(13))


def test_who_needs_an_interpreter_is_not_given_what_was_only_pointed_at(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_Down)
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: panel.finder.slot() is not None)
    panel.more.language.set_value("bfi")
    book.until(lambda: any(isinstance(each, FreeSlots) and each.wish.language for each in book.fake.asked))
    wish = next(each for each in book.fake.asked if isinstance(each, FreeSlots) and each.wish.language).wish
    assert (wish.officer_id, wish.earliest) == ("li", time(11, 40))


def test_a_slot_that_is_held_says_until_when_and_is_let_go_on_escape(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("2")
    book.until(lambda: panel._note_words == "held until 10.47am")
    assert len(book.fake.holds) == 1
    book.key(ESCAPE)
    book.until_panel(None)
    book.until(lambda: bool(book.done(ac.ReleaseHold)))
    assert not book.fake.holds


def test_another_figure_holds_another_slot_instead(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("1")
    book.until(lambda: len(book.done(ac.HoldSlot)) == 1)
    panel.finder.picks.setFocus()
    book.key("2")
    book.until(lambda: len(book.done(ac.HoldSlot)) == 2)
    assert book.done(ac.HoldSlot)[1].instead_of == book.done(ac.HoldSlot)[0].id
    assert len(book.fake.holds) == 1


def test_a_clash_keeps_what_was_typed_and_offers_the_next_times(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("1")
    book.type("Ngozi Eze")
    taken = panel.finder.slot()
    assert taken is not None
    other = row("other", "li", taken.place.starts, 40, "Somebody")
    book.fake.rows["other"] = other
    book.key(ENTER)
    book.until(lambda: "Somebody else has this time" in panel.problem())
    book.until(lambda: all(slot.starts != taken.place.starts for slot in _places(panel)))
    assert panel.form.name.text() == "Ngozi Eze"
    assert len(panel.finder.picks.picks()) == 3
    book.key("1")
    next_one = panel.finder.slot()
    assert next_one is not None, "the next is one key away"
    book.key(ENTER)
    book.until_panel(None)
    assert book.done(ac.BookAppointment)[-1].place == next_one.place


def _places(panel: NewPanel | MovePanel) -> list[object]:
    return [slot.place for slot in panel.finder._slots.values()]


def test_escape_asks_before_it_throws_away_what_was_typed(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("1")
    book.type("Ngozi")
    book.key(ESCAPE)
    book.until_panel(LeavingPanel)
    book.key(ENTER)
    assert book.panel() is panel
    assert panel.form.name.text() == "Ngozi"
    book.key(ESCAPE)
    book.until_panel(LeavingPanel)
    book.key("d")
    book.until_panel(None)
    assert not book.done(ac.BookAppointment)


def test_needs_narrow_the_room_and_ask_for_an_interpreter(book: BookDriver) -> None:
    panel = start_booking(book)
    panel.form.wants.set_open(True)
    book.click(panel.form.needs.tick(Need.BSL.value))
    book.click(panel.form.needs.tick(Need.STEP_FREE.value))
    wish = panel.wish()
    assert wish.language == "bfi"
    assert {each.value for each in wish.features} == {"step_free"}


def test_a_home_visit_has_a_purpose_and_a_password(book: BookDriver) -> None:
    panel = start_booking(book, "h")
    panel.kind.set_value(Kind.HOME_VISIT)
    book.until_still()
    panel.finder.picks.setFocus()
    book.key("1")
    book.type("Jean")
    panel.form.home.purpose.setFocus()
    book.type("Damp")
    panel.form.home.password.setFocus()
    book.type("Bluebell")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.BookAppointment)))
    made = book.done(ac.BookAppointment)[0]
    assert (made.kind, made.home.purpose, made.home.password, made.by_council) == (
        Kind.HOME_VISIT,
        "Damp",
        "Bluebell",
        True,
    )


def test_at_the_office_there_may_be_something_to_have_ready_and_no_password(book: BookDriver) -> None:
    panel = start_booking(book, "h")
    book.key("1")
    book.type("Jean")
    assert not panel.form.home.password.isVisible()
    panel.form.home.have_ready.setFocus()
    book.type("Rent book")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.BookAppointment)))
    assert book.done(ac.BookAppointment)[0].home.have_ready == "Rent book"


def test_a_date_of_birth_that_is_none_is_said_at_its_field(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("1")
    panel.form.reach.set_open(True)
    panel.form.born.setFocus()
    book.type("31 2 1971")
    book.key(ENTER)
    book.until(lambda: bool(panel.problem()))
    assert panel.form.born.fault()
    assert not book.done(ac.BookAppointment)


def test_enter_without_an_answer_says_what_is_missing(book: BookDriver) -> None:
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    panel.main_button().setFocus()
    book.key(ENTER)
    assert panel.problem() == "Choose a service first. Its letter is enough."
    book.key("p")
    book.until(lambda: bool(panel.finder.picks.picks()))
    panel.form.name.setFocus()
    book.key(ENTER)
    assert panel.problem() == "Choose a time first. Its figure is enough."
    assert not book.done(ac.BookAppointment)


def test_enter_takes_what_is_ringed_one_question_after_the_other(book: BookDriver) -> None:
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.key(ENTER)
    assert panel.service.value(), "the ringed service is taken"
    book.until(lambda: bool(panel.finder.picks.picks()))
    book.until_still()
    assert panel.finder.slot() is None
    book.key(ENTER)
    slot = panel.finder.slot()
    assert slot is not None and panel.form.name.hasFocus()
    assert not book.done(ac.BookAppointment), "one Enter does one thing"
    book.type("Ngozi Eze")
    book.key(ENTER)
    book.until_panel(None)
    assert book.done(ac.BookAppointment)[0].place == slot.place


def test_enter_takes_the_ringed_time_and_enter_moves_it_there(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    wanted = panel.finder.slot()
    assert wanted is not None and panel.main_button().hasFocus()
    assert not book.done(ac.MoveAppointment)
    book.key(ENTER)
    book.until_panel(None)
    assert book.done(ac.MoveAppointment)[0].place == wanted.place


def test_a_repeat_booking(book: BookDriver) -> None:
    panel = start_booking(book)
    book.key("1")
    panel.rest.every.set_value("2")
    panel.rest.times.set_value("6")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.BookAppointment)))
    assert book.done(ac.BookAppointment)[0].repeat == ac.Repeat(2, 6)


def test_a_walk_in_becomes_a_booking(book: BookDriver) -> None:
    book.page.book_visit("v7", "housing", Person("Amina Diallo", needs=frozenset({Need.PRIVATE})))
    panel = book.until_panel(NewPanel)
    book.until(lambda: bool(panel.finder.picks.picks()))
    assert panel.form.name.text() == "Amina Diallo"
    panel.finder.picks.setFocus()
    book.key("1")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.BookAppointment)))
    assert book.done(ac.BookAppointment)[0].visit_id == "v7"


# -- the other questions -----------------------------------------------------------------------------------------


def test_cancelling(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_Delete)
    panel = book.until_panel(CancelPanel)
    book.key(ESCAPE)
    book.until_panel(None)
    book.key(Qt.Key.Key_Delete)
    panel = book.until_panel(CancelPanel)
    panel.who.set_value("council")
    book.key(ENTER)
    book.until(lambda: book.fake.rows["samuel"].standing is Standing.CANCELLED)
    assert book.done(ac.CancelAppointment)[0].by_visitor is False
    book.until(lambda: "samuel" not in book.page.grid.plan().by_key)  # type: ignore[union-attr]


def test_correcting_details(book: BookDriver) -> None:
    choose(book, "samuel")
    book.until(lambda: book.page.chosen().card is not None)
    book.key(ENTER)
    panel = book.until_panel(DetailsPanel)
    assert panel.form.address.text() == "7 Fernhollow Close\nPotters Bar\nEN6 1AB"
    panel.form.telephone.setFocus()
    panel.form.telephone.selectAll()
    book.type("01707 555099")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.CorrectAppointment)))
    assert book.done(ac.CorrectAppointment)[0].visitor.telephone == "01707 555099"


def test_finding(book: BookDriver) -> None:
    book.key("f", CTRL)
    panel = book.until_panel(FindPanel)
    book.type("zzz")
    book.until(lambda: panel.words.text() == "Nothing found for “zzz”.")
    panel.text.clear()
    book.type("adebayo")
    book.until(lambda: len(panel.picks.picks()) == 1)
    book.key(ENTER)
    book.until_panel(None)
    book.until(lambda: book.chosen() == "samuel")


def test_an_appointment_of_another_day_is_shown(book: BookDriver) -> None:
    later = row("later", "li", at(10, 0, TODAY + timedelta(days=7)), 40, "Later One")
    book.fake.rows["later"] = later
    book.page.show_appointment(later)
    book.until(lambda: book.chosen() == "later")
    assert book.title() == "Tuesday 1 December"


def test_the_interpreter_is_confirmed(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("i")
    book.until_panel(InterpreterPanel)
    book.key("3")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.ProgressInterpreter)))
    assert book.done(ac.ProgressInterpreter)[0].status is InterpreterStatus.CONFIRMED


def test_who_wants_an_earlier_slot_is_offered_what_is_free(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_Down)
    book.key("l")
    panel = book.until_panel(EarlierPanel)
    book.until(lambda: len(panel.picks.picks()) == 1)
    book.key(ENTER)
    asked = book.until_panel(DroppedPanel)
    assert asked.title.text().startswith("Move to 11.40am")


def test_an_absence_over_appointments_is_asked_twice(book: BookDriver) -> None:
    book.page.grid.choose(None)
    book.key("a")
    panel = book.until_panel(AbsencePanel)
    panel.officer.set_value("li")
    panel.opens.setFocus()
    book.type("1pm")
    panel.closes.setFocus()
    book.type("3.30")
    book.key(ENTER)
    book.until(lambda: "stand in this time" in panel.problem())
    assert book.has_button("Enter it all the same")
    book.key(ENTER)
    book.until_panel(None)
    absence = book.done(ac.EnterAbsence)[0]
    assert (absence.starts, absence.ends, absence.anyway) == (at(13), at(15, 30), True)


def test_an_absence_is_taken_out(book: BookDriver) -> None:
    book.page.grid.choose(None)
    book.key("a")
    panel = book.until_panel(AbsencePanel)
    panel.officer.set_value("rukhsana")
    book.press("Take out: meeting, 9am to 9.45am today")
    book.until_panel(None)
    assert book.done(ac.RemoveAbsence)[0].absence_id == "a1"


def test_what_falls_free_is_offered_to_who_wants_an_earlier_slot(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_Delete)
    book.until_panel(CancelPanel)
    book.key(ENTER)
    book.until(book.page.freed.isVisible)
    words = "The old time, 11am today, is free: 1 person wants an earlier slot."
    assert (book.page.freed.words.text(), book.panel()) == (words, None)
    book.press("Offer it")
    panel = book.until_panel(EarlierPanel)
    book.until(lambda: len(panel.picks.picks()) == 1)
    assert not panel.picks.value(), "nobody is chosen unasked"
    book.key("1")
    book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    assert book.done(ac.MoveAppointment)[0].place.starts == at(11)


def test_nobody_is_offered_what_falls_free_when_nobody_waits_for_it(book: BookDriver) -> None:
    book.fake.wanting = ()
    book.fake.sequence += 1
    book.page.reading.read()
    choose(book, "samuel")
    book.key(Qt.Key.Key_Delete)
    book.until_panel(CancelPanel)
    book.key(ENTER)
    book.until_panel(None)
    book.until_still()
    assert book.panel() is None


def test_on_the_list_for_an_earlier_slot_and_off_it(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("y")
    book.until(lambda: bool(book.said))
    assert book.said == ["On the list for an earlier slot."]
    book.until(lambda: book.has_button("Off earlier list"))


def test_a_hold_that_ran_out_is_gone(book: BookDriver) -> None:
    assert "h1" not in book.page.grid.plan().by_key  # type: ignore[union-attr]
    panel = start_booking(book)
    book.key("1")
    book.until(lambda: bool(book.page.view().holds))
    book.fake.holds.clear()
    book.elapsed = 6 * MINUTE
    book.pulse.set_now(NOW + 6 * MINUTE)
    book.until(lambda: not book.page.view().holds)
    assert panel._note_words == "no longer held"


def test_while_something_moves_the_page_says_how(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("m")
    assert book.page.card.hint.isVisible()
    book.key(ESCAPE)
    assert not book.page.card.hint.isVisible()
    assert book.left == []


def test_a_time_that_is_none_is_said(book: BookDriver) -> None:
    book.page.grid.choose(None)
    book.key("a")
    panel = book.until_panel(AbsencePanel)
    panel.opens.setFocus()
    book.type("late")
    book.key(ENTER)
    assert panel.problem().startswith("This time can't be read.")
    assert panel.opens.hasFocus()


# -- letters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, [LetterKind.CONFIRMATION]),
        ({"starts": NOW}, [LetterKind.CONFIRMATION, LetterKind.DELAY_APOLOGY]),
        ({"told_at": NOW}, [LetterKind.CONFIRMATION, LetterKind.DELAY_APOLOGY]),
        ({"moved": 1}, [LetterKind.NEW_TIME, LetterKind.CONFIRMATION]),
        ({"standing": Standing.CANCELLED, "interpreter_id": "bsl"}, [LetterKind.CANCELLATION]),
        ({"standing": Standing.DID_NOT_ATTEND}, [LetterKind.MISSED]),
        ({"standing": Standing.ATTENDED, "kind": Kind.HOME_VISIT}, [LetterKind.DELAY_APOLOGY]),
        ({"kind": Kind.HOME_VISIT}, [LetterKind.HOME_VISIT, LetterKind.CONFIRMATION]),
        ({"interpreter_id": "bsl"}, [LetterKind.CONFIRMATION, LetterKind.INTERPRETER_ORDER]),
    ],
    ids=["stands", "time has come", "told", "moved", "cancelled", "missed", "took place", "home visit", "interpreter"],
)
def test_a_letter_is_offered_where_it_says_what_is_so(changes: dict[str, object], kinds: list[LetterKind]) -> None:
    plain = replace(rows()[0], **PLAIN | changes)
    assert list(kinds_for(plain, NOW)) == kinds


def test_a_letter_is_looked_at_printed_and_kept(book: BookDriver) -> None:
    choose(book, "samuel")
    assert book.has_button("Print letter, large print")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.KeepLetter)))
    assert [letter.kind for letter in book.fake.letters] == [LetterKind.CONFIRMATION]
    assert book.done(ac.KeepLetter)[0].large_print is True


@pytest.mark.parametrize("fails", [False, True], ids=["printed", "jammed"])
def test_a_letter_is_printed_once_and_what_came_of_it_is_told_though_its_panel_was_left(
    book: BookDriver, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    book.fake.print_gate.clear()
    if fails:
        book.fake.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Fill it and print again.")
    asked_where: list[object] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *of: (asked_where.append(of), ("", ""))[1])
    choose(book, "samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    for key in (ENTER, ENTER, "s"):
        book.key(key)
    assert panel.problem() == "The letter is still being printed. Wait a moment."
    assert not asked_where
    book.key(ESCAPE)
    book.until_panel(None)
    book.until(lambda: not isValid(panel))
    book.fake.print_gate.set()
    if fails:
        book.until(lambda: book.page.problem.text() == "The printer has no paper. Fill it and print again.")
    else:
        book.until(lambda: book.said == ["The letter is kept with the booking."])
        assert len(book.fake.letters) == len(book.done(ac.KeepLetter)) == 1


def test_where_a_letter_is_to_be_saved_is_asked_to_the_end_whatever_becomes_of_its_panel(
    book: BookDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"

    def ask(parent: QWidget, *_: object) -> tuple[str, str]:
        book.page.stack.close_idle()
        book.qtbot.waitUntil(lambda: not isValid(panel))
        assert isValid(parent)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    choose(book, "samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    book.key("s")
    book.until(lambda: book.said == ["The letter is kept with the booking."])
    assert file.is_file()


def test_a_refusal_is_said_though_the_question_was_left(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key(Qt.Key.Key_Delete)
    book.until_panel(CancelPanel)
    book.fake.gate.clear()
    book.key(ENTER)
    book.key(ESCAPE)
    book.until_panel(None)
    book.fake.fail_do.append(Refusal(Code.NOT_POSSIBLE_NOW, "It was checked in meanwhile.", "Look at the queue."))
    book.fake.gate.set()
    book.until(lambda: book.page.problem.text() == "It was checked in meanwhile. Look at the queue.")


def test_staff_are_told_of_a_letter_in_a_language_that_nobody_checked(book: BookDriver) -> None:
    book.fake.letters_in = "pl"
    choose(book, "samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 3)
    assert panel.about_language.isVisible()
    assert panel.about_language.text() == (
        "Polish: drafted, not yet checked by a translator. In English below it: the copy for the file."
    )
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.KeepLetter)))
    assert book.done(ac.KeepLetter)[0].language == "pl"


def test_do_not_write_is_said_and_nothing_printed(book: BookDriver) -> None:
    book.fake.refuse_letter = Refusal(Code.DO_NOT_WRITE, "This visitor is not to be written to.", "Ring instead.")
    choose(book, "samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.problem() == "This visitor is not to be written to. Ring instead.")
    assert not book.fake.letters


def test_a_jammed_printer_is_said(book: BookDriver) -> None:
    book.fake.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Fill it and print again.")
    choose(book, "samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    book.key(ENTER)
    book.until(lambda: panel.problem() == "The printer has no paper. Fill it and print again.")
    assert not book.done(ac.KeepLetter)


def test_all_letters_of_tomorrow(book: BookDriver) -> None:
    for number in range(3):
        starts = at(10 + number, 0, TODAY + timedelta(days=1))
        book.fake.rows[f"t{number}"] = row(f"t{number}", "li", starts, 40, f"Visitor {number}")
    choose(book, "samuel")
    book.key("p", CTRL | Qt.KeyboardModifier.ShiftModifier)
    panel = book.until_panel(BatchPanel)
    book.until(lambda: panel.words.text().startswith("3 letters to print."))
    book.key(ENTER)
    book.until(lambda: panel.words.text() == "3 letters printed.")
    assert panel.bar.value() == 3
    book.until(lambda: len(book.done(ac.KeepLetter)) == 3)


def test_times_go_on_by_the_pulse(book: BookDriver) -> None:
    choose(book, "samuel")
    book.elapsed = 5 * MINUTE
    book.pulse.set_now(NOW + 5 * MINUTE)
    book.until(lambda: "in 13 min" in card_words(book))
