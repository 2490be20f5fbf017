"""The supervisor's window: who may look, which office, which page, and when it locks itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reception.app import choose_office
from reception.clock import Instant, local_date
from reception.domain.office import Office
from reception.domain.stations import Beat
from reception.errors import Refusal
from reception.services.commands import Command, Result
from reception.services.queries import Offices
from ui import moments
from ui.link import Link
from ui.pulse import Pulse
from ui.supervisor.alone import Alone
from ui.supervisor.centred import Centred
from ui.supervisor.connection import Connection
from ui.supervisor.dismissing import dismiss_dialogs
from ui.supervisor.header import Header
from ui.supervisor.keys import EnterPresses, keys_of, take_key
from ui.supervisor.menu import MenuPanel
from ui.supervisor.page import Page
from ui.supervisor.pages import PAGES, Entry
from ui.supervisor.reports_page import ReportsPage
from ui.supervisor.sign_in import LEFT_ALONE, SignInPanel
from ui.text_sizes import stepped
from ui.theme import Look, apply_look, load_theme
from ui.widgets import KeyButton, MessageLine
from ui.widgets.key_button import key_words

WIDTH, HEIGHT = 1366, 768
ASK_AGAIN_MS = 2_000


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
        self._link, self._look, self._pulse = link, look, pulse
        self._named, self._entries = office, tuple(entries)
        self._offices: tuple[Office, ...] = ()
        self._chosen = ""
        """The id of the office shown; empty: all."""
        self._settings_version: int | None = None
        self._sequence = -1
        self._name = ""
        """Of whoever has signed in; empty while the window is locked."""
        self._who = ("", "")
        """The ids of their office and of themselves."""
        self._pages: dict[int, Page] = {}
        self._page: Page | None = None
        apply_look(self, look)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.timeout.connect(self._find_offices)
        self._make_actions()
        self._build(station, note)
        self.alone = Alone(pulse, self)
        self._enter = EnterPresses(self)
        self.connection = Connection(self.line, self._zone, station)
        self._connect(link, pulse)
        self.resize(*_first_size())
        link.listen()
        self._find_offices()

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
        self.lock_action = self._action("Lock", ["Ctrl+L"], "Hides all figures until a PIN is entered", self.lock)
        self._refresh = self._action("Bring up to date", ["F5"], "Asks for everything anew", self._bring_up_to_date)
        self._sizes = (
            self._action("Smaller", ["Ctrl+-"], "Smaller text", lambda: self._step_text(-1)),
            self._action("Usual", ["Ctrl+0"], "Text at its usual size", lambda: self._step_text(0)),
            self._action("Larger", ["Ctrl+=", "Ctrl++"], "Larger text", lambda: self._step_text(1)),
        )
        self._undo = QAction(self)
        self._undo.setVisible(False)  # nothing is changed here that could be taken back

    def _build(self, station: str, note: str) -> None:
        self.header = Header([entry.word for entry in self._entries], KeyButton(self.menu_action, "lean"))
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
        self.menu.show_look(self._look.theme.name, self._look.text_percent)
        self._offer()

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
        self.alone.left.connect(lambda: self._lock_itself(LEFT_ALONE))
        self.sign_in.sent.connect(self._send)
        self.menu.theme_chosen.connect(self._choose_theme)
        self.menu.backed_out.connect(self._close_menu)
        self.header.office_chosen.connect(self._choose_office)
        self.header.tabs.chosen.connect(self._go)
        for at, tab in enumerate(self.header.tabs.tabs):
            tab.clicked.connect(self._going(at))

    def _zone(self) -> ZoneInfo | None:
        shown = self._shown_offices()
        return shown[0].zone if shown else None

    # -- offices ---------------------------------------------------------------------------------------------

    def _find_offices(self) -> None:
        self._link.ask(Offices(), self._take_offices, lambda _no: self._again.start())

    def _take_offices(self, offices: tuple[Office, ...]) -> None:
        is_first, self._offices = not self._offices, offices
        if is_first:
            self._chosen = self._first_choice()
        elif self._chosen and self._chosen not in {office.id for office in offices}:
            self._chosen = ""
        self.sign_in.show_offices(offices)
        self.header.show_offices(offices, self._chosen)
        if not self.is_locked and not self._may_still_look():
            self._lock_itself(f"The settings no longer make {self._name} a supervisor.")
        elif is_first:
            self.sign_in.take_focus()
        elif self._page is not None:
            self._page.open_for(self._shown_offices(), offices)

    def _first_choice(self) -> str:
        try:
            return choose_office(self._offices, self._named).id
        except Refusal:
            return ""

    def _shown_offices(self) -> tuple[Office, ...]:
        return tuple(office for office in self._offices if self._chosen in ("", office.id))

    def _choose_office(self, office_id: str) -> None:
        self._chosen = office_id
        if self._page is not None:
            self._page.open_for(self._shown_offices(), self._offices)

    # -- who may look ----------------------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        return not self._name

    def _may_still_look(self) -> bool:
        return self._who in self.sign_in.who_may()

    def _send(self, command: Command) -> None:
        self._link.do(command, lambda result: self._signed_in(command, result), self.sign_in.refuse)

    def _signed_in(self, command: Command, result: Result) -> None:
        office = next((each for each in self._offices if each.id == command.office_id), None)
        officer = office.officer(command.officer_id) if office is not None else None
        self.sign_in.command_done(command, result)
        self._name = officer.name if officer is not None else "signed in"
        self._who = (command.office_id, command.officer_id)
        self._pulse.set_now(result.at)
        self.alone.watch()
        self._offer()
        self._tick(result.at)
        self._go(self.header.tabs.at())

    def lock(self) -> None:
        """Hide every figure until a supervisor's PIN is entered again."""
        if self.is_locked:
            return
        self.alone.rest()
        self._name = ""
        dismiss_dialogs(self)
        self._leave_page()
        self.sign_in.say("")
        self._offer()
        self.stack.setCurrentWidget(self._locked)
        self.sign_in.take_first_focus()

    def _lock_itself(self, why: str) -> None:
        self.lock()
        self.sign_in.say(why)

    def _offer(self) -> None:
        for action in (*self._go_actions, self.lock_action, self._refresh):
            action.setEnabled(not self.is_locked)
        self.header.show_who(self._name)

    # -- pages -----------------------------------------------------------------------------------------------

    def _going(self, at: int) -> Callable[[], None]:
        return lambda *_: self._go(at)

    def _go(self, at: int) -> None:
        if self.is_locked:
            return
        self.header.tabs.choose(at)
        page = self._pages.get(at)
        if page is None:
            page = self._pages[at] = self._entries[at].make(self._link, self._pulse, self.stack)
            self.stack.addWidget(page)
            page.report_wanted.connect(self._show_report)
        self.stack.setCurrentWidget(page)
        self.header.tabs.take_focus()
        if page is not self._page:
            self._leave_page()
            self._page = page
            self.header.set_head(page.head)
            page.open_for(self._shown_offices(), self._offices)

    def _show_report(self, first: date) -> None:
        """The page of reports, at that month and the offices that are shown."""
        for at, entry in enumerate(self._entries):
            if entry.is_of_reports:
                self._go(at)
                page = self._pages.get(at)
                if isinstance(page, ReportsPage):
                    page.show_month(first)

    def _leave_page(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.leave()
        self.header.set_head(None)

    def _bring_up_to_date(self) -> None:
        if not self._offices:
            self._find_offices()
        self._link.refresh()
        if self._page is not None:
            self._page.refresh()

    def _hear(self, beat: Beat) -> None:
        self._pulse.set_now(beat.database_now)
        before, self._settings_version = self._settings_version, beat.settings_version
        if before not in (None, beat.settings_version):
            self._find_offices()
        moved, self._sequence = beat.sequence != self._sequence, beat.sequence
        if moved and self._page is not None:
            self._page.news()

    def _tick(self, now: Instant) -> None:
        self.connection.tick(now)
        zone = self._zone()
        if zone is not None and not self.alone.look(now):
            self.header.show_times(moments.day_words(local_date(now, zone)), moments.clock_time(now, zone))

    # -- the menu, and how it looks --------------------------------------------------------------------------

    def _toggle_menu(self) -> None:
        if self.stack.currentWidget() is self._menu_page:
            self._close_menu()
        else:
            self.menu.show_page_keys(keys_of(self._page) if self._page is not None else ())
            self.stack.setCurrentWidget(self._menu_page)
            self.menu.take_first_focus()

    def _close_menu(self) -> None:
        if self._page is None:
            self.stack.setCurrentWidget(self._locked)
            self.sign_in.take_focus()
        else:
            self.stack.setCurrentWidget(self._page)
            self.header.tabs.take_focus()

    def set_look(self, look: Look) -> None:
        """Wear another theme or text size, at once."""
        self._look = look
        apply_look(self, look)
        self.menu.show_look(look.theme.name, look.text_percent)

    def _choose_theme(self, theme: str) -> None:
        if theme != self._look.theme.name:
            self.set_look(Look(load_theme(theme), self._look.text_percent))
            self.theme_chosen.emit(theme)

    def _step_text(self, step: int) -> None:
        """One size up or down; 0 for the usual size."""
        wanted = stepped(self._look.text_percent, step)
        if wanted != self._look.text_percent:
            self.set_look(Look(self._look.theme, wanted))
            self.text_percent_chosen.emit(wanted)

    # -- keys and the end ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that nobody took: out of the page, to its tab. Other keys are the shown page's."""
        page = self._page if self._page is self.stack.currentWidget() else None
        if event.key() == Qt.Key.Key_Escape and self._page is not None:
            self.header.tabs.take_focus()
        elif page is None or not take_key(page, event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self._enter)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.alone.rest()
        self._leave_page()
        self._link.close()
        super().closeEvent(event)


def _first_size() -> tuple[int, int]:
    """The usual size, or the whole screen where that is smaller."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return WIDTH, HEIGHT
    room = screen.availableGeometry()
    return min(WIDTH, room.width()), min(HEIGHT, room.height())
