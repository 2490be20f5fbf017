"""The one door: `do` a command, `ask` a query, see what has changed. Builds the whole and hands it down.

Commands (`wiring`), the book's queries (`answers`), paper and statistics are loaded when they are first wanted, so that
a desk is on the screen sooner.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from reception.clock import MINUTE, Clock, Instant, local_date
from reception.config import Config
from reception.domain.book import LetterOut, PageImage
from reception.domain.booked import LetterKind
from reception.domain.office import Office
from reception.domain.snapshots import DeskView, EvacuationList, ExpectedWait, SlipSnapshot, TicketSnapshot
from reception.domain.stations import Beat, Contact, StationKind
from reception.domain.storable import cleaned
from reception.domain.workdays import Division, working_day_after
from reception.errors import Code, Refusal
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.services import supervisor_queries as sq
from reception.services.office_settings import KIOSK_PIN
from reception.services.pins import Argon2Pins
from reception.services.ports import PinHasher, UnitOfWork
from reception.storage import offices, past_days, queries, reasons
from reception.storage.engine import open_engine
from reception.storage.narrow import require_narrow
from reception.storage.unit_of_work import Database
from reception.storage.upgrade import Progress, prepare

if TYPE_CHECKING:
    from reception.documents.word_book import WordingFiles
    from reception.domain.figures import ResolvedSummary, WaitSummary
    from reception.domain.report_names import ReportFormat
    from reception.domain.supervising import PastView
    from reception.services.printing import Press, Printer

log = logging.getLogger(__name__)

CANNOT_WRITE = frozenset({Code.DATABASE_BUSY, Code.DATABASE_READ_ONLY, Code.DATABASE_FULL})
# What is there can be shown all the same; upkeep that writes is tried again.
CLOSE_AGAIN_AFTER = MINUTE
WRONG_WORDS = frozenset({Code.UNREADABLE_FILE, Code.BAD_LETTER})


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
        self._printer = printer
        self._press: Press | None = None
        self._words_as_of: tuple[int, ...] = ()
        self._closed_until: dict[str, date] = {}
        self._close_again_at: Instant = 0

    @property
    def database(self) -> Database:
        """What is behind the door, for whoever copies it whole."""
        return self._database

    # -- commands --------------------------------------------------------------------------------------------

    def do(self, command: c.Command) -> c.Result:
        """Carry out a command in one transaction. Done twice it is done once. Raises `Refusal`.

        What no database keeps is left out of its texts here, where all of them come by.
        """
        command = cleaned(command)
        if isinstance(command, c.SignIn):
            return self._sign_in(command)
        if isinstance(command, c.SignInSupervisor):
            return self._sign_in_supervisor(command)
        if isinstance(command, c.SetUpOffice):
            return self._set_up(command)
        from reception.wiring import HANDLERS

        handler = HANDLERS[type(command)]
        return self._transact(command, lambda uow: handler(command, uow))

    def _transact(self, command: c.Command, handle: Callable[[UnitOfWork], c.Result | Refusal]) -> c.Result:
        from reception.wiring import ABSENCES, CAN_UNDO

        with self._database.write(command) as work:
            known = work.result_of(command.id)
            if known is not None:
                return known
            outcome = handle(work)
            if isinstance(outcome, c.Result):
                changed = work.wrote_visits or work.wrote_appointments or type(command) in ABSENCES
                work.keep_result(command, outcome, changed and type(command) in CAN_UNDO)
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome

    def _sign_in(self, command: c.SignIn) -> c.Result:
        # The hash is slow on purpose, so it is checked before the lock is taken.
        is_right = self._pin_is_right(command.officer_id, command.pin)
        from reception.services import day

        return self._transact(command, lambda uow: day.sign_in(command, uow, is_right))

    def _sign_in_supervisor(self, command: c.SignInSupervisor) -> c.Result:
        is_right = self._pin_is_right(command.officer_id, command.pin)
        from reception.services import day

        return self._transact(command, lambda uow: day.sign_in_supervisor(command, uow, is_right))

    def _pin_is_right(self, officer_id: str, pin: str) -> bool:
        with self._database.read() as (connection, _head, _now):
            known = offices.pin_of(connection, officer_id)
        return self._pins.verify(known.pin_hash, pin)

    def _set_up(self, command: c.SetUpOffice) -> c.Result:
        from reception.services import setting_up
        from reception.services.checking_settings import check_settings

        check_settings(command.settings)
        hashes = {entry.officer.id: self._pins.hash(entry.pin) for entry in command.settings.staff if entry.pin}
        if command.settings.kiosk_pin:
            hashes[KIOSK_PIN] = self._pins.hash(command.settings.kiosk_pin)
        is_right = bool(command.administrator_id) and self._pin_is_right(command.administrator_id, command.pin)
        return self._transact(command, lambda uow: setting_up.set_up_office(command, uow, is_right, hashes))

    def close_days(self, office_id: str) -> None:
        """Close the days that are over. Happens by itself when a desk is shown and one was left open."""
        self.do(c.CloseDay(office_id=office_id, station=self.config.station))

    # -- queries ---------------------------------------------------------------------------------------------

    def ask(self, query: q.Query) -> Any:
        """The answer to a query: each query's docstring says what. Raises `Refusal`."""
        query = cleaned(query)
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
            case q.WorkingDays():
                return self._working_days(query)
            case q.SettingsOf(office_id):
                with self._database.read() as (connection, head, now):
                    record = queries.record_of(self._database, connection, head, office_id)
                    return offices.settings_of(record, local_date(now, record.office.zone))
            case q.LettersInUse(office_id):
                with self._database.read() as (connection, head, now):
                    record = queries.record_of(self._database, connection, head, office_id)
                    return offices.letters_in_use(connection, office_id, local_date(now, record.office.zone))
            case q.TicketOf(visit_id):
                return self.ticket_of(visit_id)
            case q.WaitReport():
                return self._wait_report(query)
            case q.ResolvedReport():
                return self._resolved_report(query)
            case _:
                from reception.answers import answer

                return answer(self._database, query)

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
        today = local_date(view.now, view.office.zone)
        if self._closed_until.get(query.office_id) == today or view.now < self._close_again_at:
            return view
        # Where nothing was left open nothing is written: the first view neither waits for a lock nor needs one.
        with self._database.read() as (connection, _head, now):
            is_left_open = past_days.left_open(connection, view.office, now)
        if is_left_open:
            try:
                self.close_days(query.office_id)
            except Refusal as refusal:
                if refusal.code not in CANNOT_WRITE:
                    raise
                log.warning("a day that is over could not be closed: %s", refusal.code)
                self._close_again_at = view.now + CLOSE_AGAIN_AFTER
                return view
            view = queries.desk_view(self._database, query)
        self._closed_until[query.office_id] = today
        return view

    def _working_days(self, query: q.WorkingDays) -> tuple[date, ...]:
        with self._database.read() as (connection, head, _now):
            office = queries.record_of(self._database, connection, head, query.office_id).office
        division = Division(office.division)
        return tuple(
            working_day_after(query.start, number, division, office.closures) for number in range(1, query.count + 1)
        )

    def _wait_report(self, query: q.WaitReport) -> list[WaitSummary]:
        from reception.domain.grouping import Grouping
        from reception.services.reports import wait_report

        visits = queries.visit_figures(
            self._database, query.office_id, query.first, query.last, query.without_evacuations
        )
        return wait_report(visits, Grouping(query.by))

    def _resolved_report(self, query: q.ResolvedReport) -> list[ResolvedSummary]:
        from reception.domain.grouping import Grouping
        from reception.services.reports import resolved_report

        visits = queries.resolved_figures(
            self._database, query.office_id, query.first, query.last, query.without_evacuations
        )
        return resolved_report(visits, Grouping(query.by))

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
        """What prints here: fonts, words and printer, loaded when the first paper is made.

        The council's own words are read again once their file has changed, so that a preview shows what was edited.
        Refuses UNREADABLE_FILE and BAD_LETTER for as long as something is wrong with that file.
        """
        from reception.documents.word_book import WordingFiles

        wording = WordingFiles(self.config.wording_path(), self.config.wording_folder_path())
        as_of = wording.as_of()
        if self._press is None:
            self._press = self._press_with(wording)
        elif as_of != self._words_as_of:
            self._press = self._press.with_words_of(wording)
        self._words_as_of = as_of
        return self._press

    def _press_with(self, wording: WordingFiles) -> Press:
        from reception.services.printing import Press

        return Press.load(self.config.printer, self.config.letter_printer, self._printer, wording)

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
        try:
            press = self.press
        except Refusal as no:
            if no.code not in WRONG_WORDS:
                raise
            from reception.documents.word_book import PROGRAMS_OWN

            press = self._press_with(PROGRAMS_OWN)
        press.print_evacuation(evacuation)

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


