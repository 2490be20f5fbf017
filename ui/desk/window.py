"""The desk's window: where everything stands. What it does is in the controller."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reception.clock import Instant
from reception.domain.about_now import AboutNow
from reception.domain.desk_view import DeskView
from ui.chosen_look import ChosenLook
from ui.desk.actions import DeskActions
from ui.desk.controller import Desk
from ui.desk.counter_sheet import CounterSheet
from ui.desk.evacuation_banner import EvacuationBanner, EvacuationEdge
from ui.desk.focus import DeskFocus
from ui.desk.key_table import Act
from ui.desk.panel_stack import PanelStack
from ui.desk.sheets import DeskSheets
from ui.desk.situation import Situation, held_here
from ui.desk.speaker import Speaker
from ui.desk.station import Station
from ui.desk.today_sheet import TodaySheet
from ui.desk.visit_panel import VisitPanel
from ui.link import Link
from ui.models.booked import PlacesModel, TodayModel
from ui.models.queue import QueueModel
from ui.models.strips import AsideModel
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.theme import Look
from ui.widgets import (
    COUNTER_COLUMNS,
    HeaderBar,
    KeyButton,
    MessageLine,
    QueueView,
    Sheet,
    StripView,
)
from ui.widgets.settling import laid_out_once

WIDTH, HEIGHT = 1366, 768


class DeskWindow(QMainWindow):
    """One desk. `link`, `pulse` and `scanner` are its own and end with it."""

    settings_wanted = Signal()
    theme_chosen = Signal(str)
    text_percent_chosen = Signal(int)
    closed = Signal()

    def __init__(self, link: Link, look: Look, pulse: Pulse, station: Station, scanner: Scanner | None = None) -> None:
        super().__init__()
        self.setWindowTitle(f"Reception, {station.name}")
        self._look = ChosenLook(self, look)
        self._link = link
        self._scanner = scanner
        self._visit_shown = False
        self.close_beside: Callable[[], bool] = lambda: True
        """Closes the windows that are open beside this one and have nothing without it; False where one stays."""
        self.actions_table = DeskActions(self)
        self.header = HeaderBar()
        self.queue_model, self.aside_model, self.counter_model = QueueModel(self), AsideModel(self), PlacesModel(self)
        self.today_model = TodayModel(self)
        self.queue = QueueView(self.queue_model)
        self.aside_sheet = TodaySheet(self.actions_table, self.today_model, self.aside_model)
        self.asides, self.today = self.aside_sheet.asides, self.aside_sheet.today
        self.counters = StripView(self.counter_model, COUNTER_COLUMNS, "Counters and rooms")
        self.counter_sheet = CounterSheet(self.actions_table)
        self.stack = PanelStack(self.counter_sheet)
        self.line = MessageLine(self.actions_table[Act.UNDO])
        self._build()
        self.speaker = Speaker(self.line, (self.actions_table[Act.LINE_ONE], self.actions_table[Act.LINE_TWO]))
        self.desk = Desk(link, pulse, station, self.actions_table, self.stack, self.speaker, self.pages)
        self._connect(link, pulse, scanner)
        pulse.subscribe(self, self.desk.tick)
        self.resize(*_first_size())
        self.desk.begin()

    # -- where things stand ----------------------------------------------------------------------------------

    def _build(self) -> None:
        actions = self.actions_table
        self._edge = EvacuationEdge()
        self.evacuation = EvacuationBanner(KeyButton(actions[Act.EVACUATE]))
        for act in (Act.SIGN_OFF, Act.SETTINGS):
            self.header.add_button_where_it_fits(KeyButton(actions[act], "lean"))
        self.header.add_button(KeyButton(actions[Act.MENU], "lean"))
        self.queue_sheet = Sheet("Queue", "in the order they will be called", gives_way=True)
        self.walk_in_button = self.queue_sheet.add_button(KeyButton(actions[Act.NEW_WALK_IN], "lean"))
        self.check_in_button = self.queue_sheet.add_button(KeyButton(actions[Act.CHECK_IN], "lean"))
        self.find_button = self.queue_sheet.add_button(KeyButton(actions[Act.FIND], "lean"))
        self.queue.horizontalHeader().setAccessibleName("Columns of the queue")
        self.queue_sheet.body.addWidget(self.queue, 1)
        self.counters_sheet = Sheet("Counters", lean=True)
        self.counters_sheet.body.addWidget(self.counters, 1)
        self.counters_sheet.body.addSpacing(12)

        self._sheets = DeskSheets(self.stack, self.queue_sheet, self.aside_sheet, self.counters_sheet, self._look.now)
        self._focus = DeskFocus(
            self.stack,
            self._sheets,
            self.queue,
            self.aside_sheet,
            self.counter_sheet,
            self.walk_in_button,
            self.find_button,
        )
        self._share_room()

        desk = QWidget()
        whole = QVBoxLayout(desk)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self._sheets, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(desk)

        rows = QVBoxLayout(self._edge)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.evacuation)
        rows.addWidget(self.pages, 1)
        rows.addWidget(self.line)
        self.setCentralWidget(self._edge)

    def _share_room(self) -> None:
        self._sheets.share_room(self.width(), self._look.now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _connect(self, link: Link, pulse: Pulse, scanner: Scanner | None) -> None:
        """Every signal of the desk, in one place."""
        desk = self.desk
        for act in Act:
            self.actions_table[act].triggered.connect(desk.keys.doing(act))
        self.counter_sheet.entered.connect(desk.keys.enter)
        link.view_came.connect(desk.show_view)
        link.contact.connect(self.header.show_contact)
        link.contact.connect(desk.connection.say_contact)
        link.offline.connect(desk.connection.say_offline)
        link.online.connect(desk.connection.say_online)
        link.slow.connect(desk.connection.say_slow)
        link.printed.connect(desk.paper.say_printed)
        link.print_failed.connect(desk.paper.say_print_failed)
        link.print_slow.connect(desk.paper.say_print_slow)
        self.queue.opened.connect(desk.visits.open)
        self.queue.clicked.connect(lambda _: desk.visits.open(self.queue.chosen_visit()))
        self.queue.chosen.connect(lambda _: desk.usable.refresh())
        desk.in_hand.chosen = self._chosen_in_queue
        self.today.opened.connect(desk.booked.arriving.open)
        self.today.clicked.connect(lambda _: desk.booked.arriving.open(self.today.chosen_key()))
        desk.booked.about_shown.connect(self._show_about)
        self.asides.opened.connect(desk.visits.open)
        self.asides.clicked.connect(lambda _: desk.visits.open(self.asides.chosen_key()))
        self.aside_sheet.left.connect(desk.go_on)
        self.stack.changed.connect(self._sheets.give_room)
        self.stack.changed.connect(self._forget_choice)
        desk.view_shown.connect(self._show_view)
        desk.view_shown.connect(self._await_rows, Qt.ConnectionType.SingleShotConnection)
        desk.ticked.connect(self._tick)
        desk.visits.pointed_at.connect(self._point_at)
        desk.focus_wanted.connect(self._focus.put_on)
        desk.keys.settings_wanted.connect(self.settings_wanted)
        desk.panels.theme_chosen.connect(self._look.choose_theme)
        desk.keys.text_step.connect(self._look.step_text)
        self._look.changed.connect(self._show_look)
        self._look.theme_chosen.connect(self.theme_chosen)
        self._look.text_percent_chosen.connect(self.text_percent_chosen)
        if scanner is not None:
            scanner.scanned.connect(desk.booked.scanned)

    def _await_rows(self) -> None:
        """What stands beside the queue is read after its first rows are on the screen."""
        self.queue.painted.connect(self.desk.booked.begin, Qt.ConnectionType.SingleShotConnection)

    def _forget_choice(self) -> None:
        """A row is chosen no longer than its visit is looked at."""
        shown = self.stack.open_of(VisitPanel) is not None
        if self._visit_shown and not shown:
            self._point_at("")
        self._visit_shown = shown
        if self.stack.top() is None:
            self.today.choose("")

    # -- showing ---------------------------------------------------------------------------------------------

    def _show_view(self, view: DeskView, situation: Situation, station: str) -> None:
        self._focus.show_held_here(held_here(view))
        with laid_out_once(self):
            self.evacuation.show_view(view)
            self._edge.set_on(view.evacuated_at is not None)
            self.header.show_view(view, station)
            self.queue_model.show(view)
            self.aside_model.show(view)
            self.today_model.show(view)
            self.counter_model.show(view)
            self._show_queue_note()
            self.counter_sheet.show_view(view, situation)
            self.walk_in_button.set_accent(situation.walk_in_stands_out)
        self._focus.go_on_to_main()

    def _show_queue_note(self) -> None:
        words = "in the order they will be called" if self.queue_model.rowCount() else ""
        if self._edge.is_on():
            words = "calls are frozen"
        self.queue_sheet.set_note(words)

    def _tick(self, now: Instant, situation: Situation) -> None:
        self.header.tick(now)
        self.queue_model.tick(now)
        self.aside_model.tick(now)
        self.today_model.tick(now)
        self.counter_model.tick(now)
        self.counter_sheet.tick(now, situation)

    def _point_at(self, visit_id: str) -> None:
        """Show where a visit stands in the lists, if it is in one."""
        if not self.queue.choose(visit_id):
            self.queue.choose("")
        if not self.asides.choose(visit_id):
            self.asides.choose("")
        self.aside_sheet.set_looked_at(bool(self.asides.chosen_key()))

    def _chosen_in_queue(self) -> str:
        """What the keys are meant for while the queue has the focus."""
        return self.queue.chosen_visit() if self.queue.hasFocus() else ""

    def _show_about(self, about: AboutNow) -> None:
        """What stands beside the queue."""
        with laid_out_once(self):
            self.header.show_rooms(about.rooms)
            self.today_model.show_about(about)
            self.counter_model.show_about(about)
            self.aside_sheet.show_about(about)
            self.counters_sheet.set_title("Counters and rooms" if about.rooms else "Counters")

    # -- how it looks ----------------------------------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        """Wear another theme or text size, at once."""
        self._look.wear(look)

    def _show_look(self, look: Look) -> None:
        self._share_room()
        self.desk.panels.show_look(look.theme.name, look.text_percent)

    # -- keys and the end ------------------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Another window has gone: keys come here again. Without a window manager nothing else would see to it."""
        self.activateWindow()
        self.desk.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody took: perhaps one that means something, but not now. Escape is the open panel's."""
        key = QKeySequence(event.keyCombination())
        act = self.actions_table.with_key(key)
        if key == QKeySequence(Qt.Key.Key_Escape) and not event.isAutoRepeat():
            self.stack.go_back()
        elif act is not None and not event.isAutoRepeat():
            self.desk.keys.explain(act)
        else:
            self.desk.keys.keep_for_counter(key)
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.desk.may_close() and self.close_beside()):
            event.ignore()
            return
        if self._scanner is not None:
            self._scanner.scanned.disconnect(self.desk.booked.scanned)
        self._link.close()
        self.closed.emit()
        super().closeEvent(event)


def _first_size() -> tuple[int, int]:
    """The usual size, or the whole screen where that is smaller."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return WIDTH, HEIGHT
    room = screen.availableGeometry()
    return min(WIDTH, room.width()), min(HEIGHT, room.height())
