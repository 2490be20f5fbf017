"""What a panel looks for a time for, and by which command that is found, at the desk or in the book."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject

from reception.domain.discreet import Discreet
from reception.domain.person import Person
from reception.services.appointment_commands import BookAppointment, MoveAppointment
from reception.services.commands import Command, Result
from ui.desk.panel_stack import PanelStack
from ui.link import Link
from ui.panels.panel import Panel


class Sought(Discreet, frozen=True):
    """For whom a time is looked for, with which officer, if with one in particular."""

    personal = frozenset({"person"})

    visit_id: str
    """Empty for somebody who is here without a ticket."""
    service_id: str
    officer_id: str
    person: Person
    language: str = ""
    """ISO 639-3, where it is to be interpreted."""
    party_size: int = 1


class _Errand(Struct, frozen=True):
    panel: Panel
    below: Panel | None
    is_done_by: Callable[[Command], bool]


class Errands(QObject):
    """Closes panels whose purpose another page of the window has served."""

    def __init__(self, link: Link, stack: PanelStack) -> None:
        super().__init__(stack)
        self._stack = stack
        self._errands: list[_Errand] = []
        link.done.connect(self._done)

    def begin(self, panel: Panel, is_done_by: Callable[[Command], bool], below: Panel | None = None) -> None:
        """`panel` is about to open; `below`: the one that led to it, and that is served with it."""
        self._errands = [each for each in self._errands if self._stack.holds(each.panel)]
        self._errands.append(_Errand(panel, below, is_done_by))

    def _done(self, command: Command, _result: Result) -> None:
        over = [each for each in self._errands if self._stack.holds(each.panel) and each.is_done_by(command)]
        for each in over:
            for panel in (each.below, each.panel):
                if panel is not None:
                    self._stack.close_panel(panel)
        if over:
            self._stack.close_idle()


def moving(appointment_id: str) -> Callable[[Command], bool]:
    """It is done when the appointment has moved."""
    return lambda command: isinstance(command, MoveAppointment) and command.appointment_id == appointment_id


def booking(sought: Sought) -> Callable[[Command], bool]:
    """It is done when an appointment is booked for the visit; without a ticket, for somebody of this name."""

    def is_done_by(command: Command) -> bool:
        if not isinstance(command, BookAppointment) or command.visit_id != sought.visit_id:
            return False
        return bool(sought.visit_id) or sought.person.name in ("", command.visitor.person.name)

    return is_done_by
