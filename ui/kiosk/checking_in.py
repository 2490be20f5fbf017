"""Looking for a visitor's appointment, by its code or by name and date of birth, and checking it in."""

from __future__ import annotations

from reception.domain.kiosk import KioskAppointment
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import queries as q
from ui.kiosk import tells
from ui.kiosk.awaiting import Awaiting
from ui.kiosk.course import Course
from ui.kiosk.entered import At
from ui.kiosk.fields import CODE_LENGTH, date_typed
from ui.kiosk.shut import may_check_in
from ui.kiosk.ticket import TicketTaking
from ui.kiosk.watched_office import WatchedOffice
from ui.reach import CONNECTION_CODES
from ui.refused import Refused
from ui.scanner import APPOINTMENT_CODE, TICKET_CODE

CUT_OFF_CODES = CONNECTION_CODES | {Code.CUT_OFF}


class CheckingIn:
    """From "I have an appointment" to what was found, and on to its number."""

    def __init__(self, course: Course, office: WatchedOffice, awaiting: Awaiting, ticket: TicketTaking) -> None:
        self._course = course
        self._office = office
        self._awaiting = awaiting
        self._ticket = ticket

    # -- by which way ------------------------------------------------------------------------------------------------

    def choose_way(self, key: str) -> None:
        self._course.entered.typed = ""
        to = {"scan": At.SCAN, "reference": At.REFERENCE, "name": At.NAME}.get(key)
        if to is not None:
            self._course.go(to)

    def scanned(self, code: str) -> None:
        """A code of ours. A letter's is looked up from any screen before there is a number."""
        view = self._office.view
        if view is None or not self._may_scan():
            return
        if not may_check_in(view):
            self._course.go(At.CHECK_IN)
        elif code.startswith(TICKET_CODE):
            self._course.go(At.TICKET)
        else:
            self._look_up(code)

    def scanned_foreign(self) -> None:
        """A code of somebody else's."""
        if self._office.view is not None and self._may_scan():
            self._course.entered.typed = ""
            self._course.go(At.FOREIGN)

    def _may_scan(self) -> bool:
        busy = self._awaiting.is_waiting or self._course.entered.has_ticket
        return not busy and self._course.at not in (At.PIN, At.MOMENT)

    # -- what was typed ------------------------------------------------------------------------------------------------

    def take_reference(self, _key: str) -> None:
        typed = self._course.entered.typed
        if len(typed) < CODE_LENGTH:
            self._find_fault("kiosk.reference.short")
        else:
            self._look_up(f"{APPOINTMENT_CODE}{typed}")

    def take_name(self, _key: str) -> None:
        entered = self._course.entered
        if not entered.typed.strip():
            self._find_fault("kiosk.name.empty")
            return
        entered.name, entered.typed = entered.typed.strip(), entered.born
        self._course.go(At.BORN)

    def take_born(self, _key: str) -> None:
        entered, view = self._course.entered, self._office.view
        born = date_typed(entered.typed)
        if born is None or view is None:
            self._find_fault("kiosk.born.wrong")
            return
        entered.born, entered.reference = entered.typed, ""
        self._ask(q.KioskByName(view.office_id, self._office.station, entered.name, born))

    def _find_fault(self, key: str) -> None:
        self._course.find_fault(self._course.words(key))

    # -- what was found ------------------------------------------------------------------------------------------------

    def _look_up(self, code: str) -> None:
        entered, view = self._course.entered, self._office.view
        assert view is not None
        entered.reference, entered.name, entered.born = code, "", ""
        self._ask(q.KioskByCode(view.office_id, self._office.station, code))

    def _ask(self, query: q.KioskByCode | q.KioskByName) -> None:
        self._awaiting.ask(query, self._show_found, self._claim_instead)

    def _show_found(self, found: KioskAppointment) -> None:
        self._course.entered.found = found
        self._course.entered.wait = None
        self._course.go(At.FOUND)

    def _claim_instead(self, no: Refused) -> None:
        """Where nothing can be looked up, what was entered is taken down for the desk."""
        if no.code in CUT_OFF_CODES:
            self._course.entered.is_claim, self._course.entered.is_check_in = True, False
            self._course.go(At.SERVICE)
        else:
            self._awaiting.say_trouble(no)

    def choose_of_found(self, key: str) -> None:
        """What to do with it."""
        entered = self._course.entered
        if key == tells.CHECK_IN:
            self._check_in()
        elif key in (tells.TRY_AGAIN, tells.NOT_MINE):
            # Through all that was typed: a name before its date of birth.
            if entered.name:
                self._course.back_to(At.NAME)
            else:
                self._course.back()
        elif key == tells.TAKE_TICKET:
            entered.found = None
            self._course.go(At.SERVICE)

    def _check_in(self) -> None:
        entered, view = self._course.entered, self._office.view
        if entered.found is None or view is None:
            return
        entered.is_check_in, entered.service_id = True, ""
        command = a.CheckIn(
            id=entered.check_in_id,
            office_id=view.office_id,
            station=self._office.station,
            appointment_id=entered.found.appointment_id,
            print_ticket=self._ticket.prints,
            written=entered.tag,
        )
        self._awaiting.do(command, self._ticket.show_number, self._claim_instead)
