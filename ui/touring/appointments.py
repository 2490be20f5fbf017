"""Appointments at the desk: checked in, given a room and an interpreter, and told of a delay."""

from __future__ import annotations

from PySide6.QtCore import Qt

from reception.domain.book import AppointmentRow
from reception.domain.booked import Standing
from ui.desk.tell_panel import TellPanel
from ui.models.strips import Role
from ui.touring.person import Tour


def play(tour: Tour) -> None:
    """From the strip of today's appointments to a visitor who has been told."""
    tour.note("Today's appointments stand below the queue. A visitor comes for the one at 11am with Li Wei.")
    tour.note("The letter is scanned, which may be done at any moment: the visitor is checked in.")
    tour.until("the strip of today", lambda: tour.desk.today_model.rowCount() > 0)
    expected = next(row for row in _today(tour) if row.officer == "Li Wei" and row.standing is Standing.BOOKED)
    tour.scan(expected.reference)
    tour.until_said("11am with Li Wei")
    tour.until("the arrival in the strip", lambda: any(_is_here(row, expected) for row in _today(tour)))
    tour.picture("checked in")

    tour.note("C017 comes with others and a wheelchair: `F11` suggests the room that fits and that nobody needs soon.")
    tour.choose_visit("C017")
    tour.key(Qt.Key.Key_F11)
    tour.until_panel("C017: room")
    tour.until_rows()
    tour.picture("a room")
    tour.key(Qt.Key.Key_Return)
    tour.until_said("C017 has")
    tour.key(Qt.Key.Key_Escape)

    tour.note("A003 speaks Bengali: `F12` says who interprets, here a telephone line, its number and code.")
    tour.choose_visit("A003")
    tour.key(Qt.Key.Key_F12)
    tour.until_panel("A003: interpreter")
    tour.until_rows()
    tour.key(Qt.Key.Key_Return)
    tour.until_said("interpreter asked for")
    tour.picture("an interpreter")
    tour.key(Qt.Key.Key_H)
    tour.until_said("the interpreter is there")
    tour.key(Qt.Key.Key_Escape)

    tour.note("The line at the bottom asks for whoever is to be told of a delay. `F6`: why, how long, other times.")
    tour.until_said("Tell ")
    tour.picture("a delay is to be told")
    tour.key(Qt.Key.Key_F6)
    tour.until_panel("Tell ")
    tour.until("other times", lambda: isinstance(panel := tour.panel, TellPanel) and bool(panel.offered()))
    tour.picture("tell of a delay")
    tour.note("The answer is one key: `W`, the visitor will wait. When it was told, and by whom, is kept.")
    tour.key(Qt.Key.Key_W)
    tour.until_said("was told and will wait")
    tour.picture("told")


def _today(tour: Tour) -> list[AppointmentRow]:
    """The rows of the strip, as it shows them."""
    model = tour.desk.today_model
    rows = (model.appointment(str(model.index(at, 0).data(Role.KEY))) for at in range(model.rowCount()))
    return [row for row in rows if row is not None]


def _is_here(row: AppointmentRow, expected: AppointmentRow) -> bool:
    return row.id == expected.id and row.standing is Standing.CHECKED_IN
