"""What a visitor does at the kiosk, from language to number: which screen follows which, and what is sent when.

Nothing of Qt's widgets is in here: the window shows the screen that is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal

from reception.clock import Instant
from reception.config import Config, PrinterKind
from reception.domain.kiosk import Face, KioskAppointment, KioskView
from reception.domain.languages import VISITOR_LANGUAGES, tag_of
from reception.domain.office import Office
from reception.domain.snapshots import Need, Person
from reception.domain.stations import Contact, Reach
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import queries as q
from ui.kiosk import asks, tells
from ui.kiosk.entered import At, Entered, Paper
from ui.kiosk.fields import CODE_LENGTH, date_typed, typed_with
from ui.kiosk.scene import Scene
from ui.kiosk.screens import Screen
from ui.kiosk.shut import is_shut, may_check_in
from ui.link import CONNECTION_CODES, Link, Refused
from ui.pulse import Pulse
from ui.scanner import APPOINTMENT_CODE, TICKET_CODE
from ui.scripts import can_show
from ui.visitor_words import VisitorWords, words_of

log = logging.getLogger(__name__)

CUT_OFF_CODES = CONNECTION_CODES | {Code.CUT_OFF}
MOMENT_MS = 300
"""An answer that takes longer is waited for on a screen that says so."""
LAST_SECONDS = 30
THANKED_SECONDS = 20
NO_OFFICE_AGAIN_MS = 3_000

_SCREENS: dict[At, Callable[[Scene], Screen]] = {
    At.LANGUAGE: asks.language,
    At.PURPOSE: asks.purpose,
    At.SERVICE: asks.service,
    At.NEEDS: asks.needs,
    At.INTERPRETER: asks.interpreter,
    At.CHECK_IN: asks.check_in,
    At.SCAN: asks.scan,
    At.FOREIGN: asks.foreign,
    At.TICKET: asks.ticket_scanned,
    At.REFERENCE: asks.reference,
    At.NAME: asks.name,
    At.BORN: asks.born,
    At.FOUND: tells.found,
    At.LAST: tells.last,
    At.HELP: tells.ask_help,
    At.COMING: tells.coming,
    At.FEEDBACK: asks.feedback,
    At.ABOUT: asks.about,
    At.THANKED: tells.thanked,
    At.TROUBLE: tells.trouble,
    At.NOT_NOW: tells.not_now,
    At.MOMENT: tells.moment,
    At.IDLE: tells.idle,
    At.PIN: asks.pin,
}


class Journey(QObject):
    """One visitor after another."""

    changed = Signal()
    """Another screen, or the same one with other words."""
    typed = Signal(str)
    """What has been typed so far."""
    began_anew = Signal()
    """The visitor has gone: aids go back to what they were."""

    def __init__(self, link: Link, config: Config, pulse: Pulse, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._pulse = pulse
        self._station = config.station
        self._office_name = config.office
        self._unreadable = frozenset(each.tag for each in VISITOR_LANGUAGES if not can_show(each.tag))
        self._prints = config.printer.kind is not PrinterKind.NONE
        self.view: KioskView | None = None
        self.entered = Entered()
        self.at = At.LANGUAGE
        self._back: list[At] = []
        self.cut_off_since: Instant | None = None
        self.is_slow = False
        self._unsent: list[c.GiveFeedback] = []
        self.pin_line = ""
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(self._show_moment)
        self._awaits = ""
        """The command or question that is under way: an answer to any other comes too late."""
        link.view_came.connect(self._take_view)
        link.offline.connect(lambda since, _no: self._set_cut_off(since))
        link.online.connect(lambda: self._set_cut_off(None))
        link.contact.connect(self._hear)
        link.print_failed.connect(self._print_failed)

    # -- what is there -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Find the office, and watch it."""
        self._link.ask(q.Offices(), self._choose_office, self._no_office)

    def _choose_office(self, found: tuple[Office, ...]) -> None:
        name = self._office_name.casefold()
        office = next((each for each in found if each.name.casefold() == name), found[0] if len(found) == 1 else None)
        if office is None:
            log.error("the settings must name this kiosk's office: there are %d", len(found))
            return
        self._link.watch(q.Kiosk(office.id, self._station))

    def _no_office(self, _no: Refused) -> None:
        QTimer.singleShot(NO_OFFICE_AGAIN_MS, self, self.start)

    def _take_view(self, view: object) -> None:
        if isinstance(view, KioskView):
            self.view = view
            self._pulse.set_now(view.now)
            self.changed.emit()

    @property
    def cut_off(self) -> bool:
        return self.cut_off_since is not None

    def _hear(self, contact: Contact) -> None:
        is_slow = contact.reach is Reach.SLOW
        if is_slow != self.is_slow:
            self.is_slow = is_slow
            self.changed.emit()

    def _set_cut_off(self, since: Instant | None) -> None:
        if since != self.cut_off_since:
            self.cut_off_since = since
            self.changed.emit()
        if since is None:
            unsent, self._unsent = self._unsent, []
            for command in unsent:
                self._keep_face(command)

    @property
    def words(self) -> VisitorWords:
        return words_of(self.entered.tag)

    def now(self) -> Instant:
        now = self._pulse.now()
        return now if now is not None else self.view.now if self.view is not None else 0

    def scene(self) -> Scene | None:
        """What the present screen is made from; None before anything is known of the office."""
        if self.view is None:
            return None
        return Scene(
            self.words,
            self.view,
            self.entered,
            self.now(),
            self.cut_off,
            self.pin_line,
            self._unreadable,
            is_on_the_way=bool(self._back),
        )

    def screen(self) -> Screen | None:
        scene = self.scene()
        if scene is None:
            return None
        return tells.closed(scene) if is_shut(scene.view, self.at) else _SCREENS[self.at](scene)

    @property
    def is_fresh(self) -> bool:
        """Nobody has begun yet."""
        return self.at is At.LANGUAGE and not self._back and self.entered.tag == "en"

    # -- moving ----------------------------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Something was touched."""
        self.entered.fault = ""
        act = {
            At.LANGUAGE: self._language,
            At.PURPOSE: self._purpose,
            At.SERVICE: self._service,
            At.NEEDS: self._need,
            At.INTERPRETER: self._spoken,
            At.CHECK_IN: self._way,
            At.SCAN: self._way,
            At.FOREIGN: self._way,
            At.REFERENCE: self._typed_reference,
            At.NAME: self._typed_name,
            At.BORN: self._typed_born,
            At.FOUND: self._found,
            At.HELP: self._help,
            At.FEEDBACK: self._face,
            At.ABOUT: self._about,
        }.get(self.at)
        if key in (tells.FINISH, tells.START_AGAIN):
            self.begin_anew()
        elif act is not None:
            act(key)

    def go(self, at: At) -> None:
        """On to a screen; back leads here."""
        if self.at not in (At.MOMENT, At.TROUBLE, At.NOT_NOW) and self.at is not at:
            self._back.append(self.at)
        self._show(at)

    def _show(self, at: At) -> None:
        self._moment.stop()
        self.at = at
        self.changed.emit()

    def back(self) -> None:
        """To the screen before; what was entered stays."""
        self._awaits = ""
        self.entered.fault = ""
        entered = self.entered
        entered.typed = {
            At.NAME: entered.name,
            At.REFERENCE: entered.reference.removeprefix(APPOINTMENT_CODE),
            At.BORN: entered.born,
        }.get(self._back[-1] if self._back else At.LANGUAGE, "")
        first = At.LAST if self.entered.has_ticket else At.LANGUAGE
        self._show(self._back.pop() if self._back else first)

    def begin_anew(self) -> None:
        """For the next visitor. Of this one nothing is left."""
        if self.at is At.ABOUT and self.entered.face is not None:
            self._send_face("")
        self._awaits = ""
        self.entered = Entered()
        self._back.clear()
        self.pin_line = ""
        self._show(At.LANGUAGE)
        self.began_anew.emit()

    def choose_language(self) -> None:
        """From any screen, and back to it."""
        if self.at not in (At.LANGUAGE, At.MOMENT, At.IDLE, At.PIN):
            self.go(At.LANGUAGE)

    def ask_for_help(self) -> None:
        if self.at not in (At.HELP, At.COMING):
            self.go(At.HELP)
            if self.view is not None and self.view.unstaffed:
                self._link.do(self._help_call(self.view, discreet=False))

    def _language(self, tag: str) -> None:
        self.entered.tag = words_of(tag).tag
        self._show(self._back.pop()) if self._back else self.go(At.PURPOSE)

    def _purpose(self, key: str) -> None:
        to = {"ticket": At.SERVICE, "check_in": At.CHECK_IN, "feedback": At.FEEDBACK}.get(key)
        if to is not None:
            self.go(to)

    # -- a ticket --------------------------------------------------------------------------------------------------

    def _service(self, service_id: str) -> None:
        self.entered.service_id = service_id
        self.go(At.NEEDS)

    def _need(self, key: str) -> None:
        entered = self.entered
        if key == asks.GO_ON:
            if entered.has_ticket:
                self.go(At.LAST)
            elif Need.INTERPRETER in entered.needs:
                self.go(At.INTERPRETER)
            else:
                entered.spoken = "bfi" if Need.BSL in entered.needs else ""
                self._take_ticket()
            return
        entered.needs ^= {Need(key)}
        self.changed.emit()

    def _spoken(self, key: str) -> None:
        self.entered.spoken = "" if key == asks.OTHER else tag_of(key)
        self._take_ticket()

    def _take_ticket(self) -> None:
        entered, view = self.entered, self.view
        assert view is not None
        person = Person(spoken=entered.spoken, written=entered.tag, needs=frozenset(entered.needs))
        command = c.TakeTicket(
            id=entered.ticket_id,
            office_id=view.office_id,
            station=self._station,
            service_id=entered.service_id,
            person=person,
            print_ticket=self._prints,
        )
        if entered.is_claim:
            command = c.ClaimCheckIn(
                **structs.asdict(command),
                reference=entered.reference,
                name=entered.name,
                born=date_typed(entered.born),
            )
        service = next((each for each in view.services if each.id == entered.service_id), None)
        entered.wait = service.wait if service is not None and not self.cut_off else None
        self._do(command, self._taken)

    def _do(
        self,
        command: c.Command,
        done: Callable[[c.Result], None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Send a command, once for its id."""
        if self._link.is_under_way(command.id):
            return
        self._awaits = command.id
        self._moment.start()
        self._link.do(
            command,
            lambda result: self._came(command.id, lambda: done(result)),
            lambda no: self._came(command.id, lambda: (refused or self._came_not)(no)),
        )

    def _ask(self, query: q.KioskByCode | q.KioskByName) -> None:
        self._awaits = asked = c.new_id()
        self._moment.start()
        self._link.ask(
            query,
            lambda found: self._came(asked, lambda: self._looked_up(found)),
            lambda no: self._came(asked, lambda: self._look_up_refused(no)),
        )

    def _came(self, asked: str, act: Callable[[], None]) -> None:
        """An answer. Whoever asked may have gone meanwhile: then it is nobody's."""
        if asked == self._awaits:
            self._awaits = ""
            self._moment.stop()
            act()

    @property
    def is_waiting(self) -> bool:
        """An answer is on its way: nothing more is to be touched."""
        return bool(self._awaits)

    def _show_moment(self) -> None:
        if self._awaits:
            if self.at is not At.MOMENT:
                self._back.append(self.at)
            self._show(At.MOMENT)

    def _came_not(self, no: Refused) -> None:
        log.warning("refused at the kiosk: %s", no.code)
        self.go(At.TROUBLE)

    def _taken(self, result: c.Result) -> None:
        entered = self.entered
        entered.number = result.number
        entered.paper = Paper.PRINTING if self._prints else Paper.NONE
        # Back leads to what was asked last of all visitors, and no further: what is taken is changed at the desk.
        self._back = [At.NEEDS]
        self._show(At.LAST)

    def _print_failed(self, number: str, _no: object) -> None:
        if self.entered.number == number:
            self.entered.paper = Paper.FAILED
            self.changed.emit()

    # -- an appointment --------------------------------------------------------------------------------------------

    def _way(self, key: str) -> None:
        self.entered.typed = ""
        to = {"scan": At.SCAN, "reference": At.REFERENCE, "name": At.NAME}.get(key)
        if to is not None:
            self.go(to)

    def scanned(self, code: str) -> None:
        """A code of ours. A letter's is looked up from any screen before there is a number."""
        if self.view is None or self.is_waiting or self.entered.has_ticket or self.at in (At.PIN, At.MOMENT):
            return
        if not may_check_in(self.view):
            self.go(At.CHECK_IN)
        elif code.startswith(TICKET_CODE):
            self.go(At.TICKET)
        else:
            self._look_up(code)

    def scanned_foreign(self) -> None:
        """A code of somebody else's."""
        busy = self.is_waiting or self.entered.has_ticket or self.at in (At.PIN, At.MOMENT)
        if self.view is not None and not busy:
            self.entered.typed = ""
            self.go(At.FOREIGN)

    def type(self, sign: str) -> None:
        self.entered.typed = typed_with(self.at, self.entered.typed, sign)
        self.typed.emit(self.entered.typed)

    def erase(self) -> None:
        self.entered.typed = self.entered.typed[:-1]
        self.typed.emit(self.entered.typed)

    def _typed_reference(self, _key: str) -> None:
        if len(self.entered.typed) < CODE_LENGTH:
            self._fault("kiosk.reference.short")
            return
        self._look_up(f"{APPOINTMENT_CODE}{self.entered.typed}")

    def _look_up(self, code: str) -> None:
        assert self.view is not None
        self.entered.reference, self.entered.name, self.entered.born = code, "", ""
        self._ask(q.KioskByCode(self.view.office_id, self._station, code))

    def _typed_name(self, _key: str) -> None:
        if not self.entered.typed.strip():
            self._fault("kiosk.name.empty")
            return
        self.entered.name, self.entered.typed = self.entered.typed.strip(), self.entered.born
        self.go(At.BORN)

    def _typed_born(self, _key: str) -> None:
        born = date_typed(self.entered.typed)
        if born is None or self.view is None:
            self._fault("kiosk.born.wrong")
            return
        self.entered.born, self.entered.reference = self.entered.typed, ""
        self._ask(q.KioskByName(self.view.office_id, self._station, self.entered.name, born))

    def _fault(self, key: str) -> None:
        self.entered.fault = self.words(key)
        self.changed.emit()

    def _looked_up(self, found: KioskAppointment) -> None:
        self.entered.found = found
        self.entered.wait = None
        self.go(At.FOUND)

    def _look_up_refused(self, no: Refused) -> None:
        """Nothing can be looked up: what was entered is taken down for the desk."""
        if no.code in CUT_OFF_CODES:
            self.entered.is_claim, self.entered.is_check_in = True, False
            self.go(At.SERVICE)
        else:
            self._came_not(no)

    def _found(self, key: str) -> None:
        entered, view = self.entered, self.view
        if key == tells.CHECK_IN and entered.found is not None and view is not None:
            entered.is_check_in, entered.service_id = True, ""
            command = a.CheckIn(
                id=entered.check_in_id,
                office_id=view.office_id,
                station=self._station,
                appointment_id=entered.found.appointment_id,
                print_ticket=self._prints,
                written=entered.tag,
            )
            self._do(command, self._taken, self._look_up_refused)
        elif key in (tells.TRY_AGAIN, tells.NOT_MINE):
            self._try_again()
        elif key == tells.TAKE_TICKET:
            entered.found = None
            self.go(At.SERVICE)

    def _try_again(self) -> None:
        """Through all that was typed: a name before its date of birth."""
        if self.entered.name and At.NAME in self._back:
            while self._back[-1] is not At.NAME:
                self._back.pop()
        self.back()

    # -- help, and how we did --------------------------------------------------------------------------------------

    def _help(self, key: str) -> None:
        if self.view is not None:
            command = self._help_call(self.view, discreet=key == "private")
            self._do(command, lambda _: self._show(At.COMING), self._no_help)

    def _help_call(self, view: KioskView, *, discreet: bool) -> c.CallForHelp:
        return c.CallForHelp(office_id=view.office_id, station=self._station, discreet=discreet)

    def _no_help(self, no: Refused) -> None:
        """Nobody was told: nobody is said to be coming."""
        log.warning("a call for help was refused: %s", no.code)
        self._show(At.NOT_NOW)

    def _face(self, key: str) -> None:
        self.entered.face = Face(key)
        self.go(At.ABOUT)

    def _about(self, key: str) -> None:
        self._send_face("" if key == asks.SKIP else key)
        self.entered.face = None
        self._back.clear()
        self._show(At.THANKED)

    def _send_face(self, service_id: str) -> None:
        if self.view is not None and self.entered.face is not None:
            self._keep_face(
                c.GiveFeedback(
                    id=self.entered.feedback_id,
                    office_id=self.view.office_id,
                    station=self._station,
                    face=self.entered.face,
                    service_id=service_id,
                )
            )

    def _keep_face(self, command: c.GiveFeedback) -> None:
        """A face is of nobody, and can wait until the database answers again."""
        self._link.do(command, refused=lambda _: self._unsent.append(command))

    # -- for staff -------------------------------------------------------------------------------------------------

    def ask_for_pin(self) -> None:
        if self.at is not At.PIN and self.view is not None:
            self.begin_anew()
            self._show(At.PIN)

    def say_of_pin(self, words: str) -> None:
        self.entered.typed = ""
        self.pin_line = words
        self.typed.emit("")
        self.changed.emit()
