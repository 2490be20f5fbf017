"""One transaction: everything in it happens, or nothing does.

A write takes the lock first, then reads the clock, so that the order of the facts is the order of their times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.events import DelayAnnounced, OfficeFact, Recorded, SignInRefused
from reception.domain.said_wait import ExpectedWait
from reception.services.commands import Command, Result, new_id
from reception.services.ports import StoredCommand
from reception.services.station_ports import CutOff
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.calls import write_announcement
from reception.storage.codec import result_from_json, result_to_json
from reception.storage.known_offices import KnownOffices
from reception.storage.numbers import StoredNumbers
from reception.storage.sayings import StoredSayings
from reception.storage.stations import StoredStations
from reception.storage.visits import StoredVisits
from reception.storage.work_offices import WorkOffices

if TYPE_CHECKING:
    from reception.storage.absences import StoredAbsences
    from reception.storage.appointments import StoredAppointments
    from reception.storage.questions import StoredQuestions

_RESULT = sa.select(t.command.c.result).where(t.command.c.id == sa.bindparam("command_id"))
_KIOSK_RESULT = sa.text("SELECT kiosk_result(:command_id)")
_KEEP_RESULT = sa.insert(t.command)
_ORDER_PRINT = sa.insert(t.print_job)
_COMMAND = sa.select(t.command.c.id, t.command.c.kind, t.command.c.number, t.command.c.at, t.command.c.undone).where(
    t.command.c.id == sa.bindparam("command_id"), t.command.c.can_undo
)


class Work:
    """The unit of work of one command (see `services.ports.UnitOfWork`).

    `now`: read after the lock. `known`: the offices as of the head. `has_kiosk_role`: what that may not read is reached
    through functions of the database.
    """

    def __init__(
        self,
        connection: Connection,
        command: Command,
        head: journal.Head,
        now: Instant,
        known: KnownOffices,
        has_kiosk_role: bool = False,
    ) -> None:
        self.connection = connection
        self.command = command
        self.now = now
        self.offices = WorkOffices(connection, command.office_id, head.settings_version, now, known)
        self._has_kiosk_role = has_kiosk_role
        self._head = head
        self._outbox: list[tuple[str | None, Recorded]] = []
        self._appointments_outbox: list[tuple[str, Recorded]] = []
        self._visits: StoredVisits | None = None
        self._appointments: StoredAppointments | None = None
        self._questions: StoredQuestions | None = None

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
            if self._has_kiosk_role:
                from reception.storage.kiosk_visits import KioskVisits

                visits_of_its_kind = KioskVisits
            self._visits = visits_of_its_kind(self.connection, self.offices.record.office, self._outbox)
        return self._visits

    @property
    def numbers(self) -> StoredNumbers:
        return StoredNumbers(self.connection, self.command.office_id)

    @property
    def appointments(self) -> StoredAppointments:
        if self._appointments is None:
            # A desk has its first row before anything is booked.
            from reception.storage.appointments import StoredAppointments
            from reception.storage.kiosk_appointments import KioskAppointments

            of_its_kind = KioskAppointments if self._has_kiosk_role else StoredAppointments
            self._appointments = of_its_kind(
                self.connection,
                self.offices.record.office,
                self.now,
                self.command.station,
                self._appointments_outbox,
                self.offices.settings_changed,
            )
        return self._appointments

    @property
    def absences(self) -> StoredAbsences:
        from reception.storage.absences import StoredAbsences

        return StoredAbsences(self.connection, self.command.office_id)

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
            day = local_date(self.now, self.offices.record.office.zone)
            write_announcement(self.connection, command.id, command.office_id, fact, self.now, day)
        self._outbox.append((None, Recorded(self.now, command.id, fact, command.counter_id, command.officer_id)))

    def record_kept(self, item: Recorded) -> None:
        self._outbox.append((None, item))

    def result_of(self, command_id: str) -> Result | None:
        asked = _KIOSK_RESULT if self._has_kiosk_role else _RESULT
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