def open_database(
    config: Config,
    *,
    clock: Clock | None = None,
    may_migrate: bool | None = None,
    progress: Progress | None = None,
    kind: StationKind = StationKind.DESK,
) -> tuple[Database, Path | None]:
    """Open (and make or bring up to date) the database of the settings; the backup copy, if one was made.

    Refuses ROLE_TOO_WIDE for a kiosk or display whose database user can read more than it must.
    """
    engine = open_engine(config.database_url(), password_file=config.password_file)
    try:
        backup = prepare(engine, may_migrate=may_migrate, progress=progress)
        require_narrow(engine, kind)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, config.ordering, clock, kind), backup


def open_door(
    config: Config,
    *,
    clock: Clock | None = None,
    pins: PinHasher | None = None,
    printer: Printer | None = None,
    progress: Progress | None = None,
    kind: StationKind = StationKind.DESK,
) -> Door:
    """Open the door. `clock`, `pins` and `printer` stand in for the real ones in tests, replays and the tour."""
    database, _backup = open_database(config, clock=clock, progress=progress, kind=kind)
    return Door(database, config, pins or Argon2Pins(), printer)


def choose_office(found: tuple[Office, ...], name: str) -> Office:
    """The office by name, or the only one. Refuses NO_OFFICE and UNKNOWN_THING."""
    if not found:
        raise Refusal(Code.NO_OFFICE, "No office is set up here yet.", "Start the desk to set one up.")
    if not name and len(found) == 1:
        return found[0]
    for office in found:
        if office.name.casefold() == name.casefold():
            return office
    names = ", ".join(office.name for office in found)
    raise Refusal(
        Code.UNKNOWN_THING,
        f"There is no office “{name}”." if name else "There are several offices.",
        f"Name one of: {names}.",
    )
