"""The one door: `do` a command, `ask` a query, see what has changed.

Commands (`wiring`), most answers (`answers`), paper (`press_room`) and statistics are loaded when they are first
wanted, so that a desk is on the screen sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from reception.clock import Instant
from reception.config import Config
from reception.domain.booked import LetterKind
from reception.domain.desk_view import DeskView
from reception.domain.evacuation import EvacuationList
from reception.domain.letter_snapshot import LetterOut, PageImage
from reception.domain.office import Office
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.said_wait import ExpectedWait
from reception.domain.stations import Beat, Contact
from reception.domain.storable import cleaned
from reception.errors import Refusal
from reception.left_open import LeftOpen
from reception.press_room import PressRoom
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.services import supervisor_queries as sq
from reception.services.by_officer import ForSupervisors
from reception.services.office_ports import PinHasher
from reception.storage import queries, reasons
from reception.storage.database import Database
from reception.storage.upgrade import Progress

if TYPE_CHECKING:
    from reception.documents.printers import Printer
    from reception.domain.past_view import PastView
    from reception.domain.report_names import ReportFormat
    from reception.services.printing import Press


class Listening(Protocol):
    """What tells of news, until it is closed."""

    def close(self) -> None: ...

    def wait(self, seconds: float) -> bool:
        """Whether it has ended by then."""
        ...


class Door:
    """Everything that windows and the command line may do. Safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        config: Config,
        pins: PinHasher,
        printer: Printer | None = None,
    ) -> None:
        self.config = config
        self._database = database
        self._pins = pins
        self._for_supervisors = ForSupervisors()
        self._press_room = PressRoom(config, printer)
        self._left_open = LeftOpen(database, self.close_days)

    @property
    def database(self) -> Database:
        """What is behind the door, for whoever copies it whole."""
        return self._database

    # -- commands --------------------------------------------------------------------------------------------

    def do(self, command: c.Command) -> c.Result:
        """Carry out a command in one transaction. Done twice it is done once. Raises `Refusal`.

        What no database keeps is left out of its texts here, where all of them come by.
        """
        result = self._transact(cleaned(command))
        if isinstance(command, c.SignInSupervisor):
            self._for_supervisors.came()
        return result

    def _transact(self, command: c.Command) -> c.Result:
        from reception.wiring import ABSENCES, CAN_UNDO, handler_of

        handle = handler_of(command, self._database, self._pins)
        with self._database.write(command) as work:
            known = work.result_of(command.id)
            if known is not None and not isinstance(command, c.SignInSupervisor):
                return known
            # Whoever sends a supervisor's sign-in again has to know the PIN again: what is shown after it is told here.
            outcome = handle(work)
            if known is None and isinstance(outcome, c.Result):
                changed = work.wrote_visits or work.wrote_appointments or type(command) in ABSENCES
                work.keep_result(command, outcome, changed and type(command) in CAN_UNDO)
        if isinstance(outcome, Refusal):
            raise outcome
        return known or outcome

    def sign_out_supervisor(self) -> None:
        """Whoever signed in as a supervisor has left: what is theirs alone is kept again. At once, and in memory."""
        self._for_supervisors.left()

    def close_days(self, office_id: str) -> None:
        """Close the days that are over. Happens by itself when a desk is shown and one was left open."""
        self.do(c.CloseDay(office_id=office_id, station=self.config.station))

    # -- queries ---------------------------------------------------------------------------------------------

    def ask(self, query: q.Query) -> Any:
        """The answer to a query: each query's docstring says what. Raises `Refusal`.

        Figures by officer are answered once a supervisor has signed in here; until then the delays of today are
        without whoever told the visitor.
        """
        query = cleaned(query)
        self._for_supervisors.check(query)
        match query:
            case q.Offices():
                return self._offices()
            case q.Desk():
                return self._desk(query)
            case q.OneVisit(visit_id):
                return queries.one_visit(self._database, visit_id)
            case q.SeeFirstReason():
                return reasons.see_first_reason(self._database, query)
            case q.VisitByCode(office_id, code):
                return queries.visit_by_code(self._database, office_id, code)
            case q.Search():
                return queries.search(self._database, query)
            case q.TicketOf(visit_id):
                return self.ticket_of(visit_id)
            case _:
                from reception.answers import answer

                return answer(self._database, query, is_for_supervisor=self._for_supervisors.is_one_here)

    def work_out(self, query: sq.LongQuery, progress: Progress) -> Any:
        """The answer to a query that takes seconds. `progress` is told what is done, and of how much; what it raises
        stops it: a `Refusal` of CANCELLED, say. Safe beside commands: the database is read once, at the start."""
        from reception.working_out import work_out

        return work_out(self._database, query, progress)

    def _offices(self) -> tuple[Office, ...]:
        with self._database.read() as (connection, head, _now):
            found = self._database.all_offices(connection, head.settings_version)
            return tuple(record.office for record in found.values())

    def _desk(self, query: q.Desk) -> DeskView:
        view = queries.desk_view(self._database, query)
        if self._left_open.close(view):
            return queries.desk_view(self._database, query)
        return view

    def ticket_of(self, visit_id: str) -> TicketSnapshot:
        return self._paper_of(visit_id, reprint=False)[0]

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        """The journal's last sequence, and the ids of the visits that changed after `since`. Cheap."""
        return self._database.changes(since)

    def feed(self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]) -> Listening:
        """From now on hear of news (`on_beat`: with each heartbeat, and at once when the journal has moved) and of how
        well the database answers, both on a thread of the feed's own, until it is closed."""
        return self._database.feed(on_beat, on_contact, self.config.office, self.config.station)

    def hang_up(self) -> None:
        """Have everything refused at once that waits for a database that is out of reach."""
        self._database.hang_up()

    # -- paper -----------------------------------------------------------------------------------------------

    @property
    def press(self) -> Press:
        """What prints here, with the council's words as they are now. Refuses UNREADABLE_FILE and BAD_LETTER."""
        return self._press_room.press()

    def print_job(self, job_id: str) -> None:
        """Print one ordered job, once. Refuses PRINTER; the job is then kept for a reprint."""
        self.press.run(
            job_id,
            self._database,
            self._paper_of,
            self._database.now,
        )

    def _paper_of(
        self, visit_id: str, reprint: bool, told: ExpectedWait | None = None
    ) -> tuple[TicketSnapshot, SlipSnapshot | None]:
        if self._database.has_kiosk_role:
            from reception.storage.queries.kiosk_paper import kiosk_paper

            return kiosk_paper(self._database, visit_id, reprint, told)
        return queries.paper_of(self._database, visit_id, reprint, told)

    def print_evacuation(self, evacuation: EvacuationList) -> None:
        """Print the list of everyone inside, from memory; works without a database. Refuses PRINTER.

        Where something is wrong with the council's own words it is printed in the program's.
        """
        self._press_room.press_whatever_the_words().print_evacuation(evacuation)

    def letter(self, appointment_id: str, kind: LetterKind, large_print: bool | None = None) -> LetterOut:
        """A letter to look at, save or print; `large_print` None: as the visitor needs it.

        Refuses DO_NOT_WRITE, NOT_POSSIBLE_NOW, FONT, BAD_LETTER. That it was made is told with a `KeepLetter`.
        """
        return self.press.letter(self.ask(aq.LetterOf(appointment_id, kind, large_print)), appointment_id)

    def page_images(self, letter: LetterOut, scale: float) -> tuple[PageImage, ...]:
        """The pages of a letter to look at, and of its English copy, with `scale` pixels to the point: 1.0 is 72 to the
        inch."""
        from reception.documents.preview import page_images

        pages = page_images(letter.pdf, scale)
        return pages + page_images(letter.file_copy, scale) if letter.file_copy else pages

    def write_report(
        self, query: sq.MonthlyReport, out: Path, formats: Sequence[ReportFormat] = ()
    ) -> tuple[Path, ...]:
        """Write a monthly report to a file, or to a folder in every format, and say where it is.

        Refuses and replaces as :func:`~reception.services.monthly_reports.write_report`.
        """
        from reception.services.monthly_reports import write_report

        return write_report(self, query, self._offices(), out, formats)

    def write_figures(self, view: PastView, made_on: date, out: Path, wanted: ReportFormat) -> Path:
        """Write what is shown of a past period to a file, and say where it is.

        `made_on`: the office's date. Refuses and replaces as :func:`~reception.services.exporting.write_figures`.
        """
        from reception.services.exporting import write_figures

        return write_figures(view, made_on, out, wanted)

    def report_images(self, query: sq.MonthlyReport, scale: float) -> tuple[PageImage, ...]:
        """The pages of a report to look at, with `scale` pixels to the point. Refuses as `write_report`."""
        from reception.documents.fonts import FontBook
        from reception.documents.monthly_report import monthly_pdf
        from reception.documents.preview import page_images
        from reception.services.monthly_reports import monthly

        return page_images(monthly_pdf(monthly(self, query, self._offices()), FontBook()), scale)

    def print_letter(self, letter: LetterOut) -> None:
        """Print a letter on A4. Refuses PRINTER."""
        self.press.print_letter(letter)

    def now(self) -> Instant:
        """The instant by this computer's clock (or the clock that was set)."""
        return self._database.now()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()
