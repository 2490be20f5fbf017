"""Wherever the book is, its keys work or say why not; Escape goes one step back; the focus is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.domain.book import AbsenceRow
from reception.domain.booked import AbsenceKind, LetterKind
from reception.domain.person import Person
from reception.services import appointment_commands as ac
from reception.services.appointment_queries import Book, FreeSlots
from tests.ui.book_driver import CTRL, ENTER, ESCAPE, BookDriver
from tests.ui.fake_book import FakeBook
from tests.ui.hearing import faults, unreached
from tests.ui.sample_book import TODAY, at, card, row, rows
from ui.book.absence_panel import AbsencePanel
from ui.book.batch_panel import BatchPanel
from ui.book.block_painting import lines_in
from ui.book.day_panel import DayPanel
from ui.book.find_panel import FindPanel
from ui.book.held import held_together
from ui.book.move_panel import DroppedPanel, MovePanel
from ui.book.new_panel import NewPanel
from ui.book.small_panels import DetailsPanel
from ui.panels.leaving import LeavingPanel

CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


def choose(book: BookDriver, key: str) -> None:
    book.page.grid.choose_key(key)
    book.until_still()


def has_focus_inside(book: BookDriver) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and book.page.isAncestorOf(focused)


# -- keys and focus ----------------------------------------------------------------------------------------------


def print_all(book: BookDriver) -> BatchPanel:
    for number in range(3):
        starts = at(10 + number, 0, TODAY + timedelta(days=1))
        book.fake.rows[f"t{number}"] = row(f"t{number}", "li", starts, 40, f"Visitor {number}")
    choose(book, "samuel")
    book.key("p", CTRL_SHIFT)
    panel = book.until_panel(BatchPanel)
    book.until(lambda: panel.words.text().startswith("3 letters to print."))
    book.click(panel.main_button())
    book.until(lambda: panel.words.text() == "3 letters printed.")
    book.until_still()
    assert has_focus_inside(book)
    return panel  # type: ignore[no-any-return]


def test_after_all_letters_were_printed_escape_goes_back(book: BookDriver) -> None:
    print_all(book)
    book.key(ESCAPE)
    book.until_panel(None)
    assert book.page.grid.hasFocus()


def test_after_all_letters_were_printed_find_shows_what_was_found(book: BookDriver) -> None:
    print_all(book)
    book.key("f", CTRL)
    panel = book.until_panel(FindPanel)
    book.type("adebayo")
    book.until(lambda: len(panel.picks.picks()) == 1)
    book.key(ENTER)
    book.until_panel(None)
    book.until(lambda: book.chosen() == "samuel")
    assert book.page.grid.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, NewPanel),
        ("f", CTRL, FindPanel),
        ("p", CTRL_SHIFT, BatchPanel),
        ("a", Qt.KeyboardModifier.NoModifier, AbsencePanel),
        ("g", Qt.KeyboardModifier.NoModifier, DayPanel),
    ],
)
def test_a_key_of_the_page_opens_its_panel_over_any_other(
    book: BookDriver, key: str, modifier: Qt.KeyboardModifier, kind: type
) -> None:
    choose(book, "samuel")
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.key(key, modifier)
    book.until_panel(kind)
    book.key(ESCAPE)
    book.until_panel(None)
    assert book.left == [], "one step at a time"


def test_escape_goes_back_when_the_focus_is_not_in_the_panel(book: BookDriver) -> None:
    book.key(Qt.Key.Key_F2)
    book.until_panel(NewPanel)
    book.page.grid.setFocus()
    book.key(ESCAPE)
    book.until_panel(None)
    assert book.left == []


def test_a_key_for_one_booking_says_why_it_does_nothing(book: BookDriver) -> None:
    book.page.grid.choose(None)
    book.key("m")
    assert book.page.problem.text() == "No booking is chosen. Go to one with the arrow keys or click it."
    choose(book, "samuel")
    book.key("x")
    assert book.page.problem.text() == "Its time has not come yet. If nobody comes, press X from 11.16am on."


def test_the_focus_is_found_again_when_it_is_lost(book: BookDriver) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()
    book.until(lambda: has_focus_inside(book))


def test_absence_and_letters_are_in_a_menu_that_is_always_there(book: BookDriver) -> None:
    choose(book, "samuel")
    book.press("More")
    book.until(book.page.header.menu.isVisible)
    words = [action.text() for action in book.page.header.menu.actions() if action.isEnabled() and action.isVisible()]
    assert words == ["Absence", "Letters of a day", "1 person wants an earlier slot", "Go to a day"]
    book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    book.until_panel(AbsencePanel)


# -- the book and the form know each other -----------------------------------------------------------------------


def free_spot(book: BookDriver, column: int, minute: int) -> object:
    return next(each for each in book.page.grid.spots() if (each.key, each.column, each.starts) == ("", column, minute))


def click_free(book: BookDriver, column: int, minute: int) -> None:
    rect = book.page.grid.global_rect(free_spot(book, column, minute))  # type: ignore[arg-type]
    book.click(book.window, book.window.mapFromGlobal(rect.center()))


def li(book: BookDriver) -> int:
    plan = book.page.grid.plan()
    assert plan is not None
    return next(at for at, each in enumerate(plan.columns) if each.officer_id == "li")


def test_the_form_shows_the_time_under_the_cursor_from_the_first_moment(book: BookDriver) -> None:
    click_free(book, li(book), 15 * 60)
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    main = panel.main_button()
    assert main.detail() == "3pm today, Li Wei. Choose a service first."
    book.until_still()
    book.key("p")
    book.until(lambda: len(book.done(ac.HoldSlot)) == 1)
    place = book.done(ac.HoldSlot)[0].place
    assert (place.starts, place.officer_id) == (at(15), "li")
    assert panel.form.name.hasFocus()


def test_a_click_on_a_free_place_puts_its_time_into_the_form_that_is_open(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: bool(panel.finder.picks.picks()))
    book.until_still()
    book.key("1")
    book.type("Ngozi")
    for minute in (15 * 60, 16 * 60):
        click_free(book, li(book), minute)
        book.until(lambda minute=minute: panel.finder.slot().place.starts == at(minute // 60))  # type: ignore[misc]
    assert book.panel() is panel
    assert panel.form.name.hasFocus()
    book.type(" Eze")
    book.key(ENTER)
    book.until_panel(None)
    made = book.done(ac.BookAppointment)[0]
    assert (made.visitor.person.name, made.place.starts, made.place.officer_id) == ("Ngozi Eze", at(16), "li")
    book.until(lambda: book.page.chosen().row is not None and book.page.chosen().row.name == "Ngozi Eze")


def test_enter_in_the_grid_goes_on_with_the_form_that_was_begun(book: BookDriver) -> None:
    click_free(book, li(book), 15 * 60)
    book.key(ENTER)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: panel.finder.slot() is not None)
    book.type("Ngozi")
    book.page.grid.setFocus()
    book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    assert book.panel() is panel
    book.until(lambda: panel.finder.slot() is not None and panel.finder.slot().place.starts > at(15))
    assert panel.form.name.text() == "Ngozi"


def test_the_search_begins_at_the_day_in_view(book: BookDriver) -> None:
    book.key(Qt.Key.Key_PageDown)
    book.key(Qt.Key.Key_PageDown)
    book.until(lambda: book.page.view().first == TODAY + timedelta(days=2))
    book.page.grid.choose(None)
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: bool(panel.finder.picks.picks()))
    assert panel.finder.day.currentText() == "Thursday 26 November"
    assert panel.finder.picks.picks()[0].words.startswith("Thursday 26 November")


def test_who_does_not_serve_it_is_left_out_and_said(book: BookDriver) -> None:
    click_free(book, li(book), 15 * 60)
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("h")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    assert panel.finder.words.text() == "Li Wei takes no appointments for Housing."
    assert all("Li Wei" not in pick.detail for pick in panel.finder.picks.picks())


def test_closed_days_are_not_offered_and_more_times_are(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("n")
    panel = book.until_panel(NewPanel)
    days = [panel.finder.day.itemText(at) for at in range(panel.finder.day.count())]
    assert not any(day.startswith(("Saturday", "Sunday")) or day == "Friday 25 December" for day in days)
    book.until_still()
    book.key("p")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.press("More times")
    book.until(lambda: len(panel.finder.picks.picks()) == 6)


def test_what_a_room_must_have_asks_for_a_room(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: bool(panel.finder.picks.picks()))
    book.until_still()
    book.click(panel.more.head)
    book.click(panel.more.features.tick("step_free"))
    assert panel.more.with_room.isChecked()


def test_what_is_unfolded_is_seen(qtbot: QtBot) -> None:
    book = BookDriver(qtbot, size=(1366, 640))
    choose(book, "samuel")
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: bool(panel.finder.picks.picks()))
    book.until_still()
    book.click(panel.form.reach.head)
    book.until_still()
    assert not panel.form.born.visibleRegion().isEmpty()
    panel.form.name.setFocus()
    book.until(lambda: panel.form.name.visibleRegion().boundingRect() == panel.form.name.rect())
    book.link.close()


def test_fields_are_whole_where_they_scroll(qtbot: QtBot) -> None:
    book = BookDriver(qtbot, size=(1366, 640))
    choose(book, "home")
    book.until(lambda: book.page.chosen().card is not None)
    book.key("e")
    panel = book.until_panel(DetailsPanel)
    book.until_still()
    for field in (panel.form.name, panel.form.telephone, panel.form.about, panel.form.home.what_next):
        assert field.height() >= field.sizeHint().height()
    book.link.close()


# -- moving over days --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [[Qt.Key.Key_PageDown], [Qt.Key.Key_Right] * 9])
def test_what_is_moved_goes_to_the_next_day(book: BookDriver, keys: list[Qt.Key]) -> None:
    book.fake.wanting = ()
    choose(book, "aoife")
    book.key("m")
    for key in keys:
        book.key(key)
        book.until_still()
        if book.page.view().first != TODAY:
            break
    book.until(lambda: book.page.view().first == TODAY + timedelta(days=1))
    ghost = book.page.grid.ghost()
    assert ghost is not None and ghost.row.id == "aoife"
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    assert faults(book.window) == unreached(book.window) == []
    panel.take_first_focus()
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    assert book.done(ac.MoveAppointment)[0].place.starts == at(14, 0, TODAY + timedelta(days=1))
    book.until(lambda: book.said == ["Moved to Wednesday 25 November, 2pm."])
    book.until(lambda: book.chosen() == "aoife")
    assert book.page.view().first == TODAY + timedelta(days=1)


def test_escape_leaves_it_where_it_was_and_shows_it_there(book: BookDriver) -> None:
    choose(book, "aoife")
    book.key("m")
    book.key(Qt.Key.Key_PageDown)
    book.until(lambda: book.page.view().first == TODAY + timedelta(days=1))
    book.key(ESCAPE)
    book.until(lambda: book.page.view().first == TODAY)
    book.until(lambda: book.chosen() == "aoife")
    assert book.left == []


# -- days, weeks, absences ---------------------------------------------------------------------------------------


def test_whose_week_by_key_and_by_the_list(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("w")
    book.until_answered()
    before = book.page.shown().who
    book.key(Qt.Key.Key_PageDown, CTRL)
    after = book.page.shown().who
    assert after != before
    assert book.page.header.who.value() == after
    book.page.header.who.setFocus()
    book.key(Qt.Key.Key_Up)
    assert book.page.shown().who == before
    book.page.grid.setFocus()
    book.key("d")
    assert not book.page.header.who.isVisible()


def test_any_day_is_gone_to(book: BookDriver) -> None:
    book.click(book.page.header.title)
    panel = book.until_panel(DayPanel)
    assert faults(book.window) == unreached(book.window) == []
    panel.take_first_focus()
    book.type("24 12")
    book.key(ENTER)
    book.until_panel(None)
    assert book.title() == "Thursday 24 December"


def test_an_absence_is_filled_in_with_the_working_day_and_easily_narrowed(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("a")
    panel = book.until_panel(AbsencePanel)
    assert panel.officer.currentText() == "Li Wei"
    assert (panel.first.text(), panel.opens.text(), panel.closes.text()) == ("24 11 2026", "9am", "5.15pm")
    panel.part.set_value("afternoon")
    assert (panel.opens.text(), panel.closes.text()) == ("midday", "5.15pm")
    panel.opens.setFocus()
    book.type("3pm")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.EnterAbsence)))
    absence = book.done(ac.EnterAbsence)[0]
    assert (absence.absentee_id, absence.starts, absence.ends) == ("li", at(15), at(17, 15))


@pytest.mark.parametrize(
    ("absence", "words"),
    [
        ((at(0), at(23, 59) + MINUTE), "Clash: leave all day"),
        ((at(0), at(12)), "Clash: leave until 12.00"),
        ((at(10), at(12)), "Clash: leave from 10.00"),
    ],
)
def test_a_clash_with_an_absence_says_when_that_is(absence: tuple[int, int], words: str) -> None:
    door = FakeBook(rows=rows())
    door.absences = [AbsenceRow("a", "li", AbsenceKind.LEAVE, *absence)]
    view = door.ask_Book(_today())
    held = held_together(view, next(each for each in view.rows if each.id == "samuel"))
    assert held[0].detail == words


def test_what_is_set_up_in_a_break_or_before_hours_is_no_clash() -> None:
    after_lunch = row("after", "li", at(13, 30), 40, "After Lunch", set_up=10 * MINUTE)
    first = row("first", "li", at(9), 40, "First Thing", set_up=10 * MINUTE)
    door = FakeBook(rows=(after_lunch, first))
    door.absences = []
    view = door.ask_Book(_today())
    breaks = view.office.officer("li").breaks  # type: ignore[union-attr]
    assert [(each.opens.hour, each.closes.hour, each.closes.minute) for each in breaks if each.weekday == 1]
    for one in view.rows:
        assert held_together(view, one)[0].is_free
        assert "Outside" not in held_together(view, one)[0].detail


def _today() -> Book:
    return Book("civic", TODAY, 1)


def test_leaving_the_form_still_asks(book: BookDriver) -> None:
    choose(book, "samuel")
    book.key("n")
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("p")
    book.until(lambda: bool(panel.finder.picks.picks()))
    book.until_still()
    book.key("1")
    book.type("Ngozi")
    book.key("f", CTRL)
    book.until_panel(FindPanel)
    book.key(ESCAPE)
    assert book.until_panel(NewPanel) is panel
    assert panel.form.name.text() == "Ngozi"
    book.key(ESCAPE)
    book.until_panel(LeavingPanel)
    assert faults(book.window) == unreached(book.window) == []


def test_a_walk_in_brings_its_officer_language_and_people(book: BookDriver) -> None:
    book.page.book_visit("v7", "planning", Person("Amina Diallo"), "li", "bfi", 3)
    panel = book.until_panel(NewPanel)
    book.until(lambda: any(isinstance(each, FreeSlots) and each.wish.officer_id == "li" for each in book.fake.asked))
    wish = panel.finder.narrowed_wish()
    assert wish is not None
    assert (wish.service_id, wish.officer_id, wish.language) == ("planning", "li", "bfi")
    assert (panel.form.party_size(), panel.rest.named.isChecked()) == (3, True)


def test_a_letter_that_says_another_time_is_said_on_the_card(book: BookDriver) -> None:
    door = book.fake
    samuel = door.rows["samuel"]
    door.cards["samuel"] = card(samuel, letters=(LetterKind.CONFIRMATION,), untrue_letter_at=at(10, 5))
    choose(book, "samuel")
    book.until(lambda: "Letter: That of 24 November says another time: print a new one" in book.card_words())
    words = book.card_words()
    assert "Born: 9 March 1971" in words
    assert "Address: 7 Fernhollow Close, Potters Bar, EN6 1AB" in words
    assert "Telephone: 01707 555012" in words


def test_a_third_line_of_a_block_is_whole_or_left_out(book: BookDriver) -> None:
    """As many lines as a block has room for: two may stand close, a third may not be cut."""
    for height, lines in ((19, 1), (38, 2), (58, 2), (61, 3)):
        assert lines_in(height, 20) == lines


def test_a_panel_begins_at_its_main_key_though_that_was_replaced(book: BookDriver) -> None:
    book.key("p", CTRL_SHIFT)
    panel = book.until_panel(BatchPanel)
    panel.set_main("Stop", lambda: None)
    assert panel.main_button().hasFocus(), "the focus stays on the key that takes its place"
    book.page.grid.setFocus()
    QApplication.processEvents()
    panel.take_first_focus()
    assert panel.main_button().hasFocus()
