"""Appointments: loaded from their facts, written as facts, as rows, and as what they take."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, Millis, local_date
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.booked import RoomState, Standing
from reception.domain.booking import LONGEST, Diary, Place
from reception.domain.events import Recorded
from reception.domain.obstacles import taken_of
from reception.domain.office import Office
from reception.domain.queueing import NextWith
from reception.errors import Code, Refusal
from reception.services.appointment_ports import Ahead, Particulars, StoredAppointment
from reception.storage import occupying
from reception.storage import schema as t
from reception.storage.appointment_rows import appointment_row, particulars_from, particulars_row
from reception.storage.diaries import read_diary
from reception.storage.journal import appointments_of_command, facts_of_appointments
from reception.storage.next_with import next_with

_INSERT = sa.insert(t.appointment)
_INSERT_PERSON = sa.insert(t.appointment_person)
_NEVER_CHANGED = frozenset({"id", "office_id", "reference", "booked_at", "series_id"})
_CHANGED_COLUMNS = tuple(column.name for column in t.appointment.c if column.name not in _NEVER_CHANGED)
_UPDATE = (
    sa.update(t.appointment)
    .where(t.appointment.c.id == sa.bindparam("the_id"), t.appointment.c.version == sa.bindparam("the_version"))
    .values({name: sa.bindparam(f"new_{name}") for name in _CHANGED_COLUMNS})
)
_OF_VISIT = sa.union_all(
    *(
        sa.select(t.appointment.c.id, t.appointment.c.booked_at).where(
            column == sa.bindparam("visit_id"), ~t.appointment.c.voided
        )
        for column in (t.appointment.c.visit_id, t.appointment.c.from_visit_id)
    )
).order_by(sa.desc("booked_at"))
_SERIES = (
    sa.select(t.appointment.c.id)
    .where(
        t.appointment.c.office_id == sa.bindparam("office_id"),
        t.appointment.c.series_id == sa.bindparam("series"),
        t.IS_OF_SERIES,
        ~t.appointment.c.voided,
    )
    .order_by(t.appointment.c.starts)
)
_PERSON = sa.select(t.appointment_person).where(t.appointment_person.c.appointment_id == sa.bindparam("appointment_id"))
_SHARED = ("name", "spoken", "written", "needs", "note")
_READ_TODAY = sa.func.coalesce(
    sa.func.nullif(sa.bindparam("read_today", type_=sa.String), ""), t.appointment_person.c.written
)
_COPY_PERSON = sa.insert(t.visitor).from_select(
    ["visit_id", *_SHARED],
    sa.select(
        sa.bindparam("to_visit", type_=sa.String),
        *(_READ_TODAY if name == "written" else t.appointment_person.c[name] for name in _SHARED),
    ).where(t.appointment_person.c.appointment_id == sa.bindparam("appointment_id")),
)
# Not seen yet: of a visit, neither served nor ended.
_UNMARKED = (
    sa.select(t.appointment.c.id)
    .where(
        t.appointment.c.office_id == sa.bindparam("office_id"),
        t.appointment.c.local_day <= sa.bindparam("day"),
        t.appointment.c.starts < sa.bindparam("before"),
        t.IS_UNMARKED,
    )
    .order_by(t.appointment.c.starts)
)
_HELD = (
    t.appointment.c.service_id,
    t.appointment.c.officer_id,
    t.appointment.c.room_id,
    t.appointment.c.interpreter_id,
)
_AHEAD = (
    sa.select(*_HELD, sa.func.count())
    .where(
        t.appointment.c.office_id == sa.bindparam("office_id"),
        t.appointment.c.local_day >= sa.bindparam("day"),
        t.appointment.c.ends > sa.bindparam("now"),
        t.appointment.c.standing == Standing.BOOKED.value,
        ~t.appointment.c.voided,
    )
    .group_by(*_HELD)
)
_KNOWN_ROWS = sa.select(t.imported_appointment.c.row_key).where(
    t.imported_appointment.c.office_id == sa.bindparam("office_id"),
    t.imported_appointment.c.row_key.in_(sa.bindparam("keys", expanding=True)),
)
_MOST_AT_ONCE = 500
"""How many keys one statement may name on every engine."""


class StoredAppointments:
    """The appointments of one office within one transaction. Facts go to `outbox`, which the commit writes."""

    def __init__(
        self,
        connection: Connection,
        office: Office,
        now: Instant,
        station: str,
        outbox: list[tuple[str, Recorded]],
        settings_changed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._office = office
        self._now = now
        self._station = station
        self._outbox = outbox
        self._settings_changed = settings_changed

    # -- one appointment -------------------------------------------------------------------------------------

    def load(self, appointment_id: str) -> StoredAppointment:
        facts = self._facts_of([appointment_id]).get(appointment_id)
        if facts is None:
            raise Refusal(Code.UNKNOWN_APPOINTMENT, "That appointment is not known here.", "Find it by its name.")
        appointment = appointment_from(appointment_id, facts)
        if appointment.office_id != self._office.id:
            raise Refusal(
                Code.OTHER_OFFICE,
                "This appointment is at another office.",
                "Send the visitor there, or give a ticket to be seen here.",
            )
        return StoredAppointment(appointment, facts)

    def _facts_of(self, ids: Sequence[str]) -> dict[str, tuple[Recorded, ...]]:
        """Of each that is known; with those that this transaction is still to write."""
        found = facts_of_appointments(self._connection, ids)
        for appointment_id, item in self._outbox:
            if appointment_id in ids:
                found[appointment_id] = (*found.get(appointment_id, ()), item)
        return found

    def add(self, appointment: Appointment, facts: Sequence[Recorded], particulars: Particulars) -> None:
        self._connection.execute(_INSERT, appointment_row(appointment, len(facts), self._office.zone))
        self._connection.execute(_INSERT_PERSON, particulars_row(appointment.id, particulars))
        self._occupy(appointment.id, (), taken_of(appointment))
        self._outbox.extend((appointment.id, fact) for fact in facts)

    def save(self, stored: StoredAppointment, appointment: Appointment, facts: Sequence[Recorded]) -> None:
        if not facts:
            return
        row = appointment_row(appointment, stored.version + len(facts), self._office.zone)
        changes = {f"new_{name}": row[name] for name in _CHANGED_COLUMNS}
        written = self._connection.execute(
            _UPDATE, {**changes, "the_id": appointment.id, "the_version": stored.version}
        )
        if written.rowcount != 1:
            raise Refusal(
                Code.ALREADY_TAKEN,
                f"Appointment {appointment.reference} was changed at another desk.",
                "Look again, then choose.",
            )
        before, after = taken_of(stored.appointment), taken_of(appointment)
        self._occupy(appointment.id, before, after)
        self._outbox.extend((appointment.id, fact) for fact in facts)

    def _occupy(self, appointment_id: str, before: occupying.Taken, after: occupying.Taken) -> None:
        if after and after != before:
            # A hold that ran out is in nobody's way.
            occupying.let_go(self._connection, self._office.id, self._now)
        occupying.change(self._connection, self._office.id, appointment_id, before, after)

    def particulars(self, appointment_id: str) -> Particulars:
        return particulars_from(self._connection.execute(_PERSON, {"appointment_id": appointment_id}).one())

    def copy_person(self, appointment_id: str, visit_id: str, written: str) -> None:
        asked = {"appointment_id": appointment_id, "to_visit": visit_id, "read_today": written}
        self._connection.execute(_COPY_PERSON, asked)

    def save_particulars(self, appointment_id: str, particulars: Particulars) -> None:
        row = particulars_row(appointment_id, particulars)
        table = t.appointment_person
        self._connection.execute(sa.update(table).where(table.c.appointment_id == appointment_id).values(**row))

    def keep_reason(self, appointment_id: str, command_id: str, kind: str, reason: str) -> None:
        self._connection.execute(
            t.appointment_reason.insert().values(
                appointment_id=appointment_id, command_id=command_id, kind=kind, reason=reason
            )
        )

    def of_command(self, command_id: str) -> list[str]:
        return appointments_of_command(self._connection, command_id)

    def of_visit(self, visit_id: str) -> str:
        return self._connection.execute(_OF_VISIT, {"visit_id": visit_id}).scalar() or ""

    def series(self, series_id: str) -> list[str]:
        asked = {"office_id": self._office.id, "series": series_id}
        return list(self._connection.execute(_SERIES, asked).scalars())

    # -- what is taken ---------------------------------------------------------------------------------------

    def diary(self, starts: Instant, ends: Instant, *, without: Collection[str] = ()) -> Diary:
        return read_diary(self._connection, self._office, starts, ends, self._now, without)

    def hold(self, hold_id: str, place: Place, set_up: Millis, runs_out_at: Instant) -> None:
        occupying.let_go(self._connection, self._office.id, self._now)
        self._connection.execute(
            t.hold.insert().values(
                id=hold_id,
                office_id=self._office.id,
                starts=place.starts,
                ends=place.ends,
                officer_id=place.officer_id or None,
                room_id=place.room_id or None,
                interpreter_id=place.interpreter_id or None,
                runs_out_at=runs_out_at,
                station=self._station,
            )
        )
        occupying.hold(self._connection, self._office.id, hold_id, place, set_up)

    def release_hold(self, hold_id: str) -> bool:
        return occupying.let_go(self._connection, self._office.id, self._now, hold_id)

    def in_room(self, room_id: str) -> str:
        found = sa.select(t.visit.c.id).where(t.visit.c.room_id == room_id, t.IS_IN_ROOM)
        return self._connection.execute(found).scalar() or ""

    def next_with(self, officer_id: str) -> NextWith | None:
        return next_with(self._connection, self._office, officer_id, self._now)

    def unmarked(self, day: date, before: Instant) -> list[StoredAppointment]:
        asked = {"office_id": self._office.id, "day": day.isoformat(), "before": before}
        return self._load_all(self._connection.execute(_UNMARKED, asked).scalars().all())

    def _load_all(self, ids: Sequence[str]) -> list[StoredAppointment]:
        facts = self._facts_of(ids)
        return [StoredAppointment(appointment_from(each, facts[each]), facts[each]) for each in ids]

    def ahead(self) -> list[Ahead]:
        # the day comes first for its index; one before today may go on past midnight
        day = local_date(self._now - LONGEST, self._office.zone).isoformat()
        asked = {"office_id": self._office.id, "day": day, "now": self._now}
        return [
            Ahead(service_id, officer_id or "", room_id or "", interpreter_id or "", count)
            for service_id, officer_id, room_id, interpreter_id, count in self._connection.execute(_AHEAD, asked)
        ]

    # -- the office's resources ------------------------------------------------------------------------------

    def set_room_state(self, room_id: str, state: RoomState) -> None:
        self._connection.execute(
            sa.update(t.room)
            .where(t.room.c.office_id == self._office.id, t.room.c.id == room_id)
            .values(state=state.value)
        )
        self._settings_changed()

    # -- brought in from elsewhere ---------------------------------------------------------------------------

    def known_rows(self, row_keys: Collection[str]) -> frozenset[str]:
        keys, found = list(row_keys), set[str]()
        for first in range(0, len(keys), _MOST_AT_ONCE):
            asked = {"office_id": self._office.id, "keys": keys[first : first + _MOST_AT_ONCE]}
            found.update(self._connection.execute(_KNOWN_ROWS, asked).scalars())
        return frozenset(found)

    def remember_row(self, row_key: str, appointment_id: str) -> None:
        self._connection.execute(
            t.imported_appointment.insert().values(
                office_id=self._office.id, row_key=row_key, appointment_id=appointment_id
            )
        )
