"""Taking a ticket: for which service, with which needs, and the number that comes of it."""

from __future__ import annotations

from msgspec import structs
from PySide6.QtCore import QObject

from reception.domain.languages import tag_of
from reception.domain.person import Need, Person
from reception.services import commands as c
from ui.kiosk import asks
from ui.kiosk.awaiting import Awaiting
from ui.kiosk.course import Course
from ui.kiosk.entered import At, Paper
from ui.kiosk.fields import date_typed
from ui.kiosk.watched_office import WatchedOffice
from ui.link import Link


class TicketTaking(QObject):
    """The questions before a number, and the number."""

    def __init__(
        self,
        course: Course,
        office: WatchedOffice,
        awaiting: Awaiting,
        link: Link,
        parent: QObject | None = None,
        *,
        prints: bool,
    ) -> None:
        super().__init__(parent)
        self._course = course
        self._office = office
        self._awaiting = awaiting
        self.prints = prints
        """There is a printer at this kiosk."""
        link.print_failed.connect(self._say_not_printed)

    def choose_service(self, service_id: str) -> None:
        self._course.entered.service_id = service_id
        self._course.go(At.NEEDS)

    def choose_need(self, key: str) -> None:
        """One more or one less; or that these are all."""
        if key == asks.GO_ON:
            self._go_on_from_needs()
            return
        self._course.entered.needs ^= {Need(key)}
        self._course.changed.emit()

    def choose_interpreter(self, key: str) -> None:
        self._course.entered.spoken = "" if key == asks.OTHER else tag_of(key)
        self._take()

    def show_number(self, result: c.Result) -> None:
        """Of a ticket, or of an appointment that was checked in."""
        entered = self._course.entered
        entered.number = result.number
        entered.paper = Paper.PRINTING if self.prints else Paper.NONE
        # Back leads to what was asked last of all visitors, and no further: what is taken is changed at the desk.
        self._course.end_at(At.LAST, back_to=(At.NEEDS,))

    def _go_on_from_needs(self) -> None:
        entered = self._course.entered
        if entered.has_ticket:
            self._course.go(At.LAST)
        elif Need.INTERPRETER in entered.needs:
            self._course.go(At.INTERPRETER)
        else:
            entered.spoken = "bfi" if Need.BSL in entered.needs else ""
            self._take()

    def _take(self) -> None:
        entered, office, view = self._course.entered, self._office, self._office.view
        assert view is not None
        service = view.service(entered.service_id)
        entered.wait = service.wait if service is not None and not office.cut_off else None
        command = c.TakeTicket(
            id=entered.ticket_id,
            office_id=view.office_id,
            station=office.station,
            service_id=entered.service_id,
            person=Person(spoken=entered.spoken, written=entered.tag, needs=frozenset(entered.needs)),
            print_ticket=self.prints,
            told_wait=entered.wait,
        )
        if entered.is_claim:
            command = c.ClaimCheckIn(
                **structs.asdict(command),
                reference=entered.reference,
                name=entered.name,
                born=date_typed(entered.born),
            )
        self._awaiting.do(command, self.show_number)

    def _say_not_printed(self, number: str, _no: object) -> None:
        if self._course.entered.number == number:
            self._course.entered.paper = Paper.FAILED
            self._course.changed.emit()
