"""One transaction: everything in it happens, or nothing does.

A write takes the lock first, then reads the clock, so that the order of the facts is the order of their times.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection, Engine

from reception.clock import MINUTE, SECOND, Clock, Instant, SystemClock, local_date
from reception.config import OrderingConfig
from reception.domain.events import DelayAnnounced, OfficeFact, Recorded, SignInRefused
from reception.domain.office import Office
from reception.domain.queueing import RuleSettings
from reception.domain.snapshots import ExpectedWait
from reception.domain.standards import Standard
from reception.domain.stations import Beat, Contact, StationKind
from reception.errors import Code, Refusal
from reception.services.commands import Command, Result, new_id
from reception.services.office_settings import OfficeSettings
from reception.services.ports import AtCounter, CutOff, Pin, PrintJob, StoredCommand
from reception.storage import journal, offices
from reception.storage import schema as t
from reception.storage.calls import write_announcement
from reception.storage.codec import result_from_json, result_to_json
from reception.storage.engine import transaction
from reception.storage.feed import Feed, Line
from reception.storage.feed_sqlite import SqliteLine
from reception.storage.namesakes import StationName
from reception.storage.narrow import NARROW
from reception.storage.postgresql import hang_up
from reception.storage.remembered import RememberedQueues, RememberedWaits
from reception.storage.saving_offices import save_settings
from reception.storage.sayings import StoredSayings
from reception.storage.stations import StoredStations
from reception.storage.upgrade import found_revision, newer_schema
from reception.storage.visits import StoredVisits

if TYPE_CHECKING:
    from reception.storage.appointments import StoredAppointments
    from reception.storage.queries.waits import Learnt
    from reception.storage.questions import StoredQuestions

_RESULT = sa.select(t.command.c.result).where(t.command.c.id == sa.bindparam("command_id"))
_KIOSK_RESULT = sa.text("SELECT kiosk_result(:command_id)")
_KEEP_RESULT = sa.insert(t.command)
_ORDER_PRINT = sa.insert(t.print_job)
_COMMAND = sa.select(t.command.c.id, t.command.c.kind, t.command.c.number, t.command.c.at, t.command.c.undone).where(
    t.command.c.id == sa.bindparam("command_id"), t.command.c.can_undo
)
_USUAL_CALL_TO_START = (
    sa.select((t.leg.c.started_at - t.leg.c.called_at).label("taken"))
    .where(t.leg.c.office_id == sa.bindparam("office_id"), t.IS_CALLED_AND_STARTED)
    .order_by(t.leg.c.started_at.desc())
    .limit(50)
)
# Before the first few services the office's own record says nothing yet.
ENOUGH_STARTS = 10


class Database:
    """An open database with what is cached of it: the offices, until the settings change, the queues as last
    read, what was learnt of waits in this hour.

    `clock` None: the clock of the database (PostgreSQL) or of this computer (SQLite). A clock of its own is for a
    replay, the sample day and tests. `kind`: of the station; a kiosk or display asks for nothing of a person.
    """

    def __init__(
        self,
        engine: Engine,
        ordering: OrderingConfig,
        clock: Clock | None = None,
        kind: StationKind = StationKind.DESK,
    ) -> None:
        self.engine = engine
        self.kind = kind
        self.ordering = ordering
        self._clock = clock
        self._system = SystemClock()
        self._lock = threading.Lock()
        self._cached: tuple[int, dict[str, offices.OfficeRecord]] | None = None
        self._revision: str | None = None
        self.queues = RememberedQueues()
        self.waits: RememberedWaits[Learnt] = RememberedWaits()
        self._assumed = offices.Assumed(
            ordering.walk_in_target_minutes * MINUTE, ordering.appointment_target_minutes * MINUTE
        )

    @property
    def has_kiosk_role(self) -> bool:
        """Whether what a kiosk's role may not read is reached through functions of the database."""
        return self.kind is StationKind.KIOSK and self.engine.dialect.name == "postgresql"

    @contextmanager
    def write(self, command: Command) -> Iterator[Work]:
        """The transaction of one command; nothing of it stays when an exception leaves it."""
        with transaction(self.engine, writes=True) as connection:
            head = journal.read_head(connection)
            work = Work(self, connection, command, head, self._now(head.database_now))
            yield work
            work.flush()

    @contextmanager
    def read(self) -> Iterator[tuple[Connection, journal.Head, Instant]]:
        """A read of one state of the database, and the instant it was read at."""
        with transaction(self.engine, one_state=True) as connection:
            head = journal.read_head(connection)
            yield connection, head, self._now(head.database_now)

    def _now(self, database_now: Instant | None) -> Instant:
        if self._clock is not None:
            return self._clock.now()
        return self._system.now() if database_now is None else database_now

    def all_offices(self, connection: Connection, settings_version: int) -> dict[str, offices.OfficeRecord]:
        """Every office; read again only when the settings have changed.

        A migration changes them too, so that a program that is at work then finds out here: refuses SCHEMA_NEWER.
        """
        with self._lock:
            if self._cached is not None and self._cached[0] == settings_version:
                return self._cached[1]
        revision = found_revision(connection)
        found = self.read_offices(connection)
        with self._lock:
            if self._revision not in (None, revision):
                raise newer_schema(connection)
            self._revision = revision
            self._cached = (settings_version, found)
        return found

    def read_offices(self, connection: Connection) -> dict[str, offices.OfficeRecord]:
        return offices.read_offices(connection, self._assumed, self.kind)

    def rule_settings(self, connection: Connection, record: offices.OfficeRecord) -> RuleSettings:
        """The calling rule's settings, with the usual time from call to start as it was of late."""
        taken = sorted(connection.execute(_USUAL_CALL_TO_START, {"office_id": record.office.id}).scalars().all())
        usual = self.ordering.usual_call_to_start_seconds * SECOND
        if len(taken) >= ENOUGH_STARTS:
            usual = taken[len(taken) // 2]
        return RuleSettings(record.walk_in_guard, record.appointment_guard, record.overtakes, usual)

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        """The journal's last sequence, and the visits that changed after `since`."""
        with transaction(self.engine) as connection:
            head = journal.read_head(connection)
            if head.sequence <= since:
                return head.sequence, frozenset()
            if self.kind in NARROW:
                return head.sequence, frozenset({""})  # which visits they are stands in the journal
            return head.sequence, journal.changed_since(connection, since)

    def feed(
        self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None], office: str, station: str
    ) -> Feed:
        """News and heartbeat on a connection of their own, told on a thread of their own until the feed is closed.
        `office` and `station` are named as in the settings."""
        name = StationName(office, station, self.kind)
        if self.engine.dialect.name == "postgresql":
            from reception.storage.feed_postgresql import PostgresqlLine
            from reception.storage.postgresql import own_parameters

            line: Line = PostgresqlLine(own_parameters(self.engine), name)
        else:
            line = SqliteLine(Path(str(self.engine.url.database)), name)
        return Feed(line, on_beat, on_contact, self._now)

    def hang_up(self) -> None:
        """End what waits for the answer of a server that is out of reach: it is refused at once."""
        if self.engine.dialect.name == "postgresql":
            hang_up(self.engine)

    def claim_print(self, job_id: str, now: Instant) -> PrintJob | None:
        """Take a print job for printing, once: None when it is printed, taken back or being printed."""
        return self._change_print(job_id, ("ordered", "failed"), "printing", now)

    def printed(self, job_id: str, now: Instant, succeeded: bool) -> None:
        self._change_print(job_id, ("printing",), "printed" if succeeded else "failed", now)

    def _change_print(self, job_id: str, expected: tuple[str, ...], state: str, now: Instant) -> PrintJob | None:
        job = t.print_job
        with transaction(self.engine, writes=True) as connection:
            row = connection.execute(
                sa.update(job)
                .where(job.c.id == job_id, job.c.state.in_(expected))
                .values(state=state, changed_at=now)
                .returning(job.c.id, job.c.visit_id, job.c.paper, job.c.reprint, job.c.told_low, job.c.told_high)
            ).first()
        if row is None:
            return None
        told = None if row.told_high is None else ExpectedWait(row.told_low, row.told_high)
        return PrintJob(row.id, row.visit_id, row.paper, row.reprint, told)

    def now(self) -> Instant:
        """The instant by this computer's clock (or the clock set): for what need not be exact."""
        return self._now(None)

    def close(self) -> None:
        self.engine.dispose()


