"""Finding an appointment at a kiosk, by its exact code or by exact name and date of birth, and slowing wrong tries.

With a kiosk's role on PostgreSQL two narrow functions of the database look (`kiosk_functions`); elsewhere the same is
done here. What it comes to is decided by `domain/kiosk_finding` either way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from reception.clock import Millis, local_date
from reception.domain import kiosk_finding as finding
from reception.domain.appointment_folding import appointment_from
from reception.domain.booked import Kind, Standing
from reception.domain.events import LookUpRefused, Recorded
from reception.domain.kiosk import Finding, KioskAppointment
from reception.domain.kiosk_finding import Elsewhere, Found
from reception.domain.queueing import CODE_ALPHABET, REFERENCE_LENGTH, REFERENCE_PREFIX
from reception.services.commands import Command
from reception.services.queries import KioskByCode, KioskByName
from reception.storage import schema as t
from reception.storage.codec import fact_from_json
from reception.storage.database import Database
from reception.storage.journal import facts_of_appointments
from reception.storage.sought import sought_name
from reception.storage.unit_of_work import Work

_CODE = re.compile(rf"(?:{REFERENCE_PREFIX.rstrip('-')})?([{CODE_ALPHABET}]{{{REFERENCE_LENGTH}}})")
_LONGEST_CODE = 40
_BY_CODE = sa.text("SELECT kiosk_by_code(:office_id, :station, :code)")
_BY_NAME = sa.text("SELECT kiosk_by_name(:office_id, :station, :name, :born)")
_A, _P = t.appointment.c, t.appointment_person.c
_OF_CODE = sa.select(_A.id, _A.office_id, _A.local_day, _A.visit_id).where(
    _A.reference == sa.bindparam("code"), ~_A.voided
)
_OF_NAME = (
    sa.select(_A.id, _A.office_id, _A.local_day, _A.visit_id, _A.standing, _A.kind)
    .join(t.appointment_person, _P.appointment_id == _A.id)
    .where(
        _P.born == sa.bindparam("born"),
        _P.sought_name == sa.bindparam("name"),
        _A.office_id == sa.bindparam("office_id"),
        _A.local_day == sa.bindparam("day"),
        ~_A.voided,
    )
)
_NUMBER = sa.select(t.visit.c.number).where(t.visit.c.id == sa.bindparam("visit_id"))
_TRIES = sa.select(t.look_up.c.tried_at).where(
    t.look_up.c.station == sa.bindparam("station"), t.look_up.c.tried_at > sa.bindparam("after")
)


def kiosk_by_code(database: Database, query: KioskByCode) -> KioskAppointment:
    """What the code comes to. What is no code of ours at all, a leaflet's say, is not found, and is no try."""
    code = _code_in(query.code)
    if not code:
        return KioskAppointment(Finding.NOT_FOUND)
    with database.write(Command(office_id=query.office_id, station=query.station)) as work:
        if database.has_kiosk_role:
            asked = {"office_id": query.office_id, "station": query.station, "code": code}
            found, tries = _from_function(work.connection.execute(_BY_CODE, asked).scalar_one())
        else:
            found, tries = _look(work, work.connection.execute(_OF_CODE, {"code": code}).all())
        return _decided(work, found, tries)


def kiosk_by_name(database: Database, query: KioskByName) -> KioskAppointment:
    """What name and date of birth come to, at this office today. Two people with both the same are not told apart."""
    name = sought_name(query.name)
    if not name:
        return KioskAppointment(Finding.NOT_FOUND)
    with database.write(Command(office_id=query.office_id, station=query.station)) as work:
        asked = {"office_id": query.office_id, "name": name, "born": query.born.isoformat()}
        if database.has_kiosk_role:
            row = work.connection.execute(_BY_NAME, {**asked, "station": query.station}).scalar_one()
            found, tries = _from_function(row)
        else:
            day = local_date(work.now, work.offices.office().zone).isoformat()
            rows = work.connection.execute(_OF_NAME, {**asked, "day": day}).all()
            # Where a person has one here and one by telephone, it is the one here that they have come for.
            live = [row for row in rows if row.standing != Standing.CANCELLED.value]
            standing = [row for row in live if row.kind == Kind.OFFICE.value] or live or rows
            found, tries = _look(work, standing if len(standing) == 1 else [])
        return _decided(work, found, tries)


def _code_in(text: str) -> str:
    """The reference in what was scanned or typed: in any case, with or without its prefix, with spaces."""
    if len(text) > _LONGEST_CODE:
        return ""
    found = _CODE.fullmatch(re.sub(r"[\s-]", "", text).upper())
    return REFERENCE_PREFIX + found[1] if found else ""


def _decided(work: Work, found: Found, tries: int) -> KioskAppointment:
    """`tries`: wrong ones of late, this one among them. Those that are slowed for it are kept in the journal."""
    if tries >= finding.FREE_TRIES:
        work.record(LookUpRefused())
    return finding.decide(found, work.offices.office(), work.now)


def _from_function(answer: Mapping[str, Any]) -> tuple[Found, int]:
    if "again_in" in answer:
        return Found(again_in=answer["again_in"]), 0
    if "tries" in answer:
        return Found(), answer["tries"]
    if "day" in answer:
        return Found(elsewhere=Elsewhere(date.fromisoformat(answer["day"]), answer["office_id"], answer["office"])), 0
    facts = facts_from_json(answer["facts"])
    return Found(appointment_from(answer["id"], facts), number=answer["number"]), 0


def facts_from_json(rows: list[list[Any]]) -> tuple[Recorded, ...]:
    """An appointment's facts as `kiosk_facts` gives them."""
    return tuple(
        Recorded(at, command_id, fact_from_json(kind, data), counter_id or "", officer_id or "")
        for at, command_id, kind, data, counter_id, officer_id in rows
    )


def _look(work: Work, rows: Any) -> tuple[Found, int]:
    """The same as the functions do: without a kiosk's role, on SQLite above all."""
    connection, command, now = work.connection, work.command, work.now
    asked = {"station": command.station, "after": now - finding.TRIES_REMEMBERED}
    tries = connection.execute(_TRIES, asked).scalars().all()
    if again_in := finding.wait_after(tries, now):
        return Found(again_in=again_in), 0
    if not rows:
        _keep_try(work, finding.TRIES_REMEMBERED)
        return Found(), len(tries) + 1
    (row,) = rows
    today = local_date(now, work.offices.office().zone).isoformat()
    if row.office_id != command.office_id or row.local_day != today:
        there = work.offices.all()[row.office_id].office
        return Found(elsewhere=Elsewhere(date.fromisoformat(row.local_day), there.id, there.name)), 0
    facts = facts_of_appointments(connection, [row.id])[row.id]
    number = connection.execute(_NUMBER, {"visit_id": row.visit_id}).scalar() if row.visit_id else None
    return Found(appointment_from(row.id, facts), number=number or ""), 0


def _keep_try(work: Work, remembered: Millis) -> None:
    table = t.look_up
    work.connection.execute(sa.delete(table).where(table.c.tried_at <= work.now - remembered))
    work.connection.execute(
        table.insert().values(office_id=work.command.office_id, station=work.command.station, tried_at=work.now)
    )
