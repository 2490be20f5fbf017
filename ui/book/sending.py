"""Commands of the book out through the link, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reception.domain.book import AppointmentRow
from reception.domain.booking import Place
from reception.services.appointment_commands import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
    DidNotAttend,
    HoldSlot,
    MoveAppointment,
    ReleaseHold,
)
from reception.services.commands import Command, Result
from ui.book.hands import BookPanel
from ui.book.move_panel import is_stretch
from ui.book.plan import Block
from ui.book.said import done_words
from ui.link import Link
from ui.panels.panel import Panel
from ui.refused import Refused

if TYPE_CHECKING:
    from ui.book.page import BookPage


class Sending(QObject):
    """See the module."""

    def __init__(self, page: BookPage, link: Link) -> None:
        super().__init__(page)
        self._page, self._link = page, link

    def send(self, command: Command, panel: Panel | None = None) -> None:
        """Carry a command out; `panel` is the one that asked for it and gets the answer."""
        if panel is not None:
            panel.clear_problem()
        self._page.problem.hide()
        block = self._plan_block(getattr(command, "appointment_id", ""))
        before = block.row if block is not None else getattr(panel, "row", None)
        self._link.do(
            command,
            lambda result: self._done(command, result, panel, before),
            lambda no: self._refused(command, no, panel, before),
        )

    def _plan_block(self, key: str) -> Block | None:
        plan = self._page.grid.plan()
        return plan.by_key.get(key) if plan is not None else None

    def _done(self, command: Command, result: Result, panel: Panel | None, before: AppointmentRow | None) -> None:
        page = self._page
        words = done_words(command, result, page.now(), page.view().office.zone, before)
        if isinstance(command, CheckIn) and before is not None:
            page.checked_in.emit(command, result, before)
        elif words and isinstance(command, CancelAppointment | DidNotAttend):
            page.may_write.emit(words, command.appointment_id)
        elif words:
            did = panel.did() if isinstance(panel, BookPanel) and page.stack.holds(panel) else ""
            page.said.emit(f"{did} {words}".strip())
        if panel is not None and page.stack.holds(panel) and panel.command_done(command, result):
            page.stack.close_panel(panel)
        ghost = page.grid.ghost()
        if ghost is not None and ghost.row.id == getattr(command, "appointment_id", ""):
            page.grid.abandon()
        if isinstance(command, BookAppointment | MoveAppointment):
            page.stack.close_idle()
            appointment_id = getattr(command, "appointment_id", "") or result.appointment_id
            page.look_for(appointment_id, command.place)
        freed = isinstance(command, CancelAppointment) or (
            isinstance(command, MoveAppointment) and before is not None and not is_stretch(before, command.place)
        )
        if before is not None and freed:
            place = Place(before.starts, before.ends, before.officer_id, before.room_id)
            page.asking.offer_freed(place, before.id)
        page.reading.read()

    def _refused(self, command: Command, no: Refused, panel: Panel | None, before: AppointmentRow | None) -> None:
        if panel is not None and self._page.stack.holds(panel):
            panel.refuse(no)
        elif isinstance(command, CheckIn) and before is not None:
            self._page.not_checked_in.emit(no, before)
        elif not isinstance(command, HoldSlot | ReleaseHold):
            self._page.say_problem(no)
        self._page.reading.read()
