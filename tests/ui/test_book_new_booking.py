"""A new booking: a service, a figure, a name and Enter; what is in the way, and what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.domain.booked import Kind
from reception.domain.person import Need, Person
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from reception.services.appointment_queries import FreeSlots
from tests.ui.book_driver import ENTER, ESCAPE, BookDriver
from tests.ui.sample_book import TODAY, at, row
from ui.book.move_panel import MovePanel
from ui.book.new_panel import NewPanel
from ui.panels.leaving import LeavingPanel


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


def test_service_figure_name_enter(book: BookDriver) -> None:
    panel = book.start_booking()
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
    book.choose("samuel")
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
    panel = book.start_booking()
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
    book.choose("samuel")
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
    panel = book.start_booking()
    book.key("2")
    book.until(lambda: panel._note_words == "held until 10.47am")
    assert len(book.fake.holds) == 1
    book.key(ESCAPE)
    book.until_panel(None)
    book.until(lambda: bool(book.done(ac.ReleaseHold)))
    assert not book.fake.holds


def test_another_figure_holds_another_slot_instead(book: BookDriver) -> None:
    panel = book.start_booking()
    book.key("1")
    book.until(lambda: len(book.done(ac.HoldSlot)) == 1)
    panel.finder.picks.setFocus()
    book.key("2")
    book.until(lambda: len(book.done(ac.HoldSlot)) == 2)
    assert book.done(ac.HoldSlot)[1].instead_of == book.done(ac.HoldSlot)[0].id
    assert len(book.fake.holds) == 1


def test_a_clash_keeps_what_was_typed_and_offers_the_next_times(book: BookDriver) -> None:
    panel = book.start_booking()
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
    panel = book.start_booking()
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
    panel = book.start_booking()
    panel.form.wants.set_open(True)
    book.click(panel.form.needs.tick(Need.BSL.value))
    book.click(panel.form.needs.tick(Need.STEP_FREE.value))
    wish = panel.wish()
    assert wish.language == "bfi"
    assert {each.value for each in wish.features} == {"step_free"}


def test_a_home_visit_has_a_purpose_and_a_password(book: BookDriver) -> None:
    panel = book.start_booking("h")
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
    panel = book.start_booking("h")
    book.key("1")
    book.type("Jean")
    assert not panel.form.home.password.isVisible()
    panel.form.home.have_ready.setFocus()
    book.type("Rent book")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.BookAppointment)))
    assert book.done(ac.BookAppointment)[0].home.have_ready == "Rent book"


def test_a_date_of_birth_that_is_none_is_said_at_its_field(book: BookDriver) -> None:
    panel = book.start_booking()
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
    book.choose("samuel")
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
    panel = book.start_booking()
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
