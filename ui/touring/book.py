"""The appointment book: its day and its week, a new booking, a clash refused, and a letter."""

from __future__ import annotations

from PySide6.QtCore import Qt

from reception.config import ThemeName
from reception.domain.booked import RoomFeature
from ui.book.find_panel import FindPanel
from ui.book.letter_panel import LetterPanel
from ui.book.move_panel import DroppedPanel
from ui.book.new_panel import NewPanel
from ui.theme import Look
from ui.theme_file import load_theme
from ui.touring.person import Tour

_CTRL = Qt.KeyboardModifier.ControlModifier


def play(tour: Tour) -> None:
    """Into the book with F4, and back with Escape."""
    tour.note("`F4` opens the book at today: a column for each officer, and what is chosen on the right.")
    tour.key(Qt.Key.Key_F4)
    tour.until("the book", lambda: tour.is_in_book and bool(tour.book.grid.spots()))
    _find(tour, "Nasreen")
    tour.picture("book day")
    tour.note("`R` shows the rooms, `W` a week, `PgDn` the next.")
    tour.key(Qt.Key.Key_R)
    tour.picture("book rooms")
    tour.key(Qt.Key.Key_O)
    tour.key(Qt.Key.Key_W)
    tour.until("the week", lambda: tour.book.view().days > 1)
    tour.picture("book week")
    tour.key(Qt.Key.Key_D)
    tour.until("the day", lambda: tour.book.view().days == 1)
    _book(tour)
    _move(tour)
    _letter(tour)
    for theme in (ThemeName.DARK, ThemeName.HIGH_CONTRAST):
        tour.desk.set_look(Look(load_theme(theme.value), 100))
        tour.picture(f"the book, {theme.value}")
    tour.desk.set_look(Look(load_theme(ThemeName.LIGHT.value), 100))
    tour.key(Qt.Key.Key_Escape)
    tour.until("the desk", lambda: not tour.is_in_book)


def _find(tour: Tour, name: str) -> None:
    """Choose an appointment by part of its visitor's name."""
    tour.key(Qt.Key.Key_F, _CTRL)
    tour.until_panel("Find a booking")
    panel = tour.panel
    assert isinstance(panel, FindPanel)
    tour.write(name)
    tour.until("what is found", lambda: len(panel.picks.picks()) == 1)
    tour.key(Qt.Key.Key_Return)
    tour.until_done()
    tour.until("its card", lambda: (card := tour.book.chosen().card) is not None and name in card.row.name)


def _book(tour: Tour) -> None:
    tour.note("`F2` books: a service, then one of the nearest times that have officer, room and interpreter free.")
    tour.key(Qt.Key.Key_F2)
    tour.until_panel("New booking")
    panel = tour.panel
    assert isinstance(panel, NewPanel)
    tour.write("h")
    tour.until("free times", lambda: bool(panel.finder.picks.picks()))
    tour.click(panel.more.head)
    tour.click(panel.more.features.tick(RoomFeature.PRIVATE.value))
    panel.more.language.setFocus()
    tour.write("brit")
    tour.until("times with room and interpreter", lambda: _holds_three(panel))
    tour.look_at(panel.more)
    tour.picture("room and interpreter")
    tour.note("The figure of a time holds it for some minutes; a name and Enter book it.")
    tour.look_at(panel.finder)
    panel.finder.picks.setFocus()
    tour.key(Qt.Key.Key_1)
    tour.until("the hold", lambda: bool(tour.book.view().holds))
    tour.write("Amara Osei")
    tour.look_at(panel.finder)
    tour.picture("new booking")
    tour.key(Qt.Key.Key_Return)
    tour.until_said("Booked")
    tour.until_done()
    tour.picture("booked")


def _holds_three(panel: NewPanel) -> bool:
    """Whether the times that are offered each hold an officer, a room and an interpreter."""
    picks = panel.finder.picks.picks()
    return bool(picks) and all(pick.detail.count(",") == 2 for pick in picks)


def _move(tour: Tour) -> None:
    tour.note("An appointment is moved by hand or with `M` and the arrow keys. Where another stands it is refused.")
    _find(tour, "Nasreen")
    tour.key(Qt.Key.Key_M)
    for _ in range(3):
        tour.key(Qt.Key.Key_Up)
    tour.picture("moving")
    tour.key(Qt.Key.Key_Return)
    tour.until_panel("Move to")
    panel = tour.panel
    assert isinstance(panel, DroppedPanel)
    tour.key(Qt.Key.Key_Return)
    tour.until("the refusal with the next times", lambda: bool(panel.problem() and panel.finder.picks.picks()))
    tour.picture("a clash is refused")
    tour.note("The figure of one of the next free times, and Enter: officer, room and interpreter go with it.")
    panel.finder.picks.setFocus()
    tour.key(Qt.Key.Key_1)
    tour.key(Qt.Key.Key_Return)
    tour.until_said("Moved")
    tour.picture("moved")


def _letter(tour: Tour) -> None:
    tour.note("`Ctrl P` shows the letter, here the notice of a home visit; Enter prints it.")
    _find(tour, "Kowalska")
    tour.key(Qt.Key.Key_P, _CTRL)
    tour.until_panel("Letter")
    panel = tour.panel
    assert isinstance(panel, LetterPanel)
    tour.until("the letter's preview", lambda: panel.preview.pages() > 0)
    tour.picture("letter")
    tour.key(Qt.Key.Key_Return)
    tour.until_said("The letter is kept")
