"""Appointments as a kiosk reaches them, through narrow functions of the database: one at a time, by its exact id."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.events import Recorded
from reception.errors import Code, Refusal
from reception.services.appointment_ports import StoredAppointment
from reception.storage.appointments import StoredAppointments
from reception.storage.look_ups import facts_from_json

_FACTS = sa.text("SELECT kiosk_appointment(:office_id, :appointment_id)")
_CHECK_IN = sa.text("SELECT kiosk_check_in(:appointment_id, :version, :visit_id, :at)")
_COPY_PERSON = sa.text("SELECT kiosk_copy_person(:appointment_id, :visit_id, :written)")


class KioskAppointments(StoredAppointments):
    """Those of today at the kiosk's own office, to be checked in and nothing else."""

    def load(self, appointment_id: str) -> StoredAppointment:
        asked = {"office_id": self._office.id, "appointment_id": appointment_id}
        rows = self._connection.execute(_FACTS, asked).scalar()
        if not rows:
            raise Refusal(Code.UNKNOWN_APPOINTMENT, "That appointment is not one of today's here.", "Ask at the desk.")
        facts = (*facts_from_json(rows), *(item for written, item in self._outbox if written == appointment_id))
        return StoredAppointment(appointment_from(appointment_id, facts), facts)

    def save(self, stored: StoredAppointment, appointment: Appointment, facts: Sequence[Recorded]) -> None:
        asked = {
            "appointment_id": appointment.id,
            "version": stored.version,
            "visit_id": appointment.visit_id,
            "at": appointment.checked_in_at,
        }
        if not self._connection.execute(_CHECK_IN, asked).scalar_one():
            raise Refusal(
                Code.ALREADY_TAKEN,
                f"Appointment {appointment.reference} was changed at another desk.",
                "Look again, then choose.",
            )
        self._outbox.extend((appointment.id, fact) for fact in facts)

    def copy_person(self, appointment_id: str, visit_id: str, written: str) -> None:
        asked = {"appointment_id": appointment_id, "visit_id": visit_id, "written": written}
        self._connection.execute(_COPY_PERSON, asked)
