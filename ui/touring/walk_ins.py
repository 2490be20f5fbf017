"""A receptionist's day without the book: signing in, a visitor from the door to done, signing off."""

from __future__ import annotations

from PySide6.QtCore import Qt

from reception.config import ThemeName
from ui.desk.window import DeskWindow
from ui.theme import Look
from ui.theme_file import load_theme
from ui.touring.person import Tour
from ui.welcome.window import WelcomeWindow

SIZE = (1366, 768)
PIN = "1234"

_CTRL = Qt.KeyboardModifier.ControlModifier


def begin(tour: Tour) -> None:
    """The first start, the sample office, and signing in."""
    tour.until("the welcome", lambda: tour.is_window(WelcomeWindow))
    tour.note("The first start: nothing is set up. `O` opens the sample office.")
    tour.picture("welcome")
    tour.key(Qt.Key.Key_O)
    tour.until("the desk", lambda: tour.is_window(DeskWindow))
    tour.window.resize(*SIZE)
    tour.until_panel("Sign in")
    tour.note("The desk. Priya Nair chooses herself, types her PIN and presses Enter.")
    tour.picture("sign in")
    tour.write("p")
    tour.key(Qt.Key.Key_Tab)
    tour.write(PIN)
    tour.key(Qt.Key.Key_Return)
    tour.until_said("signed in")
    tour.picture("signed in")


def serve_walk_ins(tour: Tour) -> None:
    """From the door to an answer that is to follow."""
    tour.note("A visitor comes for Housing: `F2`, the letter `H`, a name, Enter. The ticket is printed.")
    tour.key(Qt.Key.Key_F2)
    tour.until_panel("New walk-in")
    tour.write("h")
    tour.picture("new walk-in")
    tour.key(Qt.Key.Key_Return)
    tour.until_said("Ticket H")
    tour.picture("ticket given")

    tour.note("`F5` calls the next. The line at the bottom says who; Undo stands beside it.")
    tour.key(Qt.Key.Key_F5)
    tour.until_said("called")
    tour.picture("called")
    tour.note("`Ctrl A` calls again, `F5` starts when the visitor is here.")
    tour.key(Qt.Key.Key_A, _CTRL)
    tour.until_said("again")
    tour.key(Qt.Key.Key_F5)
    tour.until("the service", lambda: "Finish" in tour.desk.counter_sheet.main.text())
    tour.picture("being served")

    tour.note("`F5` finishes and calls the next in one; `Ctrl Z` takes both back.")
    tour.key(Qt.Key.Key_F5)
    tour.until_said("finished")
    tour.key(Qt.Key.Key_Z, _CTRL)
    tour.until_said("back")
    tour.picture("taken back")

    tour.note("An answer that can't be given today: `Ctrl T`, who answers and by when; the slip is printed.")
    tour.key(Qt.Key.Key_T, _CTRL)
    tour.until_panel("To follow")
    tour.picture("to follow")
    tour.key(Qt.Key.Key_Return)
    tour.until("the counter to be free", lambda: "Call next" in tour.desk.counter_sheet.main.text())
    tour.picture("answer to follow")

    tour.note("A visit chosen in the queue with the arrow keys and Enter shows all about it and what can be done.")
    tour.key(Qt.Key.Key_Q, _CTRL)
    tour.key(Qt.Key.Key_Down)
    tour.key(Qt.Key.Key_Return)
    tour.until("the visit's panel", lambda: tour.desk.stack.top() is not None)
    tour.picture("one visit")
    tour.key(Qt.Key.Key_Escape)


def end(tour: Tour) -> None:
    """The menu, the other themes, and signing off."""
    tour.note("`F1` opens the menu: evacuation, theme, text size, settings, and every key.")
    tour.key(Qt.Key.Key_F1)
    tour.until_panel("Menu")
    tour.picture("menu")
    tour.key(Qt.Key.Key_Escape)
    for theme in (ThemeName.DARK, ThemeName.HIGH_CONTRAST):
        tour.desk.set_look(Look(load_theme(theme.value), 100))
        tour.picture(f"the desk, {theme.value}")
    tour.desk.set_look(Look(load_theme(ThemeName.LIGHT.value), 100))

    tour.note("`Ctrl L` signs off.")
    tour.key(Qt.Key.Key_L, _CTRL)
    tour.until_panel("Sign off")
    tour.picture("sign off")
    tour.key(Qt.Key.Key_Return)
    tour.until("somebody else's turn", lambda: not tour.desk.desk.presence.is_signed_in)
    tour.picture("signed off")
