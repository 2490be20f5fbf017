"""The appointment book as a page of the desk's window: the bar, the grid, and the sheet on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentRow, BookView
from reception.domain.booked import Standing
from reception.domain.booking import Place
from reception.domain.office import Office
from reception.domain.person import Person
from reception.services.commands import Command
from reception.services.queries import Query
from ui.book.accessible import make_accessible
from ui.book.asking import Asking
from ui.book.card_sheet import CardSheet, Chosen
from ui.book.choosing import title_of, whose_week
from ui.book.chosen_spot import ChosenSpot
from ui.book.columns import Arrangement, By, Range, whose
from ui.book.find_panel import EarlierPanel
from ui.book.focus_keeper import FocusKeeper
from ui.book.freed import FreedLine
from ui.book.grid import BookGrid
from ui.book.hands import BookPanel
from ui.book.header import BookHeader
from ui.book.keys import TURNING, Act, BookKeys
from ui.book.letter_panel import LetterPanel, Letters
from ui.book.move_panel import DroppedPanel
from ui.book.new_panel import Visiting
from ui.book.plan import Plan
from ui.book.pointed import slot_at
from ui.book.reading import BookReading
from ui.book.refusing import why_stuck
from ui.book.sending import Sending
from ui.book.stack import BookStack
from ui.book.walking import Ghost
from ui.link import Link
from ui.panels.panel import Panel, sentences
from ui.panels.sender import SentBy
from ui.pulse import Pulse
from ui.refused import Refused
from ui.widgets import Paragraph
from ui.widgets.announcing import announce

_GAP = 16
_SMALLEST = QSize(1000, 520)
"""What a screen of 1024 by 768 leaves beside the frame of the window and the line at its bottom."""


class BookPage(QWidget):
    """See the module. `sent_by` says who acts; the page is left by Escape."""

    left = Signal()
    said = Signal(str)
    """What was done, in a sentence."""
    may_write = Signal(str, str)
    """What was done, in a sentence, and the id of the appointment whose visitor a letter may tell of it."""
    checked_in = Signal(object, object, object)
    """A :class:`CheckIn`, its result and the :class:`AppointmentRow` as it was: said as at the desk."""
    not_checked_in = Signal(object, object)
    """The :class:`Refused` and the row, likewise."""

    def __init__(self, link: Link, pulse: Pulse, office: Office, sent_by: Callable[[], SentBy]) -> None:
        super().__init__()
        make_accessible()
        self._link, self._pulse, self._office, self._sent_by = link, pulse, office, sent_by
        self._view: BookView | None = None
        self._shown: Arrangement | None = None
        self._said_of: str | None = None
        """The appointment that was chosen when the problem was said; None: the book could not be read."""
        self.keys = BookKeys(self)
        self.header = BookHeader(self.keys)
        self.grid = BookGrid()
        self.card = CardSheet(self.keys)
        self.stack = BookStack(self.card)
        self.problem = Paragraph(token="late-text", weight=600)
        self.problem.setContentsMargins(_GAP, 0, _GAP, 8)
        self.problem.hide()
        self.freed = FreedLine(lambda place: self.asking.offer_earlier(slot_at(place, self.view().office)))
        self.reading = BookReading(link, self.isVisible, self)
        self._chosen = ChosenSpot(self, self.grid, self.card, self.keys, self.reading)
        self.asking = Asking(self)
        self._sending = Sending(self, link)
        self._build()
        self._focus = FocusKeeper(self, self.stack, self.grid)
        self._connect()
        pulse.subscribe(self, self.tick)

    def _build(self) -> None:
        self._frame = GridFrame()
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        below = QHBoxLayout()
        below.setContentsMargins(_GAP, 0, _GAP, _GAP)
        below.setSpacing(_GAP)
        below.addWidget(self._frame, 1)
        below.addWidget(self.stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.problem)
        whole.addWidget(self.freed)
        whole.addLayout(below, 1)

    def _connect(self) -> None:
        self.keys.connect(self.asking.do)
        self.reading.came.connect(self._show)
        self.reading.refused.connect(self._not_read)
        self.grid.chosen.connect(self._settle_problem)
        self.grid.opened.connect(self.asking.open_spot)
        self.grid.dropped.connect(self.asking.dropped)
        self.grid.stuck.connect(lambda row: self.say_problem(why_stuck(row, self.now())))
        self.grid.pointed.connect(self.asking.point_at)
        self.grid.turned.connect(lambda step: self.asking.do(Act.LATER_DAY if step > 0 else Act.EARLIER_DAY))
        self.grid.ghost_changed.connect(self._moves)
        self.stack.emptied.connect(self._came_home)
        self.stack.changed.connect(lambda: self.stack.take_of(self.width()))
        self.stack.closed.connect(self._panel_gone)
        self.header.range.chosen.connect(lambda value: self.arrange(range=Range(value)))
        self.header.by.chosen.connect(lambda value: self.arrange(by=By(value), who=""))
        self.header.who_chosen.connect(lambda who: self.arrange(who=who))

    # -- what others ask of it -------------------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        """Open the book at a day."""
        self.arrange(day=day, range=Range.DAY)

    def show_appointment(self, row: AppointmentRow) -> None:
        """Open the book at an appointment; one that was cancelled, which no day shows, is told of over its day."""
        self.stack.close_idle()
        if row.standing is Standing.CANCELLED:
            self._chosen.want_none()
            self.show_day(local_date(row.starts, self._office.zone))
            self.asking.tell_cancelled(row)
            return
        self.grid.choose(None)
        self._chosen.want(row.id)
        self.show_day(local_date(row.starts, self._office.zone))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_for(self, appointment_id: str, place: Place) -> None:
        """Choose an appointment as soon as it is read; its own day is shown, or its week of whom it is with."""
        self._chosen.want(appointment_id)
        day, shown = local_date(place.starts, self._office.zone), self.shown()
        who = place.room_id if shown.by is By.ROOMS else place.officer_id
        if shown.range is Range.WEEK and who in dict(whose(self.view(), shown)):
            self.arrange(day=day, who=who)
        elif shown.range is Range.WEEK or day != shown.day:
            self.show_day(day)

    def write_letter(self, row: AppointmentRow) -> None:
        """Open the book at an appointment, and the letter about it."""
        self.show_appointment(row)
        self.open_panel(LetterPanel(self, self.letters, row))

    def book_visit(
        self, visit_id: str, service_id: str, person: Person, officer_id: str = "", language: str = "", people: int = 1
    ) -> None:
        """Turn a walk-in into a booking, with whom and in which language it was asked for."""
        if self._view is None:
            self.show_day(self.today())
        self.asking.book_visit(Visiting(visit_id, service_id, person, officer_id, language, people))

    # -- what its panels need (Hands) ------------------------------------------------------------------------

    def view(self) -> BookView:
        """The book as it was last read; before that, an empty day."""
        if self._view is not None:
            return self._view
        day = self._shown.first if self._shown is not None else self.today()
        return BookView(self.now(), -1, self._office, day, 1, (), (), (), frozenset(), 0)

    def now(self) -> Instant:
        told = self._pulse.now()
        return told if told is not None else (self._view.now if self._view is not None else 0)

    def by(self) -> SentBy:
        return self._sent_by()

    def ask(
        self, query: Query, answered: Callable[[Any], None], refused: Callable[[Refused], None] | None = None
    ) -> None:
        self._link.ask(query, answered, refused)

    @property
    def letters(self) -> Letters:
        """Who makes and prints letters."""
        return self._link.papers

    # -- showing ---------------------------------------------------------------------------------------------

    def today(self) -> date:
        return local_date(self.now(), self._office.zone)

    def shown(self) -> Arrangement:
        """The days and columns that are shown."""
        return self._shown or Arrangement(self.today())

    def arrange(self, **changes: Any) -> None:
        """Show other days or columns."""
        shown = replace(self.shown(), **changes)
        if shown.range is Range.WEEK and not shown.who:
            shown = replace(shown, who=whose_week(shown, self.chosen().row, self.grid, self.view()))
        self._shown = shown
        self.header.range.set_value(shown.range)
        self.header.by.set_value(shown.by)
        for act in (Act.EARLIER_WHO, Act.LATER_WHO):
            self.keys[act].setEnabled(shown.range is Range.WEEK)
        self._show_title()
        top = self.stack.top()
        if isinstance(top, BookPanel):
            top.turned_to(shown.first)
        if self._view is not None and self._view.first == shown.first and self._view.days == shown.days:
            self._show(self._view, shown)  # at once, of what is known; what has changed since comes after it
        self.reading.look_at(self._office.id, shown)

    def _show(self, view: BookView, shown: Arrangement) -> None:
        before = self.grid.plan()
        self._view, self._office = view, view.office
        if self._said_of is None:
            self.problem.hide()
        self._pulse.set_now(max(view.now, self._pulse.now() or 0))
        self.grid.show_plan(Plan(view, shown), self.now())
        earlier = self.stack.of(EarlierPanel)
        if isinstance(earlier, EarlierPanel):
            earlier.read_anew(view)
        self._chosen.read_anew(view, is_another=before is None or before.shown != shown)
        self._show_title()
        self._chosen.show()

    def _show_title(self) -> None:
        shown = self.shown()
        self.header.set_title(title_of(shown, self.today()))
        self.header.set_who(whose(self.view(), shown) if shown.range is Range.WEEK else (), shown.who)

    def tick(self, now: Instant) -> None:
        """A second has passed."""
        self.grid.tick(now)
        self.freed.tick(now)
        self._chosen.show()
        if self._view is not None and any(hold.runs_out_at <= now for hold in self._view.holds):
            self.reading.read()
        panel = self.stack.top()
        if isinstance(panel, BookPanel):
            panel.tick(now)

    def _not_read(self, no: Refused) -> None:
        """What is shown of another day must not pass for this one."""
        plan = self.grid.plan()
        if plan is not None and plan.shown != self.shown():
            self.grid.show_nothing()
        self.say_problem(no)
        self._said_of = None

    def say_problem(self, no: Refused) -> None:
        self.problem.set_text(sentences(no))
        self.problem.show()
        self._said_of = self._cursor_key()
        announce(self.problem, sentences(no), urgent=True)

    def _cursor_key(self) -> str:
        spot = self.grid.cursor_spot()
        return spot.key if spot is not None else ""

    def _settle_problem(self) -> None:
        """What was said of one appointment is not said over another."""
        if self._said_of is not None and self._said_of != self._cursor_key():
            self.problem.hide()

    # -- what is chosen --------------------------------------------------------------------------------------

    def chosen(self) -> Chosen:
        return self._chosen.value

    def _moves(self, ghost: Ghost | None) -> None:
        """Something is on its way; or no more, and then its own day is shown again."""
        self.card.hint.setVisible(ghost is not None)
        self.asking.settle_dropped(ghost)
        row, plan = self.chosen().row, self.grid.plan()
        if ghost is None and row is not None and plan is not None and row.id not in plan.by_key:
            self.look_for(row.id, Place(row.starts, row.ends, row.officer_id, row.room_id))

    # -- panels and commands ---------------------------------------------------------------------------------

    def open_panel(self, panel: Panel) -> None:
        """Ask a question over the card."""
        panel.sent.connect(lambda command: self.send(command, panel))
        self.stack.open(panel)

    def send(self, command: Command, panel: Panel | None = None) -> None:
        """Carry a command out; `panel` is the one that asked for it and gets the answer."""
        self._sending.send(command, panel)

    def _panel_gone(self, panel: Panel) -> None:
        """What it asked about is not on its way any more; what it held is let go."""
        if isinstance(panel, DroppedPanel) and panel.ghost is not None and panel.ghost is self.grid.ghost():
            self.grid.abandon()
        if isinstance(panel, BookPanel):
            panel.let_go()

    def _came_home(self) -> None:
        self.grid.abandon()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- room ------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """With the largest words and something said above the grid still no more than the smallest window has."""
        return super().minimumSizeHint().boundedTo(_SMALLEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stack.take_of(self.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_frame"):
            self.stack.take_of(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reading.read()
        if self.stack.top() is None:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.grid.abandon()

    # -- keys ------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The keys of the book come before those of the window round it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            act = self.keys.of_event(event)
            if act is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self.keys.of_event(event)
        if act is None or (event.isAutoRepeat() and act not in TURNING):
            super().keyPressEvent(event)
        else:
            self.asking.press(act)


class GridFrame(QFrame):
    """The grid's sheet."""
