"""What each key of the book does, and which question it leads to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reception.clock import local_date
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind
from reception.domain.booking import Place, Slot
from reception.domain.snapshots import Person
from reception.services.appointment_commands import Attended, CheckIn, DidNotAttend, WantEarlier
from reception.services.appointment_queries import WantingEarlier
from reception.services.commands import Command
from ui.book.absence_panel import AbsencePanel
from ui.book.batch_panel import BatchPanel
from ui.book.columns import By, Range
from ui.book.find_panel import EarlierPanel, FindPanel
from ui.book.keys import Act
from ui.book.letter_panel import LetterPanel
from ui.book.move_panel import DroppedPanel, MovePanel
from ui.book.new_panel import NewPanel, slot_at
from ui.book.small_panels import CancelPanel, DetailsPanel, InterpreterPanel
from ui.book.walking import Ghost, Spot, place_of
from ui.panels.minted import MintedIds

if TYPE_CHECKING:
    from ui.book.page import BookPage


class Asking(QObject):
    """See the module."""

    def __init__(self, page: BookPage) -> None:
        super().__init__(page)
        self._page = page
        self._ids = MintedIds()

    def press(self, act: Act) -> None:
        """A key: as its button, where that can be pressed."""
        action = self._page.keys[act]
        if action.isEnabled() and action.isVisible():
            action.trigger()

    def do(self, act: Act) -> None:
        """Carry out what a key or button stands for."""
        page = self._page
        match act:
            case Act.DESK:
                page.left.emit()
            case Act.TODAY:
                page.arrange(day=page.today())
            case Act.EARLIER_DAY | Act.LATER_DAY:
                step = -1 if act is Act.EARLIER_DAY else 1
                days = 7 if page.shown().range is Range.WEEK else 1
                page.arrange(day=page.shown().day + timedelta(days=step * days))
            case Act.DAY | Act.WEEK:
                page.arrange(range=Range.DAY if act is Act.DAY else Range.WEEK)
            case Act.OFFICERS | Act.ROOMS:
                page.arrange(by=By.OFFICERS if act is Act.OFFICERS else By.ROOMS, who="")
            case Act.FIND:
                self.find()
            case Act.NEW:
                self.new(self._slot_to_come())
            case Act.EARLIER_LIST:
                self.earlier()
            case Act.ABSENCE:
                self.absence()
            case Act.ALL_LETTERS:
                page.open_panel(BatchPanel(page, page.letters))
            case _:
                if (row := page.chosen().row) is not None:
                    self._do_to(act, row)

    def _do_to(self, act: Act, row: AppointmentRow) -> None:
        """What is done to one appointment."""
        page, card = self._page, self._page.chosen().card
        question = (act, row.id, row.version)
        match act:
            case Act.CHECK_IN:
                command: Command
                if row.kind is Kind.OFFICE:
                    command = CheckIn(id=self._ids.id_for(question), **page.by(), appointment_id=row.id)
                else:
                    command = Attended(id=self._ids.id_for(question), **page.by(), appointment_id=row.id)
                page.send(command)
            case Act.MISSED:
                page.send(DidNotAttend(id=self._ids.id_for(question), **page.by(), appointment_id=row.id))
            case Act.WANTS_EARLIER:
                command_id = self._ids.id_for(question)
                page.send(WantEarlier(id=command_id, **page.by(), appointment_id=row.id, on=not row.wants_earlier))
            case Act.MOVE:
                page.grid.setFocus()
                page.grid.take_up()
            case Act.ANOTHER_TIME:
                page.open_panel(MovePanel(page, row))
            case Act.CANCEL:
                page.open_panel(CancelPanel(page, row, card))
            case Act.DETAILS:
                if card is not None:
                    page.open_panel(DetailsPanel(page, card))
            case Act.INTERPRETER:
                page.open_panel(InterpreterPanel(page, row))
            case Act.LETTER:
                page.open_panel(LetterPanel(page, page.letters, row))

    # -- questions -------------------------------------------------------------------------------------------

    def open_spot(self, spot: Spot) -> None:
        """Enter or a double click: the details of an appointment, or a booking in a free piece."""
        if spot.key:
            self.do(Act.DETAILS)
        else:
            self.new(self._slot_to_come())

    def dropped(self, ghost: Ghost) -> None:
        """An appointment was let go in another place."""
        plan = self._page.grid.plan()
        if plan is not None:
            self._page.open_panel(DroppedPanel(self._page, ghost.row, place_of(plan, ghost)))

    def slot_under_cursor(self) -> Slot | None:
        """The free piece that is chosen, as a slot; None where none is."""
        page = self._page
        spot, plan, free = page.grid.cursor_spot(), page.grid.plan(), page.chosen().free
        if spot is None or plan is None or free is None:
            return None
        column = plan.columns[spot.column]
        return slot_at(page, Place(free[0], free[1], column.officer_id, column.room_id))

    def _slot_to_come(self) -> Slot | None:
        """The free piece that is chosen, where something can still be booked in it."""
        slot = self.slot_under_cursor()
        return slot if slot is not None and slot.place.starts >= self._page.now() else None

    def new(self, fixed: Slot | None) -> None:
        page = self._page
        page.open_panel(NewPanel(page, fixed, send=page.send))

    def book_visit(self, visit_id: str, service_id: str, person: Person) -> None:
        page = self._page
        page.open_panel(NewPanel(page, visit_id=visit_id, service_id=service_id, person=person, send=page.send))

    def find(self) -> None:
        panel = FindPanel(self._page)
        panel.found_one.connect(self._page.show_appointment)
        self._page.open_panel(panel)

    def offer_freed(self, place: Place, by: str) -> None:
        """An appointment left a place: whoever wants an earlier slot and would fit is offered it, first come first."""
        page = self._page
        if page.view().wanting_earlier and place.starts > page.now():
            query = WantingEarlier(page.view().office.id, place)
            page.ask(query, lambda rows: self._freed(place, [row for row in rows if row.id != by]))

    def _freed(self, place: Place, rows: list[AppointmentRow]) -> None:
        if rows and self._page.stack.top() is None:
            self._open_earlier(slot_at(self._page, place))

    def earlier(self) -> None:
        """Who wants an earlier slot: for the free piece that is chosen, or everyone."""
        self._open_earlier(self.slot_under_cursor())

    def _open_earlier(self, fixed: Slot | None) -> None:
        page = self._page
        panel = EarlierPanel(page, fixed.place if fixed is not None else None)
        panel.offered_to.connect(lambda row: self._offer(row, fixed))
        page.open_panel(panel)

    def _offer(self, row: AppointmentRow, fixed: Slot | None) -> None:
        page = self._page
        if fixed is None:
            page.open_panel(MovePanel(page, row))
            return
        length = row.ends - row.starts
        place = Place(
            fixed.place.starts,
            fixed.place.starts + length,
            fixed.place.officer_id or row.officer_id,
            fixed.place.room_id or row.room_id,
            row.interpreter_id,
        )
        page.open_panel(DroppedPanel(page, row, place))

    def absence(self) -> None:
        page = self._page
        fixed = self.slot_under_cursor()
        officer_id = fixed.place.officer_id if fixed is not None else ""
        starts = fixed.place.starts if fixed is not None else None
        day = local_date(starts, page.view().office.zone) if starts is not None else page.shown().day
        page.open_panel(AbsencePanel(page, officer_id, day, starts))
