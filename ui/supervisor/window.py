"""The supervisor's window: its parts, its keys, and the signals between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reception.clock import Instant, local_date
from reception.domain.stations import Beat
from ui import moments
from ui.chosen_look import ChosenLook
from ui.dismissing import dismiss_dialogs
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.centred import Centred
from ui.supervisor.connection import Connection
from ui.supervisor.header import Header
from ui.supervisor.keys import EnterPresses, keys_of, take_key
from ui.supervisor.lock import Lock
from ui.supervisor.menu import MenuPanel
from ui.supervisor.office_choice import OfficeChoice
from ui.supervisor.pages import PAGES, Entry
from ui.supervisor.shown_pages import ShownPages
from ui.supervisor.sign_in import SignInPanel
from ui.theme import Look
from ui.widgets import KeyButton, MessageLine
from ui.widgets.key_button import key_words

WIDTH, HEIGHT = 1366, 768


class SupervisorWindow(QMainWindow):
    """Locked at first: only the offices are asked for before a supervisor's PIN was right. `link` ends with it.

    `office`: the name of the one to begin with, if the settings name one; `note`: what the settings say beneath the
    PIN.
    """

    theme_chosen = Signal(str)
    text_percent_chosen = Signal(int)

    def __init__(
        self,
        link: Link,
        look: Look,
        pulse: Pulse,
        station: str,
        office: str = "",
        note: str = "",
        entries: Sequence[Entry] = PAGES,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Reception, supervisor")
        self._link, self._pulse = link, pulse
        self._settings_version: int | None = None
        self._sequence = -1
        self._look = ChosenLook(self, look)
        self.offices = OfficeChoice(link, office, self)
        self._make_actions()
        self._build([entry.word for entry in entries], station, note)
        self.pages = ShownPages(entries, link, pulse, self.offices, self.stack, self.header)
        self._who = Lock(link, pulse, self.sign_in, self.offices, self)
        self._enter = EnterPresses(self)
        self.connection = Connection(self.line, lambda: self.offices.zone)
        self._offer()
        self._connect(link, pulse)
        self.resize(*_first_size())
        link.listen()
        self.offices.find()

    # -- where things stand ----------------------------------------------------------------------------------

    def _action(self, words: str, keys: Sequence[str], about: str, run: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setStatusTip(about)
        action.triggered.connect(lambda _checked=False: run())
        self.addAction(action)
        return action

    def _make_actions(self) -> None:
        self.menu_action = self._action("Menu", ["F1"], "Look, keys, lock", self._toggle_menu)
        self.lock_action = self._action("Lock", ["Ctrl+L"], "Drops all figures until a PIN is entered", self._lock)
        self._refresh = self._action("Bring up to date", ["F5"], "Asks for everything anew", self._bring_up_to_date)
        self._sizes = (
            self._action("Smaller", ["Ctrl+-"], "Smaller text", lambda: self._look.step_text(-1)),
            self._action("Usual", ["Ctrl+0"], "Text at its usual size", lambda: self._look.step_text(0)),
            self._action("Larger", ["Ctrl+=", "Ctrl++"], "Larger text", lambda: self._look.step_text(1)),
        )
        self._undo = QAction(self)
        self._undo.setVisible(False)  # nothing is changed here that could be taken back

    def _build(self, words: Sequence[str], station: str, note: str) -> None:
        self.header = Header(words, KeyButton(self.menu_action, "lean"))
        self.sign_in = SignInPanel(station, note)
        self._go_actions = [
            self._action(tab.text(), [key.toString() for key in tab.keys], f"The page {tab.text()}", self._going(at))
            for at, tab in enumerate(self.header.tabs.tabs)
        ]
        self.menu = MenuPanel(self._sizes, self.lock_action, self._keys())
        self.stack = QStackedWidget()
        self._locked, self._menu_page = Centred(self.sign_in), Centred(self.menu)
        self.stack.addWidget(self._locked)
        self.stack.addWidget(self._menu_page)
        self.line = MessageLine(self._undo)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self.stack, 1)
        rows.addWidget(self.line)
        self.setCentralWidget(whole)
        self._show_look(self._look.now)

    def _keys(self) -> list[tuple[str, str]]:
        pages = [
            (", ".join(key.toString().replace("+", " ") for key in tab.keys), f"The page {tab.text()}")
            for tab in self.header.tabs.tabs
        ]
        acts = [(key_words(act), act.statusTip()) for act in (self._refresh, self.lock_action, self.menu_action)]
        return [*pages, *acts, ("Tab", "To the next control"), ("Esc", "Goes back")]

    def _connect(self, link: Link, pulse: Pulse) -> None:
        """Every signal of the window, in one place."""
        link.beat.connect(self._hear)
        link.contact.connect(self.connection.say_contact)
        link.offline.connect(self.connection.say_offline)
        link.online.connect(self.connection.say_online)
        link.online.connect(self._bring_up_to_date)
        pulse.subscribe(self, self._tick)
        self.offices.found.connect(self._show_offices)
        self._who.opened.connect(self._open)
        self._who.closed.connect(self._close)
        self.menu.theme_chosen.connect(self._look.choose_theme)
        self._look.changed.connect(self._show_look)
        self._look.theme_chosen.connect(self.theme_chosen)
        self._look.text_percent_chosen.connect(self.text_percent_chosen)
        self.menu.backed_out.connect(self._close_menu)
        self.header.office_chosen.connect(self._choose_office)
        self.header.tabs.chosen.connect(self._go)
        for at, tab in enumerate(self.header.tabs.tabs):
            tab.clicked.connect(self._going(at))

    # -- offices and who may look -----------------------------------------------------------------------------

    def _show_offices(self, is_first: bool) -> None:
        self.sign_in.show_offices(self.offices.all)
        self.header.show_offices(self.offices.all, self.offices.chosen)
        self._who.look_up()
        if is_first and self.is_locked:
            self.sign_in.take_focus()
        else:
            self.pages.open_again()

    def _choose_office(self, office_id: str) -> None:
        self.offices.choose(office_id)
        self.pages.open_again()

    @property
    def is_locked(self) -> bool:
        return self._who.is_closed

    def _open(self, now: Instant) -> None:
        self._pulse.set_now(now)
        self._offer()
        self._tick(now)
        self._go(self.header.tabs.at())

    def _lock(self) -> None:
        self._who.close()

    def _close(self) -> None:
        """No figure is left, neither on the screen nor in memory."""
        dismiss_dialogs(self)
        self.pages.forget()
        self._offer()
        self.stack.setCurrentWidget(self._locked)
        self.sign_in.take_first_focus()

    def _offer(self) -> None:
        for action in (*self._go_actions, self.lock_action, self._refresh):
            action.setEnabled(not self.is_locked)
        self.header.show_who(self._who.name)

    # -- pages -----------------------------------------------------------------------------------------------

    def _going(self, at: int) -> Callable[[], None]:
        return lambda *_: self._go(at)

    def _go(self, at: int) -> None:
        if not self.is_locked:
            self.pages.go(at)

    def _bring_up_to_date(self) -> None:
        if not self.offices.all:
            self.offices.find()
        self._link.refresh()
        if self.pages.now is not None:
            self.pages.now.refresh()

    def _hear(self, beat: Beat) -> None:
        self._pulse.set_now(beat.database_now)
        before, self._settings_version = self._settings_version, beat.settings_version
        if before not in (None, beat.settings_version):
            self.offices.find()
        moved, self._sequence = beat.sequence != self._sequence, beat.sequence
        if moved and self.pages.now is not None:
            self.pages.now.news()

    def _tick(self, now: Instant) -> None:
        self.connection.tick(now)
        zone = self.offices.zone
        if zone is not None and not self._who.look(now):
            self.header.show_times(moments.day_words(local_date(now, zone)), moments.clock_time(now, zone))

    # -- the menu, and how it looks --------------------------------------------------------------------------

    def _toggle_menu(self) -> None:
        if self.stack.currentWidget() is self._menu_page:
            self._close_menu()
        else:
            self.menu.show_page_keys(keys_of(self.pages.now) if self.pages.now is not None else ())
            self.stack.setCurrentWidget(self._menu_page)
            self.menu.take_first_focus()

    def _close_menu(self) -> None:
        if self.pages.now is None:
            self.stack.setCurrentWidget(self._locked)
            self.sign_in.take_focus()
        else:
            self.pages.bring_up(self.pages.now)

    def _show_look(self, look: Look) -> None:
        self.menu.show_look(look.theme.name, look.text_percent)

    # -- keys and the end ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that nobody took: out of the page, to its tab. Other keys are the shown page's."""
        page = self.pages.now if self.pages.now is self.stack.currentWidget() else None
        if event.key() == Qt.Key.Key_Escape and self.pages.now is not None:
            self.header.tabs.take_focus()
        elif page is None or not take_key(page, event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self._enter)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._who.rest()
        self.pages.leave()
        self._link.close()
        super().closeEvent(event)


def _first_size() -> tuple[int, int]:
    """The usual size, or the whole screen where that is smaller."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return WIDTH, HEIGHT
    room = screen.availableGeometry()
    return min(WIDTH, room.width()), min(HEIGHT, room.height())
