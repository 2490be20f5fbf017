"""Moving by mouse: what is drawn is what is asked and what Enter does; who is here stays where they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reception.services import appointment_commands as ac
from tests.ui.book_driver import ENTER, ESCAPE, BookDriver
from tests.ui.sample_book import at
from ui.book.move_panel import DroppedPanel
from ui.book.new_panel import NewPanel
from ui.widgets import Paragraph


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    driver.fake.wanting = ()
    yield driver
    driver.link.close()


def drag(book: BookDriver, key: str, right: int, down: int) -> None:
    book.page.grid.choose_key(key)
    book.until_still()
    start = book.point_of(key)
    book.drag(start, start + QPoint(right, down))
    book.until_still()


def edge_of(book: BookDriver, key: str) -> QPoint:
    spot = next(each for each in book.page.grid.spots() if each.key == key)
    return book.window.mapFromGlobal(book.page.grid.global_rect(spot).bottomLeft()) + QPoint(40, -1)


def words_of(panel: DroppedPanel) -> list[str]:
    return [each.text() for each in panel.findChildren(Paragraph) if each.isVisible()]


def asked(book: BookDriver) -> list[DroppedPanel]:
    return [panel for panel in book.page.stack._panels if isinstance(panel, DroppedPanel)]


def test_a_second_drag_takes_the_place_of_the_first(book: BookDriver) -> None:
    drag(book, "dawn", 0, 60)
    first = book.until_panel(DroppedPanel)
    drag(book, "dawn", 0, 80)
    book.until(lambda: book.panel() is not first)
    assert [panel.title.text() for panel in asked(book)] == ["Move to 12.45pm?"]
    ghost = book.page.grid.ghost()
    assert ghost is not None
    assert ghost.starts == 12 * 60 + 45
    book.key(ENTER)
    book.until_panel(None)
    assert [each.place.starts for each in book.done(ac.MoveAppointment)] == [at(12, 45)]
    assert book.page.grid.ghost() is None


def test_a_click_elsewhere_takes_back_what_was_dropped_and_its_question(book: BookDriver) -> None:
    drag(book, "dawn", 0, 60)
    book.until_panel(DroppedPanel)
    book.click(
        book.page.grid.viewport(),
        book.page.grid.viewport().mapFromGlobal(book.window.mapToGlobal(book.point_of("harjit"))),
    )
    book.until_panel(None)
    assert book.page.grid.ghost() is None
    book.key(ENTER)
    book.until_still()
    assert not book.done(ac.MoveAppointment)


def test_a_drag_over_a_form_is_asked_first_and_undone_by_escape(book: BookDriver) -> None:
    book.key(Qt.Key.Key_F2)
    form = book.until_panel(NewPanel)
    book.until_still()
    form.form.name.setFocus()
    book.type("Mary")
    drag(book, "dawn", 0, 60)
    book.until_panel(DroppedPanel)
    book.key(ESCAPE)
    assert book.until_panel(NewPanel) is form
    assert form.form.name.text() == "Mary"
    assert book.page.grid.ghost() is None
    assert not book.done(ac.MoveAppointment)


def test_the_days_turned_while_it_is_asked_are_what_it_asks_about(book: BookDriver) -> None:
    drag(book, "dawn", 0, 60)
    book.until_panel(DroppedPanel)
    book.key(Qt.Key.Key_PageDown)
    book.until(lambda: book.page.grid.plan().shown.day.day == 25)  # type: ignore[union-attr]
    book.until(lambda: len(asked(book)) == 1 and asked(book)[0].ghost is book.page.grid.ghost())
    book.until(lambda: asked(book)[0]._place.starts == at(12, 25, date(2026, 11, 25)))
    book.key(ESCAPE)
    book.until_panel(None)
    book.until(lambda: book.title() == "Tuesday 24 November")


def test_only_sideways_keeps_the_time(book: BookDriver) -> None:
    drag(book, "nasreen", 300, 5)
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text().startswith("Move to 11.15am, ")


def test_longer_says_so_and_from_when_until_when(book: BookDriver) -> None:
    edge = edge_of(book, "nasreen")
    book.drag(edge, edge + QPoint(0, 27))
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Make it longer?"
    assert "Longer: 11.15am to 12.05pm (50 min)" in words_of(panel)
    assert book.has_button("Make it longer")
    book.key(ENTER)
    book.until_panel(None)
    assert book.said[-1] == "Now 50 minutes, until 12.05pm."


def test_shorter_says_so(book: BookDriver) -> None:
    edge = edge_of(book, "nasreen")
    book.drag(edge, edge - QPoint(0, 14))
    assert "Shorter: 11.15am to 11.35am (20 min)" in words_of(book.until_panel(DroppedPanel))


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("mei", "H009 is here, so its time stays. Offer another time at the desk, with the visit."),
        ("joan", "has been seen, so its time stays. For another time, make a new booking."),
    ],
)
def test_who_is_here_or_was_stays_where_they_are(book: BookDriver, key: str, why: str) -> None:
    drag(book, key, 0, 60)
    assert book.page.grid.ghost() is None
    assert book.panel() is None
    assert book.page.problem.isVisible()
    assert book.page.problem.text().endswith(why)
    edge = edge_of(book, key)
    book.drag(edge, edge + QPoint(0, 30))
    assert book.page.grid.ghost() is None
    book.key("+")
    assert book.page.grid.ghost() is None
