"""What an appointment and its person come to in rows, and what rows come to."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from reception.clock import local_datetime
from reception.domain.appointment import Appointment
from reception.domain.booked import SafeContact
from reception.domain.person import Person
from reception.domain.visitor import HomeVisit, Visitor
from reception.services.appointment_ports import Particulars
from reception.storage.resources import words
from reception.storage.sought import sought_name, sought_telephone
from reception.storage.visit_rows import needs_from, told_columns


def appointment_row(appointment: Appointment, version: int, zone: ZoneInfo) -> dict[str, Any]:
    """What the facts come to, by column of `appointment`; `zone` is the office's."""
    place = appointment.place
    status = appointment.interpreter_status
    return {
        "id": appointment.id,
        "office_id": appointment.office_id,
        "reference": appointment.reference,
        "kind": appointment.kind.value,
        "standing": appointment.standing.value,
        "service_id": appointment.service_id,
        "starts": place.starts,
        "ends": place.ends,
        "local_day": appointment.local_day.isoformat(),
        "local_hour": local_datetime(place.starts, zone).hour,
        "set_up": appointment.set_up,
        "officer_id": place.officer_id or None,
        "room_id": place.room_id or None,
        "interpreter_id": place.interpreter_id or None,
        "interpreter_status": status.value if status else None,
        "language": appointment.language,
        "features": words(appointment.features),
        "seats": appointment.seats,
        "named_officer": appointment.named_officer,
        "by_council": appointment.by_council,
        "party_size": appointment.party_size,
        "wants_earlier_since": appointment.wants_earlier_since,
        "visit_id": appointment.visit_id or None,
        "from_visit_id": appointment.from_visit_id or None,
        "checked_in_at": appointment.checked_in_at,
        "moved": appointment.moved,
        "came_late": appointment.came_late,
        **told_columns(appointment.told_of_this_time),
        "series_id": appointment.series_id,
        "booked_at": appointment.booked_at,
        "voided": appointment.voided,
        "version": version,
    }


def particulars_row(appointment_id: str, particulars: Particulars) -> dict[str, Any]:
    visitor, home = particulars.visitor, particulars.home
    person = visitor.person
    return {
        "appointment_id": appointment_id,
        "name": person.name,
        "sought_name": sought_name(person.name),
        "spoken": person.spoken,
        "written": person.written,
        "needs": ",".join(sorted(need.value for need in person.needs)),
        "note": person.note,
        "born": visitor.born.isoformat() if visitor.born else None,
        "telephone": visitor.telephone,
        "sought_telephone": sought_telephone(visitor.telephone),
        "email": visitor.email,
        "address": visitor.address,
        "safe": words(visitor.safe),
        "about": particulars.about,
        "purpose": home.purpose,
        "password": home.password,
        "have_ready": home.have_ready,
        "what_next": home.what_next,
    }


def safe_from(stored: str) -> frozenset[SafeContact]:
    return frozenset(SafeContact(each) for each in stored.split())


def particulars_from(row: Any) -> Particulars:
    person = Person(row.name, row.spoken, row.written, needs_from(row.needs), row.note)
    born = date.fromisoformat(row.born) if row.born else None
    visitor = Visitor(person, born, row.telephone, row.email, row.address, safe_from(row.safe))
    return Particulars(visitor, row.about, HomeVisit(row.purpose, row.password, row.have_ready, row.what_next))
