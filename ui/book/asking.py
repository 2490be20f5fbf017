"""What each key of the book does, and which question it leads to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reception.domain.book import AppointmentCard, AppointmentRow
from reception.domain.booked import Kind
from reception.domain.booking import Place, Slot
from reception.services.appointment_commands import Attended, CheckIn, DidNotAttend, WantEarlier
from reception.services.appointment_queries import WantingEarlier
from reception.services.commands import Command
from ui.book.absence_panel import AbsencePanel
from ui.book.batch_panel import BatchPanel
from ui.book.cancelled_panel import CancelledPanel
from ui.book.choosing import may_book_again, next_who
from ui.book.columns import By, Range
from ui.book.day_panel import DayPanel
from ui.book.find_panel import EarlierPanel, FindPanel
from ui.book.hands import BookPanel
from ui.book.keys import OF_ONE, Act
from ui.book.letter_panel import LetterPanel
from ui.book.move_panel import DroppedPanel, MovePanel
from ui.book.new_panel import NewPanel, Visiting
from ui.book.pointed import slot_at
from ui.book.refusing import BACK_FIRST, FINISH_FIRST, why_not
from ui.book.small_panels import CancelPanel, DetailsPanel, InterpreterPanel
from ui.book.walking import Ghost, Spot, place_of
from ui.panels.minted import MintedIds
from ui.panels.panel import Panel

if TYPE_CHECKING:
    from ui.book.page import BookPage


class Asking(QObject):
    """See the module."""

    def __init__(self, page: BookPage) -> None:
        super().__init__(page)
        self._page = page
        self._ids = MintedIds()

    def press(self, act: Act) -> None:
        """A key that nothing else wanted: as its button, or why that can't be pressed."""
        page, action = self._page, self._page.keys[act]
        top = page.stack.top()
        if top is not None and act is Act.DESK:
            page.stack.back_out(top)
        elif isinstance(top, CancelledPanel) and act is Act.LETTER:
            top.write_letter()
        elif top is not None and act in OF_ONE and not page.grid.hasFocus():
            page.say_problem(BACK_FIRST)
        elif action.isEnabled() and action.isVisible():
            action.trigger()
        elif act is Act.CHECK_IN and (row := page.chosen().row) is not None and row.kind is Kind.OFFICE:
            self.do(act)  # refused, in the words of the desk and with its ways out
        elif (no := why_not(act, page.chosen().row, page.now(), page.view().office)) is not None:
            page.say_problem(no)

    def do(self, act: Act) -> None:
        """Carry out what a key or button stands for."""
        page = self._page
        page.problem.hide()
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
            case Act.EARLIER_WHO | Act.LATER_WHO:
                page.arrange(who=next_who(page.shown(), page.view(), -1 if act is Act.EARLIER_WHO else 1))
            case Act.GO_TO_DAY:
                self._over(DayPanel(page, page.shown().day, page.show_day))
            case Act.FIND:
                self.find()
            case Act.NEW:
                self.new(self._slot_to_come())
            case Act.EARLIER_LIST:
                if page.freed.isVisible():
                    page.freed.offer()
                else:
                    self.earlier()
            case Act.ABSENCE:
                self.absence()
            case Act.ALL_LETTERS:
                self._over(BatchPanel(page, page.letters))
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
                page.stack.close_idle()
                if page.stack.top() is not None:
                    page.say_problem(FINISH_FIRST)
                    return
                page.grid.setFocus()
                page.grid.take_up()
            case Act.ANOTHER_TIME if may_book_again(row, page.now()):
                if card is not None:
                    self.again(card)
            case Act.ANOTHER_TIME:
                self._over(MovePanel(page, row))
            case Act.CANCEL:
                self._over(CancelPanel(page, row, card))
            case Act.DETAILS:
                if card is not None:
                    self._over(DetailsPanel(page, card))
            case Act.INTERPRETER:
                self._over(InterpreterPanel(page, row))
            case Act.LETTER:
                self._over(LetterPanel(page, page.letters, row))

    # -- questions -------------------------------------------------------------------------------------------

    def _over(self, panel: Panel) -> None:
        """Open a panel in place of what is open; over it, where something was typed in that."""
        self._page.stack.close_idle()
        self._page.open_panel(panel)

    def open_spot(self, spot: Spot) -> None:
        """Enter or a double click: the details of an appointment, or a booking in a free piece."""
        if spot.key:
            self.do(Act.DETAILS)
        else:
            self.new(self._slot_to_come())

    def dropped(self, ghost: Ghost) -> None:
        """An appointment was let go in another place."""
        page, plan = self._page, self._page.grid.plan()
        if plan is None:
            return
        page.problem.hide()
        panel = DroppedPanel(page, ghost.row, place_of(plan, ghost), ghost)
        panel.went_elsewhere.connect(page.grid.abandon)
        page.open_panel(panel)
        page.stack.close_others(panel)

    def settle_dropped(self, ghost: Ghost | None) -> None:
        """What is drawn is what the open question is about: it goes when nothing is, and is asked anew of what is."""
        page = self._page
        panel = page.stack.of(DroppedPanel)
        if not isinstance(panel, DroppedPanel) or panel.ghost is None or panel.ghost is ghost:
            return
        if ghost is None:
            page.stack.close_panel(panel)
            return
        in_grid = page.grid.hasFocus()
        self.dropped(ghost)
        if in_grid:
            page.grid.setFocus()

    def slot_under_cursor(self) -> Slot | None:
        """The free piece that is chosen, as a slot; None where none is."""
        page = self._page
        spot, plan, free = page.grid.cursor_spot(), page.grid.plan(), page.chosen().free
        if spot is None or plan is None or free is None:
            return None
        column = plan.columns[spot.column]
        return slot_at(Place(free[0], free[1], column.officer_id, column.room_id), page.view().office)

    def _slot_to_come(self) -> Slot | None:
        """The free piece that is chosen, where something can still be booked in it."""
        slot = self.slot_under_cursor()
        return slot if slot is not None and slot.place.starts >= self._page.now() else None

    def new(self, fixed: Slot | None) -> None:
        """The form that is open goes on, with the time that is pointed at now."""
        page = self._page
        page.stack.close_idle(down_to=NewPanel)
        panel = page.stack.top()
        if isinstance(panel, NewPanel):
            if fixed is not None:
                panel.point_at(fixed)
            panel.take_focus()
        elif page.stack.has(NewPanel):
            page.say_problem(FINISH_FIRST)
        else:
            page.open_panel(NewPanel(page, fixed, send=page.send))

    def point_at(self, spot: Spot) -> None:
        """A free piece was clicked: a form that looks for a time takes it."""
        panel, slot = self._page.stack.top(), self._slot_to_come()
        if slot is not None and not spot.key and isinstance(panel, BookPanel) and panel.point_at(slot):
            panel.take_focus()

    def book_visit(self, visiting: Visiting) -> None:
        page = self._page
        page.stack.close_idle()
        page.open_panel(NewPanel(page, visiting=visiting, send=page.send))

    def find(self) -> None:
        panel = FindPanel(self._page)
        panel.found_one.connect(self._page.show_appointment)
        self._over(panel)

    def tell_cancelled(self, row: AppointmentRow) -> None:
        """Open what is known of a booking that was cancelled."""
        page = self._page
        panel = CancelledPanel(page, row)
        panel.letter_wanted.connect(lambda row: page.open_panel(LetterPanel(page, page.letters, row)))
        panel.again_wanted.connect(self.again)
        page.open_panel(panel)

    def again(self, card: AppointmentCard) -> None:
        """A new booking for the visitor of one that is over, for the same and with the same needs."""
        page = self._page
        page.stack.close_idle()
        page.open_panel(NewPanel(page, like=card, send=page.send))

    def offer_freed(self, place: Place, by: str) -> None:
        """An appointment left a place: say so, where somebody who wants an earlier slot would fit."""
        page = self._page
        if page.view().wanting_earlier and place.starts > page.now():
            query = WantingEarlier(page.view().office.id, place)
            page.ask(query, lambda rows: page.freed.show_place(place, sum(row.id != by for row in rows), page))

    def earlier(self) -> None:
        """Who wants an earlier slot: for the free piece that is chosen, or everyone."""
        self.offer_earlier(self._slot_to_come())

    def offer_earlier(self, fixed: Slot | None) -> None:
        """Who wants an earlier slot: for this place, or everyone."""
        page = self._page
        page.freed.hide()
        panel = EarlierPanel(page, fixed.place if fixed is not None else None)
        panel.offered_to.connect(lambda row: self._offer(row, fixed))
        self._over(panel)

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
        """Of whose column the cursor is in, on the day of it."""
        page = self._page
        spot, plan = page.grid.cursor_spot(), page.grid.plan()
        column = plan.columns[spot.column] if spot is not None and plan is not None else None
        officer_id = column.officer_id if column is not None else ""
        if not officer_id and (row := page.chosen().row) is not None:
            officer_id = row.officer_id
        self._over(AbsencePanel(page, officer_id, column.day if column is not None else page.shown().day))
