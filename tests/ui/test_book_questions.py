"""The other questions of the book: cancelling, details, finding, absences, and who wants an earlier slot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.domain.booked import InterpreterStatus, Standing
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from tests.ui.book_driver import CTRL, ENTER, ESCAPE, BookDriver
from tests.ui.sample_book import NOW, TODAY, at, row
from ui.book.absence_panel import AbsencePanel
from ui.book.find_panel import EarlierPanel, FindPanel
from ui.book.move_panel import DroppedPanel
from ui.book.small_panels import CancelPanel, DetailsPanel, InterpreterPanel


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


def test_cancelling(book: BookDriver) -> None:
    book.choose("samuel")
    book.key(Qt.Key.Key_Delete)
    panel = book.until_panel(CancelPanel)
    book.key(ESCAPE)
    book.until_panel(None)
    book.key(Qt.Key.Key_Delete)
    panel = book.until_panel(CancelPanel)
    panel.who.set_value("council")
    offered: list[tuple[str, str]] = []
    book.page.may_write.connect(lambda *told: offered.append(told))
    book.key(ENTER)
    book.until(lambda: book.fake.rows["samuel"].standing is Standing.CANCELLED)
    assert book.done(ac.CancelAppointment)[0].by_visitor is False
    book.until(lambda: offered == [("Cancelled. The time is free.", "samuel")])
    book.until(lambda: "samuel" not in book.page.grid.plan().by_key)  # type: ignore[union-attr]


def test_correcting_details(book: BookDriver) -> None:
    book.choose("samuel")
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
    book.choose("samuel")
    book.key("i")
    book.until_panel(InterpreterPanel)
    book.key("3")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.ProgressInterpreter)))
    assert book.done(ac.ProgressInterpreter)[0].status is InterpreterStatus.CONFIRMED


def test_who_wants_an_earlier_slot_is_offered_what_is_free(book: BookDriver) -> None:
    book.choose("samuel")
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
    book.choose("samuel")
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
    book.choose("samuel")
    book.key(Qt.Key.Key_Delete)
    book.until_panel(CancelPanel)
    book.key(ENTER)
    book.until_panel(None)
    book.until_still()
    assert book.panel() is None


def test_on_the_list_for_an_earlier_slot_and_off_it(book: BookDriver) -> None:
    book.choose("samuel")
    book.key("y")
    book.until(lambda: bool(book.said))
    assert book.said == ["On the list for an earlier slot."]
    book.until(lambda: book.has_button("Off earlier list"))


def test_a_hold_that_ran_out_is_gone(book: BookDriver) -> None:
    assert "h1" not in book.page.grid.plan().by_key  # type: ignore[union-attr]
    panel = book.start_booking()
    book.key("1")
    book.until(lambda: bool(book.page.view().holds))
    book.fake.holds.clear()
    book.elapsed = 6 * MINUTE
    book.pulse.set_now(NOW + 6 * MINUTE)
    book.until(lambda: not book.page.view().holds)
    assert panel._note_words == "no longer held"


def test_while_something_moves_the_page_says_how(book: BookDriver) -> None:
    book.choose("samuel")
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


def test_a_refusal_is_said_though_the_question_was_left(book: BookDriver) -> None:
    book.choose("samuel")
    book.key(Qt.Key.Key_Delete)
    book.until_panel(CancelPanel)
    book.fake.gate.clear()
    book.key(ENTER)
    book.key(ESCAPE)
    book.until_panel(None)
    book.fake.fail_do.append(Refusal(Code.NOT_POSSIBLE_NOW, "It was checked in meanwhile.", "Look at the queue."))
    book.fake.gate.set()
    book.until(lambda: book.page.problem.text() == "It was checked in meanwhile. Look at the queue.")