class WorkOffices:
    """The office at hand within one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def exists(self) -> bool:
        return self._work.command.office_id in self._work.all_offices()

    def name_is_taken(self, name: str) -> bool:
        return any(
            record.office.name.casefold() == name.casefold()
            for office_id, record in self._work.all_offices().items()
            if office_id != self._work.command.office_id
        )

    def office(self) -> Office:
        return self._work.office_record.office

    def standard(self, day: date) -> Standard:
        return self._work.office_record.standard_of(day)

    def rule(self) -> tuple[str, RuleSettings]:
        record = self._work.office_record
        return record.rule, self._work.database.rule_settings(self._work.connection, record)

    def pin(self, officer_id: str) -> Pin:
        return offices.pin_of(self._work.connection, officer_id)

    def pin_tried(self, officer_id: str, wrong: int, locked_until: Instant) -> None:
        offices.pin_tried(self._work.connection, officer_id, wrong, locked_until)

    def counters(self) -> list[AtCounter]:
        return offices.counters_at_work(self._work.connection, self._work.command.office_id)

    def take_counter(self, counter_id: str, officer_id: str, station: str) -> None:
        offices.set_counter(self._work.connection, counter_id, officer_id, station, self._work.now)

    def leave_counter(self, counter_id: str) -> None:
        offices.set_counter(self._work.connection, counter_id, None, "", None)

    def evacuated_at(self) -> Instant | None:
        return offices.evacuated_at(self._work.connection, self._work.command.office_id)

    def evacuate(self, day: date) -> None:
        offices.start_evacuation(self._work.connection, self._work.command.office_id, self._work.now, day)

    def end_evacuation(self, resumed: bool) -> None:
        offices.end_evacuation(self._work.connection, self._work.command.office_id, self._work.now, resumed)

    def evacuation_ended_at(self) -> Instant | None:
        return offices.evacuation_ended_at(self._work.connection, self._work.command.office_id)

    def last_evacuation_resumed(self) -> bool | None:
        return offices.last_evacuation_resumed(self._work.connection, self._work.command.office_id)

    def settings(self) -> OfficeSettings:
        record = self._work.office_record
        return offices.settings_of(record, local_date(self._work.now, record.office.zone))

    def save_settings(self, settings: OfficeSettings, pin_hashes: dict[str, str], day: date) -> None:
        save_settings(self._work.connection, self._work.command.office_id, settings, pin_hashes, day)
        self._work.settings_changed()


class Work:
    """The unit of work of one command (see `services.ports.UnitOfWork`)."""

    def __init__(
        self, database: Database, connection: Connection, command: Command, head: journal.Head, now: Instant
    ) -> None:
        self.database = database
        self.connection = connection
        self.command = command
        self.now = now
        self.offices = WorkOffices(self)
        self._head = head
        self._outbox: list[tuple[str | None, Recorded]] = []
        self._appointments_outbox: list[tuple[str, Recorded]] = []
        self._visits: StoredVisits | None = None
        self._appointments: StoredAppointments | None = None
        self._questions: StoredQuestions | None = None
        self._changed_settings = False

    def all_offices(self) -> dict[str, offices.OfficeRecord]:
        if self._changed_settings:
            # Read past the cache: what is not committed yet may never be.
            return self.database.read_offices(self.connection)
        return self.database.all_offices(self.connection, self._head.settings_version)

    def settings_changed(self) -> None:
        """Have every station read the settings again, once this is committed."""
        journal.bump_settings(self.connection)
        self._changed_settings = True

    @property
    def office_record(self) -> offices.OfficeRecord:
        try:
            return self.all_offices()[self.command.office_id]
        except KeyError:
            raise Refusal(Code.NO_OFFICE, "That office is not set up here.", "Set it up first.") from None

    @property
    def cut_off(self) -> CutOff | None:
        return None

    @property
    def questions(self) -> StoredQuestions:
        if self._questions is None:
            from reception.storage.questions import StoredQuestions

            self._questions = StoredQuestions(self.connection, self.command.office_id)
        return self._questions

    @property
    def visits(self) -> StoredVisits:
        if self._visits is None:
            visits_of_its_kind = StoredVisits
            if self.database.has_kiosk_role:
                from reception.storage.kiosk_visits import KioskVisits

                visits_of_its_kind = KioskVisits
            self._visits = visits_of_its_kind(self.connection, self.office_record.office, self._outbox)
        return self._visits

    @property
    def appointments(self) -> StoredAppointments:
        if self._appointments is None:
            # A desk has its first row before anything is booked.
            from reception.storage.appointments import StoredAppointments
            from reception.storage.kiosk_appointments import KioskAppointments

            of_its_kind = KioskAppointments if self.database.has_kiosk_role else StoredAppointments
            self._appointments = of_its_kind(
                self.connection,
                self.office_record.office,
                self.now,
                self.command.station,
                self._appointments_outbox,
                self.settings_changed,
            )
        return self._appointments

    @property
    def stations(self) -> StoredStations:
        return StoredStations(self.connection, self.command.office_id)

    @property
    def sayings(self) -> StoredSayings:
        return StoredSayings(self.connection, self.command, self.now)

    @property
    def wrote_appointments(self) -> bool:
        """Whether any appointment has changed."""
        return bool(self._appointments_outbox)

    @property
    def wrote_visits(self) -> bool:
        """Whether any visit has changed."""
        return any(visit_id is not None for visit_id, _ in self._outbox)

    def record(self, fact: OfficeFact) -> None:
        command = self.command
        if isinstance(fact, DelayAnnounced):
            day = local_date(self.now, self.office_record.office.zone)
            write_announcement(self.connection, command.id, command.office_id, fact, self.now, day)
        self._outbox.append((None, Recorded(self.now, command.id, fact, command.counter_id, command.officer_id)))

    def record_kept(self, item: Recorded) -> None:
        self._outbox.append((None, item))

    def result_of(self, command_id: str) -> Result | None:
        asked = _KIOSK_RESULT if self.database.has_kiosk_role else _RESULT
        found = self.connection.execute(asked, {"command_id": command_id}).scalar()
        return None if found is None else replace(result_from_json(found), already_done=True)

    def keep_result(self, command: Command, result: Result, can_undo: bool) -> None:
        self.connection.execute(
            _KEEP_RESULT,
            {
                "id": command.id,
                "office_id": command.office_id,
                "kind": type(command).__name__,
                "at": self.now,
                "station": command.station,
                "number": result.finished_number or result.number or result.reference,
                "can_undo": can_undo,
                "undone": False,
                "result": result_to_json(result),
            },
        )

    def pin_was_refused(self) -> bool:
        return journal.holds(self.connection, self.command.id, SignInRefused)

    def stored_command(self, command_id: str) -> StoredCommand | None:
        row = self.connection.execute(_COMMAND, {"command_id": command_id}).first()
        return None if row is None else StoredCommand(*row)

    def mark_undone(self, command_id: str) -> None:
        self.connection.execute(sa.update(t.command).where(t.command.c.id == command_id).values(undone=True))

    def order_print(self, visit_id: str, paper: str, reprint: bool, told: ExpectedWait | None = None) -> str:
        job_id = new_id()
        self.connection.execute(
            _ORDER_PRINT,
            {
                "id": job_id,
                "office_id": self.command.office_id,
                "visit_id": visit_id,
                "paper": paper,
                "reprint": reprint,
                "station": self.command.station,
                "ordered_at": self.now,
                "state": "ordered",
                "changed_at": self.now,
                "told_low": told.low if told is not None else None,
                "told_high": told.high if told is not None else None,
            },
        )
        return job_id

    def cancel_prints(self, visit_id: str, paper: str = "") -> None:
        job = t.print_job
        self.connection.execute(
            sa.update(job)
            .where(job.c.visit_id == visit_id, job.c.paper == paper if paper else sa.true(), t.IS_UNPRINTED)
            .values(state="printed", changed_at=self.now)
        )

    def flush(self) -> None:
        """Write the facts; the last thing before the commit."""
        office_id, station = self.command.office_id, self.command.station
        rows = [journal.journal_row(item, office_id, visit_id, station) for visit_id, item in self._outbox]
        rows += [
            journal.journal_row(item, office_id, None, station, appointment_id)
            for appointment_id, item in self._appointments_outbox
        ]
        journal.append(self.connection, self._head, rows)
